"""Settings of a run: `config.toml`, checked against the dataclasses below."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Data:
    corpora: str = "../../shared/corpora"
    """Folder with the training text (its README says what is there and under which licence)."""
    evaluation: str = "../../shared/eval"
    """BEIR sets that must not leak into training; only read to remove what overlaps with them."""
    overlap_words: int = 13
    """A text that shares this many consecutive words with an evaluation text is removed."""
    source_limit: int = 14_000
    """Most pairs of one source: Microsoft's documentation would be two thirds of everything."""
    passage_characters: int = 700
    query_characters: int = 160


@dataclass(frozen=True)
class Vocabulary:
    size: int = 30_000
    korean_minimum: int = 2
    """Texts a Korean lemma must stand in."""
    latin_minimum: int = 12


@dataclass(frozen=True)
class Model:
    layers: int = 12
    head: int = 384
    """
    Columns of the decoder. Half as many lose 2 % of the logits' variance, and most of what was learnt: belebele_ko .571
    instead of .827, .765 after 270 steps. 4 bits a value (`--quantisation s4`) save the same bytes and cost .003.
    """
    query_tokens: int = 48
    passage_tokens: int = 192


@dataclass(frozen=True)
class Shrink:
    steps: int = 100
    """Enough for a head alone; ten times as many where layers are dropped. None where nothing is."""
    tokens: int = 6_144
    """Tokens of a step, padding included."""
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    warmup: int = 10


@dataclass(frozen=True)
class Train:
    steps: int = 2_000
    pairs: int = 64
    neighbours: int = 8
    """A batch is made of groups of this many pairs whose passages look alike to BM25: hard negatives for free."""
    learning_rate: float = 6e-5
    head_learning_rate: float = 6e-4
    bias_learning_rate: float = 3e-3
    warmup: int = 40
    temperature: float = 0.04
    """Of the dense teacher's cosine."""
    dense_weight: float = 0.5
    hybrid_weight: float = 0.5
    """Share of the contrast that is taken on the sum with BM25: what BM25 finds anyway need not be learnt."""
    own_words: float = 0.5
    query_flops: float = 0.010
    passage_flops: float = 0.006
    query_l1: float = 0.006
    passage_l1: float = 0.004
    foreign: float = 2.0
    """How much more a dimension costs whose word stands in neither text of the pair."""
    frozen_layers: int = 4
    """The lowest layers stay as they are: a step takes a quarter less time."""
    only_new_words: bool = False
    """Only the decoder's rows that `grow` predicted are trained: whatever the model knew, it still knows."""
    inference_free: bool = False
    """Questions are their own words by idf, no forward pass (Geng et al., 2024): to compare, not for the product."""
    long_passages: float = 0.2
    """Share of the batches with passages of 256 tokens."""


@dataclass(frozen=True)
class Relate:
    steps: int = 100
    words: int = 160
    """Texts of one word in a step; each word of the vocabulary comes once in 190 steps."""
    queries: int = 48
    passages: int = 8
    learning_rate: float = 5e-5
    head_learning_rate: float = 5e-4
    bias_learning_rate: float = 1e-3
    warmup: int = 10
    frozen_layers: int = 4
    least_own: float = 1.2
    """Weight that a word has at least in a text of nothing else."""


@dataclass(frozen=True)
class Teach:
    steps: int = 400
    minutes: float = 0.0
    """Ends by itself after so long, whatever `steps` says; the learning rate falls by whichever is nearer. 0: steps only."""
    pairs: int = 64
    neighbours: int = 8
    groups: int = 1_000
    """Of `neighbours` pairs each, always the same, so that what is kept of passages is used again; 0: all pairs."""
    words: int = 96
    """Texts of one word in a step."""
    frozen_layers: int = 8
    """From below, with the embeddings; -1: the embeddings only."""
    cache: bool = True
    """What the frozen layers make of passages is kept in `work/states`."""
    half: bool = True
    """bf16 for the products; weights and sums stay in float32."""
    chunk_tokens: int = 3_072
    """Passages of like length that are encoded together."""
    learning_rate: float = 3e-5
    head_learning_rate: float = 1e-4
    decoder_learning_rate: float = 8e-4
    bias_learning_rate: float = 3e-3
    warmup: int = 15
    fused_weight: float = 1.0
    """Agreement with both teachers' fused ranking."""
    contrast_weight: float = 0.5
    hybrid_share: float = 0.4
    """Of the contrast: on the sum with BM25."""
    own_words: float = 0.5
    margin: float = 2.0
    """Logit that own words are asked for; a model that was saturated has large ones."""
    query_flops: float = 0.004
    passage_flops: float = 0.0025
    query_l1: float = 0.003
    passage_l1: float = 0.002
    foreign: float = 3.0
    """How much more a dimension costs whose word neither stands in the pair nor is kin to a word of it."""
    relate_weight: float = 0.02
    held_out: int = 256
    """Pairs that the run is watched by."""
    least_own: float = 2.0
    """Weight that a word has at least in a text of nothing else."""


@dataclass(frozen=True)
class Config:
    seed: int = 20261123
    work: str = "work"
    """Everything made on the way: gigabytes, never committed."""
    threads: int = 0
    """0: as many as there are cores."""
    data: Data = field(default_factory=Data)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    model: Model = field(default_factory=Model)
    shrink: Shrink = field(default_factory=Shrink)
    train: Train = field(default_factory=Train)
    relate: Relate = field(default_factory=Relate)
    teach: Teach = field(default_factory=Teach)
    root: Path = Path(".")

    def path(self, *parts: str) -> Path:
        """A place under `work`; its folder exists afterwards."""
        place = (self.root / self.work).joinpath(*parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def outside(self, folder: str) -> Path:
        return (self.root / folder).resolve()


SECTIONS = {"data": Data, "vocabulary": Vocabulary, "model": Model, "shrink": Shrink, "train": Train, "relate": Relate, "teach": Teach}


def checked(kind: type, values: dict[str, Any], where: str) -> Any:
    known = {f.name: f for f in fields(kind)}
    for name, value in values.items():
        if name not in known:
            raise SystemExit(f"{where}: no setting {name!r}; there are {', '.join(known)}")
        wanted = type(getattr(kind, name, value))
        if wanted is float and isinstance(value, int):
            values[name] = float(value)
        elif not isinstance(value, wanted):
            raise SystemExit(f"{where}.{name}: {wanted.__name__} wanted, not {value!r}")
    return kind(**values)


def read_config(file: Path) -> Config:
    """Raises SystemExit with the setting's name where a name or a type is wrong."""
    raw = tomllib.loads(file.read_text("utf8"))
    sections = {name: checked(kind, raw.pop(name, {}), name) for name, kind in SECTIONS.items()}
    unknown = set(raw) - {"seed", "work", "threads"}
    if unknown:
        raise SystemExit(f"{file}: no setting {', '.join(sorted(unknown))}")
    return Config(**raw, **sections, root=file.resolve().parent)
