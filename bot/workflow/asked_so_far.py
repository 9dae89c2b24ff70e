"""What the bot has understood so far, told to who asks while a plan gathers: its things, their fields, what is unread.

It is a first reading with the default for all that is open; asking changes nothing and is no part of the plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.clipping import clip_words
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.built_in.words.vocabulary import a, spoken, straight
from bot.planning.conversation import Conversation, PlannerError

__all__ = ["asks_what_is_known", "asks_what_is_unread", "told_so_far", "told_things", "told_unread"]

LONGEST = 120
MOST_THINGS = 12
MOST_FIELDS = 8
MOST_UNREAD = 4
MOST_ASKED = 20
"""Pieces that are quoted to who asks for just them."""
LONGEST_QUOTE = 120
LEAD = (
    r"(?:(?:hi|hey|hello|ok|okay|and|so|but|wait|hm+|sorry|well|um|just|please|thanks|thank\s+you|now)\b[,:!.\s]*)*"
    r"(?:(?:can|could|would|will)\s+(?:you|i|we)\s+(?:please\s+)?)?"
)
KNOW = (
    r"(?:understood|understand|understands|got|gotten|get|have|gathered|gather|collected|know|known|read|noted|learned|"
    r"learnt|kept|keep|taken(?:\s+in|\s+down|\s+from\s+(?:it|this|that|me|us))?|written\s+down|make\s+of\s+(?:it|this|that)|"
    r"made\s+of\s+(?:it|this|that)|picked\s+up|worked\s+out|figured\s+out|in\s+mind)"
)
YET = (
    r"(?:[,\s]+(?:so\s+far|until\s+now|till\s+now|by\s+now|up\s+to\s+now|already|yet|now|at\s+the\s+moment|right\s+now|"
    r"of\s+(?:it|this|that|all\s+(?:this|that))|from\s+(?:me|us|that|this|it|what\s+(?:i|we)\s+(?:said|wrote))|"
    r"about\s+(?:it|this|our\s+plan|the\s+plan)|for\s+(?:me|us)|here|in\s+(?:the|this)\s+plan))"
)
BOT = r"(?:you|the\s+bot|planthread|we|it)"
WHAT = (
    r"(?:what(?:\s+all|\s+exactly)?|which\s+(?:things?|fields?|parts?|tables?|entities)|"
    r"how\s+much(?:\s+of\s+(?:it|this|that))?)"
)
ASKS = regex(
    rf"^{LEAD}(?:"
    rf"{WHAT}\s+(?:(?:have|has|did|do|does)\s+{BOT}|'ve\s+you|you(?:'ve|\s+have))(?:\s+(?:already|now|actually|so\s+far))*"
    rf"\s+{KNOW}{YET}*|"
    rf"{WHAT}\s+(?:do|does)\s+{BOT}\s+have{YET}*|"
    rf"what(?:'s|\s+is|\s+was)\s+(?:already\s+)?(?:known|there|understood|in\s+it|in\s+the\s+plan|"
    rf"the\s+(?:plan|state)(?:\s+of\s+things)?){YET}+|"
    rf"(?:(?:show|tell|give|list|summari[sz]e|sum\s+up|recap|repeat|read\s+back)\s+)+(?:(?:for\s+)?(?:me|us)\s+)?"
    rf"(?:{WHAT}\s+(?:you|we)(?:'ve|\s+have|\s+know)?(?:\s+{KNOW})?{YET}*|"
    rf"(?:an?\s+|the\s+)?(?:short\s+)?(?:summary|recap|overview|plan){YET}*)|"
    rf"(?:see|have)\s+{WHAT}\s+(?:you|we)(?:'ve|\s+have|\s+know)?(?:\s+{KNOW})?{YET}*|"
    rf"(?:sum|recap|summari[sz]e)\s+(?:it|this|that)?\s*up?{YET}*|"
    rf"(?:summary|recap){YET}*|"
    rf"(?:have|did|do)\s+you\s+(?:really\s+|actually\s+)?(?:understood|understand|get|got)"
    rf"(?:\s+(?:me|us|it|that|this|all|everything|right|what\s+(?:i|we)\s+(?:said|meant|mean|want|wrote)))*{YET}*|"
    rf"(?:how|what)\s+does\s+(?:the\s+plan|it|our\s+plan)\s+look(?:\s+like)?{YET}+"
    r")$",
    re.IGNORECASE,
)
PART = (
    r"(?:(?:parts?|words?|sentences?|bits?|pieces?|lines?|things?)\b"
    r"(?:\s+of\s+(?:it|this|that|(?:my|our|the)\s+\w+))?\s+)?"
)
COUNT = r"(?:\d{1,3}|rest|one|two|three|four|five|six|seven|eight|nine|ten)"
OTHERS = (
    rf"(?:(?:the\s+)?(?:other\s+)?(?:{COUNT}\s+)?(?:(?:more|others?|else|ones?|remaining)\s+)?(?:of\s+(?:it|them)\s+)?)"
)
UNREAD = regex(
    rf"^{LEAD}(?:"
    rf"(?:(?:show|tell|give|list|name|read)\s+(?:(?:me|us)\s+)?|(?:what\s+about\s+)?)the\s+(?:other|remaining)\s+{COUNT}"
    rf"(?:\s+(?:more|ones|sentences?|pieces?|parts?))?{YET}*|which\s+(?:{COUNT}\s+)?(?:more|others)|"
    rf"(?:what|which)\s+(?:exactly\s+)?{OTHERS}{PART}(?:(?:did|do|could|can|have)\s+{BOT}\s+not|(?:didn't|don't|couldn't|can't|cannot|"
    rf"haven't)\s+{BOT})\s+(?:yet\s+)?{KNOW}{YET}*|"
    rf"(?:what|which)\s+(?:exactly\s+)?{PART}(?:is|was|are|were)(?:n't|\s+(?:not|still|it|left))?\s+(?:still\s+)?"
    rf"(?:unclear|unread|(?:not\s+)?(?:understood|read|clear))(?:\s+to\s+you)?{YET}*|"
    rf"(?:what|which)\s+(?:exactly\s+)?{PART}(?:is\s+it\s+)?(?:that\s+)?{BOT}\s+"
    rf"(?:(?:did|do|could)(?:n't|\s+not)|can't|cannot|can\s+not)\s+{KNOW}{YET}*"
    rf"|(?:what|which)\s+(?:are|were|is)\s+the\s+(?:other\s+|remaining\s+)?(?:{COUNT}|others?|more)"
    rf"(?:\s+(?:more|others?|ones|sentences?|pieces?|parts?))?(?:\s+(?:that\s+)?{BOT}\s+(?:could\s+not|couldn't|"
    rf"can't|cannot|did\s+not|didn't)\s+{KNOW})?"
    r")$",
    re.IGNORECASE,
)
"""What was not read: "what part of my sentence did you not understand?"."""
FIRST_READING = "I took this as a question, and not as part of the plan. Nothing is built before you approve it."


def asks_what_is_known(text: str) -> bool:
    """Tell whether a whole message asks what the bot has understood so far."""
    said = " ".join(straight(text.replace("？", "?")).split()).rstrip(" ?!.")
    return len(said) <= LONGEST and ASKS.match(said) is not None


def asks_what_is_unread(text: str) -> bool:
    """Tell whether a whole message asks which of its words the bot could not read."""
    said = " ".join(straight(text.replace("？", "?")).split()).rstrip(" ?!.")
    return len(said) <= LONGEST and UNREAD.match(said) is not None


async def told_unread(conversation: Conversation) -> str:
    """Say which words of a conversation the built-in planner does not read by now."""
    try:
        proposal = await BuiltInPlanner().propose(conversation)
    except PlannerError:
        return await told_so_far(conversation)
    rules = [behaviour.criterion.partition("“")[2].rpartition("”")[0] for behaviour in proposal.custom]
    kept = f" Kept as tasks, in your words: {quoted(list(filter(None, rules)), MOST_ASKED)}." if any(rules) else ""
    if not proposal.unread:
        return f"I could read all that you said; what I ask is only what it leaves open.{kept}"
    told = f"{told_not_read(proposal.unread, MOST_ASKED)}{kept}"
    return f"{told} All else I took in. Say it in other words, or `leave it out`."


async def told_so_far(conversation: Conversation) -> str:
    """Say what the built-in planner reads in a conversation by now."""
    try:
        proposal = await BuiltInPlanner().propose(conversation)
    except PlannerError:
        return (
            f"So far I know of no thing to keep. One line a thing helps, such as `Book: title, isbn`. {FIRST_READING}"
        )
    left_open = [behaviour.criterion for behaviour in proposal.custom]
    tasks = (
        f" {len(left_open)} of your rules {'is' if len(left_open) == 1 else 'are'} kept as tasks." if left_open else ""
    )
    return f"{told_things(proposal.specs, proposal.unread)}{tasks} {FIRST_READING}"


def told_things(specs: EntitySpecs, unread: Sequence[str]) -> str:
    """Return the things of a plan, each with its fields and what it names, and the words that were not read."""
    shown = [told_thing(entity) for entity in specs.entities[:MOST_THINGS]]
    more = len(specs.entities) - len(shown)
    things = f"So far I understood: {'; '.join(shown)}{f'; and {more} more' if more > 0 else ''}."
    if not unread:
        return f"{things} Nothing that you said is unread."
    return f"{things} {told_not_read(unread)}"


def told_not_read(unread: Sequence[str], most: int = MOST_UNREAD) -> str:
    """Quote the words that were not read."""
    return f"Not read yet: {quoted(unread, most)}."


def quoted(pieces: Sequence[str], most: int) -> str:
    """Quote pieces of what was said, and count those that are left."""
    quotes = [f"“{clip_words(one, LONGEST_QUOTE)}”" for one in pieces[:most]]
    others = len(pieces) - len(quotes)
    return joined([*quotes, *([f"{others} more"] if others > 0 else [])])


def told_thing(entity: Entity) -> str:
    """Return a thing with its fields and what it names: "*Loan* (due at; names a book and a member)"."""
    given = [field for field in entity.fields if field.is_given and not field.feature]
    own = [spoken(field.name) for field in given if not field.foreign_key]
    ends = dict.fromkeys(a(spoken(field.foreign_key)) for field in given if field.foreign_key)
    more = [f"{len(own) - MOST_FIELDS} more"] if len(own) > MOST_FIELDS else []
    facts = ", ".join([*own[:MOST_FIELDS], *more])
    names = f"names {joined(list(ends))}" if ends else ""
    inside = "; ".join(filter(None, [facts, names]))
    return f"*{entity.name}* ({inside})" if inside else f"*{entity.name}*"
