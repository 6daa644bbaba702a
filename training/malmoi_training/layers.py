"""
The body's layers one by one, so that the lower ones can be run once and kept (`states.py`).

The same arithmetic as transformers' BertLayer (the tests hold them against each other), with its parameters.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import BertModel


def silence(mask: Tensor, dtype: torch.dtype) -> Tensor:
    """float `[batch, length]`, 1 on tokens -> what is added to the scores of attention, `[batch, 1, 1, length]`."""
    return ((1 - mask) * -1e4)[:, None, None, :].to(dtype)


def embedded(bert: BertModel, ids: Tensor) -> Tensor:
    part = bert.embeddings
    places = torch.arange(ids.shape[1], device=ids.device)
    kind = part.token_type_embeddings.weight[0]
    out: Tensor = part.LayerNorm(part.word_embeddings(ids) + part.position_embeddings(places) + kind)
    return out


def through(layer: nn.Module, hidden: Tensor, silent: Tensor, heads: int) -> Tensor:
    batch, length, size = hidden.shape
    asking = layer.attention.self

    def split(part: nn.Module) -> Tensor:
        return part(hidden).view(batch, length, heads, size // heads).transpose(1, 2)

    query, key, value = split(asking.query), split(asking.key), split(asking.value)
    found = F.scaled_dot_product_attention(query, key, value, attn_mask=silent.to(query.dtype))
    found = found.transpose(1, 2).reshape(batch, length, size)
    hidden = layer.attention.output.LayerNorm(layer.attention.output.dense(found) + hidden)
    wide = F.gelu(layer.intermediate.dense(hidden))
    out: Tensor = layer.output.LayerNorm(layer.output.dense(wide) + hidden)
    return out


def run(bert: BertModel, hidden: Tensor, mask: Tensor, layers: slice) -> Tensor:
    """Hidden states before the first of `layers` -> those after the last."""
    silent = silence(mask, hidden.dtype)
    for layer in bert.encoder.layer[layers]:
        hidden = through(layer, hidden, silent, bert.config.num_attention_heads)
    return hidden


def alike(one: BertModel, other: BertModel) -> int:
    """How many layers from below, embeddings included, are the same in both: they need to be run once only. 0: none."""
    if not same(one.embeddings, other.embeddings):
        return 0
    count = 0
    for mine, theirs in zip(one.encoder.layer, other.encoder.layer, strict=False):
        if not same(mine, theirs):
            break
        count += 1
    return count


def same(one: nn.Module, other: nn.Module) -> bool:
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(mine, theirs) for mine, theirs in pairs)
