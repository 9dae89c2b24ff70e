"""Reads sentences of "Request changes": what comes, goes or is otherwise, rules too. Anything else stays unread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import partial
from itertools import pairwise

from bot.documents.naming import joined, plural, snake_case
from bot.patterns import regex
from bot.planning.built_in.changes.brought_back import TakenAway
from bot.planning.built_in.changes.contradictions import Snapshot, take_back
from bot.planning.built_in.changes.early_changes import asks_for_change
from bot.planning.built_in.changes.requirement_changes import RequirementChanges, ShownRequirement
from bot.planning.built_in.changes.said_names import as_spoken, in_full, record_meant, renamed_with_facts
from bot.planning.built_in.changes.taking_edits import take_edited
from bot.planning.built_in.drafts.draft import Draft, Said
from bot.planning.built_in.drafts.plain_facts import forget_entity
from bot.planning.built_in.drafts.resolution import resolve
from bot.planning.built_in.drafts.told_roles import leave_roles
from bot.planning.built_in.phrases.change_phrases import (
    ADDED,
    CHOICES,
    CORRECTED,
    DEFAULTS,
    FLAGS,
    LIMITS,
    PLAIN_FLAGS,
    PLAIN_LIMITS,
    PLAIN_TYPES,
    REMOVED,
    RENAMED,
    RETYPED,
    VALUE_COMES,
    VALUE_GOES,
    VALUE_RENAMED,
    names_given,
)
from bot.planning.built_in.phrases.corrected_links import thing_named
from bot.planning.built_in.phrases.denials import is_called
from bot.planning.built_in.phrases.denied_nouns import denied_nouns
from bot.planning.built_in.phrases.naming import is_only_name, read_field_name, read_name
from bot.planning.built_in.phrases.open_rules import is_together
from bot.planning.built_in.phrases.plain_changes import in_short, not_needed, without_lead
from bot.planning.built_in.phrases.roles_of_people import no_role_said
from bot.planning.built_in.phrases.rule_loosening import each_rule_dropped
from bot.planning.built_in.phrases.rule_phrases import read_rule
from bot.planning.built_in.phrases.rule_topics import is_same_kind
from bot.planning.built_in.phrases.taking_back import read_taken_back, without_after_all, without_second_thoughts
from bot.planning.built_in.questions.denied_things import has_many, put_instead, take_back_thing, things_denied
from bot.planning.built_in.questions.leaving_out import leave_out, says_again_to_drop
from bot.planning.built_in.questions.left_words import has_substance, said_again
from bot.planning.built_in.questions.rewordings import keeps_counts
from bot.planning.built_in.questions.said_parts import drop_said_again
from bot.planning.built_in.readers.pasted_models import take_pasted
from bot.planning.built_in.readers.pasted_requirements import read_told
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.count_rules import counts_what_is
from bot.planning.built_in.rules.role_rules import take_back_role
from bot.planning.built_in.rules.rule_subjects import key_to, named
from bot.planning.built_in.rules.rule_upkeep import drop_rules_about
from bot.planning.built_in.words.choice_phrases import beside_their_field
from bot.planning.built_in.words.sentence_marks import QUESTIONS
from bot.planning.built_in.words.sentences import sentences_of, without_filler
from bot.planning.built_in.words.vocabulary import a, entity_name, spoken
from bot.planning.conversation import Message
from bot.planning.edited_entities import as_told, edited_specs

__all__ = ["ChangeReader"]

LONGEST_CHANGE = 4_000
"""Characters of one change; nobody writes a longer one, and trying every form on it would take long."""
ADDED_RULE = regex(
    r"^(?:(?:add|include)\s+)?(?:(?:an?|the|one)\s+)?(?:new\s+|further\s+|another\s+|more\s+)?rule(?:\s+that\s+|\s*:\s*)"
    r"|^change\s+the\s+rules?\s+(?:about|of|for|on)\s+[^:]{1,60}:\s*",
    re.IGNORECASE,
)
"""What may stand before a rule that is to be added: "add a rule: …"."""
POLITE = regex(
    r"^(?:(?:can|could|would|will)\s+(?:you|we)|would\s+it\s+be\s+possible\s+to)\s+"
    r"(?:please\s+|also\s+)*"
    r"(?P<wish>(?:add|include|drop|remove|delete|forget|rename|make|change|call|turn|take|leave)\b.*?)"
    r"(?:,?\s+please)?\s*\?+$",
    re.IGNORECASE,
)
"""A change that is asked for as a question: "can you add pages to books?"."""
BARE = regex(
    r"^(?!(?:please|add|include|also|plus|new|keep|store|track|no|without|with|need|want|all|only)\b)(?:(?:an?|the|some|more)\s+)?"
    r"[a-z][\w'-]*(?:\s+[a-z][\w'-]*)?[.!]?$",
    re.IGNORECASE,
)
"""A word or two that say nothing of what they are: "banana"."""
NUMBER_OF = regex(
    r"^(?:actually\b[,\s]*)?(?P<who>[\w' -]{1,60}?) (?:has|have) a number of (?P<many>[\w -]{1,60}?) "
    r"\(at most (?P<number>\d{1,4})\)[.!]*$",
    re.IGNORECASE,
)
"""How a limit of what one has reaches a change, before it is known that it is a thing."""
BELONGS = regex(
    r"^(?:an?|each|every) (?P<part>[\w'-]{1,40}(?: [\w'-]{1,40})?) (?:may belong|belongs) to (?:an?|one) "
    r"(?P<whole>[\w'-]{1,40}(?: [\w'-]{1,40})?)[.!]*$",
    re.IGNORECASE,
)
"""Whose something is: "each walk belongs to a walker"."""
Change = Callable[[re.Match[str], str], bool]


def without_politeness(text: str) -> str:
    """Return a change that is asked for as a question as the plain sentence; any other text as it is."""
    match = POLITE.match(text)
    return match["wish"] if match else text


def is_as_before(draft: Draft, earlier: Draft) -> bool:
    """Tell whether nothing of what will be built differs, whatever was noted or marked as spoken of."""
    there = dict(draft.entities)
    for name, entity in earlier.entities.items():
        if name in there:
            there[name] = replace(there[name], is_listed=entity.is_listed, is_settled=entity.is_settled)
    same_notes = replace(
        earlier,
        decisions=draft.decisions,
        assumptions=draft.assumptions,
        unread=draft.unread,
        not_built=draft.not_built,
    )
    return same_notes == replace(draft, entities=there)


class ChangeReader(RequirementChanges):
    """Applies change sentences to a settled draft, one after the other."""

    def __init__(self, draft: Draft, shown: Callable[[], tuple[ShownRequirement, ...]] | None = None) -> None:
        """Start with the draft of the proposal that the changes were said about.

        ``shown`` returns what the requirements of that proposal are about.
        """
        super().__init__(draft)
        self.shown = shown
        self.taken_away = TakenAway()
        forms: tuple[tuple[tuple[str, ...], Change], ...] = (
            (CORRECTED, self.correct),
            (DEFAULTS, self.say_default),
            (LIMITS, self.say_limit),
            (RETYPED, self.retype),
            (FLAGS, self.say_flag),
            (VALUE_RENAMED, self.rename_value),
            (VALUE_GOES, self.remove_value),
            (RENAMED, self.rename),
            (REMOVED, self.remove),
            (ADDED, self.add),
            (PLAIN_FLAGS, self.say_flag),
            (PLAIN_LIMITS, self.limit),
            (PLAIN_TYPES, self.retype),
            (CHOICES, self.choose),
            (VALUE_COMES, self.add_value),
        )
        self.patterns = tuple(
            (re.compile(pattern, re.IGNORECASE), change) for patterns, change in forms for pattern in patterns
        )

    def read(self, message: Message) -> None:
        """Apply the sentences of one message; entities that were edited in a form take the place of all."""
        self.author = message.author
        if (specs := edited_specs(message.text)) is not None:
            take_edited(self.draft, specs, Said(message.author, as_told(message.text)))
            self.shown = None
            return
        text = take_pasted(self.draft, message.text, message.author, is_change=True)
        read_told(self.draft)
        sentences = [one for sentence in sentences_of(text) for one in each_rule_dropped(sentence)]
        for previous, said in pairwise(["", *sentences]):
            if says_again_to_drop(previous, said):
                continue
            before, wishes = Snapshot.of(self.draft), len(self.draft.rule_wishes)
            earlier, sentence = deepcopy(self.draft), self.as_limit(said)
            if self.taken_away.bring_back(self.draft, sentence):
                self.done(sentence)
            elif not self.apply(sentence):
                self.read_plainly(without_lead(sentence))
            resolve(self.draft)
            self.taken_away.note(earlier, self.draft)
            if is_as_before(self.draft, earlier):
                self.tell_untaken(sentence, earlier)
            elif self.draft.unread == earlier.unread:
                alike = (one for one in earlier.unread if is_same_kind(one, sentence) and keeps_counts(one, sentence))
                self.take_other_words(sentence, [*alike])
            take_back(self.draft, before)
            for wish in self.draft.rule_wishes[wishes:]:
                wish.is_change = True
        self.shown = None

    def take_other_words(self, sentence: str, pieces: Sequence[str]) -> None:
        """Drop what a sentence says again of pieces that stayed unread; note it, but for what it denies."""
        for piece in pieces:
            dropped = drop_said_again(self.draft.unread, piece, lambda part: bool(said_again([part], sentence)))
            if dropped and not denied_nouns(sentence):
                self.draft.decide(f"“{sentence}” takes the place of “{dropped}” ({self.author})")

    def tell_untaken(self, sentence: str, earlier: Draft) -> None:
        """Take back the note of a sentence that changed nothing, and say what would be understood.

        What is so already stays noted; so does what was left unread with its own reason.
        """
        noted = [note for note in self.draft.decisions if note not in earlier.decisions]
        is_told = (self.draft.unread, self.draft.not_built) != (earlier.unread, earlier.not_built)
        if not noted or is_told or self.says_what_is(sentence):
            return
        self.draft.decisions[:] = earlier.decisions
        thing = next((spoken(plural(one.noun.replace(" ", "_"))) for one in self.draft.entities.values()), "books")
        self.draft.leave(
            f"{sentence} (nothing changed by it; say it such as “add a note to {thing}”, “remove …” or “rename … to …”)"
        )

    def is_bare(self, sentence: str) -> bool:
        """Tell whether a sentence is a word or two that say nothing of what is to change."""
        says_it = BARE.match(sentence) is not None and without_filler(sentence) != "" and has_substance(sentence)
        return says_it and entity_name(sentence) not in self.draft.entities

    def says_what_is(self, sentence: str) -> bool:
        """Tell whether a sentence asks for a field as it is already: "make the title unique" said twice."""
        text = re.sub(r"^(?:please|and|also|then)\s+", "", sentence.strip(), flags=re.IGNORECASE)
        if SentenceReader(self.draft, frozenset(self.draft.entities)).placed(text) or self.sees_all_now(text):
            return True
        if self.links_what_is(text):
            return True
        return any((match := pattern.match(text)) and "what" in match.groupdict() and self.places(match["what"])
                   for pattern, _ in self.patterns)  # fmt: skip

    def links_what_is(self, text: str) -> bool:
        """Tell whether a sentence only says whose something is, where it names that already."""
        match = BELONGS.match(text) if len(text) <= LONGEST_CHANGE else None
        part, whole = (named(self.draft, match[end]) for end in ("part", "whole")) if match else (None, None)
        return part is not None and whole is not None and key_to(part, whole) is not None

    def apply(self, sentence: str) -> bool:
        """Apply a sentence of change, or each half of two joined by "and"; tell whether it was one."""
        text = re.sub(r"^(?:please|and|also|then)\s+", "", sentence.strip(), flags=re.IGNORECASE)
        text = re.sub(r",?\s+for (?:example|instance)[.!]*$", "", text, flags=re.IGNORECASE)
        text = as_spoken(self.draft, beside_their_field(without_politeness(in_short(text))))
        text = self.without_field(text)
        if (
            self.let_see_all(text, sentence)
            or self.tell_roles(text, sentence)
            or self.rename_with_facts(text, sentence)
            or self.take_name(text, sentence)
            or leave_out(self.draft, sentence, self.author, is_change=True)
            or self.is_left_or_denied(text, sentence)
        ):
            return True
        if QUESTIONS.match(text):
            return False
        other_words = read_taken_back(text)
        if self.join_things(text, sentence) or (not other_words and self.disown(text, sentence)):
            return True
        text = self.renamed_there(other_words or ADDED_RULE.sub("", without_second_thoughts(text)))
        if self.remove_requirements(text, sentence):
            return True
        if self.change_rules(text, sentence):
            return True
        if parts := names_given(text):
            return self.rename_each(parts)
        if self.take_for_fact(text, sentence) or self.name_values(text, sentence) or self.tell(text, sentence):
            return True
        text = without_after_all(text)
        for pattern, change in self.patterns if len(text) <= LONGEST_CHANGE else ():
            match = pattern.match(text)
            if match and change(match, sentence):
                return True
        return self.apply_halves(text)

    def without_field(self, text: str) -> str:
        """Return "the price isn't needed either" as "drop the price", where a field is called so; else as it is."""
        what = not_needed(text)
        return f"drop the {what}" if what and self.places(what) and not self.names_entity(what) else text

    def as_limit(self, sentence: str) -> str:
        """Return a number of beds that a gardener has at most as what one can have, where beds are a thing."""
        match = NUMBER_OF.match(sentence) if len(sentence) <= LONGEST_CHANGE else None
        if match is None or entity_name(match["many"]) not in self.draft.entities:
            return sentence
        return f"{match['who']} can have at most {match['number']} {match['many']}"

    def change_rules(self, text: str, sentence: str) -> bool:
        """Change the ways of a status, or loosen a rule, or give a limit another span or number."""
        changes = (self.change_ways, self.loosen, self.change_span, self.change_count)
        return any(change(text, sentence) for change in changes)

    def tell_roles(self, text: str, sentence: str) -> bool:
        """Take what somebody is among others: "there is no kiln master as a thing: it is one of our potters"."""
        reader = SentenceReader(self.draft, frozenset(self.draft.entities))
        reader.author = self.author
        if noun := no_role_said(text):
            return take_back_role(self.draft, noun) and self.done(sentence)
        if not reader.read_roles(text):
            return False
        resolve(self.draft)
        leave_roles(self.draft)
        return self.done(sentence)

    def leave_pair(self, text: str) -> bool:
        """Leave what occurs once together as a rule: it is no word about one of its fields alone."""
        if is_together(text):
            self.draft.leave(text)
        return is_together(text)

    def take_name(self, text: str, sentence: str) -> bool:
        """Take the name that a sentence gives the plan, or a field: "call it harbour", "call it session_end"."""
        if name := read_name(text):
            self.draft.title = name
            thing = self.draft.entities.get(entity_name(name))
            if is_only_name(text) and thing and not thing.is_pasted and len(self.draft.entities) > 1:
                forget_entity(self.draft, thing.name, gone=partial(drop_rules_about, self.draft))
            return is_only_name(text) or self.done(sentence)
        field = read_field_name(text)
        return bool(field) and self.call_field(field, sentence)

    def is_left_or_denied(self, text: str, sentence: str) -> bool:
        """Leave what occurs once together, or take out what isn't there; tell whether a sentence says either."""
        return self.leave_pair(text) or self.deny(text, sentence)

    def deny(self, text: str, sentence: str) -> bool:
        """Take out the things of which a sentence says that there are none; tell whether it names one that is there.

        Of several, what is no thing goes as the one field that is called so.
        """
        things, nouns = things_denied(self.draft, text), denied_nouns(text)
        others = [noun for noun in nouns if len(nouns) > 1 and not any(is_called(noun, one.noun) for one in things)]
        fields = [places[0] for noun in others if len(places := self.places(noun)) == 1]
        if not things or len(things) == len(self.draft.entities):
            return not things and any(is_called(noun, one) for noun in nouns for one in self.draft.gone)
        owners = has_many(self.draft, things[0])
        for thing in things:
            take_back_thing(self.draft, thing, gone=partial(drop_rules_about, self.draft))
        for entity, name in fields:
            if entity.fields.pop(name, None):
                drop_rules_about(self.draft, entity, name)
        out = [*(one.name for one in things), *(f"{entity.name}.{name}" for entity, name in fields)]
        instead = put_instead(self.draft, text, things[0].noun, self.author, owners=owners)
        told = f": {joined(out)} {'is' if len(out) == 1 else 'are'} gone" if len(out) > 1 or instead else ""
        kept = f", kept is {joined(instead)}" if instead else ""
        self.draft.decide(f"“{sentence}”{told}{kept} ({self.author})")
        return True

    def call_field(self, name: str, sentence: str) -> bool:
        """Take "call it session_end" for the end of sessions, as findings propose it; else say how to name a field."""
        places = [(entity, old) for entity in self.draft.entities.values() for old in entity.fields]
        meant = [place for place in places if name == f"{snake_case(place[0].name)}_{place[1]}"]
        if len(meant) == 1:
            return self.apply(f"rename {meant[0][1]} of {meant[0][0].noun} to {name}")
        old = next((f"{old} of {entity.noun}" for entity, old in meant or places), "title of book")
        self.draft.leave(f"{sentence} (call what so? Say it such as “rename {old} to {name}”)")
        return True

    def rename_with_facts(self, text: str, sentence: str) -> bool:
        """Give a thing another name, and the facts that are told with it."""
        parts = renamed_with_facts(self.draft, text)
        decided = list(self.draft.decisions)
        if parts is None or not self.apply(parts.renames):
            return False
        self.read_plainly(parts.tells)
        if parts.removes and not self.apply(parts.removes):
            self.read_plainly(parts.removes)
        self.draft.decisions[:] = decided
        return self.done(sentence)

    def rename_each(self, parts: list[str]) -> bool:
        """Give each of several their names; what is not there is left unread by itself."""
        for part in parts:
            if not self.apply(part):
                self.read_plainly(part)
        return True

    def apply_halves(self, text: str) -> bool:
        """Apply "add pages to books and drop the status": each part is a change of its own.

        In a rule they are what somebody may do: "only the office can add and change flights".
        """
        if read_rule(text) is not None:
            return False
        starts = [
            found.start(1)
            for found in re.finditer(r"(?:\band\b|,)\s+((?:add|drop|remove|delete|rename|make|change)\b)", text)
        ]
        if not starts:
            return False
        bounds = [0, *starts, len(text)]
        for start, end in pairwise(bounds):
            part = re.sub(r"[\s,]*(?:\band\b)?[\s,]*$", "", text[start:end])
            if not self.apply(part):
                self.read_plainly(part)
        return True

    def read_plainly(self, sentence: str) -> None:
        """Read a sentence as any other: "books also have a publisher", "a book belongs to a shelf"."""
        if noun := thing_named(sentence):
            self.draft.entity(entity_name(noun), Said(self.author, sentence))
            self.done(sentence)
            return
        if asks_for_change(sentence):
            self.draft.leave(f"{sentence} (nothing here is called so)")
            return
        if self.is_bare(sentence):
            self.draft.leave(sentence)
            return
        noun, record = record_meant(self.draft, sentence)
        if noun:
            self.draft.leave(f"{sentence} (is {a(noun)} the {record}? If so, say “rename {record} to {noun}” first)")
            return
        text = re.sub(
            rf"{ADDED_RULE.pattern}|^(?:add|include)\s+(?:an?\s+)?(?:(?:new\s+)?(?:entity|table|thing)\s+)?",
            "",
            in_full(self.draft, sentence),
            flags=re.IGNORECASE,
        )
        before = len(self.draft.unread)
        if counts_what_is(self.draft, text):
            self.draft.leave(text)
            return
        reader = SentenceReader(self.draft, frozenset(self.draft.entities))
        reader.read(text, self.author)
        if len(self.draft.unread) == before and without_filler(text):
            self.draft.decide(f"“{sentence}” ({self.author})")
