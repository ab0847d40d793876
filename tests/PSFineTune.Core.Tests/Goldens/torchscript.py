#!/usr/bin/python3
"""Small TorchScript programs, with the features that torch computes by them. Needs Debian's python3-torch (1.13).

usage: torchscript.py > torchscript.json
"""
import base64, io, json, sys
sys.path.pop(0)
import torch

torch.manual_seed(3)

class Net(torch.nn.Module):
    def __init__(self, pooled: bool):
        super().__init__()
        self.pooled = pooled
        self.conv1 = torch.nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.bn1 = torch.nn.BatchNorm2d(6)
        self.conv2 = torch.nn.Conv2d(6, 8, 3, stride=2, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return x.mean((2, 3)) if self.pooled else x

class Pair(torch.nn.Module):
    def forward(self, x): return x.mean()

def add(name, module, features):
    out = io.BytesIO(); torch.jit.save(module, out)
    cases.append(dict(name=name, file=base64.b64encode(out.getvalue()).decode(), features=features))

cases = []
images = torch.arange(2 * 3 * 16 * 16.).remainder(97).reshape(2, 3, 16, 16) / 97
for name, pooled in (("scripted", True), ("maps", False)):
    net = Net(pooled).eval()
    with torch.no_grad(): made = net(images)
    add(name, torch.jit.script(net), (made if pooled else made.mean((2, 3))).reshape(-1).tolist())
net = Net(True).eval()
with torch.no_grad(): add("traced", torch.jit.trace(net, images), net(images).reshape(-1).tolist())
add("single", torch.jit.script(Pair()), [])
json.dump(dict(cases=cases), sys.stdout, indent=1)
print()
