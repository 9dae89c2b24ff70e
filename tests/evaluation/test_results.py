"""Briefs are read or refused with a sentence; results are kept, dated, and shown; held-out briefs show numbers only."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest

from bot.evaluation.briefs import BriefError, read_brief, read_briefs
from bot.evaluation.results import NOT_MEASURED, Measured, Result, newest_results, record, scores_page
from bot.evaluation.run import Counter, measure
from bot.evaluation.scores import Score, Share
from bot.language_model.port import Usage
from bot.planning.conversation import Conversation, Interview
from tests.cli.planning import planthread
from tests.evaluation.briefs import BRIEF, GOOD, Scripted, small_brief

EVALS = Path(__file__).parent.parent.parent / "evals"


def test_all_briefs_of_the_project_are_read() -> None:
    briefs = read_briefs(EVALS)

    assert [brief.group for brief in briefs] == ["tuned"] * 20 + ["held_out"] * 10
    assert all(brief.ambiguities and brief.rules for brief in briefs)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Tools"\n', "", "title: Field required"),
        ('form = "derived"', 'form = "guessed"', "rules.1.form"),
        ('style = "plain"', 'style = "plain"\ncolour = "red"', "colour: Extra inputs"),
        ('title = "Tools"', "title = Tools", "can't be read as TOML"),
    ],
)
def test_a_brief_with_a_mistake_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(BriefError, match=r"tools\.toml") as refused:
        small_brief(tmp_path, text=BRIEF.replace(old, new))

    assert said in str(refused.value)


def test_a_brief_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="take it out"):
        read_brief(tmp_path / "none.toml")


def result(day: int = 1, planner: str = "built-in planner", kind: str = "built-in") -> Result:
    tuned = Score(entities=Share(found=3, wanted=4), missed=("entity Secret",))
    briefs = [Measured(file=name, group=name, title=name, score=tuned) for name in ("tuned", "held_out")]
    return Result(planner=planner, kind=kind, date=date(2026, 11, day), briefs=tuple(briefs))


def test_a_result_is_kept_with_its_date_and_nothing_of_what_was_missed(tmp_path: Path) -> None:
    path = record(result(), tmp_path / "results")

    assert path.name == "2026-11-01-built-in-planner.json"
    assert "Secret" not in path.read_text()
    (kept,) = newest_results(tmp_path / "results")
    assert kept.of_group("tuned").entities == Share(found=3, wanted=4)


def test_the_page_has_the_newest_result_of_each_planner(tmp_path: Path) -> None:
    record(result(1), tmp_path)
    record(result(9), tmp_path)
    page = scores_page(tmp_path)

    assert "measured on 2026-11-09" in page
    assert "2026-11-01" not in page
    assert "| entities found | 3 of 4 (75 %) | 3 of 4 (75 %) |" in page
    assert page.endswith(NOT_MEASURED)

    record(result(9, "gpt/9", "model"), tmp_path)
    assert NOT_MEASURED not in scores_page(tmp_path)


def test_a_file_that_holds_no_result_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text("{}")

    with pytest.raises(ValueError, match=r"notes\.json holds no result"):
        newest_results(tmp_path)


class Costly(Scripted):
    """A planner whose questions cost tokens."""

    def __init__(self, counter: Counter) -> None:
        """Remember who counts."""
        super().__init__(GOOD)
        self.counter = counter

    async def interview(self, conversation: Conversation) -> Interview:
        """Use some tokens."""
        await self.counter(Usage(decision="interview", model="m", input_tokens=100, output_tokens=7))
        return await super().interview(conversation)


def test_tokens_are_counted_for_each_brief_alone(tmp_path: Path) -> None:
    briefs = [small_brief(tmp_path), small_brief(tmp_path, "held_out")]
    heard: list[Measured] = []

    async def told(one: Measured) -> None:
        heard.append(one)

    measured = asyncio.run(measure(briefs, "model", Costly, date(2026, 11, 1), told))

    assert measured.planner == "scripted planner"
    assert [(one.score.input_tokens, one.score.output_tokens) for one in heard] == [(100, 7), (100, 7)]


def test_the_command_scores_and_keeps_and_never_shows_what_held_out_briefs_hold(tmp_path: Path) -> None:
    text = BRIEF.replace("We lend tools to neighbours.", "Tools with a name.")
    small_brief(tmp_path, text=text)
    small_brief(tmp_path, "held_out", text.replace("Neighbour", "Zookeeper"))

    done = planthread("eval", "--briefs", tmp_path, "--record", "--missed")

    assert done.exit_code == 0
    assert "tuned/tools: " in done.output
    assert "held_out/tools: " in done.output
    assert "Neighbour" in done.output
    assert "Zookeeper" not in done.output
    (kept,) = (tmp_path / "results").glob("*.json")
    assert json.loads(kept.read_text())["kind"] == "built-in"
    assert str(kept) in done.output


def test_the_command_says_where_briefs_are_expected(tmp_path: Path) -> None:
    done = planthread("eval", "--briefs", tmp_path)

    assert done.exit_code == 2
    assert "holds no briefs" in done.output


def test_a_model_needs_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_brief(tmp_path)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)

    done = planthread("eval", "--briefs", tmp_path, "--planner", "model")

    assert done.exit_code == 2
    assert "a model needs OPENAI_API_KEY" in done.output
