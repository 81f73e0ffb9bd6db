#!/usr/bin/python3
"""Trains models/names: persons, places and organisations, as tags of tokens.

    names.py prepare --data DATASETS --work FOLDER    FOLDER has the word vectors already (edgetrain/vectors.py)
    names.py pretrain --work FOLDER                   reads texts without marked names
    names.py train   --work FOLDER [--final]          without --final: holds sources out; evaluates on them
    names.py write   --work FOLDER                    exports what was trained to ../models/names
"""
import argparse
import os
import pickle
import time
from collections import Counter, defaultdict

import numpy as np
import torch
from torch.nn import functional as F

from edgetrain import export, folding, model as nets, names_data, vectors
from edgetrain.features import HashedNames
from edgetrain.names_net import Guesser, TAGS, Tagger
from edgetrain.rows import RowAdagrad

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "../src/Detection/Classifiers/folding.bin")
HALF_BITS = 17
PRETRAIN_EPOCHS = 3
SEED = 1
RATE, TABLE_RATE = 2e-3, 0.05


def features_of():
    packed = folding.load(TABLES)
    return HashedNames(folding.Folding(packed, "cased"), folding.Folding(packed, "lower"), HALF_BITS)


def prepare(args):
    features, rng = features_of(), np.random.default_rng(SEED)
    encoded, kept = [], []
    for row in names_data.rows(args.data, rng):
        held = row["source"] in names_data.HELD
        one = names_data.encode(row, features, rng, str if held else names_data.in_case(rng))
        if one is not None:
            encoded.append(one)
            kept.append((row["source"], row["lang"], False))
        if held:
            # For the model that sees everything.
            one = names_data.encode(row, features, rng, names_data.in_case(rng))
            if one is not None:
                encoded.append(one)
                kept.append((row["source"], row["lang"], True))
    np.savez(os.path.join(args.work, "names.npz"), ids=np.concatenate([e[0] for e in encoded]), tags=np.concatenate([e[1] for e in encoded]),
             offsets=np.cumsum([0] + [len(e[0]) for e in encoded]), line=features._rows("\n", False))
    with open(os.path.join(args.work, "names.rows"), "wb") as file:
        pickle.dump(kept, file)
    np.save(os.path.join(args.work, "names.known.npy"), names_data.known_words(args.work, args.data, features))
    plain = [np.array([t[2] for t in features.tokens(text)], np.int32) for text in names_data.unmarked(args.data, rng)]
    np.savez(os.path.join(args.work, "names.plain.npz"), ids=np.concatenate(plain), offsets=np.cumsum([0] + [len(p) for p in plain]))


def network(work):
    features = features_of()
    shapes = [a + b + c for a in ("X", "XX") for b in ("", "x", "xx", "d", "dd", "o") for c in ("", "X", "XX", "Xx", "Xxx", "d", "dd")]
    return Tagger(features.rows(), np.load(os.path.join(work, "names.known.npy")), capitals=sorted({features.part(2, s) for s in shapes}))


def pretrain(args):
    """Sentences of a text without marks; what the network learns here is what surrounds a word."""
    arrays = np.load(os.path.join(args.work, "names.plain.npz"))
    texts = nets.Texts(arrays["ids"], arrays["offsets"])
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    net = network(args.work)
    guesser = Guesser(net, vectors.DIMENSIONS)
    table = RowAdagrad(net.table.weight, TABLE_RATE)
    dense = torch.optim.AdamW([p for n, p in guesser.named_parameters() if n != "net.table.weight"], lr=RATE, weight_decay=0.01)
    plan = [block for _ in range(PRETRAIN_EPOCHS) for block in nets.batches(texts, np.arange(len(texts.offsets) - 1), 40, rng)]
    total, began = 0.0, time.process_time()
    for step, block in enumerate(plan):
        fall = min(1, step / 300) * max(0.05, 1 - step / len(plan))
        dense.param_groups[0]["lr"] = RATE * fall
        loss = guesser(texts.batch(block, 48, rng))
        dense.zero_grad()
        loss.backward()
        table.step(fall)
        dense.step()
        total += loss.item()
        if step % 1000 == 999:
            print("step", step + 1, "of", len(plan), round(total / 1000, 4), round(time.process_time() - began), "s", flush=True)
            total = 0.0
    torch.save(net.state_dict(), os.path.join(args.work, "names.pre.pt"))


def share(source, lang):
    """How often a sentence is shown in an epoch: scanned newspapers seldom, English twice."""
    part = 0.05 if source.startswith("Europeana") else 0.3 if source.startswith(("German legal", "plain", "stockmark", "own")) else 0.5 if source.startswith("renamed") else 1
    return part * (2 if lang == "en" and part == 1 else 1 if lang == "en" else 0.6)


def batch(texts, tags, block):
    ids = texts.batch(block, 10_000)
    gold = np.full(ids.shape[:2], -100, np.int64)
    for row, i in enumerate(block):
        a, b = texts.offsets[i], texts.offsets[i + 1]
        gold[row, : b - a] = tags[a:b]
    return ids, torch.from_numpy(gold)


def run_on(ids, gold, line, rng):
    """Texts run on: a sentence stands between others, on the same line or the next."""
    other = rng.permutation(len(ids))
    gap_ids, gap_gold = ids[:, :0], gold[:, :0]
    if rng.random() < 0.4:
        gap_ids, gap_gold = line.expand(len(ids), 1, -1), torch.zeros(len(ids), 1, dtype=gold.dtype)
    ids, gold = torch.cat([ids, gap_ids, ids[other]], 1), torch.cat([gold, gap_gold, gold[other]], 1)
    order = torch.argsort((gold < 0).to(torch.int8), dim=1, stable=True)
    return torch.gather(ids, 1, order.unsqueeze(2).expand_as(ids)), torch.gather(gold, 1, order)


def train(args):
    arrays = np.load(os.path.join(args.work, "names.npz"))
    texts, tags = nets.Texts(arrays["ids"], arrays["offsets"]), arrays["tags"]
    line = torch.from_numpy(arrays["line"].astype(np.int64))
    with open(os.path.join(args.work, "names.rows"), "rb") as file:
        rows = pickle.load(file)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    net = network(args.work)
    if args.final:
        # What the model without the held-out sources knows, and one more round with them.
        net.load_state_dict(torch.load(os.path.join(args.work, "names.pt")))
    else:
        net.load_state_dict(torch.load(os.path.join(args.work, "names.pre.pt")))
        with torch.no_grad():
            net.table.weight[:len(net.known)] = 0
    parts = np.array([share(source, lang) * (args.final if source in names_data.HELD and again else source not in names_data.HELD)
                      * (source not in names_data.UNFIT)
                      for source, lang, again in rows])
    table = RowAdagrad(net.table.weight, TABLE_RATE)
    dense = torch.optim.AdamW([p for n, p in net.named_parameters() if n != "table.weight"], lr=RATE, weight_decay=0.01)
    step, steps = 0, None
    for epoch in range(args.epochs):
        net.train()
        use = np.repeat(np.arange(len(parts)), np.floor(parts + rng.random(len(parts))).astype(int))
        plan = nets.batches(texts, use, 64, rng)
        steps = steps or args.epochs * len(plan)
        total, began = 0.0, time.process_time()
        for block in plan:
            fall = min(1, step / 300) * max(0.02, 1 - step / steps) * (0.3 if args.final else 1)
            dense.param_groups[0]["lr"] = RATE * fall
            ids, gold = batch(texts, tags, block)
            if rng.random() < 0.4:
                ids, gold = run_on(ids, gold, line, rng)
            loss = F.cross_entropy(net(ids).flatten(0, 1), gold.flatten(), ignore_index=-100, label_smoothing=0.01)
            dense.zero_grad()
            loss.backward()
            table.step(fall)
            dense.step()
            total += loss.item()
            step += 1
        print("epoch", epoch, round(total / len(plan), 4), len(plan), "steps", round(time.process_time() - began), "s", flush=True)
    if not args.final:
        evaluate(net, texts, tags, rows)
    torch.save(net.state_dict(), os.path.join(args.work, "names.final.pt" if args.final else "names.pt"))


def best(logits):
    """What NameModel.cs makes of the scores of tokens: a kind's two tags count together."""
    p = torch.softmax(logits, -1)
    kinds = torch.cat([p[..., :1], p[..., 1::2] + p[..., 2::2]], -1).argmax(-1)
    begins = torch.gather(p, -1, (2 * kinds - 1).clamp(min=0).unsqueeze(-1)) >= torch.gather(p, -1, (2 * kinds).unsqueeze(-1))
    return torch.where(kinds > 0, 2 * kinds - begins.squeeze(-1).long(), kinds)


def spans(tags):
    """(start, end, kind); a name begins where none of its kind continues."""
    out, start, kind = [], None, 0
    for i, tag in enumerate(list(tags) + [0]):
        inside = tag and tag % 2 == 0 and kind == tag - 1 and start is not None
        if start is not None and not inside:
            out.append((start, i, kind))
            start = None
        if tag and not inside:
            start, kind = i, tag if tag % 2 else tag - 1
    return out


def evaluate(net, texts, tags, rows):
    net.eval()
    for source in names_data.HELD:
        mine = [i for i, r in enumerate(rows) if r[0] == source and not r[2]]
        counts = defaultdict(Counter)
        with torch.no_grad():
            for start in range(0, len(mine), 200):
                block = sorted(mine[start:start + 200], key=texts.length)
                ids, gold = batch(texts, tags, block)
                for got, true in zip(best(net(ids)).numpy(), gold.numpy()):
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
    net = network(args.work)
    net.load_state_dict(torch.load(os.path.join(args.work, "names.final.pt")))
    net.eval()
    folder = os.path.normpath(os.path.join(HERE, "../models/names"))
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
    parser.add_argument("step", choices=("prepare", "pretrain", "train", "write"))
    parser.add_argument("--data")
    parser.add_argument("--work", required=True)
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--epochs", type=int, default=4, help="2 with --final")
    parser.add_argument("--version", default="2.0.0")
    args = parser.parse_args()
    torch.set_num_threads(1)
    {"prepare": prepare, "pretrain": pretrain, "train": train, "write": write}[args.step](args)


if __name__ == "__main__":
    main()
