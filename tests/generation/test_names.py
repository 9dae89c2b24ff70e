"""Names: what an entity or a field is called in code never hides what code, tests or a library need."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Mapping

import pytest

from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.names import entity_names, safe_attribute
from bot.generation.rendering import render_service
from bot.generation.support import TAKEN_BY_ACCOUNTS
from tests.generation.samples import build_inputs, entity, key, owned, ruled, text
from tests.generation.service_files import FEATURES


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("Book", "book"),
        ("Testimonial", "testimonial"),
        ("TestResult", "entity_test_result"),
        ("Test", "entity_test"),
        ("Class", "class_entity"),
        ("Base", "base_entity"),
    ],
)
def test_a_module_is_neither_a_keyword_nor_ours_nor_like_a_test(name: str, module: str) -> None:
    assert entity_names(entity(name, "things", key(), text("name"))).module == module


@pytest.mark.parametrize("name", ["self", "mro", "class", "copy", "metadata", "mapped_column", "property"])
def test_a_field_that_a_model_would_stumble_over_has_an_underscore_in_python(name: str) -> None:
    assert safe_attribute(name) == f"{name}_"


def renamed(specs: str, names: Mapping[str, str]) -> str:
    """Return specs with other names of entities."""
    return re.sub("|".join(rf"\b{name}\b" for name in names), lambda found: names[found[0]], specs)


def origins(module: ast.Module) -> Mapping[str, set[str]]:
    """Return where each name of a module comes from: modules that it is imported from, and lines that make it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in module.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name].add(node.module or "")
        elif isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found[node.name].add(f"line {node.lineno}")
        elif isinstance(node, ast.TypeAlias):
            found[node.name.id].add(f"line {node.lineno}")
    return found


@pytest.mark.parametrize(
    "names",
    [
        {"Loan": "Action", "Book": "Change", "Member": "Registration"},
        {"Loan": "Transition", "Book": "Seed", "Member": "Person"},
        {"Loan": "Derived", "Book": "Key", "Member": "Token"},
        {"Loan": "Payload", "Book": "Field", "Member": "Client"},
    ],
    ids=lambda names: "-".join(names.values()),
)
def test_no_module_has_two_things_of_an_entitys_name(names: Mapping[str, str]) -> None:
    features = FEATURES["featured"]
    specs = read_entity_specs(renamed(write_entity_specs(owned()), names), "specs.txt").specs
    tasks = render_service(build_inputs(with_features(specs, features), features=features))

    modules = {path: content.decode() for files in tasks.values() for path, content in files.items()}
    for path, content in modules.items():
        if path.endswith(".py"):
            twice = {name: sorted(found) for name, found in origins(ast.parse(content)).items() if len(found) > 1}
            assert twice == {}, path


def test_rules_stand_beside_an_entity_that_is_called_like_one() -> None:
    names = {"Room": "Transition", "Cleaning": "Derived"}
    specs = read_entity_specs(renamed(write_entity_specs(ruled()), names), "specs.txt").specs

    for files in render_service(build_inputs(specs)).values():
        for path, content in files.items():
            if path.startswith("app/rules/") and path.endswith(".py"):
                assert all(len(found) == 1 for found in origins(ast.parse(content)).values()), path


@pytest.mark.parametrize("name", ["Seeds", "OneOpen", "Mapping", "Warning", "RULES"])
def test_a_name_that_generated_modules_need_is_refused_with_what_to_do(name: str) -> None:
    specs = read_entity_specs(renamed(write_entity_specs(owned()), {"Book": name}), "specs.txt").specs
    features = ("auth", "docker")
    if name == "Seeds":
        assert render_service(build_inputs(with_features(specs, features), features=features))
        return
    with pytest.raises(UnsupportedSpecsError, match=f"needs the name {name} for itself"):
        build_inputs(with_features(specs, features), features=features)


@pytest.mark.parametrize("name", sorted(TAKEN_BY_ACCOUNTS))
def test_an_account_can_not_be_called_like_what_its_modules_need(name: str) -> None:
    specs = read_entity_specs(renamed(write_entity_specs(owned()), {"Member": name}), "specs.txt").specs
    with pytest.raises(UnsupportedSpecsError, match=f"needs the name {name} for itself; call the account otherwise"):
        build_inputs(with_features(specs, ("auth",)), features=("auth",))
