# SPDX-License-Identifier: Apache-2.0
"""What several measurements need: the archives, a process timed, the machine described."""

import contextlib
import fcntl
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
PROGRAM = ROOT / "build/release/bin/nuncio"
CORPORA = ("frus.jsonl.zst", "ungdc.jsonl.zst")
DATA = pathlib.Path(os.environ.get("NUNCIO_DATA", ROOT / "../shared/data"))


def corpora(data):
    """The two archives of the data folder that sizes and times are measured on, or none of them."""
    paths = [data / "corpora" / name for name in CORPORA]
    return paths if all(path.exists() for path in paths) else []


def generated_archive(path, megabytes=64):
    """Zipf-Mandelbrot words in bursts by topic: the shape of text without its meaning."""
    rng = random.Random(7)
    words = ["".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(2 + rank % 9)) + str(rank)
             for rank in range(60000)]
    weights = [1 / (rank + 2.7) ** 1.05 for rank in range(len(words))]
    pool = rng.choices(words, weights, k=2_000_000)
    size = number = 0
    with open(path, "w", encoding="utf-8") as out:
        while size < megabytes << 20:
            topic = rng.choices(words[200:], k=6)
            start = rng.randrange(len(pool) - 900)
            body = pool[start:start + 700] + rng.choices(topic, k=60)
            text = " ".join(body[i] + (".\n\n" if i % 90 == 89 else ". " if i % 18 == 17 else "")
                            for i in range(len(body)))
            line = json.dumps({"id": f"g{number}", "title": " ".join(topic), "text": text.capitalize()})
            out.write(line + "\n")
            size, number = size + len(line), number + 1
    return path


def grown_archive(path, base, scale):
    """`base` so many times, each copy in another order of words: nothing is skipped, all is compressed anew."""
    with open(path, "w", encoding="utf-8") as out:
        for copy in range(scale):
            rng = random.Random(copy)
            for article in articles_of([base]):
                words = article["text"].split(" ")
                rng.shuffle(words)
                out.write(json.dumps({"id": f"{copy}/{article['id']}", "title": article["title"],
                                      "text": " ".join(words)}) + "\n")
    return path


def articles_of(paths):
    for path in paths:
        command = ["zstd", "-dcq", path] if str(path).endswith(".zst") else ["cat", path]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            yield from map(json.loads, process.stdout)


def timed(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cores=None):
    """Seconds, seconds of processor and peak anonymous memory of a process, kept to so many cores."""
    allowed = sorted(os.sched_getaffinity(0))[:cores] if cores else None
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE,
                               preexec_fn=(lambda: os.sched_setaffinity(0, allowed)) if allowed else None)
    peak = 0
    while process.poll() is None:
        try:
            for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
                if line.startswith("RssAnon:"):
                    peak = max(peak, int(line.split()[1]) * 1024)
        except OSError:
            pass
        time.sleep(0.01)
    seconds = time.perf_counter() - begin
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {process.stderr.read().decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def run(command):
    """Seconds and peak anonymous memory of a process."""
    seconds, _, peak = timed(command)
    return seconds, peak


class Undisturbed:
    """While entered, holds the files of $NUNCIO_BENCH_LOCKS (parted by colons): on a shared machine, work that takes one of
    them waits while something is timed. Takes all or none, so that it holds nobody up while it waits; after some minutes
    it waits for one after the other. pause() lets others have a turn once they have waited for long."""

    def __init__(self, turn_seconds=100, patience=240):
        self.turn_seconds, self.patience, self.held, self.since = turn_seconds, patience, None, 0.0

    def take(self, how):
        held = contextlib.ExitStack()
        try:
            for name in filter(None, os.environ.get("NUNCIO_BENCH_LOCKS", "").split(":")):
                fcntl.flock(held.enter_context(open(name, "a", encoding="utf-8")), how)
        except BlockingIOError:
            held.close()
            return None
        return held

    def __enter__(self):
        begin, self.held = time.monotonic(), None
        while self.held is None and time.monotonic() - begin < self.patience:
            self.held = self.take(fcntl.LOCK_EX | fcntl.LOCK_NB)
            time.sleep(0 if self.held else 0.1)
        self.held = self.held or self.take(fcntl.LOCK_EX)
        self.since = time.monotonic()
        return self

    def __exit__(self, *_):
        self.held.close()

    def pause(self):
        if time.monotonic() - self.since > self.turn_seconds:
            self.held.close()
            time.sleep(2)
            self.__enter__()


def stats(program, index):
    listing = subprocess.run([program, "stats", "-i", index, "--format", "json"], capture_output=True, check=True)
    return json.loads(listing.stdout)


def machine_card():
    model = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    return f"{model}, {os.cpu_count()} cores, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') >> 30} GiB"


def fill_documents(regions):
    """Puts measured tables between the marks of the documents that quote them: nobody types them."""
    for path in (ROOT / "docs/performance.md", ROOT / "README.md"):
        text = path.read_text(encoding="utf-8")
        for name, body in regions.items():
            begin, end = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
            if begin in text:
                before, rest = text.split(begin)
                text = before + begin + "\n" + body + end + rest.split(end)[1]
        path.write_text(text, encoding="utf-8")
