"""What commands accept and refuse, and how they leave."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from bot import __version__, cli
from bot.cli import app
from bot.cli.build import author_of, features_of, name_of, start_of, text_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def planthread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Give the program in an empty folder, without any variable of ours."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PLANTHREAD_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return CliRunner()


def test_it_says_its_version_and_lists_its_commands(planthread: CliRunner) -> None:
    assert planthread.invoke(app, ["--version"]).stdout == f"planthread {__version__}\n"

    listed = planthread.invoke(app, ["--help"]).stdout
    assert all(
        f"  {command} " in listed
        for command in (
            "local",
            "new",
            "build",
            "lint",
            "show",
            "fmt",
            "tick",
            "convert",
            "manifest",
            "doctor",
            "setup",
        )
    )


def test_the_manifest_is_printed_as_it_ships(planthread: CliRunner) -> None:
    printed = planthread.invoke(app, ["manifest"])

    assert json.loads(printed.stdout) == json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))


def test_the_manifest_for_http_names_the_bot_s_address_wherever_slack_calls(planthread: CliRunner) -> None:
    shipped = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))

    printed = json.loads(planthread.invoke(app, ["manifest", "--url", "https://bot.example.org/"]).stdout)

    address = "https://bot.example.org/slack/events"
    assert printed["settings"]["socket_mode_enabled"] is False
    assert printed["settings"]["event_subscriptions"].pop("request_url") == address
    assert printed["settings"]["interactivity"].pop("request_url") == address
    assert [command.pop("url") for command in printed["features"]["slash_commands"]] == [address]
    printed["settings"]["socket_mode_enabled"] = True
    assert printed == shipped


@pytest.mark.parametrize("url", ["http://bot.example.org", "bot.example.org", "https://"])
def test_the_manifest_takes_only_addresses_that_slack_can_reach(planthread: CliRunner, url: str) -> None:
    refused = planthread.invoke(app, ["manifest", "--url", url])

    assert refused.exit_code == 2
    assert "begins with https://" in refused.stderr


def test_serving_without_tokens_is_wrong_usage_and_says_what_to_do(planthread: CliRunner) -> None:
    refused = planthread.invoke(app, ["serve"])

    assert refused.exit_code == 2
    assert refused.stderr.startswith("planthread: SLACK_BOT_TOKEN is not set; install the app in Slack")


@pytest.mark.parametrize("command", [["serve"], ["local", "--no-open"], ["new"]])
def test_a_wrong_setting_is_wrong_usage_for_every_command(
    planthread: CliRunner, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("PLANTHREAD_PORT", "none")

    refused = planthread.invoke(app, command)

    assert refused.exit_code == 2
    assert refused.stderr.startswith("planthread: PLANTHREAD_PORT must be a free port's number")


def test_a_plan_for_what_is_no_repository_is_wrong_usage_and_begins_nothing(
    planthread: CliRunner, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    refused = planthread.invoke(app, ["new", "--repository", "empty"], env={"PLANTHREAD_DATA": "data"})

    assert refused.exit_code == 2
    assert "name the folder of a repository" in refused.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--out", "new", "--date", "tomorrow"], "--date tomorrow is no date"),
        (["--out", "new", "--author", "Mara"], "--author Mara names nobody"),
        (["--out", "full"], "full holds something already"),
    ],
)
def test_building_refuses_what_it_cannot_read(
    planthread: CliRunner, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    (tmp_path / "specs.md").write_text("anything")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept.txt").write_text("mine")

    refused = planthread.invoke(app, ["build", "specs.md", *arguments])

    assert refused.exit_code == 2
    assert sentence in refused.stderr
    assert (tmp_path / "full" / "kept.txt").read_text() == "mine"


def test_a_file_that_is_not_there_is_wrong_usage(planthread: CliRunner) -> None:
    assert planthread.invoke(app, ["build", "absent.md", "--out", "new"]).exit_code == 2


def test_a_document_must_be_text_of_a_sane_size(tmp_path: Path) -> None:
    document = tmp_path / "specs.md"
    document.write_bytes(b"caf\xe9")
    with pytest.raises(ValueError, match=r"not UTF-8 text \(byte 3\)"):
        text_of(document)

    document.write_bytes(b"a" * 1_000_001)
    with pytest.raises(ValueError, match="is it the right file"):
        text_of(document)


def test_features_that_nobody_names_are_left_to_the_build() -> None:
    assert features_of("") is None
    assert features_of("docker, auth,docker") == ("docker", "auth")


def test_a_start_date_is_midnight_in_utc() -> None:
    assert start_of("2026-11-20") == datetime(2026, 11, 20, tzinfo=UTC)
    assert start_of("2026-11-20T10:00:00+02:00") == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert (start_of("").hour, start_of("").tzinfo) == (0, UTC)


@pytest.mark.parametrize(
    "text", ["1969-12-31", "0001-01-01", "1970-01-01T00:00:00+14:00", "2100-01-01", "0001-01-01T00:00+05:00"]
)
def test_a_date_that_git_does_not_keep_is_no_start(text: str) -> None:
    with pytest.raises(ValueError, match="is no date that git can keep; write one from 1970 to 2099"):
        start_of(text)


def test_the_first_and_the_last_date_are_starts() -> None:
    assert [start_of(day).timestamp() for day in ("1970-01-01", "2099-12-31")] == [0.0, 4102358400.0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\nb", "without control characters"),
        ("a\x1b[2Jb", "without control characters"),
        ("a\u2028b", "without control characters"),
        ("a\udcffb", "without control characters"),
        ("x" * 201, "at most 200 letters"),
        ("", "is blank"),
        (" \t ", "is blank"),
        ("\u200b", "is blank"),
    ],
)
def test_a_name_is_one_line_that_people_can_read(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        name_of(text)


def test_a_name_may_be_in_any_language() -> None:
    assert [name_of(name) for name in (" Büro ", "图书馆", "👩\u200d💻", "x" * 200)] == [
        "Büro",
        "图书馆",
        "👩\u200d💻",
        "x" * 200,
    ]


def test_an_author_has_a_name_and_an_address() -> None:
    assert author_of("Mara Lind <mara@example.org>") == ("Mara Lind", "mara@example.org")
    for wrong in (
        "Mara",
        "<mara@example.org>",
        "Mara <a b>",
        "Mara <m@example.org>\nEvil: yes",
        "Ma\x1bra <m@e.org>",
        "x" * 201 + "<m@e.org>",
    ):
        with pytest.raises(ValueError, match="names nobody"):
            author_of(wrong)


def test_what_nobody_expected_is_logged_under_the_number_that_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "app", broken)

    with pytest.raises(SystemExit) as left:
        cli.main()

    (record,) = caplog.records
    number = record.getMessage().removeprefix("unexpected error ")
    assert left.value.code == 1
    assert record.exc_info
    assert f"error {number}." in capsys.readouterr().err


def test_ctrl_c_ends_as_shells_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "app", interrupted)

    with pytest.raises(SystemExit) as left:
        cli.main()

    assert left.value.code == 130


@pytest.mark.parametrize(("command", "folder"), [("new", "terminal"), ("serve", ".")])
def test_a_data_folder_in_use_is_refused_with_what_to_do(
    planthread: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, folder: str
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("PLANTHREAD_DATA", str(tmp_path / "data"))
    data = tmp_path / "data" / folder
    data.mkdir(parents=True)

    with FileLock(data / "planthread.lock"):
        refused = planthread.invoke(app, [command])

    assert refused.exit_code == 1
    assert refused.stderr.startswith("planthread: Another Planthread works on")
