/* import.h - reads an article from the plain text of a page, as somebody copied it.
 *
 * The layout it knows: a line of the platform, the title, a subtitle; in any order the kind
 * ("Blog"), the author ("afbeelding van ..."), the date ("14 december 2017"), the title again as
 * the caption of a photo, the photo's credit and licence ("Foto: ... (... Creative Commons)");
 * an introduction set apart by empty lines; paragraphs of one line each (or broken at 60 letters
 * and more), headings, pull quotes (lines that repeat the text's own words), bullets, and "Lees
 * meer over:" with themes. Dutch and English. Anything may be missing.
 *
 * No line is lost: what is not understood stays in the body as a paragraph, and a complaint with
 * the number of its line says so. */
#ifndef NABIJ_ARTICLES_IMPORT_H
#define NABIJ_ARTICLES_IMPORT_H

#include "base/day.h"
#include "base/str.h"

enum {
    IMPORT_LIMIT = 1024 * 1024, /* bytes; look at the file's size before reading it */
    IMPORT_LINES = 10000,       /* lines that are not empty */
    IMPORT_THEMES = 20,
    IMPORT_COMPLAINTS = 200,        /* what comes after is not noted */
    IMPORT_ARENA = 16 * 1024 * 1024 /* bytes of arena that always suffice */
};

enum import_result {
    IMPORT_GOOD,
    IMPORT_EMPTY,     /* no text in it */
    IMPORT_TOO_LARGE, /* more than IMPORT_LIMIT or IMPORT_LINES */
    IMPORT_BINARY,    /* not a text: NUL or control bytes, or the mark of a PDF, picture, zip ... */
    IMPORT_NOT_UTF8,  /* bad.line and bad.column say where */
    IMPORT_NO_TITLE   /* text, but nothing that could be its title */
};

enum import_complaint_kind {
    IMPORT_NOT_PLACED,       /* kept as a paragraph of the body */
    IMPORT_PORTRAIT_MISSING, /* "afbeelding van ...": the picture is not in the text */
    IMPORT_PHOTO_MISSING,    /* a photo is credited; the photo is not in the text */
    IMPORT_LINK_MISSING,     /* words that were a link ("deze publicatie"); where to is lost */
    IMPORT_THEMES_MISSING,   /* "Lees meer over:" and then nothing */
    IMPORT_TOO_MANY_THEMES,  /* the ones after IMPORT_THEMES are left out */
    IMPORT_NO_SUCH_DAY,      /* 31 februari 2017 */
    IMPORT_NO_AUTHOR,        /* these three have line 0 */
    IMPORT_NO_DATE,
    IMPORT_NO_BODY,
    IMPORT_BODY_TOO_LONG /* more Markdown than articles/markdown.h takes; line 0 */
};

struct import_complaint {
    enum import_complaint_kind kind;
    size_t line;     /* from 1 */
    struct str text; /* the words it is about */
};

struct imported {
    struct str platform, title, subtitle, intro, kind, author; /* empty when not there */
    struct day date;
    bool has_date;
    struct str photo_credit, photo_caption, photo_licence;
    struct str body; /* Markdown: ## sections, - bullets, > pull quotes; all text escaped */
    struct str themes[IMPORT_THEMES];
    size_t theme_count;
    struct import_complaint complaints[IMPORT_COMPLAINTS];
    size_t complaint_count;
    struct {
        size_t line, column; /* from 1; column in characters */
    } bad;
};

/* Everything in *article points into `text` or the arena. On any result but GOOD only `bad` is
 * meaningful. */
enum import_result article_import(struct arena *arena, struct str text, struct imported *article);

#endif
