"""What people ask back while a question of the bot is open: why it asks, what a choice means, whether it can change.

Such a question is answered from the bot's own; it is no answer, and the question stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.clipping import clip_words
from bot.patterns import regex
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.words.greetings import pleasantry
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import singular, straight, word_set, words_of
from bot.planning.conversation import Question
from bot.workflow.asked_openly import PROPOSES

__all__ = ["CANT_TELL", "is_aside", "still_open", "told_back", "told_open"]

LONGEST = 200
LONGEST_QUOTE = 160
MOST = 3
"""Questions that are explained in one answer."""
NUMBER = regex(r"^\s*(?P<number>\d{1,2})\s*[.:)]\s*(?=\D)")
SEVERAL = regex(r"(?<=\?)\s+(?=\S)")
"""Parts the questions of one message."""
JOINT = regex(r"^(?:(?:and|but|also|so|then)\b[,\s]+)+", re.IGNORECASE)
LEAD = (
    r"(?:(?:hi|hey|hello|ok|okay|and|so|but|wait|hm+|please|sorry|well|um|just|first|question|you mean)\b[,:!.\s]*)*"
    r"(?:(?:can|could|would)\s+you\s+(?:please\s+)?(?:tell\s+(?:me|us)|say)\s+)?"
)
IT = r"(?:it|that|this|these|those|them|so|all\s+(?:that|this)|(?:this|that|the|your)\s+(?:question|one)s?)"
LATER = (
    r"(?:later(?:\s+on)?|afterwards?|after\s+(?:that|this|all)|again|any\s?time|at\s+a\s+later\s+(?:point|time)|"
    r"in\s+(?:the\s+)?review)"
)
WHY = (
    r"why\s*(?:so|that|this|not)?",
    r"what\s+for",
    r"why\s+so\s+many\s+questions",
    r"why\s+(?:do|are|would|did)\s+you\s+(?:even\s+|always\s+)?(?:ask|need|want|asking|care)\b.*",
    rf"why\s+(?:is|does|are|do|would)\s+{IT}\s+(?:\w+\s+)?(?:matter|important|needed|necessary|relevant|asked)\b.*",
    r"what\s+(?:is|are|'s)\s+(?:that|this|it|the\s+question)\s+(?:good\s+|needed\s+)?for",
    r"what\s+do\s+you\s+need\s+(?:that|this|it)\s+for",
    r"what\s+(?:does|will|would)\s+(?:it|that|this)\s+(?:change|decide|affect)\b.*",
    rf"(?:does|do)\s+{IT}\s+(?:really\s+|even\s+)?matter",
)
DEFAULT = (
    r".*\bdefaults?\b.*",
    r"what\s+(?:happens|comes|follows|will\s+happen|would\s+happen)\s+(?:if|when)\s+(?:i|we)\s+(?:say|choose|press|take|write|answer)\b.*\byou\s+decide\b.*",
    r"what\s+(?:if|does)\b.*\byou\s+decide\b.*",
    r"what\s+(?:would|do|will|should)\s+you\s+(?:decide|choose|take|pick|recommend|suggest|do|prefer|advise|assume)\b.*",
    r"which\s+(?:one\s+|of\s+(?:them|these|those)\s+)?(?:would|do|should|is|will)\s+(?:you|i|we|it|the)\b.*",
    r"what(?:\s+is|'s)\s+(?:the\s+)?(?:best|usual|common|normal|recommended|right|better)\b.*",
    r"what\s+do\s+(?:people|others|most)\b.*",
)
LATER_ON = (
    r"(?:can|could|may|will|would)\s+(?:i|we|that|this|it|one|you|these|they)\b.*\b(?:chang\w*|undo|undone|alter\w*|edit\w*|correct\w*|revis\w*|fix\w*|decid\w*|take\s+\w+\s+back|go\s+back|differ\w*)\b.*",
    rf"(?:can|could|may)\s+(?:i|we)\s+.*\b{LATER}\b.*",
    rf"(?:is|are)\s+(?:{IT}|(?:my|our|the|these)\s+answers?)\s+(?:final|fixed|binding|forever|permanent|set\s+in\s+stone|reversible|changeable)\b.*",
    r"what\s+(?:if|happens\s+if|when)\s+(?:i|we)\s*(?:'m|am|'re|are|was|were|change|get\s+it|got\s+it|choose|answer|decide|pick)\b.*",
    r"(?:do|must|should|have|need)\s+(?:i|we)\s+(?:have\s+to\s+|need\s+to\s+)?(?:decide|choose|know|answer|settle)\b.*(?:now|already|today|yet|right\s+away|everything|all|that|this|it)\b.*",
)
NEED = (
    rf"(?:do|must|should)\s+(?:i|we)\s+(?:really\s+|even\s+)?(?:have\s+to\s+|need\s+to\s+)?(?:need|answer|say|tell|fill\s+in)\s+(?:you\s+)?{IT}",
    rf"(?:is|are)\s+{IT}\s+(?:really\s+|even\s+)?(?:necessary|needed|required|mandatory|obligatory|a\s+must)",
    r"(?:(?:can|could|may)\s+(?:i|we)|is\s+it\s+(?:ok|okay|possible|allowed)\s+to)\s+(?:skip|leave|postpone|ignore|pass)\b.*",
)
HOW = (
    r"how\s+(?:do|can|should|must)\s+(?:i|we)\s+(?:answer|reply|say|write|tell)\b.*",
    r"what\s+(?:should|can|do|must|could)\s+(?:i|we)\s+(?:say|answer|write|reply|type)\b.*",
    r"what\s+(?:do|are)\s+you\s+(?:want|expect|need|asking|looking)\b.*",
    r"what(?:\s+are|'re)\s+(?:my|our|the)\s+(?:options|choices|possibilities|answers)\b.*",
)
MEANING = (
    rf"what\s+(?:do|does|did|would)\s+(?:you|{IT}|.{{1,60}}?)\s+(?:mean|stand\s+for)\b(?:\s+(?:by|with)\s+(?P<by>.+))?.*",
    r"what\s+(?:exactly\s+)?(?:is|are|'s)\s+(?:meant\s+by\s+)?(?P<what>.+)",
    r"what(?:\s+is|'s)\s+the\s+difference\b.*",
    r"(?:how|in\s+what\s+way)\s+(?:do|are|is)\s+.*\b(?:differ|different)\b.*",
    r"(?:can|could|would)\s+you\s+(?:please\s+)?(?:explain|rephrase|clarify|give\s+(?:me|us)\s+an\s+example|show)\b.*",
    r"(?:please\s+)?(?:explain|rephrase|clarify)\b.{0,60}",
    (
        r"(?:i|we)\s+(?:don't|do\s+not|didn't|did\s+not)\s+(?:quite\s+|really\s+)?(?:understand|get|follow)"
        rf"(?:\s+(?:{IT}|you|the\s+\w+\s+question|question\s+\d+|what\s+you\s+mean|what\s+(?:that|it|this)\s+means|"
        r"why\s+you\s+ask))?"
    ),
    r"(?:for\s+example|such\s+as\s+what|like\s+what|meaning|huh|pardon|what)",
)
KINDS = tuple(
    (kind, regex(rf"^{LEAD}(?:{'|'.join(forms)})$", re.IGNORECASE))
    for kind, forms in (
        ("why", WHY),
        ("need", NEED),
        ("later", LATER_ON),
        ("default", DEFAULT),
        ("how", HOW),
        ("meaning", MEANING),
    )
)
CASE = regex(r"^(?:if|once|when|suppose|assuming)\b[^?,]{3,80},\s*(?:then\s+)?", re.IGNORECASE)
"""In which case something is asked: "if we choose accounts, can we …?"."""
ASKS = regex(
    r"(?:could|can|may|must|should|would|will|do|does|did|is|are|what|how|why|who|when|which|where)\b.*\?$",
    re.IGNORECASE,
)
ABOUT_ASKING = word_set(
    "mean meant exactly difference differ example explain understand option question choice get please what's whats "
    "it's quite really follow first second third me us I we again word clarify rephrase show give"
)
CHANGES_LATER = (
    "Yes, nothing is final: until the plan is approved, say in this thread what should be different, or press "
    "`Request changes` on the review; after delivery, mention me with it, and it becomes a change. Who is not sure yet "
    "says `you decide`: that takes the default, and the review notes it as assumed."
)
AN_ASIDE = regex(
    r"^(?:(?:but|sorry|hm+|well|as|no)\b[,\s]*)*(?:"
    r"(?:i|we)(?:'ve|\s+have)?\s+(?:already|just)\s+(?:told|said|wrote|written|answered|explained)\b.{0,80}|"
    r"(?:i|we)\s+(?:don't|do\s+not|didn't|can't|cannot)\s+(?:really\s+|quite\s+)?(?:understand|get|follow|know)\b.{0,80}|"
    r"(?:i'm|i\s+am)\s+(?:confused|lost|not\s+sure)\b.{0,80}|that's\s+(?:confusing|unclear))$",
    re.IGNORECASE,
)
"""What people say around a question, which answers nothing: "I already told you about the kilns"."""
QUOTED = regex(r"“([^“”]*)”")
"""What the bot's question repeats of people's words."""
HEAD = regex(r"[:,]")
"""Ends what a choice is called: "Only a link: each firing names one potter"."""
COUNTED = word_set("many much long often how")
"""Words of "how many": they ask for no choice that is called "Many to many"."""
NOT_SAID = "what was said so far leaves it open."
CANT_TELL = "I can't tell that before the first review"
"""Begins what is told to a question that nothing answers yet."""
STAYS_OPEN = "I took this as a question, so nothing is answered by it."


def told_back(questions: Sequence[Question], positions: Sequence[int], text: str, *, any_question: bool) -> str:
    """Return what somebody hears who asks back while questions are open; nothing where a message asks nothing.

    ``any_question``: also a question that isn't about those that are open is told from an answer to them. Of a message
    that asks several things, each is answered.
    """
    said = straight(text.replace("？", "?"))
    if not questions or len(said) > LONGEST:
        return ""
    parts = SEVERAL.split(said)
    if 1 < len(parts) <= MOST and said.endswith("?"):
        told = [told_to_one(questions, positions, JOINT.sub("", one), any_question=any_question) for one in parts]
        if all(told):
            return told_together(questions, parts, told)
    return told_to_one(questions, positions, said, any_question=any_question)


def told_together(questions: Sequence[Question], parts: Sequence[str], told: Sequence[str]) -> str:
    """Return what is told to several questions, each behind its own, and once what stays open."""
    open_now = still_open(questions)
    answers = [one.replace(open_now, "").replace(STAYS_OPEN, "").strip() for one in told]
    quoted = " ".join(f"“{part}” {answer}" for part, answer in zip(parts, answers, strict=True))
    return f"{quoted} {STAYS_OPEN} {open_now}"


def told_to_one(questions: Sequence[Question], positions: Sequence[int], said: str, *, any_question: bool) -> str:
    """Return what somebody hears who asks one thing back."""
    said = without_asides(said)
    number = NUMBER.match(said)
    by_position = dict(zip(positions, questions, strict=True))
    said = NUMBER.sub("", said)
    if number and int(number["number"]) not in by_position:
        return ""
    kind = kind_of(said)
    is_question = kind or (any_question and ASKS.match(CASE.sub("", said)) and not asks_for_something(said))
    if not is_question or said.strip(" ?") in {option for one in questions for option in one.options}:
        return ""
    meant = [by_position[int(number["number"])]] if number else meant_by(questions, said)
    if kind == "meaning" and not is_about(meant, said):
        return told_open(questions) if any_question and said.endswith("?") else ""
    if kind == "later":
        return f"{CHANGES_LATER} {STAYS_OPEN} {still_open(questions)}"
    if not kind:
        choices = told_choices(questions, said)
        return f"{choices} {STAYS_OPEN} {still_open(questions)}" if choices else told_open(questions)
    told = " ".join(dict.fromkeys(told_of(kind, question, said) for question in meant[:MOST]))
    return f"{told} {STAYS_OPEN} {still_open(questions)}"


def without_asides(said: str) -> str:
    """Return the one question of a message without what is only said around it: "I don't understand. What is …?"."""
    sentences = sentences_of(said)
    asked = [one for one in sentences if not AN_ASIDE.match(one.strip(" .!"))]
    return asked[0].strip() if len(sentences) > 1 and len(asked) == 1 and asked[0].strip().endswith("?") else said


def is_aside(sentence: str) -> bool:
    """Tell whether a sentence is only said around a question: "I don't understand", "sorry"."""
    said = sentence.strip(" .!")
    return AN_ASIDE.match(said) is not None or bool(pleasantry(said))


def kind_of(said: str) -> str:
    """Return what a message asks about the bot's own questions; nothing where it asks nothing of them."""
    text = said.strip(" ?!.")
    is_asked = said.rstrip(" !.").endswith("?") or re.match(
        r"(?:why|what\s+for|(?:i|we)\s|explain|please|what\s+do\s+you)", text, re.IGNORECASE
    )
    found = next((kind for kind, form in KINDS if form.match(text)), "")
    is_word = text.lower() in {
        "what",
        "meaning",
        "huh",
        "pardon",
        "for example",
        "why not",
        "such as what",
        "like what",
    }
    return found if is_asked and (not is_word or said.endswith("?")) else ""


def asks_for_something(said: str) -> bool:
    """Tell whether a question asks for something to be done: "can you add a phone number?"."""
    if CASE.match(said):
        return re.match(r"(?:can|could|would|will)\s+you\b", CASE.sub("", said), re.IGNORECASE) is not None
    return (
        re.match(
            rf"(?:can|could|would|will)\s+(?:you|we|i)\b|should\s+be\b|how\s+about\b|{PROPOSES}",
            said,
            re.IGNORECASE,
        )
        is not None
    )


def meant_by(questions: Sequence[Question], said: str) -> list[Question]:
    """Return the questions that words speak of; all of them where they speak of none."""
    words = content_of(said)
    about = [one for one in questions if words & (content_of(one.text) | content_of(" ".join(one.options)))]
    return about or list(questions)


def is_about(questions: Sequence[Question], said: str) -> bool:
    """Tell whether "what is …" asks for a word of open questions, or for no word at all."""
    words = content_of(said) - ABOUT_ASKING
    asked = {singular(word) for one in questions for word in words_of(whole(one))}
    return not words or bool(words & asked)


def whole(question: Question) -> str:
    """Return all words of a question."""
    return " ".join((question.text, question.reason, *question.options))


def told_of(kind: str, question: Question, said: str) -> str:
    """Explain one question: why it is asked, what its default is, what its choices mean, or how to answer it."""
    asked = f"“{short(question)}”"
    examples = dict(zip(question.options, question.examples, strict=False))
    default = question.default or next(iter(question.options), "")
    if kind == "why":
        return f"{asked} I ask because of this: {question.reason or NOT_SAID}"
    if kind == "need":
        takes = f"takes “{default}”" if default else "leaves it to me"
        because = f" I ask because of this: {question.reason}" if question.reason else ""
        return (
            f"{asked} You needn't answer: `you decide` {takes}. The review notes it as assumed, and it can be changed "
            f"there.{because}"
        )
    if kind == "default":
        row = f" – for example: {examples[default]}" if default in examples else ""
        takes = f"`you decide` takes “{default}”{row}." if default else "`you decide` leaves it to me."
        return f"{asked} {takes} The review notes it as assumed, and it can be changed there."
    choices = [
        f"“{option}”{f' – for example: {examples[option]}' if option in examples else ''}"
        for option in named(question, said)
    ]
    means = f" The choices: {'; '.join(choices)}." if choices else ""
    if kind == "how":
        return f"{asked}{means} Press one of them, say it in your own words, or say `you decide`."
    return f"{asked} {question.reason}{means}"


def named(question: Question, said: str) -> list[str]:
    """Return the options that words speak of; all of them where they speak of none, or of all."""
    words = content_of(said)
    about = [option for option in question.options if words & content_of(option)]
    return about or list(question.options)


def told_choices(questions: Sequence[Question], said: str) -> str:
    """Tell what the choices come to that a question speaks of: "if it's only a link, can a plot change hands?".

    Things of the words that the bot's question quotes are no choice: "can a potter plan a firing?" asks something else.
    """
    case = CASE.match(said)
    told: list[str] = []
    for question in questions:
        words = content_of(case[0]) if case else content_of(said) - content_of(" ".join(QUOTED.findall(question.text)))
        rows = dict(zip(question.options, question.examples, strict=False))
        for option, row in rows.items():
            if (words - COUNTED) & content_of(HEAD.split(option)[0]):
                told.append(f"“{option}” comes to this: {row}.")
    return " ".join(told[:MOST])


def told_open(questions: Sequence[Question]) -> str:
    """Say that a question about something else was heard, and that nothing was made of it."""
    return (
        f"{CANT_TELL}; it lists all that I understood, and answers questions. I took this "
        "as a question, and not as an answer or as part of the plan: should it be so, say it as a sentence. `help` "
        f"says what I can be told here. {still_open(questions)}"
    ).strip()


def still_open(questions: Sequence[Question]) -> str:
    """Say which questions wait for an answer."""
    return (
        f"Still open: {' · '.join(short(question).rstrip('.') for question in questions[:MOST])}" if questions else ""
    )


def short(question: Question) -> str:
    """Return the text of a question, cut between words."""
    return clip_words(" ".join(question.text.split()), LONGEST_QUOTE)
