"""Says plainly what is chosen for a thing: what somebody decides of it, what it comes in, what it is rented by.

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.choice_phrases import CHOICES_LISTED, is_value
from bot.planning.built_in.words.deed_nouns import NOUN_OF, SECOND_FORMS, belonging, one
from bot.planning.built_in.words.deed_rows import thing_before, things_in
from bot.planning.built_in.words.doing_verbs import base_of_deed, record_of_deed
from bot.planning.built_in.words.plain_verdicts import are_states
from bot.planning.built_in.words.rewriting import END, Ways, rewritten
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, PARTICIPLES, a, has_plural, singular, word_set

__all__ = ["in_told_choices"]

BEGIN = r"(?P<begin>^|[.!?;]\s+|\n\s*|,? (?:and|but) )"
WORD = (
    r"(?!(?:we|they|it|i|you|he|she|that|which|who|what|when|where|how|and|or|but|if|is|are|was|has|have|can|may|must|"
    r"to|of|in|on|at|by|for|from|with|into|an?|the|each|every|no|not|never|only|per)\b)[a-z][\w-]*"
)
NOUN = rf"{WORD}(?: {WORD})?"
VALUE = rf"(?:an? |the )?(?:{WORD}|in|out|on|off)(?: {WORD}){{0,2}}"
LISTED = rf"(?P<listed>{VALUE}(?:, {VALUE})+(?:,? (?:or|and) {VALUE})?|{VALUE} or {VALUE})"
DECIDES = regex(
    rf"{BEGIN}(?P<who>(?:(?:an?|the|our|one of our) )?{WORD}|we|i) (?:then |finally |later )?"
    r"(?:decides?|votes?|rules|(?:makes?|takes?) (?:a|the) decision)"
    rf"(?: (?:on|about|over|for|upon) (?P<on>it|them|each(?: one| of them)?|(?:an?|the|each|every) {NOUN}))?"
    rf"(?:\s*(?::|–|-|,)\s*|\s+(?:whether|if) (?P<of>it|they|(?:an?|the|each) {NOUN}) (?:is|are|gets?|becomes?|"
    rf"should be|will be) |\s+(?P<open>\())(?:either )?{LISTED}(?P<close>\))?{END}",
    re.IGNORECASE,
)
"""What somebody decides of what was told of: "an editor decides: rejected, revision or accepted"."""
THEN = regex(
    r"(?P<before>\b(?:has|have) [^.;:!?\n]{2,200}?),? and (?P<be>is|are) (?:at first |first |initially )?"
    rf"(?P<first>{NOUN}),? then (?P<then>[^.;!?\n]+?){END}",
    re.IGNORECASE,
)
"""Steps told behind facts: "has a description and is open, then done"."""
FACT = r"(?:state|condition|size|colou?r|quality|shape|format|version|flavou?r|strength|length|width)"
THEN_TOLD = (
    r"\s*(?:[.;!?\n]|$)|,\s+(?:and|but)\s+(?:we|i|they|it|each|every|an?|the|you|people|some)\b|"
    r",?\s+(?:and\s+|but\s+)?(?:costs?|has|have|is|are|lies?|can|may|stands?|belongs?|weighs?|lasts?|takes?|needs?)\b"
)
"""How a sentence ends, or goes on with something else."""
COMES_IN = regex(
    rf"{BEGIN}(?P<who>(?:(?:an?|the|each|every|our|all) )?{NOUN}) (?:(?:can |may )?come[s]?|(?:is|are) available|"
    rf"(?:is|are) (?:made|sold|offered) only) in "
    rf"(?P<values>{WORD}(?: {WORD})?(?:, {WORD}(?: {WORD})?)*,? (?:or|and) {WORD}(?: (?!{FACT}\b){WORD})?)"
    rf"(?: (?P<fact>{FACT})s?)?(?P<also> and in\b)?(?={THEN_TOLD}| (?(also)))",
    re.IGNORECASE,
)
"""What a thing can be had in: "shirts come in small, medium and large"."""
IN_SORTS = regex(
    rf"{BEGIN}(?P<who>(?:(?:an?|the|each|every|our|all) )?{NOUN}) "
    r"(?:(?:can |may )?comes?|(?:is|are) (?:available|sold)) in "
    rf"(?:two|three|four|five|six|several|different|various|\d) (?P<fact>{WORD}s)\s*(?::|,|-|–|\()\s*"
    rf"(?P<values>{WORD}(?: {WORD})?(?:, {WORD}(?: {WORD})?)*,? (?:or|and) {WORD}(?: {WORD})?)\)?{END}",
    re.IGNORECASE,
)
"""What a thing can be had in, with what that is: "boats come in three classes: dinghy, cruiser or catamaran"."""
PERIOD = (
    r"(?:minute|hour|day|night|week|weekend|month|quarter|season|year|metre|meter|mile|kilometre|piece|kilo|gram|ton|"
    r"litre|liter|page|word|slice|dozen|box|bag|bottle|bundle|load|trip|session|game|round|lesson|[a-z]{3,}ing)"
)
PAID = r"(?:rented(?: out)?|let(?: out)?|hired(?: out)?|leased|sold|charged|billed|priced|paid(?: for)?|booked)"
RATE = rf"{PAID} (?:by the|per) (?P<per>{PERIOD})"
RENTED = regex(
    rf"{BEGIN}(?P<what>(?:(?:an?|each|every|the|our) )?{NOUN}) (?:is|are) {RATE}"
    rf"(?P<more>(?:,? (?:and |but |while )?(?:(?:an?|the|our) )?{NOUN} (?:(?:is|are) {PAID} )?(?:by the|per) "
    rf"{PERIOD})*){END}",
    re.IGNORECASE,
)
"""What is paid for by some measure: "desks are rented by the month, meeting rooms by the hour"."""
ALSO_RENTED = regex(
    rf"\b(?:(?:an?|the|our) )?(?P<what>{NOUN}) (?:(?:is|are) {PAID} )?(?:by the|per) (?P<per>{PERIOD})", re.IGNORECASE
)
ONCE_PER = regex(
    rf"{BEGIN}(?:an?|each|every|the same) (?P<what>{NOUN}) (?:can|may|must|is|gets?)(?: (?:be|only|get))* "
    rf"(?P<verb>{WORD}) (?:only|at most|just) once (?:per|for each|for every|in each|in every|an?|each) "
    rf"(?P<per>{NOUN}){END}",
    re.IGNORECASE,
)
"""What happens once to a pair: "a seat can be sold only once per performance"."""
WE_RENT = regex(
    rf"{BEGIN}(?:we|i) (?:rent(?: out)?|let(?: out)?|hire out|lease|sell|bill|charge for) (?:our |the )?"
    rf"(?P<what>{NOUN}) (?:by the|per) (?P<per>{PERIOD})(?P<more>){END}",
    re.IGNORECASE,
)
"""The same, told by who rents: "we rent out castles by the day"."""
OFFERED = regex(
    rf"{BEGIN}(?:we|i|there are) (?:offer|sell|serve|have (?:two|three|four|five)|two|three|four|five)? ?"
    rf"(?:(?:two|three|four|five|these|different) )*(?P<what>{WORD}s):\s+(?P<values>{WORD}(?: {WORD})?"
    rf"(?:, {WORD}(?: {WORD})?)*,? (?:or|and) {WORD}(?: {WORD})?){END}",
    re.IGNORECASE,
)
"""Which there are of something: "we offer packages: basic, plus and deluxe"."""
LETTERS = regex(
    r"\b(?P<name>(?:an?|the|its) [a-z]+(?: (?-i:(?![A-Z]\b))[a-z]+)?)[:,] "
    r"(?P<values>(?-i:[A-Z](?:, [A-Z])*,? or [A-Z]))(?=[\s.,;!?]|$)",
    re.IGNORECASE,
)
"""Values of one letter each: "a grade: A, B or C"."""
SPEAKERS = word_set("we i it they he she this that who everybody somebody someone people")
SIZES = word_set(
    "small medium large big little tiny huge xs s m l xl xxl extra-large extra-small mini midi maxi regular short long "
    "family jumbo single double half full"
)
COLOURS = word_set(
    "red rosé blue green yellow black white grey gray brown orange purple violet pink beige silver gold turquoise navy "
    "cream cyan magenta olive maroon teal anthracite transparent clear"
)
MATERIALS = word_set(
    "oak beech walnut pine ash birch maple cherry wood steel iron aluminium aluminum brass copper plastic glass "
    "leather cotton wool linen silk polyester felt paper cardboard ceramic porcelain stone marble concrete bamboo cork"
)


def values_in(text: str) -> list[str]:
    """Return the values of a list, without their articles."""
    parts = re.split(r",\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+", text.strip())
    return [re.sub(r"^(?:an?|the) ", "", part.strip(), flags=re.IGNORECASE) for part in parts if part.strip()]


def bracketed(values: list[str]) -> str:
    """Return values in brackets as readers know them."""
    return f"({', '.join(values[:-1])} or {values[-1]})"


def begun(found: re.Match[str]) -> str:
    """Return what stands before a clause that is now a sentence of its own."""
    return ". " if re.search(r"and|but", found["begin"], re.IGNORECASE) else found["begin"]


def decided(found: re.Match[str], text: str) -> str | None:
    """Return what somebody decides as the decision that a thing has: none, as long as nobody has decided."""
    who, on = one(found["who"]), (found["on"] or found["of"] or "it").lower()
    is_near = re.match(r"(?:it|they|them|each)(?: one| of them)?$", on) is not None
    thing = thing_before(text[: found.start("who")]) if is_near else one(on)
    values = values_in(found["listed"])
    is_list = (
        len(values) > 1 and all(is_value(value) for value in values) and bool(found["open"]) == bool(found["close"])
    )
    if not thing or thing == who or not is_list or has_plural(who):
        return None
    if found["of"] and are_states(values, f"{text[: found.start()]}\n{text[found.end() :]}"):
        return None
    told = [f"{a(thing).capitalize()} has an optional decision {bracketed(values)}"]
    if who not in SPEAKERS and who in things_in(text):
        told.append(f"{a(thing).capitalize()} may belong to {a(who)}")
    return f"{text[: found.start()]}{begun(found)}{'. '.join(told)}{text[found.end() :]}"


def stepped(found: re.Match[str], text: str) -> str | None:
    """Return "has a title and is open, then done" as facts and steps."""
    if re.search(r"\bwhether\b|\b(?:that|which|who)\b[^,]*$", found["before"], re.IGNORECASE):
        return None
    it = "It is" if found["be"].lower() == "is" else "They are"
    plain = f"{found['before']}. {it} {found['first']} at first, then {found['then']}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def come_in(found: re.Match[str], text: str) -> str | None:
    """Return "shirts come in small, medium and large" as the size of a shirt."""
    values = values_in(found["values"])
    last = {value.lower().split()[-1] for value in values}
    fact = (found["fact"] or "").lower() or next(
        (
            name
            for name, known in (("size", SIZES), ("colour", COLOURS), ("material", MATERIALS))
            if len(last & known) >= min(len(last), 2)
        ),
        "",
    )
    whole = {"parts", "pairs", "waves", "person", "time", "handy", "turn", "first", "last", "boxes", "packs", "bags"}
    if len(values) < 2 or last & whole or not all(is_value(value) for value in values):
        return None
    thing = one(found["who"])
    is_told = thing in things_in(text) or len(re.findall(rf"\b{re.escape(thing)}", text, re.IGNORECASE)) > 1
    if not fact and not is_told:
        return None
    rest = text[found.end() :]
    own = re.match(r",\s+(?:and|but)\s+(?=(?:we|i|they|it|each|every|an?|the|you|people|some)\b)", rest, re.IGNORECASE)
    goes_on = re.match(r",?\s+(?:and\s+)?(?:have|cost|are|lie|can|stand|belong|weigh|last|take)\b", rest)
    who = plural(thing).capitalize() if goes_on and has_plural(found["who"].lower()) else a(thing).capitalize()
    told = f"{who} {'have' if who == plural(thing).capitalize() else 'has'} a {fact or 'variant'} {bracketed(values)}"
    told += f". {a(thing).capitalize()} comes in" if found["also"] else ""
    rest = f". {rest[own.end()].upper()}{rest[own.end() + 1 :]}" if own else rest
    return f"{text[: found.start()]}{begun(found)}{told}{rest}"


def come_in_sorts(found: re.Match[str], text: str) -> str | None:
    """Return "boats come in three classes: dinghy, cruiser or catamaran" as the class of a boat."""
    values = values_in(found["values"])
    if not all(is_value(value) for value in values):
        return None
    told = f"{a(one(found['who'])).capitalize()} has a {one(found['fact'])} {bracketed(values)}"
    return f"{text[: found.start()]}{begun(found)}{told}{text[found.end() :]}"


def offered(found: re.Match[str], text: str) -> str | None:
    """Return "we offer packages: basic, plus and deluxe" as the kinds of a package."""
    values, lead = values_in(found["values"]), text[found.end("begin") : found.start("what")].split()
    if re.fullmatch(rf"{CHOICES_LISTED}s", singular(found["what"].lower()) + "s", re.IGNORECASE):
        return None
    if len(lead) < 2 or len(values) < 2 or not all(is_value(value) and not has_plural(value) for value in values):
        return None
    told = f"{a(one(found['what'])).capitalize()} has a kind {bracketed(values)}"
    return f"{text[: found.start()]}{begun(found)}{told}{text[found.end() :]}"


def as_told(thing: str, text: str) -> str:
    """Return a thing by the shorter name under which a text tells of it: "bouncy castles" are castles there."""
    told, last = things_in(text), thing.rsplit(maxsplit=1)[-1]
    return last if last in told and thing not in told else thing


def lettered(found: re.Match[str], text: str) -> str:
    """Return "a grade: A, B or C" with its letters in brackets."""
    return f"{text[: found.start()]}{found['name']} ({found['values']}){text[found.end() :]}"


def rented(found: re.Match[str], text: str) -> str | None:
    """Return "desks are rented by the month, rooms by the hour" as a price per month and a price per hour.

    What nothing else is told of has a name, as any thing has without other facts.
    """
    told = [(as_told(one(found["what"]), text), found["per"])]
    told += [(as_told(one(other["what"]), text), other["per"]) for other in ALSO_RENTED.finditer(found["more"])]
    if any(not thing for thing, _ in told) or (found["what"].lower() in SPEAKERS):
        return None
    known = things_in(text)
    said = [
        f"{a(thing).capitalize()} has {'' if thing in known else 'a name and '}a price per {per.lower()}"
        for thing, per in told
    ]
    return f"{text[: found.start()]}{begun(found)}{'. '.join(said)}{text[found.end() :]}"


def once_per(found: re.Match[str], text: str) -> str | None:
    """Return "a seat can be sold only once per performance" with a sale of both before it; the rule stays as said."""
    what, per, verb = one(found["what"]), one(found["per"]), found["verb"].lower()
    base = PARTICIPLES.get(verb) or SECOND_FORMS.get(verb) or base_of(verb)
    record = "ticket" if base == "sell" and re.search(r"\btickets?\b", text, re.IGNORECASE) else record_of_deed(base)
    is_there = any(
        re.search(rf"\bbelongs to [^.]*\b{first}\b[^.]*\b{second}\b", text, re.IGNORECASE)
        for first, second in ((what, per), (per, what))
    )
    if is_there or not record or not {what, per} <= {*things_in(text)} or record in {what, per}:
        return None
    rule = text[found.end("begin") : found.end()]
    new = f"{belonging(record, [what, per])}. {capital(rule)}"
    return f"{text[: found.start()]}{begun(found)}{new}{text[found.end() :]}"


def base_of(verb: str) -> str:
    """Return the base form of a regular participle, or the word as it is."""
    forms = (verb.removesuffix("ed"), verb.removesuffix("d"), f"{verb.removesuffix('ied')}y")
    known = (form for form in forms if form != verb and (form in NOUN_OF or form in EVENT_NOUNS or base_of_deed(form)))
    return next(known, verb.removesuffix("ed") if verb.endswith("ed") else verb)


WAYS: Ways = (
    (LETTERS, lettered),
    (DECIDES, decided),
    (THEN, stepped),
    (COMES_IN, come_in),
    (IN_SORTS, come_in_sorts),
    (RENTED, rented),
    (WE_RENT, rented),
    (OFFERED, offered),
    (ONCE_PER, once_per),
)
"""Ways of telling what is chosen, and what says them plainly."""


def in_told_choices(text: str) -> str:
    """Return a text with what is decided, had or paid by told as facts of things."""
    return rewritten(text, WAYS)
