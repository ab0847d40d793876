#!/usr/bin/python3
"""Writes drift.json: two groups of samples of ours, and what numpy and scipy make of them.

usage: drift.py > drift.json     Needs Debian's python3-numpy and python3-scipy.
"""
import json
import numpy as np
from scipy.spatial.distance import cdist
from scipy.stats import chi2_contingency, energy_distance

GOLDEN, MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1
SEED, PERMUTATIONS, RESAMPLES = 42, 200, 60


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def key(k, part):
    return mix((k * GOLDEN + part + GOLDEN) & MASK)


class Stream:
    """The project's counter-based random numbers."""
    def __init__(self, seed, epoch, purpose):
        self.key, self.counter = key(key(1, seed), epoch), 0
        for letter in purpose:
            self.key = key(self.key, ord(letter))

    def below(self, count):
        self.counter += 1
        return mix((self.key + self.counter * GOLDEN) & MASK) * count >> 64

    def permutation(self, count):
        order = list(range(count))
        for i in range(count - 1, 0, -1):
            j = self.below(i + 1)
            order[i], order[j] = order[j], order[i]
        return order


def measure(d, a, b):
    """Of two lists of rows: statistic by means over all pairs, effect by means over different ones."""
    n, m = len(a), len(b)
    ab, aa, bb = d[np.ix_(a, b)], d[np.ix_(a, a)], d[np.ix_(b, b)]
    energy = 2 * ab.mean() - aa.mean() - bb.mean()
    within = aa.sum() / (n * (n - 1)) + bb.sum() / (m * (m - 1))
    return n * m / (n + m) * energy, 1 - within / (2 * ab.mean())


def resampled(d, n, m, random):
    """As a bootstrap: pairs of one sample with itself count in neither sum nor mean."""
    a = np.array([random.below(n) for _ in range(n)])
    b = n + np.array([random.below(m) for _ in range(m)])
    mean = lambda rows: d[np.ix_(rows, rows)].sum() / (rows[:, None] != rows[None, :]).sum()
    return 1 - (mean(a) + mean(b)) / (2 * d[np.ix_(a, b)].mean())


def chi(labels, first):
    counts = np.array([[sum(l == c for l in part) for c in range(max(labels) + 1)] for part in (labels[:first], labels[first:])])
    counts = counts[:, counts.sum(0) > 0]
    return chi2_contingency(counts, correction=False)[0], counts


def cramer(statistic, counts):
    """Bergsma 2013, equations 7 to 9."""
    n, (r, c) = counts.sum(), counts.shape
    share = max(0, statistic / n - (r - 1) * (c - 1) / (n - 1))
    r, c = r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)
    return float(np.sqrt(share / min(r - 1, c - 1)))


rng = np.random.default_rng(5)
cases = []
for n, m, shift in ((12, 20, 0.0), (25, 14, 0.5), (9, 9, 2.0)):
    rows = np.round(rng.normal(size=(n + m, 5)), 3).astype(np.float32)
    rows[:n] += np.float32(shift)
    labels = [int(l) for l in rng.integers(0, 4, n)] + [int(l) for l in rng.integers(0, 3, m)]
    labels = [l if l < 2 else l + 1 for l in labels]
    d = cdist(rows.astype(float), rows.astype(float))
    statistic, effect = measure(d, range(n), range(n, n + m))
    squared, counts = chi(labels, n)
    orders = [Stream(SEED, at, "drift permutation").permutation(n + m) for at in range(PERMUTATIONS)]
    farther = sum(measure(d, o[:n], o[n:])[0] >= statistic * (1 - 1e-12) for o in orders)
    unlike = sum(chi([labels[row] for row in o], n)[0] >= squared * (1 - 1e-12) for o in orders)
    effects = [resampled(d, n, m, Stream(SEED, at, "drift interval")) for at in range(RESAMPLES)]
    # Of one dimension, as a check of the formula itself: scipy's is the square root of the energy distance.
    line = measure(np.abs(rows[:, :1].astype(float) - rows[:, 0].astype(float)), range(n), range(n, n + m))[0] * (n + m) / (n * m)
    assert abs(line - energy_distance(rows[:n, 0], rows[n:, 0]) ** 2) < 1e-12
    cases.append(dict(rows=[[float(v) for v in row] for row in rows], first=n, labels=labels, statistic=statistic, effect=effect, chance=(1 + farther) / (1 + PERMUTATIONS),
                      chi=squared, cramer=cramer(squared, counts), labelChance=(1 + unlike) / (1 + PERMUTATIONS), low=np.quantile(effects, .025), high=np.quantile(effects, .975)))
print(json.dumps(dict(seed=SEED, permutations=PERMUTATIONS, resamples=RESAMPLES, cases=cases)))
