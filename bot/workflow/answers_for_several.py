"""What answers several open questions at once: "1. yes, you decide the rest", "leave both to you", "same for both".

Whoever leaves more than one question to the bot hears which defaults it takes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.clipping import clip_words
from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import REST, is_you_decide, straight
from bot.planning.conversation import Question
from bot.store.tables import PlanQuestion
from bot.workflow.questions_back import still_open
from bot.workflow.refusals import Refused
from bot.workflow.short_replies import is_yes_or_no

__all__ = ["leaves_several", "same_again", "told_defaults", "without_rest"]

LONGEST = 200
LONGEST_DEFAULT = 80
CUT = regex(r"[,;.!\n]\s*(?:(?:and|but)\s+)?|\s+(?:and|but)\s+")
OF_SEVERAL = regex(rf"\b{REST}(?!\w)", re.IGNORECASE)
SAME = regex(
    rf"(?:the\s+)?same(?:\s+(?:answer|again|thing|choice))?(?:\s+(?:for|with|to|on|in))?\s+(?:{REST}|them|these)"
    r"(?:\s+(?:please|too|again))?",
    re.IGNORECASE,
)
YES_OR_NO = regex(r"(yes|no)\b", re.IGNORECASE)


def leaves_several(text: str) -> bool:
    """Tell whether words leave more than one question to the bot: "leave the rest to you", "you decide both"."""
    return len(text) <= LONGEST and is_you_decide(text) and OF_SEVERAL.search(text) is not None


def without_rest(text: str) -> str:
    """Return a reply without its end that leaves the other questions to the bot; nothing where it has none."""
    cuts = list(CUT.finditer(text)) if len(text) <= LONGEST else []
    return next((text[: cut.start()].strip() for cut in cuts if leaves_several(text[cut.end() :])), "")


def same_again(rows: Sequence[PlanQuestion], questions: Sequence[Question], text: str) -> list[tuple[str, str]]:
    """Return what "same for both" answers to open questions: what was answered last; nothing for all other words.

    Raises Refused where nobody can tell which answer is meant, or where a question can't take it.
    """
    said = straight(text, " .!")
    if len(said) > LONGEST or not questions or not SAME.fullmatch(said):
        return []
    given = [row for row in rows if row.answer is not None and not row.withdrawn]
    answers = {row.answer or "" for row in given if row.round == given[-1].round}
    taken = [(one.id, found) for one in questions for each in answers if (found := taken_by(one, each)) is not None]
    if len(answers) != 1 or len(taken) != len(questions):
        raise Refused(f"I can't tell which answer that is: say it itself, or `you decide`. {still_open(questions)}")
    return taken


def taken_by(question: Question, answer: str) -> str | None:
    """Return another question's answer as this one takes it; None where it can't."""
    if not answer or answer in question.options:
        return answer
    said = YES_OR_NO.match(answer)
    return said[1].lower() if said and is_yes_or_no(question) else None


def told_defaults(questions: Sequence[Question], positions: Sequence[int], answers: Sequence[tuple[str, str]]) -> str:
    """Say which defaults are taken where several questions were open and some of them were left to the bot."""
    left = {question_id for question_id, answer in answers if not answer}
    if not left or len(questions) == 1:
        return ""
    taken = " · ".join(
        f"{number}. {f'“{clip_words(one.default, LONGEST_DEFAULT)}”' if one.default else 'as I think best'}"
        for number, one in zip(positions, questions, strict=True)
        if one.id in left
    )
    return f"I decide what you left to me: {taken}. The review notes it as assumed, and you can change it there."
