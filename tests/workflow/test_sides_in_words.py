"""A disagreement is settled in plain words: by whose answer it is, by its place, or by the answer itself."""

from __future__ import annotations

import pytest

from bot.planning.conversation import Question, Side
from bot.store.tables import ConversationMessage
from bot.workflow.plain_questions import answer_while_gathering
from bot.workflow.sides_in_words import named_sides, side_taken
from tests.workflow.office import ADA, COPIES, JON, MARA, WHO, Office

LIBRARIANS, EVERYONE = "Librarians only", "Everyone"
DISPUTED = Question(
    id="who/settled/1",
    text="You disagree. Who may add books?",
    reason="",
    options=(LIBRARIANS, EVERYONE),
    sides=(Side(author=JON, text=LIBRARIANS), Side(author=MARA, text=EVERYONE)),
)
NAMES = {JON: "Jon", MARA: "Mara Lind"}


def taken(said: str, person: str = ADA) -> str:
    """Return the answer that somebody's words settle the disagreement with."""
    return side_taken(DISPUTED, named_sides(said, [DISPUTED], NAMES), person)


@pytest.mark.parametrize(
    "said",
    ["ok, let's take Mara's", "Mara's answer", "let's go with Mara", "I agree with Mara", "Mara is right", "Everyone",
     "Mara Lind's version please", "we'll take what Mara said", "as Mara says", "ok, the second one", "mara's right",
     "the last one then", f"<@{MARA}>'s", f"let's take <@{MARA}>", "let's take “Everyone”", "ok, everyone then.",
     "I'm fine with Mara's", "let us use the latter"],
)  # fmt: skip
def test_words_for_one_of_the_sides_settle_it(said: str) -> None:
    assert taken(said) == EVERYONE


@pytest.mark.parametrize(
    ("said", "person", "answer"),
    [("let's take mine", JON, LIBRARIANS), ("mine", MARA, EVERYONE), ("ok, yours", JON, EVERYONE),
     ("the other one", MARA, LIBRARIANS), ("ok, the other's", JON, EVERYONE), ("what I said", JON, LIBRARIANS),
     ("you are right", JON, ""), ("mine", ADA, ""), ("the other one", ADA, "")],
)  # fmt: skip
def test_mine_and_the_other_depend_on_who_says_it(said: str, person: str, answer: str) -> None:
    assert taken(said, person) == answer


@pytest.mark.parametrize(
    "said",
    ["Books have pages.", "Mara, what do you think?", "let's meet at Mara's", "Ada is right", "the fourth one", "ok",
     "yes", "Mara's answer is not what we need at all", "you decide", "Mara and Jon should talk", ""],
)  # fmt: skip
def test_other_words_settle_nothing(said: str) -> None:
    assert taken(said) == ""


@pytest.mark.parametrize("said", [f"ok, let's take <@{MARA}>'s", "the second one", "let's take “Everyone”"])
async def test_the_planner_hears_what_was_settled_in_words(office: Office, said: str) -> None:
    office.planner.questions = (WHO, COPIES)
    await office.start()
    await office.work()
    await office.answer("who", LIBRARIANS, JON)
    await office.answer("copies", "two", JON)
    await office.answer("who", EVERYONE, MARA)

    assert await office.say(said, ADA) == 1
    await office.work()

    heard = {answer.question.id: (answer.text, answer.author) for answer in office.planner.heard[-1].answers}
    assert heard["who"] == (EVERYONE, ADA)
    assert (await office.plan()).stage == "in review"
    assert [row.kind for row in await office.rows(ConversationMessage)] == ["request"]


@pytest.mark.parametrize(
    ("said", "is_missed"),
    [("you missed the messages above", True), ("You didn't read our discussion above!", True),
     ("you've overlooked what we said before", True), ("it ignored the earlier messages", True),
     ("you forgot the rest of the thread", True), ("you haven't seen the messages from this morning", True),
     ("you forgot the price", False), ("a missed message is sent again", False), ("you missed a field: colour", False),
     ("messages have a text", False)],
)  # fmt: skip
async def test_that_messages_were_missed_is_answered_and_no_part_of_the_plan(
    office: Office, said: str, *, is_missed: bool
) -> None:
    office.planner.questions = (COPIES,)
    await office.start()
    await office.work()
    told = await office.within(lambda session, plan: answer_while_gathering(session, plan, said))
    assert ("please paste here" in told) is is_missed
    assert await office.open_questions() == [COPIES.id]
