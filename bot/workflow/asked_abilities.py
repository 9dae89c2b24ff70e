"""What the bot answers to whether it can do something, while a plan gathers: "can you keep two bookings apart?".

It tries the wish as a sentence of the plan, says what would come of it, and keeps none of it.
"""

from __future__ import annotations

import re

from bot.documents.clipping import clip_words
from bot.documents.entities.difference import describe_changes
from bot.patterns import regex
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.built_in.words.doers import verb_of
from bot.planning.built_in.words.doing_verbs import base_of_deed
from bot.planning.built_in.words.vocabulary import a, base_verb, has_plural, plainly, singular, straight
from bot.planning.conversation import Conversation, Message, PlannerError, Proposal

__all__ = ["asked_ability", "asked_to_build", "told_ability", "unread_since", "without_and_with"]

LONGEST = 300
LONGEST_QUOTE = 200
MOST_CHANGES = 3
BOT = r"(?:you|we|i|it|this|planthread|the\s+(?:bot|service|system|app|plan))"
FILL = r"(?:(?:also|please|really|even|maybe|possibly|perhaps|somehow|then|be\s+able\s+to|manage\s+to)\s+)*"
OPENING = r"(?:(?:hi|hey|hello|ok|okay|and|so|but|wait|hm+|sorry|well|um|just)\b[,:!.\s]*)*"
DONE = regex(
    rf"^{OPENING}(?:(?:is|would)\s+it\s+(?:be\s+)?possible\s+to\s+|(?:can|could|would|will)\s+{BOT}\s+|"
    rf"(?:is|are)\s+{BOT}\s+able\s+to\s+|do\s+you\s+(?:think|know)\s+you\s+(?:can|could)\s+|"
    rf"(?:do|does)\s+{BOT}\s+)(?P<wish>{FILL}[a-z].*?)$",
    re.IGNORECASE,
)
"""Whether somebody or something does it: "could you also send e-mails"."""
ALLOWED = regex(
    rf"^{OPENING}(?:can|could|may|will)\s+(?P<what>(?:(?:an?|the|each|every|one|two)\s+)?[a-z][\w' -]*?)\s+"
    r"(?P<wish>(?:also\s+)?(?:have|be|belong|name|book|borrow|hold|contain)\b.*)$",
    re.IGNORECASE,
)
"""Whether things may have or do something: "can farms also have a website"."""
BUILD = regex(
    rf"^{OPENING}(?:(?:can|could|would|will)\s+{BOT}|(?:is|are)\s+{BOT}\s+able\s+to|(?:is|would)\s+it\s+(?:be\s+)?possible\s+"
    r"to)\s+(?:also\s+|even\s+|really\s+)?build\s+(?P<what>.+)$",
    re.IGNORECASE,
)
"""Whether something can be built: nobody asks to have it by that, as with "can you add …"."""
TAIL = regex(
    r",?\s+or\s+(?:(?:is|are|would|will)\s+(?:that|it|this)\b.*|not|(?:can't|couldn't|don't|won't)\s+you\b.*|"
    r"(?:do|must|should)\s+(?:we|i)\b.*|too\b.*)$",
    re.IGNORECASE,
)
"""The other half of a question: "…, or is that too much for you"."""
APART = regex(
    r"^(?:keep|stop|prevent|hinder)\s+(?P<what>[a-z].+?)\s+from\s+(?P<ing>[a-z]+ing)\b(?P<rest>.*)$", re.IGNORECASE
)
FOR_EACH = regex(
    r"^(?:store|keep|note|record|save|have|remember|track|write\s+down)\s+(?P<fact>(?:an?|the)\s+[a-z].*?)\s+"
    r"(?:for|of|with|per|in|on|at|to)\s+(?:(?:each|every|all|an?|the)\s+)*(?P<thing>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)$",
    re.IGNORECASE,
)
SURE = regex(r"^(?:make\s+sure|see\s+to\s+it|ensure|guarantee|enforce|take\s+care)\s+(?:that\s+)?", re.IGNORECASE)
DOUBLED = regex(r"(?:([bdgmnprt])\1|[aeiou][^aeiou]+[aeiou]ll)$")
LACKS_E = regex(
    r"(?:^[^aeiou]*[aeiou][^aeiouwxy]|[aeiou][cgsz]|v|u|(?:de|p)let|nam|[rln][cs]|rg|[ad]ng|[bcdfgkptz]l|"
    r"[^aeiou](?:[aeiou][dk]|at|ut|i[bmnprv]|u[mr]|ar|pet|nor|tor))$"
)
"""How verbs end before "ing" that have an "e" else: "not", "delet", "chang", "handl"."""
TYPED = regex(r"`: [^`;]*$")
"""The type of a field, as the grammar writes it."""
NOT_KEPT = "I took this as a question, so nothing of it is in the plan."


def asked_ability(text: str) -> str:
    """Return what a message asks whether it can be done, as a sentence of a plan; nothing of every other message."""
    said = " ".join(straight(text.replace("？", "?")).split())
    if len(said) > LONGEST or not said.endswith("?"):
        return ""
    said = TAIL.sub("", said.rstrip(" ?!."))
    if match := DONE.match(said):
        return as_sentence(re.sub(rf"^{FILL}", "", match["wish"], flags=re.IGNORECASE).strip(" ,"))
    if match := ALLOWED.match(said):
        return f"{match['what']} can {match['wish']}"
    return ""


def asked_to_build(text: str) -> str:
    """Return what a message asks whether it can be built: "can you build a waiting list?"; nothing of every other."""
    said = " ".join(straight(text.replace("？", "?")).split())
    match = BUILD.match(said) if len(said) <= LONGEST and said.endswith("?") else None
    return TAIL.sub("", match["what"].rstrip(" ?!.")).strip(" “”\"'`.") if match else ""


def as_sentence(wish: str) -> str:
    """Return a wish as people say it of their things: "keep bookings from overlapping" is that they must never."""
    wish = SURE.sub("", wish)
    if match := APART.match(wish):
        return f"{match['what']} must never {base_of(match['ing'])}{match['rest']}"
    if match := FOR_EACH.match(wish):
        thing = match["thing"].lower()
        one, fact = singular(thing) if has_plural(thing) else thing, match["fact"]
        return f"each {one} has {a(fact[4:]) if fact.lower().startswith('the ') else fact}"
    return wish


def base_of(gerund: str) -> str:
    """Return the verb of "overlapping", "noting" or "colliding": one that is known, else as it is mostly spelled."""
    stem = gerund.lower()[:-3]
    once = stem[:-1] if DOUBLED.search(stem) and stem != "add" else stem
    known = (base for base in (f"{stem}e", once, stem) if base in {verb_of(base), base_of_deed(base), base_verb(base)})
    return next(known, f"{stem}e" if LACKS_E.search(stem) else once)


async def without_and_with(conversation: Conversation, sentence: str) -> tuple[Proposal, Proposal] | None:
    """Return what the built-in planner makes without a sentence and with it; None before it has things."""
    said = Message(author="", text=sentence, timestamp="")
    planner = BuiltInPlanner()
    try:
        before = await planner.propose(conversation)
        after = await planner.propose(conversation.model_copy(update={"messages": (*conversation.messages, said)}))
    except PlannerError:
        return None
    return before, after


async def told_ability(conversation: Conversation, sentence: str) -> str:
    """Say what would come of a sentence in a plan that the built-in planner makes; nothing before it has things."""
    proposals = await without_and_with(conversation, sentence)
    if proposals is None:
        return ""
    before, after = proposals
    quoted = f"“{clip_words(sentence, LONGEST_QUOTE)}”"
    if reason := unread_since(before, after):
        why = "" if plainly(reason) == plainly(sentence) else f": {reason}"
        return f"I can't build {quoted} by myself{why}. Said as a sentence, the review quotes it. {NOT_KEPT}"
    if len(after.custom) > len(before.custom):
        return (
            f"No template of mine builds {quoted}: said as a sentence it becomes a task of the plan, which a model "
            f"writes or you do. {NOT_KEPT}"
        )
    if len(after.specs.entities) > len(before.specs.entities):
        return (
            f"I can't tell from {quoted} alone what is kept of it: say it with its things and what each has. {NOT_KEPT}"
        )
    if changes := [one for one in describe_changes(before.specs, after.specs) if " the relation " not in one]:
        gains = clip_words("; ".join(TYPED.sub("`", one) for one in changes[:MOST_CHANGES]), LONGEST_QUOTE)
        return f"Yes: with {quoted} said as a sentence, {gains}. {NOT_KEPT}"
    return f"That is so already, as far as I can tell. {NOT_KEPT}"


def unread_since(before: Proposal, after: Proposal) -> str:
    """Return what could not be read of a sentence: why, where that is known, else its words."""
    fresh = [piece for piece in after.unread if piece not in before.unread]
    reasons = [match[1] for piece in fresh if (match := re.search(r"\(([^()]{10,})\)$", piece))]
    return next(iter([*reasons, *fresh]), "")
