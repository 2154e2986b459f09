"""A server on this machine that speaks the protocols of the model services, and misbehaves on command."""

from tests.loopback.asked import Asked, Recorded
from tests.loopback.faults import Fault
from tests.loopback.replies import minimal, minimal_reply
from tests.loopback.server import KEY, Loopback

__all__ = ["KEY", "Asked", "Fault", "Loopback", "Recorded", "minimal", "minimal_reply"]
