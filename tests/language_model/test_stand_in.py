"""The scripted server as a program of its own, as the end-to-end test starts it."""

from __future__ import annotations

import re
import subprocess
import sys

from bot.language_model.openai_model import OpenAIModel
from bot.planning.model.custom_task import CustomTaskRequest, CustomTaskWriter
from bot.planning.model.planner import ModelPlanner
from bot.planning.shipped_rules import shipped_house_rules
from tests.planning.talking import talk
from tests.stand_ins.library_script import CUSTOM_FILES


async def test_the_library_script_plans_and_writes_its_custom_task() -> None:
    command = [sys.executable, "-m", "tests.stand_ins.model", "--port", "0", "--script", "library", "--key", "sk-story"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = re.fullmatch(r"listening on (\S+)\n", server.stdout.readline())
        assert found
        model = OpenAIModel(api_key="sk-story", base_url=found[1], model="some-model")
        planner = ModelPlanner(model)
        assert (await planner.interview(talk("a library"))).questions == ()
        proposal = await planner.propose(talk("a library"))
        behaviour = proposal.custom[0]
        written = await CustomTaskWriter(model).write(
            CustomTaskRequest(
                title=behaviour.title,
                criterion=behaviour.criterion,
                done=behaviour.done,
                specs="ENTITY: Loan",
                paths=tuple(CUSTOM_FILES),
                existing={},
                house_rules=shipped_house_rules().lines(),
            )
        )
        await model.close()
    finally:
        server.terminate()
        server.wait(10)

    assert [entity.name for entity in proposal.specs.entities] == ["Book", "Member", "Loan"]
    assert written.files == CUSTOM_FILES
