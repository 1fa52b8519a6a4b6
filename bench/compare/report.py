# SPDX-License-Identifier: Apache-2.0
"""The report of a run: Markdown, CSV and JSON."""

import csv
import io
import json

from compare.archive import CLASSES
from compare.figures import PEERS, ratio
from compare.rounds import COMMANDS, OWN_COMMANDS

NAMES = {"nuncio": "nuncio", "lucene": "Lucene", "lucene-bp": "Lucene, reordered", "tantivy": "Tantivy", "xapian": "Xapian",
         "fts5": "SQLite FTS5"}


def table(head, rows, left=1):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * left + "---:|" * (len(head) - left)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows]) + "\n"


def verdict(cell, kind):
    measured, goal = cell
    if measured is None:
        return "–"
    sign = "" if kind == "size" else "×"
    if goal is None:
        return f"{measured}{sign}"
    met = measured <= goal if kind == "size" else measured >= goal
    return f"{'' if met else '**'}{measured}{sign}{'' if met else '**'} ({'≤' if kind == 'size' else '≥'} {goal})"


def goals_table(figures):
    rows = [[what] + [verdict(cell, kind) for cell in cells] for what, kind, cells in figures["goals"]]
    return ("How many times faster nuncio is (or what part of the peer's bytes it takes), the goal in brackets; "
            "**bold** where it is missed.\n\n") + table(["", *(NAMES[peer] for peer in PEERS)], rows)


def latency_tables(figures):
    out = []
    for command in COMMANDS:
        rows = []
        for kind in CLASSES:
            for name, of in figures["latencies"][command][kind].items():
                against = ["", ""] if name == "nuncio" else [f"{ratio(of, 'p50')}×", f"{ratio(of, 'p99')}×"]
                rows.append([kind, NAMES[name], of["queries"], *(of[key] for key in ("min", "avg", "p50", "p90", "p99")), *against])
        out.append(f"### {command}\n\n" + table(
            ["class", "engine", "queries", "min", "avg", "p50", "p90", "p99", "÷ nuncio p50", "÷ nuncio p99"], rows, 2))
    rows = [[command, kind, of["queries"], *(of[key] for key in ("min", "avg", "p50", "p90", "p99"))]
            for command in OWN_COMMANDS for kind in CLASSES for of in figures["latencies"][command][kind].values()]
    out.append("### nuncio alone\n\nFETCH_10: ten hits with their texts, quotes, names and marks. ARTICLE_10: AND over the "
               "article, the default scope.\n\n" + table(["command", "class", "queries", "min", "avg", "p50", "p90", "p99"], rows, 2))
    return "\n".join(out)


def size_tables(figures):
    built, raw = figures["built"], figures["text_bytes"]
    rows = [[NAMES[name], of["stats"]["version"], f"{of['lean_bytes'] / 1e6:.1f}", f"{of['lean_bytes'] / raw:.3f}",
             f"{8 * of['lean_bytes'] / of['stats']['postings']:.2f}",
             f"{of['stats']['postings']:,}", f"{of['stats']['tokens']:,}", f"{of['stats']['terms']:,}",
             ", ".join(f"{part} {size / 1e6:.1f}" for part, size in of["parts"].items() if size > 50000)]
            for name, of in built.items()]
    sizes = table(["engine", "version", "MB", "of raw text", "bits a posting", "postings", "tokens", "terms", "parts, MB"], rows, 2)
    rows = []
    for name, of in built.items():
        for threads, build in sorted(of["builds"].items()):
            rows.append([NAMES[name] + (" (on top of Lucene)" if "on_top_of" in build else ""), threads, build["seconds"],
                         build["merged_seconds"], build["processor_seconds"], f"{raw / 1e6 / build['seconds']:.1f}",
                         build["peak_private_bytes"] >> 20, of["from"]])
    return sizes, table(["engine", "cores", "s", "s to one segment", "s of processor", "MB/s", "peak MiB", "measured in"], rows)


def agreement_tables(figures):
    rows = [[NAMES[name], kind, of["queries"], of["same"], of["within_1_percent"], of["within_10_percent"],
             f"{of['hits']:,}", f"{of['hits_of_nuncio']:,}", round(figures["overlap"].get(f"{name} {kind}", float("nan")), 3)]
            for name, kinds in figures["count_differences"].items() for kind, of in kinds.items()]
    return table(["engine", "class", "queries", "same count", "within 1 %", "within 10 %", "hits", "hits of nuncio",
                  "top 10 in common"], rows, 2)


def markdown(figures):
    sizes, builds = size_tables(figures)
    missing = "".join(f"\nLeft out: {name}, because {why}." for name, why in figures["missing"].items())
    notes = "".join(f"\n{NAMES[name]}: {of['notes']}." for name, of in figures["built"].items() if of["notes"])
    exact = figures["exhaustive"]
    return f"""# Side by side: {figures['archive']}

{figures['passages']:,} passages, {figures['text_bytes'] / 1e6:.1f} MB of text, {figures['queries']} queries.
{figures['machine']}, {figures['date']}. {figures['sampling']}{missing}{notes}

Microseconds of the search alone, warm, one thread, the least of {figures['rounds']} rounds in turn. {exact['compared']:,} answers of
nuncio were compared with its exhaustive ones, scores bit for bit: {len(exact['wrong'])} differ.

## Goals

{goals_table(figures)}
## Size

Without stored texts, annotations and the bench's row numbers.

{sizes}
## Build

The same passages from a pipe; nuncio reads and cuts the articles itself and writes no text and no annotation.

{builds}
## Latency

{latency_tables(figures)}
## Agreement

Numbers of hits beside nuncio's, and how many of the ten best passages are the same. Tokens differ in apostrophes, hyphens, numbers
and accents; lengths are exact in nuncio, one byte of a few bits' precision in Lucene and Tantivy.

{agreement_tables(figures)}"""


def comma_separated(figures):
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["command", "class", "engine", "queries", "min", "avg", "p50", "p90", "p99", "max"])
    for command, kinds in figures["latencies"].items():
        for kind, row in kinds.items():
            for name, of in row.items():
                rows.writerow([command, kind, name] + [of[key] for key in ("queries", "min", "avg", "p50", "p90", "p99", "max")])
    return out.getvalue()


def write(figures, folder):
    stem = f"search-{figures['archive']}"
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{stem}.md").write_text(markdown(figures), encoding="utf-8")
    (folder / f"{stem}.csv").write_text(comma_separated(figures), encoding="utf-8")
    (folder / f"{stem}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return folder / f"{stem}.md"
