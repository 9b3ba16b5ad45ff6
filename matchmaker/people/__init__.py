"""Nouns and rules of an evening: who is who, what they offer and need, who may do what."""
