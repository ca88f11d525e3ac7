#!/usr/bin/python3
# needs: python3-networkx
"""`nabij cascade --json` against networkx on 150 seeded random histories."""
import json, os, random, subprocess, sys

try:
    import networkx
except ImportError:
    print("1..0 # SKIP python3-networkx is not installed")
    sys.exit(0)

here = os.path.dirname(os.path.abspath(__file__))
nabij = os.environ.get("NABIJ", os.path.join(here, "../../build/release/nabij"))


def history(rnd):
    g = networkx.DiGraph()
    things = rnd.randint(2, 150)
    names = [f"thing {i}" for i in range(things)]
    rnd.shuffle(names)
    g.add_nodes_from(names)
    for i in range(1, things):
        for _ in range(rnd.choice([0, 1, 1, 2, 3])):
            g.add_edge(names[max(0, i - rnd.randint(1, 20))], names[i])
    return g


def ask(g, rnd, extra=()):
    rows = [f"{b},{a}" for a, b in g.edges] + [f"{v}," for v in g if g.in_degree(v) == 0]
    rnd.shuffle(rows)
    text = "child,parent\n" + "\n".join(rows) + "\n"
    return subprocess.run([nabij, "cascade", "-", "--json", *extra], input=text, capture_output=True, text=True)


print("1..2")
wrong = None
for seed in range(150):
    rnd = random.Random(seed)
    g = history(rnd)
    got = {r["id"]: r for r in json.loads(ask(g, rnd, ["--threads", str(rnd.randint(1, 2))]).stdout)["roots"]}
    roots = {v for v in g if g.in_degree(v) == 0}
    if set(got) != roots:
        wrong = wrong or f"roots differ (seed {seed})"
    for v in roots & set(got):
        far = networkx.single_source_shortest_path_length(g, v)
        depth = max(far.values())
        generations = [sum(d == k for d in far.values()) for k in range(1, depth + 1)]
        if (got[v]["reach"], got[v]["depth"], got[v]["generations"]) != (len(far) - 1, depth, generations):
            wrong = wrong or f"{v}: {got[v]} (seed {seed})"
print("not ok" if wrong else "ok", "1 - reach, depth and generations of 150 random histories" + (f" # {wrong}" if wrong else ""))
bad = None
for seed in range(40):
    rnd = random.Random(seed)
    g = history(rnd)
    a = rnd.choice(list(g))
    below = list(networkx.descendants(g, a))
    if not below:
        continue
    g.add_edge(rnd.choice(below), a)
    done = ask(g, rnd)
    named = done.stderr.split("found one: ")[-1].strip().split(" grew from ")
    if done.returncode != 2 or done.stdout or not all(g.has_edge(p, c) for c, p in zip(named, named[1:])):
        if "…" not in done.stderr:
            bad = f"seed {seed}: {done.stderr}"
print("not ok" if bad else "ok", "2 - a circle is refused and truly named" + (f" # {bad}" if bad else ""))
sys.exit(1 if wrong or bad else 0)
