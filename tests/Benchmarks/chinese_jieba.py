#!/usr/bin/python3
"""Characters per second of jieba's words, without and with parts of speech, one thread, and how long its dictionary takes.

Needs Debian's python3-jieba.  usage: chinese_jieba.py TITLES FOLDER   FOLDER has dict.txt; what jieba makes of it is not kept.
A rate is of the best of three passes, after one that warms up; one JSON line each is printed.
"""
import json, logging, os, sys, tempfile, time
import jieba, jieba.posseg

jieba.setLogLevel(logging.ERROR)
titles = [line.rstrip("\n").split("\t")[0] for line in open(sys.argv[1], encoding="utf-8", newline="\n")]
characters = sum(map(len, titles))
with tempfile.TemporaryDirectory() as folder:
    jieba.dt.tmp_dir = folder
    jieba.set_dictionary(os.path.join(sys.argv[2], "dict.txt"))
    for what in ("dictionary", "dictionary, kept"):
        jieba.dt.initialized = False
        began = time.perf_counter()
        jieba.initialize()
        print(json.dumps({"what": what, "read_in_seconds": round(time.perf_counter() - began, 3)}), flush=True)


def rate(cut):
    began = time.perf_counter()
    for title in titles: cut(title)
    return characters / (time.perf_counter() - began)


for what, cut in (("words", jieba.lcut), ("tagged", jieba.posseg.lcut)):
    rate(cut)
    print(json.dumps({"what": what, "characters_per_second": round(max(rate(cut) for _ in range(3)))}), flush=True)
