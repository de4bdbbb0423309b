"""The student's tokenizer and the first values of its embeddings."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fugashi
import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

from index.encoder.training.pairs import Pair

SIZE = 46_000  # tokens in all; 384 half-precision numbers each
ENGLISH = 19_000  # of them from the teacher, the most frequent in the training text
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
NEIGHBOURS = 4  # English pieces an embedding starts from

_SCRIPTS = r"[\p{Han}々〆〇]+|\p{Hiragana}+|[\p{Katakana}ー]+|\p{N}+"
_RUN = re.compile(r"[一-龯々〆〇㐀-䶿豈-﫿]+|[ぁ-ゟ]+|[ァ-ヿー]+")


def normalize(text: str) -> str:
    """A text as the tokenizer sees it: NFKC, small letters, accents kept."""
    return unicodedata.normalize("NFKC", text).lower()


def build_tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    """A WordPiece tokenizer that cuts at blanks, punctuation and changes of script."""
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=60))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Split(Regex(_SCRIPTS), behavior="isolated")]
    )
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    return tokenizer


def japanese_pieces(text: str, tagger: fugashi.GenericTagger) -> list[str]:
    """The MeCab words of a normalized text, cut where the script changes; ``##`` before one that goes on a run.

    >>> japanese_pieces("遅延損害金を", fugashi.Tagger("-Owakati"))
    ['遅延', '##損害', '##金', 'を']
    """
    pieces = []
    for run in _RUN.finditer(text):
        first = True
        for word in tagger.parse(run.group()).split():
            pieces.append(word if first else f"##{word}")
            first = False
    return pieces


def choose_vocabulary(pairs: Sequence[Pair], teacher: Tokenizer) -> dict[str, int]:
    """Token → id: special tokens, the teacher's English pieces in use, Japanese words and characters."""
    known = teacher.get_vocab()
    names = {i: token for token, i in known.items()}
    english: Counter[str] = Counter()
    texts = [p.en for p in pairs]
    for begin in range(0, len(texts), 10_000):
        for encoding in teacher.encode_batch_fast(texts[begin : begin + 10_000], add_special_tokens=False):
            english.update(names[i] for i in encoding.ids)
    single = [t for t in known if len(t.removeprefix("##")) == 1 and t.removeprefix("##").isascii()]
    kept = [*single, *(t for t, _ in english.most_common() if t in known and t not in SPECIAL)]
    kept = list(dict.fromkeys(kept))[:ENGLISH]
    tagger = fugashi.Tagger("-Owakati")
    words: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for pair in pairs:
        text = normalize(pair.ja)
        words.update(japanese_pieces(text, tagger))
        characters.update(c for c in text if not c.isspace() and not c.isascii())
    letters = [c for c, n in characters.most_common() if n >= 3]
    tokens = [*SPECIAL, *kept, *letters, *(f"##{c}" for c in letters)]
    tokens += [w for w, n in words.most_common() if n >= 3]
    return {token: i for i, token in enumerate(list(dict.fromkeys(tokens))[:SIZE])}


def first_embeddings(
    pairs: Sequence[Pair], tokenizer: Tokenizer, teacher: Tokenizer, weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Embeddings (tokens, dimensions): a piece of the teacher keeps its own; a new token gets the mean of the
    English pieces it keeps company with in the pairs, weighted by the square of Dice's coefficient.
    """
    vocabulary, known = tokenizer.get_vocab(), teacher.get_vocab()
    company = _company(pairs, tokenizer, teacher)
    own = np.asarray(company[0].sum(axis=0)).ravel()
    other = np.asarray(company[1].sum(axis=0)).ravel()
    together = (company[0].T @ company[1]).tocsr()
    mean, spread = weights.mean(axis=0), float(weights.std())
    rng = np.random.default_rng(0)
    out = np.empty((len(vocabulary), weights.shape[1]), dtype=np.float32)
    for token, i in vocabulary.items():
        if token in known:
            out[i] = weights[known[token]]
            continue
        row = together.getrow(i)
        dice = 2 * row.data / (own[i] + other[row.indices])
        best = np.argsort(-dice)[:NEIGHBOURS]
        if len(best) == 0:
            out[i] = mean + rng.normal(0, spread * 0.1, weights.shape[1])
            continue
        share = dice[best] ** 2
        out[i] = (share / share.sum()) @ weights[row.indices[best]]
    return out


def _company(pairs: Sequence[Pair], tokenizer: Tokenizer, teacher: Tokenizer) -> tuple[Any, Any]:
    """Which tokens stand in which pair: two sparse matrices of ones, (pairs, tokens) a language."""
    matrices = []
    for side, tok in ((0, tokenizer), (1, teacher)):
        indices: list[int] = []
        ends = [0]
        for begin in range(0, len(pairs), 10_000):
            batch = [normalize(p[side]) for p in pairs[begin : begin + 10_000]]
            for encoding in tok.encode_batch_fast(batch, add_special_tokens=False):
                indices.extend(set(encoding.ids))
                ends.append(len(indices))
        ones = np.ones(len(indices), dtype=np.float32)
        shape = (len(pairs), tok.get_vocab_size())
        matrices.append(scipy.sparse.csr_matrix((ones, indices, ends), shape=shape))
    return matrices[0], matrices[1]


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write the tokenizer as sentence-transformers loads it."""
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512, "do_lower_case": True,
        "unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]",
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
