"""
The sparse encoder: BERT body, one linear layer and norm, a decoder over the output words, maximum over positions.

Inside `torch.autocast` the body and the vocabulary's product are computed in half floats (bf16), and what is added up
is not.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from .layers import embedded, run

TILE = 4_096
"""Output words at a time: logits of all would be the largest thing in memory."""


def whole(z: Tensor) -> torch.dtype:
    """What sums are added up in: float32 for half floats too."""
    return torch.promote_types(z.dtype, torch.float32)


class MaxOverPositions(torch.autograd.Function):
    """
    `z [batch, length, hidden]`, `weight [words, hidden]`, `votes [batch, length]` (1 or 0) -> the largest logit of
    each word `[batch, words]`. Only the winning positions have a gradient, and only where the loss asks for one:
    backward costs a thousandth of the dense product.
    """

    @staticmethod
    def forward(ctx: Any, z: Tensor, weight: Tensor, votes: Tensor) -> Tensor:  # type: ignore[override]
        batch, length, hidden = z.shape
        kind = torch.get_autocast_dtype(z.device.type) if torch.is_autocast_enabled(z.device.type) else z.dtype
        flat, columns = z.reshape(batch * length, hidden).to(kind), weight.to(kind)
        silent = ((1 - votes) * -1e4)[..., None].to(kind)
        values, places = [], []
        for start in range(0, weight.shape[0], TILE):
            logits = (flat @ columns[start : start + TILE].T).view(batch, length, -1).add_(silent)
            value, place = logits.max(1)
            values.append(value.to(whole(z)))
            places.append(place.to(torch.int16))
        ctx.save_for_backward(z, weight, torch.cat(places, 1))
        return torch.cat(values, 1)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, None]:  # type: ignore[override]
        z, weight, places = ctx.saved_tensors
        batch, length, hidden = z.shape
        rows, words = (grad != 0).nonzero(as_tuple=True)
        asked = grad[rows, words][:, None].to(whole(z))
        flat = rows * length + places[rows, words].long()
        states = z.reshape(batch * length, hidden).to(whole(z))
        to_weight = torch.zeros_like(weight, dtype=whole(z)).index_add_(0, words, asked * states[flat])
        to_states = torch.zeros_like(states).index_add_(0, flat, asked * weight[words].to(whole(z)))
        return to_states.view_as(z).to(z.dtype), to_weight.to(weight.dtype), None


class SparseEncoder(nn.Module):
    """`shape`: hidden, layers, heads, intermediate, epsilon, pieces (input vocabulary), words, positions, types, head."""

    def __init__(self, shape: dict[str, Any]) -> None:
        super().__init__()
        self.shape = dict(shape)
        config = BertConfig(
            vocab_size=shape["pieces"],
            hidden_size=shape["hidden"],
            num_hidden_layers=shape["layers"],
            num_attention_heads=shape["heads"],
            intermediate_size=shape["intermediate"],
            max_position_embeddings=shape["positions"],
            type_vocab_size=shape["types"],
            layer_norm_eps=shape["epsilon"],
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.bert = BertModel(config, add_pooling_layer=False)
        head = shape["head"]
        self.dense = nn.Linear(shape["hidden"], head)
        self.norm = nn.LayerNorm(head)
        self.decoder = nn.Parameter(torch.zeros(shape["words"], head))
        self.bias = nn.Parameter(torch.zeros(shape["words"]))

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`[batch, length]` int64 and float -> last hidden states `[batch, length, hidden]`."""
        hidden: Tensor = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden

    def lower(self, ids: Tensor, mask: Tensor, layers: int) -> Tensor:
        """What the lowest layers make of a text; `upper` goes on from there."""
        return run(self.bert, embedded(self.bert, ids), mask, slice(0, layers))

    def upper(self, hidden: Tensor, mask: Tensor, votes: Tensor, layers: int) -> Tensor:
        """`hidden` after the lowest `layers` -> largest logit of each word, as `logits` does."""
        z = self.head(run(self.bert, hidden, mask, slice(layers, None)))
        return MaxOverPositions.apply(z, self.decoder, votes) + self.bias

    def head(self, states: Tensor) -> Tensor:
        z: Tensor = self.norm(self.dense(states))
        return z

    def logits(self, ids: Tensor, mask: Tensor, votes: Tensor) -> Tensor:
        """Largest logit of each word `[batch, words]`; the weight is log1p(relu(logit))."""
        return MaxOverPositions.apply(self.head(self.states(ids, mask)), self.decoder, votes) + self.bias

    def weights(self, ids: Tensor, mask: Tensor, votes: Tensor) -> Tensor:
        return torch.log1p(F.relu(self.logits(ids, mask, votes)))
