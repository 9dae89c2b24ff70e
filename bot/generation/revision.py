"""The file of a later migration: its number, its name, and its text from the template of the blueprint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from textwrap import wrap

from bot.generation.blueprint import REVISION, Blueprint
from bot.generation.differences import Difference
from bot.generation.matching import TableMatch
from bot.generation.rendering import environment
from bot.generation.values import PythonLiteral, Sentence, SlugOrPath, Words, join_imports

__all__ = ["VERSIONS", "Revision", "render_revision"]

VERSIONS = "migrations/versions"
LONGEST_SLUG = 50
LINE = 96
"""Letters of a line of a migration's docstring."""


@dataclass(frozen=True)
class Revision:
    """A migration that is not formatted yet."""

    path: str
    content: bytes


def render_revision(found: Difference, number: str, parent: str, started: datetime, blueprint: Blueprint) -> Revision:
    """Write the migration of a difference after the revision ``parent``; its number is its id."""
    slug = slug_of(found)
    statements = [*found.upgrade, *found.downgrade]
    guards = any(statement.text.startswith("require_none(") for statement in statements)
    view = {
        "title": Words(slug.replace("_", " ").capitalize()),
        "number": SlugOrPath(number),
        "identifier": PythonLiteral.of(number),
        "parent": PythonLiteral.of(parent),
        "parent_name": SlugOrPath(parent),
        "losses": [Sentence(line) for line in lines_of(found.losses)],
        "imports": join_imports(statements),
        "upgrade": found.upgrade,
        "downgrade": found.downgrade,
        "guards": guards,
        "describes": guards or any("sa." in statement.text for statement in statements),
    }
    template = environment(blueprint).get_template(REVISION)
    day = SlugOrPath(started.astimezone(UTC).strftime("%Y-%m-%d"))
    text = template.render(revision=view, created=day)
    return Revision(f"{VERSIONS}/{number}_{slug}.py", text.encode())


def lines_of(sentences: tuple[str, ...]) -> list[str]:
    """Return sentences as the lines of a list in a docstring."""
    return [
        line
        for sentence in sentences
        for line in wrap(sentence, LINE, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
    ]


def slug_of(found: Difference) -> str:
    """Return what a migration does, in the words of its tables and columns; of several things only the first."""
    said = [phrase for phrases in phrases_of(found) for phrase in phrases]
    if not said:
        return "change_values"
    if len(said) == 1:
        return said[0][:LONGEST_SLUG].rstrip("_")
    tables = [match for match in found.matches.kept if match.new.entity and phrases_of_table(match)]
    renamed = [match for match in tables if match.old.name != match.new.name]
    if not found.matches.created and not found.matches.removed:
        if len(renamed) == 1:
            return phrases_of_table(renamed[0])[0][:LONGEST_SLUG].rstrip("_")
        if len(tables) == 1:
            return f"change_{tables[0].new.name}"[:LONGEST_SLUG].rstrip("_")
    return "change_tables"


def phrases_of(found: Difference) -> list[list[str]]:
    """Return what happens to tables and columns, a phrase each; of pairs that go along with a table only alone."""
    kept = [(match.new.entity, phrases_of_table(match)) for match in found.matches.kept]
    phrases = [
        [f"create_{table.name}" for table in found.matches.created],
        [f"drop_{table.name}" for table in found.matches.removed],
        *(said for entity, said in kept if entity),
    ]
    return phrases if any(phrases) else [said for _, said in kept]


def phrases_of_table(match: TableMatch) -> list[str]:
    """Return what happens to one table and its columns."""
    table = match.new.name
    phrases = [f"rename_{match.old.name}_to_{table}"] if match.old.name != table else []
    phrases += [f"add_{column.name}_to_{table}" for column in match.added]
    phrases += [f"drop_{column.name}_from_{table}" for column in match.dropped]
    phrases += [f"rename_{before.name}_of_{table}_to_{after.name}" for before, after in match.renamed]
    altered = [after.name for before, after in match.kept if before.model_copy(update={"name": after.name}) != after]
    phrases += [f"change_{name}_of_{table}" for name in altered]
    touched = match.gone_constraints or match.new_constraints or match.gone_indexes or match.new_indexes
    return phrases or ([f"change_{table}"] if touched else [])
