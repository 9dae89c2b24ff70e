"""Takes off what people say beside the facts: "an e-mail, of course", "and so on", "the rest: leave it open"."""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = ["leaves_rest_open", "without_asides"]

SAID = (
    r"(?:of course|obviously|naturally|certainly|needless to say|as usual|as always|as ever|as well|you know|"
    r"i guess|i suppose|and the like|and such|and stuff|(?:and )?so (?:on|forth)|(?:and )?et ?cetera|etc)"
)
ALONE = regex(rf"^(?:{SAID}|the like|please)[.!]*$", re.IGNORECASE)
BEHIND = regex(rf"(?<=\w)\)?(?P<aside>[\s,]+(?:{SAID}|please)[.!]*)$", re.IGNORECASE)
BEFORE = regex(
    r"^(?:of course|obviously|naturally|certainly|as usual|as always|you know)[\s,]+(?=(?:an?|the|its|their|one)\s)",
    re.IGNORECASE,
)
REST_OPEN = regex(
    r"^(?:(?:for|as for)\s+)?(?:(?:all\s+)?the\s+(?:rest|others?)|everything\s+else|all\s+else|"
    r"anything\s+else|what(?:ever)?\s+is\s+left)"
    r"\s*[:,–—-]?\s*(?:(?:you\s+can|please|just|we\s+can|we|let's|is|are|can\s+be|stays?|may\s+stay)\s+)*"
    r"(?:leave\s+(?:it|that|them|this)?\s*(?:open|out|aside|for\s+(?:now|later))|left\s+open|open|you\s+decide|"
    r"up\s+to\s+you|as\s+you\s+(?:like|wish|want)|decide\s+(?:it\s+|that\s+)?later|(?:comes?\s+)?later|see\s+later|"
    r"not\s+important|doesn't\s+matter|whatever)(?:\s+(?:for\s+now|please|then))?[.!]*$",
    re.IGNORECASE,
)
"""Says of nothing in particular that nothing more is said of it."""


def without_asides(item: str) -> str:
    """Return an item without what is only said beside it; nothing where it says nothing else."""
    item = BEFORE.sub("", item)
    while found := BEHIND.search(item):
        item = item[: found.start("aside")]
    return "" if ALONE.match(item.strip()) else item


def leaves_rest_open(sentence: str) -> bool:
    """Tell whether a sentence only says that nothing more is said: "the rest: leave it open"."""
    return REST_OPEN.match(" ".join(sentence.split())) is not None
