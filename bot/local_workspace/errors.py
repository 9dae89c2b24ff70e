"""The two ways of saying no: Slack's own error codes, and sentences for the person at the page."""

from __future__ import annotations

from bot.local_workspace.directory import Json

__all__ = ["PersonError", "SlackError"]


class SlackError(Exception):
    """A refusal of the Web API. ``code`` is one that Slack documents; ``details`` join the answer."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def as_answer(self) -> Json:
        """Return the answer's JSON."""
        return {"ok": False, "error": self.code, **self.details}


class PersonError(Exception):
    """A refusal towards a person. ``sentence`` says what to do next; ``code`` is for programs."""

    def __init__(self, code: str, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.status = status

    def as_answer(self) -> Json:
        """Return the answer's JSON."""
        return {"ok": False, "error": self.code, "message": self.sentence}
