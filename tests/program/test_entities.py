# SPDX-License-Identifier: Apache-2.0
"""Entities: who and what is named, under one name for all its forms."""

from harness import ERROR, FOUND, NOTHING, ProgramTest


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

    def test_text_and_csv(self):
        text = self.nuncio("entities", "--limit", "3", "--forms")
        self.assertEqual(text.status, FOUND)
        self.assertTrue(text.out.startswith("named"))
        rows = self.nuncio("entities", "--limit", "3", "--format", "csv").out.splitlines()
        self.assertEqual((rows[0], len(rows)), ("name,type,articles,hits", 4))

    def test_nothing_and_mistakes(self):
        self.assertEqual(self.nuncio("entities", "xyzzyx").status, NOTHING)
        self.assertEqual(self.nuncio("entities", "--type", "ship").status, ERROR)
        self.assertEqual(self.nuncio("entities", '"open').status, ERROR)
