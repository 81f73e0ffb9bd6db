"""The character tables that models were trained with, and that the proxy reads at start.

One table holds, for every UTF-16 code unit, what it is read as and what kind of character that is. Python (training) and
C# (inference) read the same file, so they cannot disagree. Run this module to write the file again.

Layout of folding.bin (little endian, then raw deflate): for each of the three tables `skeleton`, `lower`, `cased`:
65,536 uint16 (what the unit is read as, minus the unit itself), then 65,536 bytes of kind (see KINDS; "gone" is not read at all);
then a uint32 count and that many (uint32 code point, uint16 skeleton, uint16 lower, uint16 cased) for letters beyond U+FFFF.
"""
import struct
import sys
import unicodedata
import zlib

GONE, SPACE, WORD, LONE, SYMBOL = range(5)
KINDS = "gswlp"
TABLES = ("skeleton", "lower", "cased")

# Letters of other scripts that look like Latin ones (after lower-casing). Folded in `skeleton` only.
LOOK_ALIKES = dict(zip("аеорсухіјѕһԁԛԝкмтвнɡαοινρτυκχεηօոսⅼ", "aeopcyxijshdqwkmtbhgaoivptukxenousl"))

# Scripts written without spaces: every character is a token of its own.
LONE_RANGES = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x2FDF), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
)
# Marks that decorate a letter, unlike the vowel signs of Indic scripts.
STRIPPED = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x1AB0, 0x1AFF), (0x20D0, 0x20FF))
APOSTROPHES = "'\u2019\u2018\u02bc\u0060\u00b4\uff07"


def _within(code, ranges):
    return any(low <= code <= high for low, high in ranges)


def read_as(code, table):
    """What one code point is read as: (UTF-16 unit or 0, kind)."""
    if 0xD800 <= code <= 0xDFFF:
        return 0xFFFD, SYMBOL
    char = chr(code)
    category = unicodedata.category(char)
    if char == "\n":
        return 0x0A, SYMBOL
    if char.isspace() or category in ("Zs", "Zl", "Zp"):
        return 0x20, SPACE
    if 0xE000 <= code <= 0xF8FF:
        return code, LONE
    if category in ("Cc", "Cf", "Cn") or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF or code in (0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800):
        return 0, GONE
    if table != "cased" and char in APOSTROPHES:
        return 0, GONE
    if table == "skeleton" and _within(code, STRIPPED):
        return 0, GONE
    folded = unicodedata.normalize("NFKC", char)
    if table == "skeleton":
        parts = unicodedata.normalize("NFKD", char)
        if len(parts) > 1 and all(_within(ord(p), STRIPPED) for p in parts[1:]):
            folded = parts[0]
    if table != "cased":
        folded = folded.lower()
    folded = folded[0] if folded else char
    if table == "skeleton":
        folded = LOOK_ALIKES.get(folded, folded)
    unit = ord(folded)
    if unit == 0x20:
        return 0x20, SPACE
    if unit > 0xFFFF:
        # Emoji and rare letters keep an identity of their own within the private use area.
        unit = 0xE000 + unit % 6400
        return unit, LONE
    if _within(unit, LONE_RANGES) and unicodedata.category(folded)[0] in "LMN":
        return unit, LONE
    if unicodedata.category(folded)[0] in "LNM":
        return unit, WORD
    return unit, SYMBOL


def beyond(code):
    """True for code points past U+FFFF that are read as something else than their place in the private use area."""
    return 0x1D400 <= code <= 0x1D7FF or 0x1F100 <= code <= 0x1F1FF or 0xE0000 <= code <= 0xE0FFF or 0x10400 <= code <= 0x1044F


def build():
    data = bytearray()
    for table in TABLES:
        pairs = [read_as(code, table) for code in range(0x10000)]
        data += struct.pack("<65536H", *((p[0] - code) & 0xFFFF if p[1] else 0 for code, p in enumerate(pairs)))
        data += bytes(p[1] for p in pairs)
    rows = []
    for code in [c for r in ((0x10400, 0x10450), (0x1D400, 0x1D800), (0x1F100, 0x1F200), (0xE0000, 0xE0200)) for c in range(*r)]:
        rows.append(struct.pack("<IHHH", code, *(read_as(code, t)[0] for t in TABLES)))
    data += struct.pack("<I", len(rows)) + b"".join(rows)
    return bytes(data)


class Folding:
    """A table ready for str.translate: `text` gives what is read, `kinds` the kind of each of its characters."""

    def __init__(self, data, table):
        index = TABLES.index(table)
        start = index * 65536 * 3
        units = struct.unpack_from("<65536H", data, start)
        kinds = data[start + 131072:start + 196608]
        self._units = {}
        self._kinds = {unit: KINDS[LONE] for unit in range(0xE000, 0xF900)}
        for code, delta in enumerate(units):
            unit = (code + delta) & 0xFFFF
            self._units[code] = chr(unit) if kinds[code] else None
            if kinds[code]:
                # The kind follows from what is read, so every code unit that is read so has the same kind.
                assert self._kinds.setdefault(unit, KINDS[kinds[code]]) == KINDS[kinds[code]], hex(code)
        count, = struct.unpack_from("<I", data, 3 * 196608)
        for i in range(count):
            code, *read = struct.unpack_from("<IHHH", data, 3 * 196608 + 4 + 10 * i)
            self._units[code] = chr(read[index]) if read[index] else None

    def __call__(self, text):
        text = text.translate(self)
        return text, text.translate(self._kinds)

    def __getitem__(self, code):
        if code in self._units:
            return self._units[code]
        return chr(0xE000 + code % 6400)


def load(path):
    with open(path, "rb") as file:
        return zlib.decompress(file.read(), -15)


if __name__ == "__main__":
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = compressor.compress(build()) + compressor.flush()
    with open(sys.argv[1], "wb") as out:
        out.write(packed)
    print(len(packed), "bytes")
