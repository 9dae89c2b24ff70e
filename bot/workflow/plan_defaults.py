"""What a channel decided of how its plans are approved, built and delivered, apart from who approves them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.documents.entities.entity_specs import FEATURES
from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.workflow.refusals import Refused

__all__ = [
    "NOBODY_ELSE",
    "Delivery",
    "Gates",
    "PlanDefaults",
    "SettingsRefused",
    "access_said",
    "read_access",
    "require_known",
]

NOBODY_ELSE = "Nobody else"
"""The answer that names nobody who gets access."""
NOBODY = frozenset({"nobody else", "nobody", "no one", "no one else", "none", "just us", "only us"})

MOST_ACCESS = 20
"""People and teams that a channel names at most; more of them form a team."""
LOGIN = regex(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")
"""A name on GitHub, of a person or an organisation: letters, digits and single hyphens between them."""
TEAM = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


class SettingsRefused(Refused):
    """Settings can't be as they were asked for. ``about`` names the one, such as people, needed, budget or revision."""

    def __init__(self, about: str, sentence: str) -> None:
        """Say what is wrong with which setting."""
        super().__init__(sentence)
        self.about = about


class Gates(StrEnum):
    """How the documents of a plan are approved."""

    ONE = "one"
    """All of them together, in one review; above eight entities like EACH."""
    EACH = "each"
    """Requirements, then entities, then the task plan, each by itself."""


class Delivery(StrEnum):
    """Where the repository of a plan goes when it is made; one that is there stays where it is."""

    CONFIGURED = "configured"
    """To GitHub where the bot has a token or an App for it, else it stays with the bot."""
    HERE = "here"
    """It stays with the bot, in any case."""


class PlanDefaults(Frozen):
    """What holds for the plans of a channel; the usual ones, where nobody decided anything."""

    gates: Gates = Gates.ONE
    features: tuple[str, ...] = ()
    """Features that a plan made there gets in its first review, by their names; people may take them out again."""
    delivery: Delivery = Delivery.CONFIGURED
    github_owner: str = ""
    """Whose repositories they become on GitHub; empty: whose the configuration says."""
    github_access: tuple[str, ...] = ()
    """Who gets access on GitHub: names of people, and teams as ``organisation/team``."""


def require_known(defaults: PlanDefaults) -> None:
    """Raise SettingsRefused for a feature that no service can have, and for what is no name on GitHub."""
    unknown = [name for name in defaults.features if name not in FEATURES]
    if unknown:
        raise SettingsRefused("features", f"There is no feature {unknown[0][:40]}. Choose from the list.")
    if defaults.github_owner and not LOGIN.fullmatch(defaults.github_owner):
        raise SettingsRefused(
            "github_owner", "Write the owner's name as in github.com/NAME: letters, digits and hyphens."
        )
    wrong = [name for name in defaults.github_access if not is_known_form(name)]
    if wrong:
        raise SettingsRefused(
            "github_access",
            f"“{wrong[0][:60]}” is no name on GitHub. Write names of people such as octocat, and teams as "
            "organisation/team.",
        )
    if len(defaults.github_access) > MOST_ACCESS:
        raise SettingsRefused("github_access", f"Name at most {MOST_ACCESS}; a team can hold more people.")


def is_known_form(name: str) -> bool:
    """Tell whether something is written as a person's name on GitHub, or as a team's."""
    owner, slash, team = name.partition("/")
    return LOGIN.fullmatch(owner) is not None and (not slash or TEAM.fullmatch(team) is not None)


def read_access(text: str) -> Sequence[str]:
    """Return the names in a text such as ``octocat, @hubot acme/backend``, each once."""
    found = (word.strip().removeprefix("@") for word in re.split(r"[\s,;]+", text))
    return list(dict.fromkeys(name for name in found if name))


def access_said(text: str) -> str:
    """Return whom an answer names who gets access, each once and with commas between, or that it is nobody else.

    Raises SettingsRefused for what is no name on GitHub.
    """
    if text.strip(" .!").casefold() in NOBODY:
        return NOBODY_ELSE
    names = tuple(name.rstrip(".") for name in read_access(text) if name.casefold() != "and")
    if not names:
        raise SettingsRefused(
            "github_access", "Give names on GitHub such as octocat or acme/backend, or say `nobody else`."
        )
    require_known(PlanDefaults(github_access=names))
    return ", ".join(names)
