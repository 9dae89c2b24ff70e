"""Contradictions that can be decided: one trigger, one system, and two responses that exclude each other.

Only what no reading can reconcile counts. Criteria whose triggers differ by a word are different cases, and a response
that names a condition of its own is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.documents.requirements.ears import EarsClause, ears
from bot.documents.requirements.requirements import AcceptanceCriterion
from bot.patterns import regex

__all__ = ["Contradiction", "contradictions", "same_sentence"]

OPPOSITES = {
    "allow": ("allow", "permit", "accept"),
    "not allow": ("refuse", "reject", "deny", "forbid", "prevent", "disallow", "block"),
    "show": ("show", "display", "reveal"),
    "not show": ("hide", "conceal"),
    "keep": ("keep", "retain", "preserve"),
    "not keep": ("delete", "remove", "discard"),
    "enable": ("enable",),
    "not enable": ("disable",),
    "include": ("include",),
    "not include": ("exclude", "omit"),
}
"""Verbs that mean the same, and their opposites behind a ``not``."""

MEANING = {verb: meaning for meaning, verbs in OPPOSITES.items() for verb in verbs}

STATUS = regex(
    r"\b(?:answer|respond|return|reply)(?: (?:with|status|code|http|a|an|the)){0,5} (?P<status>[1-5]\d\d)(?![\d.,])"
)
LIMIT = regex(
    r"\b(?P<bound>within|at most|at least|no more than|not more than|no fewer than|no less than|up to|exactly"
    r"|a maximum of|a minimum of) (?P<number>\d{1,12}(?:\.\d{1,6})?)(?!\d|\.\d)"
)
CONDITIONAL = regex(
    r"\b(?:if|when|whenever|while|where|unless|except|otherwise|or|for|on|in case|depending|until|before|after)\b"
)


@dataclass(frozen=True)
class Contradiction:
    """Two criteria that can't both hold, and what one says against the other."""

    first: AcceptanceCriterion
    second: AcceptanceCriterion
    why: str


@dataclass(frozen=True)
class Claim:
    """One thing that a criterion claims for its trigger: claims of one subject must have one value."""

    subject: tuple[object, ...]
    value: str
    shown: str


def squeezed(text: str) -> str:
    """Return the text for comparing: letters' case, white space and the full stop left out."""
    return " ".join(text.casefold().split()).rstrip(".; ")


def case_of(clause: EarsClause) -> tuple[object, ...]:
    """Return when a clause holds, and for whom."""
    return (tuple((word, squeezed(text)) for word, text in clause.trigger), squeezed(clause.system))


def same_sentence(text: str) -> object:
    """Return a key that is equal for criteria that say the same: a comma or a THEN makes no difference."""
    clause = ears(text)
    if clause is None:
        return squeezed(text)
    return (*case_of(clause), clause.negative, squeezed(clause.response))


def contradictions(criteria: Iterable[AcceptanceCriterion]) -> Iterator[Contradiction]:
    """Yield criteria that contradict an earlier one, each pair once. Linear in the text."""
    claimed: dict[tuple[object, ...], tuple[AcceptanceCriterion, Claim]] = {}
    for criterion in criteria:
        clause = ears(criterion.text)
        for claim in claims_of(clause) if clause else ():
            first, earlier = claimed.setdefault(claim.subject, (criterion, claim))
            if earlier.value != claim.value:
                yield Contradiction(first, criterion, f"{earlier.shown} there and {claim.shown} here")
                break


def claims_of(clause: EarsClause) -> Iterator[Claim]:
    """Yield what a clause claims: that its response happens or not, its status code, and its one limit."""
    case = case_of(clause)
    response = squeezed(clause.response)
    yield whether(case, clause.negative, response)
    if clause.negative:
        return
    status = STATUS.search(response)
    if status and clause.conditions and is_plain(response, status) and len(STATUS.findall(response)) == 1:
        yield Claim((*case, "status"), status["status"], status["status"])
    limits = list(LIMIT.finditer(response))
    if len(limits) == 1:
        (limit,) = limits
        rest = (response[: limit.start("number")], response[limit.end("number") :])
        yield Claim((*case, "limit", rest), str(float(limit["number"])), f"“{limit.group()}”")


def whether(case: tuple[object, ...], negative: bool, response: str) -> Claim:
    """Return the claim that a response happens, or that it doesn't."""
    verb, _, rest = response.partition(" ")
    meaning = MEANING.get(verb, verb)
    flipped = meaning.startswith("not ")
    happens = negative == flipped
    shown = f"“SHALL {'NOT ' if negative else ''}{verb}”"
    return Claim((*case, "happens", meaning.removeprefix("not "), rest), str(happens), shown)


def is_plain(response: str, status: re.Match[str]) -> bool:
    """Tell whether a status code holds without a condition of its own."""
    around = response[: status.start()] + response[status.end() :]
    return CONDITIONAL.search(around) is None
