#!/usr/bin/python3
"""What PyTorch's own layers make of texts, and what BERT's tokens are, written out from its paper's code and Hugging Face's docs.
Weights by the rule of FilledWeights.cs. Needs Debian's python3-torch (1.13).

usage: text-networks.py UNCASED-VOCAB CHINESE-VOCAB TREC-TRAIN THUCNEWS-TITLES > text-networks.json
"""
import base64, json, math, struct, sys, unicodedata, zlib
import torch
from torch import nn

torch.set_num_threads(1)
def fill(name, *shape):
    count = math.prod(shape)
    scale = 0.5 / math.sqrt(count / shape[0]) if len(shape) > 1 else 0.1
    values = scale * torch.sin(0.37 * torch.arange(count, dtype=torch.float64) + zlib.crc32(name.encode()) % 1000)
    return ((1 + values) if name.endswith("orm.weight") else values).float().view(shape)
def put(module, **weights):
    with torch.no_grad():
        for name, value in weights.items():
            target = module
            for part in name.split("__"): target = getattr(target, part)
            assert target.shape == value.shape, (name, target.shape, value.shape)
            target.copy_(value)
def flat(t): return [float(v) for v in t.detach().reshape(-1)]

IDS = [[2, 17, 9, 33, 4, 25, 11, 3], [2, 7, 8, 3, 0, 0, 0, 0], [2, 39, 3, 0, 0, 0, 0, 0]]
ids = torch.tensor(IDS)

def encoder(prefix, layer, q, o, n1, f1, f2, n2, hidden=16, heads=4, inner=28, layers=2, words=40, places=12, types=2, classes=3, pooler=None, act=torch.tanh):
    e = prefix + ".embeddings."
    x = fill(e + "word_embeddings.weight", words, hidden)[ids] + fill(e + "position_embeddings.weight", places, hidden)[: ids.shape[1]]
    if types: x = x + fill(e + "token_type_embeddings.weight", types, hidden)[0]
    x = nn.functional.layer_norm(x, [hidden], fill(e + "LayerNorm.weight", hidden), fill(e + "LayerNorm.bias", hidden), 1e-12)
    made = nn.TransformerEncoder(nn.TransformerEncoderLayer(hidden, heads, inner, 0.0, "gelu", 1e-12, batch_first=True, norm_first=False), layers)
    for i, each in enumerate(made.layers):
        p = f"{prefix}.{layer}.{i}."
        w = lambda name, *shape: fill(p + name, *shape)
        put(each, self_attn__in_proj_weight=torch.cat([w(name + ".weight", hidden, hidden) for name in q]),
            self_attn__in_proj_bias=torch.cat([w(name + ".bias", hidden) for name in q]),
            self_attn__out_proj__weight=w(o + ".weight", hidden, hidden), self_attn__out_proj__bias=w(o + ".bias", hidden),
            norm1__weight=w(n1 + ".weight", hidden), norm1__bias=w(n1 + ".bias", hidden), norm2__weight=w(n2 + ".weight", hidden), norm2__bias=w(n2 + ".bias", hidden),
            linear1__weight=w(f1 + ".weight", inner, hidden), linear1__bias=w(f1 + ".bias", inner), linear2__weight=w(f2 + ".weight", hidden, inner), linear2__bias=w(f2 + ".bias", hidden))
    x = made.train()(x, src_key_padding_mask=ids.eq(0))  # train: the plain path, without dropout
    x = act(nn.functional.linear(x[:, 0], fill(pooler + ".weight", hidden, hidden), fill(pooler + ".bias", hidden)))
    return flat(nn.functional.linear(x, fill("classifier.weight", classes, hidden), fill("classifier.bias", classes)))

A = "attention."
networks = dict(
    Bert=encoder("bert", "encoder.layer", [A + "self." + n for n in ("query", "key", "value")], A + "output.dense", A + "output.LayerNorm",
                 "intermediate.dense", "output.dense", "output.LayerNorm", pooler="bert.pooler.dense"),
    DistilBert=encoder("distilbert", "transformer.layer", [A + n for n in ("q_lin", "k_lin", "v_lin")], A + "out_lin", "sa_layer_norm",
                       "ffn.lin1", "ffn.lin2", "output_layer_norm", types=0, pooler="pre_classifier", act=torch.relu))

size, classes = 10, 3
words = fill("embedding.weight", 40, size)
def head(x): return flat(nn.functional.linear(x, fill("fc.weight", classes, x.shape[1]), fill("fc.bias", classes)))

rows = []
for text in IDS:                                         # each alone: no padding is ever seen
    x, found = words[[i for i in text if i]].t().unsqueeze(0), []
    for i, width in enumerate((3, 4, 5)):
        conv = nn.Conv1d(size, 6, width, padding=width - 1)
        put(conv, weight=fill(f"convs.{i}.weight", 6, size, width), bias=fill(f"convs.{i}.bias", 6))
        found.append(torch.relu(conv(x)).amax(2))
    rows.append(torch.cat(found, 1))
networks["TextCnn"] = head(torch.cat(rows))

lstm = nn.LSTM(size, 7, num_layers=2, batch_first=True, bidirectional=True)
put(lstm, **{name: fill("lstm." + name, *value.shape) for name, value in lstm.named_parameters()})
packed = nn.utils.rnn.pack_padded_sequence(words[ids], ids.ne(0).sum(1), batch_first=True, enforce_sorted=True)
out, _ = nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True, padding_value=-math.inf)
networks["BiLstm"] = head(out.amax(1))

def basic(text, lower):
    out = []
    for c in text:
        o, category = ord(c), unicodedata.category(c)
        if c in " \t\n\r" or category == "Zs": out.append(" ")
        elif o in (0, 0xFFFD) or category[0] == "C": continue
        elif (0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2A6DF or 0x2A700 <= o <= 0x2B73F or 0x2B740 <= o <= 0x2B81F
              or 0x2B820 <= o <= 0x2CEAF or 0xF900 <= o <= 0xFAFF or 0x2F800 <= o <= 0x2FA1F): out.append(f" {c} ")
        else: out.append(c)
    words = []
    for token in "".join(out).split():
        if lower: token = "".join(c for c in unicodedata.normalize("NFD", token.lower()) if unicodedata.category(c) != "Mn")
        word = ""
        for c in token:
            o = ord(c)
            if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126 or unicodedata.category(c)[0] == "P":
                words += [word, c]; word = ""
            else: word += c
        words.append(word)
    return [w for w in words if w]
def pieces(word, vocab):
    if len(word) > 100: return ["[UNK]"]
    found, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start and ("##" if start else "") + word[start:end] not in vocab: end -= 1
        if end == start: return ["[UNK]"]
        found.append(("##" if start else "") + word[start:end]); start = end
    return found

TEXTS = ["Héllo  wörld!! don't (stop) ünïcode 中文字符测试abc", "ﬁne Ⅷ x² İstanbul ẞ\u200b\u00ad naïve\ttab\r\nnew \u0000 null \ufffd rep a[CLS]b [MASK] [UNK]",
         "１２３ ～！，。 \u3000 ideographic", "supercalifragilisticexpialidocious antidisestablishmentarianism", "あいう カタカナ 한국어 emoji 😀 math 𝒳 𠀀", "", "  ", "a" * 100, "a" * 101,
         "C++ costs $5^2 `code` ~tilde~ under_score", "北京2008年奥运会，iPhone 4S发布：价格￥4999！", "Ångström ŁÓDŹ straße ﷺ 豈 \u2028 line \u2029 para", "x\u0301y e\u0301 \u00e9", "\U000e0001tag \ud83d end".encode("utf-16", "surrogatepass").decode("utf-16", "replace")]
tokens = []
for path, lower, corpus, cut in (sys.argv[1], True, sys.argv[3], 1), (sys.argv[2], True, sys.argv[4], None), (sys.argv[2], False, sys.argv[4], None):
    vocab = {line.rstrip("\n"): i for i, line in enumerate(open(path, encoding="utf-8"))}
    encode = lambda text: [vocab[p] for w in basic(text, lower) for p in pieces(w, vocab)]
    lines = [line.rstrip("\n").split(" ", 1)[1] if cut else line.rstrip("\n") for line in open(corpus, encoding="latin-1" if cut else "utf-8", newline="\n")]
    all = [i for line in lines for i in encode(line)]
    tokens.append(dict(chinese=path == sys.argv[2], lowercase=lower, texts=[dict(text=t, ids=encode(t)) for t in TEXTS],
                       corpus=len(lines), count=len(all), crc32=zlib.crc32(b"".join(i.to_bytes(4, "little") for i in all))))

def subwords(word, minn, maxn, bucket):                  # over bytes, as fastText's dictionary.cc has it
    word, found = b"<" + word + b">", []
    for i in range(len(word)):
        if word[i] & 0xC0 == 0x80: continue
        gram, j, n = b"", i, 1
        while j < len(word) and n <= maxn:
            gram += word[j : j + 1]; j += 1
            while j < len(word) and word[j] & 0xC0 == 0x80: gram += word[j : j + 1]; j += 1
            if n >= minn and not (n == 1 and (i == 0 or j == len(word))):
                h = 2166136261
                for b in gram: h = ((h ^ (b | 0xFFFFFF00 if b > 127 else b)) * 16777619) & 0xFFFFFFFF
                found.append(h % bucket)
            n += 1
    return found
fasttext = []
for minn, maxn in (2, 4), (1, 3), (0, 0):
    size, bucket, vocabulary = 3, 7, ["</s>", "cat", "naïve", "中文"]
    rows = len(vocabulary) + bucket
    matrix = torch.sin(torch.arange(rows * size, dtype=torch.float32)).view(rows, size)
    data = struct.pack("<2i12id", 793712314, 12, size, 5, 5, 1, 5, 1, 1, 2, bucket, minn, maxn, 100, 1e-4) + struct.pack("<3i2q", len(vocabulary) + 1, len(vocabulary), 1, 99, -1)
    for word, kind in [(w, 0) for w in vocabulary] + [("__label__x", 1)]: data += word.encode() + b"\0" + struct.pack("<qb", 9, kind)
    data += b"\0" + struct.pack("<2q", rows, size) + matrix.numpy().tobytes()
    vectors = []
    for i, word in enumerate(vocabulary):
        own = [i] + ([] if word == "</s>" or not maxn else [len(vocabulary) + h for h in subwords(word.encode(), minn, maxn, bucket)])
        vectors.append(dict(word=word, vector=flat(matrix[own].mean(0))))
    fasttext.append(dict(file=base64.b64encode(data).decode(), vectors=vectors))

json.dump(dict(fasttext=fasttext, torch=torch.__version__, ids=IDS, networks=networks, tokens=tokens), sys.stdout)
