#!/usr/bin/python3
"""Small files of torch.save, with the values that torch reads from them, and pickles that call what is no data.
Needs Debian's python3-torch (1.13). Files are made twice the same: no time is in them.

usage: torch.py > torch.json
"""
import base64, collections, io, json, os, pickle, struct, sys, zipfile
sys.path.pop(0)   # this file has the library's name
import torch

torch.manual_seed(7)
files = []

def plain(t):
    whole = not t.is_floating_point()
    values = t.detach().reshape(-1).to(torch.int64 if whole else torch.float32).tolist()
    data = struct.pack(f"<{len(values)}{'q' if whole else 'f'}", *values)
    return dict(shape=list(t.shape), dtype="I64" if whole else "F32", bytes=base64.b64encode(data).decode())

def saved(value, **how):
    out = io.BytesIO(); torch.save(value, out, **how); return out.getvalue()

def add(name, value, expected, **how):
    files.append(dict(name=name, file=base64.b64encode(saved(value, **how)).decode(), tensors={k: plain(v) for k, v in expected.items()}))

class Block(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        self.conv1, self.bn1 = torch.nn.Conv2d(n, n, 3, bias=False), torch.nn.BatchNorm2d(n)

class Tiny(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1, self.layer1, self.fc = torch.nn.Conv2d(3, 2, 3, bias=False), torch.nn.BatchNorm2d(2), torch.nn.Sequential(Block(2)), torch.nn.Linear(2, 3)

net = Tiny()
state = net.state_dict()
add("resnet-like", state, state)
add("half", {k: v.half() for k, v in state.items() if v.is_floating_point()}, {k: v.half() for k, v in state.items() if v.is_floating_point()})
add("bfloat16", {"w": torch.randn(3, 2).bfloat16(), "one": torch.tensor(-1.5).bfloat16()}, {})
x = torch.arange(24.).reshape(2, 3, 4)
kinds = dict(f64=torch.tensor([1.1, -1e-300, 1e300], dtype=torch.float64), i32=torch.tensor([-5, 2**31 - 1], dtype=torch.int32), i16=torch.tensor([-2, 9], dtype=torch.int16),
             i8=torch.tensor([-128, 127], dtype=torch.int8), u8=torch.tensor([0, 255], dtype=torch.uint8), flag=torch.tensor([True, False]), i64=torch.tensor(2**40 + 1), f16=torch.tensor([65504., 6e-8, float("inf")]).half())
add("kinds", kinds, kinds)
views = dict(turned=x.permute(2, 0, 1), row=x[1, 1:, 1:3], every=x[:, ::2, ::3], empty=x[:, :0], one=x[1, 2, 3], last=x.to(torch.float32).unsqueeze(0).contiguous(memory_format=torch.channels_last))
add("strides", views, views)
shared = torch.randn(4, 3)
tied = dict(embed=shared, head=shared, part=shared[1:3], spread=torch.ones(1, 1).expand(2, 3))
add("shared", tied, tied)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
net.fc(torch.ones(1, 2)).sum().backward(); optimizer.step()
state = net.state_dict()
add("checkpoint", dict(epoch=3, arch="tiny", best=0.75, big=2**80, history=[1.0, 2.0], flags={"a", "b"}, size=torch.Size([1, 2]), kind=torch.float16, where=torch.device("cpu"), nothing=None, raw=b"xyz", z=1 + 2j,
                       state_dict=state, optimizer=optimizer.state_dict()), state)
add("under-model", dict(model=state, epoch=1), state)
add("parameter", {"w": torch.nn.Parameter(torch.randn(2, 2)), "b": torch.nn.Parameter(torch.zeros(2), requires_grad=False)}, {})
wrapped = collections.OrderedDict(("module." + k, v) for k, v in state.items())
add("data-parallel", wrapped, state)
add("protocol-4", {"w": shared, "é": torch.ones(1)}, {"w": shared, "é": torch.ones(1)}, pickle_protocol=4)
add("legacy", state, state, _use_new_zipfile_serialization=False)
add("legacy-shared", tied, tied, _use_new_zipfile_serialization=False)
for entry in files:
    if not entry["tensors"]:
        entry["tensors"] = {k: plain(v) for k, v in torch.load(io.BytesIO(base64.b64decode(entry["file"]))).items()}

# Pickles that call: each in the place of a good file's own.
class Call:
    def __init__(self, f, *a): self.f, self.a = f, a
    def __reduce__(self): return self.f, self.a

class Made:
    def __init__(self): self.x = 1

def zipped(data):
    good, out = zipfile.ZipFile(io.BytesIO(saved({"w": torch.ones(2)}))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for i in good.infolist(): z.writestr(zipfile.ZipInfo(i.filename), data if i.filename.endswith("data.pkl") else good.read(i))
    return out.getvalue()

def hostile(name, says, data): bad.append(dict(name=name, says=says, file=base64.b64encode(data).decode()))
bad = []
hostile("system", "posix.system", zipped(pickle.dumps(Call(os.system, "echo harm"), 2)))
hostile("eval", "__builtin__.eval", zipped(pickle.dumps({"w": Call(eval, "1+1")}, 2)))
hostile("eval-4", "builtins.eval", zipped(pickle.dumps({"w": Call(eval, "1+1")}, 4)))
hostile("nested", "builtins.getattr", zipped(pickle.dumps({"state_dict": {"w": [1, (2, {"x": Call(getattr, Call(__import__, "os"), "system")})]}}, 4)))
hostile("unused", "posix.system", zipped(b"\x80\x02cposix\nsystem\n0}."))
hostile("inst", "os.system", zipped(b"\x80\x02(X\x02\x00\x00\x00lsios\nsystem\n."))
hostile("class", "__main__.Made", zipped(pickle.dumps({"w": Made()}, 2)))
hostile("module", "__main__.Tiny", saved(net))
hostile("storage", "torch.storage._load_from_bytes", zipped(b"\x80\x02ctorch.storage\n_load_from_bytes\nC\x01x\x85R."))
hostile("rebuild", "torch._utils._rebuild_device_tensor_from_numpy", zipped(b"\x80\x02ctorch._utils\n_rebuild_device_tensor_from_numpy\n)R."))
hostile("legacy", "posix.system", saved({"w": Call(os.system, "echo harm")}, _use_new_zipfile_serialization=False))
json.dump(dict(files=files, hostile=bad), sys.stdout, indent=1, ensure_ascii=True)
print()
