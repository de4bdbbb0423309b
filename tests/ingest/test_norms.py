import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.manifest import Role
from ingest.norms import read_norms
from ingest.parties import Parties

USUAL = Parties()
KOU_OTSU = Parties([Role("甲", "customer", "Party A", None), Role("乙", "provider", "Party B", None)])


def norms(text, parties=USUAL):
    """Modality and party of the norms of a text."""
    return [(n.modality, n.party) for n in read_norms(text, parties)]


ENDINGS = [
    ("支払う{}。", "ものとする", "ものとします", "must"),
    ("通知する{}。", "ものとする", "ものといたします", "must"),
    ("支払わ{}。", "なければならない", "なければなりません", "must"),
    ("支払わ{}。", "なければならないものとする", "なければならないものとします", "must"),
    ("支払わ{}。", "なくてはならない", "なくてはなりません", "must"),
    ("支払う{}。", "義務を負う", "義務を負います", "must"),
    ("支払う{}。", "義務を負うものとする", "義務を負うものとします", "must"),
    ("管理する{}。", "責任を負う", "責任を負います", "must"),
    ("書面による承諾{}。", "を要する", "を要します", "must"),
    ("届け出る{}。", "必要がある", "必要があります", "must"),
    ("解約する{}。", "ことができる", "ことができます", "may"),
    ("解約する{}。", "ことができるものとする", "ことができるものとします", "may"),
    ("解約する{}。", "ことのできるものとする", "ことのできるものとします", "may"),
    ("削除{}。", "できるものとする", "できるものとします", "may"),
    ("中断する{}。", "ことがある", "ことがあります", "may"),
    ("中断する{}。", "ことがあるものとする", "ことがあるものとします", "may"),
    ("開示する{}。", "場合がある", "場合があります", "may"),
    ("譲渡し{}。", "てはならない", "てはなりません", "must_not"),
    ("譲渡し{}。", "てはならないものとする", "てはならないものとします", "must_not"),
    ("及ん{}。", "ではならない", "ではなりません", "must_not"),
    ("譲渡する{}。", "ことができない", "ことができません", "must_not"),
    ("請求する{}。", "ことはできない", "ことはできません", "must_not"),
    ("請求する{}。", "ことができないものとする", "ことができないものとします", "must_not"),
    ("譲渡{}。", "できない", "できません", "must_not"),
    ("譲渡{}。", "できないものとする", "できないものとします", "must_not"),
    ("承諾したものと{}。", "みなす", "みなします", "deemed"),
    ("承諾したものと{}。", "みなすものとする", "みなすものとします", "deemed"),
    ("過失と{}。", "推定する", "推定します", "presumed"),
    ("前項の規定を{}。", "準用する", "準用します", "mutatis_mutandis"),
    ("前項の規定を{}。", "準用するものとする", "準用するものとします", "mutatis_mutandis"),
    ("一切の{}。", "責任を負わない", "責任を負いません", "not_liable"),
    ("一切の{}。", "責任を負わないものとする", "責任を負わないものとします", "not_liable"),
    ("何らの{}。", "責任も負わない", "責任も負いません", "not_liable"),
    ("その{}。", "責を負わない", "責を負いません", "not_liable"),
    ("その{}。", "責めを負わない", "責めを負いません", "not_liable"),
    ("監視する{}。", "義務を負わない", "義務を負いません", "not_liable"),
    ("損害を{}。", "賠償しない", "賠償しません", "not_liable"),
    ("損失を{}。", "補償しない", "補償しません", "not_liable"),
    ("料金を{}。", "返還しない", "返還しません", "not_liable"),
    ("料金を{}。", "返還しないものとする", "返還しないものとします", "not_liable"),
    ("料金を{}。", "払い戻しをしない", "払い戻しをしません", "not_liable"),
    ("監査の{}。", "請求に応じない", "請求に応じません", "not_liable"),
]
FORMS = [
    (frame, ending, modality, f"{modality} in the {form} form")
    for frame, plain, polite, modality in ENDINGS
    for ending, form in ((plain, "plain"), (polite, "polite"))
]


@pytest.mark.parametrize(("frame", "ending", "modality", "why"), FORMS, ids=[w for *_, w in FORMS])
def test_endings(frame, ending, modality, why):
    """The longest ending is what is found, and where it stands."""
    text = frame.format(ending)
    (norm,) = read_norms(text, USUAL)
    assert norm.modality == modality
    assert text[norm.start : norm.end].removeprefix("と") == ending


NO_NORMS = [
    ("料金は、月額とします。", "とする sets, it does not bind"),
    ("本約款は、本サービスの利用に適用されます。", "a statement"),
    ("当社は、本サービスを提供します。", "a plain verb"),
    ("条件は、以下の通りとする。", "a lead"),
    ("これを利用できない場合、次による。", "an ending inside a condition"),
    ("通知しなければならない旨を定めた規約。", "an ending before a noun"),
    ("責任を負わないことを表明した書面。", "an ending before こと"),
    ("ものとするかどうかを別途協議する。", "an ending before a particle"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "why"), NO_NORMS, ids=[w for _, w in NO_NORMS])
def test_what_is_no_norm(text, why):
    assert norms(text) == []


COUNTED = [
    ("支払い、返却し、消去するものとします。", ["must"], "coordinate parts are not counted"),
    ("通知しなければ、解約することができます。", ["may"], "only the predicate that ends the sentence"),
    (
        "返却するものとし、譲渡してはなりません。",
        ["must_not"],
        "ものとし inside does not end a sentence",
    ),
    ("変更することができます。ただし、通知するものとします。", ["may", "must"], "a sentence each"),
    (
        "次の各号に従うものとします。\n（１） 返却するものとします。\n（２） 譲渡してはなりません。",
        ["must", "must", "must_not"],
        "an ending in an item",
    ),
    ("（１） 通知するものとする\n（２） 譲渡できない", ["must", "must_not"], "no full stop at the end of a line"),
    ("利用することができます", ["may"], "no full stop at the end of the text"),
    ("通知するものとします（緊急の場合を除く）。", ["must"], "brackets behind the ending"),
    (
        "通知するものとします（ただし、緊急の場合は省略することができます。）。",
        ["must", "may"],
        "a sentence in brackets is one of its own",
    ),
    ("利用（第三者に譲渡できない）を認める。", [], "an ending in brackets without a sentence"),
]


@pytest.mark.parametrize(("text", "modalities", "why"), COUNTED, ids=[w for *_, w in COUNTED])
def test_one_norm_a_predicate(text, modalities, why):
    assert sorted(m for m, _ in norms(text)) == sorted(modalities)


NAMED = [
    ("当社は、本サービスを変更することができます。", "provider", "the topic"),
    ("お客様は、料金を支払うものとします。", "customer", "the topic, with a polite prefix"),
    ("契約者は、料金を支払うものとします。", "customer", "the topic, a subscriber"),
    ("会員は、料金を支払うものとします。", "customer", "the topic, a member"),
    ("申込者は、申込書を提出するものとします。", "applicant", "the topic, an applicant"),
    ("利用者は、端末を管理するものとします。", "user", "the topic, a user"),
    ("第三者は、本サービスを利用することができません。", "third_party", "the topic, a third party"),
    ("本サービスの利用にあたり、契約者は、前項に従うものとします。", "customer", "a topic behind a condition"),
    ("当社が認めた場合、契約者は、解約することができます。", "customer", "が inside a condition does not win over the topic"),
    ("契約者は、当社が別途定める方法により支払うものとします。", "customer", "当社が belongs to 方法"),
    ("前項の場合、契約者がその費用を負担するものとします。", "customer", "the subject with が"),
    ("契約者の費用と責任において復旧するものとします。", "customer", "at whose cost"),
    ("契約者（当社が認めた者に限ります）は、申し込むことができます。", "customer", "who is named in brackets does not act"),
    ("契約者等は、料金を支払うものとします。", "customer", "等 behind the name"),
    ("当社に対し、速やかに通知するものとします。", "customer", "the opposite of whom it is said to"),
    ("お客様に対し、事前に通知するものとします。", "provider", "the opposite, the other way round"),
    ("当社に届け出なければなりません。", "customer", "the opposite, に alone"),
    ("当社の承諾なく、譲渡してはなりません。", "customer", "the opposite of who consents"),
    (
        "お客様の承諾を得ることなく、仕様書を変更することができます。",
        "provider",
        "the opposite of who consents, the other way round",
    ),
    ("お客様及び当社は、中途解約することができます。", "both", "both joined by 及び"),
    ("当社又は契約者は、解除することができます。", "both", "both joined by 又は"),
    ("当事者双方が協議するものとします。", "both", "当事者双方"),
    ("両当事者は、誠実に協議するものとします。", "both", "両当事者"),
    ("お客様が同意したものとみなします。", "customer", "who did what is deemed"),
    ("本約款の内容が優先されるものとします。", None, "a thing with が"),
    ("料金の額は、料金表によるものとします。", None, "a thing as the topic"),
    ("契約者設備は、次の条件を満たすものとします。", None, "a name inside a compound is no party"),
    ("利用契約は、承諾の時に成立するものとします。", None, "a contract"),
    ("別途協議するものとします。", None, "nobody is named"),
]


@pytest.mark.parametrize(("text", "party", "why"), NAMED, ids=[w for *_, w in NAMED])
def test_the_party_of_a_norm(text, party, why):
    assert [p for _, p in norms(text)] == [party]


CARRIED = [
    (
        "当社は、本約款を変更することができます。この場合、事前に通知するものとします。",
        ["provider", "provider"],
        "from the sentence before",
    ),
    ("当社は、監視を行います。また、結果を報告するものとします。", ["provider"], "from a sentence without a norm"),
    (
        "当社は、変更することができます。契約者は、従うものとします。なお、異議を述べることはできません。",
        ["provider", "customer", "customer"],
        "from the nearest",
    ),
    (
        "契約者は、次の各号に従うものとします。\n（１） 機器を返却するものとします。\n（２） 譲渡してはなりません。",
        ["customer", "customer", "customer"],
        "from the lead into items",
    ),
    (
        "当社は、本約款を変更することができます。変更後の料金は、料金表によるものとします。",
        ["provider", None],
        "not to a thing",
    ),
    (
        "当社は、解除することができます。利用契約は終了するものとします。この場合、一切の責任を負いません。",
        ["provider", None, "provider"],
        "over a thing between",
    ),
    (
        "当社は、停止できます。契約者は、返却するものとします。契約は終了するものとします。なお、異議を述べることはできません。",
        ["provider", "customer", None, "customer"],
        "from the nearest, over a thing between",
    ),
]


@pytest.mark.parametrize(("text", "parties", "why"), CARRIED, ids=[w for *_, w in CARRIED])
def test_who_acted_before_still_acts(text, parties, why):
    assert [p for _, p in norms(text)] == parties


ROLES = [
    ("甲は、秘密を保持するものとする。", USUAL, None, "甲 means nothing by itself"),
    ("甲は、料金を支払うものとする。", KOU_OTSU, "customer", "甲 by the manifest"),
    ("乙は、一切の責任を負わない。", KOU_OTSU, "provider", "乙 by the manifest"),
    ("甲及び乙は、秘密を保持するものとする。", KOU_OTSU, "both", "both by the manifest"),
    ("乙に対し、通知するものとする。", KOU_OTSU, "customer", "the opposite by the manifest"),
    ("当社は、通知するものとする。", KOU_OTSU, "provider", "the usual words stay where the manifest is silent"),
    ("利用者は、支払うものとする。", Parties([Role("利用者", "customer", None, None)]), "customer", "over the usual meaning"),
    ("会員は、支払うものとする。", Parties([Role("会員", "provider", None, None)]), "provider", "against the usual meaning"),
    (
        "サービス利用者は、管理するものとする。",
        Parties([Role("サービス利用者", "user", None, None)]),
        "user",
        "the longest name wins",
    ),
    (
        "nec プラットフォームズ株式会社は、変更することができる。",
        Parties([Role("NEC プラットフォームズ株式会社", "operator", None, None)]),
        "operator",
        "a company's name in folded text",
    ),
    (
        "necプラットフォームズ株式会社は、変更することができる。",
        Parties([Role("NEC プラットフォームズ株式会社", "operator", None, None)]),
        "operator",
        "blanks in a name do not count",
    ),
]


@pytest.mark.parametrize(("text", "parties", "party", "why"), ROLES, ids=[w for *_, w in ROLES])
def test_roles_of_a_manifest(text, parties, party, why):
    assert [p for _, p in norms(text, parties)] == [party]


MENTIONS = [
    ("当社は契約者に通知する", [("provider", "当社"), ("customer", "契約者")], "in order"),
    ("当社所定の方法", [], "a compound behind"),
    ("契約者設備と当社設備", [], "compounds with kanji"),
    ("ユーザー", [("customer", "ユーザー")], "katakana, the longer of ユーザ and ユーザー"),
    ("ユーザサポート", [], "a compound of katakana"),
    ("新契約者の名義", [], "a compound before"),
    ("契約者又は申込者", [("customer", "契約者"), ("applicant", "申込者")], "a conjunction in kanji behind the name"),
    ("お客様等の情報", [("customer", "お客様等")], "等 belongs to the name"),
    ("双方と当事者双方", [("both", "双方"), ("both", "当事者双方")], "both, the longer name first"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MENTIONS, ids=[w for *_, w in MENTIONS])
def test_mentions(text, expected, why):
    assert [(m.party, text[m.start : m.end]) for m in USUAL.mentions(text)] == expected


def hold_together(text):
    found = list(read_norms(text, USUAL))
    for norm in found:
        assert 0 <= norm.start < norm.end <= len(text)
    for mention in USUAL.mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    hold_together(text)


PIECES = [
    "当社",
    "お客様",
    "契約者",
    "第三者",
    "双方",
    "は",
    "が",
    "も",
    "に対し",
    "に",
    "の承諾なく",
    "、",
    "。",
    "（",
    "）",
    "(",
    ")",
    "「",
    "」",
    "及び",
    "又は",
    "等",
    "料金",
    "支払う",
    "ものとする",
    "できる",
    "できない",
    "てはならない",
    "なければならない",
    "責任を負わない",
    "みなす",
    "準用する",
    "推定する",
    "場合がある",
    "場合",
    "ただし",
]


@given(st.lists(st.sampled_from([*PIECES, "\n", " "]), max_size=16).map("".join))
def test_any_pieces_of_terms_are_read_without_an_error(text):
    hold_together(text)


@given(
    st.sampled_from([(frame.format(ending), modality) for frame, ending, modality, _ in FORMS]),
    st.sampled_from(["当社は、", "契約者は、", ""]),
)
def test_a_sentence_before_does_not_change_a_modality(form, subject):
    text, modality = form
    assert [m for m, _ in norms(f"{subject}本サービスを提供します。{text}")] == [modality]


@pytest.mark.parametrize(
    ("text", "modality", "party"),
    [
        pytest.param("契約者が承諾したものとみなします。", "deemed", "customer", id="who did what is deemed"),
        pytest.param("当社は、料金を払い戻さない。", "not_liable", "provider", id="a refusal to pay back, plain form"),
    ],
)
def test_norms_that_were_once_read_wrong(text, modality, party):
    assert [(n.modality, n.party) for n in read_norms(text, Parties())] == [(modality, party)]
