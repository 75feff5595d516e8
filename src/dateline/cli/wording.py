"""Values of reports in few words, for tables and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dateline.records import ActorRef, Article, Count, Moment, PlaceRef, Report, Stamp

_LONGEST = 60


def short(text: str, longest: int = _LONGEST) -> str:
    """``text`` on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def party(ref: ActorRef) -> str:
    """An actor's name, or its words where it has none."""
    return short(ref.name or ref.text)


def codes(ref: ActorRef) -> str:
    """Country and sector, ``?`` for what is not known: ``AFG REB``, ``? CVL``, ``?``."""
    if ref.country == ref.sector:
        return ref.country or "?"
    return f"{ref.country or '?'} {ref.sector or ''}".strip()


def place(ref: PlaceRef) -> str:
    """A place with its country; the words and ``?`` when it is not resolved."""
    if ref.name is None:
        return f"{short(ref.text)} ?"
    return f"{short(ref.name)} {ref.country}" if ref.country and ref.precision != "country" else short(ref.name)


def located(places: Sequence[PlaceRef], scope: PlaceRef | None = None) -> str:
    """The places of a report, each name once; after "perhaps" the place that it takes from the text around it."""
    told = list(dict.fromkeys(map(place, places)))
    return "; ".join([*told, f"perhaps {place(scope)}"] if scope else told)


def moment(when: Moment | None) -> str:
    """Days as briefly as they can be told: ``2021-07``, ``2021-07-12..14``, ``until 2021-07-27``, "" for none."""
    if when is None or (when.first is None and when.last is None):
        return ""
    if when.first is None or when.last is None:
        return f"until {when.last}" if when.last else f"from {when.first}"
    return _days(date.fromisoformat(when.first), date.fromisoformat(when.last))


def _days(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    after = last + timedelta(days=1) if last < date.max else last
    whole_months = first.day == 1 and after.day == 1
    if whole_months and (first.month, after.month) == (1, 1) and after.year - first.year == 1:
        return f"{first:%Y}"
    if whole_months and (after - first).days <= 31:
        return f"{first:%Y-%m}"
    common = 8 if (first.year, first.month) == (last.year, last.month) else 5 if first.year == last.year else 0
    return f"{first.isoformat()}..{last.isoformat()[common:]}"


def count(number: Count) -> str:
    """``46 killed``, ``at least 46 killed``, ``up to 9 injured``, ``30 to 40 detained``."""
    of = "" if number.of == "other" else f" {number.of}"
    if number.low is None and number.high is None:
        return short(number.text)
    if number.low is None or number.high is None:
        return f"at least {number.low}{of}" if number.high is None else f"up to {number.high}{of}"
    return f"{number.low}{of}" if number.low == number.high else f"{number.low} to {number.high}{of}"


def kind(report: Report) -> str:
    """PLOVER type and mode: ``COERCE seize``."""
    return f"{report.type} {report.mode}" if report.mode else report.type


def stamp(when: Stamp | None) -> str:
    """A point in time and how it was found: ``2021-07-27T16:08+05:30 (furniture)``."""
    return f"{when.value} ({when.how})" if when else ""


def heading(article: Article) -> str:
    """The headline, else the first words."""
    return short(article.headline or article.text, 120)


def about(article: Article) -> str:
    """Outlet, byline, time and origin of an article in one line, those that are known."""
    published = f"published {stamp(article.published)}" if article.published else ""
    updated = f"updated {stamp(article.updated)}" if article.updated else ""
    by = ", ".join(article.agencies)
    origin = {"own": "own reporting", "agency": f"agency copy {by}", "with-agencies": f"with agencies {by}"}
    told = (article.publisher, article.byline, published or updated, origin.get(article.origin or "", ""))
    return " · ".join(short(t.strip(), 80) for t in told if t)
