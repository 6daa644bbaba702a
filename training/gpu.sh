#!/usr/bin/env bash
# The stage `teach` on a machine with a GPU, which has torch, transformers, safetensors, tokenizers, scipy and onnx
# but none of our other packages, no files of ours but the sources, and no network.
#
#   gpu.sh pack             here: work-gpu/pack, of at most PACK_MIB (22: with the sources and media/model less than 64)
#   gpu.sh train OUT        there: all layers, bf16, 512 pairs a step, ends by itself after MINUTES (8) -> OUT/part-N
#   gpu.sh take FOLDER      here: the parts -> work-gpu/taught, to go on with `saturate --of taught --config gpu.toml`
#   gpu.sh dry              here: all of these with tiny settings, on the CPU
set -euo pipefail
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3}
CONFIG=${CONFIG:-gpu.toml}
WORK=$("$PYTHON" -c 'import sys, tomllib; print(tomllib.load(open(sys.argv[1], "rb"))["work"])' "$CONFIG")
export PYTHONUNBUFFERED=1 TOKENIZERS_PARALLELISM=true

stage() {
  "$PYTHON" -m malmoi_training "$@" --config "$CONFIG"
}

# What the parts differ from: the embedded model as it is in the sources, with the pack's words. The same here and there.
start() {
  stage adopt --model ../media/model
  stage unpack --folder "$WORK/pack"
}

case ${1:-} in
  pack)
    mkdir -p "$WORK"
    # The pack is made from config.toml's work folder, after pairs, vocabulary, neighbours, grow and kin.
    "$PYTHON" -m malmoi_training pack --config "${FROM:-config.toml}" --pairs "${PAIRS:-65000}" --limit "${PACK_MIB:-22}"
    from=$("$PYTHON" -c 'import sys, tomllib; print(tomllib.load(open(sys.argv[1], "rb")).get("work", "work"))' "${FROM:-config.toml}")
    rm -rf "$WORK/pack"
    cp -r "$(cd "$(dirname "${FROM:-config.toml}")" && cd "$from" && pwd)/pack" "$WORK/pack"
    ;;
  train)
    out=${2:?where the parts go}
    start
    stage teach
    stage give --folder "$out"
    cp "$WORK/teach.log.jsonl" "$out/teach.log.jsonl"
    ls -l "$out"
    ;;
  take)
    folder=${2:?where the parts lie}
    start
    stage take --folder "$folder"
    ;;
  dry)
    # The same way from end to end: a few steps of a few pairs, of the pack that is there.
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
    sed -E 's/^work = .*/work = "work-dry"/; s/^(pairs|words) = .*/\1 = 8/; s/^minutes = .*/minutes = 0.5/; s/^steps = .*/steps = 2\nheld_out = 8/' "$CONFIG" > dry.toml
    mkdir -p work-dry
    rm -rf work-dry/pack
    cp -r "$WORK/pack" work-dry/pack
    CONFIG=dry.toml "$0" train "$out"
    CONFIG=dry.toml "$0" take "$out"
    rm -r dry.toml work-dry
    ;;
  *)
    sed -n '2,9p' "$0"
    exit 2
    ;;
esac
