"""The words of the interface, in Japanese and in English."""

from __future__ import annotations

from typing import Literal

Language = Literal["ja", "en"]

LANGUAGES: dict[Language, str] = {"ja": "日本語", "en": "English"}

_TEXT: dict[str, tuple[str, str]] = {
    "ask": ("質問", "Ask"),
    "search": ("検索", "Search"),
    "compare": ("比較", "Compare"),
    "coverage": ("条項の有無", "Coverage"),
    "question": ("お客様の質問", "The customer's question"),
    "question placeholder": ("例: NDR は何か月前に言えば解約できますか?", "e.g. How far ahead must NDR be cancelled?"),
    "ask button": ("質問する", "Ask"),
    "ask start": (
        "質問を入れてください。約款の言葉で答え、書かれていなければそう言います。",
        "Type a question. The answer is in the words of the terms; what they do not say is said to be so.",
    ),
    "answer": ("答え", "Answer"),
    "quote": ("引用", "Quote"),
    "other services": ("ほかのサービスでは", "The other services"),
    "sure": ("確からしさ {percent}", "sure to {percent}"),
    "email": ("メールの文面", "As e-mail text"),
    "mail quote": ("約款には次のとおり定められています。", "The terms say:"),
    "mail end": ("※ 効力があるのは約款の原文です。", "Only the Japanese terms are binding."),
    "terms silent": (
        "「{question}」の答えは約款に見つかりませんでした（{names}）。",
        "The terms do not say, as far as could be found: “{question}” ({names}).",
    ),
    "nearest": ("近い条文（答えではありません）", "Nearest clauses (not the answer)"),
    "history": ("これまでの質問", "Asked before"),
    "unofficial": ("参考訳", "unofficial translation"),
    "english note": (
        "英語は参考訳です。効力があるのは日本語だけです。",
        "The English is unofficial; only the Japanese is binding.",
    ),
    "advice note": (
        "条項の分類は機械によるもので、法的助言ではありません。",
        "Clauses are sorted into types by machine; this is no legal advice.",
    ),
    "type": ("条項の種類", "Clause type"),
    "type placeholder": ("種類を選ぶ", "Choose a type"),
    "pick type": (
        "比べたい条項の種類を選んでください。条文から始めるときは、検索結果の「ほかの文書と比べる」を使います。",
        "Choose the type of clause to compare. To start from a clause, use “Compare with others” on the Search page.",
    ),
    "compare clause": ("ほかの文書と比べる", "Compare with others"),
    "clause compared": ("この条文に対応する条文: {clause}", "Clauses in the place of {clause}"),
    "texts": ("表示する文", "Text"),
    "both": ("日本語と英語", "Japanese and English"),
    "ja": ("日本語", "Japanese"),
    "en": ("英語", "English"),
    "no english": ("参考訳はありません。", "There is no translation."),
    "facts": ("数値・期限と義務", "Facts, and who must or may"),
    "not mentioned": ("定めなし", "Not mentioned"),
    "see base": (
        "定めなし。基本となる規約（未登録）によります:",
        "Not mentioned here; see the base terms, which are not in the corpus:",
    ),
    "differing": ("色の付いた語は「{service}」にない語です。", "Marked words do not stand in {service}."),
    "why": ("なぜこの種類か", "Why this type"),
    "why title": ("見出し「{title}」", "title “{title}”"),
    "why cues": ("手がかり: {cues}", "cues: {cues}"),
    "why words": ("学んだ語: {words}", "learned words: {words}"),
    "why score": (
        "確からしさ {score:.0%}、定義との近さ {near:.2f}",
        "sure to {score:.0%}, cosine with the definition {near:.2f}",
    ),
    "excel": ("Excel で保存", "Download Excel"),
    "word": ("Word で保存", "Download Word"),
    "bad type": ("その条項の種類はありません: {type}", "There is no such clause type: {type}"),
    "coverage intro": ("数字は条文の数です。押すと比較が開きます。", "Numbers are clauses; click one to compare."),
    "chart period": ("予告期間（日数の目安）", "Notice period (about, in days)"),
    "chart rate": ("年率（%）", "Rate (percent a year)"),
    "working": ("条文を読み比べています…", "Comparing the clauses…"),
    "tagline": (
        "利用規約・約款の条文を、日本語でも英語でも探せます。",
        "Find clauses of Japanese service terms, in Japanese or English.",
    ),
    "query": ("さがすことば", "What to look for"),
    "placeholder": ("例: 解約は何か月前まで? / late payment interest", "e.g. how long before must I cancel? / 遅延損害金"),
    "services": ("サービス", "Services"),
    "all services": ("すべてのサービス", "All services"),
    "language": ("表示の言語", "Language"),
    "examples": ("たとえば", "For example"),
    "start": ("ことばか質問を入れて検索してください。", "Type words or a question to search."),
    "found": ("{n} 件の条文", "{n} clauses found"),
    "found one": ("1 件の条文", "1 clause found"),
    "best": ("上位 {n} 件の条文", "The best {n} clauses"),
    "none": ("「{query}」に合う条文は見つかりませんでした。", "No clause was found for “{query}”."),
    "none hint": (
        "ことばを減らす、言い換える、サービスの絞り込みを外す、のどれかを試してください。",
        "Try fewer or other words, or search all services.",
    ),
    "provider unnamed": ("提供者の記載なし", "provider not named in the text"),
    "version": ("版", "version"),
    "in force": ("施行", "in force from"),
    "open article": ("条の全文", "Whole article"),
    "address": ("条文の番地 (コピーできます)", "Clause address (to copy)"),
    "link": ("この条文へのリンク", "Link to this clause"),
    "search link": ("この検索へのリンク", "Link to this search"),
    "back": ("検索結果へ", "Back to the results"),
    "home": ("検索へ", "To the search"),
    "terms": ("この条文で使われている定義語", "Defined terms used here"),
    "references": ("この条文が参照する条文", "Clauses referred to here"),
    "elsewhere": ("別の文書", "another document"),
    "unresolved": ("この文書に見あたりません", "not found in this text"),
    "notes": ("この文書について", "About this document"),
    "provider": ("提供者", "the provider"),
    "customer": ("契約者 (お客様)", "the customer"),
    "applicant": ("申込者", "the applicant"),
    "user": ("利用者", "a user"),
    "operator": ("サービスの運営元", "the operator of the service"),
    "supplier": ("他社サービスの提供事業者", "a supplier of services used in this one"),
    "base terms": (
        "この文書の基本となる規約: {title} (未登録)",
        "the terms this document stands on: {title} (not in the corpus)",
    ),
    "words": ("ことばが一致", "shares words"),
    "meaning": ("意味が近い", "near in meaning"),
    "words+meaning": ("ことばも意味も", "words and meaning"),
    "bad link": ("リンクの条文が見つかりません: {address}", "The clause of this link was not found: {address}"),
    "bad document": ("このサービスは登録されていません: {names}", "No such service is here: {names}"),
    "more": ("もっと見る", "Show more"),
    "searching": ("検索しています…", "Searching…"),
    "building": ("索引を作っています…", "Building the index…"),
}

QUESTIONS: dict[Language, tuple[str, ...]] = {
    "ja": ("NDRは何か月前に言えば解約できますか?", "支払いが遅れたら利息は何%?", "どこの裁判所になりますか?"),
    "en": ("How far ahead must NDR be cancelled?", "What is the late payment interest?", "Who pays for a lost rental device?"),
}

EXAMPLES: dict[Language, tuple[str, ...]] = {
    "ja": ("解約は何か月前まで?", "遅延損害金 年率", "再委託", "サービス停止中の料金"),
    "en": ("cancellation notice period", "late payment interest", "liability cap", "customer goes bankrupt"),
}


def words(key: str, language: Language, **values: object) -> str:
    """The words for ``key`` in a language, with values filled in. Raises KeyError for an unknown key."""
    return _TEXT[key][0 if language == "ja" else 1].format(**values)
