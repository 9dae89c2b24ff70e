"""Contradictions that can be decided, and pairs that only look like one."""

from __future__ import annotations

import pytest

from bot.checks.contradictions import contradictions
from bot.documents.requirements.requirements import AcceptanceCriterion


def said(*texts: str) -> list[tuple[str, str, str]]:
    """Return the contradictions between criteria: the numbers of both, and why."""
    criteria = [AcceptanceCriterion(number=str(number), text=text) for number, text in enumerate(texts, start=1)]
    return [(found.first.number, found.second.number, found.why) for found in contradictions(criteria)]


LENT = "WHEN a book is lent, THE System SHALL "

CONTRADICTIONS = [
    (f"{LENT}send a mail.", f"{LENT}NOT send a mail.", "“SHALL send” there and “SHALL NOT send” here"),
    (f"{LENT}NOT send a mail", f"{LENT.lower()} send  a mail.", "“SHALL NOT send” there and “SHALL send” here"),
    (f"{LENT}accept it.", f"{LENT}reject it.", "“SHALL accept” there and “SHALL reject” here"),
    (f"{LENT}allow it.", f"{LENT}NOT permit it.", "“SHALL allow” there and “SHALL NOT permit” here"),
    (f"{LENT}NOT refuse it.", f"{LENT}deny it.", "“SHALL NOT refuse” there and “SHALL deny” here"),
    (f"{LENT}show it.", f"{LENT}hide it.", "“SHALL show” there and “SHALL hide” here"),
    (f"{LENT}keep it.", f"{LENT}remove it.", "“SHALL keep” there and “SHALL remove” here"),
    (f"{LENT}enable it.", f"{LENT}disable it.", "“SHALL enable” there and “SHALL disable” here"),
    (f"{LENT}include it.", f"{LENT}omit it.", "“SHALL include” there and “SHALL omit” here"),
    ("THE System SHALL log.", "THE System SHALL NOT log.", "“SHALL log” there and “SHALL NOT log” here"),
    (f"{LENT}answer 200.", f"{LENT}answer 409.", "200 there and 409 here"),
    (f"{LENT}store it and answer 201 with it.", f"{LENT}respond with status code 200.", "201 there and 200 here"),
    (f"{LENT}return HTTP 404", f"{LENT}return a 410 and keep it", "404 there and 410 here"),
    (f"{LENT}keep at most 5 copies.", f"{LENT}keep at most 6 copies.", "“at most 5” there and “at most 6” here"),
    ("THE System SHALL wait up to 2.5 s", "THE System SHALL wait up to 3 s", "“up to 2.5” there and “up to 3” here"),
    (f"{LENT}answer within 200ms", f"{LENT}answer within 300ms", "“within 200” there and “within 300” here"),
]


@pytest.mark.parametrize(("first", "second", "why"), CONTRADICTIONS)
def test_what_cant_both_hold_is_found_either_way_round(first: str, second: str, why: str) -> None:
    assert said(first, second) == [("1", "2", why)]
    assert [found[:2] for found in said(second, first)] == [("1", "2")]
    assert said(first, first) == []
    assert said(second, second) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{LENT}send a mail.", f"{LENT}NOT send a letter."),
        (f"{LENT}send a mail.", "WHEN a book is late, THE System SHALL NOT send a mail."),
        (f"{LENT}send a mail.", f"{LENT}NOT send a mail if it is Sunday."),
        (f"{LENT}send a mail.", "IF a book is lent, THEN THE System SHALL NOT send a mail."),
        (f"{LENT}send a mail.", "WHEN a book is lent, THE Robot SHALL NOT send a mail."),
        (f"{LENT}send a mail.", f"WHILE it is night, {LENT}NOT send a mail."),
        (f"{LENT}accept it.", f"{LENT}permit it."),
        (f"{LENT}accept it.", f"{LENT}NOT reject it."),
        (f"{LENT}delete the loan.", f"{LENT}keep the book."),
        ("THE System SHALL answer 404.", "THE System SHALL answer 409."),
        (f"{LENT}answer 404 for members.", f"{LENT}answer 409."),
        (f"{LENT}answer 409.", f"{LENT}answer 404 if the member is gone."),
        (f"{LENT}answer 200 or 204.", f"{LENT}answer 204."),
        (f"{LENT}answer 200 and then answer 204.", f"{LENT}answer 204."),
        (f"{LENT}answer 200.5 times.", f"{LENT}answer 204."),
        (f"{LENT}answer 2001.", f"{LENT}answer 204."),
        (f"{LENT}count 200 books.", f"{LENT}count 204 books."),
        (f"{LENT}answer 404.", f"{LENT}NOT answer 409."),
        (f"{LENT}keep at most 5 copies.", f"{LENT}keep at least 6 copies."),
        (f"{LENT}keep at most 5 copies.", f"{LENT}keep at most 6 notes."),
        (f"{LENT}keep at most 5 copies.", f"{LENT}keep at most 5.0 copies."),
        (f"{LENT}keep at most 5 to at least 2 copies.", f"{LENT}keep at most 6 to at least 2 copies."),
        (f"{LENT}remind 3 days before.", f"{LENT}remind 1 days before."),
        (f"{LENT}NOT keep exactly 5 copies.", f"{LENT}NOT keep exactly 6 copies."),
        ("THE System SHALL support HTTP 1.", "THE System SHALL support HTTP 2."),
        ("No EARS at all", "NOT no EARS at all"),
    ],
)
def test_what_only_looks_like_a_contradiction_is_left_alone(first: str, second: str) -> None:
    assert said(first, second) == []


def test_each_criterion_is_told_of_the_first_that_it_contradicts_once() -> None:
    texts = (f"{LENT}answer 200.", f"{LENT}answer 409.", f"{LENT}answer 200.", f"{LENT}answer 410.")
    assert [found[:2] for found in said(*texts)] == [("1", "2"), ("1", "4")]
    assert said(f"{LENT}answer within 5 s.", f"{LENT}NOT answer within 5 s.", f"{LENT}answer within 6 s.") == [
        ("1", "2", "“SHALL answer” there and “SHALL NOT answer” here"),
        ("1", "3", "“within 5” there and “within 6” here"),
    ]


@pytest.mark.parametrize("tail", ["when", "while", "where", "unless", "except", "otherwise", "or", "on", "in case"])
def test_a_condition_behind_a_status_code_makes_it_another_case(tail: str) -> None:
    assert said(f"{LENT}answer 404 {tail} it rains.", f"{LENT}answer 409.") == []
    assert said(f"{LENT}answer 404 {tail}x it rains.", f"{LENT}answer 409.") == [("1", "2", "404 there and 409 here")]


@pytest.mark.parametrize(
    "bound",
    [
        "within", "at most", "at least", "no more than", "not more than", "no fewer than", "no less than", "up to",
        "exactly", "a maximum of", "a minimum of",
    ],
)  # fmt: skip
def test_two_limits_of_one_bound_contradict_each_other(bound: str) -> None:
    found = said(f"THE System SHALL keep {bound} 10 notes.", f"THE System SHALL keep {bound} 11 notes.")
    assert found == [("1", "2", f"“{bound} 10” there and “{bound} 11” here")]
