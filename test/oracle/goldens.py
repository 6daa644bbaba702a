"""Golden vectors: what `SparseEncoder` itself makes of a checkpoint, in float32 on the CPU."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from sentence_transformers import SparseEncoder

from sentences import DIFFICULT, MIXED, ORDINARY

# Longer lists of ids are stored as their count, both ends and a SHA-256.
MOST_IDS = 300

BATCH_TOLERANCE = 1e-5

Kind = str | None


def open_encoder(folder: Path) -> SparseEncoder:
    """The weights as float32, whatever the file holds."""
    return SparseEncoder(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32}
    )


def encode(encoder: SparseEncoder, texts: Sequence[str], kind: Kind) -> torch.Tensor:
    """Dense `[texts, dimensions]`, by `encode`, `encode_query` or `encode_document`."""
    method = {None: encoder.encode, "query": encoder.encode_query, "document": encoder.encode_document}[kind]
    return method(list(texts), convert_to_sparse_tensor=False, show_progress_bar=False)


def ids_seen(encoder: SparseEncoder, text: str, kind: Kind) -> list[int]:
    """The token ids the model got: those that go into the forward pass of `encode`, not a second guess."""
    seen: list[torch.Tensor] = []
    # On the embedding table: sentence-transformers calls `model.forward`, which runs no hook of the model.
    table = encoder[0].model.get_input_embeddings()
    handle = table.register_forward_pre_hook(lambda _module, args: seen.append(args[0]))
    try:
        encode(encoder, [text], kind)
    finally:
        handle.remove()
    return seen[0][0].tolist()


def write(folder: Path, long_text: str, repeats: Sequence[int]) -> str:
    """Writes `golden.json` and returns a line about it. Fails where a batch differs from its texts alone."""
    encoder = open_encoder(folder)
    special = {
        "mask": encoder.tokenizer.mask_token,
        "first": encoder.tokenizer.cls_token,
        "pad": encoder.tokenizer.pad_token,
    }
    texts = [text.format(**special) if "{mask}" in text else text for text in (*ORDINARY, *DIFFICULT)]
    prompted = any(encoder.prompts.values())
    entries = [entry(encoder, text, None, {"text": text}) for text in (*texts, *MIXED)]
    for text in (*ORDINARY, texts[3], *MIXED) if prompted else ORDINARY[:1]:
        entries += [entry(encoder, text, kind, {"text": text}) for kind in ("query", "document")]
    for times in repeats:
        source = {"repeat": {"text": long_text, "times": times}}
        entries.append(entry(encoder, long_text * times, None, source))
        if prompted:
            entries.append(entry(encoder, long_text * times, "document", source))
    check_batches(encoder, [*texts, *MIXED])
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in entries)
    (folder / "golden.json").write_text(f"[\n{lines}\n]\n", encoding="utf8")
    return summary(entries, encoder)


def entry(encoder: SparseEncoder, text: str, kind: Kind, source: dict) -> dict:
    ids = ids_seen(encoder, text, kind)
    vector = encode(encoder, [text], kind)[0]
    return {**source, "kind": kind, "ids": shortened(ids), "vector": sparse(vector)}


def shortened(ids: list[int]) -> list[int] | dict:
    if len(ids) <= MOST_IDS:
        return ids
    digest = hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()
    return {"count": len(ids), "first": ids[:16], "last": ids[-16:], "sha256": digest}


def sparse(vector: torch.Tensor) -> dict[str, float]:
    """Dimension index -> weight to seven significant digits."""
    return {str(i): float(f"{float(vector[i]):.7g}") for i in vector.nonzero().flatten().tolist()}


def check_batches(encoder: SparseEncoder, texts: Sequence[str]) -> None:
    alone = torch.stack([encode(encoder, [text], None)[0] for text in texts])
    together = encode(encoder, texts, None)
    difference = float(((alone - together).abs() / (1 + alone.abs())).max())
    if not difference < BATCH_TOLERANCE:
        raise AssertionError(f"A padded batch differs from its texts alone by {difference}")


def summary(entries: Sequence[dict], encoder: SparseEncoder) -> str:
    dimensions = encoder[0].model.config.vocab_size
    shares = [len(one["vector"]) / dimensions for one in entries if one.get("text", "").strip()]
    heaviest = max(max(one["vector"].values(), default=0) for one in entries)
    lengths = [ids["count"] if isinstance(ids, dict) else len(ids) for ids in (one["ids"] for one in entries)]
    return (
        f"{dimensions} dimensions, {min(shares):.0%} to {max(shares):.0%} active, weights to {heaviest:.2f}, "
        f"{min(lengths)} to {max(lengths)} tokens, max_seq_length {encoder.max_seq_length}"
    )
