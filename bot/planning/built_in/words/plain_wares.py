"""Says by one name what is only called an item later: "people leave clothes. Every item has a brand".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.rewriting import WORD, Ways, rewritten
from bot.planning.built_in.words.vocabulary import PLURAL_ONLY, has_plural

__all__ = ["in_plain_wares"]

GENERAL = r"(?:item|piece|thing|object|article)"
BRINGS = r"(?:leave|bring|bring in|hand in|donate|drop off|give us|lend us|deposit|deliver|send in|sell us|offer)"
PEOPLE = rf"(?:people|everybody|neighbours|neighbors|{WORD}s)"
WHO_DID = (
    r"(?:brought|left|lent|gave|handed|bought|made|sent|took|found|donated|ordered|borrowed|reported|wrote|booked)"
)

DESCRIBED = regex(
    rf"[^.!?\n]*[.!?]\s+(?:an?|each|every|all) (?P<what>{GENERAL})s? (?:has|have|gets|get)\b", re.IGNORECASE
)
"""A sentence right behind that tells of something general what it has."""


def called_items(found: re.Match[str], text: str) -> str | None:
    """Return "people leave clothes. Every item has a brand" with the items that people leave."""
    many, who = found["many"].lower(), found["who"].lower()
    if not (has_plural(many) or many in PLURAL_ONLY) or not (who == "people" or is_person(who)) or is_person(many):
        return None
    rest = text[found.end() :]
    described = DESCRIBED.match(rest)
    said = rf"\b(?:an?|each|every|the) {one(many)} |\b{many} (?:has|have|is|are)\b"
    if described is None or re.search(said, rest, re.IGNORECASE):
        return None
    if re.search(rf"\b{described['what']}s?\b", text[: found.start()], re.IGNORECASE):
        return None
    return f"{text[: found.start('many')]}{described['what'].lower()}s{rest}"


def whoever_did(found: re.Match[str], text: str) -> str:
    """Return "belongs to the person who brought it" as whose it is."""
    who = "person" if found["who"].lower() == "one" else found["who"]
    return f"{text[: found.end('to')]}the {who}{text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            rf"\b(?P<who>{PEOPLE}) (?:can |may |will |also )?{BRINGS} (?:their |old |used )?(?P<many>{WORD}s)\b",
            called_items,
        ),
        (
            (
                rf"(?P<to>\bbelongs? to )(?:the|an?) (?P<who>{WORD}) (?:who|that) (?:has |had |first |originally )?"
                rf"{WHO_DID} (?:it|them)(?: (?:in|to us|back|along|with us|behind|here|over))?"
                r"(?=\s*(?:[.,;!?\n]|$|and\b))"
            ),
            whoever_did,
        ),
    )
)
"""Ways of calling things by another name, and what says it plainly."""


def in_plain_wares(text: str) -> str:
    """Return a text whose things have one name, and whose links have no tail."""
    return rewritten(text, WAYS)
