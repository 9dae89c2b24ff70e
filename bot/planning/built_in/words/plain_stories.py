"""Says plainly what people tell of their things as a story: what is brought in, what is lent, what becomes of it.

A story goes on with "it", which is said by its name here; what a speaker takes back is left out.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, joined
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.rewriting import CLAUSE, END, LONGEST, Ways, rewritten, topic
from bot.planning.built_in.words.vocabulary import PLACES, a, singular, word_set

__all__ = ["DONE_TO", "HOUSES", "in_plain_stories"]

ONE = (
    r"(?!(?:we|they|it|i|you|he|she|people|which|that|who|some|other|in|off|along|back|to|for|with|from|of|at|on|up|by|"
    r"is|are|has|have|and|or|no|not|can|may)\b)[a-z][a-z-]+"
)
MANY = rf"(?:{ONE} )?{ONE}s"
WE_NOTE = r"we (?:then )?(?:write down|note(?: down)?|record|keep|take down|log|jot down|register|ask for)"
THEIR_OWN = regex(
    r"(?:,? and |, |^)(?:the|their|his or her) (?P<who>[a-z-]+)'s (?P<fact>[a-z-]+(?: [a-z-]+)?)(?=,| and |$)"
)
SAID = (
    (
        regex(r"\bwhat (?:kind of thing )?(?:it|they) (?:is|are)\b(?! (?:made|worth|called|for|about|in))"),
        "a description",
    ),
    (regex(r"\bwhat(?:'s| is) (?:wrong|broken|the matter|the problem)(?: with (?:it|them))?\b"), "a fault"),
)
"""What people write down of something, and what it is called."""
HOUSES = PLACES | word_set(
    "farm garden park school estate band orchestra team association society department stable brewery vineyard "
    "winery ranch orchard village town family firm business house centre center"
)
"""What somebody speaks of as "our …", and that is the whole, no thing in it."""
BACK = r"(?:forget|scratch|ignore|strike|skip|drop|cancel|never ?mind|disregard)"
WAIT = r"(?:oh|ah|hm+|um+|er+m*|uh|well|ok|okay|sorry|actually|wait|no|nope|hang on|hold on)"
CORRECTED = regex(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<gone>[^.!?\n…]{{4,160}}?)\s*(?:\.{{2,}}|…|[,;–—-]|[.!?])\s*"
    rf"(?:{WAIT}[\s,.!…-]+)+(?:please )?{BACK}(?:\s+(?:about )?(?:that|it|this|the last (?:bit|part|one|sentence)|"
    r"what i (?:just )?(?:said|wrote)))?(?:\s*[.!,;…–—-]+\s*)"
    r"(?:(?:instead|rather|what i (?:mean|want) is)[,:]?\s+)?(?=\S)",
    re.IGNORECASE,
)
"""A sentence that is taken back at once: "Track the beehives... no, forget that. We run a makerspace."."""
INSTEAD = regex(
    r"^(?P<gone>[^.!?\n…]{4,160}?)\s*(?:\.{2,}|…|[,;–—-]|[.!?])\s*"
    rf"(?:{WAIT}[\s,.!…-]+)+(?:let's|let us|we(?:'d| would) rather|rather|better) "
    r"(?:do|take|have|make it|use|go (?:for|with)|plan|track|keep)\s+(?=\S)",
    re.IGNORECASE,
)
"""A first sentence that another wish takes the place of: "We collect radios. No, wait, let's do cameras."."""
REWORDED = regex(
    r"\b(?P<gone>(?:an?|the|our|their|its) [a-z][\w-]*(?: [a-z][\w-]*)?)(?:\s*[,–—-]|\.{2,}|…)\s*"
    r"(?:(?:no|sorry|wait|oh|er|um|well|actually)[,\s]+)*(?:(?:no|sorry|wait)[,\s]+|i mean(?: to say)?[,\s]+|"
    r"or rather[,\s]+|make that )"
    r"(?=(?:an?|the|our|their|its) [a-z])",
    re.IGNORECASE,
)
"""A noun that is said again in better words: "a nickname, no wait, a username"."""


STRONG = (
    r"(?:(?:no|sorry|oh)[,\s]+)*(?:(?:no,? )?wait[,\s]+(?:no[,\s]+)?|i mean(?:t)?[,\s]+|or rather[,\s]+|sorry[,\s]+)"
)
SAID_AGAIN = regex(
    r"\b(?P<gone>(?P<joint>of|for|with|about) (?:(?:our|the|their|my|some) )?[a-z-]+s)"
    rf"(?:\s*[,–—-]|\.{{2,}}|…)\s*{STRONG}"
    r"(?=(?P=joint) )|"
    rf"\b(?P<many>[a-z-]+s)(?:\s*[,;–—-]|\.{{2,}}|…)\s*{STRONG}(?=[a-z-]+s\b)",
    re.IGNORECASE,
)
"""Several that are said again in better words: "of our boats, no wait, of our moorings"."""


def named(thing: str) -> str:
    """Return what people bring or leave by a name of its own: mere "things" are items."""
    noun = singular(re.sub(r"^(?:their|an?|some|all kinds of) ", "", thing.strip().lower()))
    return "item" if noun in {"thing", "stuff"} else noun


def brought_in(found: re.Match[str], text: str) -> str:
    """Return "visitors bring in broken things and we note …" as a thing of a visitor, with what is noted."""
    thing, who = named(found["what"]), singular(found["who"].lower())
    facts, own = found["facts"], []
    for fact in THEIR_OWN.finditer(facts):
        if singular(fact["who"].lower()) == who:
            own.append(a(fact["fact"]))
            facts = facts.replace(fact[0], "", 1)
    for said, plain in SAID:
        facts = said.sub(plain, facts)
    told = [f"{a(who).capitalize()} has {' and '.join(own)}"] if own else []
    told += [f"{a(thing).capitalize()} belongs to {a(who)}"] if who != "person" else []
    told += [f"{a(thing).capitalize()} has {facts.strip(' ,')}"] if facts.strip(" ,") else []
    return f"{text[: found.start()]}{found['begin']}{'. '.join(told)}{text[found.end() :]}"


def cared_for(found: re.Match[str], text: str) -> str | None:
    """Return "a volunteer takes care of it" as the volunteer whom each names."""
    thing = topic(text[: found.start() + len(found["begin"])])
    if not thing:
        return None
    plain = f"{found['begin']}{a(thing).capitalize()} belongs to {a(found['who'].lower())}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def becomes(found: re.Match[str], text: str) -> str:
    """Return "in the end it's either repaired or thrown away" as what the thing is that was told of."""
    named_one = re.sub(r"^the ", "", found["it"].lower()) if found["it"].lower().startswith("the ") else ""
    thing = named_one or topic(text[: found.start() + len(found["begin"])])
    who, be = (
        (a(thing).capitalize(), "is")
        if thing
        else (found["it"].capitalize(), "is" if found["it"].lower() == "it" else "are")
    )
    values = re.sub(r"\s+as (?:it|they) (?:is|are|was|were)\b", "", found["values"])
    return f"{text[: found.start()]}{found['begin']}{who} {be} either {values}{text[found.end() :]}"


def lent_out(found: re.Match[str], text: str) -> str | None:
    """Return "we lend wheelchairs and crutches to patients" as what is told of each of them."""
    things = [one.strip().lower() for one in re.split(r",\s*(?:and\s+)?|\s+and\s+", found["things"]) if one.strip()]
    who = found["who"].lower()
    is_rent = found["verb"].lower() in {"rent", "hire"}
    verb, record = ("rent", "rental") if is_rent else ("borrow", "loan")
    if len(things) < 2 and not (is_rent or found["facts"]):
        return None
    told = [f"we keep {joined(things)}", *(f"{who.capitalize()} {verb} {thing}" for thing in things)]
    if found["facts"]:
        told += [f"{a(singular(thing)).capitalize()} has {found['facts']}" for thing in things]
    if found["left"] and len(things) > 1:
        told += [f"{a(f'{singular(thing)} {record}').capitalize()} has {found['left']}" for thing in things]
    elif found["left"]:
        told.append(f"A {record} has a start, a due date, an optional return date and {found['left']}")
    if found["back"]:
        what = re.sub(r"^(?:an?|the|some) ", "", found["left"])
        behind = found["back"].removeprefix(", which ")
        given = re.fullmatch(r"they (?:get|receive|have) back(?P<when> .+)?", behind)
        told.append(
            f"{(given['when'] or ' then').strip().capitalize()} they get the {what} back"
            if given
            else f"The {what} {behind}"
        )
    return f"{text[: found.start()]}{found['begin']}{'. '.join(told)}{text[found.end() :]}"


def kept_here(found: re.Match[str], text: str) -> str | None:
    """Return "our farm has fields" as what we keep: the farm is the whole."""
    if found["house"].lower() not in HOUSES:
        return None
    things, last = found["things"], found["things"].split()[-1]
    if re.search(rf"\b(?:an?|each|every|the) {singular(last.lower())} (?:has|belongs|is|can)\b", text, re.IGNORECASE):
        things = last
    return f"{text[: found.start()]}{found['begin']}we keep {things}{text[found.end() :]}"


def reported(found: re.Match[str], text: str) -> str | None:
    """Return "drivers report damage to vans", where a report is told of, as reports of a driver and a van."""
    if not re.search(r"\b(?:an?|each|every|the) report (?:has|says|names|belongs)\b", text, re.IGNORECASE):
        return None
    who, what = singular(found["who"].lower()), singular(found["of"].lower())
    plain = f"{found['begin']}A report belongs to {a(who)} and {a(what)}"
    rest = re.sub(rf"\b(report (?:has|says|names)) which {what}(?:,| and)\s+", r"\1 ", text[found.end() :])
    rest = re.sub(r"\b(report (?:has|says|names)) what(?:'s| is) wrong\b", r"\1 a description", rest)
    return f"{text[: found.start()]}{plain}{rest}"


def closed(found: re.Match[str], text: str) -> str | None:
    """Return "a mechanic closes the report with a note" as open or closed reports, with a note and a mechanic."""
    if re.search(r"\b(?:status|state|stage)\b", text, re.IGNORECASE) or not is_person(found["who"]):
        return None
    what = found["what"].lower()
    told = [f"The status of {a(what)} is open or closed", f"{a(what).capitalize()} has an optional {found['note']}"]
    told.append(f"{a(what).capitalize()} may belong to {a(found['who'].lower())}")
    rest = text[found.end() :]
    rest = f". {capital(rest[1:].lstrip())}" if rest[:1] == ";" else rest
    return f"{text[: found.start()]}{found['begin']}{'. '.join(told)}{rest}"


def done_to(found: re.Match[str], text: str) -> str | None:
    """Return "climbers log an ascent …; a route … can't be climbed" with the route of each ascent."""
    if found["deed"].lower() not in DONE_TO.get(found["done"].lower(), ()):
        return None
    record, what = found["deed"].lower(), found["what"].lower()
    told = f"{a(record).capitalize()} belongs to {a(what)}. "
    rest = found["ban"]
    return f"{text[: found.start()]}{found['lead']}. {told}{capital(rest)}{text[found.end() :]}"


DONE_TO = {
    "climbed": ("ascent", "climb"), "ridden": ("ride",), "driven": ("drive", "trip"), "flown": ("flight",),
    "dived": ("dive",), "borrowed": ("loan",), "lent": ("loan",), "rented": ("rental",), "booked": ("booking",),
    "reserved": ("reservation",), "visited": ("visit",), "reviewed": ("review",), "inspected": ("inspection",),
    "hiked": ("hike",), "repaired": ("repair",),
}  # fmt: skip
"""What the records of a deed are called, by what is done to the thing."""
STORIES: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{CLAUSE}(?P<who>{ONE}s)(?: (?:of|at|in) (?:our|the) {ONE}(?: {ONE})?)? (?:can |may )?report "
                rf"(?:damages?|defects?|faults?|problems?|breakages?) (?:to|on|with|in|at|of) (?:our |the )?"
                rf"(?P<of>{ONE}s){END}"
            ),
            reported,
        ),
        (
            (
                rf"{CLAUSE}(?:an?|the) (?P<who>{ONE}) (?:then )?closes (?:the|an?|each) (?P<what>{ONE}) with an? "
                rf"(?P<note>note|comment|remark){END}"
            ),
            closed,
        ),
        (
            (
                rf"(?P<lead>\b{ONE}s (?:can )?(?:log|note|record|enter) an? (?P<deed>{ONE}) with [^.;!?\n]+)[.;]\s+"
                rf"(?P<ban>an? (?P<what>{ONE}) (?:that|which) [^.;,!?\n]+ (?:can't|cannot|mustn't|must not|may not) be "
                r"(?P<done>[a-z]+)\b)"
            ),
            done_to,
        ),
        (
            (
                rf"{CLAUSE}(?P<who>{ONE}s|people) (?:can |may )?(?:bring|hand|send|drop|leave|give|deliver)(?: us)?"
                r"(?: in| off| along| back)? "
                rf"(?:us )?(?P<what>(?:their |an? )?(?:{ONE} )?{ONE})(?: (?:in|off|to us))?[,;]?(?: and)? {WE_NOTE} "
                rf"(?P<facts>[^.;!?\n]+?){END}"
            ),
            brought_in,
        ),
        (
            (
                rf"{CLAUSE}(?:an?|one of our|one) (?P<who>{ONE}) (?:then )?"
                r"(?:takes care of|looks after|is responsible for|"
                rf"is in charge of|deals with|takes charge of) (?:it|them|each of them|each one){END}"
            ),
            cared_for,
        ),
        (
            (
                rf"{CLAUSE}(?:(?:in|at) the end|finally|afterwards|eventually|later),? "
                r"(?P<it>it|they|the [a-z-]+[^\Ws])(?:'s|'re| is| are| gets?) "
                r"(?:either )?(?P<values>[a-z][a-z -]*(?:, [a-z][a-z -]*)*,? or [a-z][a-z -]*?)"
                rf"{END}"
            ),
            becomes,
        ),
        (
            (
                rf"{CLAUSE}(?:we|our {ONE}) (?P<verb>lend|rent|hire|loan)s?(?: out)? "
                rf"(?P<things>{MANY}(?:(?:, {MANY})*,? and {MANY})?) to (?:our )?"
                rf"(?P<who>{ONE}s){END}(?:\.? (?:each|each of them|all) (?:have|has) (?P<facts>[^.;!?\n]+))?"
                rf"(?:\.? (?:an?|the) {ONE} (?:borrows|takes|rents) (?:it|one|them) and (?:leaves|pays|gives) "
                r"(?P<left>[^.,;!?\n]+)(?P<back>, which [^.;!?\n]+)?)?"
            ),
            lent_out,
        ),
        (
            (
                rf"{CLAUSE}(?:in )?(?:our|my) (?:{ONE} )?(?P<house>{ONE}),? "
                r"(?:has|owns|keeps|sells|lends out|there are|rents out|looks after) "
                r"(?:(?:several|many|lots of|some|a few|its|all its|our) )?"
                rf"(?P<things>{MANY}(?:(?:, |,? and ){MANY})*){END}"
            ),
            kept_here,
        ),
    )
)
"""Stories with one meaning only, and what says them plainly."""


def in_plain_stories(text: str) -> str:
    """Return a text with stories said in sentences of one fact each, and without what is taken back at once."""
    if len(text) > LONGEST:
        return text
    text = SAID_AGAIN.sub("", REWORDED.sub("", INSTEAD.sub("We keep ", CORRECTED.sub("", text))))
    return rewritten(text, STORIES)
