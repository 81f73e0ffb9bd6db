"""The network behind models/names."""
import torch
from torch import nn
from torch.nn import functional as F

TAGS = ("O", "B-PERSON", "I-PERSON", "B-LOCATION", "I-LOCATION", "B-ORGANIZATION", "I-ORGANIZATION")
# Of a row's slots: the whole word, three beginnings, three ends, the shape. How often each is hidden while training.
HIDDEN = (0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.03)
# How often a token shows nothing but its shape: seldom, but words that begin with a capital often, so that the words around them are read.
UNREAD, UNREAD_CAPITAL = 0.06, 0.22
# (dilation, tokens seen before, tokens seen after) of each convolution over three tokens. Together eight before and four after:
# what comes after has to be waited for when a text streams.
LAYERS = ((1, 1, 1), (2, 2, 2), (3, 5, 1))
BEFORE, AFTER = sum(l[1] for l in LAYERS), sum(l[2] for l in LAYERS)


class Tagger(nn.Module):
    """Hashed rows and known properties of words, then convolutions. What is known of a word (`known`: word vectors, whether lists of names
    have it) is projected, so that words that were never seen in a sentence are read by their likeness to those that were."""

    def __init__(self, rows, known, width=64, filters=112, capitals=()):
        super().__init__()
        self.table = nn.Embedding(rows, width, sparse=True)
        nn.init.zeros_(self.table.weight)
        self.register_buffer("known", torch.as_tensor(known))
        self.register_buffer("capitals", torch.as_tensor(capitals, dtype=torch.long))
        self.project = nn.Conv1d(known.shape[1], width, 1, bias=False)
        nn.init.normal_(self.project.weight, std=0.08)
        with torch.no_grad():
            self.table.weight[known.shape[0]:].normal_(std=0.1)
        self.layers = nn.ModuleList(
            nn.Conv1d(width if i == 0 else filters, filters, 3, dilation=dilation) for i, (dilation, _, _) in enumerate(LAYERS))
        self.shape = LAYERS
        self.out = nn.Conv1d(filters, len(TAGS), 1)
        self.drop = nn.Dropout(0.2)

    def hide(self, ids):
        """(slots, words whose known properties show) with some of them hidden."""
        chance = torch.where(torch.isin(ids[:, :, -1], self.capitals), UNREAD_CAPITAL, UNREAD)
        unread = torch.rand(chance.shape) < chance
        words = ids[:, :, 0].masked_fill(unread, 0)
        hidden = torch.rand(ids.shape) < torch.tensor(HIDDEN)
        hidden[:, :, :-1] |= unread.unsqueeze(2)
        return ids.masked_fill(hidden, 0), words

    def read(self, ids, words, real):
        own = F.embedding_bag(ids.flatten(0, 1), self.table.weight, mode="sum", sparse=True, padding_idx=0)
        x = (own.view(*words.shape, -1).transpose(1, 2) + self.project(F.embedding(words, self.known).transpose(1, 2))) * real
        for i, (layer, (_, before, after)) in enumerate(zip(self.layers, LAYERS)):
            h = torch.relu(layer(F.pad(x, (before, after)))) * real
            x = h if i == 0 else x + h
        return x

    def forward(self, ids):
        real = (ids[:, :, 0] > 0).float().unsqueeze(1)
        return self.out(self.drop(self.read(*(self.hide(ids) if self.training else (ids, ids[:, :, 0])), real))).transpose(1, 2)

    def folded_table(self):
        """The table with what is known of the words added: what the exported graph holds."""
        with torch.no_grad():
            table = self.table.weight.clone()
            table[:len(self.known)] += self.known @ self.project.weight[:, :, 0].T
            table[0] = 0
        return table


class Guesser(nn.Module):
    """Learns what words mean from texts without marked names: a word is hidden, and its neighbours are to tell its vector from others'."""

    def __init__(self, net, dimensions, share=0.15):
        super().__init__()
        self.net, self.dimensions, self.share = net, dimensions, share
        self.guess = nn.Conv1d(net.out.in_channels, dimensions, 1)

    def forward(self, ids):
        real = (ids[:, :, 0] > 0).float().unsqueeze(1)
        asked = (torch.rand(ids.shape[:2]) < self.share) & (self.net.known[ids[:, :, 0], self.dimensions] > 0)
        hidden, words = self.net.hide(ids)
        hidden = torch.cat([hidden[:, :, :-1].masked_fill(asked.unsqueeze(2), 0), hidden[:, :, -1:]], 2)
        guesses = self.guess(self.net.read(hidden, words.masked_fill(asked, 0), real)).transpose(1, 2)[asked]
        right = ids[:, :, 0][asked]
        truth = F.normalize(self.net.known[right, :self.dimensions], dim=1)
        likeness = F.conv1d(F.normalize(guesses, dim=1).T.unsqueeze(0), truth.unsqueeze(2))[0].T * 12
        same = (right.unsqueeze(0) == right.unsqueeze(1)) & ~torch.eye(len(right), dtype=torch.bool)
        return F.cross_entropy(likeness.masked_fill(same, -1e4), torch.arange(len(right)))
