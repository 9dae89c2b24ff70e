"""Facts about specs: what the service and each entity is known by."""

from __future__ import annotations

from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.facts import MOST_QUERIES, facts_about
from bot.generation.view import specs_view
from tests.generated_services.hundred import hundred_entities
from tests.generation.samples import library


def test_a_service_knows_when_its_lists_and_reads_have_more_schemas_than_fastapi_keeps() -> None:
    many, few = hundred_entities(100), library()

    assert "many queries" in facts_about("", many)
    assert "many queries" not in facts_about("", few)
    assert "many queries" not in facts_about(many.entities[0].name, many)
    assert (specs_view(many).has_many_queries, specs_view(few).has_many_queries) == (True, False)


def test_the_facts_of_a_service_are_those_of_its_entities_together() -> None:
    specs = library()
    together = set().union(*(facts_about(entity.name, specs) for entity in specs.entities))

    assert facts_about("", specs) == together
    assert facts_about("no such entity", specs) == together
    assert facts_about("", EntitySpecs()) == frozenset()
    assert MOST_QUERIES < 128
