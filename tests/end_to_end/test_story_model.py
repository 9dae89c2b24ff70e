"""The second story: a model plans and writes one custom task, and GitHub takes the repository."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.clones import built_again, git, own_tests
from tests.end_to_end.conftest import Start
from tests.end_to_end.people import Person, text_of
from tests.end_to_end.programs import Program
from tests.end_to_end.test_story_built_in import LIBRARY
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.library_script import LIBRARY as SCRIPT
from tests.stand_ins.model import ModelStandIn

TOKEN = "ghp_end_to_end_0123456789"
THREAD = "a member borrows many books"


@pytest.mark.environment
@pytest.mark.sandbox
@pytest.mark.timeout(1200)
def test_a_model_plans_and_writes_a_task_and_github_takes_the_repository(
    start: Start, people: Callable[[Program, str], Person], tmp_path: Path, cache: Path
) -> None:
    with (
        ModelStandIn(SCRIPT) as model,
        GitHubStandIn(tmp_path / "github", TOKEN) as github,
    ):
        page, _bot = start(
            OPENAI_API_KEY=model.key,
            OPENAI_BASE_URL=model.url,
            PLANTHREAD_MODEL="scripted-model",
            GITHUB_TOKEN=TOKEN,
            GITHUB_API_URL=github.url,
            GITHUB_URL=github.url,
        )
        mara = people(page, "Mara")
        mara.command(LIBRARY)
        head = mara.sees("planner: scripted-model")["ts"]

        review = mara.sees(", for review", head)
        assert "Overdue loans" in text_of(review)
        mara.press(review, "Approve and build")

        mara.press(mara.sees("Who gets access to planthread-bot/library?", head), "Nobody else")
        delivered = text_of(mara.sees("*Library is ready*", head))
        assert f"{github.url}/planthread-bot/library" in delivered
        assert model.refused == [], "every prompt held its rules and the schema"
        assert THREAD in model.prompts()[0], "the planner read the thread"
        assert github.pushes, "pushed by git"
        assert TOKEN not in (tmp_path / "bot.log").read_text(), "the token is in no log"

        place = tmp_path / "clone"
        basic = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
        header = f"http.extraHeader=Authorization: Basic {basic}"
        git("-c", header, "clone", "--quiet", f"{github.url}/planthread-bot/library.git", str(place))
        written = git("log", "--format=%s", "--", "app/services/overdue_loans.py", folder=place)
        assert written.strip(), "the model's task has a commit of its own"
        assert "overdue" in (place / "app/api/router.py").read_text()
        assert "- [ ]" not in (place / ".planning/tasks.md").read_text()
        tests = [path for path in git("ls-files", "tests", folder=place).split() if "overdue" in path]
        assert " passed" in own_tests(place, cache, *tests), "the model's own tests"
        overdue = (place / "app/services/overdue_loans.py").read_text()
        built_again(place, "  - isbn:", "  - shelf: Optional[str] (max 20)\n")
        assert (place / "app/services/overdue_loans.py").read_text() == overdue, "what the model wrote stays"
        assert "overdue_loans" in (place / "app/api/router.py").read_text()
        assert "Overdue loans" in (place / ".planning/tasks.md").read_text()
