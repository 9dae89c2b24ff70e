"""A digest that is asked for in people's own words: "send me a digest now please" begins no plan."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["asked_digest"]

LONGEST = 120
ASKS = regex(
    r"^(?:(?:hi|hey|hello|ok|okay|please|stop|sorry)\b[,.!\s]*)*"
    r"(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?|i(?:'d|\s+would)?\s+(?:only\s+|just\s+)?"
    r"(?=want|like|need)|may\s+i\s+|can\s+i\s+)?"
    r"(?:(?:send|give|show|post|get|bring|mail|want|wanted|need|needed|like|have|make)\s+(?:me\s+|us\s+)?(?:to\s+have\s+)?)?"
    r"(?:a|an|the|my|our|another|one)?\s*(?P<often>daily\s+|weekly\s+)?digest\b(?P<rest>.*)$",
    re.IGNORECASE,
)
ENDS = regex(
    r"^(?:(?:hi|hey|hello|ok|okay|please|sorry)\b[,.!\s]*)*(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?)?"
    r"(?:(?:stop|cancel|end|disable|(?:turn|switch)\s+off|unsubscribe\s+(?:me|us)\s+from)\s+"
    r"(?:(?:sending|posting)\s+)?(?:(?:me|us)\s+)?|(?:turn|switch)\s+(?=.*\bdigests?\s+off\b))"
    r"(?:(?:an?|the|this|our|any|(?P<own>my))\s+)?(?:(?:daily|weekly)\s+)?digests?\b(?:\s+off\b)?(?:\s+any\s*more\b)?"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
"""How people say that no digest shall come any more."""
SOMETIMES = regex(r"^\s+(?:at|on|every|each|for|until|before|after)\b", re.IGNORECASE)
"""With such words they may mean that some shall come."""
AT_ONCE = regex(
    r"^(?:\s|,|now|right|today|please|here|at\s+once|of\s+(?:my|our|the|all)\s+plans?|of\s+this\s+channel|again|"
    r"to\s+me|me|then)*$",
    re.IGNORECASE,
)
SCHEDULED = regex(
    r"^\s*(?:(?:of\s+my\s+plans|me)\s+)?(?P<words>(?:daily|weekly|every|each|off|snooze)\b.*)$", re.IGNORECASE
)


def asked_digest(said: str) -> tuple[str, ...] | None:
    """Return what a whole message asks of a digest, as the words of `/plan digest`; None where it asks for none.

    Nothing in it: somebody speaks of one, and is told what can be said.
    """
    text = straight(said, " ?!.")
    if len(text) > LONGEST:
        return None
    if (ended := ENDS.match(text)) and SOMETIMES.match(ended["rest"]):
        return ()
    if ended and AT_ONCE.match(ended["rest"]):
        return ("me", "off") if ended["own"] else ("off",)
    found = ASKS.match(text)
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
