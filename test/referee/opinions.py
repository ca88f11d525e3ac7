#!/usr/bin/python3
# needs: python3-numpy python3-sklearn
"""Referee for `nabij opinions`: numpy and scikit-learn on every public conversation there is.

Components: mean imputation, centring, dense SVD. Places: scaled by sqrt(statements / answers).
Groups: KMeans with the same k and 50 starts. Use: opinions.py [path to nabij]"""
import csv, glob, json, os, subprocess, sys, tempfile

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
nabij = sys.argv[1] if len(sys.argv) > 1 else os.path.join(top, "build", "release", "nabij")
shared = os.path.join(top, "..", "shared")
if not os.path.isdir(shared):
    shared = os.environ.get("NABIJ_SHARED", shared)
sets = sorted(glob.glob(os.path.join(shared, "data", "polis", "*", "")))
count = 0


def check(good, what, note=""):
    global count
    count += 1
    print(("ok %d - %s" if good else "not ok %d - %s") % (count, what) + (" # " + note if note else ""))


def skip_all(why):
    print("1..0 # SKIP " + why)
    sys.exit(0)


try:
    import numpy as np
    import warnings
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score, silhouette_score
except ImportError as missing:
    skip_all(str(missing))
if not sets:
    skip_all("no public conversations in ../shared/data/polis or $NABIJ_SHARED/data/polis")


def ask(*words):
    return json.loads(subprocess.run([nabij, "opinions", *words, "--json"], check=True, capture_output=True).stdout)


def read(folder):
    rows = list(csv.reader(open(folder + "participants-votes.csv", encoding="utf-8")))
    away = {r["comment-id"] for r in csv.DictReader(open(folder + "comments.csv", encoding="utf-8")) if r["moderated"] == "-1"}
    columns = [i for i, name in enumerate(rows[0]) if name.isdigit() and name not in away]
    x = np.array([[float(r[i]) if r[i] else np.nan for i in columns] for r in rows[1:]])
    polis = [r[rows[0].index("group-id")] for r in rows[1:]]
    return [r[0] for r in rows[1:]], [rows[0][i] for i in columns], x, polis


def inertia(points, labels):
    return sum(((points[labels == g] - points[labels == g].mean(0)) ** 2).sum() for g in np.unique(labels))


def referee(folder):
    name = os.path.basename(folder[:-1])
    people, statements, votes, polis = read(folder)
    map = ask(folder + "participants-votes.csv", "--comments", folder + "comments.csv", "--bootstrap", "0")
    there = ~np.isnan(votes)
    counted = there.sum(1) > 0
    filled = np.where(there, votes, np.nanmean(votes, axis=0))[counted]
    centred = filled - filled.mean(0)
    if votes.shape[1] < 300:
        left, size, right = np.linalg.svd(centred, full_matrices=False)
        plane = right[:2].T
    else:  # the same, and minutes faster with the plain BLAS
        square, right = np.linalg.eigh(centred.T @ centred)
        size, plane = np.sqrt(square[::-1]), right[:, :-3:-1]
    ours = {s["id"]: (s["x"], s["y"]) for s in map["statements"]}
    mine = np.array([ours[s] for s in statements])
    overlap = (np.linalg.svd(plane.T @ mine)[1] ** 2).mean()
    explained = ((centred @ np.linalg.qr(mine)[0]) ** 2).sum() / (size[:2] ** 2).sum()
    check(overlap >= 0.9999 and explained >= 0.9999, f"{name}: plane", f"overlap {overlap:.8f} explained {explained:.8f}")
    each = np.abs((plane * mine).sum(0))
    check((each >= 0.9999).all(), f"{name}: both components", "cosines %.7f %.7f" % tuple(each))
    scale = np.sqrt(votes.shape[1] / there[counted].sum(1))
    signs = np.sign((plane * mine).sum(0))
    points = centred @ plane * signs * scale[:, None]
    place = {p["id"]: (p["x"], p["y"], p["group"]) for p in map["participants"]}
    got = [place[p] for p, c in zip(people, counted) if c]
    off = np.abs(np.array([g[:2] for g in got]) - points).max() / np.abs(points).max()
    check(off < 1e-3, f"{name}: places", f"largest difference {off:.1e} of the map")
    labels = np.array([g[2] for g in got])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sk = KMeans(n_clusters=map["k"], n_init=50, random_state=0).fit(points)
    rand = adjusted_rand_score(sk.labels_, labels)
    mine_inertia = inertia(points, labels)
    check(rand >= 0.99 or mine_inertia < sk.inertia_, f"{name}: groups",
          f"k {map['k']} adjusted Rand {rand:.4f}, inertia ours {mine_inertia:.4f} sklearn {sk.inertia_:.4f}")
    for k in range(2, 6) if len(points) < 300 else []:
        other = ask(folder + "participants-votes.csv", "--comments", folder + "comments.csv", "--bootstrap", "0", "--groups", str(k))
        sk = KMeans(n_clusters=k, n_init=50, random_state=0).fit(points)
        check(other["inertia"] <= sk.inertia_ * 1.0002, f"{name}: {k} groups", f"inertia ours {other['inertia']:.4f} sklearn {sk.inertia_:.4f}")
    sil = silhouette_score(points, labels)
    check(abs(sil - map["silhouette"][str(map["k"])]) < 2e-3, f"{name}: silhouette",
          f"ours {map['silhouette'][str(map['k'])]:.4f} sklearn {sil:.4f}")
    known = [i for i, (g, c) in enumerate(zip(polis, counted)) if c and g != ""]
    index = np.cumsum(counted) - 1
    polis_rand = adjusted_rand_score([polis[i] for i in known], [labels[index[i]] for i in known])
    print(f"# {name}: k {map['k']}, adjusted Rand with the groups in the export {polis_rand:.3f} (not tuned to)")
    counts = {s["id"]: (s["agree"], s["disagree"], s["pass"]) for s in map["statements"]}
    right_counts = [((votes[:, j] == 1).sum(), (votes[:, j] == -1).sum(), (votes[:, j] == 0).sum()) for j in range(len(statements))]
    check(all(tuple(map_count) == tuple(c) for map_count, c in zip([counts[s] for s in statements], right_counts)), f"{name}: counts")
    if os.path.exists(folder + "votes.csv"):
        both = [subprocess.run([nabij, "opinions", folder + f, "--comments", folder + "comments.csv", "--json", "--bootstrap", "5"],
                               check=True, capture_output=True).stdout for f in ("votes.csv", "participants-votes.csv")]
        check(both[0] == both[1], f"{name}: both layouts give the same bytes")


for folder in sets:
    referee(folder)
print("1..%d" % count)
