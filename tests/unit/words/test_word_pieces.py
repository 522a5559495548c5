"""Text into pieces, beside the tokenizer that the model was trained with."""

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece as TheirWordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from canvass.words.embedding.table import _arrays, word_pieces

TEXTS = [
    "Too much paperwork, not enough time with children!",
    "Café naïve Straße İstanbul ÇA",
    "Dŵr, ŷd a thŷ: gweithwyr cymdeithasol yng Nghaerdydd",
    "مرحبا بالعالم שלום עולם",
    "日本語のテキスト 中文 한국어",
    "👍🏽 👩‍👩‍👧 great 😀",
    "e\u0301 a\u0308\u0323 z\u0335a\u0336lgo",
    "a\u200bb\u00adc\u2028d\te\nf\u00a0g\x00h\ufffdi",
    "don't—stop… “quoted” £5 €3 ½ ² № ①",
    "x" * 100,
    "y" * 101,
    "हिन्दी ไทย",
    "supercalifragilisticexpialidocious antidisestablishmentarianism",
    "...",
    "   ",
    "",
]


@pytest.fixture(scope="module")
def theirs():
    pieces = _arrays()[1].decode().split("\n")
    model = TheirWordPiece(
        {piece: number for number, piece in enumerate(pieces)},
        unk_token="[UNK]",
        max_input_chars_per_word=100,
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True
    )
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_are_those_of_the_models_own_tokenizer(theirs, text):
    assert word_pieces().pieces(text) == theirs.encode(text, add_special_tokens=False).ids


def test_pieces_by_hand():
    pieces = word_pieces()
    vocabulary = _arrays()[1].decode().split("\n")

    assert [vocabulary[one] for one in pieces.pieces("Unsupervised caseloads!")] == [
        "un",
        "##su",
        "##per",
        "##vis",
        "##ed",
        "case",
        "##load",
        "##s",
        "!",
    ]
