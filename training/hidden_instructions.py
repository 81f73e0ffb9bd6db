#!/usr/bin/python3
"""Trains models/hidden-instructions: orders to an assistant that stand in documents, pages and tool results.

    hidden_instructions.py prepare --data DATASETS --work FOLDER    FOLDER has the word vectors already (edgetrain/vectors.py)
    hidden_instructions.py fold    --work FOLDER --fold N --part P  scores of the sources that fold N of four holds out
    hidden_instructions.py fit     --work FOLDER --part P           trains on rows of every source
    hidden_instructions.py write   --work FOLDER                    calibrates on the folds' scores, writes ../models/hidden-instructions

What ships was made with --fold 0 --part 0.5 and --part 0.75.
"""
import argparse
import os
import pickle
import time

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from torch.nn import functional as F

from edgetrain import attack_grammar, export, folding, model as nets, notes_grammar, prompt_attack_data as data
from edgetrain.attack_net import Reader, known_words
from edgetrain.features import HashedFeatures
from edgetrain.names_data import read
from edgetrain.planting import ASKED, DOCUMENTS, Planting
from edgetrain.rows import RowAdagrad

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "../src/Detection/Classifiers/folding.bin")
HALF_BITS = 16
EPOCHS, BATCH, LONGEST = 2, 64, 160
RATE, TABLE_RATE = 1.5e-3, 0.02


def prepare(args):
    features = HashedFeatures(folding.Folding(folding.load(TABLES), "skeleton"), HALF_BITS)
    rows = read(args.data, "prompt_attack.train.jsonl.gz") + read(args.data, "benign.train.jsonl.gz")
    rows += attack_grammar.rows(np.random.default_rng(11), 12000) + notes_grammar.rows(np.random.default_rng(12), 4000)
    ids = [features(r["text"]) for r in rows]
    np.savez(os.path.join(args.work, "hidden.npz"), ids=np.concatenate(ids), offsets=np.cumsum([0] + [len(i) for i in ids]))
    with open(os.path.join(args.work, "hidden.rows"), "wb") as file:
        pickle.dump(rows, file)
    np.save(os.path.join(args.work, "hidden.known.npy"), known_words(args.work, features))


def load(args):
    arrays = np.load(os.path.join(args.work, "hidden.npz"))
    with open(os.path.join(args.work, "hidden.rows"), "rb") as file:
        rows = pickle.load(file)
    return rows, nets.Texts(arrays["ids"], arrays["offsets"]), np.load(os.path.join(args.work, "hidden.known.npy"))


def fit(texts, rows, known_rows, indices, seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    y, known = data.targets(rows)
    weight = data.weights(rows)
    net = Reader(2 << HALF_BITS, known_rows)
    planting = Planting(texts, rows, indices, LONGEST)
    table = RowAdagrad(net.table.weight, TABLE_RATE)
    dense = torch.optim.AdamW([p for n, p in net.named_parameters() if n != "table.weight"], lr=RATE, weight_decay=0.02)
    step, steps = 0, None
    for epoch in range(EPOCHS):
        net.train()
        plan = nets.batches(texts, indices, BATCH, rng)
        steps = steps or EPOCHS * len(plan)
        total, began = 0.0, time.process_time()
        for block in plan:
            fall = min(1, step / 200) * max(0.02, 1 - step / steps)
            dense.param_groups[0]["lr"] = RATE * fall
            ids, goal, counts = planting(block, y[block], known[block], rng)
            counts = torch.from_numpy(counts * weight[block][:, None])
            goal = torch.from_numpy(goal) * 0.98 + 0.01
            loss = (F.binary_cross_entropy_with_logits(net(ids), goal, reduction="none") * counts).sum() / counts.sum()
            dense.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for n, p in net.named_parameters() if n != "table.weight"], 1.0)
            table.step(fall)
            total += loss.item()
            dense.step()
            step += 1
        print("epoch", epoch, round(total / len(plan), 4), len(plan), "steps", round(time.process_time() - began), "s", flush=True)
    return net


def planted(texts, rows, held, rng, count=600):
    """Unseen attacks, unseen ordinary requests, and nothing, in unseen documents: (rows of features, what is in them)."""
    documents = [i for i in held if rows[i]["kind"] in DOCUMENTS and rows[i]["label"] == "benign" and texts.length(i) >= 12]
    pools = {
        "attack in a document": [i for i in held if rows[i]["label"] == "attack" and texts.length(i) < 100],
        "task in a document": [i for i in held if rows[i]["kind"] in ASKED and rows[i]["label"] == "benign" and texts.length(i) < 60],
        "document in a document": documents,
    }
    out = {}
    planting = Planting(texts, rows, held, 260)
    for name, pool in pools.items():
        out[name] = [planting.plant(planting.text(pool[rng.integers(len(pool))], 80, rng), np.array(documents), rng)[0] for _ in range(count)]
    return out


def predict_ids(net, parts):
    net.eval()
    flat = nets.Texts(np.concatenate(parts), np.cumsum([0] + [len(p) for p in parts]))
    return nets.predict(net, flat, np.arange(len(parts)))


def fold(args):
    rows, texts, known = load(args)
    rng = np.random.default_rng(args.fold)
    train, held, composed = data.split(rows, args.fold)
    net = fit(texts, rows, known, rng.permutation(train)[: int(len(train) * args.part)], args.fold)
    torch.save(net.state_dict(), os.path.join(args.work, f"hidden{args.tag}.{args.fold}.pt"))
    scores = np.full((len(rows), len(data.LABELS)), np.nan, np.float32)
    quiet = rng.permutation([i for i in held if rows[i]["label"] == "benign"])[:5000]
    loud = [i for i in held if rows[i]["label"] == "attack"]
    rest = np.concatenate([quiet, loud, rng.permutation(composed)[:1500]]).astype(int)
    scores[rest] = nets.predict(net, texts, rest, 450, 64)
    np.save(os.path.join(args.work, f"hidden{args.tag}.scores{args.fold}.npy"), scores)
    parts = planted(texts, rows, held, np.random.default_rng(100 + args.fold))
    np.savez(os.path.join(args.work, f"hidden{args.tag}.planted{args.fold}.npz"), **{k: predict_ids(net, v) for k, v in parts.items()})
    report(args)


ORDINARY_EXCEPT = ("look_alike", "text_about_filters", "benign_document", "disguised", "framed_request", "system_prompt", "act_as_prompt", "roleplay_prompt", "note")


def report(args):
    """One bar for all folds: what 1 % of the ordinary texts of unseen sources reach."""
    rows, _, _ = load(args)
    scores, hidden = np.full((len(rows), len(data.LABELS)), np.nan, np.float32), {}
    for number in range(len(data.FOLDS)):
        path = os.path.join(args.work, f"hidden{args.tag}.scores{number}.npy")
        if os.path.exists(path) and number < args.folds:
            part = np.load(path)
            fresh = ~np.isnan(part[:, 0]) & np.isnan(scores[:, 0])
            scores[fresh] = part[fresh]
            for name, values in np.load(path.replace("scores", "planted").replace(".npy", ".npz")).items():
                hidden.setdefault(name, []).append(values)
    hidden = {k: np.concatenate(v) for k, v in hidden.items()}
    calm = [i for i, r in enumerate(rows) if r["label"] == "benign" and r["kind"] not in ORDINARY_EXCEPT and not np.isnan(scores[i, 0])]
    print("ordinary texts", len(calm))
    bars = np.quantile(scores[calm], 0.99, axis=0)
    aucs, caught = [], []
    for source in sorted({r["source"] for r in rows}):
        bad = [i for i, r in enumerate(rows) if r["source"] == source and r["label"] == "attack" and not np.isnan(scores[i, 0])]
        if len(bad) >= 5:
            auc = [roc_auc_score([1] * len(bad) + [0] * len(calm), np.concatenate([scores[bad, c], scores[calm, c]])) for c in (0, 1)]
            hit = np.mean(scores[bad] > bars, 0)
            if source not in data.COMPOSED:
                aucs.append(auc[0])
                caught.append(hit[0])
            print(f"{source[:50]:50} n={len(bad):6} AUROC {auc[0]:.3f} caught {hit[0]:.3f}  indirect {auc[1]:.3f} {hit[1]:.3f}")
    for kind in ("look_alike", "text_about_filters", "security_text", "document", "act_as_prompt", "roleplay_prompt", "system_prompt", "business_text", "note"):
        mine = [i for i, r in enumerate(rows) if r["kind"] == kind and r["label"] == "benign" and not np.isnan(scores[i, 0])]
        if mine:
            print(f"{kind:50} n={len(mine):6} false alarms {np.mean(scores[mine] > bars, 0).round(3)}")
    for name, values in hidden.items():
        print(f"{name:50} n={len(values):6} above the bars {np.mean(values > bars, 0).round(3)}")
    print("mean AUROC of unseen sources", round(float(np.mean(aucs)), 4), "caught at 1 %", round(float(np.mean(caught)), 3), flush=True)


def fit_all(args):
    rows, texts, known = load(args)
    some = np.random.default_rng(7).permutation(len(rows))[: int(len(rows) * args.part)]
    torch.save(fit(texts, rows, known, some, 7).state_dict(), os.path.join(args.work, "hidden.pt"))


def write(args):
    """Bars and probabilities of documents alone: of texts that are asked about, no other kind is ordinary."""
    rows, _, known = load(args)
    quiet, loud = [], []
    for number in range(len(data.FOLDS)):
        path = os.path.join(args.work, f"hidden{args.tag}.scores{number}.npy")
        if os.path.exists(path):
            scores, parts = np.load(path)[:, 1], np.load(path.replace("scores", "planted").replace(".npy", ".npz"))
            quiet.append(scores[[i for i, r in enumerate(rows) if r["label"] == "benign" and r["kind"] in DOCUMENTS and not np.isnan(scores[i])]])
            quiet.append(parts["document in a document"][:, 1])
            loud += [parts["attack in a document"][:, 1], parts["task in a document"][:, 1]]
    quiet, loud = np.concatenate(quiet), np.concatenate(loud)
    platt = LogisticRegression(C=1e3).fit(np.concatenate([quiet, loud])[:, None], [0] * len(quiet) + [1] * len(loud))
    scale, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    calibrated = 1 / (1 + np.exp(-(quiet * scale + shift)))
    bars = {name: (float(np.quantile(calibrated, 1 - alarms)), alarms) for name, alarms in (("strict", 0.001), ("balanced", 0.01), ("permissive", 0.03))}
    print(len(quiet), len(loud), scale, shift, bars)
    net = Reader(2 << HALF_BITS, known)
    net.load_state_dict(torch.load(os.path.join(args.work, "hidden.pt")))
    net.out.weight, net.out.bias = torch.nn.Parameter(net.out.weight[1:]), torch.nn.Parameter(net.out.bias[1:])
    net.out.out_channels = 1
    folder = os.path.normpath(os.path.join(HERE, "../models/hidden-instructions"))
    os.makedirs(folder, exist_ok=True)
    export.reader(net, os.path.join(folder, "model.onnx"), [scale], [shift])
    export.manifest(
        folder, version=args.version, title="Orders to an assistant that stand in documents, pages and tool results", task="multi-label", labels=[("indirect", bars)],
        table="skeleton", half_bits=HALF_BITS, block=net.stretch, window=(2048, 256), trained_on=sorted({r["source"] for r in rows}) + ["GloVe vectors (PDDL)"],
        evaluated_on=["a quarter of the sources, held out: see training/RESULTS.md"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "fold", "fit", "write", "report"))
    parser.add_argument("--data")
    parser.add_argument("--work", required=True)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--tag", default="", help="tells apart the files of several trials")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--part", type=float, default=1.0, help="the part of the training rows that the folds use")
    args = parser.parse_args()
    torch.set_num_threads(1)
    {"prepare": prepare, "fold": fold, "fit": fit_all, "write": write, "report": report}[args.step](args)


if __name__ == "__main__":
    main()
