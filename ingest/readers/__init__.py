"""Readers: a file becomes source text, one module a format."""

from ingest.readers.text import read_text

__all__ = ["read_text"]
