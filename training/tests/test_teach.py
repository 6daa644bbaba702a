"""Stage `teach`: layers that are run once, states on disk, two teachers as one, kin of all words. Needs torch."""

import copy
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from malmoi_training.bigrams import Bm25, terms
from malmoi_training.body import bucketed
from malmoi_training.config import Teach
from malmoi_training.embedded import own_name, q4, table4
from malmoi_training.fused import firsts, fitted
from malmoi_training.goal import Parts, loss_of
from malmoi_training.kin import dice, loans, mutual, table
from malmoi_training.kinship import Kinship
from malmoi_training.layers import alike
from malmoi_training.model import MaxOverPositions, SparseEncoder
from malmoi_training.prepare import nearness, rows_of
from malmoi_training.states import States
from malmoi_training.vocabulary import Bags
from scipy.sparse import csr_matrix

from .test_model import SHAPE


def random_model() -> SparseEncoder:
    torch.manual_seed(0)
    model = SparseEncoder(SHAPE)
    torch.nn.init.normal_(model.decoder)
    return model


class Layers(unittest.TestCase):
    def setUp(self) -> None:
        self.model = random_model()
        self.ids = torch.tensor([[0, 5, 6, 7, 2], [0, 8, 2, 1, 1]])
        self.mask = torch.tensor([[1.0] * 5, [1, 1, 1, 0, 0]])

    def test_lower_and_upper_together_are_transformers_whole(self) -> None:
        wanted = self.model.bert(input_ids=self.ids, attention_mask=self.mask).last_hidden_state
        for layers in range(SHAPE["layers"] + 1):
            hidden = self.model.lower(self.ids, self.mask, layers)
            whole = self.model.upper(hidden, self.mask, self.mask, layers)
            torch.testing.assert_close(whole, self.model.logits(self.ids, self.mask, self.mask))
        found = self.model.lower(self.ids, self.mask, SHAPE["layers"])
        torch.testing.assert_close(found[self.mask > 0], wanted[self.mask > 0])

    def test_layers_in_common_end_at_the_first_that_differs(self) -> None:
        other = copy.deepcopy(self.model)
        self.assertEqual(alike(self.model.bert, other.bert), 3)
        other.bert.encoder.layer[1].output.dense.bias.data[0] += 1
        self.assertEqual(alike(self.model.bert, other.bert), 1)
        other.bert.embeddings.LayerNorm.bias.data[0] += 1
        self.assertEqual(alike(self.model.bert, other.bert), 0)

    def test_half_floats_find_nearly_the_same_and_have_gradients_of_the_whole_kind(self) -> None:
        z = torch.randn(2, 5, 24, requires_grad=True)
        whole = MaxOverPositions.apply(z, self.model.decoder, self.mask)
        with torch.autocast("cpu", torch.bfloat16):
            half = MaxOverPositions.apply(z, self.model.decoder, self.mask)
        torch.testing.assert_close(half, whole, rtol=0.02, atol=0.1)
        half.sum().backward()
        self.assertEqual((z.grad.dtype, self.model.decoder.grad.dtype), (torch.float32, torch.float32))


class OnDisk(unittest.TestCase):
    def test_a_text_comes_back_without_its_padding_until_the_key_changes(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            states = States(Path(folder), np.array([2, 3, 1]), 4, "one")
            hidden, vectors = torch.randn(2, 3, 4).half().float(), torch.randn(2, 4).half().float()
            states.put([1, 0], hidden, vectors)
            self.assertEqual(states.missing([2, 0, 2, 1]), [2])
            again = States(Path(folder), np.array([2, 3, 1]), 4, "one")
            found = again.get([0, 1], 3)
            torch.testing.assert_close(found[1], hidden[0])
            torch.testing.assert_close(found[0, :2], hidden[1, :2])
            self.assertEqual(found[0, 2].abs().sum().item(), 0)
            torch.testing.assert_close(again.vectors_of([1, 0]), vectors)
            other = States(Path(folder), np.array([2, 3, 1]), 4, "another")
            self.assertEqual(other.missing([0, 1, 2]), [0, 1, 2])


class Buckets(unittest.TestCase):
    def test_every_text_once_and_no_group_too_large(self) -> None:
        lengths = np.random.default_rng(0).integers(3, 60, 200).tolist()
        groups = bucketed(lengths, 128)
        self.assertEqual(sorted(place for group in groups for place in group), list(range(200)))
        self.assertTrue(all(max(lengths[i] for i in group) * len(group) <= 128 for group in groups))

    def test_a_text_that_is_longer_than_a_group_is_alone(self) -> None:
        self.assertEqual(bucketed([300, 5], 100), [[0], [1]])


class Teachers(unittest.TestCase):
    def setUp(self) -> None:
        generator = torch.Generator().manual_seed(0)
        noise = [torch.randn(40, 40, generator=generator) for _ in range(2)]
        self.batches = [(0.1 * torch.eye(40) + 0.05 * noise[0], 4 * torch.eye(40) + 2 * noise[1])]

    def test_both_together_know_more_than_either(self) -> None:
        both = firsts(self.batches, fitted(self.batches))
        self.assertGreater(both, firsts(self.batches, (1, 0)))
        self.assertGreater(both, firsts(self.batches, (0, 1)))

    def test_a_teacher_that_knows_nothing_is_not_heard(self) -> None:
        right, _ = self.batches[0]
        factors = fitted([(right, torch.randn(40, 40, generator=torch.Generator().manual_seed(1)))])
        self.assertLess(factors[1], 0.02 * factors[0])

    def test_scores_ten_times_as_large_have_a_tenth_of_the_scale(self) -> None:
        scores = self.batches[0][1]
        (scale,), (tenth,) = fitted([(scores,)]), fitted([(scores * 10,)])
        self.assertAlmostEqual(tenth * 10, scale, delta=0.05 * scale)


class Keywords(unittest.TestCase):
    def test_scores_are_the_sum_over_terms(self) -> None:
        texts = ["회의록 정리", "연차 신청과 회의", "서버 서버 설정 log"]
        bm25 = Bm25(texts)
        found = bm25.scores(["회의 회의", "서버 log", "없음"], texts)
        bag = terms(texts[2])
        norm = 1.2 * (1 - 0.75 + 0.75 * sum(bag.values()) / bm25.mean_length)
        wanted = sum(bm25.idf(term) * bag[term] * 2.2 / (bag[term] + norm) for term in ("서버", "log"))
        self.assertAlmostEqual(float(found[1, 2]), wanted, places=4)
        self.assertEqual(found[2].tolist(), [0, 0, 0])
        self.assertGreater(found[0, 0], 0)


class KinOfAll(unittest.TestCase):
    def test_the_table_says_what_is_said_of_each_word(self) -> None:
        torch.manual_seed(0)
        words = ["연차", "휴가", "연초", "회의", "회의록", "쿠버"]
        kinship = Kinship(words, torch.nn.functional.normalize(torch.randn(6, 3), dim=1), torch.randn(6, 3))
        found = table(kinship).toarray()
        for number in range(6):
            wanted = kinship.of([np.array([number])])[0].numpy()
            wanted[wanted < 0.4] = 0
            np.testing.assert_allclose(np.maximum(found[number], np.eye(6)[number]), wanted, atol=1e-5)

    def test_only_what_both_say_counts(self) -> None:
        found = mutual([{1, 2}, {0}, {3}, set()]).toarray()
        self.assertEqual(np.argwhere(found).tolist(), [[0, 1], [1, 0]])
        self.assertEqual(mutual([set(), set()]).nnz, 0)

    def test_words_of_a_translation_testify_where_they_are_each_other_s_best(self) -> None:
        # Columns: 배포, deploy, the (which stands everywhere), 서버.
        korean = csr_matrix(np.array([[1, 0, 0, 0]] * 5 + [[0, 0, 0, 1]] * 5, np.float32))
        english = csr_matrix(np.array([[0, 1, 1, 0]] * 5 + [[0, 0, 1, 0]] * 5, np.float32))
        found = dice(korean, english).toarray()
        self.assertEqual((found[0, 1], found[1, 0]), (1, 1))
        self.assertEqual(found[0, 2], 0)
        self.assertEqual(dice(korean[:3], english[:3]).nnz, 0)

    def test_listed_loans_are_kin_both_ways_where_both_are_words(self) -> None:
        found = loans(["docker", "도커", "깃랩"]).toarray()
        self.assertEqual(np.argwhere(found).tolist(), [[0, 1], [1, 0]])

    def test_a_text_s_kin_are_its_words_kin(self) -> None:
        kin = csr_matrix(np.array([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]], np.float32))
        own = rows_of(Bags.of([[0, 1], [], [2]]), [0, 1, 2], 3)
        np.testing.assert_allclose(nearness(own, kin).toarray(), [[1, 1, 0], [0, 0, 0], [0, 0, 1]])


class Goal(unittest.TestCase):
    def test_a_stranger_costs_more_than_kin_and_kin_more_than_an_own_word(self) -> None:
        costs = []
        for word in range(3):
            logits = torch.full((2, 3), -9.0)
            logits[:, word] = 2.0
            passage = logits.clone().requires_grad_()
            near = torch.tensor([[1.0, 0.5, 0.0]] * 2)
            own = torch.tensor([[1.0, 0.0, 0.0]] * 2)
            parts = Parts(
                query=torch.full((2, 3), -9.0), passage=passage, teachers=(torch.eye(2),) * 3, teacher=torch.eye(2),
                own=own, pair_words=own, kin=near, single=torch.zeros(1, 3), before=torch.zeros(1, 3),
                single_kin=torch.ones(1, 3), numbers=torch.tensor([0]),
            )  # fmt: skip
            costs.append(loss_of(parts, torch.ones(3), 0.1, Teach())[1]["passage_cost"])
        self.assertLess(costs[0], costs[1])
        self.assertLess(costs[1], costs[2])


class Embedded(unittest.TestCase):
    def test_four_bits_of_a_table(self) -> None:
        packed = np.array([[0x8F] + [0x88] * 15], np.uint8)
        found = table4(packed, np.array([[0.5]], np.float16))
        self.assertEqual((found.shape, found[0, 0], np.abs(found[0, 1:]).sum()), ((1, 32), 3.5, 0))

    def test_levels_times_factors_times_scales(self) -> None:
        levels = np.ones((64, 2), np.int8)
        factors = np.array([[2, 3], [-1, 4]], np.int8)
        found = q4(levels, factors, np.array([0.5, 1.0], np.float16))
        self.assertEqual(found.shape, (2, 64))
        self.assertEqual([found[0, 0], found[0, 32], found[1, 0], found[1, 63]], [1, -0.5, 3, 4])

    def test_names(self) -> None:
        self.assertEqual(own_name("cls.predictions.transform.dense.bias"), "dense.bias")
        self.assertEqual(own_name("cls.predictions.decoder.weight"), "decoder")
        self.assertEqual(own_name("bert.embeddings.LayerNorm.bias"), "bert.embeddings.LayerNorm.bias")


if __name__ == "__main__":
    unittest.main()
