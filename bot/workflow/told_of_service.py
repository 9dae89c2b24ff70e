"""What people ask of any plan: may it be changed later, what does it cost, is there an app, who manages accounts."""

from __future__ import annotations

import re

from bot.documents.entities.accounts import account_named, managing_role, roles_known
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.naming import plural, snake_case
from bot.generation.names import words
from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import singular
from bot.workflow.told_of_rights import told_rights

__all__ = ["told_of_every", "told_of_service"]

ASKS_I = r"(?:can|could|may|do|must|should|will|would)\s+(?:i|we|you|people|one|somebody|someone|anyone)"
THIS = r"(?:it|this|that|something|things|anything|everything|the\s+plan|the\s+review|them|my\s+mind|our\s+minds?)"
LATER = regex(
    rf"^(?:{ASKS_I}\s+(?:still\s+|also\s+|always\s+)?(?:change|edit|adjust|correct|alter|modify|add(?:\s+to)?)\s+{THIS}"
    r"(?:\s+(?:later|afterwards?|again|still|once|after|when|then)\b.*)?|"
    r"(?:is|are)\s+(?:it|this|that)\s+(?:final|fixed|forever)|what\s+if\s+(?:i|we)\s+(?:change\s+(?:my|our)\s+minds?|(?:forgot|forget)\s+"
    r"something))$",
    re.IGNORECASE,
)
UNDO = regex(
    rf"^(?:{ASKS_I}|how\s+(?:do|can)\s+(?:i|we))\s+(?:undo|take\s+back|revert|go\s+back(?:\s+to)?)(?:\s+{THIS}|\s+.{{1,40}})?$",
    re.IGNORECASE,
)
SEE_FIRST = regex(
    rf"^(?:{ASKS_I}\s+(?:try|see|test|look\s+at)\s+(?:{THIS}|how\s+it\s+looks)(?:\s+(?:first|out|before|already|now)\b.*)?|"
    r"where\s+(?:can|do)\s+(?:i|we)\s+(?:see|try|find|look\s+at)\s+(?:it|this|that|the\s+(?:result|service|code|documents?)))$",
    re.IGNORECASE,
)
COST = regex(
    r"^(?:what|how\s+much)\s+(?:does|will|would|must)\s+(?:it|this|that|the\s+(?:service|bot|build|whole)|all\s+of\s+(?:it|this)|"
    r"everything|planthread|we|i)\s+(?:cost|pay\s+for\s+(?:it|this|that))(?:\s+(?:to\s+(?:run|use|host|build)(?:\s+(?:it|this))?|"
    r"(?:per|a|each|every)\s+(?:month|year|day)|us|me))?$|"
    r"^(?:do|must|will)\s+(?:i|we)\s+(?:have\s+to\s+|need\s+to\s+)?pay(?:\s+(?:for\s+(?:it|this|that)|something|anything))?$|"
    r"^is\s+(?:it|this|that)\s+(?:for\s+free|free\s+of\s+charge|going\s+to\s+be\s+(?:free|expensive))$",
    re.IGNORECASE,
)
SCREENS = regex(
    r"^(?:is|are|will|does|do)\s+(?:there|it|we|i|people|that|this)\s+(?:be\s+|also\s+|get\s+|have\s+|come\s+with\s+|really\s+)*"
    r"(?:an?\s+|any\s+)?(?:(?:mobile|phone|web)\s+)?(?:apps?|websites?|web\s?pages?|screens?|interfaces?|front[\s-]?ends?|pages?)\b.{0,60}$|"
    rf"^{ASKS_I}\s+(?:use|open|run)\s+{THIS}\s+(?:on|from|in|with)\s+(?:an?\s+|my\s+|our\s+|the\s+|their\s+)?"
    r"(?:phones?|mobiles?|tablets?|browsers?|computers?|laptops?)$",
    re.IGNORECASE,
)
STORED = regex(
    r"^where\s+(?:is|are|will|does|do|goes?)\b.*\b(?:data|rows|records|information|everything|it|all\s+(?:of\s+)?this)\b.*"
    r"\b(?:stored|kept|saved|live|end\s+up|go)$",
    re.IGNORECASE,
)
MANAGES = regex(
    r"^(?:who|which\s+role)\s+(?:all\s+)?(?:(?:can|may|will|must)\s+)?(?:manages?|administers?|runs?|creates?|adds?|makes?|removes?|deletes?|"
    r"controls?|sets?\s+up)\s+(?:the\s+|new\s+|our\s+|other\s+)?(?:user\s+)?accounts?$|"
    r"^(?:who|which\s+(?:one|role|account))(?:'s|\s+is|\s+will\s+be|\s+becomes?|\s+can\s+be)\s+(?:the\s+|an?\s+|our\s+|my\s+)?"
    r"(?:first\s+)?(?:admin(?:istrator)?s?|managers?\s+of\s+accounts?)$|"
    r"^(?:is|are)\s+there\s+(?:an?\s+|any\s+)?admin(?:istrator)?s?$|^how\s+do\s+(?:i|we)\s+(?:become|get|make)\s+(?:an?\s+|the\s+)?"
    r"admin(?:istrator)?$|^how\s+(?:do|can)\s+(?:i|we)\s+(?:get|make|create|add|set\s+up)\s+(?:an?|the|my|our)\s+(?:first\s+)?"
    r"(?:admin\s+|user\s+)?(?:account|user|login)$",
    re.IGNORECASE,
)
OURS = r"(?:it|this|that|all\s+(?:of\s+)?(?:it|this)|everything|(?:the|my|our)\s+(?:service|data|plan's\s+data))"
SAFE = regex(
    rf"^(?:is|are|will|would)\s+{OURS}\s+(?:be\s+|really\s+|even\s+|kept\s+)*(?:safe|secure|private|protected)$|"
    rf"^how\s+(?:safe|secure|private)\s+(?:is|are|will)\s+{OURS}(?:\s+be)?$|"
    rf"^(?:who(?:\s+else|\s+all)?|can\s+(?:anyone|anybody|everyone|everybody))\s+(?:(?:can|may|could|will)\s+)?(?:sees?|reads?|access)\s+"
    rf"{OURS}$",
    re.IGNORECASE,
)
"""Whether strangers get at what is kept, or who does."""
OWN = regex(
    r"^(?:can|may|could)\s+(?:i|we|one|people)\s+(?:also\s+|still\s+|then\s+)?"
    r"(?P<verb>delete|remove|change|edit|update|see|read|create|add)\s+(?:an?|one|any)\s+(?P<what>[a-z][\w -]{0,40})$",
    re.IGNORECASE,
)
"""Whether whoever asks may do something with a row: "can I delete a bike"."""
WORDS = regex(
    r"^(?:what(?:'s|\s+is|\s+are|\s+does)|what\s+(?:do|did)\s+you\s+mean\s+(?:by|with))\s+(?:an?\s+|the\s+|your\s+)?"
    r"[“\"'`]?(?P<word>[a-z ]{3,20}?)[”\"'`]?(?:\s+mean)?$",
    re.IGNORECASE,
)
A_CRITERION = (
    "A criterion is a sentence that must be true of the finished service, and that tests hold. `why 1.1` tells of one."
)
AN_APPROVAL = (
    "To approve is to say: build exactly what this review shows. The button is on the review, and `who can approve?` "
    "names who may press it."
)
MEANINGS = {
    "task": "A task is one step of the build: it makes a few files, is checked, and gets a commit of its own.",
    "phase": "A phase is a part of the build with several tasks, in the order in which they are built.",
    "entity": "An entity is a kind of thing that the service keeps, with its fields: it becomes a table.",
    "field": "A field is one thing that is kept of each row, such as a name or a date.",
    "criterion": A_CRITERION,
    "criteria": A_CRITERION,
    "review": "A review shows all that I understood. Nothing is built before somebody approves exactly what it shows.",
    "template": "A template is the part of me that writes code by itself, the same way each time, without a model.",
    "model": "A model is an AI that writes what no template of mine builds. Without one, such tasks stay open for you.",
    "repository": "A repository is the folder of the finished service, with its whole history, which you can clone.",
    "api": "An API is the way other programs, such as a website or an app, speak to the service.",
    "unique": "Unique means that no two rows may have the same value.",
    "optional": "Optional means that it may be left out.",
    "approve": AN_APPROVAL,
    "approval": AN_APPROVAL,
    "approving": AN_APPROVAL,
    "link": "A link says which row belongs to which: each loan names one member, so a member has many loans.",
    "rule": "A rule is what the service refuses or works out by itself. `what can you build?` shows each kind.",
    "unread": "What I could not read is no part of the plan: say it in other words to have it taken in.",
    "default": "A default is what I take where nobody says anything else.",
    "status": "A status is one word of a few that says how far a row is, such as open, paid or cancelled.",
    "account": "An account is how somebody signs in, with an e-mail and a password.",
    "thing": "A thing is what the service keeps a list of, such as books or members.",
    "row": "A row is one of the things that are kept: one book, one member.",
    "service": "The service is the program that I build: it keeps the things of your plan, and other programs ask it.",
}
CAN_CHANGE = (
    "Yes, at any time: at a review with `Request changes` or a sentence to me, and after it is delivered too; then the "
    "change comes as a branch beside what people edited. Nothing changes before somebody approves it."
)
CAN_UNDO = (
    "Yes: `undo` brings the review before this one back, `go back to review 1` an earlier one; `history` lists them."
)
CAN_TRY = (
    "The review shows what will be built, with its documents. Once it is built, `Try it` runs the service for twenty "
    "minutes with a few rows, and the card links to its files."
)
NO_COST = (
    "The plan holds no prices for that. What I build by templates needs no paid service; a model or a server, if you "
    "use one, is paid to whoever runs it: ask whoever runs Planthread here."
)
NO_SCREENS = (
    "No: I build the service behind a website or an app, with an API and a page at `/docs` that lists and tries all of "
    "its operations in a browser. Screens for people are a program of their own, which speaks to it."
)
IN_DATABASE = (
    "In the database of the service, which runs where you put it: the repository's README says how. I keep only the "
    "plan and what was said in its thread."
)
TOLD = (
    (LATER, CAN_CHANGE),
    (UNDO, CAN_UNDO),
    (SEE_FIRST, CAN_TRY),
    (COST, NO_COST),
    (SCREENS, NO_SCREENS),
    (STORED, IN_DATABASE),
)
LONGEST = 120
ACTION = {"remove": "delete", "change": "update", "edit": "update", "see": "read", "add": "create"}
"""What verbs mean that people use for what is done with a row."""


def told_of_service(specs: EntitySpecs, said: str) -> str:
    """Return what is so of every plan that people ask of; nothing to any other question."""
    if len(said) > LONGEST:
        return ""
    if MANAGES.match(said):
        return told_managers(specs)
    if SAFE.match(said):
        return told_who_gets_in(specs)
    return told_own_right(specs, said) or told_of_every(specs, said)


def told_of_every(specs: EntitySpecs, said: str) -> str:
    """Return what is so of every plan, whatever it holds: what a word of mine means, what it costs; or nothing."""
    if len(said) > LONGEST:
        return ""
    match = WORDS.match(said)
    names = {words(entity.name) for entity in specs.entities}
    word = match["word"].lower().strip() if match else ""
    word = word if word in MEANINGS else singular(word)
    if word in MEANINGS and word not in names:
        return MEANINGS[word]
    return next((told for form, told in TOLD if form.match(said)), "")


def told_managers(specs: EntitySpecs) -> str:
    """Say who manages accounts: the role that does, and how the first such account comes to be."""
    account = account_named(specs)
    if account is None or not (account.account or account.logs_in):
        return "Nobody: the plan has no accounts. Should people sign in, say so, such as “members sign in”."
    roles = roles_known(specs)
    who = (
        f"Whoever has the role `{managing_role(roles)}` manages accounts"
        if roles
        else "An administrator manages accounts"
    )
    return (
        f"{who}: no one else may change another {words(account.name)}'s account. The first one is made with a command "
        "that the repository's README gives; that one can give the role to others."
    )


def told_who_gets_in(specs: EntitySpecs) -> str:
    """Say who can see what the service keeps, and how to change that."""
    account = account_named(specs)
    thing = next(
        (words(plural(snake_case(entity.name))) for entity in specs.entities if entity is not account), "books"
    )
    if account is None or not (account.account or account.logs_in):
        return (
            "The plan has no accounts: whoever reaches the service can see and change what it keeps. Should people "
            "sign in first, say so, such as “members sign in”."
        )
    return (
        "Only whoever is signed in gets at what the service keeps, and a rule may leave more to some. "
        f"Ask `who can see {thing}?` for each thing. Should fewer see or change it, say who, in a sentence."
    )


def told_own_right(specs: EntitySpecs, said: str) -> str:
    """Say who may do what somebody asks whether they may do it with a row; nothing where that is no thing."""
    match = OWN.match(said)
    entity = next((one for one in specs.entities if match and words(one.name) == match["what"].lower().strip()), None)
    if match is None or entity is None:
        return ""
    verb = match["verb"].lower()
    return told_rights(specs, entity, ACTION.get(verb, verb))
