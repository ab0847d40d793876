#!/usr/bin/python3
"""Small image files and the pixels that Pillow makes of them: convert("RGB"), upright. Needs Debian's python3-pil.

usage: imaging.py > imaging.json
"""
import base64, io, json, sys
import numpy as np
from PIL import Image, ImageOps, PngImagePlugin
import struct, zlib

def picture(h, w, c=3, shift=0):
    y, x = np.mgrid[0:h, 0:w].astype(float)
    planes = [128 + 127*np.sin((x*.31 + y*.17) + shift), 255*(x/(w-1)), 255*(y/(h-1)), 255*(((x//3)+(y//2)) % 2)]
    return np.stack([p.clip(0, 255) for p in planes[:c]], -1).astype(np.uint8)

cases = []
def add(name, data, tolerance=0, pixels=None):
    if pixels is None:
        pixels = np.array(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    cases.append(dict(name=name, tolerance=tolerance, file=base64.b64encode(data).decode(), height=pixels.shape[0], width=pixels.shape[1],
                      pixels=base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode()))
def save(image, fmt, **how):
    out = io.BytesIO(); image.save(out, fmt, **how); return out.getvalue()
def chunk(tag, body): return struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))
def png16(values):   # Pillow writes no 16-bit colour
    h, w, c = values.shape
    rows = b"".join(b"\0" + r.astype(">u2").tobytes() for r in values)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 16, {1: 0, 3: 2, 4: 6}[c], 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

rgb = Image.fromarray(picture(9, 13)); rgba = Image.fromarray(picture(9, 13, 4), "RGBA"); gray = rgb.convert("L")
palette = rgb.quantize(16)
for fmt in ["PNG", "BMP", "GIF"]: add("rgb." + fmt.lower(), save(palette.convert("RGB") if fmt == "GIF" else rgb, fmt))
add("rgb-lossless.webp", save(rgb, "WEBP", lossless=True)); add("rgba-lossless.webp", save(rgba, "WEBP", lossless=True, exact=True))
big = Image.fromarray(picture(33, 41))
add("rgb-lossy.webp", save(big, "WEBP", quality=90), 1)
add("gray.png", save(gray, "PNG")); add("gray-1bit.png", save(gray.convert("1"), "PNG")); add("gray-alpha.png", save(rgba.convert("LA"), "PNG"))
add("rgba.png", save(rgba, "PNG")); add("palette.png", save(palette, "PNG")); add("palette-transparent.png", save(palette, "PNG", transparency=3))
add("palette-alphas.png", save(palette, "PNG", transparency=bytes(range(0, 256, 17)))); add("color-key.png", save(rgb, "PNG", transparency=tuple(rgb.getpixel((3, 3)))))
add("palette.bmp", save(palette, "BMP")); add("gray.bmp", save(gray, "BMP")); add("rgba.bmp", save(rgba, "BMP"))
add("transparent.gif", save(palette, "GIF", transparency=2))
add("animated.gif", save(palette, "GIF", save_all=True, append_images=[palette.transpose(0)], duration=50))
add("interlaced.gif", save(palette, "GIF", interlace=1))
wide = (np.random.default_rng(1).integers(0, 65536, (9, 13, 4))).astype(np.uint16)
add("gray-16bit.png", png16(wide[..., :1]), pixels=np.repeat(wide[..., :1] >> 8, 3, -1).astype(np.uint8))
add("rgb-16bit.png", png16(wide[..., :3])); add("rgba-16bit.png", png16(wide))
info = PngImagePlugin.PngInfo(); info.add(b"gAMA", struct.pack(">I", 100000))
add("gamma.png", save(rgb, "PNG", pnginfo=info))
for sub in (0, 2): add(f"subsampling-{sub}.jpg", save(big, "JPEG", quality=92, subsampling=sub), 1)
add("progressive.jpg", save(big, "JPEG", quality=92, progressive=True), 1); add("gray.jpg", save(big.convert("L"), "JPEG", quality=92), 1)
add("cmyk.jpg", save(Image.fromarray(picture(33, 41, 4), "CMYK"), "JPEG", quality=95), 1)
for n in range(1, 9):
    exif = Image.Exif(); exif[274] = n
    add(f"orientation-{n}.jpg", save(rgb, "JPEG", quality=95, subsampling=0, exif=exif), 1)
exif = Image.Exif(); exif[274] = 6
add("orientation-6.png", save(rgb, "PNG", exif=exif)); add("orientation-6.webp", save(rgb, "WEBP", lossless=True, exif=exif))
json.dump(cases, sys.stdout, indent=0)
