"""Batches at a provider's batch service: written down before they are handed in, and until they are collected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, cast

from interviewer.batch.ledger.database import Database
from interviewer.batch.ledger.money import PICO
from interviewer.batch.ledger.reading import parts_of
from interviewer.batch.ledger.values import Claim, Job, JobState
from interviewer.cost import FREE

JOB: Final = "job:"
"""Begins what stands for a process where something is claimed by a batch, which outlives every process."""


class Jobs(Database):
    """What is with a batch service is claimed by its batch, and graded by nobody else meanwhile."""

    def intend(
        self, label: str, provider: str, model: str, claims: Sequence[Claim], dollars: Decimal = FREE.dollars
    ) -> Job:
        """Writes down that claims of this process are about to be handed in together.

        Args:
            label: what the batch is called until the service gives it an id.
            provider: whose service.
            model: which grades.
            claims: what is handed in.
            dollars: US dollars that it may cost, at most; none if the price is not known.
        """
        job = Job(label, provider, model, "intended", None, len(claims), datetime.now(UTC), "")
        with self._transaction() as database:
            database.execute(
                "INSERT INTO jobs VALUES (?, ?, ?, ?, NULL, ?, ?, ?, '', ?)",
                (
                    label,
                    provider,
                    model,
                    job.state,
                    job.items,
                    self.presence.id,
                    job.made.isoformat(),
                    int(dollars * PICO),
                ),
            )
            database.executemany(
                "UPDATE claims SET worker = ? WHERE judge = ? AND content = ?",
                [(f"{JOB}{label}", claim.judge, claim.content) for claim in claims],
            )
        return job

    def handed_in(self, label: str, batch: str) -> None:
        """Notes the id that the service gave a batch."""
        with self._transaction() as database:
            database.execute("UPDATE jobs SET state = 'handed-in', batch = ? WHERE label = ?", (batch, label))

    def tell(self, label: str, told: str) -> None:
        """Notes what is known of a batch."""
        with self._transaction() as database:
            database.execute("UPDATE jobs SET told = ? WHERE label = ?", (told, label))

    def conclude(self, label: str, told: str) -> None:
        """Nothing more will come of a batch: what of it has no grade is free to be graded again."""
        with self._transaction() as database:
            database.execute("DELETE FROM claims WHERE worker = ?", (f"{JOB}{label}",))
            database.execute("UPDATE jobs SET state = 'over', told = ? WHERE label = ?", (told, label))

    def take_over(self, label: str) -> bool:
        """Makes an intended batch this process's to hand in; not if another process is about to."""
        with self._transaction() as database:
            (worker,) = database.execute("SELECT worker FROM jobs WHERE label = ?", (label,)).fetchone()
            if self.presence.is_alive(worker) and worker != self.presence.id:
                return False
            database.execute("UPDATE jobs SET worker = ? WHERE label = ?", (self.presence.id, label))
        return True

    def jobs(self) -> tuple[Job, ...]:
        """Every batch that there was, in the order in which they were intended."""
        with self._reading():
            found = self._database.execute(
                "SELECT label, provider, model, state, batch, items, made, told FROM jobs ORDER BY made, label"
            ).fetchall()
        return tuple(
            Job(label, provider, model, cast(JobState, state), batch, items, datetime.fromisoformat(made), told)
            for label, provider, model, state, batch, items, made, told in found
        )

    def promised(self) -> Decimal:
        """US dollars that batches may still cost whose results are not recorded, at most."""
        with self._reading():
            (found,) = self._database.execute("SELECT sum(picodollars) FROM jobs WHERE state != 'over'").fetchone()
        return Decimal(found or 0) / PICO

    def items(self, label: str) -> tuple[Claim, ...]:
        """What a batch holds and has not been recorded."""
        with self._reading():
            found = self._database.execute(
                "SELECT w.judge, c.id, c.question, c.parts FROM claims w JOIN contents c ON c.id = w.content "
                "WHERE w.worker = ? ORDER BY c.id",
                (f"{JOB}{label}",),
            ).fetchall()
        return tuple(Claim(judge, content, question, parts_of(parts)) for judge, content, question, parts in found)
