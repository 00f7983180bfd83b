"""Number words out of CLDR's rules for spelling numbers out (RBNF)."""

import json
import math
import re
from pathlib import Path

#: The numbers whose spelling gives the words of all others.
SAMPLES = [*range(100), *range(100, 1000, 100), 1000, 2000, 5000, *(n * 10**p for p in (6, 9, 12) for n in (1, 2, 5))]

SUBSTITUTION = re.compile(r"←([^←]*)←|→→→|→([^→]*)→|=([^=]*)=")
PLURAL = re.compile(r"\$\((?:cardinal|ordinal),(.*?)\)\$")
PARTS = re.compile(r"[\s\-\u00ad\u200b\u2010\u2011]+")


class Rules:
    """The rules of a language; each public set is one way of spelling (masculine, ordinal …)."""

    def __init__(self, file):
        groups = json.loads(file.read_text(encoding="utf-8"))["rbnf"]["rbnf"]
        self.sets = {}
        for name, rules in groups.get("SpelloutRules", {}).items():
            read = (self._rule(*rule) for rule in rules if len(rule) == 2)
            self.sets[name] = sorted((rule for rule in read if rule), key=lambda rule: rule[0])

    @staticmethod
    def _rule(base, text):
        found = re.fullmatch(r"(\d+)(?:/(\d+))?(>*)", base.replace(",", ""))
        if not found:
            return None
        value, radix = int(found[1]), int(found[2] or 10)
        exponent = int(math.log(value, radix) + 1e-9) - len(found[3]) if value else 0
        return value, radix**exponent if value else 1, text.removeprefix("'").removesuffix(";")

    def spell(self, name, number, form):
        """`number` by a set of rules, or nothing where they write digits; `form` is which of the plural's forms."""
        rules = self.sets.get(name)
        place = max((place for place, rule in enumerate(rules or ()) if rule[0] <= number), default=None)
        if place is None:
            return None
        base, divisor, text = rules[place]
        both = "←" in text and "→" in text
        if both and number % divisor == 0 and base % divisor and place:
            base, divisor, text = rules[place - 1]
        keep = number % divisor != 0
        text = re.sub(r"\[([^\]]*)\]", r"\1" if keep else "", text)
        text = PLURAL.sub(lambda found: self._form(found[1], form), text)
        return self._substituted(name, number, divisor, text, form)

    @staticmethod
    def _form(forms, form):
        found = re.findall(r"\w+\{([^{}]*)\}?", forms)
        return found[min(form, len(found) - 1)] if found else ""

    def _substituted(self, name, number, divisor, text, form):
        spelled, at = "", 0
        for found in SUBSTITUTION.finditer(text):
            left, right, same = found[1], found[2], found[3]
            part = number // divisor if left is not None else number if same is not None else number % divisor
            other = left or right or same or name
            word = self.spell(other, part, form) if other.startswith("%") else None
            if word is None or (other == name and part == number):
                return None
            spelled, at = spelled + text[at : found.start()] + word, found.end()
        return spelled + text[at:]


def plain(text):
    """Small letters, and apostrophes as the normal form has them."""
    return re.sub("[’ʼ]", "'", text.lower())


def words(file):
    """Number words with their value, and what joins them: two dictionaries."""
    rules = Rules(file)
    spelled = []
    for name in sorted(name for name in rules.sets if not name.startswith("%%")):
        for number in SAMPLES:
            for form in range(4):
                text = rules.spell(name, number, form)
                if text and not re.search(r"[\d#=←→]", text):
                    spelled.append((number, tuple(part for part in PARTS.split(plain(text)) if part)))
    values, joiners = {}, set()
    for number, parts in spelled:
        if len(parts) == 1:
            values.setdefault(parts[0], number)
    for number, parts in spelled:
        first = values.get(parts[0], 0)
        if len(parts) == 2 and parts[1] not in values and first and number % first == 0 and number // first >= 20:
            values[parts[1]] = number // first
        if len(parts) == 2 and parts[0] not in values and number >= 20 and parts[1] in values and values[parts[1]] < 10:
            values[parts[0]] = number - values[parts[1]]
    for number, parts in spelled:
        if len(parts) == 3 and 20 < number < 100 and parts[1] not in values:
            joiners.add(parts[1])
    return values, joiners
