/* link.h - the front's end of the socket pair to the vault.
 *
 * Never blocks: what does not fit in the socket waits in memory. When the vault goes away the link
 * waits for a fresh descriptor from the supervisor and then tells its owner to ask again. */
#ifndef NABIJ_HOUSE_LINK_H
#define NABIJ_HOUSE_LINK_H

#include "base/str.h"

struct link;
struct server;

struct link *link_new(struct server *server,
                      void (*on_reply)(uint64_t number, struct str bytes, void *with),
                      void (*on_fresh)(void *with), void *with);
void link_free(struct link *link);
void link_attach(struct link *link, int fd);
bool link_up(const struct link *link);
void link_send(struct link *link, uint64_t number, struct str bytes);
void link_flush(struct link *link);

enum link_control { LINK_FD, LINK_NOTHING, LINK_CLOSED };

/* Descriptors travel over the control sockets, one a message, with a letter in front. */
enum link_control link_receive_fd(int control, int *fd);
bool link_send_fd(int control, char letter, int fd);

#endif
