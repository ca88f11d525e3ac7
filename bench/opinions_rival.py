#!/usr/bin/python3
"""The rival: the same map with numpy and scikit-learn, as one would write it.

Mean imputation, centring, sklearn's PCA (its own choice of solver), scaling, KMeans for
k = 2 … 5 with 10 starts (sklearn's own n_init; ours does 50), silhouette on 5,000 people drawn
(the whole takes minutes), counts a group. Reading the file is left out, as it is for us.
Use: opinions_rival.py FILE ROUNDS; prints milliseconds a round, then checks FILE.ours."""
import sys, time, warnings
import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, silhouette_score

warnings.simplefilter("ignore")
path, rounds = sys.argv[1], int(sys.argv[2])
people, statements, count = np.fromfile(path, "<u4", 3)
rows = np.fromfile(path, np.dtype([("person", "<u4"), ("statement", "<u4"), ("value", "<f4")]), offset=12)


def the_map():
    votes = np.full((people, statements), np.nan, np.float32)
    votes[rows["person"], rows["statement"]] = rows["value"]
    there = ~np.isnan(votes)
    mean = np.nanmean(votes, axis=0)
    filled = np.where(there, votes, mean)
    pca = PCA(n_components=2, random_state=0).fit(filled)
    points = pca.transform(filled) * np.sqrt(statements / there.sum(1))[:, None]
    best = None
    for k in range(2, 6):
        km = KMeans(n_clusters=k, n_init=10, random_state=0).fit(points)
        s = silhouette_score(points, km.labels_, sample_size=5000, random_state=0)
        if best is None or s > best[0]:
            best = (s, k, km)
    for g in range(best[1]):
        part = votes[best[2].labels_ == g]
        (part == 1).sum(0), (part == -1).sum(0), (part == 0).sum(0)
    return pca, points, best


for _ in range(rounds):
    before = time.perf_counter()
    pca, points, best = the_map()
    print("%.3f" % ((time.perf_counter() - before) * 1e3), flush=True)

lines = open(path + ".ours").read().split("\n")
k, inertia = lines[0].split()
ours = np.array([line.split() for line in lines[1:1 + statements]], float)
labels = np.array(lines[1 + statements:1 + statements + people], int)
theirs = pca.components_.T
explained = (np.linalg.svd(np.linalg.qr(ours)[0].T @ np.linalg.qr(theirs)[0])[1] ** 2).mean()
mine = sum(((points[labels == g] - points[labels == g].mean(0)) ** 2).sum() for g in range(int(k)))
same = KMeans(n_clusters=int(k), n_init=50, random_state=0).fit(points)
print("check: plane overlap %.7f; k ours %s theirs %d; adjusted Rand %.4f; inertia ours %.1f theirs %.1f"
      % (explained, k, best[1], adjusted_rand_score(labels, same.labels_), mine, same.inertia_), file=sys.stderr)
