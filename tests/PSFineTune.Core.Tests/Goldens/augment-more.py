#!/usr/bin/python3
"""What torchvision and Pillow do to a small image of noise, beyond the cases of the shared goldens. Needs Debian's python3-torchvision.

usage: augment-more.py > augment-more.json. "on" says whether a uint8 tensor or a Pillow image went in.
"""
import base64, json
import numpy as np
import torch
from PIL import Image
from torchvision.transforms import functional as F
from torchvision.transforms import InterpolationMode as M

noise = np.random.default_rng(7).integers(0, 256, (19, 27, 3), dtype=np.uint8)
tensor, pillow = torch.from_numpy(noise).permute(2, 0, 1), Image.fromarray(noise)

def pack(pixels):
    if isinstance(pixels, torch.Tensor): pixels = pixels.permute(1, 2, 0).numpy()
    pixels = np.ascontiguousarray(np.array(pixels))
    return dict(height=pixels.shape[0], width=pixels.shape[1], pixels=base64.b64encode(pixels.tobytes()).decode())

def run(on, call, arguments):
    arguments = {key: M(value) if key == "interpolation" else value for key, value in arguments.items()}
    if arguments.get("interpolation") != M.BILINEAR or "fill" not in arguments:
        return getattr(F, call)(pillow if on == "pillow" else tensor.clone(), **arguments)
    # With a fill torchvision weighs the pixels at the edge twice; here they blend with the fill by the part that lies outside.
    fill = arguments.pop("fill")
    turn = lambda image: getattr(F, call)(image, **arguments)
    inside = turn(torch.ones(3, *tensor.shape[1:]))
    return (turn(tensor.float()) + (1 - inside) * torch.tensor(fill, dtype=torch.float).view(-1, 1, 1)).round().to(torch.uint8)

cases = [dict(call=call, arguments=arguments, on=on, **pack(run(on, call, arguments))) for on, call, arguments in [
    ("tensor", "rotate", dict(angle=33, interpolation="nearest")),
    ("tensor", "rotate", dict(angle=33, interpolation="nearest", fill=[10, 200, 90])),
    ("tensor", "rotate", dict(angle=-71, interpolation="bilinear", fill=[10, 200, 90])),
    ("tensor", "rotate", dict(angle=140, interpolation="bilinear", center=[4, 15])),
    ("tensor", "rotate", dict(angle=20, interpolation="bilinear", center=[4, 15], expand=True, fill=[7])),
    ("tensor", "rotate", dict(angle=180, interpolation="bilinear", expand=True)),
    ("tensor", "rotate", dict(angle=0, interpolation="bilinear")),
    ("tensor", "adjust_hue", dict(hue_factor=0.1)),
    ("tensor", "adjust_hue", dict(hue_factor=-0.5)),
    ("tensor", "adjust_saturation", dict(saturation_factor=0.0)),
    ("tensor", "adjust_saturation", dict(saturation_factor=2.3)),
    ("tensor", "adjust_contrast", dict(contrast_factor=0.0)),
    ("tensor", "adjust_brightness", dict(brightness_factor=1.37)),
    ("tensor", "center_crop", dict(output_size=[24, 20])),
    ("tensor", "center_crop", dict(output_size=[6, 6])),
    ("tensor", "center_crop", dict(output_size=[22, 32])),
    ("pillow", "resize", dict(size=11, interpolation="bilinear")),
    ("pillow", "resize", dict(size=30, interpolation="bilinear", max_size=36)),
    ("pillow", "resize", dict(size=[3, 2], interpolation="bilinear")),
    ("pillow", "resize", dict(size=[1, 1], interpolation="bicubic")),
    ("pillow", "resize", dict(size=[19, 50], interpolation="bicubic")),
    ("pillow", "resize", dict(size=[40, 27], interpolation="bicubic")),
    ("pillow", "resize", dict(size=[30, 11], interpolation="nearest")),
    ("pillow", "resized_crop", dict(top=3, left=5, height=11, width=9, size=[16, 16], interpolation="bilinear")),
    ("pillow", "resized_crop", dict(top=1, left=14, height=18, width=13, size=[7, 9], interpolation="bicubic")),
]]
print(json.dumps(dict(input=pack(noise), cases=cases), indent=0))
