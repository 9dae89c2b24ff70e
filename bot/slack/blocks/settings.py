"""The forms of a channel's settings and of the house rules: to fill in for those who may, to read for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.entities.entity_specs import FEATURES
from bot.generation.blueprint import load_blueprint
from bot.slack.blocks.forms import (
    LONGEST_FIELD,
    Origin,
    field,
    modal,
    number_field,
    one_of,
    people_field,
    some_of,
    text_field,
    typed,
)
from bot.slack.blocks.views import within_a_view
from bot.slack.buttons import Action, Subject, button
from bot.slack.texts import fenced_sections, render, sections
from bot.workflow.approvals import MOST_TOGETHER
from bot.workflow.channel_settings import LARGEST_BUDGET, SMALLEST_BUDGET, DecidedSettings
from bot.workflow.forgotten import not_forgotten
from bot.workflow.house_rules import CurrentHouseRules
from bot.workflow.messages import is_direct
from bot.workflow.plan_defaults import Delivery, Gates
from bot.workflow.policy import MOST_NEEDED

__all__ = [
    "MOST_PARTS",
    "MOST_PEOPLE",
    "STARTER_COUNTS",
    "house_rules_view",
    "part_of_line",
    "rules_in",
    "settings_view",
    "split_rules",
]

MOST_PEOPLE = 20
"""People that a channel names at most; more of them form a user group."""
LONGEST_GROUPS = 500
LONGEST_NAME = 80
STARTER_COUNTS, SOMEBODY_ELSE = "counts", "somebody_else"
STAYS = "It counts for repositories that are made from now on; those that are there stay where they are."
MOST_PARTS = 20
"""Fields over which a text is spread at most; a longer one is edited as a file."""
ROOM_TO_WRITE = 600
"""Characters that each field of a text leaves free, so that something can be added to it."""


def settings_view(
    settings: DecidedSettings, handles: Sequence[str], origin: Origin, *, can_change: bool
) -> dict[str, Any]:
    """Return a channel's settings; ``handles`` are those of the user groups that may approve.

    The origin holds when its digest comes; a direct message has none but its person's own, which the Home tab shows.
    """
    values = {"settings": settings, "handles": handles, "digest": origin.digest}
    head = sections(render("settings", can_change=can_change, **values))
    rules = {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*House rules* of the workspace: what code that a model writes keeps to"},
        "accessory": button(Action.HOUSE_RULES, Subject(plan=""), label="House rules"),
    }
    fields = settings_fields(settings, handles) if can_change else []
    fields += plan_fields(settings) if can_change else []
    fields += digest_fields(origin.digest) if can_change and not is_direct(origin.channel) else []
    origin = origin.model_copy(update={"revision": settings.revision})
    submit = "Save" if can_change else ""
    return modal(Action.SETTINGS, "Channel settings", [*head, *fields, rules], origin, submit)


def settings_fields(settings: DecidedSettings, handles: Sequence[str]) -> list[dict[str, Any]]:
    """Return the fields, each with what holds now."""
    policy = settings.policy
    starter = {
        STARTER_COUNTS: "Whoever started the plan may be one of them",
        SOMEBODY_ELSE: "Somebody else than who started the plan",
    }
    return [
        field(
            "people",
            "Who may approve",
            people_field(not_forgotten(policy.people)[:MOST_PEOPLE], "Nobody by name", MOST_PEOPLE),
            "With nobody here and below: whoever started a plan, and members who wrote in its thread before the "
            "review. Guests approve only where they are named.",
            optional=True,
        ),
        field(
            "groups",
            "User groups that may approve",
            text_field(", ".join(handles), longest=LONGEST_GROUPS),
            "Handles such as @leads, @backend. Who belongs to them is looked up when somebody approves.",
            optional=True,
        ),
        field("needed", "How many of them must approve", number_field(policy.needed, 1, MOST_NEEDED)),
        field(
            "starter",
            "Whose approval counts",
            one_of(starter, STARTER_COUNTS if policy.starter_counts else SOMEBODY_ELSE),
        ),
        field(
            "budget",
            "Tokens that a plan may use",
            number_field(settings.budget, SMALLEST_BUDGET, LARGEST_BUDGET),
            "A plan that used them rests and asks. Empty: what is configured for every plan.",
            optional=True,
        ),
    ]


def plan_fields(settings: DecidedSettings) -> list[dict[str, Any]]:
    """Return the fields on how plans are built and where they go."""
    gates: dict[str, str] = {
        Gates.ONE: f"Together in one review; above {MOST_TOGETHER} entities one after the other",
        Gates.EACH: "One after the other: requirements, then entities, then the task plan",
    }
    places: dict[str, str] = {
        Delivery.CONFIGURED: "To GitHub, where the bot is set up for it",
        Delivery.HERE: "They stay with the bot, to be browsed and cloned there",
    }
    blueprint = load_blueprint()
    offered = {
        each.name: f"{each.name}: {each.summary}"
        for each in blueprint.features
        if each.name in FEATURES and each.name not in blueprint.usual_features
    }
    access = ", ".join(settings.github_access)
    return [
        field("gates", "How the documents of a plan are approved", one_of(gates, settings.gates)),
        field(
            "features",
            "Features that each plan begins with",
            some_of(offered, settings.features, "None but the usual ones"),
            "The first review says so; `Request changes` takes them out of a plan again.",
            optional=True,
        ),
        field("delivery", "Where repositories go", one_of(places, settings.delivery), STAYS),
        field(
            "github_owner",
            "Owner of the repositories on GitHub",
            text_field(settings.github_owner, longest=LONGEST_NAME),
            "A person or an organisation, as in github.com/NAME. Empty: what is configured.",
            optional=True,
        ),
        field(
            "github_access",
            "Who gets access to them on GitHub",
            text_field(access, longest=LONGEST_GROUPS),
            "Names of people, and teams as organisation/team, with commas between them.",
            optional=True,
        ),
    ]


def digest_fields(now_set: str) -> list[dict[str, Any]]:
    """Return the field of the channel's digest."""
    return [
        field(
            "digest",
            "Digest of this channel",
            text_field(now_set, longest=LONGEST_NAME),
            "Such as: daily 09:00 Europe/Berlin, or weekly mon 09:00. Empty: none.",
            optional=True,
        )
    ]


def house_rules_view(rules: CurrentHouseRules, origin: Origin, *, can_change: bool) -> dict[str, Any]:
    """Return the house rules: as fields for those who may change them, else to read; too long a text only to read."""
    parts = split_rules(rules.text) if can_change else []
    head = sections(render("house_rules", rules=rules, can_change=can_change, fits=bool(parts)))
    if not parts:
        read = within_a_view([*head, *fenced_sections(rules.text)])
        return modal(Action.HOUSE_RULES, "House rules", read, origin, submit="")
    fields = [
        field(
            f"part{number}",
            "House rules" if number == 1 else f"House rules, part {number}",
            text_field(part, multiline=True),
            optional=True,
        )
        for number, part in enumerate(parts, start=1)
    ]
    origin = origin.model_copy(update={"revision": rules.revision, "parts": len(parts)})
    return modal(Action.HOUSE_RULES, "House rules", [*head, *fields], origin)


def split_rules(text: str) -> list[str]:
    """Return a text in parts that fields can hold, cut between lines, before a heading where that fits.

    Nothing for a text that is too long for a form, or that has a line that is.
    """
    lines = text.strip("\n").split("\n")
    most = LONGEST_FIELD - ROOM_TO_WRITE
    parts: list[list[str]] = [[]]
    size = 0
    for line in lines:
        crowded = line.startswith("#") and size > most // 2
        if parts[-1] and (size + len(line) + 1 > most or crowded):
            parts.append([])
            size = 0
        parts[-1].append(line)
        size += len(line) + 1
    joined = ["\n".join(part) for part in parts]
    fits = len(joined) <= MOST_PARTS and all(len(part) <= LONGEST_FIELD for part in joined)
    return joined if fits else []


def rules_in(view: Mapping[str, Any], parts: int) -> str:
    """Return the text that a form of house rules holds."""
    return "\n".join(typed(view, f"part{number}") for number in range(1, parts + 1)).rstrip("\n") + "\n"


def part_of_line(view: Mapping[str, Any], parts: int, line: int | None) -> str:
    """Return the field in which a line of the text stands, counted from 1; the first where nobody knows."""
    passed = 0
    for number in range(1, parts + 1):
        passed += typed(view, f"part{number}").count("\n") + 1
        if line is not None and line <= passed:
            return f"part{number}"
    return "part1"
