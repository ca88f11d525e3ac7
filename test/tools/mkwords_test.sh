#!/bin/sh
# Catalogues become tables; a language that lacks a word or an argument does not build.
. "$(dirname "$0")/tap.sh"

head_of() { # CODE NAME [MORE]
    printf 'msgid ""\nmsgstr ""\n"Language: %s\\n"\n"X-Name: %s\\n"\n%s' "$1" "$2" "${3:-}"
}

refused() { # NAME FILE:LINE:COLUMN: sentence; nl.po and en.po are in place
    rm -f m.h m.c
    "$TOOLS/mkwords" -h m.h -c m.c nl.po en.po > seen 2>&1 && echo "it was accepted" >> seen
    grep -qxF -- "$2" seen && [ ! -e m.c ]
    result $? "$1"
}

catalogues() { # NL EN: entries, after a good header of four lines
    { head_of nl Nederlands; printf "$1"; } > nl.po
    { head_of en English; printf "$2"; } > en.po
}

{ head_of nl Nederlands; cat << 'PO'; } > nl.po

# A word to the translator.
msgid "mandate.title"
msgstr "Mandaat"

#, fuzzy
msgid "mandate.until"
msgstr ""
"tot en met {day}, "
"voor {name}\n"

msgid "gates.waiting"
msgid_plural "gates.waiting.many"
msgstr[0] "één wacht"
msgstr[1] "{n} \"wachten\" <samen>"

msgid "a-b.c_d"
msgstr "twee\tdelen \\ één ??= teken"
PO
{ head_of ar "العربية" '"X-Direction: rtl\n"
'; cat << 'PO'; } > ar.po
msgid "mandate.title" msgstr "أ"
msgid "mandate.until" msgstr "{name} {day}"
msgid "gates.waiting"
msgid_plural "x"
msgstr[0] "0"
msgstr[1] "1"
msgstr[2] "2"
msgstr[3] "{n}"
msgstr[4] "{n}"
msgstr[5] "{n}"
msgid "a-b.c_d"
msgstr "أ"
PO
works "two catalogues" "$TOOLS/mkwords" -h messages.h -c messages.c nl.po ar.po
same "the header is as it was" messages.h messages.h
same "the code is as it was" messages.c messages.c
works "what it makes compiles without a warning" compile messages.c
works "no files at all is well" "$TOOLS/mkwords" -h messages.h -c messages.c
works "and compiles" compile messages.c

catalogues 'msgid "a" msgstr "x"\nmsgid "b" msgstr "y"\n' 'msgid "a" msgstr "x"\n'
refused "a key that a later language lacks" "nl.po:6:1: 'b' is not in en.po"
catalogues 'msgid "a" msgstr "x"\n' 'msgid "a" msgstr "x"\nmsgid "b" msgstr "y"\n'
refused "a key that only a later language has" "en.po:6:1: 'b' is not in nl.po"
catalogues 'msgid "a" msgstr "{x} {y}"\n' 'msgid "a" msgstr "{x}"\n'
refused "an argument that a language lacks" "en.po:5:1: 'a' lacks the argument {y}"
catalogues 'msgid "a" msgstr "{x}"\n' 'msgid "a" msgstr "{x} {z}"\n'
refused "an argument too many" \
    "en.po:5:1: 'a' has an argument {z} that the first language does not have"
catalogues 'msgid "a" msgstr "x"\n' 'msgid "a"\nmsgid_plural "a"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
refused "plural forms in one language only" \
    "en.po:5:1: 'a' has plural forms in one language only"
catalogues 'msgid "a"\nmsgid_plural "a"\nmsgstr[0] "x"\n' 'msgid "a" msgstr "x"\n'
refused "too few plural forms" "nl.po:5:1: 'a' has 1 plural forms; 'nl' has 2"
catalogues 'msgid "a"\nmsgid_plural "a"\nmsgstr[0] "x"\nmsgstr[2] "x"\n' ''
refused "plural forms out of order" "nl.po:8:1: 'msgstr[1]' is the next one, of at most 6"
catalogues 'msgid "a"\nmsgid_plural "a"\nmsgid "b" msgstr "x"\n' ''
refused "no plural form at all" "nl.po:7:1: 'msgstr[0]' is needed after msgid_plural"
catalogues 'msgid "a" msgstr "x"\nmsgid "a" msgstr "x"\n' ''
refused "a key twice" "nl.po:6:1: 'a' is already there, on line 5"
catalogues 'msgid "a.b" msgstr "x"\nmsgid "a-b" msgstr "x"\n' ''
refused "two keys with one name in C" "nl.po:6:1: 'a-b' is already there, on line 5"
catalogues 'msgid "A b" msgstr "x"\n' ''
refused "a key with other letters" "nl.po:5:1: a key holds a-z 0-9 . _ - and nothing else"
catalogues 'msgid "a" msgstr ""\n' ''
refused "an empty text" "nl.po:5:11: 'a' has an empty text"
catalogues 'msgid "a" msgstr "tot {day"\n' ''
refused "a brace that is never closed" \
    "nl.po:5:11: a '{' begins an argument, '{name}'; this one does not end as one"
catalogues 'msgid "a" msgstr "tot {a day}"\n' ''
refused "a brace around something else" \
    "nl.po:5:11: a '{' begins an argument, '{name}'; this one does not end as one"
catalogues 'msgid "a" msgstr "tot\n' ''
refused "a text that is never closed" "nl.po:5:18: this text is never closed"
catalogues 'msgid "a" msgstr "\\q"\n' ''
refused "an unknown escape" "nl.po:5:20: '\\q': there are \\n \\t \\\" and \\\\"
catalogues 'msgid "a" msgstr x\n' ''
refused "a text without quotes" "nl.po:5:18: a text in double quotes is needed after msgstr"
catalogues 'msgctxt "a"\n' ''
refused "another keyword" "nl.po:5:1: 'msgid' is needed here"
catalogues 'msgid "a"\nmsgid "b"\n' ''
refused "a key without a text" "nl.po:6:1: 'msgstr' is needed here"
catalogues '' ''
printf 'msgid "a" msgstr "x"\n' > nl.po
refused "no header first" "nl.po:1:1: the first entry is the header, with an empty msgid"
: > nl.po
refused "an empty file" "nl.po:1:1: there is no header"
printf 'msgid ""\nmsgstr "Language: nl\\n"\n' > nl.po
refused "a header without a name" "nl.po:1:1: the header needs 'Language: CODE' and 'X-Name: NAME'"
head_of xx Iks > nl.po
refused "a language without a plural rule" "nl.po:1:1: no plural rule for 'xx' in src/web/plural.c"
head_of en English > nl.po
refused "a language twice" "en.po:1:1: 'en' is already the language of nl.po"
done_testing
