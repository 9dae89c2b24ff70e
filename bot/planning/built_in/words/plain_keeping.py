"""Says plainly what is taken home and given back, marked, judged and noted at times, and which kinds there are.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one, spoken_of
from bot.planning.built_in.words.field_kinds import CHOICE_WORDS, named_kind
from bot.planning.built_in.words.participles import participle, third
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    LONGEST,
    MANY,
    NAME,
    STATEMENT,
    TERM,
    WORD,
    Ways,
    added,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, singular, word_set

__all__ = ["in_plain_keeping", "in_plain_losses", "in_plain_series"]

ASKING = regex(
    r"^(?:(?:hi|hello|hey|please)[ ,!]+)*(?:can|could|would) you (?:please )?(?:make|build|create|do|set up|write) "
    r"(?:me |us )?(?:something|an app|a tool|a system|a backend|a database|a program|a list) for "
    r"(?:our|my|the) [a-z' -]{3,60}\?\s+(?=\S)",
    re.IGNORECASE,
)
"""A letter's first sentence, which asks for the whole that the next ones tell of."""
SORTS = word_set(
    "piece item device tool machine instrument animal vehicle material appliance toy part unit room plant tree pet "
    "component accessory boat product article garment costume drink dish ingredient sensor"
)
"""Things of which there are kinds: what stands in brackets behind them are these, unless it names facts."""
FACT_WORDS = word_set(
    "name title text description type kind make maker model brand colour color size note comment address place city "
    "location owner position label code id photo picture image serial unit language author topic"
)
DEEDS = {
    "opens": "opened",
    "unlocks": "unlocked",
    "fits": "fitted",
    "supports": "supported",
    "controls": "controlled",
    "lights": "lit",
}
"""What things do to several others, each of which may have several of them, and what is done to these."""
BORROWED = r"(?:take home|take along|take out|take away|check out|borrow)"
JUDGES = word_set("committee jury board council panel management office team court")
VERDICTS = r"(?:accepts?|approves?|declines?|rejects?|refuses?|confirms?|denies|deny|grants?|admits?|selects?)"
NOTING = r"(?:records?|notes?|writes? down|notes? down|logs?|keeps?|enters?)"
DONE_TO = (
    r"(?:i|we) (?:want to |need to |would like to |'d like to |have to )?(?:see|know|note|record|write down|track|"
    r"keep track of|remember|log) (?:down )?"
)
CARED_FOR = word_set("horse cow sheep goat dog cat pig animal pet tree plant patient bee hive donkey pony bird")
ONE_OR_MORE = r"(?:one or more|one or several|several|many)"
THING_GIVEN = r"(?:it|them|this|one|the same)"


def without_asking(text: str) -> str:
    """Return a text without the question that only asks for what the next sentences tell of."""
    return ASKING.sub("", text, count=1)


def kinds_of_them(found: re.Match[str], text: str) -> str | None:
    """Return "several pieces of equipment (swing, slide)" with the brackets as kinds, not as facts of a piece."""
    thing = singular(found["many"].lower())
    kinds = [kind.strip().lower() for kind in re.split(r",\s*(?:and |or )?|\s+(?:and|or)\s+", found["kinds"])]
    if thing.split()[-1] not in SORTS or not all(is_kind(kind) for kind in kinds):
        return None
    told = f"{a(thing).capitalize()} has a kind ({'/'.join(kinds)})"
    whole = found["whole"].lower() if found["whole"] else ""
    told = f"{a(thing).capitalize()} belongs to {a(whole)}. {told}" if whole else told
    return added(f"{text[: found.start('brackets')]}{text[found.end() :]}", found.start("brackets"), told)


def is_kind(words: str) -> bool:
    """Tell whether words are what something of a kind is called, and no fact of it."""
    last = words.split()[-1:] or [""]
    is_named = bool(words) and last[0] not in FACT_WORDS | CHOICE_WORDS and not named_kind(words.split())
    return is_named and re.fullmatch(rf"{WORD}(?: {WORD})?", words) is not None


def each_of_several(found: re.Match[str], text: str) -> str:
    """Return "a key has a number and opens one or more doors" as a link of both to many."""
    who, what = found["who"].lower(), singular(found["what"].lower())
    done = DEEDS[found["verb"].lower()]
    facts = f"{found['begin']}{found['facts']}. " if found["facts"] else found["begin"]
    said = f"{a(what).capitalize()} is {done} by several {plural_of(who)}"
    return f"{text[: found.start()]}{facts}{said}{text[found.end() :]}"


def plural_of(noun: str) -> str:
    """Return the plural of a noun of one or two words."""
    return f"{noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{noun}{'es' if noun[-1] in 'sxh' else 's'}"


def taken_home(found: re.Match[str], text: str) -> str | None:
    """Return "owns five telescopes that members can take home for two weeks" as a loan of both."""
    if not is_person(found["who"]):
        return None
    who = found["who"].capitalize()
    term = found["term"] or ""
    told = f"We keep {found['many'].lower()}. {who} can borrow {a(singular(found['many'].lower()))}{term}"
    return replaced(found, text, told)


def signed_out(found: re.Match[str], text: str) -> str | None:
    """Return "staff sign a key out and give it back when they leave" as a loan, and when it comes back as a rule."""
    what = one(found["what"])
    if is_person(what):
        return None
    rest = f"{a(what).capitalize()} must be given back {found['when'].strip()}" if found["when"] else ""
    told = f"{capital(found['who'])} can borrow {a(what)}"
    return replaced(found, text, told, *([rest] if rest else []))


def marked(found: re.Match[str], text: str) -> str | None:
    """Return "attendees can mark the talks they want to see" as bookmarks of both."""
    who, what = one(found["who"]), one(found["what"])
    if not is_person(who) or is_person(what):
        return None
    return replaced(found, text, f"Each bookmark belongs to {a(what)} and {a(who)}")


def judged(found: re.Match[str], text: str) -> str | None:
    """Return "the committee accepts or rejects them" as what becomes of those who applied."""
    applied = re.findall(rf"(?:^|[.!?]\s+|\n)({NAME}) (?:can |may )?apply with\b", text[: found.start()], re.IGNORECASE)
    if not applied or not (found["judge"].lower().split()[-1] in JUDGES or is_person(found["judge"])):
        return None
    first, other = participle(third(found["verb"])), participle(third(found["other"]))
    told = f"{a(singular(applied[-1].lower())).capitalize()} has a status (applied/{first}/{other})"
    return replaced(found, text, told)


def noted_then(found: re.Match[str], text: str) -> str:
    """Return "if a key gets lost, we record the date and who had it" as facts that a key may have."""
    done = found["done"].lower()
    facts = []
    for fact in re.split(r",\s*(?:and )?|\s+and\s+", found["facts"]):
        plain = re.sub(r"^(?:the|its|an?) ", "", fact.strip().lower())
        had = re.fullmatch(r"who (?:had|has|used|borrowed) it(?: last)?", plain)
        plain = "last holder" if had else f"{done} date" if plain in {"date", "day", "when"} else plain
        facts.append(f"an optional {plain}")
    return replaced(found, text, f"{a(one(found['what'])).capitalize()} has {' and '.join(facts)}")


def done_to_which(found: re.Match[str], text: str) -> str:
    """Return "I want to see what was done to which horse, what it cost" as treatments of a horse."""
    what = one(found["what"])
    record = "treatment" if what in CARED_FOR else "service"
    pieces = re.split(r",\s*(?:and )?|\s+and\s+(?=when\b|what\b|who\b|how\b)", found["facts"])
    facts = ["a date", f"what was {found['done'].lower()}", *(piece for piece in pieces if piece not in {"", "when"})]
    told = f"Each {record} belongs to {a(what)}"
    return replaced(found, text, told, f"{a(record).capitalize()} has {', '.join(facts[:-1])} and {facts[-1]}")


def entered(found: re.Match[str], text: str) -> str:
    """Return "I'd enter every medicine with its expiry date" as what a medicine has."""
    return replaced(found, text, f"Every {found['what'].lower()} has {found['its']}")


def wished(found: re.Match[str], text: str) -> str:
    """Return "for each telescope I'd like the maker" as what a telescope has."""
    return replaced(found, text, f"Each {found['what'].lower()} has {found['the']}")


def of_theirs(found: re.Match[str], text: str) -> str | None:
    """Return "we need the word count and the client's rate" with the rate as a fact of the client."""
    whose = found["whose"].lower()
    if not re.search(rf"\b{whose}s?\b", text[: found.start()], re.IGNORECASE):
        return None
    told = f"{a(whose).capitalize()} has {a(found['fact'].lower())}"
    told_of = [thing for thing in spoken_of(text[: found.start()]) if thing != whose and not is_person(thing)]
    link = f". Each {told_of[-1]} belongs to {a(whose)}" if told_of else ""
    return f"{text[: found.start('and')]}. {told}{link}{text[found.end() :]}"


def noted_state(found: re.Match[str], text: str) -> str | None:
    """Return "notes for each piece whether it's ok, needs repair or has to be closed" as the piece's condition."""
    states = [
        re.sub(r"^(?:it's|it is|is|has to be|must be|should be) ", "", state.strip().lower())
        for state in re.split(r",\s*(?:or )?|\s+or\s+", found["states"])
    ]
    if not all(re.fullmatch(r"[a-z-]+(?: [a-z-]+){0,2}", state) for state in states) or "not" in states:
        return None
    return replaced(found, text, f"{a(one(found['what'])).capitalize()} has a condition ({'/'.join(states)})")


LOSSES: Ways = (
    (
        regex(
            rf"{BEGIN}(?:if|when) (?P<what>(?:an?|the) {WORD}) (?:gets|is|was|goes|has been) "
            r"(?P<done>lost|stolen|broken|replaced|sold|scrapped|found|retired|destroyed), "
            rf"(?:we|i) (?:also )?{NOTING} (?P<facts>[^.;!?\n:]+?){END}",
            re.IGNORECASE,
        ),
        noted_then,
    ),
)
"""What is noted once something is gone, which most of its kind never are."""
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"\b(?:(?:an?|each|every) (?P<whole>{WORD}) has|has|have|with|of) {ONE_OR_MORE} (?P<many>{NAME}s)"
                r"(?P<brackets> \((?P<kinds>[a-z ,-]+,[a-z ,-]+)\))"
            ),
            kinds_of_them,
        ),
        (
            (
                rf"{BEGIN}(?P<facts>(?:an?|each|every) (?P<who>{NAME}) has [^.;!?\n]+?),? and "
                rf"(?P<verb>{'|'.join(DEEDS)}) {ONE_OR_MORE} (?P<what>{WORD}s)(?=\s*(?:[,.;!?\n]|$))"
            ),
            each_of_several,
        ),
        (
            (
                rf"{BEGIN}(?:(?:an?|our|the) {NAME}|we|i) (?:owns?|has|have|keeps?) (?:[a-z]+ |\d+ )?(?P<many>{WORD}s) "
                rf"(?:that|which) (?:our |the )?(?P<who>{WORD}s) (?:can|may) {BORROWED}"
                rf"(?P<term> for (?:up to |at most )?[a-z0-9]+ (?:days?|weeks?|months?))?{END}"
            ),
            taken_home,
        ),
        (
            (
                rf"{BEGIN}(?P<who>staff|{MANY}) (?:can |may )?(?:sign|check|book|take) (?:(?P<what>(?:an?|the) {WORD}) "
                rf"out|out {WORD}s?) and (?:then )?(?:give|bring|hand|sign|check|take) {THING_GIVEN} (?:back|in)"
                rf"(?P<when> (?:when|once|before|after|as soon as|at the end of)\b[^.;!?\n,]+)?{END}"
            ),
            signed_out,
        ),
        (
            (
                rf"{BEGIN}(?P<who>{MANY}) (?:can|may|should be able to) (?:mark|bookmark|star|save|favourite|favorite) "
                rf"(?:the |those )?(?P<what>{WORD}s)(?: (?:that )?they (?:want|like|plan|would like|wish|liked?)"
                rf"[^.,;!?\n]*)?{END}"
            ),
            marked,
        ),
        (
            (
                rf"{BEGIN}(?:the|a|our) (?P<judge>{NAME}) (?P<verb>{VERDICTS}) or (?P<other>{VERDICTS}) "
                rf"(?:them|each one|each of them|him or her){END}"
            ),
            judged,
        ),
        (
            (
                rf"{BEGIN}{DONE_TO}what was (?P<done>done|repaired|changed|checked|replaced|fixed) "
                rf"(?:to|on|at|in|with) which (?P<what>{WORD})"
                rf"(?P<facts>(?:(?:, and |, | and )(?:what|when|who|how) [^.,;!?\n]+?)*){END}"
            ),
            done_to_which,
        ),
        (
            (
                rf"{BEGIN}(?:i'd|i would|we'd|we would|i|we)(?: like to| want to| need to)? (?:enter|record|note|list|"
                rf"write down|register|put in) (?:each|every) (?P<what>{NAME}) with (?P<its>its |the |an? )"
            ),
            entered,
        ),
        (
            (
                rf"{BEGIN}for (?:each|every) (?P<what>{NAME}),? (?:i'd like|i would like|we'd like|we would like) "
                rf"(?P<the>the |its |an? )(?!(?:list|overview|report|way)\b)"
            ),
            wished,
        ),
        (
            (
                rf"\b(?:we|i) (?:also )?(?:need|keep|note|record|want) (?:the |its |an? )[a-z, ]+?"
                rf"(?P<and>,? and) (?:the|an?) (?P<whose>{WORD})'s (?P<fact>{NAME}){END}"
            ),
            of_theirs,
        ),
        (
            (
                rf"{BEGIN}(?:(?:he|she|they|we|i) )?{NOTING} for "
                rf"(?:each|every) (?P<what>{NAME}) (?:whether|if) "
                rf"(?P<states>(?:it's|it is) [^.;!?\n]+? or [^.;!?\n,]+){END}"
            ),
            noted_state,
        ),
    )
)
"""Ways of telling what is kept of things that go out, are judged or get lost, and what says them plainly."""


KEEPS = r"(?:keep|note|store|record|need|want|have|know)"
AND_FOR_EACH: Ways = (
    (
        regex(
            rf"{STATEMENT}(?P<first>for (?:each|every) {TERM} (?:we|i) (?P<verb>{KEEPS}) [^.;:!?\n]{{1,300}}?),? and "
            rf"for (?:each|every) (?P<other>{TERM}),? (?P<facts>(?:its|their|his|her|the|an?) )",
            re.IGNORECASE,
        ),
        lambda found, text: replaced(
            found, text, found["first"], f"For each {found['other']} we {found['verb'].lower()} {found['facts']}"
        ),
    ),
)
"""What is kept of two things in one sentence: "for every potter we keep …, and for each kiln its name"."""


def in_plain_series(text: str) -> str:
    """Return a text in which a sentence tells what is kept of one thing only."""
    return rewritten(text, AND_FOR_EACH)


def in_plain_keeping(text: str) -> str:
    """Return a text with what it tells of things that go out, are judged or get lost said in plain sentences."""
    return text if len(text) > LONGEST else rewritten(without_asking(text), WAYS)


def in_plain_losses(text: str) -> str:
    """Return a text with what is noted once something is lost said as facts that it may have."""
    return rewritten(text, LOSSES)
