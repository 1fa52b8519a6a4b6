#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns labelled text (labels/GUIDE.md: #n T name | T name) into stand-off labels, which hold no text.

usage: stand_off.py WORK OUT

WORK  folder with text/NAME.txt, out/NAME.lab and check/NAME.json ([article id, start, end] an item)
OUT   gets one file a corpus (the letters of NAME): "@id TAB start TAB end" opens a labelled range,
      "start TAB end TAB type" is a name; characters from the start of the article's text
"""

import collections
import json
import pathlib
import re
import sys

TYPES = set("PLFOENM")


def inner(text, start, end):
    """True when [start, end) cuts a word of the text."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return before or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def mentions(text, line, where):
    """(start, end, type) of the names that a line lists in order."""
    at = 0
    for part in line.split(" | ") if line and line != "-" else []:
        kind, _, name = part.strip().partition(" ")
        start = text.find(name, at)
        while start >= 0 and inner(text, start, start + len(name)):
            start = text.find(name, start + 1)
        if kind not in TYPES or not name or start < 0:
            print(f"{where}: not found in order: {part!r}", file=sys.stderr)
            continue
        at = start + len(name)
        yield start, at, kind


def numbered(path):
    lines = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"#(\d+)\s?(.*)$", line)
        if match:
            lines[int(match.group(1))] = match.group(2)
    return lines


def main():
    work, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    corpora = collections.defaultdict(list)
    for labels in sorted((work / "out").glob("*.lab")):
        name = labels.stem
        texts = numbered(work / "text" / f"{name}.txt")
        lines = numbered(labels)
        items = json.loads((work / "check" / f"{name}.json").read_text(encoding="utf-8"))
        for i, (article, start, end) in enumerate(items):
            if i in lines:
                found = list(mentions(texts[i], lines[i].strip(), f"{name} #{i}"))
                corpora[re.match("[a-z]+", name).group()].append((article, start, end, found))
    out.mkdir(parents=True, exist_ok=True)
    for corpus, items in corpora.items():
        rows = []
        for article, start, end, found in sorted(items):
            rows.append(f"@{article}\t{start}\t{end}")
            rows += [f"{start + a}\t{start + b}\t{kind}" for a, b, kind in found]
        (out / f"{corpus}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(f"{corpus}: {len(items)} items, {sum(len(f) for *_, f in items)} names")


if __name__ == "__main__":
    main()
