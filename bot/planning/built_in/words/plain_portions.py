"""Says plainly what people want to know, which kinds there are, what each gets, and how many of each are in what.

As in `bot.planning.built_in.words.plain_states`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import one, spoken_of
from bot.planning.built_in.words.deed_rows import things_in
from bot.planning.built_in.words.plain_letters import SEVERAL, subject
from bot.planning.built_in.words.rewriting import BEGIN, END, NAME, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = ["in_plain_portions"]

MANY = rf"(?:{WORD} )?(?!(?:this|its|his|has|is|was|as|us)\b){WORD}s"
TO_KNOW = (
    r"(?:(?:we|i)(?:'d| would| must| should| also| have to| need to| want to)*(?: also)? "
    r"(?:(?:like|love|want|need|have) to )?(?:also )?|it (?:would|'d) (?:also )?be (?:good|nice|useful|important|"
    r"helpful) "
    r"to (?:also )?|it(?:'s| is) (?:also )?(?:important|good|useful) to (?:also )?)"
    r"(?:know|hear|learn|be told|be informed|find out|ask)"
)
SUCH_AS = r"(?:such as|for example|for instance|e\.\s?g\.|including|like|say)"
PAPERS = word_set(
    "ticket tag card badge label slip bib certificate receipt voucher coupon wristband pass permit key token invoice "
    "sticker number bill confirmation"
)
"""What somebody or something gets that has a number of its own."""
NUMBERED = r"(?:numbered|unique|individual)"
LISTS = (
    r"(?:lists?|names?|says which|contains?|includes?|has|holds?|consists of|states?|shows?|records?|needs?|covers?)"
)
OF_EACH = (
    r"(?:how (?P<count>many|much)(?: of (?:each|them|it|every one))?|the (?P<noun>quantity|number|amount|count|price|"
    r"weight) of each(?: one| of them)?)"
)
ENDING = (
    r"(?: (?:we|it|they|there) (?:is|are|have|has|need|needs|ordered|sold)(?: sent| needed| ordered)?|"
    r" (?:are|were|is) [a-z]+)?"
)


def known_of(found: re.Match[str], text: str) -> str | None:
    """Return "we also want to know about allergies" as what is kept of the thing spoken of."""
    thing = subject(text, found.start() + 1) or subject(text, len(text))
    told = [noun for noun in spoken_of(text) if noun] if not thing else [thing]
    if len(told) != 1:
        return None
    facts, asked = [], []
    for piece in re.split(r",? and |, ", found["what"]):
        plain = re.sub(
            r"^(?:any|all|the|their|its|his|her|our|possible|some|about) ", "", piece.strip(), flags=re.IGNORECASE
        )
        plain = re.sub(r" (?:too|as well|also)$", "", plain)
        if re.match(r"(?:who|what|when|where|how|whether|which|why|if)\b", plain, re.IGNORECASE):
            asked.append(f"We want to know {plain}")
        elif re.fullmatch(NAME, plain, re.IGNORECASE) or re.fullmatch(rf"{NAME} {WORD}", plain, re.IGNORECASE):
            facts.append(plain.lower() if has_plural(plain.lower()) else a(plain.lower()))
        else:
            return None
    if not facts:
        return None
    return replaced(found, text, f"Each {told[0]} has {' and '.join(facts)}", *asked)


def kinds_of(found: re.Match[str], text: str) -> str | None:
    """Return "we promise a number of arrangements for it, such as bouquets and wreaths" with their kinds."""
    many = found["many"].lower()
    thing = singular(many)
    whole = (found["each"] or "").lower() or subject(text, found.start() + 1)
    if not whole or whole == thing:
        return None
    return replaced(found, text, f"Each {whole} has several {many}", *kind(text, thing, found["kinds"]))


def kinds_behind(found: re.Match[str], text: str) -> str | None:
    """Return "a clinic offers several treatments, such as massages and baths" with the kinds apart."""
    told = kind(text, singular(found["many"].lower()), found["kinds"])
    return f"{text[: found.end('many')]}{'. ' if told else ''}{'. '.join(told)}{text[found.end() :]}"


def without_examples(found: re.Match[str], text: str) -> str:
    """Return "a kit contains tools, such as hammers and saws" without what are only examples."""
    return f"{text[: found.end('has')]}{text[found.end() :]}"


def kind(text: str, thing: str, said: str) -> list[str]:
    """Return that a thing is of one of some kinds, which are not all that there may be; names are none."""
    if said != said.lower() or re.search(rf"\b{thing} has [^.]*\b(?:kind|type)\b", text, re.IGNORECASE):
        return []
    kinds = [singular(one.strip().lower()) for one in re.split(r",? (?:and|or) |, ", said) if one.strip()]
    return [f"{a(thing).capitalize()} has a kind ({', '.join(kinds)} or other)"] if kinds else []


def got(found: re.Match[str], text: str) -> str | None:
    """Return "customers bring garments in, each gets a numbered ticket with a date" as tickets of customers."""
    paper = found["paper"].lower()
    if paper.split()[-1] not in PAPERS:
        return None
    whose = singular((found["whose"] or found["before"]).lower().split()[-1])
    facts = found["facts"] or ""
    if not found["numbered"] and not facts:
        return None
    number = "a number" if found["numbered"] and not re.search(r"\bnumber\b", facts) else ""
    told = " and ".join(filter(None, (number, re.sub(r"^the ", "a ", facts))))
    lead = f"{found['lead'].strip(' ,')}" if found["before"] else ""
    return replaced(
        found,
        text,
        *filter(None, (lead,)),
        f"Each {paper} belongs to {a(whose)}",
        f"{a(paper).capitalize()} has {told}",
    )


def counted_of_each(found: re.Match[str], text: str) -> str | None:
    """Return "an order lists loaves and how many of each" as lines of an order, each with a loaf and a quantity."""
    whole, many = singular(found["whole"].lower()), found["many"].lower()
    part = singular(many)
    if whole == part:
        return None
    noun = found["noun"] or ("amount" if found["count"].lower() == "much" else "quantity")
    noun = "quantity" if noun.lower() in {"number", "count"} else noun.lower()
    facts = [one for one in (found["first"], found["more"]) if one]
    told = [f"{a(whole).capitalize()} has {' and '.join(re.sub(r'^(?:, )?with ', '', one) for one in facts)}"] * bool(
        facts
    )
    if noun == "price":
        told += [f"Each {whole} has several {plural(part)}", f"{a(part).capitalize()} has a price"]
    else:
        line = f"{whole} line"
        told += [
            f"Each {line} belongs to {a(whole)} and {a(part)}",
            f"{a(line).capitalize()} has {a(noun)}{' (float)' * (noun == 'amount')}",
        ]
    return replaced(found, text, *told)


NO_STUFF = word_set("it them us ours mine theirs his hers yours this that these those each somebody another")


def without_stuff(found: re.Match[str], text: str) -> str | None:
    """Return "cafés order bags of coffee" without the coffee, where bags are what the text tells of, and no coffee."""
    told, stuff = things_in(text), found["stuff"].lower()
    if one(found["what"]) not in told or stuff in told or has_plural(stuff) or stuff in NO_STUFF:
        return None
    return f"{text[: found.end('what')]}{text[found.end('stuff') :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                r"\b(?:order|buy|get|take|collect|receive|borrow|rent|hire|book)s? (?:an? |one |several |many |some )?"
                rf"(?P<what>{WORD}) of (?P<stuff>{WORD})(?: from us)?{END}"
            ),
            without_stuff,
        ),
        (rf"{BEGIN}{TO_KNOW} (?:about|of) (?P<what>[^.;:!?\n]+?){END}", known_of),
        (
            (
                rf"{BEGIN}(?:we|they|i|people) [a-z]+(?: out| up)? {SEVERAL} (?P<many>{MANY}) (?:for|on|in|to|at) "
                rf"(?:it|them|(?:each|every) (?P<each>{WORD})), {SUCH_AS} "
                rf"(?P<kinds>{NAME}(?:, {NAME})*,? and {NAME}){END}"
            ),
            kinds_of,
        ),
        (
            rf"\b{SEVERAL} (?P<many>{MANY}), {SUCH_AS} (?P<kinds>{NAME}(?:, {NAME})*,? and {NAME}){END}",
            kinds_behind,
        ),
        (
            (
                rf"\b(?P<has>(?:contains?|includes?|holds?|offers?|has|have|needs?) {MANY}), (?:{SUCH_AS}) "
                rf"{NAME}(?:, {NAME})*,? and {NAME}{END}"
            ),
            without_examples,
        ),
        (
            (
                rf"{BEGIN}(?:(?P<lead>(?:our |the )?(?P<before>{WORD}s) [^.,;:!?\n]+?)(?:,? and|,) "
                r"each(?: one| of them)?|"
                rf"(?:each|every) (?P<whose>{WORD}(?: {WORD})?)(?: that comes in| who comes)?) "
                rf"(?:gets?|receives?|is given) an? (?P<numbered>{NUMBERED} )?(?P<paper>{WORD}(?: {WORD})?)"
                r"(?: with (?P<facts>[^.,;:!?\n]+))?(?=\s*(?:[,.;!?\n]|$))"
            ),
            got,
        ),
        (
            (
                rf"{BEGIN}(?:an?|each|every|the) (?P<whole>{TERM}) "
                rf"(?:has (?P<first>[^.;:!?\n]{{3,60}}?),? and (?:{LISTS} )?|{LISTS} )"
                rf"(?:several |many |some |the |which )?(?P<many>{MANY})(?:,? and|,? with) {OF_EACH}{ENDING}"
                rf"(?P<more>,? with [^.,;:!?\n]+)?(?=\s*(?:[,.;!?\n]|$))"
            ),
            counted_of_each,
        ),
    )
)
"""Ways of telling what is kept, and what says them plainly."""


def in_plain_portions(text: str) -> str:
    """Return a text with what people want to know, and what is in what, said in sentences of one fact each."""
    return rewritten(text, WAYS)
