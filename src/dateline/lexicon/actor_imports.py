"""Files of actors from the user's disk in the shape of the lexicon: our own, plain CSV, and Phoenix dictionaries.

A plain CSV has a header with ``name`` and ``sector`` (PLOVER), and may have ``aliases`` (parted by ``|``), ``country``
(ISO 3166 alpha-3 or ``IGO``), ``kind``, ``first`` and ``last`` (ISO days, months or years), ``id`` and ``source``.

A dictionary of the Phoenix family (TABARI, Petrarch) has a name a line, words joined by ``_``, its synonyms on lines
that begin with ``+``, codes in brackets beside or below it, with the days for which they hold
(``[AFGGOV 011222-140929]``, ``[AFGELI >140929]``), and ``#`` or ``;`` before remarks; agents are ``NAME [~MIL]``.
CAMEO codes become a country and the PLOVER sector of the first role that PLOVER knows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import LexiconError
from dateline.lexicon.actors import ActorLexicon, check_row
from dateline.lexicon.naming import fold
from dateline.lexicon.own import LeftOut
from dateline.lexicon.plover import SECTORS

COLUMNS = ("id", "name", "aliases", "kind", "country", "sector", "source")
AGENT_COLUMNS = ("term", "sector", "kind", "weight")
_CAMEO_ROLES = {
    "MNC": "BUS", "MED": "JRN", "HLH": "MED", "HRI": "SOC", "DEV": "SOC", "ENV": "SOC", "NGO": "SOC", "NGM": "SOC",
    "INS": "REB", "SEP": "REB", "SET": "CVL", "AMN": "SOC", "IRC": "SOC", "MUS": "REL", "CHR": "REL", "BUD": "REL",
    "HIN": "REL", "JEW": "REL", "JUD": "JUD", "REL": "REL", "CTH": "REL", "PRO": "REL", "SIK": "REL",
}  # fmt: skip
_CAMEO_COUNTRIES = {"PAL": "PSE", "ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "KSV": "XKX", "KOS": "XKX"}
_KIND = {
    "REB": "armed_group", "UAF": "armed_group", "PRM": "armed_group", "CRM": "armed_group", "MIL": "military",
    "COP": "police", "PTY": "party", "OPP": "party", "JRN": "media", "IGO": "igo", "GOV": "government",
    "LEG": "government", "JUD": "government", "SPY": "government", "CVL": "population", "REF": "population",
    "ELI": "person", "AGR": "population",
}  # fmt: skip
_CODE = re.compile(r"\[\s*(~?)([A-Za-z]*)\s*(?:([<>])\s*)?(\d{6,8})?(?:\s*-\s*(\d{6,8}))?\s*\]")
_COMMENT = re.compile(r"\s*[#;].*$")


@dataclass(slots=True)
class Imported:
    """Rows in the shape of the lexicon's files, by column, and the lines that gave none."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def text(self) -> str:
        """The rows as a CSV file of the lexicon."""
        out = io.StringIO()
        writer = csv.DictWriter(out, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return out.getvalue()


def read_file(path: Path) -> list[Imported]:
    """The entries of a file in any of the formats: actors, and of a dictionary also its agents.

    Raises LexiconError when it cannot be read as text or nothing in it looks like a list of actors.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="latin-1")  # what old dictionaries are in
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror or error}") from error
    header = next(csv.reader([text.partition("\n")[0].strip()]), [])
    if "name" in header or "term" in header:
        return [_table(text, tuple(header))]
    if _CODE.search(text):
        return _dictionary(text, path.name)
    raise LexiconError(f"{path}: neither a CSV with a column 'name' nor a dictionary of actors with codes in brackets")


def _table(text: str, header: tuple[str, ...]) -> Imported:
    """A CSV file: of the lexicon's own shape, or a plain one."""
    ours = next((c for c in (COLUMNS, _officials(), AGENT_COLUMNS) if set(c) <= set(header)), None)
    out = Imported(ours or COLUMNS)
    lines = csv.DictReader(io.StringIO(text, newline=""))
    for found in lines:
        row = {k: (v or "").strip() for k, v in found.items() if isinstance(k, str) and isinstance(v, str | None)}
        row = {c: row.get(c, "") for c in ours} if ours else _plain(row)
        _keep(out, row, lines.line_num)
    return out


def _officials() -> tuple[str, ...]:
    return tuple("roles" if c == "sector" else c for c in COLUMNS if c != "kind")


def _plain(row: dict[str, str]) -> dict[str, str]:
    sector, first, last = (row.get(c, "") for c in ("sector", "first", "last"))
    dates = f" {first}..{last}" if first or last else ""
    country = row.get("country", "")
    made = {
        "id": row.get("id") or slug(row.get("name", ""), country),
        "kind": row.get("kind") or _KIND.get(sector[:3], "organisation"),
        "sector": sector + dates,
        "source": row.get("source") or "own",
    }
    return {c: made.get(c, row.get(c, "")) for c in COLUMNS}


def _keep(out: Imported, row: dict[str, str], line: int) -> None:
    why = check_row(row)
    if why is None:
        out.rows.append(row)
    else:
        out.left_out.append(LeftOut(line, why))


def slug(name: str, country: str) -> str:
    """An id made from a name: "own-hentzau-front-afg"."""
    words = [fold(w) for w in re.findall(r"[^\W_]+", f"{name} {country}")]
    return "-".join(["own", *words]) if any(words) else ""


@dataclass(slots=True)
class _Block:
    """A name of a dictionary with its synonyms and codes."""

    line: int
    names: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    agent: bool = False


def _dictionary(text: str, name: str) -> list[Imported]:
    actors, agents = Imported(COLUMNS), Imported(AGENT_COLUMNS)
    for block in _blocks(text):
        if block.agent:
            _add_agent(agents, block)
        else:
            _add_actor(actors, block, name)
    _number(actors.rows)
    return [out for out in (actors, agents) if out.rows or out.left_out]


def _blocks(text: str) -> Iterator[_Block]:
    """The names of a dictionary, each with what follows it until the next."""
    block = _Block(0)
    for number, raw in enumerate(text.splitlines(), 1):
        line = _COMMENT.sub("", raw).rstrip()
        name = line.partition("[")[0].strip()
        if not line:
            continue
        if name and not line.startswith(("+", "\t", " ")):
            if block.names:
                yield block
            block = _Block(number)
        if name:
            block.names.append(name.lstrip("+"))
        for found in _CODE.finditer(line):
            block.codes.append((found[2].upper(), _dates(*found.group(3, 4, 5))))
            block.agent |= bool(found[1])
    if block.names:
        yield block


def _dates(sign: str | None, first: str | None, last: str | None) -> str:
    """The days of a code as ours: "2001-12-22..2014-09-29", open where the dictionary leaves them open."""
    if not first:
        return ""
    one, other = _day(first), _day(last) if last else ""
    return f"..{one}" if sign == "<" else f"{one}.." if sign == ">" else f"{one}..{other or one}"


def _day(digits: str) -> str:
    """Six digits are year, month and day of 1931 to 2030."""
    if len(digits) == 6:
        digits = ("19" if digits[:2] > "30" else "20") + digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _add_actor(out: Imported, block: _Block, source: str) -> None:
    """An entry for each country that the codes name; none where they name no role."""
    read = [(*_cameo(code), dates) for code, dates in block.codes]
    roles = [(country, sector, dates) for country, sector, dates in read if sector]
    if not roles:
        codes = ", ".join(c for c, _ in block.codes) or "no code"
        out.left_out.append(LeftOut(block.line, f"{block.names[0]}: {codes} tells no role that PLOVER has"))
        return
    dated = [r for r in roles if r[2]] or roles[:1]
    names = list(dict.fromkeys(s for n in block.names for s in _spellings(n)))
    for country in dict.fromkeys(c for c, _, _ in dated):
        own = [(s, d) for c, s, d in dated if c == country]
        kind = "person" if any(d for _, d in own) else _KIND.get(own[0][0], "organisation")
        told = "; ".join(f"{s} {d}".strip() for s, d in sorted(own, key=lambda r: r[1]))
        cells = (slug(names[0], country), names[0], "|".join(names[1:]), kind, country, told, source)
        _keep(out, dict(zip(COLUMNS, cells, strict=True)), block.line)


def _add_agent(out: Imported, block: _Block) -> None:
    sector = next((s for code, _ in block.codes if (s := _sector(code))), "")
    for name in block.names:
        term = re.sub(r"\{.*?\}", "", name).replace("_", " ").strip().lower()
        if "!" in term or not sector:
            why = "a pattern with !…! is no single term" if "!" in term else "its code has no PLOVER sector"
            out.left_out.append(LeftOut(block.line, f"{name}: {why}"))
            continue
        kind = _KIND.get(sector, "person")
        _keep(out, {"term": term, "sector": sector, "kind": kind, "weight": "own"}, block.line)


def _cameo(code: str) -> tuple[str, str]:
    """Country ("" for none) and PLOVER sector ("" for none) of a CAMEO actor code."""
    head = _CAMEO_COUNTRIES.get(code[:3], code[:3])
    if head == "IGO":
        return "IGO", "IGO"
    if head in ActorLexicon.load().countries:
        return head, _sector(code[3:])
    return "", _sector(code)


def _sector(roles: str) -> str:
    """The PLOVER sector of the first CAMEO role that has one; a faith counts where nothing else does."""
    parts = (roles[k : k + 3] for k in range(0, len(roles), 3))
    found = [s for p in parts if (s := _CAMEO_ROLES.get(p, p)) in SECTORS]
    return next((s for s in found if s != "REL"), found[0] if found else "")


def _spellings(name: str) -> Iterator[str]:
    """ "HAMID_KARZAI_" → "Hamid Karzai"; "RED_FRONT_(RF)_" → "Red Front", "RF"; a short word stays an acronym."""
    for part in re.split(r"[()]", name.replace("_", " ")):
        words = part.split()
        if len(words) == 1 and len(words[0]) <= 5:
            yield words[0]
        elif words:
            yield " ".join(w if w[:1].islower() else w.capitalize() for w in words)


def _number(rows: Sequence[dict[str, str]]) -> None:
    """Tell entries with one id apart."""
    seen: dict[str, int] = {}
    for row in rows:
        seen[row["id"]] = seen.get(row["id"], 0) + 1
        if seen[row["id"]] > 1:
            row["id"] = f"{row['id']}-{seen[row['id']]}"
