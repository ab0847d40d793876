#!/usr/bin/python3
"""What torchvision's networks make of weights and an image by the rule of FilledWeights.cs, and what their tensors are called.
Needs Debian's python3-torchvision (0.14).

usage: convolutions.py > convolutions.json
logits of 10 classes at 224 pixels, sum and abs (of their absolute values) over all; names is the SHA-256 of the state dict of
1000 classes, a line "name shape" each, shapes with commas, lines in ordinal order; slope is the sum of the
absolute gradients of the sum of squared logits, in evaluation, of two images of 64 pixels (sin(0.01 i) over both); means and variances are the sums of the absolute
running statistics after one pass in training over the same, nothing dropped. The preset
is that of the first published weights.
"""
import hashlib, json, math, sys, zlib
import torch, torchvision

NAMES = {"MobileNetV3Small": "mobilenet_v3_small", "MobileNetV3Large": "mobilenet_v3_large", "DenseNet121": "densenet121", "RegNetY400MF": "regnet_y_400mf",
         "RegNetY1_6GF": "regnet_y_1_6gf", **{f"EfficientNetB{i}": f"efficientnet_b{i}" for i in range(4)}}
torch.set_num_threads(1)


def wave(*shape, pace, phase=0):
    count = math.prod(shape)
    return torch.sin(pace * torch.arange(count, dtype=torch.float64) + phase).reshape(shape)


def filled(network):
    norms = [name for name, module in network.named_modules() if isinstance(module, torch.nn.BatchNorm2d)]
    for name, tensor in network.state_dict().items():
        if tensor.dim() == 0: continue
        values = wave(*tensor.shape, pace=0.37, phase=zlib.crc32(name.encode()) % 1000) * (0.5 / math.sqrt(tensor[0].numel()) if tensor.dim() > 1 else 0.1)
        if name.endswith(".running_var"): values = 1 + values.abs()
        elif name.endswith(".weight") and name[:-len(".weight")] in norms: values = 1 + values
        tensor.copy_(values.float())
    return network


def statistics(network, which): return sum(tensor.abs().sum().item() for name, tensor in network.state_dict().items() if name.endswith(which))


def golden(name):
    make, preset = getattr(torchvision.models, name), torchvision.models.get_model_weights(name).IMAGENET1K_V1.transforms()
    whole = make()
    lines = sorted(f"{name} {','.join(map(str, tensor.shape))}\n" for name, tensor in whole.state_dict().items())
    network = filled(make(num_classes=10)).eval()
    y = network(wave(1, 3, 224, 224, pace=0.01).float())[0]
    with torch.enable_grad(): network(wave(2, 3, 64, 64, pace=0.01).float()).square().sum().backward()
    for module in network.modules():
        if isinstance(module, torchvision.ops.StochasticDepth): module.p = 0
    network.train()(wave(2, 3, 64, 64, pace=0.01).float())
    return {"tensors": len(lines), "parameters": sum(p.numel() for p in whole.parameters()), "names": hashlib.sha256("".join(lines).encode()).hexdigest(),
            "logits": [float("%.8g" % v) for v in y.tolist()], "sum": round(y.sum().item(), 6), "abs": round(y.abs().sum().item(), 6),
            "preset": {"resize": preset.resize_size[0], "crop": preset.crop_size[0], "interpolation": preset.interpolation.value, "mean": list(preset.mean), "std": list(preset.std)},
            "slope": float("%.8g" % sum(p.grad.abs().sum().item() for p in network.parameters())),
            "means": float("%.8g" % statistics(network, "running_mean")), "variances": float("%.8g" % statistics(network, "running_var"))}


with torch.no_grad():
    out = {"torchvision": torchvision.__version__, **{ours: golden(theirs) for ours, theirs in NAMES.items()}}
json.dump(out, sys.stdout, indent=1)
print()
