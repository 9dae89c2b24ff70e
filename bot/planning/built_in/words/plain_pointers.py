"""Says by name what people only point at: "an order has its lines: which product", "whoever they belong to".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import noun_of
from bot.planning.built_in.words.rewriting import END, NUMBER, Ways, rewritten
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["in_plain_pointers"]

BEGIN = r"(?P<begin>^|[.:;!?]\s+|,\s+(?:and\s+)?|\n\s*|\band\s+)"
STOP = r"(?=\s*(?:[.;!?\n(]|$))"
FACTS = r"(?P<facts>[^.;!?\n()]+)"
ONE = r"(?:an?|each|every|the)"
MANY = r"[^\W\d_][\w-]*s"
ABOUT = r"(?:(?:about|around|roughly|some|over|nearly|almost)\s+)?"
COUNTED = rf"{ABOUT}(?:\d[\d.,]*|{NUMBER}|several|lots|hundreds|dozens|many)"
NOTHING_OF = regex(r"^(?:this|its|his|always|was|has|is|us|minutes|hours|days|weeks|months|years|times|places)$")
"""Words that end like several things and are none, or that only measure."""
MAIN = regex(rf"^\s*[-*•]\s+(?P<many>{MANY})\s*[:(]", re.IGNORECASE | re.MULTILINE)
"""What the first point of some notes is about."""
SPOKEN_OF = regex(
    rf"\b(?:the|our|for|of|with|has|have|about|(?:keep|track|manage)(?: track of)?)\s+(?P<many>{MANY})\b",
    re.IGNORECASE,
)
TAKEN = (
    r"(?:given away|given out|given|let out|let|rented out|rented|promised|handed out|assigned|hired out|lent out|"
    r"lent|reserved|taken|used|sold)"
)


def replaced(found: re.Match[str], text: str, plain: str) -> str:
    """Return a text with plain words in the place of what was found."""
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def sentence_of(found: re.Match[str], text: str, *said: str) -> str:
    """Return a text with sentences in the place of a clause."""
    begin = ". " if found["begin"].startswith(",") or found["begin"].strip() == "and" else found["begin"]
    return replaced(found, text, f"{begin}{'. '.join(said)}")


def has_facts(what: str, facts: str) -> str:
    """Return that each of a thing has facts, with a bare "how many" as its quantity."""
    facts = re.sub(r"\bhow many(?=\s*(?:,|and\b|$))", "a quantity", facts.strip(" ,"), flags=re.IGNORECASE)
    return f"{a(what).capitalize()} has {facts}"


def lines_of(found: re.Match[str], text: str) -> str:
    """Return "an order has its lines: which product, how many" as lines of an order and of a product."""
    whole, part = found["whole"].lower(), singular(found["part"].lower())
    name = part if len(part.split()) > 1 or part.startswith(whole) else f"{whole} {part}"
    name = name if part in {"line", "item", "entry", "position", "row"} else part
    told = [f"{a(name).capitalize()} belongs to {a(whole)} and {a(found['thing'].lower())}"]
    more = " " if text[found.end() : found.end() + 1] == "(" else ""
    return sentence_of(found, text, *told, has_facts(name, found["facts"]) + more)


def which_in_which(found: re.Match[str], text: str) -> str:
    """Return "the stays: which dog is in which run, arrival day" as stays of a dog and of a run."""
    record = singular(found["record"].lower())
    told = f"{a(record).capitalize()} belongs to {a(found['one'].lower())} and {a(found['other'].lower())}"
    return sentence_of(found, text, told, *([has_facts(record, found["facts"])] if found["facts"] else []))


def of_them(found: re.Match[str], text: str) -> str | None:
    """Return "the games at the café? We have 400 of them (title)" as games with these facts."""
    spoken = [one["many"] for one in SPOKEN_OF.finditer(text, 0, found.start())]
    spoken = [one for one in spoken if not NOTHING_OF.match(one.lower())]
    return replaced(found, text, f"{found['begin']}We keep {spoken[-1]} (") if spoken else None


def they_have(found: re.Match[str], text: str) -> str | None:
    """Return "14 runs, they have numbers and some are heated" as what each run has."""
    if NOTHING_OF.match(found["many"].lower()):
        return None
    facts = re.split(r",\s*(?:and\s+)?|\s+and\s+", found["facts"].strip())
    one = singular(found["many"].lower())
    told = [a(singular(fact)) if re.fullmatch(r"[a-z]+s", fact) else fact for fact in facts]
    more = f". {a(one).capitalize()} has whether it is {found['state']}" if found["state"] else ""
    return replaced(found, text, f"{found['before']}. {a(one).capitalize()} has {' and '.join(told)}{more}")


def whose(found: re.Match[str], text: str) -> str:
    """Return "dogs and whoever they belong to - name, email" as dogs of owners, and what an owner has."""
    one = singular(found["of"].lower())
    facts = re.sub(r"\b(?:mobile|cell)(?=\s*(?:,|and\b|$))", "mobile number", found["facts"], flags=re.IGNORECASE)
    told = f"Each {one} belongs to an owner. An owner has {facts}"
    return replaced(found, text, f"{found['before']}. {told}{'. ' if found['more'] else ''}")


def never_twice(found: re.Match[str], text: str) -> str:
    """Return "the same run can't be given away twice for the same days" as what may be booked once at a time."""
    return replaced(found, text, f"No {found['what']} can be booked twice for the same time")


def customers(found: re.Match[str], text: str) -> str:
    """Return two kinds of buyers with the same facts as customers: "cafés and shops buy from us, each of them has"."""
    begin = found["begin"].rstrip(" ,")
    return replaced(found, text, f"{begin}{' ' if begin else ''}we have customers. Each customer has ")


def what_they_order(found: re.Match[str], text: str) -> str | None:
    """Return "what they order is for one delivery day" as an order with a delivery day."""
    record = noun_of(found["verb"].lower())
    if not record:
        return None
    who = re.findall(r"\beach ([a-z]+) (?:has|have)\b", text[: found.start()], re.IGNORECASE)
    told = [f"{a(record).capitalize()} belongs to {a(who[-1].lower())}"] if who else []
    told.append(f"{a(record).capitalize()} has {a(found['day'])}")
    return replaced(found, text, f"{found['begin']}{'. '.join(told)}")


def stages(found: re.Match[str], text: str) -> str | None:
    """Return "stages: a > b > c" in notes as the steps of what the notes are first of all about."""
    main = MAIN.search(text)
    if not main:
        return None
    steps = [step.strip() for step in re.split(r"\s*(?:>|->|→)\s*", found["steps"])]
    return replaced(
        found, text, f"{found['bullet']}{a(singular(main['many'].lower())).capitalize()} is {', then '.join(steps)}"
    )


def first_then(found: re.Match[str], text: str) -> str | None:
    """Return "first it's booked, then the dog is checked in" as steps of the record that was spoken of."""
    records = re.findall(r"\b[Aa]n? ([a-z]+(?: [a-z]+)?) belongs to\b", text[: found.start()])
    if not records:
        return None
    steps = re.split(r",\s*(?:and )?then ", found["rest"], flags=re.IGNORECASE)
    bare = [re.sub(r"^(?:the [a-z]+|it)(?:'s| is) |^it's ", "", step, flags=re.IGNORECASE) for step in steps]
    return replaced(
        found,
        text,
        f"{found['begin']}{plural(records[-1]).capitalize()}: {' → '.join(bare)}{'. ' if found['more'] else ''}",
    )


def fell_through(found: re.Match[str], text: str) -> str | None:
    """Return "a booking may fall through" as a step of what is booked, where a text tells of its steps."""
    state = {"booking": "booked", "reservation": "reserved", "order": "ordered", "request": "requested"}[
        found["what"].lower()
    ]
    if not re.search(rf": {state} →", text[: found.start()]):
        return None
    return replaced(found, text, f"A {state} one can be cancelled{'. ' if found['more'] else ''}")


def handed_out(found: re.Match[str], text: str) -> str:
    """Return "games get handed out to a table, so we need to know when it went out" as handouts with these moments."""
    record = "loan" if found["deed"].lower() in {"lent", "loaned"} else "handout"
    told = f"{a(record).capitalize()} belongs to {a(singular(found['many'].lower()))} and {a(found['to'].lower())}"
    back = f"{' and came back at (optional)' if found['back'] else ''}{'. ' if found['more'] else ''}"
    return sentence_of(found, text, told, f"{a(record).capitalize()} has went out at{back}")


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                r"(?P<joint>,? (?:and|but) (?:obviously|of course|naturally|clearly|certainly) )"
                r"(?=(?:no (?!one of)[a-z]+|nobody|only|the same|two|never) )"
            ),
            lambda found, text: replaced(found, text, ". "),
        ),
        (
            (
                rf"(?P<begin>^|[.!?]\s+|\band |\n\s*){ABOUT}(?:{COUNTED} |[a-z]+ty )?{MANY} and (?:[\w-]+ )?{MANY} "
                r"(?:buy|order) (?:from|with) us(?: [a-z]+)?,? (?:and )?each (?:of them |one )?has "
            ),
            customers,
        ),
        (
            (
                r"(?P<begin>^|[.!?]\s+|\n\s*)what (?:they|people) (?P<verb>[a-z]+) is (?:always |only )?for "
                r"(?:one|an?) "
                r"(?P<day>[a-z]+ (?:day|date|time))(?=\s*(?:[.;,\n]|$))"
            ),
            what_they_order,
        ),
        (
            (
                rf"{BEGIN}{ONE} (?P<whole>[a-z]+) has (?:its|some|several|one or more) (?P<part>{MANY}): "
                rf"(?:which|what|the) (?P<thing>[a-z]+), {FACTS}{STOP}"
            ),
            lines_of,
        ),
        (
            (
                rf"{BEGIN}(?:(?:then|next|also|finally) )?(?:there are )?(?:the )?(?P<record>{MANY})(?:: | [-–—] )"
                r"which (?P<one>[a-z]+) (?:is|goes|went|was|are|sits|stays) (?:[a-z]+ "
                r")?(?:in|on|at|to|with|by|into|for) "
                rf"which (?P<other>[a-z]+)(?:, {FACTS})?{STOP}"
            ),
            which_in_which,
        ),
        (
            rf"{BEGIN}(?:we|i)(?:'ve| have)(?: got)? {COUNTED} of them \(",
            of_them,
        ),
        (
            (
                rf"(?P<before>\b{NUMBER} (?P<many>{MANY})),? (?:and )?they(?:'ve| have)(?: all)?(?: got)? "
                r"(?P<facts>(?:an? |their own )?[a-z]+(?:(?:,| and) (?!some\b)(?:an? )?[a-z]+)*)"
                rf"(?:,? and some(?: of them)? are (?P<state>[a-z]+))?{END}"
            ),
            they_have,
        ),
        (
            (
                rf"(?P<before>\b(?P<of>{MANY})(?: \([^()]*\))?),? and (?:of |about )?"
                r"(?:whoever|who|the (?:people|person|ones?)(?: who| that)?) (?:they|it|these|each of them) belongs? to"
                r"(?: [-–—] |: | \(|, (?=with ))(?:with )?(?P<facts>[^.;!?\n()]+?)(?:\)|(?P<more> [-–—] "
                r")|(?=[.;!?\n]|$))"
            ),
            whose,
        ),
        (
            (
                r"\bthe same (?P<what>[a-z]+) (?:can't|cannot|can not|must not|mustn't|may not|should not|shouldn't|"
                rf"can never|must never) be {TAKEN} twice (?:for|on|at|in|over) the same "
                rf"(?:days?|times?|dates?|nights?|"
                r"hours?|period|slot)\b"
            ),
            never_twice,
        ),
        (
            (
                r"(?P<bullet>(?:^|(?<=\n))[ \t]*[-*•][ \t]+)(?:its |the )?(?:stages?|status|states?|steps|workflow): "
                r"(?P<steps>[a-z ]+(?: ?(?:>|->|→) ?[a-z ]+[a-z])+)"
            ),
            stages,
        ),
        (
            (
                r"(?P<begin>^|[.!?]\s+|\n\s*)first (?:it's|it is|they are|they're) (?P<rest>[a-z]+(?: [a-z]+)?"
                r"(?:, (?:and )?then (?:(?:the [a-z]+|it)(?:'s| is) |it's )?[a-z]+(?: "
                r"(?:in|out|up|off|back|down|away))?)+)"
                rf"(?:(?P<more>,? (?:although|but|and|though) )|{END})"
            ),
            first_then,
        ),
        (
            (
                r"\ban? (?P<what>booking|reservation|order|request) (?:may|can|might|could) (?:still |always )?"
                rf"fall through(?:(?P<more>,? (?:and|but) (?=(?:nobody|no|only|the|an?) ))|{END})"
            ),
            fell_through,
        ),
        (
            (
                rf"{BEGIN}(?:then )?(?P<many>{MANY}) (?:get|are) (?P<deed>handed|given|lent|loaned) out to an? "
                r"(?P<to>[a-z]+),? (?:so |and )?we (?:need to|want to|must|have to) (?:know|note|record|see|log) "
                r"(?:which (?:one|of them) went (?:out )?(?:where|to whom),? (?:and )?)?"
                r"when (?:it|they|each one) (?:went out|left|(?:was|were) (?:handed|given|lent) out)"
                r"(?P<back>,? and when (?:it|they) (?:came|comes?|(?:was|were) brought) back)?"
                rf"(?:(?P<more>, and (?=until|no|only))|{END})"
            ),
            handed_out,
        ),
    )
)
"""Ways of pointing at things, and what says them by name."""


def in_plain_pointers(text: str) -> str:
    """Return a text with what it only points at said by name."""
    return rewritten(text, WAYS)
