"""The engine of rules: works with no key and no network, through the same loop, events and screens."""

VERSION = "3"
"""Raised whenever a change can alter a question, a follow-up or a grade."""

ABOUT = "Rule-based hints, not a model's judgement."
