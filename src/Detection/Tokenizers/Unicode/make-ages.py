#!/usr/bin/env python3
"""Writes ages.txt: which code points the tables of the reference tokenizers know.

Its normalisers look characters up in tables of Unicode 8 (punctuation, marks and format characters of BERT) and of Unicode 9
(decompositions, marks of StripAccents). A character that came later is an ordinary one to them, and so it must be to us: models
learnt it that way. Source of the facts is DerivedAge.txt of the Unicode Character Database (Debian: unicode-data):

    python3 make-ages.py /usr/share/unicode/DerivedAge.txt > ages.txt

A line is FIRST-LAST VERSION, hexadecimal and decimal: 8 for everything up to Unicode 8.0, 9 for what 9.0 added.
"""
import sys


def main(path):
    ages = {}
    for line in open(path, encoding="utf-8"):
        fields = line.split("#")[0].split(";")
        if len(fields) != 2:
            continue
        version = float(fields[1])
        if version <= 9.0:
            first, _, last = fields[0].strip().partition("..")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                ages[code] = 8 if version <= 8.0 else 9
    first = last = None
    for code in sorted(ages):
        if last is not None and code == last + 1 and ages[code] == ages[first]:
            last = code
            continue
        if first is not None:
            print("%X-%X %d" % (first, last, ages[first]))
        first = last = code
    print("%X-%X %d" % (first, last, ages[first]))


main(sys.argv[1])
