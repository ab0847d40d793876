#!/usr/bin/python3
"""Rows of scikit-learn's vectorizers on a few texts, in every form that TextPipeline has. Needs Debian's python3-sklearn.

usage: vectorizer.py > vectorizer.json
"""
import json
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

TEXTS = ["The printer on floor two prints blank pages, blank pages only", "printer printer printer: paper jam again", "I cannot log in to the VPN from home",
         "VPN log in fails, password was reset twice", "Please reset my password", "a new laptop for the new colleague", "The laptop's screen is blank after the update",
         "Update of the VPN client on my laptop", "Größe und Maß: café déjà-vu", "", "x y z"]
SETTINGS = [("Counts", dict(), {}), ("Counts", dict(ngram_range=(1, 3)), {}), ("Counts", dict(ngram_range=(2, 2), min_df=2), {}), ("Counts", dict(max_df=0.3), {}),
            ("Binary", dict(ngram_range=(1, 2), binary=True), {}), ("TfIdf", dict(min_df=2), {}), ("TfIdf", dict(ngram_range=(1, 2), min_df=2), dict(sublinear_tf=True)),
            ("TfIdf", dict(), dict(smooth_idf=False, norm="l1")), ("TfIdf", dict(), dict(norm=None))]

cases = []
for weighting, counting, scaling in SETTINGS:
    made = (TfidfVectorizer(**counting, **scaling) if weighting == "TfIdf" else CountVectorizer(**counting))
    rows = made.fit_transform(TEXTS).tocsr()
    rows.sort_indices()
    low, high = counting.get("ngram_range", (1, 1))
    cases.append({"weighting": weighting, "minNGram": low, "maxNGram": high, "minDocuments": counting.get("min_df", 1), "maxDocumentShare": counting.get("max_df", 1.0),
                  "sublinear": scaling.get("sublinear_tf", False), "smoothIdf": scaling.get("smooth_idf", True), "norm": (scaling.get("norm", "l2") or "none"),
                  "terms": list(made.get_feature_names_out()), "starts": rows.indptr.tolist(), "columns": rows.indices.tolist(), "values": [float(v) for v in rows.data]})
print(json.dumps({"texts": TEXTS, "cases": cases}, ensure_ascii=False))
