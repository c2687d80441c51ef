#!/usr/bin/env python3
"""How hard the labels are: what plain methods reach on them, beside which the program's figures can be read.

    plain.py CHECKOUTS

CHECKOUTS is what `measure.py` takes. Each method answers where its score is above that of the given share of documents that
are evidence for nothing, so that all of them leave about that share alone.
"""

import collections
import math
import pathlib
import re
import sys

import measure

MAP = pathlib.Path(__file__).parents[2] / "clauses" / "iso20000-1-2018"
CLAUSES = MAP / "clauses"
COMMON = set(
    "the and for with are that this its from which what how who when where not any all each other into their they them than"
    " then has have had was were will would can could should may must does more most such but also about over under between"
    " within without after before out one two per via use used using you your our".split()
)


def words(text):
    """Words of three letters or more, without the commonest endings."""
    for word in re.findall(r"[a-z]{3,}", text.lower()):
        if word not in COMMON:
            ending = next((one for one in ("ing", "ies", "es", "s") if word.endswith(one) and len(word) - len(one) >= 4), "")
            yield word[: len(word) - len(ending)]


def clauses():
    """Words of the title, and of title and intents, of each sub-clause."""
    titles, texts = collections.defaultdict(list), collections.defaultdict(list)
    for file in sorted(CLAUSES.glob("*.yaml")):
        for part in re.split(r"\n  - (?=number:)", file.read_text(encoding="utf-8"))[1:]:
            clause = measure.one(re.match(r'number: "?([\d.]+)', part).group(1))
            title = re.search(r"title: (.*)", part).group(1)
            # An intent on one line, or folded over several that stand further in.
            intents = re.findall(r"intent: (?:>-\n((?: {10,}.*\n)+)|(.*))", part)
            titles[clause] += words(title)
            texts[clause] += list(words(title)) * 3 + [word for pair in intents for word in words(" ".join(pair))]
    return titles, texts


def documents(checkouts):
    for label in measure.labels():
        file = checkouts / f"{label['repository'].replace('/', '+')}@{label['commit'][:10]}" / label["path"]
        if file.is_file():
            text = re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8", "replace"), flags=re.S)[:60_000]
            heading = re.search(r"^#\s+(.+)$", text, re.M)
            name = re.sub(r"([a-z])([A-Z])", r"\1 \2", file.stem)
            own, also = measure.allowed(label)
            title = list(words(f"{heading.group(1) if heading else ''} {name}"))
            inner = [word for line in re.findall(r"^#{2,6}\s+(.+)$", text, re.M) for word in words(line)]
            raw = (f"{heading.group(1) if heading else ''} . {name.replace('_', ' ').replace('-', ' ')}", re.findall(r"^#{2,6}\s+(.+)$", text, re.M), text)
            yield label, own, also, title, inner, collections.Counter(title * 3 + inner + list(words(text))), raw


def by_title_words(titles, title, inner):
    title, inner = set(title), set(inner)
    weight = lambda own: sum(3 * (word in title) + (word in inner) for word in own) / math.sqrt(len(own))
    return {clause: weight(set(own)) for clause, own in titles.items()}


class Weighed:
    """TF-IDF and BM25 against the texts of the sub-clauses."""

    def __init__(self, texts):
        self.counts = {clause: collections.Counter(text) for clause, text in texts.items()}
        number = len(texts)
        holding = collections.Counter(word for counts in self.counts.values() for word in counts)
        self.rarest = math.log(number + 1)
        self.rare = {word: math.log((number + 1) / (clauses + 0.5)) for word, clauses in holding.items()}
        self.vectors = {clause: self.unit(counts) for clause, counts in self.counts.items()}
        self.mean = sum(map(len, texts.values())) / number

    def unit(self, counts):
        vector = {word: (1 + math.log(count)) * self.rare.get(word, self.rarest) for word, count in counts.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        return {word: value / length for word, value in vector.items()}

    def tf_idf(self, counts):
        own = self.unit(counts)
        return {clause: sum(value * own.get(word, 0.0) for word, value in vector.items()) for clause, vector in self.vectors.items()}

    def bm25(self, counts):
        def score(clause):
            known = self.counts[clause]
            damped = 1.2 * (0.25 + 0.75 * sum(known.values()) / self.mean)
            return sum(self.rare[word] * count * 2.2 / (count + damped) * min(counts[word], 3) for word, count in known.items() if word in counts)

        return {clause: score(clause) for clause in self.counts}


class Phrases:
    """A list of phrases, longest match: the first names and phrases of each subject of the English vocabulary."""

    def __init__(self, names, phrases):
        subjects = {}
        for part in re.split(r"\n  - (?=id:)", (MAP / "subjects.yaml").read_text(encoding="utf-8"))[1:]:
            clause = re.search(r'clauses: \["([\d.]+)"', part)
            if clause:
                subjects[re.match(r"id: (\S+)", part).group(1)] = measure.one(clause.group(1))
        text = (MAP / "vocabulary" / "en.yaml").read_text(encoding="utf-8")
        text = text[text.index("\nsubjects:\n") : text.index("\nkinds:\n")]
        self.clause_of = {}
        for part in re.split(r"\n  (?=[a-z-]+:\n)", text)[1:]:
            clause = subjects.get(part.split(":", 1)[0])
            for field, most in (("names", names), ("phrases", phrases)):
                listed = re.search(rf"\n    {field}: (?:>-)?((?:.*)(?:\n {{6}}.*)*)", part)
                for phrase in (listed.group(1).split(",") if listed and clause else [])[:most]:
                    self.clause_of.setdefault(tuple(self.of(phrase)), clause)
        self.clause_of.pop((), None)
        self.longest = max(map(len, self.clause_of))

    @staticmethod
    def of(text):
        return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in re.findall(r"[a-z0-9]+", text.lower())]

    def found(self, text):
        own, at, found = self.of(text), 0, collections.Counter()
        while at < len(own):
            length = next((length for length in range(min(self.longest, len(own) - at), 0, -1) if tuple(own[at : at + length]) in self.clause_of), 0)
            if length:
                found[self.clause_of[tuple(own[at : at + length])]] += length
            at += max(length, 1)
        return found

    def score(self, title, headings, text):
        score, body = collections.Counter(), self.found(text)
        whole = max(sum(body.values()), 1)
        for clause, length in self.found(title).items():
            score[clause] += 4 * length
        for clause, length in self.found(" . ".join(headings)).items():
            score[clause] += min(length, 3)
        for clause, length in body.items():
            score[clause] += 3 * length / whole * min(1, length / 6)
        return dict(score)


def told(scores, rows, share):
    """The figures of a method that leaves about this share of the documents of nothing alone."""
    silent = sorted(max(score.values(), default=0.0) for score, (own, _) in zip(scores, rows) if "none" in own)
    fewest = silent[min(len(silent) - 1, int(len(silent) * share))] if share else -1.0
    answered = []
    for score, (own, also) in zip(scores, rows):
        best = sorted((clause for clause in score if score[clause] > fewest), key=lambda clause: -score[clause])
        answered.append((own, also, best[:3], ""))
    return measure.figures(answered)


def main():
    titles, texts = clauses()
    weighed = Weighed(texts)
    few, many = Phrases(8, 4), Phrases(40, 20)
    methods = {
        "always information security": (0.0, lambda title, inner, counts, raw: {measure.one("8.7.3"): 1.0}),
        "words of the clause titles": (0.82, lambda title, inner, counts, raw: by_title_words(titles, title, inner)),
        "TF-IDF": (0.38, lambda title, inner, counts, raw: weighed.tf_idf(counts)),
        "BM25": (0.55, lambda title, inner, counts, raw: weighed.bm25(counts)),
        f"{len(few.clause_of)} phrases": (0.64, lambda title, inner, counts, raw: few.score(*raw)),
        f"{len(many.clause_of)} phrases": (0.64, lambda title, inner, counts, raw: many.score(*raw)),
    }
    all_of = list(documents(pathlib.Path(sys.argv[1])))
    parts = {
        "policies and management systems": lambda label: "polic" in label["genre"] or "management systems" in label["genre"],
        "unseen": lambda label: label["part"] == "unseen",
        "all": lambda label: True,
    }
    for name, (share, method) in methods.items():
        scores = [method(title, inner, counts, raw) for _, _, _, title, inner, counts, raw in all_of]
        for part, is_in in parts.items():
            chosen = [(score, (own, also)) for score, (label, own, also, *_) in zip(scores, all_of) if is_in(label)]
            got = told([score for score, _ in chosen], [row for _, row in chosen], share)
            print(f"{name:28} {part:32} first {got['first']:.2f}  f1 {got['f1']:.2f}  alone {got['alone']:.2f}")


if __name__ == "__main__":
    main()
