"""The rules about plans and files that no outside judge holds, proven over what the blueprint plans and writes.

docs/rules.md says which rule each of these tests proves.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import PurePosixPath

import pytest

from bot.generation.inputs import BuildInputs
from tests.generation.samples import build_inputs
from tests.generation.service_files import FEATURES, SPECS, calls, functions, inputs_of, modules, nodes, service

both = pytest.mark.parametrize("name", SPECS)


def plain_inputs(name: str) -> BuildInputs:
    """Return the inputs of a service with a container, and with accounts where its rules need them."""
    return build_inputs(SPECS[name], features=("auth", "docker") if name in FEATURES else ("docker",))


@both
def test_files_are_written_in_the_order_of_their_layers(name: str) -> None:
    tasks = plain_inputs(name).task_plan.tasks()
    written = [path for task in tasks for path in task.files]
    order = [
        "requirements.txt", ".env.example", "app/core/config.py", "app/core/database.py", "app/models/base.py",
        "app/models/{module}.py", "app/schemas/{module}.py", "migrations/versions/0001_initial.py",
        "app/repositories/{module}.py", "app/services/{module}.py", "app/api/dependencies/{module}.py",
        "app/api/endpoints/{collection}.py", "app/api/router.py", "app/main.py", "Dockerfile",
    ]  # fmt: skip
    for task in tasks:
        if task.blueprint_task != "endpoints":
            continue
        module = PurePosixPath(task.files[0]).stem
        collection = PurePosixPath(task.files[1]).stem
        paths = [path.format(module=module, collection=collection) for path in order]
        places = [written.index(path) for path in paths]
        assert places == sorted(places)
        assert written.index("app/schemas/pagination.py") < written.index(f"app/schemas/{module}.py")


@both
def test_the_data_layer_is_one_phase_before_the_routes(name: str) -> None:
    plan = inputs_of(name).task_plan
    phases = {phase.slug: [path for task in phase.tasks for path in task.files] for phase in plan.phases}
    assert list(phases).index("data-layer") < list(phases).index("services-and-api")
    data, api = phases["data-layer"], phases["services-and-api"]
    for path in modules(name):
        folder = str(PurePosixPath(path).parent)
        if path.endswith("__init__.py") or path == "app/models/base.py":
            continue
        if folder in {"app/models", "migrations/versions"}:
            assert path in data
        if folder == "app/models" and path != "app/models/enums.py":
            assert path.replace("models", "schemas") in data
        if folder in {"app/services", "app/repositories"}:
            assert path in [*api, *phases.get("background-work", ()), *phases.get("authentication", ())]


@both
def test_must_haves_name_every_kind_of_file_and_link(name: str) -> None:
    plan = inputs_of(name).task_plan
    artifacts = {artifact.path for phase in plan.phases for artifact in phase.must_haves.artifacts}
    for folder in ("app/models/", "app/schemas/", "app/repositories/", "app/services/", "app/api/dependencies/",
                   "app/api/endpoints/", "migrations/versions/", "tests/api/"):  # fmt: skip
        written = {path for task in plan.tasks() for path in task.files if path.startswith(folder)}
        assert {path for path in written if not path.endswith(("__init__.py", "test_health.py"))} <= artifacts, folder
    links = {(link.source, link.target) for phase in plan.phases for link in phase.must_haves.key_links}
    folders = [(PurePosixPath(source).parent.name, PurePosixPath(target).parent.name) for source, target in links]
    assert folders.count(("endpoints", "dependencies")) == len(SPECS[name].entities)
    assert ("app/main.py", "app/api/router.py") in links
    assert ("migrations/env.py", "app/models/__init__.py") in links
    for path in modules(name):
        if path.startswith("app/api/endpoints/") and not path.endswith(("__init__.py", "health.py")):
            assert ("app/api/router.py", path) in links
            assert any(source == path and target.startswith("app/schemas/") for source, target in links)


@both
def test_truths_say_what_people_can_observe(name: str) -> None:
    inputs = plain_inputs(name)
    truths = [truth for phase in inputs.task_plan.phases for truth in phase.must_haves.truths]
    for entity in inputs.specs.entities:
        assert any(truth.startswith(f"POST {entity.api_path} answers 201") for truth in truths)
        assert any(truth.startswith(f"GET {entity.api_path} answers 200") for truth in truths)
    refused = [truth for truth in truths if truth.startswith("Schema validation rejects ")]
    assert len(refused) == len(inputs.specs.entities)
    assert any(truth.startswith("Dependency injects the session") for truth in truths)
    assert sum("422" in criterion.text for criterion in inputs.requirements.criteria()) >= len(inputs.specs.entities)


@both
def test_the_image_is_built_in_stages_and_runs_without_rights(name: str) -> None:
    lines = service(name)["Dockerfile"].splitlines()
    stages = [line for line in lines if line.startswith("FROM ")]
    assert len(stages) == 2
    last = lines[lines.index(stages[1]) :]
    assert [line for line in last if line.startswith("USER ")] == ["USER 10001"]
    assert any(line.startswith("COPY --from=build") for line in last)
    assert not any("uv sync" in line or "apt-get" in line for line in last)


@both
def test_the_only_composer_is_docker_compose_with_a_space(name: str) -> None:
    files = service(name)
    assert not [path for path, text in files.items() if "docker-compose" in text.lower() or "docker-compose" in path]
    assert "docker compose up" in files["README.md"]
    assert "compose.yaml" in files


@both
def test_packages_have_no_python_prefix_and_every_import_is_a_dependency(name: str) -> None:
    project = tomllib.loads(service(name)["pyproject.toml"])
    names = {re.split(r"[\[=<>~]", one)[0] for one in project["project"]["dependencies"]}
    exported = set(re.findall(r"^([a-z0-9-]+)==", service(name)["requirements.txt"], re.MULTILINE))
    allowed = {"python-dotenv", "python-dateutil", "python-multipart", "python-jose"}
    assert {one for one in names | exported if one.startswith("python-")} <= allowed
    assert names <= exported
    froms = {node.module for _, node in nodes(name, "app/") if isinstance(node, ast.ImportFrom) and node.module}
    plain = {alias.name for _, node in nodes(name, "app/") if isinstance(node, ast.Import) for alias in node.names}
    imported = {module.partition(".")[0] for module in froms | plain}
    foreign = {one.replace("_", "-") for one in imported if one not in sys.stdlib_module_names and one != "app"}
    assert foreign <= exported


@both
def test_the_project_asks_for_the_tools_of_the_service_rules(name: str) -> None:
    project = tomllib.loads(service(name)["pyproject.toml"])
    tools = {re.split(r"[\[=<>~]", one)[0] for one in project["dependency-groups"]["dev"]}
    assert {"ruff", "mypy", "pytest", "pytest-asyncio", "pytest-cov", "httpx"} <= tools
    assert not {"black", "isort", "flake8"} & tools
    assert project["tool"]["coverage"]["report"]["fail_under"] >= 80
    assert project["project"]["requires-python"] == ">=3.12,<4"
    assert project["tool"]["mypy"]["strict"] is True
    assert project["tool"]["pytest"]["ini_options"]["asyncio_mode"] == "auto"
    assert project["tool"]["poetry"] == {"package-mode": False}
    pinned = {re.split(r"[\[=]", one)[0]: one for one in project["project"]["dependencies"]}
    needed = {
        "fastapi",
        "pydantic",
        "pydantic-settings",
        "sqlalchemy",
        "alembic",
        "asyncpg",
        "fastapi-pagination",
        "uvicorn",
    }
    assert needed <= pinned.keys()
    assert pinned["sqlalchemy"].startswith("sqlalchemy[asyncio]==2.")
    assert pinned["pydantic"].startswith("pydantic==2.")


@both
def test_every_layer_has_tests_and_shared_fixtures(name: str) -> None:
    files = modules(name)
    for layer, folder in (("services", "services"), ("schemas", "schemas"), ("api/endpoints", "endpoints")):
        for path in files:
            stem = PurePosixPath(path).name
            if PurePosixPath(path).parent.as_posix() != f"app/{layer}" or stem in SHARED:
                continue
            assert f"tests/{folder}/test_{stem}" in files, path
    fixtures = {
        function.name
        for path, function in functions(name, "tests/conftest.py")
        if any("fixture" in ast.unparse(decorator) for decorator in function.decorator_list)
    }
    assert {"settings", "migrated", "connection", "session", "client"} <= fixtures
    assert any(call == "transaction.rollback" for _, call in calls(name, "tests/conftest.py"))


SHARED = {
    "__init__.py",
    "audit_entries.py",
    "audit_entry.py",
    "auth.py",
    "base.py",
    "problem.py",
    "health.py",
    "reports.py",
}
"""Modules that other tests exercise: they have none of their own name."""


@both
def test_migrations_are_async_and_name_what_autogenerate_misses(name: str) -> None:
    files = service(name)
    assert "asyncio.run" in files["migrations/env.py"]
    assert "run_sync(run_migrations)" in files["migrations/env.py"]
    assert '"target_metadata": Base.metadata' in files["migrations/env.py"]
    assert "file_template" in files["alembic.ini"]
    migration = files["migrations/versions/0001_initial.py"]
    assert "sa.PrimaryKeyConstraint(" in migration
    assert "sa.ForeignKeyConstraint(" in migration
    assert "native_enum=True" not in migration
    assert all(f'"{entity.table}"' in migration for entity in SPECS[name].entities)


@both
def test_every_folder_of_code_is_a_package(name: str) -> None:
    folders = {PurePosixPath(path).parent for path in modules(name) if path.startswith(("app/", "tests/"))}
    assert {folder for folder in folders if f"{folder}/__init__.py" not in modules(name)} == set()


@both
def test_the_readme_says_how_to_write_a_migration(name: str) -> None:
    readme = service(name)["README.md"]
    assert re.search(r"alembic revision --autogenerate -m \"", readme)
    assert "alembic upgrade head" in readme
