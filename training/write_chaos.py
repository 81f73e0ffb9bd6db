#!/usr/bin/python3
"""Writes tests/Detection/Classifiers/Names/chaos: a tagger with random weights.

It sees names everywhere and decides by every token in its sight, so a recogniser that streams well over it streams well over any.
"""
import os

import numpy as np
import torch
from edgetrain import export
from edgetrain.names_net import Tagger

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    torch.manual_seed(20)
    net = Tagger(256 + 128, np.zeros((256, 1), np.float32), width=16, filters=24)
    with torch.no_grad():
        net.table.weight.normal_(0, 1)
        net.table.weight[0] = 0
        for layer in (*net.layers, net.out):
            layer.weight.mul_(3)
        net.out.bias.copy_(torch.tensor([1.5, 0.3, 0.6, 0.3, 0.6, 0.3, 0.6]))
    folder = os.path.normpath(os.path.join(HERE, "../tests/Detection/Classifiers/Names/models/chaos"))
    os.makedirs(folder, exist_ok=True)
    export.tagger(net, os.path.join(folder, "model.onnx"))
    export.manifest(folder, version="1.0.0", title="Random weights, for tests", task="tokens", labels=[(k, {}) for k in ("PERSON", "LOCATION", "ORGANIZATION")],
                    features="hashed-names", table="cased", half_bits=8, window=(512, 0), trained_on=[], evaluated_on=[])


if __name__ == "__main__":
    main()
