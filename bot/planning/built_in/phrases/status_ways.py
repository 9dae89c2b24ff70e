"""Reads what a sentence says of the ways between statuses whose values are known: "from planned to under way, or from
planned to cancelled", "a done trip can't be changed", "cancelled until it is done", "any status may go to any".

The values are marked first, then the few words that stand between them. A sentence with any other word in it is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from bot.documents.naming import plural, snake_case
from bot.patterns import regex
from bot.planning.built_in.phrases.steps import ARROW
from bot.planning.built_in.words.vocabulary import spoken, straight

__all__ = ["Ways", "drawn", "read_ways", "spelling", "values_in"]

type Pair = tuple[tuple[str, ...], tuple[str, ...]]
LONGEST = 400
PARTS = regex(r"\s*(?:[,;]\s*(?:(?:and|but)\s+)?|\s(?:and|but)\s+)(?=\S)")
MARK = r"§\d+"
JOINT = r"(?:\s*,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+|\s*/\s*)(?:(?:back\s+)?to\s+|be\s+)?"
GROUP = rf"(?:either\s+)?(?:{MARK}(?:{JOINT}{MARK})*|§any)"
THIS = r"(?:(?:an?|the|any|every|each|all|its|their|once|that)\s+)*@?"
MODAL = (
    r"(?:can|may|could|must|should|will|shall|might|is allowed to|are allowed to|has to|"
    r"only|also|still|then|always|ever|again|now|later|as well)"
)
CANT = (
    r"(?:can't|cannot|can not|must not|mustn't|may not|should not|shouldn't|never|can never|may never|must never|"
    r"no longer|can no longer|may no longer|doesn't|don't|does not|do not)"
)
GO = (
    r"(?:go|goes|move|moves|change|changes|pass|passes|switch|switches|get|gets|become|becomes|turn|turns|return|"
    r"returns|come|comes|lead|leads|be (?:set|moved|changed|put|switched|turned)|is (?:set|moved|changed)|be|is|are)"
)
INTO = r"(?:\s+(?:back|into|to|as|made|marked|straight|directly|right))*"
IS = r"(?:(?:(?:(?:an?|the|each)\s+)?@\s+(?:is|are|was|has been|have been|gets?)|being|it's|they're|is|are)\s+)?"
SAME = r"(?:(?:(?:an?|the|that|such an?)\s+)?@\s+)?"
PLACED = {"on", "in", "at", "under", "with", "off"}
"""What begins a value that is said with an article: "on the bench" of ``on_bench``."""
STATUS_WORDS = ("status", "state", "stage", "step", "phase")
FIXED = (
    r"(?:(?:be\s+)?(?:changed|reopened|undone|moved|altered|edited|touched|modified|reverted|reset)|change|"
    r"go (?:back|on|anywhere|further)|"
    r"move(?: on| any further)?|come back|be (?:changed|reopened) (?:again|any ?more|any longer))"
)
LATER = r"(?:\s+(?:any ?more|any longer|again|afterwards|later|after that|at all))*"


@dataclass(frozen=True)
class Ways:
    """What a sentence says of the ways between values; empty sources or targets are all there are."""

    ways: tuple[Pair, ...] = ()
    """Ways that are open."""
    barred: tuple[Pair, ...] = ()
    """Ways that are not."""
    entries: tuple[Pair, ...] = ()
    """Only from these sources these targets are reached."""
    exits: tuple[Pair, ...] = ()
    """From these sources only these targets are reached."""
    until: tuple[Pair, ...] = ()
    """Up to the first values, the second may follow whatever it is."""
    finals: tuple[str, ...] = ()
    """Nothing follows these."""
    returnless: tuple[str, ...] = ()
    """From these nothing comes back; where no way leads on from one, nothing follows it."""
    is_any: bool = False
    """Whatever it is, it may become anything."""
    is_whole: bool = False
    """These ways are all there are, whatever was said before."""

    def values(self) -> frozenset[str]:
        """Return every value that it names."""
        pairs = (*self.ways, *self.barred, *self.entries, *self.exits, *self.until)
        named = frozenset(value for pair in pairs for group in pair for value in group)
        return named | set(self.finals) | set(self.returnless)

    def ending_where_none_leads_on(self, sources: Iterable[str]) -> Ways:
        """Return the same with those final from which nothing comes back, but those that some way leads on from."""
        ends = tuple(value for value in self.returnless if value not in {*sources, *self.finals})
        return replace(self, finals=(*self.finals, *ends))

    def with_more(self, other: Ways) -> Ways:
        """Return both in one."""
        return Ways(
            (*self.ways, *other.ways),
            (*self.barred, *other.barred),
            (*self.entries, *other.entries),
            (*self.exits, *other.exits),
            (*self.until, *other.until),
            (*self.finals, *other.finals),
            (*self.returnless, *other.returnless),
            self.is_any or other.is_any,
            self.is_whole or other.is_whole,
        )


@lru_cache(maxsize=2_000)
def read_ways(text: str, values: tuple[str, ...], nouns: tuple[str, ...]) -> Ways | None:
    """Return what a sentence says of the ways between values, or None.

    ``nouns`` are what the thing and its status are called; "it" and "they" mean it too.
    """
    plain = straight(text, " .!;")
    if not values or len(plain) > LONGEST:
        return None
    return of_marked(marked_text(plain.lower(), values, nouns), values)


def of_marked(marked: str, values: tuple[str, ...]) -> Ways | None:
    """Return what a marked sentence says, or what both parts of it say."""
    as_list, otherwise = said_as_list(marked, values), said_otherwise(marked, values)
    found = said_of_any(marked) or (otherwise if marked.startswith("only") else None) or as_list or otherwise
    if found is not None:
        return found
    for joint in reversed([*PARTS.finditer(marked)]):
        first = of_marked(marked[: joint.start()], values)
        rest = marked[joint.end() :]
        second = (of_marked(rest, values) or goes_on_from(first, rest, values)) if first else None
        if first and second:
            return first.with_more(second)
    return None


def goes_on_from(first: Ways, marked: str, values: tuple[str, ...]) -> Ways | None:
    """Read "it goes straight to §2" behind a clause about one value, whose "it" is the row with that value."""
    sources = {pair[0] for pairs in (first.ways, first.barred, first.exits) for pair in pairs if pair[0]}
    match = GOES_ON.match(marked)
    if match is None or len(sources) != 1:
        return None
    return Ways(ways=((sources.pop(), values_in(match["second"], values)),))


def marked_text(text: str, values: tuple[str, ...], nouns: tuple[str, ...]) -> str:
    """Return a sentence with ``§2`` for a value, ``§any`` for whichever, and ``@`` for the thing and its status."""
    for value in sorted(values, key=len, reverse=True):
        text = spelling(value).sub(f" §{values.index(value)} ", text)
        text = re.sub(
            rf"(?<![\w§-]){re.escape(value)}e?d(?=\s+(?:again|any ?more)\b)", f" §{values.index(value)} ", text
        )
    words = sorted({form for noun in (*nouns, *STATUS_WORDS) for form in (noun, plural_noun(noun))}, key=len)
    called = "|".join(map(re.escape, reversed(words)))
    text = re.sub(
        rf"\b(?:any|every|each|whichever|all)(?:\s+other)?\s+(?:{called})(?=\s+(?:to|§|may go to any|->|→))",
        " §any ",
        text,
    )
    text = re.sub(rf"(?<=\bto)\s+any(?:\s+other)?(?:\s+(?:{called}|one))?(?=\s*$)", " §any ", text)
    thing = rf"(?:{called})(?:'s|')?"
    text = re.sub(rf"\b{thing}(?:\s+(?:of\s+)?(?:(?:an?|the|its|each|every)\s+)?{thing})*(?![\w-])", " @ ", text)
    text = re.sub(r"\b(?:it|they|ones?|which|this)\b", " @ ", text)
    return re.sub(r"\s+([,;:])", r"\1", " ".join(text.split()))


@lru_cache(maxsize=2_000)
def spelling(value: str) -> re.Pattern[str]:
    """Return how a value is spelled: with blanks or hyphens, ``cancelled`` with one l too, quotes or none."""
    words = [re.escape(word) for word in snake_case(value).split("_")]
    article = r"(?:the\s+|its\s+|an?\s+)?" if words[0] in PLACED and words[1:2] != ["the"] else ""
    joined = r"[\s_-]".join([words[0], *([f"{article}{words[1]}", *words[2:]] if words[1:] else [])])
    joined = joined.replace("cancell", "cancell?")
    return re.compile(rf"(?<![\w§-])[“\"'‘`]?{joined}[”\"'’`]?(?![\w-])")


def plural_noun(noun: str) -> str:
    """Return the plural of a noun as people say it."""
    return spoken(plural(snake_case(noun)))


def values_in(text: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values that marks stand for; nothing for whichever it is."""
    return tuple(dict.fromkeys(values[int(number)] for number in re.findall(r"§(\d+)", text)))


GOES_ON = regex(
    rf"^(?:and\s+|but\s+|instead\s+)*{THIS}\s*(?:{MODAL}\s+)*{GO}{INTO}\s+"
    rf"(?P<second>{GROUP})(?:\s+instead)?$"
)


# ------------------------------------------------------------------------------------------------------ lists of ways

LEAD = regex(
    r"^(?:(?:and|but|so|also|please|only|then|allow|the ways? (?:is|are)|ways?|add|include|there is|"
    r"(?P<gone>remove|drop|delete|close|forget|take out|forbid)|(?:an?|the)?\s*(?:new\s+|further\s+"
    r")?(?:ways?|transitions?|paths?))[\s,:]+)*"
    rf"(?:{THIS}\s*:?\s*)?(?P<modal>(?:{MODAL}\s+)*)(?:(?P<cant>{CANT}|not)\s+)?(?P<only>only\s+)?"
    rf"(?:{GO}\s+)?(?:only\s+)?(?:(?:straight|directly|right)\s+)?(?P<list>(?:from\s+)?{GROUP}.*)$"
)
NEXT_WAY = regex(
    rf"\s*(?:[,;]\s*(?:(?:and|or)\s+)?|\s(?:and|or)\s+)(?=from\b)"
    rf"|\s*[,;]\s*(?:(?:and|or)\s+)?(?=(?:{MARK}(?:\s+(?:or|and)\s+{MARK})*|§any)\s*(?:\bto\b|{ARROW}))"
    rf"|\s+(?:or|and)\s+(?=(?:{MARK}|§any)\s+to\b)"
)
"""Where a list goes on with another way: before "from", and before values that something leads on from."""
ONWARD = regex(rf"\s*(?:,\s*)?(?:and\s+)?(?:\bthen\b(?:\s+to\b)?|{ARROW}|(?<!,\s)\bto\b)\s*")
SMALL_WORDS = regex(r"\b(?:either|back|the|as|also|again|always|directly|straight|right|be|is|are|may|can|go|goes)\b|@")


def said_as_list(marked: str, values: tuple[str, ...]) -> Ways | None:
    """Read "may only go from §0 to §1, from §1 to §2", "§0 → §1 → §2, §0 or §1 → §3", "is §0, then §1"."""
    match = LEAD.match(marked)
    if match is None:
        return None
    pairs = [pair for piece in NEXT_WAY.split(match["list"]) for pair in pairs_of(piece, values)]
    if not pairs or NO_WAY in pairs:
        return None
    before = marked[: match.start("list")]
    if match["cant"] or match["gone"]:
        return Ways(barred=tuple(pairs))
    is_whole = re.search(r"\bonly\b", before) is not None and re.search(r"\balso\b", before) is None
    return Ways(ways=tuple(pairs), is_whole=is_whole)


NO_WAY: Pair = (("",), ("",))
"""What stands for a piece that is no way."""


def pairs_of(piece: str, values: tuple[str, ...]) -> list[Pair]:
    """Return the ways from each station of a piece to the next, such as "from §0 to §1, then §2"."""
    plain = " ".join(SMALL_WORDS.sub(" ", piece.removeprefix("from ")).split()).strip(" ,")
    stations = ONWARD.split(plain)
    if len(stations) < 2 or not all(re.fullmatch(GROUP, station) for station in stations):
        return [NO_WAY]
    named = [values_in(station, values) for station in stations]
    return list(pairwise(named))


# --------------------------------------------------------------------------------------------------------- other forms

ANY_CHANGE = regex(
    rf"^(?:from\s+)?(?:{THIS}\s*)?(?:§any\s+)?(?:{MODAL}\s+)*(?:(?:{GO}|be)\s+)?"
    r"(?:(?:from\s+)?§any\s+)?(?:(?:may|can)\s+)*(?:(?:go|change|move|be changed|lead)\s+)?(?:back\s+)?"
    r"(?:to\s+(?:any(?:thing| other)?|every(?:thing)?|§any)|freely|in any order|at will)$"
)


def said_of_any(marked: str) -> Ways | None:
    """Read "any status may go to any", "the status can change freely"."""
    if "§" in marked.replace("§any", "") or len(marked.split()) < 3:
        return None
    return Ways(is_any=True) if ANY_CHANGE.match(marked) else None


type Making = Callable[[tuple[str, ...], tuple[str, ...]], Ways]
UNTIL = (
    r"(?:(?:until|till|before|unless|up to when)(?=\s)|(?:as long as|so long as|while)(?=\s(?:an?\s|"
    r"the\s)?@ (?:is|are) not\s))"
)
OTHERWISE: tuple[tuple[re.Pattern[str], Making], ...] = tuple(
    (regex(rf"^(?:(?:and|but|also|then)\s+)*{pattern}$"), making)
    for pattern, making in (
        (
            rf"only\s+{THIS}\s*(?P<first>{GROUP})\s*@?\s+(?:{MODAL}\s+)+{GO}{INTO}\s+(?P<second>{GROUP})",
            lambda first, second: Ways(entries=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*(?:{MODAL}\s+)*{GO}{INTO}\s+(?P<second>{GROUP})\s+only\s+(?:from|when|"
                rf"while|if|once|after)\s+"
                rf"{IS}(?P<first>{GROUP})"
            ),
            lambda first, second: Ways(entries=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*(?:{MODAL}\s+)+{GO}{INTO}\s+(?P<second>{GROUP})\s+(?:if|when|while|as long as|"
                rf"only if|from)\s+{IS}(?:still\s+)?(?P<first>{GROUP})"
            ),
            lambda first, second: Ways(entries=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*(?P<first>{GROUP})\s*@?\s+(?:can|may|could|must|will|should)\s+only\s+{GO}{INTO}\s+"
                rf"(?P<second>{GROUP})"
            ),
            lambda first, second: Ways(exits=((first, second),)),
        ),
        (
            (
                rf"(?:from|when|while|once|after)\s+{IS}(?P<first>{GROUP}),?\s+{SAME}(?:can|may|"
                rf"could|must|will|should)\s+"
                rf"only\s+{GO}{INTO}\s+(?P<second>{GROUP})"
            ),
            lambda first, second: Ways(exits=((first, second),)),
        ),
        (
            rf"{THIS}\s*(?P<first>{GROUP})\s*@?\s+(?:{MODAL}\s+)+{GO}{INTO}\s+(?P<second>{GROUP})(?:\s+again)?",
            lambda first, second: Ways(ways=((first, second),)),
        ),
        (
            (
                rf"(?:from|when|while|once|after)\s+{IS}(?:still\s+)?(?P<first>{GROUP}),?\s+"
                rf"{SAME}(?:{MODAL}\s+)*{GO}{INTO}\s+"
                rf"(?P<second>{GROUP})(?:\s+again)?"
            ),
            lambda first, second: Ways(ways=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*(?:(?:{MODAL}|{GO})\s+)*(?P<second>{GROUP})(?:\s+(?:at\s+)?any\s+time|\s+"
                rf"whenever)?,?\s+{UNTIL}\s+"
                rf"{IS}(?:not\s+(?:yet\s+)?|already\s+|still\s+)?(?P<first>{GROUP})"
            ),
            lambda first, second: Ways(until=((first, second),)),
        ),
        (
            rf"(?:{UNTIL})\s+{IS}(?P<first>{GROUP}),?\s+{THIS}\s*(?:(?:{MODAL}|{GO})\s+)+(?P<second>{GROUP})",
            lambda first, second: Ways(until=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*(?:(?:{MODAL}|{GO})\s+)*(?P<second>{GROUP})\s+(?:(?:at|from)\s+)?any\s+"
                rf"(?:time|moment|point|@)(?P<first>)"
            ),
            lambda first, second: Ways(until=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*(?P<first>{GROUP})\s*@?\s+{CANT}\s+(?:ever\s+)?{GO}{INTO}\s+"
                rf"(?P<second>{GROUP})(?:\s+(?:again|any ?more))*"
            ),
            lambda first, second: Ways(barred=((first, second),)),
        ),
        (
            (
                rf"(?:once|when|after|from)\s+{IS}(?P<first>{GROUP}),?\s+{SAME}{CANT}\s+(?:ever\s+)?{GO}{INTO}\s+"
                rf"(?P<second>{GROUP})(?:\s+(?:again|any ?more))*"
            ),
            lambda first, second: Ways(barred=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*{CANT}\s+(?:ever\s+)?{GO}{INTO}\s+(?P<second>{GROUP})(?:\s+(?:again|any ?more))*,?\s+"
                rf"(?:once|when|while|if|after|from|as long as)\s+{IS}(?:already\s+|still\s+)?(?P<first>{GROUP})"
            ),
            lambda first, second: Ways(barred=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*{CANT}\s+(?:ever\s+)?{GO}{INTO}\s+(?P<second>{GROUP}),?\s+(?:unless|until|before)\s+"
                rf"{IS}(?:already\s+)?(?P<first>{GROUP})"
            ),
            lambda first, second: Ways(entries=((first, second),)),
        ),
        (
            (
                rf"{THIS}\s*{CANT}\s+(?:ever\s+)?{GO}\s+(?:back\s+)?to\s+(?P<second>{GROUP})(?:\s+"
                rf"(?:again|any ?more))*(?P<first>)"
            ),
            lambda first, second: Ways(barred=((first, second),)),
        ),
        (
            (
                rf"(?:once|when|after|from)\s+{IS}(?P<first>{GROUP}),?\s+(?:(?:(?:an?|the|that|"
                rf"such an?)\s+)?@|nothing|no way)?\s*"
                rf"(?:{CANT}\s+{FIXED}|(?:can\s+)?(?:change|be changed|happens?|follows?|comes?)|"
                rf"is final|stays (?:so|that way|as @ is|§\d+)|"
                rf"leads? (?:on|back|out))"
                rf"{LATER}(?P<second>)"
            ),
            lambda first, _: Ways(finals=first),
        ),
        (
            rf"{THIS}\s*(?P<first>{GROUP})\s*@?\s+{CANT}\s+{FIXED}{LATER}(?P<second>)",
            lambda first, _: Ways(finals=first),
        ),
        (
            (
                rf"{THIS}\s*(?P<first>{GROUP})\s*@?\s+(?:is|are)\s+(?:always\s+)?(?:the\s+)?(?:final|the end|end|last|"
                rf"an? end|final @|terminal|for good)(?:\s+@)?(?P<second>)"
            ),
            lambda first, _: Ways(finals=first),
        ),
        (
            (
                rf"(?:nothing|no way|no @)\s+(?:comes?|follows?|leads?|goes?|happens?)?\s*(?:(?:on|out|back|away)\s+)?"
                rf"(?:after|from|of|out of)?\s*(?P<first>{GROUP})(?P<second>)"
            ),
            lambda first, _: Ways(finals=first),
        ),
        (rf"{THIS}\s*(?P<first>{GROUP})\s*@?\s+stays?\s+(?P<second>{GROUP})", lambda first, _: Ways(finals=first)),
    )
)


COMES_BACK = regex(r"\b(?:again|any ?more|any longer|back)\b")
"""Words of what is left for good: "a dead hive never gets strong again"."""


def said_otherwise(marked: str, values: tuple[str, ...]) -> Ways | None:
    """Read "only §0 trips may be §3", "§3 until it is §2", "a §2 trip can't be changed" and their like.

    What is lent and can't be lent again is no way between values: that speaks of a second record.
    """
    for pattern, making in OTHERWISE:
        match = pattern.match(marked)
        if match is None:
            continue
        first, second = values_in(match["first"], values), values_in(match["second"], values)
        if set(first) & set(second) and "stay" not in marked:
            return None
        found = making(first, second)
        return replace(found, returnless=first) if found.barred and COMES_BACK.search(marked) else found
    return None


def drawn(pairs: Iterable[tuple[str, str]]) -> str:
    """Return ways as a line: ``planned → under way, under way → done or cancelled``."""
    targets: dict[str, list[str]] = {}
    for source, target in pairs:
        targets.setdefault(source, []).append(target)
    return ", ".join(f"{spoken(one)} → {' or '.join(map(spoken, others))}" for one, others in targets.items())
