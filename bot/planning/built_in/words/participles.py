"""Knows what something is when a deed was done to it: who checks a report leaves it checked."""

from __future__ import annotations

import re

from bot.planning.built_in.words.vocabulary import PARTICIPLES, base_verb

__all__ = ["participle"]


def participle(verb: str) -> str:
    """Return what something is when a verb in the third person was done to it: ``checks`` → ``checked``."""
    base = base_verb(verb) or (f"{verb[:-3]}y" if verb.endswith("ies") else verb.removesuffix("s"))
    irregular = {one: form for form, one in PARTICIPLES.items()} | {"send": "sent", "pay": "paid", "give": "given"}
    if base in irregular:
        return irregular[base]
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in "aeou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1] if re.fullmatch('[^aeiou]*[aeiou][bdgmnprt]', base) else ''}ed"
