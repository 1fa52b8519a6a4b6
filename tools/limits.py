#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the tables of docs/limits.md from the code, or checks that they are what it would write.

usage: tools/limits.py ROOT [--write]

A limit is a constant with a comment right before it:

    /* limit query: brackets within brackets | refused, NUNCIO_ERR_LIMIT */
    NN_QUERY_DEPTH_MAX = 64,

It becomes a row of the table that stands in docs/limits.md behind <!-- limits: query -->. Rows come in the order of the
layers below and, within one, of files and lines. A shared bound (NN_…_MAX or _MIN of a header, those of segment/ apart,
which are bounds of bytes and belong to docs/format.md) without such a comment is a finding.
"""

import ast
import operator
import pathlib
import re
import sys

LAYERS = ("cli", "ingest", "indexer", "text", "annotate", "query", "segment", "core", "include")
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.LShift: operator.lshift,
             ast.FloorDiv: operator.floordiv, ast.Div: operator.floordiv}
TABLE = "| what | name | value | when it is reached |\n|---|---|---|---|\n"


def value_of(expression, constants, depth=0):
    """An integer constant expression of C: numbers, + - * / <<, brackets, casts, other constants."""
    expression = re.sub(r"\((?:size_t|u?int\d*_t|unsigned|int)\)", "", expression)
    expression = re.sub(r"\bUINT64_C\((.*?)\)", r"\1", expression)
    expression = re.sub(r"\b(0x[0-9a-fA-F]+|\d+)[uUlL]+\b", r"\1", expression).strip()

    def walk(node):
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](walk(node.left), walk(node.right))
        if isinstance(node, ast.Name) and node.id in constants and depth < 8:
            return value_of(constants[node.id][0], constants, depth + 1)
        raise ValueError(f"{expression} is no constant expression")

    return walk(ast.parse(expression, mode="eval").body)


def sources(root):
    for layer in LAYERS:
        yield from (path for path in sorted((root / layer).rglob("*")) if path.suffix in (".c", ".h", ".cc"))


def read_code(root):
    """Every constant as name -> (expression, path), and the limits as (table, what, name, when it is reached)."""
    constants, limits = {}, []
    for path in sources(root):
        text = path.read_text(encoding="utf-8")
        for table, row, name in re.findall(r"/\* limit (\w+): (.*?) ?\*/\s*(?:#define )?(\w+)", text, re.DOTALL):
            what, _, reached = re.sub(r"\s+", " ", row).partition(" | ")
            limits.append((table, what, name, reached.strip()))
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        pairs = re.findall(r"^#define +([A-Z]\w*) +(.+)$", text, re.MULTILINE)
        for body in re.findall(r"\benum\b[^{};]*\{(.*?)\}", text, re.DOTALL):
            pairs += re.findall(r"\b([A-Z]\w*)\s*=\s*([^,]+)", body)
        for name, expression in pairs:
            constants.setdefault(name, (expression.strip(), path))
    return constants, limits


def is_shared(name, path, root):
    header = path.suffix == ".h" and path.relative_to(root).parts[0] != "segment"
    return header and re.fullmatch(r"(NN|NUNCIO)_\w+_(MAX|MIN)", name)


def table_of(name, limits, constants):
    rows = [f"| {what} | `{constant}` | {value_of(constants[constant][0], constants):,} | "
            + re.sub(r"\b(NUNCIO_ERR_\w+)", r"`\1`", reached) + " |\n"
            for table, what, constant, reached in limits if table == name]
    return TABLE + "".join(rows)


def main():
    root, write = pathlib.Path(sys.argv[1]), sys.argv[2:] == ["--write"]
    constants, limits = read_code(root)
    named = {name for _, _, name, _ in limits}
    findings = [f"{path}: {name} has no comment that says what it limits" for name, (_, path) in
                sorted(constants.items()) if is_shared(name, path, root) and name not in named]
    findings += [f"{name}: {status} is not a status" for _, _, name, reached in limits
                 for status in re.findall(r"NUNCIO_ERR_\w+", reached) if status not in constants]
    page = root / "docs" / "limits.md"
    text = page.read_text(encoding="utf-8")
    tables = re.findall(r"<!-- limits: (\w+) -->", text)
    findings += [f"{name}: docs/limits.md has no table '{table}'" for table, _, name, _ in limits if table not in tables]
    made = re.sub(r"(<!-- limits: (\w+) -->\n)(?:\|.*\n)*",
                  lambda found: found[1] + table_of(found[2], limits, constants), text)
    if write:
        page.write_text(made, encoding="utf-8")
    elif made != text:
        findings.append("docs/limits.md is not what tools/limits.py would write: run tools/limits.py . --write")
    if len(limits) < 30:
        findings.append(f"only {len(limits)} limits were read")
    print("\n".join(findings))
    print(f"{len(limits)} limits, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
