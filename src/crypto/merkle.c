#include "crypto/merkle.h"

#include <string.h>

struct hash merkle_leaf(const void *bytes, size_t size)
{
    struct sha256 sha;
    sha256_start(&sha);
    sha256_add(&sha, "\0", 1);
    sha256_add(&sha, bytes, size);
    return sha256_end(&sha);
}

struct hash merkle_node(const struct hash *left, const struct hash *right)
{
    uint8_t both[1 + 2 * HASH_BYTES];
    both[0] = 1;
    memcpy(both + 1, left->b, HASH_BYTES);
    memcpy(both + 1 + HASH_BYTES, right->b, HASH_BYTES);
    return sha256(both, sizeof both);
}

struct hash merkle_empty(void)
{
    return sha256("", 0);
}

unsigned merkle_grow(struct merkle_growing *tree, const struct hash *leaf, struct hash *made)
{
    unsigned count = 0, level = 0;
    made[count++] = *leaf;
    for (; (tree->size >> level) & 1; level++) {
        made[count] = merkle_node(&tree->peak[level], &made[count - 1]);
        count++;
    }
    tree->peak[level] = made[count - 1];
    tree->size++;
    return count;
}

struct hash merkle_root(const struct merkle_growing *tree)
{
    struct hash root = { { 0 } };
    bool begun = false;
    if (tree->size == 0)
        return merkle_empty();
    for (unsigned level = 0; level < MERKLE_LEVELS; level++) {
        if (!((tree->size >> level) & 1))
            continue;
        root = begun ? merkle_node(&tree->peak[level], &root) : tree->peak[level];
        begun = true;
    }
    return root;
}

/* After n leaves there are 2n - (bits set in n) nodes. A node is written with the last leaf it
 * covers, `level` places after that leaf. */
uint64_t merkle_place(unsigned level, uint64_t index)
{
    uint64_t last = ((index + 1) << level) - 1;
    return merkle_count(last) + level;
}

uint64_t merkle_count(uint64_t size)
{
    return 2 * size - (uint64_t)__builtin_popcountll(size);
}

void merkle_edge_make(const struct merkle_source *source, uint64_t size, struct merkle_edge *edge)
{
    edge->size = size;
    edge->root = merkle_empty();
    bool begun = false;
    for (unsigned level = 0; level < MERKLE_LEVELS; level++) {
        if (!((size >> level) & 1))
            continue;
        struct hash peak;
        source->node(source->with, level, (size >> level) - 1, &peak);
        edge->rest[level] = begun ? merkle_node(&peak, &edge->root) : peak;
        edge->root = edge->rest[level];
        begun = true;
    }
}

/* The peak whose leaves hold `leaf`: the highest bit in which leaf and size differ. */
static unsigned peak_over(uint64_t leaf, uint64_t size)
{
    return 63u - (unsigned)__builtin_clzll(leaf ^ size);
}

/* The siblings above a complete subtree's root at `level`: first the rest of the tree to its
 * right, then the peaks to its left, right to left. */
static unsigned climb_peaks(const struct merkle_source *source, const struct merkle_edge *edge,
                            unsigned level, struct hash *proof)
{
    unsigned count = 0;
    uint64_t lower = edge->size & ((1ull << level) - 1);
    if (lower)
        proof[count++] = edge->rest[63 - __builtin_clzll(lower)];
    for (unsigned l = level + 1; l < MERKLE_LEVELS; l++)
        if ((edge->size >> l) & 1)
            source->node(source->with, l, (edge->size >> l) - 1, &proof[count++]);
    return count;
}

unsigned merkle_inclusion(const struct merkle_source *source, const struct merkle_edge *edge,
                          uint64_t leaf, struct hash *proof)
{
    unsigned count = 0, top = peak_over(leaf, edge->size);
    for (unsigned level = 0; level < top; level++)
        source->node(source->with, level, (leaf >> level) ^ 1, &proof[count++]);
    return count + climb_peaks(source, edge, top, proof + count);
}

/* RFC 6962, 2.1.2, from below. The old tree's last peak is where the proof begins; it is left
 * out when it is the whole old tree. */
unsigned merkle_consistency(const struct merkle_source *source, const struct merkle_edge *edge,
                            uint64_t from, struct hash *proof)
{
    if (from == 0 || from == edge->size)
        return 0;
    unsigned count = 0, level = (unsigned)__builtin_ctzll(from);
    unsigned top = peak_over(from - 1, edge->size);
    if (from & (from - 1))
        source->node(source->with, level, (from >> level) - 1, &proof[count++]);
    for (; level < top; level++)
        source->node(source->with, level, ((from - 1) >> level) ^ 1, &proof[count++]);
    return count + climb_peaks(source, edge, top, proof + count);
}

bool merkle_check_inclusion(const struct hash *leaf, uint64_t index, uint64_t size,
                            const struct hash *proof, size_t count, const struct hash *root)
{
    if (index >= size)
        return false;
    uint64_t at = index, last = size - 1;
    struct hash hash = *leaf;
    for (size_t i = 0; i < count; i++) {
        if (last == 0)
            return false;
        if ((at & 1) || at == last) {
            hash = merkle_node(&proof[i], &hash);
            while (!(at & 1) && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = merkle_node(&hash, &proof[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_is(&hash, root);
}

bool merkle_check_consistency(uint64_t from, uint64_t size, const struct hash *from_root,
                              const struct hash *root, const struct hash *proof, size_t count)
{
    if (from == 0 || from > size)
        return false;
    if (from == size)
        return count == 0 && hash_is(from_root, root);
    bool whole = (from & (from - 1)) == 0; /* the old root itself is the first hash */
    if (!whole && count == 0)
        return false;
    uint64_t at = from - 1, last = size - 1;
    while (at & 1) {
        at >>= 1;
        last >>= 1;
    }
    struct hash old = whole ? *from_root : proof[0], new = old;
    for (size_t i = whole ? 0 : 1; i < count; i++) {
        if (last == 0)
            return false;
        if ((at & 1) || at == last) {
            old = merkle_node(&proof[i], &old);
            new = merkle_node(&proof[i], &new);
            while (!(at & 1) && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = merkle_node(&new, &proof[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_is(&old, from_root) && hash_is(&new, root);
}
