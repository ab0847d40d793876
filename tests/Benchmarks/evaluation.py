#!/usr/bin/python3
"""Evaluation speed and memory beside PyTorch: alternating blocks, the median of the paired ratios and their spread.

usage: evaluation.py DATA WEIGHTS [--images 512] [--blocks 5] [--workers 0] [--most .1] [--ours "dotnet path/PSFineTune.Benchmarks.dll"]

Each block evaluates MobileNetV2 at 224 pixels on the same files, each program in a process of its own with two threads; the best of
three passes counts. --most is the share of the time that other processes may have taken of a block that is kept.
"""
import argparse, json, re, shlex, statistics
from pathlib import Path

from blocks import run, undisturbed


def main():
    a = argparse.ArgumentParser()
    a.add_argument("data"); a.add_argument("weights")
    a.add_argument("--images", type=int, default=512); a.add_argument("--blocks", type=int, default=5)
    a.add_argument("--workers", type=int, default=0); a.add_argument("--most", type=float, default=.1)
    here = Path(__file__).resolve().parent
    a.add_argument("--ours", default=f"dotnet {here.parents[1]}/artifacts/bin/PSFineTune.Benchmarks/debug/PSFineTune.Benchmarks.dll")
    a = a.parse_args()
    ours = shlex.split(a.ours) + [a.data, str(a.images), "--threads", "2", "--evaluate", a.weights]
    peer = ["/usr/bin/python3", str(here / "evaluate_torch.py"), a.data, str(a.images), a.weights, "--workers", str(a.workers)]

    def measure():
        (mine, my_memory, my_noise), (theirs, their_memory, their_noise) = run(ours), run(peer)
        passes = lambda text: [json.loads(line) for line in re.findall(r"^{.*}$", text, re.M)]
        best = lambda text: max(one["images_per_second"] for one in passes(text))
        return {"ours": best(mine), "peer": best(theirs), "ratio": round(best(mine) / best(theirs), 3), "ours_MiB": round(my_memory), "peer_MiB": round(their_memory),
                "foreign": round(max(my_noise, their_noise), 3)}

    pairs = undisturbed(a.blocks, measure, a.most)
    ratios = sorted(p["ratio"] for p in pairs)
    print(json.dumps({"images": a.images, "workers": a.workers, "blocks": len(pairs), "median_ratio": statistics.median(ratios), "lowest": ratios[0], "highest": ratios[-1],
                      "median_ours": statistics.median(p["ours"] for p in pairs), "median_peer": statistics.median(p["peer"] for p in pairs),
                      "peak_MiB_ours": max(p["ours_MiB"] for p in pairs), "peak_MiB_peer": max(p["peer_MiB"] for p in pairs)}))


main()
