"""Says plainly how many there are of something: "at most 16 places", "ten to thirty stops with an address".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one, spoken_of
from bot.planning.built_in.words.numerals import ABOUT, NUMERAL, figure
from bot.planning.built_in.words.rewriting import END, PAUSE, STATEMENT, WORD, Ways, added, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = ["UNITS", "in_plain_counts", "last_clause", "subject_before"]

JOINT = r"(?P<joint>\b(?:has|have|having|with)\s+|,\s*(?:and\s+)?|\s+and\s+)"
MOST = r"(?:at most|up to|no more than|not more than|a maximum of|maximum|max\.?)"
LEAST = r"(?:at least|no fewer than|no less than|a minimum of|minimum|min\.?)"
RANGE = rf"(?:(?:between |from )?{NUMERAL}(?: ?(?:to|-|–|or|and) ?{NUMERAL})?)"
MANY = rf"(?:{WORD} )?{WORD}s|people|children|men|women"
PLACES = word_set("place seat spot bed berth slot ticket space desk")
"""What there are so many of that it says how large something is."""
DECIMALS = 4
"""So few "places" are those of a number with decimals."""
UNITS = word_set(
    "minute hour day night week month year second metre meter kilometre kilometer centimetre millimetre kilo gram "
    "kilogram ton tonne litre liter mile inch foot watt volt degree percent euro dollar pound cent franc time "
    "weekend quarter mm cm ml kg km"
)
"""What is measured in, and nothing of which there are several."""
GATHERED = r"(?:programme|program|series|sequence|bunch|batch|pile|crew|squad|line-?up|handful|set|list|collection)"
"""What several of a kind are together, told for the several."""


def last_clause(before: str) -> str:
    """Return the last clause with a subject of its own of the sentence that a text ends with."""
    sentence = re.split(r"(?<=[.:;!?])\s+|\n", before)[-1]
    return re.split(
        rf",\s+(?:and\s+|but\s+)?(?=(?:an?|each|every|the) {WORD}(?: {WORD})? (?:is|has|belongs|takes|lasts|costs)\b)",
        sentence,
        flags=re.IGNORECASE,
    )[-1]


def subject_before(text: str, at: int) -> str:
    """Return what the sentence that reaches over a place tells of, in the singular; nothing where that isn't clear."""
    found = re.match(
        rf"(?:(?:for|of|about|on|in|at) (?:each|every|an?) (?P<of>{WORD}(?: {WORD})?),? (?:we|i|people|you|they)\b|"
        rf"(?:we|i|they) {WORD}(?: down)? for (?:each|every|an?) (?P<noted>{WORD})\b|"
        rf"(?:an?|each|every|the|our) (?P<who>{WORD}(?: {WORD})?) (?:has|is|comes|lies|stands|gets|belongs|takes)\b|"
        rf"(?:(?:all|our|the) )?(?P<many>{WORD}s) (?:have|are|come|lie|get|belong|take)\b)",
        last_clause(text[:at]),
        re.IGNORECASE,
    )
    noun = next((word for word in found.groups() if word), "") if found else ""
    return one(noun) if noun else ""


def is_listed(found: re.Match[str], text: str) -> bool:
    """Tell whether what was found is one of the facts that something has."""
    before = re.split(r"[.;!?\n]", text[: found.start("joint")])[-1] + found["joint"]
    told = re.search(r"\b(?:has|have|having|with|needs?)\b(?P<rest>[^:]*)$", before, re.IGNORECASE)
    return told is not None and not re.search(
        r"\b(?:can|may|must|should|cannot|can't|if|when|unless|until|nobody|never|not|than)\b|"
        r"\b(?:who|that|which) (?:has|have)\b",
        before,
        re.IGNORECASE,
    )


def is_told(noun: str, text: str) -> bool:
    """Tell whether a text tells of a thing or of people, besides counting them once."""
    return noun in spoken_of(text) or len(re.findall(rf"\b{re.escape(noun)}", text, re.IGNORECASE)) > 1


def has_facts(noun: str, text: str) -> bool:
    """Tell whether a text says of a thing what it has or belongs to: such a thing is more than a number."""
    name = re.escape(noun)
    told = (
        rf"\b(?:(?:an?|each|every) {name} (?:also )?(?:has|belongs|needs|gets)|"
        rf"{name}s (?:also )?(?:have|belong|with|need))\b"
    )
    return re.search(told, text, re.IGNORECASE) is not None


def limit_of(found: re.Match[str], text: str) -> str | None:
    """Return "at most 16 places" as a number of places with its limit, where these are no things of their own."""
    noun = one(found["many"])
    last = noun.split()[-1]
    if last in UNITS or not is_listed(found, text):
        return None
    limit = "at most" if re.match(MOST, found["limit"], re.IGNORECASE) else "at least"
    number = figure(found["number"])
    is_all = re.match(r"(?:has|have|having)\b", found["joint"], re.IGNORECASE) is not None
    if has_facts(noun, text) or (last not in PLACES and (is_all or is_told(noun, text))):
        return None
    plain = f"{found['joint']}a number of {found['many'].lower()} ({limit} {number})"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def is_kept_in(many: str, holder: str, text: str) -> bool:
    """Tell whether a text says of things that each is kept in one of their holder: "a costume hangs on one rack"."""
    if not holder:
        return False
    things = rf"(?:{re.escape(one(many))}|{re.escape(many)})"
    place = rf"(?:on|in|at|to) (?:an?|one|exactly one|the|its|some|each) {re.escape(holder)}\b"
    return re.search(rf"\b{things}\b[^.;!?]*\b{place}", text, re.IGNORECASE) is not None


def room_for(found: re.Match[str], text: str) -> str | None:
    """Return "room for 15 people" as how many places there are."""
    if not is_listed(found, text):
        return None
    number = figure(found["number"])
    holder = subject_before(text, found.end("joint"))
    if is_kept_in(found["many"], holder, text) and not re.match(
        r"(?:has|have|having|with)\b", found["joint"], re.IGNORECASE
    ):
        rest = f"{text[: found.start()]}{text[found.end() :]}"
        return added(rest, found.start(), f"There may be at most {number} {found['many'].lower()} per {holder}")
    plain = f"{found['joint']}a number of places (default {number})"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def parts_of(found: re.Match[str], text: str) -> str | None:
    """Return "ten to thirty stops with an address" as several stops with it, and how many as a rule of its own."""
    many = found["many"].lower()
    noun = one(many)
    is_few = found["range"].lower() in SMALL
    if is_few or noun.split()[-1] in UNITS or not has_plural(many) or not is_listed(found, text):
        return None
    facts = re.sub(r",? each$", "", found["facts"])
    plain = f"{found['joint']}several {many} with {facts}"
    rest = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    holder = subject_before(text, found.end("joint"))
    if not holder:
        return rest
    limit = re.match(rf"(?P<most>{MOST})|{LEAST}", found["range"], re.IGNORECASE)
    span = re.sub(r"^(?:between|from) (.+?) and ", r"\1 to ", found["range"].strip(), flags=re.IGNORECASE)
    rule = f"{a(holder).capitalize()} must have {span} {many}"
    if limit:
        rule = f"There {'may' if limit['most'] else 'must'} be {found['range'].strip()} {many} per {holder}"
    return added(rest, found.start() + len(plain), rule)


def gathered(found: re.Match[str], text: str) -> str | None:
    """Return "a programme of pieces with a composer" as several pieces with it."""
    if is_told(found["whole"].lower(), text) or singular(found["many"].lower().split()[-1]) in UNITS:
        return None
    return f"{text[: found.start()]}several {found['many']}{text[found.end() :]}"


def gathered_for(found: re.Match[str], text: str) -> str | None:
    """Return "for each concert we plan a programme of pieces with a composer" as several pieces that it has."""
    if is_told(found["whole"].lower(), text):
        return None
    plain = f"{found['begin']}Each {one(found['of'])} has several {found['many']}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def kept_for(found: re.Match[str], text: str) -> str:
    """Return "for each race we keep the runners, each with a club" as several runners that it has."""
    facts = f"{found['begin']}Each {one(found['of'])} has several {found['many']} with {found['facts']}"
    return f"{text[: found.start()]}{facts}{text[found.end() :]}"


def counted_only(found: re.Match[str], text: str) -> str | None:
    """Return "sings about six concerts a year" without how many there are, which only describes who tells it."""
    noun = singular(found["many"].lower().split()[-1])
    is_any = re.match(r"an? ", found["lead"], re.IGNORECASE) is not None
    is_few = found["number"].lower() in SMALL or re.search(r"\b(?:has|gets|takes) $", found["lead"]) is not None
    is_most = found["often"] and "up to" in (found["about"] or "").lower()
    if is_any and (is_most or (is_few and not found["about"])):
        return None
    is_exact = not found["about"] and not found["often"] and found["number"].lower() in SMALL
    if noun in (UNITS if found["often"] else UNITS | PLACES) or is_exact or SAYS_LIMIT.search(found["lead"]):
        return None
    return f"{text[: found.start()]}{found['begin']}{found['lead']}{found['many']}{text[found.end() :]}"


def places_of(found: re.Match[str], text: str) -> str | None:
    """Return "a course has 16 places" as how many places it has."""
    noun, number = singular(found["many"].lower()), figure(found["number"])
    is_fact = noun in PLACES and not is_told(noun, text) and is_listed(found, text)
    if not is_fact or number <= DECIMALS or is_person(subject_before(text, found.end("joint"))):
        return None
    plain = f"{found['joint']}a number of {found['many']} (default {number})"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


SAYS_LIMIT = regex(
    r"\b(?:at most|at least|only|cannot|can't|can|may|must|mustn't|should|shouldn't|never|not|will|won't)\b",
    re.IGNORECASE,
)
"""What shows that a number is a limit, and no remark."""
NOT_KEPT = (
    r"(?:with|of|for|in|on|at|by|from|to|and|or|is|are|was|can|may|must|should|needs?|wants?|about|around|roughly|some|"
    r"over|almost|nearly|allows?|accepts?|permits?|limits?|holds?|fits?|seats?|takes?|sleeps?|carr(?:y|ies)|admits?|"
    r"accommodates?)"
)
"""What is no verb of having things: a wish, a duty, what there is room for, or a word before a number."""
TURN = r"(?:year|month|week|season|day|term|weekend|summer|winter|spring|autumn)"
SMALL = word_set("one two three four five six seven eight nine ten 1 2 3 4 5 6 7 8 9 10")


def in_state(found: re.Match[str], text: str) -> str:
    """Return "at most two loans with status out" as "at most two loans that are out"."""
    return f"{text[: found.end('count')]} that are {text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (rf"(?P<count>\b(?:{MOST}|more than) {NUMERAL} {WORD}s?) (?:with|in) (?:the )?(?:status|state) ", in_state),
        (
            (
                rf"{JOINT}(?P<range>(?:(?:{MOST}|{LEAST}|about|around) )?{RANGE}) "
                rf"(?P<many>{MANY}),? with (?P<facts>[^.;:!?\n]+?){END}"
            ),
            parts_of,
        ),
        (rf"{JOINT}(?P<limit>{MOST}|{LEAST}) (?P<number>{NUMERAL}) (?P<many>{MANY}){PAUSE}", limit_of),
        (
            (
                rf"{JOINT}(?:room|space|place|seats) for (?:{MOST} |about |around )?(?P<number>{NUMERAL}) "
                rf"(?P<many>people|persons|guests|participants|{WORD}s){PAUSE}"
            ),
            room_for,
        ),
        (rf"{JOINT}(?P<number>{NUMERAL}) (?P<many>{WORD}s){PAUSE}", places_of),
        (
            (
                rf"{STATEMENT}for (?:each|every) (?P<of>{WORD}(?: {WORD})?),? (?:we|i|they|people) (?:then )?"
                r"(?:have|plan|make|keep|write|put together|need|draw up|hold|set up|choose|prepare) (?:an?|the) "
                rf"(?P<whole>{GATHERED}) of {ABOUT}(?:{RANGE} )?(?P<many>{MANY})(?=,? with\b)"
            ),
            gathered_for,
        ),
        (
            (
                rf"{STATEMENT}for (?:each|every) (?P<of>{WORD}(?: {WORD})?),? (?:we|i) "
                r"(?:have|keep|note|record|list|write down|track|need) (?:the |all the |its |our )?"
                rf"(?P<many>{MANY}),? each with (?P<facts>[^.;:!?\n]+?){END}"
            ),
            kept_for,
        ),
        (rf"\b(?:an?|the|its|their) (?P<whole>{GATHERED}) of (?P<many>{MANY})(?=,? with\b)", gathered),
        (
            (
                rf"\b(?:an?|the|its|their) (?P<whole>{GATHERED}|group|team) of {ABOUT}{RANGE} (?P<many>{MANY})"
                r"(?=,? with\b)"
            ),
            gathered,
        ),
        (
            (
                rf"{STATEMENT}(?P<lead>(?:we|i|our {WORD}(?: {WORD})?|(?:an?|the|my|this) {WORD}(?: {WORD})?) "
                rf"(?!{NOT_KEPT}\b)(?:also |now |currently )?[a-z']+ (?:on |out |in )?)"
                rf"(?P<about>{ABOUT})(?P<number>{NUMERAL}) (?:different )?(?P<many>(?:{WORD} )?{MANY})"
                rf"(?P<often> (?:an?|per|each|every) {TURN})?"
                r"(?=\s*(?:[,.;!?\n]|$|and\b|with\b|in\b|at\b|for\b))"
            ),
            counted_only,
        ),
    )
)
"""Ways of telling how many there are, and what says them plainly."""


def in_plain_counts(text: str) -> str:
    """Return a text with how many there are of something said as numbers, several of a kind, and rules."""
    return rewritten(text, WAYS)
