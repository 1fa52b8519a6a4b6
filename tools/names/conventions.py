# SPDX-License-Identifier: Apache-2.0
"""The labelled sets of the data folder, brought to the convention of labels/GUIDE.md as far as rules can.

They mark persons, places and organisations; what else they mark is left open (see prepare.py: coarse). Two of them, gum
and re3d, annotate whole noun phrases: their spans are trimmed of articles, pronouns and small words, titles and
peoples are cut from persons, lone peoples and pronouns dropped, lists parted, and countries that act are places.
"""

import re

SETS = {
    "wikigold": ["wikigold/all.bio"],
    "ewt": ["uner_en_ewt/dev.bio", "uner_en_ewt/test.bio"],
    "gum": ["gum/named_mentions.bio"],
    "re3d": ["re3d/free_licence_only.bio"],
    "europarl": ["europarl/test.bio"],
    "wikineural": ["wikineural_val/val.bio"],  # measured only
}
TRIMMED = {"gum", "re3d"}
TYPES = {"PER": "P", "LOC": "L", "ORG": "O", "person": "P", "place": "L", "organization": "O", "Person": "P",
         "Location": "L", "Organisation": "O"}
TITLES = set("""mr mrs ms miss dr sir president minister prime foreign secretary general gen col colonel lt lieutenant
    captain capt king queen prince princess pope chancellor senator sen rep representative governor gov mayor judge
    justice professor prof lord lady former vice deputy chief ambassador ayatollah defence defense commander major maj
    chairman chairwoman director cardinal archbishop bishop reverend rev attorney premier emir sultan speaker leader
    the his her our their spokesman spokeswoman admiral adm interior finance special envoy under assistant congressman
    congresswoman acting sergeant detective inspector officer saint st brigadier marshal he hon excellency""".split())
PRONOUNS = set("""i we you he she it they us them him me who this these those that our his her their its my your one all both
    some many any each every another other others such""".split())
PEOPLES = re.compile(r".*(ians?|[^r]ese|ish|icans?|aqis?|elis?|ench|urks?|urds?|arabs?|anis?|yans?|eans?|greeks?|thai|swiss|"
                     r"dutch|serbs?|croats?|danes?|swedes?|finns?|poles?|czechs?|somalis?|afghans?|christians?|muslims?|"
                     r"jews?|jewish|sunnis?|shias?|shi'ites?|shiites?|yazidis?|houthis?)")
NOT_PEOPLES = {"asian", "indonesia", "miami", "spanish"}
COUNTRIES = set("""afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus
    belgium bolivia bosnia brazil britain bulgaria cambodia canada chile china colombia congo croatia cuba cyprus denmark
    ecuador egypt england eritrea estonia ethiopia finland france georgia germany ghana greece guatemala haiti hungary
    iceland india indonesia iran iraq ireland israel italy japan jordan kazakhstan kenya kosovo kuwait laos latvia lebanon
    libya lithuania malaysia mali mexico moldova mongolia morocco myanmar nepal netherlands nigeria norway oman pakistan
    palestine panama peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia singapore
    slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand tunisia turkey
    turkmenistan uae uganda uk ukraine us u.s. usa u.s.a. u.k. uruguay uzbekistan venezuela vietnam wales yemen zambia
    zimbabwe america""".split()) | {
    "united states", "united kingdom", "great britain", "saudi arabia", "south korea", "north korea", "sri lanka",
    "united arab emirates", "the united states", "new zealand", "south africa", "south sudan", "czech republic",
    "united states of america", "ivory coast", "sierra leone", "burkina faso", "el salvador", "costa rica", "puerto rico",
    "northern ireland", "soviet union", "east germany", "west germany", "hong kong"}
NO_SPACE_BEFORE = set(", . ; : ! ? ) ] } % 's ’s n't 've 're 'll 'd 'm ' ’ ”".split())
NO_SPACE_AFTER = set("( [ { $ “ ‘ #".split())


def read_bio(path):
    """Documents: lists of sentences: lists of (token, label)."""
    documents, sentence = [[]], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        token, _, label = line.partition("\t")
        if not line.strip() or token == "-DOCSTART-":
            if sentence:
                documents[-1].append(sentence)
                sentence = []
            if token == "-DOCSTART-":
                documents.append([])
        else:
            sentence.append((token, label.split("\t")[0]))
    return [d for d in documents if d]


def join(document):
    """The text of a document, the range of each token in it, and the labels."""
    text, ranges, labels = "", [], []
    for sentence in document:
        quote_open, glue = False, True
        text += " " if text else ""
        tokens = [t for t, _ in sentence]
        for i, (token, label) in enumerate(sentence):
            closing = token == '"' and quote_open
            if not glue and token not in NO_SPACE_BEFORE and not closing:
                text += " "
            ranges.append((len(text), len(text) + len(token)))
            labels.append(label)
            text += token
            hyphen = token == "-" and 0 < i < len(tokens) - 1 and tokens[i - 1].isalnum() and tokens[i + 1].isalnum()
            glue = token in NO_SPACE_AFTER or (token == '"' and not quote_open) or hyphen
            if hyphen and text.endswith(" -"):
                text = text[:-2] + "-"
                ranges[-1] = (len(text) - 1, len(text))
            quote_open ^= token == '"'
    return text, ranges, labels


def bio_spans(labels):
    spans, start, kind = [], None, None
    for i, label in enumerate([*labels, "O"]):
        prefix, _, name = label.partition("-")
        if start is not None and (prefix != "I" or name != kind):
            spans.append((start, i, kind))
            start = None
        if prefix == "B" or (prefix == "I" and start is None):
            start, kind = i, name
    return spans


def has_capital(word):
    return any(c.isupper() for c in word)


def trim(begin, end, kind, words):
    """One noun phrase cut down to its name; None when it holds none."""
    while begin < end and (not (has_capital(words[begin]) or words[begin][0].isdigit())
                           or words[begin].lower() in ("the", "a", "an", "his", "our", "their", "its")):
        begin += 1
    stop = begin
    while stop < end and words[stop] not in (",", "(", ";", "--", "–"):
        stop += 1
    end = stop if kind != "O" or stop < end and words[stop] == "(" else end
    while begin < end and not (has_capital(words[end - 1]) or words[end - 1][0].isdigit() and kind == "O"):
        end -= 1
    while kind == "P" and begin < end - 1 and (words[begin].lower().rstrip(".") in TITLES
                                               or is_people(words[begin]) or words[begin].lower() in COUNTRIES
                                               or not has_capital(words[begin])):
        begin += 1
    text = " ".join(words[begin:end]).lower()
    if kind == "O" and text in COUNTRIES:
        kind = "L"
    lone = end - begin == 1 and kind != "P" and is_people(text)
    if begin >= end or text in PRONOUNS or text in TITLES or lone:
        return None
    if kind == "P" and end - begin == 1 and (is_people(text) or text in COUNTRIES):
        return None
    return begin, end, kind


def is_people(word):
    word = word.lower()
    return bool(PEOPLES.fullmatch(word)) and word not in COUNTRIES and word not in NOT_PEOPLES


def parted(begin, end, kind, words):
    """X and Y: two names, where both sides have capitals."""
    if kind != "P" and kind != "L":
        return [(begin, end, kind)]
    for i in range(begin + 1, end - 1):
        if words[i] == "and" and has_capital(words[i - 1]) and has_capital(words[i + 1]):
            return [(begin, i, kind), *parted(i + 1, end, kind, words)]
    return [(begin, end, kind)]


def documents(path, source):
    """(text, spans in characters) of each document of a set; kinds as in labels/GUIDE.md."""
    for document in read_bio(path):
        text, ranges, labels = join(document)
        words = [text[a:b] for a, b in ranges]
        spans = []
        for begin, end, name in bio_spans(labels):
            kind = TYPES.get(name)
            if kind is None:
                continue
            pieces = parted(begin, end, kind, words) if source in TRIMMED else [(begin, end, kind)]
            for piece in pieces:
                found = trim(*piece, words) if source in TRIMMED else corrected(*piece, words)
                if found is not None:
                    spans.append((ranges[found[0]][0], ranges[found[1] - 1][1], found[2]))
        yield text, spans


def corrected(begin, end, kind, words):
    """Sets that mark names: a leading article, a country as organisation, a title inside a person."""
    if words[begin].lower() == "the" and end - begin > 1:
        begin += 1
    while kind == "P" and begin < end - 1 and words[begin].lower().rstrip(".") in ("mr", "mrs", "ms", "dr", "president",
                                                                                  "sir", "sen", "gov", "gen", "rep"):
        begin += 1
    if kind == "O" and " ".join(words[begin:end]).lower() in COUNTRIES:
        kind = "L"
    return begin, end, kind
