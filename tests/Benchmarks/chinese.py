#!/usr/bin/python3
"""Chinese words and parts of speech beside jieba's: characters per second of one thread, in alternating blocks.

usage: chinese.py TITLES FOLDER [--blocks 5] [--most .1]   FOLDER has jieba's dict.txt and its tables as JSON.
"""
import argparse, json, statistics
from pathlib import Path
from blocks import run, undisturbed

here = Path(__file__).resolve().parent
a = argparse.ArgumentParser()
a.add_argument("titles"); a.add_argument("folder"); a.add_argument("--blocks", type=int, default=5); a.add_argument("--most", type=float, default=.1)
given = a.parse_args()
OURS = ["dotnet", str(here.parents[1] / "artifacts/bin/PSFineTune.Benchmarks/debug/PSFineTune.Benchmarks.dll"), given.titles, "--chinese", given.folder]
JIEBA = ["/usr/bin/python3", str(here / "chinese_jieba.py"), given.titles, given.folder]


def measured(command):
    text, _, foreign = run(command)
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    rates = {line["what"]: line["characters_per_second"] for line in lines if "characters_per_second" in line}
    reads = {f"read {line['what']}": line["read_in_seconds"] for line in lines if "read_in_seconds" in line}
    return rates, {**reads, **{f"MiB {line['what']}": line["mebibytes"] for line in lines if "mebibytes" in line}}, foreign


def block():
    ours, read, foreign = measured(OURS)
    theirs, read_theirs, foreign_theirs = measured(JIEBA)
    return {"ours": ours, "jieba": theirs, **{f"{what} ratio": round(ours[what] / theirs[what], 2) for what in theirs}, "read": read, "read_jieba": read_theirs,
            "foreign": round(max(foreign, foreign_theirs), 3)}


kept = undisturbed(given.blocks, block, given.most)
for what in ("words", "tagged"):
    ratios = sorted(one[f"{what} ratio"] for one in kept)
    print(f"{what}: {statistics.median(ratios):.1f} times jieba's characters per second, median of {len(ratios)} blocks, {ratios[0]:.1f} to {ratios[-1]:.1f}")
