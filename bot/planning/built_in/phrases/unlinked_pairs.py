"""Reads that two things aren't linked: "a hive and a form are not linked", "hives have nothing to do with forms"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import SENTENCE_WORDS, straight, words_of

__all__ = ["UnlinkedPair", "read_unlinked"]

LONGEST = 200
LEAD = r"(?:(?:no|nope|sorry|well|but|oh|wait|hm+|and|please|actually|so|ok|okay)\b[,;:.!\s]+)*"
THING = r"(?:(?:an?|the|each|every|all|our|any)\s+)?(?P<{}>[a-z][\w'-]*(?:\s+[a-z][\w'-]*){{0,2}}?)"
ONE, OTHER = THING.format("one"), THING.format("other")
THEY = r"(?:they|these|those|both|these\s+two|those\s+two|the\s+two)(?:\s+(?:things|are\s+things\s+that))?"
TWO = rf"(?:{ONE}\s+(?:and|&)\s+{OTHER}|{THEY})"
NOT = r"(?:is\s+not|are\s+not|isn't|aren't|(?:should|must)\s*(?:not|n't)\s+be|(?:need\s+not|needn't)\s+be)"
LINKED = r"(?:(?:really|actually|directly|even|to\s+be)\s+)*(?:linked|connected|related|joined|tied)"
EACH_OTHER = r"(?:each\s+other|one\s+another)"
FORMS = tuple(
    regex(rf"^{LEAD}{form}(?:\s+(?:at\s+all|in\s+any\s+way|here))*[\s.!]*$", re.IGNORECASE)
    for form in (
        rf"{TWO}\s+{NOT}\s+{LINKED}(?:\s+(?:to|with)\s+{EACH_OTHER})?",
        rf"{ONE}\s+{NOT}\s+{LINKED}\s+(?:to|with)\s+{OTHER}",
        rf"{TWO}\s+(?:has|have)\s+nothing\s+to\s+do\s+with\s+{EACH_OTHER}",
        rf"{ONE}\s+(?:has|have)\s+nothing\s+to\s+do\s+with\s+{OTHER}",
        rf"(?:there\s*(?:is|are|'s|should\s+be)\s+)?no\s+(?:link|connection|relation)s?\s+between\s+(?:{TWO}|them)",
        rf"(?:don't|do\s+not|never)\s+(?:link|connect|join)\s+{ONE}\s+(?:and|to|with)\s+{OTHER}",
    )
)
EITHER = regex(rf"^{EACH_OTHER}$", re.IGNORECASE)


@dataclass(frozen=True)
class UnlinkedPair:
    """Two things that aren't linked; without names, those that are spoken of."""

    one: str = ""
    other: str = ""


def read_unlinked(sentence: str) -> UnlinkedPair | None:
    """Return the two things that a whole sentence says aren't linked, or None where it says anything else."""
    text = straight(sentence)
    if len(text) > LONGEST:
        return None
    for match in filter(None, (form.match(text) for form in FORMS)):
        named = {"one": "", "other": ""} | {key: value for key, value in match.groupdict().items() if value}
        if EITHER.match(named["other"]) or set(words_of(" ".join(named.values()))) & SENTENCE_WORDS:
            continue
        return UnlinkedPair(named["one"], named["other"])
    return None
