"""What a scorecard says: in sentences (`words`), in lines that fit (`columns`), and as a whole (`page`)."""

from __future__ import annotations

from interviewer.scorecard_text.page import as_text

__all__ = ["as_text"]
