"""Count letter trigrams of three languages into ``language_trigrams.npz``.

    python -m venv build-venv && build-venv/bin/pip install wordfreq==3.1.1 numpy
    PYTHONPATH=. build-venv/bin/python data/build_language_trigrams.py

Words and their frequencies: ``wordfreq`` (data CC BY-SA 4.0, see ``LICENSE-word-table.txt``).
Hebrew needs no counts, its letters say it. Accents are folded away before counting, so that
Vietnamese typed without tones is recognised as well as with them.
"""

from pathlib import Path

import numpy as np
import wordfreq

from matchmaker.affinity.language import TRIGRAM_LANGUAGES, TRIGRAMS, index_trigrams

WORDS = 20_000
DAMPING = 0.75
"""Exponent on word frequencies: rare words teach a language's letters too."""


def main() -> None:
    """Write the log probabilities, one row a language, in sixteenths of a nat below zero."""
    rows = []
    for language in TRIGRAM_LANGUAGES:
        counts = np.zeros(TRIGRAMS)
        for rank, word in enumerate(wordfreq.iter_wordlist(language)):
            if rank == WORDS:
                break
            frequency = wordfreq.word_frequency(word, language) ** DAMPING
            np.add.at(counts, index_trigrams(word), frequency)
        rows.append(np.log(counts / counts.sum() + 1e-6))
    sixteenths = np.clip(np.round(-16 * np.array(rows)), 0, 255).astype(np.uint8)
    target = Path(__file__).resolve().parent / "language_trigrams.npz"
    np.savez_compressed(target, sixteenths=sixteenths)
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
