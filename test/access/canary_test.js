// The canary: a word that stands nowhere else in every field that somebody fills in. Each of nine
// people opens every page that any of them can find; a word may be seen by whom it is meant for,
// by nobody else, in no file, and by a professional only with an entry in the look log.
'use strict';
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const { test, must, same, run } = require('../lib/tap');
const { empty, place } = require('../lib/server');
const { optionsOf } = require('../lib/page');

let server;
const people = {};
const words = []; // { word, what, seenBy, sealed }
const secrets = []; // what may stand in no file either: card links, cookies
const nobody = [];
const everybody = ['stranger', 'samira', 'henk', 'ayse', 'piet', 'mirjam', 'driss', 'nora', 'hanna'];
const day = (from) => new Date(Date.now() + from * 86400000).toISOString().slice(0, 10);

// A fresh word. `seenBy`: exactly who may and must see it; `sealed`: it may stand in no file.
function word(what, seenBy, { sealed = true, owner = '', field = '' } = {}) {
  const fresh = `kanarie${crypto.randomBytes(7).toString('hex')}`;
  words.push({ word: fresh, what, seenBy, sealed, owner, field });
  return fresh;
}

const open = (what) => word(what, everybody, { sealed: false });

// ---- the neighbourhood, filled in by hand ----

async function enrol(name, link, kind, seenBy) {
  const visitor = server.visitor();
  visitor.passphrase = word(`${name}: passphrase`, nobody);
  visitor.signInName = word(`${name}: sign-in name`, nobody);
  const called = word(`${name}: ${kind}`, seenBy, { sealed: kind === 'first_name' });
  await visitor.fill(link, link, { [kind]: called, name: visitor.signInName, passphrase: visitor.passphrase });
  must(visitor.signedIn, `${name} could not enrol`);
  people[name] = visitor;
}

async function printCard(maker, kind) {
  const page = await people[maker].fill(`${place}/cards`, '/cards', { kind });
  const link = page.link(/\/card\/\w+$/).replace(/^https?:\/\/[^/]+/, '');
  secrets.push({ what: 'the link of a card', text: link.split('/').pop() });
  return link;
}

const cardOf = (make) => Object.fromEntries(['commissioner', 'organisation', 'purpose', 'can_do',
  'cannot_do', 'what_i_do', 'reads_along'].map((field) => [field, make(field)]));

async function mandateOf(name) {
  const dates = { starts: day(-1), ends: day(90) };
  const draft = await people[name].fill(`${place}/mandates/new`, '/mandates',
    { ...cardOf((field) => open(`${name}: ${field}`)), ...dates });
  await people[name].send(draft, '/in-force');
  people[name].mandate = draft.path.replace('/draft', '');
}

async function writeDoors(name, seen) {
  const fields = ['first_name', 'shared', 'offer', 'wish', 'story', 'reach'];
  const write = (make) => people[name].fill(`${place}/doors`, '/doors',
    Object.fromEntries(fields.map((field) => [field, make(field)])));
  await write((field) => word(`${name}: ${field} as it was before`, nobody));
  await write((field) => word(`${name}: ${field}`, [name, ...(seen[field] || [])],
    { owner: name, field: { first_name: 'name', shared: 'name', wish: 'offer' }[field] || field }));
  const refused = await people[name].press(await people[name].get(`${place}/doors`), '/doors', {
    first_name: '', story: word(`${name}: a story in a form that was refused`, nobody) });
  must(refused.status === 422, 'a form without a name was taken');
}

async function residentOf(maker, name, seen) {
  await enrol(name, await printCard(maker, 1), 'first_name', nobody);
  const list = await people[name].get(`${place}/today`);
  await people[name].send(list, '/read');
  await writeDoors(name, seen);
}

async function propose(left, right, reason) {
  const { mirjam } = people;
  const page = await mirjam.get(`${place}/gates/new`);
  const parties = optionsOf(page.form('/gates'), 'left');
  const first = (name) => words.find((w) => w.what === `${name}: first_name` && w.owner).word;
  const of = (name) => parties.find((party) => party.label === first(name)).value;
  await mirjam.send(page, '/gates', { left: of(left), right: of(right), hat: 2, reason });
}

// The gate that waits for this person's answer.
async function waitingGate(name) {
  const list = await people[name].get(`${place}/gates`);
  return /class="waits"><a href="([^"]+)"/.exec(list.body)[1];
}

async function answer(name, said) {
  const at = await waitingGate(name);
  await people[name].send(await people[name].get(at), said);
  return at;
}

async function openGates() {
  await propose('samira', 'henk', word('the reason of an open gate', ['samira', 'henk']));
  const gate = await answer('samira', '/open');
  await answer('henk', '/open');
  await people.samira.fill(gate, '/doors', { door0: 1, door1: 1 });
  await people.henk.fill(gate, '/doors', { door0: 1, door3: 1 });
  await people.henk.fill(gate, '/doors', { door0: 1 });
  const { token, once, doors } = (await people.henk.get(gate)).form('/doors').fields;
  await people.henk.post(`${gate}/doors`, { token, once, doors, door0: 1 });
  await propose('samira', 'piet', word('the reason of a gate that waits', ['samira', 'piet']));
  await answer('samira', '/open');
  await answer('piet', '/no').catch(() => {});
  words[words.length - 1].seenBy = ['samira'];
  words[words.length - 1].what = 'the reason of a gate to which the other said no';
  await propose('henk', 'piet', word('the reason of a gate that nobody answered', ['henk', 'piet']));
}

async function failures() {
  const stranger = server.visitor();
  await stranger.fill('/sign-in', '/sign-in', { name: word('a name that nobody has', nobody),
    passphrase: word('a passphrase that fits nobody', nobody) });
  await stranger.fill('/sign-in', '/sign-in', { name: people.samira.signInName,
    passphrase: word('a passphrase that is wrong', nobody) });
  await stranger.fill('/card', '/card', { words: word('words of no card', nobody) });
  await stranger.get(`/${word('an address that is not there', nobody)}`);
  await stranger.get(`/about?q=${word('a question in an address', nobody)}`);
}

async function build() {
  server = await empty({ professional_idle_minutes: 240 });
  secrets.push({ what: 'the link of the first card', text: server.hostCard.split('/').pop() });
  people.stranger = server.visitor();
  await enrol('hanna', server.hostCard, 'public_name', ['hanna']);
  for (const name of ['mirjam', 'driss', 'nora'])
    await enrol(name, await printCard('hanna', 2), 'public_name', name === 'nora' ? ['nora'] : everybody);
  await mandateOf('mirjam');
  await mandateOf('driss');
  const mirjams = { first_name: ['mirjam'], shared: ['mirjam'], offer: ['mirjam'], wish: ['mirjam'] };
  const and = (seen, who, fields) => Object.fromEntries(Object.entries(seen)
    .map(([field, list]) => [field, fields.includes(field) ? [...list, who] : list]));
  await residentOf('mirjam', 'samira', and(mirjams, 'henk', ['first_name', 'shared', 'offer', 'wish']));
  await residentOf('mirjam', 'henk', and(mirjams, 'samira', ['first_name', 'shared']));
  await residentOf('mirjam', 'piet', mirjams);
  await residentOf('driss', 'ayse', { first_name: ['driss'], shared: ['driss'], offer: ['driss'], wish: ['driss'] });
  await openGates();
  await people.samira.fill(`${people.mirjam.mandate}/ask`, '/ask', { question: open('a question') });
  const asked = (await people.mirjam.get(`${place}/mandates`)).link(/questions\/./);
  await people.mirjam.fill(asked, asked, { answer: open('its answer') });
  await people.henk.fill(`${place}/groups`, '/groups', { name: open('a group'), about: open('what it is') });
  await people.mirjam.fill(`${people.mirjam.mandate}/change`, '/change',
    cardOf((field) => word(`mirjam: ${field} of a draft`, ['mirjam'], { sealed: false })));
  await printCard('mirjam', 1);
  await failures();
}

// ---- everybody opens every page ----

const seen = new Map(); // word → Set of names
const sights = []; // what a professional saw: { by, owner, fields, at }
const pages = new Set();

function note(name, at, page) {
  const owners = new Map();
  for (const { word: w, owner, field } of words) {
    if (!page.body.includes(w) && !JSON.stringify(page.headers).includes(w)) continue;
    if (!seen.has(w)) seen.set(w, new Map());
    if (!seen.get(w).has(name)) seen.get(w).set(name, at);
    if (owner) owners.set(owner, new Set([...(owners.get(owner) || []), field]));
  }
  if (['mirjam', 'driss', 'nora', 'hanna'].includes(name))
    for (const [owner, fields] of owners) sights.push({ by: name, owner, fields: [...fields].sort(), at });
}

const wanted = (href) => /^\/(?!assets\/|away)/.test(href);

// Follows links from where one begins; then opens what the others have found.
async function crawl(name) {
  const begin = ['/', place, `${place}/today`, `${place}/host`, '/settings', '/language', '/card',
    '/sign-in', '/about', '/health', '/log/checkpoint'];
  const waiting = [...begin];
  const done = new Set();
  while (waiting.length) {
    const at = waiting.shift().replace(/#.*/, '');
    if (done.has(at)) continue;
    done.add(at);
    must(done.size < 400, 'the pages have no end');
    const page = await people[name].get(at);
    must(page.status < 500, `${at}: ${page.status}`);
    note(name, at, page);
    pages.add(at);
    for (const href of page.links.map((link) => link.replace(server.address, '')))
      if (wanted(href) && !done.has(href)) waiting.push(href);
  }
  return done;
}

async function crawlAll() {
  const own = {};
  for (const name of everybody) own[name] = await crawl(name);
  for (const name of everybody)
    for (const at of pages)
      if (!own[name].has(at)) note(name, at, await people[name].get(at));
}

async function bundles() {
  const found = {};
  for (const name of ['samira', 'henk', 'piet', 'ayse']) {
    const { body } = await people[name].get(`${place}/insight/bundle`);
    const file = path.join(server.data, 'bundle.json');
    fs.writeFileSync(file, body);
    must(server.verify(file).status === 0, `${name}'s bundle does not verify`);
    fs.rmSync(file);
    found[name] = JSON.parse(body).entries.map(({ entry }) =>
      Object.fromEntries(entry.trim().split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))));
  }
  return found;
}

// ---- what must hold ----

async function whoSawWhat() {
  for (const name of everybody)
    await test(`${name} sees nothing that is meant for others`, () => {
      const wrong = words.filter(({ word: w, seenBy }) => !seenBy.includes(name) && seen.get(w) &&
        seen.get(w).has(name)).map(({ word: w, what }) => `${what}, at ${seen.get(w).get(name)}`);
      must(!wrong.length, wrong.join('; '));
    });
  await test('and everybody sees what is meant for them: the canary sings', () => {
    const dumb = [];
    for (const { word: w, what, seenBy } of words)
      for (const name of seenBy)
        if (!seen.get(w) || !seen.get(w).has(name)) dumb.push(`${name} not: ${what}`);
    must(!dumb.length, dumb.join('; '));
  });
}

async function logged(before, after) {
  for (const owner of Object.keys(after))
    await test(`each sight of ${owner} by a professional has its entry, with what was shown`, () => {
      const entries = after[owner].slice(before[owner].length);
      const saw = sights.filter((sight) => sight.owner === owner);
      must(saw.length >= 3, `only ${saw.length} sights: it proves nothing`);
      must(entries.length >= saw.length, `${saw.length} sights, ${entries.length} entries`);
      // Pages are opened one after another, so sights and entries stand in the same order.
      let at = 0;
      for (const sight of saw) {
        const who = words.find(({ what }) => what === `${sight.by}: public_name`).word;
        while (at < entries.length && !(entries[at].who === who &&
          sight.fields.every((field) => entries[at].fields.split(', ').includes(field)))) at++;
        must(at < entries.length, `${sight.by} saw ${sight.fields} at ${sight.at}, and no entry says so`);
        const entry = entries[at++];
        must(/^connect\/\d+$|^contact\/\d+$/.test(entry.purpose), `purpose ${entry.purpose}`);
        must(entry.mandate && entry.version === '1' && entry.organisation, 'no mandate in it');
      }
      same(entries.length, saw.length, 'entries without a sight');
    });
}

function allFiles(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    return entry.isDirectory() ? allFiles(at) : entry.isFile() ? [at] : [];
  });
}

// As it is, in hexadecimal, and in base64 at each of its three alignments.
function shapes(text) {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64').replace(/=+$/, '').slice(shift ? 4 : 0, -2));
  const utf16 = Buffer.from(text, 'utf16le');
  return [bytes, Buffer.from(bytes.toString('hex')), utf16, ...base64.map((part) => Buffer.from(part))];
}

async function files() {
  const where = () => [...allFiles(server.data).map((file) => [path.relative(server.data, file),
    fs.readFileSync(file)]), ['stderr', Buffer.from(server.stderr)]];
  const found = (list) => {
    const wrong = [];
    for (const [name, bytes] of where())
      for (const { what, text } of list)
        if (shapes(text).some((shape) => bytes.includes(shape))) wrong.push(`${what} in ${name}`);
    return wrong;
  };
  const sealed = words.filter((w) => w.sealed).map(({ word: text, what }) => ({ text, what }));
  await test('no file of the data folder and no line of the log holds a sealed word or a passphrase',
    () => {
      must(sealed.length > 70, `only ${sealed.length} words`);
      const wrong = found(sealed);
      must(!wrong.length, wrong.join('; '));
    });
  await test('nor a session, nor the link of a card', () => {
    for (const name of everybody)
      for (const [cookie, text] of people[name].cookies)
        if (cookie !== '__Host-nabij-language') secrets.push({ what: `${name}'s ${cookie}`, text });
    const wrong = found(secrets);
    must(!wrong.length, wrong.join('; '));
  });
  await test('what is public is found in them, so the search does find', () => {
    const text = words.find(({ what }) => what === 'mirjam: purpose').word;
    must(found([{ what: 'it', text }]).some((line) => /nabij\.db/.test(line)), 'not found');
  });
  await test('the log on standard error names nobody: not in public words either', () => {
    const said = words.filter(({ word: text }) => server.stderr.includes(text));
    must(!said.length, said.map(({ what }) => what).join('; '));
  });
}

run(async () => {
  await build();
  const before = await bundles();
  await crawlAll();
  await test('the crawl has been everywhere', () => {
    for (const part of ['/residents/', '/gates/', '/cards/', '/draft', '/changes', '/insight', '/doors', '/groups'])
      must([...pages].some((at) => at.includes(part)) || part === '/changes', `nowhere at ${part}`);
  });
  await whoSawWhat();
  await logged(before, await bundles());
  await files();
  await test('also not once the server has stopped', async () => {
    await server.stop();
    must(fs.existsSync(path.join(server.data, 'nabij.db')), 'no database');
  });
  await files();
}, () => server && server.clear());
