"""Rendering: typed values only, and nothing that people write breaks out of where it stands."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator

import pytest
from jinja2 import DictLoader, StrictUndefined, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.documents.entities.entity_specs import EntityField, EntitySpecs, EnumSpec
from bot.generation.blueprint import load_blueprint
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.inputs import BuildInputs
from bot.generation.rendering import environment, render_service, render_task
from bot.generation.values import finalize
from tests.generation.samples import LEND, build_inputs, entity, everything, key, library, text, typed

HOSTILE = (
    'x"""\n__import__("os").system("id")\n"""',
    "'); raise SystemExit; ('",
    "{{ 7 * 7 }}{% for x in y %}",
    "\\",
    "${jndi} $(id) `id` %s {0} {name}",
    "# comment\n- item: value\n\t]] = [[",
    "\u2028\u202e\x85 line \x7f",
    "'''\"\"\"",
    "\N{GRINNING FACE} 図書館",
)


def all_files(inputs: BuildInputs) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for task in render_service(inputs).values():
        files |= task
    return files


def calls(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_hostile_default_and_enum_value_stay_values(evil: str) -> None:
    value = "".join(letter for letter in evil if letter.isprintable())
    specs = EntitySpecs(
        entities=(
            entity(
                "Note",
                "notes",
                key(),
                text("body", default=evil),
                EntityField(name="kind", type=typed("Kind"), default=value),
            ),
        ),
        enums=(EnumSpec(name="Kind", values=(value, "plain")),),
    )
    files = all_files(build_inputs(specs))
    plain = {
        call
        for path, source in all_files(build_inputs(library())).items()
        if path.endswith(".py")
        for call in calls(source)
    }
    for path, source in files.items():
        if path.endswith(".py"):
            assert not {"__import__", "os.system"} & set(calls(source)), path
    model = ast.parse(files["app/models/note.py"])
    constants = {node.value for node in ast.walk(model) if isinstance(node, ast.Constant)}
    assert evil in constants
    assert value in constants
    assert "create_application" in plain


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_hostile_name_and_introduction_stay_text(evil: str) -> None:
    name = "".join(letter for letter in evil if letter.isprintable()) or "service"
    inputs = build_inputs(library(), name=name)
    requirements = inputs.requirements.model_copy(update={"introduction": evil})
    files = all_files(inputs.model_copy(update={"requirements": requirements}))
    assert tomllib.loads(files["pyproject.toml"].decode())["project"]["description"] == name
    assert files["compose.yaml"].decode().splitlines()[0] == f'name: "{inputs.slug}"'
    assigned = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(files["app/core/application.py"]).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "TITLE"
    }
    assert assigned == {"TITLE": name}
    heading, _, introduction = files["README.md"].decode().splitlines()[:3]
    assert heading.startswith("# ")
    assert "`" not in introduction.replace("\\`", "")
    assert "<" not in heading.replace("\\<", "")


@pytest.mark.parametrize("evil", ['Book"', "Book\n", "Book): pass", "import os", "Böok", "", "B" * 60])
def test_a_hostile_entity_name_is_refused(evil: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match="can't name an entity"):
        build_inputs(EntitySpecs(entities=(entity(evil, "books", key(), text("title")),)))


@pytest.mark.parametrize("evil", ['a"', "a\n", "a b", "a;b", "Ä", "_a", "1a", "a-b", ""])
def test_a_hostile_field_name_is_refused(evil: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match="can't name a field"):
        build_inputs(EntitySpecs(entities=(entity("Book", "books", key(), text(evil)),)))


def test_a_template_prints_typed_values_only() -> None:
    sandbox = environment(load_blueprint()).overlay(loader=DictLoader({"bad": "{{ name }}", "worse": '{{ "x" }}'}))
    with pytest.raises(TypeError, match="only typed values"):
        sandbox.get_template("bad").render(name="plain")
    with pytest.raises(TypeError, match="only typed values"):
        sandbox.get_template("bad").render(name=True)
    with pytest.raises(TypeError, match="only typed values"):
        sandbox.get_template("worse").render()
    assert sandbox.get_template("bad").render(name=7) == "7"


def test_templates_run_in_the_sandbox_and_know_nothing_undefined() -> None:
    sandbox = environment(load_blueprint())
    assert isinstance(sandbox, ImmutableSandboxedEnvironment)
    assert sandbox.undefined is StrictUndefined
    assert sandbox.finalize is finalize
    with pytest.raises(SecurityError):
        sandbox.from_string("{% if ().__class__.__base__.__subclasses__() %}{% endif %}").render()
    with pytest.raises(UndefinedError):
        sandbox.from_string("{% for item in nothing %}{% endfor %}").render()


def test_every_template_of_the_folder_belongs_to_a_task() -> None:
    blueprint = load_blueprint()
    used = {file.template for task in blueprint.tasks for file in task.files if file.template}
    there = {path.relative_to(blueprint.folder).as_posix() for path in blueprint.folder.rglob("*") if path.is_file()}
    assert there - used == {"blueprint.toml", "pyproject.toml", "migrations/revision.py.j2"}


def test_the_router_includes_the_custom_behaviours_that_are_built_so_far() -> None:
    again = LEND.model_copy(
        update={"slug": "give_back", "title": "Give back", "criterion": "THE System SHALL take back."}
    )
    inputs = build_inputs(library(), custom=(LEND, again))
    wiring, first, second = (
        task
        for task in inputs.task_plan.tasks()
        if task.blueprint_task == "wiring" or task.title in {LEND.title, again.title}
    )
    router = "app/api/router.py"
    assert b"lend_book" not in render_task(inputs, wiring)[router]
    assert list(render_task(inputs, first)) == [router]
    assert b"include_router(lend_book.router)" in render_task(inputs, first)[router]
    assert b"give_back" not in render_task(inputs, first)[router]
    both = render_task(inputs, second)[router]
    assert both.index(b"lend_book.router") < both.index(b"give_back.router")
    left_open = render_task(inputs, second, built={second.number})[router]
    assert b"lend_book" not in left_open
    assert b"give_back.router" in left_open


def test_nothing_but_the_inputs_changes_the_bytes() -> None:
    assert render_service(build_inputs(everything())) == render_service(build_inputs(everything()))


def test_without_docker_the_readme_does_not_promise_it() -> None:
    with_it, without_it = build_inputs(library()), build_inputs(library(), features=())
    assert b"docker compose" in all_files(with_it)["README.md"]
    assert b"docker" not in all_files(without_it)["README.md"]
    assert "compose.yaml" not in all_files(without_it)


def test_the_readme_names_what_nobody_has_built_and_no_words_of_it_break_its_table() -> None:
    hostile = LEND.model_copy(update={"title": "A | <b>book</b>", "done": "First\nsecond `line` | [x](y)"})
    inputs = build_inputs(library(), custom=(hostile,))
    assert b"## Not built yet" not in all_files(inputs)["README.md"]

    readme = all_files(inputs.model_copy(update={"unwritten": (LEND.slug,)}))["README.md"].decode()
    rows = [line for line in readme.splitlines() if "`app/services/lend_book.py`" in line]
    assert rows == [
        r"| A \| \<b\>book\</b\> | First second \`line\` \| \[x\](y) | `app/services/lend_book.py` |",
    ]
