"""Rounds: the organizer plans them, tables are drawn up just before, everybody sees their own."""
