"""Reviewing as a state machine: keys in, judgements out. It knows no terminal, no clock and no casebook."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from dateline.lexicon.plover import MODES, STATUSES, TYPES
from dateline.records import Account, ActorRef, Judgement, Moment, PlaceRef, Report, content_id
from dateline.review.anchors import Anchor
from dateline.review.corrections import accepted, corrected
from dateline.review.queue import Item

ENTER, ESCAPE, ERASE = ("\r", "\n"), ("\x1b", "\x03"), ("\x7f", "\b")
REPORT_KEYS = {
    "a": "accept",
    "r": "reject",
    "t": "type",
    "m": "status",
    "w": "who",
    "o": "to whom",
    "p": "place",
    "d": "date",
    "n": "skip",
    "u": "undo",
    "q": "quit",
}
PAIR_KEYS = {"s": "same", "d": "different", "n": "skip", "u": "undo", "q": "quit"}
_ASKS = {
    "type": "type, or type/mode, such as ass/aerial",
    "status": "status: occurred, ongoing, planned, possible or negated",
    "who": "who did it (a name; nothing for nobody)",
    "to whom": "to whom (a name; nothing for nobody)",
    "place": "where (a name; nothing for nowhere)",
    "date": "when: 2021-07-14, 2021-07, or 2021-07-14..2021-07-16; nothing for unknown",
}
_FIELDS = {"who": "actors", "to whom": "recipients", "place": "places", "date": "moment"}


@dataclass(frozen=True, slots=True)
class Tools:
    """What a session asks others for: who judges, what time it is (ISO), and who or where a name is.

    ``actor`` and ``place`` take a name and the report; they always give a reference, resolved or with the reason why
    it is not.
    """

    by: str
    now: Callable[[], str]
    actor: Callable[[str, Account], ActorRef]
    place: Callable[[str, Account], PlaceRef]


@dataclass(frozen=True, slots=True)
class Made:
    """A judgement that was made, and the state to go back to when it is undone."""

    judgement: Judgement
    at: int
    item: Item


@dataclass(frozen=True, slots=True)
class State:
    """Where a session stands. ``asking`` is the field whose new value is being typed, ``typed`` what is typed so far.

    ``note`` tells what the last key did.
    """

    items: tuple[Item, ...]
    at: int = 0
    made: tuple[Made, ...] = ()
    asking: str | None = None
    typed: str = ""
    note: str = ""
    done: bool = False

    @property
    def item(self) -> Item | None:
        """The question that is open; ``None`` at the end."""
        return self.items[self.at] if self.at < len(self.items) else None

    @property
    def keys(self) -> Mapping[str, str]:
        """What the keys do now."""
        if self.item is None:
            return {"u": "undo", "q": "quit"}
        return PAIR_KEYS if self.item.other else REPORT_KEYS

    @property
    def ask(self) -> str:
        """What is asked for while a value is typed."""
        return _ASKS[self.asking] if self.asking else ""


Step = tuple[State, Judgement | None]
"""The next state, and the judgement that is to be kept."""


def press(state: State, key: str, tools: Tools) -> Step:
    """One key."""
    if state.asking:
        return _type(state, key, tools)
    action = state.keys.get(key.lower())
    if action is None:
        return replace(state, note=f"{key!r} does nothing here"), None
    if action == "quit":
        return replace(state, done=True, note=""), None
    if action == "undo":
        return _undo(state)
    if action == "skip":
        return replace(state, at=state.at + 1, note="skipped"), None
    if action in _ASKS:
        return replace(state, asking=action, typed="", note=""), None
    assert state.item is not None  # the other actions are keys only while an item is open
    return _decide(state, state.item, action, tools)


def _decide(state: State, item: Item, action: str, tools: Tools) -> Step:
    judgement = _pair(item, action, tools) if item.other else _verdict(item, action, tools)
    return _kept(state, item, judgement, replace(state, at=state.at + 1, note=f"{action}: kept"))


def _verdict(item: Item, verdict: str, tools: Tools, field: str | None = None, value: Any = None) -> Judgement:
    report = item.account.report
    text = accepted(report) if verdict == "accept" else json.dumps(value) if field else None
    return _judgement(verdict, report.id, tools, None, field, text, Anchor.of(item.account).text)


def _pair(item: Item, verdict: str, tools: Tools) -> Judgement:
    assert item.other is not None
    anchors = f"[{Anchor.of(item.account).text},{Anchor.of(item.other).text}]"
    beside = json.dumps(list(item.beside)) if verdict == "different" else None
    return _judgement(verdict, item.account.report.id, tools, item.other.report.id, None, beside, anchors)


def _judgement(
    verdict: str, subject: str, tools: Tools, other: str | None, field: str | None, value: str | None, anchor: str
) -> Judgement:
    at = tools.now()
    id_ = content_id("jud", verdict, subject, other, field, value, tools.by, at)
    return Judgement(id_, verdict, subject, tools.by, at, "", other, field, value, anchor)


def _kept(state: State, item: Item, judgement: Judgement, after: State) -> Step:
    return replace(after, made=(*state.made, Made(judgement, state.at, item))), judgement


def _undo(state: State) -> Step:
    """Take back the last judgement that was not taken back, and show its question again."""
    if not state.made:
        return replace(state, note="there is nothing to undo"), None
    *earlier, last = state.made
    items = tuple(last.item if n == last.at else item for n, item in enumerate(state.items))
    note = f"{last.judgement.verdict}: taken back"
    after = replace(state, items=items, at=last.at, made=tuple(earlier), note=note)
    return after, replace(last.judgement, withdrawn=True)


def _type(state: State, key: str, tools: Tools) -> Step:
    if key in ESCAPE:
        return replace(state, asking=None, typed="", note="nothing is changed"), None
    if key in ERASE:
        return replace(state, typed=state.typed[:-1]), None
    if key in ENTER:
        return _correct(state, tools)
    return replace(state, typed=state.typed + key if key.isprintable() else state.typed), None


def _correct(state: State, tools: Tools) -> Step:
    """Take what was typed for a correction, or say why it is none and go on asking."""
    item, asked = state.item, state.asking
    assert item is not None
    assert asked is not None
    try:
        value = _value(asked, state.typed.strip(), item.account, tools)
        field = _FIELDS.get(asked, asked)
        report = corrected(item.account.report, field, value)
    except ValueError as error:
        return replace(state, note=str(error)), None
    judgement = _verdict(item, "correct", tools, field, value)
    changed = replace(item, account=replace(item.account, report=report, verdict="correct"))
    items = (*state.items[: state.at], changed, *state.items[state.at + 1 :])
    note = f"{asked}: {told(report, field)}"
    return _kept(state, item, judgement, replace(state, items=items, asking=None, typed="", note=note))


def _value(asked: str, typed: str, account: Account, tools: Tools) -> Any:
    if asked == "type":
        return kind(typed)
    if asked == "status":
        return _one_of(typed, STATUSES, "status")
    if asked == "date":
        return msgspec.to_builtins(moment(typed)) if typed else None
    if not typed:
        return []
    ref = tools.place(typed, account) if asked == "place" else tools.actor(typed, account)
    return [msgspec.to_builtins(ref)]


def kind(typed: str) -> str:
    """A PLOVER type, and a mode after a slash, from their beginnings: ``ass/ae`` is ``ASSAULT/aerial``."""
    name, slash, mode = typed.partition("/")
    type_ = _one_of(name.strip().upper(), tuple(TYPES), "type")
    if not slash:
        return type_
    return f"{type_}/{_one_of(mode.strip().lower(), MODES.get(type_, ()), f'mode of {type_}')}"


def _one_of(typed: str, names: tuple[str, ...], what: str) -> str:
    """The one name that begins as typed. Raises ValueError when none or several do."""
    if typed in names:
        return typed
    found = [name for name in names if typed and name.startswith(typed)]
    if len(found) != 1:
        raise ValueError(f"{typed!r} is {'no' if not found else 'more than one'} {what}: {', '.join(found or names)}")
    return found[0]


def moment(typed: str) -> Moment:
    """A day, a month, a year, or two days with ``..`` between. Raises ValueError on anything else."""
    first, dots, last = typed.partition("..")
    try:
        one, other = _span(first.strip()), _span((last if dots else first).strip())
    except ValueError as error:
        raise ValueError(f"{typed!r} is no date: give 2021-07-14, 2021-07, 2021 or 2021-07-14..2021-07-16") from error
    if one[0] > other[1]:
        raise ValueError(f"{typed!r} ends before it begins")
    precision = "range" if dots else ("year", "month", "day")[first.count("-")]
    return Moment(one[0], other[1], precision, "given by a reviewer")


def _span(text: str) -> tuple[str, str]:
    """First and last day of a year, month or day."""
    parts = text.split("-")
    first = date.fromisoformat("-".join([*parts, *("01", "01")][:3]))
    if len(parts) == 3:
        return first.isoformat(), first.isoformat()
    after = date(first.year + (len(parts) == 1 or first.month == 12), 1 if len(parts) == 1 else first.month % 12 + 1, 1)
    return first.isoformat(), date.fromordinal(after.toordinal() - 1).isoformat()


def told(report: Report, field: str) -> str:
    """The value of a field in few words."""
    if field in ("type", "mode"):
        return f"{report.type} {report.mode}" if report.mode else report.type
    if field == "status":
        return report.status
    if field == "moment":
        when = report.moment
        return f"{when.first or ''}..{when.last or ''}" if when else "unknown"
    names = [ref.name or ref.text for ref in getattr(report, field)]
    return ", ".join(names) or "nobody" if field != "places" else ", ".join(names) or "nowhere"
