"""Corrections: one field of a report set to another value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec

from dateline.lexicon.plover import MODES, STATUSES, TYPES, cameo_root
from dateline.records import ActorRef, Count, Judgement, Moment, PlaceRef, Report

VERDICTS = ("accept", "reject", "correct", "same", "different")


def corrected(report: Report, field: str, value: Any) -> Report:
    """The report with a field set, the id as before. ``value`` is in plain Python types, as JSON gives them.

    ``type`` takes ``ASSAULT`` or ``ASSAULT/aerial``; ``mode`` and ``status`` text, a mode ``null``; ``actors``,
    ``recipients``, ``places`` and ``counts`` lists of records; ``moment`` a record or ``null``. Raises ValueError on
    another field or a value that does not fit.
    """
    if field not in _FIELDS:
        raise ValueError(f"there is no field {field!r} to correct; there are {', '.join(_FIELDS)}")
    try:
        return _FIELDS[field](report, value)
    except msgspec.ValidationError as error:
        raise ValueError(f"{field}: {error}") from error


def _type(report: Report, value: Any) -> Report:
    type_, _, mode = str(value).partition("/")
    return _kind(report, type_, mode or None)


def _mode(report: Report, value: Any) -> Report:
    return _kind(report, report.type, value)


def _kind(report: Report, type_: str, mode: Any) -> Report:
    if type_ not in TYPES or (mode is not None and mode not in MODES.get(type_, ())):
        raise ValueError(f"{type_}{f'/{mode}' if mode else ''} is not in PLOVER")
    known = TYPES[type_]
    cameo = cameo_root(type_, mode)
    return replace(report, type=type_, mode=mode, quad=known.quad, score=known.score, cameo=cameo)


def _status(report: Report, value: Any) -> Report:
    if value not in STATUSES:
        raise ValueError(f"{value!r} is no status; there are {', '.join(STATUSES)}")
    return replace(report, status=value)


def _actors(report: Report, value: Any) -> Report:
    return replace(report, actors=msgspec.convert(value, tuple[ActorRef, ...]))


def _recipients(report: Report, value: Any) -> Report:
    return replace(report, recipients=msgspec.convert(value, tuple[ActorRef, ...]))


def _places(report: Report, value: Any) -> Report:
    return replace(report, places=msgspec.convert(value, tuple[PlaceRef, ...]))


def _counts(report: Report, value: Any) -> Report:
    return replace(report, counts=msgspec.convert(value, tuple[Count, ...]))


def _moment(report: Report, value: Any) -> Report:
    return replace(report, moment=msgspec.convert(value, Moment | None))


_FIELDS: dict[str, Callable[[Report, Any], Report]] = {
    "type": _type,
    "mode": _mode,
    "status": _status,
    "actors": _actors,
    "recipients": _recipients,
    "places": _places,
    "moment": _moment,
    "counts": _counts,
}


def values(judgement: Judgement) -> dict[str, Any]:
    """The fields that a judgement sets: one of a correction, those that were accepted of an acceptance.

    So an acceptance holds after the article was coded anew with another result. Raises ValueError on broken JSON.
    """
    if judgement.verdict not in ("accept", "correct") or judgement.value is None:
        return {}
    try:
        value = msgspec.json.decode(judgement.value)
    except msgspec.DecodeError as error:
        raise ValueError(f"its value is no JSON: {error}") from error
    if judgement.verdict == "accept":
        return value if isinstance(value, dict) else {}
    return {judgement.field or "": value}


def accepted(report: Report) -> str:
    """What an acceptance vouches for, as ``Judgement.value`` has it."""
    kind = f"{report.type}/{report.mode}" if report.mode else report.type
    return msgspec.json.encode({"type": kind, "status": report.status}).decode()


def fault(judgement: Judgement, like: Report) -> str | None:
    """Why a judgement cannot be applied to any report, ``None`` when it can; ``like`` is any report to try it on."""
    if judgement.verdict not in VERDICTS:
        return f"there is no verdict {judgement.verdict!r}; there are {', '.join(VERDICTS)}"
    if judgement.verdict in ("same", "different"):
        return None if judgement.other else f"{judgement.verdict!r} needs `other`, the second report or event"
    if judgement.verdict == "correct" and judgement.value is None:
        return "a correction needs `field` and `value`"
    try:
        report = like
        for field, value in values(judgement).items():
            report = corrected(report, field, value)
    except ValueError as error:
        return str(error)
    return None
