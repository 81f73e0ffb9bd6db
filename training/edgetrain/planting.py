"""Texts put together while training: attacks, ordinary requests and harmless notes planted into documents."""
import numpy as np
import torch

DOCUMENTS = {"benign_document", "document", "technical_text", "command_help", "security_text", "text_about_filters", "business_text", "code"}
# What a person asks an assistant. In a document it is an order to whoever reads the document for that person.
ASKED = {"user_prompt", "assistant_request", "question", "code_question", "maths_question", "business_question", "user_prompt_with_rules", "chat_turn"}


class Planting:
    """`label 1` (indirect) is right wherever an order to the assistant stands in a document. `label 0` (attack) leaves ordinary requests
    alone when they stand before or behind a document, as users write them; in the midst of one they count, with little weight."""

    def __init__(self, texts, rows, indices, longest=256, share=0.3):
        self.texts, self.longest, self.share = texts, longest, share
        self.rows = rows
        of = lambda kinds, least: np.array([i for i in indices if rows[i]["label"] == "benign" and rows[i]["kind"] in kinds and texts.length(i) >= least])
        self.documents, self.notes = of(DOCUMENTS, 12), of({"note"}, 2)
        self.hosts = np.array([i for i in indices if rows[i]["label"] == "benign" and texts.length(i) > 12 and rows[i]["kind"] != "system_prompt"])

    def text(self, i, longest, rng):
        a, b = self.texts.offsets[i], self.texts.offsets[i + 1]
        if b - a > longest:
            a += rng.integers(0, b - a - longest + 1)
            b = a + longest
        return self.texts.ids[a:b]

    def plant(self, own, pool, rng):
        """(the text in another, whether it stands in the midst of it)"""
        host = self.text(pool[rng.integers(len(pool))], int(rng.integers(12, max(13, self.longest - len(own)))), rng)
        place = rng.random()
        cut = int(rng.integers(1, len(host))) if place < 0.6 else 0 if place < 0.75 else len(host)
        return np.concatenate([host[:cut], own, host[cut:]]), 0 < cut < len(host)

    def __call__(self, block, y, known, rng):
        parts, y, known = [], y.copy(), known.copy()
        for row, i in enumerate(block):
            kind, attack = self.rows[i]["kind"], self.rows[i]["label"] == "attack"
            own = self.text(i, self.longest, rng)
            draw = rng.random()
            if attack:
                if draw < self.share and len(own) < 140:
                    own, _ = self.plant(own, self.hosts if rng.random() < 0.3 else self.documents, rng)
            elif kind in ASKED and len(own) < 100 and draw < self.share:
                own, midst = self.plant(own, self.documents, rng)
                y[row] = (float(midst), 1)
                known[row] = (0.3 if midst else 1, 1)
            elif kind in DOCUMENTS and len(own) < 200 and draw < 0.7:
                # Documents are put together too, so that the seam alone tells nothing.
                if rng.random() < 0.6:
                    note = self.text(self.notes[rng.integers(len(self.notes))], 60, rng)
                    cut = int(rng.integers(0, len(own) + 1))
                    own = np.concatenate([own[:cut], note, own[cut:]])
                else:
                    own, _ = self.plant(own[:90], self.documents, rng)
            elif kind == "note" and draw < 0.5:
                own, _ = self.plant(own, self.documents, rng)
            parts.append(own[:self.longest])
        out = np.zeros((len(parts), max(len(p) for p in parts), self.texts.ids.shape[1]), np.int64)
        for row, part in enumerate(parts):
            out[row, : len(part)] = part
        return torch.from_numpy(out), y, known
