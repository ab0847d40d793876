#!/usr/bin/python3
"""Writes libsvm.json: small data of ours, what LIBSVM 3.24 (svm-train, svm-predict) and scikit-learn 1.2's LinearSVC make of them.

usage: libsvm.py > libsvm.json     Needs Debian's libsvm-tools and python3-sklearn.
"""
import json, random, re, subprocess, tempfile
from pathlib import Path
from sklearn.datasets import load_svmlight_file
from sklearn.svm import LinearSVC

random.seed(11)


def sample(label):
    """Twelve features of which each class likes four."""
    return {f: round(random.choice([1, 1, 0.5, random.gauss(1, .5)]), 3) for f in range(1, 13) if random.random() < (.6 if f % 3 == label else .25)}


def lines(count):
    labels = [random.choice([0, 0, 1, 2]) for _ in range(count)]
    return "".join(f"{l} " + " ".join(f"{f}:{v}" for f, v in sample(l).items()) + "\n" for l in labels)


train, test = lines(90), lines(40)
pair = "".join(l for l in train.splitlines(True) if l[0] != "2")
machines = {}
with tempfile.TemporaryDirectory() as folder:
    path = lambda name, text=None: (Path(folder) / name, text is not None and (Path(folder) / name).write_text(text))[0]
    path("train", train); path("test", test); path("pair", pair)

    def machine(options, data="train"):
        said = subprocess.run(["svm-train", *options.split(), path(data), path("model")], capture_output=True, text=True, check=True).stdout
        subprocess.run(["svm-predict", *(["-b", "1"] if "-b" in options else []), path("test"), path("model"), path("out")], check=True, capture_output=True)
        out = [l.split() for l in path("out").read_text().splitlines() if not l.startswith("labels")]
        return {"options": options, "model": path("model").read_text(), "total": int((re.findall(r"Total nSV = (\d+)", said) or ["0"])[-1]),
                "predictions": [int(o[0]) for o in out], "probabilities": [[float(p) for p in o[1:]] for o in out]}

    machines = {"linear": machine("-t 0"), "rbf": machine("-t 2 -g 0.2 -c 10"), "polynomial": machine("-t 1 -g 0.3 -r 1 -d 2"),
                "weighted": machine("-t 0 -w0 1 -w1 3 -w2 0.5"), "probability": machine("-t 2 -g 0.2 -b 1"), "pair": machine("-t 2 -g 0.2 -c 2 -b 1", "pair")}
    x, y = load_svmlight_file(str(path("train")), n_features=12)
    xp, yp = load_svmlight_file(str(path("pair")), n_features=12)
    linear = {name: LinearSVC(C=.7, tol=1e-9, max_iter=1000000).fit(a, b) for name, (a, b) in {"classes": (x, y), "pair": (xp, yp)}.items()}
print(json.dumps({"train": train, "test": test, "pairTrain": pair, "machines": machines,
                  "linear": {n: {"weights": m.coef_.tolist(), "biases": m.intercept_.tolist()} for n, m in linear.items()}}, indent=1))
