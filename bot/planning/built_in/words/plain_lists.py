"""Says plainly the items of lists of facts: "living or deceased", "a shed or no shed", "whether it's new or sold".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.rewriting import END, MANY, STATEMENT, TERM, WORD, Ways, added, put_apart, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, word_set

__all__ = ["in_plain_lists"]

NEXT = r"(?=\s*(?:[,.;)\n]|$|and\b))"
FACTS = word_set(
    "name title number date year age address phone mail email price size weight height length colour color type kind "
    "breed species make maker brand model place description note photo code"
)
"""What shows that a list tells facts, not the values of one."""
STATES = word_set(
    "living deceased alive dead active inactive open closed free taken new old paid unpaid full empty present absent "
    "public private on off single married indoor outdoor"
)
"""What something is at a time, where "urn" and "coffin" say of which kind it is."""
TELLS = regex(r"[:(]|\b(?:has|have|with|keep|note|need|record|hold|store|want)\b", re.IGNORECASE)
USES = {
    "burns": "fuel", "runs on": "fuel", "eats": "food", "drinks": "drink", "speaks": "language", "plays": "instrument",
    "wears": "outfit", "drives": "vehicle", "teaches": "subject", "likes": "preference", "prefers": "preference",
}  # fmt: skip
"""What somebody or something does, and what the thing that it does it with is called."""
KEEPS = r"(?:keep|note|store|record|need|want|have|know|write|enter|log|must|should|would|hold|track)"
"""What says that something is kept, where another verb says what is done with it."""
FEW = 2
"""Values that other rooms read as a clause; more of them are the steps of a status."""
VALUES = rf"(?P<values>{WORD}(?: {WORD})?(?:, {WORD}(?: {WORD})?){{0,6}},? or {WORD}(?: {WORD})?)"
STATE = (
    r"(?:(?:in|on|at|under|being|not|out of|waiting for) )?(?:the )?[a-z][a-z-]+"
    r"(?: (?:room|desk|hall|shelf|(?:for|to|off|out|up|in|by)(?: [a-z-]+)?))?"
)
WHATS = r"what (?:we|i|matters)[^:.;!?\n]{0,30}(?<=[a-z]):\s*(?=(?:our|the|all|some|[a-z-]+s\b))"


def before_in_list(found: re.Match[str]) -> str:
    """Return what stands before an item in its sentence."""
    return re.split(r"[.;!?\n]\s", found.string[: found.start()])[-1]


def follows_fact(before: str) -> bool:
    """Tell whether the item right before one is a fact of a thing, such as its year, and no value of a fact."""
    *told, item = re.split(r"[,:(]\s*", before.lower().rstrip(" ,"))
    words = re.findall(r"[a-z-]+", item)
    is_clause = bool({"and", "is", "are", "or", "either"} & set(words))
    return bool(told) and bool(words) and not is_clause and TELLS.search(before) is not None and is_fact(words)


def is_fact(words: list[str]) -> bool:
    """Tell whether words name a fact: "year built", "weight at each visit"."""
    return bool(FACTS & {*words, one(words[-1])}) or bool(named_kind(words))


def listed(called: str, values: list[str], before: str) -> str:
    """Return a fact with its values in brackets, or behind it where the list stands in brackets itself."""
    return f"{called} {'/'.join(values)}" if is_in_brackets(before) else f"a {called} ({'/'.join(values)})"


def is_in_brackets(before: str) -> bool:
    """Tell whether a bracket is open where some words end."""
    return before.count("(") > before.count(")")


def either(found: re.Match[str], text: str) -> str | None:
    """Return "upright or grand" in a list of facts as a type with two values, "living or deceased" as a status."""
    before = before_in_list(found)
    values = [found["one"].lower(), found["other"].lower()]
    if not follows_fact(before):
        return None
    if any(has_plural(value) or named_kind([value]) or value in FACTS for value in values):
        return None
    is_state = any(value in STATES or re.search(r"[a-z]{2}(?:ed|en)$", value) for value in values)
    called = "hand" if found["hand"] else "status" if is_state else "type"
    if re.search(rf"\b{called}\b", before, re.IGNORECASE):
        return None
    return f"{text[: found.start()]}{found['lead']}{listed(called, values, before)}{text[found.end() :]}"


def such_as(found: re.Match[str], text: str) -> str:
    """Return "the kind of work such as crown or bridge" with these as its values."""
    values = re.split(r",? or |, ", found["values"].lower())
    return f"{text[: found.start()]}{found['what']} ({'/'.join(values)}){text[found.end() :]}"


def allowed(found: re.Match[str], text: str) -> str:
    """Return "whether dogs are allowed there" as a fact that is so or not."""
    return f"{text[: found.start()]}{found['many']} {found['done']} or not{text[found.end() :]}"


def there_or_not(found: re.Match[str], text: str) -> str:
    """Return "a shed or no shed" as whether it has one."""
    return f"{text[: found.start()]}{found['lead']}whether it has {a(found['thing'].lower())}{text[found.end() :]}"


def status_in_list(found: re.Match[str], text: str) -> str | None:
    """Return "…, and whether it's booked, driven or cancelled" in a list of facts as its status."""
    before = before_in_list(found)
    states = re.sub(r"\bthe ", "", found["states"].lower())
    values = [value.strip() for value in re.split(r",\s*(?:or\s+)?|\s+or\s+", states)]
    if not found["whether"] and (len(values) <= FEW or not any(" " in value for value in values)):
        return None
    if not TELLS.search(before) or len(values) < 2 or "not" in values or values == ["yes", "no"]:
        return None
    if re.search(r"\bstatus\b", before, re.IGNORECASE):
        return None
    return f"{text[: found.start()]}{found['lead']}{listed('status', values, before)}{text[found.end() :]}"


def used(found: re.Match[str], text: str) -> str:
    """Return "what it burns: wood, oil or gas" as its fuel, with these values."""
    values = "/".join(re.split(r",? or |, ", found["values"].lower()))
    return f"{text[: found.start()]}a {USES[found['does'].lower()]} ({values}){text[found.end() :]}"


def valid_until(found: re.Match[str], text: str) -> str:
    """Return "medical certificate valid until" as the date at which it expires."""
    return f"{text[: found.start()]}{found['what']} expiry date{text[found.end() :]}"


def part_of_them(found: re.Match[str], text: str) -> str | None:
    """Return "the parks, the turbines in them" as both, and that each turbine belongs to a park."""
    whole, part = one(found["wholes"]), one(found["parts"])
    if not has_plural(found["wholes"].lower()) or not has_plural(found["parts"].lower()) or whole == part:
        return None
    told = f"Each {part} belongs to {a(whole)}"
    plain = (
        f"{text[: found.start()]}{found['lead']}{found['wholes']}{found['joint']}{found['parts']}{text[found.end() :]}"
    )
    return added(plain, found.start(), told)


def without(found: re.Match[str], text: str) -> str:
    """Return a text without a remark, what stands before it kept."""
    return f"{text[: found.start()]}{found['lead']}{text[found.end() :]}"


def kept(found: re.Match[str], text: str) -> str:
    """Return "what we track: skis, boots" as what we keep."""
    return f"{text[: found.start()]}{found['begin']}We keep {text[found.end() :]}"


def noted_with(found: re.Match[str], text: str) -> str | None:
    """Return "people bring in donations, which we note with a date" as what a donation has."""
    many = found["many"].lower()
    if not has_plural(many):
        return None
    facts = re.sub(r",?\s+and,?\s+if [^,]{3,60}, (?:the |their |an? )?", ", an optional ", found["facts"])
    who = f"{found['begin']}{found['clause']}{found['many']}. "
    return f"{text[: found.start()]}{who}{many.capitalize()} have {facts}{text[found.end() :]}"


def of_ours(found: re.Match[str], text: str) -> str:
    """Return "for every house we look after we keep …" without what we do with it."""
    return f"{text[: found.start()]}{found['each']} {text[found.end() :]}"


def with_parts(found: re.Match[str], text: str) -> str | None:
    """Return "for each house we keep the address and the stoves, each with a maker" as facts of the house and parts."""
    whole, part = one(found["of"]), one(found["parts"])
    if not has_plural(found["parts"].lower()) or named_kind(part.split()) or part.split()[-1] in FACTS:
        return None
    several = f"Each {whole} has several {found['parts'].lower()}"
    told = [f"Each {whole} has {found['facts']}", several, f"Each {part} has {found['theirs']}"]
    return put_apart(found, text, *told)


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"(?P<each>\b(?:for|of|about|from) (?:each|every|all the|all) {TERM})(?: (?:that|which|whom))? "
                rf"(?:we|i) (?!{KEEPS}\b)[a-z]+(?: (?:after|out|for|with|to|of|on|in|at))?,?\s+"
                rf"(?=(?:we|i) (?:also )?{KEEPS}\b)"
            ),
            of_ours,
        ),
        (
            (
                rf"{STATEMENT}(?:for|of|about) (?:each|every) (?P<of>{TERM}),? (?:we|i) (?:also )?{KEEPS} "
                rf"(?P<facts>[^.;!?\n]{{3,300}}?)(?:,? and|,) (?:the|its|their|all) (?P<parts>{MANY})"
                rf"(?: (?:in|on|of|at|inside) (?:it|them|there))?,? each with (?P<theirs>[^.;!?\n]{{3,300}}){END}"
            ),
            with_parts,
        ),
        (r"(?P<lead>\bwhether [a-z']+(?: [a-z]+){0,4}) \([^()/|\n]{3,120}\)", without),
        (r"(?P<lead>[a-z])\s+\((?:no|not) [^()\n]{2,60}\b(?:for|because|due to)\b[^()\n]{2,60}\)", without),
        (
            (
                r"(?P<lead>[a-z])\s+\((?:(?:happened|thankfully|sadly|luckily|unfortunately|believe me|alas)\b"
                r"[^()\n]{0,120}|[^()\n]{3,120}!)\)"
            ),
            without,
        ),
        (r"(?P<lead>\b(?:an?|the|their|its) [a-z]+) \([a-z]\d? ?(?:to|-|–) ?[a-z]\d?\)", without),
        (rf"(?P<begin>^|[.!?]\s+|\n\s*){WHATS}", kept),
        (
            (
                rf"(?P<what>\b(?:the|an?|its|their) (?:kind|type|sort|category|reason|material)(?: of {WORD})?),? "
                rf"(?:such as|like|e\.g\.|for example),? {VALUES}{NEXT}"
            ),
            such_as,
        ),
        (
            (
                r"\bwhether (?P<many>(?!it\b|they\b|he\b|she\b|there\b)[a-z]+s) are "
                r"(?P<done>allowed|included|permitted|possible|provided|welcome)"
                r"(?: there| in it| on it| here)?(?=\s*(?:[,.;)\n]|$|and\b))"
            ),
            allowed,
        ),
        (
            (
                rf"(?P<lead>\b(?:the |our |their )?)(?P<wholes>{WORD}s)(?P<joint>, (?:and )?the |,? and the )"
                rf"(?P<parts>{MANY}) (?:in|on|of|at|inside) (?:them|it|each of them|each)\b"
            ),
            part_of_them,
        ),
        (rf"(?P<lead>[,:(]\s+(?:and )?|\band |\bhas |\bhave )an? (?P<thing>{WORD}) or no (?P=thing)\b", there_or_not),
        (
            (
                rf"(?P<lead>[,(]\s+(?:and )?|\band )(?P<whether>whether )?(?:it|they|he|she)(?:'s|'re| is| are) "
                rf"(?P<states>{STATE}(?:, {STATE}){{1,7}},? or {STATE}){NEXT}"
            ),
            status_in_list,
        ),
        (
            (
                rf"(?P<lead>,\s+(?:and )?)(?:an? )?(?P<one>{WORD}) or (?:an? )?(?P<other>{WORD})"
                rf"(?P<hand> handed|-handed)?{NEXT}"
            ),
            either,
        ),
        (rf"\bwhat (?:it|he|she|they) (?P<does>{'|'.join(USES)}):? {VALUES}{NEXT}", used),
        (rf"(?P<what>\b{TERM}) (?:valid|good) (?:until|till|to)(?=\s*[,.;)\n])", valid_until),
        (
            (
                rf"(?P<begin>^|[.!?]\s+|\n\s*)(?P<clause>(?:people|[a-z]+s|we|they) "
                rf"(?:bring|send|give|hand|get|take|have|collect|receive)(?: (?:in|us|out|to us))? )(?P<many>{MANY}), "
                r"which (?:we|i) (?:also )?"
                r"(?:note|record|register|log|enter|write down)(?: down)? with (?P<facts>[^.;!?\n]{3,300})"
            ),
            noted_with,
        ),
    )
)
"""Ways of listing facts, and what says them plainly."""


def in_plain_lists(text: str) -> str:
    """Return a text in which each item of a list of facts is said as readers know it."""
    return rewritten(text, WAYS)
