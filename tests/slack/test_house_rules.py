"""People read and edit the house rules in their form, in the real app over the real socket."""

from __future__ import annotations

import pytest

from bot.local_workspace import directory
from bot.local_workspace.directory import TEAM
from bot.planning.shipped_rules import shipped_text
from bot.slack.blocks.settings import part_of_line, rules_in, split_rules
from bot.store.tables import HouseRulesRevision
from tests.local_workspace.driving import PersonAtWork
from tests.slack.at_work import rows, told
from tests.slack.running import RunningBot, shown
from tests.slack.settings_forms import TITLE, fields, opened, rules_form, send
from tests.workflow.office import JON, MARA


async def test_an_admin_edits_the_house_rules_and_a_mistake_is_said_where_it_stands(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    form = await rules_form(mara)
    parts = {name: element["initial_value"] for name, element in fields(form).items()}
    assert rules_in({"state": {"values": {n: {"value": {"value": v}} for n, v in parts.items()}}}, len(parts)) == (
        shipped_text().strip("\n") + "\n"
    )
    last = list(parts)[-1]
    wrong = f"{parts[last]}\n- H90: Be kind (checked by nobody)"
    answer = await send(mara, form, **{last: wrong})
    assert list(answer["errors"]) == [last]
    assert "nobody" in answer["errors"][last]
    assert await rows(bot, HouseRulesRevision) == []

    assert (await send(mara, form, **{last: f"{parts[last]}\n- H90: Be kind"}))["ok"]
    await told(mara, "The house rules are at revision 1 now")
    (kept,) = await rows(bot, HouseRulesRevision)
    assert (kept.changed_by, kept.text) == (MARA, f"{shipped_text().strip()}\n- H90: Be kind\n")
    assert [view["title"]["text"] for view in (await mara.get("views"))["views"]] == [TITLE]


async def test_house_rules_that_were_changed_meanwhile_are_not_overwritten_and_unchanged_ones_make_no_revision(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    form = await rules_form(mara)
    assert (await send(mara, form))["ok"]
    await told(mara, "Nothing in that form was different, so the house rules stay as they are.")
    assert await rows(bot, HouseRulesRevision) == []
    form = await rules_form(mara)
    async with bot.database.write() as session:
        session.add(HouseRulesRevision(workspace=TEAM, revision=1, fingerprint="f", text="- H1: x\n", changed_by=JON))
    answer = await send(mara, form, part1="- H2: y")
    assert "Somebody changed the house rules since you opened them" in answer["errors"]["part1"]


async def test_members_read_the_house_rules_and_guests_do_not(
    bot: RunningBot, jon: PersonAtWork, ada: PersonAtWork
) -> None:
    read = await rules_form(jon)
    assert fields(read) == {}
    assert "H1: Write for Python" in str(read["blocks"])
    assert "Admins and owners of the workspace can change them" in shown(read)
    form = await opened(ada)
    await ada.do("actions", view_id=form["id"], action_id="house_rules", values={})
    await told(ada, "House rules are shown to members of this workspace only")


async def test_only_admins_change_the_house_rules_whoever_the_channel_names(
    bot: RunningBot, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await rules_form(mara)
    as_slack = directory.Person.as_slack
    monkeypatch.setattr(directory.Person, "as_slack", lambda person: as_slack(person) | {"is_admin": False})
    answer = await send(mara, form, part1="- H2: y")
    assert "Only admins and owners" in answer["errors"]["part1"]
    assert await rows(bot, HouseRulesRevision) == []


@pytest.mark.parametrize(
    "text",
    [
        shipped_text(),
        "",
        "one line",
        "# a\n" + "x\n" * 3000,
        "\n\n- a\n\n\n",
        "# t\n" + "y" * 2999,
    ],
)
def test_a_text_in_parts_is_the_same_text(text: str) -> None:
    parts = split_rules(text)
    view = {"state": {"values": {f"part{n}": {"value": {"value": part}} for n, part in enumerate(parts, start=1)}}}
    assert all(len(part) <= 3000 for part in parts)
    assert rules_in(view, len(parts)) == text.strip("\n") + "\n"
    line = 0
    for number, part in enumerate(parts, start=1):
        line += part.count("\n") + 1
        assert part_of_line(view, len(parts), line) == f"part{number}"
    assert part_of_line(view, len(parts), None) == "part1"


def test_a_text_that_no_form_can_hold_is_not_cut() -> None:
    assert split_rules("x" * 3001) == []
    assert split_rules("line\n" * 20_000) == []
