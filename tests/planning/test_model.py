"""The model planner over real HTTP: one prompt a decision, mended where it is wrong, and never a call too many."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.documents.tasks.task_plan import TaskKind
from bot.generation.blueprint import load_blueprint
from bot.generation.custom import behaviours_of
from bot.generation.feature_specs import features_of
from bot.planning.derived import derive
from bot.planning.model.answer_rules import BEHAVIOUR_RULES
from tests.planning.model_talking import (
    ASKING,
    GOOD,
    KEYED,
    QUESTION,
    TALK,
    asked,
    failure,
    interview,
    planner_of,
    propose,
    scripted,
)
from tests.planning.talking import talk
from tests.stand_ins.library_script import (
    LIBRARY_ENTITIES,
    LIBRARY_INTERVIEW,
    LIBRARY_REQUIREMENTS,
    LIBRARY_SPECS,
    LIBRARY_TASKS,
    OVERDUE,
)
from tests.stand_ins.model import Step


async def test_a_first_plan_takes_one_call_a_decision() -> None:
    with scripted({}) as server:
        async with planner_of(server) as planner:
            heard = await planner.interview(TALK)
            proposal = await planner.propose(TALK)

    assert planner.name == "some-model"
    assert heard.questions == ()
    assert all(slot.known for slot in heard.slots)
    assert [entity.name for entity in proposal.specs.entities] == ["Book", "Member", "Loan"]
    assert asked(server) == ["interview", "requirements", "entity_specs", "task_plan"]
    assert server.refused == []


async def test_a_question_is_asked_and_no_plan_is_paid_for() -> None:
    with scripted({"interview": [Step(content=ASKING)]}) as server:
        heard = await interview(server)

    assert [question.text for question in heard.questions] == ["What happens when a book is late?"]
    assert [slot.name for slot in heard.slots if slot.known] == ["the things it manages"]
    assert asked(server) == ["interview"]


async def test_an_answer_and_what_is_open_are_told_in_every_decision() -> None:
    answered = TALK.model_copy(
        update={"answers": talk("x", answers={"fees": "A fee of 1 euro"}).answers, "findings": ("PT227: a circle",)}
    )
    with scripted({}, "a library; members borrow books", "A fee of 1 euro", "PT227: a circle") as server:
        async with planner_of(server) as planner:
            await planner.interview(answered)
            await planner.propose(answered)

    assert server.refused == []


async def test_nothing_custom_needs_no_plan_of_tasks() -> None:
    covered = [*LIBRARY_ENTITIES["covered"], {"behaviour": "Overdue loans", "by": "mail"}]
    entities = LIBRARY_ENTITIES | {"features": ["mail"], "covered": covered}
    with scripted({"entity_specs": [Step(content=entities)]}) as server:
        proposal = await propose(server)

    assert asked(server) == ["requirements", "entity_specs"]
    assert proposal.custom == ()
    assert proposal.features == ("mail",)


async def test_the_documents_say_what_the_model_added() -> None:
    with scripted({}) as server:
        proposal = await propose(server)
    derived = derive(proposal)

    story = derived.requirements.requirements[0].user_story
    assert story == LIBRARY_REQUIREMENTS["entities"][0]["user_story"]
    assert "A copy of a title that the library owns." in [term.meaning for term in derived.requirements.glossary]
    requirement = next(each for each in derived.requirements.requirements if each.title == "Overdue loans")
    assert [criterion.text for criterion in requirement.criteria] == OVERDUE["criteria"]
    (task,) = [task for task in derived.task_plan.tasks() if task.kind is TaskKind.CUSTOM]
    assert task.requirements == tuple(criterion.number for criterion in requirement.criteria)
    assert task.details[-2:] == tuple(LIBRARY_TASKS["tasks"][0]["action"])
    assert task.verification[-1] == "openapi"
    phase = next(phase for phase in derived.task_plan.phases if task in phase.tasks)
    assert LIBRARY_TASKS["tasks"][0]["truths"][0] in phase.must_haves.truths
    assert proposal.risks == tuple(LIBRARY_TASKS["risks"])
    assert not any(finding.severity == "error" for finding in derived.findings)


async def test_behaviours_can_be_read_back_from_the_documents() -> None:
    planned = LIBRARY_TASKS["tasks"][0] | {"files": ["app/schemas/overdue_loans.py"]}
    with scripted({"task_plan": [Step(content=LIBRARY_TASKS | {"tasks": [planned]})]}) as server:
        proposal = await propose(server)
    derived = derive(proposal)

    assert behaviours_of(derived.task_plan, derived.requirements) == proposal.custom
    phase = next(phase for phase in derived.task_plan.phases if phase.slug == "custom-behaviour")
    assert "app/schemas/overdue_loans.py" in [artifact.path for artifact in phase.must_haves.artifacts]


async def test_features_reach_the_build_with_or_without_fields_of_their_own() -> None:
    specs = LIBRARY_SPECS.replace("ENTITY: Member\n", "ENTITY: Member (account)\n")
    entities = LIBRARY_ENTITIES | {"entity_specs": specs, "features": ["mail", "rate-limit"]}
    with scripted({"entity_specs": [Step(content=entities)]}) as server:
        derived = derive(await propose(server))

    built_with = features_of(derived.specs, derived.task_plan, load_blueprint())
    assert set(built_with) == {"docker", "auth", "mail", "rate-limit"}
    assert derived.specs.entities[1].logs_in


@pytest.mark.parametrize(
    ("decision", "nonsense", "told"),
    [
        ("interview", {"title": " "}, "title"),
        ("interview", ASKING | {"questions": [QUESTION | {"id": str(number)} for number in range(4)]}, "at most 3"),
        ("interview", ASKING | {"questions": [QUESTION, QUESTION]}, "same id"),
        ("interview", ASKING | {"questions": [QUESTION | {"id": "Not An Id"}]}, "Not An Id"),
        ("interview", ASKING | {"questions": [QUESTION | {"default": "Whatever"}]}, "none of its options"),
        ("interview", ASKING | {"questions": [QUESTION | {"reason": " "}]}, "no reason"),
        ("interview", ASKING | {"known": ["what else it does"]}, "asked about"),
        ("interview", {"known": []}, "nothing is known to manage"),
        ("interview", {"title": "Library <!channel>"}, "would call people"),
        ("requirements", {"title": ""}, "name the service"),
        ("requirements", {"behaviours": [OVERDUE | {"criteria": ["list late loans"]}]}, "EARS"),
        ("requirements", {"behaviours": [OVERDUE | {"criteria": []}]}, "PT101"),
        ("requirements", {"behaviours": [OVERDUE, OVERDUE]}, "two are called"),
        ("requirements", {"behaviours": [OVERDUE | {"title": "???"}]}, "no short title"),
        ("requirements", {"behaviours": [OVERDUE | {"done": ""}]}, "when it is done"),
        ("requirements", {"introduction": "x" * 1001}, "1001 characters"),
        ("requirements", {"behaviours": [OVERDUE | {"title": f"Number {n}"} for n in range(13)]}, "at most 12"),
        ("entity_specs", {"entity_specs": KEYED + "  - price: Monneyy\n"}, "Monneyy"),
        ("entity_specs", {"entity_specs": "nothing at all"}, "PT004"),
        ("entity_specs", {"entity_specs": KEYED + "  - shelf_id: int (foreign key to Shelf)"}, "Shelf"),
        ("entity_specs", {"entity_specs": KEYED + "  - title: str\n", "covered": []}, "Member of the requirements"),
        ("entity_specs", {"features": ["blockchain"]}, "blockchain"),
        ("entity_specs", {"covered": [{"behaviour": "Lend once", "by": "hope"}]}, "'hope' is neither"),
        ("entity_specs", {"covered": [{"behaviour": "Fly", "by": "mail"}]}, "'Fly' is no behaviour"),
        (
            "entity_specs",
            {"entity_specs": LIBRARY_SPECS.replace("API_PATH: /api/v1/books", "API_PATH: /docs")},
            "/docs",
        ),
        (
            "entity_specs",
            {"entity_specs": LIBRARY_SPECS.replace("  - title:", "  - loan_id: int (foreign key to Loan)\n  - title:")},
            "PT227",
        ),
        ("task_plan", {"tasks": []}, "has no task"),
        ("task_plan", {"tasks": LIBRARY_TASKS["tasks"] * 2}, "is there 2 times"),
        ("task_plan", {"tasks": [LIBRARY_TASKS["tasks"][0] | {"behaviour": "Other"}]}, "none of the behaviours"),
        ("task_plan", {"tasks": [LIBRARY_TASKS["tasks"][0] | {"action": []}]}, "has no steps"),
        ("task_plan", {"packages": [{"name": "a b; rm -rf", "reason": "x"}]}, "package's name"),
    ],
)  # fmt: skip
async def test_nonsense_goes_back_to_the_model_with_what_is_wrong(
    decision: str, nonsense: dict[str, Any], told: str
) -> None:
    good = GOOD[decision]
    with scripted({decision: [Step(content=good | nonsense), Step(content=good)]}) as server:
        async with planner_of(server) as planner:
            await planner.interview(TALK)
            proposal = await planner.propose(TALK)

    assert proposal.title == "Library"
    assert server.refused == []
    repairs = [prompt for prompt in server.prompts() if prompt.startswith("# Decision: repair")]
    assert len(repairs) == 1
    found, _, rest = repairs[0].partition("## Your answer")
    assert told in found
    assert f"# Decision: {decision}" in rest


@pytest.mark.parametrize(
    "path",
    [
        "../outside.py", "/etc/passwd", "app/main.py", "app/core/overdue_loans.py", "app/services/loans.py",
        "app/services/overdue_loans.py", "app/services/overdue_loans.sh", "tests/api/overdue_loans_more.py",
        ".github/workflows/overdue_loans.py", "app/services/sub/overdue_loans_more.py", "pyproject.toml",
    ],
)  # fmt: skip
async def test_a_path_that_is_not_the_tasks_own_is_refused(path: str) -> None:
    wrong = LIBRARY_TASKS | {"tasks": [LIBRARY_TASKS["tasks"][0] | {"files": [path]}]}
    with scripted({"task_plan": [Step(content=wrong), Step(content=LIBRARY_TASKS)]}) as server:
        proposal = await propose(server)

    assert "may not write" in server.prompts()[-1]
    assert all(behaviour.files == () for behaviour in proposal.custom)


@pytest.mark.parametrize(
    "words",
    ["rm -rf /", "pytest", "pytest --pdb", "pytest tests/api/test_books.py", "pytest ../x.py", "mypy; curl x", "bash"],
)
async def test_a_command_that_is_no_check_is_refused(words: str) -> None:
    wrong = LIBRARY_TASKS | {"tasks": [LIBRARY_TASKS["tasks"][0] | {"verification": [words]}]}
    with scripted({"task_plan": [Step(content=wrong), Step(content=LIBRARY_TASKS)]}) as server:
        proposal = await propose(server)

    assert "is no check that Overdue loans may have" in server.prompts()[-1]
    assert proposal.custom[0].verification == ("openapi",)


async def test_a_wished_package_is_put_before_people_and_added_by_nobody() -> None:
    wish = LIBRARY_TASKS | {"packages": [{"name": "stripe", "reason": "payments"}]}
    with scripted({"task_plan": [Step(content=wish)]}) as server:
        proposal = await propose(server)

    assert any("stripe was wished for (payments)" in risk for risk in proposal.risks)
    assert "stripe" not in str(derive(proposal).task_plan)


async def test_a_question_that_was_answered_is_not_taken_again() -> None:
    given = TALK.model_copy(update={"answers": talk("x", answers={"fees": "A fee"}).answers})
    with scripted({"interview": [Step(content=ASKING), Step(content=LIBRARY_INTERVIEW)]}) as server:
        heard = await interview(server, given)

    assert heard.questions == ()
    assert "was answered already" in server.prompts()[1]


async def test_wrong_json_goes_back_too() -> None:
    with scripted({"requirements": [Step(content='{"title": 1}'), Step(content=LIBRARY_REQUIREMENTS)]}) as server:
        assert (await propose(server)).title == "Library"

    assert '{"title": 1}' in server.prompts()[1], "the model sees what it answered"
    assert "entities: Field required" in server.prompts()[1]


async def test_after_three_repairs_a_person_is_told_what_was_tried() -> None:
    told = await failure({"entity_specs": [Step(content=LIBRARY_ENTITIES | {"features": ["blockchain"]})]})

    assert "asked 4 times for the entities" in str(told)
    assert "blockchain" in str(told)
    assert "Say it in other words" in str(told)
    assert told.findings == ("features: there is none called 'blockchain'",)


@pytest.mark.parametrize("decision", ["requirements", "entity_specs", "task_plan"])
@pytest.mark.parametrize(
    ("step", "says"),
    [
        (Step("refusal"), "declined"),
        (Step("cut off", content=LIBRARY_REQUIREMENTS), "cut off"),
        (Step("status", status=500), "(500)"),
        (Step("status", status=429, headers={"Retry-After": "0"}), "no more requests"),
    ],
)
async def test_a_model_that_gives_no_answer_is_said_in_one_sentence(decision: str, step: Step, says: str) -> None:
    assert says in str(await failure({decision: [step]}))


async def test_people_are_named_in_decisions_only() -> None:
    told = LIBRARY_REQUIREMENTS | {
        "introduction": "Mara wants a library.",
        "decisions": ["Loans take three weeks (Mara)"],
        "assumptions": ["Mara keeps the keys"],
    }
    with scripted({"requirements": [Step(content=told)]}) as server:
        proposal = await propose(server)

    assert proposal.introduction == "someone wants a library."
    assert proposal.assumptions[0] == "someone keeps the keys"
    assert proposal.decisions == ("Loans take three weeks (Mara)",)


async def test_a_server_without_structured_outputs_may_answer_in_prose() -> None:
    prose = f"Here is what I would keep.\n\n{LIBRARY_SPECS}\nTell me if you want more."
    lending = json.dumps(LIBRARY_REQUIREMENTS | {"behaviours": [OVERDUE]})
    fenced = f"Sure:\n```json\n{lending}\n```\nAnything else?"
    script = {"requirements": [Step(content=fenced)], "entity_specs": [Step(content=prose)]}
    with scripted(script, understands="text") as server:
        proposal = await propose(server)

    assert [entity.name for entity in proposal.specs.entities] == ["Book", "Member", "Loan"]
    assert [request.get("response_format", {}).get("type") for request in server.requests[:4]] == [
        "json_schema", "json_object", None, None,
    ]  # fmt: skip


def test_each_rule_of_behaviours_is_told_in_words() -> None:
    assert all(rule.text.endswith(".") for rule in BEHAVIOUR_RULES)
