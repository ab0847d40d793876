#!/usr/bin/python3
"""Writes jieba.json: sentences of ours as Debian's python3-jieba (0.42) divides and tags them, and checksums of what it makes of THUCNews titles.

usage: jieba.py TITLES DICT > jieba.json   TITLES has a title a line, a tab and its class behind it; DICT is jieba's dict.txt.
"""
import hashlib, json, sys
# This file has the package's name.
sys.path = [p for p in sys.path if "Goldens" not in p]
import jieba, jieba.posseg

SENTENCES = [
    "我们每天晚上重新训练分类器。", "服务器没有联网,也没有人看着!", "2026年11月的故障工单比上个月少了12.5%。", "把PSFineTune v0.1装到C盘", "\u3000空格 和\t制表符\r\n还有换行",
    "鳡鱼和鱤魚", "她博士毕业于上海的一所大学", "A股收盘涨1.2%,B超价格不变", "😀表情符号也要保留", "这话的确有道理", "新款手机屏幕刷新率达120Hz",
    "abc123def 4.5.6 -7", "", "一", "南京市长江大桥", "广州市长途汽车站", "审计处每周检查各分公司账目", "羽毛球拍卖光了", "两位演员合说一段相声", "3月27日起北京地铁票价调整",
]


def checksum(lines):
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


titles = [line.rstrip("\n").split("\t")[0] for line in open(sys.argv[1], encoding="utf-8", newline="\n")]
jieba.set_dictionary(sys.argv[2])
cut = [" ".join(str(len(word)) for word in jieba.lcut(title)) for title in titles]
tagged = [" ".join(f"{len(pair.word)}/{pair.flag}" for pair in jieba.posseg.lcut(title)) for title in titles]
before = [{"text": s, "words": jieba.lcut(s), "plain": jieba.lcut(s, HMM=False), "tagged": [[p.word, p.flag] for p in jieba.posseg.lcut(s)],
           "plain_tagged": [[p.word, p.flag] for p in jieba.posseg.lcut(s, HMM=False)]} for s in SENTENCES]
for words in ("鳡鱼 n", "南京市长江大桥 5 ns", "新款手机", "合说 0"):
    parts = words.split()
    frequency = next((int(p) for p in parts[1:] if p.isdigit()), None)
    jieba.add_word(parts[0], frequency, next((p for p in parts[1:] if not p.isdigit()), None))
user = [{"text": s, "words": jieba.lcut(s)} for s in SENTENCES]
print(json.dumps({"titles": len(titles), "cut": checksum(cut), "tagged": checksum(tagged), "sentences": before, "user": user}, ensure_ascii=False, indent=1))
