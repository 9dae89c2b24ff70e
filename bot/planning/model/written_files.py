"""Judges files that a model wrote, before anything runs: the asked paths, parsable, without secrets or stubs."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from bot.documents.redaction import redact

__all__ = ["CODE_CHECKS", "LARGEST_FILE", "WrittenFile", "unfit_text", "wrong_files", "wrong_test"]

CODE_CHECKS = {
    "code files": "exactly the files of the task are written, none of them empty or larger than 40,000 characters",
    "code secrets": "no file holds what looks like a secret",
    "code imports": "nothing is imported but the standard library, the service, and packages that it uses already",
    "code calls": "no text is evaluated as code, and no path is opened",
    "code unfinished": "nothing is left unimplemented",
    "code asserts": "every test asserts something, and there is one",
}
"""The checks of this module by the ids that house rules name them by, and what each sees to."""

LARGEST_FILE = 40_000
"""Characters."""
OWN_PACKAGES = frozenset({"app", "tests"})
USUAL_PACKAGES = frozenset({"fastapi", "pydantic", "sqlalchemy", "starlette", "pytest", "httpx", "fastapi_pagination"})
REFUSED_MODULES = frozenset(
    {"subprocess", "ctypes", "socket", "multiprocessing", "pty", "importlib", "pickle", "marshal", "shutil", "runpy"}
)
REFUSED_CALLS = frozenset({"eval", "exec", "compile", "__import__", "open", "breakpoint", "input"})


class WrittenFile(BaseModel):
    """One file of an answer."""

    model_config = ConfigDict(extra="forbid")

    path: str
    text: str


def wrong_files(written: Sequence[tuple[str, str]], paths: Sequence[str], existing: Mapping[str, str]) -> list[str]:
    """Return everything that is wrong with the files, one sentence each; none: they may be taken."""
    counted = Counter(path for path, _ in written)
    wrong = [f"{path} was not asked for; write only the listed files" for path in counted if path not in paths]
    wrong += [f"{path} is missing" for path in paths if path not in counted]
    wrong += [f"{path} is there {times} times" for path, times in counted.items() if times > 1]
    if wrong:
        return wrong
    packages = OWN_PACKAGES | USUAL_PACKAGES | packages_of(existing)
    for path, text in written:
        wrong += [] if text.strip() else [f"{path} is empty"]
        wrong += unfit_text(path, text)
        if path.endswith(".py") and not wrong:
            wrong += wrong_python(path, text, packages)
    return wrong


def packages_of(existing: Mapping[str, str]) -> frozenset[str]:
    """Return the top-level packages that the existing files import."""
    found: set[str] = set()
    for path, text in existing.items():
        if not path.endswith(".py"):
            continue
        try:
            found |= {name for _, name in imports_of(ast.parse(text))}
        except SyntaxError:
            continue
    return frozenset(found)


def unfit_text(path: str, text: str) -> list[str]:
    """Return what keeps a file from being taken, whatever is in it."""
    wrong: list[str] = []
    if len(text) > LARGEST_FILE:
        wrong.append(f"{path} has {len(text)} characters; at most {LARGEST_FILE} are taken")
    if "\0" in text:
        wrong.append(f"{path} holds a NUL character")
    if redact(text) != text:
        wrong.append(f"{path} holds something that looks like a secret")
    return wrong


def wrong_python(path: str, text: str, packages: frozenset[str]) -> list[str]:
    """Return what is wrong with a file as Python."""
    try:
        tree = ast.parse(text, path)
    except (SyntaxError, ValueError, RecursionError) as error:
        return [f"{path} is no valid Python: {error}"]
    wrong = [
        f"{path}:{line} imports {name}, which the service does not use"
        for line, name in imports_of(tree)
        if name in REFUSED_MODULES or (name not in packages and name not in sys.stdlib_module_names)
    ]
    wrong += [f"{path}:{line} calls {name}" for line, name in calls_of(tree) if name in REFUSED_CALLS]
    if any(isinstance(node, ast.Name) and node.id == "NotImplementedError" for node in ast.walk(tree)):
        wrong.append(f"{path} leaves something unimplemented")
    if path.rpartition("/")[2].startswith("test_"):
        wrong += wrong_test(path, tree)
    return wrong


def wrong_test(path: str, tree: ast.Module) -> list[str]:
    """Return the tests that assert nothing, or that there are none."""
    tests = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    if not tests:
        return [f"{path} holds no test"]
    return [
        f"{path}:{test.lineno} {test.name} asserts nothing"
        for test in tests
        if not any(isinstance(node, ast.Assert) for node in ast.walk(test)) and "raises" not in ast.unparse(test)
    ]


def imports_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the top-level package of each import; a relative one counts as the service's own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "app" if node.level else (node.module or "").partition(".")[0]


def calls_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each call of a plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id
