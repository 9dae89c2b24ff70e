"""Reads how many others a thing names: "a screening has exactly one film in one hall, at most two hours"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import (
    ARRANGEMENT_NOUNS,
    EVENT_FIELDS,
    EVENT_NOUNS,
    base_verb,
    entity_name,
    has_plural,
    spoken,
)

__all__ = ["SingleLinks", "SingleObject", "read_single_links"]

LONGEST = 240
WORD = r"[a-z][\w-]*"
MOST = r"(?:at most|no more than|not more than|never more than|up to|zero or|0 or|maximum|max\.?)\s+(?:one|1|a single)"
EXACTLY = r"(?:exactly|only|just|precisely)\s+(?:one|1|a single)|a single|one single|one and only one"
COUNTED = regex(
    rf"(?:(?P<most>{MOST})|(?P<exactly>{EXACTLY})|(?P<one>one|1)|(?P<article>an?|the))\s+"
    rf"(?P<thing>{WORD}(?:\s+{WORD}){{0,2}}?)"
    r"(?P<aside>\s*\((?:(?:only|exactly|just|always)\s+)?(?:a\s+)?(?:single|one|1)(?:\s+only)?\))?"
    r"(?=\s*[,.!]|\s+(?:and|in|at|on|by|with|for|from|of|to)\b|\s*$)",
    re.IGNORECASE,
)
NEXT = regex(r"\s*,\s*(?:and\s+)?(?:in\s+|at\s+|on\s+)?|\s+(?:and|in|at|on|by|with|for|from|of|to)\s+", re.IGNORECASE)
LIMIT = regex(
    r"^\s*,\s*(?:but\s+|and\s+|for\s+|lasting\s+)*(?P<limit>(?:at most|at least|max(?:imum)?\b\.?(?:\s+of)?|up to|"
    r"(?:no|not|never)\s+(?:more|longer|less)\s+than)\s+[^,;:()]{1,60}?)[\s.!]*$",
    re.IGNORECASE,
)
SUBJECT = regex(
    rf"^(?P<subject>(?:(?:an?|the|each|every|one|all)\s+)?{WORD}(?:\s+{WORD}){{0,2}}?)\s+(?:(?:always|only)\s+)?"
    rf"(?P<verb>(?:is|are)\s+(?:of|for|in|at|about)|(?:belongs?|goes)\s+(?:to|in)|{WORD})\s+"
    r"(?=(?:an?|the|one|1|at|no|not|never|up|zero|0|max|maximum|exactly|only|just|precisely)\b)",
    re.IGNORECASE,
)
HOLDING = frozenset({"has", "have", "gets", "get", "names", "name", "needs", "need", "contains", "contain"})
NO_VERBS = frozenset({"is", "as", "was", "plus", "minus", "times", "does", "this", "its", "his", "always", "besides"})


@dataclass(frozen=True)
class SingleObject:
    """A thing of which one is named. ``is_optional``: at most one."""

    name: str
    is_optional: bool
    quote: str


@dataclass(frozen=True)
class SingleLinks:
    """What one thing names one of each, and a limit behind it that says something else."""

    subject: str
    verb: str
    objects: tuple[SingleObject, ...]
    limit: str = ""


def read_single_links(sentence: str, is_thing: Callable[[str], bool]) -> SingleLinks | None:
    """Return what a whole sentence says one thing names one of; None where it says anything else.

    ``is_thing`` tells whether a name is that of a thing that people spoke of. A record that happens with somebody
    ("at most one loan") is none of these: it names them.
    """
    match = SUBJECT.match(sentence) if len(sentence) <= LONGEST else None
    subject = entity_name(match["subject"]) if match else ""
    if match is None or not is_thing(subject) or not is_linking(match["verb"]):
        return None
    is_plain = match["verb"].lower() in HOLDING or " " in match["verb"]
    objects: list[SingleObject] = []
    counts, place = [], match.end()
    while found := COUNTED.match(sentence, place):
        name = entity_name(found["thing"])
        if name == subject or not is_thing(name) or has_plural(found["thing"]) or happens(name):
            return None
        words = " ".join(sentence[match.start() if not objects else place : found.end()].split())
        objects.append(SingleObject(name, found["most"] is not None, words))
        counts.append(bool(found["most"] or found["exactly"] or found["aside"] or (found["one"] and is_plain)))
        place = found.end()
        joint = NEXT.match(sentence, place)
        if joint is None or LIMIT.match(sentence[place:]):
            break
        place = joint.end()
    rest = sentence[place:]
    limit = LIMIT.match(rest)
    is_whole = limit is not None or not rest.strip(" .!")
    if not objects or not any(counts) or not is_whole or len({one.name for one in objects}) < len(objects):
        return None
    return SingleLinks(subject, match["verb"].split()[0].lower(), tuple(objects), limit["limit"] if limit else "")


def is_linking(words: str) -> bool:
    """Tell whether a verb only links: what happens to things makes a record of its own."""
    verb = words.lower()
    if verb in HOLDING or " " in verb:
        return True
    plain = base_verb(verb)
    is_verb = bool(plain) or (verb.endswith("s") and not verb.endswith(("ss", "us")))
    return is_verb and verb not in NO_VERBS and plain not in EVENT_NOUNS


def happens(name: str) -> bool:
    """Tell whether a thing is a record of what happens, which names what it happens to."""
    return spoken(name).rpartition(" ")[2] in ARRANGEMENT_NOUNS | EVENT_FIELDS.keys()
