"""What people ask back while the bot asks something is answered, is no answer, and leaves the question open."""

from __future__ import annotations

import pytest

from bot.planning.conversation import Question
from bot.store.tables import ConversationMessage
from bot.workflow.plain_questions import answer_while_gathering
from bot.workflow.questions_back import told_back
from bot.workflow.waiting import BUILT_IN
from tests.workflow.office import COPIES, Office

LINK = Question(
    id="link:book:potter:firing",
    text="“A potter books firings”: is that a record of its own with dates, or only a link?",
    reason="A record keeps who and when; a link only knows the present potter.",
    options=("A booking of its own", "Only a link: each firing names one potter"),
    examples=("potter 1 had firing 5 in May", "firing 5 names potter 1 now"),
    default="A booking of its own",
)
USE = Question(
    id="use",
    text="Who uses it: do people need accounts?",
    reason="With accounts every route is closed to those who did not sign in.",
    options=("No accounts: whoever reaches it may use it", "People sign in with an e-mail and a password"),
    default="No accounts: whoever reaches it may use it",
)


def back(text: str, *, is_any: bool = True) -> str:
    """Return what somebody hears who says something while both questions are open."""
    return told_back((LINK, USE), (1, 2), text, any_question=is_any)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("why do you ask?", "I ask because of this: A record keeps who and when"),
        ("Why does that matter?", "I ask because of this: With accounts every route is closed"),
        ("what do you need that for?", "I ask because of this"),
        ("why?", "I ask because of this"),
        ("2. why do you ask?", "“Who uses it: do people need accounts?” I ask because of this"),
        ("why do you ask about accounts?", "“Who uses it: do people need accounts?” I ask because of this"),
        ("what does the default mean?", "`you decide` takes “A booking of its own” – for example: potter 1 had"),
        ("what happens if I say you decide?", "`you decide` takes “No accounts: whoever reaches it may use it”"),
        ("which one would you choose?", "`you decide` takes “A booking of its own”"),
        ("what do you recommend?", "`you decide` takes “A booking of its own”"),
        ("what is a link?", "“Only a link: each firing names one potter” – for example: firing 5 names potter 1 now."),
        ("what's the difference?", "The choices: “A booking of its own” – for example: potter 1 had firing 5 in May"),
        ("what do you mean by record?", "A record keeps who and when"),
        ("I don't understand", "The choices: “A booking of its own”"),
        ("we don't get the first question", "The choices: “A booking of its own”"),
        ("can you explain that?", "The choices: “A booking of its own”"),
        ("how do I answer?", "Press one of them, say it in your own words, or say `you decide`."),
        ("what are my options?", "Press one of them, say it in your own words, or say `you decide`."),
        ("can I change that later?", "Yes, nothing is final"),
        ("is this final?", "Yes, nothing is final"),
        ("are my answers final?", "Yes, nothing is final"),
        ("why so many questions?", "I ask because of this: A record keeps who and when"),
        ("do we have to decide that now?", "Yes, nothing is final"),
        ("what if I'm wrong?", "Yes, nothing is final"),
        ("can I skip this?", "You needn't answer: `you decide` takes “A booking of its own”."),
        ("do I need that?", "You needn't answer: `you decide` takes"),
        ("do we really have to answer that?", "You needn't answer: `you decide` takes"),
        ("is this mandatory?", "You needn't answer: `you decide` takes"),
    ],
)
def test_a_question_about_the_open_ones_is_answered_from_them(asked: str, told: str) -> None:
    for is_any in (True, False):
        answer = back(asked, is_any=is_any)
        assert told in answer, answer
        assert "I took this as a question, so nothing is answered by it." in answer
        assert "Still open: “A potter books firings”" in answer


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("if it's only a link, can a potter still have two firings?", "firing 5 names potter 1 now."),
        ("would a booking keep who had it before?", "potter 1 had firing 5 in May."),
        ("does the link know dates?", "firing 5 names potter 1 now."),
    ],
)
def test_a_question_about_a_choice_is_answered_from_its_rows(asked: str, told: str) -> None:
    answer = back(asked)
    assert f"comes to this: {told} I took this as a question" in answer
    assert back(asked, is_any=False) == ""


@pytest.mark.parametrize(
    "asked",
    ["Can the same potter book two kilns at the same time?", "what is a glaze?", "is it only a name?",
     "do potters need a key?", "how many kilns are there?",
     "If we choose accounts, can we still have some kilns that anybody may see without signing in?"],
)  # fmt: skip
def test_a_question_about_something_else_is_no_answer_either(asked: str) -> None:
    answer = back(asked)
    assert "I took this as a question, and not as an answer or as part of the plan" in answer
    assert "say it as a sentence" in answer
    assert back(asked, is_any=False) == "", "a model hears it"


@pytest.mark.parametrize(
    "said",
    ["only a link", "name, phone", "it just names its potter", "2. no accounts", "you decide", "why not", "3. why?", "",
     "what a potter pays is the price", "which firings are in a kiln is shown", "what we need is a list of kilns",
     "can you add a phone number to potters?", "if there are accounts, can you add a phone to each?",
     "I don't get a receipt for a firing", "how about a phone number?",
     "we don't follow up on late firings", "when a firing ends the kiln is free",
     "A potter has a name. Why do you ask?"],
)  # fmt: skip
def test_answers_wishes_and_more_of_the_plan_are_no_questions_back(said: str) -> None:
    assert back(said) == ""


def test_where_nothing_is_open_nothing_is_asked_back() -> None:
    assert told_back((), (), "why do you ask?", any_question=True) == ""


@pytest.mark.parametrize("asked", ["why do you ask?", "can I change that later?", "do members pay a fee?"])
async def test_the_question_stays_open_and_nothing_is_kept_of_what_was_asked(office: Office, asked: str) -> None:
    office.planner.questions = (COPIES,)
    await office.start()
    await office.work()
    async with office.database.write() as session:
        (await session.get_one(type(await office.plan()), office.plan_id)).planner = BUILT_IN

    told = await office.within(lambda session, plan: answer_while_gathering(session, plan, asked))

    assert COPIES.text in told
    assert await office.open_questions() == [COPIES.id]
    assert [row.kind for row in await office.rows(ConversationMessage)] == ["request"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("I already told you about the firings. Why do you ask?", "I ask because of this"),
        ("what does a record of its own mean? I don't understand.", "“A booking of its own” – for example: potter 1"),
        ("Sorry, I'm confused. What is a link?", "“Only a link: each firing names one potter” – for example"),
    ],
)
def test_what_is_said_around_a_question_back_answers_nothing(asked: str, told: str) -> None:
    assert told in back(asked)


@pytest.mark.parametrize("asked", ["can a potter plan a firing?", "may potters see each firing?"])
def test_a_question_about_the_things_of_a_choice_is_not_answered_with_its_rows(asked: str) -> None:
    assert "comes to this" not in back(asked)
    assert "I can't tell that before the first review" in back(asked)


def test_each_of_two_questions_is_answered() -> None:
    answer = back("Why do you ask? And can Ines see everything?")
    assert "“Why do you ask?” “" in answer
    assert "I ask because of this" in answer
    assert "“And can Ines see everything?” I can't tell that before the first review" in answer
    assert answer.count("Still open:") == 1
