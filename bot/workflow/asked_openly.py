"""Questions that neither the plan nor the bot's own questions answer: they hear in words that nothing answers them."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.greetings import pleasantry
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["PROPOSES", "asks_openly", "is_there", "question_beside"]

LONGEST = 400
LEAD = (
    r"(?:(?:hi|hey|hello|ok|okay|and|so|but|wait|hm+|please|sorry|well|um|just|thanks|thank\s+you|one\s+more\s+(?:thing|question)|"
    r"(?:another|a|one|quick|short|my|small)\s+(?:quick\s+|short\s+|small\s+)?question|question|by\s+the\s+way|btw)\b[,:!.\s]*)*"
)
WONDERS = regex(
    rf"^{LEAD}(?:(?:i|we)(?:'m|'re|\s+am|\s+are|\s+was|\s+were)?\s+(?:just\s+|only\s+|also\s+)?wonder(?:ing)?|"
    r"(?:just\s+)?wondering|(?:can|could|would)\s+you\s+(?:please\s+)?tell\s+(?:me|us)|do\s+you\s+know)\s+"
    r"(?:if|whether|how|what|when|where|which|who|why)\b",
    re.IGNORECASE,
)
"""A question inside of a sentence: "I wonder whether it can send invoices"."""
BEGINS = regex(
    rf"^{LEAD}(?:(?:is|are|was|do|does|did|can|could|will|would|should|have|has|am|must|may|shall|isn't|aren't|don't|doesn't|"
    r"can't|won't)\s+(?:it|this|that|there|you|i|we|they|anyone|anybody|somebody|someone)|"
    r"(?:how|why|when|where)\s+(?:is|are|do|does|did|can|could|will|would|should|have|has|am)\s+"
    r"(?:it|this|that|there|you|i|we|they))\b",
    re.IGNORECASE,
)
"""How questions begin that nobody takes for a description, also where they end without their mark."""
PROPOSES = (
    r"what\s+about\s+(?:(?:add|hav|mak|giv|us|keep|stor|lett|allow|remov|dropp|renam|chang|call|send|putt|build|includ|show|splitt|"
    r"not|track|record)ing\b|\w+ing\s+(?:an?|the|some|more|each|every|our|one|it|them)\b)"
)
"""How people ask for something with "what about": "what about adding a note?", and not "what about late loans?"."""
WISHES = regex(
    rf"^{LEAD}(?:(?:can|could|would|will)\s+(?:you|we|i)|how\s+about|{PROPOSES}|(?:should|shall|must)\s+(?:we|i|it|there|they|you)|"
    r"should\b.*\bbe|why\s+(?:not|don't\s+(?:you|we)))\b",
    re.IGNORECASE,
)
"""How people ask for something to be done."""
THERE = regex(
    rf"^{LEAD}(?:(?:is\s+)?any(?:one|body)\s+(?:there|here|home|in)|are\s+you\s+(?:still\s+|even\s+)?(?:there|here|alive|awake|up|listening|"
    r"working|online)|(?:do|can)\s+you\s+(?:hear|read|see)\s+me|(?:hello|hi|hey|ping))$",
    re.IGNORECASE,
)
ASKS = regex(
    rf"^{LEAD}(?:what|how|who|whose|which|when|where|why|is|are|was|were|do|does|did|can|could|will|would|has|have|had|am|may|"
    r"isn't|aren't|don't|doesn't|can't|won't|really|seriously|you\s+mean)\b",
    re.IGNORECASE,
)
"""How a sentence with a question mark begins that is no answer: "name, phone?" may be one."""
ENDS = regex(r"[?？؟]\s*[!.)\"”]*$")


def asks_openly(text: str) -> bool:
    """Tell whether a whole message only asks: each of its sentences does, beside greetings and thanks."""
    said = sentences_in(text)
    return bool(said) and all(is_question(one) for one in said)


def question_beside(text: str) -> str:
    """Return the first question of a message that says other things too, or that wishes for something; or nothing."""
    return next((one for one in sentences_in(text) if is_question(one) or ENDS.search(one)), "")


def is_there(text: str) -> bool:
    """Tell whether a whole message only asks whether somebody is there."""
    return len(text) <= LONGEST and THERE.match(straight(text, " .!?？")) is not None


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a message that isn't too long, without greetings, thanks and the like."""
    said = straight(text)
    if len(said) > LONGEST:
        return []
    return [one for one in map(str.strip, sentences_of(said)) if one.strip(" .!") and not pleasantry(one)]


def is_question(sentence: str) -> bool:
    """Tell whether a sentence asks something, and asks for nothing to be done."""
    said = straight(sentence, " ")
    if WONDERS.match(said.rstrip(" .!?")):
        return True
    is_asked = BEGINS.match(said) or (ASKS.match(said) and ENDS.search(said))
    return is_asked is not None and not WISHES.match(said)
