"""Comparisons as files: Excel, Word, HTML and Markdown."""
