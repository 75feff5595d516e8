"""Network probabilities to token runs, on tables made by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest

from dateline.reading import decode
from dateline.reading.labels import EVENT_TYPES, MENTION_TAGS, MODE_LABELS, STATUSES, TABLE_ROLES
from dateline.reading.network import Floats, Window
from dateline.reading.reader import _type_probabilities, _View
from dateline.reading.windows import Piece


def _window(n: int) -> Window:
    """A window of ``n`` tokens in which nothing is found."""
    trigger = np.zeros((n, len(EVENT_TYPES) + 1), np.float32)
    trigger[:, 0] = 1
    mention = np.zeros((n, len(MENTION_TAGS)), np.float32)
    mention[:, 0] = 1
    empty = np.zeros((n, 1), np.float32)
    mode, status = np.zeros((n, len(MODE_LABELS)), np.float32), np.zeros((n, len(STATUSES)), np.float32)
    return Window(mention, trigger, np.zeros((n, 4), np.float32), mode, status, empty, empty)


def _trigger(window: Window, at: int, kind: str, probability: float) -> None:
    window.trigger[at] = 0
    window.trigger[at, 0] = 1 - probability
    window.trigger[at, 1 + EVENT_TYPES.index(kind)] = probability


def test_a_trigger_is_read_with_the_modes_of_its_type_only() -> None:
    window = _window(4)
    _trigger(window, 1, "COERCE", 0.9)
    window.mode[1, MODE_LABELS.index("ASSAULT/aerial")] = 0.8
    window.mode[1, MODE_LABELS.index("COERCE/seize")] = 0.2
    window.status[1, STATUSES.index("planned")] = 1
    (event,) = decode.events(window, np.zeros(4, np.bool_))
    assert (event.run, event.type, event.mode, event.status) == ((1, 2), "COERCE", "seize", "planned")
    assert event.confidence == pytest.approx(0.9, abs=1e-5)
    assert event.typed == event.types[EVENT_TYPES.index("COERCE")] == event.types.max()


def test_a_trigger_goes_on_over_continuing_words_and_word_pieces() -> None:
    window = _window(6)
    _trigger(window, 1, "CONSULT", 0.8)
    window.flags[2, decode.CONTINUES] = 0.9
    joins = np.array([False, False, False, True, False, False])
    (event,) = decode.events(window, joins)
    assert event.run == (1, 4)


def test_no_trigger_begins_within_a_word() -> None:
    window = _window(3)
    _trigger(window, 1, "AID", 0.9)
    assert list(decode.events(window, np.array([False, True, False]))) == []


@pytest.mark.parametrize(("threshold", "found"), [(0.3, 1), (0.5, 0)])
def test_the_threshold_decides(threshold: float, found: int) -> None:
    window = _window(2)
    _trigger(window, 0, "AID", 0.4)
    assert len(list(decode.events(window, np.zeros(2, np.bool_), threshold))) == found


def _table(n: int, role: str, begin: dict[int, float], inside: dict[int, float]) -> Floats:
    table = np.zeros((n, 2 * len(TABLE_ROLES)), np.float32)
    k = 2 * TABLE_ROLES.index(role)
    for at, p in begin.items():
        table[at, k] = p
    for at, p in inside.items():
        table[at, k + 1] = p
    return table


def test_neighbouring_fillers_are_parted_where_one_begins() -> None:
    table = _table(5, "actor", {0: 0.9, 2: 0.9}, {0: 0.9, 1: 0.8, 2: 0.9, 3: 0.7})
    runs = [run for run, _ in decode.roles(table, 0, {"actor": 0.5})["actor"]]
    assert runs == [(0, 2), (2, 4)]


def test_runs_are_counted_from_the_first_token_of_the_sentence() -> None:
    table = _table(3, "place", {1: 0.9}, {1: 0.9, 2: 0.9})
    assert decode.roles(table, 40, {"place": 0.5})["place"][0][0] == (41, 43)
    assert decode.roles(table, 40, {"place": 0.95})["place"] == []


def test_mentions_take_the_kind_with_most_probability() -> None:
    window = _window(4)
    for at, tag in ((1, "B-military"), (2, "I-military")):
        window.mention[at] = 0
        window.mention[at, MENTION_TAGS.index(tag)] = 0.9
    ((run, kind, score),) = decode.mentions(window)
    assert (run, kind) == ((1, 3), "military")
    assert score == pytest.approx(0.9, abs=1e-5)


def test_pieces_of_one_word_are_joined() -> None:
    text = "Kandahar, now"
    assert decode.joined([0, 4, 8, 10], [4, 8, 9, 13], text).tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("some 270,000 people", "270,000"),
        ("1,270,000 people", "1,270,000"),
        ("2.5 million", "2.5"),
        ("at 16:08 today", "16:08"),
        ("on 3,4 and 5 May", ""),
        ("in 2014,2015", ""),
        ("killed 3, 4", ""),
        ("in 2014. 12 died", ""),
    ],
)
def test_a_number_is_one_word(text: str, word: str) -> None:
    tokens = list(re.finditer(r"\w+|[^\w\s]", text))
    joins = decode.joined([t.start() for t in tokens], [t.end() for t in tokens], text)
    whole = "".join(t.group() for k, t in enumerate(tokens) if joins[k] or (k + 1 < len(joins) and joins[k + 1]))
    assert whole == word


def test_two_runs_in_a_number_are_one_filler() -> None:
    text = "It drove 270,000 out"
    ends = [2, 8, 12, 13, 16, 20]
    joins = decode.joined([0, 3, 9, 12, 13, 17], ends, text).tolist()
    assert joins == [False, False, False, True, True, False]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("the town and", "the town"),
        ("roads, bridges, or", "roads, bridges"),
        ("'negotiated settlement'", "negotiated settlement"),
        ("the soldiers'", "the soldiers'"),
        ("and", None),
        ("'the town' and", "the town"),
        ("the brigand", "the brigand"),
        ("“the gate”,", "the gate"),
    ],
)
def test_edges_of_a_run_of_words(words: str, kept: str | None) -> None:
    found = list(re.finditer(r"\w+|[^\w\s]", words))
    piece = Piece(0, tuple(range(len(found))), tuple(m.start() for m in found), tuple(m.end() for m in found))
    span = _View([piece], 0, words).span((0, len(found)))
    assert (span.text if span else None) == kept
    assert span is None or words[span.start : span.end] == span.text


def test_the_type_comes_first_though_another_rounds_to_the_same() -> None:
    types = np.zeros(len(EVENT_TYPES), np.float32)
    types[[2, 5, 7]] = 0.4312, 0.4314, 0.004
    told = _type_probabilities(types)
    assert list(told.items()) == [(EVENT_TYPES[5], 0.431), (EVENT_TYPES[2], 0.431)]
