#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes text/name_variants.c from the facts in text/name_variants.txt, or checks that it is what would be written.

usage: tools/name_variants.py ROOT [--write]

Spellings are folded as text/normalise.c folds words (case, accents, final 's) and sorted, so that the library finds them by halves and needs no
table of its own. Two groups of one kind may not share a spelling. That folding agrees is tested in C
(tests/unit/text/test_name_variants.c), which looks every spelling of the text file up.
"""

import pathlib
import re
import sys
import unicodedata

LETTERS = {"æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "ə": "a", "œ": "oe", "ð": "d", "þ": "th",
           "’": "'", "ʿ": "'", "ʾ": "'", "ʻ": "'", "ʼ": "'"}
TOKEN = re.compile(r"(?<!\w)\w(?:\.\w)+(?!\w)|\w[\w'’ʿʾʻʼ]*")
ELISION = re.compile(r"\b(c|d|j|l|m|n|qu|s|t|un|all|dall|dell|nell|quell|sull|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)",
                     re.IGNORECASE)
KINDS = {"given": "PERSON", "family": "PERSON", "word": "WORD", "place": "PLACE", "org": "ORGANISATION", "event": "EVENT"}
PEOPLE = "NATIONALITY"
ORDER = ["EVENT", "EVENT_BAG", "NATIONALITY", "ORGANISATION", "ORGANISATION_BAG", "PERSON", "PLACE", "WORD"]  # of nn_spelling_kind
BODIES = {"#us": ["united states", "united states america", "us", "u s"], "#uk": ["united kingdom", "uk", "u k"],
          "#un": ["united nations", "un", "u n"], "#ussr": ["soviet union", "ussr"], "#foreign": ["foreign", "foreign affairs"]}  # text/name_bag.c
BODIES_MAX = 2
SMALL = {"the", "of", "for", "and", "on"}
SLOTS = 16384  # NN_NAME_SPELLING_SLOTS


def is_accent(letter, mark):
    if "\u0400" <= letter <= "\u052f":
        return letter == "е" and mark == "\u0308"
    return True


def fold_word(word):
    letters = []
    for c in unicodedata.normalize("NFD", word.casefold()):
        if unicodedata.combining(c) and letters and is_accent(letters[-1], c):
            continue
        letters.append(LETTERS.get(c, c))
    word = unicodedata.normalize("NFC", "".join(letters)).replace(".", "")
    return re.sub(r"'s?$", "", word)


def fold(text):
    return " ".join(fold_word(word) for word in TOKEN.findall(ELISION.sub(r"\1 ", text)))


def read(path):
    """Groups as (kind, given, [(kind of the spelling, folded spelling)])."""
    groups, owners = [], {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, rest = line.split(" ", 1)
        names, _, people = rest.partition(" : ")
        spellings = []
        words = kind in ("given", "family", "word")
        for text in names.split() if words else names.split(" | "):
            spellings.append((KINDS[kind], fold(text)))
        spellings += [(PEOPLE, fold(text)) for text in people.split(" | ") if text]
        unique = list(dict.fromkeys(spellings))
        for spelling in unique:
            if not spelling[1] or (words and " " in spelling[1]):
                sys.exit(f"{path}:{number}: {spelling[1]!r} cannot be looked up")
            if spelling in owners:
                sys.exit(f"{path}:{number}: {spelling[1]!r} stands in line {owners[spelling]} too")
            owners[spelling] = number
        groups.append((kind, unique))
    add_glides(groups)
    return groups


def glides(word):
    """A given name as its final glide may be romanised: Serhiy Serhii Serhij Serhi Serhy, Sergei Sergey Sergej. They have one key
    (text/name_key.h), which is not asked where a spelling is found in the table."""
    if match := re.fullmatch(r"(.*[b-df-hj-np-tv-xz])[iy][iyj]", word):
        return [match[1] + ending for ending in ("iy", "ii", "ij", "i", "y")]
    if match := re.fullmatch(r"(.{3,}[aeou])[iyj]", word):
        return [match[1] + ending for ending in "iyj"]
    return []


def add_glides(groups):
    """Adds to groups of given names what their spellings are by rule, unless it stands in another group."""
    owners = {}
    for number, (kind, spellings) in enumerate(groups):
        more = [(kind_of, text) for kind_of, word in spellings if kind == "given" for text in glides(word)]
        for spelling in spellings + more:
            owners.setdefault(spelling, set()).add(number)
    for number, (_, spellings) in enumerate(groups):
        listed = set(spellings)
        more = [s for s, of in owners.items() if of == {number} and s not in listed]
        spellings += sorted(more)


def slots_of(entries):
    """Where spellings are looked up: 1 + number of one, in the first free slot from the one that its hash says (text/name_group.c)."""
    slots = [0] * SLOTS
    for number, (kind, text, _) in enumerate(entries):
        value = 2166136261 ^ ORDER.index(kind)
        for byte in text:
            value = (value ^ byte) * 16777619 & 0xFFFFFFFF
        slot = (value ^ value >> 16) % SLOTS
        while slots[slot]:
            slot = (slot + 1) % SLOTS
        slots[slot] = number + 1
    return slots


def rows(numbers):
    return ["    " + " ".join(f"{n}," for n in numbers[i:i + 16]) for i in range(0, len(numbers), 16)]


def written_so(words, i, way):
    at = i
    for word in way.split():
        while at > i and at < len(words) and words[at] in SMALL:
            at += 1
        if at >= len(words) or words[at] != word:
            return 0
        at += 1
    return at - i


def bag(spelling, spelt):
    """The words of a name of an organisation or event whatever their order (nn_name_bag); `spelt`: the groups of words."""
    words, items, i, bodies = spelling.split(" "), [], 0, 0
    while i < len(words):
        size, key = max((written_so(words, i, way), key) for key, ways in BODIES.items() for way in ways)
        if size and bodies < BODIES_MAX:
            items.append(key)
            bodies += 1
        else:
            size = 1
            if i + 1 == len(words) or words[i] not in SMALL:
                items.append(spelt.get(words[i], words[i]))
        i += size
    return " ".join(sorted(items))


def bags_of(groups):
    """Those of all groups, where they are of one group only."""
    owners = {}
    spelt = {text: f"#{number}" for number, (_, spellings) in enumerate(groups) for kind, text in spellings if kind == "WORD"}
    for number, (_, spellings) in enumerate(groups):
        for kind, spelling in spellings:
            words = bag(spelling, spelt)
            if kind in ("EVENT", "ORGANISATION") and (" " in words or "#" in words):
                owners.setdefault((kind + "_BAG", words), set()).add(number)
    return [(kind, text.encode(), min(of)) for (kind, text), of in owners.items() if len(of) == 1]


def text_of(groups):
    entries, lists = bags_of(groups), []
    for number, (kind, spellings) in enumerate(groups):
        for kind_of, spelling in spellings:
            entries.append((kind_of, spelling.encode(), number))
    entries.sort()
    places = {(kind, text): i for i, (kind, text, _) in enumerate(entries)}
    out = ["/* SPDX-License-Identifier: Apache-2.0 */",
           "/* Table of facts, made by tools/name_variants.py from name_variants.txt. */",
           '#include "text/name_variants.h"', "",
           "/* clang-format off */",
           "const nn_name_spelling nn_name_spellings[] = {"]
    for kind, text, group in entries:
        escaped = "".join(chr(b) if 0x20 <= b < 0x7F and chr(b) not in '"\\' else f"\\{b:03o}" for b in text)
        out.append(f'    {{"{escaped}", {group}, NN_SPELLING_{kind}}},')
    out += ["};", f"const uint32_t nn_name_spelling_count = {len(entries)};", "",
            "const nn_name_group nn_name_groups[] = {"]
    for kind, spellings in groups:
        given = "true" if kind == "given" else "false"
        out.append(f"    {{{len(lists)}, {len(spellings)}, {given}}},")
        lists += [places[(kind_of, spelling.encode())] for kind_of, spelling in spellings]
    out += ["};", f"const uint32_t nn_name_group_count = {len(groups)};", "", "const uint16_t nn_name_group_members[] = {"]
    out += rows(lists)
    out += ["};", "", "const uint16_t nn_name_spelling_slots[] = {"]
    out += rows(slots_of(entries))
    out += ["};", "/* clang-format on */", ""]
    return "\n".join(out)


def main():
    if len(sys.argv) < 2 or sys.argv[2:] not in ([], ["--write"]):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1]) / "text"
    groups = read(folder / "name_variants.txt")
    made = text_of(groups)
    target = folder / "name_variants.c"
    if sys.argv[2:]:
        target.write_text(made, encoding="utf-8")
        print(f"{len(groups)} groups, {sum(len(g[1]) for g in groups)} spellings")
    elif not target.exists() or target.read_text(encoding="utf-8") != made:
        sys.exit(f"{target} is not made from name_variants.txt: run tools/name_variants.py . --write")


if __name__ == "__main__":
    main()
