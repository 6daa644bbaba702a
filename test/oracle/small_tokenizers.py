"""Tokenizers as each family has them, trained on a few sentences of our own."""

import json
from collections import Counter
from collections.abc import Iterable

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertTokenizer,
    DistilBertTokenizer,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
    RobertaTokenizer,
    XLMRobertaTokenizer,
)

from sentences import TRAINING

BERT_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
FAIRSEQ_SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
PIXIE_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def wordpiece(
    max_length: int, *, lower_case: bool, strip_accents: bool | None, distilled: bool = False, pieces: int = 520
) -> PreTrainedTokenizerBase:
    """BERT's WordPiece. With `lower_case` and `strip_accents=None` Hangul comes apart into its letters (NFD)."""
    normalizer = normalizers.BertNormalizer(lowercase=lower_case, strip_accents=strip_accents)
    splitter = pre_tokenizers.BertPreTokenizer()
    words = [word for text in TRAINING for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(text))]
    found = frequent_pieces(words, pieces - len(BERT_SPECIAL), continuing="##")
    vocab = {piece: index for index, piece in enumerate([*BERT_SPECIAL, *found])}
    family = DistilBertTokenizer if distilled else BertTokenizer
    return family(
        vocab=vocab,
        do_lower_case=lower_case,
        strip_accents=strip_accents,
        model_max_length=max_length,
    )


def roberta_bpe(max_length: int, pieces: int = 420) -> PreTrainedTokenizerBase:
    """RoBERTa's byte-level BPE: ids 0 to 3 are special, `<mask>` is the last one and takes the space before it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.train_from_iterator(TRAINING, bpe_trainer(pieces - 1, FAIRSEQ_SPECIAL))
    vocab = by_id(tokenizer)
    vocab["<mask>"] = len(vocab)
    return RobertaTokenizer(
        vocab=vocab,
        merges=merges_of(tokenizer),
        mask_token=AddedToken("<mask>", lstrip=True, special=True),
        model_max_length=max_length,
    )


def xlm_roberta_unigram(max_length: int, pieces: int = 400) -> PreTrainedTokenizerBase:
    """XLM-RoBERTa's Unigram pieces with `▁`, as transformers builds them."""
    vocab = unigram_pieces(pieces)
    return XLMRobertaTokenizer(
        vocab=[*vocab, ("<mask>", 0.0)],
        mask_token=AddedToken("<mask>", lstrip=True, special=True),
        model_max_length=max_length,
    )


def plain_unigram(max_length: int, pieces: int = 400) -> PreTrainedTokenizerBase:
    """The same kind as tokenizer.json alone describes it: NFKC, runs of spaces joined, a template for `<s>`."""
    tokenizer = Tokenizer(models.Unigram([*unigram_pieces(pieces), ("<mask>", 0.0)], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token=AddedToken("<mask>", lstrip=True, special=True),
        model_max_length=max_length,
    )


def modernbert_bpe(
    max_length: int, pieces: int = 420, texts: Iterable[str] = TRAINING, *, prefix_space: bool = False
) -> PreTrainedTokenizerBase:
    """ModernBERT's byte-level BPE with BERT's special tokens, of exactly `pieces` entries, NFC first."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix_space)
    tokenizer.train_from_iterator(texts, bpe_trainer(pieces, PIXIE_SPECIAL))
    filled = Tokenizer(models.BPE(vocab=filled_up(by_id(tokenizer), pieces), merges=merges_of(tokenizer)))
    filled.normalizer = tokenizer.normalizer
    filled.pre_tokenizer = tokenizer.pre_tokenizer
    filled.decoder = decoders.ByteLevel()
    filled.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=filled,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token=AddedToken("[MASK]", lstrip=True, special=True),
        model_max_length=max_length,
    )


def bpe_trainer(pieces: int, special: list[str]) -> trainers.BpeTrainer:
    return trainers.BpeTrainer(
        vocab_size=pieces,
        special_tokens=special,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )


def unigram_pieces(pieces: int) -> list[tuple[str, float]]:
    """Fairseq's special tokens, then pieces with scores as a Unigram model has them: longer ones are likelier."""
    words = ["▁" + word for text in TRAINING for word in text.split()]
    found = sorted(frequent_pieces(words, pieces - len(FAIRSEQ_SPECIAL) - 1), key=lambda piece: (len(piece), piece))
    scored = [(piece, round(-9.0 + 0.75 * len(piece) - 0.004 * place, 6)) for place, piece in enumerate(found)]
    return [*((token, 0.0) for token in FAIRSEQ_SPECIAL), *scored]


def frequent_pieces(words: list[str], most: int, continuing: str = "") -> list[str]:
    """Characters first, then longer pieces, by how much text they cover.

    The library's trainers of WordPiece and Unigram are not used: their results differ from run to run.
    """
    counts: Counter[str] = Counter()
    for word in words:
        for start in range(len(word)):
            mark = continuing if start > 0 else ""
            counts.update(mark + word[start:end] for end in range(start + 1, min(len(word), start + 5) + 1))
    ranked = sorted(counts, key=lambda piece: (-counts[piece] * len(piece.removeprefix(continuing)), piece))
    characters = [piece for piece in ranked if len(piece.removeprefix(continuing)) == 1][: most * 2 // 3]
    longer = [piece for piece in ranked if len(piece.removeprefix(continuing)) > 1]
    return sorted([*characters, *longer[: most - len(characters)]])


def by_id(tokenizer: Tokenizer) -> dict[str, int]:
    return dict(sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1]))


def merges_of(tokenizer: Tokenizer) -> list[tuple[str, str]]:
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    return [tuple(merge) if isinstance(merge, list) else tuple(merge.split(" ")) for merge in merges]


def filled_up(vocab: dict[str, int], pieces: int) -> dict[str, int]:
    """Entries that no merge makes, up to the wanted number: what a short training text leaves open."""
    filled = dict(vocab)
    while len(filled) < pieces:
        filled[f"Ġunused{len(filled)}"] = len(filled)
    return filled
