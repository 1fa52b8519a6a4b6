#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the documents are true.

usage: check_docs.py links    ROOT
       check_docs.py commands ROOT NUNCIO
       check_docs.py snippets ROOT NUNCIO COMPILER LIBRARY

links     every relative link, anchor and file named in a *.md exists, and every docs/*.md that a source names
commands  blocks marked sh in README.md use existing verbs and options; blocks marked console print what they show
snippets  each C block of README.md and docs/embedding.md compiles without a warning and prints the text block behind it
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = {"build", ".git", ".cache", "node_modules"}
SOURCES = {".c", ".h", ".cc", ".py", ".sh", ".cmake", ".txt"}


def files_of(root, suffixes):
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in SKIPPED)
        yield from (pathlib.Path(folder, name) for name in sorted(files) if pathlib.Path(name).suffix in suffixes)


def blocks(text, kind):
    """The fenced blocks of that kind, with the text behind each."""
    for found in re.finditer(rf"^```{kind}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        yield found[1], text[found.end():]


# ---- links ----

def anchors(path):
    """The anchors of a page as GitHub makes them from its headings."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for heading in re.findall(r"^#+ +(.*)$", text, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def link_findings(root, page, text, known):
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        if not path.exists():
            yield f"{page}: link to {target}: no such file"
        elif anchor and anchor not in anchors(path):
            yield f"{page}: link to {target}: no such heading"
    for name in re.findall(r"`([A-Za-z0-9_./-]+)`", text):
        is_path = "/" in name.rstrip("/") and re.search(r"(\.(c|h|cc|md|py|sh|jsonl?|txt|cmake|in)|/)$", name)
        if is_path and not name.startswith(("/", "build/", "../")) and not named_path_exists(root, page, name):
            yield f"{page}: names `{name}`: no such file"
        elif re.fullmatch(r"\w+\.(c|h|cc|py|sh)", name) and name not in known:
            yield f"{page}: names `{name}`: no file of that name"


def named_path_exists(root, page, name):
    return any((base / name).exists() for base in (root, page.parent, root / "include"))


def check_links(root):
    findings, pages = [], 0
    known = {path.name for path in files_of(root, SOURCES)}
    for page in files_of(root, {".md"}):
        pages += 1
        findings += link_findings(root, page, page.read_text(encoding="utf-8"), known)
    for source in files_of(root, SOURCES):
        for name in re.findall(r"\bdocs/[\w/-]+\.md\b", source.read_text(encoding="utf-8", errors="replace")):
            if not (root / name).is_file():
                findings.append(f"{source}: names {name}: no such file")
    if pages < 10:
        findings.append(f"only {pages} pages were found")
    return findings, f"{pages} pages"


# ---- commands ----

def run(command, root, environment):
    return subprocess.run(command, shell=True, cwd=root, env=environment, capture_output=True, text=True,
                          timeout=120, stdin=subprocess.DEVNULL, executable="/bin/bash")


def sample_environment(root, nuncio, folder):
    """An environment in which `nuncio` is the program under test and the index is that of samples/."""
    environment = dict(os.environ, NO_COLOR="1", NUNCIO_INDEX=str(pathlib.Path(folder, "index")), COLUMNS="80",
                       PATH=f"{pathlib.Path(nuncio).resolve().parent}{os.pathsep}{os.environ['PATH']}")
    built = run("nuncio index samples/", root, environment)
    if built.returncode != 0:
        raise SystemExit(f"nuncio index samples/ failed:\n{built.stderr}")
    return environment


def usage_findings(line, root, environment):
    """What a command line of a sh block uses that the program's help does not know."""
    words = line.split("#")[0].split()
    program, verb = words[0], words[1] if len(words) > 1 else ""
    if program == "./dev":
        if not re.search(rf"^  {verb}\b", run("./dev help", root, environment).stdout, re.MULTILINE):
            yield f"README.md: {line}: no such verb"
        return
    usage = run(f"nuncio {verb} --help", root, environment)
    if usage.returncode != 0:
        yield f"README.md: {line}: `nuncio {verb} --help` fails: {usage.stderr.strip()}"
    for option in re.findall(r"\s(--[a-z][a-z0-9-]*|-[a-zA-Z])(?=[\s=]|$)", line.split("#")[0]):
        if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", usage.stdout):
            yield f"README.md: {line}: {option} is not in `nuncio {verb} --help`"


def transcript_findings(block, root, environment):
    """Runs each `$ command` of a console block and compares what it prints with what stands under it."""
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        done = run(command, root, environment)
        printed = done.stdout if done.returncode in (0, 1) else done.stdout + done.stderr
        difference = list(difflib.unified_diff(shown.rstrip("\n").split("\n"), printed.rstrip("\n").split("\n"),
                                               "README.md", command, lineterm=""))
        if difference:
            yield "\n".join(difference)


def check_commands(root, nuncio):
    text = (root / "README.md").read_text(encoding="utf-8")
    findings, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        environment = sample_environment(root, nuncio, folder)
        for block, _ in blocks(text, "sh"):
            for line in block.splitlines():
                if line.startswith(("nuncio ", "./dev ")):
                    count += 1
                    findings += usage_findings(line, root, environment)
        for block, _ in blocks(text, "console"):
            count += block.count("\n$ ") + block.startswith("$ ")
            findings += transcript_findings(block, root, environment)
    if count < 5:
        findings.append(f"README.md: only {count} commands were found")
    return findings, f"{count} commands"


# ---- snippets ----

def snippet_findings(name, source, expected, compiler, library, root, environment, folder):
    """Builds a C block as an embedder would and compares what it prints for the index of samples/."""
    program = pathlib.Path(folder, "snippet")
    program.with_suffix(".c").write_text(source, encoding="utf-8")
    build = subprocess.run([compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{root / 'include'}", "-o",
                            program, program.with_suffix(".c"), library,
                            f"-Wl,-rpath,{pathlib.Path(library).parent}"], capture_output=True, text=True)
    if build.returncode != 0:
        yield f"{name}: {build.stderr}"
        return
    done = run(f"{program} {environment['NUNCIO_INDEX']}", root, environment)
    if done.returncode != 0 or done.stdout != expected:
        yield f"{name}: exit {done.returncode}, printed:\n{done.stdout}{done.stderr}\ninstead of:\n{expected}"


def check_snippets(root, nuncio, compiler, library):
    findings, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        environment = sample_environment(root, nuncio, folder)
        for name in ("README.md", "docs/embedding.md"):
            for source, rest in blocks((root / name).read_text(encoding="utf-8"), "c"):
                expected, _ = next(blocks(rest, "text"))
                findings += snippet_findings(name, source, expected, compiler, library, root, environment, folder)
                count += 1
    if count < 3:
        findings.append(f"only {count} C blocks were found")
    return findings, f"{count} snippets"


def main():
    check, root, arguments = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3:]
    checks = {"links": check_links, "commands": check_commands, "snippets": check_snippets}
    findings, checked = checks[check](root, *arguments)
    print("\n".join(findings))
    print(f"{checked} checked, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
