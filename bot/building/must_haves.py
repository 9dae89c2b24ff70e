"""Verifying a phase backwards from its goal: its artifacts stand with real content, its key links are wired."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.documents.tasks.task_plan import Artifact, KeyLink, Phase
from bot.patterns import regex
from bot.verification.evidence import Check

__all__ = ["check_must_haves", "exported_names"]

BESIDE_MARKS = regex(r" ?([][(){},.]) ?")
WORD = regex(r"[\w$]+")
MOST_SENTENCES = 20
"""A check says at most so many; who mends these sees the others next."""


def check_must_haves(phase: Phase, tree: Mapping[str, bytes]) -> Check:
    """Hold the must-haves of a phase against a tree of files. What is said in words alone can't be checked here."""
    must_haves = phase.must_haves
    missing = [sentence for artifact in must_haves.artifacts for sentence in lacks(artifact, tree)]
    missing += [sentence for link in must_haves.key_links for sentence in loose_end(link, tree)]
    more = len(missing) - MOST_SENTENCES
    said = [*missing[:MOST_SENTENCES], *([f"And {more} more."] if more > 0 else [])]
    return Check(word="must-haves", passed=not missing, tail="\n".join(said))


def lacks(artifact: Artifact, tree: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a sentence for everything that an artifact says of its file and that doesn't hold."""
    if not artifact.path:
        return
    name = f"`{artifact.path}`"
    about = f" ({artifact.provides})" if artifact.provides else ""
    if artifact.path not in tree:
        yield f"{name}{about} is not there."
        return
    content = tree[artifact.path]
    text = text_of(content)
    if not text.strip():
        yield f"{name}{about} is empty."
        return
    lines = text.strip().count("\n") + 1
    if artifact.min_lines is not None and lines < artifact.min_lines:
        yield f"{name}{about} has {lines} {'line' if lines == 1 else 'lines'}, and must have {artifact.min_lines}."
    if artifact.contains and not stands_in(artifact.contains, text):
        yield f"{name}{about} does not contain `{artifact.contains}`."
    yield from not_exported(artifact, content, text)


def not_exported(artifact: Artifact, content: bytes, text: str) -> Iterator[str]:
    """Yield a sentence where a file doesn't offer what it must; in files of other languages a name must occur."""
    if not artifact.exports:
        return
    is_python = artifact.path.endswith((".py", ".pyi"))
    known = exported_names(content) if is_python else frozenset(WORD.findall(text))
    if known is None:
        yield f"`{artifact.path}` can't be read as Python, so it exports none of {in_code(artifact.exports)}."
        return
    missing = [name for name in artifact.exports if name not in known]
    if missing:
        yield f"`{artifact.path}` does not export {in_code(missing)}."


def loose_end(link: KeyLink, tree: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a sentence where the text that wires two files doesn't stand in the one that it starts from."""
    if not link.source or not link.pattern or stands_in(link.pattern, text_of(tree.get(link.source, b""))):
        return
    reason = f" ({link.via})" if link.via else ""
    why = f"`{link.pattern}` does not occur in it" if link.source in tree else "it is not there"
    yield f"`{link.source}` is not wired to `{link.target}`{reason}: {why}."


def stands_in(wanted: str, text: str) -> bool:
    """Tell whether a text holds some words, on one line or, between brackets and commas, wrapped by a formatter."""
    return wanted in text or unwrapped(wanted) in unwrapped(text)


def unwrapped(text: str) -> str:
    """Return a text on one line, without the spaces beside brackets, commas and points."""
    return BESIDE_MARKS.sub(r"\1", " ".join(text.split()))


def text_of(content: bytes) -> str:
    """Return the text of a file with plain line ends; what is no UTF-8 is replaced."""
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def in_code(names: Iterable[str]) -> str:
    """Return names as code, with commas."""
    return ", ".join(f"`{name}`" for name in names)


def exported_names(content: bytes) -> frozenset[str] | None:
    """Return what a Python file offers; None where it can't be parsed. Nothing is run.

    That is what the file defines itself, and what it imports and lists in ``__all__``.
    """
    face = Face()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            face.take(ast.parse(content).body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    listed = face.listed if face.is_open else face.listed & face.imported
    return frozenset(face.defined | listed)


@dataclass
class Face:
    """The names that a module binds, gathered statement by statement; the insides of functions and classes don't count.

    A module ``is_open`` where names come that can't be seen: by ``import *`` or by a ``__getattr__`` of its own.
    """

    defined: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    is_open: bool = False

    def take(self, statements: Iterable[ast.stmt]) -> None:
        """Take statements, and those in the branches of conditions, loops and the like."""
        for statement in statements:
            match statement:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    self.defined.add(name)
                    self.is_open |= name == "__getattr__"
                case ast.Import(names=names) | ast.ImportFrom(names=names):
                    self.imported |= {each.asname or each.name.partition(".")[0] for each in names}
                    self.is_open |= any(each.name == "*" for each in names)
                case ast.Assign(targets=targets, value=value):
                    self.assign(targets, value)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self.assign([target], value)
                case ast.AugAssign(target=target, value=value) if names_in(target) == {"__all__"}:
                    self.listed |= texts_in(value)
                case ast.TypeAlias(name=ast.Name(id=name)):
                    self.defined.add(name)
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="__all__")), args=arguments)):
                    self.listed |= {text for argument in arguments for text in texts_in(argument)}
                case _:
                    self.take_branches(statement)

    def take_branches(self, statement: ast.stmt) -> None:
        """Take the statements inside one that has some; what a loop or ``with`` binds is defined."""
        if isinstance(statement, ast.For | ast.AsyncFor):
            self.defined |= names_in(statement.target)
        for part in ast.iter_child_nodes(statement):
            if isinstance(part, ast.withitem) and part.optional_vars:
                self.defined |= names_in(part.optional_vars)
            elif isinstance(part, ast.ExceptHandler | ast.match_case):
                self.take(part.body)
            elif isinstance(part, ast.stmt):
                self.take([part])

    def assign(self, targets: Iterable[ast.expr], value: ast.expr) -> None:
        """Take an assignment: to ``__all__`` it lists names, to anything else it defines them."""
        names = {name for target in targets for name in names_in(target)}
        if "__all__" in names:
            self.listed |= texts_in(value)
        self.defined |= names - {"__all__"}


def names_in(target: ast.expr) -> set[str]:
    """Return the names that an assignment to a target binds; attributes and items bind none."""
    match target:
        case ast.Name(id=name):
            return {name}
        case ast.Starred(value=value):
            return names_in(value)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return {name for item in items for name in names_in(item)}
    return set()


def texts_in(value: ast.expr) -> set[str]:
    """Return the texts of a list, also of one that is put together or spread."""
    texts = (node.value for node in ast.walk(value) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str)}
