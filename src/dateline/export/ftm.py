"""FollowTheMoney: entities as JSON lines, for Aleph, OpenAleph and nomenklatura.

A happening is an ``Event``, its actors ``Person``, ``PublicBody``, ``Organization`` or ``LegalEntity``, and each
article that tells of it an ``Article``, which is its ``proof``. Ids are made from content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from dateline.export.columns import ends
from dateline.export.json import encode
from dateline.export.wording import facts, title
from dateline.lexicon.gazetteer_sources import countries
from dateline.records import Account, Event, Happening, Party, content_id

_SCHEMAS = {
    "person": "Person",
    "government": "PublicBody",
    "military": "PublicBody",
    "police": "PublicBody",
    "igo": "PublicBody",
    "armed_group": "Organization",
    "organisation": "Organization",
    "party": "Organization",
    "media": "Organization",
}
DENIED = "denied, and FollowTheMoney has no word for what did not happen"


def lines(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """One entity a line, each once: the parties and articles of a happening before it."""
    written: set[str] = set()
    for happening in stream:
        if happening.event.status == "negated":
            left_out[DENIED] += 1
            continue
        for entity in _entities(happening):
            if entity["id"] not in written:
                written.add(entity["id"])
                yield encode(entity) + "\n"


def _entities(happening: Happening) -> Iterator[dict[str, Any]]:
    event = happening.event
    for party in (*event.actors, *event.recipients):
        yield _party(event, party)
    for account in happening.accounts:
        yield _article(account)
    yield _event(happening)


def _event(happening: Happening) -> dict[str, Any]:
    event = happening.event
    first, last = ends(event)
    same = first is not None and first == last
    return _entity(
        _dashed(event.id),
        "Event",
        name=[title(event)],
        date=[first] if same else [],
        startDate=[] if same else [first],
        endDate=[] if same else [last],
        location=[p.name for p in event.places],
        country=[_alpha2(p.country) for p in event.places],
        organizer=[_id(event, p) for p in event.actors],
        involved=[_id(event, p) for p in (*event.actors, *event.recipients)],
        summary=["; ".join(facts(event))],
        description=[event.sentence],
        keywords=[event.type, event.mode, event.status],
        recordId=[event.id],
        sourceUrl=[t.url for t in happening.accounts if t.url and t.url.startswith(("http://", "https://"))],
        publisher=[t.publisher for t in happening.accounts],
        proof=[_article_id(t) for t in happening.accounts],
    )


def _party(event: Event, party: Party) -> dict[str, Any]:
    schema = _SCHEMAS.get(party.kind or "", "LegalEntity")
    country = [_alpha2(party.country)]
    return _entity(_id(event, party), schema, name=[party.name], country=country, keywords=[party.kind, party.sector])


def _article(account: Account) -> dict[str, Any]:
    report = account.report
    return _entity(
        _article_id(account),
        "Article",
        title=[account.headline or report.article_id],
        sourceUrl=[account.url] if account.url and account.url.startswith(("http://", "https://")) else [],
        publisher=[account.publisher],
        publishedAt=[_utc(account.published)],
        language=["eng"],
    )


def _entity(id_: str, schema: str, **properties: Iterable[str | None]) -> dict[str, Any]:
    """An entity without the values that are not known."""
    known = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in known.items() if values}}


def _id(event: Event, party: Party) -> str:
    """An actor of the lexicon is the same everywhere; words such as "gunmen" stand for others in every happening."""
    return _dashed(content_id("act", "lexicon", party.id) if party.id else content_id("act", event.id, party.name))


def _article_id(account: Account) -> str:
    return _dashed(content_id("art", account.report.article_id, account.url or ""))


def _utc(published: str | None) -> str | None:
    """A time as FollowTheMoney has it, without a zone: in UTC where one was given."""
    if published is None or len(published) <= len("2021-07-14"):
        return published
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return published[: len("2021-07-14")]
    return (when.astimezone(UTC) if when.tzinfo else when).strftime("%Y-%m-%dT%H:%M:%S")


def _dashed(id_: str) -> str:
    """An id as FollowTheMoney wants it: letters, digits, dots and dashes."""
    return id_.replace("_", "-")


@cache
def _codes() -> dict[str, str]:
    return {row.iso3: row.iso2.lower() for row in countries().values()}


def _alpha2(alpha3: str | None) -> str | None:
    return _codes().get(alpha3 or "")
