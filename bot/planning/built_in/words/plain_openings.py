"""Says plainly how people begin: who speaks ("a small brewery makes batches"), what they keep, what it is called.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.rewriting import BEGIN, END, MANY, NAME, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import PLACES, a, singular, word_set

__all__ = ["KEEPS", "in_plain_openings"]

WORKS = r"(?:operate|service|handle|store|administer|monitor|breed|grow|restore|supervise)"
"""What people do with what they keep."""
KEEPS = (
    r"(?:rent out|rent|let|sell|keep|offer|own|have|manage|run|lend out|lend|look after|take care of|care for|maintain|"
    rf"track|keep track of|keep a list of|register|collect|organi[sz]e|{WORKS})"
)
KEEPS_THEM = (
    r"(?:has|offers|owns|rents out|lets|sells|keeps|manages|runs|lends out|looks after|takes care of|maintains|tracks|"
    rf"keeps track of|collects|organi[sz]es|{WORKS}s)"
)
PLAIN_KINDS = word_set("a an the same new first second this that such any our next free")
"""Words before a thing that name no kind of it."""
SIZED = r"(?:small|little|local|family|big|young|new|tiny)"
ONE_OF_ALL = regex(
    rf"an? (?!{SIZED} ){WORD}(?: {WORD})? (?:has|holds) (?:several|many|multiple|various)\b", re.IGNORECASE
)
"""One of several, each of which has many: "a choir has several singers" tells of no speaker."""
BUSINESSES = word_set("canteen brewery winery dairy butchery mill kitchen bar pub kiosk workshop nursery press")


def our_own(found: re.Match[str], text: str) -> str | None:
    """Return "a small brewery makes batches of beer", by which a text begins, as what its speaker keeps."""
    whose = found["whose"].lower().split()[-1]
    if ONE_OF_ALL.match(text) or re.search(
        rf"\b(?:an?|each|every|one) {whose}\b|\b{whose}s\b", text[found.end() :], re.IGNORECASE
    ):
        return None
    return f"We keep {found['many']}{text[found.end() :]}"


def headed(found: re.Match[str], text: str) -> str:
    """Return "a garden with tool shed: …" as the name of the whole, and what is told of it."""
    return f"{found['head'].capitalize()}: {text[found.end() :]}"


def wants_to_keep(found: re.Match[str], text: str) -> str:
    """Return "a community choir wants to plan concerts" as what its speaker keeps."""
    return replaced(found, text, f"We keep {found['many']}")


def shorter_name(found: re.Match[str], text: str) -> str | None:
    """Return "we rent out holiday flats" as flats, where they are called so from there on."""
    noun = found["noun"].lower()
    rest = text[found.end() :]
    is_short = re.search(rf"\b(?:an?|the|each|every) {singular(noun)}\b", rest, re.IGNORECASE) is not None
    kinds = re.findall(rf"\b({WORD}) (?:{singular(noun)}|{noun})\b", rest, re.IGNORECASE)
    is_long = any(kind.lower() not in PLAIN_KINDS for kind in kinds)
    return f"{text[: found.start('kind')]}{text[found.start('noun') :]}" if is_short and not is_long else None


def kept(found: re.Match[str], text: str) -> str | None:
    """Return "we operate stations" as what its speaker keeps, where each of them is described."""
    each = re.search(rf"\b(?:an?|each|every) {singular(found['many'].lower())}\b", text[found.end() :], re.IGNORECASE)
    return replaced(found, text, f"We keep {found['many']}") if each else None


def hired_from_us(found: re.Match[str], text: str) -> str:
    """Return "our village has a hall that clubs and families can hire" as halls, and who hires them."""
    what = found["what"].lower()
    who = capital(found["who"])
    return f"{found['begin']}We keep {plural(what)}. {who} can {found['verb']} {a(what)}{text[found.end() :]}"


def told_of_whole(found: re.Match[str], text: str) -> str:
    """Return "a recycling centre: citizens bring waste" with the name of the whole as no thing."""
    rest = text[found.end() :]
    return f"We run {a(found['head'].lower())}. {capital(rest)}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"^(?:an?|the|our) (?P<whose>{SIZED} {NAME}|"
                rf"(?:{WORD} )?(?:{'|'.join(sorted(PLACES | BUSINESSES))})) "
                r"(?:makes|brews|produces|bakes|sells|offers|has|rents out|repairs|grows|builds|"
                rf"plans|organi[sz]es|runs|holds) (?P<many>{MANY})"
                rf"(?: of {WORD})?(?= \(|\s*(?:[.;!?\n]|$))"
            ),
            our_own,
        ),
        (rf"^(?:an?|our|the) (?P<head>{NAME}) with (?:an? |our )?{NAME}: (?=[a-z])", headed),
        (
            (
                rf"{BEGIN}(?:an?|our|the) (?:{WORD} )?{WORD} (?:wants|needs|would like) to "
                rf"(?:plan|manage|organi[sz]e|keep|track|keep track of|schedule|record) (?:its |their |our )?"
                rf"(?P<many>{WORD}s){END}"
            ),
            wants_to_keep,
        ),
        (
            (
                rf"{BEGIN}(?:(?:we|i) (?:want to |need to |must |would like to )?{KEEPS}|our {WORD} "
                rf"(?:{KEEPS}|{KEEPS_THEM})) "
                rf"(?:all |the |our |all our |several |many |some |\d+ )?(?P<kind>{WORD}(?: {WORD})?) (?P<noun>{WORD}s)"
                rf"(?P<where> (?:on|in|at|for|across|near|around|from|all over) [^.,;!?\n]+)?"
                r"(?=\s*(?:[.;:!?\n]|$)|,? and (?:each|every)\b|, (?:each|every)\b)"
            ),
            shorter_name,
        ),
        (rf"{BEGIN}(?:we|our {WORD}) {WORKS}s? (?:all |the |our )?(?P<many>(?:{WORD} )?{WORD}s){END}", kept),
        (
            (
                rf"^(?P<begin>)our {WORD} has an? (?P<what>{WORD}) (?:that|which) "
                rf"(?P<who>{WORD}s(?:(?:,| and|, and) {WORD}s)*) (?:can|may) "
                rf"(?P<verb>hire|rent|book|use|borrow|reserve){END}"
            ),
            hired_from_us,
        ),
        (
            (
                rf"^(?:an?|our|the) (?P<head>{NAME}): (?=(?:we|people|{WORD}s) (?:can |may )?(?:bring|buy|book|order|"
                r"borrow|rent|hire|pay|sign|come|take|send|give|keep|plan|note|log|organi[sz]e|sell|offer|report|reserve|"
                r"register|donate|play|train|teach|learn|visit|work|write|make|get)\b)"
            ),
            told_of_whole,
        ),
    )
)
"""Ways of beginning, and what says them plainly."""


def in_plain_openings(text: str) -> str:
    """Return a text with how it begins said plainly."""
    return rewritten(text, WAYS)
