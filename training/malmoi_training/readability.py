"""
Stage `readability`: of the ten strongest dimensions of 200 held-out passages, how many a reader understands.

A dimension is understood where its word stands in the passage (as it is, or as a lemma of one of its words), or
where `probes/relatives.json` names a word of the passage that it is a true relative of. That list is made by
people: what is neither is printed, to be judged.
"""

from __future__ import annotations

import json
from collections import Counter

from .checkpoint import load_model
from .config import Config
from .lemmas import Lemmatizer
from .pairs import read
from .probe import encoded
from .relatives import relatives_of_words, understood
from .tokens import Texts
from .vocabulary import canonical

PASSAGES, STRONGEST = 200, 10


def readability(config: Config, source: str) -> None:
    model, tokenizer, words = load_model(config.path(source))
    relatives = relatives_of_words()
    held = read(config.path("held-out.jsonl"))
    passages = [pair.passage for pair in held if len(pair.passage) > 80][:: max(1, len(held) // PASSAGES // 2)][:PASSAGES]
    weights = encoded(model, Texts(tokenizer), "passage", passages, config.model.passage_tokens)
    lemmas = Lemmatizer(config.threads or 1)
    counts: Counter[str] = Counter()
    foreign: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for passage, row, found in zip(passages, weights, lemmas.sets(passages), strict=True):
        text = passage.lower()
        for dimension in row.topk(STRONGEST).indices.tolist():
            kind = understood(words[dimension], set(canonical(found)), text, relatives)
            counts[kind] += 1
            if kind == "foreign":
                foreign[words[dimension]] += 1
                examples.setdefault(words[dimension], passage[:60])
    for word, times in foreign.most_common():
        print(f"{times}\t{word}\t{examples[word]}")
    total = sum(counts.values())
    print(json.dumps({kind: round(counts[kind] / total, 4) for kind in ("own", "relative", "foreign")}))
