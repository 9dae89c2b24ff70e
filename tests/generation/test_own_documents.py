"""Documents that are derived hold every check: a build says nothing about what nobody but us has written."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs, check_plan
from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.blueprint import load_blueprint
from tests.generated_services.service_specs import whole_specs
from tests.generation.samples import build_inputs, owned

ALL = load_blueprint().feature_names


@pytest.mark.parametrize("features", [*[("auth", name) for name in ALL], ALL], ids=lambda names: names[-1])
@pytest.mark.parametrize("specs", [owned(), whole_specs(3)], ids=["library", "dense"])
def test_requirements_and_tasks_of_every_feature_hold_every_check(
    specs: EntitySpecs, features: tuple[str, ...]
) -> None:
    inputs = build_inputs(specs, features=tuple(dict.fromkeys(features)))
    found = check_plan(inputs.specs, inputs.requirements, inputs.task_plan)
    of_specs = check_entity_specs(inputs.specs)
    assert [finding for finding in found if finding not in of_specs] == []
