"""Every pattern that waits for its first use is a valid one and is used as such, and a start compiles few."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import bot
from bot.patterns import LazyPattern, found_by, regex

SOURCES = [path for path in Path(bot.__file__).parent.rglob("*.py") if path.name != "patterns.py"]
STARTED = """
import gc
import bot.app.core
from bot.patterns import LazyPattern
patterns = [one for one in gc.get_objects() if isinstance(one, LazyPattern)]
print(len(patterns) > 1000, sum(len(vars(one)) > 2 for one in patterns) < 20)
"""


@pytest.fixture(scope="module")
def modules() -> list[ModuleType]:
    """Every module of the bot, imported."""
    named = [found.name for found in pkgutil.walk_packages(bot.__path__, "bot.")]
    return [importlib.import_module(name) for name in named if not name.endswith("__main__")]


def handed_to_re(module: ModuleType) -> Iterator[str]:
    """The names that a module hands to a function of ``re`` as its pattern."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            yield ast.unparse(node.args[0])


def test_is_used_like_a_compiled_pattern() -> None:
    word = regex(r"(?P<word>b\w+)", re.IGNORECASE)
    assert [match["word"] for match in word.finditer("a Boat, a bike")] == ["Boat", "bike"]
    assert word.sub("one", "a Boat") == "a one"
    assert word.pattern == r"(?P<word>b\w+)"
    assert word.flags & re.IGNORECASE


def test_tells_whose_match_it_is() -> None:
    word, number = regex("[a-z]+"), regex("[0-9]+")
    match = word.match("boat")
    assert match is not None
    assert found_by(word, match)
    assert not found_by(number, match)


def test_a_pattern_that_is_none_is_refused_at_its_first_use() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("text")


@pytest.mark.usefixtures("modules")
def test_every_pattern_compiles() -> None:
    patterns = [one for one in gc.get_objects() if isinstance(one, LazyPattern) and one.pattern != "("]
    assert len(patterns) > 1000
    for one in patterns:
        assert re.compile(one.pattern, one.given_flags).pattern == one.pattern


def test_none_is_handed_to_a_function_of_re(modules: list[ModuleType]) -> None:
    """``re.sub(PATTERN, …)`` takes text or a compiled pattern only, and a type checker does not see the difference."""
    wrong = [
        f"{module.__name__}: {name}"
        for module in modules
        for name in handed_to_re(module)
        if isinstance(getattr(module, name, None), LazyPattern)
    ]
    assert wrong == []
    assert [path for path in SOURCES if re.search(r"\.re is\b", path.read_text(encoding="utf-8"))] == []


def test_a_start_compiles_a_handful() -> None:
    done = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"
