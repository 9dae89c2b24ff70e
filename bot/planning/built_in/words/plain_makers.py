"""Says plainly who makes what: who files a claim with which facts, what is inspected, who writes "it", which turbine.

As in `bot.planning.built_in.words.plain_requests`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, listed, noun_of, one
from bot.planning.built_in.words.plain_openings import KEEPS
from bot.planning.built_in.words.plain_stories import DONE_TO
from bot.planning.built_in.words.rewriting import END, Ways, put, rewritten
from bot.planning.built_in.words.vocabulary import a, is_verb_form, singular

__all__ = ["in_plain_makers"]

BEGIN = r"(?P<begin>^|[.!?;:]\s+|,\s+(?:and\s+)?|\n\s*)"
WORD = (
    r"(?!(?:we|they|it|i|you|he|she|which|that|who|whom|some|other|others|one|ones|in|off|for|with|from|of|at|on|by|"
    r"is|are|has|have|was|were|be|been|and|or|but|no|not|can|may|must|to|what|when|where|how|all|each|every|per|if|"
    r"whether|an?|the|their|our|its|up|out|down|only|never|also|then|already|again|people|persons|anyone|anybody|"
    r"everyone|everybody|someone|somebody|those|whoever|nobody)\b)[a-z][a-z-]+"
)
NOUN = rf"{WORD}(?: {WORD}){{0,2}}?"
ANYBODY = r"(?:people|persons|anyone|anybody|everyone|everybody|someone|somebody|those|whoever)"
MAKES = (
    r"(?:write|file|submit|lodge|draw up|hand in|send in|fill in|fill out|leave|enter|make|raise|open|log|record|"
    r"create|compose|post|upload|complete|prepare)s?"
)
FACT = r"(?!(?:then |also )?describes?\b)(?:(?:an?|the|their|his or her|its) )?[^.,;:!?\n()]+?"
FACTS = rf"(?P<facts>{FACT}(?:, (?:and )?{FACT})*?(?:,? and {FACT})?)"
DESCRIBING = r"(?:,? and (?:then |also )?describes? (?P<described>(?:the|their|its|what|an?|it)\b[^.,;:!?\n]*))"
NO_RECORD = regex(
    r"^(?:list|note|copy|record|mistake|decision|payment|trip|call|way|use|time|choice|effort|difference|change|"
    r"door|window|table|room|home|house|place|date|day|money|data|work|team|list)$"
)
"""What is left, opened or made without being a record of its own."""
PARTS = regex(r",\s*(?:and\s+)?|\s+and\s+")
TOLD = r"(?:whether|how|what|which|where|when|why|who)\b"
VERBS_OF_FACTS = regex(r"\b(?:is|are|has|have|was|were|can|may|must|should|will|gets?|belongs?)\b", re.IGNORECASE)
RULED = regex(r"^(?:has|have|had|is|are|was|were|can|may|must|do|does|did|don't|never|only|no|not)\b", re.IGNORECASE)
"""How what limits who may do something begins: "who have paid"."""
SPOKEN_OF = regex(
    rf"(?:^|[.!?;]\s+|\n\s*)(?:an?|each|every|the) (?P<noun>{WORD}(?: {WORD})?) (?:may |can )?"
    r"(?:belongs? to|has|is (?:about|for|of)|says|gets|contains) ",
    re.IGNORECASE,
)
"""A sentence about one thing, which the next one calls "it"."""
WRITES = (
    r"(?:writes|files|submits|fills in|fills out|draws up|signs|records|enters|makes|logs|creates|prepares|handles|"
    r"edits|leads|plans|supervises|manages|maintains|grades|reads)"
)
TIED = r"(?:matched|linked|tied|connected|allocated|paired|assigned|attached|related) (?:to|with)"
NO_KIND = regex(
    r"(?:same|new|first|second|this|that|such|next|last|free|open|closed|paid|unpaid|due|old|parent|child|sub|main|"
    r"head|chief|guest|former|current|own|good|bad|big|small|large|special|normal|single|double|private|public|lent|"
    r"broken|lost|many|few|several|more|most|these|digital|electric|local|external|internal|active|past|future)$"
)
"""Words before a thing that tell some of them from others, and belong to no name."""
NAMING = rf"(?:\b(?:an?|each|every|our|all|the|we {KEEPS}) )"
"""What stands before the name of things: not a verb, as in "we book rooms"."""
FIRST = r"(?:^|[.!?;]\s+|\n\s*)"
PLAIN_VERBS = frozenset(
    {
        "belongs",
        "has",
        "is",
        "does",
        "was",
        "needs",
        "gets",
        "consists",
        "contains",
        "comes",
        "opens",
        "starts",
        "begins",
        "goes",
        "ends",
    }
)
GOES_ON = regex(r"[.;]\s+[^.;!?\n]*\b(?:it|them|they)\b", re.IGNORECASE)
"""A sentence that goes on with "it", which is what was made."""
BANNED = regex(
    rf"[.;]\s+an? {WORD} (?:that|which) [^.;,!?\n]+ (?:can't|cannot|mustn't|must not|may not) be (?P<done>[a-z]+)\b",
    re.IGNORECASE,
)
"""What can't be done any more to something, which the record of the deed then names."""
NOBODY = regex(r"(?:system|app|application|software|program|service|computer|machine|server|bot|tool)$")
"""What writes something and is nobody to keep."""
OFTEN = r"(?:once|twice|every|each|yearly|monthly|weekly|daily|before|after|regularly)"
PASSIVE = r"(?:has to|have to|must|needs? to|should|shall)"


def fact(said: str) -> str:
    """Return one fact of a list as what something has: "their name" is a name."""
    said = re.sub(r"^(?:and )?(?:their|his or her|its|his|her) ", "", said.strip(), flags=re.IGNORECASE)
    is_told = re.match(r"(?:an?|the|whether|how|what|where|when|why|several|many|\d)\b", said, re.IGNORECASE)
    is_many = singular(said.split()[-1].lower()) != said.split()[-1].lower()
    return said if is_told or is_many else a(said)


def are_facts(said: str) -> bool:
    """Tell whether a list holds facts only: none of them says what something is or has."""
    return not any(VERBS_OF_FACTS.search(piece) and not re.match(TOLD, piece.strip()) for piece in PARTS.split(said))


def filed(found: re.Match[str], text: str) -> str | None:
    """Return "people who lost something file a claim with their name and describe the item" as what a claim has.

    Whoever is called by a name of their own is kept with it: each sighting belongs to a visitor.
    """
    who, what = one(found["who"] or ""), one(found["what"])
    is_ruled = found["whose"] is not None and RULED.match(found["whose"]) is not None
    is_nobody = not who and not found["whose"] and not found["described"]
    if is_ruled or is_nobody or NO_RECORD.match(what.split()[-1]) or is_person(what) or not are_facts(found["facts"]):
        return None
    if who and (not is_person(who) or who == what):
        return None
    banned = BANNED.match(text, found.end())
    if who and banned and what in DONE_TO.get(banned["done"].lower(), ()):
        return None
    if who and not found["seen"] and not found["described"] and GOES_ON.match(text, found.end()):
        return None
    facts = [fact(piece) for piece in PARTS.split(found["facts"]) if piece.strip()]
    facts += ["a description"] if found["described"] else []
    told = [f"Each {what} belongs to {a(who)}"] if who else []
    return put(found, text, f"{a(what).capitalize()} has {listed(dict.fromkeys(facts))}", *told)


def inspected(found: re.Match[str], text: str) -> str | None:
    """Return "a turbine has to be inspected once a year" with whose the inspections are that were told of before."""
    what, record = one(found["what"]), noun_of(found["verb"])
    before = text[: found.start()].lower()
    if not record or is_person(what) or record in what or not re.search(rf"\b{record}s?\b", before):
        return None
    if re.search(rf"\b{record}s? (?:of|for|belongs? to|at|on) [^.;!?\n]*\b{what.split()[-1]}", text, re.IGNORECASE):
        return None
    begin = ". " if found["begin"].startswith(",") else found["begin"]
    clause = found[0][len(found["begin"]) :]
    told = f"Each {record} belongs to {a(what)}. {capital(clause)}"
    return f"{text[: found.start()]}{begin}{told}{text[found.end() :]}"


def at_most_one(found: re.Match[str], text: str) -> str | None:
    """Return "a claim is matched to at most one item" as the item that a claim may name."""
    what, whose = one(found["what"]), one(found["whose"])
    if what == whose:
        return None
    is_sure = re.match(r"exactly|always|just|only", found["most"], re.IGNORECASE) is not None
    told = f"Each {what} belongs to {a(whose)}" if is_sure else f"Each {what} may belong to {a(whose)}"
    begin = ". " if found["begin"].startswith(",") else found["begin"]
    rest = text[found.end() :]
    more = f". {capital(rest)}" if found["more"] else rest
    return f"{text[: found.start()]}{begin}{told}{more}"


def writes_it(found: re.Match[str], text: str) -> str | None:
    """Return "the wardrobe assistant writes it" of what the sentence before it is about."""
    who = one(found["who"])
    before = re.split(r"(?<=[.!?;])\s+|\n", text[: found.start()].strip())
    told = SPOKEN_OF.match(before[-1]) if before else None
    if told is None or NOBODY.search(who) or is_person(told["noun"]) or one(told["noun"]) == who:
        return None
    return put(found, text, f"Each {one(told['noun'])} belongs to {a(who)}")


def in_full(found: re.Match[str], text: str) -> str | None:
    """Return "a turbine has a height" with the whole name of what was called "a wind turbine" before it."""
    head, before = found["head"].lower(), text[: found.start()].lower()
    forms = rf"(?:{head}|{re.escape(plural(head))})"
    called = rf"{NAMING}(?P<kind>{WORD}) {forms}\b|{FIRST}(?P<first>{WORD}) {forms} (?=(?:have|are|belong|stand) )"
    longer = [one for one in re.finditer(called, before) if not NO_KIND.match(one["kind"] or one["first"])]
    kinds = {one["kind"] or one["first"] for one in longer}
    kinds |= set(re.findall(rf"\band ({WORD}) {forms}\b", before) if longer else ())
    if len(kinds) != 1 or re.search(rf"\b(?:an?|each|every|our|keep|have|all) {forms}\b", before[: longer[0].start()]):
        return None
    kind = kinds.pop()
    if is_verb_form(kind) or re.search(rf"\b(?:an?|each|every|the) {kind}\b(?! {forms})|\b{kind}s\b", text.lower()):
        return None
    article = a(f"{kind} {head}") if found["article"].lower() in {"a", "an"} else f"{found['article']} {kind} {head}"
    article = capital(article)
    return f"{text[: found.start('article')]}{article}{text[found.end('head') :]}"


def rest_kept(found: re.Match[str], text: str) -> str | None:
    """Return "a turbine hums in the wind, has a height" with what it has told by itself, whatever comes of the rest."""
    if NO_KIND.match(found["what"].split()[0]) or found["does"].lower() in PLAIN_VERBS:
        return None
    what = f"Each {found['what'].lower()} {found['verb'].lower()} "
    return f"{text[: found.end('first')]}. {what}{text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?:{ANYBODY}(?: who (?P<whose>{WORD} [^.,;:!?\n]{{1,40}}?))?|"
                rf"(?:an? |the |our |each |every )?(?P<who>{NOUN})(?: who (?P<seen>{WORD} [^.,;:!?\n]{{1,40}}?))?) "
                rf"(?:can |may |then |must )?{MAKES} (?P<what>(?:an? |their )?{NOUN}) "
                rf"(?:with|giving|stating|including) {FACTS}{DESCRIBING}?{END}"
            ),
            filed,
        ),
        (
            (
                rf"{BEGIN}(?:an?|each|every|the) (?P<what>{NOUN}) {PASSIVE} (?:also |then )?be (?P<verb>[a-z]+ed) "
                rf"(?:at least |about |again )?{OFTEN}\b[^.;!?\n]*{END}"
            ),
            inspected,
        ),
        (
            (
                rf"{BEGIN}(?:an?|each|every|the) (?P<what>{NOUN}) (?:is|can be|may be|gets|must be) {TIED} "
                r"(?P<most>at most|no more than|not more than|up to|exactly|always|just|only) (?:one|a single) "
                rf"(?P<whose>{WORD}(?: {WORD})?)(?:(?P<more>,? (?:and|but) (?=(?:an?|each|the|no|{WORD}s)\b))|{END})"
            ),
            at_most_one,
        ),
        (
            (
                r"(?:^|(?<=[.!?;]\s)|(?<=\n))(?P<article>an?|each|every) (?P<head>[a-z]{3,})"
                r"(?= (?:has|is|can be|may be|belongs to|stands|costs|gets) )"
            ),
            in_full,
        ),
        (
            rf"{BEGIN}(?:the|an?|our|one of our) (?P<who>{NOUN}) {WRITES} it{END}",
            writes_it,
        ),
        (
            (
                rf"(?P<first>(?:^|(?<=[.!?;]\s)|(?<=\n))(?:an?|each|every) (?P<what>{WORD}(?: {WORD})?) "
                r"(?P<does>[a-z]{3,}s) (?:(?:in|on|at|to|with|by|from|for|over|under|through|into|off) )?"
                r"(?:an?|the|our|its) [^.,;:!?\n]{2,60}), (?:and )?(?P<verb>has|is) "
            ),
            rest_kept,
        ),
    )
)
"""Ways of telling who makes what, and what says them plainly."""


def in_plain_makers(text: str) -> str:
    """Return a text with what people make of something said in sentences of one fact each."""
    return rewritten(text, WAYS)
