"""Finds, reads and checks what people write: personas, rubrics and question banks."""

from __future__ import annotations

from interviewer.library.check import Report, check
from interviewer.library.faults import Fault
from interviewer.library.lookup import Broken, Library, LibraryError, Listing, NotFound, Origin

__all__ = ["Broken", "Fault", "Library", "LibraryError", "Listing", "NotFound", "Origin", "Report", "check"]
