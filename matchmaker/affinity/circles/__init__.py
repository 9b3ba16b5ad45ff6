"""Giving circles: A helps B, B helps C, C helps A, where no pair would serve them as well."""

from matchmaker.affinity.circles.proposal import Circle, CircleChoice, propose_circles

__all__ = ["Circle", "CircleChoice", "propose_circles"]
