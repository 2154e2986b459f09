"""Where answers come from: tables, JSON, YAML, Parquet, folders of texts, standard input; all read as rows."""

from __future__ import annotations

from interviewer.batch.sources.columns import Columns, GoldColumn
from interviewer.batch.sources.options import FORMATS, Format, SourceError, SourceOptions
from interviewer.batch.sources.source import Source, open_source

__all__ = ["FORMATS", "Columns", "Format", "GoldColumn", "Source", "SourceError", "SourceOptions", "open_source"]
