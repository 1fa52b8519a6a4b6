# SPDX-License-Identifier: Apache-2.0
"""What the tests of the program share: a fresh folder, a clean environment, runs with their output."""

import gzip
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

NUNCIO = pathlib.Path("nuncio")  # the program under test; run.py sets these
ROOT = pathlib.Path(".")
SANITIZED = False

FOUND, NOTHING, ERROR, INDEX, LOCKED = range(5)  # exit statuses

TREATY = {
    "id": "wire-1", "title": "Karsovia suspends arms treaty", "date": "2031-01-14", "source": "Meridian Wire",
    "url": "https://meridian.example.com/1", "lang": "en",
    "text": "DRASNIK - Karsovia said on Tuesday it was suspending its part in the Lindholm II treaty.\n\n"
            "“We are not leaving the treaty,” President Anatoly Drazhin said. “We are closing the door until "
            "they remember how to knock.”\n\nForeign Minister Sergei Volkonin handed over a note."}
CORRIDOR = {
    "id": "ledger-2", "title": "Grain corridor renewed", "date": "2031-02-19", "source": "The Northern Ledger",
    "url": None, "lang": "en",
    "text": "SARIKENT - The grain corridor was renewed last night.\n\n"
            "‘The ships will sail tonight,’ Mehmet Çavdaroğlu said. ‘Nobody can eat a communiqué.’"}
FRENCH = {
    "id": "courrier-3", "title": "Le corridor céréalier", "date": "2031-03", "source": None, "url": None,
    "lang": "fr", "text": "Les navires partiront ce soir, a déclaré Hélène Castaing. « L’accord tient », a-t-elle dit."}
ARTICLES = [TREATY, CORRIDOR, FRENCH]


def lines(*records):
    """JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def gzipped(data):
    return gzip.compress(data.encode() if isinstance(data, str) else data, mtime=0)


def zstd(data):
    run = subprocess.run(["zstd", "-q", "-c"], input=data.encode() if isinstance(data, str) else data,
                         capture_output=True, check=True)
    return run.stdout


class Run:
    """A finished run: its exit status and what it wrote."""

    def __init__(self, finished):
        self.status = finished.returncode
        self.bytes = finished.stdout
        self.out = finished.stdout.decode("utf-8")
        self.err = finished.stderr.decode("utf-8")

    def json(self):
        return json.loads(self.out)

    def records(self):
        return [json.loads(line) for line in self.out.splitlines()]  # no text can look like the end of a line


class ProgramTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nuncio-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.index = self.folder / "index"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TERM": "xterm",
                            "NUNCIO_INDEX": str(self.index)}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def nuncio(self, *arguments, stdin=b"", stdout=subprocess.PIPE, environment=()):
        """Runs the program to its end. The input is text, bytes or a file; empty unless given."""
        given = {"input": stdin.encode() if isinstance(stdin, str) else stdin}
        if not isinstance(stdin, (bytes, str)):
            given = {"stdin": stdin}
        finished = subprocess.run([NUNCIO, *map(str, arguments)], stdout=stdout, stderr=subprocess.PIPE,
                                  cwd=self.folder, timeout=240, env={**self.environment, **dict(environment)},
                                  **given)
        finished.stdout = finished.stdout or b""
        return Run(finished)

    def start(self, *arguments, **more):
        """Starts the program and leaves it running; it is killed when the test ends."""
        process = subprocess.Popen([NUNCIO, *map(str, arguments)], cwd=self.folder, env=self.environment,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
        self.addCleanup(self._finish, process)
        return process

    @staticmethod
    def _finish(process):
        if process.poll() is None:
            process.kill()
        if process.stdin.closed:
            process.stdin = None  # communicate would flush it
        process.communicate()

    def wait_for(self, condition, what):
        """Waits until `condition()` is true, or fails after a minute."""
        end = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), end, f"waited in vain until {what}")
            time.sleep(0.01)

    def built(self, *records):
        """An index of these articles, or of the three above."""
        run = self.nuncio("index", "-", stdin=lines(*(records or ARTICLES)))
        self.assertEqual((run.status, run.out), (FOUND, ""), run.err)
        return self.index

    def indexed(self, *paths, status=FOUND, options=()):
        """Indexes with a report; its problems."""
        report = self.folder / "report.jsonl"
        run = self.nuncio("index", "--report", report, *options, *paths)
        self.assertEqual(run.status, status, run.err)
        self.assertEqual(run.out, "")
        return [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]

    def ids(self):
        """The ids in the index, in byte order."""
        run = self.nuncio("export")
        self.assertIn(run.status, (FOUND, NOTHING), run.err)
        return sorted(record["id"] for record in run.records())

    def assert_message(self, run, status, *parts):
        """One line on the standard error that holds the parts; nothing on the standard output."""
        self.assertEqual(run.status, status, run.err)
        self.assertEqual(run.out, "")
        self.assertRegex(run.err, r"\Anuncio: [^\n]+\n\Z")
        for part in parts:
            self.assertIn(part, run.err)

    def fingerprint(self, index=None):
        """Names and bytes of the index, without the lock."""
        return {path.name: path.read_bytes() for path in sorted((index or self.index).iterdir())
                if path.name != "lock"}
