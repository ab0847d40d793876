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

height, width = tensor.shape[1:]
corners = [[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]]

def run(on, call, arguments):
    if call == "permute_channels": return tensor[arguments["order"]]
    if call == "erase": arguments = dict(arguments, v=torch.tensor(arguments["v"], dtype=torch.uint8).view(-1, 1, 1))
    if call == "elastic_transform":
        # Waves instead of noise: so many pixels, times sin(y / 2) across and cos(x / 3) down. A displacement is counted in half sides.
        y, x = torch.meshgrid(torch.arange(float(height)), torch.arange(float(width)), indexing="ij")
        waves = torch.stack([arguments["across"] * torch.sin(y / 2) * 2 / width, arguments["down"] * torch.cos(x / 3) * 2 / height], dim=-1)
        return F.elastic_transform(tensor.clone(), waves[None], M(arguments["interpolation"]))
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
    ("tensor", "crop", dict(top=-3, left=20, height=9, width=15)),
    ("pillow", "pad", dict(padding=[5], fill=(10, 200, 90), padding_mode="constant")),
    ("tensor", "pad", dict(padding=[3, 7], fill=9, padding_mode="constant")),
    ("tensor", "pad", dict(padding=[1, 2, 3, 4], padding_mode="edge")),
    ("tensor", "pad", dict(padding=[26, 2, 0, 18], padding_mode="reflect")),
    ("tensor", "pad", dict(padding=[27, 0, 5, 19], padding_mode="symmetric")),
    ("tensor", "adjust_gamma", dict(gamma=2.2, gain=1.3)),
    ("tensor", "adjust_gamma", dict(gamma=0.4, gain=1)),
    ("tensor", "rgb_to_grayscale", dict(num_output_channels=3)),
    ("tensor", "invert", {}),
    ("tensor", "autocontrast", {}),
    ("tensor", "equalize", {}),
    ("pillow", "equalize", {}),
    ("tensor", "posterize", dict(bits=1)),
    ("tensor", "posterize", dict(bits=4)),
    ("tensor", "posterize", dict(bits=8)),
    ("tensor", "solarize", dict(threshold=100)),
    ("tensor", "solarize", dict(threshold=77.5)),
    ("tensor", "adjust_sharpness", dict(sharpness_factor=0.0)),
    ("tensor", "adjust_sharpness", dict(sharpness_factor=3.7)),
    ("pillow", "adjust_sharpness", dict(sharpness_factor=1.9)),
    ("tensor", "gaussian_blur", dict(kernel_size=[3, 3], sigma=[0.4, 0.4])),
    ("tensor", "gaussian_blur", dict(kernel_size=[5, 9], sigma=[2.0, 2.0])),
    ("tensor", "gaussian_blur", dict(kernel_size=[23, 23], sigma=[6.0, 6.0])),
    ("tensor", "gaussian_blur", dict(kernel_size=[1, 7], sigma=[1.0, 1.0])),
    ("tensor", "affine", dict(angle=-37, translate=[0, 0], scale=1.0, shear=[0.0, 0.0], interpolation="nearest")),
    ("tensor", "affine", dict(angle=0, translate=[5, -2], scale=1.7, shear=[0.0, 0.0], interpolation="nearest", fill=[10, 200, 90])),
    ("tensor", "affine", dict(angle=64, translate=[-3, 2], scale=0.6, shear=[21.0, 13.0], interpolation="bilinear", fill=[10, 200, 90])),
    ("tensor", "affine", dict(angle=0, translate=[0, 0], scale=1.0, shear=[16.7, 0.0], interpolation="bilinear", center=[0, 0])),
    ("tensor", "affine", dict(angle=0, translate=[0, 0], scale=1.0, shear=[0.0, -16.7], interpolation="bilinear", center=[0, 0])),
    ("tensor", "perspective", dict(startpoints=corners, endpoints=[[5, 3], [22, 0], [25, 14], [1, 17]], interpolation="bilinear", fill=[10, 200, 90])),
    ("tensor", "perspective", dict(startpoints=corners, endpoints=[[0, 4], [26, 0], [20, 18], [6, 12]], interpolation="bilinear")),
    ("tensor", "erase", dict(i=2, j=3, h=5, w=11, v=[10, 200, 90])),
    ("tensor", "elastic_transform", dict(across=3, down=2, interpolation="bilinear")),
    ("tensor", "permute_channels", dict(order=[2, 0, 1])),
]]
print(json.dumps(dict(input=pack(noise), cases=cases), indent=0))
