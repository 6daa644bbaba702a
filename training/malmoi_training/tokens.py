"""Texts -> padded batches, as the product does it: prompt, content, end; only the content votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

PROMPTS = {"query": "query: ", "passage": "passage: "}
PAD, END = 1, 2


@dataclass(frozen=True)
class Batch:
    ids: Tensor
    """int64 `[batch, length]`."""
    mask: Tensor
    """float `[batch, length]`: 1 on tokens."""
    votes: Tensor
    """float `[batch, length]`: 1 on the text's own tokens."""

    @property
    def tokens(self) -> int:
        return int(self.mask.sum())


class Texts:
    """`prefix` is the number of tokens of `<s>` and the prompt, measured: no token spans prompt and text."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.tokenizer = tokenizer
        self.prefix = {kind: len(tokenizer.encode(prompt.strip()).ids) - 1 for kind, prompt in PROMPTS.items()}

    def ids(self, kind: str, texts: Sequence[str], longest: int) -> list[list[int]]:
        encoded = self.tokenizer.encode_batch([PROMPTS[kind] + text for text in texts])
        return [e.ids if len(e.ids) <= longest else [*e.ids[: longest - 1], END] for e in encoded]

    def batch(self, kind: str, texts: Sequence[str], longest: int) -> Batch:
        return self.padded(kind, self.ids(kind, texts, longest))

    def padded(self, kind: str, rows: Sequence[list[int]]) -> Batch:
        longest = max(map(len, rows))
        ids = torch.full((len(rows), longest), PAD, dtype=torch.long)
        mask, votes = torch.zeros(len(rows), longest), torch.zeros(len(rows), longest)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = 1
            votes[i, self.prefix[kind] : len(row) - 1] = 1
        return Batch(ids, mask, votes)
