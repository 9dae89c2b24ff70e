"""Takes off a fact what people add in passing: why it is kept, who may leave it out, what a note is about."""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = ["without_passing"]

LONGEST = 200
"""Characters of a phrase; what is longer is no fact, and would take long to look through."""
WHY = regex(
    r"(?<=\w)[,\s]+(?:so(?: that)?\s+(?:they|it|we|he|she|you|i|people|everyone|everybody|nobody|nothing)|because|"
    r"since (?:we|they|it)|in order to|to be able to|which is why)\b.*$",
    re.IGNORECASE,
)
"""Why something is kept: "the shelf code so they go back where they belong"."""
NOT_ALL = regex(
    r"\s*(?:\(\s*(?:(?:only|just)\s+(?:some|a few|few|members|staff)|some|not (?:all|always|every\w*|each|there)|if|"
    r"unless|when|where|optional)\b[^()]*\)|"
    r"[,\s]+(?:but\s+)?not (?:always|everywhere|everybody|everyone|all of (?:them|us))\b[\w' ]{0,30})$",
    re.IGNORECASE,
)
"""Whose fact it is not: "hourly rate (only some have one)"."""
PRONOUN = r"(?:they|we|he|she|it|you|i|people|somebody|someone|anyone|one)"
IF_WANTED = regex(
    rf"(?<=\w)[,\s]+(?:if need(?:ed)? be|if (?:{PRONOUN})(?:'d|'ve|'re)?\s+(?:\w+\s+)?(?:feel|want|like|wish|care|need|"
    r"prefer|insist|know|have|has|gave|give|left|leave|say|said|tell|told)\w*\b[\w' ]{0,40}|unless\s+[\w' -]{2,50}|"
    r"if there(?:'s| is| are| was| were)\s+(?:one|any|some|a|an)\b[\w' ]{0,30}|in case\s+[\w' ]{2,40})$",
    re.IGNORECASE,
)
"""A condition behind a fact: it may be left out."""
ABOUT = regex(
    r"^(?P<what>(?:an?|the|some|any|its|their)?\s*(?:\w+\s+)?(?:notes?|comments?|remarks?|descriptions?|reason|summary|"
    r"explanation|text|info|information|details))\s+(?:about|on|of|for|why|with)\s+(?!birth\b)"
    r"(?:what|how|why|where|who|when|the|it|them|their|an?|its)\b.*$",
    re.IGNORECASE,
)
"""What a text is about is not its name: "a note about what to bring"."""
WHERE = regex(
    r"^(?P<what>(?:an?|the|its|their)?\s*[\w-]+(?:\s+[\w-]+)?\s*(?:number|code|name|label|title|id))\s+"
    r"(?:on|in|at|inside|under|behind|from|of)\s+(?:the|its|their)\s+[\w-]+$",
    re.IGNORECASE,
)
"""Where a number or a name stands: "the serial number on the plate"."""
SOMETIMES = regex(
    r"^(?:sometimes|often|occasionally|maybe|perhaps|usually|possibly)\s+"
    r"(?:(?:there(?:'s| is| are)|we have|with)\s+)?(?=(?:an?|the|some)\s)",
    re.IGNORECASE,
)
"""What is there only sometimes: "sometimes there's a note"."""


def without_passing(text: str) -> tuple[str, bool]:
    """Return a fact's phrase without what is said in passing, and whether that lets it be left out."""
    if len(text) > LONGEST:
        return text, False
    plain = WHY.sub("", text.strip())
    asked = SOMETIMES.sub("", plain)
    shorter = IF_WANTED.sub("", NOT_ALL.sub("", asked))
    is_optional = shorter != plain
    for pattern in (ABOUT, WHERE):
        found = pattern.match(shorter)
        shorter = found["what"] if found else shorter
    return shorter.strip(), is_optional
