"""Layers told by the paths of files, and the order in which they are made."""

from __future__ import annotations

import pytest

from bot.checks.layers import (
    Layer,
    Step,
    apart_from_their_models,
    is_migration,
    is_test,
    lacks_migration,
    lacks_tests,
    made_file,
    normal_path,
    out_of_order,
    paths_in,
)


@pytest.mark.parametrize(
    ("path", "layer", "root", "feature"),
    [
        ("requirements.txt", Layer.SETTINGS, "", ""),
        ("requirements-dev.txt", Layer.SETTINGS, "", ""),
        ("apps/backend/pyproject.toml", Layer.SETTINGS, "apps/backend", ""),
        (".env.example", Layer.SETTINGS, "", ""),
        ("app/core/config.py", Layer.CORE, "", ""),
        ("apps/backend/src/core/database.py", Layer.CORE, "apps/backend", ""),
        ("app/models/book.py", Layer.MODELS, "", "book"),
        ("./app/models/categories.py", Layer.MODELS, "", "category"),
        ("app\\models\\Boxes.py", Layer.MODELS, "", "box"),
        ("app/models.py", Layer.MODELS, "", ""),
        ("src/features/ai/models.py", Layer.MODELS, "", "ai"),
        ("app/schemas/order_item_schema.py", Layer.SCHEMAS, "", "order_item"),
        ("packages/schemas/shop_schemas/user.py", Layer.SCHEMAS, "packages", "user"),
        ("app/crud/book.py", Layer.REPOSITORIES, "", "book"),
        ("src/features/ai/repository.py", Layer.REPOSITORIES, "", "ai"),
        ("app/services/book_service.py", Layer.SERVICES, "", "book"),
        ("app/services/address.py", Layer.SERVICES, "", "address"),
        ("app/services/status.py", Layer.SERVICES, "", "status"),
        ("app/services/analysis.py", Layer.SERVICES, "", "analysis"),
        ("app/models/addresses.py", Layer.MODELS, "", "address"),
        ("app/models/branches.py", Layer.MODELS, "", "branch"),
        ("app/models/dishes.py", Layer.MODELS, "", "dish"),
        ("app/models/order_item.py", Layer.MODELS, "", "order_item"),
        ("app/models/model.py", Layer.MODELS, "", ""),
        ("routes/router.py", Layer.ROUTER, "", ""),
        ("app/api/dependencies/session.py", Layer.DEPENDENCIES, "", "session"),
        ("app/api/deps.py", Layer.DEPENDENCIES, "", ""),
        ("app/api/endpoints/books.py", Layer.ENDPOINTS, "", "book"),
        ("app/api/v1/routes/book_routes.py", Layer.ENDPOINTS, "", "book"),
        ("apps/backend/src/features/ai/router/router.py", Layer.ENDPOINTS, "apps/backend", "ai"),
        ("app/api/router.py", Layer.ROUTER, "", ""),
        ("app/api/v1/router.py", Layer.ROUTER, "", ""),
        ("app/main.py", Layer.APPLICATION, "", ""),
        ("apps/backend/src/main.py", Layer.APPLICATION, "apps/backend", ""),
        ("Dockerfile", Layer.IMAGE, "", ""),
        ("Dockerfile.dev", Layer.IMAGE, "", ""),
        ("worker.Dockerfile", Layer.IMAGE, "", ""),
        ("deploy/api/Dockerfile", Layer.IMAGE, "deploy/api", ""),
    ],
)
def test_a_path_tells_layer_service_and_feature(path: str, layer: Layer, root: str, feature: str) -> None:
    file = made_file(path)
    assert file is not None
    assert (file.layer, file.root, file.feature) == (layer, root, feature)
    assert file.path == normal_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "", "README.md", "app/__init__.py", "app/models/__init__.py", "app/core/logging.py", "src/models/user.ts",
        "tests/models/test_book.py", "app/models/test_book.py", "app/models/book_test.py", "tests/conftest.py",
        "migrations/versions/0001_models.py", "alembic/env.py", "alembic.ini", "docs/models.md",
    ],
)  # fmt: skip
def test_other_files_are_of_no_layer(path: str) -> None:
    assert made_file(path) is None


def test_tests_and_migrations_are_told_by_their_paths() -> None:
    assert is_test("tests/data.json")
    assert is_test("src/conftest.py")
    assert not is_test("app/contest.py")
    assert is_migration("apps/backend/alembic/versions/.gitkeep")
    assert not is_migration("app/version.py")
    assert normal_path("`app/main.py` (new)") == "app/main.py"
    assert normal_path("app/(public)/page.py") == "app/(public)/page.py"
    assert normal_path(" `.\\app\\Main.py` ") == "app/Main.py"


def disorders(*files: str | tuple[str, ...], closes: bool = True, extends: int = -1) -> list[tuple[str, str]]:
    """Return what is made too early and what it needs, for one step each of some files."""
    steps = [
        Step(str(index), (names,) if isinstance(names, str) else names, index, extends=index == extends)
        for index, names in enumerate(files)
    ]
    return [(found.user.path, found.needed.path) for found in out_of_order(reversed(steps), closes)]


OURS = (
    "pyproject.toml", "app/core/config.py", "app/core/database.py", "app/models/base.py", "app/schemas/base.py",
    "app/api/endpoints/health.py", "app/models/book.py", "app/schemas/book.py", "app/repositories/book.py",
    "app/services/book.py", "app/api/dependencies/book.py", "app/api/endpoints/books.py", "app/api/router.py",
    "app/main.py", "Dockerfile",
)  # fmt: skip
LAYERED = [path for path in OURS if "health" not in path and "base" not in path]


def test_the_order_of_the_planner_prompt_is_in_order() -> None:
    assert disorders(*OURS) == []


@pytest.mark.parametrize("at", range(len(LAYERED) - 1))
def test_two_files_the_wrong_way_round_are_found(at: int) -> None:
    early, late = LAYERED[at : at + 2]
    swapped = [*LAYERED[:at], late, early, *LAYERED[at + 2 :]]
    same_layer = {early, late} in (
        {"pyproject.toml", "app/core/config.py"},
        {"app/core/config.py", "app/core/database.py"},
    )
    assert disorders(*swapped) == ([] if same_layer else [(late, early)])


def test_files_of_one_step_and_of_other_features_are_in_order() -> None:
    assert disorders(("app/services/book.py", "app/models/book.py")) == []
    assert disorders("app/services/book.py", "app/models/loan.py") == []
    assert disorders("app/services/book.py", "other/app/models/book.py") == []
    assert disorders("app/services/base.py", "app/models/base.py") == []


def test_a_file_that_is_changed_again_counts_where_it_is_made() -> None:
    assert disorders("app/models/book.py", "app/services/book.py", "app/models/book.py") == []
    assert disorders("app/core/config.py", "app/models/book.py", "app/core/config.py") == []
    assert disorders("app/services/book.py", "app/main.py", "app/services/book.py") == []


def test_the_application_counts_where_it_is_written_last() -> None:
    assert disorders("app/main.py", "app/models/base.py", "app/main.py") == []
    assert disorders("app/main.py", "app/models/base.py") == [("app/main.py", "app/models/base.py")]
    assert disorders("app/main.py", "app/models/base.py", closes=False) == []
    assert disorders("app/main.py", "worker/app/models/base.py") == []


def test_what_extends_a_finished_service_may_come_after_its_application() -> None:
    assert disorders("app/main.py", "app/services/loan.py") == [("app/main.py", "app/services/loan.py")]
    assert disorders("app/main.py", "app/services/loan.py", extends=1) == []
    assert disorders(
        "app/main.py", ("app/services/loan.py", "app/api/router.py"), "app/api/endpoints/x.py", extends=1
    ) == [("app/main.py", "app/api/endpoints/x.py")]


def test_the_latest_file_is_named_for_what_closes_too_early() -> None:
    assert disorders("Dockerfile", "app/models/book.py", "app/main.py") == [("Dockerfile", "app/main.py")]


def test_models_want_a_migration() -> None:
    assert lacks_migration(["app/models/book.py", "app/main.py"], ["Make books"]) == ("app/models/book.py",)
    assert lacks_migration(["app/models/book.py", "migrations/versions/1.py"], []) == ()
    for text in ("Then `alembic upgrade head`", "Write the Migration", "Call Base.metadata.create_all()"):
        assert lacks_migration(["app/models/book.py"], [text]) == ()
    assert lacks_migration(["app/models/book.py", "alembic.ini", "alembic/env.py"], []) == ("app/models/book.py",)
    assert lacks_migration(["app/models/base.py", "app/services/book.py"], []) == ()


def test_code_wants_tests() -> None:
    assert lacks_tests(["app/services/book.py", "app/main.py"], ["ruff check"]) == ("app/services/book.py",)
    assert lacks_tests(["app/services/book.py", "tests/test_book.py"], []) == ()
    assert lacks_tests(["app/services/book.py"], ["Run pytest -k book"]) == ()
    assert lacks_tests(["app/services/book.py"], ["pytest in dev dependencies", "pytest, httpx"])
    assert lacks_tests(["app/services/book.py"], ["Write unit tests"]) == ()
    assert lacks_tests(["app/models/book.py", "Dockerfile", "app/schemas/base.py"], []) == ()


def test_a_schema_in_another_phase_than_its_model_is_found() -> None:
    apart = apart_from_their_models(
        [
            ("1", ["app/models/book.py", "app/models/loan.py", "app/schemas/loan.py", "app/models/base.py"]),
            ("2", ["app/schemas/books.py", "app/schemas/loan.py", "app/schemas/base.py", "app/schemas/fine.py"]),
        ]
    )
    assert [(phase, model.path, other, schema.path) for phase, model, other, schema in apart] == [
        ("1", "app/models/book.py", "2", "app/schemas/books.py")
    ]


def test_paths_are_found_in_prose() -> None:
    text = "Create `app/models/book.py`, src/main.py and Dockerfile. See v1.2, e.g. docs/a.md."
    assert paths_in(text) == ("app/models/book.py", "src/main.py", "Dockerfile", "docs/a.md")
    assert paths_in("Files: deploy/Dockerfile, .env.example") == ("deploy/Dockerfile", ".env.example")
    assert paths_in("nothing here 3.12") == ()
