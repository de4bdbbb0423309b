"""Index: clauses become searchable."""
