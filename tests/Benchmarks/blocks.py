"""What the comparisons share: programs in processes of their own, in alternating blocks, none of them disturbed.

The machine's speed drifts, so only the ratio within a block counts; a block in which another process took over a tenth
of the time is repeated, not chosen.
"""
import argparse, json, os, shlex, subprocess, sys, tempfile, time
from pathlib import Path

MOST_FOREIGN = .1


def busy():
    """Seconds of processor time used on the whole machine so far."""
    user, nice, system, _, _, irq, soft, steal = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:9])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK"), steal / os.sysconf("SC_CLK_TCK")


def run(command, environment=None):
    """Output, peak resident MiB, and the share of the machine's used time that was not this program's."""
    (used, stolen), began = busy(), time.time()
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(child.pid, 0)
        out.seek(0)
        text = out.read()
    if status: sys.exit(f"{shlex.join(command)} failed:\n{text}")
    (used_after, stolen_after) = busy()
    foreign = (used_after - used) - (usage.ru_utime + usage.ru_stime) + (stolen_after - stolen)
    return text, usage.ru_maxrss / 1024, foreign / ((time.time() - began) * os.cpu_count())


def undisturbed(blocks, measure, most=MOST_FOREIGN):
    """That many measurements, printed as they are made; each is a dict whose "foreign" says how far it was disturbed."""
    kept, tries = [], 0
    while len(kept) < blocks and tries < 3 * blocks:
        tries += 1
        one = measure()
        if one["foreign"] > most: print(json.dumps({"disturbed, repeated": one}), flush=True); continue
        kept.append(one); print(json.dumps(one), flush=True)
    if len(kept) < blocks: sys.exit("The machine was too busy for a measurement.")
    return kept


def subset(data, into, train, validation):
    """Links to the first images of each class; the count of those to train on."""
    for split, most in (("train", train), ("validation", validation)):
        classes = sorted(p for p in (Path(data) / split).iterdir() if p.is_dir())
        for c in classes:
            (into / split / c.name).mkdir(parents=True)
            for f in sorted(c.iterdir())[:max(2, most // len(classes))]: os.symlink(f.resolve(), into / split / c.name / f.name)
    return sum(1 for _ in (into / "train").glob("*/*"))


def arguments():
    """What comparisons of trainings are told."""
    a = argparse.ArgumentParser()
    a.add_argument("data"); a.add_argument("weights"); a.add_argument("peer")
    a.add_argument("--images", type=int, default=512); a.add_argument("--blocks", type=int, default=5)
    root = Path(__file__).resolve().parents[2]
    a.add_argument("--host", default=f"dotnet {root}/artifacts/bin/PSFineTune.Host/debug/PSFineTune.Host.dll")
    return a.parse_args()
