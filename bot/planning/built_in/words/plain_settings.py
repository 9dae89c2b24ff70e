"""Takes off where it all is: "in our repair café visitors bring …", "patients of our practice get …".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only. A place that is a thing
too ("each hall has a name") stays.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.numerals import NUMERAL
from bot.planning.built_in.words.rewriting import SENTENCE, WORD, Ways, rewritten
from bot.planning.built_in.words.vocabulary import PLACES, a, singular, word_set

__all__ = ["in_plain_settings"]

HOUSES = PLACES | word_set(
    "association society firm business charity community cooperative collective agency startup band ensemble "
    "vineyard pool practice carpool federation foundation initiative centre center surgery department institute "
    "faculty parish congregation brewery winery smithy joinery makerspace hackspace refuge sanctuary playgroup "
    "theatre boathouse marina harbour home house neighbourhood neighborhood village town street block team brigade "
    "station orchard allotment garden stable yard shop salon parlour barracks hospice monastery factory plant canteen "
    "kitchen bar pub kiosk butchery dairy mill studio church hall group crew league cemetery graveyard churchyard "
    "building collection fleet cellar archive nursery greenhouse depot"
)
"""What people call the place or the group that they speak for."""
FAMILY = word_set(
    "family flat street block team house home kitchen garden hall group crew league plant bar pool band building"
)
"""What may be one of several too: only "our" one is a place."""
OUR = r"(?P<whose>our|my|the)"
NAMES = "|".join(sorted(HOUSES))
HOUSE = rf"(?:{WORD} ){{0,2}}?(?P<last>{NAMES})(?! (?:{NAMES})\b)\b"
EACH = rf"(?P<who>(?:each|every) (?:single )?(?!part|half|rest|middle|top|side){WORD}(?: {WORD}){{0,2}}?)"
HAVING = (
    r"(?= (?:(?:also |always )?(?:has|belongs|gets|needs|costs|lasts|comes)|"
    r"is (?:an?|in|on|at|of|either|owned|made|led|written|given|kept)|can be)\b)"
)
VERBLESS = r"(?:are|is|in|at|on|of|with|and|or|we|i|you)\b"
SUBJECT = (
    rf"(?:(?:an?|the|each|every|all|some|our|one|both|most|several|many|two|three) {WORD}|people\b|everybody\b|"
    rf"everyone\b|somebody\b|someone\b|anybody\b|anyone\b|nobody\b|staff\b|"
    rf"(?!{VERBLESS})[a-z]+s (?!(?:is|has|for|of)\b)"
    rf"(?:can |may |must )?[a-z]+|we (?!are\b)[a-z]+|"
    r"i (?!am\b)[a-z]+|there (?:are|is))"
)
MANY = r"(?!(?:this|its|his|always|perhaps|as|is|was|has|us|most|some|lots|dozens|hundreds)\b)[a-z-]+s|people"


def is_house(found: re.Match[str], text: str) -> bool:
    """Tell whether words are the place of whoever speaks, which is no thing that the text tells of elsewhere."""
    last = found["last"].lower()
    if found["whose"].lower() == "the" and last in FAMILY:
        return False
    others = f"{text[: found.start()]} {text[found.end() :]}"
    told = rf"\b(?:an?|each|every|one|which|several|many|all|any|its) (?:[a-z]+ )?{last}\b|\b{plural(last)}\b"
    return re.search(told, others, re.IGNORECASE) is None


def somewhere(found: re.Match[str], text: str) -> str | None:
    """Return "in our repair café visitors bring …" as what visitors do."""
    if not is_house(found, text):
        return None
    rest = re.sub(r"^there (?:are|is)\b", "we have", text[found.end() :], flags=re.IGNORECASE)
    return f"{text[: found.start()]}{found['begin']}{capital(rest)}"


def of_ours(found: re.Match[str], text: str) -> str | None:
    """Return "patients of our practice get …" as what patients do."""
    return f"{text[: found.end('who')]}{text[found.end() :]}" if is_house(found, text) else None


def ring_for(found: re.Match[str], text: str) -> str:
    """Return "we run a ring for about thirty farms in our valley" as the ring; farms that nothing else tells of."""
    is_told = re.search(rf"\b{singular(found['many'].lower())}", text[found.end() :], re.IGNORECASE) is not None
    kept = "" if is_told else f". We keep {found['many']}"
    return f"{text[: found.start()]}{found['begin']}{found['run']}{kept}{text[found.end() :]}"


def small_firm(found: re.Match[str], text: str) -> str | None:
    """Return "a small ferry line runs sailings between two islands" as what we run: who speaks is no thing."""
    firm = found["firm"].lower()
    later = re.search(rf"\b{firm.split()[-1]}\b", text[found.end() :], re.IGNORECASE)
    if is_person(firm) or later is not None:
        return None
    told = f"{found['begin']}We {found['verb'].removesuffix('s')} {found['many']}"
    return f"{text[: found.start()]}{told}{text[found.end() :]}"


def in_a_thing(found: re.Match[str], text: str) -> str | None:
    """Return "each room in the house has a name", where houses are told of, as rooms that belong to a house."""
    whole, others = found["whole"].lower(), f"{text[: found.start()]} {text[found.end() :]}"
    told = rf"(?:\b(?:an?|each|every) {whole}|(?:^|[.!?;:]\s+|\n\s*)(?:the |our |all )?{plural(whole)}) (?:has|have)\b"
    if not re.search(told, others, re.IGNORECASE):
        return None
    who, having = found["who"], text[found.end() :].lstrip()
    return f"{text[: found.start()]}{found['begin']}{who} belongs to {a(whole)}. {who} {having}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"(?P<begin>^|\n\s*)(?P<run>we (?:run|are|organi[sz]e|manage) an? (?:{WORD} )?{WORD}) (?:for|of) "
                rf"(?:about |around |some |roughly |over |nearly )?{NUMERAL} (?P<many>(?:{MANY}))"
                rf"(?: (?:in|from|around|near) (?:our|the) {WORD})?(?=\s*(?:[.!?\n]|$))"
            ),
            ring_for,
        ),
        (
            (
                rf"(?P<begin>^)(?:an?|our|the) "
                rf"(?:small|little|local|tiny|family|family-run|regional|private|young|new) "
                rf"(?P<firm>{WORD}(?: {WORD})?) (?P<verb>runs|offers|organises|organizes|sells|operates) "
                rf"(?P<many>(?:{WORD} )??(?:{MANY}))(?: between (?:two|three|four|several|the|some) {WORD}s)?"
                r"(?: (?:in|around) (?:our|the) [a-z]+)?(?=\s*(?:[.!?\n]|$))"
            ),
            small_firm,
        ),
        (rf"{SENTENCE}(?:here )?(?:in|at|for|on) {OUR} {HOUSE},? (?={SUBJECT}\b)", somewhere),
        (
            (
                rf"{SENTENCE}(?P<who>(?:(?:all|the|some|new) )?(?:{MANY})|(?:the|each|every|an?) "
                rf"(?!part|half|rest|middle|top|side){WORD}) (?:of|in|at|from) "
                rf"(?P<whose>our|my) {HOUSE}(?= (?!(?:is|are|was|were|in|at|of|on|for|with|which|that|who|and|or)\b)"
                r"(?:(?:can|may|must) )?[a-z]+\b)"
            ),
            of_ours,
        ),
        (rf"{SENTENCE}{EACH} (?:of|in|at|from|on) (?P<whose>our|my|the) {HOUSE}{HAVING}", of_ours),
        (rf"{SENTENCE}{EACH} (?:in|at) (?P<whose>our|my) (?:{WORD} )??(?P<last>{WORD}){HAVING}", of_ours),
        (rf"{SENTENCE}{EACH} (?:in|at|on) (?:the|an?|our) (?P<whole>{WORD}){HAVING}", in_a_thing),
    )
)
"""Ways of telling where it all is, and what says the rest of it."""


def in_plain_settings(text: str) -> str:
    """Return a text without the places of whoever speaks, where they stand before or behind who does something."""
    return rewritten(text, WAYS)
