#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves that an include against the arrows does not compile, and one along them does.

usage: check_layers.py SOURCE_ROOT BINARY_DIR COMPILER

Each layer is compiled with one include root that holds links to the folders it may see
(cmake/layer.cmake). For every pair of layers this compiles a file of one line.
"""

import pathlib
import subprocess
import sys
import tempfile

MAY_INCLUDE = {
    "core": [],
    "text": ["core"],
    "segment": ["core"],
    "annotate": ["core", "text"],
    "indexer": ["core", "text", "annotate", "segment"],
    "query": ["core", "text", "segment"],
    "ingest": ["core"],
    "cli": ["ingest"],
}


def compiles(compiler, root, include, header):
    with tempfile.NamedTemporaryFile(suffix=".c", mode="w") as source:
        source.write(f'#include "{header}"\n')
        source.flush()
        command = [compiler, "-std=c11", "-D_GNU_SOURCE", "-fsyntax-only", f"-I{root}", f"-I{include}",
                   source.name]
        return subprocess.run(command, capture_output=True).returncode == 0


def entry_header(folder):
    """What others include of a layer: the header that has its name, else the first."""
    headers = sorted(path.name for path in folder.glob("*.h"))
    named = [name for name in headers if name == f"{folder.name}.h"]
    return f"{folder.name}/{(named or headers)[0]}" if headers else None


def main():
    source_root, binary, compiler = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    findings, tried = [], 0
    for layer, allowed in MAY_INCLUDE.items():
        root = binary / "include-roots" / layer
        if not root.is_dir():
            findings.append(f"{layer}: no include root {root}: is it still made with nuncio_layer()?")
            continue
        for other in MAY_INCLUDE:
            header = entry_header(source_root / other)
            if header is None:
                continue
            tried += 1
            expected = other == layer or other in allowed
            if compiles(compiler, root, source_root / "include", header) != expected:
                verb = "does not compile" if expected else "compiles"
                findings.append(f"{layer}: #include \"{header}\" {verb}")
    if tried < 40:
        findings.append(f"only {tried} pairs of layers were tried")
    print("\n".join(findings))
    print(f"{tried} includes tried, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
