#!/usr/bin/python3
"""Trains models/harm.

    harm.py prepare --data DATASETS --work FOLDER --vectors glove_rows.npy
    harm.py folds   --work FOLDER      out-of-fold scores of held-out sources: the evaluation and the calibration
    harm.py final   --work FOLDER      trains on everything, calibrates, writes ../models/harm
"""
import argparse
import gzip
import json
import os
import pickle
from collections import Counter

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from edgetrain import export, folding, harm_grammar, model as nets
from edgetrain.features import HashedFeatures

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "../src/Detection/Classifiers/folding.bin")
HALF_BITS = 16
SHAPE = dict(width=24, filters=32, hidden=48)
EPOCHS = 2
LABELS = ("harm", "hate", "harassment", "violence", "sexual", "sexual/minors", "self_harm", "illicit", "toxic", "unsafe")
KINDS = LABELS[1:]
# Sources of one kind of harm say little about the others, but mostly they are free of them.
WEAK = 0.15
FOLDS = (
    ("Davidson 2017", "ToxiGen prompt sentences", "AILuminate 1.0 demo prompts", "AILuminate prompts, translated (moonshot-data)",
     "GPTFuzz labelled responses, training part", "Stormfront hate speech (Vicomtech)", "K-MHaS (validation part)", "ToLD-Br"),
    ("Measuring Hate Speech (binary subset)", "Surge AI toxicity", "HarmfulQA", "navirocker llm-red-teaming",
     "RealToxicityPrompts (DecodingTrust copy)", "CatQA"),
    ("EDOS (sexism)", "ParaDetox", "AdvBench", "HatemojiBuild", "Implicit Hate (SafeNLP subset)", "spikee harmful instructions", "COLD", "GermEval 2018"),
)
BENIGN_FOLDS = (
    ("clinc/oos-eval", "arena-hard v0.1", "XQuAD questions", "XQuAD paragraphs", "OWASP cheat sheets", "own e-mails"),
    ("databricks-dolly-15k (subset)", "snips nlu-benchmark", "arena-hard v2.0", "banking77 (PolyAI)", "prompts.chat"),
    ("UltraChat 200k (subset)", "GPTeacher", "Schema-Guided Dialogue", "FuzzyAI benign prompts", "TruthfulQA"),
)


def read(path):
    with gzip.open(path, "rt") as file:
        return [json.loads(line) for line in file]


def prepare(args):
    features = HashedFeatures(folding.Folding(folding.load(TABLES), "skeleton"), HALF_BITS)
    rows = read(os.path.join(args.data, "harm.train.jsonl.gz")) + read(os.path.join(args.data, "benign.train.jsonl.gz"))
    rows += harm_grammar.rows(np.random.default_rng(13), 6000)
    ids = [features(r["text"]) for r in rows]
    np.savez(os.path.join(args.work, "harm.npz"), ids=np.concatenate(ids), offsets=np.cumsum([0] + [len(i) for i in ids]))
    slim = [{k: r.get(k) for k in ("source", "labels", "known", "role", "lang", "kind")} for r in rows]
    with open(os.path.join(args.work, "harm.rows"), "wb") as file:
        pickle.dump(slim, file)


def load(args):
    arrays = np.load(os.path.join(args.work, "harm.npz"))
    with open(os.path.join(args.work, "harm.rows"), "rb") as file:
        return pickle.load(file), nets.Texts(arrays["ids"], arrays["offsets"])


def targets(rows):
    y = np.zeros((len(rows), len(LABELS)), np.float32)
    known = np.zeros_like(y)
    for i, row in enumerate(rows):
        if row["labels"] is None:
            known[i] = 1
            continue
        labels, sure = set(row["labels"]), set(row["known"])
        if "cae harmful" in row["source"]:
            labels.add("sexual/minors")
        if "MLCommons" in row["source"]:
            sure.add("sexual/minors")
        y[i, 0] = bool(labels)
        known[i, 0] = 1 if labels or row["source"].startswith(("MLCommons", "own")) else 0.6
        vague = labels and labels <= {"toxic", "unsafe"}
        for c, kind in enumerate(KINDS, 1):
            y[i, c] = kind in labels
            known[i, c] = 1 if kind in labels or kind in sure else 0 if vague or kind in ("toxic", "unsafe") and labels else WEAK
    return y, known


def weights(rows, power=0.5):
    count = Counter((r["source"], bool(r["labels"])) for r in rows)
    w = np.array([min(count[r["source"], bool(r["labels"])] ** -power, 0.1) for r in rows], np.float32)
    return w / w.mean()


def fit(texts, rows, indices, seed, args):
    torch.manual_seed(seed)
    y, known = targets(rows)
    net = nets.HashedConv(2 << HALF_BITS, len(LABELS), pretrained=np.load(args.vectors) if args.vectors else None, **SHAPE)
    nets.train(net, texts, indices, y, known, weights(rows), EPOCHS, np.random.default_rng(seed), longest=200,
               report=lambda e, loss: print("epoch", e, round(loss, 4), flush=True))
    return net


def folds(args):
    rows, texts = load(args)
    scores = np.full((len(rows), len(LABELS)), np.nan, np.float32)
    for fold, out in enumerate(FOLDS):
        out = set(out) | set(BENIGN_FOLDS[fold])
        held = np.array([i for i, r in enumerate(rows) if r["source"] in out])
        train = np.array([i for i, r in enumerate(rows) if r["source"] not in out])
        scores[held] = nets.predict(fit(texts, rows, train, fold, args), texts, held, longest=400)
    np.save(os.path.join(args.work, "harm.scores.npy"), scores)
    report(rows, scores)


def report(rows, scores):
    y, known = targets(rows)
    for fold, out in enumerate(FOLDS):
        calm = [i for i, r in enumerate(rows) if r["source"] in BENIGN_FOLDS[fold]]
        bar = np.quantile(scores[calm, 0], 0.99)
        for source in out:
            mine = np.array([i for i, r in enumerate(rows) if r["source"] == source])
            bad, good = mine[y[mine, 0] == 1], mine[y[mine, 0] == 0]
            against = good if len(good) > 20 else np.array(calm)
            truth = [1] * len(bad) + [0] * len(against)
            both = np.concatenate([scores[bad, 0], scores[against, 0]])
            print(f"{source[:44]:44} {'own' if len(good) > 20 else 'calm':4} AUROC {roc_auc_score(truth, both):.3f} AUPRC {average_precision_score(truth, both):.3f}"
                  f" ({len(bad) / len(truth):.2f} harmful) caught at 1 % of calm {np.mean(scores[bad, 0] > bar):.3f}", flush=True)
    judged = ~np.isnan(scores[:, 0])
    for c, label in enumerate(LABELS):
        mask = judged & (known[:, c] == 1)
        if y[mask, c].sum() > 10:
            print(f"{label:14} unseen sources: positives {int(y[mask, c].sum())} AUROC {roc_auc_score(y[mask, c], scores[mask, c]):.3f} AUPRC {average_precision_score(y[mask, c], scores[mask, c]):.3f}")


def final(args):
    rows, texts = load(args)
    scores = np.load(os.path.join(args.work, "harm.scores.npy"))
    y, known = targets(rows)
    weight = weights(rows)
    judged = ~np.isnan(scores[:, 0])
    scale, shift, labels = [], [], []
    for c, label in enumerate(LABELS):
        mask = judged & (known[:, c] > 0)
        if y[mask, c].sum() > 1000:
            platt = LogisticRegression(C=1e3).fit(scores[mask, c:c + 1], y[mask, c], weight[mask] * known[mask, c])
            # Where the held-out sources speak other languages than the rest, their scores say nothing: the slope must stay one.
            scale.append(max(0.2, float(platt.coef_[0, 0])))
            shift.append(float(platt.intercept_[0]))
        else:
            scale.append(0.7)
            shift.append(0.0)
        calm = np.array([r["labels"] is None for r in rows]) & judged
        quiet = 1 / (1 + np.exp(-(scores[calm, c] * scale[c] + shift[c])))
        labels.append((label, {n: (float(np.quantile(quiet, 1 - f)), f) for n, f in (("strict", 0.001), ("balanced", 0.01), ("permissive", 0.03))}))
        print(label, scale[-1], shift[-1], labels[-1][1])
    net = fit(texts, rows, np.arange(len(rows)), 7, args)
    folder = os.path.normpath(os.path.join(HERE, "../models/harm"))
    os.makedirs(folder, exist_ok=True)
    export.hashed_conv(net, os.path.join(folder, "model.onnx"), scale, shift)
    export.manifest(
        folder, version=args.version, title="Hate, harassment, violence, sexual content, self-harm and instructions for crimes", task="multi-label",
        labels=labels, table="skeleton", half_bits=HALF_BITS, window=(2048, 256), trained_on=sorted({r["source"] for r in rows}),
        evaluated_on=["20 of the sources, each held out in turn: see training/RESULTS.md"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "folds", "final"))
    parser.add_argument("--data")
    parser.add_argument("--work", required=True)
    parser.add_argument("--vectors", help="pretrained vectors of each word row, float32 [rows / 2, size]")
    parser.add_argument("--version", default="1.0.0")
    args = parser.parse_args()
    torch.set_num_threads(1)
    {"prepare": prepare, "folds": folds, "final": final}[args.step](args)


if __name__ == "__main__":
    main()
