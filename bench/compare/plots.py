# SPDX-License-Identifier: Apache-2.0
"""Plots as SVG: ranges on a logarithmic axis, stacked bars, lines."""

import math
from xml.sax.saxutils import escape

COLOURS = {"nuncio": "#c8102e", "lucene": "#8fb7d9", "lucene-bp": "#1f77b4", "tantivy": "#e69f00", "xapian": "#009e73",
           "fts5": "#7a5195"}
STACK = ("#1f4e79", "#5b9bd5", "#3b75a7", "#a5c8ea", "#cccccc")
ROW, LEFT, WIDTH = 18, 190, 760


class Drawing:
    def __init__(self, title, height):
        self.height, self.body = height, []
        self.text(12, 22, title, size=15, weight="bold")

    def text(self, x, y, words, size=11, anchor="start", weight="normal"):
        self.body.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
                         f'font-weight="{weight}">{escape(str(words))}</text>')

    def bar(self, x, y, width, height, colour):
        self.body.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height}" fill="{colour}"/>')

    def line(self, points, colour, width=1.0):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.body.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')

    def dot(self, x, y, colour, radius=4.5):
        self.body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"/>')

    def svg(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 40} {self.height}" '
                f'font-family="sans-serif" fill="#222">\n<rect width="100%" height="100%" fill="#fff"/>\n'
                + "\n".join(self.body) + "\n</svg>\n")


class LogAxis:
    """Powers of ten from `low` to `high` between the pixels `begin` and `end`."""

    def __init__(self, low, high, begin, end):
        self.low, self.high = math.floor(math.log10(low)), math.ceil(math.log10(high))
        self.begin, self.end = begin, end

    def at(self, value):
        share = (math.log10(max(value, 1e-9)) - self.low) / max(1, self.high - self.low)
        return self.begin + share * (self.end - self.begin)

    def ticks(self):
        return [10.0 ** power for power in range(self.low, self.high + 1)]


def readable(microseconds):
    return (f"{microseconds:g} µs" if microseconds < 1000 else f"{microseconds / 1e3:g} ms" if microseconds < 1e6
            else f"{microseconds / 1e6:g} s")


def ranges(title, groups):
    """Groups of (name, [(label, colour, p50, p99)]): a dot at the median, a bar to the 99th percentile."""
    rows = sum(len(of) + 1 for _, of in groups)
    drawing = Drawing(title, 70 + ROW * rows)
    values = [value for _, of in groups for row in of for value in row[2:]]
    axis, bottom = LogAxis(min(values), max(values), LEFT, WIDTH), 45 + ROW * rows
    for tick in axis.ticks():
        drawing.line([(axis.at(tick), 34), (axis.at(tick), bottom)], "#ddd")
        drawing.text(axis.at(tick), bottom + 15, readable(tick), anchor="middle")
    y = 40
    for name, of in groups:
        drawing.text(12, y + 12, name, weight="bold")
        y += ROW
        for label, colour, middle, high in of:
            drawing.text(LEFT - 8, y + 12, label, anchor="end")
            drawing.bar(axis.at(middle), y + 5, axis.at(high) - axis.at(middle), 7, colour)
            drawing.dot(axis.at(middle), y + 8.5, colour)
            y += ROW
    return drawing.svg()


def stacks(title, unit, parts, rows):
    """Rows of (label, [value of each part]) as bars of parts."""
    drawing = Drawing(title, 84 + 26 * len(rows))
    most = max(sum(values) for _, values in rows)
    x = LEFT
    for part, colour in zip(parts, STACK):
        drawing.bar(x, 36, 10, 10, colour)
        drawing.text(x + 14, 45, part)
        x += 30 + 7 * len(part)
    for number, (label, values) in enumerate(rows):
        y, x = 60 + 26 * number, LEFT
        drawing.text(LEFT - 8, y + 13, label, anchor="end")
        for value, colour in zip(values, STACK):
            width = value / most * (WIDTH - LEFT - 60)
            drawing.bar(x, y, width, 17, colour)
            x += width
        drawing.text(x + 6, y + 13, f"{sum(values):.1f} {unit}")
    return drawing.svg()


def lines(title, across, series):
    """Series of (label, colour, [(x, microseconds)]), both axes logarithmic."""
    drawing, bottom = Drawing(title, 380), 330
    points = [point for _, _, of in series for point in of]
    wide = LogAxis(min(x for x, _ in points), max(x for x, _ in points), 80, WIDTH - 140)
    tall = LogAxis(min(y for _, y in points), max(y for _, y in points), bottom, 50)
    for tick in tall.ticks():
        drawing.line([(80, tall.at(tick)), (WIDTH - 140, tall.at(tick))], "#ddd")
        drawing.text(74, tall.at(tick) + 4, readable(tick), anchor="end")
    for x in sorted({x for x, _ in points}):
        drawing.line([(wide.at(x), 50), (wide.at(x), bottom)], "#ddd")
        drawing.text(wide.at(x), bottom + 16, f"{x:.0f}", anchor="middle")
    drawing.text((WIDTH - 60) / 2, bottom + 36, across, anchor="middle")
    taken = []  # heights of labels
    for label, colour, of in sorted(series, key=lambda one: -one[2][-1][1]):
        drawing.line([(wide.at(x), tall.at(y)) for x, y in of], colour, 2)
        for x, y in of:
            drawing.dot(wide.at(x), tall.at(y), colour, 3.5)
        taken.append(max([tall.at(of[-1][1]) + 4] + [height + 14 for height in taken[-1:]]))
        drawing.text(wide.at(of[-1][0]) + 8, taken[-1], label)
    return drawing.svg()
