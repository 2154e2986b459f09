"""A value as a key that compares by identity.

Questions and rubrics are frozen but large: hashing all of one for every answer would cost more than
grading it. The key holds the value, so its identity cannot be taken over while the key is kept.
"""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Identical(Generic[Value]):
    """Equal to another key if both hold the very same object."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identical) and other.value is self.value
