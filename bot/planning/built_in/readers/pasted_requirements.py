"""Takes a pasted or dropped requirements document out of what people write: its criteria are wishes, not prose.

The built-in planner derives requirements from what is stored and by which rules. A criterion that the derived ones
say word for word is covered by them; every other is quoted, so that nothing is dropped without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.requirements.requirements_reader import read_requirements
from bot.generation.blueprint import load_blueprint
from bot.generation.derivation import derive_requirements
from bot.generation.feature_specs import features_in, with_features
from bot.planning.built_in.drafts.draft import Draft

__all__ = ["not_covered", "take_requirements"]

DOCUMENT = re.compile(
    r"^(?:# Requirements Document\b|#{2,4} Requirement \d|#{2,5} Acceptance Criteria\b)", re.IGNORECASE | re.MULTILINE
)
WORD = re.compile(r"\w+")


def take_requirements(draft: Draft, text: str, author: str) -> str:
    """Put the criteria of a requirements document into the draft, and return the rest: nothing, where it is one."""
    if not DOCUMENT.search(text):
        return text
    requirements = read_requirements(text).requirements
    criteria = requirements.criteria()
    if not criteria:
        return text
    draft.criteria |= {criterion.number: criterion.text for criterion in criteria}
    number = len(requirements.requirements)
    draft.decide(f"{number} requirement{'' if number == 1 else 's'} taken from the pasted document ({author})")
    return ""


def not_covered(draft: Draft, specs: EntitySpecs, title: str) -> tuple[str, ...]:
    """Return the criteria that people pasted and that nothing derived from the specs says, each with its number."""
    if not draft.criteria:
        return ()
    blueprint = load_blueprint()
    features = features_in(specs, blueprint.usual_features)
    whole = with_features(specs, features)
    derived = derive_requirements(title, "", whole, (), (), blueprint.chosen(features), {})
    known = {words_of(text) for text in (criterion.text for criterion in derived.criteria())}
    return tuple(quoted(draft.criteria, known))


def quoted(criteria: dict[str, str], known: set[str]) -> Iterable[str]:
    """Yield the criteria whose words are not known."""
    for number, text in criteria.items():
        if words_of(text) not in known:
            yield f"Criterion {number}: {' '.join(text.split())}"


def words_of(text: str) -> str:
    """Return the words of a sentence, so that two spellings of it are equal."""
    return " ".join(WORD.findall(text.casefold()))
