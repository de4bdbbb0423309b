"""How good the search is, measured on data written by reading."""
