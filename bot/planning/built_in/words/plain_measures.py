"""Says plainly what is measured: "lasts 45 or 90 minutes", "cost 10 euros per metre", "teams of 2 to 6 people"."""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_occasion, is_person
from bot.planning.built_in.words.numerals import NUMERAL, figure
from bot.planning.built_in.words.plain_counts import last_clause
from bot.planning.built_in.words.rewriting import (
    END,
    NOUN,
    NUMBER,
    PAUSE,
    STATEMENT,
    TERM,
    WORD,
    Ways,
    added,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, singular, word_set

__all__ = ["MEASURED", "in_plain_measures"]

UNITS = r"(?:minutes?|hours?|days?|weeks?|months?|years?|metres?|meters?|kilos?|kg|cm|km|euros?|dollars?|pounds?)"
AMOUNT = rf"(?:{NUMBER}|half an?|\d+[.,]\d+)"
TIMES = r"(?:minutes?|hours?|days?|weeks?|months?|years?)"
MEASURED = {"last": "duration", "take": "duration", "cost": "price", "weigh": "weight"}
"""What verbs that are followed by a number and its unit measure."""
SOLD_IN = {"grams|kilos|kgs|kg|pounds": "weight", "litres|liters|mls|ml": "volume", ".*": "length"}
"""What is told by how much of something there is in one."""
ADJECTIVES = {"long": "length", "wide": "width", "deep": "depth", "high": "height", "tall": "height"}


def holder_of(before: str) -> str:
    """Return " of a lesson" where a sentence before some place begins with what it is about, or nothing."""
    about = re.match(
        rf"(?:(?:an?|the|each|every|our|all) )?(?P<who>{NOUN})(?= (?:has|have|is|are|can|may|belongs?|takes?|opens?|"
        r"comes?|lies?|stands?|costs?|lasts?)\b|,? *$)",
        re.split(r"[.:;!?\n]\s*", before)[-1],
        re.IGNORECASE,
    )
    return f" of {a(singular(about['who'].lower()))}" if about else ""


def measure_of(found: re.Match[str], text: str) -> str | None:
    """Return "lasts 45 or 90 minutes" as a duration, with which ones there are as a rule of its own."""
    fact = MEASURED[re.sub(r"s$", "", found["verb"].lower())]
    verb = "has" if found["verb"].lower().endswith("s") else "have"
    unit = plural(singular(found["unit"].lower()))
    holder = holder_of(text[: found.start()])
    if (fact == "duration") != (re.fullmatch(TIMES, unit) is not None):
        return None
    is_money = fact == "price"
    plain = f"{verb} a {fact}" if is_money else f"{verb} a {fact} in {unit}"
    rest = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    return added(rest, found.start() + len(plain), f"The {fact}{holder} must be {found['sizes']} {unit}")


def is_told_of(text: str, at: int) -> bool:
    """Tell whether what a sentence before some place is about is spoken of elsewhere, or has other facts there."""
    before = re.split(r"[.;!?\n]\s*", text[:at])[-1].strip()
    noun = singular(before.split()[-1].lower()) if before else ""
    is_spoken_of = len(re.findall(rf"\b{re.escape(noun)}", text, re.IGNORECASE)) > 1
    has_facts = re.search(r" and\b|\b(?:has|have) [^:]*,$", before) is not None
    return bool(noun) and (is_spoken_of or has_facts)


def sold_in(found: re.Match[str], text: str) -> str | None:
    """Return "bags come in 250 or 500 grams" as a weight in grams, with which ones there are as a rule of its own."""
    unit = plural(singular(found["unit"].lower()))
    fact = next((fact for said, fact in SOLD_IN.items() if re.fullmatch(said, unit)), "")
    verb = "has" if re.match(r"comes|is", found["verb"], re.IGNORECASE) else "have"
    holder = holder_of(f"{text[: found.start()]}")
    plain = f"{verb} a {fact} in {unit}"
    rest = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    return added(rest, found.start() + len(plain), f"The {fact}{holder} must be {found['sizes']} {unit}")


def rate_of(found: re.Match[str], text: str) -> str | None:
    """Return "stalls cost 10 euros per metre" as a price per metre, with what it is as a rule of its own."""
    if not is_told_of(text, found.start()):
        return None
    verb = "has" if found["verb"].lower() == "costs" else "have"
    fact = f"price per {found['per'].lower()}"
    plain = f"{verb} a {fact}"
    rest = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    holder = holder_of(text[: found.start()])
    if re.match(r" of an? (?:late|overdue|missed|lost|extra|damaged|delayed|cancel)", holder):
        return None
    return added(rest, found.start() + len(plain), f"The {fact}{holder} must be {found['amount']}")


def length_of(found: re.Match[str], text: str) -> str:
    """Return "is 25 or 50 metres long" as a length in metres, with which ones there are as a rule of its own."""
    fact, unit = ADJECTIVES[found["adjective"].lower()], plural(singular(found["unit"].lower()))
    plain = f"{'has' if found['verb'].lower() == 'is' else 'have'} a {fact} in {unit}"
    rest = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    return added(
        rest,
        found.start() + len(plain),
        f"The {fact}{holder_of(text[: found.start()])} must be {found['sizes']} {unit}",
    )


def sizes_of(found: re.Match[str], text: str) -> str:
    """Return "skates in sizes 30 to 48" as the size of a skate."""
    noun, sizes = singular(found["noun"].lower()), re.sub(r"\s*(?:-|to|–)\s*", " and ", found["sizes"])
    rest = f"{text[: found.start()]}{found['noun']}{text[found.end() :]}"
    return added(rest, found.start() + len(found["noun"]), f"{a(noun).capitalize()} has a size between {sizes}")


def crowd_of(found: re.Match[str], text: str) -> str:
    """Return "teams of 2 to 6 people" as how many people a team has."""
    noun, sizes = singular(found["noun"].lower()), re.sub(r"\s*(?:-|to|–)\s*", " and ", found["sizes"])
    who = found["who"].lower()
    rest = f"{text[: found.start()]}{found['noun']}{text[found.end() :]}"
    fact = f"{a(noun).capitalize()} has a number of {who} between {sizes}"
    return added(rest, found.start() + len(found["noun"]), fact)


def in_a_row(said: str) -> str:
    """Return "0, 1 or 2" as "0 to 2"; nothing where a number between them is left out."""
    numbers = [int(one) for one in re.findall(r"\d+", said)]
    is_row = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return f"{numbers[0]} to {numbers[-1]}" if is_row else ""


def numbers_in_brackets(found: re.Match[str], text: str) -> str | None:
    """Return "a priority (0, 1, 2)" as a number between the first and the last."""
    span = in_a_row(found["numbers"])
    return f"{text[: found.start()]}({span}){text[found.end() :]}" if span else None


def numbers_of(found: re.Match[str], text: str) -> str | None:
    """Return "the priority of a ticket is 0, 1 or 2" as a priority between the two that a ticket has."""
    span = in_a_row(found["numbers"]) if found["numbers"] else found["span"]
    if not span or singular(found["fact"].lower()) in NO_FACTS:
        return None
    return replaced(found, text, f"{a(found['thing'].lower()).capitalize()} has {a(found['fact'].lower())} from {span}")


NO_FACTS = word_set("number limit maximum minimum most least price cost length end start rest")
"""What a number says in another way: a limit, an amount, a measure."""
FEW_NUMBERS = r"\d{1,2}(?:(?: ?[,/|] ?|,? or )\d{1,2}){1,11}"
SCORES = word_set(
    "rating score balance level counter count credit point rank elo handicap amount quantity strength stock"
)
"""Numbers that go up and down, however small the first one is; of others, a small one may be a time."""
FIRST_NOUN = r"(?P<noun>(?:number of )?(?!number\b)[a-z][a-z-]+(?: (?!that\b|which\b|of\b)[a-z][a-z-]+)?)"
SURELY_A_NUMBER = 25
"""What starts at a larger number does so at no hour."""
CONDITION = regex(
    r"\b(?:if|when|until|unless|must|can't|cannot|may|never|not|that|which|who|whoever|after|before|once|than|whether|"
    r"because|only)\b",
    re.IGNORECASE,
)
USUALLY = r"(?:usually |always |normally )?"
SO = r"(?:about |around |roughly |exactly )?"
AVERAGE = r"(?: each| on average| in general| as a rule)?"
MONEY = r"(?: ?[€$£]| (?:euros?|dollars?|pounds?|francs?))"
LATE = regex(r"\b(?:late|overdue|missed|lost|extra|damaged|delayed|cancel\w*)\b", re.IGNORECASE)
SUBJECT = (
    r"(?:(?P<begin>^|[.;!?]\s+|\n\s*|,\s+(?:and\s+)?|\s+and\s+)"
    r"(?P<who>(?:an?|each|every|the|our) [a-z-]+(?: [a-z-]+)? |[a-z]{3,}s |it |they )?)"
)


def told_of(found: re.Match[str], text: str) -> str:
    """Return what a clause tells of in the singular, where that is a thing which the text tells more of, or "it"."""
    sentence = last_clause(text[: found.start("verb")])
    first = re.match(
        r"(?:(?:an?|the|our|each|every) )?(?P<noun>[a-z-]+(?: [a-z-]+)?)"
        r"(?= (?:has|have|is|are|comes?|lies?|takes?|can|costs?|lasts?|belongs?|opens?|weighs?|takes place)\b|,? *$)",
        sentence,
        re.IGNORECASE,
    )
    who = re.sub(r"^(?:an?|each|every|the|our) ", "", (found["who"] or "").strip().lower())
    noun = who or (first["noun"].lower() if first else "")
    thing = singular(noun)
    whole = re.split(r"[.;!?\n]\s*", text[: found.start("verb")])[-1]
    if re.match(r"(?:if|when|whenever|once|after|unless|whoever|as soon as|in case)\b", whole, re.IGNORECASE):
        return ""
    if who in {"it", "they"}:
        return "" if CONDITION.search(sentence) else who
    every = re.match(r"(?:each|every) ", (found["who"] or sentence).strip(), re.IGNORECASE) is not None
    goes_on = re.match(r",? (?:and )?(?:has|have|is|are|costs?|lasts?|takes?|belongs?|needs?)\b", text[found.end() :])
    is_known = (
        every
        or goes_on is not None
        or len(re.findall(rf"\b{re.escape(thing)}", text, re.IGNORECASE)) > 1
        or noun != who
    )
    is_thing = bool(thing) and thing not in {"we", "i", "people"} and not is_person(thing)
    return thing if is_thing and is_known and not CONDITION.search(sentence) else ""


def usual_of(found: re.Match[str], text: str) -> str | None:
    """Return "takes 45 minutes" and "costs 80 euros" as a duration and a price with what they usually are."""
    if not told_of(found, text) or LATE.search(found["who"] or ""):
        return None
    verb, fact = found["verb"].lower(), MEASURED[re.sub(r"s$", "", found["verb"].lower())]
    has = "has" if verb.endswith("s") else "have"
    if fact == "price":
        number = found["amount"].replace(",", ".")
        return f"{text[: found.start('verb')]}{has} a price (default {number}){text[found.end() :]}"
    number, unit = length_said(found["number"].lower(), plural(singular(found["unit"].lower())))
    if found["half"]:
        number, unit = (number * 60 + 30, "minutes") if unit == "hours" else (0, unit)
    if not number:
        return None
    return f"{text[: found.start('verb')]}{has} a duration in {unit} (default {number}){text[found.end() :]}"


def between_lengths(found: re.Match[str], text: str) -> str | None:
    """Return "lasts six to twelve months" as a duration in months between these."""
    if not told_of(found, text):
        return None
    has, unit = "has" if found["verb"].lower().endswith("s") else "have", plural(singular(found["unit"].lower()))
    plain = f"{has} a duration in {unit} between {figure(found['least'])} and {figure(found['most'])}"
    return f"{text[: found.start('verb')]}{plain}{text[found.end() :]}"


def length_said(number: str, unit: str) -> tuple[int, str]:
    """Return how long "half an hour", "an hour" and "45 minutes" are, and in which unit."""
    if number == "half an":
        return (30, "minutes") if unit == "hours" else (0, unit)
    return (1 if number in {"a", "an"} else figure(number)), unit


def priced_of(found: re.Match[str], text: str) -> str | None:
    """Return "costs 80 euros for members and 150 for others" as a price, and what it is as a sentence of its own."""
    thing = told_of(found, text)
    if not thing or thing in {"it", "they"}:
        return None
    has = "has" if found["verb"].lower().endswith("s") else "have"
    plain = f"{has} a price"
    rest = f"{text[: found.start('verb')]}{plain}{text[found.end() :]}"
    return added(rest, found.start("verb"), f"The price of {a(thing)} must be {found['prices'].strip()}")


def first_of(found: re.Match[str], text: str) -> str | None:
    """Return "a rating that starts at 1200" as a rating with its first value; a shift starts at an hour."""
    noun, number = found["noun"].lower(), figure(found["number"])
    is_number = number == 0 or number >= SURELY_A_NUMBER or singular(noun.split()[-1]) in SCORES
    if (
        not is_number
        or is_occasion(noun)
        or noun.split()[-1] in {"number", "code", "id", "year", "date", "time"}
        or re.match(r"\s*(?:o'clock|am\b|pm\b|:\d|h\b)", text[found.end() :])
    ):
        return None
    before = re.sub(r"\b(?:get|receive)(s?) $", lambda has: "has " if has[1] else "have ", text[: found.start()])
    return f"{before}{found['article']} {found['noun']} (default {number}){text[found.end() :]}"


def begun_with(found: re.Match[str], text: str) -> str | None:
    """Return "every player starts with 1500 points" as a number of points with its first value."""
    said = (found["noun"] or found["counted"]).lower()
    noun = singular(said)
    fact = a(noun) if found["article"] else f"a number of {said}"
    if noun not in SCORES and noun not in {"coin", "life", "token", "chip", "star", "euro"}:
        return None
    who = re.sub(r"^new ", "", found["who"], flags=re.IGNORECASE)
    who = who if who == found["who"] else f"Each {singular(who.lower())}"
    has = "has" if re.match(r"an?\b|each|every", who, re.IGNORECASE) else "have"
    plain = f"{found['begin']}{who} {has} {fact} (default {figure(found['number'])})"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def counted_of(found: re.Match[str], text: str) -> str:
    """Return "the number of people who fit in the basket" without where it is that they fit."""
    return f"{text[: found.start()]}{found['number'].lower().replace('how many', 'the number of')}{text[found.end() :]}"


def kept_of_each(found: re.Match[str], text: str) -> str:
    """Return "for each balloon also keep its colour" as what we keep."""
    return f"{text[: found.start()]}{found['each']} we also {found['keep']}{text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                r"(?P<number>\b(?:the|a) number of [a-z-]+|(?:(?<=, )|(?<=\band )|(?<=\bkeep ))how many [a-z-]+) "
                r"(?:(?:who|that|which) )?(?:(?:can|may) )?"
                r"(?:fit|fits|go|goes|sit|stand|sleep|have room|find room|are allowed|is allowed) "
                rf"(?:in|into|on|onto|aboard|inside|there|at)(?: (?:the|it|its|one|an?|each)(?: {WORD})?)?{PAUSE}"
            ),
            counted_of,
        ),
        (
            (
                rf"(?:^|(?<=[.;!?\n] ))(?P<each>for (?:each|every) {WORD}(?: {WORD})??),? (?:please )?(?:also )?"
                r"(?:please )?(?P<keep>keep|note|record|store|write down)(?= )"
            ),
            kept_of_each,
        ),
        (r"\((?P<numbers>\d{1,2}(?:(?: ?[,/|] ?|,? or )\d{1,2}){2,11})\)", numbers_in_brackets),
        (
            (
                rf"{STATEMENT}the (?P<fact>{WORD}) of (?:an?|each|every|the) (?P<thing>{TERM}) (?:is|can be|may be) "
                rf"(?:either |always |an? number )?"
                rf"(?:(?P<numbers>{FEW_NUMBERS})|(?:from |between )(?P<span>\d+ to \d+)){END}"
            ),
            numbers_of,
        ),
        (r"\b(?P<noun>[a-z-]+s) in sizes? (?:from )?(?P<sizes>\d+ ?(?:to|-|–) ?\d+)", sizes_of),
        (
            (
                rf"\b(?:(?:can|may|always|either) )*(?P<verb>(?:last|take|cost|weigh)s?) (?:either )?"
                rf"(?P<sizes>{NUMBER}(?:, {NUMBER})*,? or {NUMBER}) (?P<unit>{UNITS}){PAUSE}"
            ),
            measure_of,
        ),
        (
            (
                r"\b(?P<verb>(?:can |may )?comes?|(?:is|are) (?:available|sold)) in (?:sizes of )?"
                rf"(?P<sizes>{AMOUNT}(?:, {AMOUNT})*,? (?:or|and) {AMOUNT}) "
                r"(?P<unit>grams|kilos|kg|pounds|litres|liters|ml|metres|meters|cm|mm)\b"
            ),
            sold_in,
        ),
        (
            (
                rf"\b(?P<verb>costs?) "
                rf"(?P<amount>{NUMBER}(?:(?:, {NUMBER})*,? or {NUMBER}|[.,]\d+)? (?:euros?|dollars?|pounds?|francs?)) "
                rf"(?:per|an?|each|every) (?P<per>[a-z]+){PAUSE}"
            ),
            rate_of,
        ),
        (
            (
                rf"\b(?P<verb>is|are) (?:either )?(?P<sizes>{NUMBER}(?:, {NUMBER})*,? or {NUMBER}) (?P<unit>{UNITS}) "
                rf"(?P<adjective>{'|'.join(ADJECTIVES)}){PAUSE}"
            ),
            length_of,
        ),
        (
            (
                r"\b(?P<noun>[a-z-]+s) of (?:between )?(?P<sizes>\d+ ?(?:to|-|–|and) ?\d+) "
                r"(?P<who>people|persons|players|members|children|pupils|students|kids|guests)\b"
            ),
            crowd_of,
        ),
        (
            (
                rf"{SUBJECT}{USUALLY}(?P<verb>lasts?|takes?) {SO}"
                rf"(?P<number>half an|an?|{NUMERAL}) (?P<unit>{TIMES})(?P<half> and a half)?{AVERAGE}"
                rf"(?P<amount>){PAUSE}"
            ),
            usual_of,
        ),
        (
            (
                rf"{SUBJECT}{USUALLY}(?P<verb>lasts?|takes?) {SO}(?:between |from )?"
                rf"(?P<least>{NUMERAL}) ?(?:to|and|-|–) ?"
                rf"(?P<most>{NUMERAL}) (?P<unit>{TIMES}){AVERAGE}{PAUSE}"
            ),
            between_lengths,
        ),
        (
            (
                rf"{SUBJECT}{USUALLY}(?P<verb>costs?) {SO}"
                rf"(?:[€$£] ?(?=\d))?(?P<amount>\d+(?:[.,]\d{{2}})?){MONEY}?"
                rf"{AVERAGE}{PAUSE}(?! and \d)"
            ),
            usual_of,
        ),
        (
            (
                rf"{SUBJECT}(?P<verb>costs?) (?P<prices>(?:about )?[€$£]? ?\d+(?:[.,]\d\d)?"
                rf"{MONEY} (?:for|on|in|at|with|if|when|during) [^.;!?\n]+?)"
                rf"{END}"
            ),
            priced_of,
        ),
        (
            (
                rf"\b(?P<article>an?|the|its|their) {FIRST_NOUN},? (?:(?:that|which) )?"
                rf"(?:starts?|starting|begins?|beginning)(?: off| out)? (?:at|with|from|as) "
                rf"(?P<number>{NUMERAL}){PAUSE}"
            ),
            first_of,
        ),
        (
            (
                rf"\b(?P<article>an?|the|its|their) {FIRST_NOUN} (?:(?:that|which) (?:is|are) |of )"
                rf"(?P<number>{NUMERAL}) (?:at first|at the (?:start|beginning)|to begin with|to start with|initially|"
                r"in the beginning)\b"
            ),
            first_of,
        ),
        (
            (
                rf"(?P<begin>^|[.;!?]\s+|\n\s*|\s+and\s+)(?P<who>(?:an?|each|every|all|new) {NOUN}) "
                r"(?:starts?|begins?)(?: off| out)? (?:with|at) "
                rf"(?:(?P<article>an?) (?P<noun>[a-z]+) of )?(?P<number>{NUMERAL})"
                rf"(?(article)| (?P<counted>[a-z]+)){PAUSE}"
            ),
            begun_with,
        ),
    )
)
"""Ways of telling sizes with one meaning only, and what says them plainly."""


def in_plain_measures(text: str) -> str:
    """Return a text with what is measured said as facts, and with which sizes there are in sentences of their own."""
    return rewritten(text, WAYS)
