"""Says plainly who was at what, who plays whom, what is made per what, who is given a job, and what is used up in it.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, spoken_of
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    MANY,
    NAME,
    NUMBER,
    WORD,
    Ways,
    added,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, is_verb_form, singular, word_set

__all__ = ["in_plain_rounds"]

PAUSE = r"(?=\s*(?:[,.;!?\n]|$))"
WANTING = (
    r"(?:wants?|needs?|would like|likes?|has|have)(?: to)? (?:know|see|note|record|write down|keep track of|track|log|"
    r"remember|find out|tell|be able to (?:see|tell|say))"
)
NOTING = r"(?:(?:we|i) (?:also )?(?:note|record|write down|keep track of|track|log|know|see)(?: down)?|who was there)"
TAKING_PART = r"(?:was|were|is|has been|came|went|comes|goes|takes part|took part|attended|attends|participated)"
GAMES = word_set("match matche game fight race bout debate duel round heat semifinal quarterfinal final leg set derby")
JOBS = word_set(
    "repair job order request ticket case task report incident fault complaint inspection project delivery assignment "
    "visit treatment commission claim application service installation call work-order"
)
DONE_TO_WHAT_COMES = word_set("repair service inspection treatment commission")
MOMENT = r"(?:an?|the|some|certain|given|fixed) ?(?:certain |given |fixed )?"


COMES_BACK = regex(r"\b(?:back|return|returns|borrows?|lends?|loan)\b", re.IGNORECASE)


def those_there(found: re.Match[str], text: str) -> str | None:
    """Return who was at which exercise as attendances, of the only people that are told of."""
    named = [singular(found["who"].lower())] if found["who"] else spoken_of(text)
    people = [noun for noun in named if is_person(noun) and re.search(rf"\b{noun}", text, re.IGNORECASE)]
    event = singular(found["event"].lower())
    if not people or event in people:
        return None
    return replaced(found, text, f"Each attendance belongs to {a(people[0])} and {a(event)}")


def against(found: re.Match[str], text: str) -> str | None:
    """Return "teams play matches against each other" as matches of a home team and an away team."""
    game, side = singular(found["games"].lower()), singular(found["sides"].lower())
    if game.split()[-1] not in GAMES:
        return None
    facts = [f"a home {side}", f"an away {side}"]
    if found["when"]:
        facts.append("a date and time" if "time" in found["when"].lower() else "a date")
    told = f"{a(game).capitalize()} has {', '.join(facts[:-1])} and {facts[-1]}"
    more = [f"{a(game).capitalize()} has "] if found["more"] else []
    return replaced(found, text, told, f"There are {found['sides'].lower()}", *more)


def made_per(found: re.Match[str], text: str) -> str | None:
    """Return "invoices are made per client and month" as invoices of a client, with the month."""
    what = singular(re.sub(r"^(?:one|an?) ", "", found["what"].lower()))
    if is_verb_form(what.split()[0]):
        return None
    pieces = [singular(one) for one in re.split(r"(?:,| and)(?: per)? ", found["pieces"].lower()) if one]
    spans = [one for one in pieces if one in SPANS]
    wholes = [one for one in pieces if one not in SPANS]
    if not wholes:
        return None
    told = [f"Each {what} belongs to {' and '.join(map(a, wholes))}"]
    told += [f"{a(what).capitalize()} has {' and '.join(map(a, spans))}"] if spans else []
    told += [f"{a(what).capitalize()} is "] if found["more"] else []
    return replaced(found, text, *told)


SPANS = word_set("day week month quarter year season term semester weekend")


def job_of(text: str) -> str:
    """Return what a text calls the job that it tells of: the only one of several such words, or nothing."""
    jobs = {singular(word) for word in re.findall(r"[a-z-]+", text.lower())} & JOBS
    told = [noun for noun in spoken_of(text) if noun in jobs]
    return told[0] if len(set(told)) == 1 else ""


def given_job(found: re.Match[str], text: str) -> str | None:
    """Return "a mechanic gets assigned" as whom the job belongs to."""
    job, who = job_of(text), singular(found["who"].lower())
    if not job or not is_person(who):
        return None
    more = [f"The {who} "] if found["more"] else []
    return replaced(found, text, f"{a(job).capitalize()} may belong to {a(who)}", *more)


def brought(found: re.Match[str], text: str) -> str | None:
    """Return "people bring their bike" with the job that it is brought for, where a text tells of one."""
    job, what = job_of(text), singular(found["what"].lower())
    said = f"Each {job} belongs to {a(what)}"
    if job not in DONE_TO_WHAT_COMES or what == job or said in text:
        return None
    return added(text, found.end(), said)


def used_up(found: re.Match[str], text: str) -> str | None:
    """Return "the mechanic writes down the parts he used with price" as the parts of the job."""
    job, part = job_of(text), singular(found["parts"].lower())
    if not job or part == job:
        return None
    facts = f"a name and {found['facts']}" if found["facts"] else "a name"
    return replaced(found, text, f"Each {part} belongs to {a(job)}", f"{a(part).capitalize()} has {facts}")


def got_in(found: re.Match[str], text: str) -> str | None:
    """Return "how many points each team got in each round" as results of both."""
    who, event = found["who"].lower(), found["event"].lower()
    if who == event:
        return None
    told = f"Each result belongs to {a(who)} and {a(event)}"
    return replaced(found, text, told, f"A result has {found['what'].lower()}")


def limit_per(found: re.Match[str], text: str) -> str:
    """Return ", at most four beds per booking" as a sentence of its own."""
    return f"{text[: found.start()]}. {capital(found['limit'])}{text[found.end() :]}"


def songs_in(found: re.Match[str], text: str) -> str | None:
    """Return "for each gig we have a fee and a set list" as entries of the list, where songs are told of."""
    parts = re.findall(r"\b(songs|pieces|tracks|tunes|works|titles|dances|films|scenes)\b", text, re.IGNORECASE)
    if not parts:
        return None
    entry = f"{found['list'].lower()} entry"
    said = f"Each {entry} belongs to {a(found['of'].lower())} and {a(singular(parts[0].lower()))}"
    rest = re.sub(r",(?=[^,]*$)", " and", found["facts"])
    return added(f"{text[: found.start('facts')]}{rest}{text[found.end() :]}", found.start("facts") + len(rest),
                 f"{said}. {a(entry).capitalize()} has a position")  # fmt: skip


def one_for_each(found: re.Match[str], text: str) -> str | None:
    """Return "every flat has meters for water and heating" as meters of a flat, each of one of these kinds."""
    whole, part = found["whole"].lower(), singular(found["parts"].lower())
    if is_person(whole) or is_person(part):
        return None
    kinds = re.split(r",\s*(?:and\s+)?|\s+and\s+", found["kinds"].lower())
    told = f"Each {part} belongs to {a(whole)}"
    return replaced(found, text, told, f"{a(part).capitalize()} has a kind ({'/'.join(kinds)})")


def what_was_amiss(found: re.Match[str], text: str) -> str | None:
    """Return "what's broken or missing is noted", where things come back, as a note of the loan."""
    if not COMES_BACK.search(text[: found.start()]):
        return None
    return replaced(found, text, f"A loan has a note on what is {found['state']} (optional)")


def how_often(found: re.Match[str], text: str) -> str:
    """Return "a reading with a photo once a year" with how often it comes in a sentence of its own."""
    said = f"{a(found['what'].lower()).capitalize()} comes {found['often']}"
    return added(f"{text[: found.end('facts')]}{text[found.end() :]}", found.end("facts"), said)


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?:(?:we|i|(?:our|the) (?:{WORD} )?(?:{WORD} )?{WORD}|{MANY}) (?:also )?{WANTING}|{NOTING}) "
                rf"(?:who|which (?P<who>{WORD}s?)) {TAKING_PART} (?:at|in|on|to|part in)? ?(?:which|what|each|every) "
                rf"(?P<event>{NAME}){END}"
            ),
            those_there,
        ),
        (
            (
                rf"{BEGIN}(?P<sides>{MANY}) (?:play|fight|have|hold|meet in|compete in|run) (?P<games>{MANY}) "
                r"against (?:each other|one another|other [a-z]+)"
                rf"(?P<when> (?:on|at) {MOMENT}(?:date and time|day and time|date|day|time))?"
                rf"(?:(?P<more>,? (?:and )?with )|{PAUSE})"
            ),
            against,
        ),
        (
            (
                rf"{BEGIN}(?P<what>{MANY}|(?:one|an?) {NAME}) (?:is|are|gets?) "
                r"(?:made|written|sent|issued|created|drawn up|prepared|done|filled in|kept)(?: out)? "
                rf"(?:per|for each|for every) (?P<pieces>{WORD}(?:(?:,| and)(?: per)? {WORD}){{0,2}})"
                rf"(?:(?P<more>,? and (?:is|are) )|{END})"
            ),
            made_per,
        ),
        (
            (
                rf"{BEGIN}(?:then )?(?:an?|one of (?:our|the)) (?P<who>{WORD}s?) (?:gets|is|will be) "
                r"(?:assigned|given the job|put on it|appointed)(?: to (?:it|them|the job))?"
                rf"(?:(?P<more> and (?=[a-z]+s ))|{PAUSE})"
            ),
            given_job,
        ),
        (
            (
                rf"{BEGIN}(?:people|{MANY}) (?:can |may )?(?:bring|send|hand|drop off|leave)(?: in| us)? "
                rf"(?:their|an?) (?P<what>{WORD})(?: in| to us| here| there)?(?=\s*(?:[,.;!?\n]|$|and\b))"
            ),
            brought,
        ),
        (
            (
                rf"{BEGIN}(?:the {WORD} |he |she |they |who )?(?:writes? down|notes?(?: down)?|records?|lists|logs?) "
                rf"(?:the |which )?(?P<parts>{WORD}s) (?:(?:that )?(?:he|she|they|was|were|are) (?:he |she |they )?"
                r"(?:has |have |had )?(?:used|needed|put in|built in|replaced|installed|took))"
                rf"(?:,? with (?:the |their )?(?P<facts>[^.;!?\n]+?))?{END}"
            ),
            used_up,
        ),
        (
            (
                rf"{BEGIN}how (?:many|much) (?P<what>{WORD}) (?:each|every|a) (?P<who>{WORD}) "
                r"(?:got|gets|had|scored|scores|earned|made|won|reached) (?:in|at|for|on) (?:each|every|which|an?) "
                rf"(?P<event>{WORD}){PAUSE}"
            ),
            got_in,
        ),
        (
            (
                r",\s+(?:and\s+)?(?P<limit>(?:at most|no more than|not more than|up to|a maximum of) "
                rf"{NUMBER} {WORD} per {WORD}){END}"
            ),
            limit_per,
        ),
        (
            (
                rf"\bfor (?:each|every) (?P<of>{WORD}) we (?:have|keep|note|need) "
                rf"(?P<facts>[^.;!?\n]{{3,120}}?),? and an? "
                rf"(?P<list>set ?list|playlist|programme|track ?list|play ?list){END}"
            ),
            songs_in,
        ),
        (
            (
                rf"{BEGIN}(?:an?|each|every) (?P<whole>{WORD}) has (?P<parts>{WORD}s) for "
                rf"(?P<kinds>{WORD}(?:, {WORD})*,? and {WORD}){PAUSE}"
            ),
            one_for_each,
        ),
        (
            (
                r"(?P<begin>[.;,]\s+(?:and\s+)?|\s+and\s+)what(?:'s| is| was| has been) "
                rf"(?P<state>[a-z]+(?: or [a-z]+)?) (?:is|gets|are) (?:noted|recorded|written down|listed){END}"
            ),
            what_was_amiss,
        ),
        (
            (
                rf"\b(?:an?|their|the) (?P<what>{WORD})(?P<facts> with (?:an?|the|their) {WORD}"
                rf"(?:,? and (?:an? )?{WORD})?) (?P<often>(?:once|twice|three times) (?:an?|per) "
                r"(?:day|week|month|quarter|year|season))\b"
            ),
            how_often,
        ),
    )
)
"""Ways of telling of rounds, jobs and what is made per what, and what says them plainly."""


def in_plain_rounds(text: str) -> str:
    """Return a text with what it tells of rounds and jobs said in sentences of one fact each."""
    return rewritten(text, WAYS)
