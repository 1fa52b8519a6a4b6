#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs tests of the built program.

usage: run.py --list
       run.py [--sanitized] NUNCIO ROOT [FILE.METHOD …]

A test is a method test_… of a class in a file test_….py here; FILE.METHOD leaves both "test_" out.
Without names all of them run. --sanitized says that the program is slow and large, so that tests of
its memory are skipped. Exit status: 0 passed, 1 failed, 77 skipped.
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import harness  # noqa: E402  (found through the line above)


def load():
    """All tests by their short names."""
    tests = {}
    for path in sorted(HERE.glob("test_*.py")):
        suite = unittest.defaultTestLoader.loadTestsFromName(path.stem)
        for group in suite:
            for test in group:
                name = f"{path.stem[5:]}.{test._testMethodName[5:]}"
                if name in tests:
                    sys.exit(f"{name}: two tests have this name")
                tests[name] = test
    return tests


def main():
    arguments = sys.argv[1:]
    tests = load()
    if arguments == ["--list"]:
        print("\n".join(tests))
        return 0
    harness.SANITIZED = "--sanitized" in arguments
    arguments = [argument for argument in arguments if argument != "--sanitized"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    harness.NUNCIO, harness.ROOT = pathlib.Path(arguments[0]).resolve(), pathlib.Path(arguments[1]).resolve()
    names = arguments[2:] or list(tests)
    unknown = [name for name in names if name not in tests]
    if unknown:
        sys.exit(f"no test {' '.join(unknown)}; --list has their names")
    result = unittest.TextTestRunner(verbosity=2).run(unittest.TestSuite(tests[name] for name in names))
    if not result.wasSuccessful():
        return 1
    return 77 if len(result.skipped) == len(names) else 0


if __name__ == "__main__":
    sys.exit(main())
