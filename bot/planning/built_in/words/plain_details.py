"""Says plainly the details of one thing told in passing: "courses, each with a level", "in one of two halls".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.numerals import ABOUT, NUMERAL
from bot.planning.built_in.words.plain_counts import UNITS, subject_before
from bot.planning.built_in.words.rewriting import END, PAUSE, STATEMENT, WORD, Ways, added, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = ["in_plain_details"]

MODAL = r"(?:(?:can|may|also|then|usually|regularly) )*"
PARTICLE = r"(?: (?:up|in|out|off|on|over|after|part))?(?: (?:for|to|in|at|with|from|on|into))?"
SOME = r"(?:(?:several|some|our|the|one or more|many|different|various) )?"
DETERMINER = rf"(?:an?|the|their|its|our|his|her|for|{NUMERAL})"
NO_VERB = (
    r"(?!(?:room|space|place|places|seats|an?|the|their|its|our|his|her|with|for|at|in|on|of|to|by|from|per|about|without|and|or|if|when|where|who|"
    r"what|which|how|why|whether|each|every|all|some|any|no|than|as|is|are|has|have|also|at|up)\b)"
)
GOES_ON = rf",? and (?:also |then )?(?=(?P<verb>{NO_VERB}[a-z]+)(?: (?:up|in|out))? {DETERMINER}\b)"
"""Where a list of facts ends, and the sentence goes on with what is done."""
MONEY = r"(?:fee|price|charge|rate|deposit|contribution|sum|amount|rent|entry|fare)"
FACTS = word_set(
    "state status level kind type colour color size shape grade condition stage class category format rank version "
    "phase language day month reason way place"
)
"""What is a fact with values, and no thing."""
SERIES = r"(?:split times|lap times|readings|measurements|temperatures|weighings|samples|observations|values)"
WHEN = (
    r"(?:in between|in-between|along the way|over time|every day|each day|every hour|daily|from time to time|"
    r"now and then|in the meantime|meanwhile|day by day|on the way|over the (?:days|weeks|months|years))"
)
WINDOW = r"(?:time (?:window|frame|span|range)|window of time)"
AT_THE_END = r"(?:at the (?:very )?end|in the end|afterwards|so far|by then|at that time|in the process)"
DONE_BY = r"(?:is|are|gets?) [a-z]+(?:ed|en|ght|un|one) by"
CAME_OUT = (
    r"(?:came (?:out|in|back|up|together|along)|turned (?:up|out)|showed up|took part|resulted|went (?:out|in)|"
    r"were there|there were|are there)"
)


def parted(facts: str) -> tuple[str, str]:
    """Return a list of facts, and what the sentence goes on with behind them, or nothing."""
    cuts = [cut for cut in re.finditer(GOES_ON, facts, re.IGNORECASE) if not has_plural(cut["verb"].lower())]
    if not cuts:
        return facts, ""
    return facts[: cuts[0].start()], facts[cuts[0].end() :]


def each_with(found: re.Match[str], text: str) -> str | None:
    """Return "dancers join courses, each with a level, and pay a fee" as three sentences, of whom each tells."""
    who, thing = found["who"], one(found["thing"])
    facts, rest = parted(found["facts"])
    is_each = found["each"] is not None
    if not (is_each or rest) or thing == one(who) or not (is_person(who) or is_each):
        return None
    told = f"{found['begin']}{found['lead']}{found['thing']}. Each {thing} has {facts}"
    subject = re.sub(r"^(?:an?|each|every) ", "The ", capital(who))
    return f"{text[: found.start()]}{told}{f'. {subject} {rest}' if rest else ''}{text[found.end() :]}"


def each_of_them(found: re.Match[str], text: str) -> str:
    """Return "teams register, each with a captain, and pay a fee" as what each team has, and what it does."""
    facts, rest = parted(found["facts"])
    told = f"{found['begin']}Each {one(found['who'])} has {facts}"
    return f"{text[: found.start()]}{told}{f'. {capital(found["who"])} {rest}' if rest else ''}{text[found.end() :]}"


def fee_of(found: re.Match[str], text: str) -> str | None:
    """Return "dancers pay a fee per course" as the fee that a course has."""
    thing = one(found["thing"])
    is_told = len(re.findall(rf"\b{thing}", text, re.IGNORECASE)) > 1
    if not is_told or thing in UNITS or (is_person(thing) and thing not in {"class", "group", "course"}):
        return None
    fee = re.sub(r"^(?:small|certain|fixed|given|little|modest) ", "", found["fee"].lower())
    return f"{text[: found.start()]}{found['begin']}Each {thing} has {a(fee)}{text[found.end() :]}"


def one_of_several(found: re.Match[str], text: str) -> str | None:
    """Return "in one of two fields" as in a field: which ones there are are rows."""
    if singular(found["many"].lower().split()[-1]) in FACTS or text[found.end() :].lstrip()[:1] in {":", "("}:
        return None
    before, joint = text[: found.start()], found["joint"]
    if re.search(r"\btakes? place $", before) and joint == "on":
        joint = "in"
    stays = re.search(r"(?:,(?: and)?| and) (?P<verb>(?!is\b|has\b|belongs\b)[a-z]+s) $", before)
    if stays and joint in {"in", "on", "at"}:
        before = f"{before[: stays.start('verb')]}is "
    return f"{before}{joint} {a(one(found['many']))}{text[found.end() :]}"


def placed(found: re.Match[str], text: str) -> str | None:
    """Return "has a number and lies in a section" as that it is in a section, "opens in a gallery" as where it is."""
    verb = found["verb"].lower()
    holder = subject_before(text, found.start())
    if not holder or is_person(holder):
        return None
    plain = "takes place" if verb.startswith("open") else "is" if verb.endswith("s") else "are"
    return f"{text[: found.start()]}{found['joint']}{plain}{text[found.end() :]}"


def opened(found: re.Match[str], text: str) -> str | None:
    """Return "an exhibition opens in a gallery" as where it takes place."""
    if is_person(found["who"]):
        return None
    return f"{text[: found.start()]}{found['begin']}{found['joint']}takes place{text[found.end() :]}"


def measured(found: re.Match[str], text: str) -> str | None:
    """Return "the gravity readings in between" as readings of their own, each with a date and a value."""
    holder = subject_before(text, found.start())
    if not holder:
        return None
    record = one(found["many"])
    fact = "a description" if record.endswith("observation") else "a value (float)"
    rest = f"{text[: found.start()]}{text[found.end() :]}"
    told = f"Each {record} belongs to {a(holder)}. {a(record).capitalize()} has a date and {fact}"
    return added(rest, found.start(), told)


def window(found: re.Match[str], text: str) -> str | None:
    """Return "a time window" as its start and its end, where it is a fact."""
    if len(re.findall(WINDOW, text, re.IGNORECASE)) > 1:
        return None
    return f"{text[: found.start()]}{found['joint']}a start time and an end time{text[found.end() :]}"


def twice_told(found: re.Match[str], text: str) -> str:
    """Return "the weight at the start and at the end" as two facts."""
    noun = found["noun"].lower()
    return f"{text[: found.start()]}the start {noun} and the end {noun}{text[found.end() :]}"


def told_late(found: re.Match[str], text: str) -> str | None:
    """Return "the weight at the end" as the weight, or as the end weight where there is one at the start too."""
    sentence = re.split(r"[.;!?\n]\s*", text[: found.end("joint")])[-1]
    if not re.search(r"\b(?:has|have|with|notes?|records?|writes?|keeps?|logs?|track|know)\b", sentence, re.IGNORECASE):
        return None
    noun = found["noun"].lower()
    is_paired = re.search(rf"\b{noun} (?:at the|in the) (?:start|beginning)\b", text, re.IGNORECASE) is not None
    is_end = re.search(r"\bend$", found["late"], re.IGNORECASE) is not None
    plain = f"{found['article']} {'end ' if is_paired and is_end else ''}{noun}"
    plain = re.sub(r"^a (?=end\b)", "an ", plain)
    return f"{text[: found.start()]}{found['joint']}{plain}{text[found.end() :]}"


def told_early(found: re.Match[str], text: str) -> str:
    """Return "the weight at the start" as the start weight."""
    article = re.sub(r"^an$", "a", found["article"])
    return f"{text[: found.start()]}{found['joint']}{article} start {found['noun'].lower()}{text[found.end() :]}"


def amount_of(found: re.Match[str], text: str) -> str | None:
    """Return "how many litres came out" as how many litres, where nothing else is told of litres."""
    if len(re.findall(rf"\bhow many {found['many']}\b", text, re.IGNORECASE)) > 1:
        return None
    return f"{text[: found.start()]}how many {found['many']}{text[found.end() :]}"


JOINT = r"(?P<joint>\b(?:has|have|with|note|notes|record|records|down)\s+|,\s*(?:and\s+)?|\s+and\s+)"
FACT = rf"(?P<article>an?|the) (?P<noun>{WORD}(?: {WORD})?)"
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{STATEMENT}(?P<lead>(?P<who>(?:(?:our|the|all) )?{WORD}s|people|(?:an?|each|every) {WORD}) {MODAL}"
                rf"(?!(?:have|contain|include|hold)s?\b){WORD}{PARTICLE} {SOME})"
                rf"(?P<thing>(?:(?!after\b){WORD} )?{WORD}s),? (?:and )?"
                rf"(?:(?P<each>each(?: of (?:them|which|these))? (?:with|has|having))|with) "
                rf"(?P<facts>[^.;:!?\n]+?){END}"
            ),
            each_with,
        ),
        (
            (
                rf"{STATEMENT}(?P<lead>(?:(?:our|the|all) )?(?P<who>{WORD}s) {MODAL}"
                r"(?:register|sign up|apply|enrol|enroll|take part|come|join|compete|visit us|subscribe)),? (?:and )?"
                rf"each(?: of them)? (?:with|has|having) (?P<facts>[^.;:!?\n]+?){END}"
            ),
            each_of_them,
        ),
        (
            (
                rf"{STATEMENT}(?:(?:the|our|all|an?|each|every) )?{WORD} {MODAL}pays? (?:us )?an? "
                rf"(?P<fee>(?:{WORD} )?{MONEY}) (?:per|for each|for every) (?P<thing>{WORD}){END}"
            ),
            fee_of,
        ),
        (
            (
                rf"\b(?P<joint>in|at|on|to|into|with|from|onto|inside|{DONE_BY}) one of "
                r"(?:our |the |their |these )?"
                rf"{ABOUT}{NUMERAL} (?P<many>(?:{WORD} )?{WORD}s)\b"
            ),
            one_of_several,
        ),
        (
            (
                r"(?P<joint>,\s+(?:and\s+)?|\s+and\s+)(?P<verb>lies?|stands?|hangs?|grows?|opens?)"
                rf"(?= (?:in|on|at|under) an? {WORD}{PAUSE})"
            ),
            placed,
        ),
        (
            (
                rf"{STATEMENT}(?P<joint>(?:an?|each|every) (?P<who>{WORD}(?: {WORD})?) )(?P<verb>opens)"
                rf"(?= (?:in|at) an? {WORD}{PAUSE})"
            ),
            opened,
        ),
        (
            (
                rf"(?P<joint>,\s*(?:and\s+)?|\s+and\s+)(?:the |all |all the |their |its )?"
                rf"(?P<many>(?:{WORD} )?{SERIES}) {WHEN}{PAUSE}"
            ),
            measured,
        ),
        (rf"(?P<joint>\b(?:has|have|with)\s+|,\s*(?:and\s+)?|\s+and\s+)(?:an?|the|its) {WINDOW}{PAUSE}", window),
        (
            rf"\b(?:an?|the) (?P<noun>{WORD}(?: {WORD})?) at the (?:start|beginning) and (?:at )?(?:the )?end\b",
            twice_told,
        ),
        (rf"{JOINT}{FACT} (?P<late>{AT_THE_END}){PAUSE}", told_late),
        (rf"{JOINT}{FACT} at the (?:start|beginning){PAUSE}", told_early),
        (rf"\bhow many (?P<many>[a-z]+s) {CAME_OUT}{PAUSE}", amount_of),
    )
)
"""Ways of telling details in passing, and what says them plainly."""


def in_plain_details(text: str) -> str:
    """Return a text with the details of a thing said in sentences that tell of it only."""
    return rewritten(text, WAYS)
