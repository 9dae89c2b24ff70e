"""Files that are kept as they are: a design document goes into ``.planning/`` of the repository, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.planning.dropped_files import DESIGN_NAME, FileKind
from bot.store.tables import Plan, PlanFile, Review

__all__ = ["KeptFile", "files_beside", "kept_files", "kept_texts", "left_files"]

PLAIN_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
OTHER_LETTERS = regex(r"[^A-Za-z0-9]+")


class KeptFile(Frozen):
    """A file as a review shows it: what it is called in the repository, its row, and who dropped it."""

    name: str
    row: int
    author: str


async def kept_files(session: AsyncSession, plan: Plan) -> tuple[KeptFile, ...]:
    """Return the files of a plan that are kept, of each name the newest; not those that a review left behind."""
    left = await left_files(session, plan)
    rows = [row for row in await designs(session, plan) if row.id not in left]
    kept = (KeptFile(name=kept_name(row.name), row=row.id or 0, author=row.author) for row in rows)
    return tuple({one.name.casefold(): one for one in kept}.values())


async def left_files(session: AsyncSession, plan: Plan) -> tuple[int, ...]:
    """Return the rows of files that are not kept any more, since people went back to a review without them."""
    newest = select(col(Review.content)).where(col(Review.plan_id) == plan.id).order_by(col(Review.number).desc())
    return tuple(((await session.scalar(newest.limit(1))) or {}).get("left_files", ()))


async def files_beside(session: AsyncSession, plan: Plan, kept: Sequence[KeptFile]) -> tuple[int, ...]:
    """Return the rows of a plan's designs that are not among some kept files."""
    rows = {one.row for one in kept}
    return tuple(row.id or 0 for row in await designs(session, plan) if row.id not in rows)


async def designs(session: AsyncSession, plan: Plan) -> Sequence[PlanFile]:
    """Return the design documents that people dropped, oldest first."""
    query = select(PlanFile).where(col(PlanFile.plan_id) == plan.id, col(PlanFile.kind) == FileKind.DESIGN)
    return (await session.scalars(query.order_by(col(PlanFile.id)))).all()


def kept_name(name: str) -> str:
    """Return what a dropped file is called below ``.planning/``: never what a document of ours is called."""
    base = PurePosixPath(name).name
    if DESIGN_NAME.fullmatch(base) and PLAIN_NAME.fullmatch(base):
        return base
    words = OTHER_LETTERS.sub("-", PurePosixPath(base).stem).strip("-").lower()[:60]
    return f"{words}-design.md" if words and words != "design" else "design.md"


async def kept_texts(session: AsyncSession, kept: Sequence[KeptFile]) -> dict[str, str]:
    """Return what kept files say, by their names in the repository; what its author had forgotten is left out."""
    rows = await session.scalars(select(PlanFile).where(col(PlanFile.id).in_([one.row for one in kept])))
    texts = {row.id: row.text for row in rows}
    return {one.name: texts[one.row] for one in kept if texts.get(one.row)}
