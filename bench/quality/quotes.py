#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores the quotes of `nuncio annotate` against the project's gold cases and against PolNeAR.

usage: bench/quality/quotes.py [--program build/release/bin/nuncio] [--data DIR] [--check | --write | --goals]
                               [--errors N] [dev | test | polnear …]

Spans are compared without marks, stops and "that" at their ends. Of each kind (direct, indirect, both): exact = both
ends agree; overlap: a span of ours that touches a gold span is precise, a gold span touched is recalled. Speaker and
cue are judged on the pairs that overlap most: the gold set names the speaker (case and a leading article set aside;
no answer is wrong where the text names somebody, an answer is wrong where it names nobody), PolNeAR's source is right
when it overlaps the words that say who speaks, be it only "he": whom they mean is not in PolNeAR.

Gold cases are in tests/gold/quotes, their conventions in its README; `clean` and `broken` are those without and with
a mark missing or wrong. PolNeAR (not part of this repository) has no kinds: a content that holds a double quotation
mark is `marked`. It counts beliefs, intentions and laws too, so that the recall of a tool for speech is bounded.

The figures are deterministic: --write stores them in bench/results/quotes.json, --check compares; --goals fails when
the gold cases fall below what is promised.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

from annotation import annotate, f1, keep

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RESULTS = HERE.parent / "results" / "quotes.json"
GOLD = ROOT / "tests" / "gold" / "quotes"
EDGES = " \n\u00a0\u202f\"'“”„‘’‚«»‹›「」`,.;:—–"
BROKEN = re.compile(r"missing|mark of another kind|used as|straight closes")

GOALS = {"direct_clean": ("f1", 0.97), "direct_broken": ("f1", 0.90), "direct": ("speaker", 0.85), "indirect": ("f1", 0.90)}

Span = collections.namedtuple("Span", "start end direct speaker cue")


def bare(text, span):
    """A span without marks, stops, white space and a leading "that" at its ends: where conventions differ."""
    begin, end = span
    while begin < end and text[begin] in EDGES:
        begin += 1
    for word in ("that ", "que ", "dass "):
        begin += len(word) if text[begin:end].startswith(word) else 0
    while begin < end and text[begin] in EDGES:
        begin += 1
    while begin < end and text[end - 1] in EDGES:
        end -= 1
    return begin, end


def overlap(a, b):
    return min(a[1], b[1]) - max(a[0], b[0])


def read_case(block, name):
    """(article, spans) of one case of a gold file."""
    head, _, body = block.partition("\n")
    title = re.match(r"title: (.*)\n", body)
    body = body[title.end():] if title else body
    marked, _, answers = body.rpartition("\n--\n")
    rows = [row.split(" | ") for row in answers.splitlines() if row.strip()]
    lang = re.search(r" \[(..)\]$", head)
    text, spans, stack = "", [], []
    for piece in re.split(r"(\{\{|\}\}|\[\[|\]\])", marked.strip()):
        if piece in ("{{", "[["):
            spans.append([len(text), None, piece == "{{"])
            stack.append(spans[-1])
        elif piece in ("}}", "]]"):
            stack.pop()[1] = len(text)
        else:
            text += piece
    if stack or len(rows) != len(spans):
        sys.exit(f"{name}: {head}: {len(spans)} spans, {len(rows)} answers")
    article = {"id": f"{name}/{head}", "lang": lang[1] if lang else "en", "text": text}
    if title:
        article["title"] = title[1]
    return article, [Span(*span, *row) for span, row in zip(spans, rows)]


def read_gold(half):
    cases = []
    for path in sorted(GOLD.glob(half + "_*.txt")):
        blocks = re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        cases += [read_case(block, path.stem) for block in blocks]
    return cases


def name_of(quote):
    return quote["speaker"] and quote["speaker"]["name"]


def ours(text, answer):
    spans = []
    for quote in answer["quotes"]:
        cue = text[quote["cue"]["start"]:quote["cue"]["end"]] if quote["cue"] else "-"
        speaker = name_of(quote) or "?"
        spans.append(Span(quote["start"], quote["end"], quote["direct"], speaker, cue))
    return spans


def same_name(a, b):
    plain = [re.sub(r"^(the|a|an|le|la|el|der|die|das|mr\.|ms\.) ", "", name.lower().replace("’", "'")) for name in (a, b)]
    return plain[0] == plain[1]


def count_spans(n, text, gold, found):
    """Exact and overlapping spans of one list against another, whatever else they say."""
    exact = {bare(text, g[:2]) for g in gold}
    n["gold"] += len(gold)
    n["found"] += len(found)
    n["exact"] += len(exact & {bare(text, f[:2]) for f in found})
    n["precise"] += sum(any(overlap(f, g) > 0 for g in gold) for f in found)
    n["recalled"] += sum(any(overlap(f, g) > 0 for f in found) for g in gold)


def count_answers(n, gold, found):
    """Speakers and cues of the spans found."""
    for span in gold:
        nearest = max((f for f in found if overlap(f, span) > 0), key=lambda f: overlap(f, span), default=None)
        if nearest is not None:
            n["judged"] += 1
            n["speaker"] += same_name(nearest.speaker, span.speaker)
            n["cue"] += nearest.cue.lower() == span.cue.lower()


def figures(n):
    precision = n["precise"] / n["found"] if n["found"] else 0.0
    recall = n["recalled"] / n["gold"] if n["gold"] else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    result = {"gold": n["gold"], "found": n["found"], "exact": f1(n["exact"], n["found"], n["gold"]),
              "overlap": {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}}
    for key in ("speaker", "cue"):
        if n["judged"] and key in n:
            result[key + "_right"] = round(n[key] / n["judged"], 4)
    return result


def show(case, gold, found):
    text = case["text"]
    line = lambda s: f"{'D' if s.direct else 'I'} {text[s.start:s.end]!r} <- {s.speaker} | {s.cue}"
    print(f"  {case['id']}")
    for sign, spans in (("-", gold), ("+", found)):
        print("".join(f"    {sign} {line(s)}\n" for s in spans), end="")


def score_gold(program, half, errors):
    cases = read_gold(half)
    answers = annotate(program, [article for article, _ in cases])
    counts = collections.defaultdict(collections.Counter)
    for article, gold in cases:
        text = article["text"]
        found = ours(text, answers[article["id"]])
        part = "broken" if BROKEN.search(article["id"]) else "clean"
        for kind, wanted in (("direct", True), ("indirect", False)):
            g, f = ([s for s in spans if s.direct == wanted] for spans in (gold, found))
            for key in (kind, f"direct_{part}") if wanted else (kind,):
                count_spans(counts[key], text, g, f)
                count_answers(counts[key], g, f)
        count_spans(counts["all"], text, gold, found)
        key = lambda s: (*bare(text, s[:2]), s.direct, re.sub("^(the|a|an) ", "", s.speaker.lower()), s.cue.lower())
        if [key(s) for s in gold] != [key(s) for s in found] and errors > 0:
            errors -= 1
            show(article, gold, found)
    return {"cases": len(cases), **{kind: figures(n) for kind, n in sorted(counts.items())}}


def kind_of(quote):
    return "direct" if quote["direct"] else "stance" if quote.get("stance") else "indirect"


def ends_of(attribution, part):
    return [tuple(span) for item in attribution.get(part, []) for span in item["spans"]]


def score_polnear(program, data, errors, *options):
    path = data / "gold/quotes/polnear_train.jsonl.zst"
    raw = subprocess.run(["zstd", "-dc", str(path)], capture_output=True, check=True).stdout
    articles = [json.loads(line) for line in raw.decode().splitlines()]
    answers = annotate(program, [{"id": a["id"], "lang": "en", "text": a["text"]} for a in articles], *options)
    n = collections.defaultdict(collections.Counter)
    shown = 0
    for article in articles:
        text, quotes = article["text"], answers[article["id"]]["quotes"]
        gold = []
        for attribution in article["attributions"]:
            content = ends_of(attribution, "content")
            if content:
                gold.append((min(s for s, _ in content), max(e for _, e in content), attribution))
        count_spans(n["all"], text, gold, [(q["start"], q["end"]) for q in quotes])
        for start, end, attribution in gold:
            if re.search("[\"“”]", text[start:end]):
                n["all"]["marked"] += 1
                n["all"]["marked recalled"] += any(overlap((start, end), (q["start"], q["end"])) > 0 for q in quotes)
            elif shown < errors and not any(overlap((start, end), (q["start"], q["end"])) > 0 for q in quotes):
                shown += 1
                print(f"  missed {text[max(0, start - 60):start]!r} [{text[start:end][:80]}] {text[end:end + 40]!r}")
        for quote in quotes:
            kind = n[kind_of(quote)]
            span = (quote["start"], quote["end"])
            hits = [g for g in gold if overlap(g, span) > 0]
            kind["found"] += 1
            kind["in content"] += bool(hits)
            kind["exact"] += bare(text, span) in {bare(text, g[:2]) for g in hits}
            kind["with speaker"] += bool(name_of(quote))
            sources = [s for g in hits for s in ends_of(g[2], "source")]
            cues = [s for g in hits for s in ends_of(g[2], "cue")]
            if sources:
                who = quote["speaker"] and (quote["speaker"]["start"], quote["speaker"]["end"])
                kind["sourced"] += 1
                right = bool(who) and any(overlap(who, s) > 0 for s in sources)
                kind["named"] += bool(name_of(quote))
                kind["named right"] += bool(name_of(quote)) and right
                kind["right"] += right
            if cues and quote["cue"]:
                kind["cued"] += 1
                kind["cue right"] += any(overlap((quote["cue"]["start"], quote["cue"]["end"]), c) > 0 for c in cues)
    result = {"articles": len(articles), "all": figures(n["all"])}
    result["marked_recall"] = round(n["all"]["marked recalled"] / n["all"]["marked"], 4)
    for kind in ("direct", "indirect", "stance"):
        k = n[kind]
        ratio = lambda a, b: round(k[a] / k[b], 4) if k[b] else 0.0
        result[kind] = {"found": k["found"], "in_content": ratio("in content", "found"), "exact": ratio("exact", "found"),
                        "with_speaker": ratio("with speaker", "found"), "speaker_right_of_sourced": ratio("right", "sourced"),
                        "speaker_right_of_named": ratio("named right", "named"), "cue_right": ratio("cue right", "cued")}
    both = n["direct"] + n["indirect"] + n["stance"]
    result["source_overlap"] = round(both["right"] / both["sourced"], 4)
    return result


def missed_goals(scored):
    """What is below GOALS in the figures of one half."""
    for kind, (figure, least) in GOALS.items():
        value = scored[kind]["exact"]["f1"] if figure == "f1" else scored[kind]["speaker_right"]
        if value < least:
            yield f"{kind}: {figure} {value} is below {least}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="build/release/bin/nuncio")
    parser.add_argument("--data", default=os.environ.get("NUNCIO_DATA", HERE.parents[2] / "shared/data"))
    parser.add_argument("--errors", type=int, default=0, help="show so many cases that are not as wanted")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--goals", action="store_true")
    parser.add_argument("sets", nargs="*", default=["dev", "test", "polnear"])
    options = parser.parse_args()
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for name in options.sets:
        if name == "polnear" and not (pathlib.Path(options.data) / "gold/quotes").is_dir():
            print(f"skipped: no PolNeAR in {options.data}")
            continue
        if name == "polnear":
            data = pathlib.Path(options.data)
            scored = score_polnear(options.program, data, options.errors, "--stances")
            scored["without_stances"] = score_polnear(options.program, data, 0)
        else:
            scored = score_gold(options.program, name, options.errors)
        results[name] = scored
        print(name, json.dumps(scored, indent=1))
    status = keep(results, RESULTS, options)
    missed = [f"{name}: {goal}" for name in options.sets if options.goals and name != "polnear"
              for goal in missed_goals(results[name])]
    if missed:
        print("\n".join(missed))
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
