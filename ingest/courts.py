"""English names of Japanese courts, for readers; the Japanese name is what binds."""

from __future__ import annotations

import re

# The seats of the district and family courts; the high courts sit in eight of them.
_SEATS = {
    "札幌": "Sapporo", "函館": "Hakodate", "旭川": "Asahikawa", "釧路": "Kushiro", "青森": "Aomori", "盛岡": "Morioka", "仙台": "Sendai",
    "秋田": "Akita", "山形": "Yamagata", "福島": "Fukushima", "水戸": "Mito", "宇都宮": "Utsunomiya", "前橋": "Maebashi",
    "さいたま": "Saitama", "千葉": "Chiba", "東京": "Tokyo", "横浜": "Yokohama", "新潟": "Niigata", "富山": "Toyama", "金沢": "Kanazawa",
    "福井": "Fukui", "甲府": "Kofu", "長野": "Nagano", "岐阜": "Gifu", "静岡": "Shizuoka", "名古屋": "Nagoya", "津": "Tsu", "大津": "Otsu",
    "京都": "Kyoto", "大阪": "Osaka", "神戸": "Kobe", "奈良": "Nara", "和歌山": "Wakayama", "鳥取": "Tottori", "松江": "Matsue",
    "岡山": "Okayama", "広島": "Hiroshima", "山口": "Yamaguchi", "徳島": "Tokushima", "高松": "Takamatsu", "松山": "Matsuyama",
    "高知": "Kochi", "福岡": "Fukuoka", "佐賀": "Saga", "長崎": "Nagasaki", "熊本": "Kumamoto", "大分": "Oita", "宮崎": "Miyazaki",
    "鹿児島": "Kagoshima", "那覇": "Naha", "立川": "Tachikawa",
}  # fmt: skip
_KINDS = {"地方": "District Court", "簡易": "Summary Court", "高等": "High Court", "家庭": "Family Court"}
_COURT = re.compile(r"(?P<seat>.+?)(?P<kind>地方|簡易|高等|家庭)裁判所(?P<branch>(?P<town>.+)支部)?")


def english_court(name: str) -> str | None:
    """The English name of a court, or None for one whose seat is not known.

    >>> english_court("東京地方裁判所"), english_court("さいたま簡易裁判所"), english_court("某地方裁判所")
    ('Tokyo District Court', 'Saitama Summary Court', None)
    """
    if name == "知的財産高等裁判所":
        return "Intellectual Property High Court"
    m = _COURT.fullmatch(name)
    seat = _SEATS.get(m["seat"]) if m else None
    if m is None or seat is None:
        return None
    town = _SEATS.get(m["town"], m["town"]) if m["branch"] else None
    return f"{seat} {_KINDS[m['kind']]}" + (f", {town} Branch" if town else "")
