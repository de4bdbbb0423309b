import pytest

from ingest.headings import is_caption, read_heading
from ingest.model import Span

HEADINGS = [
    ("第1条 定義", ("article", (1,), "第1条", "定義", None), "title behind a blank"),
    ("第１条（約款の適用）", ("article", (1,), "第１条", "約款の適用", None), "title in brackets"),
    ("第４３条  （契約終了後の処理)", ("article", (43,), "第４３条", "契約終了後の処理", None), "mixed brackets"),
    ("第十二条の二【準用】", ("article", (12, 2), "第十二条の二", "準用", None), "kanji, branch, other brackets"),
    ("第6条 アカウントの取扱いについて", ("article", (6,), "第6条", "アカウントの取扱いについて", None), "long title"),
    ("第3条（料金（税込）の額）", ("article", (3,), "第3条", "料金（税込）の額", None), "brackets in the title"),
    ("第7条", ("article", (7,), "第7条", None, None), "number alone"),
    (
        "第1条（目的） この規約は、…を定めます。",
        ("article", (1,), "第1条", "目的", "この規約は、…を定めます。"),
        "body in the same line",
    ),
    (
        "第一条 この法律は、公共の福祉を増進することを目的とする。",
        ("article", (1,), "第一条", None, "この法律は、公共の福祉を増進することを目的とする。"),
        "no title, body in the same line",
    ),
    ("第 6 章 料金等", ("chapter", (6,), "第 6 章", "料金等", None), "chapter"),
    ("第２編　通則", ("part", (2,), "第２編", "通則", None), "part"),
    ("附　則", ("supplement", (), "附　則", None, None), "附則 with a blank inside"),
    ("別紙2 サービスメニュー", ("appendix", (2,), "別紙2", "サービスメニュー", None), "appendix"),
    ("別表第１", ("schedule", (1,), "別表第１", None, None), "schedule"),
    ("第9条（当社設備の工事）第1項ただし書きにより、契約者が", None, "reference with its title"),
    ("第14条（契約者情報の登録）により申込者が", None, "reference that goes on"),
    ("第３８条 （サービスの廃止）に基づく本サービスの", None, "wrapped reference"),
    ("第３５条 及び第３６条 の規定により、", None, "two references"),
    ("第61条(責任の制限)の規定は、", None, "reference, half-width brackets"),
    ("第4条を遵守し、取り扱いを行う。", None, "reference without a title"),
    ("第3条第1項の定めにより", None, "reference to a paragraph"),
    ("第1項の規定", None, "no article"),
    ("別表1料金表に定めるとおりとします。", None, "sentence that begins with 別表"),
    ("附則に定める日", None, "sentence that begins with 附則"),
]


@pytest.mark.parametrize(("line", "expected", "why"), HEADINGS, ids=[w for _, _, w in HEADINGS])
def test_heading(line, expected, why):
    heading = read_heading(line, Span(0, len(line)))
    if heading is None:
        assert expected is None
        return
    words = [line[s.start : s.end] if s else None for s in (heading.label, heading.title, heading.body)]
    assert (heading.level, heading.number, *words) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("（目的）", True), ("(適用範囲)", True), ("（以下「甲」という。）", False), ("目的", False), ("「甲」", False)],
)
def test_caption(line, expected):
    assert is_caption(line) is expected
