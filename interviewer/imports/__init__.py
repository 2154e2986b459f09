"""Interviews that were held elsewhere, read from files and made into transcripts.

A file goes through four steps: its text (`source.py`); who said what, and when (`captions.py`, `written.py`); who the
candidate is and what each remark was (`roles.py`, `parts.py`); a header and events (`making.py`). `recognise.py` takes
the first three and touches nothing, `preview.py` tells of it, `bring.py` takes the last and writes.
"""
