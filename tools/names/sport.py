# SPDX-License-Identifier: Apache-2.0
"""Results, tables and reports of games, put together from the facts of sport/ and the sentences here: where a city is a club
and a country its team, which wire/ alone shows too seldom. All of it is invented; names are marked as in wire/.

Documents are made by their number: the same ones every time.
"""

import pathlib
import random
import re

HERE = pathlib.Path(__file__).resolve().parent / "sport"
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]
AGENCIES = ["Reuters", "AP", "AFP", "dpa", "Xinhua", "EFE", "ANSA", "PA", "Kyodo", "TASS"]
MARKED = re.compile(r"\[([A-Z]) ([^\]]*)\]|[^\[]+")
ABBREVIATED = {"United States": "U.S.", "United Arab Emirates": "UAE"}


def rows_of(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


def listed(text):
    return [x.strip() for x in text.split(",")]


LEAGUES = [(nation, league, sport, listed(clubs)) for nation, league, sport, clubs in rows_of("clubs.txt")]
AMERICAN = [(league, [tuple(x.split(" = ")) for x in listed(teams)]) for league, teams in rows_of("leagues.txt")]
PLAYERS = {nation: (adjective, listed(given), listed(surnames)) for nation, adjective, given, surnames in rows_of("players.txt")}
NATIONS = list(PLAYERS)
CITIES = [(city, nation) for city, nation in rows_of("cities.txt")]


def place(name):
    return f"[L {name}]"


def body(name):
    return f"[O {name}]"


def person(name):
    return f"[P {name}]"


def in_capitals(text):
    return MARKED.sub(lambda m: f"[{m[1]} {m[2].upper()}]" if m[1] else m[0].upper(), text)


class Maker:
    """Draws what a document needs; what it says of a player holds for that document."""

    def __init__(self, number):
        self.random = random.Random(number)
        self.day = DAYS[self.below(7)]
        self.old = self.below(3) > 0  # agency copy of the nineties: headline in capitals, date in figures

    def below(self, limit):
        return int(self.random.random() * limit)

    def pick(self, items):
        return items[self.below(len(items))]

    def several(self, items, count):
        left, chosen = list(items), []
        while left and len(chosen) < count:
            chosen.append(left.pop(self.below(len(left))))
        return chosen

    def chance(self, of):
        return self.below(of) == 0

    def full(self, nation=None):
        """Given name and surname."""
        _, given, surnames = PLAYERS[nation or self.pick(NATIONS)]
        return f"{self.pick(given)} {self.pick(surnames)}"

    def surname(self, nation=None):
        return self.pick(PLAYERS[nation or self.pick(NATIONS)][2])

    def player(self, nation=None):
        return person(self.full(nation))

    def country(self, nation):
        return place(ABBREVIATED.get(nation, nation))

    def rival(self):
        """A player with the country in brackets."""
        nation = self.pick(NATIONS)
        return f"{self.player(nation)} ({self.country(nation)})"

    def venue(self):
        """A city as datelines have it."""
        name, nation = self.pick(CITIES)
        first, _, rest = name.partition(", ")
        behind = rest or nation
        return place(first) + (f", {place(behind)}" if behind else "")

    def town(self):
        return place(self.pick(CITIES)[0].partition(",")[0].title())

    def headline(self, text):
        """In capitals where old copy has it so."""
        if self.old:
            return in_capitals(text) + self.pick([".", ""])
        return re.sub(r"^[a-z]", lambda m: m[0].upper(), text)

    def opening(self, sentence):
        """The first sentence behind the dateline that its time had."""
        day = 1 + self.below(28)
        if self.old:
            return [f"{self.venue()} {1995 + self.below(5)}-{1 + self.below(12):02}-{day:02}", sentence]
        agency = body(self.pick(AGENCIES))
        return [f"{self.venue()}, {self.pick(MONTHS)} {day} ({agency}) {self.pick(['-', '--', '—'])} {sentence}"]

    def goals(self):
        return self.pick([0, 0, 0, 1, 1, 1, 2, 2, 3, 4])
