"""Says plainly what a message is about where its first sentence only introduces it: "let me describe our choir".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: an introduction is no wish
that could be missed.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.rewriting import LONGEST, WORD
from bot.planning.built_in.words.vocabulary import PLACES, has_plural, singular

__all__ = ["HELLO", "in_plain_introductions"]

HELLO = r"^(?P<hello>\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.!,\n]{0,30}[.!,]\s+)?)"
OURS = rf"(?:our|my|the) (?P<what>{WORD}(?: {WORD}){{0,3}})"
END = r"(?P<end>\s*(?:[.!:]+(?=\s)|\n))\s*"
TELL = r"(?:explain|describe|sum up|summari[sz]e|tell you(?: about| of)?|outline|introduce|show you)"
WILL = (
    r"(?:let me|i'll(?: try to)?|i will(?: try to)?|i'd like to|i would like to|i want to|we'd like to|"
    r"we would like to|allow me to|i'm going to)"
)
WANT = (
    r"(?:(?:we|i)(?: would|'d)? (?:like|love)|(?:we|i) (?:want|need)|(?:we're|we are|i'm|i am) looking for|looking for)"
    r"(?: to have)?"
)
OF_A_HOUSE = regex(
    rf"{HELLO}{WANT} something(?: simple| small| better| easy)? (?:for|at|in) {OURS}"
    r"(?P<end>\s*[.!]+(?=\s))\s*",
    re.IGNORECASE,
)
ABOUT_OURS = tuple(
    regex(rf"{HELLO}{said}{END}", re.IGNORECASE)
    for said in (
        rf"{WILL} (?:briefly |quickly |shortly )?{TELL} {OURS}",
        rf"{WILL} (?:briefly )?{TELL} (?:you )?how {OURS} (?:works|runs|is (?:run|organi[sz]ed|done))",
        rf"(?:here is|here's|this is) (?:what|how) we (?:do|work|do it|do things) (?:at|in|on) {OURS}",
        rf"(?:this is|it is|it's|here it's) (?:all )?about {OURS}",
        rf"i(?:'m| am) writing (?:on behalf of|for) {OURS}",
    )
)
MEANS = regex(
    rf"{HELLO}(?:keeping|running|managing|organi[sz]ing|looking after|leading|having) (?:an?|the|our) "
    rf"(?P<what>{WORD}(?: {WORD}){{0,3}}?)(?: in order| in shape| well| properly)? (?:means|is about) "
    rf"(?:knowing|remembering|keeping (?:track of|an eye on)) (?:which (?P<one>{WORD}) [^.!?,;:\n]+|"
    r"(?:many|a lot of|all kinds of) [^.!?,;:\n]+)(?P<end>[.!]+(?=\s))\s*",
    re.IGNORECASE,
)
"""What somebody's work means, said before it is told: "keeping the cemetery in order means knowing which grave …"."""


def in_plain_introductions(text: str) -> str:
    """Return a text whose first sentence only introduces what it is about with that said as what it is for."""
    if len(text) > LONGEST:
        return text
    found = next((one for form in ABOUT_OURS if (one := form.match(text))), None)
    house = OF_A_HOUSE.match(text)
    if house and singular(house["what"].split()[-1].lower()) in PLACES:
        found = house
    means = MEANS.match(text)
    if means and (not means["one"] or re.search(rf"\b{means['one']}", text[means.end() :], re.IGNORECASE)):
        found = means
    if found is None or not text[found.end() :].strip():
        return text
    rest = text[found.end() :]
    tool = "" if has_plural(found["what"].lower()) else f"We need a tool for our {found['what']}. "
    return f"{found['hello']}{tool}{rest[:1].upper()}{rest[1:]}"
