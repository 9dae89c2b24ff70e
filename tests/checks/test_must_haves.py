"""Must-haves against what a plan makes and says."""

from __future__ import annotations

import pytest

from bot.checks.must_haves import made_by_nobody, names_of_files, spoken_of_by_nobody


def test_files_are_compared_whatever_their_case_and_slashes() -> None:
    made = names_of_files(["./app/Main.py", "app\\models\\book.py", "Dockerfile"])
    assert made_by_nobody(["app/main.py", "`app/models/book.py`", "dockerfile"], made) == ()
    assert made_by_nobody(["app/main.PY", "app/b.py", "./app/b.py"], made) == ("app/b.py",)


def test_what_is_no_path_of_a_file_is_not_judged() -> None:
    assert (
        made_by_nobody(["", "/api/v1/books", "app/models", "the page", "see app/main.py", "v1.2"], names_of_files([]))
        == ()
    )
    assert made_by_nobody(["compose.yaml", "deploy/Dockerfile"], names_of_files([])) == (
        "compose.yaml",
        "deploy/Dockerfile",
    )


@pytest.mark.parametrize(
    ("truth", "text"),
    [
        ("A member can register", "Registration of members"),
        ("GET /api/v1/books answers 200", "Book: endpoints"),
        ("Categories are listed", "Make app/models/category.py"),
        ("Der Bücherbestand ist sichtbar", "Bücherbestand zeigen"),
    ],
)
def test_a_truth_is_spoken_of_by_a_shared_telling_word(truth: str, text: str) -> None:
    assert spoken_of_by_nobody((truth,), ["Nothing else", text]) == ()
    assert spoken_of_by_nobody((truth,), ["Nothing else"]) == (truth,)


@pytest.mark.parametrize("truth", ["", "It works", "すべての本が返される", "모든 책", "200 OK", "Users can only then"])
def test_a_truth_without_telling_words_is_not_judged(truth: str) -> None:
    assert spoken_of_by_nobody((truth,), []) == ()


def test_words_that_say_little_join_nothing() -> None:
    assert spoken_of_by_nobody(("Every fee works when shown",), ["It works when every user will"]) == (
        "Every fee works when shown",
    )
