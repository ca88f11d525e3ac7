/* config.h - every setting in one table: name, kind, least, most, default, help.
 *
 * Read from DIR/nabij.conf ("name = value" a line, # for remarks), then from the command line.
 * `nabij config` prints what is in force; `nabij config --example` prints nabij.conf.example,
 * which is the manual. */
#ifndef NABIJ_HOUSE_CONFIG_H
#define NABIJ_HOUSE_CONFIG_H

#include "base/out.h"

/* TEXT(name, default, help) · NUMBER(name, least, most, default, help) */
#define CONFIG_SETTINGS(TEXT, NUMBER)                                                              \
    TEXT(listen, "127.0.0.1:8080",                                                                 \
         "Address and port to serve on. TLS stands in a proxy before it.")                         \
    TEXT(address, "http://127.0.0.1:8080",                                                         \
         "What residents type to get here; printed on cards and posters.")                         \
    TEXT(origin, "nabij.example/log",                                                              \
         "The look log's name in its signed checkpoints. Never change it.")                        \
    TEXT(zone, "Europe/Amsterdam", "The zone in which days begin and end.")                        \
    TEXT(exit_to, "https://www.knmi.nl/",                                                          \
         "Where the 'quick exit' button goes: an ordinary page, such as the weather.")             \
    TEXT(trusted_proxy, "",                                                                        \
         "The proxy's own address; only it is believed about whose request it is.")                \
    NUMBER(fronts, 1, 16, 2, "How many front processes read requests; one a core is best.")        \
    NUMBER(connections, 16, 15000, 4000, "Connections each front keeps open at most.")             \
    NUMBER(resident_idle_days, 1, 90, 30,                                                          \
           "A resident is signed out after so many days without a visit.")                         \
    NUMBER(professional_idle_minutes, 5, 240, 15,                                                  \
           "Somebody with a mandate is signed out after so many minutes without a visit.")         \
    NUMBER(answer_days, 1, 30, 7,                                                                  \
           "A professional's clock: days to answer 'what do you do with this?'.")                  \
    NUMBER(card_days, 1, 60, 14, "A key card that nobody used ends after so many days.")           \
    NUMBER(gate_days, 7, 180, 60,                                                                  \
           "A gate that did not open quietly goes away after so many days.")                       \
    NUMBER(acts_a_minute, 5, 100000, 60, "Acts (forms sent) one account may do in a minute.")      \
    NUMBER(acts_an_address, 5, 100000, 240,                                                        \
           "Acts from one address in a minute, all accounts together.")                            \
    NUMBER(acts_in_all, 60, 10000000, 60000, "Acts in all in a minute.")                           \
    NUMBER(tries_an_hour, 3, 100000, 20,                                                           \
           "Wrong passphrases or card words from one address in an hour.")

struct config {
#define CONFIG_TEXT(name, def, help)                struct str name;
#define CONFIG_NUMBER(name, least, most, def, help) int64_t name;
    CONFIG_SETTINGS(CONFIG_TEXT, CONFIG_NUMBER)
#undef CONFIG_TEXT
#undef CONFIG_NUMBER
    struct str data; /* the data folder; from the command line only */
};

void config_defaults(struct config *config);

/* One setting. False with a sentence in *why when there is no such name or the value is out of
 * range; `from` ("nabij.conf:12") begins the sentence. */
bool config_set(struct config *config, struct arena *arena, struct str name, struct str value,
                const char *from, const char **why);

/* DIR/nabij.conf when it is there. */
bool config_read(struct config *config, struct arena *arena, const char **why);

void config_print(const struct config *config, struct out *out, bool example);

/* DIR/NAME as a C string in the arena. */
char *config_path(const struct config *config, struct arena *arena, const char *name);

#endif
