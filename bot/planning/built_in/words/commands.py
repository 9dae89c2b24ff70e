"""Tells words that only ask for a plan ("plan this", "make a plan of this thread") from what is to be planned."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.chat_text import without_mentions
from bot.planning.built_in.words.sentences import sentences_of

__all__ = ["is_command", "without_commands"]

LEAD = (
    r"(?:(?:please|ok|okay|now|just|so|hey|hi|hello|then|and|planthread)[,\s]+|(?:can|could|would|will)\s+you\s+|"
    r"(?:let's|let\s+us)\s+|(?:i|we)\s+(?:want|need)\s+you\s+to\s+|(?:i|we)(?:'d|\s+would)\s+like\s+you\s+to\s+)*"
)
VERB = r"(?:plan|build|make|create|do|turn|start|begin|write|draft|design|implement|develop|generate)"
POINTER = (
    r"(?:this|that|it|these|those|(?:the|this|our|that)\s+(?:whole\s+)?(?:thread|conversation|discussion|chat|messages?)|"
    r"(?:everything|all|what)(?:\s+(?:of\s+)?(?:this|that))?(?:\s+(?:above|here|said))?|"
    r"(?:everything|all|what)\s+we\s+(?:said|wrote|talked\s+about|discussed))"
)
RESULT = r"(?:into|as)\s+(?:an?\s+)?(?:new\s+)?(?:plan|backend|service|api|app|application)"
ENDING = r"(?:\s+(?:please|now|here|out|up|again|then|(?:for|with)\s+(?:me|us)|thanks|" + RESULT + r"))*"
OBJECT = rf"(?:(?:me\s+|us\s+)?(?:an?|the)\s+(?:new\s+)?plan(?:\s+(?:of|from|for|out\s+of)\s+{POINTER})?|{POINTER})"
COMMAND = regex(
    rf"^{LEAD}(?:{VERB}\s+{OBJECT}{ENDING}|(?:start|begin)(?:\s+planning)?{ENDING}|go(?:\s+ahead)?{ENDING}|"
    rf"new\s+plan)[\s.!?]*$",
    re.IGNORECASE,
)
BEFORE = regex(rf"^{LEAD}{VERB}\s+{OBJECT}{ENDING}\s*(?::|\s[-–—]\s)\s*(?=\w)", re.IGNORECASE)
"""A command before what it is about: "plan this: books with a title"."""
LONGEST = 100


def is_command(text: str) -> bool:
    """Tell whether a text asks for a plan and says nothing about what is planned."""
    plain = " ".join(without_mentions(text).replace("’", "'").split()).strip(" ,")
    return len(plain) <= LONGEST and COMMAND.match(plain) is not None


def without_commands(text: str) -> str:
    """Return a message without what only asks for a plan; as it is where nothing does."""
    text = BEFORE.sub("", text, count=1)
    sentences = sentences_of(text) if any(map(is_command, [text, *re.split(r"[.!?;\n]", text)])) else []
    if not any(map(is_command, sentences)):
        return text
    return "\n".join(sentence for sentence in sentences if not is_command(sentence))
