"""The small networks behind the shipped classifiers, and how they are trained on one core."""
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class HashedConv(nn.Module):
    """Sum of hashed rows per token, one convolution, maximum and mean over the tokens, one hidden layer."""

    def __init__(self, rows, labels, width=24, filters=32, hidden=32, pretrained=None, kernel=3, use_conv=True, use_mean=True, view=0, context=0):
        super().__init__()
        self.table = nn.Embedding(rows, width, sparse=True)
        nn.init.normal_(self.table.weight, std=0.02 if pretrained is not None else 0.1)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.half = rows // 2
        if pretrained is None:
            self.pretrained = None
        else:
            self.register_buffer("pretrained", torch.as_tensor(pretrained))
            self.project = nn.Linear(pretrained.shape[1], width, bias=False)
            nn.init.normal_(self.project.weight, std=0.03)
        self.use_conv, self.use_mean, self.view = use_conv, use_mean, view
        self.conv = nn.Conv1d(width, filters, kernel, padding=kernel // 2)
        size = (filters if use_conv else 0) + (width if use_mean else 0)
        self.hidden = nn.Linear(size, hidden)
        self.out = nn.Linear(hidden, labels)
        self.drop = nn.Dropout(0.2)
        # The last label may be judged against the whole text: an order is what it is because of what stands around it.
        self.context = context
        if context:
            self.local, self.whole, self.told = nn.Linear(size, context), nn.Linear(size, context, bias=False), nn.Linear(context, 1, bias=False)

    def tokens(self, ids):
        x = self.table(ids).sum(2)
        if self.pretrained is not None:
            x = x + self.project(F.embedding(ids[:, :, 0], self.pretrained))
        return x

    def forward(self, ids):
        real = (ids[:, :, 0] > 0).float().unsqueeze(2)
        if self.training:
            keep = torch.rand(ids.shape)
            drop = keep < torch.tensor([0.1, 0.2, 0.2, 0.4])
            ids = ids.masked_fill(drop, 0)
        x = self.tokens(ids) * real
        if self.view:
            return self.by_view(x.transpose(1, 2), real.transpose(1, 2))
        parts = []
        if self.use_conv:
            h = torch.relu(self.conv(x.transpose(1, 2))) * real.transpose(1, 2)
            parts.append(h.amax(2))
        if self.use_mean:
            parts.append(x.sum(1) / real.sum(1).clamp(min=1))
        return self.out(torch.relu(self.hidden(self.drop(torch.cat(parts, 1)))))

    def by_view(self, x, real):
        """Judges overlapping stretches of tokens one by one; the text is as bad as its worst stretch."""
        size, step = self.view, self.view // 2
        h = torch.relu(self.conv(x)) * real
        missing = max(size, -(-x.shape[2] // step) * step) - x.shape[2]
        x, h, real = F.pad(x, (0, missing)), F.pad(h, (0, missing)), F.pad(real, (0, missing))
        best = F.max_pool1d(h, size, step)
        mean = F.avg_pool1d(x, size, step) / F.avg_pool1d(real, size, step).clamp(min=1 / size)
        pooled = self.drop(torch.cat([best, mean], 1)).transpose(1, 2)
        judged = self.out(torch.relu(self.hidden(pooled)))
        # A text of a batch may be shorter than the longest: it has no more stretches than it would have alone.
        count = ((real.sum(2) + step - 1) // step).clamp(min=2) - 1
        there = torch.arange(judged.shape[1]).unsqueeze(0) < count
        if self.context:
            average = (mean * there.unsqueeze(1)).sum(2) / count
            whole = self.drop(torch.cat([h.amax(2), average], 1)).unsqueeze(1)
            told = self.told(torch.relu(self.local(pooled) + self.whole(whole)))
            judged = torch.cat([judged[:, :, :-1], judged[:, :, -1:] + told], 2)
        return judged.masked_fill(~there.unsqueeze(2), -1e9).amax(1)

    def folded_table(self):
        """The table with the projected pretrained vectors added: what the exported graph holds."""
        with torch.no_grad():
            table = self.table.weight.clone()
            if self.pretrained is not None:
                table[: self.half] += self.project(self.pretrained)
            table[0] = 0
        return table


class Texts:
    """Row numbers of many texts, flat in memory."""

    def __init__(self, ids, offsets):
        self.ids, self.offsets = ids, offsets

    def batch(self, indices, longest, rng=None):
        parts = []
        for i in indices:
            a, b = self.offsets[i], self.offsets[i + 1]
            if b - a > longest:
                a += rng.integers(0, b - a - longest + 1) if rng is not None else 0
                b = a + longest
            parts.append(self.ids[a:b])
        size = max(len(p) for p in parts)
        out = np.zeros((len(parts), size, self.ids.shape[1]), np.int64)
        for row, part in enumerate(parts):
            out[row, : len(part)] = part
        return torch.from_numpy(out)

    def length(self, i):
        return self.offsets[i + 1] - self.offsets[i]


def batches(texts, indices, size, rng):
    """Texts of about the same length together, in random order."""
    indices = rng.permutation(indices)
    out = []
    for start in range(0, len(indices), size * 50):
        block = sorted(indices[start:start + size * 50], key=lambda i: texts.length(i))
        out += [block[i:i + size] for i in range(0, len(block), size)]
    rng.shuffle(out)
    return out


def train(model, texts, indices, targets, known, weights, epochs, rng, size=64, rate=2e-3, longest=400, augment=None, report=None, single=False):
    """`targets`: 0 or 1 for each label, of which `known` says where they count; with `single`, the number of the one label."""
    sparse = torch.optim.SparseAdam([model.table.weight], lr=rate)
    dense = torch.optim.Adam([p for n, p in model.named_parameters() if n != "table.weight"], lr=rate, weight_decay=1e-6)
    steps = None
    step = 0
    for epoch in range(epochs):
        model.train()
        plan = batches(texts, indices, size, rng)
        steps = steps or epochs * len(plan)
        total = 0.0
        for block in plan:
            scale = max(0.05, 1 - step / steps)
            for group in sparse.param_groups + dense.param_groups:
                group["lr"] = rate * scale
            ids = texts.batch(block, longest, rng)
            y, k, w = targets[block], known[block], weights[block]
            if augment is not None:
                ids, y, k, w = augment(ids, y, k, w, rng)
            y, k, w = (torch.as_tensor(v) for v in (y, k, w))
            if single:
                loss = (F.cross_entropy(model(ids), y, reduction="none", label_smoothing=0.02) * w).sum() / w.sum()
            else:
                loss = F.binary_cross_entropy_with_logits(model(ids), y, reduction="none")
                loss = (loss * k * w.unsqueeze(1)).sum() / (k * w.unsqueeze(1)).sum().clamp(min=1e-6)
            sparse.zero_grad()
            dense.zero_grad()
            loss.backward()
            sparse.step()
            dense.step()
            total += loss.item()
            step += 1
        if report:
            report(epoch, total / len(plan))


def predict(model, texts, indices, longest=1000, size=128):
    model.eval()
    order = sorted(indices, key=lambda i: texts.length(i))
    out = {}
    with torch.no_grad():
        for start in range(0, len(order), size):
            block = order[start:start + size]
            for i, row in zip(block, model(texts.batch(block, longest)).numpy()):
                out[i] = row
    return np.array([out[i] for i in indices])
