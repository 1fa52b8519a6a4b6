#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The kernels of building and searching beside their limits: micro/kernels.c on the archive of search.py.

usage: bench/kernels.py [--data DIR] [--write]
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys

from common import DATA, HERE, PROGRAM, ROOT, Undisturbed, fill_documents, machine_card, run
from compare import archive as archives
from compare.engines import MEMORY, Nuncio
from compare.report import table
from compare.rounds import serve_index


def kernels_of(index):
    with Undisturbed():
        done = subprocess.run([ROOT / "build/release/bin/bench_kernels", index], stdout=subprocess.PIPE, check=True)
    return {row["kernel"]: row for row in map(json.loads, done.stdout.splitlines())}


def measure(archive):
    """All kernels; what showing a hit costs, with and without its quotes and names."""
    annotated = archive.index("nuncio-annotated")
    serve_index(archive, Nuncio())
    shutil.rmtree(annotated, ignore_errors=True)
    run([str(PROGRAM), "index", "-i", str(annotated), "--memory", MEMORY, "--quiet", str(archive.articles)])
    run([str(PROGRAM), "optimize", "-i", str(annotated), "--memory", MEMORY, "--quiet"])
    rows = kernels_of(archive.index("nuncio"))
    shown = rows.pop("show") | {"kernel": "fetch and highlight"}
    return [*rows.values(), shown, kernels_of(annotated)["show"] | {"kernel": "fetch, highlight, quotes and names"}]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/results/, quote them in documents")
    arguments = parser.parse_args()
    archive = archives.diplomatic(arguments.data) or archives.generated()
    rows = measure(archive)
    body = table(["kernel", "a", "ns", "limit, ns", "× the limit", "the limit is"],
                 [[row["kernel"], row["unit"], f"{row['ns']:,.2f}", f"{row['limit_ns']:,.2f}", f"{row['ns'] / row['limit_ns']:.1f}",
                   row["limit"]] for row in rows], 2)
    print(f"{machine_card()}, archive {archive.name}\n\n{body}")
    if arguments.write:
        (HERE / "results/kernels.json").write_text(
            json.dumps({"archive": archive.name, "machine": machine_card(), "kernels": rows}, indent=1) + "\n", encoding="utf-8")
        fill_documents({"kernels": body})
    return 0


if __name__ == "__main__":
    sys.exit(main())
