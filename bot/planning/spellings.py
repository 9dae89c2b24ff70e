"""Spells out what people type in a hurry: "wether", "theres", "wanna", "w/", "pls"; names keep their own letters."""

from __future__ import annotations

import re

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
    "seperate": "separate", "calender": "calendar", "calenders": "calendars",
}  # fmt: skip
"""Slips and short forms with one meaning only; anything else stays as it was typed."""
WORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, SPELLINGS))})\b", re.IGNORECASE)
WITH = re.compile(r"(?<![\w/])w/\s*(?=\w)", re.IGNORECASE)
"""Short for "with"; "w/o" is none."""


def spelled_out(text: str) -> str:
    """Return text with slips and short forms of plain words written out."""
    text = re.sub(r"(?<![\w/])w/o(?!\w)", "without", text, flags=re.IGNORECASE)
    return WORDS.sub(lambda match: as_written(match[0]), WITH.sub("with ", text))


def as_written(word: str) -> str:
    """Return the right spelling of a word, with a capital where it had one."""
    spelling = SPELLINGS[word.lower()]
    return spelling.capitalize() if word[0].isupper() and not word.isupper() else spelling
