"""What the generator refuses, with one friendly sentence each."""

from __future__ import annotations

__all__ = ["UnsupportedSpecsError"]


class UnsupportedSpecsError(Exception):
    """The specs ask for something the blueprint cannot make yet. The message says what to change."""
