#!/usr/bin/python3
"""Trains models/prompt-attack.

    prompt_attack.py prepare --data DATASETS --work FOLDER [--vectors FILE.npz]
    prompt_attack.py fold    --work FOLDER --fold N    scores of the sources that fold N of four holds out
    prompt_attack.py fit     --work FOLDER             trains on everything
    prompt_attack.py further --work FOLDER --part P    one more short round over a part of the rows and all of our own documents, requests, talk of harm and programs and of foreign sentences
    prompt_attack.py write   --work FOLDER             calibrates on the folds' scores, reports, writes ../models/prompt-attack
"""
import argparse
import gzip
import json
import os
import pickle

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from edgetrain import attack_grammar, export, folding, model as nets, own_rows, prompt_attack_data as data
from edgetrain.features import HashedFeatures

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "../src/Detection/Classifiers/folding.bin")
HALF_BITS = 16
WINDOW = (2048, 256)
SHAPE = dict(width=24, filters=32, hidden=32, view=32, context=24)
EPOCHS = 2


def hashed():
    return HashedFeatures(folding.Folding(folding.load(TABLES), "skeleton"), HALF_BITS)


def foreign(args, count=9000):
    """Ordinary sentences in 75 languages, few of which have other harmless rows."""
    with gzip.open(os.path.join(args.data, "langid.train.jsonl.gz"), "rt") as file:
        rows = [json.loads(line) for line in file]
    some = np.random.default_rng(13).permutation([i for i, r in enumerate(rows) if len(r["text"]) > 20])[:count]
    return [{"text": rows[i]["text"], "label": "benign", "kind": "document", "source": "lingua test data", "lang": rows[i]["label"]} for i in some]


def prepare(args):
    features = hashed()
    rows = []
    for name in ("prompt_attack", "benign"):
        with gzip.open(os.path.join(args.data, f"{name}.train.jsonl.gz"), "rt") as file:
            rows += [json.loads(line) for line in file]
    rows += attack_grammar.rows(np.random.default_rng(11), 12000) + own_rows.rows() + foreign(args)
    ids = [features(r["text"]) for r in rows]
    np.savez(os.path.join(args.work, "prompt_attack.npz"), ids=np.concatenate(ids), offsets=np.cumsum([0] + [len(i) for i in ids]))
    with open(os.path.join(args.work, "prompt_attack.rows"), "wb") as file:
        pickle.dump(rows, file)


def load(args):
    arrays = np.load(os.path.join(args.work, "prompt_attack.npz"))
    with open(os.path.join(args.work, "prompt_attack.rows"), "rb") as file:
        rows = pickle.load(file)
    return rows, nets.Texts(arrays["ids"], arrays["offsets"])


def fit(texts, rows, indices, seed, begin=None, epochs=EPOCHS, rate=2e-3):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    y, known = data.targets(rows)
    net = nets.HashedConv(2 << HALF_BITS, len(data.LABELS), **SHAPE)
    if begin is not None:
        net.load_state_dict(begin)
    features = hashed()
    hot = np.concatenate([features(word)[:1] for word in own_rows.hot_words()])
    hot[:, 3] = 0
    hiding = data.Hiding(texts, rows, indices, hot)
    nets.train(net, texts, indices, y, known, data.weights(rows), epochs, rng, rate=rate, longest=256, augment=hiding, report=lambda e, loss: print("epoch", e, round(loss, 4), flush=True))
    return net


def fold(args):
    rows, texts = load(args)
    rng = np.random.default_rng(args.fold)
    scores = np.full((len(rows), len(data.LABELS)), np.nan, np.float32)
    train, held, composed = data.split(rows, args.fold)
    net = fit(texts, rows, rng.permutation(train)[: int(len(train) * args.part)], args.fold)
    quiet = rng.permutation([i for i in held if rows[i]["label"] == "benign"])[:5000]
    loud = [i for i in held if rows[i]["label"] == "attack"]
    rest = np.concatenate([quiet, loud, rng.permutation(composed)[:1500]]).astype(int)
    scores[rest] = nets.predict(net, texts, rest)
    np.save(os.path.join(args.work, f"prompt_attack.scores{args.fold}.npy"), scores)


def fit_all(args):
    rows, texts = load(args)
    torch.save(fit(texts, rows, np.arange(len(rows)), 7).state_dict(), os.path.join(args.work, "prompt_attack.pt"))


def further(args):
    rows, texts = load(args)
    path = os.path.join(args.work, "prompt_attack.pt")
    rng = np.random.default_rng(8)
    some = np.array([i for i, r in enumerate(rows) if r["source"] in ("own documents", "own requests", "own talk of harm", "this project's programs", "lingua test data") or rng.random() < args.part])
    torch.save(fit(texts, rows, some, 8, torch.load(path), 1, args.rate).state_dict(), path)


# Texts made to be hard, system messages and prompts that hand out roles: not what an organisation's clients send all day.
ORDINARY_EXCEPT = ("look_alike", "text_about_filters", "benign_document", "disguised", "framed_request", "system_prompt", "act_as_prompt", "roleplay_prompt")


def ordinary(rows):
    return [i for i, r in enumerate(rows) if r["label"] == "benign" and r["kind"] not in ORDINARY_EXCEPT]


def write(args):
    rows, _ = load(args)
    scores = np.full((len(rows), len(data.LABELS)), np.nan, np.float32)
    for number in range(len(data.FOLDS)):
        part = np.load(os.path.join(args.work, f"prompt_attack.scores{number}.npy"))
        fresh = ~np.isnan(part[:, 0]) & np.isnan(scores[:, 0])
        scores[fresh] = part[fresh]
    y, known = data.targets(rows)
    judged = ~np.isnan(scores[:, 0])
    weight = data.weights(rows)
    calm = [i for i in ordinary(rows) if judged[i]]
    scale, shift, labels = [], [], []
    for c, label in enumerate(data.LABELS):
        mask = judged & (known[:, c] > 0)
        platt = LogisticRegression(C=1e3).fit(scores[mask, c:c + 1], y[mask, c], weight[mask])
        scale.append(float(platt.coef_[0, 0]))
        shift.append(float(platt.intercept_[0]))
        p = 1 / (1 + np.exp(-(scores[:, c] * scale[c] + shift[c])))
        quiet = p[[i for i in calm if known[i, c] > 0]]
        labels.append((label, {n: (float(np.quantile(quiet, 1 - f)), f) for n, f in (("strict", 0.001), ("balanced", 0.01), ("permissive", 0.03))}))
    print(labels, scale, shift)
    net = nets.HashedConv(2 << HALF_BITS, len(data.LABELS), **SHAPE)
    net.load_state_dict(torch.load(os.path.join(args.work, "prompt_attack.pt")))
    folder = os.path.normpath(os.path.join(HERE, "../models/prompt-attack"))
    os.makedirs(folder, exist_ok=True)
    export.hashed_views(net, folder, scale, shift)
    sources = sorted({r["source"] for r in rows})
    export.manifest(
        folder, version=args.version, title="Attempts to override an assistant's instructions, direct and hidden in documents", task="multi-label",
        labels=labels, table="skeleton", half_bits=HALF_BITS, block=SHAPE["view"] // 2, sums="table.bin", window=WINDOW, trained_on=sources,
        evaluated_on=["the same sources, each held out in turn with its relatives: see training/RESULTS.md"])
    report(rows, scores, labels)


def report(rows, scores, labels):
    """Each held-out source against the ordinary texts held out with it."""
    calm = [i for i in ordinary(rows) if not np.isnan(scores[i, 0])]
    bars = np.quantile(scores[calm, 0], 0.99)
    aucs = []
    for source in sorted({r["source"] for r in rows}):
        mine = [i for i, r in enumerate(rows) if r["source"] == source and not np.isnan(scores[i, 0])]
        bad = [i for i in mine if rows[i]["label"] == "attack"]
        if len(bad) >= 5:
            auc = roc_auc_score([1] * len(bad) + [0] * len(calm), np.concatenate([scores[bad, 0], scores[calm, 0]]))
            if source not in data.COMPOSED:
                aucs.append(auc)
            print(f"{source[:50]:50} n={len(bad):6} AUROC {auc:.3f} caught at 1 % {np.mean(scores[bad, 0] > bars):.3f}")
    for kind in ("look_alike", "text_about_filters", "security_text", "document", "act_as_prompt", "roleplay_prompt", "system_prompt"):
        mine = [i for i, r in enumerate(rows) if r["kind"] == kind and r["label"] == "benign" and not np.isnan(scores[i, 0])]
        if mine:
            print(f"{kind:50} n={len(mine):6} false alarms at that bar {np.mean(scores[mine, 0] > bars):.3f}")
    print("mean AUROC of unseen sources", round(float(np.mean(aucs)), 4))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "fold", "fit", "further", "write"))
    parser.add_argument("--data")
    parser.add_argument("--work", required=True)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--part", type=float, default=1.0, help="the part of the training rows that the folds use")
    parser.add_argument("--rate", type=float, default=6e-4, help="of `further`")
    parser.add_argument("--version", default="1.0.0")
    args = parser.parse_args()
    torch.set_num_threads(1)
    {"prepare": prepare, "fold": fold, "fit": fit_all, "further": further, "write": write}[args.step](args)


if __name__ == "__main__":
    main()
