"""Tells what the first sentence of a wish only says of why it is wanted: "our shelter wants people to walk the dogs".

Nobody is asked for other words for it, and it is no missing function: the review notes it as what it is for.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.questions.what_we_do import is_what_we_do
from bot.planning.built_in.rules.rule_subjects import stems
from bot.planning.built_in.words.vocabulary import singular

__all__ = ["take_purpose"]

MOST_LEFT = 0.6
"""How much of a sentence must have stayed unread for nothing of it to be in the plan."""
LONGEST = 200
GREETING = r"(?:(?:hi|hello|hey|dear all|everyone|everybody|so|well|ok|okay)\b[,!.\s]*)*"
HELLO = regex(
    r"^\s*(?:hi|hello|hey|good (?:morning|evening|afternoon))(?: (?:all|everyone|everybody|there))?[!.,]\s+",
    re.IGNORECASE,
)
WHO = r"(?:(?:our|the|an?|my|this)\s+[a-z][\w' -]{1,60}?|we|i)"
WANTS = r"(?:wants?|needs?|would like|'d like|is looking for|are looking for|wishes for|hopes for|plans?)"
NOBODY = (
    r"(?:(?:more|other|some|all)\s+)?(?:people|somebody|someone|anybody|anyone|everybody|everyone|others|neighbou?rs)"
)
WISHES = regex(
    rf"^{GREETING}{WHO}\s*{WANTS}\s+(?:{NOBODY}\s+to\s+(?P<deed>[a-z].*)|"
    r"(?:an?|its own|our own|their own)\s+(?:[a-z][\w-]*\s+){0,3}(?:system|service|app|application|tool|site|website|"
    r"software|program|platform|backend|database|office|desk|register|portal|planner|organiser|organizer|overview))$",
    re.IGNORECASE,
)
"""Who wants people to do what, or wants a whole of some kind: "a tram company wants a lost property office"."""
LEADS = frozenset({"come", "go", "help", "able", "be", "do", "easily", "here", "us", "out"})
"""What people are to do before the deed itself: "come and walk the dogs"."""
DOES = regex(
    rf"^{GREETING}(?:(?:the|our|all)\s+)?[a-z][\w-]*s\s+(?:plan|organi[sz]e|arrange|prepare|run|manage)\s+(?:[a-z][\w-]*\s+)?(?P<what>[a-z][\w-]*s)$",
    re.IGNORECASE,
)
"""Who looks after what: "teachers plan school trips", where what these are follows behind a colon."""


def take_purpose(draft: Draft) -> None:
    """Take the first sentence off what could not be read where it only says what the whole is for; notes that."""
    text = draft.said[0] if draft.said else ""
    sentence = next(iter(re.split(r"[.!?:;\n]", HELLO.sub("", text), maxsplit=1))).strip()
    left = [piece for piece in draft.unread if piece.casefold() in sentence.casefold()]
    if (
        not draft.entities
        or len(sentence) > LONGEST
        or sum(map(len, left)) < MOST_LEFT * len(sentence)
        or any(is_rule_like(piece) for piece in left)
        or not (is_wish(text, sentence) or is_told_behind(text, sentence) or is_what_we_do(draft, sentence))
    ):
        return
    draft.unread[:] = [piece for piece in draft.unread if piece not in left]
    draft.assume(f"“{sentence}” says what it is for, and nothing more is built of it")


def is_wish(text: str, sentence: str) -> bool:
    """Tell whether a sentence wishes for a whole, or for people who do what the rest of the text tells."""
    match = WISHES.match(sentence)
    deed = stems(content_of(match["deed"] or "") - LEADS) if match else set()
    return match is not None and deed <= stems(content_of(text.partition(sentence)[2]))


def is_told_behind(text: str, sentence: str) -> bool:
    """Tell whether the things of which a sentence says who looks after them are told right behind its colon."""
    match = DOES.match(sentence)
    behind = text.partition(sentence)[2] if match else ""
    if match is None or not re.match(r"\s*:", behind):
        return False
    one = singular(match["what"].lower())
    either = rf"(?:{re.escape(one)}|{re.escape(plural(one))})"
    return re.match(rf"\s*:\s*(?:(?:each|every|an?|one|the|all)\s+)?{either}\b", behind, re.IGNORECASE) is not None
