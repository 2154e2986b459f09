"""Judges the files of a take-home submission by rules: each `check` of a rubric is a pure function of what was read."""
