# SPDX-License-Identifier: Apache-2.0
"""The program under valgrind: no byte that was never set is written to a file, compared or printed.

Sanitizers do not see that; and an index with such bytes would not be the same twice.
"""

import shutil
import subprocess

import harness
from harness import ProgramTest


class Memcheck(ProgramTest):
    def watched(self, *arguments):
        run = subprocess.run(["valgrind", "-q", "--error-exitcode=99", "--leak-check=full", harness.NUNCIO, *arguments],
                             env=self.environment, capture_output=True, text=True, timeout=240)
        self.assertNotIn("==", run.stderr)  # how each line of valgrind begins
        self.assertEqual(run.returncode, harness.FOUND, run.stderr)

    def test_no_unset_byte_is_used(self):
        if harness.SANITIZED or not shutil.which("valgrind"):
            self.skipTest("valgrind is not there, or would watch a sanitizer")
        samples = harness.ROOT / "samples"
        self.watched("index", "--threads", "2", str(samples / "meridian-wire.jsonl"))
        self.watched("index", str(samples / "courrier-de-saint-lys.jsonl"))
        self.watched("delete", self.ids()[0])
        self.watched("optimize")
        self.watched("search", "treaty speaker:drazhin quote:corridor")
        self.watched("check", "--full")
