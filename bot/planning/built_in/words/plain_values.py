"""Says plainly the values that people tell in everyday words: "ends in a win or a draw", "lasts 45 or 90 minutes".

What a thing is like is said as a fact that it has, with its values in brackets where there are some.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.choice_phrases import CHOICES_LISTED, is_value
from bot.planning.built_in.words.rewriting import (
    CLAUSE,
    END,
    LONGEST,
    NOUN,
    NUMBER,
    PAUSE,
    Ways,
    added,
    has,
    rewritten,
    topic,
)
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["in_plain_values"]

WORD = r"(?!(?:or|and|if|when|for|with)\b)[a-z0-9][\w'-]*"
VALUE = rf"(?:(?:an?|the) )?{WORD}(?: {WORD}){{0,2}}"
VALUES = rf"(?P<values>{VALUE}(?:, {VALUE})*,? or {VALUE})"
FACTS_BEFORE = regex(
    r"\b(?:has|with|having|stores?|notes?|records?|say|whether|contains?|includes?)\b|"
    r"(?<!we )(?<!i )\bhave\b|:[^,]*,",
    re.IGNORECASE,
)
"""Words before brackets that make their noun a fact of something, and no thing."""
FACT_NAMES = rf"(?:{CHOICES_LISTED}|colou?r|material|genre|brand|make|plate|model|age|breed)"
"""What is no value, but the name of a fact."""
DEED = (
    r"(?:subscribes? to|books?|orders?|reserves?|hires?|rents?|buys?|requests?|attends?|joins?|sells?|borrows?|uses?)"
)
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SCORE = regex(r"^(\d)\s*[-:]\s*(\d)$")
MOMENT = regex(
    r"^(?:at|on|by|before|after|within|early|late|as soon|in (?:an?|the) (?:morning|evening)|\d)", re.IGNORECASE
)
OUTCOMES = {"pass": "passed", "fail": "failed", "repeat": "to repeat", "win": "won", "lose": "lost", "draw": "drawn"}
"""What somebody does with a test or a match, and how it came out then."""
SIZES = frozenset(
    {"small", "medium", "large", "big", "little", "extra large", "xl", "xs", "tiny", "huge", "s", "m", "l"}
)
HALTED = {
    "pause": "paused", "freeze": "frozen", "suspend": "suspended", "hide": "hidden", "mute": "muted",
    "interrupt": "interrupted", "deactivate": "deactivated",
}  # fmt: skip
"""What people do with something of theirs that then rests."""


def value_of(value: str) -> str:
    """Return one value in words: a score has none of its own ("1-0" is "one zero")."""
    bare = re.sub(r"^(?:an?|the) ", "", value.strip(), flags=re.IGNORECASE)
    score = SCORE.match(bare)
    return f"{DIGITS[int(score[1])]} {DIGITS[int(score[2])]}" if score else bare


def values_in(text: str) -> list[str]:
    """Return the values of a list with commas and "or"."""
    return [value_of(one) for one in re.split(r",\s*(?:or\s+)?|\s+or\s+", text) if one.strip()]


def listed(values: list[str]) -> str:
    """Return values in brackets as readers know them."""
    return f"({', '.join(values[:-1])} or {values[-1]})"


def result_of(found: re.Match[str], text: str) -> str | None:
    """Return how something ends as its result: "a game ends 1-0, 0-1 or a draw"."""
    if MOMENT.match(found["values"]) and not SCORE.match(found["values"].split(",")[0].split(" or ")[0]):
        return None
    values, is_one = values_in(found["values"]), re.match(r"ends|finishes|turns", found["verb"], re.IGNORECASE)
    if len(values) == 2 and values[1] in {"not", f"not {values[0]}"}:
        who = f"{found['who']}{has(found['who'].strip())}" if found["who"] else "has"
        return f"{text[: found.start()]}{found['begin']}{who} whether it is {values[0]}{text[found.end() :]}"
    if any(re.match(r"not?\b(?=.)", one) for one in values):
        return None
    who = found["who"] or ""
    verb = has(who.strip()) if who else "has" if is_one else "have"
    plain = f"{found['begin']}{who}{verb} an optional result {listed(values)}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def kind_of(found: re.Match[str], text: str) -> str | None:
    """Return the kinds in brackets behind a thing as a fact of it: "clients book shoots (wedding or portrait)"."""
    before = re.split(r"[.;!?\n]", text[: found.start()])[-1]
    if FACTS_BEFORE.search(before):
        return None
    values = [singular(one.lower()) for one in values_in(found["values"])]
    if not all(is_value(one) and not re.fullmatch(FACT_NAMES, one) for one in values):
        return None
    noun = singular(found["noun"].lower())
    plain = f"{text[: found.start()]}{found['before'] or ''}{found['noun']}{text[found.end() :]}"
    return added(plain, found.start() + len(found["noun"]), f"{a(noun).capitalize()} has a kind {listed(values)}")


def booked_of(found: re.Match[str], text: str) -> str:
    """Return what is booked at a place on a day as a record of whoever books it: it has them, and its kinds."""
    thing, who = singular(found["thing"].lower()), singular(found["who"].lower())
    kind = f"a kind {listed(values_in(found['values']))}, " if found["values"] else ""
    facts = f"{kind}a {found['place'].lower()} and a {found['day'].lower()}"
    plain = f"{found['begin']}{a(thing).capitalize()} belongs to {a(who)}. {a(thing).capitalize()} has {facts}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def one_kind_of(found: re.Match[str], text: str) -> str:
    """Return "a subscription to one kind of box (small or large)" as a thing of its owner that has this kind."""
    thing, what = found["thing"].lower(), found["what"].lower()
    who = singular(re.sub(r"^(?:an?|each|every|the) ", "", found["who"].lower()))
    values = values_in(found["values"])
    sort = "size" if {one.lower() for one in values} <= SIZES else "kind"
    of = f"{a(thing).capitalize()} belongs to {a(who)}. {a(thing).capitalize()} has a {singular(what)} {sort}"
    facts = f"{found['who']} {found['have']} {found['facts']}. " if found["facts"] else ""
    plain = f"{found['begin']}{facts}{of} {listed(values)}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def halted_of(found: re.Match[str], text: str) -> str:
    """Return "customers can pause their subscription" as whether it is paused."""
    thing, who = singular(found["thing"].lower()), singular(found["who"].lower())
    is_theirs = found["whose"].lower() in {"their", "his or her"}
    is_new = len(re.findall(rf"\b{thing}\b|\b{plural(thing)}\b", text, re.IGNORECASE)) < 2
    of = f"{a(thing).capitalize()} belongs to {a(who)}. " if is_theirs and is_new else ""
    plain = f"{found['begin']}{of}{a(thing).capitalize()} has whether it is {HALTED[found['verb'].lower()]}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def told_as(thing: str, text: str) -> str:
    """Return what else a text calls a thing by: "each score is a piece" tells that pieces are scores."""
    same = re.search(rf"\b(?:an?|each|every) (?P<noun>[a-z-]+) is an? {thing}\b", text, re.IGNORECASE)
    return same["noun"].lower() if same else thing


def kinds_for(found: re.Match[str], text: str) -> str:
    """Return "some pieces are for mixed choir, others for men or women only" as the kind of a piece."""
    only = re.search(r"\s+only$", found["values"])
    thing = told_as(singular(found["thing"].lower()), text)
    others = values_in(found["values"][: only.start()] if only else found["values"])
    others = [f"{one} only" if only else one for one in others]
    plain = f"{found['begin']}{a(thing).capitalize()} has a kind {listed([value_of(found['first']), *others])}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def kinds_of(found: re.Match[str], text: str) -> str | None:
    """Return "courses are for children, adults or families" as the kind of a course."""
    values = values_in(found["values"])
    if re.search(r"\b(?:an?|the|one) ", found["values"], re.IGNORECASE):
        return None
    plain = f"{found['begin']}{found['who']} {has(found['who'])} a kind {listed(values)}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def some_are(found: re.Match[str], text: str) -> str | None:
    """Return "some are on display, others in boxes" as what each of what was told of is."""
    before = text[: found.start() + len(found["begin"])]
    thing = singular((found["thing"] or "").strip().lower()) or topic(before)
    if not thing:
        return None
    others = values_in(found["values"])
    plain = (
        f"{found['begin']}{a(thing).capitalize()} is either {', '.join([found['first'], *others[:-1]])} or {others[-1]}"
    )
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def venue_of(found: re.Match[str], text: str) -> str:
    """Return "takes place at my home or online" as a place with two values."""
    verb = "has" if found["verb"].lower().startswith("takes") else "have"
    values = [re.sub(r"^(?:at|in|on) |\b(?:my|our|their|the) ", "", found[one]) for one in ("one", "other")]
    return f"{text[: found.start()]}{verb} a place {listed(values)}{text[found.end() :]}"


def outcome_of(found: re.Match[str], text: str) -> str:
    """Return "students pass or fail their exams" as an exam of a student with a result."""
    thing, who = singular(found["thing"].lower()), singular(found["who"].lower())
    values = [OUTCOMES[one] for one in re.findall(r"[a-z]+", found["verbs"].lower()) if one in OUTCOMES]
    is_theirs = found["whose"].lower() in {"their", "his or her"} and values[0] == "passed"
    record, fact = (thing, "a result") if is_theirs else (f"{thing} result", "an outcome")
    told = [f"{a(record).capitalize()} belongs to {a(one)}" for one in ((who,) if is_theirs else (who, thing))]
    plain = f"{found['begin']}{'. '.join(told)}. {a(record).capitalize()} has {fact} {listed(values)}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def place_of(found: re.Match[str], text: str) -> str | None:
    """Return "can be in the garage" as whether it is there, where no garages are spoken of."""
    noun = found["noun"].lower()
    if re.search(rf"\b(?:an?|each|every|which) {noun}\b|\b{plural(noun)}\b", text, re.IGNORECASE):
        return None
    verb = "have" if found["verb"].lower() == "can" and has(found["who"] or "a") == "have" else "has"
    plain = f"{found['begin']}{found['who'] or ''}{verb} whether it is {found['joint']} the {noun}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def places_of(found: re.Match[str], text: str) -> str:
    """Return "may be on display in a room or in storage" as a status, and the room where there may be one."""
    who = found["who"] or ""
    it = "They are" if who and has(who.strip()) == "have" else "It is"
    one = found["one"] or re.sub(r"\b(?:an?|the) ", "", found["where"])
    other = re.sub(r"\bthe ", "", found["other"])
    plain = f"{found['begin']}{who}may be {found['where']}. {it} {one} or {other}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


SOME_OF_THEM = regex(rf"(?:there are|we have|we've got) (?:{NUMBER} |several |many |some )?", re.IGNORECASE)
"""What says no more than that there are some."""


def theme_of(found: re.Match[str], text: str) -> str:
    """Return "three rooms with different themes" as a theme that each room has."""
    noun, fact = singular(found["noun"].lower()), singular(found["fact"].lower())
    lead = "" if SOME_OF_THEM.fullmatch(found["lead"]) else f"{found['lead']}{found['noun']}. "
    plain = f"{found['begin']}{lead}{a(noun).capitalize()} has {a(fact)}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{CLAUSE}(?P<who>(?:(?:an?|the|each|every) {NOUN}?|[a-z-]+s|it) )?(?:can |may |always |either )?"
                rf"(?P<verb>ends?|finish(?:es)?|turns? out)(?: either)?(?: in| as| with)? {VALUES}{END}"
            ),
            result_of,
        ),
        (
            (
                rf"{CLAUSE}(?P<who>[a-z-]+s) (?:can |may )?(?:book|order|request|reserve) (?P<thing>[a-z-]+s)"
                rf"(?: \({VALUES}\))? (?:at|in) an? (?P<place>place|location|venue|address) on an? (?P<day>day|date)"
                rf"{PAUSE}"
            ),
            booked_of,
        ),
        (rf"(?P<before>)\b(?P<noun>[a-z-]+s) \((?:either )?{VALUES}\)", kind_of),
        (rf"(?P<before>\b{DEED} an? )(?P<noun>[a-z-]+) \((?:either )?{VALUES}\)", kind_of),
        (
            (
                rf"{CLAUSE}(?P<who>(?:(?:an?|each|every|the) )?[a-z-]+) (?P<have>has|have) "
                r"(?:(?P<facts>[^.;!?\n()]+?),? and )?an? (?P<thing>[a-z-]+) (?:to|for|of|with) (?:exactly )?one "
                r"(?:kind|type|sort|size) of (?P<what>[a-z-]+) "
                rf"\((?P<values>{VALUE}(?:, {VALUE})*(?:,? (?:or|and) {VALUE})?)\){END}"
            ),
            one_kind_of,
        ),
        (
            (
                rf"{CLAUSE}(?:(?:an?|the|our) )?(?P<who>[a-z-]+) (?:can|may) (?P<verb>{'|'.join(HALTED)}) "
                rf"(?P<whose>their|his or her|an?|the|its) (?P<thing>[a-z-]+)"
                rf"(?: (?:at any time|any time|(?:for|during|over) [a-z ]{{3,25}}))?{END}"
            ),
            halted_of,
        ),
        (
            (
                rf"{CLAUSE}some (?:of (?:the|our|these) )?(?P<thing>[a-z-]+s) are for (?P<first>{VALUE}),? "
                rf"(?:and |but |while )?(?:others|some|the others|the rest)(?: are)?(?: only)? for "
                rf"(?P<values>{VALUE}(?:, {VALUE})*(?:,? (?:or|and) {VALUE})?){END}"
            ),
            kinds_for,
        ),
        (
            rf"{CLAUSE}(?P<who>(?:(?:an?|each|every) )?{NOUN}) (?:is|are) (?:either )?for {VALUES}{END}",
            kinds_of,
        ),
        (
            (
                rf"{CLAUSE}some (?:of (?:them|these) )?(?P<thing>(?!of\b|are\b)[a-z-]+s )?are (?P<first>{VALUE}),? "
                r"(?:and |but |while )?(?:others|the others|the rest)(?: are)? "
                rf"(?P<values>{VALUE}(?:, {VALUE})*(?:,? (?:or|and) {VALUE})?){END}"
            ),
            some_are,
        ),
        (
            (
                r"\b(?P<verb>takes? place|happens?) (?:either )?(?P<one>(?:at|in) [a-z]+(?: [a-z]+)?) or "
                rf"(?P<other>(?:(?:at|in) )?[a-z]+(?: [a-z]+)?){END}"
            ),
            venue_of,
        ),
        (
            (
                rf"{CLAUSE}(?P<who>[a-z-]+s) (?:can |may )?(?:either )?"
                rf"(?P<verbs>(?:{'|'.join(OUTCOMES)})(?:, (?:{'|'.join(OUTCOMES)}))*,? or (?:{'|'.join(OUTCOMES)})) "
                rf"(?P<whose>their|his or her|an?|the|each|every) (?P<thing>[a-z-]+(?: [a-z-]+)?){END}"
            ),
            outcome_of,
        ),
        (
            (
                rf"{CLAUSE}(?P<who>(?:(?:an?|the|each|every) )?{NOUN} )?(?:(?:is|are|may be|can be|might be)"
                r"(?: kept| stored| parked)?|lies?|stands?|hangs?|sits?) "
                r"(?:either )?(?:(?P<one>(?:in|on|at|out|off|under) (?!an? )[a-z-]+) )?"
                rf"(?P<where>(?:in|at|on) an? [a-z-]+),? or (?:else )?"
                rf"(?P<other>(?:in|on|at|out|off|under) (?:the )?[a-z-]+|outside|outdoors|inside|elsewhere|abroad){END}"
            ),
            places_of,
        ),
        (
            (
                rf"{CLAUSE}(?P<who>(?:(?:an?|the|each|every) )?[a-z-]+ )?(?P<verb>can|may|might) "
                r"(?:also |sometimes )?be "
                rf"(?P<joint>in|at|on|under) the (?P<noun>[a-z-]+){PAUSE}"
            ),
            place_of,
        ),
        (
            (
                rf"{CLAUSE}(?P<lead>[^.;!?\n,]*?)\b(?P<noun>[a-z-]+s) with (?:different|various|their own|varying) "
                rf"(?P<fact>[a-z-]+s){END}"
            ),
            theme_of,
        ),
    )
)
"""Ways of speaking with one meaning only, and what says them plainly."""
GIVEN = (
    r"(?:an?|its own|their own) (?:[a-z-]+ )?(?:number|code|id|label|tag|barcode|reference|colou?r|rank|"
    r"grade|mark|score)"
    r"(?=\s*(?:[,.;!?\n]|$|and\b))"
)
"""What something is given for good: a number, a tag, a mark."""
PHRASES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (rf"\bget(?P<s>s?) (?={GIVEN})", lambda found: "has " if found["s"] else "have "),
        (
            (
                r"\b(?P<note>an? (?:short |optional )?"
                r"(?:note|comment|remark|hint|instruction|message|text|description))"
                r"(?: (?:saying|that says|telling|of|on))? (?:where|how|when|what|why|whom?|which) "
                r"(?:(?:to|we|they|it)\b)"
                r"(?: [a-z'-]+){1,4}" + PAUSE
            ),
            r"\g<note>",
        ),
        (rf"\bcost(?P<s>s?) something{END}", lambda found: f"{'has' if found['s'] else 'have'} a price"),
        (
            r"\b(?:last|take)(?P<s>s?) (?:some|a number of|so many|a few|several) (?P<unit>minutes|hours|days|weeks)\b",
            lambda found: (
                f"{'has' if found[0].split()[0].lower().endswith('s') else 'have'} a duration in {found['unit']}"
            ),
        ),
        (r"\bat the [a-z]+'s (?=(?:home|house)\b)", "at "),
        (
            r"(?<=, )who (?:does|is doing) (?:it|them)\b|(?<=and )who (?:does|is doing) (?:it|them)\b",
            "a person responsible",
        ),
        (r"\b(at the [a-z]+)'s(?=\s*(?:[,.;!?\n]|$|(?:or|and)\b))", r"\1"),
        (rf"{CLAUSE}(?:we|i) (?:buy and sell|sell and buy) (?=[a-z ]+s{END})", r"\g<begin>we keep "),
        (
            r"\b(starts?|begins?|departs?|leaves?) (?:at|in|from) an? (?P<stop>[a-z]+)"
            r",? and (?:ends?|finish(?:es)?|stops?|"
            r"arrives?) (?:at|in) (?:another|an?|a different)(?: (?P=stop)| one)" + PAUSE,
            lambda found: (
                f"{'has' if found[1].lower().endswith('s') else 'have'} a start {found['stop']} and an end "
                f"{found['stop']}"
            ),
        ),
        (
            r"\bthe time (?:that )?(?P<who>they|it|he|she|we|the [a-z]+|an? [a-z]+) (?:needed|needs?|took|takes?)\b",
            r"how long \g<who> took",
        ),
    )
)
"""Facts that people put in a roundabout way, and the words that readers know."""


def in_plain_values(text: str) -> str:
    """Return a text with what things are like said as facts that they have, with their values in brackets."""
    return text if len(text) > LONGEST else rewritten(phrased(text), WAYS)


def phrased(text: str) -> str:
    """Return a text with roundabout facts said in words that readers know."""
    for said, plain in PHRASES:
        text = said.sub(plain, text)
    return text
