# SPDX-License-Identifier: Apache-2.0
"""Adding, replacing, stopping, resuming, locking; directories that are no index of this version."""

import fcntl
import os
import pathlib
import shutil
import signal
import struct
import termios

from harness import (ARTICLES, CORRIDOR, ERROR, FOUND, INDEX, LOCKED, NOTHING, TREATY, ProgramTest, lines)


def many(count, words=60):
    """Articles enough for several commits."""
    return [{"id": f"a{i:05}", "title": f"Title {i}",
             "text": " ".join(f"word{(i * 7 + k * 13) % 997}" for k in range(words))} for i in range(count)]


class Adding(ProgramTest):
    def summary(self, *records, options=()):
        run = self.nuncio("index", *options, "-", stdin=lines(*records))
        self.assertEqual((run.status, run.out), (FOUND, ""), run.err)
        return run.err

    def test_added_replaced_skipped(self):
        self.assertIn("nuncio: 3 added, 0 replaced, 0 skipped, 0 problems; ", self.summary(*ARTICLES))
        self.assertIn("nuncio: 0 added, 0 replaced, 3 skipped, 0 problems; ", self.summary(*ARTICLES))
        changed = dict(TREATY, title="Karsovia returns to arms treaty")
        told = self.summary(changed, CORRIDOR, {"id": "new", "text": "x"})
        self.assertIn("nuncio: 1 added, 1 replaced, 1 skipped, 0 problems; ", told)
        self.assertRegex(told, r"(?m)^nuncio: the index .*/index holds 4 articles in [\d.]+ \w+$")
        self.assertEqual(self.ids(), ["courrier-3", "ledger-2", "new", "wire-1"])
        self.assertEqual(self.nuncio("search", "--count", "title:suspends").out, "0\n")
        self.assertEqual(self.nuncio("search", "--count", "title:returns").out, "1\n")

    def test_skipping_writes_nothing(self):
        self.built()
        before = self.fingerprint()
        self.summary(*ARTICLES)
        self.assertEqual(self.fingerprint(), before)

    def test_quiet(self):
        self.assertEqual(self.summary(*ARTICLES, options=["--quiet"]), "")

    def test_nothing_in_the_input(self):
        run = self.nuncio("index", "-", stdin="")
        self.assertEqual(run.status, NOTHING)
        self.assertIn("nuncio: -: the file is empty\nnuncio: there is no article in the input\n", run.err)

    def test_no_path(self):
        self.assert_message(self.nuncio("index"), ERROR, "name at least one file or directory", "--help")

    def test_problems_are_told_ten_at_a_time(self):
        run = self.nuncio("index", "-", stdin=lines(TREATY) + "bad\n" * 20)
        self.assertEqual(run.status, FOUND, run.err)
        self.assertEqual(run.err.count("this is not JSON"), 10)
        self.assertIn("nuncio: -:2: this is not JSON: ", run.err)
        self.assertIn("nuncio: 10 more problems; --report FILE lists them all\n", run.err)
        self.assertIn(" 20 problems; ", run.err)

    def test_strict(self):
        run = self.nuncio("index", "--strict", "-", stdin=lines(TREATY) + "bad\n")
        self.assertEqual(run.status, ERROR)
        self.assertEqual(self.ids(), ["wire-1"])

    def test_report_that_cannot_be_written(self):
        run = self.nuncio("index", "--report", "/nowhere/report", "-", stdin=lines(TREATY))
        self.assert_message(run, ERROR, "cannot write the report /nowhere/report: No such file or directory")

    def test_directory_that_cannot_be_made(self):
        run = self.nuncio("index", "-i", "/proc/nowhere/index", "-", stdin=lines(TREATY))
        self.assert_message(run, ERROR, "/proc/nowhere")

    def test_default_directory(self):
        run = self.nuncio("index", "-", stdin=lines(TREATY), environment={"NUNCIO_INDEX": ""})
        self.assertEqual(run.status, FOUND, run.err)
        self.assertTrue((self.folder / ".nuncio" / "manifest").is_file())

    def test_language_that_is_none(self):
        run = self.nuncio("index", "--lang", "klingon", "-", stdin=lines(TREATY))
        self.assert_message(run, ERROR, "'klingon' is no language")

    def test_without_texts(self):
        self.summary(*ARTICLES, options=["--no-text"])
        run = self.nuncio("search", "--format", "json", "treaty")
        self.assertEqual(run.json()["hits"][0]["passage"],
                         {"ordinal": 0, "start": None, "end": None, "text": None})
        self.assert_message(self.nuncio("export"), ERROR, "stores no texts")
        self.assertIn("(the index stores no texts)", self.nuncio("show", "wire-1").out)
        self.assertIn("wire-1", self.nuncio("search", "treaty").out)

    def test_without_annotations(self):
        self.summary(*ARTICLES, options=["--no-annotations"])
        stats = self.nuncio("stats", "--format", "json").json()
        self.assertEqual((stats["quotes"], stats["mentions"]), (0, 0))

    def test_without_quotes(self):
        article = {"id": "said", "text": "“We have agreed on the terms of a treaty,” said Maria Keller in Geneva on Monday."}
        self.summary(article)
        stats = self.nuncio("stats", "--format", "json").json()
        self.assertEqual(stats["quotes"], 1)
        index = self.folder / "names"
        run = self.nuncio("index", "-i", index, "--no-quotes", "--quiet", "-", stdin=lines(article))
        self.assertEqual(run.status, FOUND)
        names = self.nuncio("stats", "-i", index, "--format", "json").json()
        self.assertEqual((names["quotes"], names["mentions"]), (0, stats["mentions"]))


class Repeating(ProgramTest):
    def test_same_commands_same_bytes(self):
        prints = []
        for number, threads in enumerate((1, 2, 3)):
            index = self.folder / f"index-{number}"
            for part in (many(300), many(400, words=61)[200:], ARTICLES):
                run = self.nuncio("index", "-i", index, "--threads", threads, "--commit-every", "100K", "-",
                                  stdin=lines(*part))
                self.assertEqual(run.status, FOUND, run.err)
            self.assertEqual(self.nuncio("delete", "-i", index, "a00007", "wire-1").status, FOUND)
            prints.append(self.fingerprint(index))
        self.assertGreater(len(prints[0]), 2)
        self.assertEqual(prints[0], prints[1])
        self.assertEqual(prints[0], prints[2])


class Stopping(ProgramTest):
    def feeding(self, articles, *options):
        """A run that has been given these articles and waits for more."""
        process = self.start("index", *options, "-")
        process.stdin.write(lines(*articles).encode())
        process.stdin.flush()
        return process

    def committed(self):
        return (self.index / "manifest").is_file()

    def test_killed_and_resumed(self):
        articles = many(900)
        process = self.feeding(articles, "--commit-every", "50K")
        self.wait_for(self.committed, "something is committed")
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.assertEqual(self.nuncio("check", "--full").status, FOUND)
        kept = self.ids()
        self.assertGreater(len(kept), 50)
        self.assertEqual(kept, [article["id"] for article in articles[:len(kept)]])  # a beginning, without gaps
        run = self.nuncio("index", "-", stdin=lines(*articles))
        self.assertEqual(run.status, FOUND, run.err)
        self.assertIn(f"{900 - len(kept)} added, 0 replaced, {len(kept)} skipped", run.err)
        self.assertEqual(self.ids(), [article["id"] for article in articles])

    def test_killed_again_and_again(self):
        articles = many(600)
        for _ in range(5):
            before = self.fingerprint() if self.index.is_dir() else {}  # nobody writes yet
            process = self.feeding(articles, "--commit-every", "20K", "--quiet")
            self.wait_for(lambda: self.committed() and self.fingerprint_or_none() != before or process.poll() is not None,
                          "the index changes")
            process.kill()
            process.wait()
            self.assertEqual(self.nuncio("check", "--full").status, FOUND)
            if len(self.ids()) == len(articles):
                break
        self.assertEqual(self.nuncio("index", "-", stdin=lines(*articles)).status, FOUND)
        self.assertEqual(len(self.ids()), len(articles))

    def fingerprint_or_none(self):
        try:
            return self.fingerprint()
        except FileNotFoundError:  # replaced while it was read
            return None

    def holds_the_lock(self, process):
        """It has the lock and waits for input: the bytes given are read, and it sleeps."""
        left = struct.unpack("i", fcntl.ioctl(process.stdin, termios.FIONREAD, b"\0" * 4))[0]
        links = [self.link(path) for path in pathlib.Path(f"/proc/{process.pid}/fd").iterdir()]
        state = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return left == 0 and state == "S" and str(self.index / "lock") in links

    @staticmethod
    def link(path):
        try:
            return os.readlink(path)
        except FileNotFoundError:  # closed meanwhile
            return None

    def stopped_by(self, number):
        articles = many(500)
        process = self.feeding(articles)
        self.wait_for(lambda: self.holds_the_lock(process), "everything is read")
        process.send_signal(number)
        out, err = process.communicate()
        self.assertEqual((process.returncode, out), (128 + number, b""), err)
        self.assertIn(b"nuncio: stopped by a signal; what was taken is committed", err)
        kept = self.ids()
        self.assertEqual(kept, [article["id"] for article in articles[:len(kept)]])
        self.assertIn(f"{500 - len(kept)} added, 0 replaced, {len(kept)} skipped",
                      self.nuncio("index", "-", stdin=lines(*articles)).err)

    def test_interrupted(self):
        self.stopped_by(signal.SIGINT)

    def test_terminated(self):
        self.stopped_by(signal.SIGTERM)

    def test_second_writer(self):
        self.built(CORRIDOR)
        process = self.feeding([TREATY], "--quiet")
        self.wait_for(lambda: self.holds_the_lock(process), "the index is locked")
        for command in (["index", "-"], ["delete", "wire-1"], ["optimize"]):
            run = self.nuncio(*command, stdin=lines(TREATY))
            self.assert_message(run, LOCKED, str(self.index), "another", "try again when it has finished")
        for command in (["search", "corridor"], ["stats"], ["export"], ["check"]):
            self.assertEqual(self.nuncio(*command).status, FOUND)  # readers do not mind
        process.stdin.close()
        self.assertEqual(process.wait(), FOUND)
        self.assertEqual(self.nuncio("delete", "wire-1").status, FOUND)


class Refused(ProgramTest):
    COMMANDS = (["search", "treaty"], ["show", "x"], ["stats"], ["check"], ["export"], ["delete", "x"], ["optimize"])

    def refused(self, *parts, commands=COMMANDS):
        for command in commands:
            with self.subTest(command=command):
                self.assert_message(self.nuncio(*command), INDEX, *parts)

    def test_no_index(self):
        self.refused(str(self.index), "`nuncio index PATH...` makes one, -i DIR names another")
        self.assertFalse(self.index.exists())  # and none of them has made one

    def test_foreign_directory(self):
        self.index.mkdir()
        (self.index / "thesis.doc").write_text("important")
        self.refused(str(self.index))
        run = self.nuncio("index", "-", stdin=lines(TREATY))
        self.assert_message(run, INDEX, str(self.index))
        self.assertEqual([path.name for path in self.index.iterdir()], ["thesis.doc"])
        self.assertEqual((self.index / "thesis.doc").read_text(), "important")

    def test_file_instead_of_directory(self):
        self.index.write_text("a file")
        for command in self.COMMANDS:
            run = self.nuncio(*command)
            self.assertIn(run.status, (ERROR, INDEX), run.err)
            self.assertRegex(run.err, r"\Anuncio: [^\n]+\n\Z")
        self.assertIn(self.nuncio("index", "-", stdin=lines(TREATY)).status, (ERROR, INDEX))
        self.assertEqual(self.index.read_text(), "a file")

    def test_another_version(self):
        """Byte 8 of the manifest is its version; an older program wrote another one."""
        self.built()
        manifest = self.index / "manifest"
        content = bytearray(manifest.read_bytes())
        for version in (0, content[8] + 1, 255):
            content[8] = version
            manifest.write_bytes(content)
            self.refused(str(self.index), f"version {version}")
            run = self.nuncio("index", "-", stdin=lines(CORRIDOR))
            self.assert_message(run, INDEX, f"version {version}")

    def test_damaged_manifest(self):
        self.built()
        manifest = self.index / "manifest"
        content = bytearray(manifest.read_bytes())
        content[20] ^= 1
        manifest.write_bytes(content)
        self.refused("manifest", commands=[["search", "treaty"], ["stats"], ["export"]])
        run = self.nuncio("check")
        self.assertEqual(run.status, INDEX)
        self.assertIn("manifest", run.err)

    def test_damaged_segment(self):
        self.built(*many(200))
        segment = next(self.index.glob("*.seg"))
        whole = segment.read_bytes()
        for place in range(100, len(whole), len(whole) // 7):
            content = bytearray(whole)
            content[place] ^= 0x40
            segment.write_bytes(content)
            run = self.nuncio("check")
            self.assertEqual(run.status, INDEX, f"byte {place}: {run.err}")
            self.assertIn(segment.name, run.err)
            self.assertIn("finding", run.err)
            run = self.nuncio("search", "word1")
            self.assertIn(run.status, (FOUND, NOTHING, ERROR, INDEX), run.err)  # never a crash

    def test_missing_segment(self):
        self.built()
        next(self.index.glob("*.seg")).unlink()
        for command in (["search", "treaty"], ["stats"], ["check"]):
            run = self.nuncio(*command)
            self.assertIn(run.status, (ERROR, INDEX), run.err)
            self.assertIn(".seg", run.err)

    def test_copied_index(self):
        """An index is its files: a copy elsewhere is the same."""
        self.built()
        shutil.copytree(self.index, self.folder / "copy")
        run = self.nuncio("search", "-i", "copy", "--format", "json", "treaty")
        self.assertEqual(run.json(), self.nuncio("search", "--format", "json", "treaty").json())

    def test_read_only_index(self):
        """A reader writes nothing: it needs no right to."""
        self.built()
        before = {path: os.stat(path).st_mtime_ns for path in [self.index, *self.index.iterdir()]}
        for command in (["search", "treaty"], ["show", "wire-1"], ["stats"], ["check", "--full"], ["export"]):
            self.assertEqual(self.nuncio(*command).status, FOUND)
        self.assertEqual({path: os.stat(path).st_mtime_ns for path in [self.index, *self.index.iterdir()]}, before)
