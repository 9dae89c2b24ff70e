"""What a repository is made with, each fact with the lines that show it, and where it contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.checks.repository_ways import KnownEntity, RepositoryWays
from bot.documents.findings import Finding, Severity
from bot.documents.findings import Place as FindingPlace
from bot.documents.frozen import Frozen
from bot.documents.naming import joined
from bot.inspection.code import Code, Place, read_code
from bot.inspection.dependencies import Dependency, dependencies_of, line_of
from bot.inspection.source_tree import SourceTree, plain, read_source_tree

__all__ = ["Fact", "RepositoryFacts", "facts_of", "inspect_repository"]

STORED = "stored"
"""The fact that sums up the classes that are stored."""
MOST_EVIDENCE = 5
MOST_ENTITIES = 300
MOST_NAMED = 6
"""Classes that the fact about them names."""
MIGRATIONS = ("alembic", "migrations", "versions", "tests", "test")
"""Folders whose code may well be synchronous in an asynchronous service."""
ASYNC_DRIVERS = ("asyncpg", "aiosqlite", "asyncmy", "aiomysql", "motor")
SYNC_DRIVERS = ("psycopg2", "psycopg2-binary", "pymysql", "mysqlclient", "pymongo", "cx-oracle")
BOTH_DRIVERS = ("psycopg", "psycopg-binary", "oracledb")
FRAMEWORKS = ("fastapi", "litestar", "django", "flask", "aiohttp", "sanic", "starlette")
MAPPERS = ("sqlmodel", "sqlalchemy", "tortoise-orm", "ormar", "peewee", "django", "beanie", "mongoengine")
LINTERS = ("ruff", "black", "isort", "flake8", "pylint")
TYPE_CHECKERS = ("mypy", "pyright", "basedpyright", "pyre-check")
TEST_TOOLS = ("pytest", "pytest-asyncio", "anyio", "pytest-cov", "httpx", "hypothesis", "tox", "nox")
TESTS = "tests"
LAYERS = {
    "models": ("models", "model", "entities", "orm"),
    "schemas": ("schemas", "schema", "dto", "dtos"),
    "routers": ("routers", "router", "routes", "endpoints", "api", "views"),
    TESTS: ("tests", "test"),
}
CI = (".github/workflows/", ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml")
PACKAGE_MANAGERS = {"uv.lock": "uv", "poetry.lock": "Poetry", "pdm.lock": "PDM", "Pipfile": "Pipenv"}
PYDANTIC_1 = ("pydantic.validator", "pydantic.root_validator", "pydantic.BaseSettings", "@validator", "parse_obj()")
PYDANTIC_2 = (
    "pydantic.field_validator", "pydantic.model_validator", "pydantic.ConfigDict", "model_validate()", "model_dump()",
)  # fmt: skip


class Fact(Frozen):
    """One fact: what it is about, what is so, and ``file:line`` of what shows it."""

    name: str
    value: str
    evidence: tuple[str, ...]


class RepositoryFacts(Frozen):
    """Everything that was found. ``ways`` is what a plan is checked against (`bot.checks.repository_ways`)."""

    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    ways: RepositoryWays
    left_out: tuple[str, ...]
    name: str = ""
    """What the repository is called: the name of its folder."""

    def value(self, name: str) -> str:
        """Return what is so, an empty string where nothing tells."""
        return next((fact.value for fact in self.facts if fact.name == name), "")

    def evidence(self, name: str) -> str:
        """Return the first ``file:line`` that shows a fact, an empty string where nothing tells."""
        return next((place for fact in self.facts if fact.name == name for place in fact.evidence), "")

    def for_prompt(self) -> str:
        """Return the facts, and what contradicts itself, as text that a planner's prompt carries as material."""
        lines = [f"repository: {self.name}"] if self.name else []
        facts = [fact for fact in self.facts if fact.name != STORED]  # each of these has a line of its own
        lines += [f"{fact.name}: {fact.value} ({', '.join(fact.evidence[:2])})" for fact in facts]
        lines += [f"stored: {called(entity)} ({entity.place})" for entity in self.ways.entities]
        lines += [f"contradiction: {finding.message} ({finding.place})" for finding in self.findings]
        return "\n".join(lines)


def called(entity: KnownEntity) -> str:
    """Return a stored class with its table, such as ``Book in books``."""
    return f"{entity.name} in {entity.table}" if entity.table else entity.name


def inspect_repository(root: Path) -> RepositoryFacts:
    """Inspect a folder; nothing in it runs, and no link is followed. Raises NotARepositoryError."""
    return facts_of(read_source_tree(root), plain(root.resolve().name))


def facts_of(tree: SourceTree, name: str = "") -> RepositoryFacts:
    """Return the facts of a tree that was read; ``name`` is what the repository is called."""
    inspection = Inspection(tree)
    facts = tuple(fact for fact in inspection.facts() if fact is not None)
    unread = tuple(f"{path} is no Python that can be read." for path in inspection.code.unread)
    return RepositoryFacts(
        facts=facts,
        findings=tuple(inspection.findings()),
        ways=inspection.ways(),
        left_out=(*tree.left_out, *unread),
        name=name,
    )


class Inspection:
    """One tree, its packages and its code, asked for one fact after another."""

    def __init__(self, tree: SourceTree) -> None:
        """Read packages and code."""
        self.tree = tree
        self.packages = dependencies_of(tree)
        self.code: Code = read_code(tree)

    def facts(self) -> Iterator[Fact | None]:
        """Yield every fact, in the order in which people ask."""
        yield self.python()
        yield self.package_manager()
        yield self.listed("web framework", FRAMEWORKS[:1]) or self.listed("web framework", FRAMEWORKS)
        yield self.pydantic()
        yield self.listed("ORM", MAPPERS)
        yield self.stored()
        yield self.listed("database drivers", (*ASYNC_DRIVERS, *SYNC_DRIVERS, *BOTH_DRIVERS))
        yield self.asynchronous()
        yield self.alembic()
        yield self.listed("test tools", TEST_TOOLS)
        yield self.test_client()
        yield self.layout()
        yield from (self.layer(name, folders) for name, folders in LAYERS.items())
        yield self.listed("linters", LINTERS)
        yield self.listed("type checker", TYPE_CHECKERS)
        yield self.present("CI", CI)
        yield self.present("container", ("Dockerfile",))

    def named(self, *names: str) -> list[Dependency]:
        """Return the entries of packages, those of locks last; a lock alone says only what others need."""
        asked = {one.name for one in self.packages if not one.is_locked}
        return [one for one in self.packages if one.name in names and (not one.is_locked or one.name in asked)]

    def listed(self, name: str, packages: Sequence[str]) -> Fact | None:
        """Return which of the packages are asked for, with their versions."""
        parts, evidence = [], list[Place]()
        for package in packages:
            entries = self.named(package)
            if entries:
                best = entries[-1]
                parts.append(f"{package} {best.version}".strip())
                evidence += [(entry.file, entry.line) for entry in entries]
        return fact(name, ", ".join(parts), evidence)

    def python(self) -> Fact | None:
        """Return the version of Python."""
        for path, text in self.tree.files.items():
            if path == ".python-version":
                return fact("Python", text.strip().splitlines()[0][:40] if text.strip() else "", [(path, 1)])
            if path == "pyproject.toml":
                found = re.search(r'^(?:requires-python|python)\s*=\s*["\']([^"\'\n]{1,60})', text, re.MULTILINE)
                if found:
                    return fact("Python", found[1], [(path, line_of(text, found.group()))])
        return None

    def package_manager(self) -> Fact | None:
        """Return what manages packages, and its lock."""
        for name, manager in PACKAGE_MANAGERS.items():
            if name in self.tree.files:
                lock = name if name != "Pipfile" else "Pipfile.lock"
                locked = f"{manager}, locked in {lock}" if lock in self.tree.files else f"{manager}, without a lock"
                return fact("package manager", locked, [(name, 1)])
        pyproject = self.tree.files.get("pyproject.toml", "")
        if "[tool.poetry" in pyproject:
            place = ("pyproject.toml", line_of(pyproject, "[tool.poetry"))
            return fact("package manager", "Poetry, without a lock", [place])
        lists = [path for path in self.tree.files if path.endswith((".txt", ".in", "setup.cfg", "pyproject.toml"))]
        return fact("package manager", "pip" if lists else "", [(path, 1) for path in lists])

    def pydantics(self) -> list[Dependency]:
        """Return the entries of Pydantic, also of a lock alone: FastAPI brings it along."""
        return [one for one in self.packages if one.name == "pydantic"]

    def pydantic_majors(self) -> dict[int, list[Place]]:
        """Return the major versions that packages and code speak of, each with its places."""
        majors: dict[int, list[Place]] = {}
        for entry in self.pydantics():
            if major := entry.certain_major(2):
                majors.setdefault(major, []).append((entry.file, entry.line))
        for major, names in ((1, PYDANTIC_1), (2, PYDANTIC_2)):
            if place := self.code.first(*names):
                majors.setdefault(major, []).append(place)
        return majors

    def pydantic(self) -> Fact | None:
        """Return the major version of Pydantic: a lock knows it best, then what is asked for, then the code."""
        major = self.pydantic_major()
        return fact("Pydantic", str(major or ""), self.pydantic_majors().get(major or 0, []))

    def pydantic_major(self) -> int | None:
        """Return the major version of Pydantic, None where nothing tells."""
        told = [major for entry in self.pydantics() if (major := entry.certain_major(2))]
        return told[-1] if told else next(iter(self.pydantic_majors()), None)

    def mapper(self) -> str:
        """Return the package that maps rows to classes, SQLAlchemy where SQLModel stands upon it."""
        found = next((name for name in MAPPERS if self.named(name)), "")
        return "sqlalchemy" if found == "sqlmodel" else found

    def sqlalchemy_major(self) -> int | None:
        """Return the major version of SQLAlchemy: a lock knows it best, then what is asked for, then the code."""
        entries = [one for one in self.packages if one.name == "sqlalchemy"]
        told = [major for entry in entries if (major := entry.certain_major(2))]
        if told:
            return told[-1]
        return 2 if self.code.first("mapped_column()", "class(DeclarativeBase)", "class(MappedAsDataclass)") else None

    def stored_entities(self) -> tuple[KnownEntity, ...]:
        """Return the classes that the repository stores rows of, those of its tests left out."""
        found: dict[str, KnownEntity] = {}
        for entity in self.code.entities:
            if set(entity.place.split("/")).isdisjoint(LAYERS[TESTS]):
                found.setdefault(entity.name, entity)
        return tuple(found.values())[:MOST_ENTITIES]

    def stored(self) -> Fact | None:
        """Return the first of the classes that are stored, and how many more there are."""
        entities = self.stored_entities()
        more = f" and {len(entities) - MOST_NAMED} more" if len(entities) > MOST_NAMED else ""
        names = ", ".join(map(called, entities[:MOST_NAMED])) + more
        return Fact(name=STORED, value=names, evidence=(entities[0].place,)) if entities else None

    def application(self) -> str:
        """Return the folder of the application, an empty string where nothing tells."""
        place = self.code.first("FastAPI()", outside=LAYERS[TESTS])
        return (place[0].rpartition("/")[0] or ".") if place else ""

    def engines(self) -> tuple[Place | None, Place | None]:
        """Return where asynchronous and where blocking engines or sessions are made, outside migrations and tests."""
        asynchronous = (
            "create_async_engine()",
            "async_sessionmaker()",
            "AsyncSession()",
            "sqlalchemy.ext.asyncio.AsyncSession",
        )
        blocking = ("create_engine()", "sessionmaker()", "psycopg2", "pymysql", "MySQLdb")
        return self.code.first(*asynchronous, outside=MIGRATIONS), self.code.first(*blocking, outside=MIGRATIONS)

    def is_asynchronous(self) -> bool | None:
        """Tell whether the database is reached asynchronously, None where nothing tells."""
        asynchronous, blocking = self.engines()
        if asynchronous or blocking:
            return asynchronous is not None
        if self.named(*ASYNC_DRIVERS):
            return True
        return False if self.named(*SYNC_DRIVERS) else None

    def asynchronous(self) -> Fact | None:
        """Return whether database and routes are asynchronous."""
        is_asynchronous = self.is_asynchronous()
        waits, blocks = len(self.code.async_routes), len(self.code.sync_routes)
        database = {True: "asynchronous", False: "synchronous", None: ""}[is_asynchronous]
        word = "route" if waits + blocks == 1 else "routes"
        routes = f"{waits} async and {blocks} plain {word}" if waits + blocks else ""
        places = [place for place in self.engines() if place] + [
            *self.code.async_routes[:1],
            *self.code.sync_routes[:1],
        ]
        places = places or [(one.file, one.line) for one in self.named(*ASYNC_DRIVERS, *SYNC_DRIVERS)]
        return fact("database access", ", ".join(part for part in (database, routes) if part), places)

    def alembic_place(self) -> Place | None:
        """Return what shows that Alembic is set up: its settings, or a revision."""
        settings = next((path for path in self.tree.files if path.rpartition("/")[2] == "alembic.ini"), None)
        if settings:
            text = self.tree.files[settings]
            return settings, line_of(text, "script_location")
        return (self.code.migrations[0].file, 1) if self.code.migrations else None

    def heads(self) -> list[str]:
        """Return the revisions that no other comes after."""
        parents = {parent for migration in self.code.migrations for parent in migration.parents}
        return sorted({migration.revision for migration in self.code.migrations} - parents)

    def alembic(self) -> Fact | None:
        """Return where Alembic's revisions are, how many, and its heads; or that SQLAlchemy goes without."""
        place = self.alembic_place()
        if place is None:
            mapped = self.named("sqlalchemy", "sqlmodel")
            return fact("Alembic", "none" if mapped else "", [(one.file, one.line) for one in mapped])
        folders = sorted({migration.file.rpartition("/")[0] for migration in self.code.migrations})
        count = len(self.code.migrations)
        where = f" in {', '.join(folders)}" if folders else ""
        heads = (
            f", {'head' if len(self.heads()) == 1 else 'heads'} {', '.join(self.heads()[:MOST_EVIDENCE])}"
            if count
            else ""
        )
        return fact("Alembic", f"{count} {'revision' if count == 1 else 'revisions'}{where}{heads}", [place])

    def client(self) -> tuple[Place | None, Place | None]:
        """Return where tests make an asynchronous, and where a blocking client."""
        return self.code.first("AsyncClient()"), self.code.first("TestClient()")

    def test_client(self) -> Fact | None:
        """Return which client tests use."""
        asynchronous, blocking = self.client()
        names = [name for name, place in (("AsyncClient", asynchronous), ("TestClient", blocking)) if place]
        return fact("test client", " and ".join(names), [place for place in (asynchronous, blocking) if place])

    def layout(self) -> Fact | None:
        """Return where the application's package is."""
        if place := self.code.first("FastAPI()", outside=LAYERS[TESTS]):
            kind = "src layout" if place[0].startswith("src/") else "flat"
            return fact("layout", f"{kind}, application in {self.application()}", [place])
        sources = [path for path in self.tree.files if path.startswith("src/") and path.endswith("__init__.py")]
        return fact("layout", "src layout" if sources else "", [(path, 1) for path in sources[:1]])

    def layer(self, name: str, folders: tuple[str, ...]) -> Fact | None:
        """Return where a layer lives: folders of its name, or modules."""
        homes: dict[str, str] = {}
        for path, _ in self.tree.python():
            parts = path.split("/")
            if name != TESTS and not set(parts).isdisjoint(LAYERS[TESTS]):
                continue
            named = next((index for index, part in enumerate(parts[:-1]) if part in folders), None)
            if named is not None:
                homes.setdefault("/".join(parts[: named + 1]), path)
            elif parts[-1].removesuffix(".py") in folders:
                homes.setdefault(path, path)
        shown = sorted(homes, key=lambda home: (home.count("/"), home))[:MOST_EVIDENCE]
        return fact(name, joined(shown), [(homes[home], 1) for home in shown])

    def present(self, name: str, beginnings: tuple[str, ...]) -> Fact | None:
        """Return the files that begin so."""
        found = sorted(path for path in self.tree.files if path.startswith(beginnings))
        return fact(name, joined(found[:MOST_EVIDENCE]), [(path, 1) for path in found])

    def ways(self) -> RepositoryWays:
        """Return what plans are checked against."""
        asynchronous, blocking = self.client()
        is_mapped = bool(self.named("sqlalchemy", "sqlmodel"))
        return RepositoryWays(
            is_asynchronous=self.is_asynchronous(),
            has_alembic=True if self.alembic_place() else (False if is_mapped else None),
            pydantic_major=self.pydantic_major(),
            has_async_client=None if bool(asynchronous) == bool(blocking) else asynchronous is not None,
            framework=next((name for name in FRAMEWORKS if self.named(name)), ""),
            mapper=self.mapper(),
            sqlalchemy_major=self.sqlalchemy_major(),
            application=self.application(),
            entities=self.stored_entities(),
        )

    def findings(self) -> Iterator[Finding]:
        """Yield where the repository contradicts itself."""
        majors = self.pydantic_majors()
        if len(majors) > 1:
            places = joined([f"{major} at {said(majors[major][0])}" for major in sorted(majors)])
            yield contradiction("pydantic-versions", f"Two versions of Pydantic: {places}.", majors[min(majors)][0])
        asynchronous, blocking = self.engines()
        if asynchronous and blocking:
            message = f"An asynchronous engine at {said(asynchronous)}, and a blocking one at {said(blocking)}."
            yield contradiction("sync-beside-async", message, blocking)
        if len(self.heads()) > 1:
            message = f"Alembic has {len(self.heads())} heads: {joined(self.heads()[:MOST_EVIDENCE])}."
            yield contradiction("alembic-heads", message, (self.code.migrations[0].file, 1))


def fact(name: str, value: str, places: Sequence[Place]) -> Fact | None:
    """Return a fact, None where there is nothing to say."""
    if not value:
        return None
    return Fact(name=name, value=value, evidence=tuple(dict.fromkeys(map(said, places)))[:MOST_EVIDENCE])


def said(place: Place) -> str:
    """Return a place as ``file:line``."""
    return f"{place[0]}:{place[1]}"


def contradiction(rule: str, message: str, place: Place) -> Finding:
    """Return a contradiction as a finding."""
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        message=message,
        next_step="Decide which one holds before something is planned upon it.",
        place=FindingPlace(file=place[0], line=place[1], column=1),
    )
