#!/usr/bin/python3
"""Augmentation speed beside torchvision: alternating blocks, the median of the paired ratios and their spread.

usage: augment.py FOLDER PEER.py [--images 300] [--blocks 5]
       augment.py FOLDER --table FILE.md [--images 300] [--blocks 5]

PEER.py is the same chains in torchvision. In a block ours runs on one thread, then the peer, each in a process of its own
on one core, then ours on two threads and cores. With --table every op alone beside torchvision's counterpart, as Markdown.
"""
import argparse, json, os, platform, shlex, shutil, statistics, tempfile
from pathlib import Path

from blocks import MOST_FOREIGN, run, undisturbed

HERE = Path(__file__).resolve().parent
SOURCES = ("from_file", "from_decoded")
OP_IMAGES = 32  # Few enough to stay near the processor, enough that no draw is typical.


def on_cores(count, command):
    """Output by its JSON lines, and the share of the machine that was not this program's."""
    cores = ",".join(map(str, sorted(os.sched_getaffinity(0))[-count:]))
    pinned = ["taskset", "-c", cores] if shutil.which("taskset") else []
    # On one core .NET waits ten times as long before it compiles what runs often: longer than a measurement.
    text, _, foreign = run(pinned + command, {"OMP_NUM_THREADS": str(count), "MKL_NUM_THREADS": str(count), "DOTNET_TC_DelaySingleProcMultiplier": "1"})
    return [json.loads(line) for line in text.split("\n") if line.startswith("{")], round(foreign, 3)


def spread(ratios):
    ratios = sorted(r for r in ratios if r)
    return {"median_ratio": round(statistics.median(ratios), 2), "lowest": round(ratios[0], 2), "highest": round(ratios[-1], 2)} if ratios else None


def middle(rates):
    rates = [r for r in rates if r]
    return round(statistics.median(rates)) if rates else None


def chains(a):
    ours = shlex.split(a.program) + [a.folder, str(a.images)]
    peer = ["/usr/bin/python3", a.peer, a.folder, str(a.images)]

    def measure():
        runs = {"ours": on_cores(1, ours), "peer": on_cores(1, peer), "two_threads": on_cores(2, ours + ["--threads", "2"])}
        rates = {name: {line["chain"]: [line[s] for s in SOURCES] for line in lines} for name, (lines, _) in runs.items()}
        return {**rates, "foreign": max(foreign for _, foreign in runs.values())}

    blocks = undisturbed(a.blocks, measure, a.foreign)
    for chain in blocks[0]["ours"]:
        result = {"chain": chain, "images": a.images, "blocks": len(blocks)}
        for i, source in enumerate(SOURCES):
            def ratios(one, other): return [b[one][chain][i] and b[one][chain][i] / b[other][chain][i] for b in blocks]
            beside, scaling = spread(ratios("ours", "peer")), spread(ratios("two_threads", "ours"))
            result[source] = beside and {**beside, "median_ours": middle(b["ours"][chain][i] for b in blocks),
                                         "median_peer": middle(b["peer"][chain][i] for b in blocks), "two_threads_to_one": scaling}
        print(json.dumps(result), flush=True)


def table(a):
    images, seen = min(a.images, OP_IMAGES), {}
    with tempfile.TemporaryDirectory() as folder:
        measured = Path(folder) / "measured"

        def measure():
            mine, my_noise = on_cores(1, shlex.split(a.program) + [a.folder, str(images), "--ops"])
            measured.write_text("".join(json.dumps(line) + "\n" for line in mine))
            theirs, their_noise = on_cores(1, ["/usr/bin/python3", str(HERE / "ops_torchvision.py"), a.folder, str(images), str(measured)])
            seen.update(ours=mine, peer=theirs)
            return {**{name: {line["op"]: line["images_per_second"] for line in lines} for name, lines in seen.items()}, "foreign": max(my_noise, their_noise)}

        blocks = undisturbed(a.blocks, measure, a.foreign)
    rows = [row(line, blocks) for line in seen["ours"]]
    Path(a.table).parent.mkdir(parents=True, exist_ok=True)
    Path(a.table).write_text(head(seen["ours"][0]["runtime"], seen["peer"][0]["versions"], images, len(blocks), a.foreign) + "\n".join(rows) + "\n")
    print(f"{len(rows)} ops are in {a.table}.")


def row(line, blocks):
    op = line["op"]
    ours, peer = ([b[name][op] for b in blocks] for name in ("ours", "peer"))
    ratio = spread([p and o / p for o, p in zip(ours, peer)])
    cells = [f"{middle(ours):,}", f"{middle(peer):,}", f"{ratio['median_ratio']:.1f}"] if ratio else [f"{middle(ours):,}", "-", "-"]
    return f"| {op}{' *' + line['settings'] + '*' if line['settings'] else ''} | {' | '.join(cells)} |"


def head(runtime, versions, images, blocks, foreign):
    return f"""# Speed of the augmentation ops

Images per second on one thread, each op alone, on {images} decoded photos of 224 x 224 pixels; a ratio above 1 says that
PSFineTune is faster. Settings that differ from the op's defaults stand beside its name: what an op leaves out by a chance
P it never does here, other draws are as they come. PSFineTune's rates include a copy of the image, since torchvision leaves
the one it is given; torchvision is measured on PIL images and on uint8 tensors, and the faster of the two counts. A dash says
that it has no such op.

Each rate is the median of {blocks} alternating blocks of both programs, each program in a process of its own on one core;
in a block the best of three passes. The ratio is the median of the blocks' ratios, so it may differ slightly from the
quotient of the rates. Blocks in which other processes took over {foreign:.0%} of the machine were repeated.

Measured on {processor()} with {runtime} and {versions}.
Made by `tests/Benchmarks/augment.py FOLDER --table FILE`; other processors give other numbers.

| op | PSFineTune, images/s | torchvision, images/s | ratio |
|---|---:|---:|---:|
"""


def processor():
    fields = dict(tuple(part.strip() for part in line.split(":", 1)) for line in Path("/proc/cpuinfo").read_text().split("\n") if ":" in line)
    widest = next((name for flag, name in (("avx512f", ", AVX-512"), ("avx2", ", AVX2")) if flag in fields.get("flags", "").split()), "")
    return f"{fields.get('model name', platform.machine())} ({platform.machine()}){widest}"


def main():
    a = argparse.ArgumentParser()
    a.add_argument("folder"); a.add_argument("peer", nargs="?"); a.add_argument("--table")
    a.add_argument("--images", type=int, default=300); a.add_argument("--blocks", type=int, default=5)
    a.add_argument("--foreign", type=float, default=MOST_FOREIGN, help="the most of the machine that others may use; only a trial has more than a tenth")
    a.add_argument("--program", default=f"dotnet {HERE.parents[1]}/artifacts/bin/PSFineTune.Benchmarks/debug/PSFineTune.Benchmarks.dll")
    usage, a = a.format_usage(), a.parse_intermixed_args()
    if not a.peer and not a.table: raise SystemExit(usage)
    if a.peer: chains(a)
    if a.table: table(a)


main()
