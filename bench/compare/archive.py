# SPDX-License-Identifier: Apache-2.0
"""What all contestants are given: articles without titles, the passages nuncio cuts of them, the queries."""

import collections
import hashlib
import json
import random
import re
import subprocess

from common import PROGRAM, ROOT, articles_of, corpora, generated_archive, grown_archive

WORK = ROOT / "build/bench"
CLASSES = ("term", "intersection", "union", "phrase")
QUERY_FILES = ("diplomatic.jsonl", "search-benchmark-game.jsonl")
Query = collections.namedtuple("Query", "text kind")


class Archive:
    """A folder of the build directory: articles.jsonl, passages.txt (one a line), names-DIGEST.txt (article/ordinal of each
    line, kept for indexes of earlier passages) and the indexes. Titles are left out, because nuncio alone would count their words with the first passage."""

    def __init__(self, name, make_articles, queries, same_tokens=False):
        self.name, self.folder, self.queries = name, WORK / name, queries
        self.same_tokens = same_tokens  # no two engines can differ in them: neither in numbers of hits
        self.folder.mkdir(parents=True, exist_ok=True)
        self.articles, self.passages = self.folder / "articles.jsonl", self.folder / "passages.txt"
        if not self.articles.exists():
            draft = self.folder / "articles.part"
            make_articles(draft)
            draft.rename(self.articles)
        self.digest = ""

    def cut(self, index):
        """Passages as nuncio's index holds them."""
        digest, export = hashlib.sha256(), [str(PROGRAM), "export", "-i", str(index), "--passages"]
        names = self.folder / "names.part"
        with open(self.passages, "w", encoding="utf-8") as out, open(names, "w", encoding="utf-8") as named, \
                subprocess.Popen(export, stdout=subprocess.PIPE) as process:
            for line in process.stdout:
                passage = json.loads(line)
                text = " ".join(passage["text"].split()) + "\n"
                out.write(text)
                digest.update(text.encode())
                named.write(f"{passage['id']}/{passage['ordinal']}\n")
        self.digest = digest.hexdigest()[:16]
        names.rename(self.folder / f"names-{self.digest}.txt")

    def names(self, digest):
        """Article and ordinal of each line of the passages of that digest."""
        return (self.folder / f"names-{digest}.txt").read_text(encoding="utf-8").splitlines()

    def index(self, name):
        return self.folder / name

    def text_bytes(self):
        return self.passages.stat().st_size


def without_titles(sources, to):
    with open(to, "w", encoding="utf-8") as out:
        for article in articles_of(sources):
            article.pop("title", None)
            article.setdefault("lang", "en")
            out.write(json.dumps(article, ensure_ascii=False) + "\n")


def plain(query):
    """A query whose words hold no punctuation, so that no engine's way of splitting words changes its meaning."""
    words = re.findall(r"\w+", query, re.UNICODE)
    if query.startswith('"'):
        return '"' + " ".join(words) + '"' if words else ""
    mark = "+" if query.startswith("+") else ""
    return " ".join(mark + word for word in words)


def kind_of(query):
    if query.startswith('"'):
        return "phrase" if " " in query else "term"
    return "term" if " " not in query else "intersection" if query.startswith("+") else "union"


def read_queries(paths):
    """Those of the four classes; mixed and negated ones cannot be put to every engine in the same words."""
    queries = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            text = plain(entry["query"])
            if entry["tags"][0] in CLASSES and text:
                queries[text] = Query(text.strip('+"') if kind_of(text) == "term" else text, kind_of(text))
    return list(queries.values())


def drawn_queries(articles, count=1200):
    """Words and runs of words of the archive itself: a quarter of each class."""
    rng, texts = random.Random(11), []
    for number, article in enumerate(articles_of([articles])):
        if number % 7 == 0:
            texts.append(re.findall(r"\w+", article["text"]))
    queries = []
    for number in range(count):
        words = rng.choice(texts)
        length = 1 + number % 4 if number % 4 == 0 else rng.randint(2, 5)
        start = rng.randrange(len(words) - length)
        run = words[start:start + length]
        spread = [words[rng.randrange(len(words))] for _ in run]
        queries.append((" ".join(run[:1]), " ".join("+" + word for word in spread), " ".join(spread),
                        '"' + " ".join(run[:2 + number % 2]) + '"')[number % 4])
    return [Query(text, kind_of(text)) for text in dict.fromkeys(queries)]


def diplomatic(data):
    """frus + ungdc with the queries of the data folder, or None."""
    sources, files = corpora(data), [data / "queries" / name for name in QUERY_FILES]
    if not sources or not all(path.exists() for path in files):
        return None
    return Archive("frus-ungdc", lambda to: without_titles(sources, to), read_queries(files))


def generated(megabytes=64, scale=1):
    """An archive that needs no data; `scale` copies of it, each in another order of words."""
    name = f"generated-{megabytes}" + (f"x{scale}" if scale > 1 else "")

    def make(to):
        base = to.parent / "base.jsonl"
        generated_archive(base, megabytes)
        grown_archive(to.parent / "grown.jsonl", base, scale)
        without_titles([to.parent / "grown.jsonl"], to)
        base.unlink()
        (to.parent / "grown.jsonl").unlink()
    archive = Archive(name, make, [], True)
    archive.queries = drawn_queries(archive.articles)
    return archive
