"""Examples cut into token windows with label tensors."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from dateline.reading.labels import EVENT_TYPES, MENTION_TAGS, MODE_LABELS, STATUSES, TABLE_ROLES
from dateline.reading.quotes import introductions
from dateline.reading.windows import groups
from dateline.records import Span
from training.annotated import CharSpan, Example, Hint
from training.syntax import RELATIONS

IGNORE = -100
CLS, SEP = 101, 102


@dataclass(slots=True)
class Window:
    """One window's token ids and labels.

    ``positions`` are triggers with their role labels in ``table`` (rows, tokens, 2R).
    ``sentence`` numbers the sentence of each token, -1 for special tokens; roles are read within the sentence.
    A window that is not ``labelled`` is for teachers to read.
    """

    ids: Tensor
    mention: Tensor
    trigger: Tensor
    flags: Tensor
    mode: Tensor
    status: Tensor
    positions: Tensor
    table: Tensor
    table_mask: Tensor
    sentence: Tensor
    relation: Tensor
    governor: Tensor
    hints: list[HintLabel]
    labelled: bool


@dataclass(slots=True)
class HintLabel:
    """A weak label on tokens: where the event may stand, its types and mode as indexes, and its fillers.

    ``where`` masks the tokens (tokens,); ``fillers`` masks those of each role's column of the table.
    """

    where: Tensor
    types: list[int]
    mode: int | None
    fillers: dict[int, Tensor]


def _pieces(tokenizer: Tokenizer, ex: Example) -> list[list[tuple[int, int, int]]]:
    """Token id, start and end (characters of the example) of each sentence."""
    out = []
    for a, b in ex.sentences:
        e = tokenizer.encode(ex.text[a:b], add_special_tokens=False)
        out.append([(i, a + s, a + t) for i, (s, t) in zip(e.ids, e.offsets, strict=True)])
    return out


def _cap(budget: int, rng: random.Random | None) -> Callable[[], int]:
    """The budget itself, or with a generator a random size for each window, so that cuts vary between epochs."""
    return lambda: budget if rng is None else rng.randint(budget // 2, budget)


def windows(tokenizer: Tokenizer, ex: Example, budget: int = 250, rng: random.Random | None = None) -> Iterator[Window]:
    """All windows of an example; neighbours share one sentence, as at run time.

    In the midst of a statement that is what introduces it instead.
    """
    pieces = _pieces(tokenizer, ex)
    statement = _statements(ex)
    done = 0
    for group in groups([len(p) for p in pieces], _cap(budget, rng)):
        tokens = [t for i in group for t in pieces[i]][:budget]
        said = statement.get(group.start)
        if said is not None and group.start < done:
            rest = tokens[len(pieces[group.start]) :]
            tokens = pieces[said][-(budget - len(rest)) :] + rest
        done = group.stop
        if tokens:
            yield _labelled(ex, tokens)


def _statements(ex: Example) -> dict[int, int]:
    """By sentence of a statement, the one that introduces it."""
    spans = [Span.of(ex.text, a, b) for a, b in ex.sentences]
    contents = [e.roles["content"][0] for e in ex.events if e.type == "QUOTE" and e.roles["content"]]
    told = [(Span.of(ex.text, a, b), list[tuple[Span, float]]()) for a, b in contents]
    return introductions(spans, told)


def _cover(tokens: list[tuple[int, int, int]], span: CharSpan) -> list[int]:
    return [k + 1 for k, (_, s, t) in enumerate(tokens) if s < span[1] and span[0] < t]


def _labelled(ex: Example, tokens: list[tuple[int, int, int]]) -> Window:
    n = len(tokens) + 2
    ids = torch.tensor([CLS, *(t[0] for t in tokens), SEP])
    mention = torch.full((n,), 0 if "mention" in ex.tasks else IGNORE)
    typed = bool(ex.tasks & {"event", "type"})
    trigger = torch.full((n,), 0 if typed else IGNORE)
    flags = torch.zeros(n, 4)
    if "event" not in ex.tasks:
        flags[:, 0] = -1
    if "quote" not in ex.tasks:
        flags[:, 1:] = -1
    mode, status = torch.full((n,), IGNORE), torch.full((n,), IGNORE)
    for a, b, kind in sorted(ex.mentions, key=lambda m: m[0] - m[1]):
        got = _cover(tokens, (a, b))
        if got and all(mention[k] == 0 for k in got):
            mention[got] = MENTION_TAGS.index(f"I-{kind}")
            mention[got[0]] = MENTION_TAGS.index(f"B-{kind}")
    rows: dict[tuple[int, bool], tuple[Tensor, Tensor]] = {}
    for ev in ex.events:
        got = _cover(tokens, ev.trigger)
        if not got:
            continue
        quote = ev.type == "QUOTE"
        if quote and not ev.roles["content"]:
            continue
        if quote:
            content = _cover(tokens, ev.roles["content"][0])
            flags[content, 3] = 1
            flags[content[:1], 2] = 1
            if ev.trigger[0] == ev.roles["content"][0][0] and ev.trigger[1] - ev.trigger[0] == 1:
                continue
            flags[got[0], 1] = 1
        else:
            if trigger[got[0]] != IGNORE or not typed:
                trigger[got[0]] = 1 + EVENT_TYPES.index(ev.type) if ev.type else trigger[got[0]]
            if ev.type and typed:
                mode[got[0]] = MODE_LABELS.index(f"{ev.type}/{ev.mode}" if ev.mode else "")
            if ev.status and typed:
                status[got[0]] = STATUSES.index(ev.status)
        if flags[got[0], 0] >= 0:
            flags[got[1:], 0] = 1
        _row(rows, ev.roles, tokens, n, (got[0], quote))
    for stretch in ex.open:
        trigger[_cover(tokens, stretch)] = IGNORE
        flags[_cover(tokens, stretch), 1:] = -1
    keys = list(rows)
    empty = torch.zeros(0, n, 2 * len(TABLE_ROLES))
    return Window(
        ids,
        mention,
        trigger,
        flags,
        mode,
        status,
        torch.tensor([k[0] for k in keys], dtype=torch.long),
        torch.stack([rows[k][0] for k in keys]) if keys else empty,
        torch.stack([rows[k][1] for k in keys]) if keys else torch.zeros(0, 2 * len(TABLE_ROLES)),
        torch.tensor([-1, *(_sentence_of(ex, t[1]) for t in tokens), -1]),
        *_syntax(ex, tokens, n),
        [label for h in ex.hints if (label := _hint(h, tokens, n)) is not None],
        bool(ex.tasks or ex.words or ex.hints),
    )


def _sentence_of(ex: Example, at: int) -> int:
    """The number of the sentence that begins last at or before a character."""
    return bisect_right(ex.sentences, (at, 10**9)) - 1


def _syntax(ex: Example, tokens: list[tuple[int, int, int]], n: int) -> tuple[Tensor, Tensor]:
    """Relation and governor of the first token of each word (tokens,)."""
    relation, governor = torch.full((n,), IGNORE), torch.full((n,), IGNORE)
    first = {s: k + 1 for k, (_, s, _) in reversed(list(enumerate(tokens)))}
    for word in ex.words:
        at, head = first.get(word.word[0]), first.get(word.governor[0])
        if at is not None and head is not None:
            relation[at] = RELATIONS.index(word.relation)
            governor[at] = head
    return relation, governor


def _hint(hint: Hint, tokens: list[tuple[int, int, int]], n: int) -> HintLabel | None:
    got = _cover(tokens, hint.bounds)
    if not got or tokens[-1][2] < hint.bounds[1]:
        return None
    mode = MODE_LABELS.index(hint.mode) if hint.mode is not None else None
    types = [1 + EVENT_TYPES.index(t) for t in hint.types]
    fillers = {2 * TABLE_ROLES.index(r) + 1: _mask(tokens, spans, n) for r, spans in hint.fillers.items()}
    return HintLabel(_mask(tokens, [hint.bounds], n) > 0, types, mode, fillers)


def _mask(tokens: list[tuple[int, int, int]], spans: list[CharSpan], n: int) -> Tensor:
    out = torch.zeros(n)
    for span in spans:
        out[_cover(tokens, span)] = 1
    return out


def _row(
    rows: dict[tuple[int, bool], tuple[Tensor, Tensor]],
    roles: dict[str, list[CharSpan]],
    tokens: list[tuple[int, int, int]],
    n: int,
    key: tuple[int, bool],
) -> None:
    label, mask = rows.setdefault(key, (torch.zeros(n, 2 * len(TABLE_ROLES)), torch.zeros(2 * len(TABLE_ROLES))))
    for role, spans in roles.items():
        k = 2 * TABLE_ROLES.index(role)
        mask[k : k + 2] = 1
        for span in spans:
            got = _cover(tokens, span)
            if got:
                label[got[0], k] = 1
                label[got, k + 1] = 1
