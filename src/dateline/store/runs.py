"""The ledger of runs: what makes a run's rows visible, all at once, and gives the casebook its versions.

Every row of every table names the part it came with, and a part is seen once a committed run lists it. The commit is
a single append to the table ``runs`` that claims the next version number; of two writers that claim the same number
Delta Lake lets one through, and the other takes the next.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from dateline.errors import CasebookError
from dateline.store import encoding
from dateline.store.folder import Folder
from dateline.store.scan import scan
from dateline.store.tables import RUN_COLUMNS, RUNS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

_APPLICATION = "dateline.casebook"
_ATTEMPTS = 200


@dataclass(frozen=True, slots=True)
class Run:
    """One run. ``version`` and ``committed`` (ISO, UTC) are ``None`` while it is under way or when it was cut off.

    ``kind`` is ``code``, ``merge`` or ``judge``; ``parts`` are the pieces whose rows it made visible, in order;
    ``counts`` says how many of what: documents ``new``, ``changed``, ``recoded``, and rows by table.
    """

    id: str
    kind: str
    coder: str
    started: str
    inputs: tuple[str, ...] = ()
    version: int | None = None
    committed: str | None = None
    parts: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    dateline: str = ""


def begin(kind: str, coder: str = "", inputs: Sequence[str] = ()) -> Run:
    """A run that has just begun, not written anywhere yet."""
    from importlib.metadata import version

    return Run(uuid.uuid4().hex[:12], kind, coder, _now(), tuple(inputs), dateline=version("dateline"))


def _now() -> str:
    return datetime.now(UTC).isoformat()


def schema(con: DuckDBPyConnection) -> DuckDBPyRelation:
    """The columns of the table without a row."""
    return encoding.plain(con, RUN_COLUMNS, [])


class Ledger:
    """Reads and writes the table of runs."""

    def __init__(self, folder: Folder, con: DuckDBPyConnection) -> None:
        self._folder = folder
        self._con = con

    def announce(self, run: Run) -> None:
        """Write down that the run has begun and with which inputs, so that it can be resumed."""
        self._folder.append(RUNS, encoding.plain(self._con, RUN_COLUMNS, [asdict(run)]))

    def commit(self, run: Run) -> Run:
        """Make the run's parts visible as the next version. Raises CasebookError when it cannot be written."""
        from deltalake import CommitProperties, Transaction
        from deltalake.exceptions import CommitFailedError

        for _ in range(_ATTEMPTS):
            table = self._folder.open(RUNS)
            number = (table.transaction_version(_APPLICATION) or 0) + 1
            done = replace(run, version=number, committed=_now())
            claim = CommitProperties(app_transactions=[Transaction(_APPLICATION, number)])
            try:
                rows = encoding.plain(self._con, RUN_COLUMNS, [asdict(done)])
                self._folder.append(RUNS, rows, claim, to=table)
                return done
            except CasebookError as error:
                if not (isinstance(error.__cause__, CommitFailedError) and _lost_race(str(error.__cause__))):
                    raise
        raise CasebookError(f"casebook {self._folder.uri}: too many writers at once. Run the same command again.")

    def all(self) -> list[Run]:
        """Every run, committed ones by version, then those that were cut off or are under way by start."""
        source, _ = scan(self._con, self._folder, RUNS)
        sql = f"SELECT * FROM {source} ORDER BY version NULLS LAST, started"
        columns = ", ".join(f'"{name}" := {_readable(name)}' for name in RUN_COLUMNS)
        found = self._con.execute(f"SELECT CAST(to_json(struct_pack({columns})) AS VARCHAR) FROM ({sql})").fetchall()
        return _one_each([_run(text) for (text,) in found])


def _readable(column: str) -> str:
    times = RUN_COLUMNS[column] == "TIMESTAMPTZ"
    return f"""strftime("{column}", '%Y-%m-%dT%H:%M:%S.%f+00:00')""" if times else f'"{column}"'


def _lost_race(message: str) -> bool:
    return "oncurrent" in message or "onflict" in message or "already exists" in message


def _run(text: str) -> Run:
    import msgspec

    return msgspec.json.decode(text, type=Run)


def _one_each(runs: Sequence[Run]) -> list[Run]:
    """Without the announcement of runs that were committed later."""
    done = {run.id for run in runs if run.version is not None}
    return [run for run in runs if run.version is not None or run.id not in done]


def version_at(runs: Sequence[Run], as_of: int | str | date | None) -> int:
    """The version that ``as_of`` means: a number, a day (its end, UTC) or an instant; ``None`` is the newest.

    Raises CasebookError when there is no such version.
    """
    newest = max((run.version or 0 for run in runs), default=0)
    if as_of is None:
        return newest
    if isinstance(as_of, str) and as_of.isdigit():
        as_of = int(as_of)
    if isinstance(as_of, int):
        if not 0 <= as_of <= newest:
            raise CasebookError(f"there is no version {as_of}; the versions go from 0 (empty) to {newest}")
        return as_of
    limit = _instant(as_of)
    return max((run.version or 0 for run in runs if run.committed and _parse(run.committed) <= limit), default=0)


def _instant(as_of: str | date) -> datetime:
    try:
        value = as_of if isinstance(as_of, date) else _parse(as_of) if len(as_of) > 10 else date.fromisoformat(as_of)
    except ValueError as error:
        raise CasebookError(f"{as_of!r} is no version: give a number, or an ISO date such as 2021-08-15") from error
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.max)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _parse(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=UTC)
