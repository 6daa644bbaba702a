"""Words that have to do with each other: by company, by the dense teacher, never by spelling alone."""

from __future__ import annotations

import unittest
from itertools import combinations
from unittest import mock

import numpy as np
import torch
from malmoi_training.company import company
from malmoi_training.kinship import Kinship
from malmoi_training.relate import distance, goals, goals_of_words, one_word_texts
from malmoi_training.vocabulary import Bags

WORDS = ["연차", "휴가", "연초", "회의", "회의록", "쿠버", "방망이", "여행"]


def unit(*values: float) -> list[float]:
    row = torch.tensor([float(value) for value in values])
    return (row / row.norm()).tolist() if row.norm() > 0 else row.tolist()


class Company(unittest.TestCase):
    def test_words_of_the_same_texts_are_near_and_rare_ones_unknown(self) -> None:
        torch.manual_seed(0)
        groups = [list(combinations(range(start, start + 10), 3)) for start in (0, 10)]
        texts = [list(text) for group in groups for text in group] + [[0, 20]]
        with mock.patch("malmoi_training.company.SIZE", 2):
            vectors = company([Bags.of(texts)], 22)
        self.assertGreater(float(vectors[0] @ vectors[1]), 0.5)
        self.assertLess(abs(float(vectors[0] @ vectors[11])), 0.1)
        self.assertEqual(float(vectors[20:].norm()), 0)


class TwoWitnesses(unittest.TestCase):
    def setUp(self) -> None:
        company_ = torch.tensor([unit(1, 0), unit(1, 0.1), unit(0, 1), *[[0.0, 0.0]] * 5])
        dense = torch.tensor(
            [unit(1, 0, 0), unit(0, 1, 0), unit(1, 0, 0.1), unit(0, 0, 1), unit(0, 0.1, 1), unit(-1, 0, 1), unit(-1, -1, 0), unit(0.1, 1, 0)]
        )
        self.kinship = Kinship(WORDS, company_, dense)

    def of(self, *words: str) -> dict[str, float]:
        row = self.kinship.of([np.array([WORDS.index(word) for word in words])])[0]
        return dict(zip(WORDS, row.tolist(), strict=True))

    def test_who_looks_alike_needs_company(self) -> None:
        kin = self.of("연차")
        self.assertEqual((kin["연차"], kin["휴가"], kin["연초"]), (1, 1, 0))

    def test_a_part_of_a_compound_does_not_only_look_alike(self) -> None:
        self.assertEqual(self.of("회의록")["회의"], 1)

    def test_the_teacher_is_heard_about_others(self) -> None:
        kin = self.of("휴가")
        self.assertEqual((kin["여행"], kin["방망이"]), (1, 0))

    def test_any_word_of_the_text_will_do_and_nothing_is_known_of_none(self) -> None:
        self.assertEqual(self.of("방망이", "휴가")["여행"], 1)
        self.assertTrue(bool((self.kinship.of([np.array([], np.int64)]) == 1).all()))


class Goals(unittest.TestCase):
    def test_strangers_go_out(self) -> None:
        wanted = goals(torch.tensor([[2.0, 2.0, -0.5]]), torch.tensor([[1.0, 0.0, 1.0]]))
        torch.testing.assert_close(wanted, torch.tensor([[2.0, 0.0, 0.0]]).log1p())

    def test_a_word_alone_is_lit_and_so_are_its_kin_that_nearly_were(self) -> None:
        logits = torch.tensor([[2.0, 2.0, -0.5, -3.0, -9.0]])
        kin = torch.tensor([[1.0, 0.0, 1.0, 1.0, 1.0]])
        wanted = goals_of_words(logits, kin, torch.tensor([4]), 1.2)
        torch.testing.assert_close(wanted, torch.tensor([[2.0, 0, 0, 0, 0]]).log1p() + torch.tensor([[0, 0, 0.6, 0, 1.2]]))

    def test_no_distance_where_the_weights_are_as_wanted_and_a_dark_word_feels_that_it_should_rise(self) -> None:
        logits = torch.tensor([[1.0, -2.0]])
        self.assertEqual(float(distance(logits, torch.log1p(logits.relu()))), 0)
        asked = torch.tensor([[1.0, -2.0]], requires_grad=True)
        distance(asked, torch.tensor([[0.5, 0.5]])).sum().backward()
        self.assertGreater(float(asked.grad[0, 0]), 0)
        self.assertLess(float(asked.grad[0, 1]), 0)

    def test_every_spelling_of_a_word_is_a_text(self) -> None:
        texts = one_word_texts(["메시지", "휴가"])
        self.assertEqual(texts, [("메시지", 0), ("휴가", 1), ("메세지", 0)])


if __name__ == "__main__":
    unittest.main()
