"""What changed between two versions of a casebook: which events are new, changed, deleted or merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.store.faults import explained

if TYPE_CHECKING:
    from dateline.store.snapshot import Snapshot

_INCIDENTAL = ("report_id", "made_by", "confidence")
_NOT_COMPARED = frozenset({"id", "_words", *_INCIDENTAL})
_COMPARED = f"(SELECT * EXCLUDE ({', '.join(_INCIDENTAL)}) FROM events)"
# Where the words of a report are, so that a report that only moved in its article's text is not taken for another.
_WORDS = """
LEFT JOIN (SELECT r.id, [d.lineage, r.type, r.trigger.text, r.sentence.text] AS _words
           FROM reports r JOIN documents d USING (coding)) USING (id)
"""


@dataclass(frozen=True, slots=True)
class Change:
    """An event that stayed and whose values did not: each field with its value before and after."""

    id: str
    before: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Diff:
    """The events of two versions compared; a report that no event holds counts as an event.

    ``new`` and ``deleted`` are events (the columns of the view ``events`` by name), ``changed`` those that stayed,
    ``merged`` the ids that went into others (old, new, why) between the versions, reports that went into an event among
    them. ``articles`` counts the articles new, changed, recoded and deleted. ``before`` of a change is its id in the
    older version.
    """

    a: int
    b: int
    new: tuple[dict[str, Any], ...]
    changed: tuple[Change, ...]
    deleted: tuple[dict[str, Any], ...]
    merged: tuple[tuple[str, str, str], ...]
    articles: dict[str, int]


def diff(a: Snapshot, b: Snapshot) -> Diff:
    """Compare two snapshots of one casebook. Raises CasebookError on a broken file."""
    if a is b:
        return Diff(a.version, b.version, (), (), (), (), {"new": 0, "changed": 0, "recoded": 0, "deleted": 0})
    with explained(a.where):
        old, new = _events(a, b), _events(b, a)
        moved = _moved(old, new)
        pairs = [(old[i], new[j]) for i, j in {**{i: i for i in old.keys() & new.keys()}, **moved}.items()]
        changed = [c for c in (_change(x, y) for x, y in pairs) if c.fields]
        merged = _merged(a, b, old.keys())
        gone = {i for i, *_ in merged} | set(moved) | new.keys()
        came = set(moved.values()) | old.keys()
        return Diff(
            a.version,
            b.version,
            tuple(_shown(e) for i, e in sorted(new.items()) if i not in came),
            tuple(sorted(changed, key=lambda c: c.id)),
            tuple(_shown(e) for i, e in sorted(old.items()) if i not in gone),
            tuple(merged),
            _articles(a, b),
        )


def _events(one: Snapshot, other: Snapshot) -> dict[str, dict[str, Any]]:
    """The events of one version that are not, value for value, in the other."""
    _lend_marks(other, one)
    ids = f"SELECT id FROM {_COMPARED} e WHERE hash(e) NOT IN (SELECT mark FROM _marks)"
    sql = f"SELECT events.*, _words FROM events {_WORDS} WHERE id IN ({ids})"
    cursor = one.execute(sql)
    columns = [c[0] for c in cursor.description or ()]
    return {row[0]: dict(zip(columns, row, strict=True)) for row in cursor.fetchall()}


def _lend_marks(source: Snapshot, to: Snapshot) -> None:
    source.need("events")
    marks = source.con.sql(f"SELECT hash(e) AS mark FROM {_COMPARED} e")
    to.con.register("_lent", _Stream(marks))
    to.con.execute("CREATE OR REPLACE TABLE _marks AS SELECT * FROM _lent")
    to.con.unregister("_lent")


class _Stream:
    """An Arrow stream and nothing else, so that one connection can read what another has."""

    def __init__(self, relation: Any) -> None:
        self._relation = relation

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._relation.__arrow_c_stream__(requested_schema)


def _moved(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Deleted to new ids of reports with the same words in versions of one article, where that is unambiguous."""
    lost, found = _by_words(old, new), _by_words(new, old)
    return {ids[0]: found[words][0] for words, ids in lost.items() if len(ids) == 1 and len(found.get(words, ())) == 1}


def _by_words(events: dict[str, dict[str, Any]], other: dict[str, Any]) -> dict[tuple[str, ...], list[str]]:
    grouped: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_, event in events.items():
        if id_ not in other and event["_words"] is not None:
            grouped[tuple(event["_words"])].append(id_)
    return grouped


def _change(old: dict[str, Any], new: dict[str, Any]) -> Change:
    fields = {k: (old[k], new[k]) for k in new if k not in _NOT_COMPARED and old[k] != new[k]}
    return Change(new["id"], old["id"], fields)


def _merged(a: Snapshot, b: Snapshot, old: Collection[str]) -> list[tuple[str, str, str]]:
    """The events of the older version that are in others now: by the merge log, and reports that an event took in."""
    sql = "SELECT old, new, why FROM event_merges WHERE version > $since ORDER BY version, old"
    log = {str(o): (str(n), str(w)) for o, n, w in b.execute(sql, {"since": a.version}).fetchall()}
    sql = "SELECT report_id, event_id, why FROM event_members WHERE report_id IN (SELECT unnest($ids)) ORDER BY 1"
    taken = {str(o): (str(n), str(w)) for o, n, w in b.execute(sql, {"ids": sorted(old)}).fetchall()}
    went = {**{id_: _followed(id_, log) for id_ in log if id_ in old}, **taken}
    return [(id_, *went[id_]) for id_ in sorted(went)]


def _followed(id_: str, log: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Where an event went in the end, and why it went."""
    new, why = log[id_]
    seen = {id_}
    while new in log and new not in seen:
        seen.add(new)
        new = log[new][0]
    return new, why


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != "_words"}


def _articles(a: Snapshot, b: Snapshot) -> dict[str, int]:
    old, new = _lineages(a), _lineages(b)
    kept = [(old[k], new[k]) for k in old.keys() & new.keys()]
    return {
        "new": len(new.keys() - old.keys()),
        "changed": sum(x[0] != y[0] for x, y in kept),
        "recoded": sum(x[0] == y[0] and x[1] != y[1] for x, y in kept),
        "deleted": len(old.keys() - new.keys()),
    }


def _lineages(snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    rows: Sequence[tuple[str, str, str]] = snapshot.execute(
        "SELECT lineage, fingerprint, coder FROM documents"
    ).fetchall()
    return {lineage: (fingerprint, coder) for lineage, fingerprint, coder in rows}


def lines(difference: Diff) -> Iterator[str]:
    """The difference in words, one line each, for people."""
    yield f"version {difference.a} to {difference.b}"
    counted = ", ".join(f"{number} {what}" for what, number in difference.articles.items() if number)
    yield f"articles: {counted or 'no change'}"
    for sign, events in (("+", difference.new), ("-", difference.deleted)):
        yield from (f"{sign} {_told(event)}" for event in events)
    for change in difference.changed:
        told = "; ".join(f"{k}: {_value(x)} -> {_value(y)}" for k, (x, y) in change.fields.items())
        yield f"~ {change.id} {told}"
    yield from (f"> {old} merged into {new}{f' ({why})' if why else ''}" for old, new, why in difference.merged)


def _told(event: dict[str, Any]) -> str:
    names = ("day", "type", "mode", "status", "actor", "recipient", "place")
    return " · ".join([str(event["id"]), *(str(event[n]) for n in names if event[n] is not None)])


def _value(value: Any) -> str:
    return "none" if value is None else str(value)
