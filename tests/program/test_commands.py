# SPDX-License-Identifier: Apache-2.0
"""show, stats, check, delete, optimize, export, annotate."""

import json

import harness
from harness import ARTICLES, CORRIDOR, ERROR, FOUND, FRENCH, NOTHING, TREATY, ProgramTest, lines


class Commands(ProgramTest):
    def setUp(self):
        super().setUp()
        self.built()

    def export(self, *options):
        run = self.nuncio("export", *options)
        self.assertEqual((run.status, run.err), (FOUND, ""))
        return run.records()


class Show(Commands):
    def test_show_text(self):
        run = self.nuncio("show", "wire-1")
        self.assertEqual((run.status, run.err), (FOUND, ""))
        self.assertTrue(run.out.startswith("Karsovia suspends arms treaty\nMeridian Wire · 2031-01-14 · wire-1 · en\n"
                                           "https://meridian.example.com/1\n\nDRASNIK - "), run.out)
        self.assertIn("\nquotes\n  it was suspending its part in the Lindholm II… — Karsovia, said (reported)\n"
                      "  “We are not leaving the treaty,” — Anatoly Drazhin, said\n", run.out)
        self.assertRegex(run.out, r"\nnames\n  person: .*Anatoly Drazhin")

    def test_show_json(self):
        run = self.nuncio("show", "--format", "json", "wire-1")
        article = run.json()
        self.assertEqual(list(article), ["id", "title", "date", "source", "url", "lang", "text", "passages", "entities", "quotes", "references"])
        self.assertEqual({key: article[key] for key in TREATY}, TREATY)
        self.assertEqual(article["passages"][0]["start"], 0)
        self.assertEqual(article["passages"][-1]["end"], len(TREATY["text"]))
        for before, after in zip(article["passages"], article["passages"][1:]):
            self.assertEqual(before["end"], after["start"])
        names = {article["text"][e["start"]:e["end"]]: e["name"] for e in article["entities"]}
        self.assertEqual(names["Anatoly Drazhin"], "Anatoly Drazhin")

    def test_show_references(self):
        self.built({"id": "r", "text": "US Secretary of State Antony Blinken arrived in Kyiv. "
                                       "The secretary of state said he would return."})
        self.assertIn("\ncalled\n  Antony Blinken: US Secretary of State, The secretary of state\n",
                      self.nuncio("show", "r").out)
        shown = self.nuncio("show", "--format", "json", "r").json()
        self.assertEqual([shown["text"][r["start"]:r["end"]] for r in shown["references"]],
                         ["US Secretary of State", "The secretary of state"])

    def test_show_unknown_id(self):
        self.assert_message(self.nuncio("show", "nobody"), NOTHING, "nobody")

    def test_show_id_like_an_option(self):
        self.built({"id": "-x", "text": "y"})
        self.assertEqual(self.nuncio("show", "--", "-x").status, FOUND)


class Stats(Commands):
    def test_stats_json(self):
        stats = self.nuncio("stats", "--format", "json").json()
        for key in "articles passages tokens terms postings quotes mentions raw_text_bytes".split():
            self.assertGreater(stats[key], 0, key)
        self.assertEqual((stats["articles"], stats["deleted_articles"], stats["segments"]), (3, 0, 1))
        self.assertEqual(list(stats["bytes"]),
                         "terms postings positions lengths bounds text annotations columns total".split())
        self.assertEqual(stats["bytes"]["total"],
                         sum(path.stat().st_size for path in self.index.glob("*.seg")))
        self.assertLess(0, stats["form_bytes"])
        self.assertLess(stats["form_bytes"], stats["bytes"]["positions"])
        self.assertAlmostEqual(stats["bits_per_posting"], 8 * stats["bytes"]["postings"] / stats["postings"])
        self.assertAlmostEqual(stats["bits_per_position"], 8 * stats["bytes"]["positions"] / stats["tokens"])
        self.assertEqual(stats["raw_text_bytes"],
                         sum(len((a["title"] + a["text"]).encode()) for a in ARTICLES))

    def test_stats_text(self):
        run = self.nuncio("stats")
        self.assertEqual((run.status, run.err), (FOUND, ""))
        self.assertRegex(run.out, r"(?m)^ +3  articles$")
        self.assertRegex(run.out, r"(?m)^ +[\d.]+ kB  total +100\.0 %$")
        self.assertRegex(run.out, r"[\d.]+ bits a posting, [\d.]+ bits a position, [\d.]+ of the text")


class Upkeep(Commands):
    def test_check(self):
        for options in ([], ["--full"]):
            run = self.nuncio("check", *options)
            self.assertEqual((run.status, run.out), (FOUND, ""))
            self.assertIn("nothing is wrong", run.err)

    def test_delete(self):
        run = self.nuncio("delete", "ledger-2")
        self.assertEqual((run.status, run.out, run.err), (FOUND, "", "nuncio: 1 of 1 deleted\n"))
        self.assertEqual(self.ids(), ["courrier-3", "wire-1"])
        self.assertEqual(self.nuncio("search", "ships").status, NOTHING)
        self.assertEqual(self.nuncio("show", "ledger-2").status, NOTHING)
        self.assertEqual(self.nuncio("stats", "--format", "json").json()["deleted_articles"], 1)

    def test_delete_unknown(self):
        run = self.nuncio("delete", "nobody", "wire-1")
        self.assertEqual(run.status, NOTHING)
        self.assertIn("no article has the id 'nobody'\n", run.err)
        self.assertIn("1 of 2 deleted", run.err)
        self.assertEqual(self.ids(), ["courrier-3", "ledger-2"])

    def test_optimize(self):
        self.built({"id": "more", "text": "A second segment."})
        self.nuncio("delete", "wire-1")
        before = self.nuncio("search", "--format", "json", "corridor", "segment").json()
        run = self.nuncio("optimize")
        self.assertEqual((run.status, run.out), (FOUND, ""), run.err)
        stats = self.nuncio("stats", "--format", "json").json()
        self.assertEqual((stats["segments"], stats["deleted_articles"], stats["articles"]), (1, 0, 3))
        after = self.nuncio("search", "--format", "json", "corridor", "segment").json()
        self.assertEqual(after["hits"], before["hits"])
        self.assertEqual(self.nuncio("check", "--full").status, FOUND)
        again = self.nuncio("optimize")
        self.assertEqual(again.status, FOUND)
        self.assertIn("nothing to do", again.err)

    def test_everything_deleted(self):
        self.assertEqual(self.nuncio("delete", "wire-1", "ledger-2", "courrier-3").status, FOUND)
        self.assertEqual(self.nuncio("search", "treaty").status, NOTHING)
        self.assertEqual(self.nuncio("export").status, NOTHING)
        self.assertEqual(self.nuncio("stats").status, FOUND)
        self.assertEqual(self.nuncio("optimize").status, FOUND)
        self.assertEqual(self.nuncio("index", "-", stdin=lines(TREATY)).status, FOUND)
        self.assertEqual(self.ids(), ["wire-1"])


class Export(Commands):
    def test_articles(self):
        self.assertEqual(sorted(self.export(), key=lambda a: a["id"]), [FRENCH, CORRIDOR, TREATY])

    def test_round_trip(self):
        """Export, index, export: the same bytes; of the samples too, with all their flaws."""
        self.nuncio("index", harness.ROOT / "samples", "--quiet")
        odd = {"id": "odd", "title": "", "date": None, "source": "", "url": "", "lang": None,
               "text": " \u00a0leading \r\n\r\n\ttabs\u2028 and\u00ad \ufffd 和平谈判 😀 trailing \n"}
        self.nuncio("index", "-", "--quiet", stdin=lines(odd))
        first = self.nuncio("export")
        self.assertEqual(next(a for a in first.records() if a["id"] == "odd"), odd)
        run = self.nuncio("index", "-i", "copy", "-", stdin=first.bytes)
        self.assertIn("82 added, 0 replaced, 0 skipped, 0 problems", run.err)
        self.assertEqual(self.nuncio("export", "-i", "copy").bytes, first.bytes)
        run = self.nuncio("index", "-", stdin=first.bytes)  # and nothing in it is new
        self.assertIn("0 added, 0 replaced, 82 skipped", run.err)

    def test_passages(self):
        self.nuncio("index", harness.ROOT / "samples", "--quiet")
        articles = {article["id"]: article["text"] for article in self.export()}
        for unit, encode, size in (("chars", lambda text: text, 1), ("bytes", lambda text: text.encode(), 1),
                                   ("utf16", lambda text: text.encode("utf-16-le"), 2)):
            texts = {}
            for passage in self.export("--passages", "--offsets", unit):
                self.assertEqual(list(passage), ["id", "ordinal", "start", "end", "text"])
                whole = encode(articles[passage["id"]])
                self.assertEqual(whole[passage["start"] * size:passage["end"] * size], encode(passage["text"]))
                texts.setdefault(passage["id"], []).append(passage["text"])
            self.assertEqual({id_: "".join(parts) for id_, parts in texts.items()}, articles)


class Annotate(ProgramTest):
    def test_annotate_shape(self):
        run = self.nuncio("annotate", self.write("a.jsonl", lines(*ARTICLES)))
        self.assertEqual((run.status, run.err), (FOUND, ""))
        records = run.records()
        self.assertEqual([record["id"] for record in records], ["wire-1", "ledger-2", "courrier-3"])
        for record, article in zip(records, ARTICLES, strict=True):
            self.assertEqual(list(record), ["id", "entities", "quotes", "references"])
            size = len(article["text"])
            for entity in record["entities"]:
                self.assertEqual(list(entity), ["start", "end", "type", "name", "entity"])
                self.assertTrue(0 <= entity["start"] < entity["end"] <= size)
            for quote in record["quotes"]:
                self.assertEqual(list(quote), ["start", "end", "direct", "speaker", "cue", "confidence"])
                self.assertTrue(0 <= quote["start"] < quote["end"] <= size)
                if quote["cue"] is not None:
                    self.assertEqual(list(quote["cue"]), ["start", "end"])
                if quote["speaker"] is not None:
                    self.assertEqual(list(quote["speaker"]), ["name", "entity", "start", "end"])
            for reference in record["references"]:
                self.assertEqual(list(reference), ["start", "end", "kind", "name", "entity"])
                self.assertIn(reference["kind"], ("title", "pronoun"))
                self.assertIn(reference["entity"], [entity["entity"] for entity in record["entities"]])
        text = TREATY["text"]
        quote = next(q for q in records[0]["quotes"] if text[q["start"]:q["end"]].startswith("We are not"))
        self.assertEqual(quote["speaker"]["name"], "Anatoly Drazhin")
        self.assertEqual(text[quote["cue"]["start"]:quote["cue"]["end"]], "said")
        speaker = quote["speaker"]
        self.assertIn("Anatoly Drazhin", text[speaker["start"]:speaker["end"]])

    def test_annotate_offsets(self):
        text = TREATY["text"]
        path = self.write("a.jsonl", lines(TREATY))
        chars, bytes_, utf16 = (self.nuncio("annotate", "--offsets", unit, path).json() for unit in ("chars", "bytes", "utf16"))
        for key in ("entities", "quotes", "references"):
            for a, b, c in zip(chars[key], bytes_[key], utf16[key], strict=True):
                part = text[a["start"]:a["end"]]
                self.assertEqual(text.encode()[b["start"]:b["end"]].decode(), part)
                self.assertEqual(text.encode("utf-16-le")[2 * c["start"]:2 * c["end"]].decode("utf-16-le"), part)

    def test_annotate_same_as_the_index(self):
        """What annotate finds is what show shows."""
        self.built()
        found = self.nuncio("annotate", "-", stdin=lines(TREATY)).json()
        shown = self.nuncio("show", "--format", "json", "wire-1").json()
        self.assertEqual({key: shown[key] for key in ("entities", "quotes")}, {key: found[key] for key in ("entities", "quotes")})

    def test_annotate_without_index_or_ids(self):
        run = self.nuncio("annotate", "-", stdin='{"text": "“Yes,” said Anatoly Drazhin."}\n')
        self.assertEqual(len(run.json()["id"]), 32)
        self.assertFalse(self.index.exists())
        self.assertEqual(self.nuncio("annotate", "-", stdin="Title\n\nText").json()["id"], "stdin")

    def test_annotate_problems(self):
        report = self.folder / "report"
        run = self.nuncio("annotate", "--report", report, "-", stdin=lines(TREATY) + "bad\n")
        self.assertEqual(run.status, FOUND)
        self.assertIn("nuncio: -:2: this is not JSON: ", run.err)
        self.assertEqual(json.loads(report.read_text())["kind"], "not-json")
        self.assertEqual(self.nuncio("annotate", "missing").status, ERROR)
        self.assertEqual(self.nuncio("annotate", "-").status, NOTHING)

    def test_annotate_by_another_model(self):
        """A model is read from a file; one that is cut, of another kind or not there is refused by name."""
        own = harness.ROOT / "models/names.model"
        found = self.nuncio("annotate", "-", stdin=lines(*ARTICLES))
        self.assertEqual(self.nuncio("annotate", "--model", own, "-", stdin=lines(*ARTICLES)).out, found.out)
        cut = self.folder / "cut.model"
        cut.write_bytes(own.read_bytes()[:-1])
        for path, message in ((cut, "names model is damaged: it is not as long as it says"),
                              (harness.ROOT / "README.md", "not a names model: its first bytes differ"),
                              (self.folder / "missing", "there is no such file")):
            for command in ("annotate", "index"):
                run = self.nuncio(command, "--model", path, "-", stdin=lines(TREATY))
                self.assertEqual((run.status, run.out), (ERROR, ""), command)
                self.assertIn(message, run.err)
                self.assertIn(str(path), run.err)
        self.assertEqual(self.nuncio("index", "-q", "--model", own, "-", stdin=lines(TREATY)).status, FOUND)
        shown = self.nuncio("show", "--format", "json", "wire-1").json()
        self.assertEqual(shown["entities"], json.loads(found.out.splitlines()[0])["entities"])
