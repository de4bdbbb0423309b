"""References: the mentions of clauses in the text, resolved by the tree.

Finding (``ingest.mentions``) and resolving are two steps. What cannot be right is kept and reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import numerals
from ingest.folding import folded
from ingest.mentions import JOINT, RANGE_JOINT, Mention, find_mentions
from ingest.model import Clause, Outline, Problem, Reference, Span
from ingest.prose import Prose, own_prose


@dataclass(frozen=True, slots=True)
class _Path:
    """Where a clause stands, as far as there is one of each. ``scope`` is the part, 別紙 or 別表 whose own
    numbering counts first; ``above`` are the part, chapter and section around it.
    """

    scope: str | None
    above: tuple[Clause, ...]
    article: Clause | None
    paragraph: Clause | None
    item: Clause | None


def read_references(
    outline: Outline, source: str, aliases: tuple[str, ...] = ()
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The references of all clauses, resolved where the tree allows, and the problems they show.

    ``aliases`` are names this document calls itself by (利用規約), so that 利用規約第2条 is its own.
    """
    references: list[Reference] = []
    problems: list[Problem] = []
    tree = _Tree(outline)
    for clause, path in tree.paths:
        prose = own_prose(clause, source)
        reader = _Reader(tree, path, prose.text)
        for found in find_mentions(prose.text, aliases):
            targets, complaint = reader.resolve(found)
            span = _source_span(prose, found.start, found.end)
            text = " ".join(prose.text[found.start : found.end].split())
            references.append(Reference(clause.address or "", text, span, targets, found.external))
            if complaint:
                problems.append(Problem(f"{text}: {complaint}", *span))
    return tuple(references), tuple(problems)


def _source_span(prose: Prose, start: int, end: int) -> Span:
    spans = prose.source_spans(start, end)
    return Span(spans[0].start, spans[-1].end)


class _Tree:
    """The outline with what references need: each clause's place, and articles and chapters by number."""

    def __init__(self, outline: Outline) -> None:
        self.paths: list[tuple[Clause, _Path]] = []
        self.articles: list[Clause] = []
        self.divisions: list[Clause] = []
        self.by_number: dict[tuple[str | None, str | None], Clause] = {}
        self.annexes: dict[tuple[str, str | None], Clause] = {}
        for clause in outline.clauses:
            self._read(clause, _Path(None, (), None, None, None))

    def _read(self, clause: Clause, path: _Path) -> None:
        if clause.level in ("part", "chapter", "section"):
            self.divisions.append(clause)
            scope = clause.address if clause.level == "part" else path.scope
            path = _Path(scope, (*path.above, clause), None, None, None)
        elif clause.level in ("supplement", "appendix", "schedule"):
            self.annexes.setdefault((clause.level, clause.number), clause)
            scope = None if clause.level == "supplement" else clause.address
            path = _Path(scope, (), clause, None, None)
        elif clause.level == "article":
            self.articles.append(clause)
            self.by_number.setdefault((path.scope, clause.number), clause)
            self.by_number.setdefault((None, clause.number), clause)
            path = _Path(path.scope, path.above, clause, None, None)
        elif clause.level == "paragraph":
            path = _Path(path.scope, path.above, path.article, clause, None)
        elif clause.level == "item":
            path = _Path(path.scope, path.above, path.article, path.paragraph, clause)
        if clause.address is not None:
            self.paths.append((clause, path))
        for child in clause.children:
            self._read(child, path)

    def article(self, number: tuple[int, ...], scope: str | None) -> Clause | None:
        name = "-".join(map(str, number))
        return self.by_number.get((scope, name)) or self.by_number.get((None, name))

    def beside(self, article: Clause, step: int) -> Clause | None:
        at = next((i for i, a in enumerate(self.articles) if a is article), None)
        return None if at is None or not 0 <= at + step < len(self.articles) else self.articles[at + step]


_Result = tuple[tuple[str, ...], str | None]


class _Reader:
    """Resolves the references of one clause in their order; what was named last counts for 同条 and 第2項."""

    def __init__(self, tree: _Tree, path: _Path, text: str) -> None:
        self.tree = tree
        self.path = path
        self.text = text
        self.article: Clause | None = None  # named last
        self.paragraph: Clause | None = None
        self.last: tuple[int, tuple[str, ...]] = (-1, ())

    def resolve(self, found: Mention) -> _Result:
        """The targets of one reference, and what is wrong with it or None."""
        m = found.match
        if found.external:
            self.last = (found.end, ())
            return (), None
        between = self.text[self.last[0] : m.start()] if self.last[0] >= 0 else "."
        joined = JOINT.fullmatch(between) is not None or RANGE_JOINT.fullmatch(between) is not None
        if m["range"]:
            targets, complaint = self._range(m)
        elif m["article"]:
            targets, complaint = self._article(m)
            if targets and targets == self.last[1] and not self.text[self.last[0] : m.start()].strip():
                complaint = "printed twice"
        elif m["span"]:
            targets, complaint = self._span(m, joined)
        elif m["count"]:
            targets, complaint = self._before(m["unit"], numerals.integer(m["count"]) or 0)
        elif m["paragraph"]:
            targets, complaint = self._paragraph(m, joined)
        elif m["item"]:
            targets, complaint = self._item(m["item"], joined)
        elif m["chapter"]:
            targets, complaint = self._chapter(m["chapter"])
        elif m["each"]:
            targets, complaint = self._before(m["each"][-1], None)
        elif m["annex"]:
            targets, complaint = self._annex(m)
        else:
            targets, complaint = _addresses(_items(self.path.paragraph)), None
        self.last = (m.end(), targets)
        return targets, complaint

    def _range(self, m: re.Match[str]) -> _Result:
        start, end = self._named(m["from"]), self._named(m["to"])
        if start is None or end is None:
            return (), "no such article in this text"
        articles = self.tree.articles
        a, b = articles.index(start), articles.index(end)
        self.article, self.paragraph = end, None
        return _addresses(articles[a : b + 1]), None if a <= b else "the range runs backwards"

    def _named(self, name: str) -> Clause | None:
        """The article a name means here: 第9条, 前条, 次条, 同条, 本条."""
        own = self.path.article
        if name in ("本条", "この条"):
            return own
        if name == "同条":
            return self.article
        if name in ("前条", "次条"):
            return self.tree.beside(own, -1 if name == "前条" else 1) if own else None
        return self.tree.article(numerals.numbered(name[name.rindex("第") :]) or (), self.path.scope)

    def _span(self, m: re.Match[str], joined: bool) -> _Result:
        """All clauses of 第1項から第3項まで or 第1号から第3号まで."""
        if m["sto"].endswith("項"):
            siblings = _paragraphs(self.article if joined and self.article is not None else self.path.article)
        else:
            siblings = _items(self.paragraph if joined and self.paragraph is not None else self.path.paragraph)
        first, last = _value(m["sfrom"]), _value(m["sto"])
        if not 1 <= first <= last <= len(siblings):
            return (), "no such clauses in this text"
        return _addresses(siblings[first - 1 : last]), None

    def _article(self, m: re.Match[str]) -> _Result:
        article = self._named(m["article"])
        if article is None:
            return (), "no such article in this text"
        self.article, self.paragraph = article, None
        complaint = _title_complaint(m["title"], article)
        if not m["ap"]:
            if m["ai"] and len(article.children) == 1:
                return self._listed(_items(article.children[0]), m["ai"], complaint)
            if m["atail"].strip() == "各号" and len(article.children) == 1:
                return _addresses(_items(article.children[0])), complaint
            return _addresses([article]), complaint
        return self._within(article, m["ap"], m["ai"], m["atail"], complaint)

    def _paragraph(self, m: re.Match[str], joined: bool) -> _Result:
        name, own = m["paragraph"], self.path.paragraph
        siblings = _paragraphs(self.path.article)
        if name in ("本項", "この項"):
            paragraph = own
        elif name == "同項":
            paragraph = self.paragraph
        elif name in ("前項", "次項"):
            at = siblings.index(own) if own in siblings else -1
            at += -1 if name == "前項" else 1
            paragraph = siblings[at] if own is not None and 0 <= at < len(siblings) else None
            if paragraph is None:
                return (), "there is no paragraph " + ("before" if name == "前項" else "after") + " this one"
        else:
            article = self.article if joined and self.article is not None else self.path.article
            return self._within(article, name, m["pi"], m["ptail"], None)
        return self._of(paragraph, m["pi"], m["ptail"], None)

    def _within(self, article: Clause | None, name: str, item: str | None, tail: str, complaint: str | None) -> _Result:
        value, paragraphs = _value(name), _paragraphs(article)
        if not 1 <= value <= len(paragraphs):
            return (), "no such paragraph in this text"
        self.article = article
        return self._of(paragraphs[value - 1], item, tail, complaint)

    def _of(self, paragraph: Clause | None, item: str | None, tail: str, complaint: str | None) -> _Result:
        if paragraph is None:
            return (), complaint or "nothing it could mean was named before"
        self.paragraph = paragraph
        if item:
            return self._listed(_items(paragraph), item, complaint)
        if tail.strip() == "各号":
            items = _items(paragraph)
            return _addresses(items), complaint if items else "that paragraph has no items"
        return _addresses([paragraph]), complaint

    def _listed(self, items: list[Clause], name: str, complaint: str | None) -> _Result:
        value = _value(name)
        if not 1 <= value <= len(items):
            return (), "no such item in this text"
        return _addresses([items[value - 1]]), complaint

    def _item(self, name: str, joined: bool) -> _Result:
        own = self.path.item
        if name in ("本号", "この号"):
            return (_addresses([own]), None) if own else ((), "this is no item")
        siblings = _items(self.path.paragraph)
        if name in ("前号", "次号"):
            at = siblings.index(own) + (-1 if name == "前号" else 1) if own in siblings else -1
            return (
                (_addresses([siblings[at]]), None) if 0 <= at < len(siblings) else ((), "there is no such item beside this one")
            )
        if name == "同号":
            return (self.last[1], None) if self.last[1] else ((), "nothing it could mean was named before")
        paragraph = self.paragraph if joined and self.paragraph is not None else self.path.paragraph
        return self._listed(_items(paragraph), name, None)

    def _chapter(self, name: str) -> _Result:
        level = {"編": "part", "章": "chapter", "節": "section"}[name[-1]]
        own = next((clause for clause in self.path.above if clause.level == level), None)
        same = [clause for clause in self.tree.divisions if clause.level == level]
        if name[:-1] in ("本", "この", "同"):
            found = own
        elif name[:-1] in ("前", "次"):
            at = next((i for i, clause in enumerate(same) if clause is own), -9) + (-1 if name[0] == "前" else 1)
            found = same[at] if 0 <= at < len(same) else None
        else:
            number = "-".join(map(str, numerals.numbered(name) or ()))
            found = next((clause for clause in same if clause.number == number), None)
        return (_addresses([found]), None) if found else ((), f"no such {level} in this text")

    def _before(self, unit: str, count: int | None) -> _Result:
        """The ``count`` clauses before this one, or all of them where it is None."""
        if unit == "条":
            siblings, own = self.tree.articles, self.path.article
        elif unit == "項":
            siblings, own = _paragraphs(self.path.article), self.path.paragraph
        else:
            siblings, own = _items(self.path.paragraph), self.path.item
        at = next((i for i, clause in enumerate(siblings) if clause is own), 0)
        if not at or (count is not None and count > at):
            return (), "fewer clauses stand before this one"
        return _addresses(siblings[0 if count is None else at - count : at]), None

    def _annex(self, m: re.Match[str]) -> _Result:
        level = "schedule" if m["annex"] == "別表" else "appendix"
        value = numerals.integer(m["annexno"])
        annex = self.tree.annexes.get((level, None if value is None else str(value)))
        if annex is None:
            return (), f"this text has no {m['annex']}{m['annexno']}"
        return _addresses([annex]), _title_complaint(m["annextitle"], annex)


def _value(name: str) -> int:
    """The number in 第3項; 0 where there is none."""
    number = re.search(numerals.NUMBER, name)
    return (numerals.integer(number.group()) or 0) if number else 0


def _paragraphs(article: Clause | None) -> list[Clause]:
    return [c for c in article.children if c.level == "paragraph"] if article else []


def _items(paragraph: Clause | None) -> list[Clause]:
    return [c for c in paragraph.children if c.level == "item"] if paragraph else []


def _addresses(clauses: list[Clause]) -> tuple[str, ...]:
    return tuple(c.address for c in clauses if c.address)


def _title_complaint(printed: str | None, target: Clause) -> str | None:
    if not printed or not target.title:
        return None
    same = "".join(folded(printed).split()) == "".join(folded(target.title).split())
    return None if same else f"its title is {target.title} there"
