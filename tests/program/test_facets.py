# SPDX-License-Identifier: Apache-2.0
"""Facets: what a whole result consists of, in each format."""

import csv
import io

from harness import ERROR, FOUND, NOTHING, ProgramTest


class Facets(ProgramTest):
    def setUp(self):
        super().setUp()
        self.built()

    def facets(self, *arguments):
        run = self.nuncio("facets", "--format", "json", *arguments)
        self.assertEqual((run.status, run.err), (FOUND, ""))
        return run.json()

    def test_counts_are_those_of_the_hits(self):
        counted = self.facets("--limit", "1000", "the")
        hits = self.nuncio("search", "--format", "json", "-k", "10000", "the").json()["hits"]
        self.assertEqual(counted["hits"], len(hits))
        articles = {hit["article"]["id"]: hit["article"] for hit in hits}
        self.assertEqual(counted["articles"], len(articles))
        sources = {}
        for article in articles.values():
            if article["source"] is not None:
                sources[article["source"]] = sources.get(article["source"], 0) + 1
        self.assertEqual({value["value"]: value["articles"] for value in counted["facets"]["source"]["values"]}, sources)

    def test_speakers_of_quotes(self):
        counted = self.facets("--unit", "quote", "--by", "speaker", "speaker:cavdaroglu")
        self.assertEqual(counted["facets"]["speaker"]["values"],
                         [{"value": "Mehmet Çavdaroğlu", "articles": 1, "hits": 2}])

    def test_entities_have_types(self):
        values = self.facets("--by", "entity", "treaty")["facets"]["entity"]["values"]
        self.assertIn("person", {value["type"] for value in values})

    def test_dates(self):
        counted = self.facets("--by", "date,year", "the OR ships")["facets"]
        self.assertEqual(list(counted), ["year", "month"])
        months = [value["value"] for value in counted["month"]["values"]]
        self.assertEqual(months, sorted(months))
        self.assertEqual({month[:4] for month in months}, {value["value"] for value in counted["year"]["values"]})

    def test_limit(self):
        all_of_them = self.facets("--by", "entity", "--limit", "1000", "the")["facets"]["entity"]
        one = self.facets("--by", "entity", "--limit", "1", "the")["facets"]["entity"]
        self.assertEqual(one["values"], all_of_them["values"][:1])
        self.assertEqual(one["distinct"], len(all_of_them["values"]))

    def test_csv(self):
        run = self.nuncio("facets", "--format", "csv", "--by", "source,entity", "treaty")
        rows = list(csv.reader(io.StringIO(run.out)))
        self.assertEqual(rows[0], ["facet", "value", "type", "articles", "hits"])
        self.assertEqual({row[0] for row in rows[1:]}, {"source", "entity"})

    def test_text_in_a_pipe_is_plain(self):
        run = self.nuncio("facets", "--by", "source", "treaty")
        self.assertEqual(run.status, FOUND)
        self.assertNotIn("█", run.out)
        self.assertNotIn("\033", run.out)
        self.assertEqual(run.out.splitlines()[0].split(), ["source", "articles", "passages"])
        self.assertRegex(run.out, r"Meridian Wire +\d+ +\d+\n")

    def test_nothing_and_mistakes(self):
        run = self.nuncio("facets", "zyzzyva")
        self.assertEqual((run.status, run.out), (NOTHING, ""))
        self.assert_message(self.nuncio("facets"), ERROR, "--help")
        self.assert_message(self.nuncio("facets", "--by", "colour", "treaty"), ERROR, "colour", "--help")
        run = self.nuncio("facets", "(treaty")
        self.assertEqual((run.status, run.out), (ERROR, ""))
        self.assertIn("bracket", run.err)
