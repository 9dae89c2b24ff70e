"""The settings: what the environment and `.env` say, checked at once, each problem one sentence with its fix.

An attribute is its variable's name in lower case, without exception. Only `bot.app` and `bot.cli` read this module.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv.parser import Binding, parse_stream
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.language_model.prices import Prices, read_prices
from bot.patterns import regex

__all__ = ["Settings", "SettingsError", "doubts", "load_settings"]


GITHUB_API = "https://api.github.com"
GITHUB = "https://github.com"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
"""The asynchronous driver for each scheme of a database's address."""


OURS = "PLANTHREAD_"
ADDRESS_OF_A_SERVICE = regex(r"PLANTHREAD_(SERVICE_.*|PORT_\d.*)")
"""What Kubernetes sets, and Docker's links set, for a service that is called planthread."""
RULE_OF_A_ZONE = regex(r"(<[^>]+>|[A-Za-z]{3,})[+-]?\d")
"""How a zone begins that POSIX writes as a rule, such as ``CET-1CEST,M3.5.0,M10.5.0/3``."""
LIKENESS = 0.8
"""Of two names, from 0 to 1; with less than that, one isn't taken for the other."""

SHORTEST_SECRET = 16
"""Characters."""


class SettingsError(Exception):
    """The environment can't be worked with. ``problems`` holds one sentence each: the variable and the fix."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the sentences; as text they are one a line."""
        super().__init__("\n".join(problems))
        self.problems = problems


def address(value: str) -> str:
    """Check an HTTP address and take its closing slash off."""
    if not value.startswith(("http://", "https://")) or value.rstrip("/").endswith(":"):
        raise ValueError(value)
    return value.rstrip("/")


def token(prefix: str) -> AfterValidator:
    """Return a check that a secret begins as its kind does."""

    def begins(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(prefix)
        return value

    return AfterValidator(begins)


def no_token(value: SecretStr) -> SecretStr:
    """Check that a secret is none of Slack's tokens, and says something."""
    text = value.get_secret_value()
    if not text.strip() or text.startswith(("xox", "xapp-")):
        raise ValueError
    return value


def long_enough(value: SecretStr) -> SecretStr:
    """Check that a secret which we choose ourselves can't be guessed."""
    if len(value.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError
    return value


def one_word(value: SecretStr) -> SecretStr:
    """Check that a secret can be sent in the head of a request: nothing of it was pasted along, or is an ellipsis."""
    text = value.get_secret_value()
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError
    return value


def sqlite(value: str) -> str:
    """Check that a database address is one of SQLite."""
    if not value.startswith("sqlite"):
        raise ValueError(value)
    return value


def price_list(value: str) -> str:
    """Check the prices of tokens."""
    read_prices(value)
    return value


def store(value: str) -> str:
    """Return the address of a store for its asynchronous driver, from any form in which platforms hand it out."""
    scheme, colon, rest = value.partition("://")
    if not colon or scheme not in DRIVERS:
        raise ValueError(value)
    return f"{DRIVERS[scheme]}://{rest}"


HttpAddress = Annotated[str, AfterValidator(address)]
SqliteAddress = Annotated[str, AfterValidator(sqlite)]
StoreAddress = Annotated[str, AfterValidator(store)]

EXPECTED = {
    "slack_bot_token": "must begin with xoxb-; copy the Bot User OAuth Token of your app's page OAuth & Permissions",
    "slack_app_token": "must begin with xapp-; make an app-level token with the scope connections:write for it",
    "slack_signing_secret": "must be the Signing Secret of your app's page Basic Information, which is no token",
    "openai_api_key": "must be the key alone, without spaces, line ends or other letters around it; copy it again",
    "github_webhook_secret": f"must have at least {SHORTEST_SECRET} characters; make one with `openssl rand -hex 32`, "
    "and give the same to the webhook on GitHub",
    "planthread_planner": "must be built-in, model or auto (auto: the model as soon as OPENAI_API_KEY is set)",
    "planthread_builds": "must be a number of builds from 1 to 4; 2 suits two cores",
    "planthread_log": "must be json or text; leave it empty for lines of JSON",
    "planthread_link_days": "must be a number of days from 1 to 3650, for which links to pages are good; 30 without it",
    "planthread_port": "must be a free port's number from 1 to 65535, such as 3001",
    "planthread_budget": "must be a whole number of tokens, such as 500000; 0 sets no limit",
    "planthread_prices": "must be two prices of a million tokens (read, written) and a currency, such as 1.25 10 USD",
    "planthread_database_url": "must begin with postgresql:// or sqlite:///; leave it empty for a file in "
    "PLANTHREAD_DATA",
    "planthread_engine_url": "must begin with sqlite:///; leave it empty for a file in PLANTHREAD_DATA",
}
"""What a variable must be, as the end of the sentence that begins with its name. Values are never shown."""


class Settings(BaseSettings):
    """Everything that can be configured. Empty variables count as unset; secrets never show in logs or messages."""

    model_config = SettingsConfigDict(env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: Annotated[SecretStr, token("xoxb-")] | None = None
    slack_app_token: Annotated[SecretStr, token("xapp-")] | None = None
    slack_signing_secret: Annotated[SecretStr, AfterValidator(no_token)] | None = None
    slack_api_url: HttpAddress = "https://slack.com/api"

    openai_api_key: Annotated[SecretStr, AfterValidator(one_word)] | None = None
    openai_base_url: HttpAddress | None = None

    github_token: SecretStr | None = None
    github_app_id: str | None = None
    github_app_private_key: SecretStr | None = None
    github_owner: str | None = None
    github_webhook_secret: Annotated[SecretStr, AfterValidator(long_enough)] | None = None
    github_api_url: HttpAddress = GITHUB_API
    github_url: HttpAddress = GITHUB

    planthread_model: str = "gpt-5"
    planthread_planner: Literal["built-in", "model", "auto"] = "auto"
    planthread_data: Path = Path(".planthread")
    planthread_database_url: StoreAddress | None = None
    planthread_engine_url: SqliteAddress | None = None
    planthread_public_url: HttpAddress | None = None
    planthread_link_days: Annotated[int, Field(ge=1, le=3650)] = 30
    planthread_budget: Annotated[int, Field(ge=0)] = 500_000
    planthread_prices: Annotated[str, AfterValidator(price_list)] | None = None
    planthread_builds: Annotated[int, Field(ge=1, le=4)] = 2
    planthread_log: Literal["json", "text"] = "json"
    planthread_cache: Path | None = None
    planthread_host: str = "127.0.0.1"
    planthread_port: Annotated[int, Field(ge=1, le=65535)] = 3001

    @property
    def planner(self) -> Literal["built-in", "model"]:
        """The planner of new plans: the model as soon as there is a key, unless said otherwise."""
        if self.planthread_planner != "auto":
            return self.planthread_planner
        return "model" if self.openai_api_key else "built-in"

    @property
    def prices(self) -> Prices | None:
        """What tokens cost; None where nobody said."""
        return read_prices(self.planthread_prices) if self.planthread_prices else None

    @property
    def data(self) -> Path:
        """The folder of databases and local repositories, as an absolute path."""
        return self.planthread_data.expanduser().absolute()

    @property
    def database_url(self) -> str:
        """The address of the plans' database, for an asynchronous driver."""
        return self.planthread_database_url or f"sqlite+aiosqlite:///{self.data / 'plans.db'}"

    @property
    def engine_url(self) -> str:
        """The address of the engine's own, disposable database."""
        return self.planthread_engine_url or f"sqlite:///{self.data / 'engine.db'}"

    @property
    def public_url(self) -> str:
        """Where people's browsers reach the bot's own pages, without a closing slash."""
        return self.planthread_public_url or f"http://127.0.0.1:{self.planthread_port}"

    @property
    def is_on_this_machine(self) -> bool:
        """Tell whether people's browsers reach the bot's pages by the loopback of its own machine."""
        return urlsplit(self.public_url).hostname in LOOPBACK

    @property
    def is_reached_from_here_only(self) -> bool:
        """Tell whether nobody on another machine reaches the bot's pages, neither by name nor by an open port."""
        return self.is_on_this_machine and self.planthread_host in LOOPBACK

    @property
    def public_hosts(self) -> list[str]:
        """The name under which a proxy or a tunnel on this machine passes requests on, if there is one."""
        host = urlsplit(self.planthread_public_url or "").hostname
        return [host] if host else []

    @property
    def is_half_of_another_github(self) -> bool:
        """Tell whether calls and pushes would go to two servers, and a token to one that it isn't for."""
        return (self.github_api_url == GITHUB_API) != (self.github_url == GITHUB)

    @property
    def slack_mode(self) -> Literal["Socket Mode", "HTTP"]:
        """How Slack reaches the bot: by the socket as soon as there is a token for it."""
        return "Socket Mode" if self.slack_app_token else "HTTP"

    @property
    def cache(self) -> Path:
        """The folder of fetched packages and warm caches; it can be deleted at any time."""
        if self.planthread_cache:
            return self.planthread_cache.expanduser().absolute()
        from platformdirs import user_cache_path

        return user_cache_path("planthread")

    def problems(self) -> list[str]:
        """Return what doesn't fit together, one sentence each."""
        found = []
        if self.planthread_planner == "model" and not self.openai_api_key:
            found.append("PLANTHREAD_PLANNER is model but OPENAI_API_KEY is not set; set the key, or choose built-in.")
        if bool(self.github_app_id) != bool(self.github_app_private_key):
            there, missing = "GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY"
            if not self.github_app_id:
                there, missing = missing, there
            found.append(f"{missing} is not set though {there} is; a GitHub App needs both, or neither.")
        if (self.github_token or self.github_app_id) and self.is_half_of_another_github:
            there, missing = "GITHUB_API_URL", "GITHUB_URL"
            if self.github_api_url == GITHUB_API:
                there, missing = missing, there
            found.append(
                f"{missing} is not set though {there} is; another server than github.com needs both, or neither."
            )
        return found

    def problems_of_serving(self) -> list[str]:
        """Return what `planthread serve` lacks, one sentence each."""
        found = []
        if not self.slack_bot_token:
            found.append("SLACK_BOT_TOKEN is not set; install the app in Slack and copy its Bot User OAuth Token.")
        if not (self.slack_app_token or self.slack_signing_secret):
            found.append(
                "SLACK_APP_TOKEN is not set; make an app-level token with connections:write (Basic Information, "
                "App-Level Tokens) for Socket Mode, or set SLACK_SIGNING_SECRET (the same page) for HTTP."
            )
        return found


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment, then `.env` of the working folder for what it leaves open. Raises SettingsError."""
    broken = broken_lines(env_file)
    if broken:
        raise SettingsError(broken)
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        names = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors(include_input=False))
        raise SettingsError([sentence(name) for name in names]) from None
    except (UnicodeError, OSError) as error:
        reason = "it is no UTF-8" if isinstance(error, UnicodeError) else error.strerror
        raise SettingsError([f"{env_file} can't be read ({reason}); save it as text in UTF-8, or remove it."]) from None
    problems = settings.problems()
    if problems:
        raise SettingsError(problems)
    return settings


def bindings(env_file: Path | None) -> list[Binding]:
    """Return what the lines of `.env` say; nothing where it isn't there or can't be read, which is told elsewhere."""
    if env_file is None:
        return []
    try:
        with env_file.open(encoding="utf-8") as lines:
            return list(parse_stream(lines))
    except (OSError, UnicodeError):
        return []


def broken_lines(env_file: Path | None) -> list[str]:
    """Return a sentence for each line of `.env` that would be passed over in silence, or for all of it."""
    if env_file is not None and env_file.is_dir():
        return [
            f"{env_file} is a folder, so no setting is read from it. Remove it, and copy .env.example to {env_file}."
        ]
    return [
        f"{env_file}, line {one.original.line + blank_lines(one)} can't be read: it must be NAME=value, with quotes "
        "that are closed again. Correct it, or put # before it."
        for one in bindings(env_file)
        if one.error or (one.key is not None and one.value is None)
    ]


def blank_lines(one: Binding) -> int:
    """Return how many empty lines the parser counts to a binding before its own."""
    text = one.original.string
    return text[: len(text) - len(text.lstrip())].count("\n")


def doubts(env_file: Path | None = Path(".env"), environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return a sentence for each variable that nothing reads though it looks like one of ours, and for an unknown zone.

    Others put variables there too: only those count that begin as ours do, or are spelt like one of them.
    """
    known = [name.upper() for name in Settings.model_fields]
    in_file = dict.fromkeys(one.key for one in bindings(env_file) if one.key)
    found = []
    for name in dict.fromkeys([*environment, *in_file]):
        if name.upper() in known:
            continue
        meant = likely(name.upper(), known)
        if meant and not environment.get(meant):
            found.append(f"{name} is no setting of Planthread, so it changes nothing. Did you mean {meant}?")
        elif name.startswith(OURS) and not ADDRESS_OF_A_SERVICE.fullmatch(name):
            found.append(f"{name} is no setting of Planthread, so it changes nothing. .env.example has them all.")
    zone = environment.get("TZ", "")
    if not is_time_zone(zone):
        found.append(
            f"TZ {zone} is no time zone that is known here, so this machine's own times are UTC; digests and the log "
            "don't rest on it. Set it to one such as Europe/Berlin, or take it away."
        )
    return found


def is_time_zone(name: str) -> bool:
    """Tell whether a value of TZ is one that the system understands: a place, a file, or a rule; nothing is UTC."""
    name = name.removeprefix(":")
    if not name or RULE_OF_A_ZONE.match(name):
        return True
    if name.startswith("/"):
        return Path(name).is_file()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def likely(name: str, known: Sequence[str]) -> str:
    """Return the name that another was meant to be, such as ``PLANTHREAD_BUILDS`` for one without its last letter."""
    prefix = OURS if name.startswith(OURS) else ""
    rests = [one.removeprefix(prefix) for one in known if one.startswith(prefix)]
    near = get_close_matches(name.removeprefix(prefix), rests, n=1, cutoff=LIKENESS)
    return f"{prefix}{near[0]}" if near else ""


def sentence(name: str) -> str:
    """Say what a variable must be."""
    return f"{name.upper()} {EXPECTED.get(name, 'must be a full address that begins with http:// or https://')}."
