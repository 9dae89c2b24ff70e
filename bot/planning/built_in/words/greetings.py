"""Tells what people say to be kind from what they say to be built: greetings, thanks, and questions about the bot."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import word_set, words_of

__all__ = ["Pleasantry", "pleasantry"]

MOST_WORDS = 8
GREETINGS = word_set(
    "hi hello hey hiya howdy yo greetings hallo hola bonjour moin servus ciao salut gday morning evening"
)
THANKS = word_set("thanks thank thx ty cheers merci danke gracias great perfect nice awesome cool super lovely")
AROUND = word_set(
    "you bot planthread there team all everyone everybody folks so much very a lot good afternoon day ok okay and oh "
    "well again please for that this it your help that's is looks to"
)
TRYING = regex(
    r"^(?:is (?:anybody|anyone|somebody) (?:there|here)|are you (?:there|here|alive|awake)|can you help(?: me| us)?|"
    r"(?:test|testing|ping|help|help me|how are you|who are you|what are you|what can you do|what do you do|"
    r"how does this work|how do i start|how do you work|what is this))[\s?!.]*$",
    re.IGNORECASE,
)
"""What people say to see whether somebody is there."""


class Pleasantry:
    """What kind of words were said."""

    GREETING = "greeting"
    THANKS = "thanks"


def pleasantry(text: str) -> str:
    """Return which pleasantry a whole message is (`Pleasantry`), or nothing where it says anything else."""
    plain = re.sub(r"<[@!][^>]*>|:[a-z0-9_+-]+:", " ", text)
    words = words_of(plain)
    if TRYING.match(" ".join(plain.split()).lstrip(" ,")):
        return Pleasantry.GREETING
    said = set(words)
    if not words or len(words) > MOST_WORDS or not said <= GREETINGS | THANKS | AROUND:
        return ""
    if said & THANKS:
        return Pleasantry.THANKS
    return Pleasantry.GREETING if said & GREETINGS or said == {"good", "day"} else ""
