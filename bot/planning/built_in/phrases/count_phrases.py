"""Reads sentences that say how many there may be: "nobody may have more than three bookings", "at most 12 per group".

A reading names what people said; whether the draft can count it is decided in
`bot.planning.built_in.rules.count_rules`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import AT_A_TIME, CANT, COUNTS, LEAD, NOUN, OPEN, THE
from bot.planning.built_in.words.numerals import figure
from bot.planning.built_in.words.vocabulary import word_set

__all__ = ["CountSaid", "is_count_of_state", "read_count"]

LONGEST = 200
NUMBER = rf"(?P<number>\d{{1,4}}|{'|'.join(word for word in COUNTS if word not in {'a', 'an'})})"
MORE = rf"(?:more than|over|above)\s+{NUMBER}"
MOST = (
    r"(?:at most|at maximum|only|just|no more than|not more than|never more than|up to|a maximum of|max\.?|maximum|"
    rf"as many as)\s+{NUMBER}"
)
CAN = r"(?:can|may|could|should|must|is allowed to|are allowed to)"
SPEAKERS = word_set("we i it")
"""Whoever says how many they have says no rule."""
FULL = r"full|fully booked|sold out|booked out"
THAN = r"than\s+(?:there\s+(?:are|is)\s+|it\s+has\s+|its\s+)?(?:free\s+)?"
PER = r"(?:per|for each|for every)"
AT_LAST = r"(?:at most|at the most|maximum|max\.?)"
DO = (
    r"(?:have|has|hold|holds|hold on to|holds on to|take|takes|take on|takes on|"
    r"take home|takes home|book|books|borrow|borrows|rent|rents|reserve|reserves|lend|lends|hire|hires|own|owns|"
    r"keep|keeps|make|makes|create|creates|order|orders|buy|buys|sign up for|signs up for|register for|registers for|"
    r"apply for|applies for|submit|submits|file|files|get|gets|attend|attends|enter|enters|adopt|adopts|join|joins|"
    r"hand in|hands in|bring|brings|accept|accepts|admit|admits|host|hosts|fit|fits|contain|contains|include|includes|"
    r"enrol in|enrols in|enroll in|enrolls in|see|sees|treat|treats|teach|teaches|supervise|supervises|look after|"
    r"looks after|carry|carries|seat|seats|sleep|sleeps|receive|receives|list|lists|post|posts|be in|be on|be at|"
    r"give|gives|offer|offers|run|runs|lead|leads|store|stores|house|houses|handle|handles|do|does|serve|serves|"
    r"drive|drives|play|plays|use|uses|show|shows|coach|coaches|train|trains|mentor|mentors|manage|manages|work|works|"
    r"(?:be |is )?part of|take part in|takes part in|belong to|belongs to|be signed up for|be booked on|go to|goes to|"
    r"be assigned to|participate in|participates in|visit|visits|rehearse|rehearses|choose|chooses|help at|helps at)"
)
NOBODY = r"(?:nobody|no one|no-one|none of them|none|you|they|everyone|everybody|each person|every person|people)"
OWNER = rf"(?:{NOBODY}|{THE}(?P<owner>{NOUN}?))"
THING = rf"(?P<open>{OPEN}\s+)?(?P<thing>{NOUN}?)"
AT_ONCE = (
    rf"(?:\s+(?P<once>{AT_A_TIME}|out(?:\s+{AT_A_TIME})?|at any (?:one )?time|in parallel|"
    rf"(?:still\s+)?open(?:\s+{AT_A_TIME})?))?"
)
IN = r"(?:in|on|at|per|for|of|to|with)"
EACH = r"(?:an?|one|the|each|every|any|the same|a single)"
COUNTED = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{OWNER}\s+(?:{CAN}\s+(?:never\s+|not\s+)?|{CANT}\s+|never\s+)?(?:ever\s+)?{DO}\s+{MORE}\s+{THING}{AT_ONCE}$",
        rf"^{OWNER}\s+(?:{CAN}\s+)?(?:(?:only|just)\s+)?{DO}\s+{MOST}\s+{THING}{AT_ONCE}$",
        rf"^{OWNER}\s+(?:{CAN}\s+)?{DO}\s+{NUMBER}\s+{THING}\s+{AT_LAST}{AT_ONCE}$",
        rf"^{OWNER}\s+(?:{CAN}\s+)?(?:only|just)\s+{DO}\s+{NUMBER}\s+{THING}{AT_ONCE}$",
        (
            rf"^(?:there\s+(?:are|is|{CAN}\s+(?:only\s+)?be)\s+)?{MOST}\s+{THING}{AT_ONCE}\s+(?:are\s+allowed\s+)?"
            rf"{IN}\s+(?:{EACH}\s+)?(?P<owner>{NOUN}?){AT_ONCE.replace('once', 'then')}$"
        ),
        rf"^(?:there\s+)?{CANT}\s+be\s+{MORE}\s+{THING}\s+{IN}\s+(?:{EACH}\s+)?(?P<owner>{NOUN}?)$",
        (
            r"^(?:never|don't ever|we never)\s+(?:put|take|let|have|allow|book|seat|admit|accept|pack|place|send)\s+"
            rf"{MORE}\s+{THING}\s+(?:on|in|into|onto|for|per|to|at|aboard)\s+{EACH}\s+(?P<owner>{NOUN}?){AT_ONCE}$"
        ),
        rf"^no\s+(?P<owner>{NOUN}?)\s+(?:{CAN}\s+)?{DO}\s+{MORE}\s+{THING}{AT_ONCE}$",
        (
            rf"^{MOST}\s+{THING}\s+{CAN}\s+(?:be\s+)?[a-z]+(?:\s+up)?\s+(?:in|on|for|to|at|into)\s+"
            rf"{EACH}\s+(?P<owner>{NOUN}?)$"
        ),
        rf"^(?:the\s+)?(?:maximum|limit)\s+is\s+{NUMBER}\s+{THING}\s+{PER}\s+(?P<owner>{NOUN}?)$",
        rf"^{THE}(?P<owner>{NOUN}?)\s+(?:is|are)\s+(?:limited|capped)\s+(?:to|at)\s+{NUMBER}\s+{THING}$",
        rf"^{NUMBER}\s+{THING}\s+{PER}\s+(?P<owner>{NOUN}?)\s+(?:{AT_LAST}|is the (?:limit|maximum))$",
    )
)
ROOM = r"(?P<limit>places|seats|spots|slots|spaces|room|space|capacity|beds|tickets|chairs|size|limit|copies)"
TOLD = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{OWNER}\s+(?:(?:{CAN}|{CANT}|never)\s+)*{DO}\s+(?:no\s+|not\s+)?more\s+{THING}\s+{THAN}{ROOM}$",
        rf"^(?:no|not|never)\s+more\s+{THING}\s+{THAN}{ROOM}\b.*$",
        (
            rf"^(?:we\s+)?(?:{CANT}|can never|never|don't)\s+(?:sell|give|hand|take|accept|let|book|admit)"
            rf"(?:\s+out|\s+in)?\s+more\s+{THING}\s+{THAN}{ROOM}\b.*$"
        ),
        (
            rf"^(?:the\s+)?number\s+of\s+{THING}\s+(?:{CANT}|must never)\s+(?:exceed|be (?:more|higher|greater) than)"
            rf"\s+(?:its|the)\s+(?:number\s+of\s+)?{ROOM}(?:\s+of\s+{THE}(?P<owner>{NOUN}))?$"
        ),
        (
            rf"^(?:when|once|if|as soon as)\s+{THE}(?P<owner>{NOUN}?)\s+is\s+(?P<limit>{FULL}),\s*"
            r"(?:nobody|no one|no more|no further|you|people|it|no)\b.*$"
        ),
        (
            rf"^(?:nobody|no one|you|people|{THE}[a-z]+)\s+(?:{CAN}|{CANT})\s+[a-z]+(?:\s+up)?(?:\s+for|\s+in)?\s+"
            rf"(?:an?\s+)(?P<limit>{FULL})\s+(?P<owner>{NOUN})$"
        ),
        rf"^{THE}(?P<limit>{FULL})\s+(?P<owner>{NOUN}?)\s+(?:{CANT}|takes? no|accepts? no)\b.*$",
    )
)
WAITING = regex(
    rf"^(?:when|whenever|once|if|as soon as)\s+{THE}(?P<owner>{NOUN}?)\s+is\s+(?P<limit>{FULL}),?\s+"
    r"(?:then\s+)?(?:(?:the|an?|any|all|every|each|further|more|new|other|later|following|next)\s+)*[a-z][\w-]*"
    r"(?:\s+[a-z]+)?"
    r"\s+(?:go(?:es)?|gets?|(?:is|are)\s+put|moves?|lands?|comes?|joins?|waits?)\s+(?:on|onto|to|into|in)?\s*"
    r"(?:the|an?|our)?\s*"
    r"(?:waiting[\s-]list|wait-?list|queue|reserve\s+list)$",
    re.IGNORECASE,
)
"""What becomes of those for whom there is no room: that there is none any more is a rule, the list is none."""


OF_STATE = regex(
    rf"^(?:{OWNER}|no\s+{NOUN}?)\s+[^.;,!?\n]{{0,40}}?\b(?:{MOST}|{MORE.replace('<number>', '<over>')})\s+{NOUN}?,?\s+"
    r"(?:(?:that|which|who)\s+(?:are|is)|(?:with|in)\s+(?:the\s+)?(?:status|state)|"
    r"(?:while|as long as)\s+(?:they|it|the\s+[a-z]+)\s+(?:are|is))\s",
    re.IGNORECASE,
)
"""A limit with the state behind it, which names no values anew: "at most two loans that are requested or out"."""


def is_count_of_state(sentence: str) -> bool:
    """Tell whether a sentence says how many there may be in some state; which one is told by the draft."""
    return len(sentence) <= LONGEST and OF_STATE.match(sentence) is not None


@dataclass(frozen=True)
class CountSaid:
    """How many of a thing there may be for an owner; parts that were not said are empty."""

    owner: str
    thing: str
    number: int = 0
    """How many; 0 where ``limit`` tells it."""
    limit: str = ""
    """What the owner has so many of: ``places``; ``full`` where only that is said."""
    is_open: bool = False
    """Whether only those count that are open, out, or there at a time."""
    is_half: bool = False
    """Whether the sentence says more than how many there may be: what comes of the others."""


@lru_cache(maxsize=1_000)
def read_count(sentence: str) -> CountSaid | None:
    """Return how many there may be, as a whole sentence says it; None where it says anything else."""
    text = LEAD.sub("", " ".join(sentence.split())).strip(" .!")
    if len(text) > LONGEST:
        return None
    for pattern in COUNTED:
        if match := pattern.match(text):
            return counted(match)
    for pattern in (*TOLD, WAITING):
        if match := pattern.match(text):
            said = match.groupdict()
            limit = (
                "full" if said["limit"].lower() in {"fully booked", "sold out", "booked out"} else said["limit"].lower()
            )
            is_half = pattern is WAITING
            return CountSaid(owner=lower(said, "owner"), thing=lower(said, "thing"), limit=limit, is_half=is_half)
    return None


def counted(match: re.Match[str]) -> CountSaid | None:
    """Return a count with a number in it; None for none, and for what whoever speaks has, which is no rule."""
    said = match.groupdict()
    number = figure(said["number"])
    is_open = bool(said.get("open") or said.get("once") or said.get("then"))
    if not number or lower(said, "owner") in SPEAKERS:
        return None
    return CountSaid(owner=lower(said, "owner"), thing=lower(said, "thing"), number=number, is_open=is_open)


def lower(said: dict[str, str | None], part: str) -> str:
    """Return a part of a reading in lower case, or nothing."""
    return (said.get(part) or "").strip().lower()
