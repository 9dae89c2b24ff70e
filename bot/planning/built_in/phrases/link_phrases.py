"""Reads "a member borrows many books", "books are written by authors", "each task belongs to a project"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import LinkKind
from bot.planning.built_in.phrases.link_objects import PREPOSITIONS, SINGLE, ObjectPhrase, place_named, read_object
from bot.planning.built_in.words.numerals import NUMERAL
from bot.planning.built_in.words.vocabulary import (
    BELONGING_VERBS,
    CONTAINING_VERBS,
    DETERMINERS,
    EVENT_NOUNS,
    base_verb,
    entity_name,
    has_plural,
    is_verb_form,
    spoken,
    word_set,
)

__all__ = ["NEEDING", "LinkPhrase", "read_link"]

MODALS = word_set("can may might must should will also always usually often sometimes")
SURE_MODALS = word_set("can may must should might")
BESIDE_VERBS = word_set("then only be not now first later still easily directly both all each just even never at most")
"""What stands between "can" and its verb."""
LONGEST_LINK_IN_WORDS = 60
NO_VERBS = (
    PREPOSITIONS
    | {"after", "over", "about", "around", "against", "between", "per", "than"}
    | DETERMINERS
    | (MODALS - {"will", "must"})
    | {"and", "or", "another", "several", "many", "two", "three"}
    | {"what", "who", "whom", "which", "whose", "how", "whether", "where", "when", "why", "if"}
)
"""Words that no link has for its verb."""
TEAMWORK = word_set("play drive race compete swim ride fight coach train work run")
"""What somebody does for a team or a company: they belong to it."""
NEEDING = regex(r"(?:need|require|use|want|involve|combine)s?", re.IGNORECASE)
"""Verbs behind which several things are what something consists of."""
MAKING = regex(
    r"(?:bring|suppl|defin|creat|set|enter|upload|request|propos|plann?|launch|publish|submit|report|document|suggest|draft|"
    r"maintain|stor|sav|perform|conduct|form|build|draw up|add|start|begin|send|provid|complet|fil|rais|post)"
    r"(?:e|es|s|ed|y|ies)?",
    re.IGNORECASE,
)
"""Verbs of making, behind which a thing that is known names its maker."""
MOVING = regex(
    r"(?:take|bring|give|get|hand|send|pay|put|drive|throw|ship|come|call|buy|win|move|receive|accept)s?|"
    r"fetch(?:es)?|carr(?:y|ies)|go(?:es)?",
    re.IGNORECASE,
)
"""Verbs that "back" and "away" belong to: "takes back each book"."""
WAYS_MOVED = word_set("back away home along")
OPEN_TO = word_set("limited restricted confined open closed free reserved")
"""What says for whom something is, and names nobody: "courses are restricted to members"."""
ASSIGNING = word_set("assign assigned allocated allotted")
GIVEN_PLACES = word_set(
    "room desk locker seat bed table cabin tent berth pitch stall space spot place box bay plot shelf bunk cell office"
)
GROUPS_OF_PEOPLE = frozenset(["staff", "everyone", "team", "crew", "personnel", "family"])
NOUN_FIRST = word_set(
    "order report cover record host author file issue book rate review rental hire lease visit purchase loan "
    "trip design coach place post train deliver play watch use repair contract work run lead offer open raise "
    "subject bid vote take"
)
"""Verbs that are nouns as often: without an object known or counted, they start a name ("order date")."""


@dataclass(frozen=True)
class LinkPhrase:
    """A link as read: for OWNS each object names one subject, for BELONGS the subject names one object."""

    subject: str
    verb: str
    object: str
    kind: LinkKind
    noun: str = ""
    subject_is_plural: bool = False
    said_subject: str = ""
    said_object: str = ""
    """The entities in the order of the sentence (a passive turns them round)."""
    optional: bool = False
    leftover: tuple[str, ...] = ()
    object_is_many: bool = True
    is_narrowed: bool = False
    """The object is only in one state meant ("published posts"), which no link can say."""


def read_link(text: str, *, names: frozenset[str], subject: str, topic: str) -> LinkPhrase | None:
    """Return the link that an item says, or None where it says something else.

    ``subject`` is what the sentence talks about (an item may leave it out), ``topic`` is what "them" means.
    """
    words = [word for word in re.sub(r"[^\w\s'-]", " ", text).split() if any(map(str.isalnum, word))]
    words = [word for number, word in enumerate(words) if not number or word.lower() not in {"us", "me"}]
    if len(words) > LONGEST_LINK_IN_WORDS:
        return None
    reduced = read_reduced(words, subject, names, topic)
    if reduced is not None:
        return reduced
    for index, word in enumerate(words):
        before = [part for part in words[:index] if part.lower() not in MODALS]
        has_modal = len(before) < index
        said = subject_name(before, subject, names)
        if not said:
            continue
        lower = word.lower()
        if lower in NO_VERBS or is_moved(before, lower, words[-1].lower()) or has_verb(words[:index]):
            continue
        is_passive = lower in {"is", "are", "gets", "get"} or (lower == "be" and has_modal)
        if is_passive and (found := read_passive(words[index + 1 :], said, names, topic, before)):
            may_be = bool({"can", "may", "might"} & {part.lower() for part in words[:index]})
            return replace(found, optional=found.optional or (may_be and found.kind is LinkKind.BELONGS))
        if found := read_active(before, lower, words[index + 1 :], said, names, topic, has_modal=has_modal):
            is_must = bool({"must", "should", "will", "always"} & {part.lower() for part in words[:index]})
            return (
                replace(found, optional=False) if is_must and not SINGLE.match(" ".join(words[index + 1 :])) else found
            )
    return None


def has_verb(words: list[str]) -> bool:
    """Tell whether a verb stands behind a modal already: "a guide must rest one …" is no name of a subject."""
    lowered = [word.lower() for word in words]
    at = next((at for at, word in enumerate(lowered) if word in SURE_MODALS), len(lowered))
    return any(word not in MODALS | BESIDE_VERBS for word in lowered[at + 1 :])


def is_moved(before: list[str], word: str, last: str) -> bool:
    """Tell whether "back" belongs to the verb before it, or to this one at the end: what comes back is no link."""
    if word in WAYS_MOVED:
        return bool(before) and MOVING.fullmatch(before[-1]) is not None
    return last == "back" and MOVING.fullmatch(word) is not None


def read_reduced(words: list[str], subject: str, names: frozenset[str], topic: str) -> LinkPhrase | None:
    """Read "each owned by a carrier", "located in a room": a passive whose subject and "is" are left out."""
    start = 0
    while start < len(words) and words[start].lower() in {"each", "all", "both", "always", "usually", "currently"}:
        start += 1
    rest = words[start:]
    is_participle = len(rest) > 2 and is_verb_form(rest[0].lower()) and rest[1].lower() in PREPOSITIONS
    if not subject or not is_participle or (rest[1].lower() != "by" and not start):
        return None
    found = read_passive(rest, subject, names, topic)
    other = {found.subject, found.object} - {subject} if found else set()
    return found if found and other <= names and found.kind is not LinkKind.EVENT else None


def subject_name(before: list[str], subject: str, names: frozenset[str]) -> str:
    """Return the entity that the words before the verb name; none or a pronoun means the current subject."""
    lowered = [word.lower() for word in before]
    if not [word for word in lowered if word not in {"they", "it", "which", "that", "who", "and"}]:
        return subject
    if lowered[0] in {"we", "i", "you"} or lowered[-1] in {"other", "others"}:
        return ""
    name = entity_name(" ".join(before))
    plain = entity_name(" ".join(before[1:])) if len(before) > 1 and is_verb_form(lowered[0]) else ""
    return plain if name not in names and plain in names else name


def read_passive(
    rest: list[str], said: str, names: frozenset[str], topic: str, before: Sequence[str] = ()
) -> LinkPhrase | None:
    """Read what follows "is": "written by authors", "assigned to a user", "part of a team", "in a room".

    ``before`` are the words of the subject, where they are said.
    """
    lowered = [word.lower() for word in rest]
    while lowered and lowered[0] in MODALS:
        rest, lowered = rest[1:], lowered[1:]
    if len(rest) < 2:
        return None
    if lowered[:2] == ["part", "of"]:
        verb, preposition, after = "belong", "of", rest[2:]
    elif lowered[0] in {"in", "for", "of", "at", "under", "with", "on", "from", "about"}:
        verb, preposition, after = "belong", lowered[0], rest[1:]
    elif lowered[1] in PREPOSITIONS and (re.search(r"(?:ed|en|t|n|d|un)$", lowered[0]) or is_verb_form(lowered[0])):
        verb, preposition, after = base_verb(lowered[0]) or lowered[0], lowered[1], rest[2:]
    else:
        return None
    if lowered[0] in OPEN_TO and preposition in {"to", "for"}:
        return None
    if preposition != "by" and lowered[2:3] == ["by"] and preposition in {"in", "out", "up", "over", "off", "on"}:
        preposition, after = "by", rest[3:]
    target = object_of_passive(preposition, after, names, topic, is_told=said in names)
    if target is None:
        return None
    if (
        verb in ASSIGNING
        and preposition == "to"
        and target.is_many
        and not target.is_counted
        and has_plural(" ".join(before).lower())
    ):
        return assigned(said, target)
    return passive_link(verb, preposition, said, target)


def assigned(said: str, target: ObjectPhrase) -> LinkPhrase:
    """Return "dogs are assigned to walkers": several of both, of which one names the other."""
    one, other = (said, target.name) if is_place(said) else (target.name, said)
    leftover = (target.leftover,) if target.leftover else ()
    return LinkPhrase(one, "assigned", other, LinkKind.EVENT, "assignment", True, said, target.name, leftover=leftover)


def is_place(name: str) -> bool:
    """Tell whether a thing is a place that somebody gets for a while: who gets it, names it."""
    return spoken(name).split()[-1] in GIVEN_PLACES


def passive_link(verb: str, preposition: str, said: str, target: ObjectPhrase) -> LinkPhrase:
    """Return the link of a passive and its object."""
    leftover = (target.leftover,) if target.leftover else ()
    if target.is_counted and not (preposition == "by" and verb in EVENT_NOUNS):
        return LinkPhrase(said, verb, target.name, LinkKind.HAS_MANY, "", True, said, target.name, leftover=leftover)
    if preposition == "by" and verb in EVENT_NOUNS and verb not in {"use", "take", "complete"}:
        return LinkPhrase(
            target.name,
            verb,
            said,
            LinkKind.EVENT,
            EVENT_NOUNS[verb],
            target.is_many,
            said,
            target.name,
            leftover=leftover,
        )
    if preposition == "by":
        return LinkPhrase(
            target.name, verb, said, LinkKind.OWNS, "", target.is_many, said, target.name, leftover=leftover
        )
    return LinkPhrase(
        said, verb, target.name, LinkKind.BELONGS, "", False, said, target.name, target.optional, leftover
    )  # fmt: skip


def object_of_passive(
    preposition: str, after: list[str], names: frozenset[str], topic: str, *, is_told: bool
) -> ObjectPhrase | None:
    """Return the object behind a passive or "is in", where it is sure enough. ``is_told``: the subject is known."""
    target = read_object(after, names, topic)
    if target and (target.is_known or target.is_definite or preposition == "by"):
        return target
    return place_named(after) if is_told and preposition in {"in", "at", "on"} else None


def read_active(
    before: list[str], word: str, rest: list[str], said: str, names: frozenset[str], topic: str, *, has_modal: bool
) -> LinkPhrase | None:
    """Read a verb in the active voice and its object."""
    verb = base_verb(word)
    if (
        (index_is_noun(before, word, names) and not is_deed_on(word, rest, names))
        or (not verb and (not is_sure_subject(before, said, names) or is_compound(before, word, rest, said, names)))
        or not agrees(before, word, has_modal=has_modal)
    ):
        return None
    if word in {"come", "comes"} and [one.lower() for one in rest[:1]] == ["from"] and rest[1:2] != ["one"]:
        verb = "belong"
    has_object = bool(rest) and rest[0].lower() not in PREPOSITIONS
    is_making = has_object and MAKING.fullmatch(word) is not None and (not verb or verb in BELONGING_VERBS)
    if verb in BELONGING_VERBS and not rest:
        return None
    if verb in BELONGING_VERBS and has_object and not is_making:
        return None
    target = read_object(rest, names, topic, is_deed=verb in EVENT_NOUNS)
    is_needing = target is not None and target.is_counted and NEEDING.fullmatch(word) is not None
    if target is None or not is_accepted(verb or ("make" if is_making or is_needing else ""), target, before):
        return None
    leftover = (target.leftover,) if target.leftover else ()
    plural_subject = has_plural(" ".join(before).lower())
    kind = LinkKind.OWNS if is_making else kind_of_link(verb, target, is_needing=is_needing)
    is_in_team = verb in TEAMWORK and [one.lower() for one in rest[:1]] == ["for"] and not target.is_many
    kind = LinkKind.BELONGS if is_in_team else kind
    kind = LinkKind.BELONGS if verb == "share" and shares_one(before, rest, target) else kind
    compound = " ".join([verb or word, *rest[:1]])
    own_noun = compound if rest and rest[0].lower() in {"up", "in", "out"} and entity_name(compound) in names else ""
    return LinkPhrase(
        said,
        verb or word,
        target.name,
        kind,
        own_noun or event_noun(verb, target.name, rest),
        plural_subject,
        said,
        target.name,
        has_modal or target.optional,
        leftover,
        target.is_many,
        target.is_narrowed,
    )


def shares_one(before: Sequence[str], rest: Sequence[str], target: ObjectPhrase) -> bool:
    """Tell whether several have one thing together: "six farms share one barn", "members share the same car"."""
    is_one = re.match(r"(?:one|an?|the|the same|a single) ", " ".join(rest), re.IGNORECASE) is not None
    are_counted = re.match(NUMERAL, " ".join(before), re.IGNORECASE) is not None
    return not target.is_many and is_one and (are_counted or rest[0].lower() == "one" or "same" in rest[:2])


def index_is_noun(before: list[str], word: str, names: frozenset[str]) -> bool:
    """Tell whether the first word of an item is an entity ("ships visit ports"), not a verb without its subject."""
    return not before and entity_name(word) in names


def is_deed_on(word: str, rest: list[str], names: frozenset[str]) -> bool:
    """Tell whether a word that is a thing too is a verb here: "comment on them", "vote for films"."""
    if word not in EVENT_NOUNS or has_plural(word) or len(rest) < 2 or rest[0].lower() not in {"on", "for", "to"}:
        return False
    return rest[1].lower() in {"them", "it"} or (has_plural(rest[1].lower()) and entity_name(rest[1]) in names)


def is_sure_subject(before: list[str], said: str, names: frozenset[str]) -> bool:
    """Tell whether the words before an unknown verb are a subject: known, plural, or with an article."""
    if not before:
        return False
    return said in names or has_plural(before[-1].lower()) or before[0].lower() in DETERMINERS


def is_compound(before: list[str], word: str, rest: list[str], said: str, names: frozenset[str]) -> bool:
    """Tell whether an unknown verb is rather the second half of a noun: "the fire extinguishers in our buildings"."""
    is_place = [one.lower() for one in rest[:1]] in (["in"], ["on"], ["at"], ["of"], ["from"])
    return said not in names and before[0].lower() in {"the", "our", "all"} and has_plural(word) and is_place


def agrees(before: list[str], word: str, *, has_modal: bool) -> bool:
    """Tell whether subject and verb agree ("a member borrows", "members borrow"): else the words are no sentence."""
    if not before or has_modal:
        return True
    lowered = [part.lower() for part in before]
    if lowered[-1] in GROUPS_OF_PEOPLE or lowered == ["they"]:
        return True
    is_third_person = word.endswith("s") and not word.endswith("ss")
    is_plural = has_plural(lowered[-1]) and lowered[0] not in {"a", "an", "each", "every", "one"}
    return is_third_person != is_plural


def is_accepted(verb: str, target: ObjectPhrase, before: list[str]) -> bool:
    """Tell whether the object is sure enough for the verb."""
    if not verb:
        return target.is_known
    if not before and verb in NOUN_FIRST:
        return target.is_known or (target.is_many and target.is_definite)
    return target.is_known or target.is_many or target.is_definite


def event_noun(verb: str, name: str, rest: Sequence[str] = ()) -> str:
    """Return the record that an event would be: taking a course is an enrolment, taking anything else is not known.

    Who signs up registers; who signs something, or for something, leaves a signature.
    """
    if verb == "sign" and rest and rest[0].lower() not in {"up", "on", "in", "off", "out"}:
        return "signature"
    is_course = name.endswith(("Course", "Class", "Exam", "Test", "Lesson", "Module", "Workshop", "Training"))
    return EVENT_NOUNS.get(verb, "") if verb != "take" or is_course else ""


def kind_of_link(verb: str, target: ObjectPhrase, *, is_needing: bool = False) -> LinkKind:
    """Return what a verb in the active voice means."""
    if verb in BELONGING_VERBS:
        return LinkKind.HAS_MANY if target.is_counted else LinkKind.BELONGS
    if not verb and target.is_counted and is_needing:
        return LinkKind.HAS_MANY
    if verb in CONTAINING_VERBS:
        return LinkKind.HAS_MANY if target.is_many else LinkKind.BELONGS
    if verb in EVENT_NOUNS or not verb:
        return LinkKind.EVENT
    return LinkKind.OWNS
