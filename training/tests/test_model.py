"""The parts that compute: gradients of the pooled head, losses, resuming, batches. Needs torch."""

import copy
import tempfile
import unittest
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest import mock

import numpy as np
import torch

from malmoi_training import losses
from malmoi_training.adopt import restored
from malmoi_training.batches import drawn
from malmoi_training.checkpoint import load_model, load_state, save_state
from malmoi_training.config import Config
from malmoi_training.grow import ridge
from malmoi_training.inference_free import idf_of, idf_weights
from malmoi_training.model import MaxOverPositions, SparseEncoder
from malmoi_training.neighbours import nearest
from malmoi_training.logits import fit_decoder, narrow_head
from malmoi_training.peaks import learn_peaks, peak_error
from malmoi_training.probe import places
from malmoi_training.saturate import chosen, saturated, scale_logits
from malmoi_training.shrink import without
from malmoi_training.train import optimizer_of, train_only
from malmoi_training.vocabulary import Bags, lemmatised
from scipy.sparse import csr_matrix

SHAPE = {
    "hidden": 24,
    "layers": 3,
    "heads": 2,
    "intermediate": 32,
    "epsilon": 1e-12,
    "pieces": 40,
    "words": 50,
    "head": 24,
    "positions": 32,
    "types": 1,
}


class Spaces:
    """In place of the analyser: words as they stand."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def sets(self, texts: Iterable[str]) -> Iterator[list[str]]:
        for text in texts:
            self.seen.append(text)
            yield text.split()


class OnlyNewWords(unittest.TestCase):
    def test_all_other_weights_stay_as_they_are(self) -> None:
        torch.manual_seed(0)
        model = SparseEncoder(SHAPE)
        torch.nn.init.normal_(model.decoder)
        before = copy.deepcopy(model.state_dict())
        rows = torch.arange(50) >= 40
        train_only(model, rows)
        optimizer = optimizer_of(model, 1)
        for group in optimizer.param_groups:
            group["lr"] = 0.1
        ids = torch.arange(10).view(2, 5)
        for _ in range(2):
            optimizer.zero_grad(set_to_none=True)
            model.logits(ids, torch.ones(2, 5), torch.ones(2, 5)).sum().backward()
            optimizer.step()
        for name, value in model.state_dict().items():
            if name in ("decoder", "bias"):
                self.assertTrue(torch.equal(value[:40], before[name][:40]))
                self.assertFalse(torch.equal(value[40:], before[name][40:]))
            else:
                self.assertTrue(torch.equal(value, before[name]), name)


class Saturate(unittest.TestCase):
    def test_scaled_logits_give_the_weights_that_were_foretold(self) -> None:
        torch.manual_seed(0)
        model = SparseEncoder(SHAPE)
        torch.nn.init.normal_(model.decoder)
        torch.nn.init.normal_(model.bias)
        text = (torch.arange(10).view(2, 5), torch.ones(2, 5), torch.ones(2, 5))
        with torch.no_grad():
            foretold = saturated(model.weights(*text), 8)
            scale_logits(model, 8)
            torch.testing.assert_close(model.weights(*text), foretold)

    def test_the_largest_factor_as_good_as_the_best(self) -> None:
        self.assertEqual(chosen({1: 0.7864, 4: 0.7909, 8: 0.7908, 16: 0.7831}), 8)


class InferenceFree(unittest.TestCase):
    def test_only_a_text_s_own_words_have_a_weight_and_rare_ones_the_most(self) -> None:
        idf = idf_of(np.array([999, 9, 0]), 1000)
        weights = idf_weights([["메세지", "없는말"], ["회의", "코드"]], ["회의", "메시지", "코드"], idf)
        self.assertEqual((weights > 0).tolist(), [[False, True, False], [True, False, True]])
        self.assertLess(weights[1, 0], weights[1, 2])
        self.assertLessEqual(weights.max().item(), 1)

    def test_places_of_the_answers_on_the_diagonal(self) -> None:
        found = places(torch.tensor([[3.0, 1.0], [2.0, 1.0]]))
        self.assertEqual(found, {"held_out_first": 0.5, "held_out_mrr": 0.75})


class Analysing(unittest.TestCase):
    def test_goes_on_after_the_last_text_that_was_written_whole(self) -> None:
        texts = ["컨텐츠 관리", "회의", "예산 안", "휴가"]
        with tempfile.TemporaryDirectory() as folder:
            config = Config(root=Path(folder))
            first = Spaces()
            lemmatised("x", texts[:2], first, config)
            with config.path("lemmas-x.jsonl").open("a", encoding="utf8") as out:
                out.write('["예')
            second = Spaces()
            found = lemmatised("x", texts, second, config)
        self.assertEqual(second.seen, texts[2:])
        self.assertEqual(found, [["콘텐츠", "관리"], ["회의"], ["예산", "안"], ["휴가"]])


class Adopting(unittest.TestCase):
    def test_what_was_never_trained_is_taken_from_its_source(self) -> None:
        rng = np.random.default_rng(5)
        source = {
            "embeddings.word_embeddings.weight": rng.normal(size=(6, 4)),
            "embeddings.LayerNorm.bias": rng.normal(size=4),
            "encoder.layer.0.output.dense.weight": rng.normal(size=(4, 4)),
            "encoder.layer.0.output.dense.bias": rng.normal(size=4),
            "encoder.layer.1.output.dense.weight": rng.normal(size=(4, 4)),
            "encoder.layer.1.output.dense.bias": rng.normal(size=4),
        }
        tensors = {f"bert.{name}": value.copy() for name, value in source.items()} | {"decoder": np.ones((2, 4))}
        for name in tensors:
            if name.endswith("weight"):
                tensors[name] += 0.005 * rng.normal(size=tensors[name].shape)
        tensors["bert.encoder.layer.1.output.dense.bias"] += 0.01
        found = restored(tensors, source)
        for name, value in source.items():
            same = np.array_equal(found[f"bert.{name}"], value)
            self.assertEqual(same, "layer.1" not in name, name)
        np.testing.assert_array_equal(found["decoder"], tensors["decoder"])
        tensors["bert.encoder.layer.0.output.dense.weight"] += 1
        with self.assertRaises(SystemExit):
            restored(tensors, source)


class Head(unittest.TestCase):
    def test_values_and_gradients_are_those_of_the_plain_formula(self) -> None:
        torch.manual_seed(1)
        z = torch.randn(3, 7, 5, dtype=torch.float64, requires_grad=True)
        weight = torch.randn(11, 5, dtype=torch.float64, requires_grad=True)
        votes = torch.ones(3, 7, dtype=torch.float64)
        votes[0, 3:] = 0
        scale = torch.randn(3, 11, dtype=torch.float64)
        plain = (z @ weight.T + ((1 - votes) * -1e4)[..., None]).max(1).values
        wanted = torch.autograd.grad((plain * scale).sum(), (z, weight))
        ours = MaxOverPositions.apply(z, weight, votes)
        found = torch.autograd.grad((ours * scale).sum(), (z, weight))
        torch.testing.assert_close(ours, plain)
        for a, b in zip(found, wanted, strict=True):
            torch.testing.assert_close(a, b)

    def test_padding_changes_nothing(self) -> None:
        torch.manual_seed(2)
        model = SparseEncoder(SHAPE).eval()
        torch.nn.init.normal_(model.decoder)
        ids = torch.randint(3, 40, (1, 6))
        votes = torch.tensor([[0.0, 1, 1, 1, 1, 0]])
        alone = model.weights(ids, torch.ones(1, 6), votes)
        padded = torch.nn.functional.pad(ids, (0, 4), value=1)
        mask = torch.nn.functional.pad(torch.ones(1, 6), (0, 4))
        beside = model.weights(padded, mask, torch.nn.functional.pad(votes, (0, 4)))
        torch.testing.assert_close(alone, beside, atol=1e-5, rtol=1e-5)


class Shrinking(unittest.TestCase):
    def test_what_is_learnt_is_the_error_of_the_raised_logits(self) -> None:
        torch.manual_seed(3)
        teacher, student = (SparseEncoder({**SHAPE, "head": head}) for head in (8, 5))
        for model in (teacher, student):
            torch.nn.init.normal_(model.decoder)
        wanted, found = torch.randn(6, 8), torch.randn(6, 5, requires_grad=True)

        def share(z: torch.Tensor) -> torch.Tensor:
            goal = (wanted @ teacher.decoder.T + teacher.bias + 1).relu().detach()
            return ((z @ student.decoder.T + student.bias + 1).relu() - goal).square().sum() / goal.square().sum()

        asked = (found, student.decoder, student.bias)
        gradients = torch.autograd.grad(share(found), asked)
        with mock.patch("malmoi_training.peaks.TILE", 16):
            error = learn_peaks(found * 1.0, student, wanted, teacher)
            self.assertAlmostEqual(peak_error(found, student, wanted, teacher), error, places=4)
        self.assertAlmostEqual(share(found).item(), error, places=4)
        for tensor, gradient in zip(asked, gradients, strict=True):
            torch.testing.assert_close(tensor.grad, gradient)

    def test_far_below_zero_nothing_is_learnt(self) -> None:
        teacher = SparseEncoder(SHAPE)
        other = copy.deepcopy(teacher)
        teacher.bias.data[:], other.bias.data[:] = -3, -9
        self.assertEqual(learn_peaks(torch.zeros(2, SHAPE["head"], requires_grad=True), other, torch.zeros(2, SHAPE["head"]), teacher), 0)

    def test_a_narrow_head_begins_near_the_wide_one(self) -> None:
        torch.manual_seed(6)
        teacher = SparseEncoder(SHAPE).eval()
        # Words that differ in eight directions only.
        teacher.decoder.data = torch.randn(50, 8) @ torch.randn(8, 24)
        teacher.bias.data[7] = -1e4
        live = teacher.bias > -1e3
        student = SparseEncoder({**SHAPE, "head": 12}).eval()
        student.bert.load_state_dict(teacher.bert.state_dict())
        states = torch.randn(4_000, 24)
        narrow_head(student, teacher, states, live)
        fit_decoder(student, student.head(states), teacher, teacher.head(states), live)
        other = torch.randn(500, 24)
        self.assertLess(peak_error(student.head(other), student, teacher.head(other), teacher), 0.2)
        self.assertEqual(student.bias[7].item(), -1e4)

    def test_layers_are_left_out_and_the_model_is_not_changed(self) -> None:
        model = SparseEncoder(SHAPE).eval()
        smaller = without(model, [0, 2])
        self.assertEqual(len(smaller.bert.encoder.layer), 2)
        self.assertEqual(len(model.bert.encoder.layer), 3)
        self.assertIs(smaller.bert.encoder.layer[1], model.bert.encoder.layer[2])


class Losses(unittest.TestCase):
    def test_contrast_ignores_doubtful_negatives(self) -> None:
        scores = torch.tensor([[5.0, 9.0], [0.0, 5.0]])
        dense = torch.tensor([[0.8, 0.9], [0.1, 0.8]])
        marked = losses.doubtful(dense)
        self.assertEqual(marked.tolist(), [[False, True], [False, False]])
        self.assertLess(losses.contrast(scores, marked), losses.contrast(scores, torch.zeros(2, 2, dtype=torch.bool)))

    def test_agreement_is_nothing_for_the_teacher_itself(self) -> None:
        scores = torch.randn(4, 4)
        self.assertAlmostEqual(losses.agreement(scores, scores).item(), 0, places=5)
        self.assertGreater(losses.agreement(scores, scores.flip(0)).item(), 0)

    def test_foreign_words_cost_more(self) -> None:
        weights, target = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 0.0]])
        own, _ = losses.cost(weights, target, 2.0)
        foreign, l1 = losses.cost(weights.flip(1), target, 2.0)
        self.assertAlmostEqual((foreign / own).item(), 9)
        self.assertAlmostEqual(l1.item(), 1)


class Growing(unittest.TestCase):
    def test_ridge_finds_a_linear_rule(self) -> None:
        torch.manual_seed(4)
        rule, known = torch.randn(6, 3), torch.randn(4_000, 6)
        asked = torch.randn(5, 6)
        found = ridge(known, known @ rule + 1, asked)
        torch.testing.assert_close(found, asked @ rule + 1, atol=0.15, rtol=0.1)


class Neighbours(unittest.TestCase):
    def test_look_alikes_first_and_never_itself(self) -> None:
        passages = csr_matrix(np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1]], np.float32))
        found = nearest(passages, passages, 2)
        self.assertEqual(found[0, 0], 1)
        self.assertTrue(all(i not in row for i, row in enumerate(found)))
        self.assertEqual(found[3].tolist(), [2, -1])

    def test_a_batch_follows_from_the_step_alone(self) -> None:
        config = Config()
        sources = ["a"] * 500 + ["b"] * 600
        near = np.full((1_100, 16), -1, np.int32)
        run = drawn(sources, near, config, 0)
        first, second = next(run), next(run)
        self.assertEqual(second, next(drawn(sources, near, config, 1)))
        self.assertEqual(len(set(first)), config.train.pairs)


class Keeping(unittest.TestCase):
    def test_a_run_goes_on_with_the_same_random_numbers(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "run.state"
            self.assertIsNone(load_state(file))
            save_state(file, step=3)
            wanted = (torch.rand(2).tolist(), np.random.rand())
            self.assertEqual(load_state(file), {"step": 3})
            self.assertEqual((torch.rand(2).tolist(), np.random.rand()), wanted)

    def test_a_missing_model_says_which_stage(self) -> None:
        with self.assertRaises(SystemExit):
            load_model(Path("/nowhere"))

    def test_bags(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "bags.npz"
            Bags.of([[1, 2], [], [3]]).save(file)
            self.assertEqual([Bags.load(file)[i].tolist() for i in range(3)], [[1, 2], [], [3]])


if __name__ == "__main__":
    unittest.main()
