#!/usr/bin/env python3
"""Writes folds.txt: the code points that Unicode itself says are another way to write ASCII.

Needed because .NET does not normalise strings in invariant-globalization mode. The facts are those of the
Unicode Character Database that ships with Python; run it again when a newer Unicode matters:

    python3 make-folds.py > folds.txt

A line is `first count text`: `count` code points from `first` (hexadecimal) on; one character of text stands for
the first and its successors for the rest, several characters stand for that one code point.
`~` before the text marks a letter with diacritics, which folds only inside a token that looks like a key.
"""
import sys
import unicodedata

# Ordinary punctuation of prose, and spacing accents that decompose into a space and a mark.
LEFT_ALONE = {0x2026, 0x2025, 0x2024, 0xA8, 0xAF, 0xB4, 0xB8, 0x2033, 0x2034, 0x2057}


def ascii_form(code):
    char = chr(code)
    if code in LEFT_ALONE or unicodedata.category(char) in ("Cn", "Cs", "Co", "Zs", "Mn", "Me", "Nd"):
        return None
    plain = unicodedata.normalize("NFKD", char).replace("\u2044", "/")
    marks = [c for c in plain if unicodedata.category(c) == "Mn"]
    base = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    if base == char or not base or any(not " " < c <= "~" for c in base) or len(base) > 6:
        return None
    canonical = not unicodedata.decomposition(char).startswith("<")
    return ("~" if marks and canonical else "") + base


def main():
    print("# Made by make-folds.py from Unicode", unicodedata.unidata_version)
    run = None
    for code in range(0x80, 0x20000):
        text = ascii_form(code)
        if text is None:
            continue
        marked, base = text.startswith("~") and len(text) > 1, text.lstrip("~") or "~"
        follows = (run and not marked and len(base) == 1 and len(run[2]) == 1 and code == run[0] + run[1]
                   and ord(base) == ord(run[2]) + run[1])
        if follows:
            run[1] += 1
            continue
        if run:
            print(f"{run[0]:X} {run[1]} {run[2]}")
        run = [code, 1, ("~" if marked else "") + base]
    print(f"{run[0]:X} {run[1]} {run[2]}")


main()
