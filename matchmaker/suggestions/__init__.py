"""Whom to meet and why: plans, first lists, and what people do with a suggestion."""
