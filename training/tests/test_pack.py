"""What travels to another machine and back (`pack.py`, `bring.py`), and whom a batch is made of. Needs torch."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from malmoi_training.batches import grouped
from malmoi_training.bring import give, rounded, take
from malmoi_training.checkpoint import save_model
from malmoi_training.config import Config
from malmoi_training.corpora import Pair
from malmoi_training.grow import regrown
from malmoi_training.model import SparseEncoder
from malmoi_training.pack import halves, neighbours_within, subset, whole

from .test_model import SHAPE


class Bits(unittest.TestCase):
    def test_what_came_from_four_bits_comes_back_as_it_was(self) -> None:
        rng = np.random.default_rng(0)
        levels = rng.integers(-7, 8, (6, 32)).astype(np.float32)
        levels[:, 3] = -8
        scales = rng.normal(size=(6, 1)).astype(np.float16).astype(np.float32)
        values = (levels * scales).reshape(3, 64)
        np.testing.assert_array_equal(whole(*halves(values), (3, 64)), values)

    def test_zeros_stay_and_other_numbers_are_refused(self) -> None:
        self.assertEqual(np.abs(whole(*halves(np.zeros((1, 32), np.float32)), (1, 32))).sum(), 0)
        with self.assertRaises(SystemExit):
            halves(np.random.default_rng(0).normal(size=(4, 32)).astype(np.float32))


class Subset(unittest.TestCase):
    def test_large_sources_give_way_first(self) -> None:
        pairs = [Pair("small" if i % 10 == 0 else "large", "MIT", "heading", f"질문 {i}", f"답 {i}") for i in range(5_000)]
        kept = subset(pairs, 1_200)
        self.assertEqual((len(kept), kept), (1_200, sorted(set(kept))))
        self.assertEqual(sum(pairs[i].source == "small" for i in kept), 500)

    def test_neighbours_keep_their_order_and_who_is_left_out_is_left_out(self) -> None:
        found = neighbours_within(np.array([[2, 1, 3], [0, 2, -1], [3, -1, -1], [0, 1, 2]]), [0, 2, 3])
        self.assertEqual(found.tolist(), [[1, 2, -1], [2, -1, -1], [0, 1, -1]])


class Groups(unittest.TestCase):
    def setUp(self) -> None:
        rng = np.random.default_rng(0)
        self.neighbours = rng.integers(0, 2_000, (2_000, 16))
        self.steps = [grouped([np.arange(2_000)], self.neighbours, 1, step, 20, 32, 8) for step in range(40)]

    def test_the_same_pairs_come_again_in_other_company(self) -> None:
        seen = {pair for step in self.steps for pair in step}
        self.assertLessEqual(len(seen), 20 * 8)
        self.assertGreater(len(set(map(tuple, self.steps))), 30)

    def test_a_batch_has_no_pair_twice_and_look_alikes_together(self) -> None:
        for step in self.steps:
            self.assertEqual((len(step), len(set(step))), (32, 32))
            self.assertIn(self.neighbours[step[0]][0], step)


class Regrown(unittest.TestCase):
    def test_known_words_keep_their_rows_and_new_ones_get_theirs(self) -> None:
        torch.manual_seed(0)
        old = SparseEncoder({**SHAPE, "words": 3})
        torch.nn.init.normal_(old.decoder)
        rows = torch.full((1, SHAPE["head"] + 1), 7.0)
        model = regrown(old, ["가", "나", "다"], ["다", "라", "가"], rows)
        self.assertTrue(torch.equal(model.decoder[[0, 2]], old.decoder[[2, 0]]))
        self.assertEqual((model.decoder[1].unique().item(), model.bias[1].item()), (7, 7))
        with self.assertRaises(SystemExit):
            regrown(old, ["가", "나", "다"], ["다", "가"], rows)


class ThereAndBack(unittest.TestCase):
    def test_eight_bits_of_a_difference(self) -> None:
        levels, scales = rounded(np.array([[1.0, -0.5], [0, 0]], np.float32))
        self.assertEqual((levels.tolist(), scales.tolist()), ([[127, -64], [0, 0]], [np.float32(1 / 127), 0]))

    def test_what_was_trained_arrives_in_files_that_are_small(self) -> None:
        torch.manual_seed(0)
        with tempfile.TemporaryDirectory() as folder:
            config = Config(root=Path(folder))
            (Path(folder) / "tokenizer.json").write_text('{"version": "1.0", "model": {"type": "BPE", "vocab": {}, "merges": []}}', "utf8")
            before = SparseEncoder(SHAPE)
            words = [str(i) for i in range(SHAPE["words"])]
            save_model(config.path("grown"), before, Path(folder) / "tokenizer.json", words)
            after = SparseEncoder(SHAPE)
            state = before.state_dict()
            after.load_state_dict({n: v if n.startswith("bert.embeddings") else v + 0.01 * torch.randn_like(v) for n, v in state.items()})
            save_model(config.path("taught"), after, Path(folder) / "tokenizer.json", words)
            give(config, Path(folder) / "parts")
            self.assertTrue((Path(folder) / "parts" / "part-0.safetensors").exists())
            wanted = after.state_dict()
            save_model(config.path("taught"), before, Path(folder) / "tokenizer.json", words)
            take(config, Path(folder) / "parts")
            from malmoi_training.checkpoint import load_model

            found = load_model(config.path("taught"))[0].state_dict()
            for name, value in wanted.items():
                torch.testing.assert_close(found[name], value, atol=3e-4, rtol=0, msg=name)


if __name__ == "__main__":
    unittest.main()
