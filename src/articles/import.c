#include "articles/import.h"

#include <string.h>

#include "articles/import_body.h"
#include "articles/import_lines.h"
#include "articles/markdown.h"
#include "base/arena.h"

enum { HEAD_LINES = 20 };

static enum import_result check_bytes(struct str text, struct imported *article);
static size_t read_head(struct imported *article, struct line *lines, size_t count);

enum import_result article_import(struct arena *arena, struct str text, struct imported *article)
{
    size_t count;
    *article = (struct imported){ 0 };
    enum import_result result = check_bytes(text, article);
    if (result != IMPORT_GOOD)
        return result;
    struct line *lines = lines_cut(arena, text, IMPORT_LINES, &count);
    if (count == 0)
        return IMPORT_EMPTY;
    if (count > IMPORT_LINES)
        return IMPORT_TOO_LARGE;
    size_t head = read_head(article, lines, count);
    if (article->title.len == 0)
        return IMPORT_NO_TITLE;
    import_body(arena, article, lines, count, head);
    if (article->author.len == 0)
        import_complain(article, IMPORT_NO_AUTHOR, 0, (struct str){ "", 0 });
    if (!article->has_date)
        import_complain(article, IMPORT_NO_DATE, 0, (struct str){ "", 0 });
    if (article->body.len == 0)
        import_complain(article, IMPORT_NO_BODY, 0, (struct str){ "", 0 });
    if (article->body.len > MARKDOWN_LIMIT)
        import_complain(article, IMPORT_BODY_TOO_LONG, 0, (struct str){ "", 0 });
    return IMPORT_GOOD;
}

void import_complain(struct imported *article, enum import_complaint_kind kind, size_t line,
                     struct str text)
{
    if (article->complaint_count < IMPORT_COMPLAINTS)
        article->complaints[article->complaint_count++] =
            (struct import_complaint){ kind, line, text };
}

static bool looks_binary(struct str text)
{
    static const struct str marks[] = {
        STR_INIT("%PDF"),     STR_INIT("PK\x03\x04"),       STR_INIT("\xff\xd8\xff"),
        STR_INIT("\x89PNG"),  STR_INIT("\xff\xfe"),         STR_INIT("\xfe\xff"),
        STR_INIT("GIF8"),     STR_INIT("\xd0\xcf\x11\xe0"), STR_INIT("{\\rtf"),
        STR_INIT("\x1f\x8b"),
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(text, marks[i]))
            return true;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < 0x20 && !strchr("\t\n\v\f\r", c)) || c == 0 || c == 0x7f)
            return true;
    }
    return false;
}

static enum import_result check_bytes(struct str text, struct imported *article)
{
    size_t where = 0, start = 0;
    if (text.len > IMPORT_LIMIT)
        return IMPORT_TOO_LARGE;
    if (str_trim(text).len == 0)
        return IMPORT_EMPTY;
    if (looks_binary(text))
        return IMPORT_BINARY;
    if (str_utf8(text, &where))
        return IMPORT_GOOD;
    article->bad.line = 1;
    for (size_t i = 0; i < where; i++) {
        if (text.at[i] == '\n') {
            article->bad.line++;
            start = i + 1;
        }
    }
    article->bad.column = str_characters((struct str){ text.at + start, where - start }) + 1;
    return IMPORT_NOT_UTF8;
}

/* Kind, author, date or photo: a line that says itself what it is. */
static bool take_marked(struct imported *article, struct line *line)
{
    struct str name, credit, licence;
    bool portrait;
    struct day day;
    enum line_date date = line_date(line->text, &day);
    if (article->kind.len == 0 && line_kind(line->text)) {
        article->kind = line->text;
    } else if (!article->has_date && date == LINE_DATE) {
        article->date = day;
        article->has_date = true;
    } else if (!article->has_date && date == LINE_BAD_DATE) {
        import_complain(article, IMPORT_NO_SUCH_DAY, line->number, line->text);
    } else if (article->author.len == 0 && line_author(line->text, &name, &portrait)) {
        article->author = name;
        if (portrait)
            import_complain(article, IMPORT_PORTRAIT_MISSING, line->number, line->text);
    } else if (article->photo_credit.len == 0 && line_photo(line->text, &credit, &licence)) {
        article->photo_credit = credit.len ? credit : licence;
        article->photo_licence = licence;
        import_complain(article, IMPORT_PHOTO_MISSING, line->number, line->text);
    } else {
        return false;
    }
    return line->used = true;
}

/* Which of the first short lines is the title: the one that comes back as a caption; or else the
 * middle one of three, the second when the first names a platform, the first. */
static size_t which_is_title(const struct line *lines, const size_t *at, size_t count, size_t head)
{
    for (size_t i = 0; i < count; i++)
        for (size_t later = at[i] + 1; later < head; later++)
            if (text_said_before(lines[at[i]].text, lines[later].text))
                return i;
    bool named = text_starts(lines[at[0]].text, STR("platform"));
    return count > 2 || (count == 2 && named) ? 1 : 0;
}

static void place_titles(struct imported *article, struct line *lines, const size_t *at,
                         size_t count, size_t head)
{
    size_t title = which_is_title(lines, at, count, head);
    for (size_t i = 0; i < count; i++) {
        struct line *line = &lines[at[i]];
        struct str *place = i == title                                    ? &article->title
                            : i + 1 == title                              ? &article->platform
                            : i == title + 1 && line_is_short(line->text) ? &article->subtitle
                                                                          : NULL;
        if (!place)
            continue;
        *place = line->text;
        line->used = true;
    }
    for (size_t i = at[title] + 1; i < head; i++) {
        if (lines[i].used || article->photo_caption.len ||
            !text_said_before(lines[i].text, article->title))
            continue;
        article->photo_caption = lines[i].text;
        lines[i].used = true;
    }
}

/* The head reaches to the last marked line among the first ones, or over the first short lines
 * when nothing is marked. Returns where the body may begin; what is unused before it belongs to
 * the body too. */
static size_t read_head(struct imported *article, struct line *lines, size_t count)
{
    size_t head = 0, first[3], found = 0, most = count < HEAD_LINES ? count : HEAD_LINES;
    bool titles = true;
    struct str themes;
    for (size_t i = 0; i < most && !line_read_more(lines[i].text, &themes); i++) {
        if (take_marked(article, &lines[i])) {
            head = i + 1;
            titles = titles && found == 0; /* short lines after the marks are captions */
            continue;
        }
        titles =
            titles && line_is_short(lines[i].text) && found < 3 && (found == 0 || lines[i].gap < 3);
        if (titles)
            first[found++] = i;
    }
    /* Nothing marked: one line is the title; the next ones are headings of the text. */
    if (head == 0 && found > 1 && !text_starts(lines[first[0]].text, STR("platform")))
        found = 1;
    if (found)
        place_titles(article, lines, first, found, head);
    if (found && head < first[found - 1] + 1)
        head = first[found - 1] + 1;
    return head;
}
