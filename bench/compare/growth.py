# SPDX-License-Identifier: Apache-2.0
"""How build, size, memory and latency grow with the archive."""

import json

from common import machine_card
from compare import plots
from compare.archive import CLASSES, generated
from compare.figures import summary
from compare.report import NAMES, table
from compare.rounds import build_all, serve_index, take_turns

BASE_MEGABYTES = 24
COMMANDS = ("TOP_10", "COUNT")


def measure(engines, scales, rounds):
    archives = {scale: generated(BASE_MEGABYTES, scale) for scale in scales}
    queries = archives[scales[0]].queries
    built, contestants = {}, []
    for scale, archive in archives.items():
        serve_index(archive, engines[0])
        built[scale] = build_all(archive, engines, 1)
        contestants += [(f"{engine.name} {scale}", engine, archive.index(engine.name)) for engine in engines]
    times = take_turns(contestants, queries, rounds, COMMANDS)
    rows = []
    for engine in engines:
        for scale, archive in archives.items():
            of, took = times[f"{engine.name} {scale}"], built[scale][engine.name]
            build = took["builds"]["1"]
            rows.append({"engine": engine.name, "scale": scale, "text_bytes": archive.text_bytes(),
                         "passages": took["stats"]["passages"], "seconds_per_mb": round(build["seconds"] / archive.text_bytes() * 1e6, 4),
                         "peak_private_bytes": build["peak_private_bytes"],
                         "bytes_of_raw": round(took["lean_bytes"] / archive.text_bytes(), 4),
                         "latencies": {command: {kind: summary(of.of(command, [n for n, query in enumerate(queries) if query.kind == kind]))
                                                 for kind in CLASSES} for command in COMMANDS}})
    return rows


def tables(rows):
    scale = [[NAMES[row["engine"]], f"{row['scale']}×", f"{row['passages']:,}", f"{row['text_bytes'] / 1e6:.0f}", row["seconds_per_mb"],
              row["peak_private_bytes"] >> 20, row["bytes_of_raw"]] for row in rows]
    head = ["engine", "scale", *(f"{command} {kind}" for command in COMMANDS for kind in CLASSES)]
    cells = [[NAMES[row["engine"]], f"{row['scale']}×",
              *(f"{of['p50']} / {of['p99']}" for command in COMMANDS for of in row["latencies"][command].values())] for row in rows]
    return (table(["engine", "scale", "passages", "text, MB", "build, s a MB", "peak MiB", "index ÷ text"], scale)
            + "\nMicroseconds, median / 99th percentile:\n\n" + table(head, cells))


def grow(engines, scales, rounds, folder):
    """Writes growth.md, .json and .svg; returns the table."""
    rows = measure(engines, [int(scale) for scale in scales.split(",")], rounds)
    body = tables(rows)
    (folder / "growth.json").write_text(json.dumps({"machine": machine_card(), "rows": rows}, indent=1) + "\n", encoding="utf-8")
    (folder / "growth.md").write_text("# Growth\n\nA generated archive and copies of it in another order of words; build on one core, "
                                      f"without text and annotations.\n{machine_card()}.\n\n![growth](growth.svg)\n\n{body}", encoding="utf-8")
    series = [(f"{NAMES[name]}, {kind}" if len(engines) > 1 else kind, colour,
               [(row["text_bytes"] / 1e6, row["latencies"]["TOP_10"][kind]["p50"]) for row in rows if row["engine"] == name])
              for name in {row["engine"]: 0 for row in rows}
              for kind, colour in zip(CLASSES, ("#7a5195", "#e69f00", "#c8102e", "#1f77b4"))]
    (folder / "growth.svg").write_text(plots.lines("Median of the ten best as the archive grows", "MB of text", series), encoding="utf-8")
    return body
