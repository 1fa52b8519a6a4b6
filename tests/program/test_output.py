# SPDX-License-Identifier: Apache-2.0
"""Colours, widths, hostile articles, broken outputs, help, mistakes on the command line."""

import os
import pathlib
import pty
import re
import select
import struct
import subprocess
import fcntl
import termios

import harness
from harness import ERROR, FOUND, NOTHING, TREATY, ProgramTest, lines

COMMANDS = ("index", "search", "show", "stats", "check", "delete", "export", "optimize", "annotate")
ESCAPE = "\x1b"


class Colours(ProgramTest):
    def setUp(self):
        super().setUp()
        self.built()

    def on_a_terminal(self, *arguments, environment=(), columns=60):
        """What a terminal of so many columns gets."""
        master, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen([harness.NUNCIO, *arguments], stdin=subprocess.DEVNULL, stdout=terminal,
                                   stderr=subprocess.DEVNULL, cwd=self.folder, env={**self.environment, **dict(environment)})
        os.close(terminal)
        shown = b""
        while select.select([master], [], [], 60)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError:  # the program has closed its end
                break
            if not piece:
                break
            shown += piece
        os.close(master)
        self.assertEqual(process.wait(), FOUND)
        return shown.decode()

    def test_auto(self):
        self.assertIn(ESCAPE, self.on_a_terminal("search", "treaty"))
        self.assertIn(ESCAPE, self.on_a_terminal("show", "wire-1"))
        self.assertNotIn(ESCAPE, self.nuncio("search", "treaty").out)

    def test_no_color(self):
        shown = self.on_a_terminal("search", "treaty", environment={"NO_COLOR": "1"})
        self.assertNotIn(ESCAPE, shown)
        self.assertIn("*treaty*", shown)
        self.assertIn(ESCAPE, self.on_a_terminal("search", "treaty", environment={"NO_COLOR": ""}))
        self.assertNotIn(ESCAPE, self.on_a_terminal("search", "treaty", environment={"TERM": "dumb"}))

    def test_always_and_never(self):
        run = self.nuncio("search", "--color", "always", "treaty", environment={"NO_COLOR": "1"})
        self.assertIn("\x1b[0;1;33mtreaty", run.out)
        self.assertNotIn("*treaty*", run.out)
        self.assertNotIn(ESCAPE, self.on_a_terminal("search", "--color", "never", "treaty"))

    def test_colour_changes_nothing_else(self):
        bare = re.sub(r"\x1b\[[0-9;]*m", "", self.nuncio("search", "--color", "always", "suspending", environment={"COLUMNS": "100"}).out)
        plain = self.nuncio("search", "suspending", environment={"COLUMNS": "100"}).out.replace("*", "")
        self.assertEqual(bare.split(), plain.split())

    def test_every_line_ends_without_colour(self):
        for line in self.nuncio("search", "--color", "always", "treaty", "corridor").out.splitlines():
            codes = re.findall(r"\x1b\[([0-9;]*)m", line)
            self.assertTrue(not codes or codes[-1] == "0", line)

    def test_width(self):
        for columns, width in ((60, 60), (30, 40), (300, 100)):
            shown = self.on_a_terminal("search", "--color", "never", "treaty", "corridor", columns=columns)
            self.assertLessEqual(max(map(len, shown.splitlines())), width)
        run = self.nuncio("search", "treaty", environment={"COLUMNS": "50"})
        self.assertLessEqual(max(map(len, run.out.splitlines())), 50)


class Hostile(ProgramTest):
    """An article that tries to drive the terminal of whoever finds it."""

    EVIL = "\x1b[2J\x1b]0;owned\x07 treaty \x9b31m \x7f \u202e reversed \u0085 end"

    def setUp(self):
        super().setUp()
        record = {"id": "e\x1bvil", "title": self.EVIL, "source": self.EVIL, "url": self.EVIL,
                  "text": self.EVIL + " He said: “" + self.EVIL + "”."}
        self.built(record)

    def harmless(self, text):
        self.assertIsNone(re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), repr(text))

    def test_search(self):
        run = self.nuncio("search", "--explain", "treaty")
        self.assertIn("*treaty*", run.out)
        self.harmless(run.out + run.err)

    def test_show(self):
        run = self.nuncio("show", "e\x1bvil")
        self.assertEqual(run.status, FOUND)
        self.harmless(run.out + run.err)

    def test_csv(self):
        run = self.nuncio("search", "--format", "csv", "treaty")
        self.assertIsNone(re.search("[\x1b\x7f-\x9f]", run.out))

    def test_json(self):
        for command in (["search", "--format", "json", "treaty"], ["show", "--format", "json", "e\x1bvil"], ["export"]):
            run = self.nuncio(*command)
            self.assertIsNone(re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", run.out))
            self.assertIn("\\u001b", run.out)
        self.assertEqual(self.nuncio("export").json()["text"][:4], self.EVIL[:4])  # yet nothing is lost

    def test_messages(self):
        path = self.write("na\x1b[31mme.jsonl", '{"id": "x\\u001b[2J", "text": 1}\n')
        for run in (self.nuncio("index", path), self.nuncio("show", "\x1b[2J"), self.nuncio("search", "\x1b[2J ("),
                    self.nuncio("index", "\x1b[2J"), self.nuncio("\x1b[2J"), self.nuncio("stats", "-i", "\x1b[2J")):
            self.assertNotEqual(run.status, FOUND)
            self.assertTrue(run.err)
            self.harmless(run.err)


class Outputs(ProgramTest):
    def setUp(self):
        super().setUp()
        self.built()

    def test_full_device(self):
        for command in (["search", "treaty"], ["show", "wire-1"], ["stats"], ["export"], ["help"], ["search", "--help"]):
            with open("/dev/full", "wb") as full:
                run = self.nuncio(*command, stdout=full)
            self.assert_message(run, ERROR, "cannot write to the standard output: No space left on device")

    def test_closed_output(self):
        run = subprocess.run(["bash", "-c", 'exec "$0" search treaty >&-', harness.NUNCIO], env=self.environment,
                             cwd=self.folder, capture_output=True)
        self.assertEqual(run.returncode, ERROR)
        self.assertIn(b"cannot write to the standard output", run.stderr)

    def test_closed_descriptors(self):
        """With 0, 1 and 2 closed no file of the index gets one of them: nothing is written into it."""
        path = self.write("more.jsonl", lines({"id": "more", "text": "x"}) + "bad\n")
        command = f'exec "$0" index {path} <&- >&- 2>&-'
        run = subprocess.run(["bash", "-c", command, harness.NUNCIO], env=self.environment, cwd=self.folder)
        self.assertEqual(run.returncode, FOUND)
        self.assertEqual(self.nuncio("check", "--full").status, FOUND)
        self.assertIn("more", self.ids())

    def test_reader_that_goes_away(self):
        for command in ("export", "search treaty"):
            script = f'set -o pipefail; "$0" {command} | true; echo "${{PIPESTATUS[0]}}"'
            run = subprocess.run(["bash", "-c", script, harness.NUNCIO], env=self.environment, cwd=self.folder,
                                 capture_output=True, text=True)
            self.assertEqual(run.stdout, "0\n", run.stderr)
            self.assertNotIn("cannot write", run.stderr)

    def test_error_output_that_is_gone(self):
        """Nobody reads the messages: the work is done all the same."""
        script = '"$0" index - 2> >(true) < more.jsonl'
        self.write("more.jsonl", lines({"id": "more", "text": "x"}) + "bad\n" * 50)
        run = subprocess.run(["bash", "-c", script, harness.NUNCIO], env=self.environment, cwd=self.folder)
        self.assertEqual(run.returncode, FOUND)
        self.assertIn("more", self.ids())


class Help(ProgramTest):
    def test_help_of_the_program(self):
        for arguments in (["help"], ["--help"], ["-h"]):
            run = self.nuncio(*arguments)
            self.assertEqual((run.status, run.err), (FOUND, ""))
            self.assertTrue(run.out.startswith("nuncio: full-text search"))
            for command in COMMANDS:
                self.assertRegex(run.out, rf"(?m)^  {command} +\w")
            self.assertIn("exit status: 0", run.out)

    def test_help_of_each_command(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                run = self.nuncio(command, "--help")
                self.assertEqual((run.status, run.err), (FOUND, ""))
                self.assertTrue(run.out.startswith(f"usage: nuncio {command} "), run.out)
                for part in ("options:\n", "example", "exit status: 0", "  -h, --help\n", f"  nuncio {command}"):
                    self.assertIn(part, run.out)
                self.assertLessEqual(max(map(len, run.out.splitlines())), 100)
                self.assertEqual(self.nuncio("help", command).out, run.out)
                self.assertEqual(self.nuncio(command, "-h").out, run.out)

    def test_options_of_the_help_are_read(self):
        """Each option that a help text names is one: it fails at most for want of a value."""
        for command in COMMANDS:
            for name in set(re.findall(r"(?m)^ +(?:-\w, )?--([\w-]+)", self.nuncio(command, "--help").out)):
                run = self.nuncio(command, f"--{name}")
                self.assertNotIn("there is no option", run.err, f"{command} --{name}")

    def test_version(self):
        for argument in ("version", "--version"):
            run = self.nuncio(argument)
            self.assertEqual((run.status, run.err), (FOUND, ""))
            self.assertRegex(run.out, r"\Anuncio \d+\.\d+\.\d+ \(index format \d+\)\n\Z")

    def test_mistakes(self):
        for arguments, message in ((["serach", "x"], "there is no command serach"), ([], "which command?"),
                                   (["help", "x"], "there is no command x"),
                                   (["search", "--colour", "x"], "there is no option --colour"),
                                   (["search", "-i"], "option -i needs a value"),
                                   (["index", "--threads", "many", "-"], "--threads takes a number from 1"),
                                   (["index", "--memory", "lots", "-"], "--memory takes a size"),
                                   (["index", "--date", "May", "-"], "--date takes a date"),
                                   (["show"], "name the id of one article"), (["show", "a", "b"], "name the id"),
                                   (["stats", "x"], "takes no argument"), (["delete"], "name at least one id"),
                                   (["annotate"], "name at least one file")):
            with self.subTest(arguments=arguments):
                self.assert_message(self.nuncio(*arguments), ERROR, message)

    def test_readme_of_the_tests(self):
        """Every file of tests has its row."""
        readme = (pathlib.Path(__file__).parent / "README.md").read_text()
        for path in pathlib.Path(__file__).parent.glob("test_*.py"):
            self.assertIn(f"`{path.name}`", readme)


class Progress(ProgramTest):
    def test_not_on_a_pipe(self):
        """A short run tells no progress, and never a bar, where nobody watches."""
        run = self.nuncio("index", "-", stdin=lines(TREATY))
        self.assertEqual(run.err.count("\n"), 2)
        self.assertNotIn("\r", run.err)
        self.assertEqual(self.nuncio("search", "zebra").status, NOTHING)
