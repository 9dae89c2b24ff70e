"""Features that a channel wants come with the first review of a plan, and are people's from then on."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.blueprint import load_blueprint
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import features_of
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Proposal
from bot.workflow import channel_features
from bot.workflow.channel_features import derive_with
from bot.workflow.channel_settings import change_settings
from bot.workflow.documents import Documents, derive_documents, load_documents
from bot.workflow.plan_defaults import PlanDefaults, SettingsRefused, read_access
from bot.workflow.policy import USUAL_POLICY
from bot.workflow.reviews import ReviewContent
from tests.workflow.office import MARA, Office, library


async def wants(office: Office, *features: str) -> None:
    async with office.database.write() as session:
        defaults = PlanDefaults(features=features)
        await change_settings(session, "T1", "C1", USUAL_POLICY, None, MARA, "k", defaults=defaults)


async def said(office: Office) -> ReviewContent:
    return ReviewContent.model_validate((await office.review()).content)


def features(of: Documents) -> tuple[str, ...]:
    return tuple(features_of(of.specs, of.task_plan, load_blueprint()))


async def documents(office: Office) -> Documents:
    async with office.database.read() as session:
        return await load_documents(session, await office.plan())


async def test_a_plan_begins_with_the_features_of_its_channel_and_the_review_says_so(office: Office) -> None:
    await wants(office, "audit", "soft-delete")
    await office.in_review()
    content = await said(office)
    assert "Plans of this channel begin with audit and soft-delete" in content.assumptions
    assert content.proposal is not None
    assert content.proposal.features == ("audit", "soft-delete")
    assert {"audit", "soft-delete"} <= set(features(await documents(office)))


async def test_a_channel_that_wants_nothing_adds_nothing(office: Office) -> None:
    await office.in_review()
    content = await said(office)
    assert content.assumptions == ()
    assert features(await documents(office)) == ("docker",)


async def test_a_later_wish_of_the_channel_changes_no_plan_that_was_reviewed(office: Office) -> None:
    await office.in_review()
    await wants(office, "audit")
    await office.change("add pages", 1)
    await office.work()
    assert features(await documents(office)) == ("docker",)


async def test_the_built_in_planner_keeps_what_a_plan_began_with(office: Office) -> None:
    office.planner = BuiltInPlanner()  # type: ignore[assignment]  # the office needs no more than a planner
    await wants(office, "audit")
    await office.start(
        "a library: books with a title (text) and a price (number); members with a name; members borrow books"
    )
    await office.work()
    for question in await office.open_questions():
        await office.answer(question, "You decide")
    await office.work()
    await office.change("add pages to books", 1)
    await office.work()
    assert (await office.plan()).review == 2
    assert "audit" in features(await documents(office))


def test_a_feature_that_can_not_be_had_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = Proposal(title="Office library", introduction="", specs=library())

    def picky(asked: Proposal, before: Documents | None) -> object:
        if "audit" in asked.features:
            raise UnsupportedSpecsError("There is no room for a trail.")
        return derive_documents(asked, before)

    monkeypatch.setattr(channel_features, "derive_documents", picky)
    given, made, _ = derive_with(proposal, None, ("audit",))
    assert given.features == ()
    assert given.assumptions[-1].endswith("which this one can't have: There is no room for a trail.")
    assert features(made) == ("docker",)


def test_what_can_not_be_built_anyway_is_refused_as_ever() -> None:
    nothing = Proposal(title="x", introduction="", specs=EntitySpecs(entities=()))
    with pytest.raises(UnsupportedSpecsError):
        derive_with(nothing, None, ("audit",))


async def test_unknown_features_and_odd_names_are_refused(office: Office) -> None:
    for defaults, about in (
        (PlanDefaults(features=("teleport",)), "features"),
        (PlanDefaults(github_owner="a--b"), "github_owner"),
        (PlanDefaults(github_owner="a" * 40), "github_owner"),
        (PlanDefaults(github_access=("acme/../x",)), "github_access"),
        (PlanDefaults(github_access=("<!channel>",)), "github_access"),
    ):
        with pytest.raises(SettingsRefused) as refused:
            async with office.database.write() as session:
                await change_settings(session, "T1", "C1", USUAL_POLICY, None, MARA, "k", defaults=defaults)
        assert refused.value.about == about


def test_names_on_github_are_read_in_any_usual_way() -> None:
    assert read_access(" @octocat,hubot; acme/backend\noctocat ") == ["octocat", "hubot", "acme/backend"]
    assert read_access("") == []
