#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that no source file is longer than 500 lines and no function longer than 70.

usage: check_sizes.py ROOT

Tables of facts, generated or written, are exempt from the first rule when their first ten lines say
"table of facts"; they hold no functions worth the name.
"""

import json
import pathlib
import subprocess
import sys

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
SUFFIXES = {".c", ".h", ".cc", ".py", ".sh"}
FOLDERS = "include core text annotate segment indexer query ingest cli tests bench tools".split()


def sources(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                yield path


def too_long_files(files):
    for path in files:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        exempt = any("table of facts" in line.lower() for line in lines[:10])
        if len(lines) - 1 > FILE_LINES_MAX and not exempt:
            yield f"{path}: {len(lines) - 1} lines, at most {FILE_LINES_MAX}: split it by its nouns"


def too_long_functions(files):
    tags = subprocess.run(
        ["ctags", "--output-format=json", "--fields=+ne", "--languages=C,C++,Python",
         "--kinds-C=f", "--kinds-C++=f", "--kinds-Python=fm", "-o", "-", "-L", "-"],
        input="\n".join(map(str, files)), capture_output=True, text=True, check=True)
    count = 0
    for line in tags.stdout.splitlines():
        tag = json.loads(line)
        if "end" not in tag:
            continue
        count += 1
        length = tag["end"] - tag["line"] + 1
        if length > FUNCTION_LINES_MAX:
            yield (f"{tag['path']}:{tag['line']}: {tag['name']} has {length} lines, "
                   f"at most {FUNCTION_LINES_MAX}: name its steps")
    if count == 0:
        yield "ctags found no function: this check checks nothing"


def main():
    root = pathlib.Path(sys.argv[1])
    files = list(sources(root))
    findings = list(too_long_files(files)) + list(too_long_functions(files))
    print("\n".join(findings))
    print(f"{len(files)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
