# SPDX-License-Identifier: Apache-2.0
"""Quotes as hits: who said what, in each format; mistakes in how they are asked for."""

import os
import pathlib

import harness
from harness import ARTICLES, ERROR, FOUND, NOTHING, ProgramTest, lines


class Quotes(ProgramTest):
    def setUp(self):
        super().setUp()
        self.built()

    def found(self, *arguments):
        run = self.nuncio("quotes", "--format", "json", *arguments)
        self.assertEqual((run.status, run.err), (FOUND, ""))
        return run.json()["quotes"]

    def test_words(self):
        quotes = self.found("treaty")
        self.assertEqual([quote["text"] for quote in quotes if quote["direct"]], ["We are not leaving the treaty,"])
        self.assertEqual(quotes[0]["speaker"]["name"], "Anatoly Drazhin")
        self.assertEqual(quotes[0]["cue"], "said")

    def test_shape(self):
        quote = self.found("--direct", "treaty")[0]
        self.assertEqual(list(quote), ["rank", "score", "text", "start", "end", "direct", "speaker", "cue", "confidence",
                                       "article"])
        self.assertEqual(list(quote["article"]), ["id", "title", "date", "source", "url", "lang"])
        self.assertEqual(list(quote["speaker"]), ["name", "entity"])

    def test_places_count_in_the_article(self):
        for unit, text in (("chars", str), ("bytes", lambda words: words.encode())):
            quote = self.found("--offsets", unit, "--direct", "Nobody")[0]
            whole = text(next(a["text"] for a in ARTICLES if a["id"] == quote["article"]["id"]))
            self.assertEqual(whole[quote["start"]:quote["end"]], text(quote["text"]))

    def test_speaker_alone(self):
        for name in ("Çavdaroğlu", "cavdaroglu", "Mehmet Cavdaroglu", '"Cavdaroglu"'):
            quotes = self.found("--speaker", name)
            self.assertEqual({quote["speaker"]["name"] for quote in quotes}, {"Mehmet Çavdaroğlu"})
            self.assertEqual([quote["text"] for quote in quotes],
                             ["The ships will sail tonight,", "Nobody can eat a communiqué."])

    def test_speaker_and_words(self):
        self.assertEqual([quote["text"] for quote in self.found("--speaker", "Cavdaroglu", "ships")],
                         ["The ships will sail tonight,"])
        run = self.nuncio("quotes", "--speaker", "Drazhin", "ships")
        self.assertEqual((run.status, run.out), (NOTHING, ""))
        self.assertIn("no quote found", run.err)

    def test_filters(self):
        self.assertEqual(len(self.found("--source", "The Northern Ledger", "--date", "2031-02", "--lang", "en", "ships")), 1)
        self.assertEqual(self.nuncio("quotes", "--date", "2031-03", "ships").status, NOTHING)
        self.assertEqual(self.nuncio("quotes", "--date", "yesterday", "ships").status, ERROR)

    def test_hits(self):
        self.assertEqual([quote["rank"] for quote in self.found("-k", "1", "--speaker", "Cavdaroglu")], [1])

    def test_lines(self):
        run = self.nuncio("quotes", "--format", "jsonl", "--speaker", "Cavdaroglu")
        self.assertEqual(len(run.out.splitlines()), 2)

    def test_text(self):
        run = self.nuncio("quotes", "--explain", "--direct", "treaty")
        self.assertIn("Anatoly Drazhin, said: “We are not leaving the *treaty*,”", run.out)
        self.assertIn("Meridian Wire · 2031-01-14 · wire-1", run.out)
        self.assertIn("direct speech; cue “said” behind it; speaker “President Anatoly Drazhin” behind it; confidence 0.",
                      " ".join(run.out.split()))

    def test_operators_and_filters(self):
        both = self.found("ships OR treaty")
        self.assertEqual({quote["article"]["id"] for quote in both},
                         {quote["article"]["id"] for word in ("ships", "treaty") for quote in self.found(word)})
        self.assertEqual([quote["text"] for quote in self.found("ships OR treaty speaker:cavdaroglu")],
                         [quote["text"] for quote in self.found("--speaker", "Cavdaroglu", "ships OR treaty")])
        self.assertEqual(self.nuncio("quotes", "ships AND treaty").status, NOTHING)
        run = self.nuncio("quotes", "PASSAGE(ships)")
        self.assertEqual((run.status, run.out), (ERROR, ""))
        self.assertIn("cannot be asked of a quote", run.err)

    def test_count(self):
        run = self.nuncio("quotes", "--count", "--speaker", "Cavdaroglu")
        self.assertEqual((run.status, run.out), (FOUND, "2\n"))
        run = self.nuncio("quotes", "--count", "zyzzyva")
        self.assertEqual((run.status, run.out), (NOTHING, "0\n"))

    def test_pages(self):
        whole = self.found("-k", "100", "the")
        seen, after = [], []
        while True:
            page = self.nuncio("quotes", "--format", "json", "-k", "1", *after, "the").json()
            seen += page["quotes"]
            if not page["quotes"] or page["after"] is None:
                break
            after = ["--after", page["after"]]
        self.assertGreater(len(whole), 1)
        self.assertEqual(seen, whole)
        run = self.nuncio("quotes", "--after", page["after"] or after[1], "ships")
        self.assertEqual(run.status, ERROR)

    def test_explanation(self):
        quote = self.found("--explain", "treaty")[0]
        self.assertIn("quotes; k1 1.5, b 0.75", quote["explanation"])
        self.assertIn("treaty: weight 1 * idf", quote["explanation"])

    def test_scores_in_a_search(self):
        best = max(quote["score"] for quote in self.found("treaty"))
        run = self.nuncio("search", "--format", "json", "quote:treaty")
        self.assertEqual(run.json()["hits"][0]["score"], best)

    def test_mistakes(self):
        self.assert_message(self.nuncio("quotes"), ERROR, "--speaker", "--help")
        run = self.nuncio("quotes", "(ships")
        self.assertEqual((run.status, run.out), (ERROR, ""))
        self.assertIn("bracket", run.err)
        self.assert_message(self.nuncio("quotes", "-k", "0", "ships"), ERROR, "--help")


class SeedArticle(ProgramTest):
    """A report with every difficulty at once: who speaks in it, by which word."""

    def test_seed_article(self):
        path = pathlib.Path(os.environ.get("NUNCIO_DATA", harness.ROOT / "../shared/data")) / "seed-article.txt"
        if not path.is_file():
            self.skipTest(f"{path} is not at hand")
        text = path.read_text()
        run = self.nuncio("annotate", "-", stdin=lines({"id": "seed", "lang": "en", "text": text}))
        self.assertEqual(run.status, FOUND)
        told = {True: [], False: []}
        for quote in run.json()["quotes"]:
            cue = text[quote["cue"]["start"]:quote["cue"]["end"]]
            told[quote["direct"]].append((quote["speaker"]["name"], cue))
        self.assertEqual(told[True], [
            ("a US official", "said"), ("a US official", "said"), ("Maria Zakharova", "clarified"),
            ("the Russian delegation in Cambodia", "assured"), ("Antony Blinken", "said"), ("Antony Blinken", "added"),
            ("Annalena Baerbock", "told"), ("Annalena Baerbock", "said"), ("Sergei Ryabkov", "told"),
            ("Sergei Lavrov", "accused"), ("Antony Blinken", "said")])
        self.assertEqual(told[False], [
            ("Antony Blinken", "urged"), ("Antony Blinken", "warned"), ("Antony Blinken", "asked"),
            ("Russian Ministry of Foreign Affairs", "said"), ("Sergei Lavrov", "assured"),
            ("the Russian delegation in Cambodia", "assured"), ("the Russian delegation in Cambodia", "accused"),
            ("the United States and its European allies", "urged"), ("Russia", "accusing"), ("Sergei Ryabkov", "told"),
            ("the RIA Novosti news agency", "reported"), ("Antony Blinken", "assured")])
