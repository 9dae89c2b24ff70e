"""Says plainly what is handed to a business: who brings what, what is noted for each order, who takes on a job.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.rewriting import (
    END,
    LONGEST,
    NAME,
    PAUSE,
    STATEMENT,
    TERM,
    WORD,
    Ways,
    added,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, has_plural, word_set

__all__ = ["in_plain_commissions"]

HANDED = (
    r"(?:(?:brings?|sends?|leaves?|drops? off|hands?|gives?|takes?)(?: in| us| over| off)?|"
    r"(?:comes?|turns? up) (?:in |to us |along )?with)"
)
NOTED = (
    r"(?:write down|note down|note|record|register|log|enter|keep|store|take down|put down|save|want to know|"
    r"need to know|have to know)"
)
ORDERS = (
    r"(?:(?:repair |work )?order|job|repair|ticket|commission|slip|task|request|service|cleaning|alteration|case|"
    r"restoration)"
)
BRINGING = regex(
    rf"(?:^|[.!?;:]\s+|\n\s*)(?:(?:our|the|an?|each|every) )?(?P<who>{WORD}) (?:can |may )?{HANDED} "
    rf"(?:us )?(?:(?:their|an?|some|his or her|the) )?(?P<what>(?:{WORD} )?{WORD})(?: in| to us| with us| over| off)?"
    r"(?=\s*(?:[.,;!?\n]|$|and\b|to be\b|for (?:repair|cleaning|service|mending|alteration)))",
    re.IGNORECASE,
)
DEEDS = (
    r"(?:(?:book|reserve|rent|hire|borrow|buy|join|request|report|visit|choose|lend|sell|order|attend|donate|own|play)s?|"
    r"(?:sign|signs) up for|(?:register|registers|apply|applies) for)"
)
TAKES_ON = (
    r"(?:takes? on|takes? over|takes?|handles?|picks? up|accepts?|carries out|carry out|does|do|gets?|processes|"
    r"process|works? on|is assigned to|is put on|is responsible for)"
)
JOBS = r"(?:job|order|task|case|request|commission|assignment|ticket|project|shift|delivery|repair|translation|text)"
SETTLED = r"(?:paid(?: for)?|signed|approved|confirmed|inspected|tested|checked|insured|printed|certified)"
LEAVING = (
    r"(?:collected|picked up|handed (?:out|back|over)|given (?:out|back|away)|taken "
    r"(?:home|away|out)|returned|released|"
    r"shipped|delivered|sent(?: out| off)?|published|opened|used|sold|started|begun|moved|let out|fetched)"
)
GETTING = (
    r"(?:gets?|collects?|receives?|takes?|picks? up|can (?:get|collect|have|take|pick up)|may (?:get|collect|have|take|"
    r"pick up))"
)
INTO = r"(?:in|into|to)"
FIRMS = word_set(
    "company firm shop school museum publisher office restaurant business organisation organization hotel club "
    "university hospital bank agency bakery farm cafe café council parish theatre"
)
"""Who hands something to a business, besides people."""


def is_customer(noun: str) -> bool:
    """Tell whether a noun is somebody who may hand something to a business."""
    return is_person(noun) or noun.rsplit(maxsplit=1)[-1] in FIRMS


def handed_before(before: str) -> tuple[str, str]:
    """Return who brought what last, or nothing."""
    told = [(one(found["who"]), one(found["what"])) for found in BRINGING.finditer(before)]
    told = [(who, what) for who, what in told if is_person(who) and not is_person(what)]
    return told[-1] if told else ("", "")


def facts_of_order(found: re.Match[str], text: str) -> str | None:
    """Return "customers bring shoes. For each order we note the price" as orders for a shoe, with a price."""
    who, what = handed_before(text[: found.start() + len(found["begin"])])
    order = one(found["order"])
    others = f"{text[: found.start()]} {text[found.end() :]}"
    if not who or order == what or re.search(rf"\b{order} belongs to\b", others, re.IGNORECASE):
        return None
    is_owned = re.search(rf"\b{what} belongs to\b", others, re.IGNORECASE)
    told = [f"Each {order} belongs to {a(what)}"]
    told += [] if is_owned else [f"Each {what} belongs to {a(who)}"]
    return replaced(found, text, *told, f"{a(order).capitalize()} has {found['facts']}")


def brought_by_described(found: re.Match[str], text: str) -> str | None:
    """Return "a customer with a name brings in a bike, and we note the brand" as both, with what each has."""
    who, what = one(found["who"]), one(found["what"])
    if not is_person(who) or is_person(what):
        return None
    told = [f"{a(who).capitalize()} has {found['has']}", f"Each {what} belongs to {a(who)}"]
    told += [f"{a(what).capitalize()} has {found['facts']}"] if found["facts"] else []
    return replaced(found, text, *told)


def done_by_described(found: re.Match[str], text: str) -> str | None:
    """Return "members with a name and an e-mail book a machine" as what members have, and what they do."""
    if not is_person(found["who"]):
        return None
    have = "have" if has_plural(found["who"].lower()) else "has"
    who = f"{found['article'] or ''}{found['who']}"
    told = f"{found['begin']}{who} {have} {found['has']}. {capital(who)} {found['deed']}"
    return f"{text[: found.start()]}{told}{text[found.end() :]}"


def taken_from(found: re.Match[str], text: str) -> str | None:
    """Return "we take jobs from clients: a text, a deadline" as jobs of a client, with what each has."""
    who, what = one(found["who"]), one(found["what"])
    if not is_customer(who) or is_person(what):
        return None
    facts = re.sub(r"^(an? [a-z]+) with (?=an? )", r"\1, ", found["facts"] or "", flags=re.IGNORECASE)
    told = [f"{a(what).capitalize()} has {facts}"] if facts else []
    return replaced(found, text, f"Each {what} belongs to {a(who)}", *told)


def left_with_us(found: re.Match[str], text: str) -> str | None:
    """Return "guests leave their coats with us" as coats of a guest."""
    who, what = one(found["who"]), one(found["what"])
    if not is_person(who) or is_person(what):
        return None
    return replaced(found, text, f"Each {what} belongs to {a(who)}")


def taken_on(found: re.Match[str], text: str) -> str | None:
    """Return "one translator takes the job" as the translator whom a job may name."""
    who, job = one(found["who"]), one(found["job"])
    if not is_person(who) or len(re.findall(rf"\b{job}", text, re.IGNORECASE)) < 2:
        return None
    return replaced(found, text, f"{a(job).capitalize()} may belong to {a(who)}")


def settled_first(found: re.Match[str], text: str) -> str | None:
    """Return "shoes can't be collected before they are paid" with whether they are paid as a fact of its own."""
    thing, state = one(found["thing"]), found["state"].lower().removesuffix(" for")
    others = f"{text[: found.start('rule')]} {text[found.end('rule') :]}"
    is_known = re.search(rf"\b{state}\b", others, re.IGNORECASE) is not None
    is_told = re.search(rf"\b{thing}", others, re.IGNORECASE) is not None
    if is_known or not is_told or is_person(thing):
        return None
    order = re.search(rf"\beach (?P<order>{ORDERS}) belongs to an? {thing}\b", others, re.IGNORECASE)
    record = order["order"].lower() if order else thing
    return added(text, found.end("rule"), f"{a(record).capitalize()} has whether it is {state}")


def bill_settled(found: re.Match[str], text: str) -> str | None:
    """Return "nobody may hand back a car until the bill is paid" with whether the job, or the car, is paid."""
    bill, state = found["bill"].lower(), found["state"].lower()
    others = f"{text[: found.start('rule')]} {text[found.end('rule') :]}"
    is_known = rf"\b{state}\b|\b(?:each|every|an?) {bill}\b|\b{bill}s (?:have|are|belong)\b"
    if re.search(is_known, others, re.IGNORECASE):
        return None
    job = re.search(rf"\b(?:each|every|an?) (?P<job>{ORDERS}) (?:has|is|belongs)\b", others, re.IGNORECASE)
    thing = one(found["given"] or found["thing"] or "")
    record = job["job"].lower() if job else thing
    if not record or is_person(record) or not re.search(rf"\b{record}", others, re.IGNORECASE):
        return None
    return added(text, found.end("rule"), f"{a(record).capitalize()} has whether it is {state}")


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{STATEMENT}(?:an?|each|every|the|our) (?P<who>{WORD}) with (?P<has>(?:an?|their|his or her) "
                rf"[^.;:!?\n]+?) "
                r"(?:brings|sends|leaves|drops off|hands|gives)(?: in| us| over)? (?:us )?"
                rf"(?:an?|their|his or her|some) (?P<what>{TERM})(?: in| to us| with us| over)?"
                rf"(?:,? and (?:then )?(?:we|i) (?:then )?{NOTED} (?P<facts>[^.;!?\n]+?))?{END}"
            ),
            brought_by_described,
        ),
        (
            (
                rf"{STATEMENT}(?:our |the )?(?P<who>{WORD}s) with (?P<has>(?:an?|their) [^.;:!?\n]+?) "
                r"(?:bring|send|leave|drop off|hand|give)(?: in| us| over)? (?:us )?"
                rf"(?:an?|their|some)? ?(?P<what>{TERM})(?: in| to us| with us| over)?"
                rf"(?:,? and (?:then )?(?:we|i) (?:then )?{NOTED} (?P<facts>[^.;!?\n]+?))?{END}"
            ),
            brought_by_described,
        ),
        (
            (
                rf"{STATEMENT}(?P<article>(?:an?|each|every|our|the) )?(?P<who>{WORD}) with "
                rf"(?P<has>an? [^.;:!?\n]+?),? "
                rf"(?P<deed>(?:can |may )?{DEEDS} (?=(?:an?|the|one|our|some|several|their|{WORD}s)\b))"
            ),
            done_by_described,
        ),
        (
            (
                rf"{STATEMENT}(?:for|of|on|about) (?:each|every) (?P<order>{ORDERS}),? (?:we|i) (?:then )?{NOTED} "
                rf"(?P<facts>[^.;!?\n]+?){END}"
            ),
            facts_of_order,
        ),
        (
            (
                rf"{STATEMENT}(?:we|our {NAME}|the {WORD}) (?:takes?(?: on)?|gets?|accepts?|receives?) "
                rf"(?P<what>(?:{WORD} )?{WORD}s) "
                rf"from (?:our |the )?(?P<who>{WORD}s)(?:(?:: |, each with |,? with )(?P<facts>an? [^.;:!?\n]+?))?{END}"
            ),
            taken_from,
        ),
        (
            (
                rf"{STATEMENT}(?:(?:our|the|an?|each|every) )?(?P<who>{WORD}) (?:can |may "
                rf")?(?:leaves?|deposits?|stores?|parks?|boards?) "
                rf"(?:their|his or her|an?) (?P<what>{TERM}) with us{END}"
            ),
            left_with_us,
        ),
        (
            (
                rf"{STATEMENT}(?:one of our|an?|one|exactly one|the) (?P<who>{WORD}) (?:then )?{TAKES_ON} "
                rf"(?:the|each|every|this|an?) (?P<job>{JOBS}){END}"
            ),
            taken_on,
        ),
        (
            (
                rf"(?P<rule>(?:^|(?<=[.!?;,:] )|(?<=\n)|(?<=\band ))(?:(?:an?|the|our|no|each) )?(?P<thing>{WORD}) "
                rf"(?:can|may|must)(?:'?t|not| not| only)? "
                rf"(?:only )?be {LEAVING} (?:before|until|once|when|if|unless|after|as soon as) (?:it|they)(?: is| "
                rf"are|'s|'re| has been| have been| was| were)"
                rf"(?: fully| already)? (?P<state>{SETTLED})){PAUSE}"
            ),
            settled_first,
        ),
        (
            (
                rf"(?P<rule>(?:^|(?<=[.!?;,:] )|(?<=\n)|(?<=\band ))(?:nobody|no one|no {WORD}|(?:the|an?) {WORD} "
                rf"only) {GETTING} (?:the|their|an?|his or her) "
                r"(?P<thing>[a-z]+)(?: back| out| home| away)? (?:before|until|once|when|if|unless|after|as soon as) "
                rf"(?:it|they|the [a-z]+)(?: is| are|'s|'re| has been| have been| was| were)(?: fully| already)? "
                rf"(?P<state>{SETTLED})){PAUSE}"
            ),
            settled_first,
        ),
        (
            (
                r"(?P<rule>(?:^|(?<=[.!?;,:] )|(?<=\n)|(?<=\band ))(?:(?:nobody|no one|we|they|you) (?:can|may|must|"
                r"will|should)(?:'?t|not| not| never| only)? (?:hand|give|release|return|ship|deliver|send|take|"
                r"collect|get|pick)(?: back| out| over| away| up| home)? (?:an?|the|their|any) "
                rf"(?P<given>{WORD})|(?:an?|the|no|each) (?P<thing>{WORD}) (?:can|may|must)(?:'?t|not| not| only)? be "
                rf"(?:only )?{LEAVING})(?: back| out| over| away| up| home)? "
                r"(?:before|until|unless|once|when|after|as soon as) "
                r"(?:the|his or her|their) (?P<bill>bill|invoice|fee|price) "
                rf"(?:is|has been|was)(?: fully| already)? (?P<state>paid|settled)){PAUSE}"
            ),
            bill_settled,
        ),
    )
)
"""Ways of telling what is handed to a business, and what says it plainly."""
FACTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            rf"\bwhat (?:it|they|that|this|the {WORD}) (?:will|would|is going to|are going to|should|may) cost{PAUSE}",
            "a price",
        ),
        (rf"\bwhat (?:we|i) (?:will |would |'ll )?(?:charge|ask)(?: for (?:it|them|that))?{PAUSE}", "a price"),
        (
            (
                r"\bwhat (?:(?:has|have|needs?|is|are) to be|must be|should be|needs) "
                r"(?:done|doing|fixed|repaired|mended)"
                rf"(?: (?:to|on|with|about) (?:it|them))?{PAUSE}"
            ),
            "the work",
        ),
        (rf"\bthe language (?:it|they|the text|that) (?:is|are|was)(?: written)? in{PAUSE}", "a source language"),
        (
            (
                r"\bthe (?P<noun>language|currency|format|size|colou?r|unit) (?:that )?(?:it|they|the text) "
                r"(?:should|must|will|shall|is to|are to|has to|have to|needs to)(?: be)?(?: (?:in|into|to)\b)?(?: be)?"
                rf"(?: (?:translated|converted|turned|changed|put|delivered|made|brought))?(?: {INTO})?{PAUSE}"
            ),
            r"a target \g<noun>",
        ),
    )
)
"""Facts of an order that people put in a roundabout way, and the words that readers know."""


def in_plain_commissions(text: str) -> str:
    """Return a text with what is handed to a business said in sentences of one fact each."""
    if len(text) > LONGEST:
        return text
    for said, plain in FACTS:
        text = said.sub(plain, text)
    return rewritten(text, WAYS)
