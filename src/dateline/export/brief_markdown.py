"""A brief as Markdown (CommonMark with tables); text of others is escaped, so that it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dateline.export.brief import Brief, Item, Line, Said, Source, Tally, Toll
from dateline.export.brief_html import runs, web_address
from dateline.export.brief_words import (
    COUNTED,
    KIND_NAMES,
    STATUS_NAMES,
    clean,
    day_name,
    nothing,
    number,
    plural,
    span_name,
    weekday_name,
)

_MARKS = re.compile(r"([\\`*_\[\]<>|~#$@!])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: nothing in it is a mark, a tag, an entity or a link."""
    plain = _MARKS.sub(r"\\\1", clean(text).replace("&", "\0"))
    return _ADDRESS.sub(lambda m: f"{m[1] or m[3]}\\{m[2] or m[4]}", plain).replace("\0", "&amp;")


def document(brief: Brief, made: str) -> Iterator[str]:
    """The lines of the document; ``made`` says of what and by what it was made."""
    yield f"# {escaped(brief.name)}, {span_name(brief.since, brief.until)}: situation report"
    yield ""
    if brief.empty:
        yield escaped(nothing(brief.name, brief.since, brief.until))
    else:
        yield "; ".join(plural(n, what) for what, n in brief.figures) + "."
        for title, lines in _sections(brief):
            yield from ("", f"## {title}", "", *lines)
    yield from ("", "## How to read this", "", *(f"- {note}" for note in brief.notes))
    if brief.sources:
        yield from ("", "## Sources", "", *map(_source, brief.sources))
    yield from ("", "---", "", escaped(made))


def _sections(brief: Brief) -> list[tuple[str, list[str]]]:
    made = (
        ("Where", _where(brief)),
        ("Tolls", _tolls(brief.items)),
        ("Day by day", _days(brief)),
        ("Over longer spans", _items(brief.longer)),
        ("In dispute", [line for item in (*brief.disputed, *brief.denied) for line in _dispute(item)]),
        ("Announced", _items(brief.announced)),
        (f"Situation on {day_name(brief.until)}", _states(brief.lines)),
        ("Who", _who(brief)),
    )
    return [(title, lines) for title, lines in made if lines]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table whose cells are Markdown already."""
    return [_row(heads), _row(["---"] * len(heads)), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _where(brief: Brief) -> list[str]:
    if not brief.points:
        return []
    rows = ((escaped(p.name), f"{p.lat:.2f}, {p.lon:.2f}", str(p.events), str(p.deadly or "")) for p in brief.points)
    lines = table(("Place", "Latitude, longitude", "Events", "With deaths"), rows)
    if brief.elsewhere:
        lines += ["", f"{plural(brief.elsewhere, 'event')} without a place more exact than a country."]
    return lines


def _tolls(items: Iterable[Item]) -> list[str]:
    counted = [i for i in items if any(t.of in ("killed", "injured") for t in i.tolls)]
    worst = sorted(counted, key=lambda i: -i.killed)
    rows = ((escaped(i.title.text), i.when, _cell(i, "killed"), _cell(i, "injured")) for i in worst)
    return table(("Event", "When", "Killed", "Injured"), rows) if counted else []


def _cell(item: Item, of: str) -> str:
    toll = next((t for t in item.tolls if t.of == of), None)
    if toll is None:
        return "not told"
    return number(toll.low, toll.high) + _refs(toll.sources)


def _days(brief: Brief) -> list[str]:
    lines: list[str] = []
    for day in brief.days:
        lines += [*([""] if lines else []), f"### {weekday_name(day.day)}", "", *_items(day.items)]
    return lines


def _items(items: Iterable[Item]) -> list[str]:
    return [line for item in items for line in _item(item)]


def _item(item: Item) -> Iterator[str]:
    told = [item.when, STATUS_NAMES.get(item.status or "", ""), plural(item.outlets, "outlet")]
    yield f"- **{escaped(item.title.text)}**{_refs(item.title.sources)} ({'; '.join(filter(None, told))})"
    if item.quote is not None and not item.verbal:
        yield f"  {_quoted(item.quote)}"
    for toll in item.tolls:
        yield f"  - {_toll(toll)}"
    for denial in item.denials:
        yield f"  - Denied: {_quoted(denial)}"


def _dispute(item: Item) -> Iterator[str]:
    yield f"- **{escaped(item.title.text)}**, {item.when}"
    for toll in (t for t in item.tolls if t.disputed):
        yield f"  - {_toll(toll)}"
    if item.rivals:
        yield "  - Not agreed who did it: " + ", ".join(escaped(r.text) + _refs(r.sources) for r in item.rivals)
    for denial in item.denials:
        yield f"  - Denied: {_quoted(denial)}"


def _toll(toll: Toll) -> str:
    head = f"{toll.of.capitalize()} {number(toll.low, toll.high)}"
    if len(toll.values) == 1:
        return head + _refs(toll.sources)
    return f"{head}: " + ", ".join(v.text + _refs(v.sources) for v in toll.values)


def _states(lines: Iterable[Line]) -> list[str]:
    out: list[str] = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        out += [*([""] if out else []), f"### {KIND_NAMES[kind]}", "", *map(_state, group)]
    return out


def _state(line: Line) -> str:
    text = escaped(line.text.text) + (f", since {line.since}" if line.since else "")
    text += (f", until {line.until}" if line.until else "") + _refs(line.text.sources)
    status = STATUS_NAMES.get(line.status)
    text += f" ({status})" if status else ""
    return f"- {text}" + (f" Against it:{_refs(line.against)}" if line.against else "")


def _who(brief: Brief) -> list[str]:
    heads = ("Events", "Conflict", "Cooperation")
    lines = table(("Actor", *heads), map(_tally, brief.actors)) if brief.actors else []
    if brief.dyads:
        lines += ["", *table(("Who to whom", *heads), map(_tally, brief.dyads))]
    return [*lines, "", COUNTED] if lines else []


def _tally(tally: Tally) -> tuple[str, ...]:
    numbers = (tally.events, tally.conflict, tally.cooperation)
    return escaped(" → ".join(tally.names)), *(str(n or "") for n in numbers)


def _quoted(said: Said) -> str:
    return f"“{escaped(said.text)}”{_refs(said.sources)}"


def _refs(sources: Sequence[int]) -> str:
    if not sources:
        return ""
    return " \\[" + ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs(sources)) + "\\]"


def _source(source: Source) -> str:
    day = day_name(source.day) if source.day else "day not told"
    copy = " (agency copy)" if source.origin == "agency" else ""
    address = web_address(source.url)
    linked = f" <{address}>" if address else ""
    headline = f"“{escaped(source.headline)}”"
    return f"{source.number}. {escaped(source.outlet)}{copy}, {headline}, {day}.{linked} “{escaped(source.quote)}”"
