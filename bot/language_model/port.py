"""The port that decisions are asked through: one prompt, one schema, one answer; and what can go wrong, in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from pydantic import BaseModel

from bot.documents.frozen import Frozen

__all__ = [
    "AnswerCutOffError",
    "AnswerUnreadableError",
    "KeyRefusedError",
    "LanguageModel",
    "LanguageModelError",
    "ModelFailedError",
    "ModelRefusedError",
    "ModelUnreachableError",
    "RateLimitedError",
    "TryCallback",
    "Usage",
    "UsageCallback",
]


class Usage(Frozen):
    """What one request cost, in tokens."""

    decision: str
    model: str
    input_tokens: int
    output_tokens: int


type TryCallback = Callable[[int, int], Awaitable[None]]
"""Hears which try of a request is about to be sent, and how many there are at most."""
type UsageCallback = Callable[[Usage], Awaitable[None]]


class LanguageModelError(Exception):
    """The model gave no usable answer. The message is one sentence for people that says what to do next."""


class ModelRefusedError(LanguageModelError):
    """The model declined to answer."""


class AnswerCutOffError(LanguageModelError):
    """The answer was longer than the model may write."""


class AnswerUnreadableError(LanguageModelError):
    """The answer does not follow the schema. ``findings`` say where, and ``text`` is what came, for another try."""

    def __init__(self, message: str, findings: tuple[str, ...] = (), text: str = "") -> None:
        """Keep the findings and the text beside the message."""
        super().__init__(message)
        self.findings = findings
        self.text = text


class KeyRefusedError(LanguageModelError):
    """The key is wrong, or may not use this model."""


class ModelUnreachableError(LanguageModelError):
    """The server can't be reached, or did not answer in time."""


class RateLimitedError(LanguageModelError):
    """Too many requests, or the account has no budget left."""


class ModelFailedError(LanguageModelError):
    """The server answered with an error of its own."""


class LanguageModel(Protocol):
    """Answers decisions with values of a schema."""

    name: str
    """The model's name, as people know it."""

    async def answer[Schema: BaseModel](self, decision: str, prompt: str, schema: type[Schema]) -> Schema:
        """Return the answer to a prompt as a value of the schema. Raises LanguageModelError."""
        ...
