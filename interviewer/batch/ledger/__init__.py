"""What is graded and what it was given, in one SQLite file that any number of processes may share.

A grade is found again by what determines it: the *content* (question and answer, word for word) and the *judge* (the
rubric and the grader with its models, prompts and versions). So a second run grades only what is missing, and a
changed answer, rubric, prompt or model has exactly its own rows graded again.

Every change is one transaction, on the medium before it counts (write-ahead log, `synchronous = FULL`). A process
that is killed takes with it what it had claimed and not recorded, and nothing else.
"""

from __future__ import annotations

from interviewer.batch.ledger.database import LEDGER, LedgerError
from interviewer.batch.ledger.jobs import Jobs
from interviewer.batch.ledger.reading import Reading
from interviewer.batch.ledger.values import PENDING, Claim, Counts, Entry, Failed, Gold, Job, Judge, Marked, Result
from interviewer.batch.ledger.work import Work

__all__ = [
    "LEDGER",
    "PENDING",
    "Claim",
    "Counts",
    "Entry",
    "Failed",
    "Gold",
    "Job",
    "Judge",
    "Ledger",
    "LedgerError",
    "Marked",
    "Result",
]


class Ledger(Work, Jobs, Reading):
    """The file of one batch; see `Work` for what goes in, and `Reading` for what comes out."""
