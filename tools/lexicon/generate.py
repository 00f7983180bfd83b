"""Makes the word tables of src/link/anchor/words anew: `python3 tools/lexicon/generate.py`, by hand and seldom.

It fetches the packages below with npm, needs nothing but Python, and gives the same bytes for the same versions. What each table is
made of, and under which licence, stands in src/link/anchor/words/README.md.
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from pathlib import Path

import automaton
import hunspell
import spellout

PACKAGES = {
    "dictionary-en": "4.0.0",
    "an-array-of-english-words": "2.0.0",
    "dictionary-fr": "3.0.0",
    "dictionary-es": "4.0.0",
    "dictionary-ru": "3.0.0",
    "cldr-rbnf": "48.2.0",
    "cldr-dates-full": "48.2.0",
    "cldr-units-full": "48.2.0",
    "cldr-numbers-full": "48.2.0",
}

#: The letters of the words that are kept: five or more, none a capital.
LETTERS = {"en": "a-z", "fr": "a-zàâäæçéèêëîïôöœùûüÿ", "es": "a-záéíóúñü", "ru": "а-я"}

#: Longer words of the second English list are forms of words that the first one has.
LONGEST_OF_THE_SECOND = 11

#: Locales whose numbers go with those of their language, and languages that go by two tags.
NUMBERS_OF = {"fr-BE": "fr", "fr-CH": "fr", "pt-PT": "pt", "zh-Hant": "zh", "sr-Latn": "sr", "yue-Hans": "yue", "no": "nb"}

OUT = Path(__file__).parents[2] / "src/link/anchor/words"


def fetch(folder):
    for name, version in PACKAGES.items():
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(folder / packed.stdout.strip()) as archive:
            archive.extractall(folder / name, filter="data")


def lexicons(packages):
    for language, letters in LETTERS.items():
        folder = packages / f"dictionary-{language}/package"
        fits = re.compile(f"[{letters}]{{5,}}").fullmatch
        forms = hunspell.words(folder / "index.aff", folder / "index.dic")
        words = set(filter(fits, (word.replace("ё", "е") for word in forms)))
        if language == "en":
            more = json.loads((packages / "an-array-of-english-words/package/index.json").read_text())
            words |= {word for word in more if fits(word) and len(word) <= LONGEST_OF_THE_SECOND}
        (OUT / f"{language}.words").write_bytes(automaton.packed(sorted(words)))
        print(language, len(words), "words")


def numbers(packages):
    """A line for each language: its tag, what joins number words, and the words with their values."""
    tables = {}
    for file in sorted((packages / "cldr-rbnf/package/rbnf").glob("*.json")):
        language = NUMBERS_OF.get(file.stem, file.stem)
        values, joiners = spellout.words(file)
        if values and "-" not in language:
            known = tables.setdefault(language, ({}, set()))
            known[0].update({word: value for word, value in values.items() if word not in known[0]})
            known[1].update(joiners)
    lines = []
    for language, (values, joiners) in sorted(tables.items()):
        kept = {word: value for word, value in values.items() if not is_made_of(word, values)}
        words = " ".join(f"{word}={value}" for word, value in sorted(kept.items()))
        lines.append(f"{language}\t{' '.join(sorted(joiners))}\t{words}\n")
    (OUT / "numbers.txt").write_text("".join(lines), encoding="utf-8")


def is_made_of(word, values):
    """Whether a number word need not be listed: numerals of Chinese in a row, and Arabic words after "and"."""
    return len(word) > 1 and all("\u4e00" <= letter <= "\u9fff" for letter in word) or (word[0] == "و" and word[1:] in values)


#: Languages in which the last word of a currency's name says what it is; in others the first does.
CURRENCY_LAST = {"de", "en", "ru"}


def fixed(packages):
    """A line for each language with lists: its tag, and the words of months, weekdays, units and currencies."""
    lines = []
    for language in ("ar", "de", "en", "es", "fr", "ru"):
        def main(package, file):
            path = packages / package / "package/main" / language / f"{file}.json"
            return json.loads(path.read_text(encoding="utf-8"))["main"][language]

        calendar = main("cldr-dates-full", "ca-gregorian")["dates"]["calendars"]["gregorian"]
        units = main("cldr-units-full", "units")["units"]["long"]
        currencies = main("cldr-numbers-full", "currencies")["numbers"]["currencies"]
        words = [word for name in texts((calendar["months"], calendar["days"])) for word in split(name)]
        patterns = ({key: text for key, text in unit.items() if key.startswith("unitPattern")} for name, unit in units.items() if "generic" not in name)
        words += [word for name in texts(list(patterns)) for word in split(name)]
        place = -1 if language in CURRENCY_LAST else 0
        names = ({key: text for key, text in one.items() if key.startswith("displayName")} for one in currencies.values())
        words += [split(name)[place] for name in texts(list(names)) if split(name)]
        lines.append(f"{language}\t{' '.join(sorted({word for word in words if len(word) >= 5}))}\n")
    (OUT / "fixed.txt").write_text("".join(lines), encoding="utf-8")


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def split(name):
    """The words of a name, without the years and countries in brackets."""
    plain = re.sub(r"\{.*?\}|\(.*?\)|\[.*?\]", " ", unicodedata.normalize("NFC", name))
    return re.findall(r"[^\W\d_]+", plain.lower())


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(sys.argv[1]) if sys.argv[1:] else Path(folder)
        if not sys.argv[1:]:
            fetch(packages)
        numbers(packages)
        fixed(packages)
        lexicons(packages)


if __name__ == "__main__":
    main()
