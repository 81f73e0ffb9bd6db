#!/usr/bin/python3
"""Trains the screen of models/prompt-attack: the first stage, which settles what is clearly harmless. Run prompt_attack.py first.

    prompt_attack_screen.py prepare --data DATASETS --work FOLDER   asks the shipped model about every stretch of every text
    prompt_attack_screen.py fold    --work FOLDER --fold N          what a screen says of the sources that fold N of four holds out
    prompt_attack_screen.py fit     --work FOLDER                   trains on everything
    prompt_attack_screen.py write   --work FOLDER                   chooses the bar on the folds' scores, reports, writes the stage
"""
import argparse
import gzip
import json
import os
import re
from collections import Counter

import numpy as np
import torch

import prompt_attack
from edgetrain import export, folding, prompt_attack_data as data, screen
from edgetrain.features import HashedFeatures

VIEW = prompt_attack.SHAPE["view"]
STEP = VIEW // 2
MODEL = os.path.normpath(os.path.join(prompt_attack.HERE, "../models/prompt-attack"))
# The bars that the screen is measured for: those of the manifest from BARS_FROM on, and the one of the baseline policy. A rule that asks for
# less is served without it.
BARS_FROM, BASELINE_BAR = 0.80, 0.88
# The part of the attacks of a source, in the mean of all sources, that the screen may lose at a bar.
LOSS = 0.0045
# A fold that holds out nearly all attacks of a language asks the screen for words that the model knows and the screen can't: the screen that
# ships has seen them. Such rows are reported apart.
LEAST_OF_A_LANGUAGE = 20
# As src/Detection/Classifiers/Models/ScreenNetwork.cs has it.
APART = 5
# Whether a request is `indirect` depends on what stands around it, which the screen can't see: it would leave open every request in a letter. It
# is believed less there. (Logits; the label's own attacks lose half a point at `balanced`, those of `attack` none.)
LEAN = np.array([0, -0.8], np.float32)
# No higher: whoever looks at scores rather than bars sees the screen's estimates below it.
GRID = np.arange(0.10, 0.44, 0.03)


def more_texts(args, limit):
    """Texts of other tasks: nobody says whether they are attacks, but the model has an opinion, and that is all that is needed."""
    texts = []
    for name in ("harm", "langid"):
        with gzip.open(os.path.join(args.data, f"{name}.train.jsonl.gz"), "rt") as file:
            texts += [json.loads(line)["text"] for line in file]
    with gzip.open(os.path.join(args.data, "ner.train.jsonl.gz"), "rt") as file:
        texts += [" ".join(json.loads(line)["tokens"]) for line in file]
    return [texts[i] for i in np.random.default_rng(5).permutation(len(texts))[:limit]]


class Stretches:
    """Texts as tokens, each filled up to whole blocks, and what the teacher says of each stretch."""

    def __init__(self):
        self.ids, self.starts, self.targets, self.owners, self.size = [], [], [], [], 0

    def add(self, teacher, ids, owner):
        count = max(2, -(-len(ids) // STEP))
        padded = np.zeros((count * STEP, ids.shape[1]), np.int32)
        padded[: len(ids)] = ids
        logits = teacher(ids)
        self.starts.append(self.size + STEP * np.arange(count - 1))
        self.targets.append(logits.astype(np.float32))
        self.owners.append(np.full(count - 1, owner, np.int32))
        self.ids.append(padded)
        self.size += len(padded)

    def save(self, path):
        np.savez(path, ids=np.concatenate(self.ids), starts=np.concatenate(self.starts), targets=np.concatenate(self.targets), owners=np.concatenate(self.owners))


def prepare(args):
    """Every text from its beginning; again from a token chance chooses, since stretches begin anywhere; and attacks inside other texts."""
    rows, texts = prompt_attack.load(args)
    teacher = screen.Teacher(MODEL, VIEW)
    rng = np.random.default_rng(3)
    some = np.flatnonzero(rng.random(len(rows)) < args.part)
    out = Stretches()
    for i in some:
        out.add(teacher, texts.ids[texts.offsets[i]:texts.offsets[i + 1]][:600], i)
    out.save(os.path.join(args.work, "screen.whole.npz"))
    out = Stretches()
    hosts = [i for i, r in enumerate(rows) if r["label"] == "benign" and texts.length(i) > 40]
    for i in some:
        ids = texts.ids[texts.offsets[i]:texts.offsets[i + 1]][:600]
        if rows[i]["label"] == "attack" and len(ids) < 120:
            host = hosts[rng.integers(len(hosts))]
            host = texts.ids[texts.offsets[host]:texts.offsets[host + 1]][: int(rng.integers(20, 120))]
            cut = int(rng.integers(0, len(host) + 1))
            ids = np.concatenate([host[:cut], ids, host[cut:]])
        if len(ids) > STEP:
            ids = ids[int(rng.integers(1, STEP)):]
        out.add(teacher, ids, i)
    features = HashedFeatures(folding.Folding(folding.load(prompt_attack.TABLES), "skeleton"), prompt_attack.HALF_BITS)
    for text in more_texts(args, int(160_000 * args.part)):
        out.add(teacher, features(text[:2000]), -1)
    out.save(os.path.join(args.work, "screen.more.npz"))


def fit(args, train_rows, seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    parts = [np.load(os.path.join(args.work, f"screen.{name}.npz")) for name in ("whole", "more")]
    ids = torch.from_numpy(np.concatenate([p["ids"] for p in parts]))
    starts = np.concatenate([parts[0]["starts"], parts[1]["starts"] + len(parts[0]["ids"])])
    logits = np.concatenate([p["targets"] for p in parts])
    owners = np.concatenate([p["owners"] for p in parts])
    allowed = np.zeros(max(owners.max(), train_rows.max()) + 2, bool)
    allowed[train_rows] = True
    allowed[-1] = True
    p = 1 / (1 + np.exp(-logits))
    # Of the stretches that the model finds plainly harmless, one in `thin` is enough; it counts for all of them.
    thin = 6
    plain = p.max(1) < 0.05
    keep = allowed[owners] & (~plain | (rng.random(len(p)) < 1 / thin))
    starts, p, weights = starts[keep], p[keep].astype(np.float32), np.where(plain[keep], thin / 2, 1.0).astype(np.float32)
    print(len(p), "stretches,", int((p.max(1) > 0.5).sum()), "above one half", flush=True)
    net = screen.read(args.begin) if args.begin else screen.Screen(2 << prompt_attack.HALF_BITS, p.shape[1], VIEW, args.width, args.hidden)
    span = torch.arange(VIEW)
    gather = lambda block: ids[torch.as_tensor(starts[block]).unsqueeze(1) + span].long()
    screen.train(net, gather, p, weights, args.epochs, rng, rate=args.rate, report=lambda e, loss: print("epoch", e, round(loss, 5), flush=True))
    with torch.no_grad():
        net.out.bias += torch.from_numpy(LEAN)
    net.round_table()
    return net


def fold(args):
    rows, texts = prompt_attack.load(args)
    train, held, composed = data.split(rows, args.fold)
    net = fit(args, train, args.fold)
    tested = np.concatenate([held, composed[:3000]]).astype(int)
    teacher = screen.Teacher(MODEL, VIEW)
    out = np.full((len(rows), 2 + len(GRID)), np.nan, np.float32)
    for i in tested:
        ids = texts.ids[texts.offsets[i]:texts.offsets[i + 1]]
        out[i] = staged(net.views(ids).max(1), teacher(ids).max(1))
    np.save(os.path.join(args.work, f"screen.scores{args.fold}.npy"), out)


def staged(seen, said):
    """The screen's score of a text, the model's, and for each bar of GRID the model's of what a screen with that bar leaves open, or 0."""
    seen, said = 1 / (1 + np.exp(-seen)), 1 / (1 + np.exp(-said))
    return np.array([seen.max(), said.max()] + [max((said[a:b + 1].max() for a, b in open_parts(seen >= bar)), default=0) for bar in GRID], np.float32)


def open_parts(is_open):
    """The first and the last stretch of each part that the model reads: what lies between two open ones is read along when it is short."""
    parts = []
    for i in np.flatnonzero(is_open):
        if parts and i - (parts[-1][1] + 2) < APART:
            parts[-1][1] = i
        else:
            parts.append([i, i])
    return parts


def fit_all(args):
    rows, _ = prompt_attack.load(args)
    screen.write(fit(args, np.arange(len(rows)), 7), os.path.join(args.work, "screen.bin"))


def bars():
    """Every score from which on a rule of ours acts, for the label that it asks about."""
    with open(os.path.join(MODEL, "manifest.yaml")) as file:
        named = {float(at) for at in re.findall(r"at: ([0-9.]+)", file.read())}
    return sorted(at for at in named | {BASELINE_BAR} if at >= BARS_FROM)


def write(args):
    """The highest bar at which no bar of the model loses more than LOSS of the attacks of unseen sources that it catches, the mean of all sources."""
    rows, _ = prompt_attack.load(args)
    scores = np.full((len(rows), 2 + len(GRID)), np.nan, np.float32)
    foreign = np.zeros(len(rows), bool)
    for number in args.folds:
        part = np.load(os.path.join(args.work, f"screen.scores{number}.npy"))
        fresh = ~np.isnan(part[:, 0]) & np.isnan(scores[:, 0])
        scores[fresh] = part[fresh]
        languages = Counter(rows[i]["lang"] for i in data.split(rows, number)[0] if rows[i]["label"] == "attack" and rows[i]["source"] not in data.COMPOSED)
        foreign |= fresh & np.array([languages[r["lang"]] < LEAST_OF_A_LANGUAGE for r in rows])
    seen, said, after = scores[:, 0], scores[:, 1], scores[:, 2:]
    judged = ~np.isnan(seen)
    attack = judged & np.array([r["label"] == "attack" for r in rows])
    calm = np.zeros(len(rows), bool)
    calm[prompt_attack.ordinary(rows)] = True
    calm &= judged
    sources = {}
    for i in np.flatnonzero(attack & ~foreign):
        sources.setdefault(rows[i]["source"], []).append(i)
    sources = {k: np.array(v) for k, v in sources.items() if len(v) >= 30}

    def losses(n, bar):
        return {k: float(np.mean((said[v] >= bar) & (after[v, n] < bar))) for k, v in sources.items()}

    known = bars()
    chosen = max(n for n in range(len(GRID)) if all(np.mean(list(losses(n, b).values())) <= LOSS for b in known))
    at = GRID[chosen]
    print(f"settles below {at:.2f}; of ordinary texts {np.mean(seen[calm] >= at):.4f} go on to the model, of other harmless ones {np.mean(seen[judged & ~attack & ~calm] >= at):.4f}")
    for bar in known:
        lost = losses(chosen, bar)
        worst = max(lost, key=lost.get)
        print(f"bar {bar:.4f}: recall falls by {np.mean(list(lost.values())):.5f} (mean of {len(lost)} unseen sources), {lost[worst]:.4f} for '{worst}'; {np.mean((said[attack] >= bar) & (after[attack, chosen] < bar)):.5f} of all {attack.sum()} attacks, {np.mean((said[attack & ~foreign] >= bar) & (after[attack & ~foreign, chosen] < bar)):.5f} but for languages held out")
    apart = ("attacks in languages that the fold held out", np.flatnonzero(attack & foreign))
    for name, rows_of in (("in all", np.flatnonzero(attack & ~foreign)), apart, *sorted(sources.items())):
        print(f"{name[:50]:50} n={len(rows_of):6} caught at {BASELINE_BAR}: {np.mean(said[rows_of] >= BASELINE_BAR):.4f} -> {np.mean(after[rows_of, chosen] >= BASELINE_BAR):.4f}")
    export.add_screen(MODEL, os.path.join(args.work, "screen.bin"), settles_below=at, bars_from=BARS_FROM, version=args.version)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "fold", "fit", "write"))
    parser.add_argument("--data")
    parser.add_argument("--work", required=True)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--folds", type=int, nargs="*", default=range(len(data.FOLDS)), help="the folds whose scores are there")
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--hidden", type=int, default=16)
    parser.add_argument("--begin", help="a screen to teach further, in place of a new one")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--part", type=float, default=1.0, help="the part of the texts that `prepare` asks the model about")
    parser.add_argument("--version", default="1.0.0")
    args = parser.parse_args()
    torch.set_num_threads(1)
    {"prepare": prepare, "fold": fold, "fit": fit_all, "write": write}[args.step](args)


if __name__ == "__main__":
    main()
