"""The larger network of models/prompt-attack-full: reads every token in its neighbourhood and against the whole text."""
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from edgetrain import vectors

# Of a row's slots (word, beginning, end, pair): how often each is hidden while training. Pairs and words know their source too well.
HIDDEN = (0.2, 0.2, 0.2, 0.45)
# A stretch of this many tokens is judged together, against the whole text; the worst stretch counts.
STRETCH = 8
DILATIONS = (1, 2, 4, 8)


class Reader(nn.Module):
    def __init__(self, rows, known, labels=2, width=64, filters=96, hidden=64):
        super().__init__()
        self.table = nn.Embedding(rows, width, sparse=True)
        nn.init.zeros_(self.table.weight)
        self.register_buffer("known", torch.as_tensor(known))
        self.project = nn.Conv1d(known.shape[1], width, 1, bias=False)
        nn.init.normal_(self.project.weight, std=0.08)
        with torch.no_grad():
            self.table.weight[known.shape[0]:].normal_(std=0.05)
        self.layers = nn.ModuleList(
            nn.Conv1d(width if i == 0 else filters, filters, 3, padding=d, dilation=d) for i, d in enumerate(DILATIONS))
        self.local = nn.Conv1d(filters, hidden, 1)
        self.whole = nn.Conv1d(2 * filters, hidden, 1)
        self.out = nn.Conv1d(hidden, labels, 1)
        self.stretch = STRETCH

    def tokens(self, ids):
        words = ids[:, :, 0]
        if self.training:
            hide = torch.rand(ids.shape) < torch.tensor(HIDDEN)
            words = words.masked_fill(hide[:, :, 0] & (torch.rand(words.shape) < 0.4), 0)
            ids = ids.masked_fill(hide, 0)
        own = F.embedding_bag(ids.flatten(0, 1), self.table.weight, mode="sum", sparse=True, padding_idx=0)
        return own.view(*words.shape, -1).transpose(1, 2) + self.project(F.embedding(words, self.known).transpose(1, 2))

    def forward(self, ids):
        real = (ids[:, :, 0] > 0).float().unsqueeze(1)
        x = self.tokens(ids) * real
        for i, layer in enumerate(self.layers):
            h = torch.relu(layer(x)) * real
            x = h if i == 0 else x + h
        missing = -x.shape[2] % STRETCH
        x, real = F.pad(x, (0, missing)), F.pad(real, (0, missing))
        best = F.max_pool1d(x, STRETCH)
        whole = torch.cat([x.amax(2, keepdim=True), x.sum(2, keepdim=True) / real.sum(2, keepdim=True).clamp(min=1)], 1)
        if self.training:
            best, whole = F.dropout(best, 0.2), F.dropout(whole, 0.2)
        return self.out(torch.relu(self.local(best) + self.whole(whole))).amax(2)

    def folded_table(self):
        """The table with what is known of the words added: what the exported graph holds."""
        with torch.no_grad():
            table = self.table.weight.clone()
            table[:len(self.known)] += self.known @ self.project.weight[:, :, 0].T
            table[0] = 0
        return table


def known_words(work, features):
    """Word vectors by row; the commonest word keeps a row that several share."""
    words, table = vectors.load(work)
    out = np.zeros((features.half, table.shape[1] + 1), np.float32)
    table *= 0.5 / table.std()
    for word, vector in zip(words, table):
        row = features.word_row(word)
        if row and not out[row, -1]:
            out[row, :-1] = vector
            out[row, -1] = 1
    return out
