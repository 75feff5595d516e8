"""Candidate fillers of a MUC-4 report: strings that the reader or the keys point at, with all that is known of them."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.reading.labels import EVENT_ROLES, EVENT_TYPES, MENTION_KINDS, MENTION_TAGS
from dateline.reading.network import Floats
from dateline.records import Article, Span
from evals.evidence import Tokens

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
LONGEST = 16
_SENTENCE_START = re.compile(r"(^\W*|[.!?][\"')\]]*\s{2,}\W*|\s{3,}\W*)([a-z])")
_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s{3,}|$)", re.S)
_ARTICLES = frozenset(("a", "an", "the"))
_LINKS = frozenset(("and", "or", "of", "in", "from", "at", "who", "that", "by", "for", "with", "on", "to"))
_EDGES = _LINKS | _ARTICLES | frozenset((
    "which", "whom", "whose", "was", "were", "is", "are", "be", "been", "being", "has", "have", "had", "this", "these",
    "those", "it", "its", "he", "she", "they", "his", "her", "their", "them", "him", "said", "also", "but", "not", "as",
    "into", "after", "before", "during", "when", "where", "while", "against", "near", "toward", "towards", "between",
    "about", "over", "under", "some", "other", "several", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "one", "another", "such",
))  # fmt: skip
_JOINS = ("of", "in", "from", "for", "at")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_VIOLENT = tuple(EVENT_TYPES.index(t) for t in ("ASSAULT", "COERCE"))
_OTHERS = tuple(k for k in range(len(EVENT_TYPES)) if k not in _VIOLENT)
_FILLING = tuple(EVENT_ROLES.index(r) for r in ("actor", "recipient", "object", "instrument"))
_FAINT_SHARE = 0.15
Run = tuple[int, int]
Keys = Mapping[str, Sequence[frozenset[str]]]


@dataclass(frozen=True)
class Candidate:
    """A string of a report that may fill a role.

    ``values`` are numbers of the reader's, strongest and mean over its occurrences; ``projections`` those of the
    encoder at the occurrence that takes part in violence most; ``signs`` words in and around it.
    """

    words: str
    values: Floats
    projections: npt.NDArray[np.float16]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A report as the extractor sees it: its candidates, numbers of the whole, its words, and the key."""

    candidates: tuple[Candidate, ...]
    values: Floats
    words: tuple[str, ...]
    key: Keys


def article(text: str) -> Article:
    """A report as an article: sentences get a capital letter back, paragraphs are parted by three spaces or more."""
    cased = _SENTENCE_START.sub(lambda m: m[1] + m[2].upper(), text)
    return Article("muc", cased, paragraphs=tuple(Span.of(cased, *m.span()) for m in _PARAGRAPH.finditer(cased)))


def normal(words: str) -> str:
    """A filler as it is compared (Du et al. 2021): without case, punctuation, articles and extra space."""
    return " ".join(w for w in words.lower().translate(_PUNCTUATION).split() if w not in _ARTICLES)


def key(row: Mapping[str, Any]) -> Keys:
    """The entities that fill each role, each as its strings."""
    return {r: [frozenset(normal(m[0]) for m in e) for e in row["extracts"].get(r, [])] for r in ROLES}


def report(row: Mapping[str, Any], tokens: Tokens, known: frozenset[str]) -> Report:
    """One report; ``known`` are strings that are candidates wherever they stand."""
    words = _Words(row["doctext"], tokens)
    evidence = _Evidence(tokens, words)
    occurrences: dict[str, list[Run]] = defaultdict(list)
    for run in sorted(_with_joins(words, _runs(words, tokens) | _known(words, known))):
        if name := normal(words.text(run)):
            occurrences[name].append(run)
    made = tuple(evidence.candidate(name, runs) for name, runs in occurrences.items())
    pairs = ("_".join(pair) for pair in zip(words.forms, words.forms[1:], strict=False))
    return Report(made, evidence.whole(), tuple(sorted({*words.forms, *pairs})), key(row))


class _Words:
    """The words of a text over its tokens."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self._text = text
        starts, ends = tokens.bounds[:, 0].tolist(), tokens.bounds[:, 1].tolist()
        inner = [
            k > 0 and starts[k] == ends[k - 1] and text[starts[k]].isalnum() and text[starts[k] - 1].isalnum()
            for k in range(len(starts))
        ]
        self.of_token = np.cumsum([not i for i in inner]) - 1
        self.first = [k for k, i in enumerate(inner) if not i]
        self.end = [*self.first[1:], len(starts)]
        self.bounds = [(starts[a], ends[b - 1]) for a, b in zip(self.first, self.end, strict=True)]
        self.forms = [text[a:b].lower() for a, b in self.bounds]
        self.sentence = [int(tokens.sentence[a]) for a in self.first]

    def text(self, run: Run) -> str:
        """The characters of a run of words."""
        return self._text[self.bounds[run[0]][0] : self.bounds[run[1] - 1][1]]

    def tokens(self, run: Run) -> slice:
        """The tokens of a run of words."""
        return slice(self.first[run[0]], self.end[run[1] - 1])

    def trimmed(self, start: int, end: int) -> Iterator[Run]:
        """The run without articles, punctuation and function words at its edges, unless nothing is left."""
        while start < end and (not self.forms[start][0].isalnum() or self.forms[start] in _ARTICLES):
            start += 1
        while start < end and (not self.forms[end - 1][0].isalnum() or self.forms[end - 1] in _EDGES):
            end -= 1
        if start < end <= start + LONGEST:
            yield start, end


def _runs(words: _Words, tokens: Tokens) -> set[Run]:
    """Mentions and faint role fillers, whole, in parts, and without what stands before their heads."""
    out: set[Run] = set()
    for first, end in _read(tokens):
        out.update(_parts(words, int(words.of_token[first]), int(words.of_token[end - 1]) + 1))
    for start, end in tuple(out):
        for later in range(start + 1, min(start + 4, end)):
            out.update(words.trimmed(later, end))
            if words.forms[later - 1] == "of":
                break
    return out


def _read(tokens: Tokens) -> Iterator[Run]:
    """Token runs that the reader tags as mentions, and those that may fill a role."""
    tags = tokens.part("mention").argmax(-1)
    at = 0
    while at < len(tags):
        end = at + 1
        while end < len(tags) and tags[at] and MENTION_TAGS[tags[end]].startswith("I-"):
            end += 1
        if tags[at]:
            yield at, end
        at = end
    shares = tokens.part("shares").reshape(len(tags), len(EVENT_TYPES), len(EVENT_ROLES)).max(1)
    for role in _FILLING:
        yield from _stretches(shares[:, role] >= _FAINT_SHARE, tokens.sentence)


def _stretches(on: npt.NDArray[np.bool_], sentence: npt.NDArray[np.int64]) -> Iterator[Run]:
    marked = np.flatnonzero(on)
    if len(marked):
        breaks = np.flatnonzero((np.diff(marked) > 1) | (np.diff(sentence[marked]) > 0)) + 1
        for part in np.split(marked, breaks):
            yield int(part[0]), int(part[-1]) + 1


def _parts(words: _Words, start: int, end: int) -> Iterator[Run]:
    yield from words.trimmed(start, end)
    begin = start
    for cut in range(start, end):
        if not words.forms[cut][0].isalnum() or words.forms[cut] in _LINKS:
            for run in ((begin, cut), (start, cut), (cut + 1, end)):
                yield from words.trimmed(*run)
            begin = cut + 1
    yield from words.trimmed(begin, end)


def _known(words: _Words, known: frozenset[str]) -> set[Run]:
    """Where known strings stand."""
    most = max((len(k.split()) for k in known), default=0)
    out: set[Run] = set()
    for start in range(len(words.forms)):
        for end in range(start + 1, min(start + most, len(words.forms)) + 1):
            if words.sentence[end - 1] == words.sentence[start] and " ".join(words.forms[start:end]) in known:
                out.add((start, end))
    return out


def _with_joins(words: _Words, runs: set[Run]) -> set[Run]:
    """The runs, and those that a preposition makes of two of them."""
    starts = defaultdict(list)
    for start, end in runs:
        starts[start].append(end)
    out = set(runs)
    for start, end in runs:
        if end < len(words.forms) and words.forms[end] in _JOINS:
            after = end + 1
            while after < len(words.forms) and words.forms[after] in _ARTICLES:
                after += 1
            out.update((start, e) for e in starts.get(after, ()) if e - start <= LONGEST)
    return out


class _Evidence:
    """What the reader says of a report, ready to be summed up."""

    def __init__(self, tokens: Tokens, words: _Words) -> None:
        self._words, self._n = words, len(tokens.ids)
        self._sentence = tokens.sentence
        self._projections = tokens.part("projections")
        self._types = tokens.part("trigger")[:, 1:]
        self._violence = self._types[:, list(_VIOLENT)].sum(1)
        shares = tokens.part("shares").reshape(self._n, len(EVENT_TYPES), len(EVENT_ROLES))
        self._shares = np.concatenate([*(shares[:, k] for k in _VIOLENT), shares[:, list(_OTHERS)].max(1)], 1)
        mention = tokens.part("mention")
        tags = mention[:, 1:].reshape(self._n, len(MENTION_KINDS), 2)
        self._kinds, self._begins, self._outside = tags.sum(-1), tags[:, :, 0].sum(-1), mention[:, 0]
        self._mode, self._status = tokens.part("mode"), tokens.part("status")
        sentences = int(self._sentence.max(initial=0)) + 1
        self._sentence_types = np.zeros((sentences, len(EVENT_TYPES)), np.float32)
        np.maximum.at(self._sentence_types, self._sentence, self._types)
        self._worst = np.zeros(sentences, np.int64)
        order = np.argsort(self._violence, kind="stable")
        self._worst[self._sentence[order]] = order

    def whole(self) -> Floats:
        """Numbers of the whole report: its types, how often, the modes and statuses of its assaults, its length."""
        assault = self._types[:, _VIOLENT[0], None]
        if not self._n:
            return np.zeros(2 * len(EVENT_TYPES) + self._mode.shape[1] + self._status.shape[1] + 1, np.float32)
        told = (self._types.max(0), np.minimum(self._types.sum(0), 10), (assault * self._mode).max(0))
        return np.concatenate([*told, (assault * self._status).max(0), [self._n / 500]]).astype(np.float32)

    def candidate(self, name: str, runs: Sequence[Run]) -> Candidate:
        """All that is known of a string that stands at these runs."""
        rows = np.stack([self._row(run) for run in runs])
        best = int(rows[:, : 2 * len(EVENT_ROLES)].sum(1).argmax())
        place = [runs[0][0] / len(self._words.forms), runs[best][0] / len(self._words.forms)]
        values = np.concatenate([rows.max(0), rows.mean(0), [len(runs), len(name.split())], place])
        projections = self._projections[self._words.tokens(runs[best])].mean(0)
        signs = {f"s={name}"}.union(*(self._signs(run) for run in runs))
        return Candidate(name, values.astype(np.float32), projections.astype(np.float16), tuple(sorted(signs)))

    def _row(self, run: Run) -> Floats:
        span = self._words.tokens(run)
        sentence = int(self._sentence[span.start])
        worst = int(self._worst[sentence])
        edges = [
            self._begins[span.start],
            self._outside[span].mean(),
            self._outside[span.start - 1] if span.start else 1.0,
            self._outside[span.stop] if span.stop < self._n else 1.0,
        ]
        away = [np.clip((worst - span.start) / 30, -1, 1), self._violence[worst], sentence / 20]
        shares = self._shares[span].mean(0), self._shares[self._words.first[run[1] - 1]]
        return np.concatenate([*shares, self._kinds[span].mean(0), edges, self._sentence_types[sentence], away])

    def _signs(self, run: Run) -> Iterator[str]:
        """Words in and around an occurrence, and the most violent word of its sentence."""
        (start, end), forms = run, self._words.forms
        yield from (f"w={form}" for form in forms[start:end])
        yield f"h={forms[end - 1]}"
        for n in (1, 2, 3):
            yield f"-{n}={' '.join(forms[max(0, start - n) : start])}"
            yield f"+{n}={' '.join(forms[end : end + n])}"
        yield from (f"<{form}" for form in forms[max(0, start - 7) : start])
        yield from (f">{form}" for form in forms[end : end + 7])
        worst = int(self._worst[self._sentence[self._words.first[start]]])
        if self._violence[worst] > 0.2:
            trigger = forms[int(self._words.of_token[worst])] + ("<" if worst < self._words.first[start] else ">")
            yield f"t={trigger}"
            yield f"th={trigger}{forms[end - 1]}"
