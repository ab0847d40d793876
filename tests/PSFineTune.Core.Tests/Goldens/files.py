#!/usr/bin/python3
"""Small image files of kinds that imaging.py has not, for tests of parts and of damage. Needs Debian's python3-pil.

usage: files.py > files.json
"""
import base64, io, json, random, struct, sys, zlib
from PIL import Image

random.seed(7)
files = []

def add(name, data): files.append(dict(name=name, file=base64.b64encode(data).decode()))
def save(image, fmt, **how):
    out = io.BytesIO(); image.save(out, fmt, **how); return out.getvalue()
def noise(w, h):
    image = Image.new("RGB", (w, h))
    image.putdata([tuple((x*3 + y*5 + c*40 + random.randint(0, 60)) % 200 + 20 for c in range(3)) for y in range(h) for x in range(w)])
    return image
def chunk(tag, body): return struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))
def sampled(jpeg, factors):   # the same blocks in other places: valid where both kinds have as many of them
    at = jpeg.index(b"\xff\xc0"); jpeg = bytearray(jpeg); jpeg[at + 11] = factors; return bytes(jpeg)

square, small = noise(64, 64), noise(12, 9)
half = save(square.crop((0, 0, 48, 48)), "JPEG", subsampling=1, quality=50)
add("4-2-2.jpg", half)
add("4-4-0.jpg", sampled(half, 0x12))
add("4-1-1.jpg", sampled(save(square, "JPEG", subsampling=2, quality=50), 0x41))
odd = square.crop((0, 0, 61, 47))
add("restarts.jpg", save(odd, "JPEG", subsampling=2, quality=40, restart_marker_blocks=2))
add("progressive-4-2-0.jpg", save(odd, "JPEG", subsampling=2, quality=40, progressive=True))
add("animated.webp", save(small, "WEBP", save_all=True, append_images=[noise(12, 9)], lossless=True, duration=100))
add("alpha-lossy.webp", save(Image.merge("RGBA", (*small.split(), noise(12, 9).split()[0])), "WEBP", quality=60))

gif = bytearray(save(small.quantize(8), "GIF"))
frame = gif.index(b"\x2c")
gif[6:10] = struct.pack("<HH", 20, 15)          # the screen
gif[frame + 1:frame + 3] = struct.pack("<H", 3)  # the frame's left edge
add("frame-in-screen.gif", bytes(gif))

w, h, at = 12, 9, small.load()
rows = b""
for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
    rows += b"".join(b"\0" + b"".join(bytes(at[x, y]) for x in range(x0, w, dx)) for y in range(y0, h, dy))
add("interlaced.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 1)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))

bmp = bytearray(save(small, "BMP")); pixels = bmp[54:]
stride = len(pixels) // h
bmp[22:26] = struct.pack("<i", -h)
add("top-down.bmp", bytes(bmp[:54]) + b"".join(bytes(pixels[stride*y:stride*(y + 1)]) for y in reversed(range(h))))
few = small.quantize(16); colors, index = few.getpalette()[:48], few.load()
runs = b"".join(b"".join(bytes([1, index[x, y]]) for x in range(w)) + b"\0\0" for y in reversed(range(h))) + b"\0\1"
add("rle.bmp", b"BM" + struct.pack("<IHHI", 118 + len(runs), 0, 0, 118) + struct.pack("<IiiHHIIiiII", 40, w, h, 1, 8, 1, len(runs), 0, 0, 16, 16)
    + b"".join(bytes([colors[3*i + 2], colors[3*i + 1], colors[3*i], 0]) for i in range(16)) + runs)
add("5-6-5.bmp", b"BM" + struct.pack("<IHHI", 66 + 24*h, 0, 0, 66) + struct.pack("<IiiHHIIiiII", 40, w, h, 1, 16, 3, 24*h, 0, 0, 0, 0)
    + struct.pack("<III", 0xF800, 0x7E0, 0x1F) + bytes(random.randrange(256) for _ in range(24*h)))
json.dump(files, sys.stdout, indent=0)
