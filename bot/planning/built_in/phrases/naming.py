"""Reads what the whole shall be called: "call it harbour", "the name is Boat trips", "rename the plan to Harbour"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import SENTENCE_WORDS, straight, words_of

__all__ = ["is_named", "is_only_name", "read_field_name", "read_first_name", "read_name"]

LONGEST = 100
MOST_WORDS = 6
WHOLE = (
    r"(?:it|this|(?:the|this|our)\s+(?:whole(?:\s+thing)?|plan|service|repository|repo|project|app|application|backend|"
    r"system|program))"
)
LEAD = r"(?:(?:please|ok|okay|no|and|oh|well|can we|could you|let's|we should|i want to|we want to)\b[,\s]+)*"
NAME = r"[\"“'`*]?(?P<name>[^\W_][\w' &-]{0,58}?)[\"”'`*]?(?:\s*,?\s+(?:instead|please|then|from now on))*"
FORMS = tuple(
    regex(rf"^{LEAD}{form}[\s.!]*$", re.IGNORECASE)
    for form in (
        rf"(?:call|name|title)\s+{WHOLE}\s+(?:just\s+|simply\s+)?{NAME}",
        rf"rename\s+(?:{WHOLE}\s+)(?:to|into|as)\s+{NAME}",
        rf"{WHOLE}(?:\s+is|'s|\s+should\s+be|\s+shall\s+be|\s+must\s+be)\s+(?:called|named)\s+{NAME}",
        rf"(?:the|its)\s+(?:name|title)(?:\s+of\s+{WHOLE})?\s+(?:is|should\s+be|shall\s+be)\s+{NAME}",
    )
)
ONLY = r"(?:only|just|simply|merely|really|no\s+more\s+than)"
ITS_NAME = rf"(?:the|its|our)\s+name(?:\s+(?:of|for)\s+{WHOLE})?"
NO_THING = (
    r"(?:\s+not|n't)\s+(?:an?\s+)?(?:(?:real|separate|proper)\s+)?(?:thing|table|entity|object)(?:\s+of\s+its\s+own)?"
)
INSTEAD = rf"\s*[,;:–—-]+\s*(?:but\s+)?(?:(?:it|that|this)(?:'s|\s+is)\s+)?(?:{ONLY}\s+)?{ITS_NAME}"
ONLY_NAME = tuple(
    regex(rf"^{LEAD}(?:(?:the|an?|our|my)\s+)?{NAME}\s+(?:is|was){form}[\s.!]*$", re.IGNORECASE)
    for form in (rf"\s+{ONLY}\s+{ITS_NAME}", NO_THING + INSTEAD)
)
"""What was taken for a thing is only what the whole is called: "a wine cellar is just the name of the plan"."""
CALL = regex(rf"{LEAD}(?:call|name)\b", re.IGNORECASE)
TELLS = regex(rf"^{LEAD}(?:it|this)(?:\s+is|'s)\s", re.IGNORECASE)
"""Tells what something is called, and asks for nothing: "it is called machine" may be said of any thing."""
KIND = regex(r"^(?:an?|one|some|each|every)\s", re.IGNORECASE)
"""Begins what a thing is, and no name: "call it a machine"."""
NO_NAMES = frozenset(
    {"unique", "optional", "required", "text", "mandatory", "something", "else", "again", "off", "back"}
)
FIELD_NAME = regex(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+", re.IGNORECASE)
"""A name as only fields have it: "session_end"."""
OF_PLAN = regex(
    r"\b(?:plan|service|repository|repo|project|app|application|backend|system|program|whole)\b", re.IGNORECASE
)


def read_name(text: str) -> str:
    """Return the name that a whole message or sentence gives the plan, with a capital; nothing where it gives none.

    A name such as ``session_end`` that "it" gets is one for a field; what a thing is called names no plan.
    """
    name = name_given(text)
    return "" if is_for_field(text, name) or is_for_thing(text, name) else name[:1].upper() + name[1:]


def read_field_name(text: str) -> str:
    """Return the name in snake_case of "call it session_end"; nothing where a sentence says anything else."""
    name = name_given(text)
    return name.lower() if is_for_field(text, name) else ""


def read_first_name(sentence: str) -> str:
    """Return the name that a sentence of a first wish gives the whole, or nothing.

    "Call it …" and "its name is …" may speak of a thing there: a capital, or a word for the whole, must be in it.
    """
    name = read_name(sentence)
    has_capital = CALL.match(sentence) is not None and name in sentence
    return name if has_capital or OF_PLAN.search(sentence) else ""


def is_named(text: str, title: str) -> bool:
    """Tell whether a message gives a title in so many words, whatever else it says: "call it Harbour and add pages"."""
    given = rf"\b(?:call(?:ed)?|named?|titled?|rename)\b[^.;\n]{{0,40}}?\b{re.escape(title)}\b"
    return bool(title) and re.search(given, straight(text), re.IGNORECASE) is not None


def is_for_field(text: str, name: str) -> bool:
    """Tell whether a name is one for a field, and nothing says that the whole is meant."""
    return FIELD_NAME.fullmatch(name) is not None and OF_PLAN.search(text) is None


def is_for_thing(text: str, name: str) -> bool:
    """Tell whether a sentence says what a thing is called, and nothing says that the whole is meant."""
    plain = straight(text)
    says_so = any(form.match(plain) for form in ONLY_NAME) or OF_PLAN.search(plain)
    return not says_so and (TELLS.match(plain) or KIND.match(name)) is not None


def is_only_name(text: str) -> bool:
    """Tell whether a sentence says of something that it is no thing, and only what the whole is called."""
    plain = straight(text)
    return len(plain) <= LONGEST and any(form.match(plain) for form in ONLY_NAME)


def name_given(text: str) -> str:
    """Return the name that a whole sentence gives to what it speaks of, or nothing."""
    plain = straight(text)
    if len(plain) > LONGEST:
        return ""
    for form in (*ONLY_NAME, *FORMS):
        match = form.match(plain)
        words = words_of(match["name"]) if match else []
        if match and 0 < len(words) <= MOST_WORDS and not set(words) & (SENTENCE_WORDS | NO_NAMES):
            return match["name"].strip()
    return ""
