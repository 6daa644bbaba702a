"""
Writes a tiny checkpoint of this recipe with the vectors that PyTorch gives, for the product's converter test:

    python -m tests.make_fixture ../test/oracle/fixtures/malmoi-own-words
"""

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from malmoi_training.checkpoint import save_model
from malmoi_training.config import Config
from malmoi_training.export import export
from malmoi_training.model import SparseEncoder
from malmoi_training.tokens import Texts

TEXTS = [
    "회의 예산을 검토한다",
    "예산",
    "ＡＢＣ 회의록  2024",
    "모르는 글자 龘 도 있다",
    "",
    "회의 예산 " * 30,
]
WORDS = ["예산", "회의", "검토하다", "지출", "논의", "abc", "문서"]


def tokenizer() -> Tokenizer:
    letters = sorted({c for text in [*TEXTS, "query: passage:"] for c in text if c not in " 龘Ａ-Ｚ"} | set("ABC"))
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁회의", "예산", "▁pass", "age", "▁que", "ry", *letters]
    scores = [0.0] * 4 + [-2.0 - 0.1 * i for i in range(len(pieces) - 4)]
    made = Tokenizer(models.Unigram(list(zip(dict.fromkeys(pieces), scores, strict=False)), unk_id=3))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    made.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return made


def main(out: Path) -> None:
    torch.manual_seed(20261123)
    made = tokenizer()
    shape = {"hidden": 32, "layers": 2, "heads": 4, "intermediate": 48, "epsilon": 1e-12, "types": 2}
    shape |= {"pieces": made.get_vocab_size(), "words": len(WORDS), "positions": 40, "head": 20}
    model = SparseEncoder(shape).eval()
    for name, parameter in model.named_parameters():
        torch.nn.init.normal_(parameter, std=0.25)
        if name.endswith("LayerNorm.weight") or name == "norm.weight":
            torch.nn.init.ones_(parameter)
    torch.nn.init.normal_(model.decoder, std=0.5)
    with tempfile.TemporaryDirectory() as work:
        made.save(f"{work}/tokenizer.json")
        save_model(Path(work) / "trained", model, Path(work) / "tokenizer.json", WORDS)
        export(replace(Config(), root=Path(work)), Path(work) / "trained", out)
    texts, entries = Texts(made), []
    for text in TEXTS:
        for kind, name in (("query", "query"), ("document", "passage")):
            batch = texts.batch(name, [text], shape["positions"])
            with torch.no_grad():
                weights = model.weights(batch.ids, batch.mask, batch.votes)[0]
            # A text without tokens of its own has no weights; the logits of silence are far below zero.
            vector = {str(i): float(f"{weights[i]:.7g}") for i in weights.nonzero().flatten().tolist()}
            entries.append({"text": text, "kind": kind, "ids": batch.ids[0].tolist(), "vector": vector})
    lines = ",\n".join(json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in entries)
    (out / "golden.json").write_text(f"[\n{lines}\n]\n", "utf8")
    print(sum(len(e["vector"]) for e in entries) / len(entries), "active of", len(WORDS))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
