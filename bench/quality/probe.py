# SPDX-License-Identifier: Apache-2.0
"""The linear tagger that the names model is measured against: a chain over hand-made features, by CRFsuite.

The recipe of the study that came before the project, one pass: words, their shapes and neighbours, a bag of three words
on each side, gazetteers (those of tools/names/lists) word by word and over several words, clusters of word vectors (100
and 600), how the document writes a word elsewhere; no affixes. Left out are its gains of 0.1 to 0.9 by a second pass, by
a bias against "no name" and by the share of small letters in text without labels.
"""

import os
import pathlib
import re

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order, whatever the machine

import numpy  # noqa: E402
import pycrfsuite  # noqa: E402

TOKEN = re.compile(r"\w+|[^\w\s]")
NAME_WORDS_MAX = 8
SENTENCE_END = {".", "!", "?"}


def clusters(vectors_path, counts, rounds=15):
    """{word: [cluster in each of the clusterings]} by k-means from evenly spread words."""
    words, rows = [], []
    with open(vectors_path, encoding="utf-8") as file:
        next(file)
        for line in file:
            word, *numbers = line.split()
            words.append(word)
            rows.append([float(x) for x in numbers])
    points = numpy.array(rows, dtype=numpy.float32)
    points /= numpy.linalg.norm(points, axis=1, keepdims=True) + 1e-6
    found = {word: [] for word in words}
    for count in counts:
        centres = points[:: len(points) // count][:count].copy()
        for _ in range(rounds):
            nearest = numpy.argmax(points @ centres.T, axis=1)
            for k in range(count):
                members = points[nearest == k]
                if len(members):
                    centres[k] = members.mean(axis=0)
            centres /= numpy.linalg.norm(centres, axis=1, keepdims=True) + 1e-6
        for word, k in zip(words, nearest):
            found[word].append(int(k))
    return found


def read_lists(folder):
    """{name as a tuple of small words: {kinds}} of a folder of lists, one name a line."""
    names = {}
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = tuple(w.lower() for w in TOKEN.findall(line.split("#")[0]))
            if words:
                names.setdefault(words, set()).add(path.stem)
    return names


def shape(word):
    """Xxxx -> Xx, ABC -> X, 1990 -> 0: each run of a kind of character once."""
    kinds = ("X" if c.isupper() else "x" if c.islower() else "0" if c.isdigit() else c for c in word)
    return re.sub(r"(.)\1+", r"\1", "".join(kinds))


class Features:
    def __init__(self, names, word_clusters):
        self.names = names
        self.clusters = word_clusters
        self.first_words = {n[0] for n in names}

    def known(self, small):
        """What the gazetteer says of each token: kind, and where in a name of several words."""
        marks = [set() for _ in small]
        for i, word in enumerate(small):
            if word not in self.first_words:
                continue
            for size in range(min(NAME_WORDS_MAX, len(small) - i), 0, -1):
                for kind in self.names.get(tuple(small[i:i + size]), ()):
                    for k in range(i, i + size):
                        place = "U" if size == 1 else "B" if k == i else "I"
                        marks[k].add(f"{kind}{place}")
        return marks

    def of(self, words):
        small = [w.lower() for w in words]
        shapes = [shape(w) for w in words]
        known = self.known(small)
        lower = {w for w in words if w.islower()}
        inside = {w.lower() for p, w in zip(words, words[1:]) if w[0].isupper() and p not in SENTENCE_END}
        at = lambda list_, i: list_[i] if 0 <= i < len(list_) else "~"
        rows = []
        for i in range(len(words)):
            row = ["b", f"w={words[i]}", f"l={small[i]}", f"s={shapes[i]}", f"ss={at(shapes, i - 1)}|{shapes[i]}",
                   f"ss+={shapes[i]}|{at(shapes, i + 1)}", f"sss={at(shapes, i - 1)}|{shapes[i]}|{at(shapes, i + 1)}",
                   f"ww={at(small, i - 1)}|{small[i]}", f"ww+={small[i]}|{at(small, i + 1)}"]
            for o in (-2, -1, 1, 2):
                row.append(f"w{o}={at(small, i + o)}")
                row.append(f"s{o}={at(shapes, i + o)}")
            row += [f"c-={at(small, i - o)}" for o in (1, 2, 3)] + [f"c+={at(small, i + o)}" for o in (1, 2, 3)]
            for o in (-1, 0, 1):
                if 0 <= i + o < len(words):
                    row += [f"k{o}={m}" for m in sorted(known[i + o])]
                    row += [f"v{o}.{n}={k}" for n, k in enumerate(self.clusters.get(small[i + o], ()))]
            if words[i][0].isupper():
                row.append(f"d={small[i] in lower}|{small[i] in inside}|{i == 0 or words[i - 1] in SENTENCE_END}")
            rows.append(row)
        return rows


def tokens_of(text):
    return [(m.start(), m.end()) for m in TOKEN.finditer(text)]


def labels_of(ranges, spans):
    labels = ["O"] * len(ranges)
    for start, end, kind in spans:
        inside = [i for i, (a, b) in enumerate(ranges) if a < end and b > start]
        for n, i in enumerate(inside):
            labels[i] = ("I-" if n else "B-") + kind
    return labels


def spans_of(labels):
    spans, begin = set(), None
    for i, label in enumerate([*labels, "O"]):
        if begin is not None and label != "I-" + labels[begin][2:]:
            spans.add((begin, i, labels[begin][2:]))
            begin = None
        if label[0] == "B" or (label[0] == "I" and begin is None):
            begin = i
    return spans


def score(features, train, held_out, model_path):
    """F1 over P, L and O of what is learnt from documents (text, spans) on others."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": 80, "feature.minfreq": 2})
    for text, spans in train:
        ranges = tokens_of(text)
        if ranges:
            trainer.append(features.of([text[a:b] for a, b in ranges]), labels_of(ranges, spans))
    trainer.train(str(model_path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model_path))
    right = found = wanted = 0
    for text, spans in held_out:
        ranges = tokens_of(text)
        ours = spans_of(tagger.tag(features.of([text[a:b] for a, b in ranges])))
        gold = spans_of(labels_of(ranges, spans))
        right, found, wanted = right + len(ours & gold), found + len(ours), wanted + len(gold)
    return 200 * right / (found + wanted)
