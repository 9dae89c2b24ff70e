"""Says in clauses what people list without verbs: "rentals for several days", "cats stay from - to", "seats in rows".

As in `bot.planning.built_in.words.plain_clauses`, each way of speaking has one meaning only, and is said in words that
readers know.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.told_records import NOUN, Plain
from bot.planning.built_in.words.vocabulary import a, has_plural, singular

__all__ = ["LISTED"]

BEFORE = r"(?P<before>[:,;.]\s+|^|\n\s*)(?:and\s+)?"
"""What stands before an item of a list, or of several clauses that are told as one."""
REST = r"(?=\s*(?:[,;.\n]|$))"
MANY = r"(?!(?:this|its|his|always|has|is|was|as|us|others|ones|theirs|ours)\b)[a-z][a-z-]*s"
STAYS = {
    "stay": "stay", "board": "stay", "live": "stay", "visit": "visit", "work": "shift", "are here": "stay",
    "are rented": "rental", "are lent": "loan", "are booked": "booking", "are hired": "rental", "are out": "loan",
}  # fmt: skip
"""What happens to things between a start and an end, and what one of it is called."""
SPANS = r"(?P<unit>hours?|days?|nights?|weeks?|months?|years?)"
DEED_NOUNS = r"(?:rentals|bookings|reservations|loans|stays|hires|leases|absences|shifts|projects|events|trips|visits)"
PLACES_IN = {
    "rows": "row", "sections": "section", "blocks": "block", "shelves": "shelf", "groups": "group", "boxes": "box",
    "categories": "category", "sizes": "size", "colours": "colour", "colors": "color", "levels": "level",
    "languages": "language", "zones": "zone", "aisles": "aisle", "folders": "folder",
}  # fmt: skip
"""What things are said to be in, and the fact that each of them has."""
COLLECTION = r"(?:collection|database|archive|catalog(?:ue)?|library|register|directory|inventory)"
AMOUNTS = r"(?:amounts?|quantity|quantities|numbers?)"
NO_PLACES = (
    r"(?:days|hours|weeks|months|years|minutes|seconds|installments|instalments|words|pieces|parts|points|percents|degrees|"
    r"euros|dollars|pounds|cents|francs|yens|kilos|grams|kilograms|tons|tonnes|litres|liters|miles|metres|meters|"
    r"kilometres|kilometers|centimetres|centimeters|millimetres|inches|feet|watts|volts)\b"
)
"""Measures and spans, in which nothing is kept."""
OWNERS = r"(?:owners|customers|clients|guests|parents|tenants|patients|keepers)"
FOUND = r"(?:found|caught|collected|stored|kept|seen|left|lost|handed in|forgotten|donated|spotted|discovered|observed)"


def is_within_facts(found: re.Match[str]) -> bool:
    """Tell whether what was found stands in a list of facts: "cars have a plate, keys for a garage, a price"."""
    return re.search(r"\b(?:has|have)\b[^.;:\n]*$", found.string[: found.start()], re.IGNORECASE) is not None


def stayed(found: re.Match[str]) -> str:
    """Return the record of "cats stay from - to, owners with phone, which cage": whose it is, and its facts."""
    thing, record = singular(found["many"].lower()), STAYS[found["stays"].lower()]
    facts = f"{found['facts'] or ''}{found['more'] or ''}"
    said = (
        f"{found['before']}each {record} belongs to {a(thing)}. {a(record).capitalize()} has a start date, an end date"
    )
    said += re.sub(r",\s*which\s+(?=[a-z]+\b)", ", ", facts)
    if not found["owners"]:
        return said
    owner = singular(found["owners"].lower())
    of_owner = f". {a(owner).capitalize()} has {found['known']}" if found["known"] else ""
    return f"{said}. Each {thing} belongs to {a(owner)}{of_owner}"


def spanned(found: re.Match[str]) -> str:
    """Return "rentals for several days" with their start and end."""
    unit = "time" if found["unit"].lower().startswith("hour") else "date"
    return f"{found['before']}{found['many']} with a start {unit} and an end {unit}"


def placed(found: re.Match[str]) -> str:
    """Return "seats in rows" with the row that each has."""
    if is_within_facts(found):
        return found[0]
    return f"{found['before']}{found['many']} with {a(PLACES_IN[found['place'].lower()])}"


def inside(found: re.Match[str]) -> str:
    """Return "beds in rooms" as what each of them belongs to."""
    if is_within_facts(found):
        return found[0]
    thing, whole = singular(found["many"].lower()), singular(found["whole"].lower())
    begin = ". " if found["before"].strip() == "," else found["before"]
    return f"{begin}each {thing} belongs to {a(whole)}{'. ' if found['end'] else ''}"


def of_two(found: re.Match[str]) -> str:
    """Return "tickets for a seat at a performance" as what each of them belongs to."""
    if is_within_facts(found):
        return found[0]
    thing = singular(found["many"].lower())
    others = [a(found[name].lower()) for name in ("one", "other") if found[name]]
    begin = ". " if found["before"].strip() == "," else found["before"]
    return f"{begin}each {thing} belongs to {' and '.join(others)}{'. ' if found['more'] else ''}"


def both_with(found: re.Match[str]) -> str:
    """Return the facts of two kinds of things as those of each."""
    facts = found["facts"]
    return f"{found['before']}{found['one']} with {facts}. {found['other'].capitalize()} with {facts}{found['end']}"


def collected(found: re.Match[str]) -> str:
    """Return "a recipe collection with ingredients and amounts" as the things collected, with what they have."""
    if not (KEPT_OF.search(found["facts"]) or not has_plural(re.split(r",| and ", found["facts"])[0].lower())):
        return found[0]
    thing = found["one"].lower()
    what = f"{found['before']}{found['article']} {thing} {found['kind']}{found['whom'] or ''}: {plural(thing)} have "
    facts, parts, more = found["facts"], [], ""
    for part in re.finditer(rf"(?:^|,\s*)(?P<part>{MANY}) (?:and|with) (?:their )?(?P<fact>{AMOUNTS})\b", facts):
        one = singular(part["part"].lower())
        parts.append(
            f"Each {one} belongs to {a(thing)}. {a(one).capitalize()} has a name and "
            f"{a(singular(part['fact'].lower()))}"
        )
    facts = re.sub(rf"(?:^|,\s*){MANY} (?:and|with) (?:their )?{AMOUNTS}\b", "", facts).strip(" ,")
    person = re.search(rf",?(?:\s+and)?\s*\bwho (?P<did>[a-z]+)(?: (?:it|them))?{REST}", facts)
    if person:
        facts = (facts[: person.start()] + facts[person.end() :]).strip(" ,")
        more = f". Each {thing} belongs to a person" if person["did"] else ""
    said = f"{what}{facts}" if facts else what.removesuffix(" have ")
    return f"{said}{''.join(f'. {part}' for part in parts)}{more}"


def between_two(found: re.Match[str]) -> str:
    """Return "games between two players with a date" as what each has: a first and a second player, and the facts."""
    one, facts = singular(found["of"].lower()), f", {found['facts']}" if found["facts"] else ""
    begin = ". " if found["before"].strip() == "," else found["before"]
    thing = singular(found["many"].lower())
    return f"{begin}each {thing} has a first {one}, a second {one}{facts}"


def listed(found: re.Match[str]) -> str:
    """Return "a list of keys, which door, who got one, when returned" as the things, with what is kept of each."""
    thing = singular(found["many"].lower())
    facts = re.sub(r",\s*(?:and )?who [a-z]+(?: (?:it|one|them))?(?=,|$)", "", found["facts"])
    facts = re.sub(r"\bwhen(?: it was| they were)? ([a-z]+ed|given|taken|sold|bought|lent)(?=,|$)", r"\1 on", facts)
    facts = re.sub(r"\bwhich (?=[a-z])", "", facts).strip(" ,")
    person = f". Each {thing} belongs to a person" if WHO_DID.search(found["facts"]) else ""
    return f"{found['before']}{found['many']} have {facts}{person}"


def kept_of(found: re.Match[str]) -> str:
    """Return "an archive of postcards with place, year and who gave it to us" as the things, with what each has."""
    facts, person = WHO_GAVE.subn("", found["facts"])
    whose = f". Each {singular(found['many'].lower())} belongs to a person" if person else ""
    return f"{found['before']}{found['many']} have {facts}{whose}"


def used_by(found: re.Match[str]) -> str:
    """Return "who uses one", behind the facts of things, as the person of each."""
    many = re.sub(r"^(?:(?:our|the|all|my)\s+)+", "", found["many"].lower())
    return f"{found['lead']}{found['many']}{found['facts']}. Each {singular(many)} is used by a person"


KEPT_OF = regex(rf"\bwho [a-z]+|{MANY} (?:and|with) (?:their )?{AMOUNTS}\b", re.IGNORECASE)
"""What is kept of each of a collection; bare things are things beside it."""
WHO_GAVE = regex(
    r"(?:,\s*|\s)(?:and )?who (?:gave|donated|brought|took|made|wrote|owns|contributed|has|sent|sold)"
    r"(?: (?:it|them|one))?(?: to us)?(?=\s*(?:,|$))",
    re.IGNORECASE,
)
"""The person of each thing in a list of its facts."""
WHO_DID = regex(r",\s*(?:and )?who [a-z]+", re.IGNORECASE)
BETWEEN_TWO = rf"(?P<before>[,:]\s+)(?P<many>{MANY}) between two (?P<of>{MANY})(?: with (?P<facts>[^,;.\n]+))?{REST}"
LIST_OF = (
    rf"(?P<before>^|[.:;]\s+)(?:(?:we|i) (?:need|want|have|keep) )?(?:a|the) list of (?:all )?(?:our |the )?"
    rf"(?P<many>{MANY})(?: (?:of|in) (?:our|the) [a-z]+)?"
    r"(?P<facts>(?:,\s*(?:and )?(?:which|who|when|where) [a-z]+(?: [a-z]+){0,3}){2,})"
    r"(?=\s*(?:[.;\n]|$))"
)
STAYED = (
    rf"{BEFORE}(?:our )?(?P<many>{MANY}) (?P<stays>{'|'.join(STAYS)})\s+"
    r"from\s*(?:-|–|/|\.\.\.|…)+\s*(?:to|till|until)"
    rf"(?:,\s*(?P<owners>{OWNERS})(?: with (?P<known>[^,;.\n]+))?)?(?P<facts>(?:,\s*(?:and )?[^,;.\n]+)*)(?P<more>)"
)
OF_TWO = (
    rf"{BEFORE}(?P<many>{MANY}) for an? (?P<one>[a-z-]+)"
    rf"(?: (?:at|in|on|for|and|by|from) an? (?P<other>[a-z-]+))?(?:(?P<more>,\s+(?:and )?)|(?=\s*(?:[;.\n]|$)))"
)
BOTH_WITH = (
    rf"{BEFORE}(?P<one>{MANY}) and (?P<other>{MANY}) with (?P<facts>[^,;.:\n]+)"
    rf"(?P<end>,\s*)(?={MANY} (?:with|for|from)\b)"
)
COLLECTED = (
    rf"{BEFORE}(?P<article>an?|our|my|the) (?P<one>[a-z-]+) (?P<kind>{COLLECTION})(?P<whom> (?:for|of) [^,;.:\n]+)?"
    r",?\s+with (?P<facts>[^.;\n]+)"
)
USED_BY = (
    r"(?P<lead>\b(?:track|manage|keep(?: track of)?|record|list|administer|register)\s+|^|\n\s*)"
    rf"(?P<many>(?:[a-z]+ ){{0,2}}{MANY})(?P<facts>:\s[^.\n]{{3,200}}?)[;,]\s*(?:and )?"
    r"who (?:uses|has|is using|owns|holds|got|drives|wears) (?:one|it|them|which)\b"
)
LISTED: tuple[tuple[str, Plain], ...] = (
    (STAYED, stayed),
    (BOTH_WITH, both_with),
    (
        (rf"(?P<before>,\s+)(?P<many>{DEED_NOUNS}) (?:for|of|over) (?:several|some|a few|many|a number of|one or more) "
        rf"{SPANS}{REST}"),
        spanned,
    ),
    (rf"(?P<before>[,:]\s+)(?P<many>{MANY}) in (?P<place>{'|'.join(PLACES_IN)}){REST}", placed),
    ((rf"(?P<before>(?:[,:]|\s[-–])\s+)(?P<many>{MANY}) in "
        rf"(?P<whole>(?!{NO_PLACES}){MANY})(?P<end>,\s+(?!{MANY} in\b)|{REST})"), inside),
    (OF_TWO, of_two),
    (
        rf"{BEFORE}(?P<many>{MANY}) {FOUND} (?:on|in|at|by|near) (?:{NOUN}) (?=with [a-z]+(?: [a-z]+)?,)",
        r"\g<before>\g<many> ",
    ),
    (COLLECTED, collected),
    (
        (rf"{BEFORE}(?:an?|our|my|the) {COLLECTION} of (?:(?:all|our|old|my|the) )*"
        rf"(?P<many>{MANY}),? with (?P<facts>[^.;\n]+)"),
        kept_of,
    ),
    (BETWEEN_TWO, between_two),
    (LIST_OF, listed),
    (
        rf"(?P<before>[,:]\s+)(?P<many>[a-z]+ings|{DEED_NOUNS}) from\s*(?:-|–|/|…)+\s*(?:to|till|until){REST}",
        r"\g<before>\g<many> with a start date and an end date",
    ),
    (USED_BY, used_by),
)  # fmt: skip
"""Ways of listing without verbs, and the plain words for each."""
