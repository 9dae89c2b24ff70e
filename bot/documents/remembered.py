"""Answers about frozen values, such as specs, which every task of a service asks for again."""

from __future__ import annotations

import functools
from collections.abc import Callable
from threading import Lock

__all__ = ["remembered"]

KEPT = 8


def remembered[Subject, Answer](function: Callable[[Subject], Answer]) -> Callable[[Subject], Answer]:
    """Keep a function's last answers about frozen values; an error is not kept.

    They are found by the identity of the value, which is held with its answer: to hash whole specs, or to compare them,
    costs more than most answers.
    """
    answers: dict[int, tuple[Subject, Answer]] = {}
    changing = Lock()

    @functools.wraps(function)
    def remembering(subject: Subject) -> Answer:
        known = answers.get(id(subject))
        if known is not None:
            return known[1]
        answer = function(subject)
        with changing:
            answers[id(subject)] = (subject, answer)
            if len(answers) > KEPT:
                del answers[next(iter(answers))]
        return answer

    return remembering
