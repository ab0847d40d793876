#!/usr/bin/python3
"""Images per second of torchvision's counterparts of single ops, one thread, on PIL images or uint8 tensors, whichever is faster.

Needs Debian's python3-torchvision.  usage: ops_torchvision.py FOLDER COUNT MEASURED

MEASURED is what PSFineTune.Benchmarks --ops printed: its records say which ops, with which settings. The pictures are
prepared and the time is taken as there; one JSON line an op is printed, with null for a rate where there is no counterpart.
"""
import glob, inspect, json, re, sys, time
import PIL, torch, torchvision
from PIL import Image
from torchvision import transforms as T

OTHER_NAMES = {"OneOf": ("RandomChoice", {"probabilities": "p"})}
REQUIRED = {"Grayscale": {"num_output_channels": 3}}  # Models expect three channels.
ON_THE_SIDE = {"is", "ops"}
SIDE = 224


def counterpart(record):
    """torchvision's transform with the record's settings, or None."""
    name, renamed = OTHER_NAMES.get(record["is"], (record["is"], {}))
    if not hasattr(T, name): return None
    known = inspect.signature(getattr(T, name).__init__).parameters
    settings = {renamed.get(key) or re.sub("([A-Z])", r"_\1", key).lower(): value for key, value in record.items() if key not in ON_THE_SIDE}
    settings = {key: translated(key, value, known[key].default) for key, value in settings.items()}
    if "ops" in record: settings["transforms"] = [counterpart(op) for op in record["ops"]]
    if "antialias" in known: settings["antialias"] = True  # PSFineTune's is, and so is PIL's.
    settings.update(REQUIRED.get(name, {}))
    return getattr(T, name)(**settings)


def translated(key, value, default):
    if key == "interpolation": return getattr(T.InterpolationMode, value.upper())
    if key == "padding_mode": return value.lower()
    if isinstance(default, float): return float(value)
    return tuple(value) if isinstance(value, list) else value


def rate(transform, images):
    """Of the best of three passes of a fixed time, after a shorter one that warms up; None where it does not take such images."""
    def one(seconds):
        began, count = time.perf_counter(), 0
        while True:
            for image in images: transform(image)
            count += len(images)
            if time.perf_counter() - began >= seconds: return count / (time.perf_counter() - began)
    try:
        one(.05)
    except (TypeError, AttributeError, RuntimeError) as wrong:
        print(f"{transform}: {wrong}", file=sys.stderr)
        return None
    return max(one(.15) for _ in range(3))


torch.set_num_threads(1)
files = sorted(glob.glob(sys.argv[1] + "/**/*.jpg", recursive=True))[:int(sys.argv[2])]
pictures = [T.CenterCrop(SIDE)(T.Resize(SIDE * 256 // 224)(Image.open(f).convert("RGB"))) for f in files]
tensors = [T.PILToTensor()(picture) for picture in pictures]
for record in (json.loads(line)["record"] for line in open(sys.argv[3])):
    transform = counterpart(record)
    rates = {kind: transform and rate(transform, images) for kind, images in (("PIL", pictures), ("uint8", tensors))}
    best = max(rates, key=lambda kind: rates[kind] or 0)
    if transform and not rates[best]: sys.exit(f"{record['is']} has a counterpart that takes neither PIL images nor tensors.")
    print(json.dumps({"op": record["is"], "images_per_second": rates[best] and round(rates[best]), "on": rates[best] and best,
                      **{kind: value and round(value) for kind, value in rates.items()},
                      "versions": f"torchvision {torchvision.__version__}, torch {torch.__version__}, Pillow {PIL.__version__}"}), flush=True)
