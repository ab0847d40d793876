#!/usr/bin/python3
"""Writes characters.json: runs of characters as scikit-learn's analyzers char and char_wb make them, sorted.

usage: characters.py > characters.json
"""
import json
from sklearn.feature_extraction.text import CountVectorizer

TEXTS = ["Free entry!", "a bc  def", " led\tby\n\nspace ", "", "   ", "Größe 5", "好 天气", "I", "abcdefghij k"]
cases = []
for analyzer in ("char", "char_wb"):
    for shortest, longest in ((1, 1), (2, 4), (3, 3), (5, 6)):
        analyze = CountVectorizer(analyzer=analyzer, ngram_range=(shortest, longest)).build_analyzer()
        cases += [{"text": text, "within": analyzer == "char_wb", "shortest": shortest, "longest": longest, "tokens": sorted(analyze(text))} for text in TEXTS]
print(json.dumps(cases, ensure_ascii=False, separators=(",", ":")))
