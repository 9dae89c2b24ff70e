"""`planthread build` on a repository that Planthread generated: generate beside it, merge in memory, keep every edit.

The branch ``generated`` goes on first: the old specs as this version writes them, then the new ones. What changed there
since the last merge is merged into the current branch, and one change of references makes both visible.
"""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.building.commits import made_commit, message
from bot.building.generation import Generation, next_generation
from bot.building.moved_files import moved_files
from bot.building.planning_documents import every_document, judged_as_a_whole
from bot.building.record import FOLDER, GENERATED, RECORD, Record, UnreadableRecord, inputs_of_record, read_record
from bot.documents.entities.difference import describe_changes
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskState
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.inputs import BuildInputs
from bot.generation.revision import VERSIONS
from bot.generation.revision_chain import versions_of
from bot.repository.checkout import Checkout
from bot.repository.errors import CheckoutRefused
from bot.repository.git import MAIN, Commit, Repository
from bot.repository.moves import Move
from bot.repository.scratch import Merged, Scratch
from bot.repository.working_copy import WorkingCopy
from bot.verification.evidence import Check

__all__ = ["Existing", "Outcome", "Regeneration", "open_existing", "published_repository", "regenerate"]

FOREIGN = (
    "{folder} is a repository that Planthread did not generate, or its branch `generated` is missing. "
    "Name a new folder with --out, or fetch that branch (`git fetch origin generated:generated`)."
)
AGAIN = "Write {name} as this version of Planthread does"
ANEW = "Generate {name} from changed specs"
MERGE = "Merge what was generated anew for {name}"
PLAN = "Plan the change of {name}"
TAKE_BACK = "No row is touched before `alembic upgrade head`. `git reset --keep {commit}` takes this build back."
MOST_CHANGES = 40
"""How many changes a commit's message lists."""
PLANNING = ".planning"


class Outcome(Frozen):
    """What came of a regeneration. ``commits`` are hashes with their subjects, oldest first."""

    commits: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Existing:
    """A repository that can be built upon: its branches, and the generation that the next one follows."""

    copy: WorkingCopy
    checkout: Checkout
    branch: str
    head: str
    generated: str | None
    """The local branch ``generated``."""
    follows: str
    """The commit that the next generation follows."""
    merged: str
    """The last generation that the current branch has merged."""
    record: Record
    resumed: str
    """What became of a build that was interrupted here: ``finished`` or ``undone``; empty where none was."""


async def open_existing(copy: WorkingCopy) -> Existing:
    """Look at a repository; finish or undo what a killed build left. Raises CheckoutRefused with what to do first."""
    checkout = Checkout(copy)
    resumed = await checkout.resume()
    branch = await copy.branch()
    if branch == GENERATED:
        raise CheckoutRefused(
            "The branch `generated` is checked out, and people's work doesn't go there; "
            "`git switch main` first, then build again."
        )
    await copy.require_finished()
    head = await copy.commit_of("HEAD")
    local, newest = await generated_heads(copy)
    if head is None or newest is None:
        raise CheckoutRefused(FOREIGN.format(folder=copy.folder))
    await copy.require_clean()
    record = await record_at(copy, newest)
    merged = await last_merged(copy, head, newest)
    is_held = newest == merged or await copy.holders(newest, without=f"refs/heads/{GENERATED}")
    follows = newest if is_held else merged
    return Existing(
        copy=copy,
        checkout=checkout,
        branch=branch,
        head=head,
        generated=local,
        follows=follows,
        merged=merged,
        record=record if follows == newest else await record_at(copy, follows),
        resumed="" if resumed is None else "finished" if resumed.is_finished else "undone",
    )


async def published_repository(repository: Repository, head: str, generated: str) -> Existing:
    """Look at a bare repository whose commits a remote has: ``main`` at ``head``, and its branch ``generated``.

    Raises CheckoutRefused where that branch holds something else than pure output.
    """
    copy = WorkingCopy.bare(repository)
    return Existing(
        copy=copy,
        checkout=Checkout(copy),
        branch=MAIN,
        head=head,
        generated=generated,
        follows=generated,
        merged=await last_merged(copy, head, generated),
        record=await record_at(copy, generated),
        resumed="",
    )


async def last_merged(copy: WorkingCopy, head: str, generated: str) -> str:
    """Return the newest generation that a branch of people holds; the first where it shares no commit with any."""
    line = (await copy.git("rev-list", "--first-parent", generated)).out.decode().split()
    return await copy.merged_into(head, line) or line[-1]


async def generated_heads(copy: WorkingCopy) -> tuple[str | None, str | None]:
    """Return the local branch ``generated``, and the newest of it and those of remotes."""
    local = await copy.commit_of(f"refs/heads/{GENERATED}")
    told = await copy.git("for-each-ref", "--format=%(objectname)", f"refs/remotes/*/{GENERATED}")
    newest = local
    for remote in told.out.decode().split():
        if newest is None or await copy.repository.is_ancestor(newest, remote):
            newest = remote
        elif not await copy.repository.is_ancestor(remote, newest):
            raise CheckoutRefused(
                "The branch `generated` here and the one of a remote have parted; keep one of them, "
                "such as by `git branch -f generated origin/generated`, then build again."
            )
    return local, newest


async def record_at(copy: WorkingCopy, commit: str) -> Record:
    """Read the record of a generation. Raises CheckoutRefused where there is none, or where people worked there."""
    content = await copy.repository.file(commit, RECORD)
    if content is None:
        raise CheckoutRefused(FOREIGN.format(folder=copy.folder))
    try:
        record = read_record(content)
    except UnreadableRecord as error:
        raise CheckoutRefused(f"{copy.folder} was generated by another version of Planthread: {error}.") from None
    if not record.is_of(await copy.repository.read_tree(commit)):
        raise CheckoutRefused(
            "Somebody committed on the branch `generated`, which holds pure output only. Move that commit to your "
            "own branch (`git cherry-pick`), take it back there, then build again."
        )
    return record


async def regenerate(
    existing: Existing,
    inputs: BuildInputs,
    judge: Callable[[Generation], Awaitable[Mapping[str, Check]]],
    *,
    is_derived: bool,
) -> tuple[Outcome, Mapping[str, Check]]:
    """Generate, have it judged, merge, and move the working copy; where a verdict is bad, nothing moves.

    Raises UnsupportedSpecsError, CheckoutRefused and GitError, each before any reference has changed.
    """
    with tempfile.TemporaryDirectory(prefix="planthread-") as folder:
        work = Regeneration(existing, Scratch(Path(folder) / "scratch.git", existing.copy), inputs)
        await work.scratch.create()
        new = await work.generate(is_derived=is_derived)
        if not work.has_work:
            return Outcome(), {}
        verdicts = await judge(new)
        if any(not check.passed for check in verdicts.values()):
            return Outcome(), verdicts
        return await work.merge(verdicts), verdicts


class Regeneration:
    """One run: all that is new is made in the scratch repository, and handed over at the end."""

    def __init__(self, existing: Existing, scratch: Scratch, inputs: BuildInputs) -> None:
        """Build upon a repository."""
        self.existing, self.scratch, self.inputs = existing, scratch, inputs
        self.copy = existing.copy
        self.tip = existing.follows
        self.commits: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.trades_entities = False
        self.moves: dict[str, str] = {}
        """Paths of files whose entity is called otherwise now, before and after."""
        self.takes_away = False

    @property
    def has_work(self) -> bool:
        """Tell whether there is anything that the current branch has not merged yet."""
        return self.tip != self.existing.merged

    @cached_property
    def former(self) -> BuildInputs:
        """Return what the generation before was made from, by the author of this one. Raises UnsupportedSpecsError."""
        given = self.inputs
        return inputs_of_record(
            self.existing.record, given.blueprint, given.started, given.author_name, given.author_email
        )

    async def generate(self, *, is_derived: bool) -> Generation:
        """Let the branch ``generated`` go on: the old specs as this version writes them, then the new ones.

        Raises UnsupportedSpecsError.
        """
        record, given, old = self.existing.record, self.inputs, self.former
        files = await self.scratch.repository.read_tree(self.existing.follows)
        before = Generation(old, record, files, {})
        others = await self.migrations(self.existing.head)
        try:
            again = await next_generation(old, before, others, is_derived=record.is_derived)
        except UnsupportedSpecsError:
            again = before
        if same_output(again, before):
            again = before
        else:
            await self.commit(again, before, AGAIN, ())
            others |= versions_of(again.files)
        new = await next_generation(given, again, others, is_derived=is_derived)
        if not (same_output(new, again) and same_specs(new.record, again.record)):
            await self.commit(new, again, ANEW, self.changes)
        return new

    @property
    def changes(self) -> tuple[str, ...]:
        """Return what changed in the specs, a sentence each."""
        return describe_changes(self.existing.record.entity_specs(), self.inputs.specs)

    async def migrations(self, commit: str) -> dict[str, bytes]:
        """Return the migrations of a commit of people."""
        entries = await self.copy.repository.entries(commit, VERSIONS)
        found = {entry.path: await self.copy.repository.file(commit, entry.path) for entry in entries}
        return versions_of({path: content for path, content in found.items() if content is not None})

    async def commit(self, new: Generation, old: Generation, subject: str, changes: tuple[str, ...]) -> None:
        """Commit a generation on top of the one before."""
        gone = dict.fromkeys(path for path in old.files if path not in new.files)
        changed = {path: content for path, content in new.files.items() if old.files.get(path) != content}
        subject = subject.format(name=new.inputs.name)
        made = self.authored(subject, listed(changes), {**gone, **changed})
        self.tip = await self.scratch.repository.commit("pure", self.tip, made)
        self.commits.append((self.tip, subject))
        self.moves |= moved_files(old.inputs.specs, new.inputs.specs, gone, new.files.keys() - old.files.keys())
        self.notes += new.notes
        self.trades_entities |= new.trades_entities
        self.takes_away |= new.takes_away

    def authored(self, subject: str, body: str, files: Mapping[str, bytes | None]) -> Commit:
        """Return a commit of files by the author of the build; its place among the commits is in its date."""
        return made_commit(self.inputs, len(self.commits), message(subject, body), files)

    async def merge(self, verdicts: Mapping[str, Check]) -> Outcome:
        """Merge in memory, write the documents, and move the working copy."""
        merged = await self.merged()
        is_judged = bool(verdicts) and not merged.conflicts
        planning = await self.documents(
            self.existing.head, *(judged_as_a_whole(self.inputs, self.tip) if is_judged else ({}, {}))
        )
        subject = MERGE.format(name=self.inputs.name)
        if merged.conflicts:
            await self.leave_to_person(merged, planning, subject)
        else:
            await self.finish(merged, planning, subject)
            self.notes += [TAKE_BACK.format(commit=self.existing.head[:12])] if self.takes_away else []
        return Outcome(
            commits=tuple(self.commits),
            conflicts=merged.conflicts,
            notes=tuple(self.notes),
        )

    async def merged(self) -> Merged:
        """Merge what changed in pure output since the last merge with what people changed since."""
        base = await self.scratch.tree(await self.with_moves(self.existing.merged, "base"), without=FOLDER)
        ours = await self.scratch.tree(await self.with_moves(self.existing.head, "ours"))
        theirs = await self.scratch.tree(self.tip, without=FOLDER)
        sides = (self.existing.branch, ours), (GENERATED, theirs)
        return await self.scratch.merge(base, *sides, follow_renames=not self.trades_entities)

    async def with_moves(self, commit: str, side: str) -> str:
        """Return a commit in which renamed files have their new paths, so that they are merged as the files they are.

        What a person has put at a new path stays there.
        """
        taken = {entry.path for entry in await self.copy.repository.entries(self.existing.head, "")}
        files: dict[str, bytes | None] = {}
        for path, moved in self.moves.items():
            content = await self.copy.repository.file(commit, path)
            if content is not None and moved not in taken:
                files |= {path: None, moved: content}
        if not files:
            return commit
        return await self.scratch.repository.commit(f"moved-{side}", commit, self.authored(MERGE, "", files))

    async def documents(
        self, head: str, states: Mapping[str, TaskState], commits: Mapping[str, str]
    ) -> dict[str, bytes | None]:
        """Return the planning documents that differ from those of a commit; a dropped phase's are gone."""
        wanted = every_document(self.inputs, states, commits)
        former = every_document(self.former, *judged_as_a_whole(self.former, self.tip))
        there = {entry.path for entry in await self.copy.repository.entries(head, PLANNING)}
        gone = dict.fromkeys(sorted(path for path in former if path in there and path not in wanted))
        changed = {
            path: content
            for path, content in wanted.items()
            if content is not None and await self.copy.repository.file(head, path) != content
        }
        return {**gone, **changed}

    async def finish(self, merged: Merged, planning: Mapping[str, bytes | None], subject: str) -> None:
        """Commit the merge, then the documents, and move everything there."""
        made = self.authored(subject, listed(self.changes), {})
        tip = await self.scratch.commit_tree(merged.tree, (self.existing.head, self.tip), made)
        self.commits.append((tip, subject))
        if planning:
            subject = PLAN.format(name=self.inputs.name)
            tip = await self.scratch.repository.commit("merged", tip, self.authored(subject, "", planning))
            self.commits.append((tip, subject))
        await self.move(tip, tip, merged, "")

    async def leave_to_person(self, merged: Merged, planning: Mapping[str, bytes | None], subject: str) -> None:
        """Put the merge with its markers, and the documents, where git lets a person go on."""
        made = self.authored(subject, "", {})
        files = await self.scratch.commit_tree(merged.tree, (self.existing.head,), made)
        if planning:
            files = await self.scratch.repository.commit("merged", files, self.authored(subject, "", planning))
        conflicts = "".join(f"#\t{path}\n" for path in merged.conflicts)
        text = f"{made.message}\n# Conflicts:\n{conflicts}"
        await self.move(self.existing.head, files, merged, text)

    async def move(self, new: str, files: str, merged: Merged, text: str) -> None:
        """Hand over all that was made, and move references and files."""
        await self.scratch.hand_over((self.tip, files))
        await self.existing.checkout.move(
            Move(
                branch=self.existing.branch,
                old=self.existing.head,
                new=new,
                other=GENERATED,
                other_old=self.existing.generated,
                other_new=self.tip,
                files=files,
                stages=merged.stages,
                message=text,
            )
        )


def same_output(one: Generation, other: Generation) -> bool:
    """Tell whether two generations hold the same files, their records left out."""
    return one.record.digest == other.record.digest


def same_specs(one: Record, other: Record) -> bool:
    """Tell whether two generations were made from the same documents and features, under the same name."""
    return one.model_copy(update={"blueprint": other.blueprint}) == other


def listed(changes: tuple[str, ...]) -> str:
    """Return changes as the body of a commit message."""
    shown = [f"- {' '.join(change.split())}" for change in changes[:MOST_CHANGES]]
    more = len(changes) - len(shown)
    return "\n".join([*shown, *([f"- and {more} more"] if more else [])])
