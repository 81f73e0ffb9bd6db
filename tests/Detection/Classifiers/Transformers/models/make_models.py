#!/usr/bin/env python3
"""Makes the tiny random models that the tests load as somebody's own, and what PyTorch says of the texts: expected.json.

Needs torch and onnx; run after tokenizers.mjs. The files are committed, so the tests need neither:

    node tokenizers.mjs && python3 make_models.py
"""
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEADS, LONGEST = 16, 2, 32
OVERLAP = (LONGEST - 2) // 4


class Attention(nn.Module):
    """Self-attention; with relative positions where the family has them."""

    def __init__(self, relative):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.relative = nn.Embedding(2 * LONGEST, WIDTH // HEADS) if relative else None

    def forward(self, states, mask):
        batch, length, _ = states.shape
        split = lambda t: t.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
        query, key, value = split(self.query(states)), split(self.key(states)), split(self.value(states))
        scores = query @ key.transpose(-1, -2)
        if self.relative is not None:
            places = torch.arange(length)
            distance = (places[:, None] - places[None, :] + LONGEST).clamp(0, 2 * LONGEST - 1)
            position = query @ self.relative.weight.transpose(0, 1)
            scores = scores + position.gather(-1, distance.expand(batch, HEADS, length, length))
        scores = scores / (WIDTH // HEADS) ** 0.5 + (1.0 - mask[:, None, None, :].float()) * -10000.0
        mixed = torch.softmax(scores, -1) @ value
        return self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))


class Model(nn.Module):
    def __init__(self, vocabulary, labels, family, tokens):
        super().__init__()
        self.family, self.tokens = family, tokens
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(LONGEST + 8, WIDTH) if family != "deberta" else None
        self.types = nn.Embedding(2, WIDTH) if family == "bert" else None
        self.norm = nn.LayerNorm(WIDTH)
        self.attention = Attention(family == "deberta")
        self.attention_norm = nn.LayerNorm(WIDTH)
        self.wide, self.narrow = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.end_norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, labels)
        for parameter in self.parameters():
            parameter.data = torch.randn_like(parameter) * 0.6 if parameter.dim() > 1 else parameter.data

    def forward(self, input_ids, attention_mask, token_type_ids=None):
        states = self.words(input_ids)
        if self.places is not None:
            # RoBERTa counts positions from behind the number of its padding token, 1.
            first = 2 if self.family == "roberta" else 0
            states = states + self.places(torch.cumsum(attention_mask, 1) * attention_mask - 1 * attention_mask + first)
        if token_type_ids is not None:
            states = states + self.types(token_type_ids)
        states = self.norm(states)
        states = self.attention_norm(states + self.attention(states, attention_mask))
        states = self.end_norm(states + self.narrow(torch.nn.functional.gelu(self.wide(states))))
        return self.head(states if self.tokens else torch.tanh(states[:, 0]))


def export(name, family, labels, problem, tokens=False):
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    vocabulary = json.load(open(os.path.join(HERE, family, "tokenizer.json")))["model"]["vocab"]
    torch.manual_seed(len(name))
    model = Model(len(vocabulary), len(labels), family, tokens).eval()
    names = ["input_ids", "attention_mask"] + (["token_type_ids"] if family == "bert" else [])
    example = [torch.ones(2, 16, dtype=torch.long) for _ in names]
    path = os.path.join(folder, "model.onnx")
    torch.onnx.export(
        model, tuple(example), path, input_names=names, output_names=["logits"], opset_version=13,
        dynamic_axes={n: {0: "batch", 1: "length"} for n in names} | {"logits": {0: "batch", 1: "length"} if tokens else {0: "batch"}})
    kind = "ForTokenClassification" if tokens else "ForSequenceClassification"
    config = {
        "architectures": [family.capitalize() + kind], "model_type": "deberta-v2" if family == "deberta" else family,
        "id2label": {str(i): l for i, l in enumerate(labels)}, "label2id": {l: i for i, l in enumerate(labels)},
        "problem_type": problem, "pad_token_id": 1 if family == "roberta" else 0,
        "max_position_embeddings": LONGEST + 2 if family == "roberta" else LONGEST,
    }
    json.dump(config, open(os.path.join(folder, "config.json"), "w"), indent=1)
    if folder != os.path.join(HERE, family):
        os.makedirs(folder, exist_ok=True)
        open(os.path.join(folder, "tokenizer.json"), "w").write(open(os.path.join(HERE, family, "tokenizer.json")).read())
    return model


def windows(ids):
    """Windows of at most LONGEST tokens, those around the text included; neighbours share a quarter."""
    inner, room = ids[1:-1], LONGEST - 2
    start = 0
    while True:
        yield [ids[0]] + inner[start:start + room] + [ids[-1]]
        if start + room >= len(inner):
            return
        start += room - OVERLAP


def logits(model, ids):
    row = torch.tensor([ids])
    inputs = [row, torch.ones_like(row)] + ([torch.zeros_like(row)] if model.types is not None else [])
    with torch.no_grad():
        return model(*inputs)[0].numpy()


def quantised(numbers):
    """What DynamicQuantizeLinear and DequantizeLinear make of numbers."""
    low, high = min(0, numbers.min()), max(0, numbers.max())
    scale = np.float32((high - low) / 255)
    zero = np.clip(np.rint(-low / scale), 0, 255)
    return (np.clip(np.rint(numbers / scale) + zero, 0, 255) - zero) * scale


def variant(source, name, change):
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    for file in ("config.json", "tokenizer.json"):
        open(os.path.join(folder, file), "w").write(open(os.path.join(HERE, source, file)).read())
    graph = onnx.load(os.path.join(HERE, source, "model.onnx"))
    change(graph.graph)
    onnx.save(graph, os.path.join(folder, "model.onnx"))


def rename_output(graph):
    for node in graph.node:
        node.output[:] = ["inner_logits" if o == "logits" else o for o in node.output]


def int8(graph):
    rename_output(graph)
    graph.node.append(helper.make_node("DynamicQuantizeLinear", ["inner_logits"], ["q", "scale", "zero"]))
    graph.node.append(helper.make_node("DequantizeLinear", ["q", "scale", "zero"], ["logits"]))


def fp16(graph):
    """Half-precision output and 32-bit inputs, as some exporters write them."""
    rename_output(graph)
    graph.node.append(helper.make_node("Cast", ["inner_logits"], ["logits"], to=TensorProto.FLOAT16))
    graph.output[0].type.tensor_type.elem_type = TensorProto.FLOAT16
    for given in graph.input:
        given.type.tensor_type.elem_type = TensorProto.INT32
        graph.node.insert(0, helper.make_node("Cast", [given.name], [given.name + "_wide"], to=TensorProto.INT64))
        for node in graph.node[1:]:
            node.input[:] = [given.name + "_wide" if i == given.name and node.op_type != "Cast" or i == given.name and node.output[0] != given.name + "_wide" else i for i in node.input]


def main():
    known = json.load(open(os.path.join(HERE, "texts.json")))
    softmax = lambda n: np.exp(n - n.max()) / np.exp(n - n.max()).sum()
    sigmoid = lambda n: 1 / (1 + np.exp(-n))
    expected = {}
    plans = [("bert", ["harmless", "attack"], None, softmax), ("roberta", ["toxic", "insult", "threat"], "multi_label_classification", sigmoid), ("deberta", ["SAFE", "INJECTION"], "single_label_classification", softmax)]
    for family, labels, problem, scores in plans:
        model = export(family, family, labels, problem)
        expected[family] = [np.max([scores(logits(model, w)) for w in windows(ids)], 0).round(6).tolist() for ids in known["ids"][family]]
        if family == "bert":
            variant(family, "bert-int8", int8)
            variant(family, "bert-fp16", fp16)
            expected["bert-int8"] = [np.max([softmax(quantised(logits(model, w))) for w in windows(ids)], 0).round(6).tolist() for ids in known["ids"][family]]
            expected["bert-fp16"] = [np.max([softmax(logits(model, w).astype(np.float16).astype(np.float32)) for w in windows(ids)], 0).round(6).tolist() for ids in known["ids"][family]]
    model = export("bert-tokens", "bert", ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"], None, tokens=True)
    expected["bert-tokens"] = [logits(model, next(windows(ids))).round(5).tolist() for ids in known["ids"]["bert"]]
    json.dump({"texts": known["texts"], "ids": known["ids"], "scores": expected}, open(os.path.join(HERE, "expected.json"), "w"))
    os.remove(os.path.join(HERE, "texts.json"))
    names()


def names():
    """A model that says of each word what a table says: PER and LOC without a scheme, to test how words become names."""
    folder = os.path.join(HERE, "word-names")
    os.makedirs(folder, exist_ok=True)
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    kinds = {"anna": 1, "smith": 2, "jan": 1, "berlin": 3, "new": 3, "york": 4, "visits": 0, "and": 0, ".": 0, ",": 0, "lives": 0, "in": 0, "##ova": 0, "##ville": 3}
    tokens += list(kinds)
    table = np.full((len(tokens), 5), -4.0, dtype=np.float32)
    for id, token in enumerate(tokens):
        table[id, kinds.get(token, 0)] = 4.0
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["logits"])], "names",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "length", 5])],
        [helper.make_tensor("table", TensorProto.FLOAT, table.shape, table.flatten().tolist())])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), os.path.join(folder, "model.onnx"))
    json.dump({"architectures": ["BertForTokenClassification"], "model_type": "bert", "max_position_embeddings": 64, "pad_token_id": 0, "id2label": {"0": "O", "1": "B-PER", "2": "I-PER", "3": "B-LOC", "4": "I-LOC"}}, open(os.path.join(folder, "config.json"), "w"), indent=1)
    tokenizer = json.load(open(os.path.join(HERE, "bert", "tokenizer.json")))
    tokenizer["model"]["vocab"] = {t: i for i, t in enumerate(tokens)}
    json.dump(tokenizer, open(os.path.join(folder, "tokenizer.json"), "w"))


main()
