"""Takes a pasted or dropped requirements document out of what people write, and reads what it says as what was said.

Stories and criteria that say what is kept, or what must hold, are read as plain sentences; where entities came beside
them, these say it. A criterion that neither was read nor is said by what follows from the entities is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.requirements.requirements_reader import read_requirements
from bot.generation.blueprint import load_blueprint
from bot.generation.derivation import derive_requirements
from bot.generation.feature_specs import features_in, with_features
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.requirement_words import plain_criterion, plain_story, refuses
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import DETERMINERS, singular, word_set, words_of

__all__ = ["leave_refusals", "not_covered", "read_told", "take_requirements"]

DOCUMENT = regex(
    r"^(?:# Requirements Document\b|#{2,4} Requirement \d|#{2,5} Acceptance Criteria\b)", re.IGNORECASE | re.MULTILINE
)
WORD = regex(r"\w+")
EARS = word_set(
    "when whenever if while where then system service app application api shall store keep save record hold manage "
    "track add create register enter list show display return answer provide offer allow let view see read find search "
    "filter edit change update modify delete remove new existing list detail details all any every each with of for by "
    "to in on at its it them they their his her who which that is are has have be can and or user client member admin "
    "person page key id as one ask asks open stored kept shown able from single given"
)
"""Words of criteria that every service of stored things keeps to."""
ACTOR = regex(
    r"^(?:when|whenever|if|while)\s+(?:an?|the|any|some)\s+(?:[\w-]+\s+){1,2}?"
    r"(?=(?:asks?|adds?|opens?|views?|sees|reads?|finds?|lists?|searche?s?|looks?|creates?|registers?|records?|enters?|"
    r"edits?|changes?|updates?|saves?|stores?)\b)",
    re.IGNORECASE,
)
"""Who does something, before it: "WHEN a nurse asks for the wards"."""
WITHOUT = regex(
    r"^(?:if|when|whenever)\s+(?:an?|the)\s+(?P<lacking>[\w-]+(?:\s+[\w-]+)?)\s+"
    r"(?:has no|has not|lacks|is \w+ without)\s+"
    r"(?:an?\s+|its\s+)?(?P<lack>[\w -]+?),?\s+(?:then\s+)?(?:the\s+)?\w+\s+shall\s+"
    r"(?:refuse|reject)\b[\w ]*[.;]?$|"
    r"\bshall\s+(?:refuse|reject)\s+(?:to\s+\w+\s+)?(?:an?|any|every)\s+(?P<thing>[\w-]+(?:\s+[\w-]+)?)\s+without\s+"
    r"(?:an?|its|the|any)\s+(?P<field>[\w -]+?)\s*[.;]?$",
    re.IGNORECASE,
)


def take_requirements(draft: Draft, text: str, author: str) -> str:
    """Put a requirements document into the draft, to be read with `read_told`, and return the rest.

    Nothing is left of a document; user stories between other words become the plain sentences that they are.
    """
    requirements = read_requirements(text).requirements if DOCUMENT.search(text) else None
    criteria = requirements.criteria() if requirements else ()
    if not requirements or not criteria:
        return "\n".join(plain_story(line) or line for line in text.splitlines())
    draft.criteria |= {criterion.number: criterion.text for criterion in criteria}
    for sentence in sentences_of(requirements.introduction):
        draft.told.append(("", sentence, author))
    for requirement in requirements.requirements:
        draft.told.append(("", plain_story(requirement.user_story), author))
        draft.told += [(one.number, plain_criterion(one.text), author) for one in requirement.criteria]
    number = len(requirements.requirements)
    draft.decide(f"{number} requirement{'' if number == 1 else 's'} taken from the pasted document ({author})")
    return ""


def read_told(draft: Draft) -> None:
    """Read the sentences of requirements where no model came beside them; one that isn't read whole adds nothing."""
    told, draft.told = draft.told, []
    if any(entity.is_pasted for entity in draft.entities.values()):
        return
    for number, sentence, author in told:
        if not sentence or (number in draft.criteria and is_kept(draft, draft.criteria[number])):
            continue
        trial = deepcopy(draft)
        SentenceReader(trial, frozenset(trial.entities)).read(sentence, author)
        if len(trial.unread) > len(draft.unread):
            continue
        SentenceReader(draft, frozenset(draft.entities)).read(sentence, author)
        draft.criteria.pop(number, None)


def leave_refusals(draft: Draft) -> None:
    """Leave criteria that say what is refused as rules, which stay open tasks, unless the fields say them."""
    for number, text in list(draft.criteria.items()):
        if refuses(text) and not is_kept(draft, text):
            draft.leave(text.strip(" ."))
            del draft.criteria[number]


def not_covered(draft: Draft, specs: EntitySpecs, title: str) -> tuple[str, ...]:
    """Return the criteria that people pasted and that nothing derived from the specs says, each with its number."""
    if not draft.criteria:
        return ()
    blueprint = load_blueprint()
    features = features_in(specs, blueprint.usual_features)
    whole = with_features(specs, features)
    derived = derive_requirements(title, "", whole, (), (), blueprint.chosen(features), {})
    known = {spelled(text) for text in (criterion.text for criterion in derived.criteria())}
    return tuple(quoted(draft, known))


def quoted(draft: Draft, known: set[str]) -> Iterable[str]:
    """Yield the criteria whose words are not known and that speak of more than storing what there is."""
    for number, text in draft.criteria.items():
        if spelled(text) not in known and not is_kept(draft, text):
            yield f"Criterion {number}: {' '.join(text.split())}"


def is_kept(draft: Draft, text: str) -> bool:
    """Tell whether a criterion only says that what the draft holds is stored, shown, changed, or must be given."""
    without = WITHOUT.search(text)
    if without:
        wanted = "_".join(words_of(without["field"] or without["lack"]))
        thing = singular((without["thing"] or without["lacking"]).lower())
        things = [one for one in draft.entities.values() if one.noun == thing]
        return any(
            name in {wanted, f"{wanted}_id"} and not field.field.optional and not field.field.default
            for one in things
            for name, field in one.fields.items()
        )
    if refuses(text):
        return False
    there = {singular(word) for entity in draft.entities.values() for word in words_of(entity.noun)}
    there |= {
        singular(word) for entity in draft.entities.values() for name in entity.fields for word in name.split("_")
    }
    told = {singular(word) for word in words_of(ACTOR.sub("", text))}
    return bool(told & there) and told - DETERMINERS <= there | EARS | {singular(word) for word in EARS}


def spelled(text: str) -> str:
    """Return the words of a sentence, so that two spellings of it are equal."""
    return " ".join(WORD.findall(text.casefold()))
