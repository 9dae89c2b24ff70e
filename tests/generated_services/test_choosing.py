"""A few words choose cells; the combinations of features cover every pair."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.declared_rules import RULE_FORMS
from bot.documents.entities.entity_specs import SCALAR_TYPES, Cardinality, OnDelete
from bot.documents.findings import Severity
from bot.generation.blueprint import load_blueprint
from bot.generation.tables import schema_of
from tests.generated_services.choosing import NotUnderstood, chosen, parser
from tests.generated_services.combinations import FEWEST_ROWS, covering_rows
from tests.generated_services.judges import JUDGES
from tests.generated_services.matrix import Choice
from tests.generated_services.service_specs import SIZES, whole_specs

TEN = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")


def choice_of(*words: str) -> Choice:
    """Return what words of the command line choose."""
    return chosen(parser().parse_args(words))


def test_words_choose_size_features_judges_and_database_in_any_order() -> None:
    choice = choice_of("ruff,mypy", "3", "sqlite", "docker")

    assert choice == Choice([(3, ("docker",))], ("ruff", "mypy"), ("sqlite",))


def test_options_choose_the_same_as_words() -> None:
    options = ("--specs", "3,10", "--features", "all", "--judges", "pytest", "--database", "postgresql")

    everything = load_blueprint().feature_names
    assert choice_of(*options) == Choice([(3, everything), (10, everything)], ("pytest",), ("postgresql",))
    assert choice_of(*options) == choice_of("3,10", "pytest", "all", "postgresql")


def test_without_words_every_size_judge_and_database_is_chosen() -> None:
    choice = choice_of()

    assert {size for size, _ in choice.services} == set(SIZES)
    assert (choice.judges, choice.databases) == ((), ("sqlite", "postgresql"))
    assert all(choice.is_chosen(judge, is_first=True) for judge in JUDGES)


@pytest.mark.parametrize("word", ["4", "rust", "mysql"])
def test_an_unknown_word_is_refused_with_what_there_is(word: str) -> None:
    with pytest.raises(NotUnderstood, match=r"docker.*ruff.*sqlite"):
        choice_of(word)


def test_ten_features_are_covered_by_pairs_in_a_dozen_rows_or_a_few_more() -> None:
    rows = covering_rows(TEN)

    seen = {((left, left in row), (right, right in row)) for row in rows for left, right in combinations(TEN, 2)}
    states = product((True, False), repeat=2)
    assert seen == {((a, on), (b, also)) for on, also in states for a, b in combinations(TEN, 2)}
    assert FEWEST_ROWS <= len(rows) <= FEWEST_ROWS + 4
    assert rows[0] == TEN
    assert all(rows)
    assert rows == covering_rows(TEN)


def test_few_features_have_no_more_rows_than_combinations() -> None:
    assert covering_rows(("docker",)) == [("docker",)]
    assert sorted(covering_rows(("auth", "docker"))) == [("auth",), ("auth", "docker"), ("docker",)]


@pytest.mark.parametrize("size", SIZES)
def test_specs_have_their_number_of_entities_and_no_error(size: int) -> None:
    specs = whole_specs(size)

    findings = check_entity_specs(specs)
    assert len(specs.entities) == size
    assert [finding.message for finding in findings if finding.severity is Severity.ERROR] == []


@pytest.mark.parametrize("size", [3, 100])
def test_specs_use_every_type_relation_and_form_of_rule(size: int) -> None:
    specs = whole_specs(size)
    fields = [field for entity in specs.entities for field in entity.fields]
    rules = [rule for entity in specs.entities for rule in entity.rules]

    assert {field.type.name for field in fields} >= set(SCALAR_TYPES)
    assert {relation.cardinality for entity in specs.entities for relation in entity.relations} >= {
        Cardinality.MANY_TO_ONE,
        Cardinality.ONE_TO_MANY,
        Cardinality.MANY_TO_MANY,
    }
    assert {field.on_delete for field in fields} >= set(OnDelete)
    assert len({rule.kind for rule in rules}) == len(RULE_FORMS)


def test_the_dense_specs_use_every_modifier() -> None:
    fields = [field for entity in whole_specs(3).entities for field in entity.fields]
    unused = [
        name
        for name, default in ((name, info.default) for name, info in type(fields[0]).model_fields.items())
        if name not in {"name", "type"} and all(getattr(field, name) == default for field in fields)
    ]

    assert unused in ([], ["feature"])


def test_a_relation_of_an_entity_to_itself_makes_no_other_key_unique() -> None:
    loans = schema_of(whole_specs(3)).table("loans")

    assert loans is not None
    assert [unique.columns for unique in loans.uniques] == [("follows_id",)]
