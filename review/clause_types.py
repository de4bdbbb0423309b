"""The kinds of clause that reviewers compare, as corpus/clause_types.toml describes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import YakkanError
from ingest.facts import Fact

FACT_KINDS = ("period", "rate", "share", "amount", "date", "court", "law", "modality")
_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class ClauseType:
    """A kind of clause: names and definitions in both languages, and what speaks for it in a Japanese text.

    ``titles`` are parts of article titles, ``cues`` words of a clause, the surest first; the parts of a cue (``支払 & 期日``) must stand in one
    sentence. Where one of ``against`` stands, its cues count for nothing. ``facts`` are the kinds of facts that are compared.
    """

    id: str
    ja: str
    en: str
    definition_ja: str
    definition_en: str
    titles: tuple[str, ...]
    cues: tuple[str, ...]
    against: tuple[str, ...]
    facts: tuple[str, ...]

    def compares(self, fact: Fact) -> bool:
        """Whether a fact is one that matters for this type."""
        return ("modality" if fact.kind == "norm" else fact.kind) in self.facts


def read_clause_types(path: Path) -> tuple[ClauseType, ...]:
    """The types in a file, in its order. Raises YakkanError that names the file, the type and the key that is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise YakkanError(f"{path} does not exist; the corpus needs its clause types (see CONTRIBUTING.md)") from None
    except OSError as error:
        raise YakkanError(f"{path} cannot be read: {error.strerror}; check it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise YakkanError(f"{path} is not valid TOML: {error}; correct it") from None
    tables = raw.get("type")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise YakkanError(f"{path}: there is no [[type]]; add at least one (see CONTRIBUTING.md)")
    types = tuple(_type(path, table) for table in tables)
    seen: set[str] = set()
    for kind in types:
        if kind.id in seen:
            raise YakkanError(f"{path}: the type {kind.id} stands there twice; remove one")
        seen.add(kind.id)
    return types


def chosen_types(types: Iterable[ClauseType], ids: Iterable[str]) -> tuple[ClauseType, ...]:
    """The types with these ids, all of them when no id is given. Raises YakkanError for an unknown one."""
    by_id = {t.id: t for t in types}
    wanted = tuple(dict.fromkeys(ids))
    for identity in wanted:
        if identity not in by_id:
            raise YakkanError(f"there is no clause type {identity!r}; see them with: yakkan coverage")
    return tuple(by_id[i] for i in wanted) if wanted else tuple(by_id.values())


def _type(path: Path, table: Mapping[str, Any]) -> ClauseType:
    identity = table.get("id")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise YakkanError(f"{path}: a type has the id {identity!r}; it must be small letters with hyphens, such as late-charge")
    texts: dict[str, str] = {}
    for key in ("ja", "en", "definition_ja", "definition_en"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise YakkanError(f"{path}: type {identity}: {key} must be a text")
        texts[key] = table[key].strip()
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("titles", "cues", "against", "facts"):
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise YakkanError(f"{path}: type {identity}: {key} must be a list of texts")
        lists[key] = tuple(value)
    unknown = [f for f in lists["facts"] if f not in FACT_KINDS]
    if unknown:
        raise YakkanError(f"{path}: type {identity}: {unknown[0]!r} is no kind of fact; those are {', '.join(FACT_KINDS)}")
    return ClauseType(
        identity, texts["ja"], texts["en"], texts["definition_ja"], texts["definition_en"],
        lists["titles"], lists["cues"], lists["against"], lists["facts"],
    )  # fmt: skip
