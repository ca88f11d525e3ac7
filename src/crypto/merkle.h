/* merkle.h - the tree that makes a list impossible to rewrite unseen (RFC 6962, section 2.1).
 *
 * Pure: no files, no memory. A leaf is SHA-256(0x00 || bytes), a node SHA-256(0x01 || left ||
 * right). A tree of n leaves is described by its complete subtrees: node (level, index) covers
 * the leaves index·2^level … (index+1)·2^level - 1. Whoever keeps the nodes hands them over
 * through a merkle_source. Proofs are checked by RFC 9162, sections 2.1.3.2 and 2.1.4.2. */
#ifndef NABIJ_CRYPTO_MERKLE_H
#define NABIJ_CRYPTO_MERKLE_H

#include "crypto/sha256.h"

enum { MERKLE_LEVELS = 64, MERKLE_PROOF = 2 * MERKLE_LEVELS };

struct hash merkle_leaf(const void *bytes, size_t size);
struct hash merkle_node(const struct hash *left, const struct hash *right);
struct hash merkle_empty(void); /* the root of no leaves: SHA-256 of nothing */

/* A tree that grows: the roots of its complete subtrees, one for each bit of `size`. */
struct merkle_growing {
    uint64_t size;
    struct hash peak[MERKLE_LEVELS]; /* peak[l] is valid when bit l of size is set */
};

/* Adds a leaf; writes it and every node it completes, lowest first, to `made` (at most
 * MERKLE_LEVELS + 1). Returns how many. */
unsigned merkle_grow(struct merkle_growing *tree, const struct hash *leaf, struct hash *made);
struct hash merkle_root(const struct merkle_growing *tree);

/* Where a node stands when the nodes of a growing tree are written one after another as
 * merkle_grow makes them, counted in hashes from 0; and how many there are for a size. */
uint64_t merkle_place(unsigned level, uint64_t index);
uint64_t merkle_count(uint64_t size);

struct merkle_source {
    void (*node)(const void *with, unsigned level, uint64_t index, struct hash *hash);
    const void *with;
};

/* The right edge of a tree of `size` leaves, computed once so that a proof only looks up:
 * rest[l] is the root of everything from the peak at level l to the right. */
struct merkle_edge {
    uint64_t size;
    struct hash root, rest[MERKLE_LEVELS];
};
void merkle_edge_make(const struct merkle_source *source, uint64_t size, struct merkle_edge *edge);

/* The hashes from leaf to root, leaf < edge->size. Returns how many (≤ MERKLE_LEVELS). */
unsigned merkle_inclusion(const struct merkle_source *source, const struct merkle_edge *edge,
                          uint64_t leaf, struct hash *proof);

/* That the tree of `from` leaves is the beginning of the tree of edge->size, 1 ≤ from ≤ size.
 * Returns how many (≤ MERKLE_PROOF). */
unsigned merkle_consistency(const struct merkle_source *source, const struct merkle_edge *edge,
                            uint64_t from, struct hash *proof);

bool merkle_check_inclusion(const struct hash *leaf, uint64_t index, uint64_t size,
                            const struct hash *proof, size_t count, const struct hash *root);
bool merkle_check_consistency(uint64_t from, uint64_t size, const struct hash *from_root,
                              const struct hash *root, const struct hash *proof, size_t count);

#endif
