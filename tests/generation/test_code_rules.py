"""How the code of every file that the blueprint writes reads: what no outside judge holds.

docs/rules.md says which rule each of these tests proves.
"""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

import pytest

from tests.generation.service_files import (
    FEATURES,
    SPECS,
    Function,
    calls,
    functions,
    modules,
    nodes,
    routes,
    service,
)

PURE = ("__init__.py", "conditions.py", "soft_deletes.py", "referring_rows.py", "audit_trail.py", "changed_rows.py")
"""Files of services and repositories that wait for nothing."""
PLAIN = {
    "selection", "order", "loads", "row_key", "column_values", "check_include", "is_own", "check_superuser", "actor_of",
    "make_access_tokens", "changes_login", "check_links", "fingerprint", "load", "narrowed",
}  # fmt: skip
"""Functions of repositories and services that only write a statement, read a row or compare."""
HOOKS = {"check_create", "check_update", "check_delete", "resolve", "changed", "write_token"}
"""Functions that a service may overrule, or does for a library, whether it has to wait or not."""
LAYERS = ("Service", "Repository", "RepositoryBase", "ServiceBase")
both = pytest.mark.parametrize("name", SPECS)


@both
def test_types_are_written_without_optional_and_union(name: str) -> None:
    used = {node.id for _, node in nodes(name) if isinstance(node, ast.Name)}
    imported = {alias.name for _, node in nodes(name) if isinstance(node, ast.ImportFrom) for alias in node.names}
    attributes = {ast.unparse(node) for _, node in nodes(name) if isinstance(node, ast.Attribute)}
    assert not {"Optional", "Union", "List", "Dict", "Tuple"} & (used | imported)
    assert not {"typing.Optional", "typing.Union"} & attributes
    assert any("| None" in text for text in service(name).values())


@both
def test_everything_that_waits_is_async(name: str) -> None:
    assert {function.name for _, function in routes(name) if isinstance(function, ast.FunctionDef)} == set()
    for path, function in functions(name, "app/"):
        layered = path.startswith(("app/services/", "app/repositories/")) and not path.endswith(PURE)
        if layered and function.name not in {"__init__", "conflict", *PLAIN}:
            assert isinstance(function, ast.AsyncFunctionDef), f"{path}: {function.name}"
    asked = {call for _, call in calls(name)}
    assert "create_async_engine" in asked
    assert not {"create_engine", "sa.create_engine", "sessionmaker", "time.sleep", "requests.get"} & asked


@both
def test_what_does_not_wait_is_a_plain_function(name: str) -> None:
    for path, function in functions(name, "app/"):
        if not isinstance(function, ast.AsyncFunctionDef) or ast.unparse(function.returns or function).startswith(
            "AsyncI"
        ):
            continue
        is_handler = path in {"app/core/handlers.py", "app/repositories/base.py", "app/api/endpoints/health.py"}
        is_handler = (
            is_handler
            or function.name in HOOKS
            or path in {"app/services/base.py", "app/core/cache.py", "app/api/endpoints/auth.py"}
        )
        is_handler = is_handler or path.startswith("app/rules/base/")
        waits = any(isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) for node in ast.walk(function))
        assert waits or is_handler, f"{path}: {function.name} is async and waits for nothing"


@both
def test_every_module_class_and_function_is_described(name: str) -> None:
    for path, module in modules(name).items():
        assert ast.get_docstring(module), path
        inside = {inner for function in ast.walk(module) if isinstance(function, Function)
                  for inner in ast.walk(function) if inner is not function}  # fmt: skip
        for node in ast.walk(module):
            if isinstance(node, Function | ast.ClassDef) and node not in inside:
                assert ast.get_docstring(node), f"{path}: {node.name}"


@both
def test_packages_say_what_they_offer(name: str) -> None:
    for path, module in modules(name).items():
        if not path.startswith("app/"):
            continue
        offered = {
            ast.literal_eval(item)
            for node in module.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
            and isinstance(node.value, ast.List)
            for item in node.value.elts
        }  # fmt: skip
        imported = {alias.name for node in module.body if isinstance(node, ast.ImportFrom) for alias in node.names}
        public = {node.name for node in module.body if isinstance(node, Function | ast.ClassDef)}
        assigned = {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
        if path.endswith("__init__.py"):
            assert offered == (imported or {name for name in assigned if name != "__all__"}), path
        else:
            assert offered, path
            assert not {name for name in offered if name.startswith("_")}, path
            assert offered <= public | assigned, path


@both
def test_nothing_is_swallowed(name: str) -> None:
    for path, node in nodes(name):
        if not isinstance(node, ast.ExceptHandler):
            continue
        assert node.type is not None, path
        assert not all(isinstance(line, ast.Pass | ast.Continue) for line in node.body), path
        broad = ast.unparse(node.type) in {"Exception", "BaseException"}
        assert not broad or any(isinstance(line, ast.Raise) for line in ast.walk(node)), path


@both
def test_no_branch_follows_one_that_left(name: str) -> None:
    """Guard clauses leave at once, so nothing stands in an `else` behind a return or a raise."""
    for path, node in nodes(name):
        if isinstance(node, ast.If) and node.orelse:
            assert not isinstance(node.body[-1], ast.Return | ast.Raise), f"{path}:{node.lineno}"


@both
def test_nesting_stays_shallow(name: str) -> None:
    for path, function in functions(name, "app/"):
        assert depth(function) <= 3, f"{path}: {function.name}"


def depth(node: ast.AST) -> int:
    """Return how many branches and loops stand in each other at most."""
    inner = max((depth(child) for child in ast.iter_child_nodes(node)), default=0)
    return inner + isinstance(node, ast.If | ast.For | ast.AsyncFor | ast.While | ast.Try)


@both
def test_no_state_is_global(name: str) -> None:
    assert not [path for path, node in nodes(name, "app/") if isinstance(node, ast.Global)]
    for path, module in modules(name).items():
        for node in module.body:
            if path.startswith("app/") and isinstance(node, ast.Assign):
                target = ast.unparse(node.targets[0])
                assert not isinstance(node.value, ast.Dict | ast.Set) or target.isupper(), f"{path}: {target}"


@both
def test_names_are_whole_words(name: str) -> None:
    names = {argument.arg for _, function in functions(name) for argument in function.args.args}
    names |= {node.id for _, node in nodes(name) if isinstance(node, ast.Name)}
    assert not names & {"ctx", "req", "res", "resp", "cfg", "db", "mgr", "svc", "repo", "msg", "usr", "tmp", "obj"}


@both
def test_files_and_folders_are_lower_case_with_underscores(name: str) -> None:
    for path in modules(name):
        assert all(re.fullmatch(r"[a-z0-9_]+(\.py)?", part) for part in PurePosixPath(path).parts), path


@both
def test_tests_use_one_asynchronous_client(name: str) -> None:
    imported = {
        alias.name
        for _, node in nodes(name, "tests/")
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.endswith("Client")
    }
    assert imported == {"AsyncClient"}


PLUMBING_OF_FEATURES = {
    "AccessTokens", "AccountDatabase", "AccountManager", "Actor",
    "AnswerCache", "AnswerStore", "AuditMixin", "ConnectionManager", "Follower", "Mailer", "RateLimiter", "Reference",
    "RowChange", "SoftDeleteMixin",
}  # fmt: skip
"""What features hold for the whole process, or for one request."""


@both
def test_classes_are_data_errors_and_layers_only(name: str) -> None:
    """A class is data, an error, a type of columns, a repository, a service or a middleware; a few are plumbing."""
    kinds = ("Base", "DeclarativeBase", "BaseSettings", "BaseModel", "StrEnum", "Params", "Page", "TypeDecorator")
    data = rf"\b({'|'.join(kinds)}|PageParameters|\w+Read|\w+Schema|Exception|\w+Error)\b"
    others = set()
    for path, node in nodes(name, "app/"):
        if not isinstance(node, ast.ClassDef):
            continue
        bases = " ".join(ast.unparse(base) for base in node.bases)
        if not re.search(data, bases) and not node.name.endswith(LAYERS):
            others.add(node.name)
        assert not path.startswith("app/api/"), f"{path}: {node.name}"
    of_every_service = {"Database", "ExactDecimal", "KnownMigrations", "TimestampMixin"}
    plumbing = {*of_every_service, *(PLUMBING_OF_FEATURES if name in FEATURES else ())}
    forms = {"DerivedField", "LatestAfter", "NoOverlap", "OneOpen", "StatusTransition"}
    plumbing |= {"Draft", "Rule", "RuleBook", *forms} if name == "ruled" else set()
    states = {"NoOverlap", "OnlyWhile", "StatusTransition"}
    plumbing |= {"Draft", "Rule", "RuleBook", *states} if name == "guarded" else set()
    plumbing |= {"Draft", "Rule", "RuleBook", "StatusTransition", "OnlyBy", "Owners"} if name == "featured" else set()
    assert {one for one in others if not one.endswith("Middleware")} == plumbing
