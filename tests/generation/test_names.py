"""Names: what an entity or a field is called in code never hides what code, tests or a library need."""

from __future__ import annotations

import pytest

from bot.generation.names import entity_names, safe_attribute
from tests.generation.samples import entity, key, text


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
