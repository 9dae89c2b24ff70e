"""Says plainly what people tell of things that they look after: where each hangs, who checks it, who packs it for whom.

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.rewriting import END, Ways, put, rewritten
from bot.planning.built_in.words.vocabulary import a, is_verb_form, singular

__all__ = ["in_plain_upkeep"]

BEGIN = r"(?P<begin>^|[.!?;]\s+|,\s+and\s+|\n\s*)"
WORD = (
    r"(?!(?:we|they|it|i|you|he|she|people|which|that|who|some|other|others|one|ones|in|off|for|with|from|of|at|on|by|"
    r"is|are|has|have|and|or|no|not|can|may|to|what|when|where|how|all|each|every)\b)[a-z][a-z-]+"
)
NOUN = rf"{WORD}(?: {WORD}){{0,2}}?"
KEEPING = (
    r"(?:please |(?:we|i)(?: (?:need|want|have|would like|like) to|'d like to| must)? )?"
    r"(?:keep (?:track|a list|a record|records|lists) of|track|manage|look after|keep|register|maintain)"
)
KEPT = rf"{KEEPING} (?:all )?(?:(?:the|our|all) )?(?P<many>(?:{WORD} ){{0,2}}{WORD}s)"
KEPT_BEFORE = regex(rf"(?:^|[.!?]\s+|\n\s*){KEPT}(?: (?:in|on|at) [^.;!?\n]+)?[.!?]?\s*$", re.IGNORECASE)
SPOKEN_OF = regex(
    rf"(?:^|[.!?]\s+|\n\s*)(?:{KEPT}(?=\s*[.;!?\n]|\s*$| in )|"
    rf"each (?P<one>{WORD}(?: (?!belongs\b){WORD})?) (?:belongs|has) )",
    re.IGNORECASE,
)
HANGS = (
    r"(?:hangs|stands|lies|sits|lives|grows|"
    r"is (?:kept|stored|mounted|installed|parked|moored|placed|located|hung|fixed))"
)
NO_PLACE = (
    r"(?:state|number|kind|way|position|part|pair|group|set|lot|variety|series|range|couple|period|day|time|date|bit|"
    r"case|sort|hurry|fixed|certain|given|line)"
)
PACKS = r"(?:(?:pack|prepare|assemble|fill|wrap|cook|bake|sew|knit|build)s?|puts? together|makes? up)"
RESULT = r"(?:[a-z]+ed|ok|okay|good|bad|fine|faulty|positive|negative|clean|dirty|safe|unsafe|broken|defective)"


def each(noun: str) -> str:
    """Return "each" of a noun, at the begin of a sentence."""
    return f"Each {noun}"


def kept_in(found: re.Match[str], text: str) -> str | None:
    """Return "we keep track of the life jackets in our boats" as a life jacket of a boat, never as a "life"."""
    many, place = singular(found["many"].lower()), singular(found["places"].lower())
    if is_verb_form(many.split()[0]):
        return None
    is_told = re.search(rf"\b(?:in|on|at) an? [a-z-]+ (?:of|in) an? {place}\b", text, re.IGNORECASE)
    if is_told or re.search(rf"\beach (?:one|of them) {HANGS} (?:in|on|at) an? {place}\b", text, re.IGNORECASE):
        return put(found, text, f"We keep track of {found['many']}")
    return put(found, text, f"{each(many)} belongs to {a(place)}")


def each_one(found: re.Match[str], text: str) -> str | None:
    """Return "each one hangs …" with the name of what the sentence before it keeps."""
    before = KEPT_BEFORE.search(text[: found.start("it")])
    if before is None:
        return None
    return put(found, text, f"{each(singular(before['many'].lower()))} {found['verb']}")


def placed(found: re.Match[str], text: str) -> str:
    """Return "each lamp hangs in a room of a building, has …" as the room of a building that each names."""
    one, room = found["one"].lower(), found["room"].lower()
    told = [f"{each(room)} belongs to {a(found['of'].lower())}"] if found["of"] else []
    told.append(f"{each(one)} belongs to {a(room)}")
    if found["more"]:
        told.append(f"{each(one)} {found['more'].split()[-1]} ")
    return put(found, text, *told)


def several_placed(found: re.Match[str], text: str) -> str | None:
    """Return "beehives stand on a roof, have …" as the roof that each names."""
    one, room = singular(found["many"].lower()), found["room"].lower()
    if is_person(one) or is_verb_form(one.split()[0]):
        return None
    more = f"{each(one)} {'has' if found['more'].split()[-1].lower() == 'have' else 'is'} " if found["more"] else ""
    return put(found, text, f"{each(one)} belongs to {a(room)}", *filter(None, [more]))


def checked(found: re.Match[str], text: str) -> str | None:
    """Return "inspectors record every check with passed or failed" as checks with that result."""
    who, event = singular(re.sub(r"^an? ", "", found["who"].lower())), found["event"].lower()
    if not is_person(who):
        return None
    spoken = [singular((one["many"] or one["one"]).lower()) for one in SPOKEN_OF.finditer(text, 0, found.start())]
    whose = " and ".join(a(one) for one in (who, *[one for one in spoken[-1:] if one != event]))
    told = f"{each(event)} belongs to {whose}", f"{a(event).capitalize()} has a result: {found['result']}"
    more = [f"One {found['more']}"] if found["more"] else []
    return put(found, text, *told, *more)


def packed(found: re.Match[str], text: str) -> str | None:
    """Return "a volunteer packs a parcel for a household on a day" as a parcel of both, with its date."""
    who, what, whom = (singular(re.sub(r"^an? ", "", found[part].lower())) for part in ("who", "what", "whom"))
    if not is_person(who) or is_person(what) or len({who, what, whom}) < 3:
        return None
    told = [f"{each(what)} belongs to {a(who)} and {a(whom)}"]
    return put(found, text, *told, *([f"{a(what).capitalize()} has a date"] if found["day"] else []))


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                r"(?P<begin>\b(?:is|are) [a-z]+,? (?:and )?then [^.;\n]{0,80}?\b[a-z]+ (?:back|away|out|in|up)) "
                r"(?:in|into|to|onto) (?:the |our )?(?:stock|store|storage|shelf|shelves|warehouse|depot|cupboard|pool)"
                r"(?=\s*(?:[.;,!?\n]|$))"
            ),
            lambda found, text: f"{text[: found.end('begin')]}{text[found.end() :]}",
        ),
        (
            (
                rf",\s+and\s+(?P<begin>(?:an?|each|every) {NOUN} (?:gets|has|receives|takes|(?:can|may) (?:have|get)) "
                r"(?:at most|no more than|not more than|up to|only) [^.;,!?\n]+ (?:an?|per|each|every) "
                rf"(?:day|week|month|year|season)){END}"
            ),
            lambda found, text: f"{text[: found.start()]}. {capital(found['begin'])}{text[found.end() :]}",
        ),
        (
            rf"{BEGIN}(?P<it>each(?: one| of them)?|every one(?: of them)?) (?P<verb>has|needs|belongs|{HANGS})(?= )",
            each_one,
        ),
        (
            (
                rf"{BEGIN}{KEEPING} (?:all )?(?:the|our) (?P<many>{WORD} (?:{WORD} )?{WORD}s) (?:in|on|at) "
                rf"(?:all )?(?:our|the) (?P<places>{WORD}s){END}"
            ),
            kept_in,
        ),
        (
            (
                rf"{BEGIN}(?:each|every|an?) (?P<one>{NOUN}) {HANGS} (?:in|on|at) an? "
                rf"(?!(?:{WORD} )?{NO_PLACE}\b)(?P<room>{WORD}(?: {WORD})??)"
                rf"(?: (?:of|in) an? (?P<of>{WORD}))?(?:(?P<more>,? (?:and )?(?:has|is) )|{END})"
            ),
            placed,
        ),
        (
            (
                rf"{BEGIN}(?:(?:all|our|the|my|their|its|his|her) ){{0,2}}(?P<many>(?:{WORD} ){{0,2}}{WORD}s) "
                r"(?:hang|stand|lie|grow|are (?:kept|stored|mounted|installed|parked|moored)) (?:in|on|at) an? "
                rf"(?!(?:{WORD} )?{NO_PLACE}\b)(?P<room>{WORD}(?: {WORD})??)"
                rf"(?:(?P<more>,? (?:and )?(?:have|are) )|{END})"
            ),
            several_placed,
        ),
        (
            (
                rf"{BEGIN}(?P<who>{WORD}s|an? {NOUN}) (?:records?|logs?|notes?|writes? down|enters?|documents?) "
                rf"(?:every|each) (?P<event>{WORD}) (?:with|as) (?:either )?"
                rf"(?P<result>{RESULT}(?:, {RESULT})*,? or {RESULT})"
                rf"(?:,? and one (?P<more>(?:that|which) [^.;!?\n]+)|{END})"
            ),
            checked,
        ),
        (
            (
                rf"{BEGIN}(?P<who>an? {NOUN}|{WORD}s) {PACKS} (?P<what>an? {NOUN}|{WORD}s) for "
                rf"(?P<whom>an? {NOUN}|{WORD}s)"
                rf"(?P<day> (?:on|for) an? (?:given |certain |particular )?(?:day|date))?{END}"
            ),
            packed,
        ),
    )
)
"""Ways of telling of things that are looked after, and what says them plainly."""


def in_plain_upkeep(text: str) -> str:
    """Return a text with what it tells of places, checks and packing said in sentences of one fact each."""
    return rewritten(text, WAYS)
