"""Reads what stands before a colon or dash: whose the list behind it is, or how the things in it are linked."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.phrases.sentence_heads import Head, all_plural, lists_fields, read_head
from bot.planning.built_in.readers.item_reader import ItemReader
from bot.planning.built_in.words.sentences import ANCHOR, items_of
from bot.planning.built_in.words.vocabulary import entity_name, has_plural, words_of

__all__ = ["HeadReader"]


ARTICLE = regex(r"^(?:an?|the|our|my|all)\s+", re.IGNORECASE)


class HeadReader(ItemReader):
    """Takes heads off sentences and makes what they name the subject."""

    def headed(self, sentence: str) -> str:
        """Take a head such as ``Book:`` off the sentence and make it the subject; return the rest."""
        match = re.match(
            r"^(?P<head>[^\W\d][\w '-]{0,40}?)\s*(?::(?!//)|\s[-–—=](?=\s))\s*(?P<body>.+)$", sentence
        ) or re.match(r"^(?P<head>[A-Z]\w*)\s*\((?P<body>.+)\)$", sentence)
        name = entity_name(match["head"]) if match else ""
        if (
            not match
            or not name
            or self.is_nothing(name)
            or read_field(ARTICLE.sub("", match["head"]) + " a/b") is None
        ):
            return self.headed_by_more(sentence)
        if self.mode == "fields" and self.subject and not match["head"][0].isupper():
            return sentence
        self.begin(name, sentence)
        self.is_shorthand = re.fullmatch(r"[A-Z]\w*", match["head"]) is not None and not has_plural(
            match["head"].lower()
        )
        return str(match["body"])

    def headed_by_more(self, sentence: str) -> str:
        """Read "each hive gets inspections: date, mood" and "grants for our choir: title": the list is the thing's."""
        head = read_head(sentence) if self.mode != "fields" else None
        if head is None or (head.things and not lists_fields(head.body)):
            return self.without_unread_head(sentence)
        if head.owner:
            self.add_many(self.draft.entity(head.owner, self.said(sentence)), head.things, head.text)
        if head.things and not self.is_nothing(head.things):
            self.begin(head.things, sentence)
            return head.body
        before = len(self.draft.unread)
        if not self.read_linked(head.text) or not self.link:
            return self.without_unread_list(sentence, head)
        if not lists_fields(head.body):
            self.mode, self.link = "", None
            return head.body
        if len(self.draft.unread) > before:
            self.mode, self.subject = "lost", None
            return head.body
        self.begin(self.link.said_object, sentence)
        return head.body

    def without_unread_list(self, sentence: str, head: Head) -> str:
        """Leave a head that says something else unread with its list, whose nouns are no things."""
        is_list = self.mode == "" and lists_fields(head.body) and len(items_of(head.body)) > 1
        if not is_list or all_plural(head.body) or self.is_known_list(head.body):
            return self.without_unread_head(sentence)
        self.draft.leave(sentence)
        return ""

    def is_known_list(self, body: str) -> bool:
        """Tell whether a list names things that are described, with or without their fields."""
        return any(entity_name(item.partition("(")[0]) in self.names() for item in items_of(body)[:1])

    def without_unread_head(self, sentence: str) -> str:
        """Leave a head that says something else unread ("what my kids borrow: items have …"), and return the rest."""
        match = re.match(r"^(?P<head>[^:()]+?)\s*:\s+(?P<body>.+)$", sentence)
        if not match or self.mode == "fields" or len(words_of(match["head"])) < 3 or ANCHOR.search(match["head"]):
            return sentence
        anchor = ANCHOR.search(match["body"])
        subject = entity_name(match["body"][: anchor.start()]) if anchor else ""
        if not subject or match["body"].lower().startswith(("they ", "it ", "these ", "those ")):
            return sentence
        self.draft.leave(match["head"])
        return str(match["body"])
