"""Knows what something is when a deed was done to it: who checks a report leaves it checked."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import PARTICIPLES, base_verb

__all__ = ["base_form", "participle", "third"]

IRREGULAR = {base: form for form, base in PARTICIPLES.items()} | {
    "bind": "bound", "break": "broken", "bring": "brought", "catch": "caught", "choose": "chosen", "cut": "cut",
    "do": "done", "draw": "drawn", "eat": "eaten", "feed": "fed", "find": "found", "fly": "flown",
    "forbid": "forbidden", "freeze": "frozen", "give": "given", "go": "gone", "grind": "ground", "grow": "grown",
    "hang": "hung", "hear": "heard", "hide": "hidden", "know": "known", "leave": "left", "let": "let", "lose": "lost",
    "meet": "met", "pay": "paid", "put": "put", "read": "read", "ride": "ridden", "say": "said", "see": "seen",
    "seek": "sought", "send": "sent", "set": "set", "shoot": "shot", "show": "shown", "shut": "shut",
    "speak": "spoken", "spend": "spent", "split": "split", "spread": "spread", "steal": "stolen", "sweep": "swept",
    "tear": "torn", "tell": "told", "throw": "thrown", "wear": "worn", "weave": "woven", "win": "won",
}  # fmt: skip
"""Participles of verbs that are no regular ones, by their base form."""
AGAIN = regex(r"(?P<way>re|un|with|under|over|out|mis)(?P<verb>[a-z]+)")
"""A verb made of another one: "withdraw", "rewrite", "undo"."""
DOUBLED = regex(
    r"[^aeiou]*[aeiou][bdgmnprt]|(?:re|un|out)(?:fit|plan|plug|zip|pin|wrap|ship|tag|run|pot|trim|map|stop|rig)|"
    r"(?:ad|com|o|per|re|sub|trans|e)mit|(?:re|de|con|in|trans|pre)fer|(?:re|in|con|oc)cur|(?:com|ex|im|pro|re)pel|"
    r"(?:cont|pat)rol|enrol|equip|allot|regret|format|kidnap"
)
"""A verb whose last letter is doubled: its last syllable is short, and stressed."""


def participle(verb: str) -> str:
    """Return what something is when a verb in the third person was done to it: ``checks`` → ``checked``."""
    base = base_verb(verb) or base_form(verb)
    made = AGAIN.fullmatch(base)
    if base in IRREGULAR:
        return IRREGULAR[base]
    if made and made["verb"] in IRREGULAR:
        return f"{made['way']}{IRREGULAR[made['verb']]}"
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in "aeou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1] if DOUBLED.fullmatch(base) else ''}ed"


def base_form(verb: str) -> str:
    """Return the base form of a verb in the third person, as far as its letters tell."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if re.search(r"(?:ch|sh|ss|x|zz|o)es$", verb):
        return verb[:-2]
    return verb if verb.endswith("ss") else verb.removesuffix("s")


def third(verb: str) -> str:
    """Return a verb in the third person."""
    verb = verb.lower()
    return verb if verb.endswith("s") else f"{verb[:-1]}ies" if verb.endswith("ny") else f"{verb}s"
