#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores the names of `nuncio annotate` against gold data by the CoNLL rule; quotes.py scores its quotes.

usage: bench/quality/annotation.py [--program build/release/bin/nuncio] [--data DIR] [--check | --write] [--errors N] [SET…]

Names: a span counts when both ends and the type agree; F1 over person, place, organisation. Tokens are joined to
text again (no space before a comma and the like), a document a paragraph a sentence-run. Labels:

  wikigold, wikineural_val, uner_en_ewt, europarl   PER LOC ORG as they are, MISC counts as nothing
  gold_dev, _test, _newswire, _agency, _desks        tests/gold/names; facilities count as places
  gum, re3d                                          person place organization; spans are trimmed of articles, pronouns
                                                     and small words at their ends, titles are cut from persons,
                                                     pronouns and lone peoples dropped, countries that act are
                                                     places: both annotate whole noun phrases

The committed model was trained on all of them but the gold_ sets and wikineural_val: what it makes of the others says how
well it learnt, not how well it does on text it never saw.

The figures are deterministic: --write stores them in bench/results/quality.json, --check compares.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE.parent / "results" / "quality.json"
TYPES = {"person": "PER", "place": "LOC", "organisation": "ORG"}
LABELS = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "person": "PER", "place": "LOC", "organization": "ORG",
          "Person": "PER", "Location": "LOC", "Organisation": "ORG"}
NER_SETS = {
    "wikigold": ["wikigold/all.bio"], "uner_en_ewt": ["uner_en_ewt/dev.bio", "uner_en_ewt/test.bio"],
    "gum": ["gum/named_mentions.bio"], "re3d": ["re3d/free_licence_only.bio"], "europarl": ["europarl/test.bio"],
    "wikineural_val": ["wikineural_val/val.bio"],
}
GOLD = ["gold_dev", "gold_test", "gold_newswire", "gold_agency", "gold_desks"]
TRIMMED = {"gum", "re3d"}
TITLES = set("""mr mrs ms dr sir president minister prime foreign secretary general gen col lt captain king queen prince
    princess pope chancellor senator rep governor mayor judge professor prof lord lady former vice deputy chief
    ambassador sheikh ayatollah defence defense""".split())
PRONOUNS = set("i we you he she it they us them him me who this these those that our his her their its".split())
PEOPLES = re.compile(r".*(ian|ians|ese|ish|can|cans|aqi|aqis|eli|elis|ench|urks?|urds?|abs?)")
COUNTRIES = set("""afghanistan algeria australia austria azerbaijan bahrain belgium britain bulgaria canada china cuba cyprus
    denmark egypt england finland france germany greece hungary india indonesia iran iraq ireland israel italy japan
    jordan kuwait lebanon libya malaysia mexico morocco netherlands norway oman pakistan panama poland portugal qatar
    romania russia scotland serbia singapore somalia spain sudan sweden switzerland syria taiwan thailand tunisia turkey
    uae uk ukraine us u.s. usa yemen""".split()) | {"united states", "united kingdom", "saudi arabia", "south korea",
    "north korea", "united arab emirates", "the united states", "new zealand"}
NO_SPACE_BEFORE = set(", . ; : ! ? ) ] } % 's ’s n't 've 're 'll 'd 'm ' ’ ”".split())
NO_SPACE_AFTER = set("( [ { $ “ ‘ #".split())


def read_bio(path):
    """Documents: lists of sentences: lists of (token, label)."""
    documents, sentence = [], []

    def close():
        if sentence:
            if not documents:
                documents.append([])
            documents[-1].append(list(sentence))
            sentence.clear()

    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            close()
            continue
        token, label = line.split("\t")[:2]
        if token == "-DOCSTART-":
            close()
            documents.append([])
        else:
            sentence.append((token, label))
    close()
    return [d for d in documents if d]


def join(document):
    """The text of a document, the range of each token in it, and the labels."""
    text, ranges, labels = "", [], []
    for sentence in document:
        quote_open = False
        glue = True
        text += " " if text else ""
        for token, label in sentence:
            closing = token == '"' and quote_open
            if not glue and token not in NO_SPACE_BEFORE and not closing:
                text += " "
            ranges.append((len(text), len(text) + len(token)))
            labels.append(label)
            text += token
            glue = token in NO_SPACE_AFTER or (token == '"' and not quote_open)
            quote_open ^= token == '"'
    return text, ranges, labels


def gold_spans(labels):
    spans, start, kind = set(), None, None
    for i, label in enumerate(labels + ["O"]):
        prefix, _, name = label.partition("-")
        if start is not None and (prefix != "I" or name != kind):
            if kind in LABELS:
                spans.add((start, i, LABELS[kind]))
            start = None
        if prefix == "B" or (prefix == "I" and start is None):
            start, kind = i, name
    return spans


def trim(span, words):
    begin, end, kind = span
    while begin < end and (not any(c.isupper() for c in words[begin]) or words[begin].lower() in ("the", "his", "our")):
        begin += 1
    while begin < end and not any(c.isupper() or c.isdigit() for c in words[end - 1]):
        end -= 1
    while kind == "PER" and begin < end - 1 and words[begin].lower().rstrip(".") in TITLES:
        begin += 1
    text = " ".join(words[begin:end]).lower()
    if kind == "ORG" and text in COUNTRIES:
        kind = "LOC"
    people = end - begin == 1 and PEOPLES.fullmatch(text) and text not in COUNTRIES and kind != "PER"
    return (begin, end, kind) if begin < end and text not in PRONOUNS and not people else None


def token_span(entity, ranges, starts):
    """The tokens that a character range touches."""
    import bisect
    begin = bisect.bisect_right(starts, entity["start"]) - 1
    if ranges[begin][1] <= entity["start"]:
        begin += 1
    end = bisect.bisect_left(starts, entity["end"])
    return begin, end


def annotate(program, articles, *options):
    lines = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)
    run = subprocess.run([program, "annotate", *options, "-"], input=lines.encode(), capture_output=True)
    if run.returncode != 0:
        sys.exit(f"{program} annotate: exit {run.returncode}: {run.stderr.decode()[:400]}")
    answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
    return {a["id"]: a for a in answers}


def read_gold(path):
    """Articles of paragraphs with names marked as `[P Antony Blinken]` → (text, {(start, end, kind)})."""
    kinds = {"P": "PER", "L": "LOC", "F": "LOC", "O": "ORG"}
    for article in path.read_text(encoding="utf-8").split("\n----\n"):
        text, spans, at = "", set(), 0
        for mark in re.finditer(r"\[([A-Z]) (.*?)\]", article):
            text += article[at:mark.start()]
            if mark[1] in kinds:
                spans.add((len(text), len(text) + len(mark[2]), kinds[mark[1]]))
            text += mark[2]
            at = mark.end()
        yield text + article[at:], spans


def score_gold(program, name):
    articles = list(read_gold(HERE.parents[1] / "tests/gold/names" / f"{name.removeprefix('gold_')}.txt"))
    answers = annotate(program, [{"id": str(i), "lang": "en", "text": text} for i, (text, _) in enumerate(articles)])
    count = {part: collections.Counter() for part in ("right", "found", "wanted")}
    for i, (_, gold) in enumerate(articles):
        ours = {(e["start"], e["end"], TYPES[e["type"]]) for e in answers[str(i)]["entities"] if e["type"] in TYPES}
        for part, spans in (("right", gold & ours), ("found", ours), ("wanted", gold)):
            count[part].update(kind for _, _, kind in spans)
            count[part]["all"] += len(spans)
    return {kind: f1(*(count[part][kind] for part in ("right", "found", "wanted"))) for kind in ("PER", "LOC", "ORG", "all")}


def f1(right, found, wanted):
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    both = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def score_names(program, data, name, errors):
    documents = [d for part in NER_SETS[name] for d in read_bio(data / "gold/ner" / part)]
    joined = [join(d) for d in documents]
    answers = annotate(program, [{"id": str(i), "lang": "en", "text": j[0]} for i, j in enumerate(joined)])
    right, found, wanted = collections.Counter(), collections.Counter(), collections.Counter()
    missed, spurious = collections.Counter(), collections.Counter()
    for i, (text, ranges, labels) in enumerate(joined):
        words = [text[a:b] for a, b in ranges]
        starts = [a for a, _ in ranges]
        gold = gold_spans(labels)
        if name in TRIMMED:
            gold = {t for t in (trim(s, words) for s in gold) if t}
        ours = {(*token_span(e, ranges, starts), TYPES[e["type"]]) for e in answers[str(i)]["entities"]
                if e["type"] in TYPES}
        for kind in ("PER", "LOC", "ORG"):
            g, o = {s for s in gold if s[2] == kind}, {s for s in ours if s[2] == kind}
            right[kind] += len(g & o)
            found[kind] += len(o)
            wanted[kind] += len(g)
        for bag, spans in ((missed, gold - ours), (spurious, ours - gold)):
            bag.update((kind, " ".join(words[a:b])) for a, b, kind in spans)
    for title, bag in (("missed", missed), ("spurious", spurious)):
        for (kind, words), count in bag.most_common(errors):
            print(f"  {title:9} {kind} {count:4} {words}")
    result = {kind: f1(right[kind], found[kind], wanted[kind]) for kind in ("PER", "LOC", "ORG")}
    result["all"] = f1(sum(right.values()), sum(found.values()), sum(wanted.values()))
    return result


def keep(results, path, options):
    """Stores figures with --write, compares them with --check; the exit status."""
    text = json.dumps(results, indent=1, sort_keys=True) + "\n"
    if options.write:
        path.write_text(text, encoding="utf-8")
    if options.check and text != path.read_text(encoding="utf-8"):
        print(f"figures differ from {path}")
        return 1
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="build/release/bin/nuncio")
    parser.add_argument("--data", default=os.environ.get("NUNCIO_DATA", HERE.parents[2] / "shared/data"))
    parser.add_argument("--errors", type=int, default=0, help="show so many of the most frequent errors")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("sets", nargs="*", default=[*GOLD, *NER_SETS])
    options = parser.parse_args()
    data = pathlib.Path(options.data)
    if not (data / "gold").is_dir():
        print(f"skipped: no gold data in {data}")
        return 0
    results = {}
    for name in options.sets:
        gold = name in GOLD
        results[name] = score_gold(options.program, name) if gold else score_names(options.program, data, name, options.errors)
        cells = " ".join(f"{k} {v['precision']:.3f}/{v['recall']:.3f}/{v['f1']:.3f}" for k, v in results[name].items())
        print(f"{name:15} {cells}")
    return keep(results, RESULTS, options)


if __name__ == "__main__":
    sys.exit(main())
