#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints how much the tests of a run tried: disks, faults, damaged files, kills, inputs of fuzz targets.

usage: tools/test_counts.py LAST_TEST_LOG

The tests print and assert these counts themselves; here they are added up over the builds of the run.
"""

import collections
import pathlib
import re
import sys

COUNTS = (  # what a test prints, and the row it belongs to
    (r"^power loss: (\d+) points, (\d+) states", ("operations before which the power went", "disks found after that")),
    (r"^power loss in recovery: (\d+) states", ("disks found after a loss in recovery",)),
    (r"^failing operations: (\d+) runs", ("runs with a failing file operation",)),
    (r"^failing allocations: (\d+) runs", ("runs with a failing allocation",)),
    (r"^readers: (\d+) runs with a failing allocation, (\d+) with",
     ("readers with a failing allocation", "readers with a failing file operation")),
    (r"^damage: (\d+) mutants", ("indexes with a changed byte",)),
    (r"^truncation: (\d+) lengths", ("indexes with a file cut short",)),
    (r"^blank sectors: (\d+)", ("indexes with a blank sector",)),
    (r"^exchanged files: (\d+)", ("indexes with exchanged files",)),
    (r"^sealed: (\d+) mutants", ("indexes with a changed byte and checksums that match",)),
    (r"^hostile: (\d+) indexes", ("hostile indexes made with care",)),
    (r"^kills: \d+ runs, (\d+) killed", ("kill -9 of the program",)),
    (r"^(\d+) refreshes by", ("refreshes of readers beside a writer",)),
    (r"^bounded searches: (\d+)", ("searches given the least work they need",)),
    (r"^stopped searches: (\d+)", ("searches stopped from outside",)),
    (r"^(\d+) inputs replayed", ("inputs of fuzz targets replayed",)),
)


def main():
    log = pathlib.Path(sys.argv[1])
    if not log.is_file():
        return 0
    totals = collections.Counter()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        for pattern, rows in COUNTS:
            found = re.match(pattern, line)
            for row, count in zip(rows, found.groups() if found else ()):
                totals[row] += int(count)
    if totals:
        print("\nTried in all builds together:")
    for _, rows in COUNTS:
        for row in rows:
            if totals[row]:
                print(f"{totals[row]:>12,}  {row}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
