"""Ingest: a file of terms becomes a document of clauses."""
