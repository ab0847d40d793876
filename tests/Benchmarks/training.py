#!/usr/bin/python3
"""Training speed and memory beside PyTorch: alternating blocks, the median of the paired ratios and their spread.

usage: training.py DATA WEIGHTS PEER.py [--images 512] [--blocks 5] [--host "dotnet path/PSFineTune.Host.dll"]

DATA has train/<class> and validation/<class>; PEER.py is the same job in PyTorch and prints one JSON line an epoch.
Each block trains one epoch on the same subset, each program in a process of its own. The machine's speed drifts, so
only the ratio within a pair counts; a pair in which another process took over a tenth of the time is repeated, not chosen.
"""
import json, re, shlex, statistics, tempfile
from pathlib import Path

from blocks import arguments, run, subset, undisturbed


def main():
    a = arguments()
    with tempfile.TemporaryDirectory() as folder:
        count = subset(a.data, Path(folder) / "data", a.images, 40)
        ours = shlex.split(a.host) + ["-Command", f"Import-Module PSFineTune; (Import-ImageDataset '{folder}/data' | Invoke-FineTune MobileNetV2 -Weights '{a.weights}' -Recipe Tutorial -Epochs 1).Epochs[0] | ConvertTo-Json -Compress"]
        peer = ["/usr/bin/python3", a.peer, f"{folder}/data", a.weights, "--epochs", "1"]
        run(ours, {"PSFINETUNE_WORKSPACE": f"{folder}/work"})

        def measure():
            mine, my_memory, my_noise = run(ours, {"PSFINETUNE_WORKSPACE": f"{folder}/work"})
            theirs, their_memory, their_noise = run(peer)
            mine = json.loads(re.findall(r"^{.*}$", mine, re.M)[-1]); theirs = json.loads(theirs.strip().split("\n")[-1])
            pair = {"ours": round(mine["SamplesPerSecond"], 1), "peer": theirs["train_images_per_second"], "ours_MiB": round(my_memory), "peer_MiB": round(their_memory),
                    "foreign": round(max(my_noise, their_noise), 3)}
            pair["ratio"] = round(pair["ours"] / pair["peer"], 3)
            return pair

        pairs = undisturbed(a.blocks, measure)
        ratios = sorted(p["ratio"] for p in pairs)
        print(json.dumps({"images": count, "blocks": len(pairs), "median_ratio": statistics.median(ratios), "lowest": ratios[0], "highest": ratios[-1],
                          "median_ours": statistics.median(p["ours"] for p in pairs), "median_peer": statistics.median(p["peer"] for p in pairs),
                          "peak_MiB_ours": max(p["ours_MiB"] for p in pairs), "peak_MiB_peer": max(p["peer_MiB"] for p in pairs)}))


main()
