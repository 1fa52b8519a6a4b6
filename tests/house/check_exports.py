#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the shared library exports exactly the functions that the public headers declare.

usage: check_exports.py LIBRARY HEADER_FOLDER
"""

import pathlib
import re
import subprocess
import sys


def main():
    library, headers = sys.argv[1], pathlib.Path(sys.argv[2])
    listing = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True,
                             check=True).stdout
    exported = {line.split()[2].split("@")[0] for line in listing.splitlines()}
    declared = set()
    for path in headers.glob("*.h"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
        declared |= set(re.findall(r"NUNCIO_API[^;]*?\b(nuncio_\w+)\s*\(", text))
    findings = [f"{name}: exported, but no public header declares it" for name in sorted(exported - declared)]
    findings += [f"{name}: declared, but the library does not hold it" for name in sorted(declared - exported)]
    print("\n".join(findings))
    print(f"{len(declared)} public functions, {len(findings)} findings")
    return 1 if findings or len(declared) < 30 else 0


if __name__ == "__main__":
    sys.exit(main())
