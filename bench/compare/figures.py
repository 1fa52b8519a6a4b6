# SPDX-License-Identifier: Apache-2.0
"""Percentiles and ratios of one run, and the goals they are held against."""

import statistics

from compare.archive import CLASSES
from compare.rounds import COMMANDS, OWN_COMMANDS

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
    for command in COMMANDS + OWN_COMMANDS:
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


def asked_twice(archive, times):
    """COUNT and TOP_100 as two searches, where that is faster for a peer than one that does both."""
    for of in times.values():
        for n in range(len(archive.queries)):
            for size in ("10", "100"):
                both = (f"TOP_{size}_COUNT", n)
                if both in of.least:
                    two = of.least["COUNT", n] + of.least[f"TOP_{size}", n]
                    of.least[f"BEST_TOP_{size}_COUNT", n] = min(of.least[both], two)


def count_differences(archive, times):
    """How far the numbers of hits of each peer are from nuncio's: by class, share of queries that agree exactly, within
    1 %, within 10 %, and all hits together."""
    table = {}
    for name, of in times.items():
        if name == "nuncio":
            continue
        for kind in CLASSES:
            pairs = [(of.hits["COUNT", n], times["nuncio"].hits["COUNT", n]) for n, query in enumerate(archive.queries)
                     if query.kind == kind and ("COUNT", n) in of.hits]
            if pairs:
                off = [abs(theirs - ours) / max(theirs, ours, 1) for theirs, ours in pairs]
                table.setdefault(name, {})[kind] = {
                    "queries": len(pairs), "same": round(sum(o == 0 for o in off) / len(off), 3),
                    "within_1_percent": round(sum(o <= 0.01 for o in off) / len(off), 3),
                    "within_10_percent": round(sum(o <= 0.1 for o in off) / len(off), 3),
                    "hits_of_nuncio": sum(ours for _, ours in pairs), "hits": sum(theirs for theirs, _ in pairs)}
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
    for measure, label in (("seconds", "build, 1 core, until it can be searched"), ("merged_seconds", "build, 1 core, to one segment")):
        cells = []
        for peer, goal in zip(PEERS, BUILD_GOALS):
            base = "lucene" if peer == "lucene-bp" else peer
            cells.append((round(built[base]["builds"]["1"][measure] / ours["builds"]["1"][measure], 2) if base in built else None,
                          goal))
        rows.append((label, "faster", cells))
    return rows
