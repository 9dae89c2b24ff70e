"""Names the fact that a question asks for: "what is wrong" is the problem, "where it was found" the place found.

A field is never called by a question: a name has neither its pronoun nor its verb.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.people_words import PEOPLE
from bot.planning.built_in.words.vocabulary import is_verb_form, straight, word_set

__all__ = ["asked_fact", "asked_role"]

LONGEST = 80
PRONOUN = r"(?:it|they|he|she|we|you|i|people|this|that)"
BE = r"(?:is|are|was|were|has been|have been|had been|goes|went|gets|got)"
OF_WHAT = r"(?:it|them|him|her|this|that|the [a-z]+|here|there)"
FACTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(rf"^{said}$"), name)
    for said, name in (
        (
            (
                rf"what {BE} (?:wrong|broken|damaged|faulty)(?: (?:with|on|at|about|in) {OF_WHAT})?|"
                rf"what (?:{PRONOUN} )?broke"
            ),
            "problem",
        ),
        (rf"what {BE} right", "correction"),
        (rf"what (?:{PRONOUN} {BE} (?:used |meant |good |needed )?)?for", "purpose"),
        (rf"what {PRONOUN} {BE} (?:all )?about", "topic"),
        (rf"what {PRONOUN} {BE} (?:made|built|made out) (?:of|from)", "material"),
        (rf"what {PRONOUN} {BE} called|what {PRONOUN} calls? (?:it|them)", "name"),
        (
            rf"what {PRONOUN} {BE}|what happen(?:s|ed)(?: (?:to|with) {OF_WHAT})?|what {PRONOUN} looks? like",
            "description",
        ),
        (rf"what {BE} missing|what {PRONOUN} lacks?", "missing part"),
        (rf"what {BE} done|what {PRONOUN} (?:did|do|does|have done|has done)", "work done"),
        (rf"what {BE} (?:decided|agreed(?: on)?)|what {PRONOUN} (?:decided|agreed(?: on)?)", "decision"),
        (rf"what {BE} (?:discussed|talked about)|what {PRONOUN} (?:discussed|talked about)", "topics"),
        (rf"what (?:{BE} )?(?:{PRONOUN} )?needed|what {PRONOUN} needs?", "need"),
        (rf"what {PRONOUN} (?:wants?|wishes|wish|wanted|would like)", "wish"),
        (rf"what {PRONOUN} (?:says?|said|wrote)|what {BE} (?:said|written)", "text"),
        (rf"what {PRONOUN} (?:eats?|ate)|what {BE} eaten", "food"),
        (rf"what {PRONOUN} (?:contains?|holds?)|what {BE} (?:in|inside) it", "contents"),
        (rf"what {PRONOUN} (?:grows?|grew)|what {BE} grown", "crop"),
        (rf"where {PRONOUN} lives?", "address"),
        (
            rf"where {PRONOUN} (?:goes|go|went|{BE} going|travels?|travelled|{BE} (?:sent|taken|brought)(?: to)?)",
            "destination",
        ),
        (rf"where {PRONOUN} (?:comes?|came|{BE})(?: from)", "origin"),
        (rf"where {PRONOUN} (?:starts?|started|begins?|began)", "start place"),
        (rf"where {PRONOUN} (?:ends?|ended|finish|finishes|finished)", "end place"),
        (rf"where {PRONOUN} (?:{BE}|stands?|hangs?|lies|lie|lay|sits?|grows?|stays?|happens?|happened)", "place"),
        (rf"where {BE} {OF_WHAT}", "place"),
        (r"why(?: .+)?", "reason"),
        (
            (
                rf"who (?:all )?(?:{BE} (?:there|present|in it)|came(?: along)?|comes|attends|attended|took part|"
                r"takes part|joined|participated|showed up|turned up)"
            ),
            "attendees",
        ),
    )
)
"""What is asked in so many words, and the noun for it."""
NOUN_ASKED = regex(r"^what (?:the|its|their|his|her|our) (?P<noun>[a-z-]+(?: [a-z-]+)?) (?:is|was|are|were)(?: like)?$")
"""A question that names what it asks for: "what the diagnosis is"."""
DONE_TO = regex(
    rf"^(?P<asks>what|where) (?P<who>{PRONOUN} )?(?:{BE} |has |have |had )?(?:being )?(?P<done>[a-z]+)"
    r"(?: (?:in|on|up|out|off|it|them))?$"
)
PAST = {
    "ate": "eaten", "took": "taken", "gave": "given", "saw": "seen", "broke": "broken", "chose": "chosen",
    "did": "done", "wrote": "written", "drove": "driven", "rode": "ridden", "wore": "worn", "sang": "sung",
    "spoke": "spoken", "drew": "drawn", "grew": "grown", "threw": "thrown", "ran": "run", "knew": "known",
    "rang": "rung", "drank": "drunk", "stole": "stolen",
}  # fmt: skip
"""Past forms that differ from their participles."""
WHO = regex(
    r"^(?:who(?:m|ever)?|which person)(?: (?:in|of|from) (?:the|our|my) [a-z]+)?"
    r"(?: (?:is|are|was|were|has|have|had|will|currently|usually|mainly|last|first|"
    r"actually|been|being))* (?P<verb>[a-z]+)(?: (?:in|on|up|out|for|to|at|after|off|back|down|over|away|along))?"
    rf"(?: {OF_WHAT})?(?: (?:in|up|out|off|back|down|over|away|along))?$"
)
CHARGE = regex(
    r"^who(?:ever)?(?:'s| is| was| are) (?:responsible|in charge|accountable|on duty|looking after|the contact)\b"
    rf"(?: (?:for|of))?(?: {OF_WHAT})?$|^who (?:looks|looked) after {OF_WHAT}$|^who takes care of {OF_WHAT}$"
)
OWNS = regex(
    rf"^(?:who(?:m)? {PRONOUN} (?:belongs?|belonged) to|to whom {PRONOUN} belongs?|whose {PRONOUN} (?:is|are))$"
)
GETS = regex(
    rf"^(?:who(?:m)? {PRONOUN} {BE} (?:(?:meant|made|given|sent|lent|sold) )?(?:for|to)|for whom(?: {PRONOUN} {BE})?)$"
)
NO_VERBS = word_set(
    "is are was were has have had can may must should will would there here present absent away late sick ill first "
    "last next new not no it they we you i he she needs need wants want likes knows came comes attends attended "
    "joined participated showed turned"
)
"""What behind "who" is no deed by which somebody is called."""
AGENTS = {
    "own": "owner", "work": "worker", "lead": "leader", "teach": "teacher", "send": "sender", "receive": "recipient",
    "get": "recipient", "drive": "driver", "sing": "singer", "win": "winner", "play": "player", "write": "author",
    "speak": "speaker", "collect": "collector", "run": "organiser", "organise": "organiser", "organize": "organizer",
}  # fmt: skip
"""What those who do something are called, by the verb."""
SIMPLE = {
    "sent": "send", "got": "get", "led": "lead", "taught": "teach", "wrote": "write", "written": "write", "won": "win",
    "drove": "drive", "driven": "drive", "sang": "sing", "ran": "run", "spoke": "speak", "done": "do", "did": "do",
}  # fmt: skip


def plain(text: str) -> str:
    """Return words in small letters, with "is" spelled out."""
    said = straight(text, " ,.;?").lower()
    said = (
        re.sub(r"\b(what|where|why|who|it|he|she|that)'s\b", r"\1 is", said)
        .replace("'ve ", " have ")
        .replace("'re ", " are ")
    )
    return re.sub(r"\b(?:exactly|already|just|ever|now|currently|also|really|actually|usually) ", "", said)


def asked_fact(text: str) -> str:
    """Return the name of what "what …", "where …" or "why …" asks for, or nothing where no noun says it."""
    said = plain(text)
    if len(said) > LONGEST or not re.match(r"(?:what|where|why|who)\b", said):
        return ""
    noun = NOUN_ASKED.match(said)
    named = noun["noun"] if noun else next((name for pattern, name in FACTS if pattern.match(said)), "")
    done = None if named else DONE_TO.match(said)
    if done is None or done["done"] in NO_VERBS:
        return named
    verb = PAST.get(done["done"], done["done"])
    if not is_verb_form(verb) and not done["who"]:
        return ""
    verb = verb if is_verb_form(verb) else done_to(base_of(verb))
    return f"place {verb}" if done["asks"] == "where" else f"{verb} item"


def asked_role(text: str) -> str:
    """Return what is called whom "who is working on it" or "who reported it" asks for: "worker", "reported by".

    Nothing where it asks for nobody in particular.
    """
    said = plain(text)
    if len(said) > LONGEST or not re.match(r"(?:who|whom|whose|whoever|for whom|to whom|which person)\b", said):
        return ""
    if OWNS.match(said):
        return "owner"
    if GETS.match(said):
        return "recipient"
    if CHARGE.match(said):
        return "responsible person"
    who = WHO.match(said)
    if who is None or who["verb"] in NO_VERBS:
        return ""
    return called(who["verb"])


def called(verb: str) -> str:
    """Return what somebody is called who does, did or is doing something: an owner, or "reported by"."""
    base = SIMPLE.get(verb) or base_of(verb)
    agent = AGENTS.get(base) or next((one for one in (f"{base}er", f"{base}r") if one in PEOPLE), "")
    if agent:
        return agent
    done = PAST.get(verb) or (verb if is_verb_form(verb) else "")
    return f"{done or done_to(base)} by"


def done_to(base: str) -> str:
    """Return the participle of a verb in its base form."""
    return participle(f"{base}s")


def base_of(verb: str) -> str:
    """Return the base form of a regular verb in the third person, the past or with "ing"."""
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        stem = verb.removesuffix(ending)
        if stem != verb and len(stem) > 2:
            doubled = ending in {"ing", "ed"} and stem[-1:] == stem[-2:-1] and stem[-1] not in "lsz"
            base = f"{stem[:-1] if doubled else stem}{instead}"
            return next((one for one in (f"{base}e", base) if one in AGENTS), base)
    return verb
