"""The trade of those who ask, in their first sentences: "our swimming club", "we repair bicycles"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import DETERMINERS, PLACES, SENTENCE_WORDS, has_plural, singular, words_of

__all__ = ["WHO_WE_ARE", "is_circle", "is_name", "trade_of"]

WHO_WE_ARE = regex(r"(?:hi|hello|hey)?[,.!\s]*(?:we|i)(?:\s+(?:are|am|run|own|operate)|['’](?:re|m))\s", re.IGNORECASE)
"""How people begin who say what they are: "we are a small bicycle repair co-op"."""
MOST_WORDS = 3
FIRST = 300
"""Characters at the beginning of a request in which people say who they are."""
NO_TRADES = frozenset(
    ["box", "desk", "helpdesk", "inventory", "register", "directory", "diary", "archive", "journal", "catalog",
     "catalogue", "wiki", "forum", "blog", "newsletter", "company", "office", "fleet", "shelter"]
)  # fmt: skip
"""Places that don't say what is done there, unless another word does."""
TRADES = (PLACES - NO_TRADES) | frozenset(
    ["firm", "business", "centre", "center", "association", "society", "league", "parish", "hire", "rental", "brigade",
     "brewery", "garden", "house", "hall", "cooperative", "bureau", "ranch", "stable", "stables", "yard", "marina",
     "surgery", "foundation", "office", "shelter", "line", "lines", "band", "troupe", "cleaner's", "barber's"]
)  # fmt: skip
ALONE = frozenset(
    ["house", "hall", "line", "lines", "centre", "center", "business", "firm", "office", "garden", "hire"]
)
"""Words that are a trade only behind another word: "guest house"."""
SIZE = r"(?:(?:small|little|tiny|new|old|local|own|big|busy|young|first|two|three|four|five|six|several|few)\s+)*"
NO_NAME = (
    r"(?!(?:and|or|of|in|on|at|to|for|with|from|by|as|that|which|who|where|when|has|have|is|are|was|the|an?|our|my|their|"
    r"we|i|you|they|it|can|may|must|shall|will|would|like|want|need|lends?|sells?|gives?|runs?|plans?|takes?|keeps?)\b)"
)
WORD = rf"{NO_NAME}[a-z][\w'-]*"
NAMED = regex(
    rf"\b(?:our|my|(?:run|own|operate|manage|are|am|'re|'m|have)\s+(?:an?|the|our|my))\s+{SIZE}"
    rf"(?P<name>(?:{WORD}\s+){{0,2}}(?P<last>{'|'.join(sorted(map(re.escape, TRADES), key=len, reverse=True))}))"
    r"(?![\w'-])",
    re.IGNORECASE,
)
RUN = regex(rf"\bwe\s+(?:run|operate|offer)\s+{SIZE}(?P<name>{WORD}\s+{WORD})(?=\s+and\b|[.,;]|$)", re.IGNORECASE)
DEEDS = {
    "repair": "repair", "mend": "repair", "fix": "repair", "deliver": "delivery", "clean": "cleaning",
    "inspect": "inspection", "tune": "tuning", "restore": "restoration", "hire out": "hire", "rent out": "rental",
    "lend": "lending", "lend out": "lending",
}  # fmt: skip
DONE = {"repaired": "repair", "mended": "repair", "fixed": "repair", "delivered": "delivery", "cleaned": "cleaning"}
WE_DO = regex(
    rf"^(?:hi[,.!\s]+|hello[,.!\s]+)?(?:we|i)\s+(?P<verb>{'|'.join(sorted(DEEDS, key=len, reverse=True))})\s+{SIZE}"
    rf"(?P<what>{WORD}(?:\s+{WORD})?)(?=\s+(?:for|to|in|at|from|and|of|with|by)\b|[.,:;]|$)",
    re.IGNORECASE,
)
IS_DONE = regex(rf"\b(?P<what>{WORD})\s+(?:are|is|to\s+be|be)\s+(?P<done>{'|'.join(DONE)})\b", re.IGNORECASE)
NO_BEGINNINGS = DETERMINERS | frozenset(
    [
        "we",
        "i",
        "you",
        "they",
        "he",
        "she",
        "it",
        "us",
        "me",
        "our",
        "my",
        "your",
        "their",
        "his",
        "her",
        "its",
        "this",
        "that",
        "these",
        "those",
        "each",
        "every",
        "all",
        "some",
        "any",
        "in",
        "on",
        "at",
        "to",
        "for",
        "of",
        "with",
        "from",
        "by",
        "as",
        "about",
        "into",
        "over",
        "under",
        "after",
        "before",
        "when",
        "while",
        "if",
        "because",
        "since",
        "until",
        "how",
        "what",
        "which",
        "who",
        "where",
        "why",
        "there",
        "here",
        "people",
        "somebody",
        "someone",
        "everybody",
        "staff",
        "help",
        "please",
        "let",
        "lets",
    ]
)
CIRCLES = frozenset(
    ["group", "bunch", "couple", "crowd", "gang", "handful", "friends", "folks", "guys", "mates", "neighbours", "us"]
)
"""What those who speak call themselves; alone it names no plan."""
NO_PARTS = SENTENCE_WORDS | frozenset(["belong", "belongs", "are", "is", "we", "us", "left", "that", "which"])


def trade_of(text: str) -> str:
    """Return the trade that first words tell of, with a capital; nothing where they tell of none."""
    words = " ".join(text[:FIRST].replace("’", "'").split())
    for named in NAMED.finditer(words):
        name = named["name"].lower()
        if name not in ALONE | NO_TRADES and len(words_of(name)) <= MOST_WORDS:
            return with_capital(name)
    if match := RUN.search(words):
        return with_capital(match["name"]) if has_plural(match["name"].lower()) else ""
    if (match := WE_DO.match(words)) and has_plural(match["what"].lower()):
        return with_capital(f"{singular_of(match['what'])} {DEEDS[match['verb'].lower()]}")
    if match := IS_DONE.search(words):
        what = match["what"].lower()
        return with_capital(f"{singular_of(what)} {DONE[match['done'].lower()]}") if has_plural(what) else ""
    return ""


def singular_of(noun: str) -> str:
    """Return a noun whose last word stands in the singular."""
    *before, last = noun.lower().split()
    return " ".join([*before, singular(last)])


def with_capital(name: str) -> str:
    """Return a name that begins with a capital, without the mark of a house: "dry cleaner's" is a dry cleaner."""
    name = name.removesuffix("'s")
    return name[:1].upper() + name[1:]


def is_name(title: str) -> bool:
    """Tell whether a title is a name: no words of a sentence, and not what begins one."""
    words = words_of(title)
    return bool(words) and not is_circle(title) and words[0] not in NO_BEGINNINGS and not set(words) & NO_PARTS


def is_circle(title: str) -> bool:
    """Tell whether a title only says that those who speak are several: "group", "friends"."""
    words = words_of(title)
    return len(words) == 1 and words[0] in CIRCLES
