"""Reads what people do in everyday words: "everyone submits expenses with …", "log hours on projects", "a manager
approves or rejects them", and the states that adjectives name: "approved expenses get paid"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import UNCOUNTED, is_verb_form, straight, word_set

__all__ = [
    "Deciding",
    "Hours",
    "StateWord",
    "happens",
    "read_deciding",
    "read_everyone",
    "read_hours",
    "states_named",
    "thing_done",
    "with_others",
]

LONGEST = 400
MODAL = r"(?:(?:can|may|must|should|will|then|also|either|always|has to|have to|needs? to|is able to)\s+)*"
EVERYONE = regex(
    r"^(?:everyone|everybody|anyone|anybody|each of us|all of us|we all|people|each (?:colleague|team member)|"
    r"(?:the|our)\s+(?:whole\s+)?(?:team|staff)|(?:our\s+|all\s+)?(?:colleagues|team members|staff)|(?P<us>we|i))\s+"
    rf"{MODAL}(?:submit|enter|create|add|file|record|report|post|upload|request|write|make|send|hand)(?:s|es)?(?:\s+in)?\s+"
    r"(?P<rest>(?:an?\s+|their\s+|his or her\s+|new\s+)*[a-z][\w-]*(?:\s+[a-z][\w-]*)?\s*"
    r"(?:\s(?:with|which have|that have)\s|\().+)$",
    re.IGNORECASE,
)
HOURS = regex(
    r"^(?:(?P<who>(?:an?\s+|the\s+|each\s+|every\s+|our\s+)?[a-z][\w-]*(?:\s+[a-z][\w-]*)??)\s+)??"
    rf"{MODAL}(?P<verb>(?:log|track|record|book|enter|note|report|clock)s?\s+)?(?:(?:my|our|their|the|all|worked|working)\s+)*"
    r"(?:hours|time)(?:\s+(?:spent|worked))?\s+(?:on|for|per|against|to)\s+"
    r"(?:(?:an?|the|each|every|our|my|their)\s+)?(?P<what>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)$",
    re.IGNORECASE,
)
SOMEBODY = word_set("people everyone everybody we i they you staff all")
DONE = regex(
    r"^(?:(?:i|we)\s+(?:also\s+)?)?(?:send|issue|write|print|create|make|manage|handle|collect|receive|plan|sell|"
    r"organi[sz]e|prepare|track|keep|offer|rent|hire|host|run|lend)\s+(?:out\s+)?"
    rf"(?P<things>[a-z][\w-]*(?:\s+[a-z][\w-]*)?s|(?:[a-z][\w-]*\s+)?(?:{'|'.join(sorted(UNCOUNTED))}))$",
    re.IGNORECASE,
)
BY_US = regex(r"(?:^|[:,]\s*|\s)(?:i|we)\s+(?!are\b|'re\b)[a-z]", re.IGNORECASE)
VERBS = {
    "approve": "approved", "reject": "rejected", "accept": "accepted", "decline": "declined", "refuse": "refused",
    "deny": "denied", "confirm": "confirmed", "cancel": "cancelled", "publish": "published", "close": "closed",
    "review": "", "check": "", "read": "",
}  # fmt: skip
"""What is decided about something, and the state that it has then; some lead to no state."""
SURE = word_set("approve reject accept decline refuse deny")
DECIDING = regex(
    r"^(?P<who>(?:(?:an?|the|one|some|our|their|each)\s+)?(?!only\b|nobody\b|nothing\b|no\b|if\b|when\b|once\b)"
    r"[a-z][\w-]*(?:\s+[a-z][\w-]*)??)\s+"
    rf"{MODAL}(?P<verbs>[a-z]+(?:(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?:then\s+)?[a-z]+){{0,3}})\s+"
    r"(?P<what>them|it|these|(?:an?\s+|the\s+|all\s+|each\s+|every\s+|their\s+|new\s+)*[a-z][\w-]*(?:\s+[a-z][\w-]*)??)"
    r"(?:\s+(?:before|after|within|if|when|once|unless|first|in time)\b.*)?$",
    re.IGNORECASE,
)
BEFORE = {
    "approved": "submitted", "rejected": "submitted", "accepted": "submitted", "declined": "submitted",
    "refused": "submitted", "denied": "submitted", "confirmed": "requested", "cancelled": "planned",
    "published": "draft", "completed": "open", "finished": "open", "closed": "open", "resolved": "open",
    "paid": "open", "archived": "active", "inactive": "active", "shipped": "open", "delivered": "open",
}  # fmt: skip
"""What something is before it gets a state that people name by an adjective."""
COUNTERPARTS = {"approved": "rejected", "accepted": "rejected", "available": "unavailable", "active": "inactive"}
FOLLOWING = (
    r"(?=\s+(?P<verb>gets?|are|is|will|must|can|can't|cannot|may|should)\s+(?:(?:then|be|automatically)\s+)*"
    r"(?P<then>[a-z]+))"
)
STATE_WORD = regex(
    rf"\b(?P<state>{'|'.join((*BEFORE, 'available', 'active'))})\s+"
    rf"(?:(?P<doing>[a-z][a-z-]*(?:\s+[a-z][a-z-]*)??){FOLLOWING}|(?P<noun>[a-z][a-z-]*(?:\s+[a-z][a-z-]*)?))",
    re.IGNORECASE,
)

NOUN = r"[a-z][\w-]*(?:\s+[a-z][\w-]*){0,2}"
HAPPENS = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"^(?:(?:an?|the|each|every|all|our)\s+)?{NOUN}?\s+{MODAL}(?:gets?|receives?|(?:is|are|be)\s+sent)\s+"
            r"(?:an?|the|their)\s+(?:[a-z-]+\s+){0,2}?(?:(?:e-?mail|sms|text|push)\s+)?(?:message|notification|"
            r"reminder|confirmation|alert|"
            r"(?:e-?mail|sms)(?=\s+(?:when|if|after|before|once|as|about|that|every|the day)\b|$)|"
            r"(?:call|letter|note|text)(?=\s+(?:when|whenever|if|after|before|once|as soon as|the day)\b))"
            r"(?![\w-]).*$"
        ),
        (
            rf"^(?:(?:an?|the|each|every|its|their)\s+)?{NOUN}?\s+(?:is|are|gets?)\s+(?:automatically\s+)?"
            r"(?:calculated|computed|charged|billed|added up|worked out)\b.*$"
        ),
        (
            rf"^(?:overdue|late|missed|unpaid|delayed|lost|damaged)\s+{NOUN}?\s+{MODAL}"
            r"(?:gets?|costs?|pays?|incurs?|(?:is|are|be)\s+(?:charged|fined))\s+.+$"
        ),
        rf"^(?:we|they|{NOUN}?)\s+(?:charges?|pays?)\s+an?\s+(?:fine|fee|penalty|surcharge|deposit)\s+of\s+.+$",
    )
)
"""What happens by itself: somebody is told, an amount is worked out, a fine is due."""


@dataclass(frozen=True)
class Hours:
    """Hours that are logged: by whom (may be empty) and on what; without a verb they may be any other fact."""

    who: str
    what: str
    is_done: bool


@dataclass(frozen=True)
class Deciding:
    """What somebody decides: the phrase for what it is about, and the states that it leads to."""

    who: str
    what: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class StateWord:
    """A state that an adjective names, with the phrase behind it and the state that follows, if any is named."""

    state: str
    noun: str
    then: str = ""


def read_everyone(sentence: str) -> tuple[str, bool]:
    """Return "expenses with amount" of "everyone submits expenses with …", and whether that is somebody (not us)."""
    match = EVERYONE.match(straight(sentence, " .!")) if len(sentence) <= LONGEST else None
    return (str(match["rest"]), not match["us"]) if match else ("", False)


def read_hours(text: str) -> Hours | None:
    """Return what "log hours on projects" says, or None where it says anything else."""
    match = HOURS.match(straight(text, " ,.!")) if len(text) <= LONGEST else None
    who = match["who"] if match and (match["who"] or "people").lower() not in SOMEBODY else ""
    return Hours(who, match["what"], is_done=bool(match["verb"])) if match else None


def thing_done(item: str, whole: str) -> str:
    """Return "invoices" of "send invoices" in what we say that we do, or nothing."""
    match = DONE.match(straight(item, " ,.!")) if len(item) <= LONGEST else None
    return str(match["things"]) if match and BY_US.search(whole) else ""


def read_deciding(sentence: str) -> Deciding | None:
    """Return what "a manager approves or rejects them" says, or None where nothing is decided."""
    match = DECIDING.match(straight(sentence, " .!")) if len(sentence) <= LONGEST else None
    if match is None:
        return None
    said = re.split(r"[,\s]+(?:and\s+|or\s+)?(?:then\s+)?|\s+(?:and|or)\s+", match["verbs"].lower())
    bases = [base_of(verb) for verb in said if verb not in {"and", "or", "then"}]
    is_near = match["what"].lower() in {"them", "it", "these"}
    if not all(bases) or not (set(bases) & SURE or (is_near and any(VERBS[base] for base in bases))):
        return None
    states = tuple(dict.fromkeys(state for base in bases if (state := VERBS[base])))
    return Deciding(match["who"], match["what"], with_others(states))


def happens(text: str) -> bool:
    """Tell whether a sentence says what happens by itself, such as "the guest gets a confirmation": no fact to keep."""
    plain = straight(text, " .!")
    return len(plain) <= LONGEST and any(pattern.match(plain) for pattern in HAPPENS)


def base_of(verb: str) -> str:
    """Return the base form of a verb that decides, or nothing."""
    forms = (verb, verb.removesuffix("s"), verb.removesuffix("es"), f"{verb.removesuffix('ies')}y")
    return next((form for form in forms if form in VERBS), "")


def with_others(states: tuple[str, ...]) -> tuple[str, ...]:
    """Return states with what comes before them, and with what else they could have become."""
    before = next((BEFORE[one] for one in states if one in BEFORE), "")
    counterpart = next((COUNTERPARTS[one] for one in states if one in COUNTERPARTS), "")
    is_decided = bool(set(states) & {"rejected", "declined", "refused", "denied"})
    first, *later = states
    return tuple(filter(None, dict.fromkeys((before, first, "" if is_decided else counterpart, *later))))


def states_named(sentence: str) -> list[StateWord]:
    """Return the states that adjectives name in a sentence: "approved expenses get paid"."""
    found = STATE_WORD.finditer(straight(sentence)) if len(sentence) <= LONGEST else ()
    words = []
    for match in found:
        then = (match["then"] or "").lower()
        follows = (
            then if match["verb"] in {"get", "gets", "are", "is"} and then in BEFORE and is_verb_form(then) else ""
        )
        words.append(StateWord(match["state"].lower(), (match["doing"] or match["noun"]).lower(), follows))
    return words
