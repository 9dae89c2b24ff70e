"""Takes off what only tells how bad things are today: "it's all in a spreadsheet that nobody trusts".

Whoever tells so wants nothing of it built, and is asked nothing about it; the words they asked with quote it. What
tells of a fact, a rule or a wish in the same clause stays, as does what stands before or behind it.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.rewriting import Ways, rewritten

__all__ = ["without_complaints"]

BEGIN = r"(?P<begin>^\s*|[.!?;]\s++|(?<!\n)\n\s*+|,\s++(?:(?:and|but|so)\s+)?|(?<!\s)\s++(?:and|but)\s++)"
LEAD = (
    r"(?:(?:and|but|honestly|frankly|unfortunately|sadly|of course|today|now|right now|just now|at the moment|"
    r"currently|so far|until now|up to now|these days|as it is),? )*"
)
KIND = (
    r"(?:big|old|shared|single|giant|huge|paper|battered|little|small|thick|long|messy|ring|google|excel|office|"
    r"kitchen) "
)
ON_THE_WALL = r"(?: on the (?:wall|fridge|door))?"
PAPER = (
    r"(?:spreadsheets?|excel(?: sheets?| files?)?|(?:(?:slips|pieces|scraps) of )?paper|notebooks?|index cards?|diary|"
    r"diaries|binders?|whiteboards?|blackboards?|clipboards?|post-its?|e-?mails?|whatsapp(?: groups?| chats?)?|heads?|"
    rf"folders?|sticky notes|google (?:sheets?|docs?)|sheets? of paper|(?:lists?|calendars?){ON_THE_WALL}|"
    r"shoe ?box(?:es)?|ledgers?|logbooks?|text messages|group chats?|exercise books?)"
)
THEIRS = rf"(?:(?:an?|one|the|our|my|some|several|two|three|her|his) )?(?:{KIND}){{0,2}}"
ASIDE = r"[^.!?;:,\n]{1,70}"
SOME = r"(?:nobody|no one|(?:half|most|some) of (?:it|them))"
RELATIVE = rf"(?:,? (?:that|which|where) {ASIDE}|,? and {SOME} {ASIDE})"
IT = r"(?:it|this|that|them|everything|it all|all (?:of )?(?:it|this|that))"
IS = r"(?: (?:is|lives|sits|happens|gets|goes))?(?: (?:still|all|written|kept|down|only|just|scribbled|noted))*"
ALL = (
    rf"(?:everything|all of (?:it|this|that)|most of (?:it|this)|(?:it|this|that)(?:'s| is) all|it|"
    rf"all (?:this|that)){IS}"
)
HOW = r"(?:(?:always|often|usually|all|completely|totally|forever|constantly|such|just|really|mostly) )*"
BAD = (
    rf"{HOW}(?:an? )?(?:(?:complete|total|big|real) )?(?:mess|messy|chaos|chaotic|nightmare|disaster|out of date|"
    r"not up to date|never up to date|lost|wet|unreadable|illegible|falling apart|wrong|hopeless|useless|"
    r"full of mistakes|pain|riddle)"
)
AM = r"(?:we|i)(?:'re| are|'m| am)(?: (?:really|so|all|just|very|a bit|completely))*"
TIRED = r"(?:tired of|sick of|sick and tired of|fed up with|done with|weary of)"
KNOWS = r"(?:knows|remembers|trusts|can find|finds|can read|can tell|is sure|knew|noticed|understands)"
FORMS = (
    rf"{AM} {TIRED} {ASIDE}",
    rf"{AM} (?:drowning|swimming|buried|lost|sinking) (?:in|under) {THEIRS}{PAPER}",
    rf"{ALL} (?:in|on|by|via|over|through) {THEIRS}{PAPER}{RELATIVE}?",
    (
        rf"(?:we|i) (?:do|write|keep|note|track|plan|manage|run|have) {IT}(?: down)? (?:in|on|by|via) "
        rf"{THEIRS}{PAPER}{RELATIVE}?"
    ),
    rf"(?:our|the|my) (?:{KIND}){{0,2}}{PAPER} (?:is|are|gets|get|was|were|got|has become) {BAD}(?: {ASIDE})?",
    rf"(?:it|this|that|all of it)(?:'s| is| was) {BAD}",
    (
        rf"(?:nobody|no one) (?:really |ever )?{KNOWS} "
        rf"(?:any more|what|which|who|where|when|how|anything|it|them)(?: {ASIDE})?"
    ),
    r"(?:we|i) (?:just |only |all |always )?(?:phone|call|e-?mail|text|ask|ring) (?:each other|one another|around)",
    rf"(?:we|i) (?:keep|(?:are|am) (?:always|forever)) (?:forgetting|losing|mixing up|misplacing|muddling up) {ASIDE}",
)
END = (
    r"(?P<end>\s*+(?:[.!;]++(?:\s++|$)|\n|$)|,? (?:and|but|so) (?=(?:now |that's why |therefore )?"
    r"(?:we|i|it|there|every|each|an?|the|our)\b))"
)
KEPT = regex(
    r"\b(?:each|every|must|mustn't|should|shouldn't|can't|cannot|may|needs?|wants?|want|would|wish|columns?|per|has|have|"
    r"with|belongs?|if|when|unless|until)\b|\d",
    re.IGNORECASE,
)
"""Words of a clause that may tell a fact, a rule or a wish."""
NOT_KEPT = regex(
    r"\bwho has\b|\bwho needs\b|\bwhen\b|\beach other\b|\buntil now\b|\b(?:fed up|done) with\b", re.IGNORECASE
)


def taken_off(found: re.Match[str], text: str) -> str | None:
    """Return a text without a clause that only tells how bad things are; as it is where that is all there is."""
    if KEPT.search(NOT_KEPT.sub("", found["said"])):
        return None
    begin, end, rest = found["begin"], found["end"], text[found.end() :]
    is_first = re.match(r"\s*$|[.!?;]|\n", begin) is not None
    joint = begin if is_first else end if re.match(r"\s*[.!;\n]", end) else ". "
    changed = f"{text[: found.start()]}{joint}{capital(rest)}"
    return changed if re.search(r"\w", changed) else None


WAYS: Ways = tuple((regex(rf"{BEGIN}(?P<said>{LEAD}{form}){END}", re.IGNORECASE), taken_off) for form in FORMS)
"""Ways of telling how bad things are, and the text without them."""


def without_complaints(text: str) -> str:
    """Return a text without what only tells how bad things are today."""
    return rewritten(text, WAYS)
