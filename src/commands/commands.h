/* commands.h - what can be typed after `nabij`: one function a command, one file each.
 *
 * argv[0] is the command's own name. The result is the exit status:
 * 0 done · 1 the answer is no (a check failed) · 2 what was typed or read is not right,
 * nothing was written · 70 something broke on our side. */
#ifndef NABIJ_COMMANDS_H
#define NABIJ_COMMANDS_H

enum exit_status { EXIT_DONE = 0, EXIT_NO = 1, EXIT_INPUT = 2, EXIT_BROKEN = 70 };

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *about; /* one line, for `nabij --help` */
};

/* The table ends with a command without a name. */
extern const struct command commands[];

int command_serve(int argc, char **argv);
int command_demo(int argc, char **argv);
int command_place(int argc, char **argv);
int command_config(int argc, char **argv);
int command_routes(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_restore(int argc, char **argv);
int command_article(int argc, char **argv);
int command_health(int argc, char **argv);
int command_opinions(int argc, char **argv);
int command_suggest(int argc, char **argv);
int command_network(int argc, char **argv);
int command_cascade(int argc, char **argv);
int command_log(int argc, char **argv);

#endif
