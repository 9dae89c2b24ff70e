"""Finding package names in requirements.txt, pyproject.toml, ``poetry add …`` and ``Packages:`` text.

Only names are taken: extras, versions, markers, options and addresses are cut. Every reader here is linear in the text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.documents.text.source_text import SourceText
from bot.patterns import regex

__all__ = [
    "PackageMention",
    "arguments",
    "mentions_of",
    "packages_in",
    "packages_mentioned",
    "split_list",
    "without_options",
]

NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?")
"""A name by PEP 508; nobody's name has 200 letters."""

INSTALLERS = ("poetry add", "uv add", "uv pip install", "pip install", "pip3 install", "python -m pip install")
OPTIONS_WITH_VALUE = frozenset({"--group", "-G", "-r", "-c", "-e", "--extra", "-E", "--python", "-p", "-i"})
LABELS = ("packages:", "dependencies:", "requirements.txt:")
ENDS_NAME = tuple("[<>=!~;@(^#,")
IS_ADDRESS = ("git+", "hg+", "svn+", "http://", "https://", "file:", ".", "/")
IS_PYPROJECT = ("[project", "[tool.", "[dependency-groups]", "[build-system]")


@dataclass(frozen=True)
class PackageMention:
    """One package as it stands in a text. ``name`` is cut but not normalised; ``condition`` is what follows a ``;``."""

    text: str
    name: str
    condition: str = ""
    group: str = ""
    """The dependency group or extra of a pyproject.toml (empty for the main dependencies)."""
    line: int | None = None

    @property
    def is_valid(self) -> bool:
        """Tell whether the name could be a package's (PEP 508)."""
        return NAME.fullmatch(self.name) is not None


def mentions_of(entry: str) -> tuple[PackageMention, ...]:
    """Return the packages of one entry: a line of requirements.txt, a dependency string, or an installing command."""
    text = entry.partition(" #")[0].strip().removeprefix("$ ").strip("`").strip()
    lowered = text.lower()
    command = next((command for command in INSTALLERS if lowered.startswith(f"{command} ")), None)
    if command:
        return tuple(mention for word in arguments(text[len(command) :]) for mention in mentions_of(word))
    if not text or text.startswith(("#", "-", *IS_ADDRESS)):
        return ()
    return (mention_of(text),)


def mention_of(text: str) -> PackageMention:
    """Cut extras, version, address and condition from one package; what is no name stays whole, to be quoted."""
    before, _, condition = text.partition(";")
    end = min((index for sign in ENDS_NAME if (index := before.find(sign)) >= 0), default=len(before))
    name = before[:end].strip()
    return PackageMention(text=text, name=name or text, condition=condition.strip())


def arguments(command: str) -> Iterator[str]:
    """Yield the packages that a command names; options go, and so does the value that follows one."""
    skip = False
    for word in command.split():
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in OPTIONS_WITH_VALUE
        else:
            yield word.strip("\"'")


def packages_mentioned(text: str) -> tuple[PackageMention, ...]:
    """Return the packages that prose names: after ``Packages:`` or ``Dependencies:``, or in an installing command."""
    return tuple(
        replace(mention, line=line.number)
        for line in SourceText(text).lines
        for piece in (line.text.strip().lstrip("-*• ").replace("**", ""), *line.text.split("`")[1::2])
        for mention in said_in(piece)
    )


def said_in(text: str) -> Iterator[PackageMention]:
    """Yield the packages of one line of prose, or of one code span in it."""
    lowered = text.lower()
    label = next((label for label in LABELS if lowered.startswith(label)), None)
    if label:
        for entry in split_list(text[len(label) :]):
            yield from (mention for mention in mentions_of(entry) if mention.is_valid)
    elif lowered.startswith(INSTALLERS):
        yield from (mention for mention in mentions_of(text) if mention.is_valid)


def split_list(text: str) -> Iterator[str]:
    """Split at commas outside brackets; what is left of a version (``<2`` of ``>=1,<2``) is no name and goes later."""
    entry: list[str] = []
    depth = 0
    for piece in text.split(","):
        entry.append(piece)
        depth += piece.count("[") - piece.count("]")
        if depth <= 0:
            yield ",".join(entry).strip().rstrip(".")
            entry, depth = [], 0
    yield ",".join(entry).strip()


def packages_in(text: str) -> tuple[PackageMention, ...]:
    """Return the packages of a requirements.txt or a pyproject.toml, with their lines.

    Raises tomllib.TOMLDecodeError for a pyproject.toml that is no TOML.
    """
    source = SourceText(text)
    if any(line.text.startswith(IS_PYPROJECT) for line in source.lines):
        return with_lines(pyproject_packages(text.removeprefix("\ufeff")), source)
    return tuple(
        replace(mention, line=line.number)
        for line in source.lines
        for mention in mentions_of(without_options(line.text))
    )


def without_options(line: str) -> str:
    """Return a line of requirements.txt without ``--hash`` and a backslash at its end."""
    return line.partition(" --")[0].rstrip().rstrip("\\")


def with_lines(mentions: Iterable[PackageMention], source: SourceText) -> tuple[PackageMention, ...]:
    """Give each package the first line where it stands as a string, or as a key."""
    places: dict[str, int] = {}
    for line in source.lines:
        for piece in (*line.text.split('"')[1::2], *line.text.split("'")[1::2], line.text.partition("=")[0].strip()):
            places.setdefault(piece, line.number)
    return tuple(replace(mention, line=places.get(mention.text)) for mention in mentions)


def pyproject_packages(text: str) -> Iterator[PackageMention]:
    """Yield the packages of a pyproject.toml: the standard form, groups, extras, build, and Poetry's own tables."""
    try:
        document = tomllib.loads(text)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("nested too deep") from error
    project, poetry = table(document, "project"), table(document, "tool", "poetry")
    yield from listed(project.get("dependencies"), "")
    yield from listed(table(document, "build-system").get("requires"), "build-system")
    for group, entries in (
        *table(project, "optional-dependencies").items(),
        *table(document, "dependency-groups").items(),
    ):
        yield from listed(entries, group)
    yield from keyed(table(poetry, "dependencies"), "")
    yield from keyed(table(poetry, "dev-dependencies"), "dev")
    for group in table(poetry, "group"):
        yield from keyed(table(poetry, "group", group, "dependencies"), group)


def table(document: object, *path: str) -> dict[str, object]:
    """Return the table at a path, or an empty one where something else stands there."""
    for key in path:
        document = document.get(key) if isinstance(document, dict) else None
    return document if isinstance(document, dict) else {}


def listed(entries: object, group: str) -> Iterator[PackageMention]:
    """Yield the packages of a list of dependency strings."""
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, str):
            yield from (replace(mention, group=group) for mention in mentions_of(entry))


def keyed(entries: dict[str, object], group: str) -> Iterator[PackageMention]:
    """Yield the packages of one of Poetry's tables; ``python`` there is the interpreter."""
    for name in entries:
        if name != "python":
            yield PackageMention(text=name, name=name, group=group)
