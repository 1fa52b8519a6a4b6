#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The kernels of building and searching beside their limits: micro/kernels.c on the archive of search.py.

usage: bench/kernels.py [--data DIR] [--write]
"""

import argparse
import json
import pathlib
import subprocess
import sys

from common import DATA, HERE, ROOT, fill_documents, machine_card, undisturbed
from compare import archive as archives
from compare.engines import Nuncio
from compare.report import table
from compare.rounds import serve_index


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/results/, quote them in documents")
    arguments = parser.parse_args()
    archive = archives.diplomatic(arguments.data) or archives.generated()
    serve_index(archive, Nuncio())
    with undisturbed():
        done = subprocess.run([ROOT / "build/release/bin/bench_kernels", archive.index("nuncio")], stdout=subprocess.PIPE,
                              check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
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
