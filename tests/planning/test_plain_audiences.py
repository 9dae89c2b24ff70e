"""Whom something is for, one of some kinds of people, is its kind; never a field that is called "for"."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_audiences import in_plain_audiences
from tests.planning.talking import enums, propose, shape, talk

SKIERS = ("beginners", "advanced_skiers")


@pytest.mark.parametrize(
    ("said", "name", "kinds"),
    [
        ("We give lessons for beginners or advanced skiers. Each lesson has a date.", "Lesson", SKIERS),
        ("Ski school: lessons for beginners or advanced skiers.", "Lesson", SKIERS),
        ("A course is for beginners or advanced skiers, and has a date.", "Course", SKIERS),
        ("Lessons are for beginners or for advanced skiers.", "Lesson", SKIERS),
        ("Each lesson has a date, a teacher, for beginners or advanced skiers.", "Lesson", SKIERS),
        ("We offer tours for families or seniors.", "Tour", ("families", "seniors")),
        ("A pass has a price and is for adults, children or pensioners.", "Pass", ("adults", "children", "pensioners")),
        ("There are hikes for toddlers, couples or experts.", "Hike", ("toddlers", "couples", "experts")),
        ("We keep boats with a name, for rent or sale.", "Boat", ("rent", "sale")),
    ],
)
def test_whom_something_is_for_is_its_kind(said: str, name: str, kinds: tuple[str, ...]) -> None:
    proposal = propose(talk(said))
    assert enums(proposal) == {f"{name}Kind": kinds}
    assert f"kind:{name}Kind" in shape(proposal)[name].split()
    assert proposal.unread == ()


def test_what_is_said_besides_is_told_of_the_same_thing() -> None:
    proposal = propose(talk("Each class has a title, a room and is for juniors or seniors, and costs a fee."))
    assert shape(proposal) == {"Class": "title:str room:str kind:ClassKind fee:Decimal"}


@pytest.mark.parametrize(
    "said",
    [
        "",
        ". ",
        "We sell tickets for concerts or plays.",
        "We give lessons for beginners and advanced skiers.",
        "We give lessons for beginners or not.",
        "Rooms are for members or guests. A guest has a name.",
        "We give lessons for beginners or experts. A lesson has a level and a date.",
        "A table is for two or four people.",
        "Lessons are for beginners or skiers with a pass.",
    ],
)
def test_other_sentences_stay_as_they_are(said: str) -> None:
    """What is for no people, what is for both, and people that are things themselves."""
    assert in_plain_audiences(said) == said


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("A pass is for one person or a family.", ("one_person", "family")),
        ("Every pass has a price and is for one adult, a couple or a group.", ("one_adult", "couple", "group")),
        ("A pass is for one day or a week.", ("one_day", "week")),
    ],
)
def test_for_how_many_something_is_is_its_kind_and_has_no_steps(said: str, kinds: tuple[str, ...]) -> None:
    proposal = propose(talk(said))
    assert enums(proposal) == {"PassKind": kinds}
    assert "kind:PassKind" in shape(proposal)["Pass"].split()
