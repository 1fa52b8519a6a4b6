#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Brings all labelled text into the one form that the trainer reads.

usage: prepare.py DATA OUT

DATA  folder with corpora/ and gold/ner/ (bench/README.md); OUT gets one file a source:

  D source id        opens a document
  R start end mode   a labelled range of its text, in bytes; mode full or coarse
  S start end type   a name: P L F O E N M as in labels/GUIDE.md
  T size             then so many bytes of text and a line end

full: everything in the range that is not named is no name. coarse: the set knows persons, places and organisations
only (P L O), so that what it leaves out may be a nationality, an event or another name.
"""

import json
import pathlib
import re
import subprocess
import sys

import conventions
import sport
import sport_reports

HERE = pathlib.Path(__file__).resolve().parent
AROUND = 3  # paragraphs of context kept on each side of a labelled one
SPORT_DOCUMENTS = 400
CORPORA = {"ce": "current_events", "wn": "wikinews", "un": "ungdc", "hs": "hsg_articles", "fr": "frus"}
# Text comes in several dresses, and who has seen one only is worse in the others: of so many documents of newswire one has
# its headline in capitals, and its paragraphs parted by a line end alone.
CAPITALS_EVERY, LINES_EVERY = 5, 4
MARK = re.compile(r"\[([PLFOENM]) ([^\[\]]+)\]")


def write_document(out, source, name, text, ranges, spans):
    """Ranges (start, end, mode) and spans (start, end, type) count characters."""
    at = [0]
    for c in text:
        at.append(at[-1] + len(c.encode("utf-8")))
    out.write(f"D {source} {name}\n".encode())
    for start, end, mode in ranges:
        out.write(f"R {at[start]} {at[end]} {mode}\n".encode())
    for start, end, kind in spans:
        out.write(f"S {at[start]} {at[end]} {kind}\n".encode())
    body = text.encode("utf-8")
    out.write(f"T {len(body)}\n".encode() + body + b"\n")


def read_labels(path):
    """{article id: [(start, end, [(start, end, type)…])…]} of a file in labels/."""
    articles, item = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name, start, end = line[1:].split("\t")
            item = (int(start), int(end), [])
            articles.setdefault(name, []).append(item)
        elif line and not line.startswith("#"):
            start, end, kind = line.split("\t")
            item[2].append((int(start), int(end), kind))
    return articles


def read_articles(path, wanted):
    process = subprocess.Popen(["zstd", "-dc", str(path)], stdout=subprocess.PIPE)
    for line in process.stdout:
        article = json.loads(line)
        if article["id"] in wanted:
            yield article


def context(text, start, end):
    """The part of a text that holds AROUND paragraphs on each side of [start, end)."""
    begin = start
    for _ in range(AROUND):
        at = text.rfind("\n\n", 0, max(begin - 2, 0))
        begin = 0 if at < 0 else at + 2
    stop = end
    for _ in range(AROUND):
        at = text.find("\n\n", stop + 2)
        stop = len(text) if at < 0 else at
    return begin, stop


def merged_parts(text, items):
    """Items whose contexts overlap share a part: [(begin, end, items)]."""
    parts = []
    for item in sorted(items):
        begin, end = context(text, item[0], item[1])
        if parts and begin <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]), parts[-1][2] + [item])
        else:
            parts.append((begin, end, [item]))
    return parts


def prepare_corpus(data, out_folder, source):
    path = HERE / "labels" / f"{source}.tsv"
    if not path.is_file():
        return
    labels = read_labels(path)
    with open(out_folder / f"{source}.txt", "wb") as out:
        for article in read_articles(data / "corpora" / f"{CORPORA[source]}.jsonl.zst", labels):
            text = article["text"]
            for begin, end, items in merged_parts(text, labels[article["id"]]):
                ranges = [(a - begin, b - begin, "full") for a, b, _ in items]
                spans = [(a - begin, b - begin, k) for *_, names in items for a, b, k in names]
                write_document(out, source, article["id"], text[begin:end], ranges, spans)


def read_marked(text):
    """Text without its marks, and the marks as spans."""
    plain, spans, at = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[at:mark.start()]
        spans.append((len(plain), len(plain) + len(mark.group(2)), mark.group(1)))
        plain += mark.group(2)
        at = mark.end()
    return plain + text[at:], spans


def marked_documents(path):
    """Documents of a marked file, as lists of paragraphs: parted by lines of dashes or that begin with #."""
    lines = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), "----"]:
        if line.startswith(("----", "#")):
            if lines:
                yield lines
            lines = []
        elif line.strip():
            lines.append(line.strip())


def dressed(paragraphs, number):
    """The marked text of document `number` in the dress that is its turn."""
    first, *rest = paragraphs
    if number % CAPITALS_EVERY == CAPITALS_EVERY - 1:
        first = sport.in_capitals(first)
    return ("\n" if number % LINES_EVERY == 0 else "\n\n").join([first, *rest])


def prepare_marked(documents, out_path, source):
    """`documents`: (name, marked text)."""
    with open(out_path, "wb") as out:
        for name, body in documents:
            text, spans = read_marked(body)
            write_document(out, source, name, text, [(0, len(text), "full")], spans)


def wire_documents():
    for path in sorted((HERE / "wire").glob("*.txt")):
        for i, paragraphs in enumerate(marked_documents(path)):
            yield f"{path.stem}/{i}", dressed(paragraphs, i)


def sport_documents():
    """Tables come as lines, most of them."""
    for i in range(SPORT_DOCUMENTS):
        yield str(i), ("\n\n" if i % 4 == 0 else "\n").join(sport_reports.document(i))


def prepare_set(data, out_folder, source, files):
    with open(out_folder / f"{source}.txt", "wb") as out:
        for file in files:
            for i, (text, spans) in enumerate(conventions.documents(data / "gold/ner" / file, source)):
                write_document(out, source, f"{file}/{i}", text, [(0, len(text), "coarse")], spans)


def main():
    data, out_folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out_folder.mkdir(parents=True, exist_ok=True)
    for source, files in conventions.SETS.items():
        prepare_set(data, out_folder, source, files)
    for source in CORPORA:
        prepare_corpus(data, out_folder, source)
    prepare_marked(wire_documents(), out_folder / "wire.txt", "wire")
    prepare_marked(sport_documents(), out_folder / "sport.txt", "sport")
    gold = HERE.parents[1] / "tests/gold/names"
    for part in ("dev", "newswire"):
        if (gold / f"{part}.txt").is_file():
            documents = enumerate("\n\n".join(x) for x in marked_documents(gold / f"{part}.txt"))
            prepare_marked(((str(i), body) for i, body in documents), out_folder / f"gold_{part}.txt", f"gold_{part}")


if __name__ == "__main__":
    main()
