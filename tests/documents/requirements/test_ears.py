"""Criteria in EARS form are taken apart; other sentences stay text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.requirements.ears import EarsClause, EarsCondition, EarsWord, ears, write_ears

WHERE, WHILE, WHEN, IF = EarsWord.WHERE, EarsWord.WHILE, EarsWord.WHEN, EarsWord.IF


@pytest.mark.parametrize(
    ("text", "conditions", "system", "response"),
    [
        ("THE System SHALL print", [], "System", "print"),
        ("the system shall print", [], "system", "print"),
        ("WHEN a book is lent, THE System SHALL note it.", [(WHEN, "a book is lent")], "System", "note it."),
        ("WHEN a book is lent THE System SHALL note it", [(WHEN, "a book is lent")], "System", "note it"),
        ("WHEN a book is lent THEN the system SHALL note it", [(WHEN, "a book is lent")], "system", "note it"),
        ("IF it rains THEN THE Bot SHALL wait", [(IF, "it rains")], "Bot", "wait"),
        ("If it rains, then the bot shall wait", [(IF, "it rains")], "bot", "wait"),
        ("if it rains, bot shall wait", [(IF, "it rains")], "bot", "wait"),
        ("when the lamp is on the system shall hum", [(WHEN, "the lamp is on")], "system", "hum"),
        ("**WHEN** it is on **THEN** the system **SHALL** hum", [(WHEN, "it is on")], "system", "hum"),
        (
            "WHERE mail is on, WHILE a loan is open AND WHEN the day ends, THE System SHALL write",
            [(WHERE, "mail is on"), (WHILE, "a loan is open"), (WHEN, "the day ends")],
            "System",
            "write",
        ),
        (
            "WHEN a member, the admin or the owner, logs in THEN the system SHALL greet",
            [(WHEN, "a member, the admin or the owner, logs in")],
            "system",
            "greet",
        ),
        ("WHEN they ask what when means, THE Bot SHALL tell", [(WHEN, "they ask what when means")], "Bot", "tell"),
        ("THE System SHALL stop when the user, if any, asks", [], "System", "stop when the user, if any, asks"),
    ],
)
def test_clauses(text: str, conditions: list[tuple[EarsWord, str]], system: str, response: str) -> None:
    clause = ears(text)
    assert clause is not None
    assert [(condition.word, condition.text) for condition in clause.conditions] == conditions
    assert (clause.system, clause.response, clause.negative) == (system, response, False)


@pytest.mark.parametrize(
    "text",
    [
        "", "The system is fast", "Users shall be happy", "WENN es regnet, THE System SHALL warten", "SHALL",
        "日が暮れたら、システムは灯りをつける", "THE SHALL print", "THE System SHALL", "WHEN , THE System SHALL x",
        "THEN the system SHALL x", "WHEN it rains",
    ],
)  # fmt: skip
def test_other_sentences_stay_text(text: str) -> None:
    assert ears(text) is None


def test_a_prohibition_is_the_opposite_of_its_response() -> None:
    never, always = ears("IF it rains, THEN THE Bot SHALL NOT go"), ears("if it  RAINS, the Bot shall go")
    assert never
    assert always
    assert (never.negative, never.response, never.then) == (True, "go", True)
    assert (always.negative, always.response, always.then) == (False, "go", False)
    assert never.trigger == always.trigger == ((IF, "it rains"),)


def test_conditions_have_an_order() -> None:
    odd = ears("WHEN a, WHILE b, THE System SHALL c")
    assert odd
    assert not odd.is_in_order
    assert odd.texts(WHILE) == ("b",)
    assert write_ears(odd) == "WHILE b, WHEN a, THE System SHALL c"
    assert EarsClause((), "System", "c").is_in_order


words = st.sampled_from(["alpha", "beta", "gamma ray", "the lamp", "42"])
conditions = st.builds(EarsCondition, word=st.sampled_from(EarsWord), text=words)


@settings(deadline=None, max_examples=80)
@given(st.lists(conditions, max_size=3), words, words, st.booleans())
def test_the_one_form_says_the_same(found: list[EarsCondition], system: str, response: str, negative: bool) -> None:
    clause = EarsClause(tuple(found), system.removeprefix("the "), response, negative)
    again = ears(write_ears(clause))
    assert again
    assert again.trigger == clause.trigger
    assert (again.system, again.response, again.negative) == (clause.system, clause.response, clause.negative)
    assert again.is_in_order
    assert write_ears(again) == write_ears(clause)


pieces = st.sampled_from(["WHEN", "when", "IF", "THEN", "THE", "the", "SHALL", "shall", "NOT", ",", "**", "AND", "x"])


@settings(deadline=None, max_examples=80)
@given(st.lists(pieces | st.text(max_size=4), max_size=14).map(" ".join))
def test_no_text_makes_it_raise(text: str) -> None:
    clause = ears(text)
    assert clause is None or (clause.system and clause.response)


def test_hostile_text_ends() -> None:
    for text in ("WHEN " * 200_000, "THE SHALL " * 100_000, "WHEN a, " * 100_000 + "THE s SHALL x", "the " * 200_000):
        assert ears(text) is None or "SHALL" in text
