"""The words by which requirements.md names its parts, in the languages in which people write it.

Headings are compared by their letters: what stands before them (a number, a sign) and in brackets behind them says
nothing, nor does the case.
"""

from __future__ import annotations

from bot.patterns import regex

__all__ = ["CRITERIA", "REQUIREMENT_WORDS", "SECTIONS", "STORY_PARTS", "STORY_WORDS", "heading_remark", "heading_words"]

SECTIONS = {
    word: section
    for section, words in {
        "introduction": (
            "introduction", "overview", "background", "purpose", "einleitung", "einführung", "überblick",
            "introducción", "introdução", "visão geral", "aperçu", "présentation", "introduzione",
            "inleiding", "wprowadzenie", "giriş", "genel bakış", "введение", "обзор", "вступ", "引言", "简介", "介绍",
            "概述", "前言", "簡介", "はじめに", "概要", "소개", "개요", "giới thiệu", "pendahuluan",
        ),
        "glossary": (
            "glossary", "terms", "terminology", "definitions", "glossar", "begriffe", "glosario", "glossário",
            "glossaire", "glossario", "słownik", "sözlük", "глоссарий", "термины", "术语表", "术语", "詞彙表", "術語表",
            "用語集", "用語", "용어집", "용어",
        ),
        "assumptions": (
            "assumptions", "annahmen", "supuestos", "premissas", "hypothèses", "допущения", "假设", "假設", "前提",
            "가정",
        ),
        "requirements": (
            "requirements", "functional requirements", "user stories", "anforderungen", "funktionale anforderungen",
            "requisitos", "requisitos funcionales", "requisitos funcionais", "exigences", "exigences fonctionnelles",
            "requisiti", "requisiti funzionali", "vereisten", "wymagania", "wymagania funkcjonalne", "gereksinimler",
            "требования", "функциональные требования", "вимоги", "需求", "功能需求", "功能性需求", "要件", "機能要件",
            "要求", "要求事項", "요구사항", "기능 요구사항", "yêu cầu", "kebutuhan",
        ),
    }.items()
    for word in words
}  # fmt: skip
"""The heading of a section → what the section is for."""

CRITERIA = frozenset({
    "acceptance criteria", "acceptance criterion", "criteria", "akzeptanzkriterien", "abnahmekriterien",
    "critères d'acceptation", "critères d’acceptation", "criterios de aceptación", "critérios de aceitação",
    "critérios de aceite", "criteri di accettazione", "acceptatiecriteria", "kryteria akceptacji",
    "kabul kriterleri", "критерии приёмки", "критерии приемки", "критерії приймання", "验收标准", "验收条件",
    "驗收標準", "驗收條件", "受け入れ基準", "受入基準", "受け入れ条件", "受入条件", "수용 기준", "인수 기준",
    "tiêu chí chấp nhận", "kriteria penerimaan",
})  # fmt: skip
"""Headings and labels after which criteria follow."""

REQUIREMENT_WORDS = (
    "requirement|req|anforderung|exigence|requisito|wymaganie|gereksinim|требование №|требование|вимога|需求|要件|要求"
    "|요구사항|yêu cầu|kebutuhan"
)
"""What stands before the number of a requirement."""

STORY_WORDS = (
    "user story|benutzergeschichte|nutzergeschichte|historia de usuario|história do usuário|história de usuário"
    "|história de utilizador|récit utilisateur|histoire utilisateur|storia utente|historyjka użytkownika"
    "|kullanıcı hikayesi|kullanıcı hikâyesi|пользовательская история|история пользователя|用户故事|用戶故事"
    "|使用者故事|ユーザーストーリー|사용자 스토리"
)
"""What labels a user story."""

STORY_PARTS = "as an?|as the|i want|i need|so that|in order to|作为|我想要?|我希望|以便于?|作為"
"""How the lines begin of a story that is written in three."""

FORMS = frozenset({"ears", "ears format", "ears notation", "easy approach to requirements syntax"})
REMARK = regex(r"[(（\[]")
LONGEST_HEADING = 80
NUMBER = regex(r"\d{1,3}(?:\.\d{1,3}){0,3}[.)]?[ \t]")


def heading_words(text: str) -> str:
    """Return what a heading says, for comparing: ``## 2. Requirements (draft):`` says “requirements”."""
    bare = from_first_letter(text[:LONGEST_HEADING])
    number = NUMBER.match(bare)
    bare = from_first_letter(bare[number.end() :]) if number else bare
    opening = REMARK.search(bare)
    bare = bare[: opening.start()] if opening and opening.start() else bare
    return " ".join(bare.rstrip("#*_:： \t").casefold().split())


def heading_remark(text: str) -> str:
    """Return what stands in brackets behind a heading; nothing for the name of a form, such as “(EARS)”."""
    opening = REMARK.search(text)
    remark = text[opening.end() :].strip("#*_:： \t").rstrip(")）]") if opening else ""
    return "" if remark.casefold() in FORMS else remark


def from_first_letter(text: str) -> str:
    """Return a text without the marks and signs before its first letter or digit."""
    start = next((index for index, char in enumerate(text) if char.isalnum()), len(text))
    return text[start:]
