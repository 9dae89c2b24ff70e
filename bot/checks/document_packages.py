"""Finding packages in planning documents: installing commands, lists of dependencies, and what a tech stack names.

What a command installs or a list declares is a package. What only a label says (``Tech stack: …``, ``Dependencies: …``)
may as well be a word, so of that only names count that nothing else is called: python-… and packages that died.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.checks.package_lists import PackageMention, arguments, mentions_of, split_list, without_options
from bot.checks.package_names import DEAD_PACKAGES, normal_name
from bot.checks.packages import PACKAGE_RULES, subject_of
from bot.documents.findings import Finding, Place
from bot.documents.text.source_text import SourceText
from bot.patterns import regex

__all__ = ["DocumentPackages", "check_document_packages", "packages_of_document"]

COMMAND = regex(r"(?<![\w-])(?:poetry add|pdm add|uv add|uv pip install|pip3? install|pipenv install) ")
BEFORE_COMMANDS = regex(r"(?:RUN|sudo|run|python3? -m|[-*+$>%!]|\d{1,3}[.)]|\[.\])")
DECLARES = regex(r'"?(?:dependencies|dev-dependencies|requires|install_requires)"? ?= ?\[')
GROUP = regex(r"[A-Za-z][\w-]{0,60} ?= ?\[")
PINNED = regex(r"[A-Za-z0-9][\w.-]{0,100}(?:\[[\w,-]{0,100}\])?(?:==|>=|~=)\d\S{0,100}")
GROUP_TABLES = ("[dependency-groups]", "[project.optional-dependencies]")
FENCES = ("```", "~~~")
BULLETS = ("- ", "* ", "+ ")

SURE_LABELS = frozenset({"packages", "python packages", "pip packages", "new packages", "requirements.txt"})
LABELS = SURE_LABELS | {
    "dependencies", "python dependencies", "new dependencies", "key dependencies", "runtime dependencies", "libraries",
    "tech stack", "technology stack", "technologies", "stack", "backend stack", "backend", "frameworks", "built with",
}  # fmt: skip
SEPARATORS = (" and ", " with ", " or ", " + ", " & ", " / ", "; ", " — ", " – ", " - ")
ENDS_LIST = frozenset(
    {"a", "an", "and", "as", "at", "because", "before", "by", "for", "from", "if", "in", "into", "is", "it", "on", "or",
     "so", "that", "the", "then", "to", "when", "which", "with", "first", "fails", "must", "should", "will", "#", "&&"}
)  # fmt: skip
"""Words of prose behind a command."""
NEGATIONS = frozenset({"avoid", "don't", "don’t", "forbidden", "instead", "never", "no", "not", "than", "without"})
LONGEST_BEFORE = 80
"""Characters before a command that are looked at."""
NEAR = 4
"""So many words before a command may say that it must not be run."""

DIED = frozenset(package.name for package in DEAD_PACKAGES) - {"databases", "futures", "nose", "orm"}
"""Names of dead packages that are no words."""
SAY_OF_PYTHON = frozenset(
    {"api", "backend", "based", "code", "compatible", "driven", "first", "friendly", "like", "native", "only",
     "powered", "related", "script", "scripts", "service", "side", "specific", "style", "version"}
)  # fmt: skip
"""What follows “Python-” in words that are no packages."""
UNSURE_WITHOUT = ("PT604", "PT605", "PT606", "PT607", "PT608")


@dataclass
class DocumentPackages:
    """Walks over the lines of a document and collects the packages, ``unsure`` those that only a label names."""

    sure: list[PackageMention] = field(default_factory=list)
    unsure: list[PackageMention] = field(default_factory=list)
    fence: str = ""
    table: str = ""
    """The last TOML table of a fence."""
    is_requirements: bool = False
    """Whether the fence is a requirements.txt."""
    block: str = ""
    """The list or command that goes on; its packages are one group."""
    is_list: bool = False
    label: str = ""
    """What the bullets below are, as a heading or a line before them says."""
    is_below_heading: bool = False
    before: str = ""
    """The last line that wasn't blank."""

    def take(self, number: int, text: str) -> None:
        """Take one line."""
        stripped = text.strip()
        if stripped.startswith(FENCES):
            self.take_fence(stripped)
        elif self.block:
            self.go_on(number, stripped)
        elif DECLARES.match(stripped) or (self.table in GROUP_TABLES and GROUP.match(stripped)):
            self.block, self.is_list = str(number), True
            self.go_on(number, stripped.partition("[")[2])
        elif self.fence:
            self.take_code(number, stripped)
        elif stripped and not stripped.lstrip("-*+ ").startswith("~~"):
            self.take_prose(number, stripped)
        self.before = stripped or self.before

    def take_fence(self, stripped: str) -> None:
        """Begin or end a fence."""
        self.block, self.table = "", ""
        if self.fence:
            self.fence = "" if stripped.startswith(self.fence) else self.fence
            return
        self.fence = stripped[:3]
        said = f"{stripped} {self.before}".casefold()
        self.is_requirements = "requirements" in said and ".txt" in said

    def go_on(self, number: int, stripped: str) -> None:
        """Take a line of a list in brackets, or of a command that goes on after a backslash."""
        if not self.is_list:
            self.add(command_words(stripped), number, self.block, is_sure=True)
            self.block = self.block if stripped.endswith("\\") else ""
            return
        sign = '"' if '"' in stripped else "'"
        pieces = stripped.partition(" #")[0].split(sign)
        self.add(pieces[1::2], number, self.block, is_sure=True)
        if any("]" in piece for piece in pieces[0::2]):
            self.block = ""

    def take_code(self, number: int, stripped: str) -> None:
        """Take a line of a fence."""
        if stripped.startswith("["):
            self.table = stripped
        if self.is_requirements and not COMMAND.search(stripped):
            self.add([without_options(stripped)], number, "requirements", is_sure=True)
        elif PINNED.fullmatch(stripped):
            self.add([stripped], number, str(number), is_sure=False)
        elif self.table.startswith("[tool.poetry.") and "dependencies]" in self.table and "=" in stripped:
            name = stripped.partition("=")[0].strip(' "')
            self.add([] if name == "python" else [name], number, self.table, is_sure=True)
        elif not stripped.startswith(("#", "//")):
            self.take_commands(number, stripped)

    def take_commands(self, number: int, text: str) -> None:
        """Take the packages of every command in a line, unless the words before it say not to run it."""
        matches = list(COMMAND.finditer(text))
        ends = (*(match.start() for match in matches[1:]), len(text))
        for match, end in zip(matches, ends, strict=False):
            before = text[max(0, match.start() - LONGEST_BEFORE) : match.start()]
            if NEGATIONS.intersection(before.casefold().replace("`", " ").split()[-NEAR:]):
                continue
            rest = text[match.end() : end]
            for sign in ("`", "&&", " | ", "; "):
                rest = rest.partition(sign)[0]
            is_quoted = before.endswith("`") or before.rstrip().endswith("&&")
            is_alone = match.start() < LONGEST_BEFORE and not BEFORE_COMMANDS.sub("", before).strip()
            group = str(number)
            self.add(command_words(rest), number, group, is_sure=bool(self.fence) or is_quoted or is_alone)
            if rest.rstrip().endswith("\\"):
                self.block, self.is_list = group, False

    def take_prose(self, number: int, stripped: str) -> None:
        """Take a line of text: what commands install in it, and what its label or the one above it lists."""
        self.take_commands(number, stripped)
        if stripped.startswith("#"):
            self.label, self.is_below_heading = label_of(stripped.lstrip("# ")), True
            return
        plain = stripped.replace("**", "").replace("__", "")
        is_bullet = plain.startswith(BULLETS)
        plain = plain.lstrip("-*+ ") if is_bullet else plain
        if plain.startswith("|"):
            first, _, rest = plain.strip("|").partition("|")
            plain = f"{first.strip()}: {rest.partition('|')[0].strip()}"
        label, listed = label_of(plain) if ":" in plain else "", plain.partition(":")[2].strip()
        if label and listed:
            self.add_listed(listed, number, label)
        elif label:
            self.label, self.is_below_heading = label, False
        elif self.label and is_bullet:
            self.add_listed(listed or plain, number, self.label)
        elif not self.is_below_heading:
            self.label = ""

    def add_listed(self, text: str, number: int, label: str) -> None:
        """Take what stands behind a label: whole entries, or the word with which each begins."""
        for entry in split_list(text):
            plain = entry.replace("`", "")
            if COMMAND.search(f"{plain} "):
                continue
            is_whole = label in SURE_LABELS and all(each.is_valid for each in mentions_of(plain))
            if is_whole:
                self.add([plain], number, str(number), is_sure=True)
                continue
            for separator in SEPARATORS:
                plain = plain.replace(separator, ", ")
            first = [part.split()[0] for part in plain.split(",") if part.split()]
            self.add(first, number, str(number), is_sure=False)

    def add(self, entries: Iterable[str], number: int, group: str, *, is_sure: bool) -> None:
        """Add the packages of entries that can be ones."""
        for mention in (mention for entry in entries for mention in mentions_of(entry.rstrip(" .:)"))):
            found = replace(mention, group=group, line=number)
            if not mention.is_valid or not any(letter.isalpha() for letter in mention.name):
                continue
            if is_sure:
                self.sure.append(found)
            elif is_telling(mention.name):
                self.unsure.append(found)


def command_words(text: str) -> Iterator[str]:
    """Yield the packages of a command up to the first word of prose."""
    for word in arguments(text):
        if word.casefold() in ENDS_LIST:
            return
        if word != "\\":
            yield word.strip("\"'(").rstrip(",.:)")


def label_of(text: str) -> str:
    """Return the label that a line or heading begins with, in small letters; empty where it is none of ours."""
    label = text.partition(":")[0].strip(" `*_").casefold()
    return label if label in LABELS else ""


def is_telling(name: str) -> bool:
    """Tell whether a name can only be a package's: that of a dead one, or python-… and no word such as Python-based."""
    normal = normal_name(name)
    what = normal.removeprefix("python-")
    return normal in DIED or (what != normal and what not in SAY_OF_PYTHON and not what[:1].isdigit())


def packages_of_document(text: str) -> DocumentPackages:
    """Return the packages that a planning document names, in time linear in the text."""
    found = DocumentPackages()
    for line in SourceText(text).lines:
        found.take(line.number, line.text)
    return found


def check_document_packages(text: str, file: str) -> tuple[Finding, ...]:
    """Return what the rules find in the packages that a planning document names, each at its line. Never raises."""
    found = packages_of_document(text)
    places = {subject_of(each): Place(file=file, line=each.line, column=1) for each in (*found.sure, *found.unsure)}
    return (
        *PACKAGE_RULES.check(tuple(found.sure), places),
        *PACKAGE_RULES.check(tuple(found.unsure), places, without=UNSURE_WITHOUT),
    )
