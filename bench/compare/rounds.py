# SPDX-License-Identifier: Apache-2.0
"""Builds the indexes, then takes turns between the contestants and keeps the least time of each query."""

import contextlib
import json
import sys
import time

from common import PROGRAM, Undisturbed, run
from compare.archive import CLASSES
from compare.engines import MEMORY, Server

COMMANDS = ("TOP_10", "TOP_100", "COUNT", "TOP_10_COUNT", "TOP_100_COUNT")
OWN_COMMANDS = ("FETCH_10", "ARTICLE_10")  # what only nuncio knows
STARTED = time.monotonic()


def say(text):
    print(f"[{time.monotonic() - STARTED:6.1f} s] {text}", file=sys.stderr, flush=True)


def serve_index(archive, nuncio):
    """The index that answers, texts too, in one segment; and the passages it cut. Without annotations, as the others:
    quotes change where passages are cut, and the peers' indexes are of the same passages from run to run."""
    index = archive.index(nuncio.name)
    say(f"nuncio indexes {archive.name}")
    nuncio.timed_build([PROGRAM, "index", "-i", index, "--memory", MEMORY, "--no-annotations", "--quiet",
                        archive.articles], None, index, None)
    run([str(PROGRAM), "optimize", "-i", str(index), "--memory", MEMORY, "--quiet"])
    archive.cut(index)


def build(archive, engine, rounds):
    """Threads → what building took. One thread comes last: its index is the one that stays."""
    built, index = {}, archive.index(engine.name)
    for threads in sorted(engine.threads, reverse=True):
        times = []
        for _ in range(1 if engine.kept else rounds):
            say(f"{engine.name} builds, {threads} thread{'s' * (threads > 1)}")
            times.append(engine.build(archive, index, threads))
        built[str(threads)] = min(times, key=lambda one: one["merged_seconds"])
    return built


def build_all(archive, engines, rounds, fresh=False, stale=False):
    """What each index took. A peer's index is kept while neither its adapter nor the passages change (with `stale`, while
    there is one); what is being worked on is built in each run, and the least of `rounds` counts."""
    figures, due = {}, []
    for engine in engines:
        note = archive.folder / f"{engine.name}.json"
        kept = json.loads(note.read_text()) if note.exists() and engine.kept and not fresh else {}
        same = (kept.get("adapter"), kept.get("passages")) == (engine.key(), archive.digest)
        figures[engine.name] = kept | {"from": "an earlier run" if same else "an earlier run, of passages cut otherwise"}
        if not same and not (stale and "passages" in kept):
            due.append(engine)

    def build_one(engine):
        built = build(archive, engine, rounds)
        figures[engine.name] = {"adapter": engine.key(), "passages": archive.digest, "builds": built, "from": "this run"}
        (archive.folder / f"{engine.name}.json").write_text(json.dumps(figures[engine.name]))

    for engine in due:
        if engine.builds_for_minutes:
            build_one(engine)
    with Undisturbed() as alone:
        for engine in due:
            if not engine.builds_for_minutes:
                build_one(engine)
                alone.pause()
    for engine in engines:
        index = archive.index(engine.name)
        parts = engine.parts(index)
        lean = engine.lean_parts(parts)
        figures[engine.name] |= {"stats": engine.stats(index), "parts": parts, "lean_parts": list(lean),
                                 "lean_bytes": sum(lean.values()), "notes": engine.notes(index)}
    return figures


def sampled(queries, share):
    """One query in `share` of each class, evenly."""
    return [number for kind in CLASSES
            for number in [n for n, query in enumerate(queries) if query.kind == kind][::share]]


class Times:
    """The least time of each command and query, in microseconds, and how many hits there were."""

    def __init__(self):
        self.least, self.hits, self.digests = {}, {}, {}

    def add(self, command, numbers, answers, counts):
        for number, answer in zip(numbers, answers):
            at = (command, number)
            if counts:
                self.least[at] = min(self.least.get(at, answer["us"]), answer["us"])
            self.hits[at] = answer["hits"]
            if "digest" in answer:
                self.digests[at] = answer["digest"]

    def of(self, command, numbers):
        return [self.least[command, number] for number in numbers if (command, number) in self.least]


def take_turns(contestants, queries, rounds, commands=COMMANDS):
    """A B C D, A B C D: one warm-up round (of the fast ones), then `rounds` that count. Contestants are (name, engine,
    index)."""
    servers = {name: Server(engine, index) for name, engine, index in contestants}
    times = {name: Times() for name in servers}
    def turn(number):
        for name, engine, _ in contestants:
            if number != 1 and (number - 1) % engine.rounds_share != 0:
                continue
            numbers = sampled(queries, engine.share)
            for command in commands + (OWN_COMMANDS if engine.name == "nuncio" else ()):
                answers = servers[name].ask([f"{command}\t{queries[n].text}" for n in numbers])
                times[name].add(command, numbers, answers, number > 0)

    say("warm-up")
    turn(0)
    with Undisturbed() as alone:
        for number in range(1, rounds + 1):
            say(f"round {number} of {rounds}")
            turn(number)
            alone.pause()
    for server in servers.values():
        server.close()
    return times


def verify(queries, nuncio, index, times):
    """Pruned answers beside exhaustive ones, bit for bit."""
    say("nuncio answers exhaustively")
    server, wrong, compared = Server(nuncio, index), [], 0
    for exhaustive, pruned in (("EXHAUSTIVE_10_COUNT", ("TOP_10", "TOP_10_COUNT", "COUNT")),
                               ("EXHAUSTIVE_100_COUNT", ("TOP_100", "TOP_100_COUNT"))):
        answers = server.ask([f"{exhaustive}\t{query.text}" for query in queries])
        for command in pruned:
            for number, answer in enumerate(answers):
                at = (command, number)
                compared += 1
                if (command != "COUNT" and answer["digest"] != times.digests[at]) or (
                        "COUNT" in command and answer["hits"] != times.hits[at]):
                    wrong.append(f"{command} {queries[number].text}")
    server.close()
    return {"compared": compared, "wrong": wrong}


def best_passages(archive, engine, passages):
    """Query number → its ten best passages, by name; `passages` is the digest of those that were indexed."""
    numbers, server = sampled(archive.queries, engine.share), Server(engine, archive.index(engine.name))
    answers = server.ask([f"HITS_10\t{archive.queries[number].text}" for number in numbers])
    server.close()
    names = archive.names(passages) if engine.kept else None  # nuncio says their names, the others their lines
    return {number: {names[at] if names else at for at in answer["ids"]} for number, answer in zip(numbers, answers)}
