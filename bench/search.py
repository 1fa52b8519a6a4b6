#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""nuncio beside Lucene, Tantivy, Xapian and SQLite FTS5: the same passages, the same queries, one run.

usage: bench/search.py [--quick] [--fresh] [--only NAME,NAME] [--rounds 5] [--data DIR] [--write]

Input: frus and ungdc of the data folder with its queries, or, where they are absent, a generated archive of 64 MB and
queries drawn from it. Indexes are kept in build/bench/; a peer's is built again when its adapter or the passages
change, or with --fresh. Contestants take turns, round by round, and the least time of each query counts. Slow peers
get a fixed sample of the queries; beside them stand nuncio's times over the same sample.
"""

import argparse
import datetime
import pathlib
import sys

from common import DATA, HERE, fill_documents, machine_card
from compare import archive as archives
from compare.engines import BUILT, PEERS, Nuncio
from compare.figures import add_twice, agreement, goals, latencies, own_goals
from compare.growth import grow
from compare.report import goals_table, quote, write
from compare.rounds import build_all, say, serve_index, take_turns, verify


def contestants(only):
    """Engines that can take part, and why the others cannot."""
    able, missing = [Nuncio()], {}
    for make in PEERS:
        engine = make()
        if only and engine.name.split("-")[0] not in only:
            missing[engine.name] = "not asked to take part in this run"
            continue
        why = engine.missing()
        if why:
            missing[engine.name] = why
            say(f"left out: {engine.name}: {why}")
        else:
            able.append(engine)
    BUILT.mkdir(parents=True, exist_ok=True)
    for engine in able:
        say(f"compiling {engine.name}")
        engine.compile()
    return able, missing


def compare(archive, engines, rounds, build_rounds, fresh, stale):
    serve_index(archive, engines[0])
    built = build_all(archive, engines, build_rounds, fresh, stale)
    contestants = [(engine.name, engine, archive.index(engine.name)) for engine in engines]
    times = take_turns(contestants, archive.queries, rounds)
    exhaustive = verify(archive.queries, engines[0], archive.index("nuncio"), times["nuncio"])
    add_twice(times)
    table = latencies(archive, times)
    sampling = "; ".join(f"{engine.name} was asked one query in {engine.share}, in one round of {engine.rounds_share}"
                         for engine in engines if engine.share > 1)
    return {"archive": archive.name, "passages": built["nuncio"]["stats"]["passages"], "text_bytes": archive.text_bytes(),
            "queries": len(archive.queries), "rounds": rounds, "machine": machine_card(),
            "date": datetime.date.today().isoformat(), "sampling": sampling + "." if sampling else "",
            "built": built, "latencies": table, "exhaustive": exhaustive, "agreement": agreement(archive, engines, times, built),
            "goals": goals(table, built), "own_goals": own_goals(archive, table, times["nuncio"], built)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--only", help="these peers alone, parted by commas; nuncio always takes part")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="two rounds, one query in four; peers keep an index of "
                        "passages that were cut a little otherwise")
    parser.add_argument("--fresh", action="store_true", help="build the peers' indexes again")
    parser.add_argument("--scales", default="1,4,16", help="how often the generated archive of the growth part is taken; "
                        "empty: leave it out")
    parser.add_argument("--grow-peers", action="store_true", help="the growth of the peers too")
    parser.add_argument("--write", action="store_true", help="keep the report in bench/results/ and quote it in documents; not of a quick run")
    arguments = parser.parse_args()
    engines, missing = contestants(arguments.only.split(",") if arguments.only else None)
    archive = archives.diplomatic(arguments.data) or archives.generated()
    rounds = arguments.rounds
    if arguments.quick:
        rounds, archive.queries = 2, archive.queries[::4]
    figures = compare(archive, engines, rounds, 1 if arguments.quick else 3, arguments.fresh, arguments.quick) | {"missing": missing}
    kept = arguments.write and not arguments.quick
    folder = HERE / "results" if kept else archive.folder
    path = write(figures, folder)
    if kept and not archive.same_tokens:
        quote(figures)
    print(goals_table(figures))
    if arguments.scales and not arguments.quick:
        growth = grow(engines if arguments.grow_peers else engines[:1], arguments.scales, arguments.rounds, folder)
        print(growth)
        if kept:
            fill_documents({"growth": growth})
    say(f"report: {path}")
    wrong = [f"{query} (not as exhaustively)" for query in figures["exhaustive"]["wrong"]]
    if archive.same_tokens:
        wrong += [f"{query} ({name} finds {theirs}, nuncio {ours})"
                  for name, of in figures["agreement"].items() for query, theirs, ours in of["worst"]]
    if wrong:
        print("wrong answers:", *wrong[:30], sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
