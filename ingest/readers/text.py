"""Plain text and Markdown: bytes become the source text, line ends kept as they are."""

from __future__ import annotations

import codecs
import contextlib
import re
from pathlib import Path

from ingest.errors import YakkanError

LARGEST = 20_000_000  # bytes; a thousand-article law is about one million

# What the text of Japanese terms is made of; the encoding that gives most of it is the right one.
_EXPECTED = re.compile(r"[ぁ-んァ-ヶー一-龯々、。「」（）・０-９ａ-ｚＡ-Ｚ\x20-\x7e\s]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(path: Path) -> str:
    """The source text of a file in UTF-8, UTF-16 with a byte order mark, ISO-2022-JP, Shift_JIS or EUC-JP.

    Raises YakkanError when the file is missing, empty, too large, binary, or in no encoding known here.
    """
    try:
        if path.is_dir():
            raise YakkanError(f"{path} is a folder; name a text file in it")
        size = path.stat().st_size
        if size > LARGEST:
            raise YakkanError(f"{path} has {size:,} bytes, more than the {LARGEST:,} that can be read; split it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise YakkanError(f"{path} does not exist; check the name") from None
    except OSError as error:
        raise YakkanError(f"{path} cannot be read: {error.strerror}; check its permissions") from None
    text = decode(data, str(path))
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise YakkanError(f"{path} is empty; give a file with the text of the terms")
    return text


def decode(data: bytes, name: str) -> str:
    """The text that ``data`` encodes; ``name`` is how an error calls it."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                break
    if _BINARY.search(data):
        raise YakkanError(f"{name} is binary, not text; export it as UTF-8 text first")
    escapes = b"\x1b$" in data or b"\x1b(" in data
    for encoding in ("iso2022_jp_ext", "utf-8") if escapes and data.isascii() else ("utf-8",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    candidates = []
    for encoding in ("cp932", "euc_jis_2004"):
        with contextlib.suppress(UnicodeDecodeError):
            candidates.append(data.decode(encoding))
    if candidates:
        best = max(candidates, key=lambda text: len(_EXPECTED.findall(text)) / max(len(text), 1))
        if len(_EXPECTED.findall(best)) >= len(best) * 0.8:
            return best
    raise YakkanError(f"{name} is in no encoding known here (UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP); save it as UTF-8")
