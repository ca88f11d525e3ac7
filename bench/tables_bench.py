#!/usr/bin/python3
"""Seating: nabij beside a plain hill climber and MiniZinc with Gecode, in one process tree.

    bench/tables_bench.py [settings] [of which also for MiniZinc]

200 seeded settings by default. The climber gets the wall-clock time that nabij took (and not
less than 20 ms); MiniZinc gets 10 seconds each, a hundred times as much, as it needs most of a
second to start."""
import json, os, random, resource, statistics, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NABIJ = os.path.join(ROOT, "build/release/nabij")
TMP = tempfile.mkdtemp()
CLIMBER = os.path.join(TMP, "climber")


def setting(seed):
    rnd = random.Random(seed)
    n, seats, rounds = rnd.randint(12, 200), rnd.randint(3, 6), rnd.randint(2, 8)
    if rnd.random() < 0.4:
        n = rnd.randint(12, 48)
    people = []
    langs = rnd.random() < 0.4
    moves = rnd.random() < 0.4
    hosts = rnd.random() < 0.4
    pairs = rnd.random() < 0.5
    least = n
    for p in range(n):
        speaks = []
        if langs:
            first = rnd.choices(["nl", "tr", "ar"], [70, 15, 15])[0]
            speaks = sorted({first} | ({"nl"} if rnd.random() < 0.7 else set()))
        came, left = 1, 0
        if moves and rnd.random() < 0.1:
            came = rnd.randint(1, rounds)
        if moves and rnd.random() < 0.1:
            left = rnd.randint(came, rounds)
        people.append({"lang": speaks, "from": came, "until": left, "host": 0, "apart": set()})
    here = [[p["from"] <= r and (not p["until"] or r <= p["until"]) for r in range(1, rounds + 1)]
            for p in people]
    least = min(-(-sum(here[p][r] for p in range(n)) // seats) for r in range(rounds))
    if hosts:
        for p in range(min(least, rnd.randint(1, max(1, n // seats)))):
            people[p]["host"] = 1
    if pairs:
        for _ in range(n // 6):
            a, b = rnd.sample(range(n), 2)
            people[a]["apart"].add(b)
    return n, seats, rounds, people, here


def sizes(present, seats, r):
    g = -(-present // seats)
    small, larger = divmod(present, g)
    return [small + (((t + r * larger) % g) < larger) for t in range(g)]


def run_nabij(s, seed):
    n, seats, rounds, people, _ = s
    path = os.path.join(TMP, "people.csv")
    with open(path, "w") as f:
        langs = any(p["lang"] for p in people)
        f.write("name," + ("languages," if langs else "") + "apart,host,from,until\n")
        for i, p in enumerate(people):
            f.write("p%d,%s%s,%s,%d,%s\n" % (i, ";".join(p["lang"]) + "," if langs else "",
                    ";".join("p%d" % q for q in sorted(p["apart"])), "1" if p["host"] else "",
                    p["from"], p["until"] or ""))
    start = time.monotonic()
    done = subprocess.run([NABIJ, "tables", "--people", path, "--seats", str(seats), "--rounds",
                           str(rounds), "--json"], capture_output=True, text=True)
    took = time.monotonic() - start
    a = json.loads(done.stdout)
    return (a["apart_broken"] + a["without_language"], a["repeats"]), a["bound"], took


def run_climber(s, seed, seconds):
    n, seats, rounds, people, here = s
    bits = {"nl": 1, "tr": 2, "ar": 4}
    langs = any(p["lang"] for p in people)
    text = ["%f %d %d %d %d" % (seconds, seed, n, rounds, 3 if langs else 0)]
    for r in range(rounds):
        k = sizes(sum(here[p][r] for p in range(n)), seats, r)
        text.append(" ".join(map(str, [len(k)] + k)))
    home = 0
    for i, p in enumerate(people):
        mine = -1
        if p["host"]:
            mine, home = home, home + 1
        text.append("%d %d %s" % (mine, sum(bits[x] for x in p["lang"]),
                                  "".join("1" if h else "0" for h in here[i])))
    pairs = [(i, q) for i, p in enumerate(people) for q in p["apart"]]
    text.append(str(len(pairs)))
    text += ["%d %d" % x for x in pairs]
    out = subprocess.run([CLIMBER], input="\n".join(text) + "\n", capture_output=True, text=True)
    hard, repeats = out.stdout.split()
    return int(hard), int(repeats)


def run_minizinc(s, seconds):
    n, seats, rounds, people, here = s
    ks = [sizes(sum(here[p][r] for p in range(n)), seats, r) for r in range(rounds)]
    most = max(map(len, ks))
    names = ["nl", "tr", "ar"] if any(p["lang"] for p in people) else ["-"]
    homes, home = [], 0
    for p in people:
        home += p["host"]
        homes.append(home if p["host"] else 0)
    pairs = [[i + 1, q + 1] for i, p in enumerate(people) for q in p["apart"]]
    data = {"n": n, "rounds": rounds, "most": most, "size": [k + [0] * (most - len(k)) for k in ks],
            "here": here, "home": homes, "languages": len(names),
            "speaks": [[x in p["lang"] or x == "-" for x in names] for p in people],
            "pairs": len(pairs), "apart": pairs}
    path = os.path.join(TMP, "data.json")
    json.dump(data, open(path, "w"))
    out = subprocess.run(["minizinc", "--solver", "gecode", "--time-limit", str(int(seconds * 1000)),
                          os.path.join(ROOT, "bench/tables.mzn"), path], capture_output=True, text=True)
    found = [int(x) for x in out.stdout.split() if x.isdigit()]
    return (0, found[-1]) if found else None


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    zinc = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    subprocess.run(["gcc", "-O3", "-o", CLIMBER, os.path.join(ROOT, "bench/tables_climber.c")], check=True)
    tally = {"climber": [0, 0, 0], "minizinc": [0, 0, 0, 0]}
    times, away, at_bound, zero, sums = [], [], 0, 0, [0, 0]
    for seed in range(1, count + 1):
        s = setting(seed)
        mine, bound, took = run_nabij(s, seed)
        rival = run_climber(s, seed, max(took, 0.02))
        times.append(took)
        at_bound += mine[1] == bound
        zero += mine == (0, 0) and rival == (0, 0)
        sums[0] += mine[1]
        sums[1] += rival[1]
        away.append(mine[1] - bound)
        tally["climber"][0 if mine < rival else 1 if mine == rival else 2] += 1
        if mine > rival:
            print("# behind the climber: seed", seed, s[:3], mine, rival, "bound", bound, flush=True)
        if seed <= zinc:
            z = run_minizinc(s, 10)
            tally["minizinc"][3 if z is None else 0 if mine < z else 1 if mine == z else 2] += 1
            if z is not None and mine > z:
                print("# behind MiniZinc: seed", seed, s[:3], mine, z, "bound", bound, flush=True)
    print("settings %d; nabij median %.1f ms, most %.1f ms (wall, with start and reading)" %
          (count, 1e3 * statistics.median(times), 1e3 * max(times)))
    print("against the climber: fewer %d, equal %d (of which %d both without any), more %d; repeats in all %d against %d" %
          (tally["climber"][0], tally["climber"][1], zero, tally["climber"][2], sums[0], sums[1]))
    print("against MiniZinc: fewer %d, equal %d, more %d, MiniZinc found nothing %d" % tuple(tally["minizinc"]))
    print("at the counting bound: %d; away from it: median %d, most %d" %
          (at_bound, statistics.median(away), max(away)))
    print("user time of all children: %.1f s" % resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime)


main()
