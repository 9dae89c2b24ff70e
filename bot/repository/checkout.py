"""Moving a working copy to new commits: one change of references, then the files; a journal survives every kill.

The order is what makes it safe. New objects are there before; the journal is written; the references change in one
transaction; files are put in place one by one, each by a rename; the index follows by a rename; the journal goes. A
run that was killed is found by its journal and either undone (no reference has changed) or finished. A file that a
person touched meanwhile stops it, and stays.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from bot.repository.errors import CheckoutRefused, GitError
from bot.repository.moves import Change, Move, Resumed
from bot.repository.paths import check_path
from bot.repository.scratch import Stage
from bot.repository.working_copy import WorkingCopy

__all__ = ["Checkout"]

ABSENT = "000000"
EXECUTABLE = "100755"
FILES = frozenset({"100644", EXECUTABLE})
JOURNAL = "planthread-build.json"
INDEX = "planthread-index"
SUFFIX = ".planthread-new"
"""What a file is called until all of it is written."""


class Checkout:
    """Moves one working copy."""

    def __init__(self, copy: WorkingCopy) -> None:
        """Move this working copy."""
        self.copy = copy
        self.journal = copy.git_folder / JOURNAL
        self.index = copy.git_folder / INDEX

    async def move(self, move: Move) -> None:
        """Move references and files. Raises CheckoutRefused before anything changes, where a file is in the way."""
        await self.require_room(move)
        await asyncio.to_thread(self.write_journal, move)
        await self.move_references(move)
        await self.finish(move)

    async def resume(self) -> Resumed | None:
        """Undo or finish what a killed run began; None where none was. Raises CheckoutRefused, keeping all files."""
        move = await asyncio.to_thread(self.read_journal)
        if move is None:
            await asyncio.to_thread(self.close)
            return None
        await asyncio.to_thread(self.remove_stale_locks, move)
        here = await self.copy.commit_of(f"refs/heads/{move.branch}")
        there = await self.copy.commit_of(f"refs/heads/{move.other}")
        head = (await self.copy.git("symbolic-ref", "--quiet", "HEAD", accepted=(0, 1))).out.decode().strip()
        nothing_moved = (here, there) == (move.old, move.other_old) and move.new != move.old
        is_elsewhere = head != f"refs/heads/{move.branch}" or here not in {move.old, move.new}
        if nothing_moved or is_elsewhere or there not in {move.other_old, move.other_new}:
            is_held = await self.is_held(move, here)
            await self.sweep(move)
            await asyncio.to_thread(self.close)
            return Resumed(is_finished=is_held)
        if move.new == move.old and there == move.other_old and there != move.other_new:
            await asyncio.to_thread(self.close)
            return Resumed(is_finished=False)
        if (here, there) != (move.new, move.other_new):
            await self.move_references(move, here=here, there=there)
        await self.finish(move)
        return Resumed(is_finished=True)

    async def is_held(self, move: Move, here: str | None) -> bool:
        """Tell whether a person's commit holds what a killed run was about to put in place.

        Raises CheckoutRefused where it was made with the files of before, which takes all of the new ones back.
        """
        if here in {None, move.old, move.new} or move.new == move.old:
            return False
        if not await self.copy.repository.is_ancestor(move.new, here or ""):
            return False
        now = {entry.path: entry.hash for entry in await self.copy.repository.entries(here or "")}
        wanted = {change.path: change.new_hash for change in await self.changes(move) if change.new_mode != ABSENT}
        if not wanted or any(now.get(path) == name for path, name in wanted.items()):
            return True
        old, new, mine = (commit[:9] for commit in (move.old, move.new, here or ""))
        raise CheckoutRefused(
            f"An earlier build was killed before its files were in place, and the commit {mine} on {move.branch} "
            f"took them back, since it was made without them. `git diff {old} {mine} > mine.patch`, "
            f"`git reset --hard {new}` and `git apply --3way mine.patch` put your changes beside them; "
            "commit, then build again."
        )

    async def move_references(self, move: Move, *, here: str | None = None, there: str | None = None) -> None:
        """Change both references in one transaction, if they are still what they were."""
        none = "0" * len(move.new)
        lines = []
        if (here or move.old) != move.new:
            lines.append(f"update refs/heads/{move.branch} {move.new} {here or move.old}\n")
        if (there or move.other_old) != move.other_new:
            lines.append(f"update refs/heads/{move.other} {move.other_new} {there or move.other_old or none}\n")
        script = "".join(["start\n", *lines, "prepare\n", "commit\n"])
        await self.copy.git("update-ref", "-m", "planthread: build", "--stdin", stdin=script.encode())

    async def finish(self, move: Move) -> None:
        """Put files and index in place, leave what a person has to finish, and close the journal."""
        if not await self.is_placed(move):
            await self.place_files(await self.changes(move))
            await self.place_index(move)
        await asyncio.to_thread(self.leave_merge, move)
        await asyncio.to_thread(self.close)

    async def is_placed(self, move: Move) -> bool:
        """Tell whether the index is that of the move: then every file was in place, and may be edited by now."""
        if move.stages:
            return bool((await self.copy.git("ls-files", "--unmerged", "-z")).out)
        return (await self.copy.git("diff-index", "--cached", "--quiet", move.files, accepted=(0, 1))).code == 0

    async def require_room(self, move: Move) -> None:
        """Raise CheckoutRefused where a file that nobody committed is in the way, or git is at work."""
        if await asyncio.to_thread((self.copy.git_folder / "index.lock").exists):
            raise CheckoutRefused(
                f"Another git is at work here, or one was killed; when none is, remove "
                f"{self.copy.git_folder / 'index.lock'} and build again."
            )
        await self.standing(await self.changes(move))

    async def changes(self, move: Move) -> list[Change]:
        """Return the files that differ, and hold every path to the rules."""
        told = await self.copy.git("diff-tree", "-r", "-z", "--no-renames", "--raw", move.old, move.files)
        parts = told.out.decode("utf-8", "surrogateescape").split("\0")
        found: list[Change] = []
        for about, path in zip(parts[::2], parts[1::2], strict=False):
            old_mode, new_mode, old_hash, new_hash, _ = about.removeprefix(":").split()
            check_path(path)
            if new_mode not in FILES | {ABSENT}:
                raise CheckoutRefused(f"{path!r} would become a link or a submodule; replace it by a plain file.")
            found.append(Change(path=path, old_mode=old_mode, new_mode=new_mode, old_hash=old_hash, new_hash=new_hash))
        return found

    async def standing(self, changes: Iterable[Change]) -> list[Change]:
        """Return the changes that are not made yet. Raises CheckoutRefused at a file that is neither old nor new."""
        changes = list(changes)
        there = await asyncio.to_thread(self.existing, changes)
        hashes = await self.hashes([change.path for change in changes if there[change.path] == "file"])
        waiting: list[Change] = []
        for change in changes:
            found = hashes.get(change.path, ABSENT) if there[change.path] != "absent" else ABSENT
            old = change.old_hash if change.old_mode != ABSENT else ABSENT
            new = change.new_hash if change.new_mode != ABSENT else ABSENT
            if found == new:
                continue
            if found != old or there[change.path] == "other":
                raise CheckoutRefused(
                    f"{change.path!r} is in the way: the build would write this file, and what stands there is "
                    "committed nowhere. Move it aside, then build again."
                )
            waiting.append(change)
        return waiting

    def existing(self, changes: Iterable[Change]) -> dict[str, str]:
        """Tell what stands at each path: a file, nothing, or something else. No link is followed."""
        found: dict[str, str] = {}
        for change in changes:
            place = self.copy.folder / change.path
            parents = [parent for parent in place.parents if self.copy.folder in parent.parents]
            blocked = any(parent.is_symlink() or (parent.exists() and not parent.is_dir()) for parent in parents)
            is_file = place.is_file() and not place.is_symlink()
            is_there = place.is_symlink() or place.exists()
            found[change.path] = "other" if blocked or (is_there and not is_file) else "file" if is_file else "absent"
        return found

    async def hashes(self, paths: list[str]) -> dict[str, str]:
        """Return the hashes that files would be committed with."""
        if not paths:
            return {}
        asked = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        told = await self.copy.git("hash-object", "--stdin-paths", stdin=asked)
        return dict(zip(paths, told.out.decode().split(), strict=True))

    async def place_files(self, changes: list[Change]) -> None:
        """Remove and write what is not in place yet, removals first."""
        waiting = await self.standing(changes)
        wanted = [change for change in waiting if change.new_mode != ABSENT]
        contents = await self.contents(wanted)
        for change in waiting:
            if change.new_mode == ABSENT:
                await asyncio.to_thread(self.remove_file, change.path)
        for change in wanted:
            await asyncio.to_thread(self.place_file, change, contents[change.path])
        for change in changes:
            if change.new_mode in FILES:
                await asyncio.to_thread(self.set_mode, change)

    def set_mode(self, change: Change) -> None:
        """Make a file executable or not; who may read and write it stays as the system has it."""
        place = self.copy.folder / change.path
        mode = place.stat().st_mode
        readers = (mode & 0o444) >> 2
        place.chmod(mode | readers if change.new_mode == EXECUTABLE else mode & ~0o111)

    async def contents(self, changes: list[Change]) -> dict[str, bytes]:
        """Return what files are to hold."""
        request = "".join(f"{change.new_hash}\n" for change in changes).encode()
        told = (await self.copy.git("cat-file", "--batch", stdin=request)).out if changes else b""
        found: dict[str, bytes] = {}
        place = 0
        for change in changes:
            header = told[place : told.index(b"\n", place)]
            start = place + len(header) + 1
            end = start + int(header.split()[2])
            found[change.path] = told[start:end]
            place = end + 1
        return found

    def remove_file(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        place = self.copy.folder / path
        place.unlink(missing_ok=True)
        for parent in place.parents:
            if parent == self.copy.folder or any(parent.iterdir()):
                return
            parent.rmdir()

    def beside(self, path: str) -> Path:
        """Return where a file is written before it gets its place."""
        place = self.copy.folder / path
        return place.with_name(f"{place.name[:200]}{SUFFIX}")

    async def sweep(self, move: Move) -> None:
        """Remove what a killed run had written beside the places of files."""
        for change in await self.changes(move):
            await asyncio.to_thread(self.beside(change.path).unlink, missing_ok=True)

    def place_file(self, change: Change, content: bytes) -> None:
        """Write a file beside its place and move it there in one step. Raises CheckoutRefused where that fails."""
        place = self.copy.folder / change.path
        beside = self.beside(change.path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(beside, flags, 0o644), "wb") as file:
                file.write(content)
            beside.replace(place)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise unwritten(change.path, error) from None

    async def place_index(self, move: Move) -> None:
        """Make the index beside its place, with both sides of every conflict, and move it there in one step."""
        current = self.copy.git_folder / "index"
        try:
            await asyncio.to_thread(self.copy_index, current)
        except OSError as error:
            raise unwritten("the index", error) from None
        told = await self.copy.git("read-tree", "-m", move.old, move.files, index=self.index, accepted=(0, 128))
        if told.code:
            await self.copy.git("read-tree", "--reset", move.files, index=self.index)
        if move.stages:
            await self.copy.git("update-index", "-z", "--index-info", stdin=index_lines(move.stages), index=self.index)
        await self.copy.git("update-index", "-q", "--refresh", index=self.index, accepted=(0, 1))
        await asyncio.to_thread(self.install_index, current)

    def copy_index(self, current: Path) -> None:
        """Begin with the index that is there, which knows what git knows of the files."""
        self.index.with_name(f"{INDEX}.lock").unlink(missing_ok=True)
        self.index.unlink(missing_ok=True)
        if current.exists():
            shutil.copy(current, self.index)

    def install_index(self, current: Path) -> None:
        """Give the new index its place, as git itself does. Raises CheckoutRefused while another git holds it."""
        lock = current.with_name("index.lock")
        try:
            link_or_copy(self.index, lock)
        except FileExistsError:
            raise CheckoutRefused("Another git is at work here; build again when it is done.") from None
        except OSError as error:
            raise unwritten("the index", error) from None
        lock.replace(current)
        self.index.unlink(missing_ok=True)

    def leave_merge(self, move: Move) -> None:
        """Leave a merge that only a person can finish, as git leaves one."""
        if not move.message:
            return
        folder = self.copy.git_folder
        (folder / "MERGE_MSG").write_text(move.message, encoding="utf-8")
        (folder / "MERGE_MODE").write_text("", encoding="utf-8")
        (folder / "MERGE_HEAD").write_text(f"{move.other_new}\n", encoding="utf-8")

    def write_journal(self, move: Move) -> None:
        """Write down what is about to happen, and see it on the disk."""
        beside = self.journal.with_suffix(".new")
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.write(move.model_dump_json())
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.journal)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise GitError(
                f"The build can't write in {self.copy.git_folder} ({error.strerror}); nothing was changed."
            ) from None

    def read_journal(self) -> Move | None:
        """Return what a killed run was about to do."""
        try:
            return Move.model_validate_json(self.journal.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:  # of another version, or touched: what it began is seen by what git calls changed
            self.journal.unlink(missing_ok=True)
            return None

    def remove_stale_locks(self, move: Move) -> None:
        """Remove the locks of a killed run: those made after its journal, and its own index on the way."""
        since = self.journal.stat().st_mtime_ns
        heads = self.copy.common_folder / "refs" / "heads"
        for lock in (
            heads / f"{move.branch}.lock",
            heads / f"{move.other}.lock",
            self.copy.git_folder / "HEAD.lock",
        ):
            if lock.exists() and lock.stat().st_mtime_ns >= since:
                lock.unlink()
        index_lock = self.copy.git_folder / "index.lock"
        if index_lock.exists() and self.index.exists() and index_lock.samefile(self.index):
            index_lock.unlink()

    def close(self) -> None:
        """Forget the journal: all of it is done, or nothing."""
        beside = self.journal.with_suffix(".new")
        for left in (self.index, self.index.with_name(f"{INDEX}.lock"), beside, self.journal):
            left.unlink(missing_ok=True)


def link_or_copy(file: Path, place: Path) -> None:
    """Put a file at a place where nothing is: as the same file, or as a copy where the disk knows no hard links.

    Raises FileExistsError, and OSError where neither can be done.
    """
    try:
        os.link(file, place)
    except FileExistsError:
        raise
    except OSError:
        with place.open("xb") as copy:
            try:
                copy.write(file.read_bytes())
            except OSError:
                place.unlink(missing_ok=True)
                raise


def unwritten(what: str, error: OSError) -> CheckoutRefused:
    """Return the sentence for a file that could not be written once references had moved."""
    return CheckoutRefused(
        f"{what} could not be written ({error.strerror}). The commits are made and nothing is lost: "
        "make room, then run the same build again, which finishes the files."
    )


def index_lines(stages: Iterable[Stage]) -> bytes:
    """Return what makes git know both sides of each conflict."""
    lines: list[str] = []
    cleared: set[str] = set()
    for stage in stages:
        if stage.path not in cleared:
            cleared.add(stage.path)
            lines.append(f"0 {'0' * len(stage.hash)}\t{stage.path}\0")
        lines.append(f"{stage.mode} {stage.hash} {stage.number}\t{stage.path}\0")
    return "".join(lines).encode("utf-8", "surrogateescape")
