"""Take-home submissions: each folder of a source is read, as text only, into one row with a part for each file."""

from __future__ import annotations

from interviewer.batch.submissions.source import Submissions, open_submissions

__all__ = ["Submissions", "open_submissions"]
