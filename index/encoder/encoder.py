"""The sentence encoder at run time: the one that ships, or any other one setting names."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import YakkanError

if TYPE_CHECKING:  # its import takes seconds, so it waits until a text is encoded
    from sentence_transformers import SentenceTransformer

SHIPPED = Path(__file__).resolve().parent / "model"
SETTING = "YAKKAN_ENCODER"
BATCH = 32

Vectors = NDArray[np.float32]

# What models that need words before a text expect, where their own files do not say it.
_PROMPTS = {
    "e5": ("query: ", "passage: "),
    "ruri-v3": ("検索クエリ: ", "検索文書: "),
}


class Encoder(Protocol):
    """What the index needs of an encoder. Vectors have length one."""

    @property
    def fingerprint(self) -> str:
        """A name that changes when the vectors would."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The vector of a query, shape (dimension,)."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, shape (texts, dimension)."""
        ...


class SentenceEncoder:
    """A sentence-transformers model; it is loaded when the first text is encoded."""

    def __init__(self, name: str | None = None) -> None:
        self.name = name or os.environ.get(SETTING) or str(SHIPPED)

    @cached_property
    def fingerprint(self) -> str:
        """For a folder the hash of its files, else the name."""
        folder = Path(self.name)
        if not folder.is_dir():
            return self.name
        files = sorted(p for p in folder.rglob("*") if p.suffix in (".json", ".safetensors"))
        total = hashlib.sha256()
        for file in files:
            total.update(file.relative_to(folder).as_posix().encode())
            total.update(file.read_bytes())
        return f"{folder.name}-{total.hexdigest()[:16]}"

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_query(self, text: str) -> Vectors:
        """The vector of a query, shape (dimension,)."""
        vector: Vectors = self._encode([text], query=True)[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, shape (texts, dimension)."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._encode(texts, query=False)

    def _encode(self, texts: Sequence[str], query: bool) -> Vectors:
        prompts = next((p for part, p in _PROMPTS.items() if part in self.name.lower()), (None, None))
        encode = self._model.encode_query if query else self._model.encode_document
        vectors = encode(
            list(texts), prompt=prompts[0 if query else 1], batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        if Path(self.name).is_dir():
            os.environ["HF_HUB_OFFLINE"] = "1"  # a folder needs no hub; do not even ask for one
        import transformers
        from sentence_transformers import SentenceTransformer

        transformers.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                return SentenceTransformer(
                    self.name, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True, "dtype": "float32"}
                )
        except Exception as error:  # whatever a hub, a file or a library says, the way back is the same
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise YakkanError(
                f"the encoder {self.name} cannot be had ({reason}); unset {SETTING} to use the one that ships with Yakkan"
            ) from None
