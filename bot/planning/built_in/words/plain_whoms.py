"""Says plainly which deed was done by whom, who plays whom in rounds, and what somebody replies or permits.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: "which dog was walked by
whom, when and for how long" tells of walks, "singers tell us whether they are coming" of replies.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import gerund_of, is_person, listed, noun_of, one, spoken_of
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.plain_counts import subject_before
from bot.planning.built_in.words.rewriting import (
    END,
    MANY,
    PAUSE,
    SENTENCE,
    TERM,
    THEN,
    WORD,
    Ways,
    added,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = ["in_plain_whoms"]

WANTING = r"(?:want|need|would like|'d like|like|have)(?: to)? (?:be able to )?"
NOTING = r"(?:know|see|note|record|track|log|keep track of|write down|find out|remember)"
KNOWING = rf"(?:we|i) (?:also )?(?:{WANTING})?{NOTING}(?: down)?"
DONE = r"(?P<done>[a-z]+(?:ed|en|ght|ung|um|ent|old|aid|ead|nt))"
REST = r"(?P<rest>(?:,| and| when| for)[^.;!?\n]*)?"
NAMED = {
    "washed": "wash",
    "walked": "walk",
    "ridden": "ride",
    "visited": "visit",
    "called": "call",
    "taken": "loan",
    "driven": "drive",
}
"""What was done, and what its record is called where the verb says so itself."""
BEHAVIOURS = {
    "behaved": "a behaviour", "went": "a note", "tasted": "a taste", "reacted": "a reaction", "performed": "a result",
    "looked": "a condition", "felt": "a feeling", "slept": "a note on the sleep", "did": "a result",
}  # fmt: skip
LENDING = word_set("loan rental hire booking reservation lease")
TIMES = r"(?: every [a-z]+| daily| regularly| each [a-z]+| in turns| (?:once|twice) a [a-z]+)?"
EVENTS = r"(?:played|held|fought|run|contested|organi[sz]ed)"
POINTS = r"[^.;!?\n]*\bpoints?\b[^.;!?\n]*"
RESULTS = r"(?:win|victory|draw|tie|loss|defeat|goal|hit|strike|try|finish|place|point|set|game|match|round)"
TELLS = r"(?:tells? us|lets? us know|says?|repl(?:y|ies)|answers?|indicates?|writes?(?: to us)?|states?)"
COMING = r"(?:coming|attending|taking part|joining|available|present|there|going|free)"
ANSWERS = rf"(?:(?:maybe |not |perhaps |possibly |probably |definitely )?{COMING}|maybe|undecided|unsure|absent|away)"
OCCASION = regex(
    rf"\b(?:each|every|an?|the) (?P<event>(?:{WORD} )?(?:concert|rehearsal|meeting|training|match|game|event|session|"
    r"party|trip|outing|performance|service|practice|tournament|workshop|course|lesson|class|shift|show|tour|dinner))\b",
    re.IGNORECASE,
)
CONSENT = r"(?P<what>permission|consent|agreement|approval|authori[sz]ation)"
TROUBLES = r"(?:problems?|faults?|defects?|damages?|issues?|breakages?|things|incidents?)"
EXTRA = (
    r"(?:coming|going|travelling|traveling|joining|attending|taking part|helping|needed|invited|expected|registered|"
    r"accompanying|participating|staying|playing|singing|living)"
)


def known(said: str, is_long: bool, record: str) -> str:
    """Return what is asked of a deed as a fact of its record: "when", "for how long", "how it behaved"."""
    asked = " ".join(said.lower().split())
    how = re.fullmatch(r"how (?:it|they|he|she|the [a-z]+) (?P<verb>[a-z]+)", asked)
    if how and how["verb"] in BEHAVIOURS:
        return BEHAVIOURS[how["verb"]]
    if asked in {"when", "from when", "since when"}:
        return "a start date and time" if is_long or asked != "when" else "a date and time"
    if asked in {"for how long", "how long", "how long for"}:
        return "a number of days" if record in LENDING else "a duration in minutes"
    return {"until when": "an end date", "where": "a place", "why": "a reason", "what for": "a purpose"}.get(
        asked, said
    )


def deeds_before(done: str, thing: str, text: str) -> tuple[str, str]:
    """Return the sentence that tells who does something to a thing, and who: "volunteers walk the dogs"; or nothing."""
    told = re.compile(
        rf"(?:(?<=^)|(?<=[.!?;:] )|(?<=\n))(?:our |the |all |the |some )?(?P<who>{MANY}|people) "
        rf"(?:can |may |regularly |sometimes |also )*(?P<verb>[a-z]+) "
        rf"(?:our |the |their |some |an? )?(?:{plural(thing)}|{thing}){TIMES}(?:[.!?]\s*|$)",
        re.IGNORECASE,
    )
    for found in told.finditer(text):
        if participle(f"{found['verb'].lower()}s") == done and is_person(one(found["who"])):
            return found[0], one(found["who"])
    return "", ""


def done_by_whom(found: re.Match[str], text: str) -> str | None:
    """Return "which dog was walked by whom, when and for how long" as walks of a dog and whoever walks dogs."""
    done, thing = found["done"].lower(), one(found["thing"])
    before, after = text[: found.start()], text[found.end() :]
    sentence, who = deeds_before(done, thing, before)
    people = [noun for noun in spoken_of(f"{before}. {after}") if is_person(noun) and noun != thing]
    who = who or (people[0] if len(people) == 1 else "person")
    record = NAMED.get(done) or noun_of(done) or gerund_of(done)
    if not record or record == thing or (is_person(thing) and who == "person"):
        return None
    pieces = re.split(
        r",\s*(?:and\s+)?|\s+and\s+|(?<!until)(?<!from)(?<!since)\s+(?=when\b|for how)",
        (found["rest"] or "").strip(" ,"),
    )
    asked = [piece.strip() for piece in pieces if piece and piece.strip() and piece.strip().lower() != "and"]
    is_long = any(re.search(r"\bhow long\b|\buntil when\b", piece, re.IGNORECASE) for piece in asked)
    facts = [known(piece, is_long, record) for piece in asked]
    told = [f"Each {record} belongs to {listed([a(thing), a(who)])}"]
    told += [f"{a(record).capitalize()} has {listed(facts)}"] if facts else []
    new = replaced(found, text, *told)
    return new.replace(sentence, "", 1) if sentence else new


def in_rounds(found: re.Match[str], text: str) -> str:
    """Return "games are played in rounds between two players" as games between two, each with a round."""
    game = one(found["games"])
    plain = f"{text[: found.start()]}{found['begin']}{found['games']} are between{text[found.end() :]}"
    end = found.start() + len(found["begin"]) + len(found["games"])
    return added(plain, end, f"{a(game).capitalize()} has {a(singular(found['span'].lower()))}")


def because(found: re.Match[str], text: str) -> str:
    """Return "because our club organises a tournament, we need a list of players" as two sentences."""
    why = f"{found['why'][:1].upper()}{found['why'][1:]}"
    return f"{text[: found.start()]}{found['begin']}{why}. {found['who'].capitalize()} {text[found.end() :]}"


def every_spring(found: re.Match[str], text: str) -> str | None:
    """Return "our club organises a tournament every spring" as tournaments with a year, "every month" with a date."""
    what = one(found["what"])
    if is_person(what):
        return None
    is_yearly = re.search(r"year|spring|summer|autumn|fall|winter", found["span"], re.IGNORECASE) is not None
    return replaced(found, text, f"{a(what).capitalize()} has {'a year' if is_yearly else 'a date'}")


def counts_points(found: re.Match[str], text: str) -> str:
    """Return "a win counts one point and a draw half a point" as the rule that it is."""
    return f"{text[: found.start()]}{found['begin']}{found['what']} must count {found['rest']}{text[found.end() :]}"


def replied(found: re.Match[str], text: str) -> str | None:
    """Return "singers tell us whether they are coming, maybe coming or not coming" as replies to the last occasion."""
    who, events = one(found["who"]), [one(told["event"]) for told in OCCASION.finditer(text)]
    if not is_person(who) or not events:
        return None
    values = [value for value in re.split(r",?\s+or\s+|,\s*", found["values"].strip().lower()) if value]
    values = [f"not {values[0]}" if value == "not" else value for value in values]
    values += [f"not {values[0]}"] if len(values) == 1 else []
    told = "/".join(value.replace(" ", "_") for value in values)
    return replaced(found, text, f"Each reply belongs to {a(who)} and {a(events[0])}", f"A reply has a status {told}")


def permitted(found: re.Match[str], text: str) -> str | None:
    """Return "parents give their permission for each child" as permissions of a parent for a child."""
    who, whom, what = one(found["who"]), one(found["whom"]), found["what"].lower()
    if not is_person(who) or who == whom:
        return None
    whole = subject_before(text, found.start())
    ends = dict.fromkeys(end for end in (who, whom, whole) if end and end != what)
    return replaced(found, text, f"Each {what} belongs to {listed(map(a, ends))}")


def reports(found: re.Match[str], text: str) -> str | None:
    """Return "residents report problems", where it is told of a report, as the reports of residents."""
    who, others = one(found["who"]), f"{text[: found.start()]}. {text[found.end() :]}"
    is_told = re.search(r"\b(?:each|every|an?|the) report\b", others, re.IGNORECASE)
    is_other = re.search(
        rf"\b(?:each|every|an?|the) {one(found['what'])}\b|\breport belongs to\b", others, re.IGNORECASE
    )
    if not is_person(who) or not is_told or is_other:
        return None
    is_described = re.search(r"\breport has\b", others, re.IGNORECASE)
    return replaced(
        found, text, f"Each report belongs to {a(who)}", *([] if is_described else ["A report has a description"])
    )


def stays_open(found: re.Match[str], text: str) -> str | None:
    """Return "a report stays open until the resident confirms" with that a report is open or closed."""
    thing = one(found["thing"])
    if re.search(rf"\b{thing} (?:is|has a status|can be|starts)\b|\bstatus\b", text, re.IGNORECASE):
        return None
    return added(text, found.end(), f"{a(thing).capitalize()} is open or closed")


def so_many(found: re.Match[str], text: str) -> str | None:
    """Return "the number of adults coming along" as the number of adults."""
    if not has_plural(found["many"].lower()):
        return None
    return f"{text[: found.start()]}{found['article']} number of {found['many']}{text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}{KNOWING} which (?P<thing>{TERM}) (?:was|were|is|are|has been|got|gets) {DONE} by whom"
                rf"{REST}{END}"
            ),
            done_by_whom,
        ),
        (rf"{SENTENCE}{KNOWING} who {DONE} which (?P<thing>{WORD}){REST}{END}", done_by_whom),
        (
            (
                rf"{SENTENCE}(?:because|since|as) (?P<why>(?:we|our|the|every|each|an?) [^.,;!?\n]+), "
                r"(?P<who>we|i) (?=(?:need|want|would like|keep|are looking)\b)"
            ),
            because,
        ),
        (
            (
                rf"{SENTENCE}(?:we|(?:our|the) (?:{WORD} )?{WORD}) (?:organi[sz]es?|holds?|runs?|hosts?) "
                rf"an? (?P<what>{TERM}) (?:every|each) "
                rf"(?P<span>year|spring|summer|autumn|fall|winter|month|week|quarter|term|season){END}"
            ),
            every_spring,
        ),
        (
            (
                rf"{SENTENCE}(?P<games>{MANY}) are {EVENTS} in "
                r"(?P<span>rounds|groups|sets|heats|pools|divisions) between\b"
            ),
            in_rounds,
        ),
        (
            (
                rf"{SENTENCE}(?P<what>an? {RESULTS}) (?:counts(?: as| for)?|gives|brings|scores|earns|is worth) "
                rf"(?P<rest>{POINTS}){END}"
            ),
            counts_points,
        ),
        (
            (
                rf"{SENTENCE}(?:our |the |all )?(?P<who>{MANY}|each {WORD}|every {WORD}) (?:can |may )?{TELLS} "
                r"(?:whether|if) (?:they are|they're|he or she is|she is|he is|they will be) "
                rf"(?P<values>{ANSWERS}(?:,? (?:or )?(?:{ANSWERS}|not))*){END}"
            ),
            replied,
        ),
        (
            (
                rf"{THEN}(?:the |our |their )?(?P<who>{MANY}|an? {WORD}) (?:must |have to )?"
                r"(?:gives?|signs?|grants?|hands? in) (?:us )?"
                rf"(?:(?:their|a|an|the|his or her) )?(?:written )?{CONSENT} for (?:each|every|an?|the|their) "
                rf"(?P<whom>{WORD}){END}"
            ),
            permitted,
        ),
        (
            rf"{SENTENCE}(?:our |the |all )?(?P<who>{MANY}) (?:can |may )?report (?P<what>{TROUBLES}){END}",
            reports,
        ),
        (
            (
                rf"{SENTENCE}(?:an?|each|every|the) (?P<thing>{TERM}) (?:stays|remains|is kept|is left) open "
                r"(?:until|till) "
            ),
            stays_open,
        ),
        (
            rf"\b(?P<article>the|an?) number of (?P<many>{WORD}) {EXTRA}(?: along| with us| in| too)?{PAUSE}",
            so_many,
        ),
    )
)
"""Ways of telling of deeds by whoever did them, and what says it plainly."""


def in_plain_whoms(text: str) -> str:
    """Return a text with deeds, replies and permissions said in sentences of one fact each."""
    return rewritten(text, WAYS)
