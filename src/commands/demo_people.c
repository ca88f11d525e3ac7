/* demo_people.c - invented people. Any likeness to somebody is chance. */
#include "commands/demo.h"

const struct demo_person demo_host = { .called = STR_INIT("Joke van Dam"),
                                       .name = STR_INIT("joke"),
                                       .passphrase = STR_INIT("de sleutel hangt naast de klok") };

const struct demo_person demo_professional = {
    .called = STR_INIT("Mirjam de Boer"),
    .name = STR_INIT("mirjam"),
    .passphrase = STR_INIT("koffie met twee koekjes graag"),
};

const struct demo_person demo_second_professional = {
    .called = STR_INIT("Driss Bennani"),
    .name = STR_INIT("driss"),
    .passphrase = STR_INIT("bankje onder de oude linde"),
};

const struct demo_person demo_residents[DEMO_RESIDENTS] = {
    {
        .called = STR_INIT("Samira"),
        .name = STR_INIT("samira"),
        .passphrase = STR_INIT("groene fiets om de hoek"),
        .shared = STR_INIT("Ik woon op de vierde verdieping en ik hou van planten."),
        .offer = STR_INIT("Ik kan goed naaien en kleding maken."),
        .wish = STR_INIT("Ik wil graag iemand om mee te wandelen."),
        .story = STR_INIT("Toen ik hier kwam wonen kende ik niemand. Op het balkon ben ik begonnen "
                          "met munt en tomaten. Nu vragen buren om stekjes."),
        .reach = STR_INIT("Bel aan na vier uur. Nummer 412."),
    },
    {
        .called = STR_INIT("Henk"),
        .name = STR_INIT("henk"),
        .passphrase = STR_INIT("zaterdag vroeg naar de tuin"),
        .shared = STR_INIT("Ik woon hier al veertig jaar. Ik ken het park van buiten."),
        .offer = STR_INIT("Ik maak fietsen en ik weet veel van tuinieren."),
        .wish = STR_INIT("Ik zoek mensen voor de moestuin."),
        .story = STR_INIT("Vroeger reed ik op de bus. Nu heb ik tijd, en twee rechterhanden."),
        .reach = STR_INIT("Elke zaterdag ben ik in de moestuin."),
    },
    {
        .called = STR_INIT("Ayse"),
        .name = STR_INIT("ayse"),
        .passphrase = STR_INIT("soep met verse munt erin"),
        .shared =
            STR_INIT("Ik spreek Turks en Nederlands. Mijn kinderen zitten op school De Klop."),
        .offer = STR_INIT("Ik kook graag voor een grote groep."),
        .wish = STR_INIT("Ik wil beter leren fietsen."),
        .story = STR_INIT("Ik ben nieuw in deze straat."),
        .reach = STR_INIT("Spreek me aan op het schoolplein."),
    },
    {
        .called = STR_INIT("Piet"),
        .name = STR_INIT("piet"),
        .passphrase = STR_INIT("rode klompen voor de deur"),
    },
};

const struct demo_mandate demo_mandate = {
    .commissioner = STR_INIT("Gemeente Utrecht"),
    .organisation = STR_INIT("Buurtwerk De Brug (verzonnen)"),
    .purpose = STR_INIT("Ik help mensen in Overvecht om elkaar te leren kennen. "
                        "Ik zoek wie iets samen wil doen."),
    .can_do = STR_INIT("Ik kan luisteren. Ik kan mensen aan elkaar voorstellen. "
                       "Ik kan een ruimte regelen."),
    .cannot_do = STR_INIT("Ik kan je geen huis of geld geven. Ik beslis niet over zorg."),
    .what_i_do = STR_INIT("Ik vertel niets door zonder jouw ja. "
                          "De gemeente krijgt alleen aantallen, nooit namen."),
    .reads_along = STR_INIT("Niemand. Mijn collega’s zien alleen wat jij goed vindt."),
};

const struct demo_mandate demo_second_mandate = {
    .commissioner = STR_INIT("Woningcorporatie Het Portiek (verzonnen)"),
    .organisation = STR_INIT("Buurtwerk De Brug (verzonnen)"),
    .purpose =
        STR_INIT("Ik help bewoners van drie flats met plannen voor hun portiek en hun tuin."),
    .can_do = STR_INIT("Ik kan een bijeenkomst regelen. Ik kan helpen met een klein budget."),
    .cannot_do = STR_INIT("Ik ga niet over de huur. Ik los geen ruzies op."),
    .what_i_do = STR_INIT("Ik schrijf plannen op, geen namen. De corporatie leest de plannen."),
    .reads_along = STR_INIT("Mijn collega Mirjam de Boer leest de plannen."),
};
