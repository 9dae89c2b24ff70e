"""Questions: asked once, answered once, by button or in one's own words."""

from __future__ import annotations

import pytest

from bot.planning.conversation import Interview, Question
from bot.store.tables import ConversationMessage, Event, PlanQuestion
from bot.workflow.questions import Taken, ask
from bot.workflow.refusals import Refused
from bot.workflow.rounds import questions_of_round
from tests.workflow.office import COPIES, JON, LATE, MARA, WHO, Office

YES_NO = Question(id="accounts", text="Accounts?", reason="", options=("Yes", "No"))
ALSO_YES_NO = Question(id="several", text="Several copies?", reason="", options=("Yes", "No"))


@pytest.fixture
async def asked(office: Office) -> Office:
    """An office where three questions were asked."""
    office.planner.questions = (WHO, LATE, COPIES)
    await office.start()
    await office.work()
    return office


async def answers(office: Office) -> dict[str, tuple[str | None, str]]:
    return {row.question_id: (row.answer, row.answered_by) for row in await office.rows(PlanQuestion)}


async def test_one_message_asks_a_round_and_the_plan_waits(asked: Office) -> None:
    message = await asked.message("questions/1")
    assert (message.kind, message.subject, message.version) == ("questions", {"round": 1}, 1)
    assert await asked.open_questions() == ["who", "late", "copies"]
    assert (await asked.wants())[0] is None
    assert (await asked.plan()).slots_known == 1
    assert (await asked.plan()).slots_total == 4


async def test_an_answer_edits_the_message_and_the_last_one_lets_planning_go_on(asked: Office) -> None:
    await asked.answer("who", "Librarians only", JON)
    assert await asked.open_questions() == ["late", "copies"]
    assert (await asked.message("questions/1")).version == 2
    assert (await asked.wants())[0] is None

    await asked.answer("late", "A fee")
    await asked.answer("copies", "you decide")
    assert (await answers(asked)) == {"who": ("Librarians only", JON), "late": ("A fee", MARA), "copies": ("", MARA)}
    assert await asked.wants() == ("plan", 2)


async def test_a_numbered_reply_answers_several_at_once(asked: Office) -> None:
    assert await asked.say("1. librarians, 2. nothing") == 2
    assert (await answers(asked))["who"] == ("librarians", MARA)
    assert await asked.open_questions() == ["copies"]
    assert (await asked.wants())[0] is None


async def test_the_number_of_an_answered_question_never_lands_on_another_one(asked: Office) -> None:
    await asked.say("1. everyone, 2. apple", JON)
    with pytest.raises(Refused, match=f"<@{JON}> answered that already: apple"):
        await asked.say("2. Apple")
    with pytest.raises(Refused, match="answered that already"):
        await asked.say("I think\n2. apple")
    with pytest.raises(Refused, match=r"No open question has the number 7.*\(open: 3\)"):
        await asked.say("7. seven")
    assert await asked.open_questions() == ["copies"]
    assert len(await asked.rows(ConversationMessage)) == 1


async def test_the_number_of_an_answered_question_with_another_answer_disagrees(asked: Office) -> None:
    await asked.say("1. everyone, 2. apple", JON)
    assert await asked.say("2. banana") == 1
    assert await asked.open_questions() == ["copies", "late/settled/1"]
    assert (await answers(asked))["late"] == ("apple", JON), "until somebody settles it"


async def test_other_numbered_answers_of_the_same_reply_are_taken(asked: Office) -> None:
    await asked.say("2. apple", JON)
    taken = await asked.reply("Hello\n2. apple 1. everyone, 9. nine\n3. two")
    assert taken.answered == 2
    assert ["answered that already" in taken.left_out[0], "number 9" in taken.left_out[1]] == [True, True]
    assert await answers(asked) == {"who": ("everyone", MARA), "late": ("apple", JON), "copies": ("two", MARA)}
    assert [message.text for message in await asked.rows(ConversationMessage)][1:] == ["Hello"]


async def test_while_nothing_is_open_a_list_with_numbers_is_more_to_read(office: Office) -> None:
    await office.start()
    assert await office.reply("1. books\n2. members") == Taken(answered=0)
    assert [message.text for message in await office.rows(ConversationMessage)][1:] == ["1. books\n2. members"]


async def test_an_options_words_answer_its_question(asked: Office) -> None:
    assert await asked.say("Nothing.", JON) == 1
    assert (await answers(asked))["late"] == ("Nothing", JON)


async def test_you_decide_closes_all_of_them(asked: Office) -> None:
    assert await asked.say("you decide") == 3
    assert (await asked.wants()) == ("plan", 2)


async def test_the_last_open_question_takes_any_words(asked: Office) -> None:
    await asked.say("1. everyone 2. a fee")
    assert await asked.say("two of each") == 1
    assert (await answers(asked))["copies"] == ("two of each", MARA)


async def test_what_answers_nothing_is_more_for_the_planner_to_read(asked: Office) -> None:
    assert await asked.say("members have a phone too", JON) == 0
    assert [(m.author, m.text) for m in await asked.rows(ConversationMessage)][1:] == [
        (JON, "members have a phone too")
    ]
    assert await asked.wants() == ("plan", 2)
    await asked.work()
    assert [message.text for message in asked.planner.heard[-1].messages][1:] == ["members have a phone too"]


async def test_what_stands_before_numbered_answers_is_not_lost(asked: Office) -> None:
    assert await asked.say("Members have a phone.\n1. everyone") == 1
    assert [message.text for message in await asked.rows(ConversationMessage)][1:] == ["Members have a phone."]


async def test_who_says_the_same_hears_who_was_first(asked: Office) -> None:
    await asked.answer("who", "Everyone", JON)
    with pytest.raises(Refused, match=f"<@{JON}> answered that already: Everyone"):
        await asked.answer("who", "everyone", MARA)
    assert (await answers(asked))["who"] == ("Everyone", JON)

    await asked.answer("copies", "you decide", JON)
    with pytest.raises(Refused, match="answered that already: You decide"):
        await asked.answer("copies", "you decide")


async def test_an_answer_that_comes_after_the_stage_moved_on_is_refused(asked: Office) -> None:
    await asked.say("you decide")
    await asked.work()
    with pytest.raises(Refused, match=r"is in review already.*`Request changes`"):
        await asked.answer("who", "Everyone")


async def test_a_question_that_was_never_asked_is_not_open(asked: Office) -> None:
    with pytest.raises(Refused, match="not open any more"):
        await asked.answer("nonsense", "Everyone")


async def test_an_option_of_two_questions_is_asked_back(office: Office) -> None:
    office.planner.questions = (YES_NO, ALSO_YES_NO)
    await office.start()
    await office.work()
    with pytest.raises(Refused, match=r"Which question do you mean.*`1. yes`"):
        await office.say("yes")
    assert await office.open_questions() == ["accounts", "several"]


async def test_a_message_without_words_decides_nothing(office: Office) -> None:
    office.planner.questions = (COPIES,)
    await office.start()
    await office.work()
    with pytest.raises(Refused, match="can only read text"):
        await office.say("  ")
    assert await office.open_questions() == ["copies"]


async def test_an_answered_question_is_never_asked_again(asked: Office) -> None:
    await asked.say("you decide")

    async def ask_again(session: object, plan: object) -> None:
        await ask(session, plan, Interview(title="", slots=(), questions=(WHO, LATE)))  # type: ignore[arg-type]  # rows

    await asked.within(ask_again)
    assert len(await asked.rows(PlanQuestion)) == 3
    assert await asked.open_questions() == []


async def test_a_question_that_became_needless_is_withdrawn_and_nobody_waits_for_it(asked: Office) -> None:
    asked.planner.questions = (LATE, COPIES)
    await asked.say("only librarians may add books")
    await asked.work()
    assert await asked.open_questions() == ["late", "copies"]
    with pytest.raises(Refused, match="not open any more"):
        await asked.answer("who", "Everyone")

    assert await asked.say("2. a fee 3. one") == 2
    assert (await asked.wants())[0] == "plan"


async def test_a_withdrawn_question_can_be_asked_again(asked: Office) -> None:
    asked.planner.questions = (LATE, COPIES)
    await asked.say("only librarians may add books")
    await asked.work()
    asked.planner.questions = (WHO, LATE, COPIES)
    await asked.say("or maybe not")
    await asked.work()

    assert await asked.open_questions() == ["who", "late", "copies"]
    assert len(await asked.rows(PlanQuestion)) == 3


async def test_open_questions_of_two_rounds_never_share_a_number(asked: Office) -> None:
    await asked.answer("who", "Everyone")
    fresh = Question(id="more", text="Anything more?", reason="")
    asked.planner.questions = (LATE, COPIES, fresh)
    await asked.say("members have a phone")
    await asked.work()

    numbers = {row.question_id: (row.round, row.position) for row in await asked.rows(PlanQuestion)}
    assert numbers == {"who": (1, 1), "late": (1, 2), "copies": (1, 3), "more": (2, 4)}
    assert await asked.say("4. no") == 1


async def test_a_message_shows_the_questions_of_its_round_the_answered_ones_too(asked: Office) -> None:
    await asked.answer("who", "Everyone")
    asked.planner.questions = (LATE, COPIES, YES_NO)
    await asked.say("members have a phone")
    await asked.work()

    async with asked.database.read() as session:
        plan = await asked.plan()
        rounds = [[row.question_id for row in await questions_of_round(session, plan, n)] for n in (1, 2, 3)]
    assert rounds == [["who", "late", "copies"], ["accounts"], []]


async def test_at_most_three_are_asked_at_once_whatever_the_planner_wants(office: Office) -> None:
    many = tuple(Question(id=f"q{number % 5}", text="?", reason="") for number in range(10))
    office.planner.questions = many
    await office.start()
    await office.work()
    assert await office.open_questions() == ["q0", "q1", "q2"]
    await office.say("you decide")
    await office.work()
    assert await office.open_questions() == ["q3", "q4"]


async def test_each_answer_is_an_event_with_the_message_it_came_from(asked: Office) -> None:
    await asked.answer("late", "A fee", JON)
    event = (await asked.rows(Event))[-1]
    assert (event.actor, event.what, event.message_key) == (JON, "answered", "key 2")
    late = next(row for row in await asked.rows(PlanQuestion) if row.question_id == "late")
    assert event.data == {"question": "late", "answer": "A fee", "row": late.id}


async def test_a_plan_that_is_paused_takes_answers_and_goes_on_when_it_is_resumed(asked: Office) -> None:
    await asked.stop()
    await asked.say("you decide")
    assert ((await asked.plan()).hold, (await asked.wants())[0]) == ("paused", "plan")
    await asked.resume()
    await asked.work()
    assert (await asked.plan()).stage == "in review"


@pytest.mark.parametrize("text", ["thanks!", "hello", "Thank you so much :tada:"])
async def test_kind_words_answer_nothing_and_are_answered_kindly(asked: Office, text: str) -> None:
    taken = await asked.reply(text)

    assert taken == Taken(answered=0, left_out=("Gladly: 3 questions above are still open.",))
    assert len(await asked.rows(ConversationMessage)) == 1
    assert await asked.open_questions() == ["who", "late", "copies"]


async def test_you_decide_said_once_more_while_the_plan_is_written_is_no_input(asked: Office) -> None:
    await asked.say("you decide")
    taken = await asked.reply("You decide the rest, please")

    assert taken.left_out == ("Understood: nothing is asked right now; I go on with what you said.",)
    assert [row.kind for row in await asked.rows(ConversationMessage)] == ["request"]
    await asked.work()
    assert len(asked.planner.heard[-1].messages) == 1


async def test_what_takes_something_back_is_no_answer_to_the_only_open_question(asked: Office) -> None:
    await asked.say("1. everyone, 2. nothing")
    assert await asked.say("remove bases") == 0

    assert await asked.open_questions() == ["copies"]
    assert [row.text for row in await asked.rows(ConversationMessage)][-1] == "remove bases"
    assert (await asked.wants())[0] == "plan"


async def test_what_is_known_never_goes_back_when_more_must_be_known(asked: Office) -> None:
    await asked.say("1. everyone, 2. nothing")
    await asked.say("3. two")
    await asked.work()
    assert ((await asked.plan()).slots_known, (await asked.plan()).slots_total) == (4, 4)
    review = (await asked.plan()).review

    asked.planner.questions = (*asked.planner.questions, YES_NO, ALSO_YES_NO)
    await asked.change("add pages", review)
    await asked.work()
    assert ((await asked.plan()).slots_known, (await asked.plan()).slots_total) == (4, 6)
