"""The words of a Hunspell dictionary, each with all its forms."""

import re
from collections import defaultdict


class Affixes:
    """What an `.aff` file says: for each flag, how words with it are formed."""

    def __init__(self, lines):
        self.flags, self.unwanted, self.rules = "char", {}, defaultdict(list)
        for line in lines:
            self._read(line.split())

    def _read(self, words):
        match words:
            case ["FLAG", kind, *_]:
                self.flags = kind
            case ["NEEDAFFIX" | "FORBIDDENWORD" | "ONLYINCOMPOUND" as what, flag, *_]:
                self.unwanted[flag] = what
            case ["PFX" | "SFX" as side, flag, strip, add, condition, *_]:
                add, _, more = add.partition("/")
                tail = "^(?:%s)" if side == "PFX" else "(?:%s)$"
                rule = (side, "" if strip == "0" else strip, "" if add == "0" else add, re.compile(tail % condition), more)
                self.rules[flag].append(rule)

    def split(self, flags):
        if self.flags == "long":
            return [flags[at : at + 2] for at in range(0, len(flags), 2)]
        return flags.split(",") if self.flags == "num" else list(flags)

    def forms(self, word, flags):
        """`word` and what its flags make of it; a prefix also before each form with a suffix."""
        flags = self.split(flags)
        what = {self.unwanted.get(flag) for flag in flags}
        if "FORBIDDENWORD" in what or "ONLYINCOMPOUND" in what:
            return
        stems = [] if "NEEDAFFIX" in what else [word]
        for flag in flags:
            stems += self._applied(word, "SFX", flag)
        yield from stems
        for stem in stems:
            for flag in flags:
                yield from self._applied(stem, "PFX", flag)

    def _applied(self, word, wanted, flag, depth=2):
        for side, strip, add, condition, more in self.rules.get(flag, ()):
            if side != wanted or not condition.search(word):
                continue
            if side == "PFX" and word.startswith(strip):
                yield add + word[len(strip) :]
            elif side == "SFX" and word.endswith(strip):
                form = word[: len(word) - len(strip)] + add
                if "NEEDAFFIX" not in {self.unwanted.get(flag) for flag in self.split(more)}:
                    yield form
                for next_flag in self.split(more) if depth else ():
                    yield from self._applied(form, wanted, next_flag, depth - 1)


def words(affixes, dictionary):
    """All forms of all words of the two files."""
    with open(affixes, encoding="utf-8") as file:
        rules = Affixes(file)
    with open(dictionary, encoding="utf-8") as file:
        next(file)
        for line in file:
            fields = line.split()
            if fields:
                word, _, flags = fields[0].partition("/")
                yield from rules.forms(word, flags)
