import pytest

from ingest.errors import YakkanError
from ingest.readers import read_text

TERMS = "第１条（目的）\n当社は、①本サービスを〜提供します。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jis_2004", "iso2022_jp_ext"])
def test_encodings(encoding, tmp_path):
    path = tmp_path / "terms.txt"
    text = TERMS if encoding not in ("iso2022_jp_ext",) else TERMS.replace("①", "")
    text = text.replace("〜", "～") if encoding == "cp932" else text
    path.write_bytes(text.encode(encoding))
    assert read_text(path) == text


def test_line_ends_are_kept(tmp_path):
    path = tmp_path / "terms.txt"
    path.write_bytes("第1条\r\n甲\r払う\n".encode())
    assert read_text(path) == "第1条\r\n甲\r払う\n"


BAD = [
    (b"", "is empty"),
    (b" \n\t\n", "is empty"),
    (b"\x00\x01\x02PK\x03\x04" * 9, "is binary"),
    (b"%PDF-1.7\n\x00\x00", "is binary"),
    (b"\xff\xfe\xfd\x81\x20\xff\xf0" * 9, "in no encoding known here"),
    (b"\xa0\xff" * 50, "in no encoding known here"),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_bad_files(content, message, tmp_path):
    path = tmp_path / "terms.txt"
    path.write_bytes(content)
    with pytest.raises(YakkanError) as caught:
        read_text(path)
    assert message in str(caught.value)


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(YakkanError, match="does not exist"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(YakkanError, match="is a folder"):
        read_text(tmp_path)
