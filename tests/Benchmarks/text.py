#!/usr/bin/python3
"""Text classification beside scikit-learn, svm-train and jieba: alternating blocks, each job's accuracy, the median of the
paired ratios of its times and their spread.

usage: text.py ASSETS/text ASSETS/vocab/jieba PEER.py [--blocks 5] [--jobs NAME,...] [--host "dotnet path/PSFineTune.Host.dll"]

PEER.py is the same jobs with those programs and prints one JSON line a job. Times are without the start of a process and the
loading of dictionaries, on both sides, and ours those of a process that has done it for ten seconds, for what compiles as it
runs is slow at first (first_time); reading the file counts for the titles alone, as PEER.py has it. Our runs are also judged, stored and verified.
"""
import argparse, json, re, shlex, statistics
from pathlib import Path

from blocks import run, undisturbed

HERE = Path(__file__).resolve().parent
TFIDF = {"Tokens": "PatternTokens", "NGram": [1, 2], "MinDocuments": 2, "Weighting": {"TfIdf": {"Sublinear": True}}}
BINARY = {"Tokens": "PatternTokens", "MinDocuments": 2, "Weighting": "Binary"}


def jobs(texts, dictionary):
    """Name, training file, file to judge, model, pipeline, class file, and the peer's name for it."""
    sets = {"trec": ("sent-conv/TREC.train.all", "sent-conv/TREC.test.all"), "sst2": ("sent-conv/stsa.binary.train", "sent-conv/stsa.binary.test")}
    for name, (train, test) in sets.items():
        files = [f"{texts}/{train}", f"{texts}/{test}"]
        yield f"{name} LinearSvm", *files, "LinearSvm", TFIDF, None, f"{name} tfidf(1,2) LinearSVC"
        for scorer, peer in (("ChiSquareCounts", "chi2"), ("InformationGain", "mutual information")):
            yield f"{name} {scorer} 1000 LinearSvm", *files, "LinearSvm", {**BINARY, "Selector": scorer, "K": 1000}, None, f"{name} {peer} top 1000 LinearSVC"
        yield f"{name} Svm linear", *files, "Svm", BINARY, None, f"{name} svm-train linear"
        yield f"{name} Svm rbf", *files, {"Svm": {"Kernel": {"RbfKernel": {"Gamma": 0.01}}, "C": 10}}, BINARY, None, f"{name} svm-train rbf"
    titles = f"{texts}/thucnews-titles"
    yield ("titles LinearSvm", f"{titles}/dev.txt", f"{titles}/test.txt", "LinearSvm",
           {"Language": "zh", "Dictionary": dictionary, "MinDocuments": 2, "Weighting": {"TfIdf": {"Sublinear": True}}}, f"{titles}/class.txt", "thucnews titles, from file to score: jieba tfidf LinearSVC")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("texts"); a.add_argument("dictionary"); a.add_argument("peer")
    a.add_argument("--blocks", type=int, default=5); a.add_argument("--jobs", default="")
    a.add_argument("--host", default=f"dotnet {HERE.parents[1]}/artifacts/bin/PSFineTune.Host/debug/PSFineTune.Host.dll")
    a = a.parse_args()
    wanted = [job for job in jobs(a.texts, a.dictionary) if not a.jobs or job[0] in a.jobs.split(",")]

    def ours(train, test, model, pipeline, classes):
        command = [*shlex.split(a.host), str(HERE / "text.ps1"), "-Train", train, "-Test", test, "-Model", json.dumps(model), "-Pipeline", json.dumps(pipeline)]
        text, memory, noise = run(command + (["-ClassFile", classes] if classes else []))
        return {**json.loads(text.strip().split("\n")[-1]), "mib": round(memory)}, noise

    def measure():
        text, _, worst = run(["/usr/bin/python3", a.peer, a.texts])
        theirs, block = {line["job"]: line for line in map(json.loads, (l for l in text.split("\n") if l.startswith("{")))}, {}
        for name, train, test, model, pipeline, classes, peer in wanted:
            mine, noise = ours(train, test, model, pipeline, classes)
            other, worst = theirs[peer], max(worst, noise)
            score = other.get("accuracy") or round(float(re.search(r"([\d.]+)%", other["svm_predict"])[1]) / 100, 4)
            seconds = mine["seconds"] if "titles" in name else round(mine["seconds"] - mine["read"], 3)
            block[name] = {"accuracy": mine["accuracy"], "macro_f1": mine["macro_f1"], "seconds": seconds, "first_time": mine["first"], "mib": mine["mib"],
                           "peer_accuracy": score, "peer_seconds": other["seconds"], "ratio": round(other["seconds"] / seconds, 2)}
        return {**block, "foreign": round(worst, 3)}

    blocks = undisturbed(a.blocks, measure)
    for name, *_ in wanted:
        ratios = sorted(block[name]["ratio"] for block in blocks)
        print(json.dumps({"job": name, "accuracy": blocks[0][name]["accuracy"], "peer_accuracy": blocks[0][name]["peer_accuracy"], "macro_f1": blocks[0][name]["macro_f1"],
                          "ratio": statistics.median(ratios), "lowest": ratios[0], "highest": ratios[-1]}))


main()
