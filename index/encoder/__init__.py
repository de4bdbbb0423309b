"""The sentence encoder: the model that ships, and the way it is made."""
