"""An article with the evidence of its reports marked, and why each actor, place and date is what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.cli import wording
from dateline.cli.marking import Mark, marked
from dateline.cli.terminal import STYLES
from dateline.records import ActorRef, Alternative, Article, Coded, Count, PlaceRef, Quote, Report, Span, TimeRef

_WORTH_TELLING = 0.1
"""From this probability on a type that was not chosen is told."""

Numbered = tuple[int, Report]
Part = Span | ActorRef | PlaceRef | TimeRef | Count
Row = tuple[str, Text]


def evidence(coded: Coded, article: Article, reports: Sequence[Numbered], *, colour: bool) -> Group:
    """What was read in the article, its text with the evidence of ``reports`` marked, then each of them explained."""
    several = len(reports) > 1
    parts: list[RenderableType] = [_metadata(article), Text(), _text(article, reports, colour=colour)]
    for number, report in reports:
        again = [_sentence(article, number, report, colour=colour)] if several else []
        parts += [_title(number, report), *again, _reasons(report), Text()]
    if len(reports) == len(coded.reports) and coded.quotes:
        parts += [Text("Quotes", style="bold"), _grid(_quote(q) for q in coded.quotes), Text()]
    return Group(*parts)


def _metadata(article: Article) -> Table:
    image = article.image
    pictured = " · ".join(t for t in (image.caption, image.credit, image.url) if t) if image else ""
    told = {
        "headline": article.headline,
        "byline": article.byline,
        "publisher": article.publisher,
        "section": article.section,
        "published": wording.stamp(article.published),
        "updated": wording.stamp(article.updated),
        "dateline": article.dateline_place.text if article.dateline_place else None,
        "dated": wording.stamp(article.dateline_date),
        "image": pictured,
        "origin": article.origin,
        "agencies": ", ".join(article.agencies),
        "language": article.language,
        "address": article.url,
        "embedded": "; ".join(article.embeds),
        "set apart": "; ".join(wording.short(line) for line in article.furniture),
    }
    return _grid(
        (name, Text(value, style="bold" if name == "headline" else "")) for name, value in told.items() if value
    )


def _text(article: Article, reports: Sequence[Numbered], *, colour: bool) -> Text:
    marks = [mark for number, report in reports for mark in _marks(number, report)]
    headline = [article.headline_span] if article.headline_span else []
    out = Text()
    for block in sorted({*headline, *article.paragraphs}):
        out.append_text(marked(article.text, block.start, block.end, marks, colour=colour)).append("\n\n")
    return out


def _title(number: int, report: Report) -> Text:
    scale = f"quad {report.quad}, score {report.score}, CAMEO {report.cameo}"
    certain = f"{report.status}, confidence {report.confidence:.2f}"
    return Text.assemble(
        (f"{number}  ", "dim"),
        (wording.kind(report), STYLES["did"]),
        f"  {certain}  ",
        (f"{scale}  {report.id}", "dim"),
    )


def _sentence(article: Article, number: int, report: Report, *, colour: bool) -> Text:
    home = report.sentence
    return marked(article.text, home.start, home.end, _marks(number, report), colour=colour)


def _marks(number: int, report: Report) -> Iterator[Mark]:
    yield Mark(report.trigger.start, report.trigger.end, "did", number)
    for label, part in _parts(report):
        yield Mark(part.start, part.end, label)


def _parts(report: Report) -> Iterator[tuple[str, Part]]:
    """Every filler with the label of its role, in the order in which they are told."""
    roles: tuple[tuple[str, Sequence[Part]], ...] = (
        ("who", report.actors),
        ("whom", report.recipients),
        ("what", report.objects),
        ("with", report.instruments),
        ("where", report.places),
        ("when", report.times),
        ("how many", report.counts),
        ("said by", report.sources),
    )
    return ((label, part) for label, parts in roles for part in parts)


def _reasons(report: Report) -> Table:
    rows = [(label, _reason(part)) for label, part in _parts(report)]
    around = [("perhaps", _reason(report.scope))] if report.scope else []
    return _grid([*rows, *around, *_other_types(report), ("so", _when(report))])


def _other_types(report: Report) -> Iterator[tuple[str, Text]]:
    """The types that the words could also be, with their probabilities."""
    found = (report.type_probabilities or {}).items()
    others = [f"{kind} {p:.2f}" for kind, p in found if kind != report.type and p >= _WORTH_TELLING]
    if others:
        yield "or else", Text(f"the type is {', '.join(others)}", style="dim")


def _reason(part: Part) -> Text:
    words = Text.assemble(f"“{wording.short(part.text)}”", (f" {part.start}–{part.end}", "dim"))
    match part:
        case ActorRef():
            return words.append_text(_resolved(_actor(part), part.score, part.why, part.alternatives))
        case PlaceRef():
            return words.append_text(_resolved(_place(part), part.score, part.why, part.alternatives))
        case TimeRef(moment=moment):
            return words.append_text(_resolved(wording.moment(moment), None, moment.why if moment else part.why))
        case Count():
            return words.append_text(_resolved(wording.count(part), None, ""))
    return words


def _resolved(what: str, score: float | None, why: str, others: Sequence[Alternative] = ()) -> Text:
    """The value, its score and reason, and the runners-up."""
    out = Text.assemble(" is ", (what, "bold")) if what else Text(" is not resolved")
    if what and score is not None:
        out.append(f" ({score:.2f})")
    if why:
        out.append(f": {why}")
    if others:
        out.append("; rather than " + ", ".join(f"{o.name} ({o.score:.2f})" for o in others), style="dim")
    return out


def _actor(ref: ActorRef) -> str:
    if not (ref.name or ref.country or ref.sector):
        return ""
    names = (ref.name or "an actor without a name", wording.codes(ref), ref.kind, ref.id)
    return ", ".join(n for n in names if n)


def _place(ref: PlaceRef) -> str:
    if ref.name is None:
        return ""
    point = f"{ref.lat:.4f} {ref.lon:.4f}" if ref.lat is not None and ref.lon is not None else ""
    around = f" within {ref.radius_km:g} km" if point and ref.radius_km else ""
    known = f"GeoNames {ref.geonameid}" if ref.geonameid else ""
    return ", ".join(t for t in (ref.name, ref.admin1, ref.country, ref.precision, point + around, known) if t)


def _when(report: Report) -> Text:
    when = report.moment
    told = wording.moment(when)
    if when is None or not told:
        return Text("when it was cannot be told" + (f": {when.why}" if when and when.why else ""))
    return Text.assemble("it was ", (told, STYLES["when"]), f" ({when.precision})", f": {when.why}" if when.why else "")


def _quote(quote: Quote) -> Row:
    said = f"“{quote.content.text}”" if quote.direct else quote.content.text
    cue = f", {quote.cue.text}" if quote.cue else ""
    speaker = quote.speaker
    by = _resolved(_actor(speaker), speaker.score, speaker.why) if speaker else Text(" has no speaker in the text")
    name = f"“{speaker.text}”" if speaker else "it"
    return "direct" if quote.direct else "indirect", Text.assemble(said, (f"{cue}: ", "dim"), name, by)


def _grid(rows: Iterable[Row]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", min_width=8, no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(label, value)
    return grid
