"""Takes off what a letter says beside its facts: examples, remarks, the name below it; and "some of them have a …".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re
from functools import partial

from bot.patterns import regex
from bot.planning.built_in.words.rewriting import LONGEST, WORD

__all__ = ["without_remarks"]

PAUSE = r"(?=\s*(?:[,.;!?\n)]|$|and\b))"
END = r"(?=\s*(?:[.;!?\n)]|$))"
MANY = r"(?!(?:this|its|his|always|has|is|was|as|us|address|status)\b)[a-z][a-z-]+s"
QUOTED = r"\"[^\"\n]{1,60}\""
SUCH_AS = r"(?:for instance|for example|e\.\s?g\.|eg|such as|like|say)"
SEVERAL = r"(?:several|many|various|different|lots of|all (?:kinds|sorts) of|a lot of|a few|some)"
SOME_OF_A_KIND = rf"(?P<many>\b(?:of|has|have|with|are) {SEVERAL} {MANY}(?: of [a-z]+)?)"
EXAMPLE = rf"(?:an?|the|our) {WORD}(?: (?:{WORD}|one))?"
EXAMPLES = rf"{EXAMPLE}(?:,\s+{EXAMPLE})*(?:,?\s+(?:or|and)\s+(?:{EXAMPLE}|{WORD}))?"
GOES_ON = r"(?=\s*(?:[,.;!?\n)]|$|(?:and|for|from|at|in|on|with|by|to|of|when|if|per|until|must|can|may)\b))"
AND_SO_ON = r"(?:,?\s+(?:and so (?:on|forth)|etc\.?|and the like))"
SIGNED = regex(
    r"\n[ \t]*(?:[A-Z][\w' -]{1,30},|(?:many |kind |best |warm )?(?:thanks|regards|wishes|greetings|cheers|best|"
    r"yours|"
    r"thank you)\b[^.\n]{0,30})\s*\n\s*(?:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2})\s*$",
    re.IGNORECASE,
)
"""How a letter ends: a line of kind words, and below it a name."""
NAME = regex(r"(?:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2})\s*$")
FEWEST_PARAGRAPHS = 3
REMARKS = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"(?P<many>\b(?:an?|the|its|their) (?:{WORD} "
                rf")?(?:kind|type|sort|category|colou?r|size|level|genre|style|"
                rf"format)),?\s+(?:for instance|for example|e\.\s?g\.|such as|like),?\s+"
                rf"(?P<values>{WORD}(?:,\s+{WORD})*,?\s+(?:or|and)\s+{WORD}){END}"
            ),
            r" (\g<values>)",
        ),
        (
            (
                rf"(?P<many>\b(?:has|have|with|and|an?) {MANY}),?\s+(?:for instance|for example|e\.\s?g\.|such as),?\s+"
                rf"{WORD}(?:,\s+{WORD})*,?\s+(?:or|and)\s+{WORD}{AND_SO_ON}?{END}"
            ),
            "",
        ),
        (
            (
                rf"(?P<many>\b(?:{WORD}|an?|the|our|one of (?:our|the)) {WORD}),?\s+"
                rf"(?:\((?:for instance|for example|e\.\s?g\.|eg|such as|like|say),?\s+{EXAMPLES}{AND_SO_ON}?\)|"
                rf"(?:for instance|for example|e\.\s?g\.|such as),?\s+{EXAMPLES}{AND_SO_ON}?{GOES_ON})"
            ),
            "",
        ),
        (
            (
                rf"(?P<many>\b(?:an?|some|any|several|other|one of (?:our|the)) {WORD}(?: {WORD})?),?\s+"
                rf"like {EXAMPLES}{AND_SO_ON}?{GOES_ON}"
            ),
            "",
        ),
        (rf",?\s+(?:{SUCH_AS}),?\s+{QUOTED}(?:(?:,|,?\s+(?:or|and))\s+{QUOTED})*", ""),
        (rf"{SOME_OF_A_KIND},\s+{SUCH_AS},?\s+[^.;:!?\n()]+?{AND_SO_ON}?{END}", ""),
        (rf"{SOME_OF_A_KIND}:\s+[^.;:!?\n()]+?{AND_SO_ON}{END}", ""),
        (
            (
                r",?\s+which (?:is|are) (?:also |usually |always )?(?:stamped|printed|written|engraved|stuck|glued|"
                r"painted|"
                rf"embossed|stencilled|punched) (?:on|in|onto|into|inside|under) [^.,;:!?\n()]+?{PAUSE}"
            ),
            "",
        ),
        (
            (
                r"(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bnow)(?<!\bsay)\s+(?:that|which) (?:nobody|no one|no-one|hardly "
                r"any(?:body|one)|almost no(?:body| one)) "
                rf"(?:remembers|knows|understands|can (?:read|remember|find)|ever)\b[^.,;:!?\n()]*?{PAUSE}"
            ),
            "",
        ),
        (
            (
                r"(?:,?\s+(?:and|but)|,)\s+(?:(?:some|a few|many|most|several) of (?:them|these|those)|some|a few) "
                rf"(?:also |even )?have (?P<article>an?) (?=[a-z])(?=[^.,;:!?\n]{{2,40}}{END})"
            ),
            " and an optional ",
        ),
        (
            (
                r"(?P<and>,|,?\s+and),?\s+(?:if (?:possible|available|there is (?:one|any)|they have one|it has one|"
                r"we (?:know it|have (?:it|one))|known|applicable)|where (?:possible|available|known)|ideally|"
                r"preferably),?\s+"
                r"(?:an?|the|its|their) (?=[a-z])"
            ),
            r"\g<and> an optional ",
        ),
    )
)
"""What is said beside the facts, and what stays of it."""


def without_remarks(text: str) -> str:
    """Return a text without examples, remarks on a fact and the name below a letter; what few have is optional."""
    if len(text) > LONGEST:
        return text
    text = without_name(text)
    for said, plain in REMARKS:
        text = said.sub(partial(kept, plain), text)
    return text


def kept(plain: str, found: re.Match[str]) -> str:
    """Return what stays of a remark: the several things before examples, and the plain words for it."""
    return f"{found.groupdict().get('many') or ''}{found.expand(plain)}"


def without_name(text: str) -> str:
    """Return a letter of some paragraphs without the kind words and the name at its end."""
    plain = text.rstrip()
    found = SIGNED.search(plain)
    is_letter = len(re.findall(r"\n\s*\n", plain)) >= FEWEST_PARAGRAPHS - 1
    if found is None or not is_letter or not NAME.match(plain.rsplit("\n", 1)[-1].strip()):
        return text
    return plain[: found.start()]
