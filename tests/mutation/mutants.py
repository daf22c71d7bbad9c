"""The list of mutants (tests/mutation/mutants/*.toml), and how they are written into a copy of the tree."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "mutants"
KEYS = {"id", "name", "file", "text", "mutant", "equivalent", "pytest"}
TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Mutant:
    id: str  # "area/number"; CUMULITE_MUTANT=<id> switches it on
    name: str
    file: str
    text: str  # what stands in the file; white space does not count
    mutant: str  # what replaces it, where MUTANT is true for the one that is on
    equivalent: str  # why no test can see it; "" if one can
    pytest: str  # "tests/sdk/sqs_test.py::test_x", what sees it where the C++ tests cannot; "" if they can


def read_lists(folder=FOLDER):
    """All mutants, in the order of their files. Errors: ValueError for an unknown key or an id that is there twice."""
    mutants = []
    for path in sorted(folder.glob("*.toml")):
        for row in tomllib.loads(path.read_text())["mutant"]:
            if unknown := row.keys() - KEYS:
                raise ValueError(f"{path.name}: unknown key {sorted(unknown)} in {row}")
            strings = {key: row[key].strip() for key in ("name", "file", "text", "mutant")}
            strings |= {key: row.get(key, "") for key in ("equivalent", "pytest")}
            mutants.append(Mutant(f"{path.stem}/{row['id']}", **strings))
    ids = [one.id for one in mutants]
    if twice := {id for id in ids if ids.count(id) > 1}:
        raise ValueError(f"two mutants with the same id: {sorted(twice)}")
    return mutants


def hash_of(id):
    """What mutant.h takes for the id: FNV-1a."""
    value = 14695981039346656037
    for byte in id.encode():
        value = (value ^ byte) * 1099511628211 % (1 << 64)
    return value


def finder(text):
    """A pattern that finds a piece of C++ however it is broken into lines. White space inside a string counts as
    any, too."""
    tokens = TOKEN.findall(text)
    pattern = re.escape(tokens[0])
    for last, token in zip(tokens, tokens[1:]):
        both_words = re.match(r"\w", last) and re.match(r"\w", token)
        pattern += (r"\s+" if both_words else r"\s*") + re.escape(token)
    return re.compile((r"\b" if re.match(r"\w", tokens[0]) else "") + pattern)


def instrument(source, mutants):
    """The text of a file with its mutants in it, and what is wrong with those that are not: {id: why}."""
    wrong = {}
    out = source
    # The longest first: the mutant of a piece of a line then finds its piece within what the line became, maybe
    # more than once, and changes each.
    for one in sorted(mutants, key=lambda one: -len(one.text)):
        found = len(finder(one.text).findall(source))
        if found != 1:
            wrong[one.id] = "its text is gone" if found == 0 else f"its text is there {found} times: name more of it"
            continue
        switch = f'cumulite::mutation::On<cumulite::mutation::Hash("{one.id}")>()'
        replaced = re.sub(r"\bMUTANT\b", lambda _: switch, one.mutant)
        out, count = finder(one.text).subn(lambda _: replaced, out)
        if count == 0:
            wrong[one.id] = "another mutant changes the same text: name less of it"
    if out != source:
        out = f'#include "tests/mutation/mutant.h"\n{out}'
    return out, wrong
