#!/usr/bin/python3
"""Support vector machines beside LIBSVM and scikit-learn: alternating blocks, the median of the paired ratios and their spread.

Needs Debian's python3-sklearn and libsvm-tools.
usage: svm.py FOLDER [--blocks 5] [--threads 2] [--most .1] [--ours "dotnet path/PSFineTune.Benchmarks.dll"]

FOLDER holds TREC.train.all, TREC.test.all, stsa.binary.train and stsa.binary.test, a label and a text a line. scikit-learn makes the
features, all programs read the same files of them. Of machines with a kernel the whole program counts, from file to machine: ours
with its start, compilation and the judging of the test texts besides, svm-train without; processor_ratio is that of the processor time,
of all threads. Of linear machines LinearSVC.fit counts
and our training, each the best of its passes in a process of its own.
"""
import argparse, json, re, resource, shlex, statistics, sys, tempfile, time
from pathlib import Path

from blocks import MOST_FOREIGN, run, undisturbed

SETS = {"trec": ("TREC.train.all", "TREC.test.all"), "sst2": ("stsa.binary.train", "stsa.binary.test")}
KERNELS = {"Linear": ["-t", "0"], "Rbf": ["-t", "2", "-g", "0.01", "-c", "10"]}
PASSES = 11


def labelled(path):
    rows = [line.rstrip("\n").split(" ", 1) for line in open(path, encoding="utf-8", errors="replace", newline="\n")]
    return [r[1] for r in rows if len(r) > 1], [r[0] for r in rows if len(r) > 1]


def features(folder, into):
    from sklearn.datasets import dump_svmlight_file
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    for name, (train, test) in SETS.items():
        (texts, labels), (test_texts, test_labels) = labelled(folder / train), labelled(folder / test)
        codes = {label: i for i, label in enumerate(sorted(set(labels)))}
        for kind, terms in (("counts", CountVectorizer(binary=True, min_df=2)), ("tfidf", TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True))):
            for part, x, y in (("train", terms.fit_transform(texts), labels), ("test", terms.transform(test_texts), test_labels)):
                dump_svmlight_file(x, [codes[label] for label in y], str(into / f"{name}.{kind}.{part}"), zero_based=False)


def linear(train, test):
    """LinearSVC's passes, in this process: a JSON line each."""
    from sklearn.datasets import load_svmlight_file
    from sklearn.svm import LinearSVC
    x, y = load_svmlight_file(train)
    other, truth = load_svmlight_file(test, n_features=x.shape[1])
    for _ in range(PASSES):
        began = time.perf_counter()
        machine = LinearSVC().fit(x, y)
        print(json.dumps({"train_seconds": round(time.perf_counter() - began, 4), "accuracy": round(machine.score(other, truth), 4)}), flush=True)


def used():
    """Processor seconds of the programs that were run and ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def lines(text): return [json.loads(line) for line in re.findall(r"^{.*}$", text, re.M)]


def pair(a, folder, name, kernel):
    """One measurement of ours and of the peer."""
    kind = "tfidf" if kernel == "LinearSvm" else "counts"
    train, test = (str(folder / f"{name}.{kind}.{part}") for part in ("train", "test"))
    passes = str(PASSES if kernel == "LinearSvm" else 1)
    began, seconds = time.perf_counter(), used()
    text, memory, noise = run(shlex.split(a.ours) + [train, passes, "--svm", test, "--kernel", kernel, "--threads", str(a.threads)])
    whole, seconds = time.perf_counter() - began, used() - seconds
    mine = lines(text)
    if kernel == "LinearSvm":
        text, _, their_noise = run([sys.executable, __file__, "--linear", train, test])
        theirs = lines(text)
        best = lambda all: min(one["train_seconds"] for one in all)
        ours, peer, accuracy, vectors, peer_vectors, seconds, their_seconds = best(mine), best(theirs), theirs[0]["accuracy"], None, None, None, None
    else:
        model, out = str(folder / "model"), str(folder / "out")
        began, their_seconds = time.perf_counter(), used()
        text, _, their_noise = run(["svm-train", *KERNELS[kernel], train, model])
        ours, peer, their_seconds = whole, time.perf_counter() - began, used() - their_seconds
        peer_vectors = int((re.findall(r"Total nSV = (\d+)", text) or re.findall(r"nSV = (\d+)", text))[-1])
        said, _, _ = run(["svm-predict", test, model, out])
        accuracy, vectors = round(float(re.search(r"= ([\d.]+)%", said)[1]) / 100, 4), mine[0]["support_vectors"]
    return {"set": name, "kernel": kernel, "ours": round(ours, 4), "peer": round(peer, 4), "ratio": round(ours / peer, 3), "training_alone": mine[-1]["train_seconds"],
            "processor_ratio": seconds and round(seconds / their_seconds, 3),
            "accuracy": mine[-1]["accuracy"], "peer_accuracy": accuracy, "vectors": vectors, "peer_vectors": peer_vectors, "ours_MiB": round(memory), "foreign": round(max(noise, their_noise), 3)}


def main():
    if sys.argv[1:2] == ["--linear"]: return linear(*sys.argv[2:4])
    a = argparse.ArgumentParser()
    a.add_argument("folder"); a.add_argument("--blocks", type=int, default=5); a.add_argument("--threads", type=int, default=2)
    a.add_argument("--most", type=float, default=MOST_FOREIGN, help="the share of the machine that others may use in a block that is kept")
    a.add_argument("--ours", default=f"dotnet {Path(__file__).resolve().parents[2]}/artifacts/bin/PSFineTune.Benchmarks/debug/PSFineTune.Benchmarks.dll")
    a = a.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        features(Path(a.folder), Path(folder))
        for name in SETS:
            for kernel in [*KERNELS, "LinearSvm"]:
                blocks = undisturbed(a.blocks, lambda: pair(a, Path(folder), name, kernel), a.most)
                ratios = sorted(b["ratio"] for b in blocks)
                middle = lambda key: round(statistics.median(b[key] for b in blocks), 4)
                print(json.dumps({"set": name, "kernel": kernel, "threads": a.threads, "blocks": len(blocks), "median_time_ratio": statistics.median(ratios), "lowest": ratios[0],
                                  "highest": ratios[-1], "median_ours": middle("ours"), "median_peer": middle("peer"), "median_training_alone": middle("training_alone"),
                                  "median_processor_ratio": blocks[0]["processor_ratio"] and middle("processor_ratio"),
                                  **{key: blocks[-1][key] for key in ("accuracy", "peer_accuracy", "vectors", "peer_vectors")}}), flush=True)


main()
