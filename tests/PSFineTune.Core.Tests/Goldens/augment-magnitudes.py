#!/usr/bin/python3
"""How strong torchvision's augmentation policies are by op and bin, and what AutoAugment learned on ImageNet. Needs Debian's python3-torchvision.

usage: augment-magnitudes.py > augment-magnitudes.json. Images are of 320 x 224 pixels; an op of one strength has a single number.
"""
import json
from torchvision.transforms import autoaugment as A

size = (224, 320)

def space(name, table):
    return dict(policy=name, ops=[dict(op=op, signed=signed, magnitudes=[float(value) for value in values.reshape(-1)]) for op, (values, signed) in table.items()])

spaces = [
    space("RandAugment", A.RandAugment()._augmentation_space(31, size)),
    space("TrivialAugmentWide", A.TrivialAugmentWide()._augmentation_space(31)),
    space("AugMix", A.AugMix()._augmentation_space(10, size)),
    space("AugMix without all ops", A.AugMix(all_ops=False)._augmentation_space(10, size)),
    space("AutoAugment", A.AutoAugment()._augmentation_space(10, size)),
]
learned = [[dict(op=op, chance=chance, bin=bin or 0) for op, chance, bin in pair] for pair in A.AutoAugment().policies]
print(json.dumps(dict(width=size[1], height=size[0], spaces=spaces, learned=learned), indent=0))
