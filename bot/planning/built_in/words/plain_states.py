"""Says plainly what stands behind a comma or "for": the states of what was reported, how long it is lent."""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.rewriting import END, NOUN, NUMBER, WORD, Ways, rewritten
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, a, base_verb, singular

__all__ = ["in_plain_states"]

REPORTS = r"(?:reports?|files?|writes?|logs?|submits?|notes?|registers?|raises?|enters?|records?|announces?)"
"""What people do with something that is then looked after, not they."""
STATE = r"[a-z]+(?:ed|en|wn|ld|nt)"
MOST = r"(?:at most|up to|no more than|not more than)"
FROM_TO = r"(?P<goes>goes from [^.,;:!?\n]+? to [^.,;:!?\n]+?)"


def goes_through(found: re.Match[str], text: str) -> str | None:
    """Return "a tenant reports the damage, and it goes from reported to fixed" as what the damage goes through."""
    what = singular(found["what"].lower())
    if not is_person(found["who"].lower().split()[-1]) or is_person(what):
        return None
    return f"{text[: found.start('and')]}. {a(what).capitalize()} {found['goes']}{text[found.end() :]}"


def is_one_of(found: re.Match[str], text: str) -> str | None:
    """Return "every episode of a show has a date, and it's planned or aired" as what an episode is."""
    what = found["what"].lower()
    if is_person(what):
        return None
    return f"{text[: found.start('and')]}. {a(what).capitalize()} is {found['states']}{text[found.end() :]}"


def lent_from(found: re.Match[str], text: str) -> str | None:
    """Return "tenants borrow tools from the shed (a name) for at most three days" as a loan that lasts so long.

    Whom it is from is the lender, no thing of its own, unless it is told of elsewhere.
    """
    lender = found["lender"]
    if not lender and not found["span"]:
        return None
    if lender and len(re.findall(rf"\b{lender}s?\b", text, re.IGNORECASE)) > 1:
        return None
    is_lent_otherwise = re.search(r"\b(?:rented|hired|borrowed|lent) (?:out )?(?:by|to)\b", text, re.IGNORECASE)
    if is_lent_otherwise or not is_person(singular(found["who"].lower())):
        return None
    record = EVENT_NOUNS[base_verb(found["verb"].lower())]
    told = f". {a(record).capitalize()} lasts {found['span']}" if found["span"] else ""
    rest = text[found.end() :]
    more = re.match(r",? (?:and|but) (?=(?:nobody|no|each|every|an?|the)\b)", rest)
    rest = f". {capital(rest[more.end() :])}" if more else rest
    facts = f" {found['facts']}" if found["facts"] else ""
    return f"{text[: found.start('from')]}{facts}{told}{rest}"


def in_words(found: re.Match[str], text: str) -> str | None:
    """Return "reports the damage with a few words" as the damage's description."""
    return f"{text[: found.start('words')]}a description{text[found.end('words') :]}"


def counts_as(found: re.Match[str], text: str) -> str | None:
    """Return "once it is paid the order counts as confirmed, before that it is a quote" with the steps of an order.

    What leads to the step stays a rule with all of its words.
    """
    what = found["what"].lower()
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    is_kept = re.search(
        rf"\b(?:an?|each|every) {what} (?:has|have|belongs|is)\b|\b{what}s (?:have|belong|are)\b", rest, re.IGNORECASE
    )
    is_told = re.search(rf"\b{what}s? (?:is|are) (?:first )?{found['first'].lower()}\b", rest, re.IGNORECASE)
    if not is_kept or is_told or is_person(what):
        return None
    steps = f"{a(what).capitalize()} is {found['first'].lower()}, then {found['then'].lower()}"
    return f"{text[: found.start('said')]}{steps}. {text[found.start('said') :]}"


WAYS: Ways = tuple(
    (regex(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (
            (
                rf"(?:^|[.!?;,]\s+|\n\s*)(?:an?|the|each|every|our) (?P<who>{WORD}(?: {WORD})?) "
                rf"(?:can |then )?{REPORTS} (?:an?|the|their) (?P<what>{WORD})\b[^.;:!?\n]*?"
                rf"(?P<and>,? and|;|,? which) (?:it )?{FROM_TO}{END}"
            ),
            goes_through,
        ),
        (
            (
                rf"(?:^|[.!?]\s+|\n\s*)(?:each|every|an?) (?P<what>{WORD}) of (?:an?|the|our|each|every) {NOUN} has "
                rf"[^.;:!?\n]*?(?P<and>,? and) (?:it's|it is) "
                rf"(?P<states>{STATE}(?:, {STATE})*,? or {STATE}){END}"
            ),
            is_one_of,
        ),
        (
            (
                rf"(?:^|[.!?;]\s+|\n\s*)(?:our )?(?P<who>{WORD}s) (?:can |may )?(?P<verb>borrow|rent|hire) {WORD}s"
                rf"(?P<from>(?: from (?:the|our) (?P<lender>{WORD}))?(?: (?P<facts>\([^()\n]*\)))?"
                rf"(?: for (?P<span>{MOST} {NUMBER} (?:hour|day|week|month)s?))?)"
                r"(?=\s*(?:[.;!?\n]|$)|,? (?:and|but) (?:nobody|no|each|every|an?|the)\b)"
            ),
            lent_from,
        ),
        (
            rf"\b{REPORTS} (?:an?|the|their) {WORD}\b[^.;:!?\n]*? with (?P<words>(?:a few|some|a couple of) words)\b",
            in_words,
        ),
        (
            (
                r"(?:^|[.!?;]\s+|\n\s*)(?P<said>(?:once|as soon as|when|after) [^.,;:!?\n]{3,60}?,? "
                rf"the (?P<what>{WORD}) "
                r"(?:counts as|is|becomes|turns into) (?:an? )?(?P<then>[a-z]+)(?:,|,? and) "
                r"(?:before that|until then|till then|before|up to then),? (?:it|they) (?:is|are|counts as|stays) "
                rf"(?:(?:only|just|still|merely) )?(?:an? )?(?P<first>[a-z]+){END})"
            ),
            counts_as,
        ),
    )
)
"""Ways of telling what something goes through, and what says them plainly."""


def in_plain_states(text: str) -> str:
    """Return a text with what things go through told of them by name."""
    return rewritten(text, WAYS)
