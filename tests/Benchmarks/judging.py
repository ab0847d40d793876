#!/usr/bin/python3
"""A whole evaluation beside scikit-learn: alternating blocks, the median of the paired ratios and their spread.

usage: judging.py [--samples 100000] [--classes 10] [--blocks 5] [--most .1] [--ours "dotnet path/PSFineTune.Benchmarks.dll"]
       judging.py --peer FILE

Both read the same labels and probabilities and measure accuracy, top 3, precision, recall and F1 of each class and their averages, the
confusion matrix, log loss, Brier score, calibration error and the area under each class's ROC curve; the best of three passes counts.
scikit-learn has no intervals: ours, of 2,000 resamples, are timed apart. --most is the share of the time that other processes may
have taken of a block that is kept.
"""
import argparse, json, re, shlex, statistics, sys, tempfile, time
from pathlib import Path


def peer(file):
    import numpy as np
    from sklearn import metrics
    with open(file, "rb") as f:
        n, classes = np.fromfile(f, np.int32, 2)
        labels = np.fromfile(f, np.int32, n)
        p = np.fromfile(f, np.float32).reshape(n, classes)
    every = list(range(classes))
    for _ in range(3):
        start = time.perf_counter()
        predicted = p.argmax(1)
        metrics.top_k_accuracy_score(labels, p, k=min(3, classes - 1), labels=every)
        metrics.precision_recall_fscore_support(labels, predicted, labels=every, zero_division=0)
        f1 = metrics.precision_recall_fscore_support(labels, predicted, average="macro", zero_division=0)[2]
        metrics.precision_recall_fscore_support(labels, predicted, average="weighted", zero_division=0)
        metrics.confusion_matrix(labels, predicted, labels=every)
        loss = metrics.log_loss(labels, p, labels=every)
        truth = np.zeros(p.shape, np.float32)
        truth[np.arange(n), labels] = 1
        ((p - truth) ** 2).sum(1).mean()
        confidence, hit = p.max(1), predicted == labels
        bins = np.clip(np.ceil(confidence * 15) - 1, 0, 14).astype(int)
        sum(abs(hit[bins == b].sum() - confidence[bins == b].sum()) for b in range(15)) / n
        area = np.mean([metrics.roc_auc_score(labels == c, p[:, c]) for c in every])
        accuracy = metrics.accuracy_score(labels, predicted)
        print(json.dumps({"seconds": round(time.perf_counter() - start, 4), "accuracy": accuracy, "macro_f1": f1, "log_loss": float(loss), "area": float(area)}))


def main():
    from blocks import run, undisturbed
    import numpy as np
    a = argparse.ArgumentParser()
    a.add_argument("--samples", type=int, default=100000); a.add_argument("--classes", type=int, default=10)
    a.add_argument("--blocks", type=int, default=5); a.add_argument("--most", type=float, default=.1)
    here = Path(__file__).resolve().parent
    a.add_argument("--ours", default=f"dotnet {here.parents[1]}/artifacts/bin/PSFineTune.Benchmarks/debug/PSFineTune.Benchmarks.dll")
    a = a.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        draw, file = np.random.default_rng(1), f"{folder}/scores.bin"
        labels = draw.integers(0, a.classes, a.samples).astype(np.int32)
        logits = draw.normal(size=(a.samples, a.classes)).astype(np.float32) * 2
        logits[np.arange(a.samples), labels] += 4
        p = np.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        with open(file, "wb") as f:
            for part in (np.array(p.shape, np.int32), labels, p.astype(np.float32)):
                part.tofile(f)
        passes = lambda text: [json.loads(line) for line in re.findall(r"^{.*}$", text, re.M)]

        def measure():
            (mine, my_memory, my_noise), (theirs, their_memory, their_noise) = run(shlex.split(a.ours) + [file, "--judge"]), run(["/usr/bin/python3", str(here / "judging.py"), "--peer", file])
            mine, theirs = passes(mine), passes(theirs)
            for name in ("accuracy", "macro_f1", "log_loss", "area"):
                assert abs(mine[0][name] - theirs[0][name]) < 1e-5, (name, mine[0], theirs[0])
            best, other = min(one["seconds"] for one in mine), min(one["seconds"] for one in theirs)
            return {"ours": best, "peer": other, "ratio": round(other / best, 3), "intervals": min(one["intervals"] for one in mine),
                    "ours_MiB": round(my_memory), "peer_MiB": round(their_memory), "foreign": round(max(my_noise, their_noise), 3)}

        pairs = undisturbed(a.blocks, measure, a.most)
    ratios = sorted(one["ratio"] for one in pairs)
    print(json.dumps({"samples": a.samples, "classes": a.classes, "blocks": len(pairs), "median_ratio": statistics.median(ratios), "lowest": ratios[0], "highest": ratios[-1],
                      "median_seconds_ours": statistics.median(one["ours"] for one in pairs), "median_seconds_peer": statistics.median(one["peer"] for one in pairs),
                      "median_seconds_intervals": statistics.median(one["intervals"] for one in pairs),
                      "peak_MiB_ours": max(one["ours_MiB"] for one in pairs), "peak_MiB_peer": max(one["peer_MiB"] for one in pairs)}))


if len(sys.argv) == 3 and sys.argv[1] == "--peer":
    peer(sys.argv[2])
else:
    main()
