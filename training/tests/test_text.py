"""The recipe's rules about text; they need nothing but numpy."""

import random
import unittest

import numpy as np

from malmoi_training import terms as listed
from malmoi_training.bigrams import Bm25, terms
from malmoi_training.cleaning import cleaned, sentences
from malmoi_training.contamination import Seen, runs
from malmoi_training.corpora import Pair, cloze_pairs, window
from malmoi_training.noise import keywords, mistyped, rewritten
from malmoi_training.pairs import held_out, limited
from malmoi_training.relatives import relatives_of_words, stands_in, understood

TEXT = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 열하나 열둘 열셋 열넷"


class Cleaning(unittest.TestCase):
    def test_markup_goes_and_words_stay(self) -> None:
        cases = {
            "**굵은** [연결](http://a.b/c)을 본다": "굵은 연결을 본다",
            "그림 ![설명](a.png) 아래": "그림 아래",
            "<b>태그</b> <!-- 숨김 --> 끝": "태그 끝",
            "```\nprint(1)\n```\n코드 뒤": "코드 뒤",
            ":func:`열기 <open>` 함수": "열기 함수",
        }
        for given, wanted in cases.items():
            self.assertEqual(cleaned(given), wanted)

    def test_sentences(self) -> None:
        self.assertEqual(sentences("비가 온다. 눈도 온다! 끝"), ["비가 온다.", "눈도 온다!", "끝"])


class Contamination(unittest.TestCase):
    def test_a_shared_run_is_found_wherever_it_stands(self) -> None:
        seen = Seen([f"앞 {TEXT} 뒤"], 13)
        self.assertTrue(seen.overlaps(f"다른 말 {TEXT.upper()}, 그리고"))
        self.assertFalse(seen.overlaps(TEXT.replace("일곱", "칠")))

    def test_punctuation_and_spaces_do_not_hide_it(self) -> None:
        self.assertTrue(Seen([TEXT], 13).overlaps(TEXT.replace(" ", ",  ")))

    def test_a_short_text_counts_as_one_run(self) -> None:
        self.assertEqual(len(runs("하나 둘 셋 넷 다섯 여섯 일곱", 13)), 1)
        self.assertEqual(runs("하나 둘", 13), [])

    def test_nothing_seen(self) -> None:
        self.assertFalse(Seen([], 13).overlaps(TEXT))


class Pairs(unittest.TestCase):
    def pair(self, i: int, source: str = "a") -> Pair:
        return Pair(source, "MIT", "heading", f"질문 {source} {i}", f"답 {source} {i}")

    def test_limit_and_duplicates(self) -> None:
        given = [self.pair(0), self.pair(0), self.pair(1), self.pair(2), self.pair(0, "b")]
        self.assertEqual([p.query for p in limited(given, 2)], ["질문 a 0", "질문 a 1", "질문 b 0"])

    def test_held_out_pairs_are_few_and_of_every_large_source(self) -> None:
        given = [self.pair(i, s) for s in "ab" for i in range(400)] + [self.pair(0, "tiny")]
        held = held_out(given)
        self.assertEqual({p.source for p in held}, {"a", "b"})
        self.assertLess(len(held), 0.1 * len(given))

    def test_cloze_asks_with_a_sentence_of_the_passage(self) -> None:
        passage = "첫째 문장은 이만큼 길게 씁니다. 둘째 문장도 이만큼 길게 씁니다. 셋째 문장은 다르게 길게 씁니다. 끝 문장입니다."
        for pair in cloze_pairs([Pair("a", "MIT", "heading", "질문", passage)] * 30, 1, 160, random.Random(1)):
            self.assertIn(pair.query, passage)
            self.assertLessEqual(len(pair.passage), len(passage))

    def test_window(self) -> None:
        text = "가나다라. " * 100
        self.assertTrue(all(len(window(text, 50, random.Random(i))) <= 50 for i in range(50)))
        self.assertEqual(window("짧다", 50, random.Random(1)), "짧다")


class Noise(unittest.TestCase):
    def test_never_empty_and_mostly_the_same(self) -> None:
        query = "데이터베이스를 백업하는 방법"
        made = [rewritten(query, np.random.default_rng(i)) for i in range(400)]
        self.assertTrue(all(text.strip() for text in made))
        self.assertGreater(made.count(query), 150)
        self.assertGreater(len(set(made)), 8)

    def test_keywords(self) -> None:
        self.assertEqual(keywords("서버를 다시 시작한다", np.random.default_rng(1)), "서버 다시 시작한다")

    def test_mistyped_changes_one_syllable(self) -> None:
        for i in range(100):
            made = mistyped("회의록 정리 방법", np.random.default_rng(i))
            self.assertEqual(sum(a != b for a, b in zip(made, "회의록 정리 방법", strict=True)), 1)


class Keywords(unittest.TestCase):
    def test_terms(self) -> None:
        self.assertEqual(dict(terms("회의록 API2 나")), {"회의": 1, "의록": 1, "api2": 1, "나": 1})

    def test_the_passage_with_the_words_wins(self) -> None:
        passages = ["회의록을 정리한다", "서버를 다시 시작한다", "예산을 검토한다"]
        scores = Bm25(passages).scores(["서버 시작", "예산"], passages)
        self.assertEqual(scores.argmax(1).tolist(), [1, 2])
        self.assertEqual(float(scores[0, 0]), 0.0)


class Terms(unittest.TestCase):
    def test_a_term_stands_at_the_beginning_of_a_word_with_a_particle_or_nothing_behind(self) -> None:
        self.assertEqual(listed.terms_in("육아휴직을 내고 쿠버네티스로, 품의는?"), ["육아휴직", "쿠버네티스", "품의"])
        self.assertEqual(listed.terms_in("이사회에서 반차별 정책"), ["이사회"])

    def test_of_two_that_begin_alike_the_longer_one(self) -> None:
        self.assertEqual(listed.terms_in("연차휴가 안내와 연차 안내"), ["연차휴가", "연차"])

    def test_the_list_has_no_word_twice_within_a_topic_and_none_of_one_letter(self) -> None:
        for line in listed.FILE.read_text("utf8").splitlines():
            words = [] if line.startswith("#") else line.split()
            self.assertEqual(len(words), len(set(words)), line[:40])
            self.assertTrue(all(len(word) > 1 for word in words), line[:40])
        self.assertGreater(len(listed.terms()), 1_500)


if __name__ == "__main__":
    unittest.main()


class Relatives(unittest.TestCase):
    def test_a_word_stands_in_a_text_as_a_lemma_or_at_the_beginning_of_a_word(self) -> None:
        cases = [
            ("차", set(), "연차를 낸다", False),
            ("차", {"차"}, "차를 낸다", True),
            ("데이터", set(), "데이터센터를 옮긴다", True),
            ("센터", set(), "데이터센터를 옮긴다", False),
            ("센터", {"데이터", "센터"}, "데이터센터를 옮긴다", True),
            ("바꾸다", set(), "값을 바꾸면", True),
            ("is", set(), "this", False),
            ("c++", set(), "c++ 코드", True),
        ]
        for word, lemmas, text, wanted in cases:
            self.assertEqual(stands_in(word, lemmas, text), wanted, (word, text))

    def test_own_before_relative_before_foreign(self) -> None:
        relatives = {"메일": ["이메일", "mail"]}
        self.assertEqual(understood("메일", {"메일"}, "메일", relatives), "own")
        self.assertEqual(understood("메일", set(), "이메일을 쓴다", relatives), "relative")
        self.assertEqual(understood("식물", {"식단"}, "식단을 짠다", relatives), "foreign")

    def test_the_list_that_was_judged(self) -> None:
        judged = relatives_of_words()
        self.assertGreater(len(judged), 100)
        for word, others in judged.items():
            self.assertTrue(others, word)
            self.assertNotIn(word, others)
