#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures building and size: bytes by region, bits a posting, throughput beside zstd -3, peak memory.

usage: bench/build.py [--program P] [--data DIR] [--memory 256M] [--rounds 3] [--write]

Input: frus and ungdc of the data folder, or, where that is absent, a generated archive of 64 MB.
Sizes are exact and checked in; times are medians of rounds that alternate between the contestants and
are meant as ratios: of processor seconds, where one thread is compared with another. Peak memory is the highest RssAnon
seen in /proc, which leaves mapped files out. What it costs to open the index, and to search it with filters that
leave less and less, is measured with bench_opening and bench_filters.
"""

import argparse
import hashlib
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from common import DATA, HERE, PROGRAM, ROOT, Undisturbed, articles_of, corpora, generated_archive, machine_card, run, stats, timed


def fingerprint(index):
    """A hash of every file of the index by name, the lock left out."""
    digest = hashlib.sha256()
    for path in sorted(pathlib.Path(index).iterdir()):
        if path.name != "lock":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def sizes(figures):
    raw, regions = figures["raw_text_bytes"], figures["bytes"]
    lean = regions["total"] - regions["text"] - regions["annotations"]
    return {"raw_text_bytes": raw, **{f"bytes_{name}": size for name, size in regions.items()},
            "without_text_and_annotations_of_raw": round(lean / raw, 4),
            "bits_per_posting": round(8 * regions["postings"] / figures["postings"], 3),
            "bits_per_posting_bounds": round(8 * regions["bounds"] / figures["postings"], 3),
            "bits_per_token_positions": round(8 * regions["positions"] / figures["tokens"], 3),
            "stored_text_of_raw": round(regions["text"] / raw, 4)}


def reading(index):
    """Opening, and a frequent word filtered ever narrower: passages left and microseconds."""
    subprocess.run(["cmake", "--build", ROOT / "build/release", "--target", "bench_opening", "bench_filters"],
                   stdout=subprocess.DEVNULL, check=True)
    def output(name, *arguments):
        return subprocess.run([ROOT / "build/release/bin" / name, index, *arguments], capture_output=True, text=True,
                              check=True).stdout
    rows = [line.rsplit(maxsplit=4) for line in output("bench_filters", "government").splitlines()]
    return {"opening": json.loads(output("bench_opening")),
            "filters": {row[0] if len(row) == 5 else "none": {"passages": int(row[-4]), "microseconds": float(row[-2])}
                        for row in rows}}


def measure(program, inputs, raw_file, work, memory, rounds, undisturbed):
    index = work / "index"
    contestants = {
        "zstd -3": ["zstd", "-3", "-f", "-q", "-T1", raw_file, "-o", work / "raw.zst"],
        "text, 1 thread": [program, "index", "--threads", "1", "--no-annotations"],
        "text, 2 threads": [program, "index", "--threads", "2", "--no-annotations"],
        "no text, 1 thread": [program, "index", "--threads", "1", "--no-annotations", "--no-text"],
        "all, 1 thread": [program, "index", "--threads", "1"],
        "all, 2 threads": [program, "index", "--threads", "2"]}
    seconds, processor, peaks, prints = {}, {}, {}, {}
    for _ in range(rounds):
        for name, command in contestants.items():
            undisturbed.pause()
            if command[0] == program:
                shutil.rmtree(index, ignore_errors=True)
                command = command + ["-i", index, "--memory", memory, "--quiet", *inputs]
            took, busy, peak = timed(command)
            seconds.setdefault(name, []).append(took)
            processor.setdefault(name, []).append(busy)
            peaks[name] = max(peaks.get(name, 0), peak)
            if command[0] == program:
                prints.setdefault(name, set()).add(fingerprint(index))
    before = sizes(stats(program, index))
    optimize_seconds, optimize_peak = run([program, "optimize", "-i", index, "--memory", memory])
    after = sizes(stats(program, index))
    read = reading(index)
    same = prints["all, 1 thread"] == prints["all, 2 threads"] and len(prints["all, 1 thread"]) == 1
    return {"exact": {"as_indexed": before, "optimized": after, "same_bytes_for_1_and_2_threads": same},
            "seconds": {name: round(statistics.median(values), 2) for name, values in seconds.items()},
            "processor_seconds": {name: round(statistics.median(values), 2) for name, values in processor.items()},
            "optimize_seconds": round(optimize_seconds, 2), **read,
            "peak_private_bytes": {**peaks, "optimize": optimize_peak}}


def report(figures, raw, card):
    print(f"machine: {card}")
    for when in ("as_indexed", "optimized"):
        print(f"\n{when}:")
        for name, value in figures["exact"][when].items():
            print(f"  {name:<40} {value}")
    print(f"\nsame bytes for 1 and 2 threads: {figures['exact']['same_bytes_for_1_and_2_threads']}")
    base = figures["processor_seconds"]["zstd -3"]
    for name, seconds in figures["seconds"].items():
        peak, busy = figures["peak_private_bytes"].get(name, 0) >> 20, figures["processor_seconds"][name]
        print(f"  {name:<20} {seconds:8.2f} s  {raw / seconds / 1e6:7.1f} MB/s  of processor {busy:6.2f} s, "
              f"{base / busy:5.2f} of zstd -3   peak {peak} MiB")
    print(f"  optimize             {figures['optimize_seconds']:8.2f} s   "
          f"peak {figures['peak_private_bytes']['optimize'] >> 20} MiB")
    print(f"  opening              {figures['opening']['milliseconds']:8.3f} ms  private {figures['opening']['private_bytes']} bytes")
    for name, row in figures["filters"].items():
        print(f"  {name:<50} {row['passages']:>9} passages {row['microseconds']:9.1f} us")


def raw_text(inputs, to):
    """The texts alone, which zstd -3 gets to compress."""
    with open(to, "w", encoding="utf-8") as out:
        for article in articles_of(inputs):
            out.write(article["text"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(PROGRAM))
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--memory", default="256M")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=HERE.parent / "build") as folder:
        work = pathlib.Path(folder)
        inputs = corpora(arguments.data)
        name = "frus+ungdc" if inputs else "generated"
        inputs = inputs or [generated_archive(work / "generated.jsonl")]
        raw_text(inputs, work / "raw.txt")
        raw = (work / "raw.txt").stat().st_size
        with Undisturbed() as undisturbed:
            figures = measure(arguments.program, inputs, work / "raw.txt", work, arguments.memory, arguments.rounds,
                              undisturbed)
    figures["machine"], figures["archive"] = machine_card(), name
    report(figures, raw, figures["machine"])
    if arguments.write:
        (HERE / "results" / f"build-{name.replace('+', '-')}.json").write_text(
            json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if figures["exact"]["same_bytes_for_1_and_2_threads"] else 1


if __name__ == "__main__":
    sys.exit(main())
