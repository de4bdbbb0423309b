"""How the shipped encoder is made. Nothing here is imported at run time."""
