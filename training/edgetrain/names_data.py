"""Sentences with marked names, as the rows of features that the network reads."""
import gzip
import json
import os
import re

import numpy as np

from edgetrain import vectors
from edgetrain.features import NAME_SLOTS

KIND = {"PER": 1, "LOC": 3, "ORG": 5}
HELD = ("wikigold", "WNUT-17 dev", "CrossNER politics", "CrossNER literature", "Broad Twitter Corpus h", "GermEval 2014 dev", "SEC filings FIN5",
        "UNER en_ewt dev", "UNER pt_bosque dev", "UNER sv_talbanken dev", "UNER zh_gsdsimp dev")
# Roles of a contract ("the Lender") are marked as persons there: nothing to learn names from.
UNFIT = ("SEC filings FIN5",)
PLAIN = ("tldr-pages", "30-seconds-of-code", "Python developer's guide")
WITHOUT_LATIN_NAMES = ("zh", "ja", "ko", "sr", "ru", "uk")


def read(folder, name):
    with gzip.open(os.path.join(folder, name), "rt") as file:
        return [json.loads(line) for line in file]


def rows(data, rng):
    """All sentences: the given ones, some of them about other people, and texts about programs, which name nobody."""
    given = read(data, "ner.train.jsonl.gz")
    names = [n for n in read(data, "ner_names.jsonl.gz") if n["first"] and sum(ord(c[0]) < 0x250 for c in n["first"][:50]) > 40]
    more = [r for r in given if r["source"] not in HELD and r["lang"] not in WITHOUT_LATIN_NAMES and "B-PER" in r["tags"] and "Faker" not in r["source"]]
    out = given + [{**renamed(more[i], names, rng), "source": "renamed " + more[i]["source"]} for i in rng.permutation(len(more))[:30000]]
    for row in read(data, "benign.train.jsonl.gz"):
        if row["source"] in PLAIN and len(row["text"]) < 600:
            words = row["text"].split()
            out.append({"tokens": words, "tags": ["O"] * len(words), "lang": row["lang"], "source": "plain " + row["source"]})
    return out


def renamed(row, names, rng):
    """The same sentence about other people and places."""
    tokens, tags, i = [], [], 0
    while i < len(row["tokens"]):
        tag = row["tags"][i]
        j = i + 1
        while j < len(row["tags"]) and row["tags"][j].startswith("I-"):
            j += 1
        new = row["tokens"][i:j]
        if tag == "B-PER":
            new = person(names[rng.integers(len(names))], j - i > 1, rng) or new
        elif tag == "B-LOC" and rng.random() < 0.4:
            places = names[rng.integers(len(names))]["place"]
            new = places[rng.integers(len(places))].split() if places else new
        tokens += new
        tags += [tag if k == 0 or tag == "O" else "I-" + tag[2:] for k in range(len(new))]
        i = j
    return {"tokens": tokens, "tags": tags, "lang": row["lang"], "source": row["source"]}


def invented(names, rng):
    """A name that nobody has: the beginning of one and the end of another. What surrounds it has to tell that it is one."""
    a, b = (names[rng.integers(len(names))] for _ in range(2))
    return (a[:max(2, len(a) // 2)] + b[len(b) // 2:]).split()


def person(locale, full, rng):
    first = locale["first"][rng.integers(len(locale["first"]))].split()
    last = locale["last"][rng.integers(len(locale["last"]))].split() if locale["last"] else []
    if rng.random() < 0.35:
        first = invented(locale["first"], rng) if rng.random() < 0.4 else first
        last = invented(locale["last"], rng) if last else last
    style = rng.random()
    if not full:
        return first if style < 0.5 or not last else last
    if style < 0.08:
        return [first[0][0] + ("." if rng.random() < 0.7 else "")] + last
    if style < 0.1:
        return [first[0][0] + ".", chr(65 + rng.integers(26)) + "."] + last
    if style < 0.16:
        return first + [chr(65 + rng.integers(26)) + "."] + last
    return first + last


def sentence(row, rng, close=0.75):
    """The text of a tokenised sentence, and where its tokens begin."""
    tokens, lang = row["tokens"], row["lang"]
    starts, text = [], ""
    tidy = rng.random() < close
    for i, token in enumerate(tokens):
        if i and "space_after" in row:
            space = row["space_after"][i - 1]
        elif lang in ("zh", "ja"):
            space = False
        else:
            space = i > 0
            if tidy and (re.fullmatch(r"[,.;:!?)\]}%]|'s|n't|'[a-z]{1,2}|’s", token) or (i and tokens[i - 1] in "([{«„“$#@")):
                space = False
        text += " " if space and i else ""
        starts.append(len(text))
        text += token
    return text, starts


def encode(row, features, rng, case=str):
    """(rows of features, tags) of every token; None when another case would move the tokens."""
    text, starts = sentence(row, rng)
    if len(case(text)) != len(text):
        return None
    tokens = features.tokens(case(text))
    owner = np.searchsorted(starts, [t[0] for t in tokens], side="right") - 1
    ids, tags, before = [], [], -1
    for (_, _, slots), o in zip(tokens, owner):
        tag = row["tags"][o]
        kind = KIND.get(tag[2:], 0)
        if kind and not (tag[0] == "B" and o != before):
            kind += 1
        ids.append(slots)
        tags.append(kind)
        before = o
    return np.array(ids or [(0,) * NAME_SLOTS], np.int32), np.array(tags or [0], np.int8)


def in_case(rng):
    """How people write: mostly with care, some in small letters only, a few all in capitals or Like A Headline."""
    draw = rng.random()
    return str.lower if draw < 0.07 else str.upper if draw < 0.09 else str.title if draw < 0.12 else str


def unmarked(data, rng, most=90_000):
    """English sentences and pieces of texts, for learning what surrounds words."""
    out = [sentence(r, rng)[0] for r in read(data, "ner.train.jsonl.gz") if r["lang"] == "en" and r["source"] not in HELD]
    for name in ("benign", "harm"):
        for row in read(data, f"{name}.train.jsonl.gz"):
            if row["lang"] == "en" and row.get("kind") not in ("code", "maths_question", "disguised"):
                out += re.split(r"(?<=[.!?])\s+(?=[A-Z])", row["text"][:600])
    out = [t for t in out if 24 < len(t) < 400]
    return [out[i] for i in rng.permutation(len(out))[:most]]


def known_words(work, data, features):
    """What is known of words without a sentence that has them: [2**half_bits, n]. The commonest word keeps a row that several share."""
    words, table = vectors.load(work)
    out = np.zeros((features.half, table.shape[1] + 5), np.float32)
    holder = {}
    rank = table.shape[1]

    def row_of(word):
        found = features.tokens(word)
        return found[0][2][0] if len(found) == 1 else 0

    table /= table.std()
    for i, word in enumerate(words):
        row = row_of(word)
        if row and row not in holder:
            holder[row] = (word, i)
            out[row, :rank] = table[i] * 0.5
            out[row, rank] = 1
            out[row, rank + 1] = np.log(1 + i) / 6 - 1
    listed = {}
    for locale in read(data, "ner_names.jsonl.gz"):
        for k, kind in enumerate(("first", "last", "place")):
            for part in {part.lower() for name in locale[kind] for part in re.split(r"[\s'’-]+", name) if len(part) > 1}:
                listed.setdefault(part, [0, 0, 0])[k] += 1
    for word, counts in listed.items():
        row = row_of(word)
        held_by, place = holder.get(row, (word, 0))
        # A rare name does not change what is known of a common word that happens to share its row.
        if row and (held_by == word or place > 60_000):
            out[row, rank + 2:] = np.maximum(out[row, rank + 2:], np.log1p(counts))
    return out
