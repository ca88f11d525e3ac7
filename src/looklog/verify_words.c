#include "looklog/verify_words.h"

#include <inttypes.h>
#include <stdio.h>

/* {a} and {b} are numbers, {w} a name. */
static const struct {
    const char *english, *dutch;
} words[FINDINGS] = {
    [FOUND_FOLDER_GOOD] = { "Good: the log holds {a} entries about {b} people, and every byte is "
                            "as it should be.",
                            "Goed: het logboek heeft {a} regels over {b} mensen. Elke byte "
                            "klopt." },
    [FOUND_SIGNED_UP_TO] = { "Entries 1 to {a} are signed. {b} newer entries are not signed yet.",
                             "Regel 1 tot en met {a} is ondertekend. {b} nieuwere regels zijn nog "
                             "niet ondertekend." },
    [FOUND_BUNDLE_GOOD] = { "Good: all {a} entries are in the signed log of {b} entries, and none "
                            "is missing.",
                            "Goed: alle {a} regels staan in het ondertekende logboek van {b} "
                            "regels. Er ontbreekt geen regel." },
    [FOUND_EARLIER_GOOD] = { "Good: nothing was changed since the earlier log of {a} entries.",
                             "Goed: er is niets veranderd sinds het eerdere logboek van {a} "
                             "regels." },
    [FOUND_UNREADABLE] = { "The file '{w}' cannot be read.",
                           "Het bestand '{w}' is niet te lezen." },
    [FOUND_NOT_A_BUNDLE] = { "This is not a proof bundle of nabij (line {a}).",
                             "Dit is geen bewijsbundel van nabij (regel {a} in het bestand)." },
    [FOUND_EARLIER_UNREADABLE] = { "The earlier file is not a checkpoint or a proof bundle.",
                                   "Het eerdere bestand is geen controlepunt en geen "
                                   "bewijsbundel." },
    [FOUND_HEADER] = { "File 'entries': the first 64 bytes are not right.",
                       "Bestand 'entries': de eerste 64 bytes kloppen niet." },
    [FOUND_FORM] = { "File 'entries', byte {a}: entry {b} has no good form. Something was changed "
                     "or damaged here.",
                     "Bestand 'entries', byte {a}: regel {b} heeft geen goede vorm. Hier is iets "
                     "veranderd of beschadigd." },
    [FOUND_CUT] = { "File 'entries', byte {a}: entry {b} is cut off.",
                    "Bestand 'entries', byte {a}: regel {b} is afgebroken." },
    [FOUND_CHECK] = { "File 'entries', byte {a}: entry {b} was changed, moved or damaged.",
                      "Bestand 'entries', byte {a}: regel {b} is veranderd, verplaatst of "
                      "beschadigd." },
    [FOUND_LEAF] = { "File 'entries', byte {a}: another entry stands where entry {b} should be.",
                     "Bestand 'entries', byte {a}: op de plaats van regel {b} staat een andere "
                     "regel." },
    [FOUND_SEQ] = { "File 'entries', byte {a}: at entry {b} one person's numbering has a gap.",
                    "Bestand 'entries', byte {a}: bij regel {b} mist een nummer van een persoon." },
    [FOUND_PREVIOUS] = { "File 'entries', byte {a}: entry {b} does not point at the person's entry "
                         "before it.",
                         "Bestand 'entries', byte {a}: regel {b} wijst niet naar de vorige regel "
                         "van die persoon." },
    [FOUND_DURABLE] = { "File 'entries', byte {a}: entry {b} says something impossible about the "
                        "disk.",
                        "Bestand 'entries', byte {a}: regel {b} zegt iets onmogelijks over de "
                        "schijf." },
    [FOUND_REST] = { "File 'entries', byte {a}: something stands after the last entry, {b}.",
                     "Bestand 'entries', byte {a}: er staat iets na de laatste regel, {b}." },
    [FOUND_NODE] = { "File 'nodes', hash {a} (made with entry {b}) is not what follows from the "
                     "entries.",
                     "Bestand 'nodes', code {a} (hoort bij regel {b}) past niet bij de regels." },
    [FOUND_NODES_SIZE] = { "File 'nodes' has {a} bytes; it should have {b}. The next start of "
                           "nabij can repair this file.",
                           "Bestand 'nodes' heeft {a} bytes. Het moeten er {b} zijn. De volgende "
                           "start van nabij kan dit bestand herstellen." },
    [FOUND_PLACE] = { "File 'index', number {a}: it does not say where entry {b} stands.",
                      "Bestand 'index', getal {a}: het zegt niet waar regel {b} staat." },
    [FOUND_PLACES_SIZE] = { "File 'index' has {a} bytes; it should have {b}. The next start of "
                            "nabij can repair this file.",
                            "Bestand 'index' heeft {a} bytes. Het moeten er {b} zijn. De volgende "
                            "start van nabij kan dit bestand herstellen." },
    [FOUND_KEY] = { "File 'key' is not a good key.", "Bestand 'key' is geen goede sleutel." },
    [FOUND_MISSING] = { "File '{w}' is missing.", "Bestand '{w}' ontbreekt." },
    [FOUND_NOTE] = { "File '{w}': the signature does not belong to this text. It was changed or "
                     "damaged.",
                     "Bestand '{w}': de handtekening hoort niet bij deze tekst. Er is iets "
                     "veranderd of beschadigd." },
    [FOUND_OTHER_NAME] = { "File '{w}' belongs to another log.",
                           "Bestand '{w}' hoort bij een ander logboek." },
    [FOUND_ROOT] = { "The first {a} entries are not the ones that were signed.",
                     "De eerste {a} regels zijn niet de regels die ondertekend zijn." },
    [FOUND_TOO_SHORT] = { "There are {a} entries, but {b} were signed. The last ones are missing "
                          "or cannot be read.",
                          "Er zijn {a} regels, maar er zijn er {b} ondertekend. De laatste "
                          "ontbreken of zijn niet te lezen." },
    [FOUND_CHAIN] = { "File 'stored': the first {a} entries are not stored as they were signed.",
                      "Bestand 'stored': de eerste {a} regels zijn niet bewaard zoals ze "
                      "ondertekend zijn." },
    [FOUND_HEADS] = { "File 'heads' was changed or damaged.",
                      "Bestand 'heads' is veranderd of beschadigd." },
    [FOUND_HEADS_STALE] = { "File 'heads' does not agree with the first {a} entries.",
                            "Bestand 'heads' past niet bij de eerste {a} regels." },
    [FOUND_FIELD] = { "The bundle has no good '{w}'.", "De bundel heeft geen goede '{w}'." },
    [FOUND_BUNDLE_KEY] = { "The bundle's key is not a good key.",
                           "De sleutel in de bundel is geen goede sleutel." },
    [FOUND_BUNDLE_NOTE] = { "The checkpoint's signature is not right. It was changed, or somebody "
                            "else signed it.",
                            "De handtekening onder het controlepunt klopt niet. Het is veranderd, "
                            "of iemand anders tekende het." },
    [FOUND_LAST_NOTE] = { "The signed number of entries ('last') is not right.",
                          "Het ondertekende aantal regels ('last') klopt niet." },
    [FOUND_COUNT] = { "The bundle holds {a} entries, but {b} were signed. Entries are missing or "
                      "added.",
                      "De bundel heeft {a} regels, maar er zijn er {b} ondertekend. Er mist een "
                      "regel, of er is er een bij gemaakt." },
    [FOUND_ENTRY_FORM] = { "Entry {a} in the bundle has no good form.",
                           "Regel {a} in de bundel heeft geen goede vorm." },
    [FOUND_ENTRY_SEQ] = { "Where entry {a} should be, stands number {b}. An entry is missing or "
                          "moved.",
                          "Op de plaats van regel {a} staat nummer {b}. Er mist een regel, of een "
                          "regel is verplaatst." },
    [FOUND_ENTRY_WHO] = { "Entry {a} is about somebody else.",
                          "Regel {a} gaat over iemand anders." },
    [FOUND_ENTRY_PROOF] = { "Entry {a} (place {b} in the log) is not in the signed log. It, its "
                            "place or its proof was changed.",
                            "Regel {a} (plaats {b} in het logboek) staat niet in het ondertekende "
                            "logboek. De regel, de plaats of het bewijs is veranderd." },
    [FOUND_BRIDGE] = { "The proof that the log of {a} entries only grew is not right.",
                       "Het bewijs dat het logboek van {a} regels alleen gegroeid is, klopt "
                       "niet." },
    [FOUND_EARLIER_KEY] = { "The earlier file was signed with another key or is of another log.",
                            "Het eerdere bestand heeft een andere sleutel of hoort bij een ander "
                            "logboek." },
    [FOUND_EARLIER_NOTE] = { "The earlier file's signature is not right.",
                             "De handtekening in het eerdere bestand klopt niet." },
    [FOUND_EARLIER_LATER] = { "The 'earlier' log has {a} entries, and this one only {b}. Either "
                              "entries are gone, or the files are the wrong way round.",
                              "Het 'eerdere' logboek heeft {a} regels, en dit maar {b}. Er zijn "
                              "regels weg, of de bestanden zijn verwisseld." },
    [FOUND_NO_BRIDGE] = { "This bundle has no proof from the earlier {a} entries on. Ask for a new "
                          "bundle and give the earlier one with it.",
                          "Deze bundel heeft geen bewijs vanaf de eerdere {a} regels. Vraag een "
                          "nieuwe bundel en geef de eerdere erbij." },
    [FOUND_FORK] = { "The log was rewritten: its first {a} entries are not the ones you were shown "
                     "earlier.",
                     "Het logboek is herschreven: de eerste {a} regels zijn niet de regels die u "
                     "eerder kreeg." },
    [FOUND_ENTRY_CHANGED] = { "Entry {a} is not the same as in the earlier bundle.",
                              "Regel {a} is niet dezelfde als in de eerdere bundel." },
    [FOUND_EARLIER_WHO] = { "The earlier bundle is about somebody else.",
                            "De eerdere bundel gaat over iemand anders." },
};

void finding_say(struct out *report, bool dutch, enum finding finding, const char *what, uint64_t a,
                 uint64_t b)
{
    const char *text = dutch ? words[finding].dutch : words[finding].english;
    for (; *text; text++) {
        bool mark = text[0] == '{' && text[1] && text[2] == '}';
        if (mark && text[1] == 'w')
            out_raw(report, str_of(what));
        else if (mark)
            out_print(report, "%" PRIu64, text[1] == 'a' ? a : b);
        else
            out_byte(report, *text);
        text += mark ? 2 : 0;
    }
    out_byte(report, '\n');
}
