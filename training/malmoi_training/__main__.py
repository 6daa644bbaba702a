"""One command a stage: `python -m malmoi_training STAGE [--config FILE]`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from .config import Config, read_config

STAGES = ("pairs", "vocabulary", "neighbours", "adopt", "shrink", "grow", "train", "relate", "kin", "teach", "pack", "unpack", "give", "take", "saturate", "readability", "compare", "export")


def run(stage: str, config: Config, arguments: argparse.Namespace) -> None:
    # Each stage imports only what it needs: the first ones run without torch.
    if stage == "pairs":
        from .pairs import build

        build(config)
    elif stage == "vocabulary":
        from .vocabulary import build

        build(config)
    elif stage == "adopt":
        from .adopt import adopt

        adopt(Path(arguments.model), config.path("start"), Path(arguments.former) if arguments.former else None)
    elif stage == "neighbours":
        from .neighbours import build

        build(config)
    elif stage == "shrink":
        from .shrink import shrink

        shrink(config)
    elif stage == "grow":
        from .grow import grow

        grow(config)
    elif stage == "readability":
        from .readability import readability

        readability(config, arguments.of)
    elif stage == "compare":
        from .inference_free import compare

        compare(config, arguments.of)
    elif stage == "export":
        from .export import export

        export(config, config.path(arguments.of), config.path("export"))
    elif stage == "relate":
        from .relate import relate

        relate(config)
    elif stage == "kin":
        from .kin import build

        build(config)
    elif stage == "teach":
        from .teach import teach

        teach(config)
    elif stage == "pack":
        from .pack import pack

        pack(config, Path(arguments.model), arguments.pairs, arguments.limit)
    elif stage == "unpack":
        from .pack import unpack

        unpack(config, Path(arguments.folder))
    elif stage in ("give", "take"):
        from .bring import give, take

        (give if stage == "give" else take)(config, Path(arguments.folder))
    elif stage == "saturate":
        from .saturate import saturate

        saturate(config, config.path("trained" if arguments.of == "saturated" else arguments.of))
    elif stage == "train":
        from .train import train

        train(config)


def main() -> None:
    parser = argparse.ArgumentParser(prog="malmoi_training", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--config", default="config.toml")
    parser.add_argument("--model", default="../media/model", help="adopt: the model folder to start from")
    parser.add_argument("--folder", default="work/pack", help="unpack: the pack; give, take: where the trained parts go or lie")
    parser.add_argument("--pairs", type=int, default=60_000, help="pack: how many")
    parser.add_argument("--limit", type=float, default=60.0, help="pack: MiB that it may have")
    parser.add_argument("--former", help="adopt: a checkpoint that this model was made from, before it was rounded")
    parser.add_argument("--of", default="saturated", help="readability, compare, export: start, small, grown, trained, related, taught or saturated")
    arguments = parser.parse_args()
    config = read_config(Path(arguments.config))
    threads = config.threads or os.cpu_count() or 1
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    run(arguments.stage, config, arguments)


if __name__ == "__main__":
    main()
