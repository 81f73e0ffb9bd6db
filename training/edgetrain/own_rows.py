"""Rows of our own making, from the grammars of edgetrain/phrases: attacks, what looks like them, and documents with either in them."""
import glob
import os

import numpy as np

from edgetrain.grammar import Grammar, casual

SOURCES = {
    "own attacks 3": "CC0", "own jailbreaks 3": "CC0", "own extraction 3": "CC0", "own attacks in other languages 3": "CC0", "own orders to assistants": "CC0",
    "own look-alikes 3": "CC0", "own look-alikes in other languages 3": "CC0", "own documents with orders": "CC0", "own documents with tasks": "CC0", "own documents": "CC0", "own requests": "CC0", "own talk of harm": "CC0",
}


_ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
# Where this repository's own sources quote an attack.
_QUOTES = ("previous instructions", "jailbreak", "prompt injection", " DAN", "prompt-attack", "system prompt")


def code(rng, length=1500):
    """Pieces of this project's programs, which are full of words such as system, prompt, ignored and must."""
    out = []
    for path in sorted(glob.glob(os.path.join(_ROOT, "src/**/*.cs"), recursive=True) + glob.glob(os.path.join(_ROOT, "build/*.sh"))):
        if "/obj/" in path or "/bin/" in path:
            continue
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for start in range(0, len(text), length):
            piece = text[start:start + int(rng.integers(length // 4, length))]
            if len(piece) > 100 and not any(q in piece for q in _QUOTES):
                out.append({"text": piece, "label": "benign", "kind": "code", "source": "this project's programs", "lang": "en"})
    return out


def rows(seed=21, scale=1.0):
    rng = np.random.default_rng(seed)
    direct, orders, alike, elsewhere, carriers = (Grammar(n) for n in ("direct", "orders", "lookalikes", "elsewhere", "carriers"))
    out = {}

    def add(count, source, label, kind, make, lang="en"):
        for _ in range(int(count * scale)):
            text = make()
            out.setdefault(text, {"text": text, "label": label, "kind": kind, "source": source, "lang": lang})

    def document(slot, asked):
        """`asked`: how often a user's request stands before it. It is as harmless before an attack, but what is in most attacks is taken for one."""
        text = carriers.one(("document", "markup", "paperwork")[rng.choice(3, p=(0.66, 0.24, 0.1))], rng, slot)
        if text.startswith("{"):
            text = text.replace("\n", "\\n")
        if rng.random() < asked:
            request = alike.one("request", rng)
            text = f"{request}\n\n{text}" if rng.random() < 0.8 else f"{text}\n\n{request}"
        return text

    def harmless():
        draw = rng.random()
        if draw < 0.15:
            return ""
        if draw < 0.5:
            return carriers.fill("{some}", rng)
        if draw < 0.82:
            return carriers.fill("{ask}" if rng.random() < 0.6 else "{ask} {ask}", rng)
        return alike.one("look_alike", rng) if draw < 0.96 else elsewhere.one("look_alike", rng)

    def attack():
        draw = rng.random()
        if draw < 0.62:
            return orders.one("addressed", rng)
        return direct.one("injection", rng) if draw < 0.9 else elsewhere.one("injection", rng) if draw < 0.96 else direct.one("extraction", rng)

    add(12000, "own attacks 3", "attack", "injection", lambda: casual(direct.one("injection", rng), rng))
    add(3500, "own jailbreaks 3", "attack", "jailbreak", lambda: direct.one("jailbreak", rng))
    add(4500, "own extraction 3", "attack", "extraction", lambda: casual(direct.one("extraction", rng), rng))
    add(6000, "own attacks in other languages 3", "attack", "injection", lambda: casual(elsewhere.one("injection", rng), rng), "xx")
    add(4000, "own orders to assistants", "attack", "indirect", lambda: casual(orders.one("addressed", rng), rng))
    add(16000, "own look-alikes 3", "benign", "look_alike", lambda: casual(alike.one("look_alike", rng), rng))
    add(4000, "own look-alikes in other languages 3", "benign", "look_alike", lambda: casual(elsewhere.one("look_alike", rng), rng), "xx")
    add(7000, "own requests", "benign", "look_alike", lambda: casual(alike.one("request", rng), rng))
    add(4500, "own talk of harm", "benign", "look_alike", lambda: casual(alike.one("safe", rng), rng))
    add(7500, "own documents with orders", "attack", "indirect", lambda: document(attack(), 0.1))
    add(7500, "own documents with tasks", "attack", "indirect_naive", lambda: document(orders.one("naive", rng), 0.1))
    add(13000, "own documents", "benign", "benign_document", lambda: document(harmless(), 0.5))
    return list(out.values()) + code(rng)


def hot_words():
    """Single words of attacks, which harmless texts hold too."""
    words = set()
    for phrase in Grammar("lookalikes").lists["hot"] + Grammar("lookalikes").lists["verb"] + Grammar("lookalikes").lists["ing"]:
        words |= set(phrase.strip("{}").replace("|", " ").lower().split())
    return sorted(words)
