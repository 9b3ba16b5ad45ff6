"""Event networking matchmaker: people meet the few others with whom a talk helps both."""

__version__ = "0.1.0"
