"""The words of reports, in Japanese and in English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from index.store import StoredDocument
from ingest.courts import english_court
from ingest.facts import Fact
from ingest.manifest import Names

Language = Literal["ja", "en"]
Languages = tuple[Language, ...]

_TEXT: dict[str, tuple[str, str]] = {
    "title": ("約款比較レポート", "Comparison of service terms"),
    "coverage": ("条項の有無", "Coverage"),
    "type": ("条項の種類", "Clause type"),
    "document": ("文書", "Document"),
    "service": ("サービス", "Service"),
    "provider": ("提供者", "Provider"),
    "version": ("版", "Version"),
    "effective": ("施行日", "In force from"),
    "clause": ("条文", "Clause"),
    "heading": ("見出し", "Heading"),
    "japanese": ("日本語（正文）", "Japanese (binding)"),
    "english": ("英語（参考訳）", "English (unofficial)"),
    "facts": ("数値・期限など", "Facts"),
    "norms": ("義務・権利", "Who must or may"),
    "not mentioned": ("定めなし", "not mentioned"),
    "see base": ("定めなし（基本となる規約を参照: {clause}）", "not mentioned; see the base terms ({clause})"),
    "not in corpus": ("基本となる規約はこの集まりにありません。", "The base terms are not in the corpus."),
    "chart period": ("予告期間（日数の目安）", "Notice periods (about, in days)"),
    "chart rate": ("遅延損害金の年率", "Late charges (percent a year)"),
    "differing": ("色の付いた語は {document} にない語です。", "Marked words do not stand in {document}."),
    "unofficial": (
        "英語は参考訳です。効力があるのは日本語の原文だけです。",
        "The English is an unofficial reference translation; only the Japanese text is binding.",
    ),
    "no advice": (
        "この資料は法的助言ではありません。条項の分類は機械によるものです。原文を確かめてください。",
        "This report is no legal advice. Clauses were sorted into types by machine; check them against the terms.",
    ),
    "made on": ("作成日", "Made on"),
    "unnamed": ("記載なし", "not named in the text"),
}
_PARTIES = {
    "provider": ("提供者", "the provider"), "customer": ("契約者", "the customer"), "applicant": ("申込者", "the applicant"),
    "user": ("利用者", "the user"), "operator": ("運営元", "the operator"), "supplier": ("提供事業者", "the supplier"),
    "third_party": ("第三者", "a third party"), "both": ("双方", "both parties"),
}  # fmt: skip
_MODALITIES = {
    "must": ("義務", "must"), "may": ("できる", "may"), "must_not": ("禁止", "must not"), "deemed": ("みなす", "is deemed"),
    "presumed": ("推定", "is presumed"), "mutatis_mutandis": ("準用", "applies mutatis mutandis"),
    "not_liable": ("責任を負わない", "is not liable"),
}  # fmt: skip


def label(key: str, languages: Languages, **values: object) -> str:
    """The words for ``key``, in both languages with a stroke between when both are asked for."""
    return " / ".join(_TEXT[key][language == "en"].format(**values) for language in languages)


def name(names: Names, languages: Languages, otherwise: str = "") -> str:
    """A name in the languages asked for; where one is missing the other stands for it."""
    shown = [(names.en if language == "en" else names.ja) or names.ja or names.en or otherwise for language in languages]
    return " / ".join(dict.fromkeys(shown))


def service(document: StoredDocument, languages: Languages) -> str:
    """The service of a document, its title where no service is named."""
    return name(document.service, languages, document.title)


def provider(document: StoredDocument, languages: Languages) -> str:
    """The provider of a document."""
    return name(document.provider, languages, label("unnamed", languages[:1]))


def fact_lines(facts: Iterable[Fact], languages: Languages) -> tuple[str, ...]:
    """Facts in a few words each, none twice; norms that name no party say too little to be shown."""
    return tuple(dict.fromkeys(fact_text(f, languages) for f in facts if f.modality is None or f.party is not None))


def fact_text(fact: Fact, languages: Languages) -> str:
    """A fact in a few words: the printed value with its normal form, or who must or may."""
    if fact.modality is None:
        english = english_court(fact.normalized) if fact.kind == "court" and fact.normalized and "en" in languages else None
        return f"{fact.text} [{english or fact.normalized}]"
    index = [language == "en" for language in languages]
    party = " / ".join(_PARTIES.get(fact.party, (fact.party, fact.party))[i] for i in index) if fact.party else "—"
    return f"{party}: " + " / ".join(_MODALITIES[fact.modality][i] for i in index)
