// The access matrix: every page and act, by everybody who could try. What is expected stands in
// matrix.txt; `nabij routes` says what there is. 'Not allowed' must be the same as 'not there'.
'use strict';
const fs = require('fs');
const path = require('path');
const { test, must, same, run } = require('../lib/tap');
const { demo, command, place, passphrases } = require('../lib/server');
const { optionsOf } = require('../lib/page');

const root = path.join(__dirname, '..', '..');
const other = '/in/lombok';
let server;
const roles = {};
const ids = {};

// ---- the table ----

function readTable() {
  const lines = fs.readFileSync(path.join(__dirname, 'matrix.txt'), 'utf8').split('\n')
    .filter((line) => line && !line.startsWith('#')).map((line) => line.trim().split(/\s+/));
  const [head, ...rows] = lines;
  return { names: head.slice(2), rows: rows.map(([method, at, ...cells]) => ({ method, at, cells })) };
}

const readRoutes = () => command('routes').stdout.trim().split('\n')
  .map((line) => line.trim().split(/\s+/)).map(([method, at, rule]) => ({ method, at, rule }));

async function checkTable(table, routes) {
  const name = ({ method, at }) => `${method} ${at}`;
  await test('every route has a rule', () => {
    must(routes.length > 30, `only ${routes.length} routes`);
    const bare = routes.filter((route) => !/^(anyone|may_\w+)$/.test(route.rule || '?'));
    must(bare.length === 0, `without: ${bare.map(name)}`);
  });
  await test('every route stands in the table once, and nothing else does', () => {
    const [have, want] = [table.rows.map(name), routes.map(name)];
    must(new Set(have).size === have.length, 'a route stands in the table twice');
    const missing = want.filter((route) => !have.includes(route));
    const gone = have.filter((route) => !want.includes(route));
    must(!missing.length && !gone.length, `missing: ${missing}; no longer there: ${gone}`);
  });
  await test('every line of the table says something about everybody', () => {
    const words = ['page', 'done', 'form', 'first', 'mandate', 'none'];
    for (const row of table.rows)
      must(row.cells.length === table.names.length && row.cells.every((cell) => words.includes(cell)),
        `${name(row)}: ${row.cells}`);
  });
  await test('what strangers may see is what says ‘anyone’, and the way in', () => {
    for (const { method, at, cells } of table.rows) {
      const { rule } = routes.find((route) => route.method === method && route.at === at);
      const open = ['anyone', 'may_enrol', 'may_see_mandate'].includes(rule);
      must(open || cells[0] === 'none', `${method} ${at} is open to strangers by ${rule}`);
    }
  });
}

// ---- the world in which it is tried ----

async function professionalWithoutMandate() {
  const made = await roles.host.fill(`${place}/cards`, '/cards', { kind: 2 });
  const link = made.link(/\/card\/\w+$/).replace(/^https?:\/\/[^/]+/, '');
  passphrases.nora = 'elf zachte kussens samen';
  await server.visitor().fill(link, link, { public_name: 'Nora', name: 'nora', passphrase: passphrases.nora });
}

async function openGate() {
  const henk = await server.as('henk');
  const list = await roles.resident.get(`${place}/gates`);
  const gate = list.link(/gates\/[a-z0-9]{26}$/);
  await roles.resident.send(await roles.resident.get(gate), '/open');
  await henk.send(await henk.get(gate), '/open');
  return gate.split('/').pop();
}

const last = (at) => at.split('/').pop();

async function build() {
  server = await demo({ professional_idle_minutes: 240 }, (fresh) => {
    for (const words of [['article', 'import', path.join(root, 'demo', 'verhaal.txt'), '--place', 'overvecht'],
      ['place', '--slug', 'lombok', '--name', 'Lombok', '--about', 'Een andere wijk']]) {
      let { status, stderr } = fresh.command(...words);
      if (status !== 0 && words[0] === 'article') ({ status, stderr } = fresh.command(...words.slice(0, 3)));
      if (status !== 0) throw new Error(`${words}: ${stderr}`);
    }
  });
  const names = { resident: 'samira', other: 'ayse', newcomer: 'piet', another: 'driss', right: 'mirjam',
    host: 'joke' };
  roles.stranger = server.visitor();
  for (const [role, name] of Object.entries(names)) roles[role] = await server.as(name);
  await professionalWithoutMandate();
  roles.without = await server.as('nora');
  for (const [role, name] of Object.entries({ ...names, without: 'nora' })) roles[role].name = name;

  const { right } = roles;
  ids.mandates = last((await right.get(`${place}/mandates`)).link(/mandates\/[a-z0-9]{26}$/));
  for (const cannot_do of ['Ik regel geen woning.', 'Ik regel geen geld.']) {
    const draft = await right.fill(`${place}/mandates/${ids.mandates}/change`, '/change', { cannot_do });
    if (cannot_do.includes('woning')) await right.send(draft, '/in-force');
  }
  ids.questions = last((await right.get(`${place}/mandates`)).link(/questions\/[a-z0-9]{26}$/));
  const residents = optionsOf((await right.get(`${place}/gates/new`)).form('/gates'), 'left');
  ids.residents = residents.find((party) => party.label === 'Samira').value.split('.')[1];
  ids.gates = await openGate();
  const card = await right.fill(`${place}/cards`, '/cards', { kind: 1 });
  ids.cards = last(card.path);
  ids.word = last(card.link(/\/card\/\w+$/));
  ids.articles = last((await roles.stranger.get(place)).link(/articles\/[a-z0-9]{26}$/));
}

// ---- one try ----

const letters = 'abcdefghjkmnpqrstvwxyz0123456789';
const anyOf = (text) => text[Math.floor(Math.random() * text.length)];
// 25 letters of five bits and one of three: 128 bits.
const randomId = () => Array.from({ length: 25 }, () => anyOf(letters)).join('') +
  anyOf([...letters].filter((_, i) => i % 4 === 0).join(''));

function pathOf(at, { inside = place, random = false } = {}) {
  const subject = at.split('/')[3];
  const id = random ? randomId() : ids[subject];
  const word = at.startsWith('/card') ? (random ? randomId() : ids.word) : '5';
  return at.replace('/in/:place', inside).replace(':id', id).replace(':word', word);
}

async function numbersOf(visitor) {
  const form = (await visitor.get('/language')).forms.find(({ fields }) => fields.token);
  return { token: form.fields.token, once: form.fields.once };
}

async function attempt(visitor, method, at) {
  if (visitor.name && !visitor.signedIn) await visitor.signIn(visitor.name, passphrases[visitor.name]);
  return method === 'GET' ? visitor.request('GET', at) : visitor.post(at, await numbersOf(visitor));
}

// What came, in the words of the table.
function outcome(page) {
  const { location } = page.headers;
  if (page.status === 200) return 'page';
  if (page.status === 303) return location === `${place}/mandates/${ids.mandates}` && page.was !== 'POST'
    ? 'first' : 'done';
  if (page.says('Schrijf eerst je opdrachtkaart')) return 'mandate';
  if (page.says('Lees eerst')) return 'first';
  if (page.status === 422) return 'form';
  return page.status === 404 ? 'none' : `status ${page.status}`;
}

// An answer apart from what is new each time by nature.
function plain(page) {
  const headers = [];
  for (let i = 0; i < page.rawHeaders.length; i += 2) {
    const [name, value] = [page.rawHeaders[i].toLowerCase(), page.rawHeaders[i + 1]];
    if (name !== 'date')
      headers.push(`${name}: ${name === 'set-cookie' ? value.replace(/=[^;]*/, '=') : value}`);
  }
  return `${page.status}\n${headers.join('\n')}\n\n${page.still}`;
}

// An address of the same place and subject where there is nothing.
function absentBeside(method, at) {
  if (!at.includes(':place')) return '/nothing-here';
  if (!at.startsWith('/in/:place/gates')) return `${place}/questions/${randomId()}`;
  return `${place}/gates/${randomId()}${method === 'POST' ? '/open' : ''}`;
}

// Not allowed and not there: the same answer, byte for byte.
async function asIfNotThere(visitor, method, at, page) {
  const control = at.includes(':id') ? pathOf(at, { random: true }) : absentBeside(method, at);
  const absent = await attempt(visitor, method, control);
  same(plain(page), plain(absent), `${method} ${at} is not the same as ${control}`);
  if (method !== 'GET') return;
  const heads = [await visitor.request('HEAD', pathOf(at)), await visitor.request('HEAD', control)];
  same(plain(heads[0]), plain(heads[1]), `HEAD ${at} is not the same as ${control}`);
}

async function tryRoute(table, { method, at, cells }) {
  await test(`${method} ${at}: ${[...new Set(cells)].join(', ')}`, async () => {
    const wrong = [];
    for (const [i, role] of table.names.entries()) {
      const visitor = roles[role];
      const page = await attempt(visitor, method, pathOf(at));
      page.was = method;
     if (outcome(page) !== cells[i]) wrong.push(`${role}: ${outcome(page)}, not ${cells[i]}`);
      else if (cells[i] === 'none') await asIfNotThere(visitor, method, at, page);
    }
    must(!wrong.length, wrong.join('; '));
  });
}

// What ends something is tried at the end, in this order.
const ending = ['/mandates/:id/read', '/gates/:id/close', '/mandates/:id/end', '/exit', '/sign-out', '/sign-out-everywhere'];
const order = (row) => ending.findIndex((end) => row.method === 'POST' && row.at.endsWith(end));

// ---- what no table says ----

async function otherPlace(routes) {
  await test('in a neighbourhood where one takes no part one is a stranger, whatever one is elsewhere',
    async () => {
      for (const { method, at, rule } of routes.filter((route) => route.at.includes(':place')))
        for (const role of ['resident', 'right', 'host']) {
          const page = await attempt(roles[role], method, pathOf(at, { inside: other }));
          const open = rule === 'anyone' && !at.includes(':id');
          must(page.status === (open ? 200 : 404), `${role}, ${method} ${at}: ${page.status}`);
        }
    });
}

async function bareForms(table) {
  await test('a form without its numbers tells nobody whether the thing is there', async () => {
    for (const { method, at, cells } of table.rows.filter((row) => row.method === 'POST' && row.at.includes(':id')))
      for (const [i, role] of table.names.entries()) {
        if (cells[i] !== 'none') continue;
        const [real, absent] = [await roles[role].post(pathOf(at), {}),
          await roles[role].post(pathOf(at, { random: true }), {})];
        same(plain(real), plain(absent), `${role}, ${method} ${at}`);
      }
  });
}

async function drafts() {
  await test('a mandate that is still a draft is there for its holder only', async () => {
    const card = { commissioner: 'Fonds', organisation: 'De Kade', purpose: 'Samen een tuin maken.',
      can_do: 'Graven.', cannot_do: 'Betalen.', what_i_do: 'Niets.', reads_along: 'Niemand' };
    const draft = await roles.another.fill(`${place}/mandates/new`, '/mandates', card);
    must(draft.status === 200, `${draft.status}`);
    const at = draft.path.replace('/draft', '');
    for (const role of Object.keys(roles).filter((name) => name !== 'another'))
      for (const [method, end] of [['GET', ''], ['GET', '/changes'], ['GET', '/draft'], ['GET', '/ask'],
        ['POST', '/ask'], ['POST', '/read'], ['POST', '/in-force'], ['POST', '/end']]) {
        const [real, absent] = [await attempt(roles[role], method, at + end),
          await attempt(roles[role], method, `${place}/mandates/${randomId()}${end}`)];
        must(real.status === 404, `${role}, ${method} ${end}: ${real.status}`);
        same(plain(real), plain(absent), `${role}, ${method} ${end}`);
      }
  });
}

async function timing() {
  await test('not allowed takes as long as not there, as far as can be measured', async () => {
    const tries = [['other', '/in/:place/gates/:id'], ['another', '/in/:place/residents/:id'],
      ['another', '/in/:place/cards/:id'], ['other', '/in/:place/mandates/:id/draft']];
    for (const [role, at] of tries) {
      const times = [[], []];
      for (let i = 0; i < 120; i++) {
        const began = process.hrtime.bigint();
        await roles[role].request('GET', pathOf(at, { random: i % 2 === 1 }));
        times[i % 2].push(Number(process.hrtime.bigint() - began) / 1e6);
      }
      const [real, absent] = times.map((list) => list.sort((a, b) => a - b)[list.length >> 1]);
      must(Math.abs(real - absent) < Math.max(0.5, 0.5 * absent), `${at}: ${real} and ${absent} ms`);
    }
  });
}

run(async () => {
  const [table, routes] = [readTable(), readRoutes()];
  await checkTable(table, routes);
  await build();
  await timing();
  await bareForms(table);
  await otherPlace(routes);
  await drafts();
  for (const row of [...table.rows].sort((a, b) => order(a) - order(b))) await tryRoute(table, row);
  await test('nothing was broken by it', () =>
    must(!/ error /.test(server.stderr), server.stderr));
}, () => server && server.clear());
