#!/usr/bin/python3
"""Writes label-errors.json: class probabilities and labels of ours, what confident learning by numpy makes of them, and a softmax regression by scikit-learn 1.2.

usage: label-errors.py > label-errors.json     Needs Debian's python3-numpy and python3-sklearn.
"""
import json
import numpy as np
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(3)
SAMPLES, CLASSES, PENALTY = 80, 4, 0.1


def confident(p, labels):
    """Northcutt, Jiang and Chuang 2021: thresholds, the calibrated confident joint, and as many of largest margin."""
    t = np.array([p[labels == c, c].mean() for c in range(CLASSES)])
    joint = np.zeros((CLASSES, CLASSES))
    for row, label in zip(p, labels):
        sure = np.where(row >= t)[0]
        if len(sure):
            joint[label, sure[np.argmax(row[sure])]] += 1
    counts = np.bincount(labels, minlength=CLASSES)
    joint = joint / np.maximum(joint.sum(1, keepdims=True), 1e-300) * counts[:, None]
    found = []
    for given in range(CLASSES):
        for other in range(CLASSES):
            rows = [r for r in range(len(labels)) if given != other and labels[r] == given and p[r].argmax() == other]
            rows.sort(key=lambda r: (p[r, given] - p[r, other], r))
            found += rows[:round(joint[given, other])]
    found.sort(key=lambda r: (p[r, labels[r]] - p[r].max(), r))
    return t, joint, found


truth = rng.integers(0, CLASSES, SAMPLES)
labels = np.where(rng.random(SAMPLES) < .2, rng.integers(0, CLASSES, SAMPLES), truth)
logits = rng.normal(size=(SAMPLES, CLASSES)) + 2.5 * np.eye(CLASSES)[truth]
p = np.exp(logits)
p = np.round(p / p.sum(1, keepdims=True), 6).astype(np.float32)
thresholds, joint, found = confident(p.astype(float), labels)

x = np.round(rng.normal(size=(SAMPLES, 6)) + 1.2 * np.eye(6)[truth % 6], 3).astype(np.float32)
train = np.arange(60)
fit = LogisticRegression(C=1 / (PENALTY * len(train)), tol=1e-10, max_iter=10000).fit(x[train], labels[train])
print(json.dumps(dict(
    classes=CLASSES, labels=[int(l) for l in labels], probabilities=[[float(v) for v in row] for row in p], thresholds=[float(v) for v in thresholds],
    joint=[[float(v) for v in row] for row in joint], found=[int(r) for r in found], features=[[float(v) for v in row] for row in x], train=[int(r) for r in train],
    penalty=PENALTY, judged=[[float(v) for v in row] for row in fit.predict_proba(x[60:])])))
