"""Puts user stories and acceptance criteria into the plain sentences that people say: what is kept, what must hold."""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = ["plain_criterion", "plain_story", "refuses"]

LONGEST = 600
STORY = regex(
    r"^[\s>*_•-]*(?:user story\s*:?[\s*_]*:?\s*)?as\s+(?:an?|the)\s+[^,]{1,60}?,?\s+(?:i|we)\s+"
    r"(?:want|need|would like|wish)\s+(?:to\s+(?:be\s+able\s+to\s+)?)?(?P<wish>.+?)"
    r"(?:,?\s+(?:so\s+(?:that|i|we|they|everybody)|in order to|because)\b.*)?$",
    re.IGNORECASE | re.DOTALL,
)
KEPT = regex(
    r"^(?:keep(?:\s+(?:track|a list|a record|records)\s+of)?|store|record|track|manage|register|add|create|enter|"
    r"maintain|save|note|log|collect)\s+(?P<things>.+)$",
    re.IGNORECASE | re.DOTALL,
)
WITH = regex(r"^(?:(?:an?|the|our|my|all)\s+)?[\w-]+(?:\s+[\w-]+)?\s+(?:with|that have|having)\s", re.IGNORECASE)
SYSTEM = r"(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:system|service|app|application|backend|api|software|platform)"
SAVES = r"(?:keep|store|record|save|hold|manage|track|maintain)"
ENSURED = regex(
    rf"^{SYSTEM}\s+shall\s+(?:ensure|enforce|require|guarantee|make\s+sure)\s+(?:that\s+)?(?P<fact>.+)$", re.IGNORECASE
)
SAVED = regex(rf"^{SYSTEM}\s+shall\s+{SAVES}\s+(?P<things>.+)$", re.IGNORECASE)
ADDS = r"(?:adds?|creates?|registers?|records?|enters?|saves?|stores?)"
WHEN_ADDED = regex(
    rf"^(?:when|whenever|if)\s+(?:(?:an?|the|any|some)\s+)?(?:[\w-]+\s+){{1,3}}?{ADDS}\s+"
    rf"(?P<thing>an?\s+[\w-]+(?:\s+[\w-]+)?),?\s+(?:then\s+)?{SYSTEM}\s+shall\s+{SAVES}\s+(?:its|the|their|it\s+with)\s+(?P<fields>.+)$",
    re.IGNORECASE,
)
WHEN_IS_ADDED = regex(
    r"^(?:when|whenever|if)\s+(?P<thing>an?\s+[\w-]+(?:\s+[\w-]+)?)\s+is\s+"
    rf"(?:added|created|registered|recorded|entered|saved),?\s+(?:then\s+)?{SYSTEM}\s+shall\s+{SAVES}\s+(?:its|the|their|it\s+with)\s+(?P<fields>.+)$",
    re.IGNORECASE,
)
SHALL = regex(
    r"^(?P<subject>(?:(?:an?|each|every|the)\s+)?[\w-]+(?:\s+[\w-]+){0,2})\s+shall\s+(?P<not>not\s+)?(?P<verb>[a-z]+)"
    r"(?P<rest>\b.*)$",
    re.IGNORECASE,
)
ONE = regex(r"^(?:an?|each|every|the)\s", re.IGNORECASE)
REFUSES = regex(
    r"\bshall\s+(?:not\b|never\b|refuse|reject|deny|prevent|forbid|block|disallow)|\bmust\s+(?:not|never)\b",
    re.IGNORECASE,
)
IRREGULAR = {"have": "has", "be": "is", "go": "goes", "do": "does"}


def plain_story(text: str) -> str:
    """Return what a user story asks to be kept, as a sentence; nothing for one that asks for something else."""
    story = STORY.match(" ".join(text.split())) if len(text) <= LONGEST else None
    if story is None:
        return ""
    wish = story["wish"].strip(" .,")
    kept = KEPT.match(wish)
    if kept:
        return f"We keep {kept['things']}"
    return f"We keep {wish}" if WITH.match(wish) else ""


def plain_criterion(text: str) -> str:
    """Return what a criterion says is kept, or holds, as a sentence; nothing for one that says something else."""
    plain = " ".join(text.split()).strip(" .;")
    if len(plain) > LONGEST:
        return ""
    if ensured := ENSURED.match(plain):
        return ensured["fact"]
    if saved := SAVED.match(plain):
        return f"We keep {saved['things']}"
    added = WHEN_ADDED.match(plain) or WHEN_IS_ADDED.match(plain)
    if added:
        return f"{added['thing']} has {added['fields']}"
    said = SHALL.match(plain)
    if said is None or re.fullmatch(SYSTEM, said["subject"], re.IGNORECASE):
        return ""
    if said["not"]:
        return f"{said['subject']} can't {said['verb']}{said['rest']}"
    return f"{said['subject']} {conjugated(said['verb'].lower(), said['subject'])}{said['rest']}"


def conjugated(verb: str, subject: str) -> str:
    """Return a verb as its subject has it: "a hive shall belong" is "a hive belongs"."""
    if not ONE.match(subject):
        return "are" if verb == "be" else verb
    return IRREGULAR.get(verb, f"{verb}s")


def refuses(text: str) -> bool:
    """Tell whether a criterion says what is refused."""
    return REFUSES.search(text) is not None
