"""What people ask of the work itself, in every stage of a plan: whether it is done, where it is, how to start it."""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = [
    "ADVICE",
    "AGAIN",
    "ANOTHER",
    "BREAKS",
    "BY_HAND",
    "CHANGES",
    "DATA",
    "DELETES",
    "DOING",
    "DONE",
    "HOW_CHANGES",
    "HOW_LONG",
    "HUMAN",
    "LEAVES",
    "MISTAKE",
    "NEXT",
    "NO_ANSWER",
    "ONLINE",
    "OTHERS",
    "QUESTIONS_LEFT",
    "READERS",
    "RESULT",
    "SKILLS",
    "SPEAKS",
    "STARTS",
    "STAYS",
    "STOPS",
    "STUCK",
    "TELLS",
    "WHERE",
    "WORKS",
]

LEAD = (
    r"(?:(?:hi|hey|hello|ok|okay|and|so|but|wait|hm+|please|sorry|well|um|just|thanks|thank\s+you|great|perfect|nice|cool)"
    r"\b[,!.\s]*)*"
)
IT = (
    r"(?:it|this|that|everything|all\s+(?:of\s+)?(?:it|this|that)|(?:the|our|my|your)\s+(?:plan|service|build|building|whole\s+thing|"
    r"thing|result|code|repo(?:sitory)?|program|app|api|software|backend|project))"
)
NOW = r"(?:\s+(?:now|yet|already|right\s+now|at\s+the\s+moment|still|then|here|again|later|afterwards|finally))*"
WE = r"(?:i|we|one|people|somebody|someone)"
DONE = regex(
    rf"^{LEAD}(?:(?:are|is)\s+(?:we|you|{IT}|i)\s+(?:nearly\s+|almost\s+|all\s+)?(?:done|finished|ready|complete|built|through)|"
    rf"(?:is|was)\s+(?:that|this|it)\s+(?:all|everything|it|enough)|do\s+you\s+need\s+(?:anything|something)\s+(?:else|more)|"
    r"did\s+(?:i|we)\s+(?:say|tell\s+you|write)\s+enough|should\s+(?:i|we)\s+(?:add|say|write|tell\s+you)\s+(?:more|(?:any|some)thing\s+"
    rf"(?:else|more))|what\s+(?:else\s+)?do\s+you\s+(?:still\s+)?need(?:\s+to\s+know)?(?:\s+from\s+(?:me|us))?){NOW}$",
    re.IGNORECASE,
)
DOING = regex(
    rf"^{LEAD}(?:what\s+(?:are|r)\s+you\s+(?:doing|working\s+on|up\s+to|waiting\s+for)|what(?:'s|\s+is)\s+(?:going\s+on|happening)|"
    rf"are\s+you\s+(?:still\s+)?(?:working|waiting|building|busy)(?:\s+on\s+{IT})?|why\s+(?:is\s+nothing\s+happening|does\s+nothing\s+"
    rf"happen|are\s+you\s+waiting)){NOW}$",
    re.IGNORECASE,
)
HOW_LONG = regex(
    rf"^{LEAD}how\s+(?:(?:long|much\s+time)\s+(?:does|will|would|is|do)\s+(?:{IT}|building(?:\s+(?:it|this))?|you|i|we)\b.{{0,40}}|"
    rf"long\s+(?:until|till|before)\b.{{0,40}}|much\s+(?:longer|more\s+time)\b.{{0,40}}|much\s+time\s+is\s+left{NOW})$",
    re.IGNORECASE,
)
LEAVES = regex(
    rf"^{LEAD}(?:can|may|could)\s+{WE}\s+(?:now\s+)?(?:close|leave|go|turn\s+off|shut|log\s+out|come\s+back)(?:\s+(?:it|this|the|my|away|here|window|page|tab|browser|computer|laptop|slack|channel|off|down|home|open|later|"
    rf"for\s+(?:it|you))){{0,4}}{NOW}$",
    re.IGNORECASE,
)
STAYS = regex(
    rf"^{LEAD}(?:do|must|should)\s+{WE}\s+(?:have\s+to\s+|need\s+to\s+)?(?:stay|wait|keep|watch)(?:\s+(?:it|this|the|here|window|page|"
    rf"tab|browser|computer|laptop|slack|channel|on|open|online|for\s+(?:it|you))){{0,4}}{NOW}$",
    re.IGNORECASE,
)
BREAKS = regex(
    rf"^{LEAD}what(?:\s+(?:happens|will\s+happen|do\s+(?:i|we)\s+do))?\s+(?:if|when)\s+(?:something|anything|{IT}|a\s+(?:task|step|test)|you)\s+"
    r"(?:breaks?|fails?|goes\s+wrong|crash(?:es)?|stops?|gets?\s+stuck|die|dies)$",
    re.IGNORECASE,
)
STOPS = regex(
    rf"^{LEAD}(?:can|may|could|how\s+(?:do|can))\s+{WE}\s+(?:still\s+)?(?:stop|pause|cancel|interrupt|abort|halt)(?:\s+(?:{IT}|you))?{NOW}$",
    re.IGNORECASE,
)
CHANGE = (
    rf"(?:change|add|edit|adjust|correct|say)\s+(?:something|anything|things|{IT}|more|something\s+(?:else|more)){NOW}$"
)
CHANGES = regex(rf"^{LEAD}(?:can|may|could)\s+{WE}\s+(?:still\s+)?{CHANGE}", re.IGNORECASE)
HOW_CHANGES = regex(rf"^{LEAD}how\s+(?:do|can|could)\s+{WE}\s+(?:still\s+)?{CHANGE}", re.IGNORECASE)
WHERE = regex(
    rf"^{LEAD}where(?:(?:'s|\s+is|\s+are)\s+(?:{IT}|the\s+(?:files?|link|documents?))|\s+(?:can|do)\s+{WE}\s+(?:find|see|get|look\s+at|"
    rf"download|open)\s+(?:{IT}|the\s+(?:files?|link|documents?))|\s+did\s+you\s+put\s+{IT}){NOW}$",
    re.IGNORECASE,
)
STARTS = regex(
    rf"^{LEAD}(?:how\s+(?:do|can|could|should|must)\s+{WE}\s+(?:start|run|use|try|open|test|install|see|launch)\s+{IT}(?:\s+(?:out|up))?|"
    rf"how\s+(?:does|do)\s+{IT}\s+(?:start|run)|how\s+to\s+(?:start|run|use|try)\s+{IT}|can\s+{WE}\s+(?:try|use|start|run|see)\s+{IT}"
    rf"(?:\s+out)?|what\s+do\s+{WE}\s+(?:have\s+to\s+|need\s+to\s+)?do\s+to\s+(?:start|run|use|try)\s+{IT}){NOW}$",
    re.IGNORECASE,
)
ONLINE = regex(
    rf"^{LEAD}(?:how\s+(?:do|can|could)\s+{WE}\s+(?:put|get|bring|deploy|host|publish)\s+{IT}(?:\s+(?:on(?:to)?|in(?:to)?)\s+(?:the\s+)?"
    rf"(?:internet|web|server|a\s+server|our\s+server|production|cloud)|\s+(?:online|live))?|"
    rf"how\s+(?:do|can|could)\s+{WE}\s+(?:give|share|show)\s+{IT}\s+(?:to|with)\s+.{{1,30}}|what(?:'s|\s+is)\s+(?:the|its)\s+(?:web\s+)?(?:address|url)|"
    rf"can\s+(?:others|other\s+people|everyone|everybody|people|(?:my|our|the)\s+\w+)\s+use\s+{IT}|is\s+{IT}\s+(?:running|online|live|up|"
    rf"deployed|on\s+the\s+(?:internet|web)|in\s+production)){NOW}$",
    re.IGNORECASE,
)
WORKS = regex(
    rf"^{LEAD}(?:does\s+{IT}\s+(?:really\s+|even\s+)?work|(?:is|was)\s+{IT}\s+(?:really\s+)?(?:tested|checked|correct|right|any\s+good)|"
    rf"did\s+you\s+(?:test|check)\s+{IT}|how\s+do\s+(?:i|we)\s+know\s+(?:that\s+)?it\s+works){NOW}$",
    re.IGNORECASE,
)
QUESTIONS_LEFT = regex(
    rf"^{LEAD}(?:how\s+many\s+(?:more\s+)?questions?\b.{{0,40}}|are\s+there\s+(?:any\s+)?more\s+questions|"
    rf"(?:is|was)\s+(?:that|this)\s+the\s+last\s+(?:question|one)|do\s+you\s+have\s+(?:any\s+)?more\s+questions|"
    rf"will\s+you\s+ask\s+(?:me\s+)?(?:more|anything\s+else)|how\s+much\s+more\s+do\s+you\s+ask){NOW}$",
    re.IGNORECASE,
)
NO_ANSWER = regex(
    rf"^{LEAD}what(?:\s+happens|\s+will\s+happen)?\s+(?:if|when)\s+(?:i|we|nobody|no\s+one)\s+(?:don't|do\s+not|doesn't|never|can't|"
    r"cannot)?\s*(?:answers?|repl(?:y|ies)|know)(?:\s+(?:it|this|that|you))?$",
    re.IGNORECASE,
)
READERS = regex(
    rf"^{LEAD}who(?:\s+else|\s+all)?\s+(?:can\s+)?(?:sees?|reads?)\s+(?:this\s+(?:thread|talk|conversation|chat)|what\s+(?:i|we)\s+"
    rf"(?:say|write)(?:\s+here)?){NOW}$",
    re.IGNORECASE,
)
OTHERS = regex(
    rf"^{LEAD}(?:can|may|could|must|should)\s+(?:my|our|the|other|another|some|a)\s+(?:colleagues?|others?|boss|team|people|"
    r"persons?|someone\s+else|somebody\s+else)\s+(?:also\s+|help\s+(?:to\s+)?)?(?:answer|reply|write|say|help|join|take\s+part)\b.{0,40}$|"
    rf"^{LEAD}(?:can|may|could)\s+(?:someone|somebody|anyone|anybody|others?)(?:\s+else)?\s+(?:also\s+|help\s+(?:to\s+)?)?(?:answer|"
    r"reply|write|help|join)\b.{0,40}$",
    re.IGNORECASE,
)
AGAIN = regex(
    rf"^{LEAD}(?:(?:can|may|could|how\s+(?:do|can))\s+{WE}\s+)(?:start|begin)\s+(?:all\s+)?(?:over|again|anew|from\s+(?:scratch|the\s+"
    rf"(?:start|beginning))|(?:an?|the)\s+new\s+(?:plan|one|idea)){NOW}$",
    re.IGNORECASE,
)
DELETES = regex(
    rf"^{LEAD}(?:can|may|could|how\s+(?:do|can|could))\s+{WE}\s+(?:delete|remove|drop|throw\s+away|get\s+rid\s+of)\s+{IT}{NOW}$",
    re.IGNORECASE,
)
SPEAKS = regex(
    rf"^{LEAD}(?:can|do)\s+(?:you|i|we)\s+(?:also\s+)?(?:speak|understand|read|write|talk)\s+(?:in\s+|to\s+you\s+in\s+)?(?:german|french|"
    r"spanish|italian|dutch|portuguese|polish|turkish|russian|chinese|japanese|another\s+language|other\s+languages)$",
    re.IGNORECASE,
)
NEXT = regex(
    rf"^{LEAD}(?:what(?:'s|\s+is|\s+comes|\s+happens|\s+will\s+happen)\s+(?:next|then|now|after(?:wards|\s+(?:that|this)))|"
    rf"when\s+(?:do|will|can|does)\s+(?:you|{IT})\s+(?:start|begin)(?:\s+(?:building|to\s+build|with))?(?:\s+{IT})?|"
    rf"how\s+does\s+{IT}\s+go\s+on){NOW}$",
    re.IGNORECASE,
)
STUCK = regex(
    rf"^{LEAD}(?:are\s+you\s+stuck|is\s+(?:{IT}|something|anything)\s+(?:stuck|wrong|broken|hanging)|"
    rf"did\s+(?:something|anything)\s+(?:break|fail|go\s+wrong)){NOW}$",
    re.IGNORECASE,
)
HUMAN = regex(
    rf"^{LEAD}(?:are\s+you|is\s+this)\s+(?:really\s+)?(?:an?\s+)?(?:human|person|bot|robot|machine|ai|computer|program|real\s+person)"
    rf"(?:\s+being)?{NOW}$|^{LEAD}(?:who|what)\s+are\s+you$",
    re.IGNORECASE,
)
DATA = regex(
    rf"^{LEAD}how\s+(?:do|can|could)\s+{WE}\s+(?:see|look\s+at|get\s+(?:to|at)|enter|put\s+in|read)\s+(?:the\s+|our\s+|my\s+)?"
    rf"(?:data|rows|entries|records|lists?){NOW}$",
    re.IGNORECASE,
)
ANOTHER = regex(
    rf"^{LEAD}(?:can|could|will)\s+(?:you|i|we)\s+(?:re-?build\s+{IT}|build\s+{IT}\s+(?:again|anew|once\s+more)){NOW}$",
    re.IGNORECASE,
)
MISTAKE = regex(
    rf"^{LEAD}what(?:\s+happens)?\s+(?:if|when)\s+(?:i|we)\s+(?:made|make|find|found|notice|see)\s+(?:an?|some|my|our)\s+"
    rf"(?:mistakes?|errors?){NOW}$|^{LEAD}what(?:\s+happens)?\s+(?:if|when)\s+(?:i|we)\s+(?:approved?\s+(?:{IT}\s+)?(?:by\s+mistake|too\s+"
    rf"early|wrongly)|got\s+{IT}\s+wrong|(?:forgot|forget)\s+something|want\s+(?:something|it)\s+else){NOW}$",
    re.IGNORECASE,
)
RESULT = regex(
    rf"^{LEAD}what\s+(?:(?:do|will|would)\s+(?:i|we)\s+(?:get|have|receive)\s+(?:in\s+the\s+end|at\s+the\s+end|out\s+of\s+{IT}|from\s+"
    rf"(?:you|{IT})|then|when\s+{IT}\s+is\s+\w+)|(?:comes|will\s+come)\s+out(?:\s+of\s+{IT})?|(?:is|will\s+be)\s+the\s+(?:end\s+)?"
    rf"(?:result|outcome)(?:\s+of\s+{IT})?|will\s+you\s+(?:build|make|give\s+(?:me|us))){NOW}$",
    re.IGNORECASE,
)
SKILLS = regex(
    rf"^{LEAD}(?:do|must)\s+(?:i|we)\s+(?:have\s+to\s+|need\s+to\s+)?(?:be\s+an?\s+(?:programmer|developer)|(?:know|learn|understand|"
    rf"need)\s+(?:(?:how\s+to\s+)?(?:program|code)|(?:any\s+)?(?:programming|coding|code|python)|an?\s+(?:programmer|developer)))"
    rf"(?:\s+for\s+{IT})?{NOW}$",
    re.IGNORECASE,
)
ADVICE = regex(rf"^{LEAD}should\s+(?:i|we)\s+(?:now\s+)?approve(?:\s+{IT})?{NOW}$", re.IGNORECASE)
TELLS = regex(
    rf"^{LEAD}(?:will|do|can|could)\s+you\s+(?:tell|notify|ping|inform|let|write\s+to)\s+(?:me|us)\s+(?:know\s+)?(?:when|once|as\s+soon\s+as)\s+"
    rf"{IT}(?:'s|\s+is|\s+are)\s+(?:ready|done|finished|built|delivered|there)$",
    re.IGNORECASE,
)
BY_HAND = regex(
    rf"^{LEAD}(?:(?:can|may|could)\s+{WE}|what(?:\s+happens)?\s+(?:if|when)\s+{WE})\s+(?:also\s+|still\s+)?(?:change|edit|touch|write|alter)\s+"
    rf"(?:the|its|your|some|in\s+the)\s+(?:code|files?)(?:\s+(?:myself|ourselves|by\s+hand|by\s+myself))?{NOW}$",
    re.IGNORECASE,
)
