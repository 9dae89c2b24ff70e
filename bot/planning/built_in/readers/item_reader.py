"""Reads one item of a sentence after the other into a draft: a subject with its first field, a link, one more thing."""

from __future__ import annotations

import re

from bot.documents.naming import plural, snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Description, EntityDraft, Link, LinkKind, RuleWish
from bot.planning.built_in.drafts.resolution import is_described
from bot.planning.built_in.phrases.everyday_deeds import happens, read_hours, thing_done
from bot.planning.built_in.phrases.everyday_fields import read_flag
from bot.planning.built_in.phrases.fact_phrases import named_like
from bot.planning.built_in.phrases.field_comments import read_comment
from bot.planning.built_in.phrases.field_phrases import field_called, read_field
from bot.planning.built_in.phrases.link_objects import SEVERAL, names_one
from bot.planning.built_in.phrases.link_phrases import LinkPhrase, read_link
from bot.planning.built_in.phrases.noun_clauses import reads_as_clause
from bot.planning.built_in.phrases.phrase_parts import is_having
from bot.planning.built_in.phrases.role_phrases import read_happening, read_lasting
from bot.planning.built_in.phrases.rule_phrases import Form, read_limit_of_field, read_rule
from bot.planning.built_in.phrases.sentence_heads import read_many
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.phrases.value_tellings import fact_of, nouns_or
from bot.planning.built_in.readers.things_reader import ThingsReader
from bot.planning.built_in.words.choice_phrases import read_alternatives
from bot.planning.built_in.words.deed_marks import begins_with_verb, compares
from bot.planning.built_in.words.plain_maybes import may_lack
from bot.planning.built_in.words.sentence_marks import ARROW, is_clause, is_feature, is_login
from bot.planning.built_in.words.sentences import ANCHOR, is_thanks, items_of
from bot.planning.built_in.words.vocabulary import (
    ARRANGEMENT_NOUNS,
    DETERMINERS,
    PLACES,
    SENTENCE_WORDS,
    UNCOUNTED,
    base_verb,
    entity_name,
    has_plural,
    spoken,
    words_of,
)

__all__ = ["ItemReader"]

TIME_RECORDS = frozenset({"TimeEntry", "TimeLog", "Timesheet", "TimeSheet", "WorkLog", "TimeRecord", "HourEntry"})
NO_CHOICE = regex(
    r"\b(?:one|1|zero) or (?:more|several|many|two)\b|,\s*then\b|\bor (?:it|they|we|else)\b", re.IGNORECASE
)
"""How many, or what comes later: no values of one field."""
LONGEST_ITEM = 1_000
"""Characters; nobody writes a longer item, and looking through it would take long."""
ASIDE = regex(
    rf"\((?!{ANCHOR.pattern})[^()]*\)|\bif (?:it|they|we|you|he|she) (?:has|have|had)\b|"
    r"\bno other [\w-]+(?: [\w-]+)? (?:has|have)\b",
    re.IGNORECASE,
)
"""Brackets and conditions: a verb inside them says nothing about what stands before them."""
OF_ONE = regex(
    r"^(?P<things>.+?)\s+(?:of|for)\s+(?:an?|the|each|every|one)\s+(?P<owner>[\w-]+(?:\s+[\w-]+)?)$", re.IGNORECASE
)
"""Things that belong to another by their name: "performances of a play"."""
GROUPED = regex(r"^(?P<head>[^()]{2,60}?)\s*\((?P<fields>[^()]+)\)\s+(?P<rest>[^\s()].*)$")
"""A thing with its fields in brackets, and more after them."""
PAPER = regex(r"an? (?:[a-z]+ )?(?:report|chart)", re.IGNORECASE)
"""A fact of something where it stands among its facts, and a wish anywhere else."""
ONE_THING = regex(r"^(?:an?|each|every|one)\s", re.IGNORECASE)
ABOUT_ONE = regex(
    r"\b(?:(?:is|are)\s+(?:always\s+|only\s+)?(?:for|of|about|on)|covers?|concerns?)\s+(?:(?:exactly|only|just)\s+)?"
    r"(?:an?|one|the|a single)\s",
    re.IGNORECASE,
)
"""What a record is about: the list after "each rental is for one item with …" describes the rental."""


class ItemReader(ThingsReader):
    """Reads the items of a sentence; what stood before an item says what it is."""

    def read_item(self, item: str) -> None:
        """Read one item of a sentence: a subject with its first field, a link, a field, or one more thing."""
        text = re.sub(r"^(?:also|then|finally|furthermore|additionally|and|but also)\s+", "", item, flags=re.IGNORECASE)
        text = self.without_each(text)
        if is_thanks(text) or self.read_shared(text):
            return
        is_wish = is_feature(text) and not (self.mode == "fields" and self.subject and PAPER.fullmatch(text))
        if len(item) > LONGEST_ITEM or is_wish or is_login(text) or compares(text):
            self.draft.leave(item)
            return
        if re.match(r"(?:they|it|these|those)\b", text, re.IGNORECASE) and self.subject is None:
            self.subject = self.previous
        if self.mode == "fields" and self.subject and read_comment(text) and self.read_condition(self.subject, text):
            return
        limit = read_limit_of_field(text) if self.mode == "fields" and self.subject and self.subject.fields else None
        if limit and self.subject:
            last = next(reversed(self.subject.fields))
            self.draft.rule_wishes.append(RuleWish(limit, self.said(item), self.subject.name, last))
            return
        if happens(text):
            self.draft.leave_deed(item)
            return
        when = read_rule(text)
        if when and when.form == Form.DUE:
            self.draft.rule_wishes.append(RuleWish(when, self.said(item), self.topic, is_near=True))
            return
        before = len(self.draft.unread)
        many = read_many(text) if self.mode == "fields" and self.subject else None
        self.read_part(self.begin_several(*many, item) if many else text, item)
        has_head = re.search(r"\w:\s", item) is not None and self.mode in {"fields", "link", "group"}
        if len(self.draft.unread) > before and (is_clause(item) or (has_head and not many)):
            self.mode, self.subject = "lost", None

    def read_grouped(self, text: str, item: str) -> bool:
        """Read "our keepers (name, email) look after a few hives": a thing with its fields, and what it does."""
        match = GROUPED.match(text)
        name = entity_name(match["head"]) if match else ""
        if not match or not name or not (has_plural(match["head"].lower()) or name in self.names()):
            return False
        plain = f"{match['head']} {match['rest']}"
        link = read_link(plain, names=self.names() | {name}, subject="", topic=self.topic)
        fields = items_of(match["fields"])
        says_more = link.said_subject == name if link else ANCHOR.match(match["rest"]) is not None
        if not says_more or any(read_field(field) is None for field in fields):
            return False
        entity = self.draft.entity(name, self.said(item))
        for field in fields:
            self.read_field_of(entity, field, field)
        self.mode, self.link = "", None
        self.read_part(plain, item)
        return True

    def read_part(self, text: str, item: str) -> None:
        """Read an item by what stands before it in its sentence."""
        if (
            self.read_grouped(text, item)
            or self.read_flag(text)
            or self.read_hours(text, item)
            or self.read_together(text, item)
        ):
            return
        is_field = self.mode in {"fields", "group"} and (
            reads_as_clause(text) or is_having(text) or bool(read_alternatives(text)) or named_like(text)[0] != text
        )
        if not is_field and (
            self.read_choice(text)
            or self.read_happening(text)
            or self.read_anchored(text, item)
            or (not ARROW.search(text) and self.read_linked(text))
        ):
            return
        if self.mode == "lost":
            self.draft.leave(item)
        elif self.mode == "group":
            for entity in self.listed:
                self.read_field_of(entity, text, item)
        elif self.mode == "fields" and self.subject:
            self.read_field_of(self.subject, text, item)
        elif self.mode == "link" and self.link:
            self.read_another_object(text, item)
        else:
            self.read_thing(text, item)

    def read_hours(self, text: str, item: str) -> bool:
        """Read "log hours on projects" as time entries, where no other record of time is known."""
        said = read_hours(text)
        what, who = (entity_name(said.what), entity_name(said.who)) if said else ("", "")
        if not said or not (said.is_done or self.mode in {"", "list"}):
            return False
        if not what or not (what in self.names() or has_plural(said.what)) or self.is_nothing(what):
            return False
        called = [name for name in self.names() if name in TIME_RECORDS]
        entry = self.draft.entity(called[0] if called else "TimeEntry", self.said(item))
        for other in (what, *([who] if who in self.names() or has_plural(said.who) else [])):
            self.belongs(entry.name, other, item)
        for name in ("date", "hours"):
            if name not in entry.fields and (field := field_called(name, kind="float" if name == "hours" else "")):
                self.add_field(entry, field, item, optional=False)
        self.draft.assume(f"“{text}”: each is a {entry.noun} with a date and its hours")
        entry.is_settled, self.subject, self.mode = True, None, "list"
        return True

    def read_flag(self, text: str) -> bool:
        """Read "a job can be remote" as yes or no, where it is no value of a field that the thing has."""
        flag = read_flag(text)
        who = entity_name(flag.who) if flag and flag.who.lower() not in {"it", "they"} else ""
        entity = self.draft.entity(who, self.said(text)) if who in self.names() else None if who else self.subject
        if flag is None or entity is None or any(flag.name in one.values for one in entity.fields.values()):
            return False
        field = field_called(flag.name, kind="bool", quote=text)
        if field:
            self.add_field(entity, field, text, optional=False)
            entity.is_settled, self.subject, self.mode = True, entity, "fields"
        return field is not None

    def read_choice(self, text: str) -> bool:
        """Read "a task is either open or done" as its status."""
        match = re.match(
            (
                r"^(?P<left>.*?)\b(?:is|are|can be|may "
                r"be)\s+(?:either\s+)?(?P<values>[\w' -]+(?:,[\w' -]+)*,?\s+or\s+[\w' -]+)$"
            ),
            text,
            re.IGNORECASE,
        )
        if not match or not values_of(match["values"]) or NO_CHOICE.search(match["values"]):
            return False
        left = match["left"].strip()
        if any(entity_name(noun) in self.names() for noun in nouns_or(match["values"])) or (
            (fact := fact_of(left)) and entity_name(fact) not in self.names()
        ):
            self.draft.leave(text)
            return True
        subject = self.subject_of(left)
        if subject is None:
            return False
        whom = re.sub(r"\bfor\s+", "", match["values"], flags=re.IGNORECASE)
        is_whom = match["values"].lower().startswith("for ") and len(values_of(whom)) > 1
        called, values = ("kind", whom) if is_whom else ("status", match["values"])
        self.draft.assume(f"{subject.name}: “{match['values']}” is its {called}")
        self.read_field_of(subject, f"{called} ({values})", text)
        return True

    def read_happening(self, text: str) -> bool:
        """Read "a shift takes place on a date" as a field of the shift, "is from a start to an end" as two."""
        lasting = read_lasting(text, self.names())
        lasts = self.subject_of(lasting[0]) if lasting else None
        if lasting and lasts:
            self.add_ends(lasts, lasting[1], text, optional=False)
            lasts.is_settled, self.mode = True, "fields"
            return True
        happening = read_happening(text)
        subject = self.subject_of(happening.subject) if happening else None
        if happening is None or subject is None:
            return False
        for name in happening.names:
            field = field_called(name, kind=happening.kind, quote=text)
            if field:
                self.add_field(subject, field, text, optional=False)
        subject.is_settled, self.mode = True, "fields"
        return True

    def read_anchored(self, text: str, item: str, *, inside: bool = False) -> bool:
        """Read "books with a title": the subject and its first field; ``inside``: it stands in another subject."""
        match = ANCHOR.search(ASIDE.sub(lambda aside: "\ue010" * len(aside[0]), text))
        if not match:
            return False
        if match["anchor"].lower() == "with" and re.search(r"\b(?:is|are)\s*$", text[: match.start()]):
            return self.read_linked(text)
        left, rest = text[: match.start()].strip(" ,"), text[match.end() :].strip(" ,:")
        if re.match(r"(?:to|been)\b", rest) or (not rest and match["anchor"].lower() == "with"):
            return False
        self.begin_relative(match[0], left, item)
        previous, nested = self.subject, self.mode == "fields" and match.start() > 0
        if len(words_of(left)) > 1 and match["anchor"].lower() == "with" and self.read_linked(left):
            self.read_accompanied(rest, item)
            return True
        if self.mode in {"list", "group"} and self.listed and not words_of(left) and rest:
            self.mode = "group"
            self.read_item(rest)
            return True
        subject = self.subject_of(left)
        if subject is None:
            self.draft.leave(item)
            self.mode = "lost"
            return True
        is_inside = inside or re.match(r"that|which|who|each", match[0]) or SEVERAL.match(left)
        if nested and previous and previous is not subject and names_one(left, match[0]):
            self.belongs(previous.name, subject.name, left)
        elif nested and previous and previous is not subject and is_inside:
            subject = self.begin_inside(previous, subject, left, rest, item)
        is_maybe = match["anchor"].lower() in {"has", "have"} and may_lack(match["modal"], told=subject.fields)
        self.lacking = subject.name if is_maybe else ""
        if rest:
            self.read_first_field(subject, rest, item, optional=is_maybe)
        return True

    def begin_inside(self, whole: EntityDraft, subject: EntityDraft, left: str, rest: str, item: str) -> EntityDraft:
        """Link the many things that a whole has to it; return what the facts behind them are kept about."""
        if record := self.begin_line(whole, subject.name, rest, item):
            return record
        if is_described(subject):
            self.draft.assume(f"“{item}”: what follows “with” is kept about the {subject.noun}, wherever it is")
        self.add_many(whole, subject.name, left)
        return subject

    def begin_relative(self, anchor: str, left: str, item: str) -> None:
        """Make the object of a link the subject of "…, which has a name"."""
        is_relative = re.match(r"which|who", anchor.strip(), re.IGNORECASE) is not None
        if self.mode == "link" and self.link and is_relative and not words_of(left):
            self.begin(self.link.said_object or self.link.object, item)

    def read_accompanied(self, rest: str, item: str) -> None:
        """Read what follows "patients book appointments with": one more thing that the object names, or its fields."""
        if not self.link:
            return
        if self.link.kind is LinkKind.HAS_MANY and self.begin_line_of(self.link, rest, item):
            return
        is_by = self.link.kind is LinkKind.OWNS and self.link.said_object == self.link.subject
        object_, name = self.link.said_subject if is_by else self.link.said_object, entity_name(rest)
        if self.read_appointment(self.link, rest, item):
            return
        record = self.begin_event(self.link, item) if self.is_of_event(self.link, rest) else None
        if record:
            self.read_first_field(record, rest, item, optional=False)
            return
        if self.link.kind is LinkKind.BELONGS and (described := self.described_by(self.link, item)):
            self.read_first_field(self.begin(described, item), rest, item, optional=False)
            return
        if name and name != object_ and (name in self.names() or (has_plural(rest) and not is_by)):
            phrase = LinkPhrase(
                object_, "belong", name, LinkKind.BELONGS, said_subject=self.link.said_subject, said_object=object_
            )
            self.add_link(phrase, item)
            return
        self.read_first_field(self.begin(object_, item), rest, item, optional=False)

    def described_by(self, link: LinkPhrase, item: str) -> str:
        """Return the end of a link that "each rental is for one item with a start date" describes.

        The object, unless the words speak for the subject; the other end is remembered until everything is read.
        """
        ends = [link.said_subject, link.said_object]
        is_likely = ABOUT_ONE.search(item) is not None or self.speaks_of_them(link)
        holder, other = ends if is_likely else ends[::-1]
        self.description = Description(holder, other, item, is_likely=is_likely)
        self.draft.descriptions.append(self.description)
        return holder

    def speaks_of_them(self, link: LinkPhrase) -> bool:
        """Tell whether "they" or "their" after "requests are filed for an apartment" can mean the subject only."""
        plurals = [spoken(plural(snake_case(name))) for name in (link.said_subject, link.said_object)]
        ends = [noun in self.sentence.lower() for noun in plurals]
        return ends == [True, False] and re.search(r"\b(?:they|their)\b", self.sentence, re.IGNORECASE) is not None

    def subject_of(self, left: str) -> EntityDraft | None:
        """Return the entity that the words before an anchor name, adding it where it is new."""
        words = [
            word
            for word in words_of(left)
            if word not in DETERMINERS | {"also", "they", "it", "these", "those", "both"}
        ]
        if not words:
            if self.subject:
                self.mode = "fields"
            return self.subject
        name = entity_name(left)
        of_one = OF_ONE.match(left)
        if (
            of_one
            and (owner := entity_name(of_one["owner"])) in self.names()
            and (things := entity_name(of_one["things"]))
        ):
            self.draft.entity(owner, self.said(left))
            subject = self.begin(things, left)
            self.draft.link(Link(things, "belong", owner, LinkKind.BELONGS, self.said(left)))
            return subject
        if not name or (len(words) > 2 and self.read_linked(left)):
            return self.object_of_link(left)
        is_deed = len(words) > 1 and base_verb(words[-1]) and entity_name(" ".join(words[:-1])) in self.names()
        if is_deed and not (ONE_THING.match(left) and words[-1] in ARRANGEMENT_NOUNS):
            return None
        is_house = (
            words[-1] in PLACES and re.match(r"(?:the|our|my)\s", left, re.IGNORECASE) and name not in self.names()
        )
        if self.is_nothing(name) or words[0] in {"we", "i", "you"} or is_house:
            return None
        return self.begin(name, left)

    def object_of_link(self, left: str) -> EntityDraft | None:
        """Read "members borrow books" before "that have a title": the link's object is the subject that follows."""
        if not self.read_linked(left) or not self.link:
            return None
        return self.begin(self.link.object, left)

    def read_first_field(self, subject: EntityDraft, rest: str, item: str, *, optional: bool) -> None:
        """Read what follows the anchor: a field, or a subject of its own ("products that have a name")."""
        if subject is self.subject and self.read_from_people(rest, item):
            return
        if ANCHOR.search(rest) and self.read_anchored(rest, item, inside=True):
            return
        self.read_field_of(subject, rest, item, optional=optional)

    def read_thing(self, text: str, item: str) -> None:
        """Read a bare plural as one more thing to manage; a head with brackets brings its fields."""
        done = thing_done(text, self.whole)
        text = done or text
        group = re.fullmatch(r"(?P<head>[\w -]+?)\s*\((?P<fields>.+)\)", text)
        head = group["head"] if group else text
        name = entity_name(head)
        is_thing = (
            bool(name)
            and not begins_with_verb(head)
            and (
                has_plural(head)
                or (words_of(head)[-1] in UNCOUNTED and (bool(done) or self.mode == "list"))
                or name in self.names()
                or bool(group and self.mode == "list")
            )
        )
        if not is_thing or self.is_nothing(name) or words_of(head)[0] in SENTENCE_WORDS:
            if self.mode not in {"", "list"} or not self.read_in_places(text, item):
                self.draft.leave(item)
            return
        entity = self.draft.entity(name, self.said(item))
        self.read_theirs(name, text, item)
        self.topic = name
        self.listed.append(entity)
        entity.is_listed = True
        if group:
            for field in items_of(group["fields"]):
                self.read_field_of(entity, field, field)
        self.mode = "list"
