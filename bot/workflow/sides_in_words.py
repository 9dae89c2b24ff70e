"""Settling a disagreement in plain words: "ok, let's take Mara's", "Jon is right", "mine", "the second one"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import straight
from bot.planning.conversation import Question

__all__ = ["named_sides", "side_taken"]

LONGEST = 160
PERSON = r"<@(?P<person>[A-Z0-9]+)(?:\|[^>]*)?>"
LEAD = (
    r"(?:(?:ok|okay|fine|alright|all\s+right|yes|yeah|no|sure|then|so|well|right|agreed|hm+|please|good|let\s+me\s+see)\b"
    r"[,.!\s]*)*"
)
TAKE = (
    r"(?:let's|let\s+us|we(?:'ll|\s+will|\s+can|\s+should)?|i(?:'ll|'d|\s+will|\s+would)?|please)?\s*(?:just\s+|all\s+|rather\s+|both\s+)*"
    r"(?:take|go\s+(?:with|for)|use|keep|choose|pick|follow|do|prefer|vote\s+for|settle\s+(?:on|for)|agree\s+(?:with|to|on)|"
    r"side\s+with|stick\s+(?:with|to)|(?:'m|\s*am|are)\s+(?:fine|ok|okay|happy|good)\s+with)"
)
ANSWER = r"(?:\s+(?:answer|version|one|idea|proposal|suggestion|way|words?|choice|option|side|view|wins|it\s+is))?"
BEHIND = r"(?:,?\s+(?:then|please|instead|after\s+all|for\s+now|it\s+is))*"
OWN = r"(?P<mine>mine|my|me|what\s+i\s+(?:said|wrote|say))"
OTHER = r"(?P<other>(?:the\s+)?other(?:'s|s)?|yours?|theirs?|his|hers?|you)"
PLACE = r"(?:the\s+)?(?P<place>first|second|third|1st|2nd|3rd|last|former|latter)"
PLACES = {"first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1, "latter": -1}
WHOSE = rf"(?:(?:what\s+)?{PERSON}(?:'s|\s+(?:said|says|wrote|suggested|proposed))?|{OWN}|{OTHER}|{PLACE}){ANSWER}"
FORMS = tuple(
    regex(rf"^{LEAD}{form}{BEHIND}[\s.!]*$", re.IGNORECASE)
    for form in (
        rf"(?:{TAKE}\s+)?{WHOSE}",
        rf"{PERSON}(?:'s|\s+is|\s+was|\s+has\s+it)\s+(?:right|correct|fine|ok|okay|better)",
        rf"as\s+{PERSON}\s+(?:said|says|wrote|suggested|proposed|wants|likes)(?:\s+it)?",
        rf"{PERSON}\s+(?:wins|decides)",
    )
)
CHOSEN = regex(rf"^{LEAD}(?:{TAKE}\s+)?[\"“']?(?P<option>.+?)[\"”']?{BEHIND}[\s.!]*$", re.IGNORECASE)


def side_taken(question: Question, text: str, person: str) -> str:
    """Return the answer that words settle a disagreement with, or nothing; ``person`` is who says them."""
    said = straight(text)
    if not question.sides or len(said) > LONGEST:
        return ""
    match = next((found for form in FORMS if (found := form.match(said))), None)
    if match is None:
        chosen = CHOSEN.match(said)
        option = chosen["option"].casefold() if chosen else ""
        return next((one for one in question.options if one.casefold().strip(" .!") == option), "")
    parts = match.groupdict()
    if parts.get("place"):
        at = PLACES[parts["place"].lower()]
        return question.options[at] if at < len(question.options) else ""
    own = [side.text for side in question.sides if side.author == person]
    others = list(dict.fromkeys(side.text for side in question.sides if side.author != person))
    if parts.get("mine"):
        return own[0] if own else ""
    if parts.get("other"):
        return others[0] if own and len(others) == 1 else ""
    return next((side.text for side in question.sides if side.author == parts["person"]), "")


def named_sides(text: str, questions: Sequence[Question], names: Mapping[str, str]) -> str:
    """Return a text that calls those who disagree as Slack does: "Mara's" → "<@U0MARA>'s"; ``names`` by their ids."""
    authors = {side.author for question in questions for side in question.sides}
    for author in authors:
        called = [re.escape(one) for one in {names.get(author, ""), names.get(author, "").split(" ")[0]} if one]
        for name in sorted(called, key=len, reverse=True):
            text = re.sub(rf"(?<![\w@<|]){name}(?!\w)", f"<@{author}>", text, flags=re.IGNORECASE)
    return text
