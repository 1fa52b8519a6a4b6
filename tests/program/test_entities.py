# SPDX-License-Identifier: Apache-2.0
"""Entities: who and what is named, under one name for all its forms."""

from harness import ARTICLES, ERROR, FOUND, NOTHING, ProgramTest, lines


class Entities(ProgramTest):
    def setUp(self):
        super().setUp()
        self.built()

    def entities(self, *arguments):
        run = self.nuncio("entities", "--format", "json", *arguments)
        self.assertEqual((run.status, run.err), (FOUND, ""))
        return run.json()

    def test_of_the_archive(self):
        found = self.entities("--limit", "1000000")
        counts = [entity["articles"] for entity in found["entities"]]
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertEqual(found["distinct"], len(counts))
        for entity in found["entities"]:
            self.assertIn(entity["name"], {form["text"] for form in entity["forms"]})

    def test_of_a_type_and_a_result(self):
        found = self.entities("--type", "person", "treaty")
        self.assertEqual({entity["type"] for entity in found["entities"]}, {"person"})
        self.assertLess(found["articles"], self.entities()["articles"])

    def test_each_form_finds_the_same(self):
        people = [e for e in self.entities("--type", "person", "--limit", "1000")["entities"] if len(e["forms"]) > 1]
        for entity in people[:5]:
            full = [form["text"] for form in entity["forms"] if " " in form["text"]]
            for text in full:
                run = self.nuncio("search", "--format", "json", "--count", f'person:"{text}"')
                self.assertGreaterEqual(run.json()["total"]["value"] if isinstance(run.json()["total"], dict)
                                        else run.json()["total"], max(f["articles"] for f in entity["forms"]))

    def test_trail_of_a_name(self):
        found = self.entities("--of", "Cavdaroglu")
        self.assertIn("avdaro", found["of"]["name"])
        self.assertNotIn(found["of"]["name"], [entity["name"] for entity in found["entities"]])
        self.assertTrue(found["months"])

    def test_trail_of_a_name_written_otherwise(self):
        """Many names stand in as many articles as it does: the forms decide, not the counts."""
        self.assertIn("Volkonin", self.entities("--of", "Sergej Volkonin")["of"]["name"])

    def test_a_dateline_gives_no_name(self):
        self.built({"id": "post-4", "title": "Talks", "date": "2031-06-03", "lang": "en",
                    "text": "GENEVA - President Anatoly Drazhin was in Geneva, Switzerland, on Monday."})
        found = {entity["name"]: entity for entity in self.entities("--type", "place")["entities"]}
        self.assertIn("Geneva", found)
        self.assertEqual({form["text"] for form in found["Geneva"]["forms"]}, {"GENEVA", "Geneva"})

    def test_text_and_csv(self):
        text = self.nuncio("entities", "--limit", "3", "--forms")
        self.assertEqual(text.status, FOUND)
        self.assertTrue(text.out.startswith("named"))
        rows = self.nuncio("entities", "--limit", "3", "--format", "csv").out.splitlines()
        self.assertEqual((rows[0], len(rows)), ("name,type,articles,hits", 4))

    def test_a_name_that_nobody_has(self):
        """The nearest are told where nothing is found, and only there."""
        told = 'no article has person:"Sergei Volkanen"; nearest: Sergei Volkonin\n'
        for command in (["search"], ["search", "--count"], ["search", "--format", "jsonl"], ["facets"], ["entities"]):
            run = self.nuncio(*command, 'person:"Sergei Volkanen"')
            self.assertEqual(run.status, NOTHING)
            self.assertTrue(run.err.endswith(told), run.err)
        self.assertIn("nearest: Sergei Volkonin", self.nuncio("entities", "--of", "Sergei Volkanen").err)
        self.assertIn("nearest: Sergei Volkonin", self.nuncio("quotes", "--speaker", "Volkanen").err)
        page = self.nuncio("search", "--format", "json", 'person:"Sergei Volkanen"')
        self.assertEqual(page.err, "")
        self.assertEqual(page.json()["near_names"], [{"filter": 'person:"Sergei Volkanen"', "names": [{"name": "Sergei Volkonin", "type": "person"}]}])
        self.assertEqual(self.nuncio("search", "--format", "json", "xyzzyx").json()["near_names"], [])
        self.assertNotIn("near_names", self.nuncio("search", "--format", "json", "the").json())
        self.assertNotIn("nearest", self.nuncio("search", 'person:"Sergei Volkanen" OR the').err)

    def test_limit_is_one_word(self):
        for command in (["entities"], ["facets", "the"], ["search", "the"]):
            spelled = [self.nuncio(command[0], *limit, *command[1:]).out for limit in (["-k", "1"], ["--limit", "1"])]
            self.assertEqual(spelled[0], spelled[1])
            self.assertNotEqual(spelled[0], self.nuncio(*command).out)
        for command in ("search", "quotes"):
            self.assertEqual(self.nuncio(command, "--hits", "1", "treaty").out, self.nuncio(command, "-k", "1", "treaty").out)

    def test_nothing_and_mistakes(self):
        self.assertEqual(self.nuncio("entities", "xyzzyx").status, NOTHING)
        self.assertEqual(self.nuncio("entities", "--type", "ship").status, ERROR)
        self.assertEqual(self.nuncio("entities", '"open').status, ERROR)


class Overrides(ProgramTest):
    """A reporter's file about names."""

    def setUp(self):
        super().setUp()
        self.built(*ARTICLES, {"id": "post-4", "title": "Talks", "date": "2031-06-03", "lang": "en",
                               "text": "President Anatoly Drazhin was in Geneva, Switzerland, on Monday. "
                                       "Daniel Pruitt and Rachel Pruitt came back from Geneva."})

    def lines(self, content):
        return self.write("mine.txt", content)

    def names(self, *arguments):
        run = self.nuncio("entities", "--format", "json", "--limit", "1000000", *arguments)
        self.assertEqual((run.status, run.err), (FOUND, ""))
        return {entity["name"]: {form["text"] for form in entity["forms"]} for entity in run.json()["entities"]}

    def count(self, *arguments):
        run = self.nuncio("search", "--count", *arguments)
        self.assertIn(run.status, (FOUND, NOTHING))
        return int(run.out)

    def test_each_verb(self):
        path = self.lines("\ufeffmerge person \"Anatoly Drazhin\" = \"Sergei Volkonin\"\r\n"
                          "rename person \"Mehmet Çavdaroğlu\" -> \"Cavdar\" # shorter\r\n"
                          "ignore place Geneva\r\n")
        before, after = self.names(), self.names("--overrides", path)
        self.assertIn("Geneva", before)
        self.assertNotIn("Geneva", after)
        self.assertNotIn("Cavdar", before)
        self.assertTrue(any("avdaro" in form for form in after["Cavdar"]))
        joined = [forms for forms in after.values() if "Anatoly Drazhin" in forms]
        self.assertTrue(any("Volkonin" in form for form in joined[0]))
        both = self.count('person:"Anatoly Drazhin" OR person:"Sergei Volkonin"')
        self.assertEqual(self.count("--overrides", path, 'person:"Sergei Volkonin"'), both)
        self.assertEqual(self.count("--overrides", path, "place:Geneva"), 0)
        self.assertEqual(self.count("--overrides", path, "person:Cavdar"), self.count("person:Çavdaroğlu"))
        explained = self.nuncio("search", "--overrides", path, "--explain-query", 'person:"Anatoly Drazhin"').out
        self.assertIn("joined by overrides: ", explained)
        self.assertRegex(self.nuncio("search", "--overrides", path, "person:Cavdar").out, "\n +.*avdaro.* = Cavdar")
        self.assertNotIn(" = Cavdar", self.nuncio("search", "--overrides", "none", "person:Çavdaroğlu").out)
        speaker = self.lines("rename person \"Anatoly Drazhin\" -> \"A. D.\"\nrename place Geneva -> \"Genève\"\n")
        quoted = self.nuncio("quotes", "--overrides", speaker, "--speaker", "Drazhin", "-k", "1").out
        self.assertRegex(quoted, "(?m)^    Anatoly Drazhin = A. D.$")
        self.assertNotIn(" = ", self.nuncio("quotes", "--overrides", "none", "--speaker", "Drazhin").out)
        self.assertIn("place: Geneva (2) = Genève, ", self.nuncio("show", "--overrides", speaker, "post-4").out)
        self.assertNotIn(" = ", self.nuncio("show", "post-4").out)
        self.assertEqual(self.nuncio("show", "--overrides", "nowhere", "post-4").status, ERROR)
        path = self.lines("split person \"Daniel Pruitt\" | \"Rachel Pruitt\"\nignore person \"Rachel Pruitt\"\n")
        self.assertEqual(self.count("--overrides", path, 'person:"Rachel Pruitt"'), 0)

    def test_file_of_the_index(self):
        file = self.folder / "index" / "overrides.txt"
        file.write_text("ignore place Geneva\n")
        for command in (["optimize"], ["check"], ["delete", "wire-1"]):
            self.assertEqual(self.nuncio(*command).status, FOUND)
        self.assertTrue(file.exists())
        self.assertNotIn("Geneva", self.names())
        self.assertIn("Geneva", self.names("--overrides", "none"))
        self.assertNotIn("Geneva", self.nuncio("facets", "--by", "entity", "--limit", "1000", "Geneva").out)

    def test_index_beside_the_file(self):
        """A directory that holds nothing else may become an index."""
        self.write("new/overrides.txt", "ignore place Geneva\n")
        run = self.nuncio("index", "-i", self.folder / "new", "-", stdin=lines(*ARTICLES))
        self.assertEqual(run.status, FOUND, run.err)
        self.assertTrue((self.folder / "new" / "overrides.txt").exists())

    def test_names_that_no_article_has(self):
        """They are told where names are looked after and where nothing is found, the first five of them, and change nothing else."""
        path = self.lines("# mine\nmerge person \"Sergei Volkonin\" = \"Sergei Volkonim\"\n"
                          "rename place geneva -> Genf\nignore place Genf\nignore place \"Rachel Pruitt\"\n")
        told = (f'nuncio: {path}:2: no article names "Sergei Volkonim"\n'
                f'nuncio: {path}:5: no article names "Rachel Pruitt" as place, but as person\n')
        for command in (["entities", "--of", "Drazhin"], ["search", "--explain-query", "Geneva"], ["search", "--count", "xyzzyx"],
                        ["quotes", "--count", "xyzzyx"], ["facets", "--format", "json", "xyzzyx"]):
            run = self.nuncio(command[0], "--overrides", path, *command[1:])
            self.assertEqual(run.status, NOTHING if "xyzzyx" in command else FOUND, run.err)
            self.assertEqual(run.err, told)
        run = self.nuncio("check", "--overrides", path)
        self.assertEqual(run.status, FOUND, run.err)
        self.assertTrue(run.err.endswith(told), run.err)
        for command in (["search", "--format", "json", "Geneva"], ["quotes", "--format", "json", "treaty"], ["facets", "--format", "json", "Geneva"]):
            run = self.nuncio(command[0], "--overrides", path, *command[1:])
            self.assertEqual((run.status, run.err), (FOUND, ""))
        sixth = "ignore a\nignore b\nignore c\nignore d\nignore e\nignore f\n"
        plain, run = self.nuncio("entities"), self.nuncio("entities", "--overrides", self.lines(sixth))
        self.assertEqual((run.status, run.out), (plain.status, plain.out))
        self.assertEqual(run.err.count("no article names"), 5)
        self.assertTrue(run.err.endswith("mine.txt: and 1 more name that no article has\n"), run.err)
        self.write("index/overrides.txt", "ignore \"a\x1b[31m\"\n")
        self.assertIn("overrides.txt:1: no article names", self.nuncio("entities").err)
        self.assertNotIn("\x1b", self.nuncio("entities").err)
        self.assertEqual(self.nuncio("entities", "--overrides", "none").err, "")

    def test_mistakes(self):
        path = self.lines("# mine\nmerge A\n")
        for command in (["search", "x"], ["quotes", "x"], ["facets", "x"], ["entities"], ["check"]):
            run = self.nuncio(command[0], "--overrides", path, *command[1:])
            self.assertEqual((run.status, run.out), (ERROR, ""))
            self.assertIn("mine.txt:2: merge joins two names", run.err)
        run = self.nuncio("entities", "--overrides", self.lines(b"ignore \xff"))
        self.assertEqual(run.status, ERROR)
        run = self.nuncio("entities", "--overrides", str(self.folder / "nowhere.txt"))
        self.assertEqual(run.status, ERROR)
        self.assertIn("nowhere.txt", run.err)
