"""Tells a sentence that is a rule or a condition from one that only describes, by its grammar and nothing else.

"Whoever cancels late pays half" and "once the deposit has arrived the order counts as confirmed" say what has to be
so. "We note when it was mended" and "nobody knows where the keys are" don't.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.scoped_limits import is_scoped_limit
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["is_conditional", "is_rule_sentence", "is_said_of_itself", "is_sending", "only_tells"]

LONGEST = 300
LEAD = regex(
    r"^(?:(?:and|but|so|also|then|well|of course|obviously|naturally|please|importantly|note that|"
    r"please note that|"
    r"the rule is|one rule|our rule|rule|important)\b[,:]?\s+(?:that\s+)?)+|"
    r"^(?:every|each|in|on|at)\s+(?:[\w-]+\s+){0,5}[\w-]+,\s+(?=(?:whoever|anybody|anyone|nobody|no one)\b)",
    re.IGNORECASE,
)
WORD = r"[\w'’%-]+"
SUBJECT = rf"(?:{WORD}(?:,(?!\s+(?:and|but)\b))?\s+){{1,12}}?"
"""Words before a verb; what begins with "we" or asks is taken out by `NO_SUBJECT`."""
NO_SUBJECT = r"(?!(?:i|we|you|there|how|what|where|when|which|whether|why|this|that|what's|here|let|to)\b)"
SOFTWARE = (
    r"(?!(?:the|this|our|your|that|an?)\s+(?:whole\s+|new\s+)?(?:system|app|apps|application software|tool|"
    r"software|bot|"
    r"program|programme to|service itself|site|website|page|screen|thing|data|database)\b)"
)
"""What the service itself should be like is a wish."""
NOT_RELATIVE = (
    r"(?<!\bthat )(?<!\bwho )(?<!\bwhich )(?<!\bwhat )(?<!\bwe )(?<!\bi )(?<!\byou )(?<!\bas )(?<!\bthan )"
    r"(?<!\bwhere )(?<!\bwhen )(?<!\bhow )(?<!\bwhether )"
    r"(?<!\bwhen it )(?<!\bwhen they )(?<!\bthat it )(?<!\bthat they )(?<!\bwhich it )(?<!\bwhich they )"
)
MODAL = (
    r"(?:must(?:n't| not| never| only| always)?|has to|have to|needs? to|shouldn't|should (?:not|never|only|"
    r"always)|should be|"
    r"may (?:not|never|only)|can(?:not|'t| not| only| never)|mayn't|"
    r"(?:is|are) (?:only |never |not )?(?:allowed|permitted|forbidden|prohibited|obliged|required)(?: to)?|"
    r"(?:isn't|aren't) (?:allowed|permitted)|(?:is|are) (?:not |only |never )?to be [a-z]+(?:ed|en|wn|ld|nt))"
)
EASY = (
    r"(?!\s+(?:be\s+)?(?:(?:very|really|quite|so|as|too)\s+)?(?:simple|easy|quick|fast|fun|clear|cheap|"
    r"free of charge|nice|good|"
    r"great|better|possible|able|ready|visible|friendly|usable|reliable|wrong|right|true|said|honest|sure|mad|"
    r"joking|"
    r"compulsory|imagine|complain|have been|understand|remember|know|afford|wait to|believe|stress|track|"
    r"keep track|manage|organi[sz]e|see|store|record)\b)"
)
"""What says how something is to be, and what people feel."""
KNOWING = (
    r"(?:(?:really|can|could|will|would|has|had|is|was|quite|even|yet|ever)\s+)*?"
    r"(?:ever [a-z]+ed|knows?|knew|known|remembers?|remembered|understands?|likes?|wants?|wanted|cares?|cared|"
    r"minds?|notices?|"
    r"noticed|finds?|"
    r"found|looks?|looked|sees?|saw|seen|reads?|tells?|told|sure|happy|time|an idea|a clue|idea|clue|thinks?|"
    r"thought|"
    r"believes?|feels?|complains?|answers?|answered|bothers?|bothered|wrote|said|asked|ever wrote|dares?|misses|"
    r"missed|"
    r"did|does that|was|were|has the time|has an overview|keeps track|kept track)\b"
)
"""What nobody does where things are badly kept: that is no rule."""
PARTICIPLE = (
    r"(?:automatically\s+|always\s+|then\s+|also\s+|simply\s+|immediately\s+|at once\s+)*"
    r"(?!(?:crowded|tired|excited|interested|needed|used|called|named|based|located|situated|concerned|finished "
    r"off|worried|pleased|bored)\b)"
    r"(?:[a-z]+(?:ed|en|wn|ught|ld|ut|nt|id|de)|put|set|shut|cut|made|due|free|void|invalid|off|over|out|gone|"
    r"lost|final|"
    r"full|empty|blocked)"
)
OUTCOME = (
    r"(?:(?:is|are|stays?|remains?|becomes?|counts? as|goes|go|gets?(?! filled)|falls?|moves?|pays?|loses?|"
    r"owes?|expires?|lapses?|"
    r"ends?|starts?|begins?|must|mustn't|has to|have to|needs? to|can't|cannot|can|may|should|shouldn't|costs?|"
    r"receives?|drops?|takes?|doesn't|don't|won't|will|turns?|belongs?|rises?|comes?|isn't|aren't|applies|"
    r"apply|"
    r"closes?|opens?|passes|pass|follows?|replaces?|waits?|signs?|repeats?|stops?)\b)"
)
HAPPENS = rf"(?:(?:is|are|gets?)\s+(?:not\s+|no longer\s+|only\s+)?{PARTICIPLE}\b|{OUTCOME})"
NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|"
    r"ninety|half)"
)
ONE_OR_MANY = r"(?:(?:an?|each|every|the|any|all|one|no|single)\b|(?!(?:this|us|is|has|was|yes|as|its)\b)[a-z]+s\b)"
NOT_A_BAN = (
    r"(?!(?:longer|matter|idea|need|accounts?|logins?|other|further|problem|doubt|wonder|chance|time|rush|"
    r"worries)\b)"
)
WHO = (
    r"(?:the|an?|its|their|his|her|each|every|no|all|both|one|two|any|another|somebody|someone|nobody|it|they|"
    r"he|she|"
    r"(?!(?:is|has|was|does|its|this|gets|goes|always|sometimes|us|as|yes|thus|plus|times)\b)[a-z]+s)"
)
CONDITION = r"(?:if|unless|when|whenever|once|as soon as|as long as|so long as|provided(?: that)?|in case|should)"
NO_CALENDAR = r"(?!(?:an?|per|each|every)\s+(?:day|night|week|month|quarter|year|season|term)\b)"
BEFORE_WHAT = r"(?:until|till|before|after|within|without|with|in case of|at|from|under|over|above|below|during|on)"
SENT = (
    r"(?:letters?|invoices?|bills?|reminders?|receipts?|e-?mails?|mails?|messages?|notices?|notifications?|warnings?|sms|"
    r"text messages?|(?:phone )?calls?|statements?|postcards?|refunds?|discounts?|newsletters?|repl(?:y|ies)|"
    r"confirmations?|payslips?|vouchers?)"
)
"""What somebody is sent when it is time."""
GETS = (
    r"(?:also\s+|then\s+|always\s+|automatically\s+|each\s+)*"
    rf"(?:get|receive|have|be\s+(?:sent|given|mailed|handed|posted))\s+(?:{WORD}\s+){{0,4}}?{SENT}\b"
)
SENDING = (
    rf"{NO_SUBJECT}{SOFTWARE}(?:(?:{CONDITION}|{BEFORE_WHAT}|every (?:day|week|month|year)|"
    rf"{NUMBER} (?:minutes?|hours?|days?|weeks?|months?|years?))\s[^,;:]{{1,80}},\s+)?"
    rf"{SUBJECT}{NOT_RELATIVE}"
    rf"(?:should|shall|must|ought to|has to|have to|needs? to)\s+{GETS}(?!.*\b(?:with|which|that has|has|have)\b)"
)
FORMS = tuple(
    regex(rf"^{said}", re.IGNORECASE)
    for said in (
        (
            rf"{NO_SUBJECT}{SOFTWARE}(?:(?:if|unless|once|after|before|with|without|"
            rf"until)\b\s+)?{SUBJECT}{NOT_RELATIVE}{MODAL}(?=\s+\w){EASY}"
        ),
        SENDING,
        r"we\s+(?:must|may)\s+(?:never|not|only)\s+(?!(?:lose|forget|miss|know|find|worry|complain)\b)\w+",
        (
            r"(?:nobody|no one|no-one|none of (?:them|the \w+|our \w+|us)|"
            rf"neither(?: of them)?)(?:\s+else)?\s+(?!else's)(?!{KNOWING}){WORD}\b"
        ),
        rf"there\s+(?:must|has to|have to|may|can|should)\s?(?:not|n't|never|only)?\s+be\s+{EASY}",
        rf"{NO_SUBJECT}{SUBJECT}never\s+(?:{WORD}\s+){{0,2}}?(?:more than|less than|two|twice|alone|without)\b",
        rf"{ONE_OR_MANY}\s+(?:{WORD}\s+){{0,4}}?only\s+(?:once|twice)\b",
        rf"(?:no|never)\s+(?:two|double)\s+{WORD}",
        rf"{BEFORE_WHAT}\s+(?:{WORD}\s+){{1,8}}?(?:nobody|no one)\s+(?!{KNOWING}){WORD}\b",
        (
            rf"(?:nothing|no\s+{NOT_A_BAN}(?:{WORD}\s+){{1,3}}?)(?:after|before|without|until|unless|on|during|"
            rf"for)\s+(?!(?:me|us|now|years|ages)\b){WORD}"
        ),
        (
            rf"(?:{ONE_OR_MANY}\s+)?(?:{WORD}\s+){{1,6}}?(?:can\s+|may\s+|must\s+)?(?:orders?|books?|cancels?|"
            r"changes?|registers?|signs? (?:up|off)|appl(?:y|ies)|"
            r"withdraws?|swaps?|returns?|edits?|enters?|closes?|opens?|ends?)\s+[^,;]*?(?:until|no later than|"
            r"up to)\s+(?:the|noon|midnight|\d|"
            r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:mon|tues|wednes|thurs|fri|satur|"
            r"sun)day)"
        ),
        (
            rf"{NO_SUBJECT}{SUBJECT}(?:closes?|opens?|ends?|expires?|lapses?|runs? out|(?:is|are) due|starts?|"
            rf"falls due|comes down)\s+{NUMBER}\s+"
            r"(?:minutes?|hours?|h|days?|weeks?|months?|years?)\s+(?:before|after|from)\b"
        ),
        (
            rf"{ONE_OR_MANY}\s+(?:{WORD}\s+){{0,7}}?(?:at most|no more than|not more than|never more than|"
            r"no longer than|not longer than)"
            rf"\s+{NUMBER}\b"
        ),
        (
            r"no\s+(?!(?:longer|matter|idea|need|accounts?|logins?|other|further|problem|doubt|wonder|"
            rf"chance)\b){WORD}\s+"
            rf"(?:{WORD}\s+)?(?:may|must|can|should|shall)\b"
        ),
        (
            r"(?:anybody|anyone|whoever|whichever|whosoever)\b(?!\s+(?:can|could|should|in the|"
            rf"at the)\b)\s+{SUBJECT}"
            rf"(?:still\s+|then\s+|always\s+|automatically\s+)?(?!knows?\b)(?:{HAPPENS}|{WORD}s\b)"
        ),
        (
            r"(?:someone|somebody|those|people|everybody|everyone)\s+(?:who|that|with|without|under|"
            rf"over)\s+{SUBJECT}"
            r"(?:still\s+|then\s+|always\s+|automatically\s+)?(?!(?:has|have|is called)\b)"
            rf"(?:(?:is|are)\s+(?:not\s+|no longer\s+)?{PARTICIPLE}\b|pays?|gets?|loses?|goes|go\s+(?:on|to|"
            r"into|"
            r"first|last)|"
            r"must|mustn't|has to|have to|can't|cannot|may|needs? to|doesn't|don't|owes?)\b"
        ),
        (
            rf"(?:anything|whatever|everything|all that|things?|items?|{WORD}s)\s+(?:that\s+|"
            r"which\s+)?(?:nobody|"
            r"no one|(?:is|are|was|were)n't|"
            rf"(?:is|are|was|were)\s+not|left|submitted|handed in|brought back|not)\b\s+{SUBJECT}"
            rf"(?:goes|go|(?:is|are|gets?)\s+{PARTICIPLE}|costs?|counts?|belongs?|must|can't|cannot)\b"
        ),
        (
            rf"{CONDITION}\s+(?!(?:i|we|you|possible|needed|necessary|in doubt)\b)"
            rf"{NO_CALENDAR}"
            rf"{WHO}\b[^,;]*?(?:,\s*(?:then\s+)?|\s)(?:then\s+)?{WHO}\s+(?:{WORD}\s+){{0,4}}?{HAPPENS}"
        ),
        (
            rf"(?:if|unless|as soon as|once)\s+{NO_CALENDAR}(?!(?:i|we|"
            rf"you)\b){WHO}\b[^,;]*?,?\s+(?:then\s+)?we\s+(?!(?:are|were|"
            r"was|have|had|know|"
            r"note|write|record|want|need|see|would|'d|get|lose|forget|never|can|could|also|like|just|"
            r"log)\b)\w+\s"
        ),
        (
            rf"{BEFORE_WHAT}\s+(?!(?:that|this|all|now|us|me|then|"
            rf"it)\b)(?:{WORD}\s+){{1,6}}?(?<!,\s),?\s*{WHO}\s+(?:{WORD}\s+){{0,4}}?"
            rf"(?:(?:is|are)\s+(?:not\s+|no longer\s+|automatically\s+){PARTICIPLE}\b|(?:is|are)\s+(?:cancelled|"
            r"canceled|closed|"
            r"removed|deleted|charged|refunded|refused|rejected|blocked|locked|given away|thrown away|sold|"
            r"billed|"
            r"sent "
            r"back|shut(?: down)?|taken down|void|free of charge|lost|excluded|replaced|stopped|not)\b|"
            r"must|mustn't|has to|have to|can't|cannot|may (?:only|not)|pays?\b|loses?\b|expires?\b|lapses?\b|"
            r"stays?\b|counts? as\b)"
        ),
        (
            rf"{NO_SUBJECT}{SOFTWARE}{SUBJECT}{NOT_RELATIVE}(?:is|are|isn't|aren't)\s+(?:not\s+|only\s+|"
            r"no longer\s+|never\s+)?(?:allowed|accepted|permitted|"
            r"forbidden|prohibited|possible|valid|refundable|welcome|refunded|taken|open)\s+"
            r"(?:until|till|after|before|from|within|unless|if|only|as long as|up to|at most|no later than|once|"
            r"when)\s+"
            r"(?!(?:one|an?|some|the)\s+(?:day|date)\b)"
        ),
        (
            rf"{NO_SUBJECT}{SUBJECT}(?:isn't|aren't|(?:is|are)\s+(?:not|never|no longer))\s+(?:allowed|accepted|"
            r"permitted|refunded|"
            r"refundable|insured|admitted|counted|valid)\b"
        ),
        (
            rf"{NO_SUBJECT}(?!once\b){SUBJECT}{NOT_RELATIVE}(?:(?:is|are|gets?)\s+(?:not\s+|only\s+|"
            r"no longer\s+|"
            rf"always\s+|automatically\s+)?{PARTICIPLE}|"
            rf"(?:goes|go)\s+(?:back\s+)?to\s+{WORD}|"
            rf"expires?|lapses?|can|may|(?:stays?|remains?)\s+(?!empty|blank|open){WORD}|"
            rf"counts?\s+as\s+{WORD})\b[^,;]*?,?\s+(?:if|unless|until|as soon as|"
            r"as long as|provided(?: that)?|only (?:if|when|after|once|with)|except|once|except when|"
            r"whenever)\s+(?!(?:an?\s+(?:day|night|week|month|year)|one\b|possible|needed|"
            r"necessary|or|per|the date|one day|another|some|a date|then|now|later|recently|you|we|i|asked|"
            rf"available|any|known|a\s+(?:day|week|month|year))\b){WORD}"
        ),
        (
            rf"{NO_SUBJECT}{SUBJECT}(?:is|are)\s+(?:not\s+|no longer\s+|automatically\s+)?(?:cancelled|canceled|"
            r"deleted|removed|charged|"
            r"refunded|refused|released|given away|thrown away|sold|closed|blocked|locked|archived|destroyed|"
            r"billed|sent (?:back|home)|"
            r"turned (?:away|down)|disqualified|excluded|freed)\s+(?:after|within|from|when|more than|less than|"
            r"without)\b"
        ),
        (
            rf"{NO_SUBJECT}(?:{WORD}\s+){{1,3}}(?:with|without|who|that|over|under|above|below|later|older|"
            r"younger|"
            r"longer|larger|more|"
            rf"less|after)\s+{SUBJECT}(?:is|are)\s+(?:excluded|refused|turned (?:away|down)|banned|barred|void|"
            r"invalid|disqualified|"
            r"sent (?:home|away|back)|thrown (?:away|out)|not (?:allowed|accepted|counted)|charged|fined|"
            r"free of charge)\b"
        ),
        (
            rf"(?:an?|the|each|every|all|any)\s+(?:{WORD}\s+){{1,3}}?(?:who|that|which)\s+{SUBJECT}(?:gets?|"
            r"pays?|"
            r"loses?|is no longer|are no "
            r"longer|is (?:excluded|disqualified|removed|refused|sent|cancelled|closed|charged)|goes (?:back|"
            r"to)|"
            r"must|can't)\b"
        ),
        (
            r"only\s+(?!(?:then|now|when|if|after|recently|later|i\b(?! and)|we|so|because|a few|one of|problem|"
            rf"thing)\b)(?:{WORD}\s+){{1,9}}?(?:(?:may|can|must|"
            r"should|will)\s+(?!know|remember)|(?:is|are)\s+(?:allowed|admitted|accepted|entitled)|gets?\s|"
            r"pays?\s|"
            r"counts?\b)"
        ),
        rf"(?:{WORD},?\s+){{0,9}}?first[\s-]come,?[\s-]+first[\s-]served\b",
        rf"{NO_SUBJECT}{SUBJECT}only\s+(?:(?:his|her|their|its)(?:\s+or\s+her)?)\s+own\b",
        rf"{NO_SUBJECT}{SUBJECT}(?:still|always)\s+(?:pays?|counts?|goes\s+first|comes?\s+first)\b",
        (
            rf"{NO_SUBJECT}{SUBJECT}(?:pays?|costs?|gets?|rides?|travels?|counts?)\s+(?:(?:for\s+)?(?:free|"
            r"nothing|"
            r"half|double|twice|extra)|"
            r"(?:a\s+)?(?:discount|surcharge|fine)|\d+ ?(?:%|per ?cent))(?=\W|$)"
        ),
    )
)
CONDITIONED = regex(
    rf"{CONDITION}\s+{WHO}\s+[^,;]+,\s*(?:then\s+)?{WHO}\s+(?:{WORD}\s+){{0,3}}?(?:is|are)\s+{PARTICIPLE}\b",
    re.IGNORECASE,
)
"""A rule of which the condition comes first, and then what is done."""
TELLS = regex(
    rf"(?:^|,\s+(?:and\s+|but\s+)?)(?:nobody|no one)\s+{KNOWING}|"
    r"^(?:i|we|you)\s+(?:can't|cannot|can never|never|don't|can hardly)\s+(?:ever\s+|really\s+)?(?:find|"
    r"remember|tell|see|know|say|"
    r"keep (?:up|track)|imagine|cope|stop)\b|\bwould be nice\b",
    re.IGNORECASE,
)
"""What people tell of how things are, in words that rules have too: "nobody knows where the keys are"."""
ITSELF = regex(r"^(?!(?:it|they|he|she|this|that|these|those|them|such)\b)\w", re.IGNORECASE)
FEELING = regex(
    r"\b(?:i|we)(?:'d| would| could)?\s+(?:(?:can|could|will)(?:'t|not| not| never)?\s+)?(?:never |always |"
    r"often |just |really )*"
    r"(?:find|lose|forget|losing|hope|guess|think|believe|wish|love|like|lost|forgot|mean|suppose|remember)\b|"
    r"\?\s*$|"
    r"\b(?:last (?:year|month|week|summer|winter|time)|so far|until now|up to now|at the moment|nowadays|"
    r"these days|"
    r"used to|maybe|in the past|unfortunately|sadly)\b|\b(?:was|were|had) (?:always|never|a|the|so|very|in)\b",
    re.IGNORECASE,
)
"""What people tell of themselves and of how things are today."""
WISH = regex(
    r"^(?:(?:who|whom|whose|which|what)\b|(?:it|that|this)(?:'d| would| should)\s|nice to have|would be|i'd|"
    r"i would|we'd|we would|ideally|maybe|"
    r"perhaps|warn|remind|tell|text|e-?mail|mail|send|show|notify|let)\b",
    re.IGNORECASE,
)
"""What the service is to do besides: no rule about what is kept."""
SENT_TO = regex(SENDING, re.IGNORECASE)


@lru_cache(maxsize=2_000)
def is_rule_sentence(sentence: str) -> bool:
    """Tell whether a whole sentence or clause says a rule or a condition, whatever it is about."""
    text = LEAD.sub("", straight(sentence, " .!,;:"))
    if not 0 < len(text) <= LONGEST or FEELING.search(text) or WISH.match(text):
        return False
    return any(form.match(text) for form in FORMS) or is_scoped_limit(text)


def only_tells(sentence: str) -> bool:
    """Tell whether a sentence has words of rules and only tells how things are."""
    return len(sentence) <= LONGEST and TELLS.search(straight(sentence)) is not None and not is_rule_sentence(sentence)


def is_conditional(sentence: str) -> bool:
    """Tell whether a rule begins with its condition, and what is done then: "when a claim matches, it is closed"."""
    return is_rule_sentence(sentence) and CONDITIONED.match(LEAD.sub("", straight(sentence))) is not None


def is_said_of_itself(sentence: str) -> bool:
    """Tell whether a rule names what it is about, so that it says all by itself: it begins with no "it" or "they"."""
    return ITSELF.match(LEAD.sub("", straight(sentence))) is not None


def is_sending(sentence: str) -> bool:
    """Tell whether a whole sentence says what somebody is to be sent: "the family should get a letter"."""
    return len(sentence) <= LONGEST and SENT_TO.match(LEAD.sub("", straight(sentence))) is not None
