"""The model planner: a language model decides, one prompt a decision; its answers are read and checked like anyone's.

First time: interview (again after each round of answers), requirements, entity_specs, and task_plan where something is
left that only written code can do. After a change: revision, and task_plan where custom behaviour is new or different.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.checks import check_requirements
from bot.documents.requirements.requirements import Requirement, Requirements, numbered_criteria
from bot.language_model.port import LanguageModel
from bot.planning.conversation import Conversation, Earlier, Interview, Proposal, Slot
from bot.planning.derived import derive
from bot.planning.edited_entities import edited_specs, with_earlier, with_edited
from bot.planning.existing_repository import names_found, words_found
from bot.planning.model.answer_rules import BEHAVIOUR_RULES, INTERVIEW_RULES, PLAIN_RULES, QUESTION_RULES, broken
from bot.planning.model.asking import ask
from bot.planning.model.model_answers import (
    SLOTS,
    Closed,
    EntitySpecsAnswer,
    InterviewAnswer,
    RequirementsAnswer,
    RevisionAnswer,
    TaskPlanAnswer,
    WantedBehaviour,
)
from bot.planning.model.model_prompts import (
    entity_specs_prompt,
    interview_prompt,
    requirements_prompt,
    revision_prompt,
    task_plan_prompt,
)
from bot.planning.model.plan_rules import REVISION_RULES, SPECS_RULES, TASK_RULES, THING_RULES, Planned, Wanted
from bot.planning.model.proposals import (
    errors,
    first_proposal,
    problems_of,
    question_of,
    revised_proposal,
    said_of,
    with_tasks,
)

__all__ = ["ModelPlanner"]

WHAT = {
    "interview": "what is missing",
    "requirements": "the requirements",
    "entity_specs": "the entities",
    "task_plan": "the tasks of custom behaviour",
    "revision": "the changed plan",
}
"""What each decision is about, in words for people."""
ADVICE = "Say it in other words here, paste entity_specs, or use the built-in planner."


class ModelPlanner:
    """Implements `bot.planning.conversation.Planner` with a language model."""

    def __init__(self, language_model: LanguageModel) -> None:
        """Plan with this model."""
        self.name = language_model.name
        self._model = language_model

    async def interview(self, conversation: Conversation) -> Interview:
        """Return what is known and what the model asks; after a change, the new proposal too. Raises PlannerError."""
        if conversation.earlier and conversation.new_changes:
            return await self._about_change(conversation, with_earlier(conversation, conversation.earlier))

        def judge(given: InterviewAnswer) -> list[str]:
            return [*broken(given, None, INTERVIEW_RULES), *broken(given, conversation, QUESTION_RULES)]

        answer = await self._ask("interview", interview_prompt(conversation), InterviewAnswer, judge)
        return Interview(
            title=answer.title.strip(),
            slots=tuple(Slot(name=name, known=name in answer.known or not answer.questions) for name in SLOTS),
            questions=tuple(map(question_of, answer.questions)),
        )

    async def propose(self, conversation: Conversation) -> Proposal:
        """Return the proposal; what nobody said is noted as an assumption. Raises PlannerError."""
        earlier = conversation.earlier
        if earlier and conversation.new_changes:
            interview = await self._about_change(conversation, with_earlier(conversation, earlier), asks=False)
            if interview.proposal is not None:
                return interview.proposal
        wanted = await self._requirements(conversation)
        kept = await self._entity_specs(conversation, wanted)
        return await self._completed(first_proposal(wanted, kept, conversation), conversation, None)

    async def _about_change(self, conversation: Conversation, earlier: Earlier, *, asks: bool = True) -> Interview:
        """Return what must be asked about a change, or the proposal after it; without ``asks``, always the latter.

        Entities that people edited by hand stand as they are: nothing is asked where nothing else was said.
        """
        if all(edited_specs(change.text) for change in conversation.new_changes):
            proposal = await self._completed(earlier.proposal, conversation, earlier)
            return Interview(title=proposal.title, slots=tuple(Slot(name=name, known=True) for name in SLOTS),
                             proposal=proposal)  # fmt: skip
        answer = await self._revision(conversation, earlier)
        revised = with_edited(revised_proposal(earlier.proposal, answer, conversation), conversation.changes)
        asked = {question.about for question in answer.questions}
        slots = tuple(Slot(name=name, known=name not in asked) for name in SLOTS)
        if answer.questions and asks:
            questions = tuple(map(question_of, answer.questions))
            return Interview(title=revised.title, slots=slots, questions=questions)
        proposal = await self._completed(revised, conversation, earlier)
        return Interview(title=revised.title, slots=slots, proposal=proposal)

    async def _requirements(self, conversation: Conversation) -> RequirementsAnswer:
        """Decide what people want."""

        def judge(given: RequirementsAnswer) -> list[str]:
            untitled = [] if given.title.strip() else ["title: name the service"]
            return [*broken(given, conversation, BEHAVIOUR_RULES), *wrong_criteria(given.behaviours), *untitled]

        return await self._ask("requirements", requirements_prompt(conversation), RequirementsAnswer, judge)

    async def _entity_specs(self, conversation: Conversation, wanted: RequirementsAnswer) -> EntitySpecsAnswer:
        """Decide what is kept for it."""
        known = Wanted(
            tuple(behaviour.title for behaviour in wanted.behaviours), tuple(each.name for each in wanted.entities)
        )
        return await self._ask(
            "entity_specs",
            entity_specs_prompt(conversation, wanted),
            EntitySpecsAnswer,
            lambda given: [
                *broken(given, known, SPECS_RULES),
                *broken(given, known, THING_RULES),
                *problems_of(first_proposal(wanted, given, conversation), given.entity_specs),
            ],
            lambda given: said_of(names_found(first_proposal(wanted, given, conversation), conversation.repository)),
        )

    async def _revision(self, conversation: Conversation, earlier: Earlier) -> RevisionAnswer:
        """Decide what the plan is after a change."""
        before = earlier.proposal

        def judge(given: RevisionAnswer) -> list[str]:
            titles = (*(each.title for each in before.custom), *(each.title for each in given.behaviours))
            known = Wanted(titles, earlier=before)
            return [
                *broken(given, known, REVISION_RULES),
                *broken(given, known, SPECS_RULES),
                *broken(given, conversation, BEHAVIOUR_RULES),
                *broken(given, conversation, QUESTION_RULES),
                *wrong_criteria(given.behaviours),
                *problems_of(revised_proposal(before, given, conversation), given.entity_specs),
            ]

        def doubts(given: RevisionAnswer) -> list[str]:
            after, repository = revised_proposal(before, given, conversation), conversation.repository
            found = (*names_found(after, repository), *words_found(after, repository))
            known = {*names_found(before, repository), *words_found(before, repository)}
            return said_of([finding for finding in found if finding not in known])

        return await self._ask("revision", revision_prompt(conversation, before), RevisionAnswer, judge, doubts)

    async def _completed(self, proposal: Proposal, conversation: Conversation, earlier: Earlier | None) -> Proposal:
        """Return a proposal with how its custom behaviours are built; asked only where one is new or different."""
        if not proposal.custom:
            return proposal.model_copy(update={"risks": ()})
        if earlier and proposal.custom == earlier.proposal.custom:
            return proposal
        derived = derive(proposal)
        planned = Planned(derived.task_plan)

        def judge(given: TaskPlanAnswer) -> list[str]:
            wrong = broken(given, planned, TASK_RULES)
            return wrong or errors(derive(with_tasks(proposal, given, conversation)).findings)

        def doubts(given: TaskPlanAnswer) -> list[str]:
            return said_of(words_found(with_tasks(proposal, given, conversation), conversation.repository))

        prompt = task_plan_prompt(conversation, proposal, derived)
        answer = await self._ask("task_plan", prompt, TaskPlanAnswer, judge, doubts)
        return with_tasks(proposal, answer, conversation)

    async def _ask[Answer: Closed](
        self,
        decision: str,
        prompt: str,
        schema: type[Answer],
        judge: Callable[[Answer], list[str]],
        doubts: Callable[[Answer], list[str]] = lambda _answer: [],
    ) -> Answer:
        """Ask for one decision; every answer is held to what all answers keep to. Raises PlannerError."""

        def every(given: Answer) -> list[str]:
            return [*broken(given, None, PLAIN_RULES), *judge(given)]

        return await ask(self._model, decision, prompt, schema, every, WHAT[decision], ADVICE, doubts)


def wrong_criteria(behaviours: Sequence[WantedBehaviour]) -> list[str]:
    """Return what the rules of requirements find in wanted behaviours."""
    if not behaviours:
        return []
    requirements = tuple(
        Requirement(
            number=number,
            title=behaviour.title,
            user_story=behaviour.user_story,
            criteria=numbered_criteria(number, behaviour.criteria),
        )
        for number, behaviour in enumerate(behaviours, start=1)
    )
    return errors(check_requirements(Requirements(title="", introduction="", requirements=requirements)))
