/* maths/suggest.h - who might like to meet whom, and why.
 *
 * A place holds people (languages, strengths, wishes, interests, a position, how many
 * introductions they want now) and the lines that are there already. Two people are
 * admissible when both are open (open >= 1), no line joins them yet, and they share a
 * language or one of them names none. Every admissible pair has a weight: the sum of its
 * reasons, each a whole number of units (10,000 units = 1 point), so that the sum is exact,
 * the same from both sides, and the same on every machine and at every thread count.
 *
 *   N       people in this place
 *   r(n)    max(0.05, ln(N / n) / ln N)     how rare something is that n people have
 *   g(a,b)  5 / max(5, items a lists, items b lists)       who lists much, spreads it
 *   h(a,b)  1 / (1 + d / 1000 m), 1 when a position is unknown      d = their distance
 *   A(a,b)  sum over friends z in common of 1 / ln(lines of z)
 *   S(a)    sum over all friends z of a of 1 / ln(max(2, lines of z))
 *
 *   interest   r(n) g h                 for every interest in common
 *   wish       (0.5 + 0.5 r(n)) g h     your wish meets their strength; n have that strength
 *   strength   (0.5 + 0.5 r(n)) g h     their wish meets your strength
 *   friends    3 A / (2 + max(S(a), S(b)))
 *   porch      0.5 (1 - d / (2 porch))  when d <= porch (25 m unless told otherwise)
 *   language   0.5 r(n)                 the rarest language in common
 *
 * A is Adamic and Adar's weighting ("Friends and neighbors on the Web", Social Networks
 * 25(3), 2003, section 3); dividing by the larger circle is the hub-depressed form (Lü and
 * Zhou, "Link prediction in complex networks: a survey", Physica A 390(6), 2011, section
 * 3.1): a hub gains nothing from being one. r is the information content of a shared
 * feature, brought to 0 … 1.
 *
 * Ties are broken by a hash of the two keys and the seed, never by the order of the input:
 * shuffling the rows changes nothing. */
#ifndef NABIJ_MATHS_SUGGEST_H
#define NABIJ_MATHS_SUGGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/suggest_round.h"

#define SUGGEST_UNIT 10000u /* units in one point */

/* Person i has tag[start[i]] … tag[start[i + 1] - 1], each below `kinds`, in any order;
 * doubles count once. */
struct suggest_tags {
    uint32_t kinds;
    const uint32_t *start;
    const uint32_t *tag;
};

/* All arrays are the caller's; suggest_open copies what it needs. Strengths and wishes share
 * one numbering; interests and languages each have their own. */
struct suggest_people {
    uint32_t count;
    const float *x, *y;   /* metres; NaN when unknown */
    const uint16_t *open; /* introductions wanted now; 0 = leave me */
    const uint64_t *key;  /* a hash of the person's own id, for ties */
    struct suggest_tags languages, strengths, wishes, interests;
};

/* Lines as pairs of people; doubles and lines to oneself are left out. */
struct suggest_lines {
    uint64_t count;
    const uint32_t *a, *b;
};

struct suggest_settings {
    float porch;      /* metres; 0 means 25 */
    uint64_t seed;    /* for ties only */
    unsigned threads; /* 0 and 1 both mean one; the answer is the same for any number */
};

struct suggest_place;
struct suggest_scratch;

struct suggest_place *suggest_open(const struct suggest_people *people,
                                   const struct suggest_lines *lines,
                                   const struct suggest_settings *settings);
void suggest_close(struct suggest_place *place);

/* Bytes that the place holds. */
uint64_t suggest_size(const struct suggest_place *place);

/* Working memory of one thread; lives until given back, at most as long as its place. */
struct suggest_scratch *suggest_scratch_new(const struct suggest_place *place);
void suggest_scratch_free(struct suggest_scratch *scratch);

struct suggest_partner {
    uint32_t person;
    uint32_t weight; /* units, at least 1 */
};

/* The best `most` partners of one person, heaviest first, into out[most]; how many came.
 * Exact when the place has at most SUGGEST_SMALL people. In a larger place the best are
 * chosen among: friends of friends (through friends with at most SUGGEST_HUB lines), those
 * within the porch, those who share a tag and live nearest, and next-door neighbours; their
 * weights are exact all the same. Somebody open with an admissible partner anywhere gets at
 * least one. */
#define SUGGEST_SMALL 1500u
#define SUGGEST_HUB   256u
uint32_t suggest_list(const struct suggest_place *place, struct suggest_scratch *scratch,
                      uint32_t person, uint32_t most, struct suggest_partner *out);

/* What goes over everybody at once is numbered along the map, neighbours together, which is
 * kinder to the machine's memory: number 0 … count-1, one for each person. */
uint32_t suggest_person_at(const struct suggest_place *place, uint32_t number);
uint32_t suggest_number_of(const struct suggest_place *place, uint32_t person);

/* How many introductions each number wants: what they are open for, at most `most`. */
void suggest_wanted(const struct suggest_place *place, uint16_t most, uint16_t *wanted);

/* Everybody's list, all by number: i owns partner[i * most] … + found[i]. */
struct suggest_lists {
    uint32_t people, most;
    uint32_t *found;
    struct suggest_partner *partner;
};
void suggest_lists(const struct suggest_place *place, uint32_t most, unsigned threads,
                   struct suggest_lists *lists);
void suggest_lists_free(struct suggest_lists *lists);

/* The weight of one pair; 0 when it is not admissible. */
uint32_t suggest_weight(const struct suggest_place *place, uint32_t a, uint32_t b);

enum suggest_kind {
    SUGGEST_INTEREST, /* what: the interest */
    SUGGEST_WISH,     /* what: the strength of b that a wishes for */
    SUGGEST_STRENGTH, /* what: the strength of a that b wishes for */
    SUGGEST_FRIENDS,  /* count: friends in common */
    SUGGEST_PORCH,    /* count: metres */
    SUGGEST_LANGUAGE  /* what: the rarest language in common */
};

struct suggest_reason {
    enum suggest_kind kind;
    uint32_t what;   /* a tag; 0 for friends and porch */
    uint32_t count;  /* how many people here have it; friends in common; whole metres */
    uint32_t weight; /* units; the reasons of a pair add up to its weight */
};

/* The reasons why a might like to meet b, heaviest first; at most `room` are written, all are
 * counted. None when the pair is not admissible. */
uint32_t suggest_reasons(const struct suggest_place *place, uint32_t a, uint32_t b,
                         struct suggest_reason *out, uint32_t room);

/* Friends in common, at most `room` written, all counted. Never to be shown by name unless
 * they agreed; the caller knows. */
uint32_t suggest_friends(const struct suggest_place *place, uint32_t a, uint32_t b, uint32_t *out,
                         uint32_t room);

/* The pairs that an introduction round chooses from, by number: every admissible pair when
 * the place is small (at most `everyone` people), else each one's best `most` and whoever
 * counts them among theirs. Give back with suggest_pairs_free. */
void suggest_pairs_of(const struct suggest_place *place, uint32_t everyone, uint32_t most,
                      unsigned threads, struct suggest_pairs *pairs);

/* Adds the lists of `most` of the numbers in `who` to what `pairs` holds: a wider choice for
 * those who would be left out. */
void suggest_pairs_widen(const struct suggest_place *place, const uint32_t *who, uint32_t count,
                         uint32_t most, unsigned threads, struct suggest_pairs *pairs);

#endif
