"""The actor lexicon: states, officials with dated roles, bodies, armed groups, parties and agent words.

Data files (``lexicon/data``), UTF-8 CSV with a header, lists parted by ``|``:

``countries.csv``  id (ISO 3166 alpha-3), name, names, demonyms, capital, metonyms (``Kremlin=GOV``), source
``actors.csv``     id, name, aliases, kind, country, sector (one code, or ``CODE first..last; …``), source
``officials.csv``  id, name, aliases, country, roles (``CODE title first..last; …``), source
``agents.csv``     term, sector, kind, weight (``own``, ``lends``, ``none``)

Dates are ISO days, months or years; an open end is left out. A user's file has the columns of ``actors.csv``,
``officials.csv`` or ``agents.csv``. A row that breaks a rule raises LexiconError, which names file and line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from dateline.errors import LexiconError
from dateline.lexicon.naming import Token, fold, key_of, singular
from dateline.lexicon.plover import KINDS, SECTORS

_ROLE = re.compile(
    r"([A-Z]{3})(?: ([^.;]*?[^\s.;]))??(?: (\d{4}(?:-\d\d){0,2})?\.\.(\d{4}(?:-\d\d){0,2})?| (\d{4}(?:-\d\d){0,2}))?"
)
T = TypeVar("T")
_WEIGHTS = ("own", "lends", "none")
_AFTER_OFFICE = frozenset(("GOV", "MIL", "LEG", "JUD", "SPY", "COP"))


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor was from ``first`` to ``last`` (ISO days, inclusive, "" where open): PLOVER sector and title."""

    sector: str
    title: str
    first: str
    last: str

    def held_on(self, day: str) -> bool:
        """True when the role was held on the ISO day."""
        return self.first <= day and (not self.last or day <= self.last)

    @property
    def years(self) -> str:
        """The years of the role for a reader: "2001–2014", "since 2021", "until 2001", ""."""
        first, last = self.first[:4], self.last[:4]
        if first and last:
            return first if first == last else f"{first}–{last}"
        return f"since {first}" if first else f"until {last}" if last else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor's sector on a day: the role it rests on, and the reason in words; ``held`` when the role was held."""

    sector: str
    role: Role | None
    held: bool
    why: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One named actor. ``country`` is ISO 3166 alpha-3 or ``IGO``, ``None`` where it has none."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    roles: tuple[Role, ...]
    source: str

    def standing(self, day: str | None) -> Standing:
        """The actor's sector on an ISO day; without a day, that of the role it held longest."""
        roles = self.roles
        if len(roles) == 1 and not roles[0].first and not roles[0].last:
            return Standing(roles[0].sector, roles[0], True, roles[0].title)
        if day is None:
            longest = max(roles, key=_length)
            return Standing(longest.sector, longest, True, f"{_told(longest)}; the day is not known")
        held = [r for r in roles if r.held_on(day)]
        if held:
            return Standing(held[-1].sector, held[-1], True, _told(held[-1]))
        past = [r for r in roles if r.last and r.last < day]
        if not past:
            return Standing(roles[0].sector, roles[0], False, f"not yet {_told(roles[0])}")
        after = "ELI" if self.kind == "person" and past[-1].sector in _AFTER_OFFICE else past[-1].sector
        return Standing(after, past[-1], False, f"formerly {_told(past[-1])}")

    def country_in(self, sector: str) -> str | None:
        """The country that goes with a sector: ``IGO`` for one who serves an intergovernmental body."""
        if sector == "IGO":
            return "IGO"
        return None if self.country == "IGO" else self.country


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: names, demonyms (adjectives and inhabitants), capitals, metonyms with their sector."""

    id: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Agent:
    """A word for people by what they do. ``sector`` ``None`` where the word tells none.

    ``weight``: ``own`` keeps its sector beside a body's name ("NATO reporters"), ``lends`` takes the body's ("NATO
    officials"), ``none`` has none of its own ("NATO members").
    """

    term: str
    sector: str | None
    kind: str
    weight: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a name can stand for: an actor, or a country by ``how``: name, demonym, capital, metonym, surname."""

    alias: str
    how: str
    actor: Actor | None = None
    country: Country | None = None
    sector: str | None = None

    @property
    def id(self) -> str:
        """The id of the lexicon entry."""
        return self.actor.id if self.actor else self.country.id if self.country else ""

    @property
    def name(self) -> str:
        """The main name of the lexicon entry."""
        return self.actor.name if self.actor else self.country.name if self.country else self.alias


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` to ``last`` (exclusive) are a name that stands for one of ``named``, best first."""

    first: int
    last: int
    named: tuple[Named, ...]


def _length(role: Role) -> int:
    """Months of office; an open end counts as the present decade's."""
    first, last = role.first or "1990-01", role.last or "2026-12"
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])


def _told(role: Role) -> str:
    return " ".join(p for p in (role.title or role.sector, f"({role.years})" if role.years else "") if p)


class ActorLexicon:
    """All entries, by name. Make one with ``load``."""

    def __init__(self, actors: Sequence[Actor], countries: Sequence[Country], agents: Sequence[Agent]) -> None:
        self.actors = {a.id: a for a in actors}
        self.countries = {c.id: c for c in countries}
        self._agents = {" ".join(singular(w) for w in key_of(a.term).split()): a for a in agents}
        self._longest_agent = max((k.count(" ") + 1 for k in self._agents), default=0)
        self._names: dict[str, tuple[Named, ...]] = {}
        self._heads: dict[str, int] = {}
        for named in _all_names(actors, countries):
            self._file(named)

    @classmethod
    def load(cls, *own: Path) -> ActorLexicon:
        """The shipped lexicon and the user's own files, whose entries come first; raises LexiconError."""
        return _loaded(own)

    def _file(self, named: Named) -> None:
        key = key_of(named.alias)
        if not key:
            return
        there = self._names.get(key, ())
        if not any(n.id == named.id for n in there):
            self._names[key] = (*there, named)
        head, _, _ = key.partition(" ")
        self._heads[head] = max(self._heads.get(head, 0), key.count(" ") + 1)

    def named(self, name: str) -> tuple[Named, ...]:
        """All that a name can stand for, whatever its case."""
        return self._names.get(key_of(name), ())

    def match(self, words: Sequence[Token], at: int) -> Match | None:
        """The longest name that begins at token ``at``, with the case it asks for."""
        for n in range(min(self._heads.get(words[at].key, 0), len(words) - at), 0, -1):
            found = self._names.get(" ".join(t.key for t in words[at : at + n]))
            fitting = tuple(f for f in found or () if _fits(f.alias, words[at : at + n]))
            if fitting:
                return Match(at, at + n, fitting)
        return None

    def agent(self, words: Sequence[Token], at: int) -> tuple[int, Agent] | None:
        """The longest agent term that begins at token ``at``: the token after it, and the agent."""
        for n in range(min(self._longest_agent, len(words) - at), 0, -1):
            span = words[at : at + n]
            found = self._agents.get(" ".join(singular(t.key) for t in span))
            if found is not None and not any(t.possessive for t in span[:-1]):
                return at + n, found
        return None

    def term(self, term: str) -> Agent | None:
        """The agent of a term in any number, or ``None``."""
        return self._agents.get(" ".join(singular(w) for w in key_of(term).split()))

    @cached_property
    def surnames(self) -> dict[str, tuple[Actor, ...]]:
        """People by the last word of their name."""
        out: dict[str, tuple[Actor, ...]] = {}
        for actor in self.actors.values():
            if actor.kind == "person":
                last = fold(re.split(r"[\s-]", re.sub(r",? (?:Jr\.?|Sr\.?|I+|IV|VI)$", "", actor.name))[-1])
                out[last] = (*out.get(last, ()), actor)
        return out


def _all_names(actors: Sequence[Actor], countries: Sequence[Country]) -> Iterator[Named]:
    for c in countries:
        yield from (Named(n, "name", country=c) for n in (c.name, *c.names))
        for d in c.demonyms:
            yield Named(d, "demonym", country=c)
            if not d.endswith(("ese", "sh", "ch", "ss", "s", "U.K.", "U.S.", "US", "UK")):
                yield Named(_plural(d), "people", country=c)
        yield from (Named(n, "capital", country=c, sector="GOV") for n in c.capitals)
        yield from (Named(n, "metonym", country=c, sector=s) for n, s in c.metonyms)
    for a in actors:
        yield from (Named(n, "alias", actor=a) for n in (a.name, *a.aliases))


def _plural(demonym: str) -> str:
    return demonym[:-3] + "men" if demonym.endswith("man") and demonym[:-3] in _MANLY else demonym + "s"


_MANLY = frozenset(("Dutch", "French", "English", "Irish"))


def _fits(alias: str, words: Sequence[Token]) -> bool:
    """A short acronym asks for capitals, a name for a first capital, an alias in lower case for nothing."""
    letters = re.sub(r"[\W_]", "", alias)
    if len(letters) <= 5 and len(words) == 1 and sum(c.isupper() for c in letters) > 1:
        bare = re.sub(r"[\W_]", "", words[0].text.removesuffix("'s").removesuffix("’s"))
        return bare.isupper() or bare == letters or _as_a_word(letters, bare)
    return alias[:1].islower() or words[0].capital or (alias[:4] == "the " and words[-1].capital)


def _as_a_word(letters: str, bare: str) -> bool:
    """True for an acronym of four letters or more that is written like a name ("Nato")."""
    return letters.isupper() and len(letters) > 3 and letters.lower() not in _WORDS and bare[:1].isupper()


_WORDS = frozenset(
    ("arena", "rada", "amal", "apex", "fact", "mode", "hope", "code", "pact", "care", "start", "asean", "sadr")
)


@lru_cache(maxsize=8)
def _loaded(own: tuple[Path, ...]) -> ActorLexicon:
    mine = [entry for path in own for entry in read_own(path)]
    actors = [a for a in mine if isinstance(a, Actor)]
    actors += _read("actors.csv", _actor)
    actors += _read("officials.csv", _official)
    agents = [*_read("agents.csv", _agent), *(a for a in mine if isinstance(a, Agent))]
    return ActorLexicon(_unique(actors), _read("countries.csv", _country), agents)


def read_own(path: Path) -> list[Actor | Agent]:
    """The entries of a user's CSV file; raises LexiconError with file and line on anything amiss."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    return list(_rows(path.name, text, _entry))


def check_row(row: dict[str, str]) -> str | None:
    """What is wrong with a row of a user's file, ``None`` when nothing is."""
    try:
        _entry(row)
    except KeyError as error:
        return f"there is no column {error}"
    except ValueError as error:
        return str(error)
    return None


def _entry(row: dict[str, str]) -> Actor | Agent:
    if "term" in row:
        return _agent(row)
    return _official(row) if "roles" in row else _actor(row)


def _read(name: str, make: Callable[[dict[str, str]], T]) -> list[T]:
    text = (files("dateline.lexicon") / "data" / name).read_text(encoding="utf-8")
    return list(_rows(name, text, make))


def _rows(name: str, text: str, make: Callable[[dict[str, str]], T]) -> Iterator[T]:
    lines = csv.reader(io.StringIO(text, newline=""))
    header = next(lines, [])
    for row in lines:
        if not row:
            continue
        if len(row) != len(header):
            raise LexiconError(f"{name}, line {lines.line_num}: {len(row)} columns where the header has {len(header)}")
        try:
            yield make(dict(zip(header, row, strict=True)))
        except (KeyError, ValueError) as error:
            said = f"there is no column {error}" if isinstance(error, KeyError) else str(error)
            raise LexiconError(f"{name}, line {lines.line_num}: {said}") from error


def _unique(actors: Sequence[Actor]) -> list[Actor]:
    kept: dict[str, Actor] = {}
    for actor in actors:
        kept.setdefault(actor.id, actor)
    return list(kept.values())


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _actor(row: dict[str, str]) -> Actor:
    if row["kind"] not in KINDS:
        raise ValueError(f"kind {row['kind']!r} is none of {', '.join(KINDS)}")
    roles = _roles(row["sector"])
    return Actor(
        *_identity(row), _list(row["aliases"]), row["kind"], _country_code(row["country"]), roles, row["source"]
    )


def _official(row: dict[str, str]) -> Actor:
    roles = _roles(row["roles"])
    return Actor(*_identity(row), _list(row["aliases"]), "person", _country_code(row["country"]), roles, row["source"])


def _identity(row: dict[str, str]) -> tuple[str, str]:
    if not row["id"] or not row["name"]:
        raise ValueError("an entry needs an id and a name")
    return row["id"], row["name"]


def _country_code(cell: str) -> str | None:
    if cell and not (len(cell) == 3 and cell.isascii() and cell.isupper()):
        raise ValueError(f"country {cell!r} is neither ISO 3166 alpha-3 nor IGO")
    return cell or None


def _roles(cell: str) -> tuple[Role, ...]:
    return tuple(_role(part) for part in cell.split("; "))


def _role(part: str) -> Role:
    found = _ROLE.fullmatch(part)
    if found is None:
        raise ValueError(f"role {part!r} is not 'SECTOR title first..last'")
    sector, title, first, last, only = found.groups()
    if sector not in SECTORS:
        raise ValueError(f"sector {sector!r} is none of {', '.join(SECTORS)}")
    first, last = first or only or "", last or only or ""
    if first and last and first > last:
        raise ValueError(f"role {part!r} ends before it begins")
    return Role(sector, title or "", _first_day(first), _last_day(last))


def _first_day(date: str) -> str:
    return date and date + {4: "-01-01", 7: "-01"}.get(len(date), "")


def _last_day(date: str) -> str:
    return date and date + {4: "-12-31", 7: "-31"}.get(len(date), "")


def _country(row: dict[str, str]) -> Country:
    metonyms = tuple(_metonym(m) for m in _list(row["metonyms"]))
    names, demonyms, capitals = (_list(row[c]) for c in ("names", "demonyms", "capital"))
    return Country(*_identity(row), names, demonyms, capitals, metonyms)


def _metonym(cell: str) -> tuple[str, str]:
    name, _, sector = cell.partition("=")
    if sector and sector not in SECTORS:
        raise ValueError(f"metonym {cell!r}: no such sector")
    return name, sector or "GOV"


def _agent(row: dict[str, str]) -> Agent:
    if not row["term"]:
        raise ValueError("an agent needs a term")
    if row["sector"] and row["sector"] not in SECTORS:
        raise ValueError(f"sector {row['sector']!r} is none of {', '.join(SECTORS)}")
    if row["weight"] not in _WEIGHTS or row["kind"] not in KINDS:
        raise ValueError(f"{row['term']!r}: weight {row['weight']!r} or kind {row['kind']!r} is not known")
    return Agent(row["term"], row["sector"] or None, row["kind"], row["weight"])
