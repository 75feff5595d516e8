"""A brief as one HTML page: no script, no request to anywhere, text of others always escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import groupby
from urllib.parse import urlsplit

from dateline.export.brief import Brief, Item, Line, Said, Source, Tally, Toll
from dateline.export.brief_map import drawing
from dateline.export.brief_markup import Content, Html, element, joined, raw_style
from dateline.export.brief_words import (
    BORDERS,
    COUNTED,
    KIND_NAMES,
    STATUS_NAMES,
    clean,
    day_name,
    nothing,
    noun,
    number,
    plural,
    span_name,
    weekday_name,
)

_RUN = 3
_UNSAFE = frozenset(' "<>\\^`{|}')


def page(brief: Brief, made: str) -> str:
    """The whole page; ``made`` says of what and by what it was made."""
    css = files("dateline.export").joinpath("data", "brief.css").read_text(encoding="utf-8")
    title = f"{brief.name}, {span_name(brief.since, brief.until)}: situation report"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(css)),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        raw_style(css),
    )
    body = element("body", _header(brief), element("main", *_main(brief)), element("footer", element("p", clean(made))))
    return "<!DOCTYPE html>\n" + element("html", head, body, lang="en").text + "\n"


def _policy(css: str) -> str:
    """Nothing may be loaded or run; the one style sheet is let in by its hash."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _header(brief: Brief) -> Html:
    figures = (element("li", element("b", f"{n:,}"), " ", noun(n, what)) for what, n in brief.figures)
    return element(
        "header",
        element("p", "Situation report", class_="kicker"),
        element("h1", brief.name),
        element("p", span_name(brief.since, brief.until), class_="period"),
        *([] if brief.empty else [element("ul", *figures, class_="figures")]),
    )


def _main(brief: Brief) -> Iterator[Html]:
    if brief.empty:
        yield _section("Nothing is told", element("p", nothing(brief.name, brief.since, brief.until)))
        yield _notes(brief)
        return
    yield _contents(brief)
    yield from (section for _, section in _sections(brief))
    yield _notes(brief)
    yield _section("Sources", element("ol", *map(_source, brief.sources), class_="sources"))


def _sections(brief: Brief) -> list[tuple[str, Html]]:
    made = (
        ("Where", _where(brief)),
        ("Tolls", _tolls(brief.items)),
        ("Day by day", _days(brief)),
        ("Over longer spans", _items(brief.longer)),
        ("In dispute", _disputed(brief)),
        ("Announced", _items(brief.announced)),
        (f"Situation on {day_name(brief.until)}", _lines(brief.lines)),
        ("Who", _who(brief)),
    )
    return [(title, _section(title, *content)) for title, content in made if content]


def _contents(brief: Brief) -> Html:
    titles = [title for title, _ in _sections(brief)]
    links = (element("li", element("a", title, href=f"#{_anchor(title)}")) for title in [*titles, "Sources"])
    return element("nav", element("ul", *links), aria_label="Contents")


def _section(title: str, *content: Content) -> Html:
    return element("section", element("h2", title, id=_anchor(title)), *content, aria_labelledby=_anchor(title))


def _anchor(title: str) -> str:
    return "-".join(title.lower().split())


def _where(brief: Brief) -> list[Html]:
    if not brief.points:
        return []
    made = drawing(brief.country, brief.name, brief.points)
    figure = element("figure", made[0], element("figcaption", BORDERS)) if made else joined()
    rows = [(p.name, f"{p.events:,}", f"{p.deadly:,}" if p.deadly else "") for p in brief.points]
    table = _table(("Place", "Events", "With deaths"), rows, "All places")
    outside = made[1] if made else 0
    notes = [f"{plural(outside, 'place')} outside the map."] if outside else []
    if brief.elsewhere:
        notes.append(f"{plural(brief.elsewhere, 'event')} without a place more exact than a country.")
    folded = element("details", element("summary", "All places"), table)
    return [figure, element("p", " ".join(notes), class_="meta"), folded]


def _table(heads: Sequence[str], rows: Iterable[Sequence[Content]], caption: str) -> Html:
    head = element("tr", *(element("th", h, scope="col") for h in heads))
    body = (element("tr", element("th", row[0], scope="row"), *(element("td", c) for c in row[1:])) for row in rows)
    table = element(
        "table", element("caption", caption), element("thead", head), element("tbody", *body), class_="data"
    )
    return element("div", table, class_="wide")


def _tolls(items: Iterable[Item]) -> list[Html]:
    counted = [i for i in items if any(t.of in ("killed", "injured") for t in i.tolls)]
    if not counted:
        return []
    worst = sorted(counted, key=lambda i: -i.killed)
    rows = [(i.title.text, i.when, _toll_cell(i, "killed"), _toll_cell(i, "injured")) for i in worst]
    return [_table(("Event", "When", "Killed", "Injured"), rows, "Killed and injured, the gravest first")]


def _toll_cell(item: Item, of: str) -> Content:
    toll = next((t for t in item.tolls if t.of == of), None)
    if toll is None:
        return element("span", "not told", class_="none")
    return joined(number(toll.low, toll.high), _refs(toll.sources))


def _days(brief: Brief) -> list[Html]:
    return [
        element("section", element("h3", weekday_name(day.day)), *_items(day.items), class_="day") for day in brief.days
    ]


def _items(items: Iterable[Item]) -> list[Html]:
    listed = [_item(i) for i in items]
    return [element("ul", *listed, class_="items")] if listed else []


def _item(item: Item) -> Html:
    told = [item.when, STATUS_NAMES.get(item.status or "", ""), plural(item.outlets, "outlet")]
    parts = [
        element("p", element("b", item.title.text), _refs(item.title.sources), class_="title"),
        element("p", " · ".join(filter(None, told)), class_="meta"),
    ]
    if item.quote is not None and not item.verbal:
        parts.append(element("blockquote", _quoted(item.quote)))
    parts += [element("p", *_toll(t), class_="toll") for t in item.tolls]
    parts += [element("p", element("span", "Denied", class_="flag"), " ", _quoted(d)) for d in item.denials]
    return element("li", *parts, class_="verbal" if item.verbal else None)


def _toll(toll: Toll) -> Iterator[Content]:
    yield element("span", toll.of.capitalize(), class_="of")
    yield f" {number(toll.low, toll.high)}"
    if len(toll.values) > 1:
        yield ": "
    for n, value in enumerate(toll.values):
        yield (", " if n else "") + (value.text if len(toll.values) > 1 else "")
        yield _refs(value.sources)


def _disputed(brief: Brief) -> list[Html]:
    rows = [_dispute(i) for i in brief.disputed] + [_denied(i) for i in brief.denied]
    return [element("ul", *rows, class_="items")] if rows else []


def _dispute(item: Item) -> Html:
    parts: list[Content] = [element("p", element("b", item.title.text), f", {item.when}", class_="title")]
    parts += [element("p", *_toll(t), class_="toll") for t in item.tolls if t.disputed]
    parts += [element("p", "Not agreed who did it: ", *_listed(item.rivals))] if item.rivals else []
    parts += [element("p", element("span", "Denied", class_="flag"), " ", _quoted(d)) for d in item.denials]
    return element("li", *parts)


def _denied(item: Item) -> Html:
    title = element("p", element("b", item.title.text), f", {item.when}", class_="title")
    told = (element("p", element("span", "Denied", class_="flag"), " ", _quoted(d)) for d in item.denials)
    return element("li", title, *told)


def _listed(said: Iterable[Said]) -> Iterator[Content]:
    for n, one in enumerate(said):
        yield (", " if n else "") + one.text
        yield _refs(one.sources)


def _lines(lines: Sequence[Line]) -> list[Html]:
    out = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        out += [element("h3", KIND_NAMES[kind]), element("ul", *map(_line, group), class_="states")]
    return out


def _line(line: Line) -> Html:
    status = STATUS_NAMES.get(line.status)
    parts: list[Content] = [line.text.text, f", since {line.since}" if line.since else ""]
    parts += [f", until {line.until}" if line.until else "", _refs(line.text.sources)]
    parts += [" ", element("span", status, class_="flag")] if status else []
    parts += [" Against it:", _refs(line.against)] if line.against else []
    return element("li", *parts)


def _who(brief: Brief) -> list[Html]:
    heads = ("Events", "Conflict", "Cooperation")
    out = []
    if brief.actors:
        out.append(_table(("Actor", *heads), map(_tally, brief.actors), "Most active actors"))
    if brief.dyads:
        out.append(_table(("Who to whom", *heads), map(_tally, brief.dyads), "Most frequent pairs"))
    return [*out, element("p", COUNTED, class_="meta")] if out else []


def _tally(tally: Tally) -> tuple[str, ...]:
    numbers = (tally.events, tally.conflict, tally.cooperation)
    return " → ".join(tally.names), *(f"{n:,}" if n else "" for n in numbers)


def _quoted(said: Said) -> Html:
    return joined(element("q", said.text), _refs(said.sources))


def _refs(sources: Sequence[int]) -> Html:
    """The numbers as links, a run of them by its first and last."""
    if not sources:
        return joined()
    parts: list[Content] = []
    for first, last in runs(sources):
        parts += [", "] if parts else []
        parts += [_ref(first)] if first == last else [_ref(first), "–", _ref(last)]
    return element("span", " [", *parts, "]", class_="refs")


def _ref(n: int) -> Html:
    return element("a", str(n), href=f"#s{n}", aria_label=f"source {n}")


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs of at least three, others alone."""
    found: list[list[int]] = []
    for n in numbers:
        if found and n == found[-1][-1] + 1:
            found[-1].append(n)
        else:
            found.append([n])
    return [pair for run in found for pair in ([(run[0], run[-1])] if len(run) >= _RUN else [(n, n) for n in run])]


def _source(source: Source) -> Html:
    day = day_name(source.day) if source.day else "day not told"
    copy = " (agency copy)" if source.origin == "agency" else ""
    return element(
        "li",
        element("span", source.outlet, class_="outlet"),
        f"{copy}, ",
        _headline(source),
        f", {day}. ",
        element("q", source.quote),
        id=f"s{source.number}",
        value=str(source.number),
    )


def _headline(source: Source) -> Content:
    address = web_address(source.url)
    if address is None:
        return source.headline
    return element("a", source.headline, href=address, rel="noopener noreferrer nofollow")


def web_address(url: str | None) -> str | None:
    """The URL when it is one of the web and nothing else, such as a script."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    strange = set(url or "") & _UNSAFE or not (url or "").isprintable()
    return url if parts.scheme in ("http", "https") and parts.netloc and not strange else None


def _notes(brief: Brief) -> Html:
    return _section("How to read this", element("ul", *(element("li", note) for note in brief.notes), class_="notes"))
