"""Between requirements.md and REQUIREMENTS.md: criterion 1.2 is the listed requirement 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.documents.conversions.losses import Loss, Places
from bot.documents.progress.progress import requirements_list_of
from bot.documents.progress.requirements_list import ListedRequirement, RequirementGroup, RequirementsList
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.documents.tasks.task_plan import TaskPlan
from bot.documents.text.boxes import TaskState
from bot.documents.text.numbering import Numbers, Removed
from bot.documents.text.reading import quote
from bot.patterns import regex

__all__ = ["list_from_requirements", "requirements_from_list"]

HOME = "Requirements"
STORY = "User Story: "
CRITERION = regex(r"(?P<requirement>[1-9]\d{0,5})\.(?P<own>[1-9]\d{0,5})")
GROUP = regex(r"(?P<number>[1-9]\d{0,5})\.(?:[ ](?P<title>.*))?")


def list_from_requirements(requirements: Requirements, lines: Places) -> tuple[RequirementsList, tuple[Loss, ...]]:
    """Return the acceptance criteria as a list of open boxes, and what the list has no place for.

    The introduction and the user stories stand above their groups; a struck criterion stays struck.
    """
    listed = requirements_list_of(requirements, TaskPlan(title="", phases=()), {})
    stories = {group_heading(each): each.user_story for each in requirements.requirements}
    home, *groups = listed.groups
    struck = tuple(ListedRequirement(id=each.number, text=each.text, removed=True) for each in requirements.removed)
    made = [RequirementGroup(heading=home.heading, intro=requirements.introduction, requirements=struck)]
    for group in groups:
        story = stories.get(group.heading, "")
        made.append(group.model_copy(update={"intro": f"{STORY}{story}" if story else ""}))
    losses = tuple(requirements_losses(requirements, lines))
    return listed.model_copy(update={"groups": tuple(made), "traces": ()}), losses


def group_heading(requirement: Requirement) -> str:
    """Return the heading that `requirements_list_of` gives a requirement."""
    return f"{requirement.number}. {requirement.title}".rstrip()


def requirements_losses(requirements: Requirements, lines: Places) -> Iterator[Loss]:
    """Yield what a list of requirements has no place for."""
    for term in requirements.glossary:
        yield Loss(
            lines.of_text(term.word), f"the term {quote(f'{term.word}: {term.meaning}')} of the glossary has no place"
        )
    for assumption in requirements.assumptions:
        yield Loss(lines.of_text(assumption), f"the assumption {quote(assumption)} has no place")
    for each in requirements.requirements:
        if not each.criteria:
            said = quote(f"{each.title} {each.user_story}")
            yield Loss(lines.get(str(each.number), 0), f"requirement {each.number} {said} has no criterion to list")


@dataclass
class Draft:
    """A requirement while its criteria come in."""

    title: str = ""
    story: str = ""
    criteria: list[AcceptanceCriterion] = field(default_factory=list)


def requirements_from_list(listed: RequirementsList, lines: Places) -> tuple[Requirements, tuple[Loss, ...]]:
    """Return requirements with criteria of a list, and what they have no place for. Ids of words get numbers."""
    return ListReader(listed, lines).read()


class ListReader:
    """Gives each listed requirement its place among requirements with numbers."""

    def __init__(self, listed: RequirementsList, lines: Places) -> None:
        """Take every number that the list gives."""
        self.listed = listed
        self.lines = lines
        self.losses: list[Loss] = []
        self.drafts: dict[int, Draft] = {}
        self.removed: list[Removed] = []
        self.introduction = ""
        self.given: set[str] = set()
        headings = (GROUP.fullmatch(group.heading) for group in listed.groups)
        ids = (each.id for each in listed.requirements() if CRITERION.fullmatch(each.id) or each.id.isdigit())
        self.numbers = Numbers([*ids, *(match["number"] for match in headings if match)])

    def read(self) -> tuple[Requirements, tuple[Loss, ...]]:
        """Return the requirements and the losses."""
        for group in self.listed.groups:
            self.take_group(group)
        self.lose_the_rest()
        requirements = Requirements(
            title=self.listed.title,
            introduction=self.introduction,
            requirements=tuple(
                Requirement(number=number, title=draft.title, user_story=draft.story, criteria=tuple(draft.criteria))
                for number, draft in self.drafts.items()
            ),
            removed=tuple(self.removed),
        )
        return requirements, tuple(self.losses)

    def take_group(self, group: RequirementGroup) -> None:
        """Take a group: a numbered one is a requirement, the first is the introduction, others get a number."""
        there = [each for each in group.requirements if not each.removed]
        self.strike(each for each in group.requirements if each.removed)
        match = GROUP.fullmatch(group.heading)
        if not there and not match:
            self.take_heading(group)
            return
        number = self.number_of(match, there)
        if not number:
            self.lose(f"the heading {quote(group.heading)} stands above several requirements", self.of(group.heading))
            self.lose_intro(group.intro, "several requirements")
        else:
            self.take_requirement(number, (match["title"] or "") if match else group.heading, group.intro)
        for each in there:
            own = CRITERION.fullmatch(each.id)
            self.take(each, int(own["requirement"]) if own else number)

    def number_of(self, match: re.Match[str] | None, there: list[ListedRequirement]) -> int:
        """Return the number of the requirement that a group is; 0 where its criteria are those of several."""
        if match:
            return int(match["number"])
        owners = {own["requirement"] if (own := CRITERION.fullmatch(each.id)) else "" for each in there}
        if len(owners) == 1 and "" not in owners:
            return int(owners.pop())
        return int(self.numbers.give()) if "" in owners else 0

    def take_heading(self, group: RequirementGroup) -> None:
        """Take a heading without requirements: the first one stands above the introduction."""
        if group.heading == HOME and not self.introduction and not self.drafts:
            self.introduction = group.intro
        elif group.heading != HOME or group.intro:
            said = f" and {quote(group.intro)}" if group.intro else ""
            said = f"the heading {quote(group.heading)}{said} stands above no requirement"
            self.lose(said, self.of(group.heading))

    def take_requirement(self, number: int, title: str, intro: str) -> None:
        """Take a heading as that of a requirement, with the user story below it."""
        draft = self.drafts.setdefault(number, Draft())
        if draft.title and title != draft.title:
            self.lose(f"the heading {quote(title)} stands beside the title of requirement {number}", self.of(title))
        draft.title = draft.title or title
        if intro.startswith(STORY) and not draft.story and "\n" not in intro:
            draft.story = intro.removeprefix(STORY)
        else:
            self.lose_intro(intro, f"requirement {number}")

    def lose_intro(self, intro: str, where: str) -> None:
        """Note paragraphs that have no place."""
        if intro:
            self.lose(f"{quote(intro)} above {where} has no place", self.of(intro))

    def take(self, each: ListedRequirement, number: int) -> None:
        """Take one requirement of the list as a criterion."""
        line = self.lines.get(each.id, 0)
        draft = self.drafts.setdefault(number, Draft())
        own = each.id
        if not CRITERION.fullmatch(own) or own in self.given:
            own = self.numbers.give(str(number))
            self.lose(f"the id {each.id} becomes {own}: criteria have numbers", line)
        self.given.add(own)
        if not each.text:
            self.lose(f"{each.id} says nothing", line)
        draft.criteria.append(AcceptanceCriterion(number=own, text=each.text))
        if each.state not in {None, TaskState.TODO}:
            self.lose(f"the box of {each.id} says {each.state.name.lower()}, and criteria have none", line)
        for detail in each.details:
            self.lose(f"{quote(detail)} below {each.id} has no place", line)

    def strike(self, struck: Iterator[ListedRequirement] | Sequence[ListedRequirement]) -> None:
        """Take struck requirements: numbers are kept, ids of words have no place."""
        for each in struck:
            is_number = CRITERION.fullmatch(each.id) or each.id.isdigit()
            if is_number and each.id not in self.given:
                self.removed.append(Removed(number=each.id, text=each.text))
            else:
                self.lose(f"the struck {each.id} {quote(each.text)} has no number", self.lines.get(each.id, 0))

    def of(self, text: str) -> int:
        """Return the line that begins to say a text."""
        return self.lines.of_text(text)

    def lose(self, said: str, line: int = 0) -> None:
        """Note a loss."""
        self.losses.append(Loss(line, said))

    def lose_the_rest(self) -> None:
        """Note what stands beside the groups."""
        for label in self.listed.labels:
            self.lose(f"{quote(f'{label.name}: {label.text}')} has no place", self.of(label.name))
        for excluded in self.listed.out_of_scope:
            said = quote(f"{excluded.what}: {excluded.why}")
            self.lose(f"{said} is out of scope, and that has no place", self.of(excluded.what))
        for trace in self.listed.traces:
            cells = (trace.requirement, trace.phase, trace.state, *(label.text for label in trace.more))
            said = quote(" | ".join(cell for cell in cells if cell))
            self.lose(f"the row {said} has no place", self.of(f"| {trace.requirement}"))
        for note in self.listed.notes:
            said = f"the section {quote(note.heading)} with {quote(note.text)} has no place"
            self.lose(said, self.of(note.text or note.heading))
        if self.listed.front_matter:
            self.lose(f"the front matter {quote(self.listed.front_matter)} has no place", 1)
