"""What shows that a sentence is no description: questions, refusals, conditions, wishes beyond records and links."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import DETERMINERS, FEATURES, singular, straight, word_set, words_of

__all__ = [
    "ARROW",
    "NOT_THINGS",
    "NO_ACCOUNTS",
    "NO_REFUSALS",
    "QUESTIONS",
    "REFUSALS",
    "SAYS",
    "is_clause",
    "is_feature",
    "is_login",
    "names_accounts",
    "nobody_logs_in",
    "only_points",
    "planned_for",
    "speaks_of_signing_in",
]

CLAUSE_WORDS = frozenset(
    {"is", "are", "can", "must", "should", "will", "gets", "get", "may", "was", "were", "when", "if"}
)
ARROW = regex(r"->|→")
NOT_THINGS = word_set(
    "thing things entity entities field fields data everything anything something record records information "
    "details crud feature features everyone anyone someone somebody nobody etc everybody anyb"
    "ody nothing none itself themselves myself ourselves today people folks everyone other others both "
    "he she it they we you i me him them us one ones"
)
QUESTIONS = regex(
    r"^(?:could|can|should|would|will|do|does|did|is|are|what|how|why|who|when|which|where)\b.*\?\s*$", re.IGNORECASE
)
NO_ACCOUNTS = regex(
    (
        r"\b(?:no|without(?: any)?|don't need|do not need|not "
        r"need)\s+(?:user )?(?:logins?|accounts?|sign-?ins?|authentication|auth)\b"
    ),
    re.IGNORECASE,
)
LOGS_IN = r"(?:logs?|signs?)[\s-]*(?:in|on|up)\b"
NOBODY_LOGS_IN = regex(
    r"\b(?:nobody|no ?one|none of us)\s+(?:ever\s+|(?:will|would|must|should)\s+|(?:has|needs|wants)\s+to\s+)*"
    rf"{LOGS_IN}|\b(?:people|they|we|users|you)\s+(?:don't|do not|won't|never|needn't)\s+"
    r"(?:(?:have|need|want)\s+to\s+)?"
    rf"{LOGS_IN}",
    re.IGNORECASE,
)
BUT_SOME = regex(r"\b(?:but|except|unless|without|only (?:the|an?|those|we)|until|before|outside)\b", re.IGNORECASE)
"""Words that take something back of what stands beside them."""
NO_REFUSALS = regex(
    r"\bno\.|\bnot required\b|\bnot (?:known|set|filled in)(?: yet)? (?:until|till|before)\b|"
    r"\b(?:no|not) (?:less|more) than\b|\byes\s*(?:/|or)\s*no\b|\bno of\b|\bor not\b|\bno two\b|"
    r"\bno[- ]shows?\b|\bnot (?:yet )?[a-z]+ed(?=\s*(?:[,/)|]|\bor\b))|"
    r"\bno other [\w-]+(?: [\w-]+)? (?:has|have|uses?|carries|carry)\b|"
    r"\bno (?:other|more|further) (?:fields?|facts?|details?|data|columns?|things?)\b|"
    r"\bno (?:duplicates?|doubles|repeats)\b|\b(?:can't|cannot|must not|may not) repeat\b|\bnever the same\b|"
    r"\b[a-z]+ no(?=\s*(?:[,;:()]|$|unique\b|optional\b|required\b))",
    re.IGNORECASE,
)
REFUSALS = regex(r"\b(?:not|never|cannot|can't|no|nobody|without|don't|doesn't|shouldn't|mustn't)\b", re.IGNORECASE)

POINTERS = word_set("here here's attached below enclosed above attachment attachments file uploaded")
SHOWING = word_set("see read drop dropped dropping paste pasted pasting upload send sent look")
ASKED_TO = word_set("please so ok hi hello and now just then again")
SHOWERS = word_set("i i'll i've we we'll we've")
SHOWN = word_set(
    "it this these them schema sql file files csv excel export dump sheet spreadsheet document documents requirements "
    "md jdl specs attachment"
)
"""What somebody shows, and with which words they say so: "I'll drop the schema", "please read it"."""
POINTED = (
    POINTERS
    | SHOWING
    | SHOWN
    | word_set(
        "is are our my the please find see take use read check look at this these it them in as from with comes come "
        "follow follows tables table data database db model models list lists schema sql csv excel export dump sheet "
        "spreadsheet design document documents drawing notes so ok hi hello and i i've we we've have all of what "
        "current existing old thread now too you can everything it's that will i'll we'll then just again already a "
        "moment into"
    )
)
PLAN_THIS = regex(
    r"^(?:(?:please|hi|hello|hey|can you|could you|ok|so|now)[\s,]+)*(?:plan|build|make|do|create)\s+"
    r"(?:this|that|it|these)(?:\s+for\s+(?:us|me|(?:our|the|my)\s+(?P<whole>[\w-]+(?:\s+[\w-]+)?)))?"
    r"(?:[\s,]+please)?[\s.!?]*$",
    re.IGNORECASE,
)
"""What asks for a plan of something that stands beside it: "plan this for our beekeeping club"."""
MOST_POINTING = 14
"""Words of a sentence that only points to something."""


SAYS = regex(
    r"\b(?:(?<!who )(?<!which )(?<!what )(?<!it )(?<!that )(?:is|are|was|were|has|have|can|must|may|will|should|need)|"
    r"belongs?|keep|we|i|you|want|store|note|record)\b",
    re.IGNORECASE,
)
"""Verbs of a whole sentence: what holds one is no list of facts."""


def only_points(sentence: str) -> bool:
    """Tell whether a sentence only points to something beside it: "here are our tables", "see the attached file"."""
    if PLAN_THIS.match(sentence):
        return True
    words = words_of(sentence)
    told = set(words)
    first = next((word for word in words if word not in ASKED_TO), "")
    is_shown = bool(told & SHOWING and told & SHOWN) and (first in {"see", "read", "look"} or bool(told & SHOWERS))
    return len(words) <= MOST_POINTING and told <= POINTED and (is_shown or bool(told & POINTERS))


def planned_for(sentence: str) -> str:
    """Return whom something beside a sentence shall be planned for: "plan this for our beekeeping club"; or nothing."""
    found = PLAN_THIS.match(sentence)
    return (found["whole"] or "") if found else ""


def is_clause(item: str) -> bool:
    """Tell whether an item that was not read says something of its own, so that what follows may be about it."""
    words = words_of(item)
    return (
        len(words) > 2
        and words[0] not in {"a", "an", "the", "whether", "how", "which", "what"}
        and bool(set(words) & CLAUSE_WORDS)
    )


SIGNING = r"(?:log-?\s?ins?|logging\s+in|sign-?\s?(?:in|up|on)s?|signing[\s-](?:in|up)|sso|oauth|auth|authentication)"
ACCOUNTS = regex(
    rf"^(?:(?:an?|the|any|all|user|single|secure|own|our)\s+)*(?:[\w-]+\s+)?(?:{SIGNING}|accounts?)$", re.IGNORECASE
)
LOGIN = regex(
    r"^(?:(?:an?|the|user|social|single|secure)\s+)*(?:(?:google|github|facebook|microsoft|apple|slack|e-?mail|password)\s+)?"
    r"(?:log-?\s?in|logging\s+in|sign-?\s?(?:in|on)|signing[\s-]in|sso|oauth)"
    r"(?:\s+(?:with|via|through|by|using|over)\b.*)?$",
    re.IGNORECASE,
)


def is_login(text: str) -> bool:
    """Tell whether an item only says how people sign in ("login with google"): that is no thing to keep."""
    return LOGIN.match(text.strip(" .!")) is not None


def names_accounts(text: str) -> bool:
    """Tell whether words such as "the google login" or "user accounts" mean signing in."""
    return ACCOUNTS.match(text.strip(" .!")) is not None


def speaks_of_signing_in(piece: str) -> bool:
    """Tell whether an unread piece speaks of signing in."""
    return re.search(rf"\b(?:{SIGNING}|accounts)\b", piece, re.IGNORECASE) is not None


def nobody_logs_in(text: str) -> bool:
    """Tell whether words say that nobody signs in at all: "it runs inside our network only, nobody logs in"."""
    match = NOBODY_LOGS_IN.search(straight(text))
    return match is not None and not BUT_SOME.search(text)


def is_feature(text: str) -> bool:
    """Tell whether an item is a wish beyond records and links ("notifications", "online payments")."""
    words = [
        word for word in words_of(text) if word not in DETERMINERS | {"user", "online", "basic", "simple", "full-text"}
    ]
    joined = "-".join(words)
    if "online" in words_of(text) and words and singular(words[-1]) in {"payment", "booking", "checkout", "chat"}:
        return True
    return bool(words) and (joined in FEATURES or (len(words) == 1 and words[0] in FEATURES))
