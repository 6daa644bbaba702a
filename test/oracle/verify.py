"""Compares the command line of this project with sentence-transformers, weight by weight.

    python verify.py dist/cli.js MODEL_DIR CHECKPOINT_DIR [--texts FILE] [--kind passage|query]

`MODEL_DIR` is the model folder that was made from the checkpoint in `CHECKPOINT_DIR`. The command line prints the
tokenizer's tokens, without special ones, instead of numbers; so what `SparseEncoder` gives is compared by token.
Exit status 1: outside the bounds.
"""

import argparse
import json
import math
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import transformers
from sentence_transformers import SparseEncoder

import goldens
from sentences import DIFFICULT, LONG, MIXED, ORDINARY

Named = dict[str, float]


def command_line(cli: Path, model: Path, kind: str, texts: list[str]) -> list[Named]:
    """`encode` of the built command line."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = ["node", str(cli), "encode", "--model", str(model), "--kind", kind]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, encoding="utf8")
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return [json.loads(line)["tokens"] for line in done.stdout.splitlines() if line.strip()]


def tokens_of(encoder: SparseEncoder, vector: dict[str, float]) -> Named:
    """The vector by token, without special tokens."""
    tokenizer = encoder.tokenizer
    special = {index for index, token in tokenizer.added_tokens_decoder.items() if token.special}
    indexes = [int(index) for index in vector if int(index) not in special]
    tokens = tokenizer.convert_ids_to_tokens(indexes)
    # A model may have more dimensions than its tokenizer has tokens.
    return {token or f"#{index}": vector[str(index)] for index, token in zip(indexes, tokens, strict=True)}


def compare(ours: Named, theirs: Named) -> tuple[float, float, float]:
    """Largest difference, cosine, share of the 100 heaviest in common."""
    every = ours.keys() | theirs.keys()
    difference = max((abs(ours.get(name, 0) - theirs.get(name, 0)) for name in every), default=0.0)
    product = sum(weight * theirs.get(name, 0) for name, weight in ours.items())
    norms = math.hypot(*ours.values()) * math.hypot(*theirs.values())
    tops = [set(sorted(side, key=side.get, reverse=True)[:100]) for side in (ours, theirs)]
    overlap = len(tops[0] & tops[1]) / max(1, len(tops[1]))
    return difference, product / norms if norms else float(ours == theirs), overlap if every else 1.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--kind", choices=["passage", "query"], default="passage")
    parser.add_argument("--texts", type=Path, help="one text a line, instead of the built-in ones")
    parser.add_argument("--max-difference", type=float, default=1e-4)
    parser.add_argument("--min-cosine", type=float, default=0.9999)
    parser.add_argument("--min-overlap", type=float, default=0.99)
    args = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    texts = args.texts.read_text(encoding="utf8").splitlines() if args.texts else built_in()
    encoder = goldens.open_encoder(args.checkpoint)
    kind = "query" if args.kind == "query" else "document"
    failed = 0
    for text, ours in zip(texts, command_line(args.cli, args.model, args.kind, texts), strict=True):
        theirs = tokens_of(encoder, goldens.sparse(goldens.encode(encoder, [text], kind)[0]))
        difference, cosine, overlap = compare(ours, theirs)
        inside = difference <= args.max_difference and cosine >= args.min_cosine and overlap >= args.min_overlap
        failed += not inside
        mark = "ok  " if inside else "DIFF"
        print(f"{mark} {difference:.1e} cosine {cosine:.6f} top-100 {overlap:.0%} {text[:50]!r}")
    print(f"{len(texts) - failed} of {len(texts)} within {args.max_difference}")
    return 1 if failed else 0


def built_in() -> list[str]:
    """Whole sentences and difficult texts; those with a special token's name are in golden.json."""
    return [text for text in (*ORDINARY, *DIFFICULT, *MIXED, LONG * 4) if "{mask}" not in text]


if __name__ == "__main__":
    sys.exit(main())
