#!/usr/bin/env python3
"""How well documents are recognised: figures over the labels beside this file.

    measure.py CHECKOUTS [BINARY]

CHECKOUTS holds a folder OWNER+NAME@COMMIT (ten digits of it) for each repository, at that commit; what is not there is
left out and counted. `checkouts.sh` makes them. BINARY is `clausewise` unless told. Needs nothing but Python and Git.
"""

import collections
import csv
import json
import pathlib
import shutil
import subprocess
import sys

# Sub-clauses of one process count as one.
TOGETHER = [
    ["8.5.1.1", "8.5.1.2", "8.5.1.3"],
    ["8.7.3", "8.7.3.1", "8.7.3.2"],
    ["6.1.2", "6.1.1", "6.1.3"],
    ["6.2.1", "6.2.2"],
    ["5.2.1", "5.2.2"],
    ["7.5.3.2", "7.5.1", "7.5.2", "7.5.3.1", "7.5.4"],
    ["8.2.3.1", "8.2.3.2"],
    ["8.5.2.1", "8.5.2"],
    ["9.2", "9.2.1", "9.2.2"],
    ["10.1", "10.1.1", "10.1.2"],
    ["8.3.4.1", "8.3.4"],
]
AS_ONE = {clause: group[0] for group in TOGETHER for clause in group}


def one(clause):
    return AS_ONE.get(clause, clause)


def labels():
    file = pathlib.Path(__file__).with_name("labels.tsv")
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def allowed(label):
    """The clauses of a label, and those that it also allows."""
    own = {one(label["label"])}
    if label["label"] != "none" and label["second"] not in ("", "-", "none"):
        own.add(one(label["second"]))
    return own, {one(label["also"])} if label["also"] not in ("", "-") else set()


def answers(binary, folder):
    """Path to (first clauses of the candidates, confidence of the first)."""
    run = subprocess.run([binary, "map", "--format", "json", "--as-of", "2026-11-01"], cwd=folder, capture_output=True, check=True)
    found = {}
    for document in json.loads(run.stdout)["documents"]:
        candidates = [candidate for candidate in document["candidates"] if candidate["clauses"]]
        clauses = [one(candidate["clauses"][0]) for candidate in candidates]
        found[document["path"]] = (clauses, candidates[0]["confidence"] if candidates else "")
    return found


def figures(rows):
    """Rows: clauses of the label, clauses that it also allows, clauses answered, confidence."""
    evidence = [row for row in rows if "none" not in row[0]]
    nothing = [row for row in rows if "none" in row[0]]
    share = lambda number, of: number / of if of else float("nan")
    right = sum(1 for own, _, said, _ in evidence if said and said[0] in own)
    acceptable = sum(1 for own, also, said, _ in evidence if (said and said[0] in own | also) or (not said and "none" in also))
    third = sum(1 for own, _, said, _ in evidence if own & set(said[:3]))
    counts = collections.defaultdict(lambda: [0, 0, 0])
    for own, _, said, _ in rows:
        first = said[0] if said else None
        if first in own:
            counts[first][0] += 1
            continue
        if first:
            counts[first][1] += 1
        if "none" not in own:
            counts[sorted(own)[0]][2] += 1
    precision, recall, f1 = [], [], []
    for hit, false, missed in counts.values():
        if hit + missed:
            p, r = share(hit, hit + false) if hit + false else 0.0, hit / (hit + missed)
            precision.append(p)
            recall.append(r)
            f1.append(2 * p * r / (p + r) if p + r else 0.0)
    sure = [row for row in rows if row[3] == "high"]
    return {
        "documents": len(rows),
        "evidence": len(evidence),
        "first": share(right, len(evidence)),
        "acceptable": share(acceptable, len(evidence)),
        "third": share(third, len(evidence)),
        "precision": share(sum(precision), len(precision)),
        "recall": share(sum(recall), len(recall)),
        "f1": share(sum(f1), len(f1)),
        "alone": share(sum(1 for row in nothing if not row[2]), len(nothing)),
        "sure": len(sure),
        "sure_right": share(sum(1 for own, also, said, _ in sure if said[0] in own | also), len(sure)),
    }


def main():
    checkouts = pathlib.Path(sys.argv[1])
    # Each repository is read from its own folder: a path to the program would lead elsewhere from there.
    named = sys.argv[2] if len(sys.argv) > 2 else "clausewise"
    binary = pathlib.Path(shutil.which(named) or sys.exit(f"no program {named}")).resolve()
    known, missing = {}, set()
    parts = collections.defaultdict(list)
    for label in labels():
        name = f"{label['repository'].replace('/', '+')}@{label['commit'][:10]}"
        if name not in known:
            folder = checkouts / name
            known[name] = answers(binary, folder) if folder.is_dir() else {}
            if not folder.is_dir():
                missing.add(name)
        if label["path"] not in known[name]:
            continue
        said, confidence = known[name][label["path"]]
        row = (*allowed(label), said, confidence)
        for part in (label["genre"], label["part"], "all"):
            parts[part].append(row)
    for part in sorted(parts, key=lambda name: (name == "all", name)):
        told = figures(parts[part])
        shown = (f"{name} {value:.2f}" if isinstance(value, float) else f"{name} {value}" for name, value in told.items())
        print(f"{part:32}", "  ".join(shown))
    print(f"{len(missing)} of {len(known)} repositories were not there")


if __name__ == "__main__":
    main()
