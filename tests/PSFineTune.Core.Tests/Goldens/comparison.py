#!/usr/bin/python3
"""Writes comparison.json: McNemar's test, intervals of shares and of paired differences, and power, as scipy has them.

usage: comparison.py > comparison.json     Needs Debian's python3-numpy and python3-scipy.

The score interval is not solved in closed form here: the likelihood under each difference is maximized as it stands.
"""
import json
import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import xlogy
from scipy.stats import binom, binomtest, norm


def exact_p(first, second):
    return binomtest(min(first, second), first + second, 0.5).pvalue if first + second else 1.0


def share(hits, count, confidence):
    found = binomtest(hits, count).proportion_ci(confidence, method="exact")
    return [found.low, found.high]


def score(gained, lost, count, difference):
    same = count - gained - lost

    def cost(p):
        return -(xlogy(gained, max(0, p + difference)) + xlogy(lost, p) + xlogy(same, max(0, 1 - 2 * p - difference)))

    low, high = max(0, -difference), (1 - difference) / 2
    best = minimize_scalar(cost, bounds=(low, high), method="bounded", options={"xatol": 1e-14}).x
    # The search stays off the ends, which may be where it is best.
    best = min([best, low, high], key=cost)
    variance = count * (2 * best + difference * (1 - difference))
    return (gained - lost - count * difference) / np.sqrt(variance)


def paired(gained, lost, count, confidence):
    z, estimate = norm.ppf((1 + confidence) / 2), (gained - lost) / count
    low = brentq(lambda d: score(gained, lost, count, d) - z, -1 + 1e-9, estimate - 1e-9, xtol=1e-13)
    high = brentq(lambda d: score(gained, lost, count, d) + z, estimate + 1e-9, 1 - 1e-9, xtol=1e-13)
    return [low, high]


def power(count, differing, gain, level):
    telling = np.arange(count + 1)
    weights = binom.pmf(telling, count, differing)
    share = min(1, (differing + gain) / (2 * differing))
    total = 0.0
    for m, weight in zip(telling, weights):
        if weight < 1e-20:
            continue
        # The least count of the challenger's that is shown.
        counts = np.arange(m + 1)
        shown = counts[2 * binom.sf(counts - 1, m, 0.5) <= level * (1 + 1e-12)]
        if len(shown):
            total += weight * binom.sf(shown[0] - 1, m, share)
    return total


def detectable(count, differing, level, wanted):
    return brentq(lambda d: power(count, max(d, differing), d, level) - wanted, 1e-6, 1, xtol=1e-10)


def main():
    tests = [[b, c] for b, c in [(0, 0), (0, 1), (5, 0), (6, 0), (1, 7), (12, 5), (86, 150), (20, 40), (300, 355), (1000, 1100)]]
    shares = [(0, 30, .95), (30, 30, .95), (1, 20, .95), (17, 20, .9), (157, 180, .95), (4, 10, .95), (9870, 10000, .95), (500000, 1000000, .99)]
    pairs = [(7, 1, 21, .95), (40, 20, 160, .95), (0, 1, 44, .95), (150, 86, 1600, .95), (3, 3, 50, .95), (0, 10, 40, .9), (25, 7, 1000, .95), (8, 0, 9, .95)]
    powers = [(180, .1, .05, .05), (50, .2, .15, .05), (1000, .06, .03, .05), (30, .5, .4, .01), (300, .08, .08, .05)]
    gains = [(180, 12 / 180, .05, .8), (50, .2, .05, .8), (1000, .08, .05, .8), (100, 0, .05, .9), (60, .02, .01, .8)]
    print(json.dumps({
        "tests": [{"first": b, "second": c, "p": exact_p(b, c), "oneSided": binomtest(b, b + c, .5, alternative="greater").pvalue if b + c else 1} for b, c in tests],
        "shares": [{"hits": k, "count": n, "confidence": c, "interval": share(k, n, c)} for k, n, c in shares],
        "pairs": [{"gained": g, "lost": l, "count": n, "confidence": c, "interval": paired(g, l, n, c), "score": float(score(g, l, n, -.05))} for g, l, n, c in pairs],
        "powers": [{"count": n, "differing": f, "gain": d, "level": a, "power": float(power(n, f, d, a))} for n, f, d, a in powers],
        "gains": [{"count": n, "differing": f, "level": a, "power": w, "gain": detectable(n, f, a, w)} for n, f, a, w in gains],
        "normal": [{"x": x, "below": float(norm.cdf(x))} for x in [-30, -8, -3.5, -3, -1.96, -.5, 0, .1, 1, 2.9999, 3.1, 6]],
    }, indent=1))


main()
