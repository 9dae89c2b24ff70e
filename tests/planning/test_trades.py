"""A plan is called after what its people do, never after a preposition, a pronoun or a verb."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.trades import is_name, trade_of
from bot.workflow.names import base_of, first_title, title_told


@pytest.mark.parametrize(
    ("said", "title", "handle"),
    [
        ("In our swimming club the coaches enter the times of the children.", "Swimming club", "swimming-club"),
        ("We repair bicycles for people. A bicycle has a brand.", "Bicycle repair", "bicycle-repair"),
        ("People hand in shoes to be repaired. Repairs have a price.", "Shoe repair", "shoe-repair"),
        ("Shoes are mended here. Shoes have a size.", "Shoe repair", "shoe-repair"),
        ("We run small ferry lines and sailings. A sailing has a date.", "Ferry lines", "ferry-lines"),
        ("Our shoe repair shop takes in shoes. A repair has a price.", "Shoe repair shop", "shoe-repair-shop"),
        ("At our driving school every learner has one instructor.", "Driving school", "driving-school"),
        ("For our removals firm I'd like to see which van goes to which move.", "Removals firm", "removals-firm"),
        ("In our repair café visitors bring broken things and volunteers fix them.", "Repair café", "repair-cafe"),
        ("I run a small dry cleaner's. Customers bring garments in.", "Dry cleaner's", "dry-cleaner"),
        ("We deliver meals to old people. Meals have a name.", "Meal delivery", "meal-delivery"),
    ],
)
def test_the_trade_is_the_title_and_the_name_of_the_repository(said: str, title: str, handle: str) -> None:
    assert (first_title(said), base_of(first_title(said))) == (title, handle)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("As a group of hikers we plan tours. Tours have a date. Hikers have a name.", "Tours and hikers"),
        ("We do flowers for weddings. Weddings have a date. Bouquets have a price.", "Weddings and bouquets"),
        ("Teachers report when something in a classroom is broken, with a photo.", "Reports and teachers"),
    ],
)
async def test_where_no_trade_is_told_the_two_main_things_are_the_title(said: str, title: str) -> None:
    assert not is_name(first_title(said))
    assert await title_told(said) == title


@pytest.mark.parametrize(
    "said",
    ["Students borrow cameras from the media lab", "Books have a title", "Our school plans excursions for classes",
     "We want to keep our office tidy", "", "Is our house on fire?"],
)  # fmt: skip
def test_other_words_tell_no_trade_of_several_words(said: str) -> None:
    assert " " not in trade_of(said)


@pytest.mark.parametrize("title", ["We repair bicycles", "Each berth", "People hand", "As a group", ""])
def test_words_of_a_sentence_are_no_name(title: str) -> None:
    assert not is_name(title)


@pytest.mark.parametrize("title", ["Library", "Bike repair shop", "Members and games", "Sales room keys", "Boat hire"])
def test_names_are_names(title: str) -> None:
    assert is_name(title)
