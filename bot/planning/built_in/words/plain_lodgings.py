"""Says plainly what stands where, and how many live in it: "gauges along the river", "up to three tenants live in it".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.plain_counts import UNITS, subject_before
from bot.planning.built_in.words.plain_trades import told_in
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    NUMBER,
    SENTENCE,
    TERM,
    WORD,
    Ways,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, base_verb, has_plural, singular, word_set

__all__ = ["in_plain_lodgings"]

MANY = rf"(?:{WORD} )??[a-z][a-z-]+s|children|men|women|fish|sheep|mice|geese|people"
MOST = r"(?:up to|at most|no more than|not more than|a maximum of|maximum|max\.?)"
LIVES = (
    r"(?:lives?|dwells?|sleeps?|stays?|sits?|stands?|hangs?|lies?|grows?|swims?|parks?|resides?|lodges?|nests?|fits?)"
)
WHERE = r"(?:along|on|in|at|by|near|around|across|under|throughout|next to|beside|inside|outside)"
NOT_THINGS = word_set("people person")
"""Who are no kind of things: how many of them there are is a number."""


def is_told(noun: str, text: str) -> bool:
    """Tell whether a text tells of several of a kind, or what one has: then where something is may be a link."""
    told = re.search(rf"\b{plural(singular(noun))}\b", text, re.IGNORECASE)
    return told is not None or singular(noun) in told_in(text)


def whole_before(text: str, at: int) -> str:
    """Return what the sentence before a place tells of: "In our block every flat has a number and …"."""
    sentence = re.split(r"(?<=[.:;!?])\s+|\n", text[:at])[-1]
    told = re.findall(rf"\b(?:an?|each|every) ({TERM}) has\b", sentence, re.IGNORECASE)
    return subject_before(text, at) or (one(told[-1]) if told else "")


def standing_with(found: re.Match[str], text: str) -> str | None:
    """Return "gauges along the river, each with a name" as gauges with it; the one river is told nothing of."""
    place = found["place"].lower().split()[-1]
    if has_plural(place) or is_told(place, text):
        return None
    return replaced(found, text, f"{found['lead']} {found['many']}", f"Each {one(found['many'])} has {found['facts']}")


def living_in(found: re.Match[str], text: str) -> str | None:
    """Return "up to three tenants live in it" as tenants of a flat, and how many there may be as a rule."""
    who = one(found["many"])
    whole = one(found["whole"]) if found["whole"] else whole_before(text, found.start() + 1).lower()
    if not whole or whole == who or who.split()[-1] in UNITS:
        return None
    if who in NOT_THINGS:
        limit = f" (at most {found['number']})" if found["number"] else ""
        return replaced(found, text, f"{a(whole).capitalize()} has a number of people{limit}")
    facts = [f"{a(who).capitalize()} belongs to {a(whole)}"]
    if found["number"]:
        facts.append(f"There may be at most {found['number']} {found['many'].lower()} per {whole}")
    return replaced(found, text, *facts)


def or_not(found: re.Match[str], text: str) -> str | None:
    """Return "a walker is experienced or not" as whether a walker is experienced."""
    state, who = found["state"].lower(), found["who"]
    is_deed = state.endswith("ing") and base_verb(state) != ""
    if is_deed or re.match(r"(?:there|this|that|it|what|which|who|whether|one)\b", who, re.IGNORECASE):
        return None
    article = re.match(r"(?:an?|each|every|the|our|all)\s+", who, re.IGNORECASE)
    is_they = who.lower() in {"they", "he", "she"}
    noun = who if is_they else one(who[article.end() :] if article else who)
    subject = ("They have" if who.lower() == "they" else f"{who} has") if is_they else f"{a(noun).capitalize()} has"
    return replaced(found, text, f"{subject} whether it is {state}")


def whether_in_list(found: re.Match[str], text: str) -> str | None:
    """Return "tasks have a title and are done or not" with whether it is done."""
    clause = re.split(r"[.;!?\n]", text[: found.start()])[-1]
    if not re.search(r"\b(?:has|have)\b", clause) or re.search(r"\b(?:if|when|that|which|who)\b", clause):
        return None
    return f"{text[: found.start('is')]}whether it is {found['state']}{text[found.end() :]}"


def place_in(found: re.Match[str], text: str) -> str | None:
    """Return "has a description and a place in the tram" with a place; the one tram is told nothing of."""
    clause = re.split(r"[.;!?\n]", text[: found.start()])[-1]
    is_fact = re.search(r"\b(?:has|have|with)\b", clause) and not re.search(r"\b(?:that|which|who|for|if)\b", clause)
    if not is_fact or is_told(found["where"].lower(), text):
        return None
    return f"{text[: found.end('place')]}{text[found.end() :]}"


def freed(found: re.Match[str], text: str) -> str:
    """Return "…, or it gets called off, and then the dog is free again" with when that is, as a sentence of its own.

    It is no step of what the dog was booked in.
    """
    tale = re.split(r"[.:;!?\n]\s*", text[: found.start()])[-1]
    told = re.match(
        rf"(?:an?|each|every|the) (?P<record>{TERM}) (?:is|starts|begins)\b.*\bor"
        rf" {CALLED_OFF}$",
        tale,
        re.IGNORECASE,
    )
    when = f" when {a(told['record'].lower())} is {told['off'].lower()}" if told else ""
    return f"{text[: found.start()]}. {capital(found['freed'])}{when}{text[found.end() :]}"


CALLED_OFF = (
    r"(?:it|they) (?:is|are|gets?|can be|may be|can get) (?P<off>called off|cancell?ed|withdrawn|dropped|abandoned)"
)
ARTICLE = r"(?:an?|each|every|the|our|all) "
STATE = rf"(?:(?:an?|in|on|at|under|of) )?{WORD}(?: {WORD})?"
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                r"(?P<begin>^|[.!?;:]\s+|\n\s*)(?P<lead>(?:we|i) (?:have|keep|run|operate|own|look"
                r" after|manage|maintain|"
                rf"put up|set up)|there are) (?:several |many |{NUMBER} |some )?(?P<many>{MANY}) {WHERE} "
                rf"(?:the|our) (?P<place>{TERM}),? each (?:of them |one )?(?:with|has|having) "
                rf"(?P<facts>[^.;:!?\n]+?){END}"
            ),
            standing_with,
        ),
        (
            (
                rf"{BEGIN}(?:{MOST} (?P<number>{NUMBER})|several|many|one or more|some) (?P<many>{MANY}) "
                rf"(?:can |may |could )?{LIVES} (?:together )?(?:in|on|at|under) "
                rf"(?:it|them|there|each(?: one| of them)?|(?:an?|each|every|one) (?P<whole>{TERM})){END}"
            ),
            living_in,
        ),
        (
            (
                rf"{BEGIN}(?:the |our )?(?P<many>{MANY}) (?:can |may )?{LIVES} (?:in|on|at|under) (?:the |our )?"
                rf"(?P<whole>{MANY}),? (?:with )?{MOST} (?P<number>{NUMBER})(?: of them)? (?:in|on|at|per|under) each"
                rf"(?: one| of them| {TERM})?{END}"
            ),
            living_in,
        ),
        (
            (
                rf"{SENTENCE}whether (?P<who>(?:{ARTICLE})?{TERM}) (?:is|are) (?P<state>{STATE}) is (?:just |only"
                r" |simply )?"
                r"(?:an? )?(?:yes[ -]or[ -]no|yes[/-]no|boolean|bool|flag|check ?box)(?: "
                r"(?:question|fact|field|value))?"
                rf"(?:,? (?:and )?(?:not|no) (?:an? )?[a-z ]+?)?{END}"
            ),
            or_not,
        ),
        (
            (
                rf"{SENTENCE}(?P<who>(?:{ARTICLE})?{TERM}|they|he|she) (?:is|are) (?:either )?"
                rf"(?P<state>{STATE}),? or (?:not|isn't|is not|aren't|are not){END}"
            ),
            or_not,
        ),
        (
            rf"(?:, and|,| and) (?P<is>is|are) (?:either )?(?P<state>{STATE}),? or not{END}",
            whether_in_list,
        ),
        (
            (
                rf"\b(?P<place>(?:an?|the|its|their) (?:place|spot|position|location)) (?:in|on|at|inside) (?:the|our) "
                rf"(?P<where>{WORD})(?=\s*(?:[,.;!?\n]|$)|,? and (?:an?|the|its|their) )"
            ),
            place_in,
        ),
        (
            (
                rf",? (?:and|so|so that) (?:then )?(?P<freed>the {TERM} (?:is|are|becomes|gets) (?:then )?"
                rf"(?:free|available|vacant|bookable|lendable|open) (?:again|once more|for [^.,;:!?\n]*? again)){END}"
            ),
            freed,
        ),
    )
)
"""Ways of telling what things are like, and what says them plainly."""


def in_plain_lodgings(text: str) -> str:
    """Return a text with what stands where, how many live in it, and what is so or not, in sentences of one fact."""
    return rewritten(text, WAYS)
