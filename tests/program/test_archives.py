# SPDX-License-Identifier: Apache-2.0
"""Archives of strange shape: each is indexed within its memory, found again to the last article, and checks out."""

import os
import unicodedata

import harness
from harness import ERROR, FOUND, ProgramTest, lines

LONG = bool(os.environ.get("NUNCIO_LONG"))


class Archives(ProgramTest):
    def index_lines(self, records, *options):
        run = self.nuncio("index", "--quiet", *options, self.write("archive.jsonl", records))
        self.assertEqual((run.status, run.out, run.err), (FOUND, "", ""))
        run = self.nuncio("check", "--full")
        self.assertEqual(run.status, FOUND, run.err + run.out)

    def count(self, *query):
        return int(self.nuncio("search", "--count", "--by", "article", *query).out)

    def stats(self):
        return self.nuncio("stats", "--format", "json").json()

    def test_one_term_in_every_passage(self):
        self.index_lines(lines(*({"id": str(i), "text": "peace " * (1 + i % 300)} for i in range(3000))), "--memory", "24M")
        self.assertEqual(self.count("peace"), 3000)
        self.assertEqual(self.count("war"), 0)

    def test_every_term_once(self):
        words = [f"w{i:x}q" for i in range(60000)]
        self.index_lines(lines(*({"id": str(i), "text": " ".join(words[i::200])} for i in range(200))), "--memory", "24M")
        self.assertGreaterEqual(self.stats()["terms"], 60000)
        for i in (0, 59999, 31415):
            self.assertEqual(self.count("=" + words[i]), 1)

    def test_all_articles_identical(self):
        text = "The corridor was renewed, the minister said. “It will hold,” she added.\n\n" * 5
        self.index_lines(lines(*({"id": str(i), "text": text} for i in range(2000))), "--memory", "24M")
        self.assertEqual(self.count('"will hold"'), 2000)
        stats = self.stats()
        self.assertLess(stats["bytes"]["text"], stats["raw_text_bytes"] // 4)

    def test_one_large_article(self):
        size = (1 << 20) if harness.SANITIZED else (64 << 20)
        text = ("A treaty was signed in Geneva on the grain corridor, officials said. " * (size // 69 + 1))[:size]
        archive = lines({"id": "large", "text": text})
        if not harness.SANITIZED:
            run = self.nuncio("index", "--quiet", "--memory", "24M", self.write("archive.jsonl", archive))
            self.assert_message(run, ERROR, "large", "give at least")
        self.index_lines(archive, "--memory", "900M")
        self.assertEqual(self.count('"grain corridor"'), 1)
        self.assertGreater(self.stats()["passages"], size // 2000)

    def test_many_articles_of_one_word(self):
        count = 10_000_000 if LONG else 20_000 if harness.SANITIZED else 200_000
        path = self.folder / "archive.jsonl"
        with open(path, "w", encoding="utf-8") as out:
            for i in range(count):
                out.write(f'{{"id":"{i}","text":"word{i % 1000}"}}\n')
        run = self.nuncio("index", "--quiet", "--memory", "64M", path)
        self.assertEqual((run.status, run.err), (FOUND, ""))
        self.assertEqual(self.count("word7"), count // 1000)
        self.assertEqual(self.stats()["articles"], count)

    def test_scripts_mixed(self):
        """A few letters of every script that Unicode names, in one article and one article each."""
        scripts = {}
        for code in range(0x20, 0x1FFFF):
            letter = chr(code)
            if unicodedata.category(letter).startswith("L"):
                scripts.setdefault(unicodedata.name(letter, "?").split()[0], []).append(letter)
        self.assertGreater(len(scripts), 100)
        records = [{"id": name, "text": f"{''.join(letters[:6])} treaty {''.join(letters[-6:])}"}
                   for name, letters in scripts.items()]
        records.append({"id": "all", "text": " ".join(record["text"] for record in records)})
        self.index_lines(lines(*records), "--memory", "24M")
        self.assertEqual(self.count("treaty"), len(records))

    def test_memory_that_is_no_memory(self):
        self.assert_message(self.nuncio("index", "--memory", "1M", self.write("a.jsonl", "")), ERROR, "24M")
