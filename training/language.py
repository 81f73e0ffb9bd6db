#!/usr/bin/python3
"""Trains models/language: which of 75 languages a text is in.

    language.py --data DATASETS      trains on nine tenths of the sentences, evaluates on the rest, writes ../models/language
"""
import argparse
import gzip
import json
import os
import time
from collections import Counter, defaultdict

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from edgetrain import export, folding, model as nets
from edgetrain.features import HashedCharacters
from edgetrain.rows import RowAdagrad

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "../src/Detection/Classifiers/folding.bin")
HALF_BITS = 15
EPOCHS, BATCH, LONGEST = 8, 64, 260
RATE, TABLE_RATE = 4e-3, 0.8
SEED = 5
# How often a slot is hidden while training: three, two, four characters, the word or the block.
HIDDEN = (0.05, 0.1, 0.05, 0.1)


def read(path):
    with gzip.open(path, "rt") as file:
        return [json.loads(line) for line in file]


class Bag(nn.Module):
    """The mean of the rows of all characters, one hidden layer."""

    def __init__(self, rows, labels, width=32, hidden=96):
        super().__init__()
        self.table = nn.Embedding(rows, width, sparse=True)
        nn.init.normal_(self.table.weight, std=0.1)
        self.hidden, self.out = nn.Linear(width, hidden), nn.Linear(hidden, labels)

    def forward(self, ids):
        count = (ids[:, :, 0] > 0).sum(1, keepdim=True).clamp(min=1)
        if self.training:
            ids = ids.masked_fill(torch.rand(ids.shape) < torch.tensor(HIDDEN), 0)
        mean = F.embedding_bag(ids.flatten(1), self.table.weight, mode="sum", sparse=True, padding_idx=0) / count
        return self.out(F.dropout(torch.relu(self.hidden(F.dropout(mean, 0.1, self.training))), 0.1, self.training))

    def folded_table(self):
        with torch.no_grad():
            table = self.table.weight.clone()
            table[0] = 0
        return table


def cropped(ids, y, w, rng):
    """Half of the batches are cut short, so that a few words are enough."""
    if rng.random() < 0.5 and ids.shape[1] > 6:
        length = int(rng.integers(6, min(ids.shape[1], 60)))
        start = int(rng.integers(0, ids.shape[1] - length + 1))
        part = ids[:, start:start + length]
        full = (part[:, :, 0] > 0).any(1)
        return part[full], y[full.numpy()], w[full.numpy()]
    return ids, y, w


def train(net, texts, indices, y, weight, rng):
    table = RowAdagrad(net.table.weight, TABLE_RATE)
    dense = torch.optim.AdamW([p for n, p in net.named_parameters() if n != "table.weight"], lr=RATE, weight_decay=1e-4)
    step, steps = 0, None
    for epoch in range(EPOCHS):
        net.train()
        plan = nets.batches(texts, indices, BATCH, rng)
        steps = steps or EPOCHS * len(plan)
        total, began = 0.0, time.process_time()
        for block in plan:
            fall = min(1, step / 300) * max(0.02, 1 - step / steps)
            dense.param_groups[0]["lr"] = RATE * fall
            ids, goal, w = cropped(texts.batch(block, LONGEST, rng), y[block], weight[block], rng)
            w = torch.from_numpy(w)
            loss = (F.cross_entropy(net(ids), torch.from_numpy(goal), reduction="none", label_smoothing=0.02) * w).sum() / w.sum()
            dense.zero_grad()
            loss.backward()
            table.step(fall)
            dense.step()
            total += loss.item()
            step += 1
        print("epoch", epoch, round(total / len(plan), 4), round(time.process_time() - began), "s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--version", default="1.2.0")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    features = HashedCharacters(folding.Folding(folding.load(TABLES), "lower"), HALF_BITS)
    rows = read(os.path.join(args.data, "langid.train.jsonl.gz"))
    labels = sorted({r["label"] for r in rows})
    elsewhere = [r for r in read(os.path.join(args.data, "benign.train.jsonl.gz"))
                 if r["source"] in ("XQuAD questions", "XQuAD paragraphs", "tldr-pages", "CLCC") and r["lang"] in labels]
    ner = read(os.path.join(args.data, "ner.train.jsonl.gz"))
    for r in ner:
        if r["source"].startswith(("UNER", "KLUE", "GermEval", "LeNER")) and r["lang"] in labels and len(r["tokens"]) > 8 and r["lang"] not in ("sr",):
            elsewhere.append({"text": " ".join(r["tokens"]), "lang": r["lang"], "source": r["source"]})
    everything = [r["text"] for r in rows] + [r["text"] for r in elsewhere]
    ids = [features(t) for t in everything]
    texts = nets.Texts(np.concatenate(ids), np.cumsum([0] + [len(i) for i in ids]))
    number = {label: i for i, label in enumerate(labels)}
    y = np.array([number[r["label"]] for r in rows] + [number[r["lang"]] for r in elsewhere])
    weight = np.array([{"sentences": 1.0, "word-pairs": 0.5, "single-words": 0.3}[r["length"]] for r in rows] + [0.3] * len(elsewhere), np.float32)
    order = rng.permutation(len(rows))
    held = order[: len(rows) // 10]
    others = rng.permutation(np.arange(len(rows), len(everything)))
    few, unseen = others[:len(others) // 2], others[len(others) // 2:]
    net = Bag(2 << HALF_BITS, len(labels))
    train(net, texts, np.concatenate([order[len(rows) // 10:], few]), y, weight, rng)
    evaluate(net, texts, rows, elsewhere, held, unseen, y, labels)
    folder = os.path.normpath(os.path.join(HERE, "../models/language"))
    export.bag(net, os.path.join(folder, "model.onnx"), softmax=True)
    export.manifest(
        folder, version=args.version, title="The language of a text, of 75", task="single-label", labels=[(label, {}) for label in labels], features="hashed-characters", table="lower",
        half_bits=HALF_BITS, window=(2048, 256), trained_on=["lingua test data (sentences of the Leipzig Wortschatz)", "XQuAD", "tldr-pages", "CLCC", "UniversalNER", "KLUE-NER", "GermEval 2014", "LeNER-Br"],
        evaluated_on=["a tenth of the lingua sentences, and half of the texts of the other sources: see training/RESULTS.md"])


def evaluate(net, texts, rows, elsewhere, held, unseen, y, labels):
    for kind in ("sentences", "word-pairs", "single-words"):
        mine = [i for i in held if rows[i]["length"] == kind]
        right = nets.predict(net, texts, mine).argmax(1) == y[mine]
        print(kind, len(mine), round(float(right.mean()), 4))
        if kind == "sentences":
            wrong = Counter()
            per = defaultdict(list)
            for i, p in zip(mine, nets.predict(net, texts, mine).argmax(1)):
                per[labels[y[i]]].append(p == y[i])
                if p != y[i]:
                    wrong[labels[y[i]], labels[p]] += 1
            print(wrong.most_common(14))
            print("worst", sorted((round(float(np.mean(v)), 2), k) for k, v in per.items())[:12])
    by = defaultdict(list)
    for i, p in zip(unseen, nets.predict(net, texts, unseen).argmax(1)):
        by[elsewhere[i - len(rows)]["source"]].append(p == y[i])
    print({k: (len(v), round(float(np.mean(v)), 3)) for k, v in by.items()})


if __name__ == "__main__":
    main()
