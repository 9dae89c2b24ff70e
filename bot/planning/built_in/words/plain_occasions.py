"""Says plainly what is kept on an occasion: "after the game the master records …", "when one comes back, she writes …".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import NOUN_OF, gerund_of, is_noun_of, is_person, noun_of, spoken_of
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.later_facts import USED as BOOKED_FOR
from bot.planning.built_in.words.rewriting import END, Ways, rewritten
from bot.planning.built_in.words.vocabulary import a, base_verb, is_verb_form, singular, words_of

__all__ = ["in_plain_occasions"]

BEGIN = r"(?P<begin>^|[.!?;:]\s+|,\s+(?:and\s+|but\s+)?|\s+and\s+|\n\s*)"
WORD = (
    r"(?!(?:we|they|it|i|you|he|she|people|which|that|who|some|other|others|one|ones|in|off|for|with|from|of|at|on|by|"
    r"is|are|has|have|was|were|and|or|no|not|can|may|to|what|when|where|how|all|each|every|per|if|whether|then|so|"
    r"our|the|an?|this|these|back|out|their|his|her|its|again|after|before|there|nobody)\b)[a-z][a-z-]+"
)
NOUN = rf"{WORD}(?: {WORD}){{0,2}}?"
THE = r"(?:an?|the|our|each|every|any|some|one of (?:the|our))"
ADVERB = r"(?:(?:then|also|always|usually|must|should|has to|have to|will|can|immediately|quickly|later) )*"
NOTES = (
    r"(?:(?:notes?|jots?)(?: down)?|writes? down|writes?(?= (?:the|what|how|whether|which|who|where|why)\b)|records?|"
    r"logs?|enters?|registers?|documents?|captures?|keeps? track of|"
    r"measures and records|fills? in|marks?)"
)
WRITES = (
    r"(?:writes?|files?|fills? (?:in|out)|creates?|draws? up|opens?|makes?|records?|registers?|logs?|issues?|prepares?|"
    r"adds?|enters?|submits?|raises?|hands? in|completes?|signs?|takes?)"
)
WRITTEN = (
    r"(?:written|filed|filled (?:in|out)|created|drawn up|opened|made|recorded|registered|logged|issued|prepared|added|"
    r"entered|submitted|raised|completed|signed|taken)"
)
FACT_HEAD = regex(
    r"(?:the|an?|its|their|his|her|where|what|whether|when|why|who|which|"
    r"how (?:many|much|long|often|far|heavy|old|well))\s",
    re.IGNORECASE,
)
"""What a list of facts begins with."""
USED = BOOKED_FOR | {"return"}
"""What something is booked or lent for: the record is the booking, unless there is one of that name."""
DEED = regex(
    r"\b(?P<verb>book|reserve|rent|borrow|hire|order)s?\s+(?:an?|the|one of|our|several|some|[a-z]+s\b)", re.IGNORECASE
)
BACK = r"(?:comes? back|returns|is (?:returned|brought back|given back|handed back)|gets back)"
HAPPENS = {
    "fails": "failure", "breaks": "breakdown", "crashes": "crash", "complains": "complaint", "falls": "fall",
    "escapes": "escape", "stops": "stop", "leaks": "leak", "visits": "visit", "donates": "donation",
}  # fmt: skip
"""What something that happens again and again is called."""
DOERS = frozenset({("donor", "donation"), ("diver", "dive"), ("driver", "drive"), ("patient", "treatment")})
"""Whose deed is called what, where the words don't show it."""
MOMENT = (
    r"(?:an?|the|some)(?: (?:certain|given|specific|start|starting|end|fixed|return|pick-up))? "
    r"(?:date and time|day|date|time)"
)
MOMENTS = rf"{MOMENT}(?:(?:,| and|, and) {MOMENT}){{0,2}}"
IS_MOMENT = regex(r"\b(?:date|day|time|moment|hour|slot|period|number|address|name)$", re.IGNORECASE)
STATE = r"(?!(?:from|to)\b)[a-z][a-z-]*(?: (?!(?:from|to)\b)[a-z][a-z-]*){0,2}"
ELSE = r"(?:no|nobody|only|we|they|it|each|every|after|when|once|if|then|the)"
TOLD = regex(
    rf"(?:(?:^|[.;:!?\n]\s*|,\s+and\s+)(?:an?|each|every|our|the)\s+(?P<noun>{WORD}(?: {WORD})?)\s+"
    r"(?:has|have|is|are|belongs?|says?|states?|gets?|moves?|goes|tells|describes?|consists?|needs?|can|may|must|"
    r"lasts?|costs?|names?|contains?|includes?)\b)",
    re.IGNORECASE,
)
"""A clause that tells something of one thing."""
ORDERS = r"(?:order|job|ticket|request|case|task|commission|booking|appointment|slip|report)"


def replaced(found: re.Match[str], text: str, *said: str) -> str:
    """Return a text with sentences of their own in the place of a clause."""
    begin = found["begin"] if re.fullmatch(r"|[.!?;:]\s+|\n\s*", found["begin"]) else ". "
    begin = begin.replace(";", ".")
    return f"{text[: found.start()]}{begin}{'. '.join(said)}{text[found.end() :]}"


def is_told(noun: str, others: str) -> bool:
    """Tell whether a text names a noun."""
    return re.search(rf"\b{re.escape(noun)}(?:e?s)?\b", others, re.IGNORECASE) is not None


def told_before(text: str) -> str:
    """Return the thing, no person, that a text told something of last; or nothing."""
    things = [singular(one["noun"].lower()) for one in TOLD.finditer(text)]
    things = [thing for thing in things if not is_person(thing) and not is_verb_form(thing.split()[0])]
    return things[-1] if things else ""


def deed_before(text: str) -> str:
    """Return what the record of the deed is called that a text tells of: "groups book a room" is a booking."""
    made = re.findall(r"\beach (booking|reservation|rental|loan|hire|order) belongs to\b", text, re.IGNORECASE)
    if made:
        return str(made[-1]).lower()
    deeds = [noun_of(base_verb(one["verb"].lower()) or one["verb"].lower()) for one in DEED.finditer(text)]
    return deeds[-1] if deeds else ""


def by_whom(found: re.Match[str], text: str, record: str) -> list[str]:
    """Return that somebody who notes something is named by the record, unless a text told of them as its other end."""
    who = singular(found["who"].lower()) if found["who"] else ""
    others = f"{text[: found.start()]} {text[found.end() :]}"
    if not who or not is_person(who) or is_told(who, others):
        return []
    return [f"{capital(a(record))} may belong to {a(who)}"]


def whose_deed(record: str, text: str) -> list[str]:
    """Return that a donation belongs to a donor: to the only people told of that are called by what they do."""
    if re.search(rf"\b{record} (?:may )?belongs? to\b", text, re.IGNORECASE):
        return []
    people = dict.fromkeys(one for one in spoken_of(text) if is_person(one))
    doers = [one for one in people if is_noun_of(record, one) or (one, record) in DOERS]
    return [f"Each {record} belongs to {a(doers[0])}"] if len(doers) == 1 else []


def record_of(event: str, found: re.Match[str], text: str) -> str:
    """Return the record of an occasion: the booking before "after the game", where no game is told of elsewhere."""
    deed = deed_before(text[: found.start()])
    others = f"{text[: found.start()]} {text[found.end() :]}"
    return deed if deed and event.rsplit(maxsplit=1)[-1] in USED and not is_told(event, others) else event


def are_facts(said: str) -> bool:
    """Tell whether words are facts: "the cause", "a time and a place"; one thing alone, "a letter", is none."""
    alone = re.fullmatch(r"an? (?P<noun>[\w-]+(?: [\w-]+)?)", said, re.IGNORECASE)
    return bool(FACT_HEAD.match(said)) and (alone is None or bool(named_kind(words_of(alone["noun"].lower()))))


def noted_after(found: re.Match[str], text: str) -> str | None:
    """Return "after each donation the nurse notes the value" as facts of a donation, with who noted them."""
    event, facts = singular(found["event"].lower()), found["facts"].strip()
    others = f"{text[: found.start()]} {text[found.end() :]}"
    who = singular((found["who"] or "").lower())
    is_read_later = not re.search(" ", who) and (not who or is_told(who, others))
    if is_read_later or not is_person(who) or not are_facts(facts) or is_person(event) or IS_MOMENT.search(event):
        return None
    record = record_of(event, found, text)
    told = whose_deed(record, others), by_whom(found, text, record)
    return replaced(found, text, *told[0], *told[1], f"{capital(a(record))} has {facts}")


def noted_when(found: re.Match[str], text: str) -> str | None:
    """Return "when a turbine fails, the technician notes the cause" as facts of what happened to the turbine."""
    thing, facts, verb = singular(found["thing"].lower()), found["facts"].strip(), found["verb"].lower()
    if (found["who"] and not is_person(found["who"])) or not are_facts(facts):
        return None
    before, how = text[: found.start()], (found["how"] or "").strip().lower()
    if re.match(BACK, f"{verb} {how}".strip()):
        record = deed_before(before) or thing
    else:
        done = how.split(" ")[0]
        record = (gerund_of(done) if verb in {"is", "gets"} else "") or HAPPENS.get(verb, thing)
    if record == thing:
        return None if is_person(thing) else replaced(found, text, f"{capital(a(record))} has {facts}")
    told = [] if record == deed_before(before) else [f"Each {record} belongs to {a(thing)}"]
    return replaced(found, text, *told, *by_whom(found, text, record), f"{capital(a(record))} has {facts}")


def written_when(found: re.Match[str], text: str) -> str | None:
    """Return "when a costume comes back damaged, the assistant writes a report with …" as reports of a costume."""
    record, who = found["record"].lower(), (found["who"] or "").lower()
    thing, other = singular(found["thing"].lower()), singular((found.groupdict().get("other") or "").lower())
    thing = record_of(thing, found, text)
    is_known = bool(found["facts"]) or record in spoken_of(f"{text[: found.start()]}. {text[found.end() :]}")
    is_about = thing != record and not IS_MOMENT.search(record) and not is_person(record)
    if not is_known or not is_about or (who and not is_person(who)) or is_verb_form(thing.split()[0]):
        return None
    ends = dict.fromkeys(end for end in (thing, other, singular(who)) if end and end != record)
    named = [a(end) for end in ends]
    listed = f"{', '.join(named[:-1])} and {named[-1]}" if named[1:] else named[0]
    facts = [f"{capital(a(record))} has {found['facts'].strip()}"] if found["facts"] else []
    return replaced(found, text, f"Each {record} belongs to {listed}", *facts)


def which_has(found: re.Match[str], text: str) -> str | None:
    """Return "an appointment at a centre, which has an address" with what the centre has in a sentence of its own."""
    what = singular(found["what"].lower())
    if IS_MOMENT.search(what):
        return None
    return f"{text[: found.end('what')]}. {capital(a(what))} has {text[found.end() :]}"


def booked_with(found: re.Match[str], text: str) -> str | None:
    """Return "groups book a room for a date and a start time with a contact name" as bookings with all of these."""
    who, room = (singular(found[part].lower()) for part in ("who", "room"))
    record = NOUN_OF.get(base_verb(found["verb"].lower()) or found["verb"].lower().removesuffix("s"), "")
    if not record or who == room or IS_MOMENT.search(room):
        return None
    moments = re.sub(r"\b(?:the|some) ", "a ", found["moments"], flags=re.IGNORECASE)
    facts = f"{', '.join(re.split(r',? and |, ', moments))}, {found['facts']}"
    more = [""] if found["more"] else []
    told = f"Each {record} belongs to {a(who)} and {a(room)}", f"{capital(a(record))} has {facts}"
    return replaced(found, text, *told, *more)


def moves(found: re.Match[str], text: str) -> str | None:
    """Return "an order says what is wrong and moves from a to b to c" with its way in a sentence of its own."""
    thing = told_before(text[: found.start()])
    return replaced(found, text, f"{capital(a(thing))} {found['way']}") if thing else None


def used_listed(found: re.Match[str], text: str) -> str | None:
    """Return "the parts used are listed with quantity and price" as parts of what was told of last."""
    part, whole = singular(found["parts"].lower()), told_before(text[: found.start()])
    if not whole or part == whole or is_person(part):
        return None
    facts = re.sub(r"^(?:the|their|its) ", "", found["facts"].strip(), flags=re.IGNORECASE)
    name = "" if re.search(r"\b(?:name|title|description|number|article)\b", facts, re.IGNORECASE) else "a name, "
    return replaced(found, text, f"Each {part} belongs to {a(whole)}", f"{capital(a(part))} has {name}{facts}")


def brought_for(found: re.Match[str], text: str) -> str | None:
    """Return "customers bring in their bikes" with the repair order that each of them gets, where there is one."""
    what, rest = singular(found["what"].lower()), text[found.end() :]
    said = rf"\b(?:an?|each|every|the) (?P<order>{WORD} {ORDERS}) (?:has|says|is|gets|states)\b"
    order = re.search(said, rest, re.IGNORECASE)
    if not order or is_person(what) or re.search(rf"\b{order['order']} (?:belongs to|is for) ", text, re.IGNORECASE):
        return None
    start = found.end() + order.start()
    return f"{text[:start]}Each {order['order'].lower()} belongs to {a(what)}. {capital(text[start:])}"


def comes_in(found: re.Match[str], text: str) -> str:
    """Return "when we take a box in, we note …" as when the box comes in."""
    moved = f"{found['in']} comes in" if found["in"] else f"{found['out']} goes out"
    return f"{text[: found.start()]}{found['when']} {moved}, {text[found.end() :]}"


def taken(found: re.Match[str], _text: str) -> str:
    """Return "how much was taken in millilitres" as the amount taken in millilitres."""
    of = f" of {found['of']}" if found["of"] else ""
    return f"{_text[: found.start()]}the amount{of} {found['done']} in {found['unit']}{_text[found.end() :]}"


AT = r"(?:after|before|during|at the end of|at the beginning of|at|following) (?:the|each|every|an?)"
WHEN = r"(?:when|whenever|if|once|as soon as|each time|every time|any time|in case)"
HAPPENED = (
    rf"{WHEN} (?:an?|the|any|one of (?:the|our)|some) (?P<thing>{WORD}(?: {WORD})??) "
    r"(?P<verb>is|gets|has|was|[a-z]+s)(?P<how>(?: (?!with\b)[a-z-]+){0,6}?)"
)
SOMEBODY = rf"(?:we|i|someone|somebody|they|{THE} (?P<who>{NOUN}))"
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                r"\b(?P<when>when|whenever|once|as soon as|every time|each time) (?:we|i) "
                rf"(?:(?:take|bring|get) (?P<in>(?:an?|the) {WORD}) in|(?:hand|give|send|take) "
                rf"(?P<out>(?:an?|the) {WORD}) (?:out|away)),? (?=(?:we|i) {ADVERB}{NOTES} )"
            ),
            comes_in,
        ),
        (
            (
                r"\bhow much(?: (?P<of>[a-z]+))? (?:was|were|has been|is) "
                r"(?P<done>taken|used|given|collected|drawn|harvested|poured|produced|sold|consumed|delivered|applied|"
                r"added|removed|eaten|drunk|picked|filled|burnt|loaded) in (?P<unit>[a-z]+s|kg|ml|km|cm|kwh)\b"
            ),
            taken,
        ),
        (
            (
                rf"\b(?:at|in|on|to|from|by|for) (?:an?|one of (?:our|the)) (?P<what>{WORD}(?: {WORD})?), "
                r"(?:which|that|who) (?:has|have) (?=(?:an?|its|their|the) )"
            ),
            which_has,
        ),
        (
            (
                rf"{BEGIN}(?:an? |our |the |each )?(?P<who>{WORD}) (?:can |may )?(?P<verb>book|reserve|rent|hire)s? "
                rf"(?:an?|the|one of (?:our|the)) (?P<room>{WORD}(?: {WORD})?) (?:for|on|at) (?P<moments>{MOMENTS}),? "
                r"(?:with|giving|leaving|stating) (?P<facts>(?:an?|their|the) [^.;!?\n]+?)"
                rf"(?:(?P<more>,? (?:and|but) (?={ELSE}\b))|{END})"
            ),
            booked_with,
        ),
        (
            (
                rf"{BEGIN}{AT} (?P<thing>{NOUN}),? {SOMEBODY} {ADVERB}{WRITES} an? (?:short |new )?(?P<record>{NOUN}) "
                rf"(?:with|giving|stating|that has|which has) (?P<facts>[^.;!?\n]+?){END}"
            ),
            written_when,
        ),
        (
            (
                rf"{BEGIN}{AT} "
                rf"(?P<event>{NOUN}),? {SOMEBODY} {ADVERB}{NOTES} (?P<facts>[^.;!?\n]+?){END}"
            ),
            noted_after,
        ),
        (
            (
                rf"{BEGIN}{HAPPENED}(?: (?:an?|the|his|her|their) (?P<other>{WORD}))?, {SOMEBODY} {ADVERB}{WRITES} "
                rf"an? (?:short |new |little )?(?P<record>{NOUN})(?: (?:about|on|for|of|to) "
                rf"(?:it|this|that|them|him|her|the {WORD}))?(?:,? (?:with|giving|stating|that has|which has) "
                rf"(?P<facts>[^.;!?\n]+?))?{END}"
            ),
            written_when,
        ),
        (
            (
                rf"{BEGIN}{HAPPENED}(?: (?:an?|the|his|her|their) (?P<other>{WORD}))?, an? (?:short |new )?"
                rf"(?P<record>{NOUN}) (?:is|gets|must be|has to be|will be) {WRITTEN}(?: by {THE} (?P<who>{NOUN}))?"
                rf"(?:,? with (?P<facts>[^.;!?\n]+?))?{END}"
            ),
            written_when,
        ),
        (
            rf"{BEGIN}{HAPPENED},? {SOMEBODY} {ADVERB}{NOTES} (?P<facts>[^.;!?\n]+?){END}",
            noted_when,
        ),
        (
            (
                r"(?P<begin>,\s+(?:and\s+)?|\s+and\s+)(?:then )?"
                r"(?P<way>(?:moves|goes|passes|advances|progresses)(?: on)? from "
                rf"{STATE}(?:,? (?:and )?(?:then )?(?:on )?to {STATE}){{2,7}}){END}"
            ),
            moves,
        ),
        (
            (
                rf"{BEGIN}(?:all )?(?:the )?(?P<parts>(?:{WORD} )?{WORD}s) (?:(?:that|which) (?:are|were|was) )?"
                r"(?:used|needed|replaced|installed|consumed|ordered|sold|built in|required) (?:are|get|must be) "
                r"(?:listed|noted(?: down)?|recorded|written down|itemi[sz]ed|entered|put down|logged|added)"
                rf",? with (?P<facts>[^.;!?\n]+?){END}"
            ),
            used_listed,
        ),
        (
            (
                rf"{BEGIN}(?:people|{WORD}s) (?:can |may )?(?:bring|send|hand|drop off|leave|drop)(?: in| off| us)? "
                rf"(?:their|an?) (?P<what>{WORD})(?: in| to us| here| off)?(?=\s*(?:[,.;!?\n]|$|and\b))"
            ),
            brought_for,
        ),
    )
)
"""Ways of telling what is kept on an occasion, and what says them plainly."""


def in_plain_occasions(text: str) -> str:
    """Return a text with what is kept on occasions said in sentences of one fact each."""
    return rewritten(text, WAYS)
