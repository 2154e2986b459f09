"""Where answers come from: tables, JSON, YAML, Parquet, folders of texts, standard input; all read as rows."""

from __future__ import annotations

from interviewer.batch.sources.options import SourceError, SourceOptions
from interviewer.batch.sources.source import Source, open_source

__all__ = ["Source", "SourceError", "SourceOptions", "open_source"]
