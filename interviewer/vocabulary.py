"""Words that rooms on every floor share. Imports nothing, so that reading the settings stays fast."""

from __future__ import annotations

from typing import Literal

Stage = Literal["seed", "series-a", "series-b", "big-tech"]
"""How far along the company is; it decides what is fit to ask."""

Seniority = Literal["junior", "mid", "senior", "staff"]
"""The level that the candidate interviews for."""

Mode = Literal["realistic", "coach"]
"""realistic: nothing but the interviewer until the end. coach: feedback after each answer, and one retry."""
