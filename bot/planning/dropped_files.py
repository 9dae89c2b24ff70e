"""Files that somebody drops in a thread: what each is, what it says, what is wrong with it and between them. Pure.

Names and bytes are hostile. Nothing here raises for what they hold: what can't be read says so, with what to do next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import PurePosixPath

from bot.checks.alike import fold_alike
from bot.checks.lint import lint_apart
from bot.documents.archives import ArchiveRefused, is_archive, open_archive
from bot.documents.findings import Finding
from bot.documents.formats import Format, begins_as, detect_format, format_by_name
from bot.documents.frozen import Frozen
from bot.documents.readers import is_empty, read_document
from bot.documents.redaction import redact
from bot.patterns import regex
from bot.planning.dropped_words import told_of_document, told_of_model
from bot.planning.pasted.jdl import read_jdl, without_jdl
from bot.planning.pasted.model import PastedModel
from bot.planning.pasted.sql_text import without_sql

__all__ = [
    "DESIGN_NAME",
    "FOR_PLANNERS",
    "LARGEST_TEXT",
    "LONGEST_MATERIAL",
    "DroppedFile",
    "DroppedFiles",
    "FileKind",
    "plain_name",
    "read_dropped",
]

LARGEST_TEXT = 256 * 1024
"""Bytes of a text that is read; longer than any plan that people read."""
MOST_TOGETHER = 1024 * 1024
"""Bytes of all texts of one message: reading and checking takes seconds, and other people wait."""
LONGEST_MATERIAL = 100_000
"""Characters of a file that a planner is given."""
MOST_NAMED = 5
MOST_UNREAD = 5
LONGEST_NAME = 120
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PLAIN = frozenset({".md", ".markdown", ".txt", ".text", ""})
DESIGN_NAME = regex(r"(?:.*[-_.])?design\.(?:md|markdown|txt)", re.IGNORECASE)
DESIGN_HEAD = regex(r"\s*# (?:technical |system )?design(?: document)?\b", re.IGNORECASE)
TOO_LARGE = "This is larger than 256 kB, which no plan is. Drop the part that matters."
TOO_MUCH = "This is more than I read at once. Drop it in a message of its own."
TOO_LONG = f"This is too long to plan from: more than {LONGEST_MATERIAL:,} characters. Drop the part that matters."
KNOWN = "tasks.md, PLAN.md, requirements.md, design.md, entity_specs, SQL, JDL, notes as text, or a .zip of them"


class FileKind(StrEnum):
    """What a dropped file is; the planning formats by the words that people use for them."""

    ENTITY_SPECS = Format.ENTITY_SPECS
    REQUIREMENTS = Format.REQUIREMENTS
    TASKS = Format.TASKS
    PLAN = Format.PLAN
    SUMMARY = Format.SUMMARY
    ROADMAP = Format.ROADMAP
    STATE = Format.STATE
    PROJECT = Format.PROJECT
    REQUIREMENTS_LIST = Format.REQUIREMENTS_LIST
    SQL = "SQL"
    JDL = "JDL"
    DESIGN = "design"
    NOTES = "notes"
    UNREAD = "unread"


class DroppedFile(Frozen):
    """One file. ``name`` is its path in the archive that it came in, or its name; ``text`` has no secrets."""

    name: str
    kind: FileKind
    text: str = ""
    told: str = ""
    """What it holds, in a few words."""
    problem: str = ""
    """Why it was not read, or what of it was not understood, and what to do."""

    @property
    def is_read(self) -> bool:
        """Tell whether anything of it was read."""
        return self.kind is not FileKind.UNREAD


class DroppedFiles(Frozen):
    """Everything that came in one message: the files, what the checks find in each, and what they find between them."""

    files: tuple[DroppedFile, ...]
    findings: tuple[Finding, ...] = ()
    across: tuple[Finding, ...] = ()

    def of_kind(self, *kinds: FileKind) -> tuple[DroppedFile, ...]:
        """Return the files of some kinds, in their order."""
        return tuple(file for file in self.files if file.kind in kinds)

    @property
    def is_plan_as_it_stands(self) -> bool:
        """Tell whether tasks or plans came without anything that says what is stored: nothing can be derived anew."""
        models = self.of_kind(FileKind.ENTITY_SPECS, FileKind.SQL, FileKind.JDL)
        return bool(self.of_kind(FileKind.TASKS, FileKind.PLAN)) and not models

    @property
    def is_plan_alone(self) -> bool:
        """Tell whether tasks or plans came, and nothing beside them that was read."""
        read = {file.kind for file in self.files if file.is_read}
        return bool(read) and read <= {FileKind.TASKS, FileKind.PLAN}


def read_dropped(given: Sequence[tuple[str, bytes]]) -> DroppedFiles:
    """Return what files by name say, archives opened. Never raises. It may take seconds: keep it off the event loop."""
    room = [MOST_TOGETHER]
    files = [file for name, data in given for file in read_given(name, data, room)]
    named = with_names_of_their_own(files)
    documents = {file.name: (Format(file.kind), file.text) for file in named if file.kind in FORMATS}
    alone, across = lint_apart(documents)
    return DroppedFiles(files=tuple(named), findings=fold_alike(alone), across=fold_alike(across))


FOR_PLANNERS = frozenset({FileKind.ENTITY_SPECS, FileKind.REQUIREMENTS, FileKind.SQL, FileKind.JDL, FileKind.NOTES})
"""The kinds that planners read as if somebody had said it."""
FORMATS = frozenset(FileKind(each) for each in Format)
"""The kinds that are planning formats."""


def read_given(name: str, data: bytes, room: list[int]) -> Iterator[DroppedFile]:
    """Yield one file, or what an archive holds; of its files that are no plans, one line for all.

    ``room`` holds how many bytes are still read; what is read is taken off.
    """
    name = plain_name(name)
    if not is_archive(name, data):
        yield read_file(name, data, room, alone=True)
        return
    try:
        members = open_archive(data)
    except ArchiveRefused as refused:
        yield unread(name, str(refused))
        return
    files = [read_file(plain_name(path), content, room, alone=False) for path, content in members.items()]
    kept = [file for file in files if file.is_read]
    yield from kept
    yield from (file for file in files if file.problem in LEFT_OUT)
    passed_by = [file.name for file in files if not file.is_read and file.problem not in LEFT_OUT]
    if passed_by or not files:
        yield unread(name, passed_by_sentence(passed_by, kept_any=bool(kept)))


def passed_by_sentence(names: Sequence[str], *, kept_any: bool) -> str:
    """Return the sentence about what an archive holds beside plans."""
    if not names:
        return f"This archive is empty. I read {KNOWN}."
    shown = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
    files = "1 file in it is" if len(names) == 1 else f"{len(names)} files in it are"
    if kept_any:
        return f"{files} no planning file and {'was' if len(names) == 1 else 'were'} passed by ({shown})."
    return f"Nothing in this archive is a planning file ({shown}). I read {KNOWN}."


LEFT_OUT = frozenset({TOO_LARGE, TOO_MUCH, TOO_LONG})
"""Problems of files of an archive that are named one by one: they may be plans."""


def read_file(name: str, data: bytes, room: list[int], *, alone: bool) -> DroppedFile:
    """Return what one file says. In an archive, only what its name or its first line tells is taken as a plan."""
    text, problem = text_of(data)
    if problem:
        return unread(name, problem)
    kind = kind_of(name, text, alone=alone)
    if kind is FileKind.UNREAD:
        return unread(name, f"I can't tell what this is. I read {KNOWN}.")
    if kind in FOR_PLANNERS and len(text) > LONGEST_MATERIAL:
        return unread(name, TOO_LONG)
    room[0] -= len(data)
    if room[0] < 0:
        return unread(name, TOO_MUCH)
    text = redact(text)
    file = DroppedFile(name=name, kind=kind, text=text)
    if kind in {FileKind.SQL, FileKind.JDL}:
        return with_model(file)
    if kind in {FileKind.DESIGN, FileKind.NOTES}:
        return file
    reading = read_document(Format(kind), text, name)
    if is_empty(reading) and kind is FileKind.REQUIREMENTS and alone:
        return file.model_copy(update={"kind": FileKind.NOTES})
    if is_empty(reading):
        return unread(name, f"Its name says {kind}, and nothing of that is in it. `docs/formats.md` shows the form.")
    return file.model_copy(update={"told": told_of_document(reading.model)})


def text_of(data: bytes) -> tuple[str, str]:
    """Return a file's text, or why it is none."""
    if not data.strip():
        return "", "This file is empty."
    if len(data) > LARGEST_TEXT:
        return "", TOO_LARGE
    if data.startswith(UTF_16):
        return "", "This is in UTF-16, which I don't read. Save it as UTF-8 and drop it again."
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "", f"This is no text in UTF-8. I read {KNOWN}."
    if "\x00" in text:
        return "", f"This is no text. I read {KNOWN}."
    return text, ""


def kind_of(name: str, text: str, *, alone: bool) -> FileKind:
    """Return what a text is: by its name, then by its own words. A file by itself may also be notes."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if suffix == ".sql":
        return FileKind.SQL
    if suffix in {".jdl", ".jh"}:
        return FileKind.JDL
    if DESIGN_NAME.fullmatch(path.name):
        return FileKind.DESIGN
    if suffix not in PLAIN:
        return FileKind.UNREAD
    known = detect_format(path.name, text) if alone or is_named(path.name) else begins_as(text)
    if known is not None:
        return FileKind(known)
    if DESIGN_HEAD.match(text):
        return FileKind.DESIGN
    if without_sql(text)[1]:
        return FileKind.SQL
    if without_jdl(text)[1]:
        return FileKind.JDL
    return FileKind.NOTES if alone else FileKind.UNREAD


def is_named(name: str) -> bool:
    """Tell whether a file's name stands for a planning format."""
    return format_by_name(name) is not None or name.lower().endswith("requirements.md")


def with_model(file: DroppedFile) -> DroppedFile:
    """Return SQL or JDL with what it declares, and what of it was not understood."""
    model = model_of(file.text)
    if not (model.entities or model.enums):
        return unread(file.name, "I found no table and no entity in this. Drop the statements that create them.")
    not_taken = told_pieces("Not taken: {}.", [*model.unread, *model.not_built])
    left_open = told_pieces("No template builds {}: kept as open tasks, for a model or a person to write.", model.rules)
    return file.model_copy(update={"told": told_of_model(model), "problem": f"{not_taken} {left_open}".strip()})


def told_pieces(sentence: str, pieces: Sequence[str]) -> str:
    """Return a sentence about pieces of a file, the first of them quoted; nothing where there are none."""
    shown = "; ".join(f"“{' '.join(piece.split())[:80]}”" for piece in pieces[:MOST_UNREAD])
    more = f" and {len(pieces) - MOST_UNREAD} more" if len(pieces) > MOST_UNREAD else ""
    return sentence.format(shown + more) if pieces else ""


def model_of(text: str) -> PastedModel:
    """Return what SQL or JDL declares."""
    rest, statements = without_sql(text)
    if statements:
        from bot.planning.pasted.sql import read_sql  # the parser costs a third of a second

        return read_sql(statements)
    return read_jdl(without_jdl(rest)[1])


def with_names_of_their_own(files: Sequence[DroppedFile]) -> list[DroppedFile]:
    """Return files, a name that came before with a number behind it: findings tell files apart by name."""
    counts: dict[str, int] = {}
    named = []
    for file in files:
        counts[file.name] = counts.get(file.name, 0) + 1
        number = counts[file.name]
        named.append(file if number == 1 else file.model_copy(update={"name": f"{file.name} ({number})"}))
    return named


def plain_name(name: str) -> str:
    """Return a name or path on one line without characters that nobody sees, at most so long."""
    shown = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable()).strip().strip("/")
    return shown[-LONGEST_NAME:] or "a file without a name"


def unread(name: str, problem: str) -> DroppedFile:
    """Return a file that nothing was read of."""
    return DroppedFile(name=name, kind=FileKind.UNREAD, problem=problem)
