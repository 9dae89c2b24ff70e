"""A first review of a plan that lacks what people told of says so at its top, and what to do."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import EntitySpecs
from bot.slack.blocks.review_lists import gaps
from bot.workflow.reviews import ReviewContent
from tests.planning.talking import propose, talk
from tests.slack.test_folded_reviews import shown_review
from tests.workflow.office import Office

WHOLE = "This plan is not whole yet"
UNREAD = "the moon wobbles over the costume store"


def specs_of(*texts: str) -> EntitySpecs:
    """Return the entities of an idea."""
    return propose(talk(*texts)).specs


async def test_the_first_review_says_what_is_not_in_it_and_a_later_one_does_not(office: Office) -> None:
    office.planner.extra = {"unread": (UNREAD,)}
    await office.in_review()
    first = await shown_review(office, 1)
    assert f"{WHOLE}*: 1 sentence of yours is not in it" in first
    assert first.index(WHOLE) < first.index("Entities"), "it stands at the top"
    assert "set it right in the form of `Edit entities`" in first
    await office.change("add pages", 1)
    await office.work()
    assert WHOLE not in await shown_review(office, 2)


async def test_a_whole_plan_says_nothing_of_it(office: Office) -> None:
    await office.in_review()
    assert WHOLE not in await shown_review(office, 1)


def test_what_nothing_is_linked_to_is_named() -> None:
    specs = specs_of("Wind parks have a name. Members have a name. Books have a title. Members borrow books.")
    assert gaps(ReviewContent(), specs) == "nothing links wind parks to the rest"
    both = gaps(ReviewContent(unread=(UNREAD, UNREAD)), specs)
    assert both == "2 sentences of yours are not in it and nothing links wind parks to the rest"


def test_what_people_want_apart_is_no_gap() -> None:
    specs = specs_of("Wind parks have a name. Members have a name. Books have a title. Members borrow books.")
    content = ReviewContent(decisions=("Wind parks are not linked (Mara)",))
    assert gaps(content, specs) == ""
    assumed = ReviewContent(assumptions=("Wind parks are not linked",))
    assert gaps(assumed, specs) == "nothing links wind parks to the rest"


def test_one_thing_alone_and_words_that_were_left_over_are_no_gap() -> None:
    assert gaps(ReviewContent(unread=("tuner",)), specs_of("Books have a title.")) == ""


@pytest.mark.parametrize(
    ("unread", "said"),
    [
        (("it's planned", "recorded or aired"), "2 pieces of what you said are not in it"),
        (("aired twice",), "1 piece of what you said is not in it"),
        (("it's planned", UNREAD), "2 sentences of yours are not in it"),
        (("a food bank on the edge of town",), ""),
        (("a small radio station run by volunteers", "tuner"), ""),
        (("We look after an allotment garden",), ""),
        (("We’re a choir in the old town",), ""),
        (("We run a shop that has three counters",), "1 sentence of yours is not in it"),
        (("a tenant reports the damage",), "1 sentence of yours is not in it"),
        (("a family that lives in our town",), "1 sentence of yours is not in it"),
    ],
)
def test_short_pieces_are_a_gap_and_an_introduction_is_none(unread: tuple[str, ...], said: str) -> None:
    assert gaps(ReviewContent(unread=unread), specs_of("Books have a title.")) == said
