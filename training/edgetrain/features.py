"""Text to hashed features, the same that src/Detection/Classifiers/HashedFeatures.cs computes.

A text is folded (folding.py), cut into tokens, and each token becomes SLOTS row numbers of one embedding table:
its whole word, its first four characters, its last three, and the pair it forms with the token before it.
Words have the first half of the table, the other three share the second half. Row 0 is "nothing".
"""
import re
import unicodedata

import numpy as np

SLOTS = 4
NAME_SLOTS = 8
LONGEST_WORD = 32
_TOKENS = re.compile(r"w{1,%d}|l|p" % LONGEST_WORD)
_LEET = str.maketrans("01345789", "oieastbg")
_MASK = 0xFFFFFFFF


def hash_units(seed, text):
    """FNV-1a over UTF-16 code units, then Murmur3's finaliser."""
    value = 0x811C9DC5 ^ seed
    for char in text:
        value = ((value ^ ord(char)) * 0x01000193) & _MASK
    return finish(value)


def finish(value):
    value ^= value >> 16
    value = (value * 0x85EBCA6B) & _MASK
    value ^= value >> 13
    value = (value * 0xC2B2AE35) & _MASK
    return value ^ (value >> 16)


def plain_word(word):
    """Digits within a word stand for the letters they look like; a number keeps only its length, up to four."""
    digits = sum("0" <= c <= "9" for c in word)
    if digits == 0:
        return word
    if digits == len(word):
        return "0" * min(len(word), 4)
    return word.translate(_LEET)


class HashedFeatures:
    def __init__(self, folding, half_bits):
        """`half_bits`: the table has 2 * 2**half_bits rows."""
        self.folding = folding
        self.mask = (1 << half_bits) - 1
        self.half = 1 << half_bits
        self._words = {}

    def rows(self):
        return 2 * self.half

    def _word(self, token):
        known = self._words.get(token)
        if known is None:
            word = plain_word(token)
            value = hash_units(1, word)
            known = (
                value,
                max(1, value & self.mask),
                self.half + (hash_units(2, word[:4]) & self.mask) if len(word) > 4 else 0,
                self.half + (hash_units(3, word[-3:]) & self.mask) if len(word) > 4 else 0,
            )
            if len(self._words) < 2_000_000:
                self._words[token] = known
        return known

    def tokens(self, text):
        read, kinds = self.folding(text)
        before = None
        for match in _TOKENS.finditer(kinds):
            token = read[match.start():match.end()]
            if kinds[match.start()] == "p" and token == before:
                continue
            before = token
            yield token

    def __call__(self, text):
        """Row numbers, shape (tokens, SLOTS), int32; at least one token (all zero) for an empty text."""
        out = []
        previous = 0
        half, mask = self.half, self.mask
        for token in self.tokens(text):
            value, word, head, tail = self._word(token)
            pair = half + (finish((previous * 31 + value) & _MASK) & mask)
            out.append((word, head, tail, pair))
            previous = value
        return np.array(out or [(0, 0, 0, 0)], dtype=np.int32)

    def word_row(self, word):
        """The row of a word as a vocabulary of pretrained vectors writes it, or None when it is not one token."""
        tokens = list(self.tokens(word))
        return self._word(tokens[0])[1] if len(tokens) == 1 else None


class HashedCharacters:
    """Every three, two and four neighbouring characters of a word and the word itself, for telling languages apart.

    The same that src/Detection/Classifiers/HashedCharacters.cs computes. A word is a run of letters, up to LONGEST_WORD; digits and
    symbols only separate. For each character of the word and for its end there are SLOTS rows: the last three characters (first
    half of the table); the last two, or from U+2E80 on this one alone; the last four; the Unicode block, or at the end the word.
    """

    def __init__(self, folding, half_bits):
        self.folding = folding
        self.mask = (1 << half_bits) - 1
        self.half = 1 << half_bits
        self._words = {}

    def rows(self):
        return 2 * self.half

    @staticmethod
    def _mix(seed, packed):
        value = (packed * 0x9E3779B97F4A7C15 + seed) & 0xFFFFFFFFFFFFFFFF
        value ^= value >> 32
        value = (value * 0xD6E8FEB86659FD93) & 0xFFFFFFFFFFFFFFFF
        return (value ^ (value >> 32)) & _MASK

    def _word(self, word):
        known = self._words.get(word)
        if known is None:
            known = []
            half, mask, mix = self.half, self.mask, self._mix
            packed = 32
            for i, char in enumerate(word + " "):
                unit = ord(char)
                packed = ((packed << 16) | unit) & 0xFFFFFFFFFFFFFFFF
                last = hash_units(5, word) if i == len(word) else mix(4, unit >> 7)
                known.append((
                    max(1, mix(1, packed & 0xFFFFFFFFFFFF) & mask),
                    half + (mix(2, packed & 0xFFFFFFFF if unit < 0x2E80 else unit) & mask),
                    half + (mix(3, packed) & mask),
                    half + (last & mask),
                ))
            if len(self._words) < 1_000_000:
                self._words[word] = known
        return known

    def __call__(self, text):
        read, kinds = self.folding(text)
        out = []
        for match in _RUNS.finditer(kinds):
            for word in _NO_DIGITS.findall(read[match.start():match.end()]):
                for start in range(0, len(word), LONGEST_WORD):
                    out += self._word(word[start:start + LONGEST_WORD])
        return np.array(out or [(0, 0, 0, 0)], dtype=np.int32)


_RUNS = re.compile(r"[wl]+")
_NO_DIGITS = re.compile(r"[^0-9]+")


class HashedNames:
    """Cased tokens with their places, for finding names. The same that src/Detection/Classifiers/Names/NameTokens.cs computes.

    A word is a run of letters and digits, nothing when longer than LONGEST_WORD; every other visible character, and the end of a line, is a
    token of its own. NAME_SLOTS rows: the lower-case word (a number keeps only its length); its first two, three and four characters and its
    last two, three and four, where it is longer than that; its shape: X upper, x lower, d digit, o other letter, runs cut to two; a
    symbol's shape is "p". Words have the first 2**half_bits rows, the others share half as many behind them.
    """

    def __init__(self, cased, lower, half_bits):
        self.cased, self.lower = cased, lower
        self._read = {}
        self.mask = (1 << half_bits) - 1
        self.half = 1 << half_bits
        self._words = {}

    def rows(self):
        return self.half + self.half // 2

    def part(self, seed, text):
        """The row of a part of a word, or of its shape."""
        return self.half + (hash_units(seed, text) & (self.mask >> 1))

    def _lower(self, char):
        return self.lower._units.get(ord(char)) or char

    def _rows(self, token, is_word):
        known = self._words.get((token, is_word))
        if known is None:
            small = "".join(self._lower(c) for c in token)
            if all("0" <= c <= "9" for c in token):
                small = "0" * min(len(token), 4)
            shape = ""
            for char, low in zip(token, (self._lower(c) for c in token)):
                kind = "d" if "0" <= char <= "9" else "X" if low != char else "x" if unicodedata.category(char) == "Ll" else "o"
                shape += "" if shape.endswith(kind * 2) else kind
            heads = [self.part(1 + n, small[:n]) if len(small) > n else 0 for n in (2, 3, 4)]
            tails = [self.part(6 + n, small[-n:]) if len(small) > n else 0 for n in (2, 3, 4)]
            known = (max(1, hash_units(1, small) & self.mask), *heads, *tails, self.part(2, shape if is_word else "p"))
            if len(self._words) < 2_000_000:
                self._words[token, is_word] = known
        return known

    def tokens(self, text):
        """(start, end, rows) of every token; places are those of `text`, in code points."""
        read, places = [], []
        for place, char in enumerate(text):
            if char not in self._read:
                self._read[char] = self.cased(char)
            if self._read[char][0]:
                read.append(self._read[char])
                places.append(place)
        out = []
        i = 0
        while i < len(read):
            j = i + 1
            if read[i][1] == "w":
                while j < len(read) and read[j][1] == "w":
                    j += 1
            if j - i > LONGEST_WORD:
                out.append((places[i], places[j - 1] + 1, (0,) * NAME_SLOTS))
            elif read[i][1] != "s":
                out.append((places[i], places[j - 1] + 1, self._rows("".join(r[0] for r in read[i:j]), read[i][1] == "w")))
            i = j
        return out
