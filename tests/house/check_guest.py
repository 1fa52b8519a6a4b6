#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the library is a good guest in another's process: it calls nothing that ends the process, prints, handles
signals, starts programs, uses a network or asks the environment, and its own code has no data that can change.

usage: check_guest.py LIBRARY LAYER_ARCHIVE…
"""

import re
import subprocess
import sys

# A function that the assertion build needs for assert() is allowed; the release build has no assertions.
FORBIDDEN = re.compile(
    r"_?exit|quick_exit|abort|at_quick_exit|atexit|raise|kill|"
    r"v?f?printf|v?dprintf|puts|fputs|putchar|fputc|putc|fwrite|perror|psignal|syslog|"
    r"signal|sigaction|sigaltstack|sigwait|alarm|setitimer|"
    r"fork|vfork|system|popen|exec\w+|posix_spawnp?|"
    r"socket|connect|bind|listen|accept4?|send(to|msg)?|recv(from|msg)?|getaddrinfo|gethostby\w+|"
    r"getenv|secure_getenv|setenv|putenv|setlocale|chdir|umask|"
    r"rand|srand|random|getrandom|time|gettimeofday|localtime(_r)?|gmtime(_r)?|getpid|"
    r"strcpy|strcat|sprintf|gets|strtok|std(in|out|err)")
CHANGEABLE = set("bBdDsSC")  # sections of data that a program may write to


def symbols(path, *options):
    return subprocess.run(["nm", *options, path], capture_output=True, text=True, check=True).stdout.splitlines()


def is_relocated_once(archive, member, symbol, known={}):
    if archive not in known:
        listing = subprocess.run(["objdump", "-t", archive], capture_output=True, text=True, check=True).stdout
        known[archive] = set(re.findall(r"\s\.data\.rel\.ro\S*\s+\S+\s+(?:\.hidden\s+)?(\S+)$", listing, re.MULTILINE))
    return symbol in known[archive]


def main():
    library, archives = sys.argv[1], sys.argv[2:]
    called = {line.split()[-1].split("@")[0] for line in symbols(library, "-D", "--undefined-only")}
    findings = [f"the library calls {name}" for name in sorted(called) if FORBIDDEN.fullmatch(name)]
    objects = 0
    for archive in archives:
        member = ""
        for line in symbols(archive, "--defined-only"):
            if line.endswith(":"):
                member = line[:-1]
                objects += 1
            fields = line.split()
            # Tables with pointers in them are relocated once and read-only after that: .data.rel.ro is "d" to nm.
            if len(fields) == 3 and fields[1] in CHANGEABLE and not is_relocated_once(archive, member, fields[2]):
                findings.append(f"{member}: {fields[2]} can be written to")
    if len(called) < 30 or objects < 60:
        findings.append(f"only {len(called)} calls and {objects} objects were found")
    print("\n".join(findings))
    print(f"{len(called)} calls and {objects} objects checked, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
