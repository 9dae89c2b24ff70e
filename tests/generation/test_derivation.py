"""Derivation: requirements and a phased plan follow from decisions."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import Cardinality, EntityField, EntitySpecs, EnumSpec, OnDelete, Relation
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.documents.tasks.task_plan import TaskKind, TaskPlan
from bot.generation.blueprint import (
    Blueprint,
    BlueprintFeature,
    BlueprintFile,
    BlueprintLink,
    BlueprintTask,
    load_blueprint,
)
from bot.generation.custom import CustomBehaviour, custom_module
from bot.generation.derivation import derive_requirements, derive_task_plan
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.inputs import slugify
from bot.generation.order import entity_order
from tests.generation.samples import LEND, entity, everything, key, library, refers_to, text, typed


def plan_of(specs: EntitySpecs, *custom: CustomBehaviour, features: tuple[str, ...] = ("docker",)) -> TaskPlan:
    specs = with_features(specs, features)
    requirements = derive_requirements("Library", "Keeps books.", specs, custom, ())
    return derive_task_plan("Library", specs, requirements, custom, load_blueprint(), features)


def test_each_entity_has_a_requirement_and_each_custom_behaviour_too() -> None:
    requirements = derive_requirements("Library", "Keeps books.", library(), (LEND,), ("one copy of each title",))
    assert [item.title for item in requirements.requirements] == ["Loans", "Books", "Members", LEND.title]
    assert requirements.criteria()[-1] == AcceptanceCriterion(number="4.1", text=LEND.criterion)
    assert requirements.assumptions == ("one copy of each title",)
    texts = " ".join(criterion.text for criterion in requirements.requirements[1].criteria)
    assert "IF another book already has the same isbn, THEN THE System SHALL answer 409" in texts
    assert "IF a client deletes a book that loans name as book id, THEN THE System SHALL answer 409" in texts


def test_every_criterion_is_in_ears_form_with_its_own_number() -> None:
    criteria = derive_requirements("Library", "", everything(), (), ()).criteria()
    assert all(item.text.startswith(("WHEN ", "IF ")) and "THE System SHALL" in item.text for item in criteria)
    assert len({item.number for item in criteria}) == len(criteria)


def test_every_criterion_is_covered_by_a_task() -> None:
    for specs, custom in ((library(), (LEND,)), (everything(), ())):
        requirements = derive_requirements("Library", "", specs, custom, ())
        plan = derive_task_plan("Library", specs, requirements, custom, load_blueprint(), ("docker",))
        named = {number for task in plan.tasks() for number in task.requirements}
        assert named == {criterion.number for criterion in requirements.criteria()}


def test_requirements_that_people_wrote_are_covered_too() -> None:
    written = Requirements(
        title="Library",
        introduction="",
        requirements=(
            Requirement(
                number=7,
                title="Lending",
                user_story="",
                criteria=(
                    AcceptanceCriterion(number="7.1", text="THE System SHALL remember members."),
                    AcceptanceCriterion(number="7.2", text="THE System SHALL be kind."),
                    AcceptanceCriterion(number="7.4", text=LEND.criterion),
                ),
            ),
        ),
    )
    plan = derive_task_plan("Library", library(), written, (LEND,), load_blueprint(), ())
    by_number = {number: task for task in plan.tasks() for number in task.requirements}
    assert by_number["7.1"].title == "Member: acceptance tests"
    assert by_number["7.2"].blueprint_task == "delivery"
    assert by_number["7.4"].kind is TaskKind.CUSTOM


def test_every_path_is_owned_by_one_task_but_the_router() -> None:
    paths = [path for task in plan_of(library(), LEND).tasks() for path in task.files]
    assert {path for path in paths if paths.count(path) > 1} == {"app/api/router.py"}


def test_tasks_are_numbered_in_order_and_wait_only_for_earlier_ones_in_lower_waves() -> None:
    for plan in (plan_of(library(), LEND), plan_of(everything())):
        for phase in plan.phases:
            assert [task.number for task in phase.tasks] == [
                f"{phase.number}.{position}" for position in range(1, len(phase.tasks) + 1)
            ]
        waves: dict[str, int] = {}
        for task in plan.tasks():
            assert set(task.depends) <= waves.keys()
            assert task.wave == 1 + max((waves[number] for number in task.depends), default=0)
            waves[task.number] = task.wave


def test_two_tasks_of_a_wave_never_share_a_file() -> None:
    again = LEND.model_copy(update={"slug": "return_book", "title": "Return", "criterion": "THE System SHALL return."})
    owners = [(task.wave, path) for task in plan_of(library(), LEND, again).tasks() for path in task.files]
    assert len(owners) == len(set(owners))


def test_parents_are_built_before_their_children() -> None:
    plan = plan_of(library())
    models = [task.entity for task in plan.tasks() if task.blueprint_task == "model"]
    assert models == ["Book", "Member", "Loan"]
    loan = next(task for task in plan.tasks() if task.blueprint_task == "model" and task.entity == "Loan")
    parents = {task.number for task in plan.tasks() if task.blueprint_task == "model" and task.entity != "Loan"}
    assert parents <= set(loan.depends)


def test_a_circle_is_opened_at_an_optional_key_and_refused_without_one() -> None:
    assert entity_order(everything()).deferred == {("Department", "head_id")}
    first = entity("Hen", "hens", key(), refers_to("Egg", "egg_id"))
    second = entity("Egg", "eggs", key(), refers_to("Hen", "hen_id"))
    with pytest.raises(UnsupportedSpecsError, match="Make one of these foreign keys optional"):
        plan_of(EntitySpecs(entities=(first, second)))


def test_a_key_beside_a_circle_is_not_taken_for_its_opening() -> None:
    watcher = entity("Fox", "foxes", key(), refers_to("Hen", "hen_id", optional=True))
    hen = entity("Hen", "hens", key(), refers_to("Egg", "egg_id"))
    egg = entity("Egg", "eggs", key(), refers_to("Hen", "hen_id", optional=True))
    order = entity_order(EntitySpecs(entities=(watcher, hen, egg)))
    assert order.deferred == {("Egg", "hen_id")}
    assert [item.name for item in order.entities] == ["Egg", "Hen", "Fox"]


def test_verification_uses_only_words_of_the_allow_list() -> None:
    blueprint = load_blueprint()
    for task in plan_of(everything(), LEND).tasks():
        assert task.verification[:3] == blueprint.verification
        assert all(word in blueprint.words or word.startswith("pytest tests/") for word in task.verification)
        tests = [path for word in task.verification if word.startswith("pytest ") for path in word.split()[1:]]
        assert set(tests) <= set(task.files)


def test_the_last_task_runs_every_judge() -> None:
    assert set(plan_of(library()).tasks()[-1].verification) == set(load_blueprint().words)


def test_every_phase_has_filled_must_haves() -> None:
    features = load_blueprint().feature_names
    plan = plan_of(with_features(library(), features), LEND, features=features)
    files = {path for task in plan.tasks() for path in task.files}
    assert [phase.slug for phase in plan.phases] == [phase.slug for phase in load_blueprint().phases]
    for phase in plan.phases:
        assert phase.must_haves.truths
        assert phase.must_haves.artifacts
        assert {artifact.path for artifact in phase.must_haves.artifacts} <= files
        assert {end for link in phase.must_haves.key_links for end in (link.source, link.target)} <= files


def test_without_custom_behaviour_and_docker_their_tasks_are_left_out() -> None:
    plan = plan_of(library(), features=())
    assert [phase.name for phase in plan.phases] == [
        "Foundation", "Data layer", "Services and API", "Acceptance and delivery",
    ]  # fmt: skip
    assert not any("Dockerfile" in task.files for task in plan.tasks())


def test_a_custom_task_leaves_its_code_to_a_model_and_includes_its_router() -> None:
    task = next(task for task in plan_of(library(), LEND).tasks() if task.kind is TaskKind.CUSTOM)
    assert task.title == LEND.title
    assert task.files == (
        "app/services/lend_book.py",
        "app/api/endpoints/lend_book.py",
        "tests/api/test_lend_book.py",
        "app/api/router.py",
    )
    assert task.requirements == ("4.1",)


def test_a_custom_module_never_takes_the_place_of_an_entity() -> None:
    assert custom_module(LEND.model_copy(update={"slug": "loans"}), library()) == "loans_behaviour"
    twice = plan_of(library(), LEND, LEND.model_copy(update={"title": "Again"}))
    services = [task.files[0] for task in twice.tasks() if task.kind is TaskKind.CUSTOM]
    assert services == ["app/services/lend_book.py", "app/services/lend_book_behaviour.py"]


def test_braces_in_a_sentence_of_people_are_only_text() -> None:
    braced = LEND.model_copy(update={"title": "Use {module} and {nothing}"})
    assert any(task.title == "Use {module} and {nothing}" for task in plan_of(library(), braced).tasks())


PLAIN = text("name")
REFUSED = [
    ((), "at least one thing"),
    ((entity("Book", "books", PLAIN),), "exactly one primary key"),
    ((entity("Book", "books", key("str"), PLAIN),), "exactly one primary key"),
    ((entity("Book", "books", key()),), "no field that a client gives"),
    ((entity("book", "books", key(), PLAIN),), "can't name an entity"),
    ((entity("Decimal", "decimals", key(), PLAIN),), "needs the name Decimal"),
    ((entity("Book", "Books; DROP", key(), PLAIN),), "can't name a table"),
    ((entity("Book", "alembic_version", key(), PLAIN),), "can't name a table"),
    ((entity("Book", "books", key(), text("Title")),), "can't name a field"),
    ((entity("Book", "books", key(), PLAIN, PLAIN),), "used twice"),
    ((entity("Book", "books", key(), text("from"), text("from_")),), "used twice"),
    ((entity("Book", "books", key(), EntityField(name="kind", type=typed("Kind"))),), "neither known nor an enum"),
    ((entity("Book", "books", key(), EntityField(name="x", type=typed("int"), auto_generated=True), PLAIN),), "fill"),
    ((entity("Book", "books", key(), refers_to("Author", "author_id")),), "not an entity"),
    ((entity("Book", "books", key(), PLAIN, refers_to("Book", "next", "UUID", optional=True)),), "type of Book's key"),
    ((entity("Book", "books", key(), refers_to("Book", "next", on_delete=OnDelete.SET_NULL)),), "must be optional"),
    ((entity("Book", "books", key(), EntityField(name="x", type=typed("int", of_list=True), unique=True)),), "list"),
    ((entity("Book", "books", key(), PLAIN), entity("Tome", "books", key(), PLAIN)), "table books is used twice"),
    ((entity("Book", "books", key(), PLAIN), entity("BookRead", "reads", key(), PLAIN)), "rename BookRead"),
]  # fmt: skip


@pytest.mark.parametrize(("entities", "sentence"), REFUSED)
def test_what_cannot_be_built_is_refused_with_a_sentence(entities: tuple[object, ...], sentence: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match=sentence):
        plan_of(EntitySpecs.model_validate({"entities": entities}))


@pytest.mark.parametrize("cardinality", [Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_MANY, Cardinality.ONE_TO_ONE])
def test_a_relation_without_a_foreign_key_is_refused(cardinality: Cardinality) -> None:
    relation = Relation(name="others", target="Tag", cardinality=cardinality)
    note = entity("Note", "notes", key(), PLAIN, relations=(relation,))
    with pytest.raises(UnsupportedSpecsError, match="has no foreign key: give"):
        plan_of(EntitySpecs(entities=(note, entity("Tag", "tags", key(), PLAIN))))


def test_a_relation_to_nothing_a_bad_path_a_bad_enum_an_unknown_feature_and_a_bad_slug_are_refused() -> None:
    lost = Relation(name="others", target="Nobody", cardinality=Cardinality.MANY_TO_ONE)
    book = entity("Book", "books", key(), PLAIN)
    with pytest.raises(UnsupportedSpecsError, match="leads to Nobody"):
        plan_of(EntitySpecs(entities=(book.model_copy(update={"relations": (lost,)}),)))
    with pytest.raises(UnsupportedSpecsError, match="can't be the path"):
        plan_of(EntitySpecs(entities=(book.model_copy(update={"api_path": '/a"b'}),)))
    with pytest.raises(UnsupportedSpecsError, match="values of the enum"):
        plan_of(EntitySpecs(entities=(book,), enums=(EnumSpec(name="Kind", values=("a", "a")),)))
    with pytest.raises(UnsupportedSpecsError, match="feature teleport is not there yet"):
        plan_of(EntitySpecs(entities=(book,)), features=("teleport",))
    with pytest.raises(UnsupportedSpecsError, match="can't name the module"):
        plan_of(EntitySpecs(entities=(book,)), LEND.model_copy(update={"slug": "../evil"}))


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Office library", "office-library"), ("  Büro & Bücher! ", "buro-bucher"), ("図書館", "service")],
)
def test_a_name_becomes_a_slug(name: str, slug: str) -> None:
    assert slugify(name) == slug
    assert len(slugify(name * 40)) <= 60


def with_feature() -> Blueprint:
    """Return the blueprint with a feature that needs Redis, a task of it, and a file of another task."""
    blueprint = load_blueprint()
    criterion = "IF two clients shout, THEN THE System SHALL listen to both."
    feature = BlueprintFeature(name="echo", summary="an echo", needs_redis=True, criteria=(criterion,))
    file = BlueprintFile(path="app/core/echo.py", template="app/core/package.py.j2", provides="Echoes")
    task = BlueprintTask(
        id="echo",
        phase="services-and-api",
        title="Echo",
        done="It echoes.",
        needs=("project",),
        feature="echo",
        truths=("GET /echo answers",),
        files=(file,),
        links=(BlueprintLink(source=file.path, target="app/main.py", via="main", pattern="x", feature="redis"),),
    )
    first = blueprint.tasks[0]
    extra = file.model_copy(update={"path": "echo.conf", "feature": "redis"})
    tasks = (first.model_copy(update={"files": (*first.files, extra)}), task, *blueprint.tasks[1:])
    return blueprint.model_copy(update={"features": (*blueprint.features, feature), "tasks": tasks})


def plan_with(blueprint: Blueprint, features: tuple[str, ...]) -> TaskPlan:
    chosen = blueprint.chosen(features)
    requirements = derive_requirements("Library", "", library(), (LEND,), (), chosen)
    return derive_task_plan("Library", library(), requirements, (LEND,), blueprint, features)


def test_a_feature_brings_its_tasks_files_truths_links_and_criteria() -> None:
    plan = plan_with(with_feature(), ("echo",))
    task = next(task for task in plan.tasks() if task.title == "Echo")
    assert task.requirements == ("5.1",)
    assert "echo.conf" in plan.tasks()[0].files
    must_haves = next(phase.must_haves for phase in plan.phases if task in phase.tasks)
    assert "GET /echo answers" in must_haves.truths
    assert "app/core/echo.py" in {artifact.path for artifact in must_haves.artifacts}
    assert "app/core/echo.py" in {link.source for link in must_haves.key_links}


def test_without_the_feature_nothing_of_it_is_planned() -> None:
    plan = plan_with(with_feature(), ())
    assert plan == plan_with(load_blueprint(), ())
    assert "echo" not in plan.model_dump_json()


def test_a_criterion_of_a_feature_that_is_not_chosen_is_about_the_whole_service() -> None:
    blueprint = with_feature()
    requirements = derive_requirements("Library", "", library(), (), (), blueprint.chosen(("echo",)))
    plan = derive_task_plan("Library", library(), requirements, (), blueprint, ())
    assert "4.1" in plan.tasks()[-1].requirements


@pytest.mark.parametrize(("name", "path"), [("Report", "/api/v1/documents"), ("Summary", "/api/v1/reports/all")])
def test_an_entity_can_not_take_what_a_feature_needs(name: str, path: str) -> None:
    taken = entity(name, f"{name.lower()}s", key(), PLAIN).model_copy(update={"api_path": path})
    assert plan_of(EntitySpecs(entities=(taken,))).phases
    with pytest.raises(UnsupportedSpecsError, match=f"feature jobs needs.*call {name} something else"):
        plan_of(EntitySpecs(entities=(taken,)), features=("jobs",))
