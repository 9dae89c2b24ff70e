"""`/plan import`: a form takes files for a new plan or for one that is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.slack.blocks.forms import Origin
from bot.slack.blocks.import_form import NEW, import_view
from bot.store.tables import ConversationMessage, PlanFile
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.running import RunningBot
from tests.workflow.office import WHO, ScriptedPlanner

SPECS = (Path(__file__).resolve().parents[2] / "examples" / "library_specs.txt").read_bytes()


async def form(person: PersonAtWork, words: str = "import") -> Json:
    """Ask for the form and return it."""
    assert (await person.plan(words))["ok"]
    return await person.sees_view("Import files")


async def send(person: PersonAtWork, view: Json, files: dict[str, bytes], **values: Any) -> Json:
    """Send the form with files."""
    held = {"files": {"value": await person.upload(files)}}
    held |= {name: {"value": value} for name, value in values.items()}
    return await person.do("views/submit", view_id=view["id"], values=held)


def choices(view: Json) -> list[str]:
    """Return the plans that the form offers, the chosen one marked."""
    element = view["blocks"][1]["element"]
    first = element["initial_option"]["value"]
    return [("> " if each["value"] == first else "") + each["text"]["text"] for each in element["options"]]


async def test_files_begin_a_plan(bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork) -> None:
    planner.questions = (WHO,)
    view = await form(mara)
    assert choices(view) == ["> A new plan here"]
    assert (await send(mara, view, {"entity_specs.txt": SPECS}, words="for the office"))["ok"]
    await told(mara, "Your plan begins with these files")
    await bot.settled("gathering")
    said = await rows(bot, ConversationMessage)
    assert [row.text[:14] for row in said] == ["for the office", "<entity_specs>"]


async def test_files_go_to_the_plan_that_gathers_unless_another_is_chosen(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    await started(bot, mara, "gathering")
    view = await form(mara)
    assert choices(view) == ["A new plan here", "> Office library (library)"]
    chosen = view["blocks"][1]["element"]["initial_option"]["value"]
    await send(mara, view, {"notes.md": b"Books have pages."}, plan=chosen)
    await told(mara, "I read the files; what became of each stands in the thread of *Office library*.")
    assert [row.name for row in await rows(bot, PlanFile)] == ["notes.md"]
    assert len(await bot.plans()) == 1


async def test_a_named_plan_is_chosen_and_one_that_isn_t_there_is_refused(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started(bot, mara)
    assert choices(await form(jon, "import library")) == ["A new plan here", "> Office library (library)"]
    await jon.plan("import nothing")
    await told(jon, "There is no plan called `nothing` here")


async def test_what_can_t_be_read_is_said_and_the_words_come_back(bot: RunningBot, mara: PersonAtWork) -> None:
    view = await form(mara)
    refused = await send(mara, view, {})
    assert refused["errors"] == {"files": "Please complete this required field."}
    await send(mara, view, {"photo.png": b"\x89PNG\x00"})
    await told(mara, "Nothing was started.")
    assert await bot.plans() == []


async def test_a_guest_imports_no_change(bot: RunningBot, mara: PersonAtWork, ada: PersonAtWork) -> None:
    await started(bot, mara)
    view = await form(ada, "import library")
    chosen = view["blocks"][1]["element"]["initial_option"]["value"]
    await send(ada, view, {"entity_specs.txt": SPECS}, plan=chosen, words="take this")
    await told(ada, "Only members of this workspace can do that.")
    await told(ada, "You wrote: take this")
    assert await rows(bot, PlanFile) == []


def test_the_form_is_one_that_slack_takes() -> None:
    view = import_view(Origin(channel="C1"), [], NEW)
    element = view["blocks"][0]["element"]
    FileInputElement(**{name: value for name, value in element.items() if name != "type"}).validate_json()
    assert [block["type"] for block in view["blocks"]] == ["input"] * 3


async def test_the_workspace_refuses_a_file_field_that_slack_refuses(bot: RunningBot, mara: PersonAtWork) -> None:
    view = await form(mara)
    files = {f"{number}.md": b"x" for number in range(11)}
    assert (await send(mara, view, files))["errors"] == {"files": "Please choose at most 10."}
    assert (await mara.do("views/submit", view_id=view["id"], values={"files": {"value": ["F0NONE"]}}))["error"] == (
        "file_not_found"
    )


@pytest.mark.parametrize("element", [{"type": "file_input", "max_files": 11}, {"type": "file_input", "max_files": 0}])
def test_limits_of_a_file_field(element: Json) -> None:
    from bot.local_workspace.limits import block_problems

    label = {"type": "plain_text", "text": "Files"}
    block = {"type": "input", "block_id": "files", "label": label, "element": {"action_id": "value", **element}}
    assert any("must be between 1 and 10" in problem for problem in block_problems([block]))
    actions = {"type": "actions", "elements": [{"type": "file_input", "action_id": "value"}]}
    assert any("unsupported type: file_input" in problem for problem in block_problems([actions]))
