"""What people say in the thread of a plan: words that decide, questions why, answers, and more of what they want."""

from __future__ import annotations

import re

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.patterns import regex
from bot.planning.built_in.phrases.leaving_out import read_leaving_out
from bot.planning.conversation import Question
from bot.slack.answers import Answers, Caller, says
from bot.slack.blocks.card import details
from bot.slack.blocks.history import history
from bot.slack.blocks.notices import status
from bot.slack.cancelling import CANCEL_WORDS, cancel_asked
from bot.slack.given_plans import said_build
from bot.slack.inbox import handling
from bot.slack.people import People, Standing, require_approver, require_member
from bot.slack.plan_pages import PlanPages
from bot.slack.reactions import react
from bot.slack.reasons import explained
from bot.slack.speakers import Speakers
from bot.slack.thread_help import asks_what_is_built, stage_help, what_is_built
from bot.slack.unaddressed import UNDER_WAY, Unaddressed
from bot.slack.user_groups import UserGroups
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.approving import approve
from bot.workflow.checkpoints import answer_checkpoint, answer_in_words
from bot.workflow.disagreements import unsettled
from bot.workflow.going_back import asked_back, go_back
from bot.workflow.history import past_reviews
from bot.workflow.overview import overview
from bot.workflow.plain_questions import answer_while_gathering, parted, take_at_review
from bot.workflow.plans import plan_by_id, resume, stop
from bot.workflow.policy import policy_of, renew_groups
from bot.workflow.provenance import asked_why, why
from bot.workflow.questions import reply
from bot.workflow.refusals import Refused
from bot.workflow.reviews import documents_of, review_of, review_posted_before
from bot.workflow.sides_in_words import named_sides, side_taken
from bot.workflow.stages import Capability, Hold, PlanStage, allows
from bot.workflow.waiting import BUILT_IN

__all__ = ["ThreadTalk", "is_word"]

WORDS = frozenset({"approve", "stop", "pause", "resume"})
"""What people say in a thread to decide something; what else they say is input."""
GOES_ON = frozenset({"go on", "continue", "carry on", "go ahead", "keep going", "unpause"})
"""What people say in the place of `resume` while a plan is paused, or needs somebody."""
RETRIES = frozenset({"retry", "try again", "try it again", "try once more", "again"})
"""What they say in the place of `Retry` while a plan needs somebody."""
SHOWN = frozenset({"status", "tasks", "history"})
"""What they say to be shown something."""
LEAVES_OUT = regex(r"(?:(?:ok|okay|please|then|yes|no|so|just)\b[,:\s]*)*leave\b.*\bout\b", re.IGNORECASE)
"""What reviews offer to say; "forget it" may be meant for somebody else."""
HELP = frozenset({"help", "help?", "?"})
"""What asks what can be said."""


class ThreadTalk:
    """Takes what is said in threads that have a plan."""

    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        answers: Answers,
        people: People,
        pages: PlanPages,
        planner: str,
    ) -> None:
        """Keep in this database, ask and react through this client; ``planner`` is the one that is configured."""
        self._database = database
        self._pages = pages
        self._client = client
        self._answers = answers
        self._people = people
        self._groups = UserGroups(client)
        self._speakers = Speakers(client)
        self._unaddressed = Unaddressed(database, client, answers, has_model=planner != BUILT_IN)

    async def take(self, plan: Plan, said: str, who: Caller, key: str, timestamp: str, *, addressed: bool) -> None:
        """Take one message; `timestamp` is its own, in Slack's form. Raises Refused."""
        word = meant_word(said, plan)
        if await self._shown(plan, said, who):
            return
        if (name := asked_why(said)) and await self._explain(plan, name, who, addressed=addressed):
            return
        if await self._go_back(plan, said, who, key, addressed=addressed) or await self._said_to_given_plan(
            plan, said, who, key, timestamp, addressed=addressed
        ):
            return
        if word not in WORDS and plan.stage in UNDER_WAY:
            await self._unaddressed.while_building(plan, said, timestamp, who, key, addressed=addressed)
            return
        addressed = addressed or await self._leaves_out(plan, said)
        if word not in WORDS and not addressed and plan.stage != PlanStage.GATHERING:
            await self._unaddressed.at_rest(plan, said, who, key)
            return
        standing = await self._people.standing(who.workspace, who.person)
        if word in WORDS:
            answer = await self._said_word(word, plan, who, key, timestamp, standing)
        else:
            answer, is_seen = await self._said_more(plan, said, who, key, standing, addressed=addressed)
            if is_seen:
                await react(self._client, who.channel, timestamp)
        if answer:
            await self._answers.tell(who, says(answer))

    async def _leaves_out(self, plan: Plan, said: str) -> bool:
        """Tell whether a whole message is what a review offers: to leave out what could not be read."""
        if plan.stage != PlanStage.IN_REVIEW or not LEAVES_OUT.match(said.strip()) or not read_leaving_out(said):
            return False
        async with self._database.read() as session:
            row = await review_of(session, plan, plan.review)
        return bool(row.content.get("unread"))

    async def _shown(self, plan: Plan, said: str, who: Caller) -> bool:
        """Show what a whole message asks to see, to its writer alone; tell whether it was such a message."""
        word = as_word(said)
        if word in SHOWN | CANCEL_WORDS:
            await self.show(plan.id, word, who)
        elif word in HELP:
            await self._answers.tell(who, stage_help(plan))
        elif asks_what_is_built(said):
            await self._answers.tell(who, what_is_built())
        else:
            return False
        return True

    async def _said_to_given_plan(
        self, plan: Plan, said: str, who: Caller, key: str, timestamp: str, *, addressed: bool
    ) -> bool:
        """Take an answer at a checkpoint, and the word `build`; False for everything else. Raises Refused."""
        builds = as_word(said) == "build" and plan.stage == PlanStage.IN_REVIEW
        async with self._database.read() as session:
            point = (
                await answer_in_words(session, plan, said, addressed=addressed) if plan.hold == Hold.WAITING else None
            )
        if as_word(said) in WORDS or not (builds or point):
            return False
        await self.require_approver(plan, who, await self._people.standing(who.workspace, who.person))
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            if point is not None:
                answer = await answer_checkpoint(session, plan, *point, who.person, key)
            else:
                await said_build(session, plan, who.person, timestamp, key)
                answer = ""
        if answer:
            await self._answers.tell(who, says(answer))
        return True

    async def _said_word(self, word: str, plan: Plan, who: Caller, key: str, timestamp: str, standing: Standing) -> str:
        """Take one of the deciding words; return what to tell the person. Raises Refused."""
        if word == "approve":
            await self.require_approver(plan, who, standing)
        else:
            require_member(standing)
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            return await self._decide(session, word, plan, who, key, timestamp)

    async def _said_more(
        self, plan: Plan, said: str, who: Caller, key: str, standing: Standing, *, addressed: bool
    ) -> tuple[str, bool]:
        """Take what is no word of ours as input of the plan. Raises Refused.

        Returns what to tell the person, and whether the message was taken though no question changed by it.
        """
        said = await self._with_sides(plan, said, who) if plan.stage == PlanStage.GATHERING else said
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            if plan.stage == PlanStage.GATHERING:
                stated, asked = parted(said)
                answer = await answer_while_gathering(session, plan, asked or said)
                if answer and not asked:
                    return answer, False
                taken = await reply(session, plan, stated if answer else said, who.person, key)
                answer = answer and (await answer_while_gathering(session, plan, asked) or answer)
                told = " ".join(filter(None, [*taken.left_out, taken.told, answer]))
                return told, not taken.answered and not taken.left_out
            if addressed and allows(plan, Capability.REQUEST_CHANGES):
                require_member(standing)
                return await take_at_review(session, plan, plan.review, said, who.person, key), False
            if addressed:
                raise Refused(f"*{plan.title}* is {plan.stage}. Changing it now is not possible yet; nothing is lost.")
        return "", False

    async def _with_sides(self, plan: Plan, said: str, who: Caller) -> str:
        """Return what settles a disagreement with the ids of those whom it names: "let's take Mara's"."""
        async with self._database.read() as session:
            asked = [Question.model_validate(row.question) for row in await unsettled(session, plan)]
        names = {side.author: await self._speakers.name(side.author) for one in asked for side in one.sides}
        named = named_sides(said, asked, names)
        return named if any(side_taken(one, named, who.person) for one in asked) else said

    async def _decide(self, session: AsyncSession, word: str, plan: Plan, who: Caller, key: str, timestamp: str) -> str:
        """Do what one of the deciding words says; return what to tell the person. Raises Refused."""
        if word in {"stop", "pause"}:
            return await stop(session, plan, who.person, key)
        if word == "resume":
            return await resume(session, plan, who.person, key)
        seen = await review_posted_before(session, plan, timestamp)
        await approve(session, plan, seen.number, documents_of(seen), who.person, key)
        return ""

    async def _go_back(self, plan: Plan, said: str, who: Caller, key: str, *, addressed: bool) -> bool:
        """Go back to an earlier review; False for what doesn't ask for it, and talk between people. Raises Refused."""
        way = asked_back(said)
        is_meant = way is not None and way.is_plain and plan.stage != PlanStage.CANCELLED
        if way is None or not (addressed or is_meant):
            return False
        require_member(await self._people.standing(who.workspace, who.person))
        async with handling(self._database, key) as session:
            plan = await plan_by_id(session, plan.id, who.workspace, change=True)
            answer = await go_back(session, plan, way, who.person, key)
        if answer:
            await self._answers.tell(who, says(answer))
        return True

    async def _explain(self, plan: Plan, name: str, who: Caller, *, addressed: bool) -> bool:
        """Tell why something is in a plan; False where nothing was asked ("why bother"). Raises Refused."""
        try:
            async with self._database.read() as session:
                reason = await why(session, await plan_by_id(session, plan.id, who.workspace), name)
        except Refused:
            if addressed or name[:1].isdigit():
                raise
            return False
        await self._answers.tell(who, await explained(self._client, plan, reason))
        return True

    async def show(self, plan_id: str, word: str, who: Caller) -> None:
        """Show how a plan stands, or ask whether it shall be cancelled, to one person. Raises Refused."""
        async with self._database.read() as session:
            plan = await plan_by_id(session, plan_id, who.workspace)
            view = self._pages.shown(await overview(session, plan))
            if word in CANCEL_WORDS:
                answer = await cancel_asked(session, plan)
            elif word == "history":
                answer = history(view, await past_reviews(session, plan), self._pages)
            else:
                answer = details(view) if word == "tasks" and view.phases else status(view)
        await self._answers.tell(who, answer)

    async def require_approver(self, plan: Plan, who: Caller, standing: Standing) -> None:
        """Look up who belongs to the groups of the channel's policy now, and what it lets a guest do. Raises Refused.

        Slack need not be asked about groups for somebody who is named.
        """
        async with self._database.read() as session:
            policy = await policy_of(session, plan)
        if policy.groups and who.person not in policy.people:
            members = await self._groups.members(policy)
            async with self._database.write() as session:
                await renew_groups(session, plan.workspace, plan.channel, members)
                policy = await policy_of(session, plan)
        require_approver(standing, policy, who.person)


def as_word(said: str) -> str:
    """Return a message as it would be one of our words."""
    return said.strip().lower().rstrip(".!")


def meant_word(said: str, plan: Plan) -> str:
    """Return a message as one of our words: "go on" is `resume` while a plan is paused, "retry" where it stopped."""
    word = as_word(said)
    goes_on = {Hold.PAUSED: GOES_ON, Hold.BLOCKED: GOES_ON | RETRIES}
    return "resume" if plan.hold and word in goes_on.get(Hold(plan.hold), ()) else word


def is_word(said: str) -> bool:
    """Tell whether a whole message is one of the words that count in a thread."""
    asks = (asked_why(said), asked_back(said), asks_what_is_built(said))
    return as_word(said) in WORDS | SHOWN | HELP or any(asks)
