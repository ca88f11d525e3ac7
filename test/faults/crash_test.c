/* crash_test.c - the vault is killed at each of its writes and syncs over a run of acts and looks.
 *
 * Twice: once as a process that dies (what was written stays), once as a machine that loses power
 * (of each file only what was synced stays). Afterwards the same oracle: every acknowledged act is
 * there, none is half there, the database is whole, the look log verifies from its first leaf,
 * and every acknowledged look has its entry. */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#define quick_exit quick_exit_of_stdlib
#include <stdlib.h>
#undef quick_exit
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/disk.h"
#include "base/log.h"
#include "base/pack.h"
#include "crypto/passphrase.h"
#include "house/ask.h"
#include "house/keyring.h"
#include "house/sealed.h"
#include "house/vault.h"
#include "people/people.h"
#include "places/places.h"
#include "queries.h"

enum { ACTS = 8, MOST_CALLS = 4000, ARENA = 256 * 1024 * 1024 };

static char work[256];
static struct config config;

/* ---- folders ---- */

static void shell(struct str command)
{
    char line[1200];
    snprintf(line, sizeof line, "%.*s", STR_FMT(command));
    if (system(line) != 0) {
        printf("Bail out! %s\n", line);
        exit(1);
    }
}

static void copy_folder(const char *from, const char *to)
{
    char line[1200];
    int length = snprintf(line, sizeof line, "rm -rf '%s/%s' && cp -rp '%s/%s' '%s/%s'", work, to,
                          work, from, work, to);
    shell((struct str){ line, (size_t)length });
}

static void use(const char *name)
{
    static char folder[512];
    snprintf(folder, sizeof folder, "%s/%s", work, name);
    config.data = str_of(folder);
}

/* ---- a small neighbourhood, made once ---- */

static struct id resident_id;
static struct str professional_session, resident_session;
static char mandate_path[128];

static struct str keep_static(struct str text)
{
    static char kept[8][64];
    static int next;
    struct str copy = { kept[next], text.len };
    memcpy(kept[next++], text.at, text.len);
    return copy;
}

static struct str let_in(struct vault *vault, struct arena *arena, struct str link,
                         const char *name)
{
    char path[80];
    struct field fields[] = { { STR("first_name"), str_of(name) },
                              { STR("public_name"), str_of(name) },
                              { STR("name"), str_of(name) },
                              { STR("passphrase"), STR("vier losse woorden samen") } };
    snprintf(path, sizeof path, "/card/%.*s", STR_FMT(link));
    return vault_act(vault, arena, str_of(path), STR(""), fields, 4).session_made;
}

static struct str card(struct vault *vault, struct arena *arena, enum card_kind kind, struct id by,
                       struct id mandate)
{
    struct ctx ctx;
    struct place_by_slug_row place;
    vault_begin(vault, arena, &ctx);
    place_by_slug(ctx.db, arena, &(struct place_by_slug_in){ STR("plek") }, &place);
    ctx.place = (struct place){ place.id, place.slug, place.name, place.about };
    ctx.who.person = by;
    struct id made = card_make(
        &ctx, &(struct card_order){ .kind = kind, .mandate = mandate, .mandate_version = 1 });
    struct str link = card_link_of(&ctx, made);
    vault_finish(vault, true);
    return link;
}

static struct id person_of(struct vault *vault, struct arena *arena, const char *name)
{
    struct ctx ctx;
    struct id found = { { 0 } };
    struct place_by_slug_row place;
    vault_begin(vault, arena, &ctx);
    place_by_slug(ctx.db, arena, &(struct place_by_slug_in){ STR("plek") }, &place);
    struct everybody_rows all =
        everybody(ctx.db, arena, &(struct everybody_in){ .place = place.id });
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].resident == (strcmp(name, "bewoner") == 0))
            found = all.at[i].id;
    vault_finish(vault, false);
    return found;
}

static struct id write_mandate(struct vault *vault, struct arena *arena)
{
    struct day today = moment_day(clock_now());
    struct field fields[] = {
        { STR("commissioner"), STR("De gemeente") },
        { STR("organisation"), STR("Buurtwerk") },
        { STR("purpose"), STR("Mensen aan elkaar voorstellen.") },
        { STR("can_do"), STR("Luisteren.") },
        { STR("cannot_do"), STR("Geld geven.") },
        { STR("what_i_do"), STR("Niets zonder jouw ja.") },
        { STR("reads_along"), STR("Niemand.") },
        { STR("starts"), day_text(arena, today) },
        { STR("ends"), day_text(arena, (struct day){ today.n + 100 }) },
    };
    struct reply reply =
        vault_act(vault, arena, STR("/in/plek/mandates"), professional_session, fields, 9);
    struct id id = { { 0 } };
    id_read(str_first(str_from(reply.then, 18), ID_LETTERS), &id);
    snprintf(mandate_path, sizeof mandate_path, "/in/plek/mandates/%.*s",
             STR_FMT(id_text(arena, id)));
    struct str force = str_print(arena, "%s/in-force", mandate_path);
    vault_act(vault, arena, force, professional_session, NULL, 0);
    return id;
}

static void make_template(void)
{
    const char *why = "";
    struct ctx ctx;
    struct arena *arena = arena_new(ARENA);
    use("template");
    struct vault *vault = vault_open(arena, &config, true, &why);
    if (!vault) {
        printf("Bail out! %s\n", why);
        exit(1);
    }
    vault_begin(vault, arena, &ctx);
    place_make(&ctx, STR("plek"), STR("Plek"), STR("Een plek."));
    vault_finish(vault, true);
    struct id none = { { 0 } };
    professional_session =
        keep_static(let_in(vault, arena, card(vault, arena, CARD_PROFESSIONAL, none, none), "pro"));
    struct id mandate = write_mandate(vault, arena);
    struct id professional = person_of(vault, arena, "pro");
    resident_session = keep_static(
        let_in(vault, arena, card(vault, arena, CARD_RESIDENT, professional, mandate), "bewoner"));
    resident_id = person_of(vault, arena, "bewoner");
    struct str read = str_print(arena, "%s/read", mandate_path);
    vault_act(vault, arena, read, resident_session, NULL, 0);
    vault_close(vault);
    arena_free(arena);
}

/* ---- the run that is killed ---- */

static long kill_at, calls;
static bool power_loss;
static char shadow[512], synced_file[4096];

/* What was synced is safe: it goes to the shadow folder, under its own name. */
static void keep_synced(void)
{
    const char *name;
    char command[9000];
    struct stat st;
    if (!synced_file[0])
        return;
    if (stat(synced_file, &st) != 0 || !S_ISREG(st.st_mode)) {
        synced_file[0] = 0; /* a folder: its files keep what they had, which is the harder case */
        return;
    }
    name = synced_file + config.data.len;
    snprintf(command, sizeof command, "cp -p '%s' '%s%s'", synced_file, shadow, name);
    synced_file[0] = 0;
    if (system(command) != 0)
        _exit(3);
}

static void before(char kind, int fd, uint64_t offset, size_t size)
{
    (void)fd;
    (void)offset;
    (void)size;
    if (power_loss)
        keep_synced();
    if (++calls == kill_at)
        raise(SIGKILL);
    if (power_loss && kind == 's')
        snprintf(synced_file, sizeof synced_file, "%s", disk_watched_file());
}

static bool ask_question(struct vault *vault, struct arena *arena, int number)
{
    struct str asked = str_print(arena, "Vraag nummer %d", number);
    struct field field = { STR("question"), asked };
    struct str path = str_print(arena, "%s/ask", mandate_path);
    return vault_act(vault, arena, path, resident_session, &field, 1).outcome == OK;
}

static bool look_at_resident(struct vault *vault, struct arena *arena)
{
    struct out question;
    struct reply reply;
    out_open(&question, 256);
    pack_number(&question, 1);
    pack_id(&question, resident_id);
    pack_number(&question, SEALED_NAME);
    struct call call = {
        .kind = CALL_ASK,
        .path = str_print(arena, "/in/plek/residents"),
        .session = professional_session,
        .ask = ASK_SEALED,
        .question = str_keep(arena, out_str(&question)),
    };
    out_close(&question);
    vault_work(vault, arena, &call, 1, &reply);
    return reply.outcome == OK && reply.answer.len > 16;
}

/* In the child: acts and looks in turn; each acknowledgement is a byte in the pipe. */
static void run_acts(int acknowledged)
{
    const char *why = "";
    struct arena *arena = arena_new(ARENA);
    disk_watch(before);
    struct vault *vault = vault_open(arena, &config, false, &why);
    if (!vault)
        _exit(4);
    for (int i = 0; i < ACTS; i++) {
        char letter = (char)('a' + i);
        if (ask_question(vault, arena, i))
            letter = (char)('A' + i);
        if (write(acknowledged, &letter, 1) != 1)
            _exit(5);
        letter = look_at_resident(vault, arena) ? '+' : '-';
        if (write(acknowledged, &letter, 1) != 1)
            _exit(5);
        if (i == ACTS / 2)
            vault_rest(vault); /* a checkpoint in the middle */
    }
    vault_close(vault);
    disk_watch(NULL);
    if (power_loss)
        keep_synced();
    _exit(0);
}

/* ---- the oracle ---- */

struct acknowledged {
    bool question[ACTS];
    int looks, refused;
};

static struct acknowledged read_acknowledged(int from)
{
    struct acknowledged got = { 0 };
    char letter;
    while (read(from, &letter, 1) == 1) {
        if (letter == '+')
            got.looks++;
        else if (letter >= 'A' && letter < 'A' + ACTS)
            got.question[letter - 'A'] = true;
        else
            got.refused++;
    }
    return got;
}

static long count_in_database(struct arena *arena, const char *sql)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    long count = -1;
    sqlite3_open(config_path(&config, arena, "nabij.db"), &database);
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        count = (long)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return count;
}

static const char *check(const struct acknowledged *must)
{
    static char wrong[600];
    const char *why = "";
    struct out report;
    struct arena *arena = arena_new(ARENA);
    struct vault *vault = vault_open(arena, &config, false, &why);
    wrong[0] = 0;
    if (!vault) {
        snprintf(wrong, sizeof wrong, "it does not open again: %s", why);
        arena_free(arena);
        return wrong;
    }
    for (int q = 0; q < ACTS; q++) {
        char sql[120];
        snprintf(sql, sizeof sql, "select count(*) from question where asked = 'Vraag nummer %d'",
                 q);
        long there = count_in_database(arena, sql);
        if (there > 1 || (must->question[q] && there == 0))
            snprintf(wrong, sizeof wrong, "act %d, acknowledged: %d, is there %ld times", q,
                     must->question[q], there);
    }
    /* The act and the note that it was done are one: five acts made the template. */
    long acts = count_in_database(arena, "select count(*) from act_done");
    long questions = count_in_database(arena, "select count(*) from question");
    if (questions + 5 != acts)
        snprintf(wrong, sizeof wrong, "%ld questions, %ld acts: one is half there", questions,
                 acts);
    if (count_in_database(arena, "select count(*) from pragma_integrity_check "
                                 "where integrity_check <> 'ok'") != 0)
        snprintf(wrong, sizeof wrong, "the database is not whole");
    if (looklog_last_seq(vault_looklog(vault), resident_id) < (uint64_t)must->looks)
        snprintf(wrong, sizeof wrong, "%d looks were shown, fewer are in the log", must->looks);
    vault_close(vault);
    out_open(&report, 65536);
    if (!looklog_verify_folder(config_path(&config, arena, "log"), &report, false))
        snprintf(wrong, sizeof wrong, "the look log does not verify: %.*s",
                 STR_FMT(str_first(out_str(&report), 400)));
    out_close(&report);
    arena_free(arena);
    return wrong[0] ? wrong : NULL;
}

/* One run, killed at call `at`. Returns 1 when it was killed, 0 when it came to its end. */
static int killed_at(long at, const char **wrong, int *acts)
{
    int ends[2], status;
    copy_folder("template", "run");
    if (power_loss)
        copy_folder("template", "shadow");
    snprintf(shadow, sizeof shadow, "%s/shadow", work);
    use("run");
    if (pipe(ends) != 0)
        exit(1);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        kill_at = at;
        run_acts(ends[1]);
    }
    close(ends[1]);
    struct acknowledged must = read_acknowledged(ends[0]);
    close(ends[0]);
    waitpid(child, &status, 0);
    bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (power_loss)
        use("shadow");
    *wrong = check(&must);
    *acts = must.looks;
    if (!*wrong && must.refused)
        *wrong = "an act was refused that should not be";
    if (!*wrong && !killed && !(WIFEXITED(status) && WEXITSTATUS(status) == 0))
        *wrong = "the run ended in another way";
    return killed;
}

static int sweep(int number, bool power)
{
    const char *wrong = NULL;
    long at = 1, points = 0;
    int most = 0;
    power_loss = power;
    for (; at < MOST_CALLS; at++) {
        int acts;
        int killed = killed_at(at, &wrong, &acts);
        most = acts > most ? acts : most;
        if (wrong || !killed)
            break;
        points++;
    }
    const char *what = power ? "a machine without power" : "a killed vault";
    if (!wrong && (most != ACTS || points < 20))
        wrong = "the run did not do what it should";
    printf("%s %d - %s loses nothing that was acknowledged, at each of %ld writes and syncs\n",
           wrong ? "not ok" : "ok", number, what, points);
    if (wrong)
        printf("# at call %ld: %s\n", at, wrong);
    return wrong != NULL;
}

int main(void)
{
    snprintf(work, sizeof work, "%s/nabij-crash-XXXXXX",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(work))
        return 1;
    say_least(SAY_ERROR);
    zone_set("Europe/Amsterdam");
    config_defaults(&config);
    passphrase_cheap(true);
    make_template();
    int failed = sweep(1, false) + sweep(2, true);
    printf("1..2\n");
    char clean[300];
    int length = snprintf(clean, sizeof clean, "rm -rf '%s'", work);
    shell((struct str){ clean, (size_t)length });
    return failed > 0;
}
