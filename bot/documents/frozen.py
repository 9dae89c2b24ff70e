"""The base of every value in a document."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Frozen"]


class Frozen(BaseModel):
    """A value: frozen, typed, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")
