#!/usr/bin/env python3
"""A second, independent check of a proof bundle, from docs/proof-bundle.md alone.

Use: bundle.py BUNDLE.json [EARLIER_CHECKPOINT_OR_BUNDLE]. Standard library only; the Ed25519
signatures are checked too when python3-cryptography is there. Exit 0 good, 1 wrong."""
import base64
import hashlib
import hmac
import json
import sys

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None


class Wrong(Exception):
    pass


def need(true, what):
    if not true:
        raise Wrong(what)


def b64(text, size):
    raw = base64.b64decode(text, validate=True)
    need(len(raw) == size and base64.b64encode(raw).decode() == text, "base64 " + text)
    return raw


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


# Recursively, from the definition of the proofs in RFC 6962 (2.1.1, 2.1.2), on purpose not the
# loops of RFC 9162 that nabij uses.
def split(n):
    return 1 << ((n - 1).bit_length() - 1)


def root_by_path(leaf, m, n, path):
    if n == 1:
        need(not path, "a proof is too long")
        return leaf
    need(path, "a proof is too short")
    k = split(n)
    if m < k:
        return node(root_by_path(leaf, m, k, path[:-1]), path[-1])
    return node(path[-1], root_by_path(leaf, m - k, n - k, path[:-1]))


def roots_by_proof(m, n, proof, whole, old):
    """(old root, new root) of SUBPROOF(m, D[n], whole)."""
    if m == n:
        if whole:
            need(not proof, "a proof is too long")
            return old, old
        need(len(proof) == 1, "a proof has the wrong length")
        return proof[0], proof[0]
    need(proof, "a proof is too short")
    k = split(n)
    if m <= k:
        a, b = roots_by_proof(m, k, proof[:-1], whole, old)
        return a, node(b, proof[-1])
    a, b = roots_by_proof(m - k, n - k, proof[:-1], False, old)
    return node(proof[-1], a), node(proof[-1], b)


def read_key(text):
    name, key_id, rest = text.split("+", 2)
    typed = b64(rest, 33)
    need(typed[0] == 1, "key type")
    need(hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex() == key_id, "key id")
    return name, typed[1:], bytes.fromhex(key_id)


def read_note(note, key):
    name, public, key_id = key
    text, lines = note.rsplit("\n\n", 1)
    text += "\n"
    for line in lines.splitlines():
        dash, who, signature = line.split(" ")
        need(dash == "\u2014", "signature line")
        if who != name:
            continue
        raw = b64(signature, 68)
        need(raw[:4] == key_id, "signature's key")
        if Ed25519PublicKey:
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
            except InvalidSignature:
                raise Wrong("signature")
        return text.split("\n")
    raise Wrong("no signature by " + name)


def read_checkpoint(note, key):
    lines = read_note(note, key)
    need(lines[0] == key[0], "checkpoint's name")
    return int(lines[1]), b64(lines[2], 32)


def check(text, earlier):
    bundle = json.loads(text)
    need(set(bundle) == {"format", "key", "checkpoint", "last", "entries", "consistency"}, "fields")
    need(bundle["format"] == "nabij look log bundle 1", "format")
    key = read_key(bundle["key"])
    size, root = read_checkpoint(bundle["checkpoint"], key)
    last = read_note(bundle["last"], key)
    need(last[:2] == ["nabij last entry", key[0]] and int(last[4]) == size, "last")
    need(len(bundle["entries"]) == int(last[3]), "number of entries")
    for number, entry in enumerate(bundle["entries"], 1):
        need(set(entry) == {"leaf", "r", "entry", "proof"}, "fields of entry %d" % number)
        lines = entry["entry"].split("\n")
        need(lines[0] == "seq: %d" % number, "seq of entry %d" % number)
        need(lines[2] == "subject: " + last[2], "subject of entry %d" % number)
        commitment = hmac.digest(b64(entry["r"], 32), entry["entry"].encode(), "sha256")
        leaf = hashlib.sha256(b"\x00" + commitment).digest()
        need(0 <= entry["leaf"] < size, "leaf of entry %d" % number)
        path = [b64(h, 32) for h in entry["proof"]]
        need(root_by_path(leaf, entry["leaf"], size, path) == root, "proof of entry %d" % number)
    bridges = {}
    for bridge in bundle["consistency"]:
        need(set(bridge) == {"from", "root", "proof"}, "fields of a bridge")
        start, then = bridge["from"], b64(bridge["root"], 32)
        need(0 < start <= size, "start of a bridge")
        proof = [b64(h, 32) for h in bridge["proof"]]
        need(roots_by_proof(start, size, proof, True, then) == (then, root),
             "bridge from %d" % start)
        bridges[start] = then
    if earlier:
        note = json.loads(earlier)["checkpoint"] if earlier.startswith("{") else earlier
        old_size, old_root = read_checkpoint(note, key)
        bridges[size] = root
        need(old_size == 0 or bridges.get(old_size) == old_root, "grown from the earlier log")
    return len(bundle["entries"]), size


def main():
    texts = [open(name, encoding="utf-8").read() for name in sys.argv[1:3]]
    try:
        entries, size = check(texts[0], texts[1] if len(texts) > 1 else None)
    except (Wrong, ValueError, KeyError, TypeError, IndexError, AttributeError) as wrong:
        print("wrong: %s" % wrong)
        return 1
    print("good: %d entries in a log of %d%s" %
          (entries, size, "" if Ed25519PublicKey else " (signatures not checked)"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
