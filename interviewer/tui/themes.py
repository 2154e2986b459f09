"""The product's own colours, dark and light: quiet greys and one accent."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="interviewer-dark",
    primary="#6fb3b8",
    secondary="#8a9ba8",
    accent="#e0a458",
    foreground="#d7dade",
    background="#14171a",
    surface="#1a1e22",
    panel="#22272c",
    success="#8fbf7f",
    warning="#e0a458",
    error="#e07a6a",
    dark=True,
    variables={
        "block-cursor-background": "#6fb3b8",
        "block-cursor-foreground": "#14171a",
        "block-cursor-text-style": "bold",
        "footer-key-foreground": "#6fb3b8",
        "footer-background": "#1a1e22",
        "input-selection-background": "#6fb3b8 35%",
        "border": "#6fb3b8",
        "border-blurred": "#3a4148",
    },
)

LIGHT = Theme(
    name="interviewer-light",
    primary="#1f6f78",
    secondary="#5b6b77",
    accent="#a85f00",
    foreground="#23282d",
    background="#f6f5f1",
    surface="#eeece6",
    panel="#e3e0d8",
    success="#2f7d32",
    warning="#a85f00",
    error="#b3382c",
    dark=False,
    variables={
        "block-cursor-background": "#1f6f78",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "footer-key-foreground": "#1f6f78",
        "footer-background": "#e3e0d8",
        "input-selection-background": "#1f6f78 25%",
        "border": "#1f6f78",
        "border-blurred": "#b9b5aa",
    },
)

THEMES = (DARK, LIGHT)
