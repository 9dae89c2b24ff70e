"""The words that mark details of tasks, in the languages in which people write them."""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = ["LABELS", "LABEL_WORDS", "PROPERTY", "PROPERTY_WORDS", "is_property"]

LABELS = {
    word: key
    for key, words in {
        "requirements": (
            "requirements", "requirement", "requirements reference", "requirement reference", "related requirements",
            "anforderungen", "anforderung", "requisitos", "requisito", "exigences", "exigence", "requisiti",
            "vereisten", "wymagania", "gereksinimler", "требования", "требование", "вимоги", "需求", "要件",
            "要求", "요구사항", "yêu cầu", "kebutuhan",
        ),
        "depends": (
            "depends", "depends on", "dependencies", "dependency", "abhängigkeiten", "hängt ab von", "dependencias",
            "depende de", "dependências", "dépendances", "dépend de", "dipendenze", "zależności", "bağımlılıklar",
            "зависимости", "зависит от", "依赖", "依賴", "依存", "依存関係", "의존성",
        ),
        "boundary": ("boundary",),
        "blocked": ("blocked",),
        "validates": (
            "validates", "validates requirements", "validiert", "prüft", "valida", "valide", "weryfikuje", "doğrular",
            "проверяет", "перевіряє", "验证", "验证需求", "驗證", "驗證需求", "検証", "検証対象", "検証要件", "검증",
        ),
    }.items()
    for word in words
}  # fmt: skip
"""The word before the colon of a marked detail → what it says."""

PROPERTY_WORDS = (
    "property|eigenschaft|propiedad|propriedade|propriété|proprietà|właściwość|свойство|属性|屬性|プロパティ|속성"
)
PROPERTY = regex(rf"(?:{PROPERTY_WORDS})[ \t]{{0,4}}\d{{1,6}}", re.IGNORECASE)
"""What ``**Property 3: …**`` begins with."""


def is_property(text: str) -> bool:
    """Tell whether a text names a property with its number and says it: ``Property 3: what is lent comes back``."""
    name, colon, said = text.partition(": ")
    return bool(colon and said.strip()) and PROPERTY.fullmatch(name) is not None


LABEL_WORDS = "|".join(sorted((re.escape(word) for word in LABELS), key=len, reverse=True))
