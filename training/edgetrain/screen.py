"""The screen: a network small enough to be asked about every text, taught what the shipped model says of each stretch of tokens.

Per token the rows of one int8 table are added up; per stretch of `view` tokens there are the sum and the highest value of each
column (never under zero); one hidden layer makes the logits of the labels. src/Detection/Classifiers/Models/Screen.cs computes the
same from the file that `write` makes.
"""
import os
import struct

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

MAGIC = b"EFSCREEN"
FORMAT = 1


class Teacher:
    """A model that export.hashed_views wrote, read back: the calibrated logits of every stretch of a text."""

    def __init__(self, folder, view):
        held = {t.name: numpy_helper.to_array(t) for t in onnx.load(os.path.join(folder, "model.onnx")).graph.initializer}
        self.block, width = view // 2, held["conv_w"].shape[1] - 1
        self.table = np.fromfile(os.path.join(folder, "table.bin"), np.int8).reshape(-1, width)
        self.conv = [np.ascontiguousarray(held["conv_w"][:, :width, k].T) for k in range(held["conv_w"].shape[2])]
        self.conv_b = held["conv_b"]
        self.hidden_w, self.hidden_b = held["hidden_w"][:, :, 0].T.copy(), held["hidden_b"]
        self.whole_w = held["whole_w"][:, :, 0].T.copy() if "whole_w" in held else None
        self.out_w, self.out_b = held["out_w"][:, :, 0].T.copy(), held["out_b"]

    def __call__(self, ids):
        """`ids`: [tokens, slots]; gives [views, labels]. Stretches begin at every half of their length."""
        block = self.block
        count = max(2, -(-len(ids) // block))
        padded = np.zeros((count * block, ids.shape[1]), np.int64)
        padded[: len(ids)] = ids
        x = self.table[padded].astype(np.float32).sum(1)
        real = (padded[:, 0] > 0).astype(np.float32)
        c = x @ self.conv[1] + self.conv_b
        c[1:] += x[:-1] @ self.conv[0]
        c[:-1] += x[1:] @ self.conv[2]
        h = np.maximum(c, 0) * real[:, None]
        best = h.reshape(count, block, -1).max(1)
        best = np.maximum(best[:-1], best[1:])
        total = x.reshape(count, block, -1).sum(1)
        share = real.reshape(count, block).sum(1)
        mean = (total[:-1] + total[1:]) / np.maximum(share[:-1] + share[1:], 1)[:, None]
        units = np.concatenate([best, mean], 1) @ self.hidden_w + self.hidden_b
        if self.whole_w is not None:
            units += np.concatenate([h.max(0), mean.mean(0)]) @ self.whole_w
        return np.maximum(units, 0) @ self.out_w + self.out_b


class Screen(nn.Module):
    def __init__(self, rows, labels, view, width=16, hidden=16):
        super().__init__()
        self.view = view
        self.table = nn.Embedding(rows, width, sparse=True)
        nn.init.normal_(self.table.weight, std=0.05)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.hidden = nn.Linear(2 * width, hidden)
        self.out = nn.Linear(hidden, labels)

    def forward(self, ids):
        """`ids`: [stretches, view, slots]."""
        x = self.table(ids).sum(2) * (ids[:, :, :1] > 0)
        return self.out(torch.relu(self.hidden(torch.cat([x.sum(1) / self.view, x.amax(1).clamp(min=0)], 1))))

    def views(self, ids):
        """All stretches of one text: [views, labels]."""
        block = self.view // 2
        count = max(2, -(-len(ids) // block))
        padded = torch.zeros(count * block, ids.shape[1], dtype=torch.long)
        padded[: len(ids)] = torch.as_tensor(ids.astype(np.int64))
        with torch.no_grad():
            x = (self.table(padded).sum(1) * (padded[:, :1] > 0)).reshape(count, block, -1)
            total, best = x.sum(1), x.amax(1).clamp(min=0)
            pooled = torch.cat([(total[:-1] + total[1:]) / self.view, torch.maximum(best[:-1], best[1:])], 1)
            return self.out(torch.relu(self.hidden(pooled))).numpy()

    def quantised(self):
        """The table as int8, and what one step of each column is worth."""
        with torch.no_grad():
            table = self.table.weight.numpy().copy()
        table[0] = 0
        used = np.abs(table).max(1) > 0
        columns = np.maximum(np.quantile(np.abs(table[used]), 0.9999, axis=0), 1e-6) / 127
        return np.clip(np.round(table / columns), -127, 127).astype(np.int8), columns

    def round_table(self):
        """Makes the network compute with what the file will hold."""
        packed, columns = self.quantised()
        with torch.no_grad():
            self.table.weight.copy_(torch.from_numpy((packed * columns).astype(np.float32)))


def train(net, gather, targets, weights, epochs, rng, size=512, rate=4e-3, report=None):
    """`gather(numbers)` gives the ids of stretches; `targets` are probabilities that the teacher gave them."""
    sparse = torch.optim.SparseAdam([net.table.weight], lr=rate)
    dense = torch.optim.Adam([p for n, p in net.named_parameters() if n != "table.weight"], lr=rate)
    steps, step = epochs * (len(targets) // size), 0
    for epoch in range(epochs):
        order, total = rng.permutation(len(targets)), 0.0
        for start in range(0, len(order) - size + 1, size):
            block = order[start:start + size]
            for group in sparse.param_groups + dense.param_groups:
                group["lr"] = rate * max(0.03, 1 - step / steps)
            ids = gather(block)
            # Rows that are rare must not carry a stretch alone: some are dropped.
            ids = ids.masked_fill(torch.rand(ids.shape) < torch.tensor([0.05, 0.1, 0.1, 0.2]), 0)
            loss = F.binary_cross_entropy_with_logits(net(ids), torch.as_tensor(targets[block]), reduction="none").mean(1)
            w = torch.as_tensor(weights[block])
            loss = (loss * w).sum() / w.sum()
            sparse.zero_grad()
            dense.zero_grad()
            loss.backward()
            sparse.step()
            dense.step()
            total += loss.item()
            step += 1
        if report:
            report(epoch, total / max(1, len(order) // size))


def read(path):
    """The network of a file that `write` made, to be taught further."""
    with open(path, "rb") as file:
        data = file.read()
    _, rows, width, view, hidden, labels = struct.unpack("<6I", data[len(MAGIC):len(MAGIC) + 24])
    floats = np.frombuffer(data[len(MAGIC) + 24:len(data) - rows * width], np.float32)
    parts = np.split(floats, np.cumsum([hidden * 2 * width, hidden, labels * hidden]))
    step = 0.02
    weights = parts[0].reshape(hidden, 2 * width) / step
    weights[:, :width] *= view
    net = Screen(rows, labels, view, width, hidden)
    with torch.no_grad():
        for parameter, values in (
            (net.table.weight, np.frombuffer(data[len(data) - rows * width:], np.int8).reshape(rows, width) * np.float32(step)),
            (net.hidden.weight, weights), (net.hidden.bias, parts[1]), (net.out.weight, parts[2].reshape(labels, hidden)), (net.out.bias, parts[3]),
        ):
            parameter.copy_(torch.from_numpy(np.array(values, np.float32)))
    return net


def write(net, path):
    """See docs/models.md for the layout. Little endian."""
    packed, columns = net.quantised()
    width = packed.shape[1]
    hidden = net.hidden.weight.detach().numpy().copy()
    hidden[:, :width] *= columns[None, :] / net.view
    hidden[:, width:] *= columns[None, :]
    out, out_b = net.out.weight.detach().numpy(), net.out.bias.detach().numpy()
    with open(path, "wb") as file:
        file.write(MAGIC + struct.pack("<6I", FORMAT, packed.shape[0], width, net.view, hidden.shape[0], out.shape[0]))
        for values in (hidden, net.hidden.bias.detach().numpy(), out, out_b):
            file.write(np.ascontiguousarray(values, np.float32).tobytes())
        file.write(packed.tobytes())
