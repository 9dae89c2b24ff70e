"""Says plainly what the firm of whoever speaks does: "a bakery takes orders from customers for cakes" is what we do.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: a firm is ours where a
text begins with it, and nothing else in the text tells that there are several, or what each of them has.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import belonging, is_person, one
from bot.planning.built_in.words.participles import base_form
from bot.planning.built_in.words.plain_commissions import is_customer
from bot.planning.built_in.words.plain_counts import UNITS
from bot.planning.built_in.words.plain_introductions import HELLO
from bot.planning.built_in.words.plain_openings import BUSINESSES
from bot.planning.built_in.words.plain_stories import HOUSES
from bot.planning.built_in.words.plain_trades import AT_TIMES, JOBS, shortly, told_in
from bot.planning.built_in.words.rewriting import END, NUMBER, SENTENCE, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import ARRANGEMENT_NOUNS, word_set

__all__ = ["in_plain_firms"]

CRAFTS = word_set(
    "tailor florist baker butcher carpenter joiner potter goldsmith jeweller jeweler photographer caterer locksmith "
    "optician plumber blacksmith cobbler shoemaker confectioner upholsterer bookbinder dressmaker roofer glazier "
    "watchmaker saddler electrician"
)
"""Who is a firm by themselves."""
LISTS = word_set(
    "box desk helpdesk inventory register directory diary journal catalog catalogue archive wiki forum blog newsletter "
    "fleet team family estate"
)
"""What is no firm, or what a firm has several of."""
FIRMS = (
    HOUSES
    | BUSINESSES
    | CRAFTS
    | word_set("foundation bureau yard marina surgery laundry smithy roastery city council municipality")
) - LISTS
"""Who does something for others."""
DOES = r"(?:sells|lends|rents|hires|repairs|delivers|bakes|makes|sends|gives|offers|stores|cleans|checks|prints|sews)"
"""What a firm does besides."""
OURS = FIRMS | word_set("company firm business club association charity cooperative co-op team family practice")
"""What whoever speaks may be, where it stands behind what they do."""
VAGUE = regex(r"\b(?:an? (?:handful|couple|number) of|a few|some|many) ", re.IGNORECASE)
COUNTED = rf"(?:(?:about |around )?{NUMBER}|an? (?:handful|couple|number) of|a few|some|many|several) "
TAKES = r"(?:take|accept|get|receive|handle|process|collect)"
RECORDS = ARRANGEMENT_NOUNS | JOBS | word_set("report suggestion inquiry enquiry")
"""What is a record of whoever it comes from, or goes to."""
KEPT = word_set("employ own")
"""What is done with things that are only kept."""
MANY = rf"(?:{WORD} ){{0,2}}?(?:{WORD}s|people|children)"
SEVERAL = rf"(?:(?:about |around )?{NUMBER}|several|many|some|a few)"
THEN = regex(
    rf"^(?P<many>{MANY}),? and (?P<verb>sells|lends|rents|hires|repairs|delivers|sends|gives|offers|shows)"
    r"(?P<way> out| in| on)? them(?P<out> out)?(?P<rest>(?: [^.;:!?\n]+)?)$",
    re.IGNORECASE,
)
"""What is done with the same things after that."""
OUR_FIRM = regex(
    rf"{HELLO}(?:(?:(?:an?|the) )?(?:(?:simple|small|little) )?(?:app|tool|system|software|program|something) for "
    r"(?:an?|our|my|the) (?:[a-z-]+ ){0,3}[a-z-]+[.:] )?"
    rf"(?P<house>(?:an?|our|my|the) (?:{WORD} ){{0,3}}?(?P<head>{WORD})) "
    rf"(?P<verb>(?:{TAKES}|employ|send|own)s|publishes|processes)(?: in)? (?P<does>[^.;:!?\n]+)(?=\s*(?:[.:;!?\n]|$))",
    re.IGNORECASE,
)
OF_OURS = regex(r"\b(?:our|my|the|this)(?: [a-z-]+){0,2} $", re.IGNORECASE)
NEAR = 60
"""Characters before a noun in which its article stands."""
OWN_FACTS = regex(r"(?:'s|s'| has| have| belongs| is called| consists)\b| ?[:(]", re.IGNORECASE)
"""What tells something of a firm behind its name."""


WHO_BEHIND = regex(
    rf"{HELLO}(?P<does>we [a-z][^.,:;!?\n]{{3,120}}), (?P<who>an? (?:{WORD} ){{0,3}}(?P<head>{WORD})) with "
    rf"(?P<parts>{COUNTED}{MANY}(?:, {COUNTED}{MANY}){{0,4}}(?:,? and {COUNTED}{MANY})?){END}",
    re.IGNORECASE,
)


def who_behind(found: re.Match[str], text: str) -> str | None:
    """Return "we fly balloons, a little company with four pilots", by which a text begins, as who we are first."""
    if found["head"].lower() not in OURS or not is_ours(found["head"].lower(), text[found.end() :]):
        return None
    who = f"We are {found['who']} with {VAGUE.sub('several ', found['parts'])}"
    return f"{found['hello']}{who}. {capital(found['does'])}{text[found.end() :]}"


def is_ours(head: str, text: str) -> bool:
    """Tell whether a text speaks of a firm as of the only one, if at all: "the bakery is closed"."""
    if re.search(rf"\b{re.escape(plural(head))}\b", text, re.IGNORECASE):
        return False
    told = re.finditer(rf"\b{re.escape(head)}\b", text, re.IGNORECASE)
    return all(
        OF_OURS.search(text[max(0, one_told.start() - NEAR) : one_told.start()])
        and not OWN_FACTS.match(text, one_told.end())
        for one_told in told
    )


def our_firm(found: re.Match[str], text: str) -> str | None:
    """Return "a bakery takes orders from customers", by which a text begins, as what we do: the bakery is us."""
    head, does = found["head"].lower(), found["does"]
    if head not in FIRMS:
        return None
    has = re.compile(rf"\s(?:the|our|my) (?:{WORD} )?{head} has {SEVERAL} (?P<many>{MANY})[.!]?(?=\s|$)", re.IGNORECASE)
    rest = text[found.end() :]
    kept = [f"We keep {whole['many']}" for whole in has.finditer(rest)]
    rest = has.sub("", rest)
    if not is_ours(head, f"{does}{rest}"):
        return None
    base = base_form(found["verb"].lower())
    then = THEN.match(does)
    if re.fullmatch(MANY, does, re.IGNORECASE) or then:
        base = "keep" if base in KEPT else base
    if then:
        second = f"{base_form(then['verb'].lower())}{then['way'] or then['out'] or ''}"
        does = f"{then['many']}. We {second} {then['many']}{then['rest']}"
    first = re.match(MANY, does, re.IGNORECASE)
    is_told = first is not None and one(first[0]) in told_in(rest)
    if base != "keep" and not (is_told or ORDERS.search(f"We {base} {does}") or is_listed(rest)):
        return None
    return f"{found['hello']}{'. '.join([found['house'], *kept, f'We {base} {does}'])}{rest}"


def is_listed(rest: str) -> bool:
    """Tell whether what follows lists what is kept of what was taken: "from clients: a title and a text"."""
    return rest.lstrip().startswith(":")


def orders_of(found: re.Match[str], text: str) -> str | None:
    """Return "we take orders from customers for cakes" as orders, each of a customer and a cake."""
    record, who = one(found["record"]), one(found["who"])
    things = [shortly(noun, text) for noun in (found["first"], found["thing"]) if noun]
    is_record = record.split()[-1] in RECORDS
    if not is_record and (things or is_person(record) or not is_customer(who)):
        return None
    if len(things) > 1 or who in things or {who.split()[-1], *things} & UNITS or HANDED_ON.match(found["more"] or ""):
        return None
    rest = text[found.end() :]
    several = "|".join([r"items?", r"lines?", r"positions?", *(re.escape(plural(thing)) for thing in things)])
    is_of_several = re.search(rf"\b{record}s? [^.;!?\n]{{0,80}}\b(?:{several})\b", rest, re.IGNORECASE)
    told = belonging(record, [who, *([] if is_of_several else things)])
    return replaced(found, text, told, *([goes_on(found)] if found["more"] else []))


def goes_on(found: re.Match[str]) -> str:
    """Return the clause behind what a firm takes as a sentence of its own: "and repairs cars" is what we do."""
    more = re.sub(r"\bthem\b", found["record"].lower(), found["more"])
    if re.match(r"who\b", found["joint"].strip(" ,"), re.IGNORECASE):
        return f"{found['who'].capitalize()} {more}"
    verb = re.match(rf"{DOES}\b", more, re.IGNORECASE)
    return f"We {base_form(verb[0].lower())}{more[verb.end() :]}" if verb else capital(more)


HANDED_ON = regex(r"[a-z]+ them (?:[^.;:!?\n]+ )?to\b", re.IGNORECASE)
"""What is passed on to somebody, which `bot.planning.built_in.words.plain_trades` reads."""
ORDERS = regex(
    rf"{SENTENCE}(?:we|i|(?:our|my) {TERM}) (?:also )?{TAKES}s?(?: in)? (?P<record>{MANY})"
    rf"(?: (?:for|of) (?P<first>{MANY}))? from (?:our |the )?(?P<who>{MANY})"
    rf"(?: for (?:our |the )?(?P<thing>{MANY}))?{AT_TIMES}"
    rf"(?:(?P<joint>,? and (?={DOES}\b|(?:an?|each|every) )|, who )(?P<more>[^.;:!?\n]+))?{END}",
    re.IGNORECASE,
)
WAYS: Ways = ((WHO_BEHIND, who_behind), (OUR_FIRM, our_firm), (ORDERS, orders_of))
"""Ways of telling what a firm does, and what says it plainly."""


def in_plain_firms(text: str) -> str:
    """Return a text with what the firm of whoever speaks does said as what we do."""
    return rewritten(text, WAYS)
