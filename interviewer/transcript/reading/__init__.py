"""Reading transcripts, whatever there is of one: `read` gives all of it, `read_header` its header alone.

`lines` and `heading` find the pieces of a file; `parsing` and `migrations` make events of them, of any version.
"""

from __future__ import annotations

from interviewer.transcript.reading.transcript import Transcript, read, read_header

__all__ = ["Transcript", "read", "read_header"]
