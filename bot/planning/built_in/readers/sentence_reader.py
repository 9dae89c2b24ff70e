"""Reads plain sentences into a draft: who has which fields, who does what to whom. The rest is unread."""

from __future__ import annotations

import re
from copy import deepcopy

from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import DeletionWish, Doer, Link, LinkKind, RuleWish, Said, bare
from bot.planning.built_in.drafts.persons import only_person
from bot.planning.built_in.phrases.background import is_background
from bot.planning.built_in.phrases.count_phrases import is_count_of_state
from bot.planning.built_in.phrases.deletions import read_deletion
from bot.planning.built_in.phrases.disowned import disowned
from bot.planning.built_in.phrases.figures import NO_FIGURES, figure_of
from bot.planning.built_in.phrases.kept_phrases import read_kept
from bot.planning.built_in.phrases.left_out_phrases import is_told_apart
from bot.planning.built_in.phrases.occasions import read_occasion
from bot.planning.built_in.phrases.open_rules import (
    is_order,
    is_ration,
    is_together,
    read_open_rule,
    rules_of,
    without_times,
)
from bot.planning.built_in.phrases.out_of_scope import is_out_of_scope
from bot.planning.built_in.phrases.rations import read_ration
from bot.planning.built_in.phrases.rule_notation import read_notation
from bot.planning.built_in.phrases.rule_phrases import read_rule, split_lending
from bot.planning.built_in.phrases.rule_sentences import is_conditional, is_rule_sentence, is_sending
from bot.planning.built_in.phrases.scoped_limits import is_scoped_limit
from bot.planning.built_in.phrases.shorthand import read_pair, read_short_line
from bot.planning.built_in.phrases.titles import heading, read_title
from bot.planning.built_in.phrases.unlinked_pairs import read_unlinked
from bot.planning.built_in.readers.either_reader import EitherReader
from bot.planning.built_in.readers.logins import all_log_in, read_login
from bot.planning.built_in.readers.prose_reader import TAKES_PLACE
from bot.planning.built_in.words.clauses import WANTED_SEEN
from bot.planning.built_in.words.named_people import (
    is_called_by_name,
    people_guessed,
    somebody_in,
    stands_there,
    tells_who,
)
from bot.planning.built_in.words.sentence_marks import (
    NO_ACCOUNTS,
    NO_REFUSALS,
    QUESTIONS,
    REFUSALS,
    nobody_logs_in,
)
from bot.planning.built_in.words.sentences import (
    ANCHOR,
    EACH,
    items_of,
    sentences_of,
    without_filler,
    without_opening,
    without_wish,
)
from bot.planning.built_in.words.vocabulary import entity_name, words_of

__all__ = ["SentenceReader"]

FACTS_AND_BAN = regex(
    r"^(?P<facts>(?:(?:an?|each|every|the|our)\s+)?[a-z][\w-]*(?:\s[a-z][\w-]*)?\s+(?:has|have)\s[^;:]{2,200}?)"
    r"(?:,\s+(?:(?:and|but)\s+)?|\s+(?:and|but)\s+)"
    r"(?P<ban>(?:with|without|during|in|on|at|after|before|under|if|when|while|until|unless|as long as|as soon as|once)"
    r"\s[^,;:]{2,80}?,?\s(?:it|they|he|she|nobody|no one)\s[^;:]+)$",
    re.IGNORECASE,
)
"""Facts, and a ban that begins with its occasion: "… and a mileage, and with an open report it mustn't be driven"."""

ONCE_PER = regex(
    r"\b(?:only|at most|just) once (?:per|an?|each|every|for (?:each|every)|in (?:an?|each|every)) ", re.IGNORECASE
)
"""What happens once: no form holds it, whatever link it names."""
ON_CONDITION = regex(r"^(?:when|whenever|if|once|as soon as|unless|until)\b[^,]{3,200},", re.IGNORECASE)
"""What happens on a condition: where the first that happens then can't be read, nor can what happens with it."""
CONDITIONAL = regex(r"^(?:and |but )?if (?:they|both|two|it|one|an?|the)\b[^;:?]{6,200}$", re.IGNORECASE)
"""What follows from something that is or happens: "if they match, the item is handed out"."""

FOR_EACH_THING = regex(
    r"^(?:an?|each|every|the) [a-z -]{2,40}? has (?:an?|the) [a-z -]{2,40}? for each (?P<of>[a-z -]{2,40})$",
    re.IGNORECASE,
)
"""What a thing has for each of another: a fact of both, which no field of one holds."""


def refuses(text: str) -> bool:
    """Tell whether words refuse something."""
    return REFUSALS.search(NO_REFUSALS.sub(" ", text)) is not None


def is_no_telling(sentence: str) -> bool:
    """Tell whether a sentence tells nothing that can be built: a question, or what nobody said."""
    return (
        QUESTIONS.match(sentence) is not None
        or bool(disowned(sentence))
        or bool(read_unlinked(sentence))
        or is_ration(sentence)
        or is_scoped_limit(sentence)
        or is_sending(sentence)
    )


def facts_and_ban(sentence: str) -> tuple[str, str]:
    """Return the plain facts before a ban, and the ban; no facts where it isn't certain where they end."""
    found = FACTS_AND_BAN.match(sentence)
    if found is None or refuses(found["facts"]):
        return "", sentence
    return found["facts"], found["ban"]


class SentenceReader(EitherReader):
    """Reads the sentences of messages, one after the other, into a draft.

    ``known`` are names of entities that are described anywhere in the conversation: links may name them early.
    """

    def read(self, text: str, author: str, *, subject: str = "", may_name_title: bool = False) -> None:
        """Read a message. ``subject``: the entity that bare items are fields of, as in an answer to a question."""
        self.author = author
        sentences = [sentence for sentence in sentences_of(text) if without_filler(sentence)]
        for number, sentence in enumerate(sentences):
            self.begin_sentence()
            if subject:
                self.subject, self.mode = self.draft.entities[subject], "fields"
            if may_name_title and number == 0 and self.read_heading(sentence, sentences[1:]):
                continue
            is_title = may_name_title and number == 0
            if not self.read_of_people(sentence, may_name_title=is_title):
                self.read_sentence(sentence, may_name_title=is_title)

    def read_of_people(self, sentence: str, *, may_name_title: bool) -> bool:
        """Quote what only tells who somebody is, and what would make a thing of a person; tell whether it was that."""
        people = people_guessed("\n".join((*self.draft.said, sentence)))
        if tells_who(sentence, people):
            self.draft.decide(f"Who somebody is needn't be kept: “{sentence.strip(' .!')}” ({self.author})")
            return True
        if stands_there(sentence) or not somebody_in(sentence, people):
            return stands_there(sentence)
        trial = deepcopy(self)
        trial.read_sentence(sentence, may_name_title=may_name_title)
        if not any(is_called_by_name(noun, people) for noun in trial.draft.nouns - self.draft.nouns):
            return False
        self.draft.leave(sentence)
        return True

    def shorthand_in(self, text: str, author: str) -> str:
        """Return the lines of a text in another language that are shorthand; the others are left unread as one."""
        self.author = author
        lines = [line for line in text.splitlines() if line.strip()]
        plain = [line for line in lines if read_short_line(line) or read_pair(line)]
        self.draft.leave(" ".join(line for line in lines if line not in plain))
        return "\n".join(plain)

    def read_heading(self, sentence: str, following: list[str]) -> bool:
        """Read a first line that only says what the whole is called, before lists with heads of their own."""
        title = heading(sentence, following) if not read_title(without_filler(sentence)) else None
        if title is None:
            return False
        self.draft.title = title.text
        return True

    def rations_what_is(self, sentence: str) -> bool:
        """Tell whether a sentence limits what there is in a day of what names its owner already: it links nothing."""
        said = read_ration(sentence)
        if said is None:
            return False
        owner, record = entity_name(said.owner), entity_name(said.record)
        names = self.draft.entities[record].fields.keys() if record in self.draft.entities else ()
        ends = [{link.subject, link.object} for link in self.draft.links]
        return bool(owner and record) and ({owner, record} in ends or bool({snake_case(owner)} & {*names}))

    def read_wish_to_see(self, sentence: str) -> bool:
        """Quote whole what people want to see: "anything that …, I want to see on a list"."""
        is_wish = WANTED_SEEN.match(sentence) is not None
        if is_wish:
            self.draft.leave_deed(sentence)
        return is_wish

    def read_sentence(self, sentence: str, *, may_name_title: bool) -> None:
        """Read one sentence."""
        self.about = ("", "")
        if (NO_ACCOUNTS.search(sentence) and len(words_of(sentence)) <= 8) or nobody_logs_in(sentence):
            self.draft.is_use_settled = True
            self.draft.decide(f"No accounts: whoever reaches the service may use it ({self.author})")
            return
        if self.read_wish_to_see(sentence) or self.read_surroundings(sentence):
            return
        if len(rules := rules_of(sentence)) > 1:
            for rule in rules:
                self.read_sentence(rule, may_name_title=False)
            return
        if self.read_deletion(sentence) or self.read_figure(sentence) or self.read_roles(sentence):
            return
        sentence = self.whole = TAKES_PLACE.sub("is ", sentence)
        if (read_notation(sentence) or is_together(sentence)) and self.read_rule(sentence):
            return
        if is_told_apart(sentence) or is_count_of_state(sentence) or self.rations_what_is(sentence):
            self.draft.leave(sentence)
            return
        if (
            self.read_setting(sentence)
            or self.read_either(sentence)
            or self.read_full_deeds(sentence)
            or self.read_everyday(sentence)
            or self.read_told(sentence)
            or self.read_single(sentence)
            or self.read_ways(sentence)
            or self.read_made_of(sentence)
            or self.read_shorthand(sentence)
            or self.read_steps(sentence)
            or self.read_rule(sentence)
            or self.read_placed(sentence)
            or self.read_login(sentence)
        ):
            return
        if self.is_half_read(sentence):
            self.draft.leave(sentence)
            return
        before, extent = len(self.draft.unread), self.draft.extent
        self.read_description(without_times(sentence), may_name_title=may_name_title)
        self.leave_whole(sentence, before, is_new=self.draft.extent != extent)

    def leave_whole(self, sentence: str, before: int, *, is_new: bool) -> None:
        """Quote a rule whole of which pieces were left since, where nothing else was made of it.

        A rule that nothing can be made of, or one of how often, is quoted whole whatever was made of its pieces.
        """
        left = self.draft.unread[before:]
        if read_open_rule(sentence) is not None or read_ration(sentence) is not None or ONCE_PER.search(sentence):
            del self.draft.unread[before:]
            self.draft.leave(sentence)
        elif left and not is_new and CONDITIONAL.match(sentence):
            del self.draft.unread[before:]
            self.draft.leave_deed(sentence)
        elif left and not is_new and is_rule_sentence(sentence) and all(one in bare(sentence) for one in left):
            del self.draft.unread[before:]
            self.draft.leave(sentence)

    def is_half_read(self, sentence: str) -> bool:
        """Tell whether a rule would be read by half: its condition would be left, or a thing come with no fact."""
        if not is_rule_sentence(sentence) or read_open_rule(sentence) is not None:
            return False
        trial = deepcopy(self)
        trial.read_description(sentence, may_name_title=False)
        left = trial.draft.unread[len(self.draft.unread) :]
        if not left or trial.draft.extent == self.draft.extent:
            return False
        is_left = is_conditional(sentence) and any(sentence.startswith(piece) for piece in left)
        return is_left or trial.draft.extent[1:] == self.draft.extent[1:]

    def read_surroundings(self, sentence: str) -> bool:
        """Read what the service need not do as a decision; quote what tells nothing, and never ask about today."""
        if is_out_of_scope(sentence):
            self.draft.decide(f"Not part of it: “{sentence.strip(' .!')}” ({self.author})")
            return True
        pair = FOR_EACH_THING.match(sentence.strip(" .!"))
        if is_no_telling(sentence) or (pair and entity_name(pair["of"]) in self.names()):
            self.draft.leave(sentence)
            return True
        if not is_background(sentence):
            return False
        self.draft.leave_unasked(sentence)
        return True

    def read_figure(self, sentence: str) -> bool:
        """Quote "the digest counts sessions per hive", unless the digest is a thing that people described."""
        paper = figure_of(sentence)
        if paper is None or paper in self.names():
            return False
        self.draft.keep_open(f"{sentence.strip(' .')} ({NO_FIGURES})")
        return True

    def read_deletion(self, sentence: str) -> bool:
        """Read "a hive can't be deleted while it has sessions" as a word about the link between the two."""
        deletion = read_deletion(sentence)
        things = [entity_name(one) for one in (deletion.parent, deletion.child)] if deletion else []
        if deletion is None or any(
            self.full_name(self.draft.other_words.get(one, one)) not in self.names() for one in things
        ):
            return False
        self.draft.deletions.append(DeletionWish(deletion, self.said(sentence)))
        return True

    def read_description(self, sentence: str, *, may_name_title: bool) -> None:
        """Read a sentence that says no rule by itself."""
        if may_name_title and not self.draft.title:
            sentence = self.without_title(sentence)
        if (
            self.read_everyone(sentence)
            or self.read_things_kept(sentence)
            or self.read_occasion(sentence)
            or self.read_prose(sentence)
        ):
            return
        self.read_plain(sentence)

    def without_title(self, sentence: str) -> str:
        """Take the name of the whole off the first sentence; one without it stays as it is."""
        rest = self.titled(without_filler(sentence))
        return rest if self.draft.title else sentence

    def read_plain(self, sentence: str) -> None:
        """Read a sentence item by item, as far as it is no prose."""
        lending = split_lending(sentence)
        if lending:
            sentence, wish = lending
            self.draft.rule_wishes.append(RuleWish(wish, self.said(wish.quote)))
        self.sentence = rest = without_filler(sentence)
        if refuses(rest):
            facts, ban = facts_and_ban(rest)
            if facts:
                self.read_plain(facts)
            self.draft.leave(ban)
            return
        if self.read_kept(sentence) or self.read_occasion(sentence) or self.read_shared(sentence):
            return
        rest, before = self.headed(without_wish(rest)), len(self.draft.unread)
        for number, item in enumerate(items_of(rest)):
            if number == 1 and ON_CONDITION.match(rest) and len(self.draft.unread) > before:
                del self.draft.unread[before:]
                self.draft.leave(sentence)
                return
            self.read_item(item)

    def read_rule(self, sentence: str) -> bool:
        """Read "a lent book can't be lent again" as a rule, to be declared when everything was read."""
        wish = read_notation(sentence) or read_rule(sentence)
        if wish is None and (is_order(sentence) or is_together(sentence)):
            self.draft.leave(sentence)
            return True
        if wish is None:
            return False
        about = self.previous.name if self.previous else ""
        self.draft.rule_wishes.append(RuleWish(wish, self.said(sentence), about, is_near=wish.part("what") != "it"))
        return True

    def read_login(self, sentence: str) -> bool:
        """Read "readers log in, we need name and e-mail": who has an account, and the fields that follow."""
        who = all_log_in(without_opening(sentence))
        spoken_of = only_person(self.draft) or (self.previous if who == "they" else None)
        if who and spoken_of:
            self.log_in(spoken_of, sentence)
            self.subject = spoken_of
            return True
        login = read_login(without_opening(sentence))
        if login is None:
            return False
        entity = self.draft.entity(login.who, self.said(sentence))
        self.log_in(entity, sentence)
        self.begin(login.who, sentence)
        for item in items_of(login.fields):
            self.read_item(item)
        return True

    def read_kept(self, sentence: str) -> bool:
        """Read "for each guest we store …" as fields."""
        text = without_opening(sentence)
        each = None if ANCHOR.match(text) else EACH.match(text)
        if each and (owner := entity_name(each["subject"])) and not self.is_nothing(owner):
            subject = self.begin(owner, sentence)
            first, *others = items_of(each["rest"])
            self.read_first_field(subject, first, first, optional=False)
            for item in others:
                self.read_item(item)
            return True
        return False

    def read_things_kept(self, sentence: str) -> bool:
        """Read "for every bike we log the repairs - …" as things."""
        kept = read_kept(without_opening(sentence), self.names())
        if kept is None:
            return False
        owner_draft = self.draft.entity(kept.owner, self.said(sentence))
        if kept.is_one_owner:
            self.draft.entity(kept.things, self.said(sentence))
            self.draft.link(Link(kept.owner, "keep", kept.things, LinkKind.OWNS, self.said(sentence)))
        else:
            self.add_many(owner_draft, kept.things, sentence)
        self.begin(kept.things, sentence)
        for item in items_of(kept.fields):
            self.read_item(item)
        return True

    def read_occasion(self, sentence: str) -> bool:
        """Read "every time someone does an inspection of a hive we note the date": a record with its fields."""
        occasion = read_occasion(without_opening(sentence), self.names())
        if occasion is None:
            return False
        said = self.said(occasion.quote)
        self.draft.entity(occasion.things, said)
        for other in filter(None, (occasion.owner, occasion.actor)):
            self.belongs(occasion.things, other, occasion.quote)
        if occasion.is_by_somebody:
            self.draft.doers.append(Doer(occasion.things, said))
        self.begin(occasion.things, sentence)
        for item in items_of(occasion.fields):
            self.read_item(item)
        return True

    def titled(self, sentence: str) -> str:
        """Take the name of the whole service off its first sentence and return the rest."""
        title = read_title(sentence)
        if title is None:
            return sentence
        self.draft.title = title.text
        if title.may_be_entity:
            self.draft.maybe_entity = Said(self.author, title.text)
        self.mode = "list" if title.lists_things else ""
        return without_filler(title.rest)
