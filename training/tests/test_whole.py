"""`teach` from end to end on a model of 24 columns, as on two cores and as gpu.sh does it. Needs torch."""

import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from malmoi_training.bring import give, take
from malmoi_training.checkpoint import load_model, save_model
from malmoi_training.config import Config, Teach
from malmoi_training.corpora import Pair
from malmoi_training.goal import loss_of
from malmoi_training.grow import regrown
from malmoi_training.model import SparseEncoder
from malmoi_training.pack import pack, unpack
from malmoi_training.pairs import write
from malmoi_training.teach import teach
from malmoi_training.vocabulary import Bags
from safetensors.torch import save_file
from tokenizers import Tokenizer

from .test_model import SHAPE

TOKENIZER = Path(__file__).parents[2] / "media" / "model" / "tokenizer.json"
WORDS = sorted("연차 휴가 회의 예산 결재 배포 서버 계약 환불 급여 회의록 보고서 일정 신청 승인 부서 문서 고객".split())
TINY = Teach(steps=4, pairs=8, neighbours=4, groups=6, words=6, frozen_layers=2, held_out=4, chunk_tokens=64, warmup=1)


def texts(count: int) -> list[Pair]:
    def words(i: int) -> list[str]:
        return [WORDS[(i * step) % len(WORDS)] for step in (1, 5, 7)]

    return [
        Pair("a" if i % 2 else "b", "MIT", "heading", f"{words(i)[0]} {words(i)[1]} {i}", f"{' '.join(words(i))} 안내문 {i}번입니다.")
        for i in range(count)
    ]


def made(folder: Path) -> Config:
    """What the stages before `teach` leave behind."""
    config = Config(root=folder, teach=TINY)
    torch.manual_seed(0)
    shape = {**SHAPE, "pieces": Tokenizer.from_file(str(TOKENIZER)).get_vocab_size(), "positions": 64}
    old_words = WORDS[:-2]
    old = SparseEncoder({**shape, "words": len(old_words)})
    torch.nn.init.normal_(old.decoder)
    save_model(config.path("start"), old, TOKENIZER, old_words)
    model = regrown(old, old_words, WORDS, torch.randn(2, shape["head"] + 1).half().float())
    save_model(config.path("grown"), model, TOKENIZER, WORDS)
    save_file({name: value.clone() for name, value in model.bert.state_dict().items()}, config.path("teacher.safetensors"))
    pairs = texts(60)
    write(config.path("pairs.jsonl"), pairs)
    write(config.path("held-out.jsonl"), texts(70)[60:])
    for name in ("queries", "passages"):
        lines = [pair.query if name == "queries" else pair.passage for pair in pairs]
        Bags.of([[i for i, word in enumerate(WORDS) if word in line] for line in lines]).save(config.path(f"bags-{name}.npz"))
    np.save(config.path("neighbours.npy"), np.random.default_rng(0).integers(0, 60, (60, 16)).astype(np.int32))
    np.save(config.path("document-frequency.npy"), np.full(len(WORDS), 5, np.float32))
    size = len(WORDS)
    np.savez(config.path("kin.npz"), data=np.ones(size, np.float16), indices=np.arange(size, dtype=np.int32), indptr=np.arange(size + 1))
    return config


def trained(config: Config) -> dict[str, torch.Tensor]:
    return load_model(config.path("taught"))[0].state_dict()


class Stops:
    """`loss_of`, but the person at the keyboard has had enough after some steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def __call__(self, *arguments: object) -> object:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return loss_of(*arguments)


class Whole(unittest.TestCase):
    def setUp(self) -> None:
        # Products this small take longer to share out than to compute.
        torch.set_num_threads(1)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.config = made(Path(folder.name))
        quiet = mock.patch("builtins.print")
        quiet.start()
        self.addCleanup(quiet.stop)
        # A whole square of products is not needed to see that it is measured.
        measured = mock.patch("malmoi_training.speed.ROWS", 64)
        measured.start()
        self.addCleanup(measured.stop)

    def test_on_two_cores_the_frozen_layers_stay_and_the_others_learn(self) -> None:
        teach(self.config)
        before, after = load_model(self.config.path("grown"))[0].state_dict(), trained(self.config)
        for name, value in after.items():
            frozen = "embeddings" in name or "layer.0." in name or "layer.1." in name
            self.assertEqual(torch.equal(value, before[name]), frozen, name)
        self.assertTrue(self.config.path("states", "states.f16").exists())

    def test_a_run_that_was_stopped_ends_as_it_would_have(self) -> None:
        teach(self.config)
        wanted = trained(self.config)
        for name in ("teach.state", "teach.log.jsonl"):
            self.config.path(name).unlink()
        # Stopped in its third step, after the second was kept.
        with mock.patch("malmoi_training.teach.SAVE", 2), mock.patch("malmoi_training.teach.loss_of", Stops(2)), self.assertRaises(KeyboardInterrupt):
            teach(self.config)
        teach(self.config)
        for name, value in trained(self.config).items():
            torch.testing.assert_close(value, wanted[name], msg=name)

    def test_the_way_to_a_gpu_and_back(self) -> None:
        everywhere = replace(self.config, teach=replace(TINY, groups=0, frozen_layers=0, cache=False, minutes=5.0))
        model_folder = self.config.path("start")
        with mock.patch("malmoi_training.pack.teacher_tensors", lambda student: {}):
            pack(everywhere, model_folder, 40, 1.0)
        with tempfile.TemporaryDirectory() as other:
            there = replace(everywhere, root=Path(other))
            old, _, words = load_model(model_folder)
            save_model(there.path("start"), old, TOKENIZER, words)
            unpack(there, everywhere.path("pack", "x").parent)
            teach(there)
            give(there, there.path("out", "x").parent)
            wanted = trained(there)
            save_model(there.path("taught"), load_model(there.path("grown"))[0], TOKENIZER, WORDS)
            take(there, there.path("out", "x").parent)
            found = trained(there)
            start = load_model(there.path("grown"))[0].state_dict()
            lines = [json.loads(line) for line in there.path("teach.log.jsonl").read_text("utf8").splitlines()]
        self.assertEqual(lines[-1]["step"], 4)
        self.assertFalse(torch.equal(found["bert.encoder.layer.0.output.dense.weight"], start["bert.encoder.layer.0.output.dense.weight"]))
        for name, value in wanted.items():
            torch.testing.assert_close(found[name], value, atol=1e-4, rtol=0, msg=name)

    def test_a_pack_that_is_too_large_is_refused(self) -> None:
        with mock.patch("malmoi_training.pack.teacher_tensors", lambda student: {}), self.assertRaises(SystemExit):
            pack(self.config, self.config.path("start"), 40, 0.001)


if __name__ == "__main__":
    unittest.main()
