"""Teacher and student as plain modules: token ids in, unit vectors out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.encoder.training.vocabulary import save_tokenizer

MAX_TOKENS = 192


class Encoder(torch.nn.Module):
    """A BERT whose sentence vector is the mean of its last layer, at length one."""

    def __init__(self, bert: BertModel, tokenizer: Tokenizer, pad: int) -> None:
        super().__init__()
        self.bert = bert
        self.tokenizer = tokenizer
        self.pad = pad

    @classmethod
    def from_folder(cls, folder: Path) -> Encoder:
        """The encoder in a folder in the layout of sentence-transformers."""
        bert = BertModel(BertConfig.from_pretrained(folder), add_pooling_layer=False)
        weights = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
        bert.load_state_dict({k: v for k, v in weights.items() if not k.startswith("pooler.")}, strict=False)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(bert, tokenizer, tokenizer.get_vocab()["[PAD]"])

    @classmethod
    def from_teacher(cls, teacher: Encoder, tokenizer: Tokenizer, embeddings: NDArray[np.float32]) -> Encoder:
        """A student with the layers of the teacher and a vocabulary of its own."""
        config = BertConfig.from_dict({**teacher.bert.config.to_dict(), "vocab_size": len(embeddings), "pad_token_id": 0})
        bert = BertModel(config, add_pooling_layer=False)
        state = dict(teacher.bert.state_dict())
        state["embeddings.word_embeddings.weight"] = torch.from_numpy(embeddings)
        bert.load_state_dict(state)
        return cls(bert, tokenizer, 0)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.bert.device

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of the texts, cut to MAX_TOKENS."""
        return [e.ids[:MAX_TOKENS] for e in self.tokenizer.encode_batch_fast(list(texts))]

    def forward(self, ids: Sequence[Sequence[int]]) -> torch.Tensor:
        """Unit vectors of tokenized texts, shape (texts, dimensions), in single precision."""
        longest = max(map(len, ids))
        padded = torch.full((len(ids), longest), self.pad, dtype=torch.long)
        mask = torch.zeros((len(ids), longest), dtype=torch.long)
        for i, row in enumerate(ids):
            padded[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = 1
        padded, mask = padded.to(self.device), mask.to(self.device)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            hidden = self.bert(input_ids=padded, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).float()
        mean = (hidden.float() * weight).sum(1) / weight.sum(1)
        return torch.nn.functional.normalize(mean, dim=-1)

    def encode(self, texts: Sequence[str], batch: int = 64) -> NDArray[np.float32]:
        """Unit vectors of texts, without gradients, shape (texts, dimensions)."""
        ids = self.ids(texts)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.empty((len(ids), self.bert.config.hidden_size), dtype=np.float32)
        self.eval()
        with torch.inference_mode():
            for begin in range(0, len(order), batch):
                part = order[begin : begin + batch]
                out[part] = self([ids[i] for i in part]).cpu().numpy()
        return out

    def save(self, folder: Path) -> None:
        """Write a folder that SentenceTransformer(folder) loads: half-precision safetensors, plain JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {k: v.half().contiguous().cpu() for k, v in self.bert.state_dict().items() if not k.endswith("position_ids")}
        width = self.bert.config.hidden_size  # an unused pooler, so that nothing is missed when the model is loaded
        state |= {"pooler.dense.weight": torch.zeros(width, width).half(), "pooler.dense.bias": torch.zeros(width).half()}
        save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
        config = self.bert.config.to_dict()
        config |= {"architectures": ["BertModel"], "dtype": "float32", "_name_or_path": ""}
        (folder / "config.json").write_text(json.dumps(config, indent=2, default=str) + "\n", encoding="utf-8")
        save_tokenizer(self.tokenizer, folder)
        pooling = {"word_embedding_dimension": self.bert.config.hidden_size, "pooling_mode_mean_tokens": True}
        (folder / "1_Pooling").mkdir(exist_ok=True)
        (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling, indent=2) + "\n", encoding="utf-8")
        modules = [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ]
        (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
        (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 256}) + "\n", encoding="utf-8")
