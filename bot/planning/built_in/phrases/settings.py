"""Reads who speaks: "we are a small vet practice with an emergency rota" says where all of it is, and is no thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import found_by, regex
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import PLACES, entity_name, has_plural, straight, word_set, words_of

__all__ = ["Setting", "read_setting"]

LONGEST = 300
ORGANISATIONS = PLACES | word_set(
    "association society group team company firm business charity community cooperative collective agency startup "
    "start-up band orchestra ensemble hall field orchard vineyard pool share kitchen practice pottery carpool "
    "federation foundation initiative network project house centre center station ward surgery department "
    "institute faculty union parish congregation troupe crew chorus league brewery winery smithy joinery garage "
    "makerspace hackspace allotment allotments garden gardens farm stable stables rink refuge sanctuary nursery "
    "playgroup kindergarten theatre operator provider rental hire service outfit venue boathouse marina harbour"
)
"""What people call themselves when they say where they come from."""
HEAD = r"(?P<head>(?:[a-z][\w'-]*\s+){0,4}?[a-z][\w'-]*)"
PLACE = r"(?P<place>\s+(?:in|at|near|of|by|on|for|from)\s+(?:the\s+|an?\s+|our\s+)?[\w' -]{2,40}?)?"
WE_ARE = regex(
    r"^(?:(?:we|i)(?:\s+are|'re|\s+am|'m|\s+run|\s+own|\s+manage|\s+operate|\s+lead|\s+work\s+(?:for|at|in))|"
    r"this\s+is(?:\s+for)?|it(?:'s|\s+is)\s+for)\s+"
    rf"(?:an?|our|the|my)\s+{HEAD}{PLACE}(?P<more>,?\s+(?:with|that\s+has|which\s+has|and\s+(?:we\s+)?have)\s+(?P<list>.+))?$",
    re.IGNORECASE,
)
OURS = regex(rf"^(?:our|my)\s+{HEAD}{PLACE}\s+(?:is|has)\s+(?P<list>.+)$", re.IGNORECASE)
COUNTED = regex(
    r"^(?:(?:about|around|roughly|some|almost|nearly|over|more than)\s+)?(?:\d[\d.,]*|an?\s+(?:dozen|hundred)|"
    r"hundreds of|dozens of|twenty|thirty|forty|fifty|sixty|eighty|ninety)\s+"
    r"(?P<things>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)$",
    re.IGNORECASE,
)


OWN = regex(r"^(?:my|our)\s+[a-z][\w-]*(?:\s+and\s+[a-z][\w-]*)?$", re.IGNORECASE)
"""Whom somebody does it with: "I run a car pool with my neighbours"."""


@dataclass(frozen=True)
class Setting:
    """What people call the place or the group that they speak for, the things that it has, and what is left of it."""

    name: str
    things: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def read_setting(sentence: str) -> Setting | None:
    """Return who speaks, where a sentence says that and no more than what they have, or None."""
    text = straight(sentence, " .!") if len(sentence) <= LONGEST else ""
    match = WE_ARE.match(text) or OURS.match(text)
    if match is None or words_of(match["head"])[-1:] == [] or words_of(match["head"])[-1] not in ORGANISATIONS:
        return None
    items = [item for item in items_of(match["list"] or "") if not OWN.match(item)]
    counted = {item: found["things"] for item in items if (found := COUNTED.match(item))}
    if found_by(OURS, match) and not counted:
        return None
    things = tuple(noun for noun in counted.values() if entity_name(noun) and has_plural(noun.lower()))
    left = tuple(item for item in items if item not in counted)
    if not counted and any(has_plural(item.lower()) for item in left):
        return None
    return Setting(match["head"], things, left)
