#!/usr/bin/python3
"""A million rows of hashed TF-IDF and LinearSvm, from file to score: seconds and peak memory of the whole process.

usage: hashing.py [--rows 1000000] [--bits 20] [--host "dotnet path/PSFineTune.Host.dll"]

Rows are invented: a class of four decides how likely each word of a thousand is, and every fifth word is one of a million.
"""
import argparse, json, random, shlex, tempfile, time
from pathlib import Path

from blocks import run

a = argparse.ArgumentParser()
a.add_argument("--rows", type=int, default=1_000_000); a.add_argument("--bits", type=int, default=20)
a.add_argument("--host", default=f"dotnet {Path(__file__).resolve().parents[2]}/artifacts/bin/PSFineTune.Host/debug/PSFineTune.Host.dll")
a = a.parse_args()

with tempfile.TemporaryDirectory() as folder:
    draw = random.Random(1)
    shares = [[draw.random() ** 3 for _ in range(1000)] for _ in range(4)]
    table = Path(folder) / "rows.csv"
    with open(table, "w") as out:
        out.write("text,label\n")
        for row in range(a.rows):
            label = row % 4
            words = [f"w{number}" for number in draw.choices(range(1000), shares[label], k=16)] + [f"rare{draw.randrange(1_000_000)}" for _ in range(4)]
            out.write(f"{' '.join(words)},class{label}\n")
    script = (f"Import-Module PSFineTune; $watch = [Diagnostics.Stopwatch]::StartNew(); $data = Import-TextDataset '{table}' -ValidationFraction 0.1; $read = $watch.Elapsed.TotalSeconds;"
              f" $run = $data | Invoke-FineTune LinearSvm -TextPipeline (New-TextPipeline -Tokens PatternTokens -HashBits {a.bits});"
              " [Console]::Out.WriteLine((@{ accuracy = $run.Accuracy; read_s = [math]::Round($read, 1); seconds = [math]::Round($watch.Elapsed.TotalSeconds, 1) } | ConvertTo-Json -Compress))")
    text, peak, foreign = run([*shlex.split(a.host), "-Command", script], {"PSFINETUNE_WORKSPACE": f"{folder}/work"})
    print(json.dumps({"rows": a.rows, "file_mb": table.stat().st_size >> 20, **json.loads([l for l in text.split("\n") if l.startswith("{")][-1]), "peak_mib": round(peak), "foreign": round(foreign, 3)}))
