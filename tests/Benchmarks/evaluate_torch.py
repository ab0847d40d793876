#!/usr/bin/python3
"""The evaluation of MobileNetV2 in PyTorch: from files to classes, without gradients.

Needs Debian's python3-torch and python3-torchvision.
usage: evaluate_torch.py FOLDER COUNT WEIGHTS.safetensors [--threads 2] [--workers 0] [--passes 3]

The first COUNT jpg files below FOLDER in ordinal order, as PSFineTune.Benchmarks --evaluate reads them; one JSON line a pass.
"""
import argparse, glob, json, struct, time
import torch, torchvision
from PIL import Image
from torchvision import transforms as T


def safetensors(path):
    data = open(path, "rb").read()
    size, = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + size])
    kinds = {"F32": torch.float32, "I64": torch.int64}
    return {name: torch.frombuffer(bytearray(data[8 + size + e["data_offsets"][0]:8 + size + e["data_offsets"][1]]), dtype=kinds[e["dtype"]]).reshape(e["shape"])
            for name, e in header.items() if name != "__metadata__"}


class Files(torch.utils.data.Dataset):
    prepare = T.Compose([T.Resize(256), T.CenterCrop(224), T.ToTensor(), T.Normalize([.5] * 3, [.5] * 3)])

    def __init__(self, paths): self.paths = paths
    def __len__(self): return len(self.paths)
    def __getitem__(self, i): return self.prepare(Image.open(self.paths[i]).convert("RGB"))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("folder"); a.add_argument("count", type=int); a.add_argument("weights")
    a.add_argument("--threads", type=int, default=2); a.add_argument("--workers", type=int, default=0); a.add_argument("--passes", type=int, default=3)
    a = a.parse_args()
    torch.set_num_threads(a.threads)
    net = torchvision.models.mobilenet_v2()
    net.load_state_dict(safetensors(a.weights), strict=False)
    net.eval()
    files = Files(sorted(glob.glob(a.folder + "/**/*.jpg", recursive=True))[:a.count])
    for n in range(1, a.passes + 1):
        began, total = time.time(), 0
        with torch.no_grad():
            for x in torch.utils.data.DataLoader(files, 32, num_workers=a.workers): total += net(x).argmax(1).sum().item()
        print(json.dumps({"pass": n, "images": len(files), "images_per_second": round(len(files) / (time.time() - began), 1), "classes": total}), flush=True)


main()
