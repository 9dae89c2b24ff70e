"""The files of whole services, as text and as parsed Python, for tests that read all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from bot.building.tree import service_tree
from bot.generation.blueprint import load_blueprint
from bot.generation.feature_specs import with_features
from bot.generation.inputs import BuildInputs
from tests.generation.samples import build_inputs, everything, guarded, library, owned, ruled

FEATURES = {"featured": load_blueprint().feature_names}
"""Of the services that have more than a container."""
SPECS = {
    "library": library(),
    "everything": everything(),
    "ruled": ruled(),
    "guarded": guarded(),
    "featured": with_features(owned(), FEATURES["featured"]),
}
OF_FEATURES = {"app/api/endpoints/auth.py", "app/api/endpoints/reports.py", "app/live/routes.py"}
"""Routes that features bring."""
ROUTE_METHODS = {"get", "post", "put", "patch", "delete", "head", "options", "websocket"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def inputs_of(name: str) -> BuildInputs:
    """Return the inputs of a service."""
    return build_inputs(SPECS[name], features=FEATURES.get(name, ("docker",)))


@cache
def service(name: str) -> dict[str, str]:
    """Return every file of the service of some specs: path → text."""
    files: dict[str, bytes] = {}
    for task in service_tree(inputs_of(name)).values():
        files |= task
    return {path: content.decode() for path, content in files.items()}


@cache
def modules(name: str) -> dict[str, ast.Module]:
    """Return the parsed Python files of a service."""
    return {path: ast.parse(text) for path, text in service(name).items() if path.endswith(".py")}


def nodes(name: str, folder: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Give every node of the Python files below a folder, with its path."""
    for path, module in modules(name).items():
        if path.startswith(folder):
            yield from ((path, node) for node in ast.walk(module))


def calls(name: str, folder: str = "") -> Iterator[tuple[str, str]]:
    """Give what the files below a folder call: path and dotted name."""
    for path, node in nodes(name, folder):
        if isinstance(node, ast.Call):
            yield path, ast.unparse(node.func)


def functions(name: str, folder: str = "") -> Iterator[tuple[str, Function]]:
    """Give every function below a folder."""
    for path, node in nodes(name, folder):
        if isinstance(node, Function):
            yield path, node


def routes(name: str) -> Iterator[tuple[str, Function]]:
    """Give every function that a router serves."""
    for path, function in functions(name, "app/"):
        served = [
            decorator.func.attr
            for decorator in function.decorator_list
            if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)
        ]
        if ROUTE_METHODS & set(served):
            yield path, function


def class_of(name: str, path: str, class_name: str) -> ast.ClassDef:
    """Return a class of a file. Raises KeyError where it has none of that name."""
    return classes(name, path)[class_name]


def classes(name: str, path: str) -> dict[str, ast.ClassDef]:
    """Return the classes of a file by their names."""
    return {node.name: node for node in modules(name)[path].body if isinstance(node, ast.ClassDef)}
