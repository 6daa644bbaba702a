"""One command a stage: `python -m malmoi_training STAGE [--config FILE]`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from .config import Config, read_config

STAGES = ("pairs", "vocabulary", "neighbours", "adopt", "shrink", "grow", "train", "relate", "saturate", "readability", "compare", "export")


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

        adopt(Path(arguments.model), config.path("start"))
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
    parser.add_argument("--of", default="saturated", help="readability, compare, export: start, small, grown, trained, related or saturated")
    arguments = parser.parse_args()
    config = read_config(Path(arguments.config))
    threads = config.threads or os.cpu_count() or 1
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    run(arguments.stage, config, arguments)


if __name__ == "__main__":
    main()
