#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what every source file has in common: licence line, format, a README in its folder.

usage: check_source.py ROOT
"""

import pathlib
import subprocess
import sys

CODE = {".c", ".h", ".cc"}
SCRIPTS = {".py", ".sh", ".cmake"}
FOLDERS = "include core text annotate segment indexer query ingest cli tests bench tools cmake".split()


def licence_findings(files):
    for path in files:
        head = path.read_text(encoding="utf-8", errors="replace")[:200]
        if "SPDX-License-Identifier: Apache-2.0" not in head:
            yield f"{path}: no SPDX line at its head"


def format_findings(files):
    code = [str(path) for path in files if path.suffix in CODE]
    run = subprocess.run(["clang-format-14", "--dry-run", "-Werror", *code], capture_output=True, text=True)
    if run.returncode != 0:
        named = sorted({line.split(":")[0] for line in run.stderr.splitlines() if ": error:" in line})
        yield from (f"{name}: not formatted; run ./dev format" for name in named)
        if not named:
            yield run.stderr


def readme_findings(root):
    for folder in FOLDERS:
        path = root / folder
        if not path.is_dir() or folder == "cmake":
            continue
        readme = path / "README.md"
        if folder == "include":
            readme = path / "nuncio" / "README.md"
        if not readme.is_file():
            yield f"{path}: no README.md that says which question the folder answers"
            continue
        lines = len(readme.read_text(encoding="utf-8").splitlines())
        if not 5 <= lines <= 80:
            yield f"{readme}: {lines} lines"


def main():
    root = pathlib.Path(sys.argv[1])
    files = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*"))
             if path.suffix in CODE | SCRIPTS]
    findings = [*licence_findings(files), *format_findings(files), *readme_findings(root)]
    print("\n".join(findings))
    print(f"{len(files)} files, {len(findings)} findings")
    return 1 if findings or not files else 0


if __name__ == "__main__":
    sys.exit(main())
