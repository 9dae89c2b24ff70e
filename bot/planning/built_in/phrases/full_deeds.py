"""Reads deeds as one tells them to a colleague, with all that is said of them at once: "a potter (name, phone number)
books a firing in a kiln from a start to an end time and says how many pieces go in"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.patterns import found_by, regex
from bot.planning.built_in.phrases.deed_details import PREPOSITIONS, Detail, DetailKind, details_of
from bot.planning.built_in.phrases.event_phrases import tells_of_event
from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.phrases.keeping_phrases import is_fact
from bot.planning.built_in.words.deed_words import (
    ANYBODY,
    ASKING,
    BRINGING,
    DOING,
    LENDING,
    LENT,
    MAKING,
    MEETINGS,
    NO_GERUNDS,
    OCCASIONS,
    SEEING,
    SPOTS,
    TAKING,
    TOGETHER,
)
from bot.planning.built_in.words.field_kinds import is_measure, named_kind
from bot.planning.built_in.words.sentence_marks import NOT_THINGS
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import (
    ARRANGEMENT_NOUNS,
    EVENT_NOUNS,
    SENTENCE_WORDS,
    entity_name,
    singular,
    spoken,
    straight,
    words_of,
)

__all__ = ["NEAR", "TAKING_PART", "FullDeed", "read_full_deed"]

LONGEST = 600
"""Characters; what is longer is read clause by clause."""
TAKING_PART = "participation"
PART = (
    r"(?:(?:sing|play|perform|help|assist|participate|appear|volunteer|race|compete|march|dance|cook|serve)s?|"
    r"takes?\s+part)\s+(?:in|at|with)"
)
"""What is done at something, whatever it is: those who do so take part in it."""
PLAIN = (
    r"(?!(?:an?|the|on|for|of|to|in|about|with|and|or|it|them|they|who|that|which|is|are|can|may|must|by|from|into|at|"
    r"we|i|you|not|never|only|nobody|no|each|every|if|when)\b)[a-z][\w'-]*"
)
NOUN = rf"{PLAIN}(?:\s+{PLAIN}){{0,2}}?"
MODAL = (
    r"(?:(?:can|may|might|will|should|must|also|then|usually|always|often|wants? to|needs? to|has to|have to|first)"
    r"\s+)*"
)


def verb_form(verb: str) -> str:
    """Return the pattern of a verb in the present, with its particle if it has one."""
    first, _, particle = verb.partition(" ")
    stem = r"appl(?:y|ies)" if first == "apply" else rf"{first}(?:e?s)?"
    return stem + (rf"\s+{particle.replace(' ', chr(92) + 's+')}" if particle else "")


BRINGS = (*BRINGING, "bring in", "send in", "hand in", "drop off")
VERBS = "|".join(sorted(map(verb_form, (*TAKING, *ASKING, *MAKING, *DOING, *SEEING, *BRINGS)), key=len, reverse=True))
ANY = r"(?:(?:an?|the|each|every|any|our|one|some|all)\s+)"
DEED = regex(
    rf"^{ANY}?(?P<who>{NOUN})(?:\s*\((?P<group>[^()]+)\)|"
    r",?\s+(?:with|(?:who|that|which)\s+(?:has|have|gives?|leaves?|provides?|tells?\s+us))\s+(?P<has>.+?),?)?\s+"
    rf"{MODAL}(?P<verb>{PART}|{VERBS})\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
SUCH_AS = r"(?P<example>,?\s+(?:such as|like|for example|e\.g\.|for instance)\s+[^,]{2,60}?,?)?"
LENT_TO = regex(
    rf"^{ANY}?(?P<what>{NOUN}){SUCH_AS}\s+(?P<modal>{MODAL})(?:is|are|be|gets?)\s+(?:also\s+|then\s+)?"
    rf"(?P<verb>{'|'.join(LENT)})(?:\s+out|\s+away)?\s+(?P<way>to|by)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
WE_LEND = regex(
    rf"^we\s+{MODAL}(?P<verb>{'|'.join(LENDING)})(?:\s+out)?\s+(?:our\s+|the\s+|some\s+|an?\s+)?"
    rf"(?P<what>{NOUN}){SUCH_AS}(?:\s+out)?\s+to\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
BEHIND = rf"(?P<behind>,?\s+(?:and\s+)?(?:{PREPOSITIONS})\s.*)?"
OBJECT = regex(
    r"^(?:(?:an?|the|one of (?:our|the)|one|several|many|some|any|their|our|another|up to \w+|one or more|"
    r"at most \w+|two|three|new)\s+)*"
    rf"(?:(?:pair|set|copy)\s+of\s+)?(?P<what>it|them|{NOUN})(?:\s*\((?P<group>[^()]+)\)|"
    rf",?\s+(?:that|which)\s+(?:has|have)\s+(?P<has>.+?),?)?{BEHIND}$",
    re.IGNORECASE,
)
PERSON = regex(
    r"^(?:(?:an?|the|one|any|each|some|other|another|our|one of our)\s+)*"
    rf"(?P<who>{NOUN})(?:\s*\((?P<group>[^()]+)\))?{BEHIND}$",
    re.IGNORECASE,
)
IS_WHERE = regex(
    rf"^{ANY}?(?P<what>{NOUN})\s+(?:always\s+|usually\s+)?(?:is|are|happens?|takes? place|(?:is|are) held)"
    rf"(?P<rest>\s+(?:for|in|at|on|from)\s.+)$",
    re.IGNORECASE,
)
SAYS = (
    r"(?:says?|tells?(?:\s+us)?|states?|notes?(?:\s+down)?|writes?(?:\s+down)?|mentions?|indicates?|specif(?:y|ies)|"
    r"enters?|lets?\s+us\s+know|fills?\s+in)"
)
GIVES = r"(?:gives?(?:\s+us)?|adds?|leaves?|chooses?|picks?|names?|pays?)"
TOLD = regex(
    r"^(?P<main>.+?)(?:,?\s+(?:and|where|while)\s+"
    r"(?:(?:they|he|she|we|it|then|also|must|can|may|should|has to|have to)\s+)*"
    rf"(?:(?P<says>{SAYS})|(?P<gives>{GIVES}))|,?\s+(?P<saying>saying|stating|noting|giving|telling us|along\s+with|"
    r"together\s+with|including|specifying|mentioning))\s*:?\s+(?P<list>.+)$",
    re.IGNORECASE,
)
NEAR = frozenset({"it", "them"})
"""Whatever was spoken of before."""
AT_OURS = regex(
    r"^(?:in|at|for)\s+(?:our|my)\s+[a-z][\w-]*(?:\s+[a-z][\w-]*)?,?\s+(?=(?:an?|the|each|every|any)\s)", re.IGNORECASE
)
"""Where whoever speaks is: "in our workshop a member takes a drill"."""
RETURNED = regex(
    r",?\s+and\s+(?:then\s+|must\s+|has to\s+|have to\s+)?(?:returns?|brings?|gives?|hands?)\s+(?:it|them)"
    r"(?:\s+back|\s+in)?\s+(?P<way>after|within|by|until|before)\s+(?P<when>.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FullDeed:
    """Who does something with what, and all that is said of it; phrases are as people wrote them."""

    who: str
    who_facts: tuple[str, ...]
    verb: str
    """The verb in its base form."""
    record: str
    """What the deed makes a record of, in lower case; nothing where its object is the record."""
    what: str
    what_facts: tuple[str, ...]
    details: tuple[Detail, ...]
    told: tuple[str, ...]
    """Facts that are said with the deed: "and says how many pieces go in"."""
    example: str = ""
    is_lent: bool = False
    """It is said of what is lent, or by those who lend it: "tools can be lent to a gardener"."""

    @property
    def comes_back(self) -> bool:
        """Tell whether what is taken comes back: its record has a day on which it is due."""
        return self.record in {"loan", "rental", "hire", "lease"}

    @property
    def is_of_what_is_there(self) -> bool:
        """Tell whether the deed is about a thing that is in its place already: "a bunk in a hut" that is reserved."""
        is_entered = self.verb in {"attend", "join", "use", "buy", "order"} or " " in self.verb
        return bool(self.record) and (self.verb in {*ASKING, *TAKING} or is_entered)

    @property
    def is_planned(self) -> bool:
        """Tell whether the deed fixes when its record is: a visit that is booked."""
        return self.verb in ASKING | {"schedule", "arrange", "plan"}

    def of_kind(self, kind: DetailKind) -> list[Detail]:
        """Return the details of one kind."""
        return [detail for detail in self.details if detail.kind is kind]


@lru_cache(maxsize=2_000)
def read_full_deed(clause: str, names: frozenset[str]) -> FullDeed | None:
    """Return the deed that a clause tells with its details, or None where it says less, more, or something else."""
    text = straight(clause, " .!") if len(clause) <= LONGEST else ""
    if not text:
        return None
    main, told = without_told(RETURNED.sub(until, AT_OURS.sub("", text)))
    deed = lent_to(main, told, names) or placed(main, told, names) or done(main, told, names)
    if deed is None or not is_rich(deed, names) or deed.of_kind(DetailKind.LEFT):
        return None
    return with_own_facts(deed, names)


def with_own_facts(deed: FullDeed, names: frozenset[str]) -> FullDeed | None:
    """Return a deed whose facts behind "with" are of what it is done to, where they tell that; None if nothing is left.

    "A member borrows a book with a title for a week": the title is the book's.
    """
    facts = [one for one in deed.of_kind(DetailKind.FACT) if one.preposition == "with"]
    listed = [one.names[0] for one in facts]
    is_told = entity_name(deed.what) in names
    if not facts or not deed.record or tells_of_event(deed.verb, listed, is_object_told=is_told):
        return deed
    others = tuple(one for one in deed.details if one not in facts)
    own = replace(deed, what_facts=(*deed.what_facts, *listed), details=others)
    return own if others or own.told else None


def until(found: re.Match[str]) -> str:
    """Return when something comes back: "and returns it by a given day" → "until a given day"."""
    return f" {'for' if found['way'].lower() in {'after', 'within'} else 'until'} {found['when']}"


def without_told(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a sentence without the facts that are said with its deed, and these."""
    match = TOLD.match(text)
    if match is None:
        return text, ()
    facts = tuple(items_of(match["list"]))
    is_sure = bool(match["says"]) and all(is_told(fact) for fact in facts)
    heads = [re.split(r"\s+(?:for|about|on|to)\s", fact)[0] for fact in facts]
    if is_sure or (facts and all(is_fact(head) and read_field(fact) for head, fact in zip(heads, facts, strict=True))):
        return match["main"], facts
    return (f"{match['main']} with {match['list']}" if match["saying"] else text), ()


def is_told(text: str) -> bool:
    """Tell whether words are a fact that somebody says with a deed: "what it is for", "the colour"."""
    if re.match(r"(?:how|what|which|when|where|why|who|whether)\b", text, re.IGNORECASE):
        return True
    is_noun = re.match(r"(?:an?|the|their|its|if|any|some)\s", text, re.IGNORECASE)
    return (is_fact(text) or is_noun is not None) and read_field(text) is not None


def facts_in(listed: str | None, *, is_group: bool = False) -> tuple[str, ...] | None:
    """Return the facts of a list about a thing; nothing where there is no list, None where it holds something else.

    ``is_group``: the list stands in brackets, where facts need no article.
    """
    facts = tuple(items_of(listed)) if listed else ()
    are_facts = (is_group and len(facts) > 1) or all(
        re.match(r"(?:an?|the|their|his|her)\s", one, re.IGNORECASE) or is_fact(one) for one in facts
    )
    return facts if are_facts and all(read_field(one) for one in facts) else None


def done(main: str, told: tuple[str, ...], names: frozenset[str]) -> FullDeed | None:
    """Read "a potter (name) books a firing in a kiln": who does it stands first."""
    match = DEED.match(main)
    found = OBJECT.match(match["rest"]) if match else None
    if match is None or found is None:
        return None
    who_facts = facts_in(match["group"] or match["has"], is_group=bool(match["group"]))
    what_facts = facts_in(found["group"] or found["has"], is_group=bool(found["group"]))
    details = tuple(details_of(found["behind"], names)) if found["behind"] else ()
    verb = TAKING_PART if re.fullmatch(PART, match["verb"], re.IGNORECASE) else base_of(match["verb"])
    is_amount = bool(named_kind(words_of(found["what"]))) and verb not in {*TAKING, *ASKING}
    is_nobody = match["who"].lower() in ANYBODY
    nouns = [match["who"]] * (not is_nobody) + [found["what"]] * (found["what"].lower() not in NEAR)
    if who_facts is None or what_facts is None or is_amount or not are_things(*nouns):
        return None
    what, details = booked(found["what"], details, names)
    record = record_of(verb, what, details)
    if verb.partition(" ")[0] in BRINGING:
        record, details = brought_for(details)
        if not record:
            return None
    return FullDeed("" if is_nobody else match["who"], who_facts, verb, record, what, what_facts, details, told)


def booked(what: str, details: tuple[Detail, ...], names: frozenset[str]) -> tuple[str, tuple[Detail, ...]]:
    """Return what is booked, and the other details: "a place in a course" is one of the course."""
    is_spot = singular(what.lower()) in SPOTS and entity_name(what) not in names
    first = next((one for one in details if one.kind is DetailKind.THING), None) if is_spot else None
    if first is None or first.preposition not in {"in", "on", "at", "for"} or details[0] is not first:
        return what, details
    return spoken(first.names[0]), details[1:]


def brought_for(details: tuple[Detail, ...]) -> tuple[str, tuple[Detail, ...]]:
    """Return what is done with what somebody brings, and the other details: "brings a bike for a repair"."""
    goal = next((one for one in details if one.kind is DetailKind.THING and one.preposition in {"for", "to"}), None)
    noun = spoken(goal.names[0]) if goal else ""
    if goal is None or not is_occasion(noun, ()):
        return "", details
    return noun, tuple(one for one in details if one is not goal)


def lent_to(main: str, told: tuple[str, ...], names: frozenset[str]) -> FullDeed | None:
    """Read "tools such as a wheelbarrow can be lent to a gardener until a day", and "we lend tools to gardeners"."""
    match = LENT_TO.match(main) or WE_LEND.match(main)
    found = PERSON.match(match["rest"]) if match else None
    if match is None or found is None or not are_things(found["who"], match["what"]):
        return None
    parts = match.groupdict()
    is_passive = found_by(LENT_TO, match)
    verb = match["verb"].lower()
    record = LENT[verb] if is_passive else LENDING[verb]
    who_facts = facts_in(found["group"], is_group=True)
    details = tuple(details_of(found["behind"], names)) if found["behind"] else ()
    if who_facts is None or (is_passive and parts["way"].lower() == "to" and record in {"booking", "reservation"}):
        return None
    if (verb in {"given", "handed", "let", "taken"} or not is_passive) and not comes_back(details):
        return None
    called = {"loan": "lend", "rental": "rent"}.get(
        record, verb if not is_passive else next((one for one, noun in EVENT_NOUNS.items() if noun == record), verb)
    )
    record = "" if verb in {"booked", "reserved"} and is_occasion(match["what"], details) else record
    example = (parts["example"] or "").strip(" ,")
    return FullDeed(found["who"], who_facts, called, record, match["what"], (), details, told, example, is_lent=True)


def placed(main: str, told: tuple[str, ...], names: frozenset[str]) -> FullDeed | None:
    """Read "a concert is on a date in a church": nobody does it, and all that is said is of the thing itself."""
    match = IS_WHERE.match(main)
    if match is None or not are_things(match["what"]):
        return None
    details = tuple(details_of(match["rest"], names))
    has_moment = any(one.kind in {DetailKind.FACT, DetailKind.PERIOD} and one.preposition != "with" for one in details)
    return FullDeed("", (), "", "", match["what"], (), details, told) if has_moment else None


def are_things(*nouns: str) -> bool:
    """Tell whether nouns can all name things."""
    names = [entity_name(noun) for noun in nouns]
    if not all(names) or len(set(names)) < len(names) or any(spoken(name) in NOT_THINGS for name in names):
        return False
    plain = [words_of(noun) for noun in nouns]
    are_measures = any(is_measure(words[-1]) and words[-1] not in TOGETHER for words in plain)
    return not are_measures and not any(set(words) & SENTENCE_WORDS for words in plain)


def base_of(verb: str) -> str:
    """Return the base form of one of these verbs."""
    first, space, rest = " ".join(verb.lower().split()).partition(" ")
    known = {one.partition(" ")[0] for one in (*TAKING, *ASKING, *MAKING, *DOING, *SEEING, *BRINGING)}
    forms = (first, first.removesuffix("s"), first.removesuffix("es"), f"{first.removesuffix('ies')}y")
    return next((form for form in forms if form in known), first) + space + rest


def comes_back(details: tuple[Detail, ...]) -> bool:
    """Tell whether details say when something comes back."""
    return any(one.kind in {DetailKind.DUE, DetailKind.LASTING, DetailKind.TERM} for one in details)


def is_occasion(noun: str, details: tuple[Detail, ...]) -> bool:
    """Tell whether a noun names what happens once at a time, not something that is there before: a firing, a visit."""
    last = singular(words_of(noun)[-1])
    if last in OCCASIONS or last in ARRANGEMENT_NOUNS or (last.endswith("ing") and last not in NO_GERUNDS):
        return True
    things = [one for one in details if one.kind is DetailKind.THING and one.preposition in {"with", "in", "at"}]
    return last in MEETINGS and bool(things)


def record_of(verb: str, what: str, details: tuple[Detail, ...]) -> str:
    """Return the record that a deed makes of its object, or nothing where that is the record itself."""
    if verb == TAKING_PART:
        return verb
    if verb == "request" and not is_occasion(what, details) and any(one.kind is DetailKind.THING for one in details):
        return "request"
    if verb in MAKING or (verb in ASKING and is_occasion(what, details)):
        return ""
    if singular(words_of(what)[-1]) in ARRANGEMENT_NOUNS:
        return ""
    return TAKING.get(verb) or SEEING.get(verb) or EVENT_NOUNS.get(verb, "")


def is_rich(deed: FullDeed, names: frozenset[str]) -> bool:
    """Tell whether a deed says more than who does what: plain ones are read as links."""
    understood = [one for one in deed.details if one.kind is not DetailKind.LEFT]
    if deed.record and deed.verb.startswith(("take", "keep")) and not comes_back(deed.details):
        return False
    if comes_back(deed.details) or (deed.told and deed.record != ""):
        return True
    has_facts = bool(deed.who_facts or deed.what_facts or deed.told)
    is_list = bool(understood) and all(one.kind is DetailKind.FACT and one.preposition == "with" for one in understood)
    if is_list and not deed.told:
        return False
    is_asked = deed.verb in ASKING and not deed.record and bool(deed.of_kind(DetailKind.THING))
    is_near = deed.what.lower() in NEAR
    if is_near or deed.record == TAKING_PART or deed.verb in SEEING or deed.verb.partition(" ")[0] in BRINGING:
        return has_facts or bool(understood)
    return len(understood) > 1 or (has_facts and bool(understood or deed.told)) or is_asked or deed.is_lent
