"""What a customer's question asks for: its language, the service it means, and the kind of answer it wants."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from index.store import StoredDocument
from index.terms import Language, language_of
from ingest.folding import folded

AnswerKind = Literal[
    "period", "rate", "share", "amount", "date", "court", "law", "definition", "who", "permission", "existence", "procedure",
    "reason", "list", "open",
]  # fmt: skip
NEAR_NAME = 0.84  # likeness from which on a word is taken for the misspelt name of a service
SHORTEST_NAME = 5  # letters; shorter names are near too many words

# In the order in which they are tried; the first that fits says what kind of answer is wanted.
_KINDS: tuple[tuple[AnswerKind, str, str], ...] = (
    ("rate", r"年利|利率|年率|何\s*(?:%|パ[ー-]セント|割)|パ[ー-]セント|利息は|金利", r"\b(?:what|which|how high).{0,20}(?:rate|percent|%)|\bpercent(?:age)?\b|\binterest rate|\brate of|\bper cent|\bhow much interest"),
    ("share", r"何\s*倍|何分の|倍額", r"\bhow many times|\bwhat (?:fraction|share|multiple)|\bdouble\b"),
    ("court", r"裁判所|どこで(?:訴|裁判)|管轄", r"\bcourts?\b|\bjurisdiction\b|\bwhere .{0,20}\bsue\b|\bvenue\b"),
    ("law", r"準拠法|何法|(?:どの|何の|なんの)\s*法律|どこの国の法", r"\b(?:which|what|whose) (?:law|act|statute)|\bgoverning law\b|\bstatute\b"),
    ("date", r"いつ付け|施行日|改定日|改訂日|実施日|何年何月|いつから(?:有効|適用|実施|施行)|いつの版", r"\beffective date\b|\bwhat date\b|\bwhen (?:did|was|were) .{0,40}(?:effect|force|revised|amended|updated)|\blast (?:revised|updated)|\bcame into force"),
    ("period", r"いつまで|何\s*(?:日|か月|ヶ月|カ月|ヵ月|ヶ月|時間|年|週間|営業日)|期限|期間は|どの(?:くらい|ぐらい|位).{0,4}(?:前|かか|待)|何日前|いつ(?:頃|ごろ)?(?:返|支払|払|もら|ですか|になり)|期日|締切|〆切|どれくらい|どのくらい", r"\bhow (?:long|soon|early|late|quickly|many (?:business |working |calendar )?(?:days|months|years|hours|weeks)|far (?:ahead|in advance)|much (?:notice|time|advance))|\bdeadline|\bby when|\bwhen (?:is|are|must|do|does|should|will|can|at the latest)|\bnotice (?:period|must|do|is)|\bwhat notice|\bhow often|\bmonths?' notice|\bdays?' notice|\bminimum (?:term|period)|\block-?in"),
    ("amount", r"いくら|何円|金額は|料金はどれ|費用はどの", r"\bhow much\b|\bwhat (?:amount|price|fee)\b|\bwhat does .{0,30} cost|\bcap on\b|\bhow many\b|\bcheapest"),
    ("definition", r"(?<!こ)(?<!あ)とは[、?？]?\s*(?:何|なに|なん|どう|どの)?|の定義|ってどういう意味|どういう意味|意味は", r"\bwhat (?:does|do) .{0,50}\bmean|\bdefin(?:e|ed|ition)|\bwhat is meant|\bwhat exactly is\b|\bwhat counts as"),
    ("who", r"誰|だれ|どっち(?:持ち|の負担|が)|どちら(?:持ち|の負担|が|持|側)|負[担坦](?:は|者)|どちらの負|誰が|誰の", r"\bwho(?:se|m)?\b|\byou or us\b|\bus or you\b|\bwhich (?:side|party)\b"),
    ("reason", r"なぜ|理由|どうして|何のため|目的", r"\bwhy\b|\breasons?\b|\bpurposes?\b|\bgrounds\b"),
    ("procedure", r"どうやって|どのように|どうすれば|方法|手続|やり方|何を(?:出|提出)|どうなり|どうなる", r"\bhow (?:do|can|should|would|is|are|will|to|does)\b|\bwhat (?:steps|form|procedure|happens|do (?:we|i) (?:have|need))|\bin what way"),
    ("permission", r"(?:ても|でも)(?:いい|良い|よい|大丈夫|平気|構い|かまい|問題|可|OK|ok)|でき(?:ます|る|ない|ません|ない)|可能|してよい|許され|もらえ|いただけ|OK|大丈夫|必要(?:です|は|が)|なりません|ませんか|ますか|るのか|でしょうか|払わないと|有無を", r"^(?:so,? )?(?:can|may|could|are|is|will|would|do|does|did|am|must|should|have|has)\b|\b(?:can|may|could|must|should) (?:we|i|you|they|our|the)\b|\ballowed\b|\bok(?:ay)? to\b|\bpossible to\b|\bdo (?:we|i|you)\b|\bis it\b|\bare (?:we|you)\b|\bdoes\b"),
    ("existence", r"条項|規定|定め(?:は|が|て)|書いて(?:あり|ある)|記載|ありますか|あるか|有り?ますか", r"\b(?:is|are) there\b|\bclause\b|\bprovision\b|\bdo the terms\b|\bdoes the contract\b|\bany (?:rule|clause)"),
    ("list", r"どんな|どういう(?:場合|とき)|何が|一覧|どれ|種類|例は", r"\bwhich\b|\bwhat (?:kinds?|sorts?|types?|acts?|cases)|\blist\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(ja), re.compile(en)) for kind, ja, en in _KINDS)
_EXISTENCE = re.compile(r"条項|規定(?:は|が)|定め(?:は|が)|書いてあ|記載|\bclause\b|\bprovision|\b(?:is|are) there\b")
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is understood. ``documents`` are those whose service it names."""

    text: str
    language: Language
    kind: AnswerKind
    documents: tuple[str, ...]


def read_question(text: str, documents: Iterable[StoredDocument]) -> Question:
    """Language, kind of answer, and services meant, also by a name that is misspelt."""
    form = folded(text)
    language = language_of(text)
    return Question(text, language, answer_kind(form, language), misspelt(form, documents))


def answer_kind(form: str, language: Language) -> AnswerKind:
    """The kind of answer a folded question wants."""
    if _EXISTENCE.search(form) and not re.search(r"いつ|何|誰|どこ|how|when|who|which|what", form):
        return "existence"
    for kind, ja, en in _COMPILED:
        if (ja if language == "ja" else en).search(form):
            return kind
    return "open"


def misspelt(form: str, documents: Iterable[StoredDocument]) -> tuple[str, ...]:
    """The documents one of whose names stands nearly so in a folded question: NetMiester, Masters0ne."""
    words = {w for w in _WORD.findall(form) if len(w) >= SHORTEST_NAME}
    found = []
    for document in documents:
        names = {
            part
            for name in document.names
            for part in _WORD.findall(folded(name))
            if len(part) >= SHORTEST_NAME and not part.isdigit()
        }
        if any(_near(word, name) for word in words for name in names - _COMMON):
            found.append(document.id)
    return tuple(found)


# Words of service names that other sentences have, too.
_COMMON = frozenset(
    ["service", "services", "cloud", "security", "managed", "private", "support", "operation", "network", "center"]
)


def _near(word: str, name: str) -> bool:
    return word != name and difflib.SequenceMatcher(None, word, name).ratio() >= NEAR_NAME
