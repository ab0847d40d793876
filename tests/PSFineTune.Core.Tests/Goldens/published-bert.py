#!/usr/bin/python3
"""A BERT of 8 numbers a token as a publisher has it: pytorch_model.bin of torch.save, with config.json and vocab.txt.
Needs Debian's python3-torch (1.13). Made twice the same: no time is in it.

usage: published-bert.py > published-bert.json
"""
import base64, collections, io, json, string, sys
sys.path.pop(0)   # another file here has the library's name
import torch

torch.manual_seed(7)
vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *string.ascii_lowercase, *("##" + letter for letter in string.ascii_lowercase)]
size, positions = 8, 128
state = collections.OrderedDict()

def add(name, *shape):
    state["bert." + name] = torch.randn(*shape) * 0.2

def dense(name):
    add(name + ".weight", size, size); add(name + ".bias", size)

def norm(name):
    state[f"bert.{name}.weight"], state[f"bert.{name}.bias"] = torch.ones(size), torch.zeros(size)

add("embeddings.word_embeddings.weight", len(vocab), size)
add("embeddings.position_embeddings.weight", positions, size)
add("embeddings.token_type_embeddings.weight", 2, size)
norm("embeddings.LayerNorm")
layer = "encoder.layer.0."
for name in "query", "key", "value": dense(layer + "attention.self." + name)
dense(layer + "attention.output.dense"); norm(layer + "attention.output.LayerNorm")
dense(layer + "intermediate.dense"); dense(layer + "output.dense"); norm(layer + "output.LayerNorm")
dense("pooler.dense")
out = io.BytesIO(); torch.save(state, out)
config = dict(model_type="bert", hidden_act="gelu", hidden_size=size, intermediate_size=size, num_attention_heads=2, num_hidden_layers=1, max_position_embeddings=positions, vocab_size=len(vocab))
print(json.dumps(dict(vocab=vocab, config=config, weights=base64.b64encode(out.getvalue()).decode())))
