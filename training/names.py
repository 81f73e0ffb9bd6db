#!/usr/bin/python3
"""Trains models/names: persons, places and organisations, as tags of tokens.

    names.py prepare --data DATASETS --work FOLDER [--glove VECTORS.npy --words WORDS.json]
    names.py train   --work FOLDER [--final]      without --final: holds sources out; evaluates on them
    names.py write   --work FOLDER                exports what was trained to ../models/names
"""
import argparse
import gzip
import json
import os
import pickle
import re
from collections import Counter, defaultdict

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from edgetrain import export, folding, model as nets
from edgetrain.features import HashedNames

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "../src/Detection/Classifiers/folding.bin")
HALF_BITS = 16
TAGS = ("O", "B-PERSON", "I-PERSON", "B-LOCATION", "I-LOCATION", "B-ORGANIZATION", "I-ORGANIZATION")
KIND = {"PER": 1, "LOC": 3, "ORG": 5}
HELD = ("wikigold", "WNUT-17 dev", "CrossNER politics", "CrossNER literature", "Broad Twitter Corpus h", "GermEval 2014 dev", "SEC filings FIN5",
        "UNER en_ewt dev", "UNER pt_bosque dev", "UNER sv_talbanken dev", "UNER zh_gsdsimp dev")
EPOCHS = 4
RATE, TABLE_RATE = 4e-3, 1.5e-2
WIDTH, HIDDEN = 32, 48


class Tagger(nn.Module):
    def __init__(self, pretrained=None):
        super().__init__()
        self.table = nn.Embedding(2 << HALF_BITS, WIDTH, sparse=True)
        nn.init.normal_(self.table.weight, std=0.05)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.half = 1 << HALF_BITS
        self.pretrained = None
        if pretrained is not None:
            del self.pretrained
            self.register_buffer("pretrained", torch.as_tensor(pretrained))
            self.project = nn.Linear(pretrained.shape[1], WIDTH, bias=False)
            nn.init.normal_(self.project.weight, std=0.05)
        self.near = nn.Conv1d(WIDTH, HIDDEN, 3, padding=1)
        self.wide = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=2, dilation=2)
        self.out = nn.Linear(HIDDEN, len(TAGS))
        self.drop = nn.Dropout(0.1)

    folded_table = nets.HashedConv.folded_table

    def forward(self, ids):
        real = (ids[:, :, 0] > 0).float().unsqueeze(1)
        if self.training:
            ids = ids.masked_fill(torch.rand(ids.shape) < torch.tensor([0.15, 0.1, 0.1, 0.03]), 0)
        x = self.table(ids).sum(2)
        if self.pretrained is not None:
            x = x + self.project(F.embedding(ids[:, :, 0], self.pretrained))
        x = self.drop(x).transpose(1, 2) * real
        h = torch.relu(self.near(x)) * real
        h = h + torch.relu(self.wide(h))
        return self.out(self.drop(h.transpose(1, 2)))


def sentence(row, rng, close=0.75):
    """The text of a tokenised sentence, and where its tokens begin."""
    tokens, lang = row["tokens"], row["lang"]
    starts, text = [], ""
    tidy = rng.random() < close
    for i, token in enumerate(tokens):
        if i and "space_after" in row:
            space = row["space_after"][i - 1]
        elif lang in ("zh", "ja"):
            space = False
        else:
            space = i > 0
            if tidy and (re.fullmatch(r"[,.;:!?)\]}%]|'s|n't|'[a-z]{1,2}|’s", token) or (i and tokens[i - 1] in "([{«„“$#@")):
                space = False
        text += " " if space and i else ""
        starts.append(len(text))
        text += token
    return text, starts


def renamed(row, names, rng):
    """The same sentence about other people and places."""
    tokens, tags, i = [], [], 0
    while i < len(row["tokens"]):
        tag = row["tags"][i]
        j = i + 1
        while j < len(row["tags"]) and row["tags"][j].startswith("I-"):
            j += 1
        if tag == "B-PER":
            locale = names[rng.integers(len(names))]
            new = [locale["first"][rng.integers(len(locale["first"]))]] if locale["first"] else []
            if locale["last"] and (j - i > 1 or rng.random() < 0.3):
                new = new + [locale["last"][rng.integers(len(locale["last"]))]]
            new = " ".join(new).split() or row["tokens"][i:j]
            tokens += new
            tags += ["B-PER"] + ["I-PER"] * (len(new) - 1)
            i = j
        elif tag == "B-LOC" and rng.random() < 0.4:
            locale = names[rng.integers(len(names))]
            new = (locale["place"][rng.integers(len(locale["place"]))] if locale["place"] else row["tokens"][i]).split() or [row["tokens"][i]]
            tokens += new
            tags += ["B-LOC"] + ["I-LOC"] * (len(new) - 1)
            i = j
        else:
            tokens.append(row["tokens"][i])
            tags.append(tag)
            i += 1
    return {"tokens": tokens, "tags": tags, "lang": row["lang"], "source": row["source"]}


def encode(row, features, rng):
    text, starts = sentence(row, rng)
    style = rng.random()
    if style < 0.06 and len(text) == len(text.lower()):
        text = text.lower()
    elif style < 0.075 and len(text) == len(text.upper()):
        text = text.upper()
    tokens = features.tokens(text)
    owner = np.searchsorted(starts, [t[0] for t in tokens], side="right") - 1
    rows, tags, before = [], [], -1
    for (_, _, ids), o in zip(tokens, owner):
        tag = row["tags"][o]
        kind = KIND.get(tag[2:], 0)
        if kind:
            begins = tag[0] == "B" and o != before
            kind = kind if begins else kind + 1
        rows.append(ids)
        tags.append(kind)
        before = o
    return np.array(rows or [(0, 0, 0, 0)], np.int32), np.array(tags or [0], np.int8)


def prepare(args):
    packed = folding.load(TABLES)
    features = HashedNames(folding.Folding(packed, "cased"), folding.Folding(packed, "lower"), HALF_BITS)
    rng = np.random.default_rng(3)
    with gzip.open(os.path.join(args.data, "ner.train.jsonl.gz"), "rt") as file:
        rows = [json.loads(line) for line in file]
    with gzip.open(os.path.join(args.data, "ner_names.jsonl.gz"), "rt") as file:
        names = [json.loads(line) for line in file]
    latin = [n for n in names if sum(ord(c[0]) < 0x250 for c in n["first"][:50]) > 40] or names
    more = [r for r in rows if r["source"] not in HELD and r["lang"] not in ("zh", "ja", "ko", "sr") and any(t == "B-PER" for t in r["tags"]) and "Faker" not in r["source"]]
    rows += [{**renamed(more[i], latin, rng), "source": "renamed " + more[i]["source"]} for i in rng.permutation(len(more))[:30000]]
    with gzip.open(os.path.join(args.data, "benign.train.jsonl.gz"), "rt") as file:
        for line in file:
            row = json.loads(line)
            if row["source"] in ("tldr-pages", "30-seconds-of-code", "Python developer's guide") and len(row["text"]) < 600:
                words = row["text"].split()
                rows.append({"tokens": words, "tags": ["O"] * len(words), "lang": row["lang"], "source": "plain " + row["source"]})
    encoded = [encode(r, features, rng) for r in rows]
    np.savez(os.path.join(args.work, "names.npz"), ids=np.concatenate([e[0] for e in encoded]), tags=np.concatenate([e[1] for e in encoded]),
             offsets=np.cumsum([0] + [len(e[0]) for e in encoded]))
    with open(os.path.join(args.work, "names.rows"), "wb") as file:
        pickle.dump([(r["source"], r["lang"]) for r in rows], file)
    if args.glove:
        vectors, words = np.load(args.glove).astype(np.float32), json.load(open(args.words))
        table = np.zeros((1 << HALF_BITS, vectors.shape[1]), np.float32)
        for i, word in enumerate(words):
            found = features.tokens(word)
            if len(found) == 1 and not table[found[0][2][0]].any():
                table[found[0][2][0]] = vectors[i]
        np.save(os.path.join(args.work, "names.vectors.npy"), table)


def spans(tags):
    out, start, kind = [], None, 0
    for i, tag in enumerate(list(tags) + [0]):
        inside = tag and tag % 2 == 0 and kind == tag - 1
        if start is not None and not inside:
            out.append((start, i, kind))
            start = None
        if tag and not inside:
            start, kind = i, tag if tag % 2 else tag - 1
    return out


def batch(texts, tags, block):
    ids = texts.batch(block, 10_000)
    gold = np.full(ids.shape[:2], -100, np.int64)
    for row, i in enumerate(block):
        a, b = texts.offsets[i], texts.offsets[i + 1]
        gold[row, : b - a] = tags[a:b]
    return ids, torch.from_numpy(gold)


def share(source, lang, rng):
    """How often a sentence is shown in an epoch: scanned newspapers seldom, English twice."""
    part = 0.1 if source.startswith("Europeana") else 0.4 if source.startswith(("German legal", "renamed", "plain")) else 1
    part *= 2 if lang == "en" and part == 1 and "Faker" not in source else 1
    return int(part) if part >= 1 else int(rng.random() < part)


def packed(ids, gold):
    """The same rows without the gaps between a sentence and the one that follows."""
    order = torch.argsort((gold < 0).to(torch.int8), dim=1, stable=True)
    return torch.gather(ids, 1, order.unsqueeze(2).expand_as(ids)), torch.gather(gold, 1, order)


def train(args):
    arrays = np.load(os.path.join(args.work, "names.npz"))
    texts, tags = nets.Texts(arrays["ids"], arrays["offsets"]), arrays["tags"]
    with open(os.path.join(args.work, "names.rows"), "rb") as file:
        rows = pickle.load(file)
    vectors = os.path.join(args.work, "names.vectors.npy")
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    net = Tagger(np.load(vectors) if os.path.exists(vectors) else None)
    use = np.array([i for i, (source, lang) in enumerate(rows) if args.final or source not in HELD for _ in range(share(source, lang, rng))])
    # Rare words see few steps: their rows need large ones.
    sparse = torch.optim.SparseAdam([net.table.weight], lr=TABLE_RATE)
    dense = torch.optim.Adam([p for n, p in net.named_parameters() if n != "table.weight"], lr=RATE)
    step, steps = 0, None
    for epoch in range(EPOCHS):
        net.train()
        plan = nets.batches(texts, use, 48, rng)
        steps = steps or EPOCHS * len(plan)
        total = 0.0
        for block in plan:
            for optimizer, rate in ((sparse, TABLE_RATE), (dense, RATE)):
                optimizer.param_groups[0]["lr"] = rate * max(0.05, 1 - step / steps)
            ids, gold = batch(texts, tags, block)
            if rng.random() < 0.4:
                # Texts run on: a sentence stands between others.
                other = rng.permutation(len(ids))
                ids, gold = torch.cat([ids, ids[other]], 1), torch.cat([gold, gold[other]], 1)
                ids, gold = packed(ids, gold)
            loss = F.cross_entropy(net(ids).flatten(0, 1), gold.flatten(), ignore_index=-100, label_smoothing=0.01)
            sparse.zero_grad()
            dense.zero_grad()
            loss.backward()
            sparse.step()
            dense.step()
            total += loss.item()
            step += 1
        print("epoch", epoch, round(total / len(plan), 4), flush=True)
    evaluate(net, texts, tags, rows)
    torch.save(net.state_dict(), os.path.join(args.work, "names.pt"))


def evaluate(net, texts, tags, rows):
    net.eval()
    for source in HELD:
        mine = [i for i, r in enumerate(rows) if r[0] == source]
        counts = defaultdict(Counter)
        with torch.no_grad():
            for start in range(0, len(mine), 200):
                block = sorted(mine[start:start + 200], key=texts.length)
                ids, gold = batch(texts, tags, block)
                for got, true in zip(net(ids).argmax(2).numpy(), gold.numpy()):
                    length = int((true >= 0).sum())
                    a, b = set(spans(got[:length])), set(spans(true[:length]))
                    for kind in (1, 3, 5):
                        x, y = {s for s in a if s[2] == kind}, {s for s in b if s[2] == kind}
                        counts[kind].update(tp=len(x & y), got=len(x), gold=len(y))
        text = []
        for kind in (1, 3, 5):
            c = counts[kind]
            p, r = c["tp"] / max(1, c["got"]), c["tp"] / max(1, c["gold"])
            text.append(f"{TAGS[kind][2:5]} F1 {2 * p * r / max(1e-9, p + r):.3f} (P {p:.2f} R {r:.2f})")
        print(f"{source:24}", "  ".join(text), flush=True)


def write(args):
    vectors = os.path.join(args.work, "names.vectors.npy")
    net = Tagger(np.load(vectors) if os.path.exists(vectors) else None)
    net.load_state_dict(torch.load(os.path.join(args.work, "names.pt")))
    net.eval()
    folder = os.path.normpath(os.path.join(HERE, "../models/names"))
    os.makedirs(folder, exist_ok=True)
    export.tagger(net, os.path.join(folder, "model.onnx"))
    export.manifest(
        folder, version=args.version, title="Names of persons, places and organisations", task="tokens",
        labels=[(kind, {}) for kind in ("PERSON", "LOCATION", "ORGANIZATION")],
        features="hashed-names", table="cased", half_bits=HALF_BITS, window=(512, 0),
        trained_on=["UniversalNER", "CrossNER", "WNUT-17", "Broad Twitter Corpus", "wikigold", "SEC filings FIN5", "GermEval 2014", "German legal entities",
                    "LeNER-Br", "Europeana newspapers", "stockmark ner-wikipedia", "KLUE-NER", "own sentences with Faker names", "GloVe vectors (PDDL)"],
        evaluated_on=["eleven held-out sources: see training/RESULTS.md"], licence="CC-BY-SA-4.0")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "train", "write"))
    parser.add_argument("--data")
    parser.add_argument("--work", required=True)
    parser.add_argument("--glove")
    parser.add_argument("--words")
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--version", default="1.0.0")
    args = parser.parse_args()
    torch.set_num_threads(1)
    {"prepare": prepare, "train": train, "write": write}[args.step](args)


if __name__ == "__main__":
    main()
