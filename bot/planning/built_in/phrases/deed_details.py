"""Reads what stands behind a deed, piece by piece: "for an animal", "from a start to an end", "until a given day"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.documents.entities.declared_rules import Span
from bot.patterns import regex
from bot.planning.built_in.phrases.event_phrases import NAMING, OF_DEEDS, fact_of_event, is_time_slot
from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.phrases.keeping_phrases import is_fact
from bot.planning.built_in.phrases.role_phrases import read_way
from bot.planning.built_in.phrases.rule_phrases import SPAN, read_span
from bot.planning.built_in.words.field_kinds import is_measure, named_kind
from bot.planning.built_in.words.sentence_marks import NOT_THINGS
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import PLACES, entity_name, has_plural, spoken, word_set, words_of

__all__ = ["PREPOSITIONS", "Detail", "DetailKind", "details_of", "without_article"]

PREPOSITIONS = "for|in|at|on|with|from|between|until|till|by|to|into|during|through|via"
MEANS = word_set("through via by during into")
"""Prepositions behind which no thing stands that a record names by itself."""
CUT = regex(
    rf"(?:,|,?\s+and)?(?<!\bup)\s+(?=(?:{PREPOSITIONS})\s)(?!at\s+(?:most|least|the\s+longest|the\s+latest)\b)",
    re.IGNORECASE,
)
SECOND_HALF = regex(r"^(?:to|until|till)\s", re.IGNORECASE)
GIVEN = r"(?:(?:certain|given|agreed|specific|particular|fixed|set|chosen|return|due)\s+)?"
DUE = regex(
    rf"^(?:until|till|by)\s+(?:an?|the|some|one)\s+{GIVEN}(?:date and time|day|date|time|moment)$", re.IGNORECASE
)
LASTING = regex(
    rf"^for\s+(?P<most>(?:at most|up to|(?:no|not) (?:more|longer) than|a maximum of|max(?:imum)?)\s+)?"
    rf"{SPAN}(?P<also_most>\s+at (?:most|the longest))?$",
    re.IGNORECASE,
)
TERM = regex(
    r"^(?:for|in|during)\s+(?:an?|one|the|each|every)\s+(?:whole\s+)?(?P<term>(?:school\s+)?(?:season|term|semester|trimester))$",
    re.IGNORECASE,
)
WEEKDAY = regex(r"^on\s+(?:an?|one|the)\s+(?:fixed\s+)?(?:weekday|day of the week)$", re.IGNORECASE)
HOME = regex(r"^(?:in|at|to|from|for)\s+(?:the|our|my)\s", re.IGNORECASE)
START = r"(?:start(?:ing)?|beginning|begin)"
END = r"(?:end(?:ing)?|finish)"
PERIOD = regex(
    rf"^(?:from|between)\s+(?:(?:an?|the|one|some)\s+)?{START}(?:\s+(?P<first>time|date|day|moment))?\s+"
    rf"(?:to|until|till|and)\s+(?:(?:an?|the|one|some)\s+)?{END}(?:\s+(?P<last>time|date|day|moment))?$",
    re.IGNORECASE,
)
ARTICLE = regex(
    r"^(?P<article>an?|the|one of (?:our|the|their)|one|each|every|their|his|her|its|our|another|any|some|several|"
    r"many)\s+",
    re.IGNORECASE,
)
INTRODUCING = word_set("a an one each every another any some several many their his her its") | {
    "one of our",
    "one of the",
    "one of their",
}
"""Articles of a thing that nobody spoke of before; "the desk" is one that everybody knows."""
NO_ROLES = word_set(
    "while moment bit lot hurry way row phone website web form counter reception app computer list calendar "
    "spreadsheet tablet basis rule principle favour favor change fee reason purpose go look chat talk laugh walk "
    "weekend weekday morning afternoon evening night week month year day hour minute holiday season term semester "
    "first start end price advance person cash card line time times lunch breakfast dinner free sale fun"
)
"""What a thing is named by in no such piece: how, why and how long something is done."""


class DetailKind(StrEnum):
    """What a piece behind a deed says."""

    THING = "thing"
    """A thing that the record names: "for an animal"."""
    FACT = "fact"
    """Facts of the record: "on a date", "for a number of people"."""
    PERIOD = "period"
    """Its start and its end."""
    DUE = "due"
    """The day on which it comes back or is over."""
    LASTING = "lasting"
    """How long it lasts, or may last."""
    TERM = "term"
    """The season or the term that it is for."""
    HOME = "home"
    """The place of whoever speaks: "to the museum"."""
    LEFT = "left"
    """What is not understood, and quoted."""


@dataclass(frozen=True)
class Detail:
    """One piece behind a deed: its kind, the words, what it names, and the span of time in it."""

    kind: DetailKind
    piece: str
    names: tuple[str, ...] = ()
    span: Span | None = None
    is_most: bool = False
    preposition: str = ""


def details_of(text: str, names: frozenset[str]) -> list[Detail]:
    """Return what the pieces behind a deed say; ``names`` are those of the things that are known."""
    pieces = [piece.strip(" ,") for piece in CUT.split(text.strip())]
    details: list[Detail] = []
    number = 0
    while number < len(pieces):
        both = " ".join(pieces[number : number + 2])
        is_pair = number + 1 < len(pieces) and SECOND_HALF.match(pieces[number + 1]) is not None
        if is_pair and re.match(r"from\s", both, re.IGNORECASE) and (period := period_in(both, names)):
            details.append(period)
            number += 2
            continue
        details += detail_in(pieces[number], names)
        number += 1
    return details


def period_in(piece: str, names: frozenset[str]) -> Detail | None:
    """Return the start and the end that a piece names, or None."""
    plain = PERIOD.match(piece)
    if plain:
        is_day = {plain["first"], plain["last"]} & {"date", "day"}
        ends = ("start date", "end date") if is_day else ("starts at", "ends at")
        return Detail(DetailKind.PERIOD, piece, ends)
    way = read_way(piece, names)
    return Detail(DetailKind.PERIOD, piece, way) if way else None


def detail_in(piece: str, names: frozenset[str]) -> Iterator[Detail]:
    """Yield what one piece says: one thing, or what a list behind "with" says of each."""
    if period := period_in(piece, names):
        yield period
        return
    if DUE.match(piece):
        yield Detail(DetailKind.DUE, piece)
        return
    if lasting := LASTING.match(piece):
        is_most = bool(lasting["most"] or lasting["also_most"])
        yield Detail(DetailKind.LASTING, piece, (), read_span(lasting), is_most)
        return
    term = TERM.match(piece)
    if term and entity_name(term["term"]) not in names:
        yield Detail(DetailKind.TERM, piece, (term["term"],))
        return
    preposition, _, rest = piece.partition(" ")
    if is_time_slot(piece) and thing_in(rest, names) not in names:
        yield Detail(DetailKind.PERIOD, piece, ("starts at", "ends at"))
        return
    items = items_of(rest) if preposition.lower() == "with" else [rest]
    is_description = preposition.lower() == "with" and any(NAMING & {*words_of(item)[-1:]} for item in items)
    for item in items:
        if is_description and thing_in(item, names) not in names and read_field(item):
            yield Detail(DetailKind.FACT, f"with {item}", (item,), preposition="with")
        else:
            yield named_by(preposition.lower(), item, names)


def named_by(preposition: str, noun: str, names: frozenset[str]) -> Detail:
    """Return the thing or the fact that a noun behind a preposition names, or that it is not understood."""
    piece = f"{preposition} {noun}"
    if noun.lower() in {"us", "me"} or (HOME.match(piece) and words_of(noun)[-1] in PLACES):
        return Detail(DetailKind.HOME, piece, preposition=preposition)
    if preposition in MEANS or (preposition != "with" and re.search(r"\sand\s(?!time\b)", noun)):
        return Detail(DetailKind.LEFT, piece, preposition=preposition)
    if name := thing_in(noun, names):
        return Detail(DetailKind.THING, piece, (name,), preposition=preposition)
    fact = "a weekday" if WEEKDAY.match(piece) else fact_of_event(piece)
    words = words_of(noun)
    is_told = preposition == "with" and (is_fact(noun) or (words[-1:] and words[-1] in OF_DEEDS))
    if fact or (is_told and read_field(noun)):
        return Detail(DetailKind.FACT, piece, (fact or noun,), preposition=preposition)
    return Detail(DetailKind.LEFT, piece, preposition=preposition)


def thing_in(noun: str, names: frozenset[str]) -> str:
    """Return the thing that a noun with its article names, or nothing."""
    article, plain = without_article(noun)
    name = entity_name(plain)
    words = words_of(plain)
    if not name or spoken(name) in NOT_THINGS or name in names:
        return name if name in names else ""
    is_plain = not (set(words) & NO_ROLES) and not named_kind(words) and not is_measure(name) and not is_fact(plain)
    is_new = article in INTRODUCING or (not article and has_plural(plain.lower()))
    return name if is_plain and is_new and words[-1] not in OF_DEEDS else ""


def without_article(noun: str) -> tuple[str, str]:
    """Return the article of a noun in lower case (or nothing), and the noun without it."""
    match = ARTICLE.match(noun)
    return (match["article"].lower(), noun[match.end() :].strip()) if match else ("", noun.strip())
