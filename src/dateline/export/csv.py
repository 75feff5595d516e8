"""One row a report, or one row a happening of a casebook, for spreadsheets and R."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dateline.export import columns
from dateline.records import ActorRef, Coded, Happening, PlaceRef, Report

COLUMNS = (
    "report_id", "article_id", "published", "type", "mode", "status", "quad", "score", "cameo",
    "actors", "actor_countries", "actor_sectors", "recipients", "recipient_countries", "recipient_sectors",
    "objects", "instruments", "place", "lat", "lon", "place_country", "admin1", "geonameid", "place_precision",
    "scope", "scope_lat", "scope_lon", "scope_country", "scope_precision", "scope_why",
    "first_day", "last_day", "date_precision", "killed_low", "killed_high", "injured_low", "injured_high",
    "sources", "confidence", "trigger", "trigger_start", "trigger_end", "sentence", "coder",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def lines(coded: Iterable[Coded]) -> Iterator[str]:
    """The line of column names, then one line a report. Several values of a cell are parted by ``; ``."""
    yield line(COLUMNS)
    for one in coded:
        for report in one.reports:
            row = _row(one, report)
            yield line([row[column] for column in COLUMNS])


def happenings(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """The line of column names, then one line a happening; it holds them all."""
    yield line([c.name for c in columns.COLUMNS])
    for happening in stream:
        yield line(list(columns.row(happening).values()))


def _row(coded: Coded, report: Report) -> dict[str, object]:
    stamp = coded.article.published or coded.article.updated if coded.article else None
    return {
        "report_id": report.id,
        "article_id": report.article_id,
        "published": stamp.value if stamp else None,
        "type": report.type,
        "mode": report.mode,
        "status": report.status,
        "quad": report.quad,
        "score": report.score,
        "cameo": report.cameo,
        **_people("actor", report.actors),
        **_people("recipient", report.recipients),
        "objects": _join(s.text for s in report.objects),
        "instruments": _join(s.text for s in report.instruments),
        **_place(report.places),
        **_scope(report.scope),
        **_when(report),
        **_toll(report, "killed"),
        **_toll(report, "injured"),
        "sources": _join(_name(s) for s in report.sources),
        "confidence": report.confidence,
        "trigger": report.trigger.text,
        "trigger_start": report.trigger.start,
        "trigger_end": report.trigger.end,
        "sentence": report.sentence.text,
        "coder": report.coder,
    }


def _people(role: str, refs: Sequence[ActorRef]) -> dict[str, object]:
    plural = "actors" if role == "actor" else "recipients"
    return {
        plural: _join(_name(r) for r in refs),
        f"{role}_countries": _join(r.country or "" for r in refs),
        f"{role}_sectors": _join(r.sector or "" for r in refs),
    }


def _name(ref: ActorRef) -> str:
    return ref.name or ref.text


def _place(places: Sequence[PlaceRef]) -> dict[str, object]:
    """The first place that is resolved, else the words of the first."""
    best = next((p for p in places if p.lat is not None), places[0] if places else None)
    return {
        "place": (best.name or best.text) if best else None,
        "lat": best.lat if best else None,
        "lon": best.lon if best else None,
        "place_country": best.country if best else None,
        "admin1": best.admin1 if best else None,
        "geonameid": best.geonameid if best else None,
        "place_precision": best.precision if best else None,
    }


def _scope(scope: PlaceRef | None) -> dict[str, object]:
    names = {"scope": "name", "scope_why": "why"} | {f"scope_{k}": k for k in ("lat", "lon", "country", "precision")}
    return {column: getattr(scope, name) if scope else None for column, name in names.items()}


def _when(report: Report) -> dict[str, object]:
    moment = report.moment
    return {
        "first_day": moment.first if moment else None,
        "last_day": moment.last if moment else None,
        "date_precision": moment.precision if moment else None,
    }


def _toll(report: Report, of: str) -> dict[str, object]:
    count = next((c for c in report.counts if c.of == of), None)
    return {f"{of}_low": count.low if count else None, f"{of}_high": count.high if count else None}


def _join(values: Iterable[str]) -> str:
    return "; ".join(values)


def line(values: Sequence[object], delimiter: str = ",") -> str:
    """One line of a table, nothing in it a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", delimiter=delimiter).writerow([_safe(v) for v in values])
    return out.getvalue()


def _safe(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
