"""Says plainly what only some things have: "some farms have a website", "not every book has a subtitle"."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.patterns import regex
from bot.planning.built_in.words.rewriting import END, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular

__all__ = ["in_plain_maybes", "may_lack"]

MAYBE = frozenset({"may", "might", "could", "sometimes", "occasionally", "optionally", "possibly"})
BEGIN = r"(?P<begin>^|[.!?;:]\s+|,\s+(?:and|but|though|although)\s+|\n\s*)"
THING = rf"(?:(?!also\b|even\b){WORD} )?(?!also\b|even\b){WORD}"
ONE = rf"(?P<fact>an? (?!lot\b|few\b|couple\b|number\b|list\b|set\b)[a-z][^.;!?\n]*?){END}"
"""A fact in the singular, up to the end of its clause: several things are a link."""
NOT_ALWAYS = r"(?:(?:do|does)(?: not|n't) (?:always|necessarily|need to|have to) have|needn't have|need not have)"
ALSO = r"(?: (?:also|even|in addition|as well))?"


def may_lack(modal: str, *, told: Collection[str]) -> bool:
    """Tell whether a thing that "may have" something may be without it, by the words before "have".

    What a thing "can have" may lack where more is told of it, or where it "can also have" it.
    """
    words = modal.lower().split()
    return bool(MAYBE & set(words)) or ("can" in words and ("also" in words or bool(told)))


def some_have(found: re.Match[str], text: str) -> str | None:
    """Return "some farms also have a website" as what a farm may have."""
    things = found["things"]
    if not has_plural(things.lower()):
        return None
    return replaced(found, text, f"{a(singular(things)).capitalize()} may also have {found['fact']}")


def some_of_them(found: re.Match[str], text: str) -> str:
    """Return "some also have a nickname" as what whatever was spoken of may have."""
    return replaced(found, text, f"It may also have {found['fact']}")


def one_may(found: re.Match[str], text: str) -> str:
    """Return "not every book has an isbn" as what a book may have."""
    return replaced(found, text, f"{a(singular(found['thing'])).capitalize()} may also have {found['fact']}")


def not_always(found: re.Match[str], text: str) -> str:
    """Return "a car doesn't always have a nickname" as what it may have."""
    return replaced(found, text, f"{found['who']} may also have {found['fact']}")


FORMS = (
    (
        rf"(?:only )?(?:some|a few|several|many|most|not all)(?: of (?:the|our))? (?P<things>{THING}){ALSO} have",
        some_have,
    ),
    (rf"(?:only )?(?:some|a few|several|many|most|not all)(?: of them)?{ALSO} have", some_of_them),
    (rf"not (?:every|each)(?: one of (?:the|our))? (?P<thing>{THING}){ALSO} has", one_may),
    (rf"(?P<who>(?:(?:an?|the|each|every) )?{THING}) {NOT_ALWAYS}", not_always),
)
WAYS: Ways = tuple((regex(rf"{BEGIN}{said} {ONE}", re.IGNORECASE), plain) for said, plain in FORMS)


def in_plain_maybes(text: str) -> str:
    """Return text in which what only some things have is what they may have."""
    return rewritten(text, WAYS)
