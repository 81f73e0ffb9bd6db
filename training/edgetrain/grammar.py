"""Sentences from lists of phrases: the files of edgetrain/phrases, written for this project (CC0).

A file has lists (`@name`, then a phrase a line) and groups of templates (`= kind`, then a template a line); what stands before the first
is a comment. In both, `{name}` stands for one of that list's phrases, `{Name}` for the same with a capital, `{a|b|}` for one of
these; they may hold each other. `⟨` and `⟩` are written as braces, `\\|` as a bar, `\\n` as the end of a line.
"""
import os
import re

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "phrases")
_INNERMOST = re.compile(r"\{([^{}]*)\}")
_SPACES = re.compile(r"(?<=\S) {2,}")


class Grammar:
    def __init__(self, name):
        self.lists, self.groups = {}, {}
        into = None
        with open(os.path.join(FOLDER, f"{name}.txt"), encoding="utf-8") as file:
            for line in file.read().split("\n"):
                if re.fullmatch(r"@\w+", line):
                    into = self.lists.setdefault(line[1:], [])
                elif re.fullmatch(r"= \w+", line):
                    into = self.groups.setdefault(line[2:], [])
                elif line and into is not None:
                    into.append(line.replace("\\|", "\x03"))
        for phrase in (p for part in (self.lists, self.groups) for phrases in part.values() for p in phrases):
            for mark in re.findall(r"\{(\w+)\}", phrase):
                if mark != "slot" and mark not in self.lists and mark[:1].lower() + mark[1:] not in self.lists:
                    raise ValueError(f"{name}.txt: no list is called '{mark}'")

    def one(self, group, rng, slot=None):
        """A text of one of the group's templates; `slot` is put where the template says `{slot}`, as it is."""
        templates = self.groups[group]
        return self.fill(templates[rng.integers(len(templates))], rng, slot)

    def fill(self, template, rng, slot=None):
        # Whoever is called `name` keeps it throughout a text.
        made = {"slot": "" if slot is None else "\x04"}
        text = self._fill(template, rng, made)
        text = text.replace("⟨", "{").replace("⟩", "}").replace("\x03", "|").replace("\\n", "\n")
        text = _SPACES.sub(" ", text).strip()
        return text if slot is None else text.replace("\x04", slot)

    def _fill(self, text, rng, made):
        while (match := _INNERMOST.search(text)) is not None:
            text = text[:match.start()] + self._choose(match.group(1), rng, made) + text[match.end():]
        return text

    def _choose(self, inside, rng, made):
        if "|" in inside:
            parts = inside.split("|")
            return parts[rng.integers(len(parts))]
        if inside in made:
            return made[inside]
        small = inside[:1].lower() + inside[1:]
        if inside not in self.lists and small not in self.lists:
            # A bracket around a whole phrase, all of whose choices are made.
            return inside
        phrases = self.lists[inside if inside in self.lists else small]
        phrase = self._fill(phrases[rng.integers(len(phrases))], rng, made)
        if inside == "name":
            made["name"] = phrase
        return phrase if inside in self.lists else phrase[:1].upper() + phrase[1:]


def casual(text, rng):
    """As people type: small letters, capitals, no full stop, more of them, a slip of the fingers."""
    style = rng.random()
    if style < 0.14:
        text = text.lower()
    elif style < 0.16:
        text = text.upper()
    elif style < 0.2:
        text = text.rstrip(".!?")
    elif style < 0.22:
        text += "!" * int(rng.integers(1, 4))
    if rng.random() < 0.06 and len(text) > 20:
        at = int(rng.integers(1, len(text) - 2))
        text = text[:at] + (text[at + 1] + text[at] + text[at + 2:] if rng.random() < 0.5 else text[at + 1:])
    return text
