"""A digest that is asked for in people's own words: "send me a digest now please" begins no plan."""

from __future__ import annotations

import re

from bot.planning.built_in.words.vocabulary import straight

__all__ = ["asked_digest"]

LONGEST = 120
ASKS = re.compile(
    r"^(?:(?:hi|hey|hello|ok|okay|please|stop|sorry)\b[,.!\s]*)*"
    r"(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?|i(?:'d|\s+would)?\s+(?:only\s+|just\s+)?"
    r"(?=want|like|need)|may\s+i\s+|can\s+i\s+)?"
    r"(?:(?:send|give|show|post|get|bring|mail|want|wanted|need|needed|like|have|make)\s+(?:me\s+|us\s+)?(?:to\s+have\s+)?)?"
    r"(?:a|an|the|my|our|another|one)?\s*(?P<often>daily\s+|weekly\s+)?digest\b(?P<rest>.*)$",
    re.IGNORECASE,
)
AT_ONCE = re.compile(
    r"^(?:\s|,|now|right|today|please|here|at\s+once|of\s+(?:my|our|the|all)\s+plans?|of\s+this\s+channel|again|"
    r"to\s+me|me|then)*$",
    re.IGNORECASE,
)
SCHEDULED = re.compile(
    r"^\s*(?:(?:of\s+my\s+plans|me)\s+)?(?P<words>(?:daily|weekly|every|each|off|snooze)\b.*)$", re.IGNORECASE
)


def asked_digest(said: str) -> tuple[str, ...] | None:
    """Return what a whole message asks of a digest, as the words of `/plan digest`; None where it asks for none.

    Nothing in it: somebody speaks of one, and is told what can be said.
    """
    text = straight(said, " ?!.")
    found = ASKS.match(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    rest = found["rest"]
    often = (found["often"] or "").strip()
    if AT_ONCE.match(rest):
        return () if often or text.lower() == "digest" else ("now",)
    if scheduled := SCHEDULED.match(rest):
        return tuple(scheduled["words"].split())
    if often and (time := re.match(r"^\s*(?:at|on)\s+(.+)$", rest)):
        return (often, *time[1].split())
    return None
