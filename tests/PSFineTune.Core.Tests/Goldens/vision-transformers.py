#!/usr/bin/python3
"""Logits of torchvision's ConvNeXt and VisionTransformer at sizes that networks.json lacks. Needs Debian's python3-torchvision.

usage: vision-transformers.py > vision-transformers.json
Image and weights are those of FilledWeights.cs: x = sin(0.01 i); every tensor is scale * sin(0.37 i + crc32(name) mod 1000), scale
0.5 / sqrt(fan in) for two or more dimensions and 0.1 otherwise; norms of layers have no other rule. 10 classes, evaluation.
"resized" are those of weights for images of 224 pixels, run at another size after torchvision's interpolate_embeddings.
"names" holds a SHA-256 over the lines "name shape" in ordinal order, 1000 classes.
"""
import hashlib, json, math, zlib
import torch, torchvision
from torchvision.models.vision_transformer import VisionTransformer, interpolate_embeddings

SIZES = {"ViTTi16": (192, 3), "ViTS16": (384, 6), "ViTB16": (768, 12)}


def vit(name, classes, image=224):
    size, heads = SIZES[name]
    return VisionTransformer(image_size=image, patch_size=16, num_layers=12, num_heads=heads, hidden_dim=size, mlp_dim=4 * size, num_classes=classes)


def filled(net):
    for name, t in net.state_dict().items():
        i = torch.arange(t.numel(), dtype=torch.float64)
        scale = 0.5 / math.sqrt(t[0].numel()) if t.dim() > 1 else 0.1
        t.copy_((scale * torch.sin(0.37 * i + zlib.crc32(name.encode()) % 1000)).reshape(t.shape).float())
    return net


def golden(net, size):
    net.eval()
    i = torch.arange(3 * size * size, dtype=torch.float64)
    with torch.no_grad(): y = net(torch.sin(0.01 * i).float().reshape(1, 3, size, size))[0]
    return {"size": size, "logits": [float("%.8g" % v) for v in y.tolist()], "sum": round(y.sum().item(), 5), "abs": round(y.abs().sum().item(), 5),
            "parameters": sum(p.numel() for p in net.parameters()), "tensors": len(net.state_dict())}


def names(net):
    lines = sorted("%s %s" % (name, "x".join(map(str, t.shape))) for name, t in net.state_dict().items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def resized(name, size):
    net = vit(name, 10, size)
    net.load_state_dict(interpolate_embeddings(size, 16, filled(vit(name, 10)).state_dict()))
    return golden(net, size)


out = {"torch": torch.__version__, "torchvision": torchvision.__version__, "filled": {}, "resized": {}, "names": {}}
for name in ("ViTTi16", "ViTS16"): out["filled"][name] = golden(filled(vit(name, 10)), 224)
out["filled"]["ConvNeXtSmall"] = golden(filled(torchvision.models.convnext_small(num_classes=10)), 224)
out["resized"] = {"larger": resized("ViTTi16", 320), "smaller": resized("ViTTi16", 96)}
for name in SIZES: out["names"][name] = names(vit(name, 1000))
out["names"]["ConvNeXtTiny"] = names(torchvision.models.convnext_tiny())
out["names"]["ConvNeXtSmall"] = names(torchvision.models.convnext_small())
print(json.dumps(out, indent=1))
