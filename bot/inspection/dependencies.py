"""The packages of a repository: from requirements files, pyproject.toml, setup.cfg, a Pipfile, and locks."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator

from bot.checks.package_lists import listed, mentions_of, table, without_options
from bot.checks.package_names import normal_name
from bot.documents.frozen import Frozen
from bot.inspection.source_tree import SourceTree
from bot.patterns import regex

__all__ = ["Dependency", "dependencies_of", "line_of", "toml_of"]

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock")
NUMBER = regex(r"\d+")
UPPER_LIMIT = regex(r"<(=?)\s*(\d+)((?:\.\d+)*)")
KEY = regex(r"""[ \t]*["']?([\w.-]+)["']?[ \t]*=""")
NAMED = regex(r"""[ \t]*name[ \t]*=[ \t]*["']([^"'\n]*)["']""")
STRING = regex(r"\"([^\"]*)\"|'([^']*)'")
WORD = regex(r"[\w-]+")


class Lines:
    """On which lines things stand, found in one look at a text, since a lock may name thousands of packages."""

    def __init__(self, text: str) -> None:
        """Look at every line once; of what stands on several, the first counts."""
        self._keys: dict[str, int] = {}
        self._named: dict[str, int] = {}
        self._pieces: dict[str, int] = {}
        for number, line in enumerate(text.split("\n"), start=1):
            if key := KEY.match(line):
                self._keys.setdefault(key[1], number)
            if named := NAMED.match(line):
                self._named.setdefault(named[1], number)
            strings = (first or second for first, second in STRING.findall(line))
            for piece in (line.strip(), *strings, *WORD.findall(line)):
                self._pieces.setdefault(piece.strip(), number)

    def of(self, piece: str) -> int:
        """Return the line that is just this piece, or holds it as a string or a word; 1 for none."""
        return self._pieces.get(piece, 1)

    def of_key(self, key: str) -> int:
        """Return the line that gives a key its value, or else names it."""
        return self._keys.get(key) or self.of(key)

    def of_named(self, name: str) -> int:
        """Return the line that gives an entry of a list its name."""
        return self._named.get(name, 1)


class Dependency(Frozen):
    """One package that a file asks for: ``version`` is what stands behind its name, exact where ``is_locked``."""

    name: str
    version: str
    file: str
    line: int
    is_locked: bool = False

    @property
    def major(self) -> int | None:
        """Return the major version that is asked for at least, None where none is said or it is only an upper limit."""
        lower = next((part for part in self.version.split(",") if not part.strip().startswith(("<", "!"))), "")
        found = NUMBER.search(lower)
        if found is None and (limit := re.fullmatch(r"\s*<\s*(\d+)(?:\.0)*\s*", self.version)):
            return int(limit[1]) - 1
        return int(found.group()) if found else None

    def certain_major(self, newest: int) -> int | None:
        """Return the major version, None where an open ``>=1.4`` may as well be a later one, up to ``newest``."""
        major = self.major
        if major is None or major == newest or self.is_locked or not self.version.lstrip().startswith(">"):
            return major
        return major if major in map(below, UPPER_LIMIT.finditer(self.version)) else None


def below(limit: re.Match[str]) -> int:
    """Return the highest major version below an upper limit: 1 for ``<2`` and ``<=1.9``."""
    includes = limit[1] or limit[3].strip(".0")
    return int(limit[2]) if includes else int(limit[2]) - 1


def dependencies_of(tree: SourceTree) -> tuple[Dependency, ...]:
    """Return the packages of all files, those of locks last. What can't be read names none."""
    found: list[Dependency] = []
    for path, text in tree.files.items():
        name = path.rpartition("/")[2]
        if name == "pyproject.toml":
            found += of_pyproject(path, text)
        elif name == "Pipfile":
            found += of_pipfile(path, text)
        elif name == "setup.cfg":
            found += of_setup_cfg(path, text)
        elif name.endswith((".txt", ".in")):
            found += of_lines(path, text)
    locked = [one for path, text in tree.files.items() if path.endswith(LOCKS) for one in of_lock(path, text)]
    return (*found, *locked)


def of_lines(path: str, text: str) -> Iterator[Dependency]:
    """Yield the packages of a requirements file."""
    for number, line in enumerate(text.splitlines(), start=1):
        yield from dependency(without_options(line), path, number)


def dependency(entry: str, path: str, line: int) -> Iterator[Dependency]:
    """Yield the package of one entry such as ``fastapi[all]>=0.100; python_version > "3"``."""
    for mention in mentions_of(entry):
        if mention.is_valid:
            version = re.sub(r"^\s*\[[^\]]*\]", "", mention.text.partition(";")[0][len(mention.name) :]).strip()
            yield Dependency(name=normal_name(mention.name), version=version, file=path, line=line)


def of_pyproject(path: str, text: str) -> Iterator[Dependency]:
    """Yield the packages of a pyproject.toml."""
    document, lines = toml_of(text), Lines(text)
    project, poetry = table(document, "project"), table(document, "tool", "poetry")
    groups = {**table(project, "optional-dependencies"), **table(document, "dependency-groups")}
    for entries in (project.get("dependencies"), *groups.values()):
        for mention in listed(entries, ""):
            yield from dependency(mention.text, path, lines.of(mention.text))
    tables = [table(poetry, "dependencies"), table(poetry, "dev-dependencies")]
    tables += [table(poetry, "group", group, "dependencies") for group in table(poetry, "group")]
    for entries in tables:
        yield from of_table(path, lines, entries)


def of_pipfile(path: str, text: str) -> Iterator[Dependency]:
    """Yield the packages of a Pipfile."""
    document, lines = toml_of(text), Lines(text)
    for section in ("packages", "dev-packages"):
        yield from of_table(path, lines, table(document, section))


def of_table(path: str, lines: Lines, entries: dict[str, object]) -> Iterator[Dependency]:
    """Yield the packages of a table of names and versions."""
    for name, value in entries.items():
        if name == "python":
            continue
        version = value.get("version", "") if isinstance(value, dict) else value
        version = str(version).replace("*", "")
        yield Dependency(name=normal_name(name), version=version, file=path, line=lines.of_key(name))


def of_setup_cfg(path: str, text: str) -> Iterator[Dependency]:
    """Yield the packages of a setup.cfg."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return
    entries = [parser.get("options", "install_requires", fallback="")]
    if parser.has_section("options.extras_require"):
        entries += [value for _, value in parser.items("options.extras_require")]
    lines = Lines(text)
    for line in "\n".join(entries).splitlines():
        yield from dependency(line, path, lines.of(line.strip()))


def of_lock(path: str, text: str) -> Iterator[Dependency]:
    """Yield the exact versions of a lock."""
    packages, lines = toml_of(text).get("package"), Lines(text)
    for package in packages if isinstance(packages, list) else ():
        name, version = (package.get("name"), package.get("version")) if isinstance(package, dict) else (None, None)
        if isinstance(name, str) and isinstance(version, str):
            line = lines.of_named(name)
            yield Dependency(name=normal_name(name), version=version, file=path, line=line, is_locked=True)


def toml_of(text: str) -> dict[str, object]:
    """Return a TOML document; an empty one where it is none."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def line_of(text: str, *pieces: str) -> int:
    """Return the number of the line where the first of the pieces stands that stands anywhere; 1 for none."""
    for piece in pieces:
        position = text.find(piece)
        if piece and position >= 0:
            return text.count("\n", 0, position) + 1
    return 1
