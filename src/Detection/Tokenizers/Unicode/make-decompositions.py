#!/usr/bin/env python3
"""Writes decompositions.txt: what NFC, NFD, NFKC and NFKD need to know of each code point.

Needed because .NET does not normalise strings in invariant-globalization mode. The facts are those of the
Unicode Character Database that ships with Python:

    python3 make-decompositions.py > decompositions.txt

Lines, all numbers hexadecimal:

    CODE=CODE CODE   canonical decomposition, one step, which composes again
    CODE>CODE ...    canonical decomposition, one step, which does not
    CODE~CODE ...    compatibility decomposition, one step
    FIRST-LAST CLASS canonical combining class, decimal, where it is not 0

Hangul syllables are computed, not listed.
"""
import sys
import unicodedata


def main():
    out = sys.stdout
    for code in range(0x110000):
        steps = unicodedata.decomposition(chr(code))
        if not steps or 0xAC00 <= code <= 0xD7A3:
            continue
        if steps.startswith("<"):
            out.write("%X~%s\n" % (code, " ".join("%X" % int(s, 16) for s in steps.split()[1:])))
            continue
        parts = "".join(chr(int(s, 16)) for s in steps.split())
        composes = len(parts) == 2 and unicodedata.normalize("NFC", parts) == chr(code)
        out.write("%X%s%s\n" % (code, "=" if composes else ">", " ".join("%X" % ord(p) for p in parts)))
    first = last = kind = 0
    for code in range(0x110001):
        now = unicodedata.combining(chr(code)) if code < 0x110000 else 0
        if now == kind:
            last = code
            continue
        if kind:
            out.write("%X-%X %d\n" % (first, last, kind))
        first, last, kind = code, code, now


main()
