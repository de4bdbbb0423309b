import pytest

from ingest.courts import english_court

COURTS = [
    ("大阪高等裁判所", "Osaka High Court", "high"),
    ("横浜家庭裁判所", "Yokohama Family Court", "family"),
    ("知的財産高等裁判所", "Intellectual Property High Court", "the one without a seat"),
    ("東京地方裁判所立川支部", "Tokyo District Court, Tachikawa Branch", "a branch"),
    ("津地方裁判所", "Tsu District Court", "a seat of one character"),
    ("大津地方裁判所", "Otsu District Court", "a seat that ends in another"),
    ("那覇地方裁判所", "Naha District Court", "a seat, not the prefecture"),
    ("沖縄地方裁判所", None, "a prefecture, not a seat"),
    ("地方裁判所", None, "no seat"),
    ("東京", None, "no court"),
    ("東京地方裁判所とする", None, "more than a name"),
    ("管轄裁判所", None, "no one court"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("name", "english", "why"), COURTS, ids=[w for *_, w in COURTS])
def test_english_court(name, english, why):
    assert english_court(name) == english
