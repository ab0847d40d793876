#!/usr/bin/python3
"""Wall clock of whole trainings beside PyTorch: alternating blocks, the median of the paired ratios and their spread.

usage: recipes.py DATA WEIGHTS PEER.py [--images 512] [--blocks 5] [--host "dotnet path/PSFineTune.Host.dll"]

DATA has train/<class> and validation/<class>; PEER.py is the same job in PyTorch and prints one JSON line an epoch.
HeadOnly: 5 epochs beside 5 of the peer with --freeze. Fast: its whole run, and its start until the linear probe is judged,
beside 5 epochs of the peer. The peer is run for one epoch, which counts five times: its epochs are alike. Every program starts anew, in a workspace of its own, and its start and
its reading of the data count, but the peer's does only from its first batch on. A subset with one validation image for nine
to train on; what takes the same time for any data weighs more on it than on all of them.
"""
import json, re, shlex, shutil, statistics, tempfile, time
from pathlib import Path

from blocks import arguments, run, subset, undisturbed

EPOCHS = 5


def main():
    a = arguments()
    with tempfile.TemporaryDirectory() as folder:
        count = subset(a.data, Path(folder) / "data", a.images, a.images // 9)

        def ours(recipe, epochs):
            script = (f"$began = [DateTime]::UtcNow; Import-Module PSFineTune; $run = Import-ImageDataset '{folder}/data' | Invoke-FineTune MobileNetV2 -Weights '{a.weights}' -Recipe {recipe}"
                      f" -Epochs {epochs} -Verbose 4>&1 | ForEach-Object {{ if ($_ -is [PSFineTune.Training.RunRecord]) {{ $_ }} elseif (\"$_\" -match 'linear probe') {{ [Console]::Out.WriteLine('probe ' + ([DateTime]::UtcNow - $began).TotalSeconds) }} }};"
                      " [Console]::Out.WriteLine('accuracy ' + $run.Accuracy)")
            shutil.rmtree(f"{folder}/work", ignore_errors=True)
            began = time.time()
            text, _, noise = run(shlex.split(a.host) + ["-Command", script], {"PSFINETUNE_WORKSPACE": f"{folder}/work"})
            return time.time() - began, text, noise

        def peer(*options):
            text, _, noise = run(["/usr/bin/python3", a.peer, f"{folder}/data", a.weights, *options])
            return json.loads(text.strip().split("\n")[-1]), noise

        def measure():
            head, _, n1 = ours("HeadOnly", EPOCHS)
            frozen, n2 = peer("--epochs", "1", "--freeze")
            fast, text, n3 = ours("Fast", 4)
            full, n4 = peer("--epochs", "1")
            probe = float(re.search(r"^probe (\S+)", text, re.M)[1])
            return {"head_s": round(head, 1), "peer_freeze_5_epochs_s": round(EPOCHS * frozen["seconds"], 1), "head_ratio": round(EPOCHS * frozen["seconds"] / head, 2),
                    "fast_s": round(fast, 1), "probe_s": round(probe, 1), "peer_5_epochs_s": round(EPOCHS * full["seconds"], 1),
                    "fast_ratio": round(EPOCHS * full["seconds"] / fast, 2), "probe_ratio": round(EPOCHS * full["seconds"] / probe, 2), "foreign": round(max(n1, n2, n3, n4), 3)}

        blocks = undisturbed(a.blocks, measure)
        said = {"images": count, "blocks": len(blocks)}
        for name in ("head_ratio", "fast_ratio", "probe_ratio"):
            ratios = sorted(b[name] for b in blocks)
            said[name] = {"median": statistics.median(ratios), "lowest": ratios[0], "highest": ratios[-1]}
        print(json.dumps(said))


main()
