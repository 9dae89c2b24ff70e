"""Says in sentences of one fact each what a trade does: "we get documents from clients and pass them to translators".

Such a sentence names the things of an idea and the record of what happens with them. As in
`bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import belonging, is_occasion, is_person, noun_of, one, spoken_of
from bot.planning.built_in.words.doing_verbs import base_of_deed, record_of_deed
from bot.planning.built_in.words.plain_stories import HOUSES
from bot.planning.built_in.words.rewriting import END, SENTENCE, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import ARRANGEMENT_NOUNS, a, has_plural, singular, word_set

__all__ = ["AT_TIMES", "HOUSE", "JOBS", "OFTEN", "in_plain_trades", "told_in"]

SOME = r"(?:(?:all|the|our|its|their|some|many|various|different|private|public|freelance|other|several) )*"
MANY = (
    r"(?!(?:this|its|his|always|perhaps|us|does|across|besides|sometimes)\b)[a-z][a-z-]+s|people|"
    r"[a-z-]*(?:children|men|women)"
)
THINGS = rf"(?:{WORD} )??(?:{MANY})"
OFTEN = (
    r"(?:(?:every|each) (?:(?:single|second|other|few|two|three|four|five|six|\d+) )?"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)?"
    r"(?:day|night|morning|evening|week|weekend|month|quarter|year|season|term|spring|summer|autumn|fall|winter)s?|"
    r"(?:once|twice|(?:two|three|four|several) times|\d+ times) (?:an?|per|every) [a-z]+|"
    r"(?:daily|weekly|monthly|yearly|regularly|annually|all year round)|"
    r"(?:over|in|during|for|through) (?:the )?(?:winter|summer|spring|autumn|season|holidays|year|week|weekend)|"
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
)
AT_TIMES = rf"(?:,? (?P<often>{OFTEN}))?"
REMARK = r"(?:,? (?:mostly|usually|often|always|sometimes|typically) [^.;!?\n]{3,60}?)?"
HOUSE = rf"(?:{WORD} ){{0,2}}?{WORD}"
WE = rf"(?:we|i|(?:our|my|the) (?P<house>{HOUSE}))(?: (?:also|usually|often|regularly|then|mostly))?"
US = rf"(?:us|(?:our|my|the) {HOUSE}|me)"
SAYS = "has|have|is|are|says?|records?|lists?|shows?|notes?|covers?|tells?|names?|lasts?|takes?|costs?|gets?|belongs?"
JOBS = word_set("job order commission assignment case request task ticket project contract")
"""What a thing is worked on in: a record of its own beside the thing that somebody hands in."""
ROUNDS = word_set("visit appointment round job service call session order ticket")
"""What a deed is told of as, where its own noun is not."""
OUR_PEOPLE = word_set("colleague team crew brother sister wife husband son daughter father mother friend staff")
"""Who works with whoever speaks: no things of an idea."""
NO_PLACES = word_set(
    "way time turn pair team group colour color size batch season detail person hour day week month year"
)
NO_GOODS = word_set("us them people it money help something anything everything")
"""What is no goods of a trade."""
NOBODIES = word_set("person folk neighbour neighbor resident")
"""Who is called an owner, once something is theirs."""
PASSING = (
    r"(?:passes|pass|forwards?|hands?|gives?|sends?|distributes?|assigns?|returns?|sells?|lends?|delivers?|brings?|"
    r"shows?)"
)
MENDED = {"resole": "repair", "mend": "repair", "fix": "repair", "reheel": "repair", "patch": "repair"}
STAYS = {"looked": "stay", "cared": "stay", "stored": "stay", "boarded": "stay", "kept": "stay"}
DRAWN = r"(?:order|buy|rent|book|borrow|hire|purchase|reserve|lease|get|fetch)"
OWNERS = (
    r"(?:,? (?:and|but|so) (?:we|i|nobody) (?:(?:keep|keeps) (?:losing track of|forgetting|mixing up)|never knows?|"
    r"often forget|always forget|(?:don't|doesn't) (?:really )?know|lose track of) "
    r"(?:who owns which(?: one)?|whose is whose|which one is whose|which belongs to whom|whose they are)"
    r"(?: [a-z]+)?)?"
)


def told_in(text: str) -> set[str]:
    """Return the nouns that a text describes, each in the singular."""
    return set(spoken_of(text, SAYS))


def is_ours(found: re.Match[str], text: str) -> bool:
    """Tell whether a sentence is what whoever speaks does: "our office", "the town library"."""
    house = (found["house"] or "").lower()
    if not house or not re.match(r"the\b", found[0][len(found["begin"]) :], re.IGNORECASE):
        return not (house and is_person(house) and singular(house.split()[-1]) not in OUR_PEOPLE)
    head = house.split()[-1]
    is_thing = re.search(rf"\b(?:an?|each|every|which) {head}\b", text[found.end() :], re.IGNORECASE)
    return head in HOUSES and is_thing is None


def shortly(noun: str, text: str) -> str:
    """Return "office building" as "building" where a text describes it so from there on."""
    noun = one(noun)
    short = noun.split()[-1]
    return short if short in told_in(text) else noun


def handed_on(found: re.Match[str], text: str) -> str | None:
    """Return "we receive documents from clients and pass them to translators" as whose and with whom documents are."""
    what, whose, then = (shortly(found[part], text) for part in ("what", "whose", "then"))
    if (not found["who"] and not is_ours(found, text)) or is_person(what) or len({what, whose, then}) < 3:
        return None
    job = next((noun for noun in told_in(text) if noun in JOBS), "")
    first = [belonging(what, [job])] if job and job != what else []
    record = job or what
    told = [f"Each {record} belongs to {a(whose)}", f"Each {record} may belong to {a(then)}", *first]
    by_us = [f"Each {record} may belong to {a(one(found['who']))}"] if is_worker(found["who"] or "") else []
    return replaced(found, text, *told, *by_us)


def is_worker(who: str) -> bool:
    """Tell whether words name people of whom there are several to tell apart: "our technicians", not "my team"."""
    return bool(who) and is_person(who) and one(who).split()[-1] not in OUR_PEOPLE


def given_out(found: re.Match[str], text: str) -> str | None:
    """Return "the theatre lends its costumes to schools" as costumes that schools borrow."""
    verb, whom = found["verb"].lower(), one(found["whom"])
    is_read = not found["house"] and not verb.startswith("sell")
    if is_read or not is_ours(found, text) or found["things"].lower() in NO_GOODS or whom in NO_PLACES:
        return None
    deed = "borrow" if verb.startswith(("lend", "loan")) else "buy" if verb.startswith("sell") else "rent"
    if not has_plural(found["things"].lower()):
        return drawn(found, text, whom, deed)
    who = plural(shortly(whom, text)).capitalize()
    rest = re.sub(r"\b(?:an?|one) year\b", "365 days", found["rest"] or "")
    return replaced(found, text, f"{who} {deed} {found['things'].lower()}{rest}")


def worked_on(found: re.Match[str], text: str) -> str | None:
    """Return "my team inspects lifts in buildings twice a year" as inspections of lifts, and where each lift is."""
    verb = found["verb"].lower()
    base = base_of_deed(verb)
    record = noun_of(base or verb) or record_of_deed(base)
    who, what = found["who"] or "", shortly(found["what"], text)
    where = shortly(found["where"], text) if found["where"] else ""
    is_other = {what, where} & NO_PLACES or what == where or what in ARRANGEMENT_NOUNS or base == "write"
    is_other = is_other or is_person(what) or is_person(where)
    if not (base or is_inspecting(verb)) or not record or is_other or not (where or found["often"]):
        return None
    if not (who and is_person(who)) and not (not who and is_ours(found, text)):
        return None
    told = told_in(text)
    called = record if record in told else next((noun for noun in told if noun in ROUNDS and noun != what), record)
    worker = [one(who)] if is_worker(who) else []
    said = [belonging(what, [where])] if where else []
    said += [belonging(called, [what, *worker])]
    said += [] if called in told else [f"{a(called).capitalize()} has a date"]
    said += [f"We must {base or verb} {plural(what)} {found['often']}"] if found["often"] else []
    return replaced(found, text, *said)


def is_inspecting(verb: str) -> bool:
    """Tell whether a verb has a record of its own, such as "inspects"."""
    return bool(noun_of(verb)) and is_occasion(noun_of(verb))


def drawn_from_us(found: re.Match[str], text: str) -> str | None:
    """Return "cafés order bread from our bakery every day" as orders of cafés; what can be counted is bought."""
    who, what, verb = found["who"], found["what"].lower(), found["verb"].lower()
    if has_plural(what):
        return f"{text[: found.start()]}{found['begin']}{who} {verb} {what}{text[found.end() :]}"
    return drawn(found, text, one(who), verb)


def drawn(found: re.Match[str], text: str, who: str, verb: str) -> str:
    """Return what somebody buys or orders by weight or length as a record of its own that tells who did."""
    record = noun_of(verb) or "purchase"
    told = told_in(text)
    record = record if record in told else next((noun for noun in told if noun in ARRANGEMENT_NOUNS), record)
    more = [] if record in told else [f"{a(record).capitalize()} has a date"]
    return replaced(found, text, belonging(record, [who]), *more)


def left_with_us(found: re.Match[str], text: str) -> str | None:
    """Return "people leave their bicycles with us to be mended" as repairs of bicycles, each of which has an owner."""
    what, who = shortly(found["what"], text), one(found["who"])
    record = record_left(found, text)
    if not record or what == record or is_person(what):
        return None
    told = told_in(text)
    spoken = {singular(noun) for noun in re.findall(r"\b(?:each|every|an?|per) ([a-z-]+)", text.lower())}
    known = [noun for noun in (record, *sorted(told & ROUNDS)) if noun in told | spoken]
    owner = "owner" if who in NOBODIES and who not in told else who
    called = known[0] if known else record
    date = [] if known else [f"{a(called).capitalize()} has a date"]
    return replaced(found, text, belonging(what, [owner]), belonging(called, [what]), *date)


def record_left(found: re.Match[str], text: str) -> str:
    """Return what is done with what people bring: a repair where it is to be mended, a stay where it is kept."""
    if found["noun"]:
        return one(found["noun"])
    done = found["done"].lower()
    base = base_of_deed(re.sub(r"(?:ed|d)$", "", done)) or base_of_deed(re.sub(r"ed$", "e", done))
    base = base or base_of_deed(re.sub(r"(.)\1ed$", r"\1", done))
    stem = done.removesuffix("d") if done.endswith("ed") else done
    known = MENDED.get(stem) or MENDED.get(done.removesuffix("ed")) or STAYS.get(done)
    same = next((noun for noun in (stem, done.removesuffix("ed")) if noun in told_in(text)), "")
    return known or same or (record_of_deed(base) if base else "")


def only_other_way(found: re.Match[str], text: str) -> str | None:
    """Return "every learner has one instructor, though instructors look after a dozen learners each" once."""
    what, whose = found["what"].lower(), found["whose"].lower()
    if singular(found["those"].lower()) != whose or singular(found["these"].lower()) != what:
        return None
    told = f"Each {what} belongs to {a(whose)}"
    most = found["limit"] or found["count"]
    limit = f"{plural(whose).capitalize()} have at most {most} {plural(what)}" if most else ""
    return replaced(found, text, told, *([limit] if limit else []))


def one_person(found: re.Match[str], text: str) -> str | None:
    """Return "every learner has one instructor" as whose each learner is."""
    whose = one(found["whose"])
    if not is_person(whose) or whose == one(found["what"]):
        return None
    begin, rest = found["begin"], text[found.end() :]
    thing = f" and {a(one(found['more']))}" if found["more"] else ""
    return f"{text[: found.start()]}{begin}Each {one(found['what'])} belongs to {a(whose)}{thing}{rest}"


EACH = r"(?:each|every)"
SPAN = r"(?:day|week|month|year|season|hour|night|weekend)"
PLACED = rf"(?:(?:in|at|on|within) (?:our|my|the) {HOUSE},? )?"
DOZEN = r"(?:an? (?:dozen|couple of|handful of|number of|few)|several|many|lots of|a lot of|some)"
COUNT = r"(?P<count>two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)"
HOW_MANY = (
    rf"(?:(?:up to|at most|no more than|a maximum of) (?P<limit>[a-z]+|\d+)|(?:about |around )?(?:{DOZEN}|{COUNT}))"
)
HAVING = (
    r"(?:can |may |usually |often )?(?:looks? after|has|have|cares? for|takes? care of|teach(?:es)?|trains?|"
    r"supervises?|serves?|holds?|houses?|(?:is|are) (?:responsible for|in charge of)|helps?|advises?|treats?)"
)
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}{PLACED}{EACH} (?P<what>{TERM}) has (?:only |just |exactly )?(?:one|an?) "
                rf"(?P<whose>{TERM}),? (?:though|although|even though|but|while|whereas|and) "
                rf"(?:(?:an?|each|every|one|the) )?(?P<those>{TERM}) {HAVING} {HOW_MANY} "
                rf"(?P<these>{TERM})(?: each)?{END}"
            ),
            only_other_way,
        ),
        (
            (
                rf"{SENTENCE}{PLACED}{EACH} (?P<what>{TERM}) has (?:only |just |exactly )?one (?P<whose>{TERM})"
                rf"(?:,? and one (?P<more>{TERM}))?(?=\s*(?:[,;.!?\n]|$)|,? (?:and|but|though|while)\b)"
            ),
            one_person,
        ),
        (
            (
                rf"{SENTENCE}(?:(?:the |our )(?P<who>[a-z]+(?:s|men))|{WE}) "
                rf"(?:receives?|gets?|collects?|takes?(?: in| over)?|accepts?|buys?|picks? up|fetch(?:es)?) {SOME}"
                rf"(?P<what>{THINGS}) (?:from|of) {SOME}(?P<whose>{THINGS}),? (?:and|which (?:we|it)) "
                rf"(?:then )?{PASSING} (?:(?:them|these|it) )?(?:on |out |over |back )?to {SOME}"
                rf"(?P<then>{THINGS})(?: (?:all over|in|across|around) (?:the )?(?:town|city|country|region|area))?"
                rf"{AT_TIMES}{END}"
            ),
            handed_on,
        ),
        (
            (
                rf"{SENTENCE}{WE} (?P<verb>lends?|rents?|loans?|hires?|lets?|leases?|sells?) (?:out )?{SOME}"
                rf"(?P<things>{THINGS}|{WORD}) (?:out )?to {SOME}(?P<whom>{THINGS})"
                rf"(?P<rest> for (?:an?|one|two|three|up to|at most|\d+)(?: [a-z]+)? {SPAN}s?)?"
                rf"(?: at a time| each| at most)?{AT_TIMES}{END}"
            ),
            given_out,
        ),
        (
            (
                rf"{SENTENCE}(?:(?:our |the |my )?(?P<who>[a-z-]+s)|{WE}) (?P<verb>[a-z]+) {SOME}(?P<what>{THINGS})"
                rf"(?: (?:in|at|of|for|on) {SOME}(?P<where>{THINGS}))?{AT_TIMES}{END}"
            ),
            worked_on,
        ),
        (
            (
                rf"{SENTENCE}(?P<who>{SOME}{THINGS}) (?:can |may |usually |often |also )?(?P<verb>{DRAWN}) {SOME}"
                rf"(?P<what>{TERM}) (?:from|at|in|through|via) {US}{AT_TIMES}{REMARK}{END}"
            ),
            drawn_from_us,
        ),
        (
            (
                rf"{SENTENCE}{SOME}(?P<who>{THINGS}) (?:can |may |usually |often |also )?"
                r"(?:leave|bring|hand(?: in)?|send(?: in)?|drop(?: off)?|give)(?: us)? "
                r"(?:in )?(?:their|the|an?) (?:(?:old|broken|damaged|dirty|used|new|own) )?"
                rf"(?P<what>{TERM})(?: in(?= to| for)| off| here)?(?: (?:with|to|at) {US})?(?:,? {OFTEN})?,? "
                r"(?:for (?:an? )?(?P<noun>(?:repair|service|cleaning|alteration|inspection|check-?up|maintenance)s?)|"
                r"(?:to (?:be|get|have (?:them|it))|so that they (?:can be|are|get)) (?P<done>[a-z]+ed|kept|cut)"
                rf"(?: after| for| up| again)?)(?: by us)?{OWNERS}{END}"
            ),
            left_with_us,
        ),
    )
)
"""Ways of telling what a trade does, and what says it plainly."""


def in_plain_trades(text: str) -> str:
    """Return a text with what a trade does in it said in sentences of one fact each."""
    return rewritten(text, WAYS)
