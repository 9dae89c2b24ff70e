"""Says plainly how many fit into what: "a group takes twelve children at most", and "a group" by its whole name.

As in `bot.planning.built_in.words.plain_counts`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, is_somebody, one
from bot.planning.built_in.words.numerals import NUMERAL, figure
from bot.planning.built_in.words.rewriting import PAUSE, STATEMENT, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, base_verb, word_set

__all__ = ["in_plain_holding"]

LIMIT = r"(?:at most|up to|no more than|not more than|a maximum of|at the most)"
BEHIND = r"(?: at (?:the )?most| at maximum| maximum| max\.?| tops| and no more)"
HOLDS = r"(?:takes?|holds?|seats?|fits?|accommodates?|sleeps?|carry|carries|has room for|have room for|admits?)"
MANY = rf"(?:{WORD} )??(?:{WORD}s|people|[a-z-]*(?:children|men|women))"
UNITS = word_set(
    "minute hour day night week month year second metre meter kilometre litre liter kilo kilogram gram ton tonne mile "
    "step try attempt stop turn place"
)
"""What something takes without holding it."""
WHOLE = (
    r"(?:[a-z]{3,}ing|study|work|play|youth|age|office|damage|repair|sports|language|music|dance|yoga|school|craft|"
    r"museum|city|guest|lunch)"
)
SHORT = r"(?:group|team|club)"


def holds(found: re.Match[str], text: str) -> str | None:
    """Return "a group takes twelve children at most" as how many places it has, and the children as its."""
    who, what = one(found["who"]), one(found["many"])
    is_limit = bool(found["limit"] or found["behind"])
    if is_somebody(who) or who == what or what.split()[-1] in UNITS or not (is_limit or is_person(what)):
        return None
    others = f"{text[: found.start()]} {text[found.end() :]}"
    is_told = re.search(rf"\b(?:{what}|{plural(what)})\b", others, re.IGNORECASE) is not None
    if re.search(rf"\b(?:{what}|{plural(what)}) (?!(?:have|has|are|is)\b)[a-z]+", others, re.IGNORECASE):
        return None
    if re.search(
        rf"\b(?:{what}|{plural(what)}) (?:have|has|with)\b[^.;:!?\n]{{0,200}}?\b{who}\b", others, re.IGNORECASE
    ):
        return None  # each of them names one, so that a rule can count them
    number = figure(found["number"])
    how = f"at most {number}" if is_limit else f"default {number}"
    first = [f"{a(who).capitalize()} {found['first']}"] if found["first"] else []
    told = [f"{a(what).capitalize()} may belong to {a(who)}"] if is_told and is_person(what) else []
    return replaced(found, text, *first, f"{a(who).capitalize()} has a number of places ({how})", *told)


def most_in_a_day(found: re.Match[str], text: str) -> str | None:
    """Return "a courier takes up to twenty parcels a day" as parcels of a courier, and the limit as a rule."""
    who, what = one(found["who"]), one(found["many"])
    if not is_somebody(who) or is_person(what) or what.split()[-1] in UNITS:
        return None
    said = found["verb"].lower()
    verb = "do" if said == "does" else base_verb(said) or said.removesuffix("s")
    rule = f"{a(who).capitalize()} may {verb} at most {found['number']} {found['many']} {found['often']}"
    return replaced(found, text, f"{a(what).capitalize()} may belong to {a(who)}", rule)


def meets_on(found: re.Match[str], text: str) -> str:
    """Return "a group meets on a weekday at a time" as its weekday and its start time."""
    facts = f"a {found['day'].lower()}{' and a start time' if found['time'] else ''}"
    return replaced(found, text, f"{a(one(found['who'])).capitalize()} has {facts}")


def by_whole_name(found: re.Match[str], text: str) -> str | None:
    """Return "coaches run training groups. A group has …" with the groups called by their whole name."""
    short, whole = found["short"].lower(), found["whole"].lower()
    named = {name.lower() for name in re.findall(rf"\b([a-z-]+) {short}(?:e?s)?\b", text, re.IGNORECASE)}
    others = named - {whole, "a", "an", "each", "every", "the", "one", "this", "that", "no", "any", "our", "per", "in"}
    later = text[found.end() :]
    told = rf"(?<=[.!?;:\n] )(?P<each>an?|each|every) {short}\b"
    if others or not re.search(told, later, re.IGNORECASE):
        return None
    called = re.sub(
        rf"\b(?P<each>an?|each|every|the|one|no|any|per) {short}\b",
        lambda said: f"{'A' if said['each'] in {'A', 'An'} else said['each']} {whole} {short}",
        later,
        flags=re.IGNORECASE,
    )
    return f"{text[: found.end()]}{called}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{STATEMENT}(?:an?|each|every) (?P<who>{WORD}(?: {WORD})??) "
                r"(?P<verb>takes?|delivers?|handles?|carry|carries|brings?|does|collects?|cleans?|checks?|visits?) "
                rf"{LIMIT} (?P<number>{NUMERAL}) (?P<many>{MANY}) (?P<often>(?:an?|per|each|every) "
                r"(?:day|week|month|shift|tour|round|trip|hour))(?=\s*(?:[,.;!?\n]|$))"
            ),
            most_in_a_day,
        ),
        (rf"\b(?P<whole>{WHOLE}) (?P<short>{SHORT})(?:e?s)\b", by_whole_name),
        (
            (
                rf"{STATEMENT}(?:an?|each|every) (?P<who>{WORD}(?: {WORD})??) "
                rf"(?:(?P<first>[a-z]+s (?!and\b)[^.;:!?\n]+?),? and )?(?:can )?{HOLDS} (?P<limit>{LIMIT} )?"
                rf"(?P<number>{NUMERAL}) (?P<many>{MANY}?)(?P<behind>{BEHIND})?(?=\s*(?:[,.;!?\n]|$))"
            ),
            holds,
        ),
        (
            (
                rf"{STATEMENT}(?:an?|each|every) (?P<who>{WORD}(?: {WORD})??) (?:meets|trains|takes place|is "
                rf"held|rehearses) "
                rf"on an? (?:certain |fixed |given )?(?P<day>weekday|day of the week)"
                rf"(?P<time>(?:,? and)? at an? (?:certain |fixed |given )?time)?{PAUSE}"
            ),
            meets_on,
        ),
    )
)
"""Ways of telling how many fit, and what says them plainly."""


def in_plain_holding(text: str) -> str:
    """Return a text with how many fit into something said as its places."""
    return rewritten(text, WAYS)
