"""Says plainly what is wrong with something: "reports a fault and says what is wrong", "what is the matter with it".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.rewriting import END, PAUSE, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, word_set

__all__ = ["fact_of", "in_plain_faults"]

FAULTS = word_set("fault problem defect damage breakdown issue error failure malfunction report complaint incident")
"""What is described by what is wrong."""
REPORTING = regex(
    r"\b(?:reports?|files?|sends?(?: in)?|submits?|raises?|opens?|hands? in|makes?|enters?|posts?|logs?|creates?) "
    rf"(?:an?|the|their|his or her) (?P<what>{WORD}(?: {WORD})?)",
    re.IGNORECASE,
)
SAYS = (
    r"(?:says?|tells? us|describes?|explains?|writes?(?: down)?|notes?(?: down)?|states?|mentions?|lets us know|"
    r"let us know)"
)
ASKED = (
    r"(?:what|where|when|why|how (?:urgent|serious|bad)|since when|which|what kind of)\b(?! (?:to|the|a|we|they|you)\b)"
)
WRONG = (
    r"what(?:'s| is| was| has gone| went| had gone| seems)(?: to be)? (?:wrong|broken|the matter|the "
    r"problem|amiss|faulty|"
    r"not working|damaged)(?: (?:with|about|on|in|at|to) (?:it|them|the [a-z]+))?"
)
NAMED = ((regex(r"what (?:happened|has happened)(?: to (?:it|them))?", re.IGNORECASE), "a description"),
         (regex(r"where (?:it|that|this) (?:is|was|happened|happens)", re.IGNORECASE), "a place"),
         (regex(r"when (?:it|that|this) (?:was|happened|happens|began|started)", re.IGNORECASE), "a date"),
         (regex(r"how (?:urgent|serious|bad) (?:it|that|this) is", re.IGNORECASE), "an urgency"),
         (regex(r"why(?: (?:it|they|that)\b[^,;]*)?", re.IGNORECASE), "a reason"))  # fmt: skip


def fact_of(asked: str, thing: str) -> str:
    """Return what is asked about a thing as a fact that it has."""
    if re.fullmatch(WRONG, asked, re.IGNORECASE):
        return "a description" if thing.rsplit(maxsplit=1)[-1] in FAULTS else "a problem"
    return next((plain for said, plain in NAMED if said.fullmatch(asked)), asked)


def says_of_it(found: re.Match[str], text: str) -> str | None:
    """Return "a member reports a fault and says what is wrong" as the description that a fault has."""
    sentence = re.split(r"(?<=[.!?;])\s+|\n", text[: found.start()])[-1]
    told = [one(report["what"]) for report in REPORTING.finditer(sentence)]
    if not told or is_person(told[0]):
        return None
    asked = re.split(
        r",\s*(?:and\s+)?(?=(?:what|where|when|why|how)\b)|\s+and\s+(?=(?:what|where|when|why|how)\b)", found["facts"]
    )
    facts = [fact_of(part.strip(" ,"), told[0]) for part in asked]
    listed = f"{', '.join(facts[:-1])} and {facts[-1]}" if facts[1:] else facts[0]
    return replaced(found, text, f"{a(told[0]).capitalize()} has {listed}")


def wrong_with_it(found: re.Match[str], text: str) -> str | None:
    """Return "a bike has a brand and what is wrong with it" with a problem; a fault has a description."""
    clause = re.split(r"[.!?;\n]", text[: found.start()])[-1]
    of = re.search(rf"\b(?:an?|each|every) (?P<thing>{WORD}(?: {WORD})?) has ", clause, re.IGNORECASE)
    if of is None:
        return None
    return f"{text[: found.start()]}{fact_of(found['said'], of['thing'].lower())}{text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"(?P<begin>,? and (?:also |then )?|,\s+(?:they |he |she )?){SAYS} "
                rf"(?P<facts>{ASKED}[^.;!?\n]*?){END}"
            ),
            says_of_it,
        ),
        (rf"\b(?P<said>{WRONG}){PAUSE}", wrong_with_it),
    )
)
"""Ways of telling what is wrong, and what says it plainly."""


def in_plain_faults(text: str) -> str:
    """Return a text with what is wrong with something said as what is kept of it."""
    return rewritten(text, WAYS)
