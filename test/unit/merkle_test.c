/* merkle_test.c - the growing tree against RFC 6962's recursive definition, and every proof of
 * every small tree, right and wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "crypto/merkle.h"

enum { MOST = 70 };
static struct hash leaves[MOST], nodes[2 * MOST], roots[MOST + 1];

static struct hash by_definition(size_t from, size_t count)
{
    size_t half = 1;
    if (count == 0)
        return merkle_empty();
    if (count == 1)
        return leaves[from];
    while (half * 2 < count)
        half *= 2;
    struct hash left = by_definition(from, half), right = by_definition(from + half, count - half);
    return merkle_node(&left, &right);
}

static void get_node(const void *with, unsigned level, uint64_t index, struct hash *hash)
{
    (void)with;
    *hash = nodes[merkle_place(level, index)];
}
static const struct merkle_source source = { get_node, NULL };

static int grow_all(void **state)
{
    (void)state;
    struct merkle_growing tree = { 0 };
    uint64_t count = 0;
    roots[0] = merkle_root(&tree);
    for (size_t i = 0; i < MOST; i++) {
        leaves[i] = merkle_leaf(&i, sizeof i);
        struct hash made[MERKLE_LEVELS + 1];
        unsigned more = merkle_grow(&tree, &leaves[i], made);
        memcpy(&nodes[count], made, more * sizeof *made);
        count += more;
        roots[i + 1] = merkle_root(&tree);
        if (count != merkle_count(i + 1))
            return 1;
    }
    return 0;
}

static void roots_follow_the_definition(void **state)
{
    (void)state;
    for (size_t size = 0; size <= MOST; size++) {
        struct hash root = by_definition(0, size);
        struct merkle_edge edge;
        merkle_edge_make(&source, size, &edge);
        assert_memory_equal(root.b, roots[size].b, HASH_BYTES);
        assert_memory_equal(edge.root.b, root.b, HASH_BYTES);
    }
}

static void inclusion_holds_only_where_it_is(void **state)
{
    (void)state;
    struct hash proof[MERKLE_PROOF];
    struct merkle_edge edge;
    for (uint64_t size = 1; size <= MOST; size++) {
        merkle_edge_make(&source, size, &edge);
        for (uint64_t leaf = 0; leaf < size; leaf++) {
            unsigned count = merkle_inclusion(&source, &edge, leaf, proof);
            assert_true(
                merkle_check_inclusion(&leaves[leaf], leaf, size, proof, count, &roots[size]));
            for (uint64_t other = 0; other <= size; other++)
                if (other != leaf)
                    assert_false(merkle_check_inclusion(&leaves[leaf], other, size, proof, count,
                                                        &roots[size]));
            assert_false(
                merkle_check_inclusion(&leaves[leaf], leaf, size, proof, count + 1, &roots[size]));
            for (unsigned i = 0; i < count; i++) {
                proof[i].b[i]++;
                assert_false(
                    merkle_check_inclusion(&leaves[leaf], leaf, size, proof, count, &roots[size]));
                proof[i].b[i]--;
            }
        }
    }
}

static void consistency_holds_only_from_there(void **state)
{
    (void)state;
    struct hash proof[MERKLE_PROOF];
    struct merkle_edge edge;
    for (uint64_t size = 1; size <= MOST; size++) {
        merkle_edge_make(&source, size, &edge);
        for (uint64_t from = 1; from <= size; from++) {
            unsigned count = merkle_consistency(&source, &edge, from, proof);
            assert_true(
                merkle_check_consistency(from, size, &roots[from], &roots[size], proof, count));
            for (uint64_t other = 0; other <= size + 1; other++)
                if (other != from)
                    assert_false(merkle_check_consistency(other, size, &roots[from], &roots[size],
                                                          proof, count));
            for (unsigned i = 0; i < count; i++) {
                proof[i].b[i]++;
                assert_false(
                    merkle_check_consistency(from, size, &roots[from], &roots[size], proof, count));
                proof[i].b[i]--;
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_follow_the_definition),
        cmocka_unit_test(inclusion_holds_only_where_it_is),
        cmocka_unit_test(consistency_holds_only_from_there),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, grow_all, NULL);
}
