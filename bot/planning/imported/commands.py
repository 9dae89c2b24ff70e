"""Which written verifications may run: an allow-list of judges, parsed as words, never given to a shell.

A plan is hostile text. What isn't exactly one of these commands over plain paths inside the repository is confirmed by
a person: installs, servers, pipes, substitutions, options that write or that load what the plan names.
"""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePosixPath

from bot.documents.frozen import Frozen
from bot.patterns import regex

__all__ = ["AllowedCommand", "Program", "allowed_command"]

LONGEST_COMMAND = 500
"""Characters; a longer one is for people."""
MOST_ARGUMENTS = 40
PATH = regex(r"[A-Za-z0-9_][A-Za-z0-9_./-]*|\.(?:/[A-Za-z0-9_./-]*)?")
NODE = regex(r"(?:::[A-Za-z_][A-Za-z0-9_]*)*")
MODULE = regex(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)
EXPRESSION = regex(r"[A-Za-z_][A-Za-z0-9_ ]{0,200}")
EXPANDED = regex(r"[$`*?~{}!\\\x00-\x1f\x7f]")
"""What a shell would expand or hide; in no command of ours."""
PUNCTUATION = frozenset("();<>|&")
RUNNERS = (("uv", "run"), ("poetry", "run"), ("pdm", "run"), ("hatch", "run"))
PYTHONS = frozenset({"python", "python3"})
SHOWING = regex(r"-(?:q+|v+|s|x|ra|rA|rf)|--(?:tb=\w{1,10}|quiet|verbose|exitfirst|no-header|maxfail=\d{1,4})")
"""Options of pytest that change what is printed, or when it ends; ours are used in their place."""


class Program(StrEnum):
    """The judges of the allow-list, by the words that people know them by."""

    PYTEST = "pytest"
    RUFF_CHECK = "ruff check"
    RUFF_FORMAT = "ruff format --check"
    MYPY = "mypy"
    COMPILE = "python -m compileall"
    IMPORT = "python -c import"


class AllowedCommand(Frozen):
    """A command that may run: a judge, the folder that it starts in (empty: the repository), and its arguments.

    Arguments are paths below that folder; for pytest also ``-k`` and its words, for mypy ``--strict``. For imports
    they are ``module`` or ``module:name``.
    """

    program: Program
    folder: str = ""
    arguments: tuple[str, ...] = ()

    def shown(self) -> str:
        """Return the command in one line, as people read it."""
        where = f" (in {self.folder})" if self.folder else ""
        return f"{self.program} {' '.join(self.arguments)}".strip() + where


def allowed_command(text: str, *, in_code: bool = True) -> AllowedCommand | None:
    """Return the command that a text is, or None where no command of the allow-list does it. Never raises.

    ``in_code``: the text was marked as code. Else it may be a sentence, so every argument must look like a path.
    """
    words = words_of(text)
    folder = ""
    if len(words) > 3 and words[0] == "cd" and words[2] == "&&":
        folder, words = words[1], words[3:]
        if not is_inside(folder):
            return None
    words = without_runner(words)
    if not words or any(set(word) <= PUNCTUATION for word in words) or len(words) > MOST_ARGUMENTS:
        return None
    found = program_of(words)
    if found is None:
        return None
    program, rest = found
    arguments = ARGUMENTS[program](rest)
    if arguments is None or not (in_code or program is Program.IMPORT or all(map(is_path_like, arguments))):
        return None
    return AllowedCommand(program=program, folder=tidy(folder) if folder else "", arguments=tuple(arguments))


def words_of(text: str) -> list[str]:
    """Return the words of a command as a shell would split it; none where it isn't whole, or a shell would expand."""
    command = text.strip()
    if not command or len(command) > LONGEST_COMMAND or EXPANDED.search(command):
        return []
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError:
        return []


def without_runner(words: list[str]) -> list[str]:
    """Return the words without a tool that only chooses the environment: ours is used in any case."""
    return words[2:] if tuple(words[:2]) in RUNNERS else words


def program_of(words: Sequence[str]) -> tuple[Program, Sequence[str]] | None:
    """Return the judge that words name, and what it is given."""
    if words[0] in PYTHONS:
        return python_program(words[1:])
    if words[0] in {"pytest", "mypy"}:
        return Program(words[0]), words[1:]
    if tuple(words[:2]) == ("ruff", "check"):
        return Program.RUFF_CHECK, words[2:]
    if tuple(words[:2]) == ("ruff", "format") and "--check" in words[2:]:
        return Program.RUFF_FORMAT, [word for word in words[2:] if word != "--check"]
    return None


def python_program(words: Sequence[str]) -> tuple[Program, Sequence[str]] | None:
    """Return the judge behind ``python -m …``, or the imports of ``python -c …``."""
    if len(words) == 2 and words[0] == "-c":
        return Program.IMPORT, words[1:]
    if len(words) < 2 or words[0] != "-m":
        return None
    if words[1] in {"compileall", "py_compile"}:
        return Program.COMPILE, words[2:]
    return program_of(words[1:]) if words[1] in {"pytest", "mypy", "ruff"} else None


def pytest_arguments(words: Sequence[str]) -> list[str] | None:
    """Return paths, tests in them, and the words of ``-k``; None for any option that does more than show."""
    kept: list[str] = []
    rest = iter(words)
    for word in rest:
        if SHOWING.fullmatch(word):
            continue
        if word == "-k":
            expression = next(rest, "")
            if not EXPRESSION.fullmatch(expression):
                return None
            kept += ["-k", expression]
            continue
        path, _, node = word.partition("::")
        if not is_inside(path) or not NODE.fullmatch(f"::{node}" if node else ""):
            return None
        kept.append(tidy(path) + (f"::{node}" if node else ""))
    return kept


def path_arguments(words: Sequence[str]) -> list[str] | None:
    """Return plain paths; None for any option."""
    return [tidy(word) for word in words] if all(map(is_inside, words)) else None


def mypy_arguments(words: Sequence[str]) -> list[str] | None:
    """Return paths, and ``--strict`` where it is asked for."""
    paths = path_arguments([word for word in words if word != "--strict"])
    if paths is None:
        return None
    return [*(["--strict"] if "--strict" in words else []), *(paths or ["."])]


def compile_arguments(words: Sequence[str]) -> list[str] | None:
    """Return the paths whose Python is to be parsed."""
    paths = path_arguments([word for word in words if word != "-q"])
    return None if paths is None else paths or ["."]


def import_arguments(words: Sequence[str]) -> list[str] | None:
    """Return what a piece of code imports; None where it does anything else but print a name or a text."""
    try:
        body = ast.parse(words[0]).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names: list[str] = []
    for statement in body:
        match statement:
            case ast.Import(names=aliases):
                names += [alias.name for alias in aliases]
            case ast.ImportFrom(module=str(module), names=aliases, level=0):
                names += [f"{module}:{alias.name}" for alias in aliases]
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=printed, keywords=[])):
                if not all(isinstance(value, ast.Name | ast.Constant) for value in printed):
                    return None
            case _:
                return None
    return names if names and all(MODULE.fullmatch(part) for name in names for part in name.split(":")) else None


ARGUMENTS: Mapping[Program, Callable[[Sequence[str]], list[str] | None]] = {
    Program.PYTEST: pytest_arguments,
    Program.RUFF_CHECK: path_arguments,
    Program.RUFF_FORMAT: path_arguments,
    Program.MYPY: mypy_arguments,
    Program.COMPILE: compile_arguments,
    Program.IMPORT: import_arguments,
}
"""What each judge may be given; None: nothing of the kind, so a person confirms it."""


def is_inside(path: str) -> bool:
    """Tell whether a path is plain, and stays below where it starts."""
    return PATH.fullmatch(path) is not None and ".." not in PurePosixPath(path).parts


def is_path_like(word: str) -> bool:
    """Tell whether a word of a sentence is a path or an option, and no word of English."""
    return "/" in word or "." in word or word[0] == "-" or word in {"app", "apps", "src", "test", "tests", "packages"}


def tidy(path: str) -> str:
    """Return a path without ``./`` and without a slash at its end."""
    return str(PurePosixPath(path))
