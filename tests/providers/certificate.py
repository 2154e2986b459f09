"""A certificate that nobody signed, made for these tests and good for nothing else."""

from __future__ import annotations

import ssl
import tempfile
from pathlib import Path
from typing import Final

PEM: Final = """\
-----BEGIN CERTIFICATE-----
MIIBkTCCATagAwIBAgIUOFctb/lwZnRo0r8iSSyHVdfBbzgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMDEzNDQwM1oYDzIxMjYxMDI3
MTM0NDAzWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATXxjmHlqKvSQRG4OVJHDuJ7UucmtP4caE34nxUYnYamTEZBMSsGUne
uIPVBDdNX5ejAk0+m+n6oQVJ16Lh54qlo2QwYjAdBgNVHQ4EFgQU1XvRkGbO5pP1
V/ZbOthVwdBnXlIwHwYDVR0jBBgwFoAU1XvRkGbO5pP1V/ZbOthVwdBnXlIwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0kAMEYC
IQCocZaD8xy0LgJwvBrjtxS+SzekODS2Fn6v3vE74bH4KQIhALXnHrDHESt3hSeJ
dO2fEzQYKlgELofK0VkENOo4hMdg
-----END CERTIFICATE-----
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIDa3ri67kXPy5V2xQAoOkrNc+gorlyL2V6rExuLNZBTkoAoGCCqGSM49
AwEHoUQDQgAE18Y5h5air0kERuDlSRw7ie1LnJrT+HGhN+J8VGJ2GpkxGQTErBlJ
3riD1QQ3TV+XowJNPpvp+qEFSdei4eeKpQ==
-----END EC PRIVATE KEY-----
"""


def context() -> ssl.SSLContext:
    """What a server needs to serve https with it."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "loopback.pem"
        file.write_text(PEM, encoding="ascii")
        made.load_cert_chain(file)
    return made
