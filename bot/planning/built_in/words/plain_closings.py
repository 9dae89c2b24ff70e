"""Says plainly what is closed in a state: "once a flight is called off nobody can book on it any more"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.rewriting import BEGIN, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a

__all__ = ["in_plain_closings"]

VERB = r"book|reserve|borrow|rent|hire|order|buy|change|edit|delete|cancel"
STATE = rf"{WORD}(?: (?:off|out|up|in|down|back|away))?"
CLOSED = regex(
    rf"{BEGIN}(?:once|when|whenever|if|as soon as|after) (?:an?|the|one) (?P<thing>{WORD}(?: {WORD})??) "
    rf"(?:is|has been|was|gets) (?P<state>{STATE}),? (?:then )?(?:nobody|no one|no-one) (?:can|may|is allowed to) "
    rf"(?P<verb>{VERB})(?: (?:on|in|for|into|onto))? (?:it|this one|that one)"
    r"(?: any ?more| any longer| again)?(?=\s*(?:[.,;!?\n]|$))",
    re.IGNORECASE,
)


def closed(found: re.Match[str], text: str) -> str:
    """Return what nobody can do with a thing in a state as a rule about such a thing."""
    such = a(f"{found['state'].lower()} {found['thing'].lower()}").capitalize()
    return replaced(found, text, f"{such} can't be {participle(found['verb'].lower())}")


WAYS: Ways = ((CLOSED, closed),)


def in_plain_closings(text: str) -> str:
    """Return a text in which each such sentence names the thing with its state."""
    return rewritten(text, WAYS)
