"""Says plainly what is noted before and after a deed, how it turned out, when it runs out, and who decides on it.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    SENTENCE,
    TERM,
    WORD,
    Ways,
    put_apart,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a

__all__ = ["in_plain_findings"]

PAUSE = r"(?=\s*(?:[,.;!?\n]|$)|\s+(?:and|plus|or)\b)"
NOTING = regex(
    r"\b(?:know|notes?|records?|writes?(?: down)?|keeps?|logs?|tracks?|enters?|measures?|weighs?|stores?|has|have|"
    r"with)\b",
    re.IGNORECASE,
)
"""What says that facts are told of."""
ORDERING = regex(
    r"\b(?:remind|warn|tell|alert|notify|e-?mail|text|send|let|must|may|cannot|can't|should|reminder)\b", re.IGNORECASE
)
"""What says that something is to be done or forbidden."""
HOW = {
    "dark": "darkness", "light": "lightness", "good": "quality", "well": "quality", "bad": "quality",
    "sweet": "sweetness", "strong": "strength", "hard": "hardness", "soft": "softness", "thick": "thickness",
    "thin": "thickness", "sour": "acidity", "bitter": "bitterness", "salty": "saltiness", "dry": "dryness",
    "bright": "brightness", "big": "size", "large": "size", "heavy": "weight", "ripe": "ripeness",
    "clean": "cleanliness",
}  # fmt: skip
TRADE = r"(?:job|trade|work|business|profession|living|craft|daily bread|bread and butter|passion|hobby)"
STATE = r"(?:[a-z]+ed|new|open|draft|pending|a draft)"
DECIDING = r"[a-z]+s(?: (?:it|them))?(?: (?:down|off|back|up|out))?"


def sentence_before(found: re.Match[str], text: str) -> str:
    """Return what a sentence says before a match in it."""
    return re.split(r"[.;!?\n]", text[: found.start()])[-1]


def is_noted(found: re.Match[str], text: str) -> bool:
    """Tell whether a sentence tells of facts up to a match in it, and orders and forbids nothing."""
    before = sentence_before(found, text)
    return NOTING.search(before) is not None and ORDERING.search(before) is None


def put_in(found: re.Match[str], text: str, said: str) -> str:
    """Return a text with other words in the place of a match."""
    return f"{text[: found.start()]}{said}{text[found.end() :]}"


def both_times(found: re.Match[str], text: str) -> str | None:
    """Return "its weight before and after roasting" as two facts."""
    what, deed = found["what"].lower(), found["deed"].lower()
    if not is_noted(found, text) or is_person(what):
        return None
    return put_in(found, text, f"a before-{deed} {what} and {a(f'after-{deed} {what}')}")


def turned_out(found: re.Match[str], text: str) -> str | None:
    """Return "how dark it turned out" as the darkness."""
    return put_in(found, text, f"the {HOW[found['how'].lower()]}") if is_noted(found, text) else None


def runs_out(found: re.Match[str], text: str) -> str | None:
    """Return "when its insurance runs out" as the date when it does."""
    return put_in(found, text, f"the {found['what'].lower()} expiry date") if is_noted(found, text) else None


def findings(found: re.Match[str], text: str) -> str | None:
    """Return "what we found" as the findings; of lost things it is what was found."""
    is_lost = re.search(r"\b(?:lost|missing|found)\b", f"{text[: found.start()]}{text[found.end() :]}", re.IGNORECASE)
    return put_in(found, text, "the findings") if is_noted(found, text) and not is_lost else None


def without_trade(found: re.Match[str], text: str) -> str | None:
    """Return a text without "keeping chimneys clean is my job"; who helps with it stays."""
    others = [f"There are {one_many(found['others'])}"] if found["others"] else []
    if not re.search(r"\w", f"{text[: found.start()]}{text[found.end() :]}"):
        return None
    if others:
        return put_apart(found, text, *others)
    begin = found["begin"].rstrip(" ")
    return f"{text[: found.start()]}{begin}{re.sub(r'^[ .;!?]+', ' ' if begin else '', text[found.end() :])}"


def one_many(noun: str) -> str:
    """Return a plural noun in small letters."""
    return " ".join(noun.lower().split())


def on_condition(found: re.Match[str], text: str) -> str | None:
    """Return "when a sack is nearly empty, please remind me" as its brother with "if"."""
    return put_in(found, text, f"{found['begin']}If {found['rest']}")


def decided(found: re.Match[str], text: str) -> str | None:
    """Return "it starts as requested, then the treasurer confirms it or turns it down" as steps, and who decides."""
    who = one(found["by"])
    told = re.findall(rf"\b(?:each|every|per|an?|the) (?P<noun>{WORD})\b", text[: found.start()], re.IGNORECASE)
    named = re.findall(
        rf"(?:\bfor|[.!?]|^|\n)\s*(?:each|every|an?) ({WORD})(?= (?:has|belongs)\b|,? (?:we|i)\b)",
        text[: found.start()], re.IGNORECASE,
    )  # fmt: skip
    is_it = found["it"].lower() in {"it", "they"}
    noun = (named[-1] if named else "") if is_it else one(found["it"])
    if not is_person(who) or (is_it and not told) or noun == who:
        return None
    yes, no = (ended(found[part]) for part in ("yes", "no"))
    subject = a(noun).capitalize() if noun else "It"
    steps = f"{subject} is {re.sub('^a ', '', found['first'].lower())}, then {yes} or {no}"
    by = [f"{a(noun).capitalize()} may belong to {a(who)}"] if noun else []
    rest = text[found.end() :]
    more = re.match(r",\s+(?:and|but)\s+", rest)
    rest = f". {rest[more.end() : more.end() + 1].upper()}{rest[more.end() + 1 :]}" if more else rest
    return put_apart(found, f"{text[: found.end()]}{rest}", steps, *by)


def ended(deed: str) -> str:
    """Return what something is when it was done: ``turns it down`` → ``turned down``."""
    verb, *rest = (word for word in deed.lower().split() if word not in {"it", "them"})
    return " ".join([participle(verb), *rest])


def taken_from(found: re.Match[str], text: str) -> str | None:
    """Return "a batch comes from one sack of beans, and we record its weight" as whose it is, and what is noted."""
    what, source = found["what"].lower(), found["source"].lower()
    if what == source or is_person(what):
        return None
    told = f"For each {what} we {found['note'].lower()} {re.sub('^(?:its|their) ', 'the ', found['facts'])}"
    return put_apart(found, text, f"Each {what} belongs to {a(source)}", told)


IF = r"(?=[^.,;!?\n]*\b(?:is|are|has|have|runs?|drops?|falls?|gets?|goes|sinks?|reaches|isn't|aren't|hasn't|haven't)\b)"
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}(?:[a-z]+ing)(?: (?!is\b|are\b|that\b|which\b|who\b|we\b|i\b)[a-z'-]+){{1,5}} "
                rf"(?:is|has been|was) (?:my|our) {TRADE}(?:,? (?:together )?with (?:my |our )?(?:[a-z]+ )?"
                rf"(?P<others>{WORD}s))?{END}"
            ),
            without_trade,
        ),
        (
            (
                rf"{SENTENCE}(?:when|whenever|as soon as|once) {IF}(?P<rest>(?:an?|the|any|one of) [^.,;!?\n]{{3,80}}, "
                r"(?:(?:please|then|kindly) )?(?:remind|warn|alert|tell|notify) (?:me|us) [^.;!?\n]+)"
            ),
            on_condition,
        ),
        (
            (
                r"\b(?:its|their|the|an?) "
                rf"(?P<what>(?:{WORD} )??{WORD}) before and after (?:the |each |every )?(?P<deed>{WORD}){PAUSE}"
            ),
            both_times,
        ),
        (
            (
                rf"{SENTENCE}(?:an?|each|every) (?P<what>{TERM}) (?:always )?comes from (?:one|a single|exactly one) "
                rf"(?P<source>{TERM})(?: of {WORD}(?: {WORD})?)?,? and we (?P<note>record|note|write down|measure) "
                rf"(?P<facts>[^.;:!?\n]+?){END}"
            ),
            taken_from,
        ),
        (
            rf"\bhow (?P<how>{'|'.join(HOW)}) (?:it|they|the {WORD}) (?:turned|came|turns|comes|turn|come) out{PAUSE}",
            turned_out,
        ),
        (
            (
                rf"\bwhen (?:its|their|the|his|her) (?P<what>{TERM}) "
                rf"(?:runs out|expires|lapses|is up|will (?:run out|expire|lapse)){PAUSE}"
            ),
            runs_out,
        ),
        (rf"\bwhat (?:we|i) found{PAUSE}", findings),
        (
            (
                rf"{BEGIN}(?P<it>it|they|(?:an?|each|every|the) {TERM}) (?:always )?(?:starts?|begins?)"
                rf"(?: (?:out|off))? as (?P<first>{STATE}),? (?:and )?then (?P<by>(?:the|an?|our) {TERM}) "
                rf"(?P<yes>{DECIDING}) or (?P<no>{DECIDING})(?={END[3:-1]}|,\s+(?:and|but)\s+(?:an?|the|each|we)\b)"
            ),
            decided,
        ),
    )
)
"""Ways of telling what is noted of a deed and what comes of it, and what says each plainly."""


def in_plain_findings(text: str) -> str:
    """Return a text with what is noted of a deed and what comes of it said in words that are read."""
    return rewritten(text, WAYS)
