// Bad input, of people and of others: each gets a clear sentence, the form as it was, nothing lost.
'use strict';
const net = require('net');
const { test, must, run, until } = require('../lib/tap');
const { demo, place } = require('../lib/server');
const { optionsOf } = require('../lib/page');

let server;
const people = {};
const day = (from) => new Date(Date.now() + from * 86400000).toISOString().slice(0, 10);
const card = {
  commissioner: 'Fonds <b>"Buur & Co"</b>', organisation: 'Huis’t Hoekje', purpose: 'Regel een\nen regel twee.',
  can_do: 'Luisteren é ü 漢字 🙂', cannot_do: '</textarea><script>alert(1)</script>', what_i_do: 'Niets',
  reads_along: "O'Neill; drop table person;--", starts: day(0), ends: day(100),
};

// Everything that was written stands in the form that comes back.
function comesBack(page, action, written) {
  const { fields } = page.form(action);
  for (const [name, value] of Object.entries(written))
    must(fields[name] === value, () =>
      `${name} came back as ${JSON.stringify(fields[name])}, not ${JSON.stringify(value)}`);
}

async function mandates() {
  const { mirjam } = people;
  const refuse = async (change, words) => {
    const page = await mirjam.get(`${place}/mandates/new`);
    const back = await mirjam.press(page, '/mandates', { ...card, ...change });
    must(back.status === 422, `status ${back.status}`);
    must(back.says(words), `it says: ${back.text.slice(0, 300)}`);
    comesBack(back, '/mandates', { ...card, ...change });
    must(/role="alert"/.test(back.body) && /aria-invalid="true"/.test(back.body), 'not marked');
    return back;
  };
  await test('a mandate that ends before it begins is refused and comes back filled in', () =>
    refuse({ starts: day(20), ends: day(10) }, 'De laatste dag ligt voor de eerste dag'));
  await test('a mandate without a commissioner is refused at that field', async () => {
    const back = await refuse({ commissioner: '' }, 'Vul hier nog iets in');
    must(back.body.includes('id="error-commissioner"'), 'not at the field');
  });
  await test('a mandate that is already over, or for a century, or with a day that is no day', async () => {
    await refuse({ starts: day(-20), ends: day(-10) }, 'al voorbij');
    await refuse({ ends: day(36500) }, 'hoogstens vijf jaar');
    await refuse({ ends: '31-02-2027' }, 'Dit is geen datum');
  });
  await test('a field that is too long says how long it may be', () =>
    refuse({ purpose: 'é'.repeat(1501) }, 'hoogstens 1500'));
  await test('a refused form, put right, is taken, and shows as it was written', async () => {
    const back = await refuse({ commissioner: '' }, '');
    const draft = await mirjam.send(back, '/mandates', { commissioner: card.commissioner });
    must(draft.status === 200 && draft.says('O\'Neill; drop table person;--'), draft.text);
    must(!/<script>alert|<b>"Buur/.test(draft.body), 'text became HTML');
  });
}

async function cards() {
  let words;
  let link;
  const typed = async (text) => {
    const stranger = server.visitor();
    const page = await stranger.fill('/card', '/card', { words: text });
    return { page, stranger };
  };
  await test('a key card with a mistyped word: it says which word', async () => {
    const page = await people.mirjam.fill(`${place}/cards`, '/cards', { kind: 1 });
    words = [...page.main.matchAll(/<li translate="no"[^>]*>([a-z]+)<\/li>/g)].map((m) => m[1]);
    link = page.link(/\/card\/\w+$/).replace(/^https?:\/\/[^/]+/, '');
    for (const at of [0, 4, 7]) {
      const torn = [...words];
      torn[at] = `${torn[at].slice(0, -1)}qq`;
      const { page: back } = await typed(torn.join(' '));
      must(back.status === 422 && back.says(`${at + 1}: ${words[at]}`), back.text);
      comesBack(back, '/card', { words: torn.join(' ') });
      torn[at] = torn[at] === 'fiets' || words[at] === 'fiets' ? 'berg' : 'fiets';
      const other = (await typed(torn.join(' '))).page;
      must(other.status === 422 && new RegExp(`\\b${at + 1}\\b`).test(other.text), other.text);
    }
  });
  await test('too few words, too many, none at all', async () => {
    must((await typed(words.slice(1).join(' '))).page.says('minder dan acht'), 'seven');
    must((await typed([...words, 'fiets'].join(' '))).page.says('meer dan acht'), 'nine');
    must((await typed('')).page.status === 422, 'none');
  });
  await test('a key card used twice: the second is told, and nobody comes in twice', async () => {
    const first = server.visitor(), second = server.visitor();
    const fields = { first_name: 'Noor', passphrase: 'vier gele bussen samen' };
    const [one, two] = [await first.get(link), await second.get(link)];
    const answers = await Promise.all([first.press(one, link, { ...fields, name: 'noor-een' }),
      second.press(two, link, { ...fields, name: 'noor-twee' })]);
    must(answers.filter((page) => page.status === 303).length === 1,
      `answers ${answers.map((page) => page.status)}`);
    const refused = answers.find((page) => page.status !== 303);
    must(refused.says('gebruikt'), refused.text);
    must([first, second].filter((visitor) => visitor.signedIn).length === 1, 'both are in');
    must((await typed(words.join(' '))).page.says('gebruikt'), 'the words still work');
    must((await server.visitor().get(link)).says('gebruikt'), 'the link still works');
  });
  await test('an expired key card says so, by its words, its link, and in the middle of enrolling',
    async () => {
      const page = await people.mirjam.fill(`${place}/cards`, '/cards', { kind: 1 });
      const at = page.link(/\/card\/\w+$/).replace(/^https?:\/\/[^/]+/, '');
      const list = [...page.main.matchAll(/<li translate="no"[^>]*>([a-z]+)<\/li>/g)];
      const late = server.visitor();
      const form = await late.get(at);
      await server.between(() => server.sql('update key_card set ends_at = 1 where used_at is null'));
      must((await typed(list.map((m) => m[1]).join(' '))).page.says('verlopen'), 'its words');
      must((await server.visitor().get(at)).says('verlopen'), 'its link');
      const back = await late.press(form, at, { first_name: 'Laat', name: 'laat',
        passphrase: 'vier gele bussen samen' });
      must(back.status !== 303 && back.says('verlopen') && !late.signedIn, back.text);
    });
  await test('a name that is taken, a passphrase that is short, known or long', async () => {
    const page = await people.mirjam.fill(`${place}/cards`, '/cards', { kind: 1 });
    const at = page.link(/\/card\/\w+$/).replace(/^https?:\/\/[^/]+/, '');
    const visitor = server.visitor();
    const fields = { first_name: 'Noor', name: 'S amira', passphrase: 'vier gele bussen samen' };
    const form = await visitor.get(at);
    const taken = await visitor.press(form, at, fields);
    must(taken.says('al in gebruik'), taken.text);
    comesBack(taken, at, { first_name: 'Noor', name: 'S amira', passphrase: '' });
    for (const [passphrase, words] of [['zo kort', 'te kort'], ['vier gele bussen '.repeat(70), 'te lang'],
      ['passwordpassword', 'te bekend']]) {
      const back = await visitor.press(form, at, { ...fields, name: 'noor3', passphrase });
      must(back.status === 422 && back.says(words), `${words}: ${back.text.slice(0, 200)}`);
      must(!back.body.includes(passphrase), 'the passphrase stands in the page');
    }
  });
}

async function gates() {
  const propose = async (fields) => {
    const page = await people.mirjam.get(`${place}/gates/new`);
    const parties = optionsOf(page.form('/gates'), 'left');
    const of = (name) => (parties.find((party) => party.label === name) || { value: name }).value;
    return people.mirjam.press(page, '/gates', { hat: 2, reason: 'Een reden voor allebei.',
      ...fields, left: of(fields.left), right: of(fields.right) });
  };
  await test('a gate between a person and themself, also by way of their own group', async () => {
    for (const [left, right] of [['Henk', 'Henk'], ['Henk', 'De moestuin van het Gagelpad']]) {
      const page = await people.mirjam.get(`${place}/gates/new`);
      const parties = optionsOf(page.form('/gates'), 'left').map((party) => party.label);
      const group = parties.find((label) => !['Samira', 'Henk', 'Ayse', 'Piet', 'Noor'].includes(label)
        && label !== 'Kies…');
      const back = await propose({ left, right: right === 'Henk' ? right : group });
      must(back.status === 422 && back.says('twee verschillende kanten'), back.text);
      comesBack(back, '/gates', { reason: 'Een reden voor allebei.' });
    }
  });
  await test('a gate with nobody, with a stranger’s id, without a reason', async () => {
    for (const fields of [{ left: '', right: 'Henk' }, { left: `person.${'a'.repeat(26)}`, right: 'Henk' },
      { left: 'person.', right: 'group.x' }, { left: 'Samira', right: 'Ayse', reason: 'kort' },
      { left: 'Samira', right: 'Ayse', hat: 9 }]) {
      const back = await propose(fields);
      must(back.status === 422 && back.form('/gates'), `${JSON.stringify(fields)}: ${back.status}`);
    }
  });
  await test('two browsers press ‘open’ at once, on both sides: it opens once, for both', async () => {
    const { samira, henk } = people;
    const phone = await server.as('samira');
    const gate = (await samira.get(`${place}/gates`)).link(/gates\/[a-z0-9]{26}$/);
    const pages = await Promise.all([samira, phone, henk].map((who) => who.get(gate)));
    const answers = await Promise.all([samira.press(pages[0], '/open'), phone.press(pages[1], '/open'),
      henk.press(pages[2], '/open')]);
    must(answers.every((page) => page.status === 303), `${answers.map((page) => page.status)}`);
    must((await samira.get(gate)).says('Henk') && (await henk.get(gate)).says('Samira'), 'not open');
    must((await people.mirjam.get(`${place}/gates`)).says('open'), 'not open for the professional');
    await samira.fill(gate, '/doors', { door0: 1, door3: 1 });
    await phone.press(pages[1], '/open', { once: (await phone.get(gate)).form('/doors').fields.once });
    must((await henk.get(gate)).says('Bel aan na vier uur'), 'an old button closed a door');
  });
}

// Bytes as they are; resolves to all that came back before the connection closed.
function raw(bytes, patience = 8000) {
  return new Promise((done) => {
    let said = '';
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('data', (text) => { said += text; });
    socket.on('error', () => {});
    socket.on('close', () => done(said));
  });
}

async function forms() {
  const { samira } = people;
  const fresh = async () => (await samira.get(`${place}/doors`)).form('/doors').fields;
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const still = async () =>
    must((await samira.get(`${place}/doors`)).form('/doors').fields.first_name === 'Samira', 'changed');
  await test('a form of 10 MB is refused before it is read, with a sentence', async () => {
    const head = `POST ${place}/doors HTTP/1.1\r\nHost: x\r\nConnection: close\r\n` +
      'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10485760\r\n\r\n';
    const said = await raw(Buffer.concat([Buffer.from(head), Buffer.alloc(10485760, 'a')]));
    must(/^HTTP\/1\.1 413 /.test(said), said.slice(0, 100) || 'no answer');
    must(said.includes('te groot om te versturen'), 'no sentence');
    await still();
  });
  await test('a form of 10,000 fields is refused with a sentence', async () => {
    const body = Array.from({ length: 10000 }, (_, i) => `f${i}=1`).join('&');
    const page = await samira.request('POST', `${place}/doors`, { body });
    must(page.status === 413 && page.says('te veel velden'), `${page.status} ${page.text}`);
    await still();
  });
  await test('broken percent-encoding, text that is not UTF-8, another kind of form', async () => {
    const { token, once } = await fresh();
    for (const bad of ['first_name=%', 'first_name=%zz', 'first_name=%4', 'first_name=%ff%fe',
      'first_name=%c0%80', 'first_name=%ed%a0%80', '%e2%28%a1=x']) {
      const page = await samira.request('POST', `${place}/doors`,
        { body: `token=${token}&once=${once}&${bad}` });
      must(page.status === 400 && page.says('tekens in die we niet kunnen lezen'),
        `${bad}: ${page.status} ${page.text}`);
    }
    const page = await samira.request('POST', `${place}/doors`, { body: '{"first_name":"x"}',
      headers: { 'content-type': 'application/json' } });
    must(page.status >= 400, `JSON: ${page.status}`);
    await still();
  });
  await test('NUL bytes and other control characters are refused at their field', async () => {
    for (const bad of ['Sam\u0000ira', 'Sam\u0007ira', 'Sam\u001bira', '\u0000']) {
      const page = await samira.post(`${place}/doors`, { ...await fresh(), first_name: bad });
      must(page.status === 422 || page.status === 400, `${JSON.stringify(bad)}: ${page.status}`);
      must(!page.body.includes('\u0000'), 'a NUL byte came back');
    }
    await still();
  });
  await test('a form without its numbers, with another’s, or from another site does nothing', async () => {
    const other = (await people.henk.get(`${place}/doors`)).form('/doors').fields;
    const mine = { ...await fresh(), first_name: 'Anders' };
    const { token, once, ...bare } = mine;
    must(token && once, 'no numbers in the form');
    for (const fields of [bare, { ...bare, token, once: '' }, { ...bare, token: other.token, once },
      { ...bare, token: 'x', once }]) {
      const page = await samira.post(`${place}/doors`, fields);
      must(page.status === 422 && page.form('/doors').fields.first_name === 'Anders',
        `${page.status}: the form did not come back filled in`);
    }
    for (const site of ['cross-site', 'same-site']) {
      const page = await samira.post(`${place}/doors`, mine, { headers: { ...type, 'sec-fetch-site': site } });
      must(page.status === 403, `${site}: ${page.status}`);
    }
    await still();
  });
  await test('a form that came back stale can be sent again as it is, and then it happens', async () => {
    const stale = await samira.post(`${place}/doors`, { ...await fresh(), shared: 'Nog eens.', token: 'x' });
    must(stale.status === 422 && stale.says('Verstuur het nog een keer'), stale.text.slice(0, 200));
    must((await samira.press(stale, '/doors')).status === 303, 'cannot be sent again');
    must((await samira.get(`${place}/doors`)).form('/doors').fields.shared === 'Nog eens.', 'lost');
  });
  await test('the same form sent twice, one after another and at once, happens once', async () => {
    const page = await people.henk.get(`${place}/groups`);
    const fields = { name: 'Schaken', about: 'Op dinsdag' };
    const answers = await Promise.all(Array.from({ length: 6 }, () =>
      people.henk.press(page, '/groups', fields)));
    answers.push(await people.henk.press(page, '/groups', fields));
    must(answers.every((answer) => answer.status === 303 &&
      answer.headers.location === answers[0].headers.location), 'not the same answer each time');
    const groups = (await people.henk.get(`${place}/groups`)).text.split('Schaken').length - 1;
    must(groups === 1, `there are ${groups} groups`);
  });
  await test('methods and paths that are not there are refused; HEAD is a page without its body', async () => {
    must((await samira.request('DELETE', `${place}/doors`)).status === 501, 'DELETE');
    must((await samira.request('GET', `${place}/gates/${'a'.repeat(26)}/open`)).status === 404, 'GET');
    const head = await samira.request('HEAD', place);
    must(head.status === 200 && head.body === '', 'HEAD');
    for (const at of [`${place}/gates/%00`, `/in/%2e%2e/today`, `${place}//today`, `${place}/insight/before/-1`,
      `${place}/insight/before/9999999999999999999999`, `/card/${'%41'.repeat(40)}`, '/in/', '/assets/../nabij.db'])
      must([400, 404].includes((await samira.request('GET', at)).status), at);
    must((await samira.request('GET', `/${'a'.repeat(9000)}`)).status >= 400, 'a long path');
  });
}

run(async () => {
  server = await demo({ professional_idle_minutes: 240 });
  for (const name of ['samira', 'henk', 'mirjam']) people[name] = await server.as(name);
  await mandates();
  await cards();
  await gates();
  await forms();
  await test('after all this the server still answers, and its log says nothing was broken', async () => {
    await until('healthy', async () => (await people.samira.get('/health')).status === 200);
    must(!/ error /.test(server.stderr), server.stderr);
  });
}, () => server && server.clear());
