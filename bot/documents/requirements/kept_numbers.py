"""Gives a new revision of requirements the numbers of the one before: a number means the same thing for ever.

Derived requirements are counted from 1 each time. What is still there, in the same or in similar words, keeps its
number; what is new gets one that was never given; what is gone leaves one struck line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from bot.documents.requirements.requirements import (
    AcceptanceCriterion,
    Requirement,
    Requirements,
    numbered_criteria,
)
from bot.documents.text.numbering import Numbers, Removed, number_key, sorted_removed

__all__ = ["with_kept_numbers"]

ALIKE = 0.6
"""Share of words in common, in their order, from which on two texts are two wordings of one thing."""


def with_kept_numbers(
    before: Requirements, after: Requirements, retitled: Mapping[str, str] | None = None
) -> Requirements:
    """Return ``after`` with the numbers that ``before`` gave, in the order of the numbers.

    ``retitled`` holds earlier titles of requirements and what each is called now.
    """
    numbers = Numbers(before.numbers)
    pairs = paired_requirements(before.requirements, after.requirements, retitled or {})
    requirements: list[Requirement] = []
    removed = [*before.removed]
    for position, requirement in enumerate(after.requirements):
        if position not in pairs:
            number = int(numbers.give())
            criteria = numbered_criteria(number, [criterion.text for criterion in requirement.criteria])
            requirements.append(requirement.model_copy(update={"number": number, "criteria": criteria}))
            continue
        renewed, gone = renumbered(before.requirements[pairs[position]], requirement, numbers)
        requirements.append(renewed)
        removed += gone
    gone_whole = [one for position, one in enumerate(before.requirements) if position not in pairs.values()]
    removed += [Removed(number=str(one.number), text=one.title) for one in gone_whole]
    in_order = tuple(sorted(requirements, key=lambda requirement: requirement.number))
    return after.model_copy(update={"requirements": in_order, "removed": sorted_removed(removed)})


def renumbered(before: Requirement, after: Requirement, numbers: Numbers) -> tuple[Requirement, list[Removed]]:
    """Return a requirement with its old numbers, and the criteria that it lost."""
    pairs = paired([one.text for one in before.criteria], [one.text for one in after.criteria])
    criteria = [
        AcceptanceCriterion(
            number=before.criteria[pairs[position]].number if position in pairs else numbers.give(str(before.number)),
            text=criterion.text,
        )
        for position, criterion in enumerate(after.criteria)
    ]
    gone = [
        Removed(number=criterion.number, text=criterion.text)
        for position, criterion in enumerate(before.criteria)
        if position not in pairs.values()
    ]
    in_order = tuple(sorted(criteria, key=lambda criterion: number_key(criterion.number)))
    return after.model_copy(update={"number": before.number, "criteria": in_order}), gone


def paired_requirements(
    before: Sequence[Requirement], after: Sequence[Requirement], retitled: Mapping[str, str]
) -> dict[int, int]:
    """Return the position after and before of each requirement that stays: of one title, or with a criterion in common.

    Likeness says nothing here: what is derived about two entities differs in their names only.
    """
    titles = paired([retitled.get(one.title, one.title) for one in before], [one.title for one in after], alike=1.0)
    free = {
        criterion.text: position
        for position, one in enumerate(before)
        for criterion in one.criteria
        if position not in titles.values()
    }
    pairs = dict(titles)
    for later, one in enumerate(after):
        earlier = next((free[criterion.text] for criterion in one.criteria if criterion.text in free), None)
        if later not in pairs and earlier is not None and earlier not in pairs.values():
            pairs[later] = earlier
    return pairs


def paired(before: Sequence[str], after: Sequence[str], alike: float = ALIKE) -> dict[int, int]:
    """Return the position after and before of each text that stays: first the same ones, then the most similar."""
    pairs: dict[int, int] = {}
    same: dict[str, list[int]] = {}
    for earlier, text in enumerate(before):
        same.setdefault(text, []).append(earlier)
    for later, text in enumerate(after):
        if same.get(text):
            pairs[later] = same[text].pop(0)
    if alike >= 1:
        return pairs
    for _, later, earlier in sorted(likenesses(before, after, pairs, alike)):
        if later not in pairs and earlier not in pairs.values():
            pairs[later] = earlier
    return pairs


def likenesses(
    before: Sequence[str], after: Sequence[str], pairs: Mapping[int, int], alike: float
) -> Iterator[tuple[float, int, int]]:
    """Yield how unlike the texts are that have no pair yet, each with its position after and before."""
    matcher = SequenceMatcher(autojunk=False)
    taken = set(pairs.values())
    for earlier, old in enumerate(before):
        if earlier in taken:
            continue
        matcher.set_seq2(old.split())
        for later, new in enumerate(after):
            if later in pairs:
                continue
            matcher.set_seq1(new.split())
            if matcher.real_quick_ratio() >= alike and (ratio := matcher.ratio()) >= alike:
                yield -ratio, later, earlier
