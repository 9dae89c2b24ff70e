"""Cuts a sentence into its clauses: each says one thing, with a subject of its own or the one before it.

A clause begins after a comma, a dash or "and" where a subject and a finite verb follow ("…, and it has a start"), or a
verb that goes on with the same subject ("… and belong to one skipper"). Lists of nouns are never cut.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.masks import mask, unmask

__all__ = ["DONE_WITH_THINGS", "WANTED_SEEN", "clauses_of", "without_frame"]

LONGEST_SENTENCE = 4_000
"""Characters; a longer sentence is read as one."""
FINITE = (
    r"(?:is|are|was|were|isn't|aren't|has|have|had|can|cannot|can't|could|may|might|must|mustn't|should|shouldn't|shall|will|"
    r"would|do|does|don't|doesn't|never)"
)
SINGULAR_VERB = (
    r"(?:belongs|goes|gets|needs|consists|contains|includes|takes|becomes|starts|begins|closes|expires|ends|runs|costs|lasts|"
    r"opens|works|comes|gives|writes|signs|logs|wants|holds|keeps|makes|lists|carries|covers|refers|stays|reports|leads|"
    r"owns|uses|moves|records|notes|states|shows|assesses|pays|receives|rents|books|borrows|orders)"
)
PLURAL_VERB = (
    r"(?:belong|go|get|need|consist|contain|include|take|become|start|begin|close|expire|end|run|cost|last|open|work|come|give|"
    r"write|sign|log|want|hold|keep|make|cover|refer|stay|own|move|share|pay|receive|rent|book|borrow|change|cancel|delete|"
    r"edit|enrol|enroll|attend|lead|teach|note|record|store|apply|join|remember|track|log|ask|"
    r"(?:rate|score|grade|review|evaluate)(?=\s+(?:(?:the|an?|each|every)\s+)?[a-z-]+,?\s+(?:from|between|with|on|\d))|"
    r"(?:submit|define|create|upload)(?=\s+(?:(?:the|an?|their)\s+)?[a-z]+\b))"
)
ADVERB = r"(?:(?:also|then|usually|always|often|only|still|later|now|sometimes|currently|never|just)\s+)*"
WORD = (
    r"(?!(?:it|they|we|he|she|you|i|that|which|who|if|when|and|or|is|are|to|of|for|in|on|at|"
    r"by|with|from)\b)[a-z][\w'-]*"
)
DETERMINER = r"(?:an?|the|each|every|one|its|their|our|some|all|no|any|this|these|that|most|his|her)"
OF = rf"(?:\s+(?:of|for|in|on|to)\s+(?:(?:{DETERMINER}|same)\s+)*{WORD}(?:\s+{WORD})?)?"
PLURAL = (
    r"(?!(?:its|this|is|was|has|as|us|always|yes|plus|less|does|theirs|ours|besides|perhaps|"
    r"sometimes|news|times|unless)\b)[a-z][\w-]*[^\Ws]s"
)
SUBJECT_AND_VERB = (
    rf"(?:(?:it|he|she)\s+{ADVERB}(?:{FINITE}|{SINGULAR_VERB})|(?:they|we|you|i)\s+{ADVERB}(?:{FINITE}|{PLURAL_VERB})|"
    rf"{DETERMINER}\s+{WORD}(?:\s+{WORD}){{0,2}}?{OF}\s+{ADVERB}(?:{FINITE}|{SINGULAR_VERB})|"
    rf"(?:(?:all|some|most|two|several|many|its|their|our)\s+)?(?:{WORD}\s+)??{PLURAL}{OF}\s+{ADVERB}(?:{FINITE}|{PLURAL_VERB})|"
    rf"{DETERMINER}\s+{WORD}(?:\s+{WORD})?\s+(?:that|which|who)\s+(?:is|are|has|have)\s+(?:[\w'-]+\s+){{1,3}}?(?:can|can't|cannot|may|must|mustn't)|"
    rf"{DETERMINER}\s+{WORD}\s+[a-z]{{3,}}s(?=\s+(?:several|many|an?|one)\b)|"
    rf"(?:nobody|everybody|everyone|somebody|someone|nothing|people)\s+{ADVERB}(?:{FINITE}|{SINGULAR_VERB}|{PLURAL_VERB}))\b"
)
OWN_START = (
    r"(?:only (?:the|its|their|an?)\s|(?:never|no|max|at most|only) (?:one|two)\s|(?:every|each|on) \w+ (?:i|we)\s|"
    r"once (?:it|they|\w+ed|\w+n)\b|while \w+|after [\w-]+ no more\b|then (?:it|they|the|a|an|"
    r"is|either|to|from|can|may|goes)\b|"
    r"[\w-]+(?: or [\w-]+)? (?:can|may) (?:also )?(?:still )?(?:go|fall|move|return|change|"
    r"be (?:moved|set|sent)) (?:back )?to |"
    r"[\w-]+(?: (?:or )?[\w-]+){0,2}\s*(?:-+>|→)|"
    r"[\w-]+(?: or [\w-]+)? (?:can|may) (?:(?:also|still|then|only) )*be [\w-]+ed\b|"
    r"then [\w-]+(?=\s*(?:$|,))|at last\s|from there\s|nobody\s|nothing else\b|"
    r"(?:but )?after that\s|(?:but )?only you\b)"
)
DONE_WITH_THINGS = (
    r"(?:book|order|buy|rent|borrow|report|enter|create|submit|upload|post|rate|review|reserve|file|store|write|"
    r"attend|join|leave|give)"
)
GOING_ON = (
    r"(?:belongs?|takes? place|(?:is|are) (?:assigned|attached|linked|booked|made|taught|led|"
    r"written|created|for|in|at|on)|"
    r"must|can(?:not)?|can't|may|consists?|logs? in|signs? (?:in|up)|goes|go|has|have|starts as|begins as|"
    rf"{DONE_WITH_THINGS}s?\s+(?:an?|the|"
    r"their|its|many|several|[a-z]+s)|becomes?|lists?|holds?|contains?|works? (?:in|on|for|at)|must not|refers?)\b"
)
STEPPING_ON = r"(?:goes|becomes|(?:is|are|can be) (?:then|later)|can then)\b"
BEFORE = regex(
    rf"(?:\s*,\s*(?:(?:and|but|so|while|whereas|plus|where|then)\s+)?|\s+(?:and|but|while|whereas|plus|&)\s+|\s+[-–—]\s+|"
    rf"(?<=[)\w])\s*;\s*)(?:(?:also|usually|later|finally)\s+)?(?=(?:{SUBJECT_AND_VERB}|{OWN_START}))|"
    rf"(?:\s*,\s*(?:and|but)\s+|\s+(?:and|but)\s+)(?:also\s+|then\s+)?(?={GOING_ON})|\s*,\s*(?={STEPPING_ON})"
    rf"|\s*:\s+(?=(?:we|they)\s+{ADVERB}(?:note|record|store|keep|log|write|track|remember|need)\b)|\s*:\s+(?={DETERMINER}\s+{WORD}\s+(?:records|notes|has|contains|holds|consists|states)\b)",
    re.IGNORECASE,
)
RELATIVE = regex(
    r"\b(?:that|which|who|whether|when|if|because|so that|until|while|since|as soon as|unless|"
    r"before|after|how|what|where)"
    r"(?:\s+[\w'-]+){0,6}$",
    re.IGNORECASE,
)
"""What shows that a verb after "and" goes on with a dependent clause ("a note that is short and has …")."""
OCCASION = regex(
    r"^(?:and\s+|but\s+|then\s+)?(?:when|whenever|if|once|as soon as|while|after|before|"
    r"unless|until|every time|each time)\b"
    r"[^,]*$",
    re.IGNORECASE,
)
"""A condition goes with what follows it."""
SHARED_VERB = regex(
    r"^(?:an?|the|its|their|his|her|one)\s+(?:(?!is\b|are\b)[\w-]+\s+){0,2}[\w-]*[^\Ws]\s+(?:are|were|have|do|don't)\b",
    re.IGNORECASE,
)
"""The last of several nouns with one verb: "a title and the amount are given"."""
BANS = regex(r"\b(?:not|never|can't|cannot|mustn't|shouldn't|(?:can|may|must) only|nobody|no one)\b", re.IGNORECASE)
"""What may not be "while" something is: both are one rule."""
FRAME = regex(r"^as\s+(?:an?|the|our)\s+(?P<who>[a-z][\w-]*(?:\s+[a-z][\w-]*)?),?\s+(?=(?:i|we)\b)", re.IGNORECASE)
PURPOSE = regex(
    r"(?:,\s*|\s+)(?:so that|so (?:i|we|they|he|she) (?:can|know|don't)|in order to|"
    r"which is why|because|to be able to|since "
    r"(?:we|they|it))\b[^;]*$",
    re.IGNORECASE,
)
"""Why something is wanted: it says nothing about what is kept."""


WANTED_SEEN = regex(
    r"^(?:anything|everything|anyone|everyone|anybody|everybody|whatever|whoever|all|every)\b[^.;\n]{3,300},\s*"
    r"(?:i|we)(?:'d| would)? (?:want|like|love|need|wish) to (?:see|know|be told)\b",
    re.IGNORECASE,
)
"""What people want to see, told before that they do: one wish, however long."""


def clauses_of(sentence: str) -> list[str]:
    """Return the clauses of a sentence in order; a sentence of one clause comes back as it is."""
    if len(sentence) > LONGEST_SENTENCE:
        return [sentence]
    masked = mask(ungapped(sentence))
    clauses, start = [], 0
    for match in BEFORE.finditer(masked):
        before = masked[start : match.start()]
        is_while = match[0].strip(" ,").lower() == "while" and BANS.search(before) is not None
        if not before.strip() or is_while or is_dependent(before, masked[match.end() :]):
            continue
        clauses.append(unmask(before).strip(" ,"))
        start = match.end()
    clauses.append(unmask(masked[start:]).strip(" ,"))
    return [clause for clause in clauses if clause]


def ungapped(sentence: str) -> str:
    """Say the verb again that was left out: "boats have a name, the skippers a phone number" has two clauses."""
    has = re.search(r"\b(?:have|has)\b", sentence)
    return GAP.sub(r"\g<0>have ", sentence) if has and len(sentence) <= LONGEST_SENTENCE else sentence


GAP = regex(r",\s*(?:and\s+)?(?:the|our)\s+[a-z][\w-]*[^\Ws]s\s+(?=an?\s)", re.IGNORECASE)


def is_dependent(before: str, after: str) -> bool:
    """Tell whether what follows goes on with a dependent clause, or is about the head of the clause before it."""
    if before.count("(") != before.count(")") or OCCASION.match(before.strip()) or SHARED_VERB.match(after):
        return True
    goes_on = re.match(GOING_ON, after, re.IGNORECASE)
    return goes_on is not None and RELATIVE.search(before[-120:]) is not None


def without_frame(sentence: str) -> tuple[str, str]:
    """Return a sentence without the role before it and the purpose behind it, and the role ("As a sender I …")."""
    frame = FRAME.match(sentence)
    rest = sentence[frame.end() :] if frame else sentence
    return (PURPOSE.sub("", rest) if len(rest) <= LONGEST_SENTENCE else rest), (frame["who"] if frame else "")
