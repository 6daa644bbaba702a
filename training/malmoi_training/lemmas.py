"""Words as a reader sees them: nouns, verbs and adjectives in their dictionary form, Latin words in lower case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

NOUNS = {"NNG", "NNP", "XR"}
PREDICATES = {"VV", "VA"}


class Lemmatizer:
    """Kiwi's analysis (https://github.com/bab2min/kiwipiepy); one-syllable proper nouns are mostly its mistakes."""

    def __init__(self, threads: int) -> None:
        # Not above: a GPU's machine, which gets the words ready, has no analyser.
        from kiwipiepy import Kiwi

        self.kiwi = Kiwi(num_workers=threads)

    def sets(self, texts: Iterable[str]) -> Iterator[list[str]]:
        """The distinct words of each text, in order of appearance."""
        for tokens in self.kiwi.tokenize(texts):
            words: dict[str, None] = {}
            for token in tokens:
                kind = token.tag.split("-")[0]
                if kind in NOUNS and (len(token.form) > 1 or kind == "NNG"):
                    words[token.form] = None
                elif kind in PREDICATES:
                    words[token.lemma] = None
                elif kind == "SL" and 2 <= len(token.form) <= 24:
                    words[token.form.lower()] = None
                elif kind == "MAG" and len(token.form) > 1:
                    words[token.form] = None
            yield list(words)
