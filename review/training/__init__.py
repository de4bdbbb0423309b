"""How the classifier of clause types was made; not needed to use it."""
