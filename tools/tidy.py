#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over the library and the program. A source without findings is not looked at again until it changes,
or a header it includes, its compile command, or the checks: what was sound is kept in BUILD/tidy by its hash.

usage: tools/tidy.py BUILD    (a build directory of Ninja, up to date)
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

TIDY = "clang-tidy-14"
SOURCES = re.compile(r"(core|text|annotate|segment|indexer|query|ingest|cli)/.*\.c$")


@functools.lru_cache(maxsize=None)
def digest(path):
    return hashlib.sha256(path.read_bytes()).digest()


def headers_of_objects(build):
    """What each object was compiled from, as Ninja has it from the compiler: {object: [path, ...]}."""
    run = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True)
    found, files = {}, []
    for line in run.stdout.splitlines():
        if line.startswith("    "):
            files.append(build / line.strip())
        elif ": #deps" in line:
            files = found[line.split(":")[0]] = []
    return found


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    root = build.parents[1]
    sound = build / "tidy"
    sound.mkdir(exist_ok=True)
    headers = headers_of_objects(build)
    checks = digest(root / ".clang-tidy") + subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout
    jobs = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        if source.is_relative_to(root) and SOURCES.match(str(source.relative_to(root))):
            key = hashlib.sha256(checks + entry["command"].encode())
            for path in headers[re.search(r" -o (\S+)", entry["command"]).group(1)]:
                key.update(digest(path))
            jobs[source] = sound / key.hexdigest()
    todo = [source for source, stamp in sorted(jobs.items()) if not stamp.exists()]

    def check(source):
        return source, subprocess.run([TIDY, "--quiet", "-p", build, source], capture_output=True, text=True, check=False)

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (source, run) in enumerate(pool.map(check, todo), 1):
            if run.returncode == 0:
                jobs[source].touch()
            else:
                failed += 1
                print(run.stdout, end="")
            if number % 20 == 0:
                print(f"clang-tidy: {number} of {len(todo)} files", file=sys.stderr, flush=True)
    for stamp in set(sound.iterdir()) - set(jobs.values()):
        stamp.unlink()
    print(f"clang-tidy: {len(jobs)} files, {len(jobs) - len(todo)} of them as they were, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
