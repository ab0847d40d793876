"""Grad-CAM (https://arxiv.org/abs/1610.02391) by PyTorch's autograd, of two networks with weights by FilledWeights' rule.

Writes gradcam.json beside this file. Made with PyTorch 1.13.1 (Debian): python3 gradcam.py
"""
import json
import math
import pathlib
import zlib

import torch
from torch import nn
from torch.nn import functional as F


class Shortcut(nn.Module):
    """Option A of the ResNet paper for CIFAR: every other point, channels of zeros around."""

    def __init__(self, width):
        super().__init__()
        self.width = width

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.width // 4, self.width // 4))


class Basic(nn.Module):
    def __init__(self, channels, width, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        self.shortcut = nn.Identity() if channels == width else Shortcut(width)

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.shortcut(x))


class ResNet20(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*[Basic(16, 16, 1) for _ in range(3)])
        self.layer2 = nn.Sequential(Basic(16, 32, 2), Basic(32, 32, 1), Basic(32, 32, 1))
        self.layer3 = nn.Sequential(Basic(32, 64, 2), Basic(64, 64, 1), Basic(64, 64, 1))
        self.linear = nn.Linear(64, classes)

    def steps(self):
        stem = lambda x: F.relu(self.bn1(self.conv1(x)))
        return [("stem", stem), ("stage1", self.layer1), ("stage2", self.layer2), ("stage3", self.layer3)], lambda x: self.linear(x.mean((2, 3)))


def conv_norm(channels, output, kernel, stride, groups):
    return nn.Sequential(nn.Conv2d(channels, output, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(output), nn.ReLU6())


class Inverted(nn.Module):
    def __init__(self, channels, output, expansion, stride):
        super().__init__()
        hidden = channels * expansion
        first = [conv_norm(channels, hidden, 1, 1, 1)] if expansion != 1 else []
        self.conv = nn.Sequential(*first, conv_norm(hidden, hidden, 3, stride, hidden), nn.Conv2d(hidden, output, 1, bias=False), nn.BatchNorm2d(output))
        self.adds = stride == 1 and channels == output

    def forward(self, x):
        return x + self.conv(x) if self.adds else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, classes):
        super().__init__()
        layers, channels, self.ends = [conv_norm(3, 32, 3, 2, 1)], 32, []
        for expansion, output, blocks, stride in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
            for block in range(blocks):
                layers.append(Inverted(channels, output, expansion, stride if block == 0 else 1))
                channels = output
            self.ends.append(len(layers))
        layers.append(conv_norm(320, 1280, 1, 1, 1))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, classes))

    def steps(self):
        starts = [1] + self.ends[:-1]
        ends = self.ends[:-1] + [len(self.features)]
        stages = [(f"stage{stage + 1}", self.features[start:end]) for stage, (start, end) in enumerate(zip(starts, ends))]
        return [("stem", self.features[:1])] + stages, lambda x: self.classifier(x.mean((2, 3)))


def fill(network):
    norms = {name.rsplit(".", 1)[0] for name in network.state_dict() if name.endswith("running_mean")}
    for name, values in network.state_dict().items():
        if values.dim() == 0:
            continue
        scale = 0.5 / math.sqrt(values.numel() / values.shape[0]) if values.dim() > 1 else 0.1
        phase = zlib.crc32(name.encode()) % 1000
        filled = scale * torch.sin(0.37 * torch.arange(values.numel(), dtype=torch.float64) + phase)
        if name.endswith(".weight") and name.rsplit(".", 1)[0] in norms:
            filled = 1 + filled
        elif name.endswith("running_var"):
            filled = 1 + filled.abs()
        values.copy_(filled.reshape(values.shape))


def cams(network, size, label):
    network.eval()
    x = torch.sin(0.01 * torch.arange(3 * size * size, dtype=torch.float64)).reshape(1, 3, size, size).float()
    steps, head = network.steps()
    maps = []
    for name, step in steps:
        x = step(x)
        x.retain_grad() if x.requires_grad else x.requires_grad_()
        maps.append((name, x))
    head(x)[0, label].backward()
    found = {}
    for name, values in maps:
        heat = F.relu((values.grad.mean((2, 3), keepdim=True) * values).sum(1))[0].detach()
        found[name] = {"width": heat.shape[1], "height": heat.shape[0], "most": heat.max().item(),
                       "values": [round(value, 6) for value in (heat / heat.max()).flatten().tolist()] if heat.max() > 0 else [0.0] * heat.numel()}
    return found


def main():
    torch.set_num_threads(1)
    golden = {}
    for network, size, label, kept in [(ResNet20(10), 32, 4, ("stage2", "stage3")), (MobileNetV2(10), 96, 0, ("stage4", "stage7"))]:
        with torch.no_grad():
            fill(network)
        found = cams(network, size, label)
        golden[type(network).__name__] = {"size": size, "label": label, "maps": {name: found[name] for name in kept}}
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1, separators=(",", ": ")).replace(",\n     ", ", ") + "\n")


main()
