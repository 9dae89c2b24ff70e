"""What the question about unread words says is what stays unread: nothing that a proposal reads after all."""

from __future__ import annotations

import pytest

from bot.planning.built_in.questions.unread_pieces import UNREAD
from bot.planning.conversation import Answer, Conversation
from tests.planning.talking import interview, propose, quoted, rules_of, talk

MOON = "The moon is blue on Tuesdays"


def unread_asked(conversation: Conversation, answer: str = "") -> list[str]:
    """Answer all questions alike until nothing is asked; return the texts of those about unread words."""
    texts: list[str] = []
    while questions := interview(conversation).questions:
        texts += [question.text for question in questions if question.id == UNREAD]
        answers = tuple(
            Answer(question=one, text="" if one.id == UNREAD else answer, author="Jon", timestamp="2")
            for one in questions
        )
        conversation = conversation.model_copy(update={"answers": (*conversation.answers, *answers)})
    return texts


KILNS = "Kilns have a name and are working or broken. Potters have a name. Potters book kilns."
VETS = "Vets have a name and are on duty or off. An owner books a visit for an animal with a vet,"
MEMBERS = "Members have a name and a status: active, paused. Books have a title. Members borrow books."
INVOICES = "Invoices have a number and are open or paid."


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (f"{KILNS} A broken kiln can't be booked.", "create only while kiln.status is working"),
        (
            f"{VETS} and a vet who is off cannot be booked. Animals have a name. Owners have a name.",
            "create only while vet.status is on_duty",
        ),
        (f"{MEMBERS} Only active members can borrow.", "create only while member.status is active"),
        (f"{INVOICES} A paid invoice can't be deleted.", "delete only while status"),
    ],
)
def test_a_rule_that_is_declared_is_not_asked_about(said: str, rule: str) -> None:
    assert unread_asked(talk(said)) == []
    assert any(one.startswith(rule) for one in rules_of(propose(talk(said))))

    texts = unread_asked(talk(f"{said} {MOON}."))
    assert [text.startswith(f"I could not read “{MOON}”. Can you") for text in texts] == [True]
    assert quoted(propose(talk(f"{said} {MOON}."))) == [MOON]


@pytest.mark.parametrize(
    "said",
    ["A hall. Guests book rooms for an evening.", "We're organising a chess tournament. Players have a name.",
     "The crew planning!! Volunteers have a name and shifts. Shifts have a date."],
)  # fmt: skip
def test_what_the_whole_is_called_is_not_asked_about(said: str) -> None:
    assert unread_asked(talk(said)) == []
    assert quoted(propose(talk(said))) == []


def test_what_stays_unread_after_another_answer_is_asked_about_then() -> None:
    asked = unread_asked(talk(f"{KILNS} A broken kiln can't be booked."), "They are not linked")
    assert ["A broken kiln can't be booked" in text for text in asked] == [True]


def test_what_could_not_be_read_is_something_to_know_and_of_several_pieces_the_question_comes_first() -> None:
    open_now = interview(talk(f"{KILNS} {MOON}. The sea sings a song."))
    asked = [one for one in open_now.questions if one.id == "unread"]
    assert [one.text.startswith("Can you say these in other words? For example: ") for one in asked] == [True]
    assert [slot.name for slot in open_now.slots if not slot.known][-1:] == ["what else it does"]
    assert "what else it does" not in [slot.name for slot in interview(talk(KILNS)).slots]


def test_examples_of_the_own_things_stand_behind_the_question() -> None:
    (asked,) = [one for one in interview(talk(f"{KILNS} A kiln must never sing.")).questions if one.id == "unread"]
    assert asked.text == (
        "I could not read “A kiln must never sing”. Can you say it in other words? For example: “each kiln has a "
        "note”, “a broken kiln can't be deleted”, “only potters can change kilns”."
    )
    assert asked.reason.startswith("Otherwise it stays open, and the review lists it.")


SHELTER = (
    "Dogs have a name and a weight. Walkers have a name and tell us whether they have experience. "
    "A booking has a dog, a walker, a start and an end. Dogs over 30 kilos only go out with experienced walkers."
)
ALLOTMENTS = "Plots have a number. Gardeners have a name and tell us whether they have tools. A gardener rents a plot."


@pytest.mark.parametrize(
    ("said", "answer", "left"),
    [
        (
            f"{MOON}. {SHELTER}",
            ("Walkers have an experience. The first sentence is just the reason for it. "
            "A dog heavier than 30 kg may only be booked by an experienced walker."),
            ["A dog heavier than 30 kg may only be booked by an experienced walker"],
        ),
        (
            SHELTER,
            "A dog heavier than 20 kg may only be booked by an experienced walker.",
            ["A dog heavier than 20 kg may only be booked by an experienced walker",
             "Dogs over 30 kilos only go out with experienced walkers", "tell us whether they have experience"],
        ),
        (f"{MOON}. {ALLOTMENTS}", "Gardeners have a number of tools. The first one is just small talk.", []),
        (f"{MOON}. {ALLOTMENTS}", "Snow falls on tools where gardeners whistle.",
         [MOON, "Snow falls on tools where gardeners whistle", "tell us whether they have tools"]),
    ],
)  # fmt: skip
def test_what_an_answer_says_in_other_words_is_unread_no_more(said: str, answer: str, left: list[str]) -> None:
    assert sorted(quoted(propose(talk(said, answers={UNREAD: answer, "use": ""})))) == sorted(left)
