"""The engine of language models: the interviewer and the grader, over any model service."""

VERSION = "1"
"""Raised whenever a change can alter a turn or a grade, prompts aside: they have versions of their own."""

ABOUT = "A language model's judgement, checked for form and evidence by code."
