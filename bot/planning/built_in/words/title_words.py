"""What a service is for, in the first words of a request: without wishes, verbs and words that only say "a system"."""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    SYSTEM_NOUNS,
    UNCOUNTED,
    base_verb,
    has_plural,
    word_set,
    words_of,
)

__all__ = ["HOLLOW_HEADS", "head_of", "is_hollow", "name_in", "purpose_of", "several_of", "without_owner"]

SYSTEMS = "|".join(sorted(SYSTEM_NOUNS, key=len, reverse=True))
HOLLOW_HEADS = SYSTEM_NOUNS | word_set(
    "something anything thing place way list base collection register overview spreadsheet log table set new simple "
    "small little better shared proper basic"
)
"""Heads that only say that something is wanted."""
ADJECTIVES = (
    r"(?:(?:simple|small|little|new|proper|shared|better|online|basic|nice|good|own|easy|internal|central)\s+)*"
)
HEAD = rf"(?:{SYSTEMS}|something|anything|thing|place|way|list|base|collection|register|overview|spreadsheet|log|table)"
VERBS = (
    r"(?:track|manage|store|record|keep(?:\s+track\s+of|\s+a\s+list\s+of)?|lend(?:\s+out)?|rent(?:\s+out)?|borrow|book|reserve|organi[sz]e|"
    r"handle|run|plan|schedule|sell|share|swap|collect|catalogue|catalog|administer|digiti[sz]e|automate|document|order|"
    r"hire(?:\s+out)?|note|list|log|monitor|coordinate|look\s+after|sort\s+out|take\s+care\s+of|save|register|archive)"
)
ING = (
    r"(?:tracking|managing|storing|recording|keeping(?:\s+track\s+of)?|lending(?:\s+out)?|renting(?:\s+out)?|borrowing|booking|reserving|"
    r"organi[sz]ing|handling|running|planning|scheduling|selling|sharing|swapping|collecting|cataloguing|administering|"
    r"documenting|ordering|logging|monitoring|coordinating|looking\s+after|saving|registering|archiving)"
)
PEOPLE = r"(?:team|group|club|company|family|bunch|couple|association|initiative|business|start-?up)"
MANY_OF = r"(?:group|bunch|team|couple|network|circle|collective|association|co-?operative)"
"""What people call themselves before they say who they are: "a group of beekeepers"."""
ARE = r"(?:\s+are|'re|’re|\s+am|'m|’m)"
DOES = (
    r"(?:organi[sz]es|runs|lends(?:\s+out)?|rents(?:\s+out)?|hires(?:\s+out)?|sells|offers|manages|plans|books|shares|"
    r"repairs|collects|keeps(?:\s+track\s+of)?|tracks|handles|looks\s+after)"
)
WHO = r"(?:i|we|(?:our|my|the)\s+(?:team|company|department|group|people|colleagues|staff|boss|organi[sz]ation))"
WANTS = r"(?:want|wants|need|needs|would\s+like|have|has|like|love|are\s+looking\s+for|am\s+looking\s+for|must|should)"
LEADS = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:hi|hello|hey|please|ok|okay|so|well|and|also)\b[\s,!.]+(?=\w)",
        r"^(?:can|could|would|will)\s+you\s+(?:please\s+)?",
        r"^(?:please\s+)?help\s+(?:us|me)\s+(?:to\s+|with\s+)?",
        r"^(?:let's|let\s+us)\s+",
        r"^my\s+\w+\s+and\s+(?:i|me)\s+(?:run|own|have|are|manage)\s+(?=an?\b|the\b|our\b)",
        rf"^(?:an?|our|the)\s+{ADJECTIVES}{MANY_OF}\s+of\s+(?=\w)",
        rf"^(?:i|we){ARE}\s+(?:[\w'-]+\s+){{1,4}}(?:who|that|which)\s+(?={VERBS}\s)",
        rf"^(?:i|we){ARE}\s+(?:[\w'-]+\s+){{1,4}}(?={ING}\s)",
        rf"^(?:an?|our|my|the)\s+{ADJECTIVES}{PEOPLE}\s+(?:that|which|who)\s+{DOES}\s+(?=\w)",
        rf"^(?:our|my|the)\s+[\w-]+\s+{DOES}\s+(?=\w)",
        rf"^{WHO}(?:\s+{WANTS}|'d\s+like|'d\s+love)(?:\s+to)?\s+(?:be\s+able\s+to\s+)?(?=\w)",
        r"^(?:i|we)(?:\s+run|\s+own|\s+have|\s+are|'re|'m|\s+am|\s+operate)\s+(?=an?\b|the\b|our\b|my\b)",
        r"^(?:build|make|create|do|set\s+up|get|write|design|develop|generate|start|plan)(?:\s+(?:me|us))?\s+(?=an?\b|the\b|our\b|my\b|some)",
        (
            rf"^(?:an?|some|the|our|my)?\s*{ADJECTIVES}{HEAD}(?:\s+{ADJECTIVES}{HEAD})?\s+(?:for|to|of|that|which|where)\s+"
            r"(?:(?:can|will|we|us|helps?|lets?|people|you)\s+)*(?=\w)"
        ),
        rf"^(?:(?:i|we|they)\s+)?{ING}\s+(?=\w)",
        rf"^(?:(?:i|we|they)\s+)?(?:also\s+)?{VERBS}\s+(?=(?:an?|the|our|my|all|some|your)\s)",
    )
)
BARE_VERB = regex(
    rf"^(?:(?:i|we)\s+(?:also\s+)?)?{VERBS}\s+(?P<rest>(?P<object>[\w'-]+(?:\s+[\w'-]+)?)\b.*)$", re.IGNORECASE
)
ENDS = regex(
    rf"\s+and\s+(?:(?:we|i|people|they|customers|members|guests|clients|users|everybody|everyone)\b|{VERBS}\s+\w).*$|"
    r"\s+(?:where|in\s+which|on\s+which|so\s+that|wants?|needs?|would|and\s+(?:we\s+)?(?:need|want|would)|that|which|who|with|to|from|by|because|having)\s.*$",
    re.IGNORECASE,
)
LAST = regex(r"(?:\s+(?:and|or|to|for|of|with|in|that|which|where))+$", re.IGNORECASE)
ONE_OF_ALL = word_set("each every any no a an")
"""What stands before one of several: the whole is called by all of them."""
FINITE = word_set("is are was were has have had can may must should will shall needs need pays pay wants want gets get")
OWNED = regex(r"\b(?P<and>and|or)\s+(?:its|their|his|her|our|my)\s+(?=\w)", re.IGNORECASE)
LONGEST = 200


def purpose_of(text: str) -> str:
    """Return the words that say what something is for: "an app for tracking bakery orders" → "bakery orders"."""
    words = " ".join(text[:LONGEST].split())
    while (shorter := without_lead(words)) != words:
        words = shorter
    return LAST.sub("", words.strip(" ,.!?"))


def head_of(text: str) -> str:
    """Return what comes before a clause of its own: "a shop where people buy" → "a shop"."""
    return ENDS.sub("", text)


def without_lead(words: str) -> str:
    """Return words without the first of what people say before what they want; as they are where nothing is left."""
    for lead in LEADS:
        if (shorter := lead.sub("", words, count=1)) != words and words_of(shorter):
            return shorter
    bare = BARE_VERB.match(words)
    if bare and any(has_plural(word) or word in UNCOUNTED for word in words_of(bare["object"])):
        return bare["rest"]
    return words


def is_hollow(words: list[str]) -> bool:
    """Tell whether words only say that a system is wanted."""
    return not words or all(word in HOLLOW_HEADS for word in words)


def name_in(title: str) -> str:
    """Return the noun that words of a sentence begin with: "each report belongs" → "Reports", "its boats" → "Boats"."""
    words, firsts = title.split(), 0
    while firsts < len(words) and words[firsts].lower() in DETERMINERS | ONE_OF_ALL:
        firsts += 1
    is_one = bool(ONE_OF_ALL & {word.lower() for word in words[:firsts]})
    rest = words[firsts:]
    end = next((at for at, word in enumerate(rest) if at and is_deed(word.lower(), is_one=is_one)), len(rest))
    noun = " ".join(rest[:end])
    noun = several_of(noun) if is_one and noun else noun
    return f"{noun[:1].upper()}{noun[1:]}"


def without_owner(title: str) -> str:
    """Return a title without what says whose the second thing is: "choir and its sheet music"."""
    return OWNED.sub(r"\g<and> ", title)


def is_deed(word: str, *, is_one: bool) -> bool:
    """Tell whether a word behind a noun is what it does; behind one, every word with this ending is."""
    is_known = word in FINITE or (base_verb(word) in {"belong", "work", "live"} and word != "work")
    return is_known or (is_one and (has_plural(word) or bool(base_verb(word))))


def several_of(noun: str) -> str:
    """Return the plural of a noun, or the noun where it has none: "sheet music"."""
    *before, last = noun.split()
    return " ".join([*before, last if last.lower() in UNCOUNTED else plural(last)])
