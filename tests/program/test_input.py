# SPDX-License-Identifier: Apache-2.0
"""What files hold: every kind that is read, and every kind of fault, each with its own name."""

import bz2
import json
import os
import threading

from harness import ERROR, FOUND, NOTHING, ProgramTest, gzipped, lines, zstd

GOOD = lines({"id": "good-1", "text": "First."}, {"id": "good-2", "text": "Second."})


class Records(ProgramTest):
    def faulty(self, record, kind, message, effect="article-lost"):
        """A record among good ones: the problem is told with its place, and the others go in."""
        content = record if isinstance(record, bytes) else record.encode()
        path = self.write("a.jsonl", GOOD.encode() + content + b"\n" + lines({"id": "good-3", "text": "Third."}).encode())
        problems = self.indexed(path)
        self.assertEqual([(p["kind"], p["effect"], p["line"]) for p in problems], [(kind, effect, 3)])
        self.assertIn(message, problems[0]["message"])
        self.assertEqual(problems[0]["file"], str(path))
        expected = ["good-1", "good-2", "good-3"] + (["x"] if effect == "kept" else [])
        self.assertEqual(self.ids(), expected)
        return problems[0]

    def test_not_json(self):
        self.faulty('{"id": "x", "text": "cut off', "not-json", "a string is not closed")

    def test_missing_comma(self):
        self.faulty('{"id": "x" "text": "y"}', "not-json", "a comma, colon, bracket or quote mark")

    def test_control_character(self):
        self.faulty('{"id": "x", "text": "a\tb"}', "not-json", "control character")

    def test_array_at_top(self):
        self.faulty('[{"id": "x", "text": "y"}]', "not-object", "an array where an article")

    def test_number_at_top(self):
        self.faulty("2031", "not-object", "a number where an article")

    def test_string_at_top(self):
        self.faulty('"text"', "not-object", "a string where an article")

    def test_no_id(self):
        self.faulty('{"text": "y"}', "no-id", "there is no `id`")

    def test_empty_id(self):
        self.faulty('{"id": "", "text": "y"}', "bad-id", "`id` is empty")

    def test_long_id(self):
        problem = self.faulty(json.dumps({"id": "i" * 1025, "text": "y"}), "bad-id", "longer than 1,024 bytes")
        self.assertIsNone(problem["id"])

    def test_id_of_wrong_type(self):
        self.faulty('{"id": ["x"], "text": "y"}', "bad-id", "`id` is not a string")

    def test_no_text(self):
        problem = self.faulty('{"id": "x", "title": "T"}', "no-text", "there is no `text`")
        self.assertEqual(problem["id"], "x")

    def test_blank_text(self):
        self.faulty('{"id": "x", "text": " \\n\\t "}', "no-text", "`text` is blank")

    def test_text_of_wrong_type(self):
        self.faulty('{"id": "x", "text": 12}', "bad-text", "`text` is not a string")

    def test_bad_date(self):
        self.faulty('{"id": "x", "text": "y", "date": "2031-02-30"}', "bad-date", "2031-02-30", "kept")
        self.assertIsNone(self.nuncio("show", "--format", "json", "x").json()["date"])

    def test_bad_field(self):
        self.faulty('{"id": "x", "text": "y", "title": 7}', "bad-field", "`title` is not a string", "kept")

    def test_bad_utf8(self):
        self.faulty(b'{"id": "x", "text": "caf\xe9 noir"}', "repaired", "1 place without a character", "kept")
        self.assertEqual(self.nuncio("show", "--format", "json", "x").json()["text"], "caf\ufffd noir")

    def test_lone_surrogate(self):
        self.faulty('{"id": "x", "text": "a\\ud83d b"}', "repaired", "1 place", "kept")
        self.assertEqual(self.nuncio("show", "--format", "json", "x").json()["text"], "a\ufffd b")

    def test_nul(self):
        self.faulty('{"id": "x", "text": "a\\u0000b"}', "repaired", "1 place", "kept")
        self.assertEqual(self.nuncio("show", "--format", "json", "x").json()["text"], "a\ufffdb")

    def test_unknown_keys(self):
        path = self.write("a.jsonl", lines({"id": "x", "text": "y", "more": {"text": 3}, "tags": [1, None]}))
        self.assertEqual(self.indexed(path), [])
        self.assertEqual(self.ids(), ["x"])

    def test_integer_id(self):
        self.assertEqual(self.indexed(self.write("a.jsonl", '{"id": 4711, "text": "y"}\n')), [])
        self.assertEqual(self.ids(), ["4711"])

    def test_duplicate_id(self):
        problems = self.indexed(self.write("a.jsonl", lines({"id": "x", "text": "one"}, {"id": "x", "text": "two"})))
        self.assertEqual([(p["kind"], p["effect"], p["line"], p["id"]) for p in problems],
                         [("duplicate-id", "kept", 2, "x")])
        self.assertEqual(self.nuncio("show", "--format", "json", "x").json()["text"], "two")


class Files(ProgramTest):
    def lost(self, name, content, kind, message, ids=()):
        """A file that is lost, in part or whole: exit 2, the problem named, other files read."""
        bad, good = self.write(name, content), self.write("z.jsonl", GOOD)
        problems = self.indexed(bad, good, status=ERROR)
        self.assertEqual([(p["kind"], p["effect"], p["file"]) for p in problems], [(kind, "file-lost", str(bad))])
        self.assertIn(message, problems[0]["message"])
        self.assertEqual(self.ids(), sorted([*ids, "good-1", "good-2"]))

    def test_truncated_gzip(self):
        articles = lines(*({"id": f"a{i:03}", "text": f"Article {i} speaks of treaty {i * i}."} for i in range(300)))
        packed = gzipped(articles)
        bad, good = self.write("a.jsonl.gz", packed[:len(packed) // 2]), self.write("z.jsonl", GOOD)
        problems = self.indexed(bad, good, status=ERROR)
        self.assertEqual([p["kind"] for p in problems], ["damaged"])
        self.assertIn("it ends too early; what came before was read", problems[0]["message"])
        ids = self.ids()
        self.assertGreater(len(ids), 80)  # most of what is in the first half
        self.assertEqual(ids[:3], ["a000", "a001", "a002"])
        self.assertEqual(ids[-2:], ["good-1", "good-2"])

    def test_truncated_zstd(self):
        articles = [lines({"id": f"a{i:03}", "text": f"Article {i}."}) for i in range(4)]
        whole = b"".join(map(zstd, articles))  # a frame an article
        self.lost("a.jsonl.zst", whole[:-6], "damaged", "the zstd data is broken", ["a000", "a001", "a002"])

    def test_broken_gzip(self):
        packed = bytearray(gzipped(GOOD))
        packed[10] = 0x07  # a block of a type that there is not
        self.lost("a.jsonl.gz", bytes(packed), "damaged", "the gzip data is broken")

    def test_bzip2(self):
        self.lost("a.txt", bz2.compress(GOOD.encode()), "format", "compressed by bzip2")

    def test_pdf(self):
        self.lost("a.txt", b"%PDF-1.7\n1 0 obj", "format", "a PDF document")

    def test_utf16(self):
        self.lost("a.txt", "Title\n\nText".encode("utf-16"), "format", "text in UTF-16")

    def test_binary_text(self):
        self.lost("a.txt", b"Title\n\nTe\0xt", "format", "NUL bytes")

    def test_array_not_closed(self):
        self.lost("a.json", '[{"id": "x", "text": "y"},\n{"id": "y", "text": "z"}', "damaged",
                  "the array is not closed", ["x", "y"])

    def test_missing_file(self):
        problems = self.indexed("missing.jsonl", self.write("z.jsonl", GOOD), status=ERROR)
        self.assertEqual([(p["kind"], p["line"], p["id"]) for p in problems], [("not-found", None, None)])
        self.assertIn("No such file or directory", problems[0]["message"])
        self.assertEqual(self.ids(), ["good-1", "good-2"])

    def test_unreadable_file(self):
        self.write("d/z.jsonl", GOOD)
        (self.folder / "d" / "a.jsonl").symlink_to("nowhere")
        problems = self.indexed("d", status=ERROR)
        self.assertEqual([p["kind"] for p in problems], ["unreadable"])
        self.assertEqual(self.ids(), ["good-1", "good-2"])

    def test_empty_file(self):
        for number, content in enumerate([b"", b" \n\n ", gzipped(""), b"\xef\xbb\xbf"]):
            problems = self.indexed(self.write(f"{number}.jsonl", content), status=NOTHING)
            self.assertEqual([(p["kind"], p["effect"]) for p in problems], [("empty-file", "kept")])

    def test_empty_directory(self):
        (self.folder / "d").mkdir()
        self.write("d/README.md", "not an article")
        problems = self.indexed("d", status=NOTHING)
        self.assertEqual([p["kind"] for p in problems], ["no-articles"])

    def test_not_an_archive_at_all(self):
        """A long list of something else is given up, not reported line by line for ever."""
        path = self.write("a.jsonl", "1,2,3\n" * 20000)
        problems = self.indexed(path, status=ERROR)
        self.assertEqual(len(problems), 10001)
        self.assertEqual((problems[-1]["kind"], problems[-1]["effect"]), ("gave-up", "file-lost"))

    def test_all_kinds_of_compression(self):
        self.write("d/a.jsonl.gz", gzipped(lines({"id": "a", "text": "x"})))
        self.write("d/b.ndjson.zst", zstd(lines({"id": "b", "text": "x"})))
        self.write("d/c.json.gz", gzipped(json.dumps([{"id": "c", "text": "x"}], indent=1)))
        self.write("d/d.txt.zst", zstd("Title\n\nText"))
        self.write("d/e.jsonl", gzipped(lines({"id": "e", "text": "x"})))  # told by its bytes, not its name
        self.assertEqual(self.indexed("d"), [])
        self.assertEqual(self.ids(), ["a", "b", "c", "d.txt.zst", "e"])

    def test_json_files(self):
        self.write("d/array.json", json.dumps([{"id": "a", "text": "x"}, {"id": "b", "text": "x"}], indent=2))
        self.write("d/one.json", json.dumps({"id": "c", "text": "x"}, indent=2))
        self.write("d/row.json", json.dumps({"id": "d", "text": "x"}, indent=2) * 2)
        self.write("d/lines.json", lines({"id": "e", "text": "x"}, {"id": "f", "text": "x"}))
        self.assertEqual([p["kind"] for p in self.indexed("d")], ["duplicate-id"])
        self.assertEqual(self.ids(), ["a", "b", "c", "d", "e", "f"])

    def test_byte_order_mark(self):
        self.assertEqual(self.indexed(self.write("a.jsonl", b"\xef\xbb\xbf" + GOOD.encode())), [])


class Texts(ProgramTest):
    def shown(self, name):
        run = self.nuncio("show", "--format", "json", name)
        self.assertEqual(run.status, FOUND, run.err)
        return run.json()

    def test_plain_text(self):
        self.write("news/2031/a.txt", "A title\r\n\r\nFirst paragraph.\r\n\r\nSecond.\r\n")
        self.assertEqual(self.indexed("news", options=["--id-prefix", "desk/", "--source", "Desk", "--date", "2031-03"]), [])
        article = self.shown("desk/2031/a.txt")
        self.assertEqual([article[key] for key in ("title", "text", "source", "date", "url")],
                         ["A title", "First paragraph.\n\nSecond.", "Desk", "2031-03", None])

    def test_never_the_time_of_the_file(self):
        self.indexed(self.write("a.txt", "T\n\nx"))
        self.assertIsNone(self.shown("a.txt")["date"])

    def test_sidecar(self):
        self.write("d/a.txt", "T\n\nx")
        self.write("d/a.json", json.dumps({"date": "2031-05-23", "source": "Notebook", "lang": "en", "url": "u"}))
        self.assertEqual(self.indexed("d"), [])
        self.assertEqual(self.ids(), ["a.txt"])  # the sidecar is no article
        article = self.shown("a.txt")
        self.assertEqual([article[key] for key in ("date", "source", "lang", "url")], ["2031-05-23", "Notebook", "en", "u"])

    def test_bad_sidecar(self):
        self.write("d/a.txt", "T\n\nx")
        self.write("d/a.json", '{"date": ')
        problems = self.indexed("d")
        self.assertEqual([(p["kind"], p["effect"], p["id"]) for p in problems], [("bad-sidecar", "kept", "a.txt")])
        self.assertEqual(self.ids(), ["a.txt"])

    def test_title_without_text(self):
        problems = self.indexed(self.write("a.txt", "Only a title\n"), status=ERROR)
        self.assertEqual([p["kind"] for p in problems], ["no-text"])

    def test_long_first_line(self):
        problems = self.indexed(self.write("a.txt", "word " * 300 + "\n\nmore"))
        self.assertEqual([p["kind"] for p in problems], ["long-title"])
        self.assertIsNone(self.shown("a.txt")["title"])

    def test_latin1(self):
        problems = self.indexed(self.write("a.txt", "T\n\nrésumé".encode("latin-1")))
        self.assertEqual([p["kind"] for p in problems], ["repaired"])
        self.assertEqual(self.shown("a.txt")["text"], "r\ufffdsum\ufffd")

    def test_standard_input(self):
        self.nuncio("index", "-", stdin="Title\n\nText")
        self.assertEqual(self.shown("stdin")["title"], "Title")
        self.nuncio("index", "-", stdin=zstd(GOOD))
        self.assertEqual(self.ids(), ["good-1", "good-2", "stdin"])

    def test_ids_from_elsewhere(self):
        path = self.write("a.jsonl", '{"url": "http://u/1", "text": "x"}\n{"text": "y"}\n{"id": "z", "text": "z"}\n')
        self.assertEqual([p["kind"] for p in self.indexed(path, options=["--id-from", "url"])], ["no-id"])
        self.assertEqual(self.ids(), ["http://u/1", "z"])
        self.indexed(path, options=["--id-from", "hash", "-i", self.folder / "other"])
        run = self.nuncio("export", "-i", self.folder / "other")
        self.assertEqual(sorted(len(record["id"]) for record in run.records()), [1, 32, 32])

    def test_order_of_a_directory(self):
        for name in ("b.jsonl", "a/z.jsonl", "B.jsonl", "a.jsonl"):
            self.write(f"d/{name}", lines({"id": "same", "text": name}))
        problems = self.indexed("d")
        self.assertEqual([p["file"] for p in problems], ["d/a/z.jsonl", "d/a.jsonl", "d/b.jsonl"])
        self.assertEqual(self.shown("same")["text"], "b.jsonl")

    def test_pipe(self):
        """A named pipe, as <(…) of a shell makes."""
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        feeder = threading.Thread(target=lambda: pipe.write_bytes(GOOD.encode()))
        feeder.start()
        self.assertEqual(self.indexed(pipe), [])
        feeder.join()
        self.assertEqual(self.ids(), ["good-1", "good-2"])
