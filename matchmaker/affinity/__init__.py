"""The matching science: whose offer answers whose need, across languages, both ways, and why.

Usable alone, from a notebook: ``MutualMatcher().fit(profiles).recommend(id)``.
"""
