"""Every rule over requirements, with a document that breaks it and one that doesn't."""

from __future__ import annotations

import pytest

from bot.checks import all_rules, check_requirements
from bot.documents.requirements import AcceptanceCriterion, Requirement, Requirements

GOOD = "WHEN a book is lent, THE System SHALL refuse a second loan with 409."


def document(*texts: str, number: int = 1, numbers: tuple[str, ...] = ()) -> Requirements:
    """Return requirements with one requirement that holds the criteria."""
    criteria = tuple(
        AcceptanceCriterion(number=numbers[index] if numbers else f"1.{index + 1}", text=text)
        for index, text in enumerate(texts)
    )
    requirement = Requirement(
        number=number, title="Loans", user_story="As a member, I want to borrow.", criteria=criteria
    )
    return Requirements(title="Library", introduction="", requirements=(requirement,))


def twice(document: Requirements) -> Requirements:
    """Return the document with its requirement given twice, criteria of the second left out."""
    (requirement,) = document.requirements
    second = requirement.model_copy(
        update={"criteria": (AcceptanceCriterion(number="1.9", text="THE System SHALL log."),)}
    )
    return document.model_copy(update={"requirements": (requirement, second)})


CASES: dict[str, list[tuple[Requirements, Requirements]]] = {
    "PT101": [(document(), document(GOOD)), (Requirements(title="", introduction=""), document(GOOD))],
    "PT102": [
        (document("Books can be lent."), document(GOOD)),
        (document("WHEN a book is lent, it is gone."), document("when a book is lent, the System shall refuse it")),
        (document("Then THE System SHALL go"), document("IF a book is late THEN the System SHALL mark it")),
        (document(""), document("WHILE a book is lent, THE System SHALL show it as lent.")),
    ],
    "PT103": [
        (document("WHEN x, THE System SHALL do y and SHALL do z."), document(GOOD)),
        (document("THE System SHALL a SHALL b"), document("THE System SHALL answer “you SHALL not pass”.")),
    ],
    "PT104": [
        (document("THE System SHALL be fast."), document("THE System SHALL answer within 200 ms.")),
        (document("THE System SHALL store some fields, etc."), document("THE System SHALL answer `some`.")),
        (document("THE System SHALL be user-friendly."), document("THE System SHALL store the something-else.")),
    ],
    "PT105": [
        (document(GOOD, GOOD), document(GOOD, "THE System SHALL log.")),
        (document(GOOD, GOOD.upper().rstrip(".")), document(GOOD)),
        (document(GOOD, "THE System SHALL log.", numbers=("1.1", "1.1")), document(GOOD)),
        (twice(document(GOOD)), document(GOOD)),
    ],
    "PT106": [
        (document(GOOD, number=2), document(GOOD)),
        (document(GOOD, numbers=("1.x",)), document(GOOD, numbers=("1.17",))),
        (document(GOOD, numbers=("1",)), document(GOOD)),
    ],
}


def rules_broken(requirements: Requirements) -> set[str]:
    """Return the ids of the rules that a document breaks."""
    return {finding.rule for finding in check_requirements(requirements)}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in all_rules() if rule.id.startswith("PT1")}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: Requirements, sound: Requirements) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)


def test_a_sound_document_has_no_findings() -> None:
    assert check_requirements(document(GOOD)) == ()


def test_ambiguous_words_are_named_once_each() -> None:
    (finding,) = check_requirements(document("THE System SHALL quickly show some of some books."))
    assert finding.message == "“quickly”, “some” in 1.1 can't be decided by a test."
    assert finding.place.file == "requirements.md"
