# SPDX-License-Identifier: Apache-2.0
"""The report of a run: Markdown, CSV, JSON and SVG, and the tables that documents quote."""

import csv
import io
import json

from common import fill_documents
from compare import plots
from compare.archive import CLASSES
from compare.figures import PEERS, TWICE, ratio
from compare.rounds import COMMANDS, OWN_COMMANDS

NAMES = {"nuncio": "nuncio", "lucene": "Lucene", "lucene-bp": "Lucene, reordered", "tantivy": "Tantivy", "xapian": "Xapian",
         "fts5": "SQLite FTS5"}
KEYS = ("min", "avg", "p50", "p90", "p99")
HEADINGS = {"TWICE_TOP_10_COUNT": "TOP_10 and COUNT, each engine in its faster way: one search or two",
            "TWICE_TOP_100_COUNT": "TOP_100 and COUNT, each engine in its faster way: one search or two"}
PARTS = ("docids, frequencies, bounds", "positions", "both together", "terms", "other")
PART_OF = {"postings": 0, "bounds": 0, "doc": 0, "idx": 0, "postlist": 0, "positions": 1, "pos": 1, "position": 1, "t_data": 2,
           "terms": 3, "tim": 3, "tip": 3, "term": 3}


def table(head, rows, left=1):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * left + "---:|" * (len(head) - left)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows]) + "\n"


def marked(text, met):
    return text if met else f"**{text}**"


def verdict(cell, kind):
    measured, goal = cell
    if measured is None:
        return "–"
    text = f"{measured}" if kind == "size" else f"{measured}×"
    if goal is None:
        return text
    met = measured <= goal if kind == "size" else measured >= goal
    return f"{marked(text, met)} ({'≤' if kind == 'size' else '≥'} {goal})"


def goals_table(figures):
    rows = [[HEADINGS.get(what, what)] + [verdict(cell, kind) for cell in cells] for what, kind, cells in figures["goals"]]
    own = [[what, marked(f"{measured} {unit}", measured <= goal), f"≤ {goal}"] for what, measured, goal, unit in figures["own_goals"]]
    return ("How many times faster nuncio is, or what part of the peer's bytes it takes; the goal in brackets, **bold** where it is "
            "missed.\n\n" + table(["", *(NAMES[peer] for peer in PEERS)], rows) + "\n" + table(["", "measured", "goal"], own))


def latency_rows(figures, command, keys):
    for kind in CLASSES:
        for name, of in figures["latencies"][command][kind].items():
            against = ["", ""] if name == "nuncio" else [f"{ratio(of, 'p50')}×", f"{ratio(of, 'p99')}×"]
            yield [kind, NAMES[name], of["queries"], *(of[key] for key in keys), *against]


def latency_tables(figures):
    head = ["class", "engine", "queries", *KEYS, "÷ nuncio p50", "÷ nuncio p99"]
    out = [f"### {HEADINGS.get(command, command)}\n\n" + table(head, latency_rows(figures, command, KEYS), 2)
           for command in COMMANDS + TWICE]
    rows = [[command, kind, of["queries"], *(of[key] for key in KEYS)]
            for command in OWN_COMMANDS for kind in CLASSES for of in figures["latencies"][command][kind].values()]
    out.append("### nuncio alone\n\nFETCH_10: ten hits with their texts and marks. ARTICLE_10: AND over the "
               "article, the default scope.\n\n" + table(["command", "class", "queries", *KEYS], rows, 2))
    return "\n".join(out)


def size_table(figures):
    raw = figures["text_bytes"]
    rows = [[NAMES[name], of["stats"]["version"], f"{of['lean_bytes'] / 1e6:.1f}", f"{of['lean_bytes'] / raw:.3f}",
             f"{8 * of['lean_bytes'] / of['stats']['postings']:.2f}",
             f"{of['stats']['postings']:,}", f"{of['stats']['tokens']:,}", f"{of['stats']['terms']:,}",
             ", ".join(f"{part} {size / 1e6:.1f}" for part, size in of["parts"].items() if size > 50000)]
            for name, of in figures["built"].items()]
    return table(["engine", "version", "MB", "of raw text", "bits a posting", "postings", "tokens", "terms", "parts, MB"], rows, 2)


def build_table(figures):
    rows = [[NAMES[name] + (" (on top of Lucene)" if "on_top_of" in build else ""), threads, build["seconds"],
             build["merged_seconds"], build["processor_seconds"], f"{figures['text_bytes'] / 1e6 / build['seconds']:.1f}",
             build["peak_private_bytes"] >> 20, of["from"]]
            for name, of in figures["built"].items() for threads, build in sorted(of["builds"].items())]
    return table(["engine", "cores", "s", "s to one segment", "s of processor", "MB/s", "peak MiB", "measured in"], rows)


def agreement_tables(figures):
    rows = [[NAMES[name], kind, of["queries"], of["same"], of["within_1_percent"], of["within_10_percent"],
             f"{of['hits']:,}", f"{of['hits_of_nuncio']:,}", of["top_10_in_common"]]
            for name, with_nuncio in figures["agreement"].items() for kind, of in with_nuncio["classes"].items()]
    worst = [[NAMES[name], f"`{query}`", f"{theirs:,}", f"{ours:,}"]
             for name, with_nuncio in figures["agreement"].items() if name != "lucene-bp" for query, theirs, ours in with_nuncio["worst"]]
    agreement = table(["engine", "class", "queries", "same count", "within 1 %", "within 10 %", "hits", "hits of nuncio",
                       "top 10 in common"], rows, 2)
    if not worst:
        return agreement
    return agreement + "\nWhere the counts differ most:\n\n" + table(["engine", "query", "hits", "hits of nuncio"], worst, 2)


def card(figures):
    sampling = f" {figures['sampling']}" if figures["sampling"] else ""
    missing = "".join(f" Left out: {name}, because {why}." for name, why in figures["missing"].items())
    notes = "".join(f" {NAMES[name]}: {of['notes']}." for name, of in figures["built"].items() if of["notes"])
    versions = ", ".join(f"{NAMES[name]} {of['stats']['version']}" for name, of in figures["built"].items() if name != "lucene-bp")
    exact = figures["exhaustive"]
    return (f"{figures['machine']}; {figures['date']}. Archive {figures['archive']}: {figures['passages']:,} passages, "
            f"{figures['text_bytes'] / 1e6:.1f} MB of text, {figures['queries']:,} queries.{sampling}{missing}{notes} "
            f"{versions}.\n\nMicroseconds of the search alone, warm, one thread, the least of {figures['rounds']} rounds in turn. "
            f"{exact['compared']:,} answers of nuncio were compared with its exhaustive ones, scores bit for bit: "
            f"{len(exact['wrong'])} differ.\n")


def markdown(figures):
    stem = f"search-{figures['archive']}"
    return f"""# Side by side: {figures['archive']}

{card(figures)}
## Goals

{goals_table(figures)}
## Size

Without stored texts, annotations and the bench's row numbers.

![bytes by part]({stem}-size.svg)

{size_table(figures)}
## Build

The same passages from a file; nuncio reads and cuts the articles itself and writes no text and no annotation. "s" is until the
passages can be searched, on so many cores.

![build]({stem}-build.svg)

{build_table(figures)}
## Latency

Dots are medians, bars end at the 99th percentile.

![latency]({stem}-latency.svg)

{latency_tables(figures)}
## Agreement

Numbers of hits beside nuncio's, and how many of the ten best passages are the same. Tokens differ in
apostrophes, hyphens, initials and accents, stems in the version of the English stemmer; lengths are exact in nuncio, Xapian and FTS5,
rounded to three significant bits in Lucene and Tantivy; Xapian ranks a phrase by its words.

{agreement_tables(figures)}"""


def comma_separated(figures):
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["command", "class", "engine", "queries", *KEYS, "max"])
    for command, kinds in figures["latencies"].items():
        for kind, row in kinds.items():
            for name, of in row.items():
                rows.writerow([command, kind, name, of["queries"]] + [of[key] for key in (*KEYS, "max")])
    return out.getvalue()


def drawings(figures):
    groups = [(f"{command} {kind}", [(NAMES[name], plots.COLOURS[name], of["p50"], of["p99"])
                                     for name, of in figures["latencies"][command][kind].items()])
              for command in ("TOP_10", "COUNT", "TOP_100_COUNT") for kind in CLASSES]
    sizes = []
    for name, of in figures["built"].items():
        shares = [0.0] * len(PARTS)
        for part, size in of["parts"].items():
            if part in of["lean_parts"]:
                shares[PART_OF.get(part, len(PARTS) - 1)] += size / 1e6
        sizes.append((NAMES[name], shares))
    builds = [(f"{NAMES[name]}, {threads} core{'s' * (threads != '1')}", [figures["text_bytes"] / 1e6 / build["seconds"]])
              for name, of in figures["built"].items() for threads, build in sorted(of["builds"].items()) if "on_top_of" not in build]
    return {"latency": plots.ranges("Latency of searches", [group for group in groups if group[1]]),
            "size": plots.stacks("Index with positions, without texts", "MB", PARTS, sizes),
            "build": plots.stacks("Building", "MB/s", ("text a second",), builds)}


def write(figures, folder):
    stem = f"search-{figures['archive']}"
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{stem}.md").write_text(markdown(figures), encoding="utf-8")
    (folder / f"{stem}.csv").write_text(comma_separated(figures), encoding="utf-8")
    (folder / f"{stem}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for name, drawing in drawings(figures).items():
        (folder / f"{stem}-{name}.svg").write_text(drawing, encoding="utf-8")
    return folder / f"{stem}.md"


def short_table(figures):
    """Medians and 99th percentiles of the ten best, for the front page."""
    shown = [name for name in NAMES if name in figures["built"] and name != "lucene"]
    rows = []
    for command, kind in (("TOP_10", "union"), ("TOP_10", "intersection"), ("TOP_10", "phrase"), ("COUNT", "union")):
        of = figures["latencies"][command][kind]
        rows.append([f"{'ten best' if command == 'TOP_10' else 'count'}, {kind}, µs"]
                    + [f"{of[name]['p50']:,.0f} / {of[name]['p99']:,.0f}" if name in of else "–" for name in shown])
    rows.append(["index with positions, MB"] + [f"{figures['built'][name]['lean_bytes'] / 1e6:,.0f}" for name in shown])
    built = [figures["built"]["lucene" if name == "lucene-bp" else name]["builds"]["1"]["seconds"] for name in shown]
    rows.append(["building on one core, s"] + [f"{seconds:,.0f}" for seconds in built])
    return table(["median / 99th percentile", *(NAMES[name] for name in shown)], rows)


def behind(figures):
    """Where a peer is faster or smaller, by peer."""
    lines = []
    for name in figures["built"]:
        lost = []
        for command in COMMANDS:
            for kind in CLASSES:
                of = figures["latencies"][command][kind].get(name)
                ratios = {key: ratio(of, key) for key in ("p50", "p99")} if of and name != "nuncio" else {}
                slower = " and ".join(f"{key} ({value}×)" for key, value in ratios.items() if value is not None and value < 1)
                lost += [f"{command} {kind} {slower}"] if slower else []
        ours, theirs = figures["built"]["nuncio"], figures["built"][name]
        if theirs["lean_bytes"] < ours["lean_bytes"]:
            lost.append(f"bytes ({theirs['lean_bytes'] / ours['lean_bytes']:.2f} of nuncio's)")
        for threads, build in theirs["builds"].items():
            if "on_top_of" not in build and build["seconds"] < ours["builds"][threads]["seconds"]:
                lost.append(f"build on {threads} core{'s' * (threads != '1')}")
        lines += [f"- {NAMES[name]} is ahead in {len(lost)}: {'; '.join(lost)}."] if lost else []
    return "\n".join(lines or ["No peer is ahead in any of them."]) + "\n"


def quote(figures):
    """Puts the tables of this run between the marks of the documents that quote them."""
    head = ["class", "engine", "queries", "p50", "p99", "÷ nuncio p50", "÷ nuncio p99"]
    latency = "\n".join(f"**{HEADINGS.get(command, command)}**\n\n" + table(head, latency_rows(figures, command, ("p50", "p99")), 2)
                        for command in ("TOP_10", "TOP_100", "COUNT", "TWICE_TOP_100_COUNT"))
    regions = {"card": card(figures), "goals": goals_table(figures), "latency": latency, "size": size_table(figures),
               "build": build_table(figures), "short": short_table(figures), "behind": behind(figures)}
    fill_documents(regions)
