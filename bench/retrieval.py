#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores nuncio's BM25 on three classic test collections: CACM, Cranfield, CISI.

usage: bench/retrieval.py [--program build/release/bin/nuncio] [--data DIR] [--k1 X --b X] [--grid] [--check | --write]

Articles are ranked (--by article), the 1,000 best of each query; MAP and P@30 are averaged over the
queries that have a judged relevant article, as trec_eval does. Treatments, printed with each figure:

  titles      "once": a title that the text repeats at its start is dropped; "as given": it counts twice
  stop words  "kept" in the query, or "out": Lucene's default English list of 33 is taken out of the query

--grid tries k1 and b around their defaults; --write stores the figures in bench/results/retrieval.json,
--check fails when they differ from it. The figures are deterministic.
"""

import argparse
import collections
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "results" / "retrieval.json"
COLLECTIONS = ("cacm", "cranfield", "cisi")
PUBLISHED = {"cacm": {"map": 0.3123, "p30": 0.1942}}  # Anserini's regression page for CACM, k1 .9, b .4
# org.apache.lucene.analysis.en.EnglishAnalyzer.ENGLISH_STOP_WORDS_SET
STOP_WORDS = set("""a an and are as at be but by for if in into is it no not of on or such that the their then
    there these they this to was will with""".split())


def read_queries(folder):
    lines = (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def read_judgements(folder):
    relevant = collections.defaultdict(set)
    for line in (folder / "qrels.txt").read_text(encoding="utf-8").splitlines():
        query, _, document, grade = line.split()
        if int(grade) > 0:
            relevant[query].add(document)
    return relevant


def write_documents(folder, titles_once, to):
    with open(to, "w", encoding="utf-8") as out:
        for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            title, text = article.get("title") or "", article["text"]
            if titles_once and title and text.lstrip().startswith(title.strip()):
                article["title"] = None
            if not text.strip():
                article["text"] = title or "-"
            out.write(json.dumps(article, ensure_ascii=False) + "\n")


def build(program, folder, titles_once, work):
    index, documents = work / f"{folder.name}-{titles_once}", work / "documents.jsonl"
    if not index.exists():
        write_documents(folder, titles_once, documents)
        subprocess.run([program, "index", "-i", index, "--quiet", "--no-annotations", documents], check=True)
    return index


def search(program, index, query, k1, b):
    run = subprocess.run(
        [program, "search", "-i", index, "--plain", "--by", "article", "-k", "1000", "--format", "csv",
         "--k1", str(k1), "--b", str(b), "--", query], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr)
    lines = run.stdout.splitlines()
    if not lines:
        return []
    column = lines[0].split(",").index("id")
    return [row[column] for row in csv.reader(lines[1:])]


def average_precision(ranked, relevant):
    found, total = 0, 0.0
    for rank, document in enumerate(ranked, 1):
        if document in relevant:
            found += 1
            total += found / rank
    return total / len(relevant)


def evaluate(program, folder, titles_once, stop_words_out, k1, b, work):
    index, relevant = build(program, folder, titles_once, work), read_judgements(folder)
    maps, precisions = [], []
    for number, query in read_queries(folder).items():
        if number not in relevant:
            continue
        if stop_words_out:
            query = " ".join(word for word in query.split() if word.lower().strip(".,?;:()") not in STOP_WORDS)
        ranked = search(program, index, query, k1, b)
        maps.append(average_precision(ranked, relevant[number]))
        precisions.append(len(set(ranked[:30]) & relevant[number]) / 30)
    return {"queries": len(maps), "map": round(sum(maps) / len(maps), 4),
            "p30": round(sum(precisions) / len(precisions), 4)}


def table(program, data, k1, b, work):
    rows = []
    for name in COLLECTIONS:
        for once in (True, False):
            for out in (False, True):
                figures = evaluate(program, data / name, once, out, k1, b, work)
                rows.append({"collection": name, "titles": "once" if once else "as given",
                             "stop_words": "out" if out else "kept", "k1": k1, "b": b, **figures})
                print("{collection:<10} titles {titles:<8}  stop words {stop_words:<4}  k1 {k1:<4} b {b:<4} "
                      "{queries:>4} queries  MAP {map:.4f}  P@30 {p30:.4f}".format(**rows[-1]), flush=True)
    for name, figures in PUBLISHED.items():
        print(f"{name:<10} published by Anserini (k1 0.9, b 0.4):              MAP {figures['map']:.4f}  "
              f"P@30 {figures['p30']:.4f}")
    return rows


def grid(program, data, work):
    """MAP for each k1 and b, titles once, stop words kept: what the defaults were chosen on."""
    rows = []
    for k1 in (0.9, 1.2, 1.5, 1.8, 2.2):
        for b in (0.4, 0.6, 0.75, 0.9):
            maps = [evaluate(program, data / name, True, False, k1, b, work)["map"] for name in COLLECTIONS]
            rows.append({"k1": k1, "b": b, **dict(zip(COLLECTIONS, maps)), "mean": round(sum(maps) / 3, 4)})
            print("k1 {k1:<4} b {b:<4}  cacm {cacm:.4f}  cranfield {cranfield:.4f}  cisi {cisi:.4f}  "
                  "mean {mean:.4f}".format(**rows[-1]), flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=HERE.parent / "build/release/bin/nuncio", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path,
                        default=pathlib.Path(os.environ.get("NUNCIO_DATA", HERE.parent / "../shared/data")))
    parser.add_argument("--k1", type=float, default=0.9)
    parser.add_argument("--b", type=float, default=0.4)
    parser.add_argument("--grid", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.data / "gold" / "retrieval"
    if not folder.is_dir():
        print(f"skipped: no test collections in {folder}")
        return 0
    with tempfile.TemporaryDirectory() as work:
        figures = {"table": table(arguments.program, folder, arguments.k1, arguments.b, pathlib.Path(work))}
        if arguments.grid:
            figures["grid"] = grid(arguments.program, folder, pathlib.Path(work))
    if arguments.write:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if arguments.check:
        stored = json.loads(RESULTS.read_text(encoding="utf-8"))
        if stored["table"] != figures["table"]:
            print(f"differs from {RESULTS}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
