"""Spells out what people type in a hurry: "wether", "theres", "wanna", "w/", "pls"; names keep their own letters."""

from __future__ import annotations

import re
import unicodedata

from bot.patterns import regex

__all__ = ["spelled_out"]

SPELLINGS = {
    "wether": "whether", "wheter": "whether", "wheather": "whether", "whther": "whether",
    "somthing": "something", "somethin": "something", "someting": "something", "sumthing": "something",
    "smth": "something", "sth": "something", "everytime": "every time", "anytime": "any time", "eachtime": "each time",
    "wanna": "want to", "gonna": "going to", "gotta": "have to", "thx": "thanks", "thnx": "thanks", "tnx": "thanks",
    "thanx": "thanks", "pls": "please", "plz": "please", "plse": "please", "theres": "there's", "theyre": "they're",
    "thats": "that's", "doesnt": "doesn't", "isnt": "isn't", "arent": "aren't", "havent": "haven't",
    "hasnt": "hasn't", "shouldnt": "shouldn't", "teh": "the", "hte": "the", "adn": "and", "alot": "a lot",
    "untill": "until", "optionnal": "optional", "uniq": "unique", "incl": "including",
    "belogns": "belongs", "adress": "address", "adresses": "addresses", "appartment": "apartment",
    "appartments": "apartments", "catagory": "category", "discription": "description", "recieved": "received",
    "lenght": "length", "heigth": "height", "temprature": "temperature", "maintainance": "maintenance",
    "ppl": "people", "basicly": "basically", "definately": "definitely", "usualy": "usually", "u": "you",
    "ur": "your", "bc": "because", "cuz": "because", "tho": "though", "yr": "year", "yrs": "years",
    "seperate": "separate", "calender": "calendar", "calenders": "calendars",
}  # fmt: skip
"""Slips and short forms with one meaning only; anything else stays as it was typed."""
WORDS = regex(rf"\b(?:{'|'.join(map(re.escape, SPELLINGS))})\b", re.IGNORECASE)
WITH = regex(r"(?<![\w/])w/\s*(?=\w)", re.IGNORECASE)
"""Short for "with"; "w/o" is none."""


ITS = regex(
    r"\b(?P<before>whether|if|when|once|until|date|day|time|because)\s+its\s+"
    r"(?=[\w-]+(?:\s+(?:yet|already|now|or not|in|out|up|back|on|off|to|for|by))?\s*(?:[,.;:!?)\n]|$|\band\b|\bor\b))",
    re.IGNORECASE,
)
"""Short for "it is": one word more, and the clause is over ("whether its confirmed yet")."""
RANGE_OF_MANY = regex(r"(?<![\w.])(?P<least>[01])\s*(?:\.{2,3}|…|-|–|to)\s*(?:n|m|\*|many)(?!\w)", re.IGNORECASE)
FOR = regex(r"(?<=[a-z]) 4 (?=(?:our|my|the|us|me|your|all|each|every)\b)")
SHORT_FORMS = (
    (regex(r",\s+(?=(?:either|one of)\s[^.;:\n]{3,80}\bor\b)", re.IGNORECASE), " "),
    (regex(r"\breg\.?\s+(?:no|nr|number)\b\.?", re.IGNORECASE), "registration number"),
    (
        regex(r"(?<=[a-z] )(?<!\bor )(?<!\bsay )(?<!\bsays )(?:no|nr)\.(?=\s*(?:[,;()]|\w))", re.IGNORECASE),
        "number",
    ),
    (regex(r"\b([Mm]ax|[Mm]in|approx|incl|resp)\.(?=\s+[a-z0-9])"), r"\1"),
    (regex(r"\bopt\.(?=\s*[,;()\n]|\s*$|\s+[a-z])", re.IGNORECASE), "optional"),
    (regex(r",?\s+(?:and\s+)?etc\.(?=\s+[A-Z])"), "."),
    (regex(r"\btel\.(?=\s|,|$)", re.IGNORECASE), "phone"),
    (regex(r"\s+(?:[:;]-?[)(DP]|🙂|😀|😉)(?=\s+[A-Z])"), "."),
)
"""Words that people cut short, with a dot that ends no sentence; and a smiley that does end one."""
FORMAL = (
    (regex(r"\b(?:shall|must|should) be able to\b", re.IGNORECASE), "can"),
    (regex(r"\b(each|every|an?|one|it|the \w+[^s\W]) shall have\b", re.IGNORECASE), r"\1 has"),
    (
        regex(r"\b(each|every|an?|one|it|the)( [\w-]+(?: [\w-]+)?) shall (?:have|contain)\b", re.IGNORECASE),
        r"\1\2 has",
    ),
    (regex(r"\bshall (?:have|contain)\b", re.IGNORECASE), "have"),
    (
        regex(r"\b(each|every|an?|one|it|the|this|that)( [\w-]+(?: [\w-]+)?)? shall be\b", re.IGNORECASE),
        r"\1\2 is",
    ),
    (regex(r"\bshall be\b", re.IGNORECASE), "are"),
    (regex(r"\bshall\b", re.IGNORECASE), "must"),
    (regex(r" ?\((?:an? )?(?:decimal numbers?|numbers? with decimals)\)", re.IGNORECASE), " (float)"),
    (regex(r"\ba day and (?:a )?time\b", re.IGNORECASE), "a date and time"),
    (regex(r" as (?:a decimal(?: number)?|decimals)\b", re.IGNORECASE), " (decimal)"),
)
"""What specifications say with "shall", and what they call numbers, in plain words."""
ACCENTED = regex(
    r"\b(?:café|cr[èê]che|fiancée?|résumé|matinée|soirée|protégée?|entrée|rôle|façade|crêpe|purée|cliché|séance|exposé)s?\b",
    re.IGNORECASE,
)
"""English words for things that are written with an accent."""
LAUGHS = regex(r"\s+(?:lol|lmao|rofl|haha(?:ha)*|hehe)\b|\s+[:;]-?[)(DP](?!\w)", re.IGNORECASE)


LETTERS = (
    (regex(r"(?<=[a-z]{2}) n (?=[a-z]{2})"), " and "),
    (regex(r"\b(many|they|what) r (?=[a-z]{2})"), r"\1 are "),
    (regex(r"(?<=[a-z]s) got (?=an?\s)"), " have "),
    (regex(r"\b([Ww]hat)'s (?=(?:wrong|broken|missing|damaged|faulty)\b)"), r"\1 is "),
)
"""Single letters for words between words, "plants got a name", and "what's wrong"."""


def spelled_out(text: str) -> str:
    """Return text with slips and short forms of plain words written out."""
    for short, word in (*SHORT_FORMS, *FORMAL):
        text = short.sub(word, text)
    text = re.sub(r"(?<![\w/])w/o(?!\w)", "without", text, flags=re.IGNORECASE)
    text = ITS.sub(lambda match: f"{match['before']} it's ", LAUGHS.sub("", FOR.sub(" for ", text)))
    for letter, word in LETTERS:
        text = letter.sub(word, text)
    text = RANGE_OF_MANY.sub(lambda match: f"{'zero' if match['least'] == '0' else 'one'} or more", text)
    text = ACCENTED.sub(lambda match: unaccented(match[0]), text)
    return WORDS.sub(lambda match: as_written(match[0]), WITH.sub("with ", text))


def unaccented(word: str) -> str:
    """Return a word in the letters that names of things are written in: "cafés" → "cafes"."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def as_written(word: str) -> str:
    """Return the right spelling of a word, with a capital where it had one."""
    if len(word) < 3 and not word.islower():
        return word
    spelling = SPELLINGS[word.lower()]
    return spelling.capitalize() if word[0].isupper() and not word.isupper() else spelling
