"""Puts the links that a sentence says into a draft, and remembers what the sentence talks about."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, Link, LinkKind, RuleWish
from bot.planning.built_in.phrases.keeping_phrases import is_fact
from bot.planning.built_in.phrases.link_phrases import NEEDING, LinkPhrase, read_link
from bot.planning.built_in.phrases.occasions import is_sometimes_more, read_shared
from bot.planning.built_in.phrases.rule_phrases import read_rule
from bot.planning.built_in.phrases.single_links import read_single_links
from bot.planning.built_in.readers.field_reader import FieldReader
from bot.planning.built_in.words.deed_marks import begins_with_verb
from bot.planning.built_in.words.field_kinds import is_measure
from bot.planning.built_in.words.sentences import without_opening
from bot.planning.built_in.words.vocabulary import (
    ARRANGEMENT_NOUNS,
    CONTAINING_VERBS,
    DETERMINERS,
    entity_name,
    has_plural,
    spoken,
    word_set,
    words_of,
)

__all__ = ["AT_ONCE", "LinkReader"]

PLACES_OF_A_KIND = regex(r"^(?:in|at)\s+[a-z-]+(?:\s+[a-z-]+)?$", re.IGNORECASE)


def is_place(piece: str) -> bool:
    """Tell whether words say where something is, in places of one kind: "in labs"."""
    noun = piece.partition(" ")[2]
    return PLACES_OF_A_KIND.match(piece) is not None and has_plural(noun) and not is_measure(entity_name(noun))


ONE_THING = regex(r"^(?:an?|one)\s+[a-z-]+(?:\s+[a-z-]+)?$", re.IGNORECASE)
"""A noun with its article: a thing that each of something names, though nobody else spoke of it."""

PARTICLES = word_set("home along away back out off")
"""What a verb has behind its object, and says no more than that: "takes instruments home"."""
AT_ONCE = regex(r"at (?:a time|once|the same time|any (?:one )?time)(?: at (?:the )?most)?", re.IGNORECASE)
LIMIT = regex(r"\b(?:only|just|at (?:the )?most|more than|up to|maximum|max|never)\b", re.IGNORECASE)
"""Words of how many there may be: with "at a time" they are a rule, not only a link."""
REMARKS = word_set("comment review remark rating reply note feedback question")
"""What people write about a thing that was spoken of just before."""


class LinkReader(FieldReader):
    """Reads items as links between entities; the subject, the topic and the mode last until the sentence ends."""

    def __init__(self, draft: Draft, known: frozenset[str] = frozenset()) -> None:
        """Start with nothing being talked about."""
        super().__init__(draft, known)
        self.subject: EntityDraft | None = None
        self.topic = ""
        self.link: LinkPhrase | None = None
        self.mode = ""
        self.listed: list[EntityDraft] = []
        self.previous: EntityDraft | None = None
        self.about = ("", "")
        """Who did what to which thing before in the same sentence: "members borrow books and write reviews"."""

    def begin_sentence(self) -> None:
        """Forget what only lasts for a sentence or clause; who was spoken of stays known as that."""
        self.previous, self.subject = self.subject or self.previous, None
        self.mode, self.link, self.is_shorthand, self.listed, self.description = "", None, False, [], None
        self.lacking = ""

    def begin(self, name: str, quote: str) -> EntityDraft:
        """Make an entity the subject whose fields come next."""
        self.subject = self.draft.entity(name, self.said(quote))
        self.topic = name
        self.mode = "fields"
        return self.subject

    def belongs(self, source: str, target: str, quote: str, *, optional: bool = False) -> EntityDraft:
        """Let each row of a thing name one of another, and return the thing; both are added where they are new."""
        said = self.said(quote)
        entity = self.draft.entity(source, said)
        self.draft.entity(target, said)
        self.draft.link(Link(source, "belong", target, LinkKind.BELONGS, said, optional=optional))
        return entity

    def read_linked(self, text: str) -> bool:
        """Read "a member borrows many books"; with the subject left out, the current one is meant."""
        starts_anew = self.mode == "" and not re.match(r"(?:they|it|each|these)\b", text, re.IGNORECASE)
        current = self.subject.name if self.subject and not starts_anew else ""
        if current and current not in self.about and re.match(r"they\b", text, re.IGNORECASE):
            current = self.about[0] or current
        phrase = read_link(text, names=self.names(), subject=current, topic=self.topic)
        if phrase is None or (phrase.subject == phrase.object and re.search(r"\b(?:it|them)$", text, re.IGNORECASE)):
            return False
        if self.is_own_house(text, phrase):
            return self.speaks_of_known(phrase)
        self.link, self.mode = phrase, "link"
        self.add_link(phrase, text)
        if phrase.is_narrowed:
            self.draft.leave(text)
        return True

    def speaks_of_known(self, phrase: LinkPhrase) -> bool:
        """Go on with what whoever speaks does something with ("our band plays gigs"); tell whether it is a thing."""
        if phrase.object not in self.names() or phrase.leftover:
            return False
        self.topic = phrase.object
        return True

    def is_own_house(self, text: str, phrase: LinkPhrase) -> bool:
        """Tell whether the subject is only whoever speaks: "our bakery takes orders by phone"."""
        own = re.match(r"(?:our|my)\s+([\w-]+(?:\s+[\w-]+)?)", text, re.IGNORECASE)
        said = phrase.said_subject or phrase.subject
        is_described = said in self.draft.entities
        return (
            own is not None
            and not has_plural(spoken(said))
            and not is_described
            and not has_plural(own[1].split()[0].lower())
        )

    def add_link(self, phrase: LinkPhrase, quote: str) -> None:
        """Add a link and the entities it names."""
        said = self.said(quote)
        kind, noun = phrase.kind, phrase.noun
        for name in (phrase.subject, phrase.object):
            self.draft.entity(name, said)
        if kind is LinkKind.EVENT and spoken(phrase.object).split()[-1] in ARRANGEMENT_NOUNS:
            kind = LinkKind.OWNS
        link = Link(
            phrase.subject,
            phrase.verb,
            phrase.object,
            kind,
            said,
            noun,
            phrase.subject_is_plural,
            optional=phrase.optional,
            object_is_many=phrase.object_is_many,
        )
        if kind is LinkKind.HAS_MANY and phrase.verb not in CONTAINING_VERBS and not NEEDING.match(phrase.verb):
            link.share(quote)
        self.draft.link(link)
        self.subject = self.draft.entities[phrase.said_subject or phrase.subject]
        self.topic = phrase.said_object or phrase.object
        who, what = self.about
        is_remark = kind is LinkKind.OWNS and spoken(phrase.object).split()[-1] in REMARKS
        if is_remark and who == phrase.subject and what not in {"", who, phrase.object}:
            self.belongs(phrase.object, what, quote)
        else:
            self.about = (phrase.said_subject or phrase.subject, self.topic)
        for piece in phrase.leftover:
            if AT_ONCE.fullmatch(piece):
                self.keep_limit(quote)
            elif piece.lower() not in PARTICLES:
                self.read_leftover(phrase, piece)

    def keep_limit(self, quote: str) -> None:
        """Keep for the rules what says how many there may be at a time, beside the link that it names."""
        if LIMIT.search(quote):
            self.draft.leave(quote)

    def read_leftover(self, phrase: LinkPhrase, piece: str) -> None:
        """Read what follows a link: "viewings of properties", "taught by a teacher in a room"."""
        if re.fullmatch(r"(?:from|with|to|for|by|at)\s+us|each|apiece", piece, re.IGNORECASE):
            return
        if is_sometimes_more(piece):
            self.draft.links[-1].share(self.draft.links[-1].said.quote)
            return
        match = re.fullmatch(r"(?:of|for|in|at|with|on|to|by|from)\s+(?P<thing>[\w -]+)", piece, re.IGNORECASE)
        thing = match["thing"] if match else ""
        name = entity_name(thing)
        pieces = re.split(r"\s+(?=(?:in|at|on|for|with|to|from|by)\s)", piece)
        if not name and len(pieces) > 1:
            for one in pieces:
                self.read_leftover(phrase, one)
            return
        is_passive = phrase.said_object == phrase.subject or phrase.kind is LinkKind.BELONGS
        source = phrase.said_subject if is_passive else phrase.said_object
        is_one = (is_passive and ONE_THING.match(thing) is not None) or is_place(piece)
        is_thing = name in self.names() or (bool(name) and is_one and not is_fact(thing))
        if phrase.kind is LinkKind.EVENT or not is_thing or name == source:
            self.draft.leave(piece)
            return
        self.belongs(source, name, piece)

    def read_single(self, sentence: str) -> bool:
        """Read "a screening has exactly one film in at most one hall" as links; a limit behind it is left by itself."""
        said = read_single_links(sentence, self.is_told_thing)
        known = [one for one in said.objects if self.are_linked(said.subject, one.name)] if said else []
        if said is None or any(not self.names_back(one.name, said.subject) for one in known):
            return False
        for one in said.objects:
            if one in known:
                self.draft.ones.append((one.name, said.subject))
                self.draft.decide(
                    f"Each {spoken(said.subject)} has at most one {spoken(one.name)}: “{one.quote}” ({self.author})"
                )
                continue
            self.draft.entity(one.name, self.said(one.quote))
            link = Link(said.subject, said.verb, one.name, LinkKind.BELONGS, self.said(one.quote))
            link.optional, link.object_is_many = one.is_optional, False
            self.draft.link(link)
        subject = self.begin(said.subject, sentence)
        if said.limit:
            wish = read_rule(f"a {subject.noun} lasts {said.limit}")
            if wish is None:
                self.draft.leave(said.limit)
            else:
                self.draft.rule_wishes.append(RuleWish(replace(wish, quote=said.limit), self.said(sentence)))
        return True

    def is_told_thing(self, name: str) -> bool:
        """Tell whether a name is that of a thing that was spoken of anywhere."""
        return name in self.names()

    def are_linked(self, one: str, other: str) -> bool:
        """Tell whether a link or a key joins two things already: more words say how many there may be."""
        has_key = self.draft.references(one, other) or self.draft.references(other, one)
        return has_key or self.draft.has_link(one, other)

    def names_back(self, one: str, other: str) -> bool:
        """Tell whether a sentence said that each of one thing names another."""
        return any(link.names_one(one, other) for link in self.draft.links)

    def read_another_object(self, text: str, item: str) -> None:
        """Read the second object of a link: "an author writes books and articles"."""
        name = entity_name(text)
        first = words_of(text)[0] if words_of(text) else ""
        is_noun = (
            name
            and (name in self.names() or (has_plural(text) and not begins_with_verb(text)) or first in DETERMINERS)
            and not self.is_nothing(name)
        )
        if not is_noun or not self.link:
            self.draft.leave(item)
            return
        link = self.link
        swapped = link.said_object == link.subject
        again = (
            replace(link, subject=name, said_object=name) if swapped else replace(link, object=name, said_object=name)
        )
        self.add_link(replace(again, leftover=()), item)

    def read_shared(self, sentence: str) -> bool:
        """Read "some hives have two people on them" as a word about the link between them that was said before."""
        if is_sometimes_more(sentence) and self.draft.links:
            self.draft.links[-1].share(f"{self.draft.links[-1].said.quote} … {sentence}")
            return True
        shared = read_shared(without_opening(sentence), self.names())
        link = shared and next((one for one in reversed(self.draft.links) if shared.speaks_of(one)), None)
        if not link:
            return False
        link.share(sentence)
        self.draft.assume(f"“{sentence}”: how many there may be is not limited")
        return True
