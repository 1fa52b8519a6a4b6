#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles each public header alone, as each standard a caller may use, with warnings as errors.

usage: check_headers.py INCLUDE_FOLDER
"""

import pathlib
import subprocess
import sys
import tempfile

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wstrict-prototypes"]
C = [("c", standard) for standard in ("c99", "c11", "c17")]
CXX = [("c++", standard) for standard in ("c++11", "c++17", "c++20")]
COMPILERS = {"c": ["gcc", "clang-14"], "c++": ["g++", "clang++-14"]}


def failure(compiler, language, standard, include, header):
    flags = [flag for flag in WARNINGS if language == "c" or flag != "-Wstrict-prototypes"]
    if compiler.startswith("clang"):  # what a comment says of parameters that are not there
        flags += ["-Wdocumentation", "-Wno-documentation-unknown-command"]
    with tempfile.NamedTemporaryFile(suffix="." + language.replace("c++", "cc"), mode="w") as source:
        # Twice: the guard is tested too.
        source.write(f"#include <nuncio/{header}>\n#include <nuncio/{header}>\nint nuncio_header_test;\n")
        source.flush()
        run = subprocess.run([compiler, "-x", language, f"-std={standard}", *flags, f"-I{include}",
                              "-fsyntax-only", source.name], capture_output=True, text=True)
    return run.stderr if run.returncode else None


def main():
    include = pathlib.Path(sys.argv[1])
    headers = sorted(path.name for path in (include / "nuncio").glob("*.h"))
    failures, count = 0, 0
    for header in headers:
        for language, standard in C + CXX:
            for compiler in COMPILERS[language]:
                count += 1
                message = failure(compiler, language, standard, include, header)
                if message:
                    failures += 1
                    print(f"{header} as {standard} with {compiler}:\n{message}")
    print(f"{count} compilations of {len(headers)} headers, {failures} failures")
    return 1 if failures or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
