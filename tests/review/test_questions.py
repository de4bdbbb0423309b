"""What questions ask for, as people put them."""

import pytest

from index.store import StoredDocument
from ingest.folding import folded
from ingest.manifest import Names
from review.questions import answer_kind, misspelt, read_question


def document(identity, *names):
    return StoredDocument(identity, identity, Names(None, None), Names(None, None), names, None, None, (), (), (), 0, 0, 0, 0)


NETMEISTER = document("netmeister", "NetMeister")
NDR = document("mdr-ndr", "NDR", "MDRサービス")


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("解約は何か月前までに言えばいいですか", "ja", "period"),
        ("機器はいつまでに返すの?", "ja", "period"),
        ("How far ahead must NDR be cancelled?", "en", "period"),
        ("by when do we have to pay", "en", "period"),
        ("延滞したら年率何%?", "ja", "rate"),
        ("What is the interest rate on late payments?", "en", "rate"),
        ("料金を免れたら何倍払わされる?", "ja", "share"),
        ("どこの裁判所ですか", "ja", "court"),
        ("which court has jurisdiction", "en", "court"),
        ("この約款の施行日は?", "ja", "date"),
        ("What is the effective date of these terms?", "en", "date"),
        ("準拠法は?", "ja", "law"),
        ("初期費用はいくら", "ja", "amount"),
        ("How much is the setup fee?", "en", "amount"),
        ("課金開始日とは何ですか", "ja", "definition"),
        ("What does “billing start date” mean?", "en", "definition"),
        ("電気代はどちらの負担ですか", "ja", "who"),
        ("Who pays for a lost device?", "en", "who"),
        ("第三者に使わせてもいいですか", "ja", "permission"),
        ("止められることはありますか", "ja", "permission"),
        ("May we resell the service?", "en", "permission"),
        ("データの保存期間を延ばすことはできますか", "ja", "permission"),
        ("反社条項の規定はありますか", "ja", "existence"),
        ("Is there a clause on force majeure?", "en", "existence"),
        ("なぜ停止されたのですか", "ja", "reason"),
        ("How do we apply?", "en", "procedure"),
    ],
)
def test_the_kind_of_answer_that_is_wanted(question, language, kind):
    assert answer_kind(folded(question), language) == kind


@pytest.mark.parametrize(
    ("question", "documents", "reason"),
    [
        ("how many devices on netmiester", ("netmeister",), "two letters swapped"),
        ("NetMesiterの解約", ("netmeister",), "swapped, inside Japanese"),
        ("NetMeister の解約", (), "rightly written: the search knows it by itself"),
        ("net の解約", (), "too short to be near a name"),
        ("meister course", (), "another word"),
    ],
)
def test_names_that_are_misspelt(question, documents, reason):
    assert misspelt(folded(question), [NETMEISTER, NDR]) == documents, reason


def test_the_language_is_that_of_the_question():
    assert read_question("NDR 解約", [NDR]).language == "ja"
    assert read_question("cancel NDR", [NDR]).language == "en"
