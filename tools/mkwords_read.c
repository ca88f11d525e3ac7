/* mkwords_read.c - the part of gettext's PO format that a catalogue needs, strictly. */
#include "tools/mkwords.h"

struct reading {
    struct catalogue *catalogue;
    const struct source *source;
    size_t at;
    bool header_seen;
};

static struct str rest_of(const struct reading *reading)
{
    return str_from(reading->source->text, reading->at);
}

/* White space, comments and empty lines. */
static void skip_between(struct reading *reading)
{
    for (struct str rest = rest_of(reading); rest.len; rest = rest_of(reading)) {
        if (rest.at[0] == '#')
            reading->at += str_find(rest, STR("\n"));
        else if (is_white(rest.at[0]))
            reading->at++;
        else
            return;
    }
}

static bool take(struct reading *reading, struct str word)
{
    if (!str_starts(rest_of(reading), word))
        return false;
    reading->at += word.len;
    return true;
}

static char unescape(const struct reading *reading, char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case '"':
    case '\\':
        return c;
    default:
        fault(reading->source, reading->at, "'\\%c': there are \\n \\t \\\" and \\\\", c);
    }
}

static void take_quoted(struct reading *reading, struct out *out)
{
    size_t start = reading->at++;
    struct str text = reading->source->text;
    for (; reading->at < text.len && text.at[reading->at] != '"'; reading->at++) {
        char c = text.at[reading->at];
        if (c == '\n')
            break;
        if (c == '\\' && reading->at + 1 < text.len)
            c = unescape(reading, text.at[++reading->at]);
        out_byte(out, c);
    }
    if (reading->at >= text.len || text.at[reading->at] != '"')
        fault(reading->source, start, "this text is never closed");
    reading->at++;
}

/* One or more quoted pieces make one text. */
static struct str take_text(struct reading *reading, const char *after)
{
    struct out out;
    out_open(&out, 64 * 1024);
    skip_between(reading);
    if (!str_starts(rest_of(reading), STR("\"")))
        fault(reading->source, reading->at, "a text in double quotes is needed after %s", after);
    while (str_starts(rest_of(reading), STR("\""))) {
        take_quoted(reading, &out);
        skip_between(reading);
    }
    struct str text = str_keep(memory, out_str(&out));
    out_close(&out);
    return text;
}

static void take_forms(struct reading *reading, struct entry *entry)
{
    struct str form_mark = STR("msgstr[");
    if (!entry->plural) {
        entry->at_form[0] = reading->at;
        if (!take(reading, STR("msgstr ")) && !take(reading, STR("msgstr\n")))
            fault(reading->source, reading->at, "'msgstr' is needed here");
        entry->form[0] = take_text(reading, "msgstr");
        entry->forms = 1;
        return;
    }
    while (str_starts(rest_of(reading), form_mark)) {
        size_t start = reading->at;
        struct str number = str_first(str_from(rest_of(reading), form_mark.len), 2);
        if (entry->forms == WORDS_FORMS || number.len < 2 || number.at[1] != ']' ||
            number.at[0] != '0' + entry->forms)
            fault(reading->source, start, "'msgstr[%d]' is the next one, of at most %d",
                  entry->forms, WORDS_FORMS);
        reading->at += form_mark.len + 2;
        entry->at_form[entry->forms] = start;
        entry->form[entry->forms++] = take_text(reading, "msgstr[n]");
    }
    if (entry->forms == 0)
        fault(reading->source, reading->at, "'msgstr[0]' is needed after msgid_plural");
}

static bool good_key(struct str key)
{
    for (size_t i = 0; i < key.len; i++) {
        char c = key.at[i];
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '.' && c != '_' && c != '-')
            return false;
    }
    return key.len > 0 && key.len <= NAME_LIMIT;
}

static struct str identifier(struct str key)
{
    char *id = str_zero(memory, key);
    for (size_t i = 0; i < key.len; i++)
        if (id[i] == '.' || id[i] == '-')
            id[i] = '_';
    return (struct str){ id, key.len };
}

/* The names in braces of one form. */
static void find_arguments(const struct source *source, struct entry *entry, int form)
{
    struct str rest = entry->form[form];
    for (size_t open = str_find(rest, STR("{")); open < rest.len; open = str_find(rest, STR("{"))) {
        rest = str_from(rest, open + 1);
        size_t length = str_find(rest, STR("}"));
        struct str name = name_at_start(str_first(rest, length));
        if (length == rest.len || name.len != length || name.len == 0) {
            mistake(source, entry->at_form[form],
                    "a '{' begins an argument, '{name}'; this one does not end as one");
            return;
        }
        if (names_find(&entry->arguments, name) == entry->arguments.count)
            names_add(&entry->arguments, name);
        rest = str_from(rest, length + 1);
    }
}

static void read_header(struct reading *reading, const struct entry *entry)
{
    struct catalogue *catalogue = reading->catalogue;
    struct str rest = entry->form[0], line;
    reading->header_seen = true;
    while (str_split(&rest, '\n', &line)) {
        struct str name = str_first(line, str_find(line, STR(":")));
        struct str value = str_trim(str_from(line, name.len + 1));
        if (str_is(name, STR("Language")))
            catalogue->code = value;
        else if (str_is(name, STR("X-Name")))
            catalogue->name = value;
        else if (str_is(name, STR("X-Direction")))
            catalogue->right_to_left = str_is(value, STR("rtl"));
    }
    if (catalogue->code.len == 0 || catalogue->name.len == 0)
        fault(reading->source, entry->where,
              "the header needs 'Language: CODE' and 'X-Name: NAME'");
    if (words_plural_forms(catalogue->code) == 0)
        fault(reading->source, entry->where, "no plural rule for '%.*s' in src/web/plural.c",
              STR_FMT(catalogue->code));
}

static void check_entry(struct reading *reading, struct entry *entry)
{
    const struct catalogue *catalogue = reading->catalogue;
    int forms = words_plural_forms(catalogue->code);
    if (entry->plural && entry->forms != forms)
        mistake(reading->source, entry->where, "'%.*s' has %d plural forms; '%.*s' has %d",
                STR_FMT(entry->key), entry->forms, STR_FMT(catalogue->code), forms);
    if (entry->plural)
        names_add(&entry->arguments, STR("n"));
    for (int i = 0; i < entry->forms; i++) {
        if (entry->form[i].len == 0)
            mistake(reading->source, entry->at_form[i], "'%.*s' has an empty text",
                    STR_FMT(entry->key));
        find_arguments(reading->source, entry, i);
    }
    for (size_t i = 0; i < catalogue->count; i++)
        if (str_is(catalogue->at[i].id, entry->id))
            mistake(reading->source, entry->where, "'%.*s' is already there, on line %zu",
                    STR_FMT(entry->key),
                    source_place(reading->source, catalogue->at[i].where).line);
}

static void read_entry(struct reading *reading)
{
    struct entry entry = { .where = reading->at };
    if (!take(reading, STR("msgid ")))
        fault(reading->source, reading->at, "'msgid' is needed here");
    entry.key = take_text(reading, "msgid");
    entry.plural = take(reading, STR("msgid_plural "));
    if (entry.plural)
        take_text(reading, "msgid_plural");
    take_forms(reading, &entry);
    if (!reading->header_seen) {
        if (entry.key.len)
            fault(reading->source, entry.where,
                  "the first entry is the header, with an empty msgid");
        read_header(reading, &entry);
        return;
    }
    if (!good_key(entry.key)) {
        mistake(reading->source, entry.where, "a key holds a-z 0-9 . _ - and nothing else");
        return;
    }
    entry.id = identifier(entry.key);
    check_entry(reading, &entry);
    *ONE_MORE(reading->catalogue) = entry;
}

void catalogue_read(const char *path, struct catalogue *catalogue)
{
    catalogue->source = source_read(path);
    struct reading reading = { .catalogue = catalogue, .source = &catalogue->source };
    for (skip_between(&reading); rest_of(&reading).len; skip_between(&reading))
        read_entry(&reading);
    if (!reading.header_seen)
        fault(&catalogue->source, 0, "there is no header");
}

const struct entry *catalogue_find(const struct catalogue *catalogue, struct str key)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (str_is(catalogue->at[i].key, key))
            return &catalogue->at[i];
    return NULL;
}
