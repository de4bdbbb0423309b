"""The unofficial English reference translation of a document, by clause."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import YakkanError
from ingest.folding import folded
from ingest.model import Clause
from ingest.prose import BREAK

_LATIN = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Translation:
    """English ``titles`` and ``texts`` by clause address without the document, and how terms are rendered.

    A text is that of the clause alone, with one line for each block of its words.
    """

    titles: Mapping[str, str]
    texts: Mapping[str, str]
    terms: Mapping[str, str]

    def title(self, address: str) -> str | None:
        """The English title of a clause, or None."""
        return self.titles.get(_place(address))

    def text(self, clause: Clause) -> str | None:
        """The English of a clause with all that stands in it, laid out as its Japanese; None where a part is missing."""
        lines = self._lines(clause)
        return BREAK.join(lines) if lines else None

    def _lines(self, clause: Clause) -> list[str] | None:
        if clause.address is None:
            return []
        own = self.texts.get(_place(clause.address), "").split(BREAK) if clause.body else []
        if len(own) != len(clause.body) or (clause.body and not own[0]):
            return None
        parts: list[tuple[int, str | Clause]] = [(b[0].start, line) for b, line in zip(clause.body, own, strict=True)]
        parts.extend((child.start, child) for child in clause.children)
        lines: list[str] = []
        for _, part in sorted(parts, key=lambda p: p[0]):
            if isinstance(part, str):
                lines.append(part)
                continue
            below = self._lines(part)
            if below is None:
                return None
            head = " ".join(filter(None, (english_label(part), self.title(part.address or ""))))
            if head and below and not part.title:
                below[0] = f"{head} {below[0]}"
            elif head:
                below.insert(0, head)
            lines.extend(below)
        return lines


def english_label(clause: Clause) -> str:
    """The mark of an item as readers of English know it: （１） → (1), ① → 1, イ → (b) by its place; its print otherwise."""
    place = (clause.address or "").rpartition(".")[2]
    if clause.level in ("item", "subitem") and re.search(r"[ァ-ヶ]", clause.label) and place.isdigit():
        number = int(place) - 1
        return f"({_LATIN[number % 26] * (number // 26 + 1)})"
    return folded(clause.label)


def read_translation(path: Path) -> Translation | None:
    """The translation in a file english.toml, or None where there is no such file.

    Raises YakkanError that names the file and what is wrong in it.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise YakkanError(f"{path} cannot be read: {error.strerror}; check it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise YakkanError(f"{path} is not valid TOML: {error}; correct it") from None
    tables = {}
    for name in ("titles", "texts", "terms"):
        table = raw.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise YakkanError(f'{path}: [{name}] must hold texts by clause address, such as "3.1" = "…"')
        tables[name] = table
    return Translation(**tables)


def _place(address: str) -> str:
    return address.partition(":")[2] or address
