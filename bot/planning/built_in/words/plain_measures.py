"""Says plainly what is measured: "lasts 45 or 90 minutes", "cost 10 euros per metre", "teams of 2 to 6 people"."""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.planning.built_in.words.rewriting import LONGEST, NOUN, NUMBER, PAUSE, Ways, added, rewritten
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["in_plain_measures"]

UNITS = r"(?:minutes?|hours?|days?|weeks?|months?|years?|metres?|meters?|kilos?|kg|cm|km|euros?|dollars?|pounds?)"
TIMES = r"(?:minutes?|hours?|days?|weeks?|months?|years?)"
MEASURED = {"last": "duration", "take": "duration", "cost": "price", "weigh": "weight"}
"""What verbs that are followed by a number and its unit measure."""
ADJECTIVES = {"long": "length", "wide": "width", "deep": "depth", "high": "height", "tall": "height"}


def holder_of(before: str) -> str:
    """Return " of a lesson" where a sentence before some place begins with what it is about, or nothing."""
    about = re.match(
        rf"(?:(?:an?|the|each|every|our|all) )?(?P<who>{NOUN})(?= (?:has|have|is|are|can|may|belongs?)\b|,? *$)",
        re.split(r"[.:;!?\n]\s*", before)[-1],
        re.IGNORECASE,
    )
    return f" of {a(singular(about['who'].lower()))}" if about else ""


def measure_of(found: re.Match[str], text: str) -> str | None:
    """Return "lasts 45 or 90 minutes" as a duration, with which ones there are as a rule of its own."""
    fact = MEASURED[re.sub(r"s$", "", found["verb"].lower())]
    verb = "has" if found["verb"].lower().endswith("s") else "have"
    unit = plural(singular(found["unit"].lower()))
    holder = holder_of(text[: found.start()])
    if (fact == "duration") != (re.fullmatch(TIMES, unit) is not None):
        return None
    is_money = fact == "price"
    plain = f"{verb} a {fact}" if is_money else f"{verb} a {fact} in {unit}"
    rest = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    return added(rest, found.start() + len(plain), f"The {fact}{holder} must be {found['sizes']} {unit}")


def is_told_of(text: str, at: int) -> bool:
    """Tell whether what a sentence before some place is about is spoken of elsewhere, or has other facts there."""
    before = re.split(r"[.;!?\n]\s*", text[:at])[-1].strip()
    noun = singular(before.split()[-1].lower()) if before else ""
    is_spoken_of = len(re.findall(rf"\b{re.escape(noun)}", text, re.IGNORECASE)) > 1
    return bool(noun) and (is_spoken_of or " and" in before)


def rate_of(found: re.Match[str], text: str) -> str | None:
    """Return "stalls cost 10 euros per metre" as a price per metre, with what it is as a rule of its own."""
    if not is_told_of(text, found.start()):
        return None
    verb = "has" if found["verb"].lower() == "costs" else "have"
    fact = f"price per {found['per'].lower()}"
    plain = f"{verb} a {fact}"
    rest = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    holder = holder_of(text[: found.start()])
    if re.match(r" of an? (?:late|overdue|missed|lost|extra|damaged|delayed|cancel)", holder):
        return None
    return added(rest, found.start() + len(plain), f"The {fact}{holder} must be {found['amount']}")


def length_of(found: re.Match[str], text: str) -> str:
    """Return "is 25 or 50 metres long" as a length in metres, with which ones there are as a rule of its own."""
    fact, unit = ADJECTIVES[found["adjective"].lower()], plural(singular(found["unit"].lower()))
    plain = f"{'has' if found['verb'].lower() == 'is' else 'have'} a {fact} in {unit}"
    rest = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    return added(
        rest,
        found.start() + len(plain),
        f"The {fact}{holder_of(text[: found.start()])} must be {found['sizes']} {unit}",
    )


def sizes_of(found: re.Match[str], text: str) -> str:
    """Return "skates in sizes 30 to 48" as the size of a skate."""
    noun, sizes = singular(found["noun"].lower()), re.sub(r"\s*(?:-|to|–)\s*", " and ", found["sizes"])
    rest = f"{text[: found.start()]}{found['noun']}{text[found.end() :]}"
    return added(rest, found.start() + len(found["noun"]), f"{a(noun).capitalize()} has a size between {sizes}")


def crowd_of(found: re.Match[str], text: str) -> str:
    """Return "teams of 2 to 6 people" as how many people a team has."""
    noun, sizes = singular(found["noun"].lower()), re.sub(r"\s*(?:-|to|–)\s*", " and ", found["sizes"])
    who = found["who"].lower()
    rest = f"{text[: found.start()]}{found['noun']}{text[found.end() :]}"
    fact = f"{a(noun).capitalize()} has a number of {who} between {sizes}"
    return added(rest, found.start() + len(found["noun"]), fact)


WAYS: Ways = tuple(
    (re.compile(said, re.IGNORECASE), plain)
    for said, plain in (
        (r"\b(?P<noun>[a-z-]+s) in sizes? (?:from )?(?P<sizes>\d+ ?(?:to|-|–) ?\d+)", sizes_of),
        (
            (
                rf"\b(?:(?:can|may|always|either) )*(?P<verb>(?:last|take|cost|weigh)s?) (?:either )?"
                rf"(?P<sizes>{NUMBER}(?:, {NUMBER})*,? or {NUMBER}) (?P<unit>{UNITS}){PAUSE}"
            ),
            measure_of,
        ),
        (
            (
                rf"\b(?P<verb>costs?) "
                rf"(?P<amount>{NUMBER}(?:(?:, {NUMBER})*,? or {NUMBER}|[.,]\d+)? (?:euros?|dollars?|pounds?|francs?)) "
                rf"(?:per|an?|each|every) (?P<per>[a-z]+){PAUSE}"
            ),
            rate_of,
        ),
        (
            (
                rf"\b(?P<verb>is|are) (?:either )?(?P<sizes>{NUMBER}(?:, {NUMBER})*,? or {NUMBER}) (?P<unit>{UNITS}) "
                rf"(?P<adjective>{'|'.join(ADJECTIVES)}){PAUSE}"
            ),
            length_of,
        ),
        (
            (
                r"\b(?P<noun>[a-z-]+s) of (?:between )?(?P<sizes>\d+ ?(?:to|-|–|and) ?\d+) "
                r"(?P<who>people|persons|players|members|children|pupils|students|kids|guests)\b"
            ),
            crowd_of,
        ),
    )
)
"""Ways of telling sizes with one meaning only, and what says them plainly."""


def in_plain_measures(text: str) -> str:
    """Return a text with what is measured said as facts, and with which sizes there are in sentences of their own."""
    return text if len(text) > LONGEST else rewritten(text, WAYS)
