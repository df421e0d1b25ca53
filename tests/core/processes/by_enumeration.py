"""Entropies from the probabilities of all words, written straight from the definitions."""

import numpy as np


def entropy(probabilities):
    p = np.asarray(probabilities).ravel()
    p = p[p > 0]
    return float(-(p * np.log2(p)).sum())


def words_from(T, start, length):
    """Pr(word, state after it): one row for each word."""
    rows = np.atleast_2d(start)
    for _ in range(length):
        rows = np.concatenate([rows @ matrix for matrix in T])
        rows = rows[rows.sum(axis=1) > 0]
    return rows


def words_ahead(T, length):
    """Pr(word | state before it): one row for each word."""
    rows = np.ones((1, T.shape[1]))
    for _ in range(length):
        rows = np.concatenate([rows @ matrix.T for matrix in T])
        rows = rows[rows.sum(axis=1) > 0]
    return rows


def block_entropy(T, pi, length):
    return entropy(words_from(T, pi, length).sum(axis=1))


def state_entropy_given(T, pi, before, after=0):
    """H[S_L | X_0:N] with L = before and N = before + after."""
    past, future = words_from(T, pi, before), words_ahead(T, after)
    joint = past[:, None, :] * future[None, :, :]
    return entropy(joint) - entropy(joint.sum(axis=2))
