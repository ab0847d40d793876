#!/usr/bin/python3
"""Writes evaluation.json: labels and probabilities, and what scikit-learn 1.2 measures of them; temperatures from scipy.

usage: evaluation.py > evaluation.json     Needs Debian's python3-sklearn and python3-scipy.

Probabilities are whole numbers over a power of two, so that they are exact as floats and sum to 1 exactly. Of equally probable
classes ours takes the earlier and scikit-learn's top_k_accuracy_score the later: it is given the classes in reverse. Its
log_loss cannot leave a probability of 1 as it is, so where there are zeros it is written out in numpy.
"""
import json, warnings
import numpy as np
from scipy.optimize import brentq
from sklearn import metrics

warnings.simplefilter("ignore")
draw = np.random.default_rng(7)
LEAST = 2.0 ** -23
TINY = 1.401298464324817e-45  # the least float above 0


def shares(rows, classes, whole, sharpness, labels=None, skill=0.0):
    """Rows of whole numbers that sum to `whole`; with skill the label's share is raised."""
    logits = draw.normal(size=(rows, classes)) * sharpness
    if labels is not None:
        logits[np.arange(rows), labels] += skill * sharpness
    p = np.exp(logits - logits.max(1, keepdims=True))
    counts = np.floor(p / p.sum(1, keepdims=True) * whole).astype(int)
    if whole > 1000:
        counts = np.maximum(counts, 1)
    counts[np.arange(rows), counts.argmax(1)] += whole - counts.sum(1)
    return counts


def ece(p, labels):
    confidence, hit = p.max(1), p.argmax(1) == labels
    bins = np.clip(np.ceil(confidence * 15) - 1, 0, 14).astype(int)
    return sum(abs(hit[bins == b].sum() - confidence[bins == b].sum()) for b in range(15)) / len(labels)


def area(p, labels, c):
    own = labels == c
    return None if own.all() or not own.any() else float(metrics.roc_auc_score(own, p[:, c]))


def temperature(p, labels):
    """Least log loss of softmax(log p / T): where its derivative is 0, by Brent's method."""
    z = np.log(np.maximum(p, TINY))
    z = z - z.max(1, keepdims=True)
    own = z[np.arange(len(z)), labels]

    def slope(log_t):
        b = np.exp(-log_t)
        e = np.exp(b * z)
        return ((e * z).sum(1) / e.sum(1) - own).sum()

    def loss(log_t):
        b = np.exp(-log_t)
        return (np.log(np.exp(b * z).sum(1)) - b * own).mean()

    low, high = np.log(0.01), np.log(100)
    if slope(low) * slope(high) >= 0:
        return None
    found = np.exp(brentq(slope, low, high, xtol=1e-14))
    assert loss(np.log(found)) <= min(loss(np.log(found) - 1e-3), loss(np.log(found) + 1e-3))
    return float(found)


def case(name, labels, counts, whole):
    labels, counts = np.asarray(labels), np.asarray(counts)
    p = counts / whole
    n, classes = p.shape
    predicted, every = p.argmax(1), list(range(classes))
    truth = np.eye(classes)[labels]
    per = metrics.precision_recall_fscore_support(labels, predicted, labels=every, zero_division=0)
    averages = {a: metrics.precision_recall_fscore_support(labels, predicted, average=a, zero_division=0)[:3] for a in ("macro", "weighted")}
    if counts.min() > 0 and classes > 1:
        loss = metrics.log_loss(labels, p, labels=every)
    else:
        loss = -np.log(np.maximum(p[np.arange(n), labels], LEAST)).mean()
    areas = [area(p, labels, c) for c in every]
    known = [a for a in areas if a is not None]
    if classes > 2 and len(known) == classes:
        assert np.isclose(np.mean(known), metrics.roc_auc_score(labels, p, multi_class="ovr", average="macro", labels=every), rtol=0, atol=1e-12)
    return {
        "name": name, "whole": whole, "labels": labels.tolist(), "counts": counts.tolist(),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "topK": [1.0 if k == classes else
                 metrics.accuracy_score(labels, predicted) if k == 1 else
                 metrics.top_k_accuracy_score(classes - 1 - labels, p[:, ::-1], k=k, labels=every) for k in range(1, classes + 1)],
        "precision": per[0].tolist(), "recall": per[1].tolist(), "f1": per[2].tolist(), "support": [int(s) for s in per[3]],
        "macro": list(averages["macro"]), "weighted": list(averages["weighted"]),
        "areas": areas, "macroArea": float(np.mean(known)) if known else None,
        "confusion": metrics.confusion_matrix(labels, predicted, labels=every).tolist(),
        "logLoss": float(loss), "brier": float(((p - truth) ** 2).sum(1).mean()), "calibrationError": float(ece(p, labels)),
        "temperature": temperature(p, labels) if classes > 1 else None,
    }


def drawn(name, rows, classes, whole, sharpness, skill, among=None):
    labels = draw.integers(0, classes if among is None else among, rows)
    return case(name, labels, shares(rows, classes, whole, sharpness, labels, skill), whole)


cases = [
    drawn("five classes", 300, 5, 2 ** 20, 2.0, 1.0),
    drawn("two classes", 200, 2, 2 ** 20, 1.5, 0.8),
    drawn("overconfident", 400, 4, 2 ** 22, 3.0, 0.7),
    drawn("underconfident", 400, 4, 2 ** 20, 0.4, 3.0),
    drawn("ties", 250, 4, 8, 1.0, 0.7),
    drawn("zeros and ones", 200, 6, 4, 3.0, 0.8),
    drawn("absent classes", 60, 9, 2 ** 16, 2.0, 1.5, among=4),
    case("one sample", [1], [[3, 4, 1]], 8),
    case("one sample, sure and wrong", [2], [[8, 0, 0]], 8),
    case("one class", [0, 0, 0], [[1], [1], [1]], 1),
    case("one class of three", [1, 1, 1, 1], [[1, 6, 1], [5, 2, 1], [0, 8, 0], [2, 3, 3]], 8),
    case("all as probable", [0, 1, 2, 0], [[4, 4, 4, 4]] * 4, 16),
]
print(json.dumps({"cases": cases}, indent=None, separators=(",", ":")).replace("},{", "},\n{"))
