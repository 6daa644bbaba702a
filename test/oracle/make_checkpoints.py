"""Makes small SPLADE checkpoints through sentence-transformers itself, and golden vectors of them.

    python make_checkpoints.py OUT [--only NAME ...] [--golden]
    python make_checkpoints.py OUT --full pixie [--text FILE] [--golden]
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
import transformers
from safetensors.torch import load_file, save_file
from sentence_transformers import SparseEncoder
from sentence_transformers.base.modules import Transformer
from sentence_transformers.sparse_encoder.modules import SpladePooling
from transformers import (
    AutoModelForMaskedLM,
    BertConfig,
    DistilBertConfig,
    ModernBertConfig,
    PreTrainedConfig,
    PreTrainedTokenizerBase,
    RobertaConfig,
    XLMRobertaConfig,
)

import goldens
import small_tokenizers
from sentences import LONG, ORDINARY
from weights import randomise, set_decoder_bias, sharpen_head_norm

HERE = Path(__file__).parent
QUERY_PROMPT = "질문: "
PASSAGE_PROMPT = "문서: "


@dataclass(frozen=True)
class Recipe:
    """One checkpoint. `rewrite` changes the saved folder afterwards; the vectors must stay the same."""

    name: str
    config: Callable[[int], PreTrainedConfig]
    tokenizer: Callable[[], PreTrainedTokenizerBase]
    dtype: torch.dtype = torch.float32
    pooling: str = "max"
    activation: str = "relu"
    prompts: dict[str, str] | None = None
    default_prompt_name: str | None = None
    max_seq_length: int | None = None
    max_active_dims: int | None = None
    shard_size: str | None = None
    active: float = 0.25
    rewrite: Callable[[Path], None] | None = None
    long_repeats: tuple[int, ...] = (40,)


def modernbert(**values: object) -> Callable[[int], PreTrainedConfig]:
    small = {
        "hidden_size": 32,
        "intermediate_size": 40,
        "num_hidden_layers": 4,
        "num_attention_heads": 2,
        "max_position_embeddings": 128,
        "pad_token_id": 0,
        "bos_token_id": 2,
        "cls_token_id": 2,
        "eos_token_id": 3,
        "sep_token_id": 3,
    }
    return lambda vocab_size: ModernBertConfig(**{**small, **values, "vocab_size": vocab_size})


SMALL_BERT = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}


def bert(**values: object) -> Callable[[int], PreTrainedConfig]:
    small = {**SMALL_BERT, "max_position_embeddings": 64}
    return lambda vocab_size: BertConfig(**{**small, **values, "vocab_size": vocab_size})


def roberta(family: type[PreTrainedConfig], **values: object) -> Callable[[int], PreTrainedConfig]:
    """64 tokens and two rows more: positions begin at the padding token's id and one."""
    small = {**SMALL_BERT, "max_position_embeddings": 66, "type_vocab_size": 1, "layer_norm_eps": 1e-5}
    return lambda vocab_size: family(**{**small, **values, "vocab_size": vocab_size})


def distilbert(**values: object) -> Callable[[int], PreTrainedConfig]:
    small = {"dim": 32, "hidden_dim": 48, "n_layers": 2, "n_heads": 2, "max_position_embeddings": 64}
    return lambda vocab_size: DistilBertConfig(**{**small, **values, "vocab_size": vocab_size})


def read_json(file: Path) -> dict:
    return json.loads(file.read_text(encoding="utf8"))


def write_json(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf8")


def old_modernbert_config(folder: Path) -> None:
    """config.json in the spelling of transformers 4.48: thetas and layer pattern as numbers."""
    config = read_json(folder / "config.json")
    layers = config.pop("layer_types")
    rope = config.pop("rope_parameters")
    every = 2
    assert layers == ["sliding_attention" if i % every else "full_attention" for i in range(len(layers))]
    config["global_attn_every_n_layers"] = every
    config["global_rope_theta"] = rope["full_attention"]["rope_theta"]
    config["local_rope_theta"] = rope["sliding_attention"]["rope_theta"]
    config["torch_dtype"] = config.pop("dtype")
    config |= {"position_embedding_type": "absolute", "reference_compile": None, "transformers_version": "4.48.0"}
    write_json(folder / "config.json", dict(sorted(config.items())))


def old_bert_layout(folder: Path) -> None:
    """The folder as sentence-transformers 5.0 wrote it, with a weights file as the first BERTs had it."""
    modules = read_json(folder / "modules.json")
    modules[0]["type"] = "sentence_transformers.sparse_encoder.models.MLMTransformer"
    modules[1]["type"] = "sentence_transformers.sparse_encoder.models.SpladePooling"
    write_json(folder / "modules.json", modules)
    pooling = folder / modules[1]["path"] / "config.json"
    settings = read_json(pooling)
    del settings["embedding_dimension"]
    config = read_json(folder / "config.json")
    write_json(pooling, {**settings, "word_embedding_dimension": config["vocab_size"]})
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 24, "do_lower_case": True})
    settings = read_json(folder / "config_sentence_transformers.json")
    settings["__version__"] = {"sentence_transformers": "5.0.0", "transformers": "4.52.4", "pytorch": "2.6.0"}
    write_json(folder / "config_sentence_transformers.json", settings)
    tokenizer = read_json(folder / "tokenizer_config.json")
    tokenizer["model_max_length"] = 64
    write_json(folder / "tokenizer_config.json", tokenizer)
    config["torch_dtype"] = config.pop("dtype")
    config |= {"position_embedding_type": "absolute", "transformers_version": "4.52.4"}
    del config["tie_word_embeddings"]  # true is the default, which older versions left out
    write_json(folder / "config.json", config)
    old_names(folder / "model.safetensors", config["max_position_embeddings"])


def old_names(file: Path, positions: int) -> None:
    """LayerNorm.gamma and .beta, the buffer of positions, and tensors of heads that no SPLADE model reads."""
    renamed = {
        name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): tensor
        for name, tensor in load_file(file).items()
    }
    hidden = renamed["bert.embeddings.LayerNorm.gamma"].shape[0]
    renamed["bert.embeddings.position_ids"] = torch.arange(positions).unsqueeze(0)
    renamed["bert.pooler.dense.weight"] = torch.zeros(hidden, hidden)
    renamed["bert.pooler.dense.bias"] = torch.zeros(hidden)
    renamed["cls.seq_relationship.weight"] = torch.zeros(2, hidden)
    renamed["cls.seq_relationship.bias"] = torch.zeros(2)
    save_file(renamed, file, metadata={"format": "pt"})


def plain_folder(folder: Path) -> None:
    """What transformers alone writes: no modules.json, so max and ReLU are the rule."""
    for name in ("modules.json", "sentence_bert_config.json", "config_sentence_transformers.json"):
        (folder / name).unlink()
    shutil.rmtree(folder / "1_SpladePooling")


LONG_MODERNBERT = 8192

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "modernbert-bf16",
        modernbert(local_attention=8, max_position_embeddings=LONG_MODERNBERT),
        lambda: small_tokenizers.modernbert_bpe(LONG_MODERNBERT),
        dtype=torch.bfloat16,
        long_repeats=(40, 400),
    ),
    Recipe(
        "modernbert-old-config",
        modernbert(
            local_attention=10,
            layer_types=["full_attention", "sliding_attention", "full_attention", "sliding_attention"],
            rope_parameters={
                "full_attention": {"rope_type": "default", "rope_theta": 80000.0},
                "sliding_attention": {"rope_type": "default", "rope_theta": 500.0},
            },
            attention_bias=True,
            mlp_bias=True,
            norm_bias=True,
            classifier_bias=True,
            decoder_bias=True,
            norm_eps=1e-3,
            hidden_activation="gelu_new",
            classifier_activation="silu",
            tie_word_embeddings=False,
        ),
        lambda: small_tokenizers.modernbert_bpe(96, prefix_space=True),
        rewrite=old_modernbert_config,
    ),
    Recipe(
        "modernbert-sharded-f16",
        modernbert(local_attention=7, num_hidden_layers=3, num_attention_heads=4),
        lambda: small_tokenizers.modernbert_bpe(128),
        dtype=torch.float16,
        pooling="sum",
        shard_size="40KB",
        active=0.15,
    ),
    Recipe(
        "modernbert-no-decoder-bias",
        modernbert(
            num_hidden_layers=2,
            local_attention=6,
            layer_types=["sliding_attention", "full_attention"],
            norm_bias=True,
            decoder_bias=False,
            hidden_activation="relu",
            classifier_activation="gelu_pytorch_tanh",
        ),
        lambda: small_tokenizers.modernbert_bpe(128),
        activation="log1p_relu",
    ),
    Recipe("bert", bert(), lambda: small_tokenizers.wordpiece(64, lower_case=True, strip_accents=False)),
    Recipe(
        "bert-untied-log1p",
        bert(hidden_act="gelu_new", tie_word_embeddings=False, layer_norm_eps=1e-5),
        lambda: small_tokenizers.wordpiece(64, lower_case=False, strip_accents=False),
        activation="log1p_relu",
    ),
    Recipe(
        "bert-old-layout",
        bert(hidden_act="relu"),
        lambda: small_tokenizers.wordpiece(24, lower_case=False, strip_accents=False),
        prompts={"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
        pooling="sum",
        rewrite=old_bert_layout,
    ),
    Recipe(
        "bert-prompts",
        bert(num_attention_heads=2),
        lambda: small_tokenizers.wordpiece(64, lower_case=True, strip_accents=False),
        prompts={"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
        default_prompt_name="query",
        max_seq_length=20,
        max_active_dims=24,
    ),
    Recipe(
        "xlm-roberta",
        roberta(XLMRobertaConfig),
        lambda: small_tokenizers.xlm_roberta_unigram(64),
        prompts={"query": "query: ", "passage": "passage: "},
    ),
    Recipe(
        "xlm-roberta-plain",
        roberta(XLMRobertaConfig, hidden_act="relu"),
        lambda: small_tokenizers.plain_unigram(64),
        rewrite=plain_folder,
    ),
    Recipe(
        "roberta-untied",
        roberta(RobertaConfig, tie_word_embeddings=False, num_hidden_layers=3),
        lambda: small_tokenizers.roberta_bpe(64),
        active=0.35,
    ),
    Recipe(
        "distilbert",
        distilbert(sinusoidal_pos_embds=True),
        lambda: small_tokenizers.wordpiece(64, lower_case=True, strip_accents=None, distilled=True),
    ),
    Recipe(
        "distilbert-untied-bf16",
        distilbert(activation="relu", tie_word_embeddings=False),
        lambda: small_tokenizers.wordpiece(64, lower_case=False, strip_accents=False, distilled=True),
        dtype=torch.bfloat16,
    ),
)


def make(recipe: Recipe, folder: Path) -> None:
    """Builds, saves and rewrites one checkpoint. An existing folder is replaced."""
    tokenizer = recipe.tokenizer()
    model = AutoModelForMaskedLM.from_config(recipe.config(len(tokenizer))).eval()
    randomise(model, recipe.name)
    keep_sinusoidal(model)
    if getattr(model.config, "decoder_bias", True) is False:
        sharpen_head_norm(model, recipe.name)
    samples = [dict(tokenizer(text, return_tensors="pt")) for text in ORDINARY]
    set_decoder_bias(model, samples, recipe.active)
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as raw:
        model.to(recipe.dtype).save_pretrained(raw)
        tokenizer.save_pretrained(raw)
        assemble(recipe, raw).save_pretrained(str(folder), create_model_card=False)
    if recipe.shard_size is not None:
        (folder / "model.safetensors").unlink()
        model.save_pretrained(folder, max_shard_size=recipe.shard_size)
    before = probe(folder) if recipe.rewrite else None
    if recipe.rewrite:
        recipe.rewrite(folder)
        assert torch.equal(before, probe(folder)), f"{recipe.name}: rewriting changed the vectors"


def keep_sinusoidal(model: transformers.PreTrainedModel) -> None:
    """DistilBERT's fixed positions are in its file like learned ones."""
    if getattr(model.config, "sinusoidal_pos_embds", False):
        from transformers.models.distilbert.modeling_distilbert import create_sinusoidal_embeddings

        table = model.distilbert.embeddings.position_embeddings.weight
        with torch.no_grad():
            create_sinusoidal_embeddings(n_pos=table.shape[0], dim=table.shape[1], out=table)
        table.requires_grad_(True)


def assemble(recipe: Recipe, raw: str) -> SparseEncoder:
    encoder = SparseEncoder(
        modules=[
            Transformer(raw, transformer_task="fill-mask"),
            SpladePooling(pooling_strategy=recipe.pooling, activation_function=recipe.activation),
        ],
        device="cpu",
        prompts=recipe.prompts,
        default_prompt_name=recipe.default_prompt_name,
        max_active_dims=recipe.max_active_dims,
    )
    if recipe.max_seq_length is not None:
        encoder.max_seq_length = recipe.max_seq_length
    return encoder


def probe(folder: Path) -> torch.Tensor:
    return goldens.open_encoder(folder).encode(list(ORDINARY), convert_to_sparse_tensor=False)


def pixie(text: Path | None) -> Recipe:
    """PIXIE-Splade-Preview's shape: 22 layers, 768 wide, 50,000 dimensions, 8,192 tokens, bf16."""
    lines = text.read_text(encoding="utf8").splitlines() if text else None
    shape = {
        "hidden_size": 768,
        "intermediate_size": 1152,
        "num_hidden_layers": 22,
        "num_attention_heads": 12,
        "local_attention": 128,
        "max_position_embeddings": 8192,
    }
    pieces = {"pieces": 50_000} if lines is None else {"pieces": 50_000, "texts": lines}
    return Recipe(
        "pixie",
        modernbert(**shape),
        lambda: small_tokenizers.modernbert_bpe(8192, **pieces),
        dtype=torch.bfloat16,
        active=0.02,
        long_repeats=(20,),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these checkpoints only")
    parser.add_argument("--golden", action="store_true", help="write golden.json beside each checkpoint")
    parser.add_argument("--full", choices=["pixie"], help="one checkpoint at a real model's full shape instead")
    parser.add_argument("--text", type=Path, help="a text to train the full tokenizer on")
    args = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    torch.set_num_threads(min(2, os.cpu_count() or 1))
    recipes = (pixie(args.text),) if args.full else RECIPES
    names = {recipe.name for recipe in recipes}
    if unknown := set(args.only or ()) - names:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(names))}")
    for recipe in recipes:
        if args.only and recipe.name not in args.only:
            continue
        folder = args.out / recipe.name
        make(recipe, folder)
        report = goldens.write(folder, LONG, recipe.long_repeats) if args.golden else ""
        print(f"{recipe.name} {report}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
