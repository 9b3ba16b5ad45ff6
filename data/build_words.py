"""Moving the table's words to where our sentences say they belong.

A word's own vector doesn't know that at an event "drips" asks for a plumber. The words of our
sentences are moved a little so that offers come near their needs (``build_contrast.py``); words
that no sentence has stay where they are.
"""

import numpy as np
from build_contrast import Descent, fit_map
from build_sentences import Matrix, Sentences
from scipy.sparse import csr_array

from matchmaker.affinity.word_table import WordTable

DESCENT = Descent(rate=0.2, temperature=0.07)


def count_words(table: WordTable, sentences: Sentences) -> csr_array:
    """Return how much each sentence says each entry: (sentences, entries)."""
    counted = [
        table.count_words(text, language)
        for text, language in zip(sentences.texts, sentences.languages, strict=True)
    ]
    borders = np.cumsum([0, *(len(rows) for rows, _ in counted)])
    columns = np.concatenate([rows for rows, _ in counted])
    times = np.concatenate([times for _, times in counted])
    return csr_array((times, columns, borders), shape=(len(counted), len(table.weights)))


def move_words(counts: csr_array, words: Matrix, sentences: Sentences) -> Matrix:
    """Return the weighted vectors of all entries after the sentences have moved theirs.

    ``words`` (entries, dims) are the vectors times their weights.
    """
    said = np.unique(counts.indices)
    size = np.float32(np.sqrt((words[said] ** 2).sum(axis=1).mean()))
    start = words[said] / size
    rows = csr_array(counts[:, said])
    lengths = np.linalg.norm(rows @ start, axis=1)
    rows = csr_array(rows.multiply(1 / np.maximum(lengths, 1e-6)[:, None]))
    moved = words.copy()
    moved[said] = size * fit_map(rows, start, sentences, DESCENT)
    return moved
