# SPDX-License-Identifier: Apache-2.0
"""Hostile sizes: bounded memory, an end, and the articles around them taken in."""

import json
import resource
import subprocess

import harness
from harness import ERROR, FOUND, ProgramTest, gzipped, lines

MEGA = 1 << 20


class Bounds(ProgramTest):
    def peak(self):
        """The most memory that a child of this test has had, in bytes."""
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024

    def fed(self, pieces, *options):
        """Indexes what is written to the standard input piece by piece; status, problems."""
        report = self.folder / "report.jsonl"
        process = self.start("index", "--quiet", "--memory", "64M", "--report", report, *options, "-")
        try:
            for piece in pieces:
                process.stdin.write(piece)
        except BrokenPipeError:
            pass  # it has given up
        _, err = process.communicate()
        return process.returncode, [json.loads(line) for line in report.read_text().splitlines()], err.decode()

    def test_line_of_200_megabytes(self):
        def pieces():
            yield lines({"id": "before", "text": "x"}).encode()
            yield b'{"id": "large", "text": "'
            for _ in range(200):
                yield b"word " * (MEGA // 5)
            yield b'"}\n'
            yield lines({"id": "after", "text": "y"}).encode()

        status, problems, err = self.fed(pieces())
        self.assertEqual(status, FOUND, err)
        self.assertEqual([(p["kind"], p["line"]) for p in problems], [("too-long", 2)])
        self.assertEqual(self.ids(), ["after", "before"])
        if not harness.SANITIZED:
            self.assertLess(self.peak(), 400 * MEGA)

    def test_text_over_the_limit(self):
        large = json.dumps({"id": "large", "text": "word " * (13 * MEGA)})
        status, problems, err = self.fed([large.encode(), b"\n", lines({"id": "after", "text": "y"}).encode()])
        self.assertEqual(status, FOUND, err)
        self.assertEqual([(p["kind"], p["id"]) for p in problems], [("too-large", "large")])
        self.assertEqual(self.ids(), ["after"])

    def test_text_over_the_memory(self):
        """What fits the limit but not the memory given is refused with the reason; the run goes on."""
        large = json.dumps({"id": "large", "text": "word " * (4 * MEGA)})
        status, problems, err = self.fed([large.encode(), b"\n", lines({"id": "after", "text": "y"}).encode()])
        self.assertEqual(status, FOUND, err)
        self.assertEqual([(p["kind"], p["id"]) for p in problems], [("refused", "large")])
        self.assertEqual(self.ids(), ["after"])

    def bomb(self, unit):
        """1.2 GB in 1.2 MB, as members of gzip one behind the other; then an article."""
        packed = gzipped(unit * (64 * MEGA // len(unit)))
        path = self.write("bomb.jsonl.gz", packed * 19 + gzipped("\n" + lines({"id": "behind", "text": "x"})))
        first = self.write("first.jsonl", lines({"id": "first", "text": "x"}))
        return self.indexed(first, path, status=ERROR, options=["--memory", "64M"])

    def test_bomb_of_zeros(self):
        problems = self.bomb(b"\0")
        self.assertEqual([p["kind"] for p in problems], ["too-long", "gave-up"])
        self.assertIn("1 GiB without an article", problems[1]["message"])
        self.assertEqual(self.ids(), ["first"])
        if not harness.SANITIZED:
            self.assertLess(self.peak(), 400 * MEGA)

    def test_bomb_of_blank_lines(self):
        problems = self.bomb(b" \n")
        self.assertEqual([p["kind"] for p in problems], ["gave-up"])
        self.assertEqual(self.ids(), ["first"])

    def test_memory_that_is_too_little(self):
        run = self.nuncio("index", "--memory", "1M", "-", stdin=lines({"id": "a", "text": "x"}))
        self.assert_message(run, ERROR, "--memory takes a size of at least 24M")

    def test_query_of_10000_words(self):
        self.built()
        query = " ".join(f"word{i}" for i in range(10000))
        run = self.nuncio("search", "--", query)
        self.assert_message(run, ERROR, "more than 1024 words")

    def test_query_of_a_megabyte(self):
        self.built()
        word = "a" * 120000  # the system takes no longer argument
        run = self.nuncio("search", "--plain", *[word] * 8)
        self.assertIn(run.status, (1, ERROR), run.err)
        run = self.nuncio("search", "--plain", *[word] * 9)
        self.assert_message(run, ERROR, "at most 1048576")

    def test_deep_brackets(self):
        self.built()
        run = self.nuncio("search", "(" * 65 + "treaty" + ")" * 65)
        self.assert_message(run, ERROR, "64")
        run = self.nuncio("search", "(" * 60 + "treaty" + ")" * 60)
        self.assertEqual(run.status, FOUND, run.err)

    def test_little_address_space(self):
        """Out of memory is an error with a message, never a crash."""
        if harness.SANITIZED:
            self.skipTest("sanitizers need the address space")
        self.built()
        statuses = set()
        for megabytes in (24, 32, 48, 64, 96, 160):
            run = subprocess.run(["bash", "-c", f"ulimit -v {megabytes * 1024}; exec \"$0\" search treaty", harness.NUNCIO],
                                 cwd=self.folder, env=self.environment, capture_output=True)
            self.assertIn(run.returncode, (FOUND, ERROR, 127), run.stderr)  # 127: the loader itself had none
            statuses.add(run.returncode)
        self.assertIn(FOUND, statuses)
