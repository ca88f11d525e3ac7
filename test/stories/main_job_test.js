// The main job, told from an empty neighbourhood to a proof that anybody can check: over HTTP,
// without JavaScript, as the people in it would tell it.
'use strict';
const fs = require('fs');
const path = require('path');
const { test, must, same, run } = require('../lib/tap');
const { empty, place } = require('../lib/server');
const { optionsOf } = require('../lib/page');

const day = (from) => new Date(Date.now() + from * 86400000).toISOString().slice(0, 10);
const card = {
  commissioner: 'Gemeente Utrecht', organisation: 'Buurthuis De Kade',
  purpose: 'Ik breng buren bij elkaar. Ik zoek wie iets samen wil doen.',
  can_do: 'Ik kan luisteren en mensen voorstellen.', cannot_do: 'Ik ga niet over huizen of geld.',
  what_i_do: 'Ik vertel niets door zonder jouw ja.', reads_along: 'Niemand',
  starts: day(-1), ends: day(200),
};
const people = {};
let server;
let mandate;

// With the link of a card: a name, a passphrase, and in.
async function enrol(link, name, fields) {
  const visitor = server.visitor();
  const page = await visitor.fill(link, link, { name, passphrase: `${name} drinkt thee uit een kom`,
    ...fields });
  must(visitor.signedIn, `${name} is not signed in: ${page.text}`);
  people[name] = visitor;
  return page;
}

async function printCard(maker, kind = 1) {
  const page = await maker.fill(`${place}/cards`, '/cards', { kind });
  const words = [...page.main.matchAll(/<li translate="no"[^>]*>([a-z]+)<\/li>/g)].map((m) => m[1]);
  return { link: page.link(/\/card\/\w+$/).replace(/^https?:\/\/[^/]+/, ''), words, page };
}

async function beginning() {
  await test('a host opens the neighbourhood with the card from the command line', async () => {
    const page = await enrol(server.hostCard, 'hanna', { public_name: 'Hanna Smit' });
    must(page.title.includes('Hanna'), `not welcomed: ${page.title}`);
    must((await people.hanna.get(`${place}/host`)).status === 200, 'the host has no page');
  });
  await test('the host gives a professional a card; every act waits for a mandate', async () => {
    const { link } = await printCard(people.hanna, 2);
    const page = await enrol(link, 'mirjam', { public_name: 'Mirjam de Boer' });
    must(page.says('Leg eerst je opdracht op tafel'), 'not told to write a mandate');
    for (const where of ['residents', 'gates/new']) {
      const refused = await people.mirjam.get(`${place}/${where}`);
      must(refused.status === 403 && refused.says('Schrijf eerst je opdrachtkaart'),
        `${where}: ${refused.status} ${refused.text}`);
    }
    const cards = await people.mirjam.get(`${place}/cards`);
    const refused = await people.mirjam.press(cards, '/cards', { kind: 1 });
    must(refused.status === 422 && refused.says('Schrijf eerst je opdrachtkaart'),
      `a card was printed: ${refused.status}`);
  });
  await test('the professional writes a mandate card, reads how readable it is, puts it in force',
    async () => {
      const { mirjam } = people;
      const hard = `${card.purpose} De implementatie van de participatiemogelijkheden wordt ` +
        'gefaciliteerd door de desbetreffende beleidsmedewerkers binnen het integrale kader.';
      const draft = await mirjam.fill(`${place}/mandates/new`, '/mandates', { ...card, purpose: hard });
      must(draft.says('woorden per zin'), 'no readability');
      must(draft.main.includes('class="hints"'), 'no hint about hard words');
      must(!(await server.visitor().get(place)).says('De Kade'), 'a draft is public');
      const page = await mirjam.send(draft, '/in-force');
      mandate = page.path;
      must(/<svg[^>]*>/.test(page.main) && page.says(`${server.address}${mandate}`), 'no QR code');
      const stranger = await server.visitor().get(place);
      must(stranger.says('Mirjam de Boer') && stranger.says('Betaald door Gemeente Utrecht'),
        'a visitor cannot read who works here, on whose assignment');
    });
}

async function enrolling() {
  await test('a resident types the words of a card, enrols, and must read the mandate first',
    async () => {
      const { words } = await printCard(people.mirjam);
      must(words.length === 8, `${words.length} words on the card`);
      const samira = server.visitor();
      people.samira = samira;
      const found = await samira.fill('/card', '/card', { words: words.join(' ').toUpperCase() });
      must(found.says('Mirjam de Boer gaf je deze kaart'), `the words lead to: ${found.text}`);
      const page = await samira.send(found, found.path,
        { first_name: 'Samira', name: 'samira', passphrase: 'vier gele bussen samen' });
      must(page.path === mandate && page.says('Lees eerst waarvoor Mirjam'), `led to ${page.path}`);
      for (const where of ['today', 'doors', 'gates', 'insight'])
        must((await samira.get(`${place}/${where}`)).path === mandate, `${where} is open already`);
      must(page.says('Wat betekent dit voor mij?'), 'no "what does this mean for me?"');
      must((await samira.send(page, '/read')).title.includes('Samira'), 'no welcome after reading');
    });
  await test("'what do you do with this?' stands in public with a clock until it is answered",
    async () => {
      const page = await people.samira.fill(`${mandate}/ask`, '/ask', { question: 'Wie leest dit?' });
      must(page.says('Wie leest dit?') && page.says('Antwoord komt voor'), 'no clock');
      const list = await people.mirjam.get(`${place}/mandates`);
      await people.mirjam.fill(list.link(/questions/), '/questions/' + list.link(/questions/)
        .split('/').pop(), { answer: 'Alleen ik lees dit.' });
      const stranger = await server.visitor().get(mandate);
      must(stranger.says('Alleen ik lees dit.') && !stranger.says('Samira'),
        'no answer in public, or it says who asked');
    });
  await test('a second and a third resident come in with cards of their own', async () => {
    for (const [name, first] of [['henk', 'Henk'], ['ayse', 'Ayse']]) {
      const { link } = await printCard(people.mirjam);
      const page = await enrol(link, name, { first_name: first });
      must((await people[name].send(page, '/read')).status === 200, 'cannot read the mandate');
    }
    await people.samira.fill(`${place}/doors`, '/doors', { first_name: 'Samira',
      shared: 'Ik hou van planten.', offer: 'Ik kan naaien.', wish: 'Samen wandelen.',
      story: 'Munt op het balkon.', reach: 'Nummer 412.' });
    await people.henk.fill(`${place}/doors`, '/doors', { first_name: 'Henk',
      shared: 'Ik ken het park.', offer: 'Fietsen maken.', wish: 'Hulp in de tuin.',
      story: 'Ik reed op de bus.', reach: 'Zaterdag in de tuin.' });
  });
  await test('a changed mandate is shown old beside new to everybody in contact', async () => {
    const { mirjam, samira, henk, ayse } = people;
    const draft = await mirjam.fill(`${mandate}/change`, '/change',
      { cannot_do: 'Ik regel geen woning.' });
    must(!(await samira.get(`${place}/today`)).says('is veranderd'), 'a draft is told already');
    await mirjam.send(draft, '/in-force');
    for (const person of [samira, henk, ayse]) {
      const today = await person.get(`${place}/today`);
      must(today.says('De opdracht van Mirjam de Boer is veranderd'), 'not told');
      const changes = await person.get(today.link(/changes$/));
      must(/class="before">[\s\S]*huizen of geld[\s\S]*class="after">[\s\S]*geen woning/
        .test(changes.main), 'old does not stand beside new');
      must(!changes.says('Gemeente Utrecht'), 'what stayed the same is shown as a change');
      await person.send(changes, '/read');
      must(!(await person.get(`${place}/today`)).says('is veranderd'), 'told again after reading');
    }
    const stranger = await server.visitor().get(`${mandate}/changes`);
    must(stranger.says('huizen of geld') && stranger.says('geen woning'), 'strangers see no change');
  });
}

const reason = 'Jullie houden allebei van tuinen.';

async function gates() {
  let gate;
  await test('a professional proposes a gate: both read the same reason and mandate, apart',
    async () => {
      const { mirjam, samira, henk, ayse } = people;
      const page = await mirjam.get(`${place}/gates/new`);
      const parties = optionsOf(page.form('/gates'), 'left');
      const of = (name) => parties.find((party) => party.label === name).value;
      const list = await mirjam.send(page, '/gates', { left: of('Samira'), right: of('Henk'),
        reason, hat: 2 });
      must(list.says('voorgesteld'), 'the professional does not see that it is proposed');
      gate = (await samira.get(`${place}/gates`)).link(/gates\/[a-z0-9]{26}$/);
      const [one, other] = [await samira.get(gate), await henk.get(gate)];
      must(one.says(reason) && one.says('Ik vertel niets door'), 'no reason or no mandate');
      same(one.still, other.still, 'the two sides read something different');
      must(!one.says('Henk') && !other.says('Samira'), 'a side is named before it is open');
      must((await ayse.get(gate)).status === 404, 'a third can read it');
      must((await mirjam.get(gate)).status === 404, 'the professional stands in the gate');
    });
  await test('one yes opens nothing and the other side does not see it', async () => {
    const before = (await people.henk.get(gate)).still;
    const page = await people.samira.send(await people.samira.get(gate), '/open');
    must(page.says('Jij zei ja') && !page.says('Henk'), 'one yes opened something');
    same(before, (await people.henk.get(gate)).still, 'the other side sees the yes');
  });
  await test('when both say yes the smallest door opens, and each other door by its owner',
    async () => {
      const { samira, henk } = people;
      const open = await henk.send(await henk.get(gate), '/open');
      must(open.says('De poort is open') && open.says('Samira') && open.says('Ik hou van planten.'),
        'no first name or shared ground');
      for (const more of ['naaien', 'wandelen', 'balkon', '412'])
        must(!open.says(more), `'${more}' is seen too early`);
      const doors = [['door1', 'Ik kan naaien.'], ['door2', 'Munt op het balkon.'],
        ['door3', 'Nummer 412.']];
      for (const [door, text] of doors) {
        await samira.fill(gate, '/doors', { [door]: 1 });
        must((await henk.get(gate)).says(text), `${door} does not open`);
      }
      const page = await samira.get(gate);
      const { doors: all, token, once } = page.form('/doors').fields;
      await samira.post(`${gate}/doors`, { doors: all, token, once });
      const shut = await henk.get(gate);
      for (const text of ['Samira', 'planten', 'naaien', 'balkon', '412'])
        must(!shut.says(text), `'${text}' is still seen after closing`);
      await samira.fill(gate, '/doors', { door0: 1 });
    });
  await test('from then on the professional is out of it', async () => {
    must((await people.mirjam.get(`${place}/gates`)).says('open'), 'not told that it opened');
    must((await people.mirjam.get(gate)).status === 404, 'the professional still sees it');
  });
  await test('they meet, and either closes the gate: then nothing is seen any more', async () => {
    const met = await people.samira.send(await people.samira.get(gate), '/met');
    must(met.says('Jullie hebben elkaar ontmoet'), 'no word of having met');
    must((await people.henk.get(gate)).says('Jullie hebben elkaar ontmoet'), 'one side only');
    await people.henk.send(await people.henk.get(gate), '/close');
    must((await people.samira.get(gate)).status === 404, 'a closed gate is still there');
    must((await people.henk.get(gate)).status === 404, 'it is there for who closed it');
  });
  await test('a resident and a group: its keeper stands at the gate for it', async () => {
    const { henk, mirjam, ayse } = people;
    await henk.fill(`${place}/groups`, '/groups', { name: 'De moestuin', about: 'Elke zaterdag' });
    const page = await mirjam.get(`${place}/gates/new`);
    const parties = optionsOf(page.form('/gates'), 'left');
    const of = (name) => parties.find((party) => party.label === name).value;
    await mirjam.send(page, '/gates', { left: of('Ayse'), right: of('De moestuin'),
      reason: 'Ayse kookt, de tuin heeft munt.', hat: 1 });
    const at = (await henk.get(`${place}/gates`)).link(/gates\/[a-z0-9]{26}$/);
    must((await henk.get(at)).says('Je staat hier voor de groep De moestuin'), 'not for the group');
    await ayse.send(await ayse.get(at), '/open');
    await henk.send(await henk.get(at), '/open');
    must((await ayse.get(at)).says('De ander staat hier voor de groep De moestuin'), 'no group');
  });
}

async function looking() {
  const bundle = (name) => path.join(server.data, name);
  const take = async (name) => {
    const file = await people.samira.get(`${place}/insight/bundle`);
    must(/attachment/.test(file.headers['content-disposition']), 'not a download');
    fs.writeFileSync(bundle(name), file.body);
  };
  await test('who looked stands in the resident’s log: when, who, organisation, mandate, fields',
    async () => {
      await take('earlier.json');
      const residents = await people.mirjam.get(`${place}/residents`);
      await people.mirjam.get(residents.links.filter((href) => /residents\/./.test(href)).pop());
      const page = await people.samira.get(`${place}/insight`);
      for (const words of ['Mirjam de Boer', 'Buurthuis De Kade', 'versie 2', 'nummer 1'])
        must(page.says(words), `no '${words}'`);
    });
  await test('the proof bundle verifies offline, and with an earlier one: only grown', async () => {
    await take('now.json');
    const alone = server.verify(bundle('now.json'));
    must(alone.status === 0, alone.stdout + alone.stderr);
    const both = server.verify(bundle('now.json'), '--earlier', bundle('earlier.json'));
    must(both.status === 0, both.stdout + both.stderr);
  });
  await test('a bundle in which one word was changed does not verify', async () => {
    const text = fs.readFileSync(bundle('now.json'), 'utf8');
    must(text.includes('Mirjam'), 'nobody in the bundle');
    fs.writeFileSync(bundle('bad.json'), text.replace('Mirjam', 'Marjam'));
    const bad = server.verify(bundle('bad.json'));
    must(bad.status === 1 && bad.stdout.length > 0, `${bad.status}: ${bad.stdout}`);
  });
  await test('the stored log verifies; one byte rewritten anywhere fails and says where', async () => {
    await server.stop();
    const log = path.join(server.data, 'log');
    must(server.verify(log).status === 0, 'the log does not verify');
    for (const name of fs.readdirSync(log)) {
      const file = path.join(log, name);
      const good = fs.statSync(file).isFile() ? fs.readFileSync(file) : Buffer.alloc(0);
      for (const at of [0, good.length >> 1, good.length - 1].filter((n) => n >= 0 && good.length)) {
        const bad = Buffer.from(good);
        bad[at] ^= 1;
        fs.writeFileSync(file, bad);
        const said = server.verify(log);
        must(said.status !== 0 && (said.stdout + said.stderr).length > 10,
          `byte ${at} of ${name} was rewritten and it verifies`);
      }
      if (good.length) fs.writeFileSync(file, good);
    }
    must(server.verify(log).status === 0, 'put back, it does not verify');
    await server.start();
  });
}

async function ending() {
  await test('a mandate that was ended: each act is refused with what to do', async () => {
    const { mirjam } = people;
    const propose = await mirjam.get(`${place}/gates/new`);
    const print = await mirjam.get(`${place}/cards`);
    const contact = (await mirjam.get(`${place}/residents`)).link(/residents\/./);
    await mirjam.send(await mirjam.get(mandate), '/end');
    const parties = optionsOf(propose.form('/gates'), 'left').map((party) => party.value);
    const refusals = [await mirjam.get(`${place}/residents`), await mirjam.get(contact),
      await mirjam.get(`${place}/gates/new`), await mirjam.press(print, '/cards', { kind: 1 }),
      await mirjam.press(propose, '/gates', { left: parties[1], right: parties[2], reason, hat: 2 })];
    for (const page of refusals)
      must([403, 422].includes(page.status) && page.says('Schrijf eerst je opdrachtkaart'),
        `${page.path}: ${page.status} ${page.text.slice(0, 200)}`);
    must(!(await server.visitor().get(place)).says('Mirjam'), 'it still stands on the front page');
  });
}

run(async () => {
  server = await empty();
  await beginning();
  await enrolling();
  await gates();
  await looking();
  await ending();
}, () => server && server.clear());
