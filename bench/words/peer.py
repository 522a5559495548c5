"""scikit-learn's TF-IDF of letters with one-vs-rest logistic regression: `python peer.py < draw > codes`.

Run by the Python of an environment of its own; reads and writes JSON.
"""

import json
import sys

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier


def main() -> None:
    draw = json.load(sys.stdin)
    codes = sorted({code for one in draw["codes"] for code in one})
    has = np.array([[code in one for code in codes] for one in draw["codes"]])
    rows = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit_transform(
        draw["texts"]
    )
    model = OneVsRestClassifier(LogisticRegression(C=10, class_weight="balanced", max_iter=1000))
    scores = model.fit(rows[draw["coded"]], has).decision_function(rows[draw["asked"]])
    json.dump([[codes[at] for at in row] for row in np.argsort(-scores, axis=1)[:, :3]], sys.stdout)


if __name__ == "__main__":
    main()
