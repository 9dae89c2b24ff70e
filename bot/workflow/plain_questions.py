"""Plain questions about a plan, answered from its documents: why a field is there, what a thing holds, what 409 means.

An answer changes nothing. What the documents don't say is said openly, with what can be asked instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.clipping import clip_words
from bot.generation.names import article, words
from bot.patterns import regex
from bot.planning.built_in.words.sentence_marks import QUESTIONS
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import plainly, straight
from bot.planning.conversation import Question
from bot.store.tables import Plan
from bot.workflow.approving import approvers, who_can_approve
from bot.workflow.asked_abilities import asked_ability, asked_to_build, told_ability
from bot.workflow.asked_openly import PROPOSES, asks_openly, is_there
from bot.workflow.asked_so_far import asks_what_is_known, told_things
from bot.workflow.change_requests import request_changes
from bot.workflow.documents import Documents, documents_so_far
from bot.workflow.named_in_questions import Asked, asked_about, linking
from bot.workflow.plans import load_conversation
from bot.workflow.policy import policy_of
from bot.workflow.provenance import Reason, why
from bot.workflow.questions_back import CANT_TELL, is_aside, still_open, told_back, told_open
from bot.workflow.reviews import ReviewContent, review_of
from bot.workflow.rounds import open_questions
from bot.workflow.stages import Capability, Hold, PlanStage, allows
from bot.workflow.told_of_absence import told_of_absence
from bot.workflow.told_of_approval import told_of_approval
from bot.workflow.told_of_behaviour import told_of_start, told_of_written
from bot.workflow.told_of_documents import told_of_things
from bot.workflow.told_of_open_tasks import asks_what_is_open, told_what_is_open
from bot.workflow.told_of_plan import absent, told_of_plan
from bot.workflow.told_of_reading import told_beside, told_early, told_of_reading
from bot.workflow.told_of_rules import told_why_rule
from bot.workflow.told_of_service import told_of_service
from bot.workflow.told_of_stages import told_of_stage
from bot.workflow.told_of_unbuilt import told_unbuilt
from bot.workflow.told_why_possible import told_why_not, told_why_possible
from bot.workflow.waiting import BUILT_IN

__all__ = [
    "answer_unasked",
    "answer_while_gathering",
    "answers_beside",
    "asks_how_far",
    "is_plain_question",
    "parted",
    "take_at_review",
]

LONGEST = 300
LONGEST_QUOTE = 200
ENOUGH = 60
"""Characters that a quote and a task have in common where the task gives only the beginning of its words."""
MOST_ASKED = 3
"""Questions of one message that are answered."""
GREETING = regex(
    r"^(?:(?:hi|hey|hello|ok|okay|and|so|but|wait|hm+|please|sorry|thanks|thank\s+you|great|perfect|nice|cool)\b[,!.\s]*)+",
    re.IGNORECASE,
)
POLITE = regex(
    r"^(?:(?:can|could|would|will)\s+(?:you|we|i)|(?:would\s+it\s+be|is\s+it)\s+possible\s+to|"
    rf"why\s+not|why\s+don't\s+we|how\s+about|{PROPOSES}|"
    r"why\s+don't\s+you\s+(?:also\s+|just\s+|simply\s+)?(?:add|drop|remove|rename|change|call|use|let|give|put|take|keep|store|"
    r"split|merge|have|allow|set|make\s+\S+\s+\S+))\b",
    re.IGNORECASE,
)
"""How people ask for something to be done: that is a wish, and no question."""
CODE = regex(r"\b([245]\d\d)\b")
IS_VALUE = regex(
    r"^(?:can|could|may|is|would|what\s+(?:about|if))\b|\b\d{3}\s*(?:kg|kilos?|grams?|euros?|dollars?|cm|mm?|km|meters?|metres?|"
    r"years?|days?|hours?|minutes?|people|percent|[€$%])(?!\w)",
    re.IGNORECASE,
)
"""Where three digits are a number of something, and no code of an answer."""
CODES = {
    "200": "it worked, and the answer holds what was asked for",
    "201": "it worked, and a new row was stored",
    "204": "it worked, and there is nothing to show: a row was deleted",
    "400": "the request can't be read at all",
    "401": "nobody is signed in: the request has no token, or one that doesn't count any more",
    "403": "whoever is signed in may not do that",
    "404": "there is no row of that number",
    "409": "the request contradicts what is stored, or breaks a rule: nothing is changed, and the answer says which",
    "413": "the request is too large",
    "422": "a value is missing or isn't allowed: nothing is changed, and the answer names the field",
    "429": "too many requests in a short time: try again a little later",
    "503": "the service is up, and something that it needs, such as its database, is not",
}
APPROVES = regex(
    r"^(?:who(?:se)?\b.*\b(?:approv\w*|decides?|signs? off|say so)|"
    r"(?:can|may|do|does|must) (?:i|we|anyone|anybody|everyone|(?:my|our|the|a) \w+|<@\w+>)\b.*"
    r"\bapprove)\b",
    re.IGNORECASE,
)
GOES_ON = regex(
    r"^(?:what(?:'s|\s+is|\s+comes|\s+happens|\s+now|\s+do\s+(?:i|we)\s+(?:have\s+to\s+)?do)?\s*"
    r"(?:next|now|then|(?:after|when|once|if)\b.*\bapprov\w*|after\s+(?:that|this))|"
    r"how\s+does\s+(?:it|this)\s+go\s+on|"
    r"now\s+what|what\s+now|when\s+(?:is|will|does|do)\b.*\b(?:ready|done|finished|built|begin|start)|"
    r"how\s+(?:long|much\s+time)\s+(?:(?:does|will|would|is|do)\s+(?:it|this|that|everything|you|we|i|building|the\s+(?:build|plan))\b.*|"
    r"(?:until|till|before)\b.*)?)$",
    re.IGNORECASE,
)
WHY_BOTH = regex(
    r"^why\b(?!\s+(?:can|could|may|might)\b)(?=.*\band\b)(?:.*\b(?:both|two|separate|apart|different|distinct)\b|"
    r"(?:\s+(?:is|are|was|were)\s+there|\s+(?:do|did|does|have|has)\s+(?:we|you|i|it|the\s+\w+)\s+"
    r"(?:have|need|keep|made?|buil[dt]|got|plan|want))\b)",
    re.IGNORECASE,
)
"""Why two things are there, where one might do: "why is there a walk and a booking?"."""
AND_THAT = regex(r"^(?:and|but)\s+((?:an?\s+|the\s+|our\s+)?[a-z][a-z-]*(?:\s+[a-z][a-z-]*)?\s*\?)$", re.IGNORECASE)
"""A question of few words after an answer: "and children?" asks what about them."""
BOTH = 2
TASK = regex(r"\btask\s+(\d{1,2}\.\d{1,2})\b", re.IGNORECASE)
TO_THE_BOT = regex(
    r"^(?:(?:why|where|how|what|when|which)\b.*\byou\b|what\s+(?:is|do\s+we)\s+(?:known?|have)\s+so\s+far)",
    re.IGNORECASE,
)
"""What only the bot can be asked before there is a review; everything else may answer one of its own questions."""
MISSED = regex(
    r"^(?:(?:no|but|i\s+think|it\s+seems)\b[,\s]*)*(?:you|it|the\s+bot)\s*(?:'ve|have|has|seem\s+to\s+have)?\s*"
    r"(?:missed|overlooked|ignored|skipped|forgot|lost|"
    r"(?:didn't|did\s+not|haven't|have\s+not|don't|do\s+not)\s+(?:read|seen?|take[n]?|get|include|know|hear|look(?:ed)?\s+at))\s+"
    r"(?:(?:all|some|most|half)\s+(?:of\s+)?)?(?:the\s+|our\s+|my\s+|these\s+|those\s+)?"
    r"(?:(?:first|earlier|other|previous|older|last)\s+)?"
    r"(?:messages?|posts?|lines?|talk|discussion|conversation|chat|thread|rest|what\s+(?:we|i|was|they|he|she)\b.{0,40})"
    r"(?:\s+(?:above|before|earlier|further|up|from|that|in|of|which)\b.{0,60})?$",
    re.IGNORECASE,
)
"""That the bot doesn't know what was said elsewhere: no part of a plan."""
TOLD_MISSED = (
    "I know what is said in this thread, and where a plan begins with `Plan this` on a message, what was said in the "
    "channel just before it. What else counts, please paste here in one message or sum it up: I take it in. Nothing is "
    "built before you approve the review, which lists all that I understood."
)
APPROVERS_LATER = (
    "The first review names who may approve it: whom the settings of the channel name (`/plan settings`), else who "
    "started the plan and members who wrote here before the review."
)
CAN_SAY = (
    "I can't tell that from the plan, and nothing was changed. I can say what a thing holds (`what is {thing}?`), why "
    "it is there (`why {thing}?`), who approves (`who can approve?`) and what comes next (`what happens next?`). "
    "Should something be different, say it as a wish, such as `add a note to {thing}`."
)


def is_plain_question(text: str) -> bool:
    """Tell whether a whole message asks something, and asks for nothing to be done."""
    said = plain(text)
    return len(said) <= LONGEST and len(sentences_of(said)) == 1 and asks(said)


def asks_how_far(text: str) -> bool:
    """Tell whether a whole message asks how a plan goes on, or how long it takes."""
    return is_plain_question(text) and asks_what_follows(text)


def asks_what_follows(sentence: str) -> bool:
    """Tell whether a question is how a plan goes on."""
    said = plain(sentence).strip(" ?!.")
    return GOES_ON.match(said) is not None and not asks_what_is_open(said)


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks something, and asks for nothing to be done."""
    said = plain(sentence)
    is_asked = QUESTIONS.match(said) or GOES_ON.match(said.strip(" ?")) or asks_what_is_open(said)
    return bool(is_asked) and not is_polite_wish(said)


def is_polite_wish(text: str) -> bool:
    """Tell whether a question asks for something to be done: "can you add pages to books?"."""
    return POLITE.match(plain(text)) is not None and APPROVES.match(plain(text)) is None


def plain(text: str) -> str:
    """Return a message with straight quotes and single spaces, without a greeting before it."""
    return GREETING.sub("", straight(text.replace("？", "?")))


async def take_at_review(session: AsyncSession, plan: Plan, number: int, text: str, person: str, key: str) -> str:
    """Answer a plain question about a plan, and take everything else as a change; return what the person is told.

    Raises Refused as `bot.workflow.change_requests.request_changes` does.
    """
    can_change = allows(plan, Capability.REQUEST_CHANGES)
    answer = await answered(session, plan, text) if can_change else ""
    return answer or await request_changes(session, plan, number, text, person, key)


async def answered(session: AsyncSession, plan: Plan, text: str) -> str:
    """Return the answer to a plain question about a plan; an open word where the documents don't say it.

    Nothing where the message is no such question, before the plan has documents, and where a model can be asked.
    """
    text = AND_THAT.sub(r"what about \1", text.strip())
    if told := told_of_stage(plan, text, 0):
        return told
    if plan.planner == BUILT_IN and (wish := asked_to_build(text)):
        return await told_ability(await load_conversation(session, plan), wish)
    documents = await documents_so_far(session, plan)
    is_asked = text.rstrip().endswith("?")
    told = told_of_service(documents.specs, plain(text).strip(" ?!.")) if documents and is_asked else ""
    if told or not is_plain_question(text):
        return told
    if documents is None:
        return await told_without_documents(session, plan, text)
    found = await answer_of(session, plan, text, documents)
    if not found and plan.planner != BUILT_IN:
        return ""
    thing = documents.specs.entities[0].name if documents.specs.entities else "Book"
    return found or absent(plain(text).strip(" ?!.")) or CAN_SAY.format(thing=thing)


async def answer_of(session: AsyncSession, plan: Plan, text: str, documents: Documents) -> str:
    """Return what a plan's documents answer to a question; nothing where they don't."""
    said = plain(text).strip(" ?!.")
    if told := await answer_beside_documents(session, plan, documents, said):
        return told
    if GOES_ON.match(said):
        return goes_on(plan, documents)
    row = await review_of(session, plan, plan.review) if plan.review else None
    content = ReviewContent.model_validate(row.content) if row else ReviewContent()
    known = told_things(documents.specs, content.unread) if asks_what_is_known(said) else ""
    if (
        told := known
        or told_of_written(documents, said)
        or await told_of_absence(session, plan, documents, content, said)
    ):
        return told
    asked = asked_about(documents.specs, said)
    is_why = said.lower().startswith("why")
    if told := told_unbuilt(documents, content, said):
        return told
    if is_why and (told := await answer_why(session, plan, documents, asked)):
        return told
    if task := TASK.search(said):
        return told_task(documents, task[1])
    asked = linking(asked) if is_why else asked
    return told_of_plan(documents, content, asked) or told_of_things(documents.specs, asked)


async def answer_beside_documents(session: AsyncSession, plan: Plan, documents: Documents, said: str) -> str:
    """Return what is told of the work, of approvals, of tasks, and of every plan; nothing to a question of its own."""
    if told := told_of_stage(plan, said, 0) or told_of_service(documents.specs, said):
        return told
    if told := await told_of_approval(session, plan, said):
        return told
    code = CODE.search(said)
    if code and code[1] in CODES and not IS_VALUE.search(said):
        return f"{code[1]} means: {CODES[code[1]]}."
    if APPROVES.match(said):
        return await told_approvers(session, plan)
    task = TASK.search(said)
    if task and not said.lower().startswith("why"):
        return told_task(documents, task[1])
    return await told_what_is_open(session, plan, documents) if asks_what_is_open(said) else ""


async def answer_why(session: AsyncSession, plan: Plan, documents: Documents, asked: Asked) -> str:
    """Return what a plan's documents answer to why something is so; nothing where they don't."""
    if told := told_of_start(documents, asked):
        return told
    if WHY_BOTH.match(asked.said) and len(asked.entities) == BOTH and not asked.fields:
        return await told_both(session, plan, documents, asked)
    if told := told_why_possible(documents.specs, asked) or told_why_not(documents.specs, asked.said):
        return told
    if told := await told_why_rule(session, plan, documents, asked):
        return told
    asked = linking(asked)
    return await told_why(session, plan, documents, asked) if asked.is_one_thing else ""


async def answers_beside(session: AsyncSession, plan: Plan, sentences: Sequence[str]) -> str:
    """Return what the documents answer to questions that are asked while a plan is built; nothing where they don't.

    How far the build is, the caller says.
    """
    asked = [one for one in sentences if not asks_what_follows(one)][:MOST_ASKED]
    documents = await documents_so_far(session, plan) if asked else None
    answers = [
        await (answer_of(session, plan, one, documents) if documents else told_without_documents(session, plan, one))
        for one in asked
    ]
    return " ".join(dict.fromkeys(filter(None, answers)))


async def answer_unasked(session: AsyncSession, plan: Plan, text: str) -> str:
    """Return the answer to a question that nobody put to the bot; nothing where the documents don't say it."""
    if not is_plain_question(text) or asks_what_follows(text):
        return ""
    documents = await documents_so_far(session, plan)
    if documents is None:
        return await told_without_documents(session, plan, text)
    return await answer_of(session, plan, text, documents)


async def told_without_documents(session: AsyncSession, plan: Plan, text: str) -> str:
    """Return what is open of a plan that has no documents of its own; nothing for every other question."""
    return await told_what_is_open(session, plan, None) if asks_what_is_open(plain(text)) else ""


async def answer_while_gathering(session: AsyncSession, plan: Plan, text: str) -> str:
    """Return what a question hears before there is a review to look at; nothing where it may be part of the plan.

    What is asked of an open question is answered from that. With a model, the model hears everything else.
    """
    if MISSED.match(plain(text).strip(" ?!.")):
        return TOLD_MISSED
    rows = await open_questions(session, plan)
    asked = [Question.model_validate(row.question) for row in rows]
    if is_there(text):
        return f"Yes, I am here. {still_open(asked) or 'Nothing is asked right now; I go on with what you said.'}"
    if told := told_of_stage(plan, text, len(asked)):
        return f"{told} {still_open(asked)}".strip()
    if asked and asks_what_is_open(plain(text)):
        return (
            f"{still_open(asked)}. Answer by button or in your own words, or say `you decide`; then the review comes."
        )
    documents = await documents_so_far(session, plan) if plan.planner == BUILT_IN else None
    is_built_in = plan.planner == BUILT_IN and documents is None
    if is_built_in and (told := await told_of_reading(session, plan, asked, text)):
        return told
    is_other = not (TO_THE_BOT.match(plain(text)) or asks_what_follows(text) or APPROVES.match(plain(text)))
    told = told_back(asked, [row.position for row in rows], text, any_question=is_built_in and is_other)
    if told and not told.startswith(CANT_TELL):
        return told
    is_wish = not (asks_openly(text) or is_plain_question(text))
    is_asked = is_built_in and (not is_wish or asked_ability(text))
    said = plain(text).strip(" ?!.")
    if is_asked and (early := await told_early(session, plan, asked, said, is_wish=is_wish)):
        return early
    if told:
        return told
    if is_built_in and (wish := asked_ability(text)):
        return await told_beside(session, plan, asked, told_ability, wish)
    return await told_at_last(session, plan, asked, text, documents) if plan.planner == BUILT_IN else ""


def parted(text: str) -> tuple[str, str]:
    """Return what a message states and what it asks, where it does both; nothing twice where it doesn't."""
    sentences = [one.strip() for one in sentences_of(straight(text))] if len(text) <= LONGEST else []
    asked = [one for one in sentences if one.endswith("?") and asks_openly(one)]
    stated = [one for one in sentences if one not in asked and not is_aside(one)]
    if not asked or not stated:
        return "", ""
    return " ".join(f"{one.rstrip('.')}." for one in stated), " ".join(asked)


async def told_at_last(
    session: AsyncSession, plan: Plan, asked: Sequence[Question], text: str, documents: Documents | None
) -> str:
    """Return what a question hears that nothing else answered; nothing for what may be an answer, or a wish."""
    is_open = asks_openly(text)
    if not (is_open or is_plain_question(text)):
        return ""
    told = told_open(asked) if is_open else ""
    if documents is not None:
        return await answer_of(session, plan, text, documents) or told
    if APPROVES.match(plain(text)):
        return APPROVERS_LATER
    if not (TO_THE_BOT.match(plain(text)) or asks_what_follows(text)):
        return told
    missing = f"; still missing: {plan.slots_missing}" if plan.slots_missing else ""
    known = f" {plan.slots_known} of {plan.slots_total} things are known so far{missing}." if plan.slots_total else ""
    return (
        f"I can't tell before the first review of *{plan.title}*.{known} Once my questions are answered, it lists all "
        "that I understood, what I assumed, and what I could not read; ask me again there. Nothing is built before you "
        "approve it. I took this as a question, and not as part of the plan."
    )


def is_in(quote: str, tasks: Sequence[str]) -> bool:
    """Tell whether one of some tasks quotes somebody's words, or their beginning."""
    return any(plainly(quote)[:ENOUGH] in task for task in tasks)


def told_task(documents: Documents, number: str) -> str:
    """Say what a task makes, when it is done, and where it belongs."""
    task = next((one for one in documents.task_plan.tasks() if one.number == number), None)
    if task is None:
        return f"There is no task {number} in the newest task plan. `tasks` lists them all."
    done = f" It is done when: {task.done.rstrip('.')}." if task.done else ""
    where = f" Its file: `{task.files[0]}`." if task.files else ""
    first = task.requirements[0] if task.requirements else ""
    why_so = f" Its criterion is {first}: `why {first}` shows which words it comes from." if first else ""
    return f"Task {number} is “{task.title.strip('“”')}”.{done}{where}{why_so}"


async def told_approvers(session: AsyncSession, plan: Plan) -> str:
    """Say who may approve the newest review, and how."""
    sentence = who_can_approve(await approvers(session, plan), await policy_of(session, plan))
    return f"{sentence} The button is on review {plan.review}." if plan.stage == PlanStage.IN_REVIEW else sentence


def goes_on(plan: Plan, documents: Documents) -> str:
    """Say what happens next with a plan."""
    tasks = len(documents.task_plan.tasks())
    if plan.hold == Hold.PAUSED:
        return f"*{plan.title}* is paused; `resume` goes on with it."
    match plan.stage:
        case PlanStage.IN_REVIEW if plan.run_stage is not None:
            return f"I am working a change in; then a new review of *{plan.title}* is here to approve."
        case PlanStage.IN_REVIEW:
            return (
                f"Once review {plan.review} is approved I build it: {tasks} tasks, each with its checks and its own "
                "commit. The card counts along, and this thread hears when the repository is ready."
            )
        case PlanStage.DELIVERED:
            return f"*{plan.title}* is delivered. Mention me with what should be different, and it becomes a change."
        case _:
            return f"*{plan.title}* is {plan.stage}; the card shows how far it is, and `status` says it here."


async def told_both(session: AsyncSession, plan: Plan, documents: Documents, asked: Asked) -> str:
    """Say which words each of two things comes from, what links them, and how they become one."""
    left_open = custom_words(documents)
    told = [f"`{one.name}`: {origin(await why(session, plan, one.name), left_open)}" for one in asked.entities]
    link = linking(asked)
    key = f" They are linked by `{link.fields[0][0].name}.{link.fields[0][1].name}`." if link.fields else ""
    one, other = (article(words(entity.name)) for entity in asked.entities)
    return (
        f"I took them for two things. {' '.join(told)}{key} If both are the same, say “{one} and {other} are the same "
        "thing”, and they become one."
    )


def custom_words(documents: Documents) -> list[str]:
    """Return the words of the tasks that no template builds, without their marks."""
    return [plainly(f"{one.title} {one.done}") for one in documents.task_plan.tasks() if one.kind == "custom"]


async def told_why(session: AsyncSession, plan: Plan, documents: Documents, asked: Asked) -> str:
    """Say what a thing or a field is, and which words it comes from."""
    entity, field = asked.one
    name = f"{entity.name}.{field.name}" if field else entity.name
    reason = await why(session, plan, name)
    return f"`{name}` is {reason.text}. {origin(reason, custom_words(documents))} `why {name}` shows all of it."


def origin(reason: Reason, left_open: Sequence[str]) -> str:
    """Say where something comes from: words that speak of it, an assumption, or nobody's words.

    The first words that no task of ``left_open`` quotes, the tasks that no template builds, and among them short ones
    before long ones.
    """
    if reason.sources:
        source = min(reason.sources, key=lambda one: (is_in(one.quote, left_open), len(one.quote) > LONGEST_QUOTE))
        if source.is_set:
            return f"<@{source.author}> set it in the form `Edit entities`: {clip_words(source.quote, LONGEST_QUOTE)}."
        return f"It comes from “{clip_words(source.quote, LONGEST_QUOTE)}” (<@{source.author}>)."
    if reason.assumptions:
        return f"Nobody said it; it is assumed: {reason.assumptions[0]}."
    return reason.derived
