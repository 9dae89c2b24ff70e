"""What people ask of the work itself, told by a plan's stage: "are we done?", "where is it?", "how do I start it?"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.planning.built_in.words.vocabulary import straight
from bot.store.tables import Plan
from bot.workflow.asked_of_work import (
    ADVICE,
    AGAIN,
    ANOTHER,
    BREAKS,
    BY_HAND,
    CHANGES,
    DATA,
    DELETES,
    DOING,
    DONE,
    HOW_CHANGES,
    HOW_LONG,
    HUMAN,
    LEAVES,
    MISTAKE,
    NEXT,
    NO_ANSWER,
    ONLINE,
    OTHERS,
    QUESTIONS_LEFT,
    READERS,
    RESULT,
    SKILLS,
    SPEAKS,
    STARTS,
    STAYS,
    STOPS,
    STUCK,
    TELLS,
    WHERE,
    WORKS,
)
from bot.workflow.stages import PlanStage
from bot.workflow.told_of_open_tasks import asks_what_is_open

__all__ = ["told_of_stage"]

LONGEST = 120
GATHERING, IN_REVIEW, BUILDING, DELIVERED, HELD = "gathering", "in review", "building", "delivered", "held up"
ANY_STAGE = ""
NOT_YET = "Not yet: nothing is built before somebody approves the review. {next}"
UNDER_WAY = "Not yet: it is being built. This thread hears when the repository is ready; `status` tells how far it is."
ENDS = "Say `stop`: that pauses, and `resume` goes on. `cancel` asks once and then ends the plan."
ANEW = "`cancel` asks once and then ends this plan. A new one begins with `/plan new` and your idea in the channel."
NONE_LEFT = "None: I ask nothing right now."
TAKES_OUT = "To take one thing out of it, mention me with a sentence such as `remove the note`"
MENTION = "Mention me in this thread with what should be different, in a sentence"
KEPT = "Yes. All of it is kept here; "
STAYS_KEPT = "No. All of it is kept here; "
BRANCH = "a later change of mine comes as a branch beside what you edited, so that nothing of yours is lost."
CHANGED = {
    IN_REVIEW: (
        f"{MENTION}, or press `Request changes`: then a new review comes. Nothing changes before somebody approves it."
    ),
    BUILDING: (
        "This build goes on as it was approved. Say now what should be different, and I quote it here once it is "
        "delivered. Or wait for that, and mention me with it: it becomes a change. `stop` pauses the build."
    ),
    DELIVERED: (
        f"{MENTION}: it becomes a change, which comes as a branch beside what people edited. Nothing changes before "
        "somebody approves its review."
    ),
}
TOLD: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...] = (
    (RESULT, {
        ANY_STAGE: (
            "A repository with a service: its code, its tests, and a README that says how to run it. It keeps the "
            "things of your plan, and lists all that it can do at `/docs`. The review shows what it will be."
        ),
    }),
    (SKILLS, {
        ANY_STAGE: (
            "Not to plan it: plain sentences are enough. To run it for good, ask somebody who runs servers to follow "
            "its README."
        ),
    }),
    (ADVICE, {
        IN_REVIEW: (
            "That is yours to decide: I build exactly what review {review} shows. Is something wrong or missing there, "
            "say it to me in a sentence first; and whatever is built can be changed later too."
        ),
    }),
    (MISTAKE, {
        **CHANGED,
        IN_REVIEW: (
            "Nothing is lost: say what should be different before the approval or after it. `stop` pauses a build, and "
            "what is delivered can be changed too."
        ),
    }),
    (TELLS, dict.fromkeys(
        (GATHERING, IN_REVIEW, BUILDING), "Yes: this thread hears when the repository is ready, or when I need you."
    )),
    (BY_HAND, {
        **dict.fromkeys((GATHERING, IN_REVIEW, BUILDING), f"You may, once it is delivered: {BRANCH}"),
        DELIVERED: f"You may, in its repository: {BRANCH}",
    }),
    (DONE, {
        GATHERING: "Not quite. {questions} Then I show one review to approve, and build what it says.",
        IN_REVIEW: (
            "Almost: review {review} waits for `Approve and build`. Is something missing, say it to me in a sentence."
        ),
        BUILDING: "Not yet.",
        DELIVERED: "Yes, *{title}* is delivered. `what is left?` tells whether a task stayed open.",
    }),
    (DOING, {
        GATHERING: "I wait for you. {questions}",
        IN_REVIEW: "I wait until somebody approves review {review}, or says what should be different.",
        BUILDING: "I build what was approved, one task after the other.",
        DELIVERED: f"Nothing: *{{title}}* is delivered. {MENTION}, and it becomes a change.",
    }),
    (HOW_LONG, {
        GATHERING: (
            "A few minutes after the approval, for most plans. First come my questions, then one review. {questions}"
        ),
        IN_REVIEW: (
            "A few minutes for most plans, once review {review} is approved. The card counts the tasks, each with its "
            "checks and its own commit, and this thread hears when the repository is ready."
        ),
        BUILDING: "A few minutes for most plans.",
    }),
    (NEXT, {GATHERING: "{questions} Then comes one review; I begin to build once somebody approves it."}),
    (STUCK, {
        GATHERING: "No: I wait for you. {questions}",
        IN_REVIEW: "No: I wait until somebody approves review {review}, or says what should be different.",
        BUILDING: "No: I build what was approved, one task after the other.",
        DELIVERED: "No: *{title}* is delivered. `what is left?` tells whether a task stayed open.",
    }),
    (HUMAN, {
        ANY_STAGE: (
            "I am a bot. I turn what is said in this thread into a plan, and build it once somebody approves its "
            "review. `help` says what I can be told here."
        ),
    }),
    (ANOTHER, {
        DELIVERED: "It is built as it was approved. Say what should be different, and it becomes a change.",
    }),
    (DATA, {
        GATHERING: NOT_YET, IN_REVIEW: NOT_YET, BUILDING: UNDER_WAY,
        DELIVERED: (
            "Start it as its README says under “Run it”, then open `/docs` in a browser: there you can enter, change "
            "and see all that it keeps."
        ),
    }),
    (LEAVES, {
        GATHERING: f"{KEPT}the questions stay open until somebody answers them.",
        IN_REVIEW: f"{KEPT}the review waits until somebody approves it.",
        BUILDING: "Yes. I go on by myself, and this thread hears when the repository is ready, or when I need you.",
        DELIVERED: f"{KEPT}mention me whenever something should change.",
    }),
    (STAYS, {
        GATHERING: f"{STAYS_KEPT}the questions stay open until somebody answers them.",
        IN_REVIEW: f"{STAYS_KEPT}the review waits until somebody approves it.",
        BUILDING: "No. I go on by myself, and this thread hears when the repository is ready, or when I need you.",
        DELIVERED: f"{STAYS_KEPT}mention me whenever something should change.",
    }),
    (BREAKS, {
        BUILDING: (
            "I stop at that task and say so here, with the end of its output and a button to try again. What was "
            "committed before stays."
        ),
    }),
    (STOPS, {GATHERING: ENDS, IN_REVIEW: ENDS, BUILDING: ENDS}),
    (CHANGES, CHANGED),
    (HOW_CHANGES, {
        GATHERING: (
            "At any time: say it here in a sentence, now or at the review, or mention me with it once it is delivered. "
            "{questions}"
        ),
        **CHANGED,
    }),
    (WHERE, {
        GATHERING: NOT_YET, IN_REVIEW: NOT_YET, BUILDING: UNDER_WAY,
        DELIVERED: (
            "In its repository. The news of the delivery in this thread links to it, and so does `status`: look at its "
            "files there, or clone it."
        ),
    }),
    (STARTS, {
        GATHERING: NOT_YET, IN_REVIEW: NOT_YET, BUILDING: UNDER_WAY,
        DELIVERED: (
            "Where the news of its delivery has `Try it`, that runs it for twenty minutes with a few rows. For good, "
            "clone the repository and follow “Run it” in its README, then open `/docs` in a browser."
        ),
    }),
    (ONLINE, {
        GATHERING: NOT_YET, IN_REVIEW: NOT_YET, BUILDING: UNDER_WAY,
        DELIVERED: (
            "It runs nowhere by itself: I only write it. Whoever runs your servers clones the repository and follows "
            "“Run it” in its README. To try it before, follow the same on your computer."
        ),
    }),
    (WORKS, {
        GATHERING: NOT_YET, IN_REVIEW: NOT_YET, BUILDING: UNDER_WAY,
        DELIVERED: (
            "Each task that is ticked passed its checks, and the tests came with it. `what is left?` tells what stayed "
            "open, and `tasks` lists each task with its commit."
        ),
    }),
    (QUESTIONS_LEFT, {
        GATHERING: "{questions} An answer may bring up another one; `you decide` leaves a question to me.",
        IN_REVIEW: NONE_LEFT, BUILDING: NONE_LEFT, DELIVERED: NONE_LEFT,
    }),
    (NO_ANSWER, {
        GATHERING: (
            "Then it waits, and nothing is built. `you decide` takes my default; the review notes it as assumed, and "
            "it can be changed there."
        ),
    }),
    (READERS, {
        ANY_STAGE: (
            "Whoever is in this channel can read this thread. What I answer to a question like this, only you see."
        ),
    }),
    (SPEAKS, {ANY_STAGE: "I read plain English best, in short sentences such as `each loan belongs to a member`."}),
    (OTHERS, {GATHERING: "Yes: whoever is in this channel can answer in this thread, and say more. {questions}"}),
    (AGAIN, {
        GATHERING: ANEW, IN_REVIEW: ANEW,
        BUILDING: ANEW,
        DELIVERED: "A new plan begins with `/plan new` and your idea in the channel. This one stays as it is.",
    }),
    (DELETES, {
        GATHERING: f"{ANEW} {TAKES_OUT}.",
        IN_REVIEW: f"{ANEW} {TAKES_OUT}.",
        BUILDING: ANEW,
        DELIVERED: (
            "The repository is yours: whoever owns it deletes it where it is kept. "
            f"{TAKES_OUT}, and it becomes a change."
        ),
    }),
)  # fmt: skip


def told_of_stage(plan: Plan, text: str, questions: int) -> str:
    """Return what the work itself answers at a plan's stage, while so many questions are open; or nothing."""
    said = straight(text.replace("？", "?"), " ?!.")
    if len(said) > LONGEST or asks_what_is_open(said):
        return ""
    found = next((by_stage for form, by_stage in TOLD if form.match(said)), {})
    told = found.get(place_of(plan), found.get(ANY_STAGE, ""))
    waits = f"Next: review {plan.review} waits to be approved." if plan.review else told_questions(questions)
    return told.format(questions=told_questions(questions), review=plan.review, title=plan.title, next=waits)


def place_of(plan: Plan) -> str:
    """Return the stage of a plan as answers know it; one of its own for a plan that is held up or cancelled."""
    match plan.stage:
        case PlanStage.GATHERING:
            return GATHERING
        case PlanStage.CANCELLED:
            return HELD
        case PlanStage.DELIVERED:
            return DELIVERED
        case _ if plan.hold is not None:
            return HELD
        case PlanStage.IN_REVIEW:
            return IN_REVIEW
        case _:
            return BUILDING


def told_questions(count: int) -> str:
    """Say how many questions are open."""
    match count:
        case 0:
            return "I ask nothing right now."
        case 1:
            return "One question is open."
        case _:
            return f"{count} questions are open."
