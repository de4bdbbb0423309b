import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.manifest import Role
from review.differences import ALIKE, differences

KO_OTSU = (Role("甲", "customer", None, None), Role("乙", "provider", None, None))
OKYAKU = (Role("お客様", "customer", None, None), Role("当社", "provider", None, None))

SAME = [
    ("甲は、乙に料金を支払う。", "お客様は、当社に料金を支払う。", "the same parties under other names"),
    ("甲は、第三者に開示する。", "お客様は、第三者に開示する。", "the same word for a third party"),
    ("30日以内（休日を除く）", "３０日以内(休日を除く)", "width of digits and brackets"),
    ("ｻｰﾋﾞｽの提供", "サービスの提供", "half-width kana"),
    ("IDの管理", "ｉｄの管理", "case and width of letters"),
    ("第三条の規定", "第3条の規定", "a number in kanji and in digits"),
    ("第二十条の規定", "第２０条の規定", "a greater number in kanji and in digits"),
    ("料金、費用及び税を支払う。", "料金・費用及び税を支払う", "marks"),
    ("甲は、\n料金を 支払う。", "お客様は、料金を支払う。", "blanks and line ends"),
    ("甲は「料金」を支払う。", "お客様は、料金を支払う。", "brackets that quote"),
    ("國の法令", "国の法令", "old forms of characters"),
    ("", "", "nothing and nothing"),
    ("", "、。", "nothing and marks alone"),
]


@pytest.mark.parametrize(("left", "right", "why"), SAME, ids=[w for *_, w in SAME])
def test_no_difference(left, right, why):
    found = differences(left, KO_OTSU, right, OKYAKU)
    assert (found.left, found.right, found.likeness) == ((), (), 1.0)


DIFFERENT = [
    ("30日前までに通知する。", "60日前までに通知する。", ["30"], ["60"], "a number"),
    ("３０日前までに通知する。", "31日前までに通知する。", ["３０"], ["31"], "a number, given as printed"),
    ("書面により通知する。", "電子メールにより通知する。", ["書面"], ["電子メール"], "a word, and another of two words joined"),
    ("契約を解除する。", "契約を解除することができる。", [], ["ことができる"], "words only the right one has"),
    ("直ちに契約を解除する。", "契約を解除する。", ["直ちに"], [], "a word only the left one has"),
    ("甲は料金を支払う。", "当社は料金を支払う。", ["甲"], ["当社"], "another party"),
    ("甲及び乙は料金を支払う。", "お客様は料金を支払う。", ["及び乙"], [], "one party more"),
    ("第三条の規定", "第４条の規定", ["三"], ["４"], "another number, one of them in kanji"),
    ("甲は書面、図面で通知する。", "お客様は電話、放送で通知する。", ["書面、図面"], ["電話、放送"], "a mark between two words"),
    (
        "料金は書面で示す。税は30日以内に納める。",
        "料金は電話で示す。税は60日以内に納める。",
        ["書面", "30"],
        ["電話", "60"],
        "two places",
    ),
    ("", "料金", [], ["料金"], "all of it"),
]


@pytest.mark.parametrize(("left", "right", "only_left", "only_right", "why"), DIFFERENT, ids=[w for *_, w in DIFFERENT])
def test_words_that_differ_with_their_places(left, right, only_left, only_right, why):
    found = differences(left, KO_OTSU, right, OKYAKU)
    assert [left[s.start : s.end] for s in found.left] == only_left
    assert [right[s.start : s.end] for s in found.right] == only_right
    assert found.likeness < 1


def test_the_same_name_for_two_parties_is_a_difference():
    customer, provider = (Role("甲", "customer", None, None),), (Role("甲", "provider", None, None),)
    found = differences("甲は支払う。", customer, "甲は支払う。", provider)
    assert (found.left, found.right) == (((0, 1),), ((0, 1),))


def test_like_texts_are_marked_and_unlike_ones_are_not():
    like = differences("料金は30日以内に支払う。", (), "料金は60日以内に支払う。", ())
    assert like.likeness >= ALIKE
    assert like.marks == like.right == ((3, 5),)
    unlike = differences("料金は30日以内に支払う。", (), "本サービスを廃止することがあります。", ())
    assert unlike.likeness < ALIKE
    assert unlike.right
    assert unlike.marks == ()


TEXTS = st.one_of(st.text(max_size=40), st.text("甲乙お客様当社は第三３十3条、。（）\n　 料金をｻｰﾋﾞ㈱①支払う㌔", max_size=40))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_places_are_inside_the_texts_in_order_and_apart(left, right):
    found = differences(left, KO_OTSU, right, OKYAKU)
    assert 0 <= found.likeness <= 1
    for text, spans in ((left, found.left), (right, found.right)):
        ends = [0, *(place for span in spans for place in span), len(text)]
        assert ends == sorted(ends)
        assert all(span.start < span.end for span in spans)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from([(), KO_OTSU, OKYAKU]))
def test_equal_texts_have_no_difference(text, roles):
    found = differences(text, roles, text, roles)
    assert (found.left, found.right, found.marks, found.likeness) == ((), (), (), 1.0)
