"""Rounds: who sits with whom, round after round, at tables of two or three."""

from matchmaker.affinity.rounds.seating import Round, seat_rounds

__all__ = ["Round", "seat_rounds"]
