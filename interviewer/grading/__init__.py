"""Judging answers: what a grader is, how ratings become totals and verdicts, and how far to trust them."""
