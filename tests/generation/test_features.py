"""Each feature is there with everything that belongs to it, and without it not a word of it is left."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest
import yaml

from bot.building.tree import service_tree
from bot.generation.blueprint import load_blueprint
from tests.generation.samples import build_inputs, library
from tests.generation.service_files import modules, nodes, service

TRACES = {
    "auth": ("fastapi_users", "fastapi-users", "SECRET_KEY", "hashed_password", "app.core.caller", "create_admin"),
    "cache": ("AnswerCache", "AnswerStore", "CACHE_SECONDS", "X-Cache"),
    "jobs": ("taskiq", "app/jobs", "reports", "open_queue"),
    "mail": ("fastapi_mail", "fastapi-mail", "mailer", "MAIL_SERVER"),
    "websocket": ("app/live", "app.live", "LIVE_CONNECTIONS", '"websockets=='),
    "audit": ("AuditMixin", "audit_", "created_by", "X-Actor", "act_as", "ReadingService"),
    "soft-delete": ("deleted_at", "SoftDelete", "/restore", "LIVING", "living"),
    "rate-limit": ("rate_limit", "RATE_LIMIT", '"limits=='),
}
"""What stands in files of a service only where it has the feature."""
REDIS = ("redis", "REDIS_URL")


def files_with(*features: str) -> dict[str, str]:
    """Return the files of a library with these features."""
    files: dict[str, bytes] = {}
    for task in service_tree(build_inputs(library(), features=features)).values():
        files |= task
    return {path: content.decode() for path, content in files.items()}


def imports(name: str, module: str) -> set[str]:
    """Return the files of the application that import a library."""
    found = set()
    for path, node in nodes(name, "app/"):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if any(one.partition(".")[0] == module for one in names):
            found.add(path)
    return found


@pytest.mark.parametrize("feature", TRACES)
def test_without_a_feature_not_a_word_of_it_is_left(feature: str) -> None:
    others = [name for name in load_blueprint().feature_names if name != feature]
    files = files_with(*others)
    for path, text in files.items():
        for trace in TRACES[feature]:
            assert trace not in path, path
            assert trace not in text, f"{path}: {trace}"


def test_without_features_that_need_it_there_is_no_redis() -> None:
    for path, text in files_with("docker", "mail", "uuid-keys", "websocket").items():
        assert not any(word in text for word in REDIS), path


@pytest.mark.parametrize("feature", TRACES)
def test_a_feature_brings_its_tests_its_packages_and_its_paragraph(feature: str) -> None:
    plain, files = files_with(), files_with(feature)
    assert any(path.startswith("tests/") for path in files.keys() - plain.keys())
    needed = tomllib.loads(files["pyproject.toml"])["project"]["dependencies"]
    packages = next(item.packages for item in load_blueprint().features if item.name == feature)
    assert set(packages) <= {pin.partition("==")[0] for pin in needed}
    assert "## Features" in files["README.md"]
    assert "## Features" not in plain["README.md"]


def test_the_libraries_of_features_are_known_to_few_modules() -> None:
    assert imports("featured", "fastapi_users_db_sqlalchemy") == {"app/repositories/auth.py"}
    assert imports("featured", "fastapi_users") == {"app/services/auth.py", "app/services/member.py"}
    assert imports("featured", "limits") == {"app/core/rate_limit.py"}
    assert imports("featured", "fastapi_mail") == {"app/core/mail.py"}
    assert {path for path in imports("featured", "taskiq") if not path.startswith("app/jobs/")} == {
        "app/api/dependencies/jobs.py"
    }


def test_redis_is_asked_by_the_asynchronous_client_only() -> None:
    for path, node in nodes("featured", "app/"):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("redis"):
            assert node.module in {"redis.asyncio", "redis.asyncio.client", "redis.exceptions"}, path


def test_compose_starts_redis_and_a_worker_where_they_are_needed() -> None:
    started = {
        features: set(yaml.safe_load(files_with("docker", *features)["compose.yaml"])["services"])
        for features in ((), ("rate-limit",), ("jobs",))
    }
    base = {"service", "migrate", "database"}
    assert started == {(): base, ("rate-limit",): base | {"redis"}, ("jobs",): base | {"redis", "worker"}}


def test_softly_deleted_rows_give_their_unique_values_back_in_model_and_migration() -> None:
    plain, files = files_with(), files_with("soft-delete")
    assert 'unique_among_living("books", "isbn")' in files["app/models/book.py"]
    assert "unique=True" not in files["app/models/book.py"]
    migration = files["migrations/versions/0001_initial.py"]
    assert migration.count('sqlite_where=sa.text("deleted_at IS NULL")') == len(["isbn", "email"])
    assert "UniqueConstraint" not in migration
    assert "UniqueConstraint" in plain["migrations/versions/0001_initial.py"]


def test_every_statement_of_the_repository_leaves_deleted_rows_out_or_says_that_it_wants_them() -> None:
    text = files_with("soft-delete")["app/repositories/base.py"]
    classes = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    repository = classes["RepositoryBase"]
    selecting = {
        method.name: ast.unparse(method)
        for method in repository.body
        if isinstance(method, ast.AsyncFunctionDef | ast.FunctionDef) and "sa.select(" in ast.unparse(method)
    }
    without = {name for name, body in selecting.items() if not re.search(r"LIVING|living|self\.loads", body)}
    assert without == {"hold", "get_deleted", "is_empty"}


def test_no_test_of_a_service_needs_another_service() -> None:
    text = service("featured")["tests/applications.py"]
    assert '"redis_url": None' in text
    assert '"mail_server": None' in text
    for path in modules("featured"):
        if path.startswith("tests/"):
            assert "localhost:6379" not in service("featured")[path], path


def test_background_work_is_a_phase_only_where_there_is_any() -> None:
    for features, expected in (((), False), (("jobs",), True)):
        phases = [phase.slug for phase in build_inputs(library(), features=features).task_plan.phases]
        assert ("background-work" in phases) is expected
    plan = build_inputs(library(), features=("jobs",)).task_plan
    (task,) = next(phase for phase in plan.phases if phase.slug == "background-work").tasks
    assert {"app/jobs/reports.py", "app/jobs/worker.py", "app/api/endpoints/reports.py"} <= set(task.files)


def test_live_changes_are_a_phase_with_route_manager_and_events() -> None:
    assert "live-changes" not in [phase.slug for phase in build_inputs(library(), features=()).task_plan.phases]
    plan = build_inputs(library(), features=("websocket",)).task_plan
    (task,) = next(phase for phase in plan.phases if phase.slug == "live-changes").tasks
    assert {"app/live/manager.py", "app/live/events.py", "app/live/routes.py", "tests/live/test_live.py"} <= set(
        task.files
    )


@pytest.mark.parametrize(("features", "is_there"), [((), False), (("cache",), True), (("websocket",), True)])
def test_changes_are_noted_only_where_somebody_listens(features: tuple[str, ...], is_there: bool) -> None:
    files = files_with(*features)
    assert ("app/core/changes.py" in files) is is_there
    assert ("note_change(" in files.get("app/repositories/changed_rows.py", "")) is is_there
    assert ("note_flushed" in files["app/repositories/__init__.py"]) is is_there
    assert ("await tell(" in files["app/api/dependencies/session.py"]) is is_there
