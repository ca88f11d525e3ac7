/* import_body.h - the part of the importer that writes the body as Markdown. */
#ifndef NABIJ_ARTICLES_IMPORT_BODY_H
#define NABIJ_ARTICLES_IMPORT_BODY_H

#include "articles/import.h"
#include "articles/import_lines.h"

void import_complain(struct imported *article, enum import_complaint_kind kind, size_t line,
                     struct str text);

/* Intro, body and themes from every line that is not used yet; `head` is where the head ended. */
void import_body(struct arena *arena, struct imported *article, struct line *lines, size_t count,
                 size_t head);

#endif
