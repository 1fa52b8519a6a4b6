#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills `nuncio` with SIGKILL at random moments, on a real file system, again and again on the same index.

usage: test_kill.py NUNCIO ROUNDS

After each kill the index must pass `check --full` and hold what the command had committed: a beginning of the articles in
their new version, the rest in the one before; never less than was seen committed before the kill. The command is then run
again, killed or not. NUNCIO_TEST_SEED repeats a run's choices; the moments are those of the machine.
"""

import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

ARTICLES = 400
TEXT = ("The envoys met in round{0} of the talks. “We stay,” said Minister Oblov. Grain, tariffs and border posts were on "
        "the table, and number {1} on the list was the one that nobody had read.\n\n") * 3


def article(number, version):
    return {"id": f"a{number:03}", "title": f"Talks {number}", "date": "2031-02-03", "lang": "en",
            "text": TEXT.format(version, number).strip()}


class Sweep:
    def __init__(self, nuncio, folder, seed):
        self.nuncio, self.folder, self.index = nuncio, folder, folder / "index"
        self.random = random.Random(seed)
        self.kept = {}       # article -> version, as last seen
        self.version = 1     # of the articles that are being indexed
        self.seconds = {}    # of a run that is left alone, by kind of command
        self.killed = self.finished = self.moved = 0
        self.last_was_killed = False

    def run(self, *arguments):
        return subprocess.run([self.nuncio, *arguments, "-i", str(self.index)], capture_output=True, text=True, timeout=240)

    def generation(self):
        """The commit that the manifest names; 0: none yet."""
        try:
            return struct.unpack_from("<Q", (self.index / "manifest").read_bytes(), 12)[0]
        except (FileNotFoundError, struct.error):
            return 0

    def contents(self):
        listing = self.run("export")
        records = [json.loads(line) for line in listing.stdout.splitlines()]
        return {record["id"]: int(record["text"].split("round")[1].split()[0]) for record in records}

    def command(self):
        """What to run next, and the states that it may leave."""
        kind = self.random.choices(["index", "optimize", "delete"], [7, 2, 1])[0] if self.kept else "index"
        if kind == "index":
            if len(self.kept) == ARTICLES and set(self.kept.values()) == {self.version}:
                self.version += 1
            allowed, state = [dict(self.kept)], dict(self.kept)
            for i in range(ARTICLES):
                state[f"a{i:03}"] = self.version
                allowed.append(dict(state))
            return kind, self.indexing(), allowed
        if kind == "delete":
            gone = self.random.choice(sorted(self.kept))
            without = {name: version for name, version in self.kept.items() if name != gone}
            return kind, ["delete", gone], [self.kept, without]
        return kind, ["optimize"], [self.kept]

    def attempt(self, arguments, delay):
        """Runs a command and kills it after `delay` seconds.
        @return the commit that was there before the kill, or None and what went wrong"""
        process = subprocess.Popen([self.nuncio, *arguments, "-i", str(self.index)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE)
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            pass
        seen = self.generation()
        process.kill()
        errors = process.communicate()[1]
        self.last_was_killed = process.returncode == -signal.SIGKILL
        if self.last_was_killed:
            self.killed += 1
        elif process.returncode == 0:
            self.finished += 1
        else:
            return None, f"exit status {process.returncode}: {errors.decode()}"
        return seen, None

    def time_all(self):
        """How long each command takes here when nobody kills it: the kills are spread over that."""
        self.index = self.folder / "timed"
        for kind, arguments in (("index", self.indexing()), ("delete", ["delete", "a000"]), ("optimize", ["optimize"])):
            begin = time.monotonic()
            if self.run(*arguments).returncode != 0:
                sys.exit(f"{kind} fails undisturbed")
            self.seconds[kind] = time.monotonic() - begin
        self.index = self.folder / "index"

    def indexing(self):
        """Writes the articles in their present version; the command that indexes them."""
        lines = [json.dumps(article(i, self.version), ensure_ascii=False) for i in range(ARTICLES)]
        (self.folder / "articles.jsonl").write_text("\n".join(lines) + "\n")
        return ["index", "--quiet", "--commit-every", "8K", str(self.folder / "articles.jsonl")]

    def round(self):
        """One kill; what is wrong afterwards, or None."""
        kind, arguments, allowed = self.command()
        seen, wrong = self.attempt(arguments, self.random.uniform(0, self.seconds[kind]))
        if seen is None:
            return f"{kind}: {wrong}"
        # Towards where two runs of three are killed before their end, however fast the machine is at the moment.
        self.seconds[kind] *= 1.03 if self.last_was_killed else 0.93
        if self.generation() < seen:
            return f"{kind}: commit {seen} was there before the kill, {self.generation()} after it"
        if self.generation() == 0:
            return None  # killed before the first commit
        check = self.run("check", "--full")
        if check.returncode != 0:
            return f"{kind}: check --full: {check.stderr}"
        found = self.contents()
        if found not in allowed:
            return f"{kind}: holds what no commit of it holds: {len(found)} articles"
        self.moved += found != self.kept
        self.kept = found
        return None

    def conclude(self):
        """A run that is left alone: everything is in, nothing is left over."""
        if self.run(*self.indexing()).returncode != 0 or self.run("optimize").returncode != 0:
            return "the run cannot resume"
        if self.contents() != {f"a{i:03}": self.version for i in range(ARTICLES)}:
            return "resumed: not everything is there"
        files = sorted(path.name for path in self.index.iterdir())
        if len(files) != 3:
            return f"resumed: something is left over: {files}"
        return None


def main():
    nuncio, rounds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    if os.environ.get("NUNCIO_LONG"):
        rounds = max(rounds, 1000)
    given = os.environ.get("NUNCIO_TEST_SEED", "20310403")
    seed = time.time_ns() if given == "random" else int(given)
    print(f"seed {seed} (repeat with NUNCIO_TEST_SEED={seed})")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kill-", dir="."))  # the build's disk: /tmp may be memory
    sweep = Sweep(nuncio, folder.resolve(), seed)
    try:
        sweep.time_all()
        for number in range(rounds):
            wrong = sweep.round()
            if wrong:
                print(f"round {number}: {wrong}\nkept for inspection: {sweep.index}\n"
                      f"repeat: NUNCIO_TEST_SEED={seed} {' '.join(sys.argv)}")
                return 1
        wrong = sweep.conclude()
    except BaseException:
        shutil.rmtree(folder, True)
        raise
    shutil.rmtree(folder, True)
    print(f"kills: {rounds} runs, {sweep.killed} killed, {sweep.finished} finished before, {sweep.moved} had committed")
    if wrong:
        print(wrong)
    # Too few real kills, or kills that never met a commit, would test nothing.
    return 1 if wrong or sweep.killed * 3 < rounds or sweep.moved * 20 < rounds else 0


if __name__ == "__main__":
    sys.exit(main())
