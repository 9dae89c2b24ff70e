"""`/plan export`: which plan, in which format, and where its files go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.formats import FORMAT_FILES
from bot.slack.answers import Caller
from bot.workflow.exports import EVERYTHING, EXPORTED, ask_export
from bot.workflow.messages import is_direct
from bot.workflow.plans import plans_meant
from bot.workflow.refusals import Refused

__all__ = ["export_command"]

OTHER_NAMES = {name.casefold(): str(known) for known, name in FORMAT_FILES.items() if known != "requirements-list"}
"""Formats by the names of their files, as people also call them."""


async def export_command(
    session: AsyncSession, who: Caller, words: Sequence[str], key: str, *, unseen: Mapping[str, str]
) -> str:
    """Have a plan exported, and return a sentence about where; ``unseen`` is as for `plans_meant`. Raises Refused."""
    handle, target = read_words(words)
    plans = await plans_meant(session, who.workspace, who.channel, who.person, handle, unseen=unseen)
    if len(plans) > 1:
        names = ", ".join(f"`{plan.handle}`" for plan in plans)
        raise Refused(f"Which plan? Name one, such as `/plan export {plans[0].handle} {target}`: {names}.")
    plan = plans[0]
    privately = is_direct(who.channel) and who.channel != plan.channel
    await ask_export(session, plan, target, who.person, who.channel if privately else plan.channel, key)
    return f"The files of *{plan.title}* come {'here' if privately else 'in its thread'} in a moment."


def read_words(words: Sequence[str]) -> tuple[str, str]:
    """Return the handle that was named, empty for none, and the format. Raises Refused for one that isn't known."""
    plain = [word.strip("`\"',.") for word in words]
    if len(plain) > 2:
        raise Refused("Say `/plan export`, or name the plan and the format: `/plan export library tasks`.")
    target = format_called(plain[-1]) if plain else EVERYTHING
    if target:
        return (plain[0] if len(plain) > 1 else ""), target
    if len(plain) == 1:
        return plain[0], EVERYTHING
    known = ", ".join(f"`{name}`" for name in EXPORTED)
    raise Refused(f"I can't export `{plain[-1][:40]}`. These formats I can: {known}.")


def format_called(word: str) -> str:
    """Return the format that a word means; empty for none."""
    word = word.casefold()
    return word if word in EXPORTED else OTHER_NAMES.get(word, "")
