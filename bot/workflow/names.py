"""What plans are called: the title that people read, and the handle that commands and repositories know them by."""

from __future__ import annotations

import itertools
import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.clipping import clip_words
from bot.planning.built_in.phrases.naming import is_named
from bot.planning.built_in.phrases.titles import title_of_words
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.built_in.words.commands import without_commands
from bot.planning.built_in.words.title_words import head_of, name_in, purpose_of
from bot.planning.built_in.words.trades import is_name, trade_of
from bot.planning.built_in.words.vocabulary import has_plural
from bot.planning.conversation import Conversation, Message, PlannerError
from bot.store.tables import ConversationMessage, Plan
from bot.workflow.events import PLANTHREAD, record

__all__ = ["base_of", "clean_title", "first_title", "free_handle", "has_handle", "rename", "take_title", "title_told"]

LONGEST_TITLE = 60
UNNAMED = "New plan"
"""The title of a plan of which nothing is known yet."""
UNTOLD = frozenset({"new-plan", "new-service", "plan"})
"""Handles that say nothing of what is planned."""
MOST_WORDS = 6
NO_BEGINNINGS = "an?|the|our|my|we|i|are|am|small|little|tiny|very|quite|new"
"""What stands before what a plan is for, and says nothing of it."""
WORDS_OF_HANDLE, LONGEST_HANDLE = 4, 32
"""Words and characters of a handle; of what is longer the last words stay, which say what it is."""
NO_ENDS = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "its", "of", "on", "or", "our", "the", "to", "with"}
)
"""Words that lead on to another one."""
NAMES_AT_ONCE = 100
"""Names that are looked for in one query."""


def clean_title(title: str) -> str:
    """Return a title on one line without markup, at most 60 characters."""
    words = re.sub(r"[^\w\s&'()-]", " ", title, flags=re.UNICODE).split()
    return clip_words(" ".join(words), LONGEST_TITLE)


def first_title(*texts: str) -> str:
    """Return a short title for the card from the first words that tell one, until a planner gives a better one."""
    return next((title for title in map(title_in, texts) if title != UNNAMED), UNNAMED)


async def title_told(*texts: str) -> str:
    """Return the first title; the two main things that the words tell of where they begin with no name."""
    title = first_title(*texts)
    if title == UNNAMED or is_name(title):
        return title
    said = tuple(Message(author="", text=text, timestamp="") for text in texts[:1])
    try:
        found = clean_title((await BuiltInPlanner().propose(Conversation(messages=said))).title)
    except PlannerError:
        found = ""
    return found if found and is_name(found) else name_in(title) or UNNAMED


def title_in(text: str) -> str:
    """Return the title in the first words of a text; that of a plan of which nothing is known where they hold none.

    The trade of those who ask comes before a title that is no name, or only one noun of many: "jobs", "shoes".
    """
    title = clean_title(title_of_words(text))
    trade = clean_title(trade_of(without_commands(text)))
    if trade and (not is_name(title) or (" " in trade and has_plural(title.lower()) and " " not in title)):
        return trade
    if title:
        return title
    if not without_commands(text).strip():
        return UNNAMED
    head = head_of(purpose_of(re.split(r"[:;,.\n]", text, maxsplit=1)[0]))
    words = re.sub(rf"^(?:(?:{NO_BEGINNINGS})\s+)+", "", head.strip(), flags=re.IGNORECASE).split()
    title = clean_title(" ".join(whole_words(words)))
    return title[:1].upper() + title[1:] if title else UNNAMED


def whole_words(words: list[str]) -> list[str]:
    """Return so many of a title's first words as make sense: where it goes on too long, those before it leads on."""
    if len(words) > MOST_WORDS:
        leads = [at for at, word in enumerate(words[: MOST_WORDS + 1]) if at and word.lower() in NO_ENDS]
        words = words[: leads[-1] if leads else MOST_WORDS]
    while len(words) > 1 and words[-1].lower() in NO_ENDS:
        words = words[:-1]
    return words


async def take_title(session: AsyncSession, plan: Plan, found: str) -> None:
    """Give a plan the title that a planner found, and the handle where nobody could know it yet or people named it so.

    Any other handle stays, since people have read it; so does every one once there is an approval or a repository.
    """
    title = clean_title(found)
    if not title:
        return
    plan.title = title
    if plan.remote_name or plan.approved_at or stem_of(plan.handle) == base_of(title):
        return
    if base_of(title) in UNTOLD or not (stem_of(plan.handle) in UNTOLD or await is_named_so(session, plan, title)):
        return
    was, plan.handle = plan.handle, await free_handle(session, plan.workspace, title)
    record(session, plan, PLANTHREAD, "renamed", title=title, handle=plan.handle, was=was)


async def is_named_so(session: AsyncSession, plan: Plan, title: str) -> bool:
    """Tell whether somebody gave the plan this title in words."""
    query = select(col(ConversationMessage.text)).where(col(ConversationMessage.plan_id) == plan.id)
    return any(is_named(text, title) for text in (await session.scalars(query)).all())


async def rename(session: AsyncSession, plan: Plan, name: str, person: str, key: str) -> tuple[str, ...]:
    """Give a plan another title, and as long as it has no repository, the handle that its repository will be called by.

    Returns what to tell the person; nothing where the name is empty.
    """
    title = clean_title(name)
    if not title:
        return ()
    plan.title = title
    if plan.remote_name:
        return (f"It is called *{title}* now. Its repository keeps its name, {plan.remote_name}.",)
    was = plan.handle
    if base_of(title) != plan.handle:
        plan.handle = await free_handle(session, plan.workspace, title)
    record(session, plan, person, "renamed", key, title=title, handle=plan.handle, was=was)
    return (f"It is called *{title}* now (`{plan.handle}`); its repository will be called so too.",)


def base_of(title: str) -> str:
    """Return the handle that a title gives, should no other plan have it."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]s\b", "", title.lower())).encode("ascii", "ignore").decode()
    words = ["-".join(re.findall(r"[a-z0-9]+", word)) for word in plain.split()]
    words = [word for word in words if word][:WORDS_OF_HANDLE]
    while len(words) > 1 and (words[-1] in NO_ENDS or len("-".join(words)) > LONGEST_HANDLE):
        words = words[:-1] if words[-1] in NO_ENDS or NO_ENDS & set(words) else words[1:]
    return "-".join(words)[:LONGEST_HANDLE].strip("-") or "plan"


def stem_of(handle: str) -> str:
    """Return a handle without the number that tells it from others."""
    return re.sub(r"-[0-9]+$", "", handle)


async def has_handle(session: AsyncSession, workspace: str, handle: str) -> bool:
    """Tell whether a plan of the workspace is called so."""
    named = select(col(Plan.id)).where(col(Plan.workspace) == workspace, col(Plan.handle) == handle)
    return await session.scalar(named) is not None


async def free_handle(session: AsyncSession, workspace: str, title: str) -> str:
    """Return a short name that no plan of the workspace has."""
    base = base_of(title)
    for first in itertools.count(1, NAMES_AT_ONCE):
        names = [base if number == 1 else f"{base}-{number}" for number in range(first, first + NAMES_AT_ONCE)]
        query = select(col(Plan.handle)).where(col(Plan.workspace) == workspace, col(Plan.handle).in_(names))
        taken = set((await session.scalars(query)).all())
        if free := next((name for name in names if name not in taken), None):
            return free
    raise AssertionError  # the numbers never end
