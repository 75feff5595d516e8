"""A workbook (Office Open XML) of three sheets, written with the standard library: no other package is needed.

Cells of text are inline strings, which no spreadsheet takes for a formula.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import IO, Any
from xml.sax.saxutils import escape

from dateline.export.columns import COLUMNS, DAY, TYPES
from dateline.records import Account, Happening

SHEETS = ("happenings", "reports", "left out")
ROWS, CHARACTERS = 1_048_576, 32_767
"""What a sheet and a cell hold."""
REPORTS = {
    "event_id": "VARCHAR", "report_id": "VARCHAR", "article_id": "VARCHAR", "publisher": "VARCHAR", "url": "VARCHAR",
    "published": "VARCHAR", "headline": "VARCHAR", "origin": "VARCHAR", "type": "VARCHAR", "mode": "VARCHAR",
    "status": "VARCHAR", "trigger": "VARCHAR", "sentence": "VARCHAR", "confidence": "DOUBLE", "verdict": "VARCHAR",
    "why": "VARCHAR",
}  # fmt: skip
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count a day that never was
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HEAD = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
_HEAD += 'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
_TAIL = "</sheetData></worksheet>"
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_DAY_STYLE, _BOLD_STYLE = 1, 2


def write(stream: Iterable[Happening], path: str, left_out: Counter[str]) -> None:
    """Write a new workbook: the happenings, their reports, and what was left out and why.

    A sheet holds 1,048,575 rows beside its header, and a cell 32,767 characters; what is beyond is counted.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book, tempfile.TemporaryFile() as reports:
        for name, text in _frame().items():
            book.writestr(name, text)
        with book.open(_sheet_file(0), "w", force_zip64=True) as happenings:
            _write_both(stream, happenings, reports, left_out)
        with book.open(_sheet_file(1), "w", force_zip64=True) as sheet:
            reports.seek(0)
            while some := reports.read(1 << 20):
                sheet.write(some)
        with book.open(_sheet_file(2), "w") as sheet:
            _write_left_out(sheet, left_out)


def _write_both(stream: Iterable[Happening], one: IO[bytes], other: IO[bytes], left_out: Counter[str]) -> None:
    happenings, reports = _Sheet(one, TYPES, left_out), _Sheet(other, REPORTS, left_out)
    for happening in stream:
        happenings.add([c.value(happening) for c in COLUMNS])
        for account in happening.accounts:
            reports.add([_told(happening, account)[name] for name in REPORTS])
    happenings.end()
    reports.end()


def _write_left_out(sheet: IO[bytes], left_out: Counter[str]) -> None:
    written = _Sheet(sheet, {"how many": "BIGINT", "why": "VARCHAR"}, Counter())
    for reason, number in sorted(left_out.items()) or [("nothing was left out", 0)]:
        written.add([number, reason])
    written.end()


def _told(happening: Happening, account: Account) -> dict[str, Any]:
    report = account.report
    return {
        "event_id": happening.event.id,
        "report_id": report.id,
        "article_id": report.article_id,
        "publisher": account.publisher,
        "url": account.url,
        "published": account.published,
        "headline": account.headline,
        "origin": account.origin,
        "type": report.type,
        "mode": report.mode,
        "status": report.status,
        "trigger": report.trigger.text,
        "sentence": report.sentence.text,
        "confidence": report.confidence,
        "verdict": account.verdict,
        "why": account.why,
    }


class _Sheet:
    """A sheet that is written row by row."""

    def __init__(self, stream: IO[bytes], types: Mapping[str, str], left_out: Counter[str]) -> None:
        self._stream, self._types, self._left_out, self._rows = stream, list(types.values()), left_out, 1
        stream.write(_HEAD.encode())
        stream.write(f"<row>{''.join(_text(name, _BOLD_STYLE) for name in types)}</row>".encode())

    def add(self, values: Sequence[Any]) -> None:
        """Write a row, or count it where the sheet is full."""
        if self._rows >= ROWS:
            self._left_out[f"rows beyond the {ROWS} that a sheet holds; narrow the filters or take another format"] += 1
            return
        self._rows += 1
        cells = "".join(self._cell(v, t) for v, t in zip(values, self._types, strict=True))
        self._stream.write(f"<row>{cells}</row>".encode())

    def end(self) -> None:
        """Close the sheet's element."""
        self._stream.write(_TAIL.encode())

    def _cell(self, value: Any, type_: str) -> str:
        if value is None:
            return "<c/>"
        if type_ == DAY and (serial := _serial(value)) is not None:
            return f'<c s="{_DAY_STYLE}"><v>{serial}</v></c>'
        if isinstance(value, str):
            return _text(self._cut(value))
        return f"<c><v>{value!r}</v></c>"

    def _cut(self, text: str) -> str:
        if len(text) <= CHARACTERS:
            return text
        self._left_out[f"texts cut at the {CHARACTERS} characters that a cell holds"] += 1
        return text[: CHARACTERS - 1] + "…"


def _serial(day: str) -> int | None:
    """The number of a day as spreadsheets count; ``None`` where they cannot."""
    try:
        given = date.fromisoformat(day)
    except ValueError:
        return None
    return (given - date(1899, 12, 30)).days if given >= _FIRST_DAY else None


def _text(text: str, style: int = 0) -> str:
    kept = _FORBIDDEN.sub(_escaped, text)
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(kept)}</t></is></c>'


def _escaped(found: re.Match[str]) -> str:
    """Characters that XML forbids in the notation of Office Open XML, half a surrogate pair as U+FFFD."""
    if found[0] == "_x":
        return "_x005F_x"
    return "\ufffd" if "\ud800" <= found[0] <= "\udfff" else f"_x{ord(found[0]):04X}_"


def _sheet_file(number: int) -> str:
    return f"xl/worksheets/sheet{number + 1}.xml"


def _frame() -> dict[str, str]:
    """The parts of the package that are the same for every workbook."""
    numbers = range(len(SHEETS))
    types = "".join(
        f'<Override PartName="/{_sheet_file(n)}" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )  # fmt: skip
    sheets = "".join(f'<sheet name="{SHEETS[n]}" sheetId="{n + 1}" r:id="rId{n + 1}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n + 1}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n + 1}.xml"/>'
        for n in numbers
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_RELATIONS}">{links}<Relationship '
        f'Id="rId{len(SHEETS) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
