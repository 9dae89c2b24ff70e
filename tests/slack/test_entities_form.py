"""People edit a plan's entities by hand, in the real app over the real socket: judged while the form is open."""

from __future__ import annotations

import json

import pytest
from slack_sdk.models.views import View

from bot.documents.entities.short_form_reader import FormProblem
from bot.local_workspace.limits import view_problems
from bot.planning.conversation import Conversation, Proposal
from bot.planning.edited_entities import with_edited
from bot.slack.blocks.entities_form import entities_view, errors_in
from bot.slack.blocks.forms import LONGEST_ERROR
from bot.slack.unkept import NOT_NOW, TOO_SLOW
from bot.store.tables import ConversationMessage
from bot.workflow.documents import load_documents
from bot.workflow.edited_entities import EditedForm, form_texts, judge_form
from bot.workflow.history import past_reviews
from bot.workflow.refusals import Refused
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.slack.settings_forms import fields, send
from tests.slack.test_blocks import HOSTILE, a_plan
from tests.workflow.office import JON, ScriptedPlanner, library

TITLE = "Edit entities"
TRIES = 10


class TakingEdits(ScriptedPlanner):
    """Proposes the library, and what people edit by hand."""

    async def propose(self, conversation: Conversation) -> Proposal:
        """Propose the entities as they were edited."""
        return with_edited(await super().propose(conversation), conversation.changes)


@pytest.fixture
def planner() -> ScriptedPlanner:
    """Return a planner that asks nothing."""
    return TakingEdits()


async def form_of(bot: RunningBot, person: PersonAtWork) -> Json:
    """Open the form of the newest review."""
    await press(person, (await bot.thread(person))[-1], TITLE)
    return await person.sees_view(TITLE)


async def sent(person: PersonAtWork, form: Json, **values: object) -> Json:
    """Send the form as a patient person does: once more where the bot says that it was too slow just then."""
    for _ in range(TRIES):
        answer = await send(person, form, **values)
        if not any(sentence in str(answer) for sentence in (TOO_SLOW, NOT_NOW)):
            break
    return answer


async def test_an_edit_becomes_a_new_review_that_says_who_and_what(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started(bot, mara)
    form = await form_of(bot, jon)
    assert list(fields(form)) == ["entity0", "further"]
    lines = fields(form)["entity0"]["initial_value"]
    assert lines.startswith("title: text")
    assert await sent(jon, form, entity0=f"{lines}\npages: number", further="Shelf\nroom: text") == {"ok": True}
    await bot.reviewed(2)
    plan = await bot.settled("in review")

    replaced, review = (await bot.thread(mara))[1:]
    assert "replaced by review 2" in shown(replaced)
    assert "> Edited the entities: Book gains `pages` (number); Shelf is new" in shown(review)
    assert f"(<@{JON}>)" in shown(review)
    assert "entity_specs" not in shown(review)
    async with bot.database.read() as session:
        specs = (await load_documents(session, plan)).specs
        history = await past_reviews(session, plan)
    assert [entity.name for entity in specs.entities] == ["Book", "Shelf"]
    assert [one.words.partition(":")[0] for one in history[0].asked] == ["Edited the entities"]

    await mara.say("@planthread undo", thread_ts=plan.thread or "")
    await bot.reviewed(3)
    plan = await bot.settled("in review")
    async with bot.database.read() as session:
        assert [entity.name for entity in (await load_documents(session, plan)).specs.entities] == ["Book"]


async def test_what_is_wrong_is_said_under_its_field_and_nothing_is_lost(bot: RunningBot, jon: PersonAtWork) -> None:
    await started(bot, jon)
    form = await form_of(bot, jon)
    lines = fields(form)["entity0"]["initial_value"]
    count = len(lines.splitlines())
    answer = await sent(jon, form, entity0=f"{lines}\npages\ncolour: banana", further="title: text")
    assert answer["errors"]["entity0"].startswith(f"Line {count + 1}: “pages” says no type.")
    assert f"Line {count + 2}: Book.colour has the unknown type “banana”" in answer["errors"]["entity0"]
    assert "is no name" in answer["errors"]["further"]
    answer = await sent(jon, form, entity0=f"{lines}\npages: banana")
    assert "unknown type “banana”" in answer["errors"]["entity0"]
    answer = await sent(jon, form)
    assert answer["errors"] == {"entity0": "Nothing here was different. Change a line, or press Cancel."}
    answer = await sent(jon, form, entity0="")
    assert "At least one thing must stay." in answer["errors"]["entity0"]
    assert [row.kind for row in await rows(bot, ConversationMessage)] == ["request"]

    assert await sent(jon, form, entity0=f"{lines}\npages: number") == {"ok": True}
    await bot.reviewed(2)
    await bot.settled("in review")
    assert "Book gains `pages`" in shown((await bot.thread(jon))[-1])


async def test_who_was_slower_keeps_what_they_typed(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    thread = await started(bot, mara)
    old = (await bot.thread(mara))[1]
    form = await form_of(bot, jon)
    await mara.say("@planthread add pages", thread_ts=thread)
    await bot.reviewed(2)
    await bot.settled("in review")
    answer = await sent(jon, form, entity0="title: text")
    assert "That was review 1; review 2 is the newest." in answer["errors"]["entity0"]
    assert (await jon.get("views"))["views"], "the form stays open with what it holds"
    await press(jon, old, TITLE)
    await told(jon, "review 2 is the newest", thread=thread)


async def test_only_an_open_review_has_the_button(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    assert TITLE in buttons_of((await bot.thread(mara))[1])
    await mara.say("approve", thread_ts=thread)
    await bot.settled("approved")
    assert TITLE not in buttons_of((await bot.thread(mara))[1])


def test_a_box_that_begins_empty_says_why() -> None:
    boxes = entities_view(a_plan(1), 1, ["Book", "User"], ["title: str", ""])["blocks"][1:3]
    assert ["hint" in box for box in boxes] == [False, True]
    assert "who signs in" in boxes[1]["hint"]["text"]


def test_below_a_box_its_rules_stand_in_words() -> None:
    rules = [["A flight can be changed only by its pilot"], [], [f"Rule {number} holds" for number in range(40)]]
    view = entities_view(a_plan(1), 1, ["Flight", "Pilot", "Seat"], ["date: date", "name: text", "row: text"], rules)
    first, second, third = view["blocks"][1:4]
    assert first["hint"]["text"] == "Its rules in words: A flight can be changed only by its pilot."
    assert "hint" not in second
    assert third["hint"]["text"].endswith(" holds. The review tells the others.")


@pytest.mark.parametrize("count", [1, 90])
def test_the_form_holds_slacks_limits_whatever_it_is_filled_with(count: int) -> None:
    texts = [HOSTILE.replace("\x00", "")[:2000] or "x"] * count
    view = entities_view(a_plan(1), 1, [HOSTILE * 20] * count, texts, [[HOSTILE] * 9] * count)
    assert view_problems(view) == []
    assert len(json.dumps(view)) <= 250_000
    assert View(**view).to_dict()["type"] == "modal"


def test_many_problems_are_said_in_few_words() -> None:
    problems = [FormProblem(0, line, f"{HOSTILE} {line}" * 9) for line in range(1, 400)]
    errors = errors_in([*problems, FormProblem(1, 0, "no")], 1)
    assert set(errors) == {"entity0", "further"}
    assert all(len(error) <= LONGEST_ERROR for error in errors.values())


def test_a_plan_that_no_form_holds_is_exported_instead() -> None:
    specs = library()
    many = specs.model_copy(update={"entities": specs.entities * 95})
    with pytest.raises(Refused, match=r"/plan export .* entity-specs"):
        form_texts(a_plan(1), many)


def test_a_form_of_other_entities_is_refused() -> None:
    proposal = Proposal(title="", introduction="", specs=library())
    judged: EditedForm = judge_form(proposal, [], "")
    assert [problem.message for problem in judged.problems] == ["This form is of an older review. Open it again."]


def test_secrets_are_taken_out_and_types_are_not() -> None:
    proposal = Proposal(title="", introduction="", specs=library())
    token = "xoxb-" + "1234567890-" * 3 + "abcdefghij"
    judged = judge_form(proposal, [f"title: text\napi_key: HttpUrl\nnote: text (default {token})"], "")
    fields_now = {field.name: field for field in judged.specs.entities[0].fields}
    assert judged.problems == ()
    assert fields_now["api_key"].type.name == "HttpUrl"
    assert token not in (fields_now["note"].default or "")


def test_the_form_says_what_its_words_and_headings_mean() -> None:
    shown_form = json.dumps(entities_view(a_plan(1), 1, ["Book"], ["title: str"]))
    for said in ("Kinds are text, number", "stars: number from 1 to 5", "Below `RULES:` stands what must hold"):
        assert said in shown_form
