# SPDX-License-Identifier: Apache-2.0
"""Searches: what each format promises, pages, counts, explanations, mistakes in queries."""

import csv
import io

import harness
from harness import ARTICLES, ERROR, FOUND, NOTHING, TREATY, ProgramTest

TYPES = {"person", "place", "organisation", "event", "nationality"}


class Search(ProgramTest):
    def setUp(self):
        super().setUp()
        self.built()

    def found(self, *arguments):
        run = self.nuncio("search", "--format", "json", *arguments)
        self.assertEqual((run.status, run.err), (FOUND, ""))
        return run.json()

    def ids_of(self, *arguments):
        return [hit["article"]["id"] for hit in self.found(*arguments)["hits"]]


class Formats(Search):
    def check_range(self, range_, size):
        self.assertLessEqual(0, range_["start"])
        self.assertLess(range_["start"], range_["end"])
        self.assertLessEqual(range_["end"], size)

    def check_hit(self, hit):
        """The keys and types of DESIGN of a hit, no more and no fewer."""
        self.assertEqual(list(hit), ["rank", "score", "article", "passage", "highlights", "quotes", "entities"])
        self.assertEqual(list(hit["article"]), ["id", "title", "title_highlights", "date", "source", "url"])
        self.assertEqual(list(hit["passage"]), ["ordinal", "start", "end", "text"])
        text = hit["passage"]["text"]
        self.assertEqual(hit["passage"]["end"] - hit["passage"]["start"], len(text))
        for mark in hit["highlights"]:
            self.assertEqual(list(mark), ["start", "end", "kind"])
            self.assertIn(mark["kind"], ("term", "phrase"))
            self.check_range(mark, len(text))
        for quote in hit["quotes"]:
            keys = ["start", "end", "direct", "speaker", "cue", "confidence", "matched"]
            self.assertEqual([key for key in quote if not key.startswith("continues_")], keys)
            self.check_range(quote, len(text))
            self.assertTrue(0 <= quote["confidence"] <= 1)
            if quote["speaker"] is not None:
                self.assertEqual(list(quote["speaker"]), ["name", "entity"])
        for entity in hit["entities"]:
            self.assertEqual(list(entity), ["start", "end", "type", "name", "entity", "matched"])
            self.assertIn(entity["type"], TYPES)
            self.check_range(entity, len(text))

    def test_json(self):
        page = self.found("treaty", "corridor", "accord", "Drazhin", "Çavdaroğlu")
        self.assertEqual(list(page), ["query", "total", "total_is_exact", "generation", "hits", "after"])
        self.assertEqual(page["query"], "(treaty OR corridor OR accord OR Drazhin OR Çavdaroğlu)")
        self.assertEqual([hit["rank"] for hit in page["hits"]], [1, 2, 3])
        self.assertEqual(sorted(hit["article"]["id"] for hit in page["hits"]), ["courrier-3", "ledger-2", "wire-1"])
        scores = [hit["score"] for hit in page["hits"]]
        self.assertEqual(scores, sorted(scores, reverse=True))
        for hit in page["hits"]:
            self.check_hit(hit)
        treaty = next(hit for hit in page["hits"] if hit["article"]["id"] == "wire-1")
        self.assertEqual(treaty["article"]["url"], TREATY["url"])
        self.assertEqual(treaty["article"]["source"], "Meridian Wire")
        text, article = treaty["passage"]["text"], TREATY["text"]
        self.assertEqual(article[treaty["passage"]["start"]:treaty["passage"]["end"]], text)
        marked = {text[mark["start"]:mark["end"]] for mark in treaty["highlights"]}
        self.assertEqual(marked, {"treaty", "Drazhin"})
        title = treaty["article"]["title"]
        self.assertEqual([title[m["start"]:m["end"]] for m in treaty["article"]["title_highlights"]], ["treaty"])
        quotes = {text[quote["start"]:quote["end"]]: quote for quote in treaty["quotes"]}
        self.assertIn("We are not leaving the treaty,", quotes)
        quote = quotes["We are not leaving the treaty,"]
        self.assertEqual((quote["direct"], quote["matched"], quote["speaker"]["name"], quote["cue"]),
                         (True, True, "Anatoly Drazhin", "said"))

    def test_dates(self):
        page = self.found("corridor", "treaty")
        dates = {hit["article"]["id"]: hit["article"]["date"] for hit in page["hits"]}
        self.assertEqual(dates, {"wire-1": "2031-01-14", "ledger-2": "2031-02-19", "courrier-3": "2031-03"})

    def test_jsonl(self):
        run = self.nuncio("search", "--format", "jsonl", "treaty", "corridor")
        self.assertEqual(run.records(), self.found("treaty", "corridor")["hits"])

    def test_csv(self):
        run = self.nuncio("search", "--format", "csv", "treaty", "corridor")
        rows = list(csv.DictReader(io.StringIO(run.out)))
        hits = self.found("treaty", "corridor")["hits"]
        self.assertEqual(list(rows[0]), "rank score id title date source url ordinal start end text".split())
        for row, hit in zip(rows, hits, strict=True):
            article, passage = hit["article"], hit["passage"]
            self.assertEqual([row[key] for key in ("rank", "score", "id", "title", "date", "source", "url")],
                             [str(hit["rank"]), str(hit["score"]), article["id"], article["title"], article["date"] or "",
                              article["source"] or "", article["url"] or ""])
            self.assertEqual([row["start"], row["end"], row["text"]],
                             [str(passage["start"]), str(passage["end"]), passage["text"]])

    def test_offsets(self):
        """Each unit points at the same words."""
        for unit, encode in (("bytes", lambda text: text.encode()), ("chars", lambda text: text),
                             ("utf16", lambda text: text.encode("utf-16-le"))):
            size = 2 if unit == "utf16" else 1
            for hit in self.found("--offsets", unit, "communiqué", "accord")["hits"]:
                article = next(a for a in ARTICLES if a["id"] == hit["article"]["id"])
                passage = encode(hit["passage"]["text"])
                place = slice(hit["passage"]["start"] * size, hit["passage"]["end"] * size)
                self.assertEqual(encode(article["text"])[place], passage)
                words = [passage[m["start"] * size:m["end"] * size] for m in hit["highlights"]]
                self.assertIn(words[0], (encode("communiqué"), encode("accord"), encode("L’accord")))

    def test_text(self):
        run = self.nuncio("search", "-k", "1", "+Drazhin", "treaty", environment={"COLUMNS": "72"})
        self.assertEqual(run.status, FOUND)
        self.assertEqual(run.out, (
            "1  Karsovia suspends arms *treaty*\n"
            "   Meridian Wire · 2031-01-14 · wire-1\n"
            "   DRASNIK - Karsovia said on Tuesday it was suspending its part in the\n"
            "   Lindholm II *treaty*.\n"
            "   “We are not leaving the *treaty*,” President Anatoly *Drazhin* said.\n"
            "   “We are closing the door until they remember how to knock.”\n"
            "   Foreign Minister Sergei Volkonin handed over a note.\n"
            "     it was suspending its part in the… — Karsovia, said (reported)\n"
            "     “We are not leaving the treaty,” — Anatoly Drazhin, said\n\n"))
        self.assertRegex(run.err, r"\Anuncio: 1 of 1 passage in [\d.]+ ms\n\Z")


class Asking(Search):
    def test_nothing_found(self):
        run = self.nuncio("search", "zebra")
        self.assert_message(run, NOTHING, "nothing found; --explain-query shows how the query was read")
        run = self.nuncio("search", "--format", "json", "zebra")
        self.assertEqual(run.status, NOTHING)
        self.assertEqual((run.json()["hits"], run.json()["total"], run.json()["after"]), ([], 0, None))
        self.assertEqual(self.nuncio("search", "--format", "jsonl", "zebra").out, "")
        self.assertEqual(self.nuncio("search", "--format", "csv", "zebra").out.count("\n"), 1)

    def test_operators(self):
        self.assertEqual(self.ids_of('"grain corridor"'), ["ledger-2"])
        self.assertEqual(self.ids_of("“grain corridor”"), ["ledger-2"])
        self.assertEqual(self.ids_of("corridor NOT grain"), ["courrier-3"])
        self.assertEqual(self.ids_of("Cavdaroglu"), ["ledger-2"])
        self.assertEqual(self.ids_of("date:2031-02 corridor"), ["ledger-2"])
        self.assertEqual(self.ids_of("speaker:Drazhin"), ["wire-1"])
        self.assertEqual(self.ids_of("person:Castaing"), ["courrier-3"])

    def test_words_behind_the_first_are_query_text(self):
        self.assertEqual(self.ids_of("corridor", "-grain"), ["courrier-3"])
        self.assertEqual(self.ids_of("--", "-grain", "corridor"), ["courrier-3"])
        self.assertEqual(self.nuncio("search", "corridor", "--count").out, self.nuncio("search", "--count", "corridor").out)

    def test_plain(self):
        self.assertEqual(sorted(self.ids_of("--plain", "treaty AND ( corridor")), ["courrier-3", "ledger-2", "wire-1"])

    def test_by_article_and_scope(self):
        self.assertEqual(self.ids_of("--by", "article", "treaty"), ["wire-1"])
        self.assertEqual(self.ids_of("--scope", "passage", "treaty AND note"), ["wire-1"])

    def test_count(self):
        self.assertEqual(self.nuncio("search", "--count", "corridor").out, "2\n")
        run = self.nuncio("search", "--count", "zebra")
        self.assertEqual((run.status, run.out), (NOTHING, "0\n"))
        page = self.found("--count", "-k", "1", "corridor")
        self.assertEqual((page["total"], page["total_is_exact"], len(page["hits"])), (2, True, 1))

    def test_paging(self):
        page, seen = self.found("-k", "1", "treaty", "corridor"), []
        while page["hits"]:
            seen += page["hits"]
            if page["after"] is None:
                break
            run = self.nuncio("search", "--format", "json", "-k", "1", "--after", page["after"], "treaty", "corridor")
            self.assertIn(run.status, (FOUND, NOTHING), run.err)
            page = run.json()
        self.assertEqual(seen, self.found("treaty", "corridor")["hits"])
        self.assertEqual([hit["rank"] for hit in seen], [1, 2, 3])

    def test_page_of_another_commit(self):
        after = self.found("-k", "1", "treaty", "corridor")["after"]
        self.assertEqual(self.nuncio("delete", "courrier-3").status, FOUND)
        run = self.nuncio("search", "--after", after, "treaty", "corridor")
        self.assert_message(run, ERROR, "search again without --after")
        run = self.nuncio("search", "--after", "garbage", "treaty")
        self.assert_message(run, ERROR)

    def test_exhaustive(self):
        query = ("treaty", "corridor", "navires", "said")
        self.assertEqual(self.found("--exhaustive", *query)["hits"], self.found(*query)["hits"])

    def test_parameters(self):
        scores = {self.found("--k1", k1, "--b", b, "treaty")["hits"][0]["score"]
                  for k1, b in (("1.5", "0.75"), ("0.5", "0.75"), ("1.5", "0"))}
        self.assertEqual(len(scores), 3)
        self.assertIn(self.found("treaty")["hits"][0]["score"], scores)
        for arguments in (["--k1", "-1"], ["--b", "1.5"], ["--b", "x"], ["-k", "0"], ["-k", "10001"], ["--by", "word"]):
            self.assert_message(self.nuncio("search", *arguments, "treaty"), ERROR, arguments[0].strip("-")[:1], "--help")

    def test_explain(self):
        run = self.nuncio("search", "--explain", "-k", "1", "treaty")
        self.assertIn(" · score ", run.out)
        self.assertIn("idf", run.out)
        hit = self.found("--explain", "-k", "1", "treaty")["hits"][0]
        self.assertIn("idf", hit["explanation"])
        self.assertNotIn("explanation", self.found("treaty")["hits"][0])

    def test_explain_query(self):
        run = self.nuncio("search", "--explain-query", "+treaty corridor -zebra")
        self.assertEqual((run.status, run.err), (FOUND, ""))
        self.assertTrue(run.out.startswith("(+treaty -zebra corridor)\n"), run.out)
        self.assertIn("df=", run.out)
        run = self.nuncio("search", "--explain-query", "--format", "json", "treaty")
        self.assertEqual(run.json()["query"], "treaty")
        self.assertIn("df=", run.json()["explanation"])


class Mistakes(Search):
    def mistake(self, query, message, line, caret):
        run = self.nuncio("search", query)
        self.assertEqual((run.status, run.out), (ERROR, ""))
        told, shown, mark = run.err.rstrip("\n").split("\n")
        self.assertTrue(told.startswith("nuncio: query: "), told)
        self.assertIn(message, told)
        self.assertEqual((shown, mark), ("  " + line, "  " + " " * caret + "^"))

    def test_unclosed_quote(self):
        self.mistake('treaty "grain corridor', "never closed", 'treaty "grain corridor', 7)
        self.mistake("„grain corridor", "never closed", "„grain corridor", 0)

    def test_missing_operand(self):
        self.mistake("treaty AND", "a word is missing", "treaty AND", 10)

    def test_unclosed_bracket(self):
        self.mistake("treaty (grain", "bracket", "treaty (grain", 7)

    def test_unknown_field(self):
        self.mistake("headline:treaty", "headline", "headline:treaty", 0)

    def test_wide_characters(self):
        """The caret stands under the place though the letters before it take two columns."""
        self.mistake("和平 (谈判", "bracket", "和平 (谈判", 5)

    def test_long_query(self):
        run = self.nuncio("search", "word " * 200 + "( treaty")
        lines = run.err.rstrip("\n").split("\n")
        self.assertEqual(run.status, ERROR)
        self.assertLess(max(map(len, lines)), 120)
        self.assertEqual(lines[1][lines[2].index("^")], "(")

    def test_controls(self):
        run = self.nuncio("search", "\x1b[31m (treaty")
        self.assertEqual(run.status, ERROR)
        self.assertNotIn("\x1b", run.err)

    def test_empty(self):
        self.assert_message(self.nuncio("search"), ERROR, "what is to be searched for?", "--help")
        self.assertEqual(self.nuncio("search", "").status, ERROR)


class Samples(ProgramTest):
    def test_archive_of_the_samples(self):
        """The shipped archive goes in without a problem, and its own story is found in it."""
        run = self.nuncio("index", harness.ROOT / "samples")
        self.assertEqual(run.status, FOUND, run.err)
        self.assertRegex(run.err, r"nuncio: 78 added, 0 replaced, 0 skipped, 0 problems; ")
        page = self.nuncio("search", "--format", "json", "--by", "article", "-k", "20", "Lindholm treaty suspended").json()
        self.assertIn("meridian-0114-treaty", [hit["article"]["id"] for hit in page["hits"]])
        self.assertEqual(self.nuncio("check", "--full").status, FOUND)
