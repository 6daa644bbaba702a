"""
Stage `export`: the trained encoder as a checkpoint that the product's converter reads (`malmoi model convert`).

Layout of transformers' BertForMaskedLM and sentence-transformers' SparseEncoder, with two fields of our own in
`config.json` (`output_vocab_size`, `head_act`) and `malmoi.json`, which says that only the text's own tokens vote.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from safetensors.torch import save_file

from .checkpoint import load_model
from .config import Config
from .model import SparseEncoder
from .tokens import PROMPTS

HEAD = {
    "dense": "cls.predictions.transform.dense",
    "norm": "cls.predictions.transform.LayerNorm",
    "decoder": "cls.predictions.decoder.weight",
    "bias": "cls.predictions.bias",
}
NAME, REVISION = "malmoi-ko-mini", "1"
CARD = "---\nlicense: mit\nlanguage: [ko, en]\n---\n"
"""Front matter of a README.md: the product shows the licence; the card itself is written by hand."""
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.sparse_encoder.models.MLMTransformer"},
    {"idx": 1, "name": "1", "path": "1_SpladePooling", "type": "sentence_transformers.sparse_encoder.models.SpladePooling"},
]


def exported_name(name: str) -> str:
    first, _, rest = name.partition(".")
    return f"{HEAD[first]}.{rest}" if first in HEAD and rest else HEAD.get(first, name)


def config_of(model: SparseEncoder) -> dict[str, object]:
    shape = model.shape
    return {
        "architectures": ["BertForMaskedLM"],
        "model_type": "bert",
        "vocab_size": shape["pieces"],
        "output_vocab_size": shape["words"],
        "hidden_size": shape["hidden"],
        "num_hidden_layers": shape["layers"],
        "num_attention_heads": shape["heads"],
        "intermediate_size": shape["intermediate"],
        "hidden_act": "gelu",
        "head_act": "identity",
        "head_size": shape["head"],
        "max_position_embeddings": shape["positions"],
        "type_vocab_size": shape["types"],
        "layer_norm_eps": shape["epsilon"],
        "pad_token_id": 1,
    }


def export(config: Config, source: Path, out: Path) -> None:
    model, _, words = load_model(source)
    (out / "1_SpladePooling").mkdir(parents=True, exist_ok=True)
    save_file({exported_name(k): v.contiguous() for k, v in model.state_dict().items()}, out / "model.safetensors")
    shutil.copyfile(source / "tokenizer.json", out / "tokenizer.json")
    texts: dict[str, object] = {
        "config.json": config_of(model),
        "tokens.json": words,
        "modules.json": MODULES,
        "1_SpladePooling/config.json": {"pooling_strategy": "max", "activation_function": "relu"},
        "config_sentence_transformers.json": {
            "prompts": {"query": PROMPTS["query"], "document": PROMPTS["passage"]},
            "similarity_fn_name": "dot",
        },
        "sentence_bert_config.json": {"max_seq_length": model.shape["positions"], "do_lower_case": False},
        "tokenizer_config.json": {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"},
        "malmoi.json": {
            "name": NAME,
            "revision": REVISION,
            "vote": "contentTokens",
            "recommendedPassageTokens": [96, config.model.passage_tokens],
        },
    }
    for name, value in texts.items():
        (out / name).write_text(json.dumps(value, ensure_ascii=False, indent=1 if name != "tokens.json" else None), "utf8")
    (out / "README.md").write_text(CARD, "utf8")
    print(f"{out}: convert with `malmoi model convert {out} OUT`")
