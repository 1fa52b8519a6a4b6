# SPDX-License-Identifier: Apache-2.0
"""Percentiles and ratios of one run, and the goals they are held against."""

import statistics

from compare.archive import CLASSES
from compare.rounds import COMMANDS, OWN_COMMANDS, best_passages

# What an engine may do when asked for both: two searches, where they are faster than one.
TWICE = ("TWICE_TOP_10_COUNT", "TWICE_TOP_100_COUNT")

# Measure, class, percentile → how many times faster than each peer. None: no goal.
PEERS = ("lucene-bp", "tantivy", "xapian", "fts5")
SPEED_GOALS = (
    ("TOP_10", "union", "p50", (1.5, 2.5, 20, 100)),
    ("TOP_10", "union", "p99", (2, 5, 20, 100)),
    ("TOP_10", "intersection", "p50", (1.3, 2, 6, 30)),
    ("TOP_10", "intersection", "p99", (1.5, 4, 6, 30)),
    ("TOP_10", "phrase", "p50", (1.5, 1.8, 5, 10)),
    ("TOP_10", "phrase", "p99", (2, 4, 5, 10)),
    ("COUNT", "union", "avg", (1.3, 3, None, None)),
    ("TOP_100_COUNT", "union", "avg", (3, 3, None, None)),
    ("TWICE_TOP_100_COUNT", "union", "avg", (None, None, None, None)),
)
SIZE_GOALS = (0.85, 0.85, 0.15, 0.64)
BUILD_GOALS = (4, 4, 40, 3)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def summary(values):
    if not values:
        return None
    return {"queries": len(values), "min": round(min(values), 2), "avg": round(statistics.fmean(values), 2),
            "p50": round(percentile(values, 0.5), 2), "p90": round(percentile(values, 0.9), 2),
            "p99": round(percentile(values, 0.99), 2), "max": round(max(values), 2)}


def latencies(archive, times):
    """Command → class → engine → percentiles over the queries that engine was asked; beside each peer, nuncio's over
    the same queries, so that a sample is compared with the same sample."""
    table = {}
    for command in COMMANDS + TWICE + OWN_COMMANDS:
        for kind in CLASSES:
            numbers = [n for n, query in enumerate(archive.queries) if query.kind == kind]
            row = {}
            for name, of in times.items():
                asked = [n for n in numbers if (command, n) in of.least]
                if asked:
                    row[name] = summary(of.of(command, asked))
                    if name != "nuncio":
                        row[name]["nuncio"] = summary(times["nuncio"].of(command, asked))
            table.setdefault(command, {})[kind] = row
    return table


def ratio(of_peer, key):
    return round(of_peer[key] / of_peer["nuncio"][key], 2) if of_peer and of_peer["nuncio"][key] else None


def add_twice(times):
    """COUNT and TOP_k as two searches, where that is faster than one search for both."""
    for of in times.values():
        for command, number in list(of.least):
            if command in ("TOP_10_COUNT", "TOP_100_COUNT"):
                two = of.least["COUNT", number] + of.least[command.removesuffix("_COUNT"), number]
                of.least[f"TWICE_{command}", number] = min(of.least[command, number], two)


def agreement(archive, engines, times, built):
    """How far each peer finds what nuncio finds: numbers of hits, the ten best passages, and the counts that differ most."""
    queries, table = archive.queries, {}
    ours = best_passages(archive, engines[0], archive.digest)
    for engine in engines[1:]:
        theirs = best_passages(archive, engine, built[engine.name]["passages"])
        counts = {n: (times[engine.name].hits["COUNT", n], times["nuncio"].hits["COUNT", n]) for n in theirs}
        off = {n: abs(a - b) / max(a, b, 1) for n, (a, b) in counts.items()}
        kinds = {}
        for kind in CLASSES:
            numbers = [n for n in theirs if queries[n].kind == kind]
            found = [n for n in numbers if theirs[n] or ours[n]]
            if numbers:
                kinds[kind] = {
                    "queries": len(numbers), "same": round(sum(off[n] == 0 for n in numbers) / len(numbers), 3),
                    "within_1_percent": round(sum(off[n] <= 0.01 for n in numbers) / len(numbers), 3),
                    "within_10_percent": round(sum(off[n] <= 0.1 for n in numbers) / len(numbers), 3),
                    "hits": sum(counts[n][0] for n in numbers), "hits_of_nuncio": sum(counts[n][1] for n in numbers),
                    "top_10_in_common": round(statistics.fmean(
                        len(theirs[n] & ours[n]) / max(len(theirs[n]), len(ours[n])) for n in found), 3) if found else None}
        worst = sorted((n for n in theirs if off[n] > 0 and max(counts[n]) >= 20), key=lambda n: -off[n])[:8]
        table[engine.name] = {"classes": kinds, "worst": [[queries[n].text, *counts[n]] for n in worst]}
    return table


def goals(table, built):
    """Rows of (what, [(ratio, goal) for each peer]); a ratio is None where the peer did not take part."""
    rows = []
    for command, kind, key, wanted in SPEED_GOALS:
        cells = [(ratio(table[command][kind].get(peer), key), goal) for peer, goal in zip(PEERS, wanted)]
        rows.append((f"{command} {kind} {key}", "faster", cells))
    ours = built["nuncio"]
    rows.append(("index with positions, without text", "size", [
        (round(ours["lean_bytes"] / built[peer]["lean_bytes"], 3) if peer in built else None, goal)
        for peer, goal in zip(PEERS, SIZE_GOALS)]))
    for label, missing in (("the same without surface forms", ("surface forms",)),
                           ("the same without surface forms and columns of articles", ("surface forms", "columns"))):
        size = ours["lean_bytes"] - sum(ours["parts"][part] for part in missing)
        rows.append((label, "size", [(round(size / built[peer]["lean_bytes"], 3) if peer in built else None, None)
                                     for peer in PEERS]))
    for measure, label in (("seconds", "build, 1 core, until it can be searched"), ("merged_seconds", "build, 1 core, to one segment")):
        cells = []
        for peer, goal in zip(PEERS, BUILD_GOALS):
            base = "lucene" if peer == "lucene-bp" else peer
            cells.append((round(built[base]["builds"]["1"][measure] / ours["builds"]["1"][measure], 2) if base in built else None,
                          goal))
        rows.append((label, "faster", cells))
    return rows


def own_goals(archive, table, times, built):
    """Rows of (what, measured, goal, unit) that need no peer."""
    numbers = [n for n, query in enumerate(archive.queries)
               if times.hits["FETCH_10", n] == 10]
    fetch = sorted(times.least["FETCH_10", n] - times.least["TOP_10", n] for n in numbers)
    parts, stats = built["nuncio"]["parts"], built["nuncio"]["stats"]
    both = [table[command]["intersection"]["nuncio"] for command in ("ARTICLE_10", "TOP_10")]
    return [("docid and frequency", round(8 * parts["postings"] / stats["postings"], 2), 8.0, "bits a posting"),
            ("positions with forms", round(8 * (parts["positions"] + parts["surface forms"]) / stats["tokens"], 2), 8.1, "bits a token"),
            ("fetch and highlight of 10 hits, median", round(percentile(fetch, 0.5), 1), 30, "µs"),
            ("AND over the article, p50", round(both[0]["p50"] / both[1]["p50"], 2), 1.5, "× AND in a passage"),
            ("AND over the article, p99", round(both[0]["p99"] / both[1]["p99"], 2), 1.5, "× AND in a passage")]
