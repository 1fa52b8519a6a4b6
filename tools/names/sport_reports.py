# SPDX-License-Identifier: Apache-2.0
"""Reports of games, of the sentences of sport/reports.txt."""

import re

import sport
import sport_tables
from sport import AMERICAN, CITIES, HERE, LEAGUES, NATIONS, PLAYERS, body, person, place
from sport_tables import adjective, sets

CARS = ["Ferrari", "Williams", "McLaren", "Benetton", "Toyota", "Subaru", "Ford", "Mitsubishi", "Yamaha", "Honda", "Ducati"]
BY_TITLE = {"american": ["basketball", "ice hockey", "football", "baseball"], "football": ["soccer"], "county": ["rugby union", "cricket"],
            "nations": ["soccer", "cricket", "rugby union", "hockey"], "singles": ["tennis", "golf", "athletics", "cycling"]}


def read_sentences():
    kinds, name = {}, None
    for line in (HERE / "reports.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("---- "):
            name = line[5:]
            kinds[name] = []
        elif line and not line.startswith("#"):
            kinds[name].append(line)
    return kinds


SENTENCES = read_sentences()


def teams(m, kind):
    """Slots of three teams, marked."""
    slots = {}
    if kind == "american":
        for k, (city, name) in zip("abc", m.several(m.pick(AMERICAN)[1], 3)):
            slots |= {k: body(city), k.upper(): body(f"{city} {name}"), k + "n": body(name), "c" + k: place(city)}
    else:
        wanted = {"football": ("football",), "county": ("cricket", "rugby")}.get(kind, ("football",))
        row = m.pick([x for x in LEAGUES if x[2] in wanted])
        for k, club in zip("abc", m.several(row[3], 3)):
            slots[k] = body(club)
    return slots


def slots_of(m, kind):
    slots = teams(m, kind)
    home = m.pick(NATIONS)
    nations = [home, *m.several([x for x in NATIONS if x != home], 2)]
    slots |= {k: m.country(nation) for k, nation in zip("nml", nations)}
    slots |= {k + "j": adjective(nation) for k, nation in zip("nm", nations)}
    american = kind == "american"
    for k, nation in zip("pqrs", ("United States",) * 4 if american else (nations[0], m.pick(NATIONS), m.pick(NATIONS), nations[0])):
        _, given, surnames = PLAYERS[nation]
        first, last = m.pick(given), m.pick(surnames)
        slots |= {k: person(f"{first} {last}"), k.upper() + "_": person(first if nation in ("China", "South Korea") else last)}
    for k, (city, _) in zip(("t", "u", "ta"), m.several(CITIES, 3)):
        slots[k] = place(city.partition(",")[0].title())
    return slots | {"car": body(m.pick(CARS)), "car2": body(m.pick(CARS))}


def number(m, nines):
    return str(1 + m.below(int(nines)))


def sentence(m, text, slots):
    def fill(match):
        key = match[1]
        if key.isdigit():
            return f"{60 + m.below(60)}-{60 + m.below(60)}" if key == "99" else number(m, {"9": 40, "999": 500}[key])
        drawn = {"d": m.day, "y": str(1960 + m.below(60)), "set": sets(m)}
        return drawn.get(key) or slots.get(key + "_" if key in "PQRS" else key) or slots[key]

    return re.sub(r"\{(\w+)\}", fill, text)


def report(m):
    kind = m.pick(["american", "american", "football", "football", "nations", "nations", "singles", "county"])
    slots = slots_of(m, kind)
    lines = [sentence(m, text, slots) for text in m.several(SENTENCES[kind], 4 + m.below(6))]
    head = m.pick([f"{m.pick(BY_TITLE[kind])} - ", ""]) + headline(m, kind, slots)
    return [m.headline(head), *m.opening(lines[0]), *joined(m, lines[1:])]


def joined(m, lines):
    """Sentences as paragraphs of one to three."""
    out = []
    while lines:
        count = 1 + m.below(3)
        out.append(" ".join(lines[:count]))
        lines = lines[count:]
    return out


def headline(m, kind, slots):
    texts = {"american": ["{a} {verb} {b}", "{P} lifts {an} past {bn}", "{an} edge {b}", "{a} signs {P}"],
             "football": ["{a} {verb} {b}", "{P} sends {a} top", "{b} sack coach {S}", "{a}, {b} share points", "{P} to leave {a}"],
             "nations": ["{n} {verb} {m}", "{n} name {P} for {m} match", "{m} lose to {n} in {t}", "{P} puts {n} on top"],
             "singles": ["{P} {verb} {Q} in {t}", "{P} wins in {t}", "{n}'s {P} crashes out", "{P} leads at {t}"],
             "county": ["{a} {verb} {b}", "{P} stars for {a}", "{b} crumble before {P}"]}[kind]
    verb = m.pick(["beat", "stun", "crush", "hold", "upset", "down", "rout"])
    return sentence(m, m.pick(texts).replace("{verb}", verb), slots)


def document(number):
    """The lines of document `number`."""
    m = sport.Maker(number)
    return (m.pick(sport_tables.TABLES) if number % 2 else report)(m)
