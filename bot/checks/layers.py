"""The layers of a FastAPI service, told by the paths of its files, and the order in which they are made.

The order is the planner prompt's: settings, core, models, schemas, (repositories,) services, (dependencies,)
endpoints, router, application, container image. Paths of our own layout and of others (``src/…``, one folder a
feature, one file a layer) are understood; a file of no layer is never out of order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from bot.documents.naming import regular_singular
from bot.documents.text.reading import quote
from bot.patterns import regex

__all__ = [
    "Disorder",
    "Layer",
    "MadeFile",
    "Step",
    "apart_from_their_models",
    "is_migration",
    "is_test",
    "lacks_migration",
    "lacks_tests",
    "made_file",
    "normal_path",
    "out_of_order",
    "paths_in",
]


class Layer(IntEnum):
    """A layer; a lower one is made first."""

    SETTINGS = 1
    CORE = 2
    MODELS = 3
    SCHEMAS = 4
    REPOSITORIES = 5
    SERVICES = 6
    DEPENDENCIES = 7
    ENDPOINTS = 8
    ROUTER = 9
    APPLICATION = 10
    IMAGE = 11


FOLDERS = {
    **dict.fromkeys(("models", "model", "entities", "orm"), Layer.MODELS),
    **dict.fromkeys(("schemas", "schema", "dto", "dtos"), Layer.SCHEMAS),
    **dict.fromkeys(("repositories", "repository", "repos", "crud", "daos"), Layer.REPOSITORIES),
    **dict.fromkeys(("services", "service"), Layer.SERVICES),
    **dict.fromkeys(("dependencies", "deps"), Layer.DEPENDENCIES),
    **dict.fromkeys(("endpoints", "routes", "routers", "router", "controllers"), Layer.ENDPOINTS),
}
"""Folders whose modules are of a layer; as a module's name (``models.py``) or its ending (``book_service.py``) too."""

CORE_MODULES = frozenset({"config", "settings", "database", "db", "session"})
APPLICATION_MODULES = frozenset({"main", "asgi"})
ROUTER_MODULES = frozenset({"router", "routers", "routes", "endpoints"})
SETTINGS_FILES = frozenset(
    {"pyproject.toml", "setup.py", "setup.cfg", "pipfile", "poetry.toml", "uv.toml", ".env.example", ".env.sample"}
)
NO_FEATURES = frozenset(
    {"", ".", "app", "src", "api", "core", "db", "backend", "server", "service", "apps", "features", "modules",
     "domain", "v1", "v2", "v3", "lib", "main"}
)  # fmt: skip
"""Folders that name no feature: ``app/schemas.py`` holds the schemas of the whole service."""
ROOTS = frozenset({"app", "src", "api", "core", "db", "features", "modules"}) | frozenset(FOLDERS)
"""Folders that begin a service; what stands before them tells services of one repository apart."""
FOUNDATIONS = frozenset(
    {"base", "common", "mixins", "types", "enums", "pagination", "errors", "exceptions", "responses", "problem",
     "health", "shared", "core", "generic"}
)  # fmt: skip
"""Modules that many share, so those of two layers need not mirror each other."""
TEST_FOLDERS = frozenset({"test", "tests", "__tests__"})
MIGRATION_FOLDERS = frozenset({"migrations", "alembic", "versions"})
NO_REVISIONS = frozenset({"alembic.ini", "env.py", "script.py.mako", ".gitkeep", "__init__.py"})
"""Files of migrations that change no table."""
NAMES_TESTS = regex(
    r"\bpytest (?:-|[\w/]{0,200}tests?\b)|\btests?/|\btest_\w|\bwrite (?:unit |integration )?tests\b", re.IGNORECASE
)
"""How texts speak of tests that are made or run, rather than of a library to install."""
PATH = regex(r"[\w./\\-]{1,200}")
ENDS_AS_FILE = regex(r"\.(?:py|toml|cfg|ini|txt|yaml|yml|json|md|example)\Z|(?:\A|/)Dockerfile\Z", re.IGNORECASE)


@dataclass(frozen=True)
class MadeFile:
    """A file of a layer. ``root`` tells services of one repository apart, ``feature`` what the file is about."""

    path: str
    layer: Layer
    root: str
    feature: str


@dataclass(frozen=True)
class Step:
    """What makes files: a task or a plan.

    A step is after another when its ``position`` is larger; ``name`` is how messages call it. A step that ``extends``
    a finished service (custom behaviour) may come after the router, the application and the image.
    """

    name: str
    files: tuple[str, ...]
    position: int
    extends: bool = False


@dataclass(frozen=True)
class Disorder:
    """Two files made in the wrong order: ``needed`` should be there before ``user``."""

    user: MadeFile
    user_step: Step
    needed: MadeFile
    needed_step: Step

    def message(self, user_name: str, needed_name: str) -> str:
        """Return the sentence that tells it, with the names of the two steps."""
        return f"{user_name} makes {quote(self.user.path)} before {needed_name} makes {quote(self.needed.path)}."

    @property
    def remedy(self) -> str:
        """Return what to do about it within one plan."""
        return f"Move {quote(self.needed.path)} before it, or {quote(self.user.path)} after it."


def normal_path(path: str) -> str:
    """Return a path with plain slashes and without ticks, a leading ``./``, a note in brackets or white space."""
    plain = path.strip()
    if plain.endswith(")") and " (" in plain:
        plain = plain.partition(" (")[0]
    plain = plain.strip("`").replace("\\", "/").strip()
    while plain.startswith("./"):
        plain = plain[2:]
    return plain


def paths_in(text: str) -> tuple[str, ...]:
    """Return the paths of files that a text names, such as ``app/models/book.py``."""
    found = (match.group().rstrip(".") for match in PATH.finditer(text))
    return tuple(dict.fromkeys(normal_path(path) for path in found if ENDS_AS_FILE.search(path)))


def is_test(path: str) -> bool:
    """Tell whether a file belongs to tests."""
    folders, name = parted(path)
    stem = name.partition(".")[0]
    return bool(TEST_FOLDERS & set(folders)) or stem == "conftest" or stem.startswith("test_") or stem.endswith("_test")


def is_migration(path: str) -> bool:
    """Tell whether a file belongs to migrations."""
    folders, name = parted(path)
    return bool(MIGRATION_FOLDERS & set(folders)) or name == "alembic.ini"


def parted(path: str) -> tuple[list[str], str]:
    """Return the folders of a path and the file's name, in lower case."""
    *folders, name = normal_path(path).lower().split("/")
    return folders, name


def made_file(path: str) -> MadeFile | None:
    """Return a file with its layer; None for one of no layer: tests, migrations, packages' faces, documents."""
    if is_test(path) or is_migration(path):
        return None
    folders, name = parted(path)
    plain = normal_path(path)
    if name in SETTINGS_FILES or (name.startswith("requirements") and name.endswith((".txt", ".in"))):
        return MadeFile(plain, Layer.SETTINGS, "/".join(folders), "")
    if name == "dockerfile" or name.startswith("dockerfile.") or name.endswith(".dockerfile"):
        return MadeFile(plain, Layer.IMAGE, "/".join(folders), "")
    if not name.endswith(".py") or name == "__init__.py":
        return None
    return made_module(plain, folders, name.removesuffix(".py"))


def made_module(path: str, folders: list[str], stem: str) -> MadeFile | None:
    """Return a Python module with its layer, None where it is of none."""
    cut = next((index for index, folder in enumerate(folders) if folder in ROOTS), len(folders))
    root = "/".join(folders[:cut])
    around = next((folder for folder in reversed(folders) if folder not in FOLDERS), "")
    around = "" if around in NO_FEATURES else regular_singular(around)
    if stem in ROUTER_MODULES and not around:
        return MadeFile(path, Layer.ROUTER, root, "")
    if stem in FOLDERS:
        return MadeFile(path, FOLDERS[stem], root, around)
    layer = next((FOLDERS[folder] for folder in reversed(folders) if folder in FOLDERS), None)
    if layer:
        return MadeFile(path, layer, root, feature_of(stem))
    if stem in CORE_MODULES:
        return MadeFile(path, Layer.CORE, root, "")
    if stem in APPLICATION_MODULES:
        return MadeFile(path, Layer.APPLICATION, root, "")
    return None


def feature_of(stem: str) -> str:
    """Return what a module of a layer is about: ``book_service`` and ``books`` are about ``book``."""
    head, _, last = stem.rpartition("_")
    return regular_singular(head if head and last in FOLDERS else stem)


def out_of_order(steps: Iterable[Step], closes: bool = True) -> Iterator[Disorder]:
    """Yield files that are made before what they need, one for each user; steps may come in any order.

    Files of one step are never out of order. With ``closes`` the router, the application and the image are judged
    too: all else of the service is made before they are written for the last time.
    """
    ordered = sorted(steps, key=lambda step: step.position)
    made = [(file, step) for step in ordered for path in step.files if (file := made_file(path))]
    yield from before_what_they_mirror(made)
    yield from before_the_foundation(made)
    if closes:
        yield from closed_too_early(made)


def before_what_they_mirror(made: list[tuple[MadeFile, Step]]) -> Iterator[Disorder]:
    """Yield files of a feature that are made before a lower layer of the same feature."""
    first: dict[str, Step] = {}
    highest: dict[tuple[str, str], tuple[MadeFile, Step]] = {}
    for file, step in made:
        is_new = first.setdefault(file.path, step) is step
        in_chain = Layer.MODELS <= file.layer <= Layer.ENDPOINTS and file.feature not in FOUNDATIONS
        if not in_chain or not is_new:
            continue
        key = (file.root, file.feature)
        user, user_step = highest.setdefault(key, (file, step))
        if user.layer > file.layer and user_step.position < step.position:
            yield Disorder(user, user_step, file, step)
        if file.layer > user.layer:
            highest[key] = (file, step)


def before_the_foundation(made: list[tuple[MadeFile, Step]]) -> Iterator[Disorder]:
    """Yield settings and core modules that are first made after a file of the layers above them."""
    seen: set[str] = set()
    earliest: dict[str, tuple[MadeFile, Step]] = {}
    for file, step in made:
        if file.path in seen:
            continue
        seen.add(file.path)
        if file.layer > Layer.CORE and file.layer <= Layer.ENDPOINTS and file.feature not in FOUNDATIONS:
            earliest.setdefault(file.root, (file, step))
        if file.layer <= Layer.CORE and file.root in earliest:
            user, user_step = earliest[file.root]
            if user_step.position < step.position:
                yield Disorder(user, user_step, file, step)


def closed_too_early(made: list[tuple[MadeFile, Step]]) -> Iterator[Disorder]:
    """Yield routers, applications and images that are last written before a file of the layers below them."""
    last_written = {file.path: (file, step) for file, step in made if file.layer >= Layer.ROUTER}
    first_made = {file.path: (file, step) for file, step in reversed(made)}
    latest: dict[tuple[str, Layer], tuple[MadeFile, Step]] = {}
    for file, step in {**first_made, **last_written}.values():
        known = latest.get((file.root, file.layer))
        if not step.extends and (known is None or known[1].position < step.position):
            latest[file.root, file.layer] = (file, step)
    for user, user_step in last_written.values():
        below = [latest[user.root, layer] for layer in Layer if layer < user.layer and (user.root, layer) in latest]
        late = [(file, step) for file, step in below if step.position > user_step.position]
        if late and not user_step.extends:
            needed, step = max(late, key=lambda found: (found[1].position, found[0].layer))
            yield Disorder(user, user_step, needed, step)


def lacks_migration(paths: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return the models among paths where no migration stands beside them and no text speaks of one."""
    known = tuple(paths)
    if any(is_migration(path) and parted(path)[1] not in NO_REVISIONS for path in known):
        return ()
    models = layer_files(known, Layer.MODELS, Layer.MODELS)
    speaks = any(word in text.lower() for text in texts for word in ("migration", "alembic", "create_all"))
    return () if speaks else models


def lacks_tests(paths: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return the code among paths where no test stands beside it and no text speaks of making one."""
    known = tuple(paths)
    if any(is_test(path) for path in known):
        return ()
    code = layer_files(known, Layer.SCHEMAS, Layer.ENDPOINTS)
    return () if any(NAMES_TESTS.search(text) for text in texts) else code


def layer_files(paths: Iterable[str], lowest: Layer, highest: Layer) -> tuple[str, ...]:
    """Return the files of some layers, without those that many share."""
    files = (made_file(path) for path in paths)
    return tuple(f.path for f in files if f and lowest <= f.layer <= highest and f.feature not in FOUNDATIONS)


def apart_from_their_models(
    phases: Iterable[tuple[str, Iterable[str]]],
) -> Iterator[tuple[str, MadeFile, str, MadeFile]]:
    """Yield schemas whose model is made in another phase: model's phase, model, schema's phase, schema.

    ``phases`` are names with the paths that are made in them, in order; the first phase of a file counts.
    """
    models: dict[tuple[str, str], tuple[str, MadeFile]] = {}
    schemas: dict[tuple[str, str], tuple[str, MadeFile]] = {}
    for name, paths in phases:
        for file in filter(None, map(made_file, paths)):
            if file.layer in (Layer.MODELS, Layer.SCHEMAS) and file.feature not in FOUNDATIONS:
                (models if file.layer is Layer.MODELS else schemas).setdefault((file.root, file.feature), (name, file))
    for key, (name, model) in models.items():
        if key in schemas and schemas[key][0] != name:
            yield name, model, *schemas[key]
