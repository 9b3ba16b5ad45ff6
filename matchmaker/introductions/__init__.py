"""A third person brings two together, each of whom agrees first."""
