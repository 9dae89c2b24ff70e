"""Reads that a number is limited within a second thing or a time: "at most 6 pieces of a potter in one firing".

No form counts within two things at once: such a sentence is quoted whole, and never read as a limit of one of them.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import COUNTS
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["is_scoped_limit"]

LONGEST = 200
LEAD = r"(?:(?:and|but|also|please|of course|note that|there (?:are|is|may be|can be))\s+)*"
NUMBER = rf"(?:\d{{1,4}}|{'|'.join(word for word in COUNTS if word not in {'a', 'an'})})"
CAP = (
    r"(?:at most|at maximum|at the most|only|just|no more than|not more than|never more than|up to|"
    rf"(?:a )?maximum(?: of)?|max\.?)\s+{NUMBER}"
)
WORD = r"(?!(?:in|on|at|per|for|of|and|or|to|with|within|during|by)\b)[a-z][\w'-]*"
NAME = rf"{WORD}(?:\s+{WORD}){{0,2}}"
EACH = r"(?:(?:an?|one|any|the|each|every|same|single|given|all)\s+)*"
ONE = r"(?:(?:any|one|the\s+same|a\s+single|each|every)\s+)+"
TIME = (
    r"(?:(?:calendar|working|school)\s+)?(?:days?|weeks?|months?|years?|seasons?|mornings?|afternoons?|evenings?|nights?|"
    r"weekends?|hours?|terms?|semesters?|quarters?|dates?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
)
AT_MOST = r"(?:at most|at the most|maximum)"
AT_ONCE = (
    r"(?!(?:at|in)\s+(?:an?\s+|one\s+|any\s+|the\s+)?(?:(?:same|one|given|any|single)\s+)*"
    r"(?:time|moment|once|parallel)\b)"
)
WITHIN = r"(?:,\s*)?(?:and\s+)?(?:in|on|at|per|for|during|within|and)"
FORMS = tuple(
    regex(rf"^{LEAD}{form}$", re.IGNORECASE)
    for form in (
        rf"{CAP}\s+{NAME}\s+(?:of|per|for|from|by)\s+{EACH}{NAME}\s*{AT_ONCE}{WITHIN}\s+{EACH}{NAME}",
        rf"{NUMBER}\s+{NAME}\s+(?:of|per|for)\s+{EACH}{NAME}\s+{WITHIN}\s+{EACH}{NAME}\s+{AT_MOST}",
        rf"{EACH}{NAME}\s+{CAP}\s+{NAME}\s+{AT_ONCE}(?:in|on|at|during|within)\s+{ONE}{NAME}",
        rf"{EACH}{NAME}\s+{CAP}\s+{NAME}\s+(?:in|on|during|within)\s+{EACH}{TIME}",
        rf"{CAP}\s+{NAME}\s+(?:of|per|for)\s+{EACH}{NAME},\s*(?:on|in|at|but|except)\s[^.;]{{2,80}}",
    )
)


def is_scoped_limit(sentence: str) -> bool:
    """Tell whether a whole sentence limits how many there are of one thing within another, or within a time."""
    text = straight(sentence, " .!")
    return len(text) <= LONGEST and any(form.match(text) for form in FORMS)
