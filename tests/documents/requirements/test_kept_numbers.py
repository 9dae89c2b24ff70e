"""A number of a requirement means the same thing in every revision, and is never given again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.requirements.kept_numbers import with_kept_numbers
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.requirements.requirements_writer import write_requirements

CREATE = "WHEN a client sends a title and a price, THE System SHALL store a book."
LIST = "WHEN a client asks for books, THE System SHALL answer a page of them."
TAKEN = "IF another book has the ISBN, THEN THE System SHALL refuse the request."
JOIN = "WHEN a client sends a name, THE System SHALL store a member."


def requirement(number: int, title: str, *criteria: str) -> Requirement:
    """Return a requirement whose criteria are counted from 1."""
    return Requirement(
        number=number,
        title=title,
        user_story=f"As a client, I want {title.lower()}, so that they are kept.",
        criteria=tuple(
            AcceptanceCriterion(number=f"{number}.{position}", text=text)
            for position, text in enumerate(criteria, start=1)
        ),
    )


def document(*requirements: Requirement) -> Requirements:
    """Return requirements as they are derived: counted from 1."""
    return Requirements(title="Library", introduction="", requirements=requirements)


def numbers(kept: Requirements) -> dict[str, str]:
    """Return the text of each criterion by its number."""
    return {criterion.number: criterion.text for criterion in kept.criteria()}


BEFORE = document(requirement(1, "Books", CREATE, TAKEN, LIST), requirement(2, "Members", JOIN))


def test_nothing_changed_keeps_everything() -> None:
    assert with_kept_numbers(BEFORE, BEFORE) == BEFORE


def test_a_new_criterion_in_the_middle_gets_a_number_of_its_own() -> None:
    later = "WHILE a book is lent, THE System SHALL refuse a second loan."

    kept = with_kept_numbers(
        BEFORE, document(requirement(1, "Books", CREATE, later, TAKEN, LIST), requirement(2, "Members", JOIN))
    )

    assert numbers(kept) == {"1.1": CREATE, "1.2": TAKEN, "1.3": LIST, "1.4": later, "2.1": JOIN}
    assert kept.removed == ()


def test_other_words_for_the_same_criterion_keep_its_number() -> None:
    reworded = CREATE.replace("a price", "a price and pages")

    kept = with_kept_numbers(
        BEFORE, document(requirement(1, "Books", TAKEN, reworded, LIST), requirement(2, "Members", JOIN))
    )

    assert numbers(kept)["1.1"] == reworded
    assert numbers(kept)["1.2"] == TAKEN


def test_what_went_is_struck_and_its_number_is_never_given_again() -> None:
    without = with_kept_numbers(
        BEFORE, document(requirement(1, "Books", CREATE, LIST), requirement(2, "Members", JOIN))
    )
    assert [(one.number, one.text) for one in without.removed] == [("1.2", TAKEN)]

    again = with_kept_numbers(without, BEFORE)

    assert numbers(again) == {"1.1": CREATE, "1.3": LIST, "1.4": TAKEN, "2.1": JOIN}
    assert [one.number for one in again.removed] == ["1.2"]


def test_a_whole_requirement_that_went_leaves_one_line_and_a_new_one_comes_after_all() -> None:
    shelves = requirement(1, "Shelves", "WHEN a client names a room, THE System SHALL keep a shelf there.")

    kept = with_kept_numbers(BEFORE, document(shelves, requirement(2, "Books", CREATE, TAKEN, LIST)))

    assert [(one.number, one.title) for one in kept.requirements] == [(1, "Books"), (3, "Shelves")]
    assert [(one.number, one.text) for one in kept.removed] == [("2", "Members")]
    assert numbers(kept)["3.1"].startswith("WHEN a client names a room")


def test_a_renamed_thing_keeps_its_requirement() -> None:
    texts = [text.replace("book", "volume") for text in (CREATE, TAKEN, LIST)]

    renamed = document(requirement(1, "Members", JOIN), requirement(2, "Volumes", *texts))

    kept = with_kept_numbers(BEFORE, renamed, {"Books": "Volumes"})

    assert [(one.number, one.title) for one in kept.requirements] == [(1, "Volumes"), (2, "Members")]
    assert list(numbers(kept)) == ["1.1", "1.2", "1.3", "2.1"]
    assert [one.number for one in with_kept_numbers(BEFORE, renamed).requirements] == [2, 3], "nobody said so"


TEXTS = st.lists(st.sampled_from([CREATE, LIST, TAKEN, JOIN, "WHILE it rains, THE System SHALL wait."]), max_size=5)


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(["Books", "Members", "Loans"]), TEXTS), max_size=3), min_size=2, max_size=5
    )
)
def test_in_any_history_each_number_means_one_thing_and_the_document_reads_back(
    history: list[list[tuple[str, list[str]]]],
) -> None:
    current = document()
    meant: set[str] = set()
    for revision in history:
        after = document(
            *(requirement(number, title, *texts) for number, (title, texts) in enumerate(revision, start=1))
        )
        renewed = with_kept_numbers(current, after)
        given_now = [*(str(one.number) for one in renewed.requirements), *(one.number for one in renewed.criteria())]
        struck = {one.number for one in renewed.removed}
        assert len(given_now) == len(set(given_now))
        assert not struck & set(given_now), "a struck number is never given again"
        assert meant <= struck | set(given_now) | {one for one in meant if one.partition(".")[0] in struck}
        assert sorted(one.text for one in renewed.criteria()) == sorted(one.text for one in after.criteria())
        assert read_requirements(write_requirements(renewed)).requirements.numbers == renewed.numbers
        meant |= struck | set(given_now)
        current = renewed
