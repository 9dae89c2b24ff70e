"""Who and what a fresh workspace holds: the team, the app, its people and channels, in the shapes that Slack gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

type Json = dict[str, Any]
"""A JSON object, as it travels over the wire."""

TEAM = "T0LOCAL"
TEAM_NAME = "Planthread local"
TEAM_DOMAIN = "planthread-local"
OTHER_TEAM = "T0PARTNER"
APP = "A0PLANTHREAD"
BOT = "B0PLANTHREAD"
BOT_USER = "U0PLANTHREAD"
SLACKBOT = "USLACKBOT"
MESSAGE_SHORTCUTS = (("plan_this", "Plan this"), ("make_this_a_change", "Make this a change"))

ALL_SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "usergroups:read",
    "users:read",
)


@dataclass(frozen=True)
class Person:
    """Someone of the workspace. ``team`` differs for another organisation's people; ``guest`` is Slack's restricted."""

    id: str
    name: str
    real_name: str
    title: str = ""
    team: str = TEAM
    guest: bool = False
    is_bot: bool = False
    zone: str = "Europe/Berlin"

    def as_slack(self) -> Json:
        """Return the user object of ``users.info``."""
        user: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": False,
            "real_name": self.real_name,
            "tz": self.zone,
            "tz_label": self.zone,
            "profile": {
                "real_name": self.real_name,
                "display_name": self.name,
                "title": self.title,
                "team": self.team,
            },
            "is_admin": self.id == "U0MARA",
            "is_owner": False,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
        }
        if self.is_bot and self.id == BOT_USER:
            user["profile"] |= {"api_app_id": APP, "bot_id": BOT}
        if self.team != TEAM:
            user["is_stranger"] = True
        return user


@dataclass(frozen=True)
class Channel:
    """A conversation. ``kind`` is public, private or im; ``partner`` is the person of a direct message with the bot."""

    id: str
    name: str
    kind: str = "public"
    purpose: str = ""
    partner: str = ""
    archived: bool = False

    @property
    def event_kind(self) -> str:
        """Return what events call it in ``channel_type``."""
        return {"public": "channel", "private": "group", "im": "im"}[self.kind]

    @property
    def scope_family(self) -> str:
        """Return the family of its scopes, as in ``groups:history``."""
        return {"public": "channels", "private": "groups", "im": "im"}[self.kind]

    @property
    def command_name(self) -> str:
        """Return the name that command payloads give it: only public channels tell theirs."""
        return {"public": self.name, "private": "privategroup", "im": "directmessage"}[self.kind]

    def as_slack(self, *, bot_is_member: bool) -> Json:
        """Return the conversation object of ``conversations.info``."""
        shared = {
            "id": self.id,
            "created": 1_700_000_000,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
            "is_mpim": False,
            "is_org_shared": False,
            "is_ext_shared": False,
            "is_shared": False,
            "context_team_id": TEAM,
        }
        if self.kind == "im":
            return shared | {"user": self.partner, "is_user_deleted": False}
        return shared | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_private": self.kind == "private",
            "is_general": self.id == "C0GENERAL",
            "is_member": bot_is_member,
            "creator": "U0MARA",
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "U0MARA", "last_set": 0},
        }


PEOPLE = (
    Person("U0MARA", "Mara", "Mara Lindqvist", title="Backend lead"),
    Person("U0JON", "Jon", "Jon Okafor", title="Product"),
    Person(
        "U0ADA",
        "Ada",
        "Ada Moreau",
        title="Guest from a partner company",
        team=OTHER_TEAM,
        guest=True,
        zone="Europe/Paris",
    ),
    Person(BOT_USER, "planthread", "Planthread", title="Plans and builds backends", is_bot=True),
    Person(SLACKBOT, "slackbot", "Workspace", is_bot=True),
)


@dataclass(frozen=True)
class UserGroup:
    """People who are mentioned together, as ``@leads``."""

    id: str
    handle: str
    name: str
    users: tuple[str, ...]

    def as_slack(self, *, with_users: bool) -> Json:
        """Return the object of ``usergroups.list``."""
        group: Json = {
            "id": self.id,
            "team_id": TEAM,
            "is_usergroup": True,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_create": 1_700_000_000,
            "date_update": 1_700_000_000,
            "date_delete": 0,
            "auto_type": None,
            "created_by": "U0MARA",
            "updated_by": "U0MARA",
            "deleted_by": None,
            "prefs": {"channels": [], "groups": []},
            "user_count": len(self.users),
        }
        return group | ({"users": list(self.users)} if with_users else {})


USER_GROUPS = (
    UserGroup("S0LEADS", "leads", "Leads", ("U0MARA", "U0JON")),
    UserGroup("S0PRODUCT", "product", "Product", ("U0JON",)),
)

CHANNELS = (
    Channel("C0GENERAL", "general", purpose="Everyone, and Planthread too"),
    Channel("C0BACKEND", "backend", purpose="Backend talk"),
    Channel("C0LEADS", "leads", kind="private", purpose="Private: Mara and Jon"),
    Channel("D0MARA", "", kind="im", partner="U0MARA"),
    Channel("D0JON", "", kind="im", partner="U0JON"),
    Channel("D0ADA", "", kind="im", partner="U0ADA"),
)

MEMBERS = {
    "C0GENERAL": ("U0MARA", "U0JON", "U0ADA", BOT_USER),
    "C0BACKEND": ("U0MARA", "U0JON"),
    "C0LEADS": ("U0MARA", "U0JON"),
    "D0MARA": ("U0MARA", BOT_USER),
    "D0JON": ("U0JON", BOT_USER),
    "D0ADA": ("U0ADA", BOT_USER),
}

PEOPLE_BY_ID = {person.id: person for person in PEOPLE}
CHANNELS_BY_ID = {channel.id: channel for channel in CHANNELS}


def find_person(reference: str) -> Person | None:
    """Return the person with this id or, in any case of letters, this name."""
    wanted = reference.removeprefix("@").casefold()
    return next((person for person in PEOPLE if wanted in (person.id.casefold(), person.name.casefold())), None)


def find_channel(reference: str) -> Channel | None:
    """Return the channel with this id or name; ``#general`` and ``general`` are the same."""
    wanted = reference.removeprefix("#")
    return next((channel for channel in CHANNELS if wanted and wanted in (channel.id, channel.name)), None)
