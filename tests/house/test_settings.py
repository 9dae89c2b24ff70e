"""Settings: every variable is documented, every problem is one sentence with its fix, no secret is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, doubts, load_settings

ROOT = Path(__file__).resolve().parents[2]
DESIGN = [
    "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "OPENAI_API_KEY",
    "OPENAI_BASE_URL", "GITHUB_TOKEN", "GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY", "GITHUB_OWNER", "GITHUB_API_URL",
    "GITHUB_URL", "PLANTHREAD_MODEL", "PLANTHREAD_PLANNER", "PLANTHREAD_DATA", "PLANTHREAD_DATABASE_URL",
    "PLANTHREAD_ENGINE_URL", "PLANTHREAD_PUBLIC_URL", "PLANTHREAD_BUDGET", "PLANTHREAD_CACHE", "PLANTHREAD_HOST",
    "PLANTHREAD_PORT", "PLANTHREAD_PRICES", "GITHUB_WEBHOOK_SECRET", "PLANTHREAD_LOG",
    "PLANTHREAD_BUILDS", "PLANTHREAD_LINK_DAYS",
]  # fmt: skip


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def problems() -> list[str]:
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert str(raised.value) == "\n".join(raised.value.problems)
    return raised.value.problems


def test_the_variables_are_those_that_other_programs_rely_on() -> None:
    assert sorted(name.upper() for name in Settings.model_fields) == sorted(DESIGN)


def test_the_example_names_every_variable_once_and_sets_none() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    variables = [line for line in lines if line and not line.startswith("#")]

    assert variables == [f"{name}=" for name in [line.partition("=")[0] for line in variables]]
    assert sorted(line.removesuffix("=") for line in variables) == sorted(DESIGN)


def test_an_untouched_copy_of_the_example_is_the_defaults() -> None:
    assert load_settings(ROOT / ".env.example") == load_settings(None)


def test_without_anything_set_all_stays_on_this_machine(tmp_path: Path) -> None:
    settings = load_settings()

    assert settings.planner == "built-in"
    assert settings.data == tmp_path / ".planthread"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/.planthread/plans.db"
    assert settings.engine_url == f"sqlite:///{tmp_path}/.planthread/engine.db"
    assert settings.public_url == "http://127.0.0.1:3001"
    assert settings.cache.name == "planthread"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@h/plans", "postgresql+psycopg://u:p@h/plans"),
        ("postgresql://u:p@h/plans", "postgresql+psycopg://u:p@h/plans"),
        ("sqlite:////data/plans.db", "sqlite+aiosqlite:////data/plans.db"),
        ("sqlite+aiosqlite:////data/plans.db", "sqlite+aiosqlite:////data/plans.db"),
    ],
)
def test_a_database_is_named_in_any_form_that_platforms_hand_out(
    monkeypatch: pytest.MonkeyPatch, given: str, used: str
) -> None:
    monkeypatch.setenv("PLANTHREAD_DATABASE_URL", given)

    assert load_settings().database_url == used


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PLANTHREAD_PORT=4000\nPLANTHREAD_MODEL=gpt-9\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PLANTHREAD_PORT", "5000")

    settings = load_settings()

    assert (settings.planthread_port, settings.planthread_model) == (5000, "gpt-9")


def test_a_model_plans_as_soon_as_there_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    assert load_settings().planner == "model"

    monkeypatch.setenv("PLANTHREAD_PLANNER", "built-in")
    assert load_settings().planner == "built-in"


def test_addresses_lose_their_closing_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:3000/api/")
    monkeypatch.setenv("PLANTHREAD_CACHE", "~/somewhere")

    settings = load_settings()

    assert settings.slack_api_url == "http://127.0.0.1:3000/api"
    assert settings.cache == Path("~/somewhere").expanduser()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xapp-swapped-by-mistake"),
        ("SLACK_APP_TOKEN", "xoxb-swapped-by-mistake"),
        ("SLACK_SIGNING_SECRET", "xapp-pasted-by-mistake"),
        ("SLACK_API_URL", "slack.example"),
        ("OPENAI_BASE_URL", "ftp://models.example"),
        ("GITHUB_API_URL", "file:///etc/passwd"),
        ("GITHUB_URL", "git@github.example"),
        ("GITHUB_WEBHOOK_SECRET", "easily-guessed"),
        ("PLANTHREAD_PUBLIC_URL", "planthread.example"),
        ("PLANTHREAD_PLANNER", "psychic"),
        ("PLANTHREAD_PORT", "70000"),
        ("PLANTHREAD_PORT", "many"),
        ("PLANTHREAD_BUDGET", "-5"),
        ("PLANTHREAD_LINK_DAYS", "forever"),
        ("PLANTHREAD_PRICES", "cheap"),
        ("PLANTHREAD_DATABASE_URL", "mysql://user:password@host/plans"),
        ("PLANTHREAD_ENGINE_URL", "mysql://host"),
    ],
)
def test_one_wrong_value_is_one_sentence_that_names_the_variable_and_not_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    (problem,) = problems()

    assert re.fullmatch(rf"{name} must .+\.", problem)
    assert value not in problem


def test_several_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTHREAD_PORT", "0")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "nonsense")

    assert [problem.split()[0] for problem in problems()] == ["SLACK_BOT_TOKEN", "PLANTHREAD_PORT"]


def test_what_does_not_fit_together_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTHREAD_PLANNER", "model")
    monkeypatch.setenv("GITHUB_APP_ID", "12")

    without_key, without_sibling = problems()

    assert "OPENAI_API_KEY is not set" in without_key
    assert without_sibling.startswith("GITHUB_APP_PRIVATE_KEY is not set")


def test_serving_needs_a_token_and_a_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    without_token, without_way = load_settings().problems_of_serving()
    assert without_token.startswith("SLACK_BOT_TOKEN is not set; ")
    assert without_way.startswith("SLACK_APP_TOKEN is not set; ")
    assert "SLACK_SIGNING_SECRET" in without_way

    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "hush")
    assert (load_settings().problems_of_serving(), load_settings().slack_mode) == ([], "HTTP")

    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert (load_settings().problems_of_serving(), load_settings().slack_mode) == ([], "Socket Mode")


def test_only_a_public_address_is_another_name_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().public_hosts == []

    monkeypatch.setenv("PLANTHREAD_PUBLIC_URL", "https://Bot.example.org:8443/planthread")
    assert load_settings().public_hosts == ["bot.example.org"]


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "SLACK_BOT_TOKEN": "xoxb-hush",
        "SLACK_APP_TOKEN": "xapp-hush",
        "SLACK_SIGNING_SECRET": "hush",
        "OPENAI_API_KEY": "sk-hush",
        "GITHUB_TOKEN": "ghp-hush",
        "GITHUB_APP_ID": "1",
        "GITHUB_WEBHOOK_SECRET": "hush-hush-hush-hush",
        "GITHUB_APP_PRIVATE_KEY": "hush",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)

    assert "hush" not in repr(load_settings())
    assert "hush" not in load_settings().model_dump_json()


def test_a_line_that_says_nothing_is_told_with_its_number(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('# tokens\n\nPLANTHREAD_PORT 4000\nPLANTHREAD_MODEL=m\nLONELY\nX="open\n')

    assert [problem.partition(" can't be read")[0] for problem in problems()] == [
        ".env, line 3", ".env, line 5", ".env, line 6",
    ]  # fmt: skip


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()

    (problem,) = problems()
    assert problem.startswith(".env is a folder")


def test_a_misspelt_variable_is_told_with_the_likely_one(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("OPENAI_KEY=k\nEDITOR=vi\nPLANTHREAD_COLOUR=red\n")
    given = {"SLACK_BOT_TOKN": "x", "GITHUB_REPOSITORY_OWNER": "of CI"}

    wrong_name, in_file, unknown = doubts(file, given)

    assert (
        wrong_name == "SLACK_BOT_TOKN is no setting of Planthread, so it changes nothing. Did you mean SLACK_BOT_TOKEN?"
    )
    assert unknown.startswith("PLANTHREAD_COLOUR is no setting")
    assert in_file.endswith("Did you mean OPENAI_API_KEY?")
    assert doubts(None, {"PLANTHREAD_PORT": "1"}) == []


def test_every_unknown_variable_that_begins_as_ours_do_is_told_wherever_it_is_set() -> None:
    (told,) = doubts(None, {"PLANTHREAD_COLOUR": "red"})

    assert told == "PLANTHREAD_COLOUR is no setting of Planthread, so it changes nothing. .env.example has them all."


@pytest.mark.parametrize("name", ["PLANTHREAD_SERVICE_HOST", "PLANTHREAD_SERVICE_PORT_HTTP", "PLANTHREAD_PORT_80_TCP"])
def test_what_a_platform_sets_for_a_service_of_our_name_is_no_mistake(name: str) -> None:
    assert doubts(None, {name: "tcp://10.0.0.1:3001"}) == []


@pytest.mark.parametrize("zone", ["Mars/Base", "Europe", "../etc/passwd", "/no/such/zone", "Berlin", "\0"])
def test_a_zone_that_nobody_knows_is_told_with_what_is_used_instead(zone: str) -> None:
    (told,) = doubts(None, {"TZ": zone})

    assert told.startswith(f"TZ {zone} is no time zone that is known here, so this machine's own times are UTC")


@pytest.mark.parametrize(
    "zone", ["", "UTC", "Europe/Berlin", ":Europe/Berlin", "EST5EDT", "CET-1CEST,M3.5.0,M10.5.0/3", "<+03>-3", "UTC0"]
)
def test_a_zone_that_the_system_understands_is_fine(zone: str) -> None:
    assert doubts(None, {"TZ": zone}) == []
