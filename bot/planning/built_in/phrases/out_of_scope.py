"""Tells what people say the service need not do: "the membership fees are handled by our bank", "no maps, please"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["is_out_of_scope"]

LONGEST = 300
LEAD = r"(?:(?:and|but|so|well|also|please|of course|for now|at first)\b,?\s+)*"
WISH = (
    r"(?:online |mobile |customer |parents' |web ?)?(?:payments?(?: by [a-z]+)?|apps?|maps?|reports?|statistics|"
    r"charts?|"
    r"web ?sites?|portals?|web ?shops?|tax(?:es)?|book-?keeping|accounting|budget(?:ing)?|payroll|salaries|"
    r"newsletters?|"
    r"chats?|notifications?|reminders?|invoicing|marketing|translations?|dashboards?|card payments?|calendars?)"
)
WISHES = rf"(?:the |an? |any )?{WISH}(?:(?:,| or| and|, or|, and|, no| nor) (?:the |an? |any |no )?{WISH})*"
NOT_NEEDED = (
    r"(?:aren't|isn't|are not|is not|won't be) (?:needed|necessary|required|wanted|important|part of (?:it|this))"
)
BEHIND = r"(?:,? (?:for now|yet|at the moment|please|at first|either|here|at all|from you|for that))*"
FORMS = tuple(
    regex(rf"^{LEAD}{said}", re.IGNORECASE)
    for said in (
        r"(?:we|i) (?:don't|do not|won't) need anything (?:for|about|to do with|around) [^;:]+$",
        r"(?:what )?(?:we|i) (?:don't|do not|won't) (?:need|want)(?: is)?: [^;]+$",
        rf"(?:we|i) (?:don't|do not|won't) (?:need|want|expect) {WISHES}{BEHIND}$",
        rf"no {WISHES}{BEHIND}(?:,? (?:they|we|people|nobody|because|since)\b[^;:]*)?$",
        rf"{WISHES} {NOT_NEEDED}{BEHIND}$",
        (
            r"[^;:]+\b(?:that's|that is|it's|it is|they are|they're|those are) (?:not|no) (?:a )?part of "
            r"(?:this|it|the system)"
            rf"{BEHIND}$"
        ),
        r"[^;:]+\b(?:is|are) out of scope\b",
        r"[^;:]+,? (?:but|so) (?:please )?leave (?:it|that|this|them) (?:out|aside|for later)(?: for now)?$",
        rf"(?:the )?{WISH} (?:itself |themselves )?stays? with (?:our|the) [a-z]+\b",
        r"(?:maybe|perhaps) (?:later|some ?day|one day)$",
    )
)


def is_out_of_scope(sentence: str) -> bool:
    """Tell whether a sentence only says what the service need not do."""
    text = straight(sentence, " .!")
    return len(text) <= LONGEST and any(form.match(text) for form in FORMS)
