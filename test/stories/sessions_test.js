// Coming in and going out: equal answers, limits, sign-out everywhere, the quick exit, languages,
// and a form that outlives its session.
'use strict';
const { test, must, same, run } = require('../lib/tap');
const { demo, place, passphrases } = require('../lib/server');

let server;
const wrong = 'drie rode stoelen buiten';

// The same page for everybody: apart from the numbers of its forms and the name that was typed.
const plain = (page, name) => `${page.status} ${page.still.split(name).join('NAME')}`;

async function tryOnce(visitor, name, passphrase) {
  const page = await visitor.get('/sign-in');
  const began = process.hrtime.bigint();
  const answer = await visitor.press(page, '/sign-in', { name, passphrase });
  return { answer, took: Number(process.hrtime.bigint() - began) / 1e6 };
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

async function comingIn() {
  await test('a wrong passphrase of a known name and of an unknown one get the same answer', async () => {
    const visitor = server.visitor();
    const [known, unknown] = [await tryOnce(visitor, 'samira', wrong),
      await tryOnce(visitor, 'nobody', wrong)];
    must(known.answer.status === 422 && known.answer.says('horen niet bij elkaar'), 'what it says');
    same(plain(known.answer, 'samira'), plain(unknown.answer, 'nobody'), 'the answers differ');
    const headers = (page) => ({ ...page.headers, date: '' });
    same(headers(known.answer), headers(unknown.answer), 'the headers differ');
  });
  await test('…and as far as can be measured the same time', async () => {
    const visitor = server.visitor();
    const times = { samira: [], nobody: [] };
    for (let round = 0; round < 25; round++)
      for (const name of round % 2 ? ['samira', 'nobody'] : ['nobody', 'samira'])
        times[name].push((await tryOnce(visitor, name, wrong)).took);
    const [known, unknown] = [median(times.samira), median(times.nobody)];
    const apart = Math.abs(known - unknown) / Math.max(known, unknown);
    must(apart < 0.3, `${known.toFixed(1)} ms for a known name, ${unknown.toFixed(1)} ms for another`);
  });
  await test('a name is taken with capitals and spaces; a passphrase is taken to the letter', async () => {
    const visitor = server.visitor();
    await visitor.signIn(' Sa mira ', passphrases.samira);
    must(visitor.signedIn, 'the name was not recognised');
    const other = server.visitor();
    await other.signIn('samira', passphrases.samira.toUpperCase());
    must(!other.signedIn, 'another passphrase was taken');
  });
  await test('nothing filled in is refused without a try; what was typed comes back, no passphrase',
    async () => {
      const page = await server.visitor().fill('/sign-in', '/sign-in', { name: 'samira', passphrase: '' });
      must(page.status === 422 && page.says('Vul je inlognaam en je wachtzin in'), page.text);
      const back = (await tryOnce(server.visitor(), 'samira', wrong)).answer;
      must(back.form('/sign-in').fields.name === 'samira' && !back.body.includes(wrong), 'the form');
    });
  await test('the cookie is for this site only, out of reach of scripts, and different each time',
    async () => {
      const visitor = server.visitor();
      const answers = [];
      for (let i = 0; i < 2; i++) {
        const { answer } = await tryOnce(visitor, 'henk', passphrases.henk);
        answers.push(answer.headers['set-cookie'].find((line) => line.startsWith('__Host-nabij=')));
        must(/; Path=\/; Secure; HttpOnly; SameSite=Lax/.test(answers[i]), answers[i]);
      }
      must(answers[0].split(';')[0] !== answers[1].split(';')[0], 'the same session twice');
      const old = server.visitor();
      old.takeCookies([answers[0]]);
      must((await old.get(`${place}/today`)).status === 404, 'the session before it still lives');
    });
}

async function goingOut() {
  await test('sign-out ends this session only, and tells the browser to forget', async () => {
    const [phone, library] = [await server.as('samira'), await server.as('samira')];
    const cookie = new Map(library.cookies);
    const answer = await library.press(await library.get('/settings'), '/sign-out');
    must(/"cache", "storage"/.test(answer.headers['clear-site-data']), 'nothing is cleared');
    must(!library.signedIn, 'the cookie stays');
    library.cookies = cookie;
    must((await library.get(`${place}/today`)).status === 404, 'the old cookie still works');
    must((await phone.get(`${place}/today`)).status === 200, 'the other one is out too');
  });
  await test('sign-out everywhere ends all of them at once', async () => {
    const [phone, library] = [await server.as('samira'), await server.as('samira')];
    await phone.press(await phone.get('/settings'), '/sign-out-everywhere');
    must((await library.get(`${place}/today`)).status === 404, 'another one is still in');
    must((await library.get('/settings')).status === 404, 'its settings are still there');
  });
  await test('a new passphrase ends all sessions but this one; the old words are worth nothing',
    async () => {
      const [phone, library] = [await server.as('ayse'), await server.as('ayse')];
      const page = await phone.get('/settings');
      const bad = await phone.press(page, '/settings', { passphrase_old: wrong, passphrase: 'zes witte eenden samen' });
      must(bad.status === 422 && (await library.get('/settings')).status === 200, 'changed without the old');
      must((await phone.press(page, '/settings', { passphrase_old: passphrases.ayse,
        passphrase: 'zes witte eenden samen' })).status === 303, 'not changed');
      must((await phone.get('/settings')).status === 200, 'out here as well');
      must((await library.get('/settings')).status === 404, 'the other is still in');
      const old = server.visitor();
      await old.signIn('ayse', passphrases.ayse);
      must(!old.signedIn, 'the old words still work');
      await old.signIn('ayse', 'zes witte eenden samen');
      must(old.signedIn, 'the new words do not work');
    });
  await test('a sign-in form that is sent again after a new passphrase signs nobody in', async () => {
    const [thief, henk] = [server.visitor(), await server.as('henk')];
    const form = await thief.get('/sign-in');
    const before = new Map(thief.cookies);
    await thief.press(form, '/sign-in', { name: 'henk', passphrase: passphrases.henk });
    must(thief.signedIn, 'could not sign in at first');
    await henk.press(await henk.get('/settings'), '/settings',
      { passphrase_old: passphrases.henk, passphrase: 'zeven blauwe emmers samen' });
    thief.cookies = before;
    await thief.press(form, '/sign-in', { name: 'henk', passphrase: passphrases.henk });
    must((await thief.get('/settings')).status === 404, 'the old form still opens the door');
    const again = server.visitor();
    const second = await again.get('/sign-in');
    const cookies = new Map(again.cookies);
    await again.press(second, '/sign-in', { name: 'henk', passphrase: 'zeven blauwe emmers samen' });
    await henk.press(await henk.get('/settings'), '/sign-out-everywhere');
    again.cookies = cookies;
    await again.press(second, '/sign-in', { name: 'henk', passphrase: 'zeven blauwe emmers samen' });
    must((await again.get('/settings')).status === 404, 'nor after signing out everywhere');
  });
  await test('the quick exit ends the session and shows an ordinary page elsewhere', async () => {
    const samira = await server.as('samira');
    const cookie = new Map(samira.cookies);
    const answer = await samira.press(await samira.get(`${place}/doors`), '/exit');
    must(answer.headers['clear-site-data'] && answer.headers.location === '/away', 'not away');
    const away = await samira.follow(answer);
    must(/^0; url=https:\/\//.test(away.headers.refresh), 'it stays here');
    must(!/overvecht|nabij\b.*<\/title>/i.test(away.body.replace(/assets\/[^"]*/g, '')), 'the page tells where one was');
    samira.cookies = cookie;
    must((await samira.get(`${place}/today`)).status === 404, 'back brings it back');
    const pages = [await server.visitor().get('/sign-in'), await (await server.as('samira')).get('/settings')];
    must(pages.every((page) => /\/away"|action="\/exit"/.test(page.body)), 'not on every page');
  });
  await test('a lost passphrase: a card from a professional, and it stands in the look log', async () => {
    const [samira, mirjam] = [await server.as('samira'), await server.as('mirjam')];
    const list = await mirjam.get(`${place}/residents`);
    const at = /residents\/([a-z0-9]{26})">Samira</.exec(list.body)[1];
    const card = await mirjam.fill(`${place}/residents/${at}`, `${at}/card`);
    const link = card.link(/\/card\/\w+$/).replace(/^https?:\/\/[^/]+/, '');
    const phone = server.visitor();
    const page = await phone.fill(link, link, { passphrase: 'acht gele tulpen buiten' });
    must(phone.signedIn && page.title.includes('Samira'), page.text);
    passphrases.samira = 'acht gele tulpen buiten';
    must((await samira.get(`${place}/today`)).status === 404, 'the old session lives on');
    const looks = await phone.get(`${place}/insight`);
    must(looks.says('Mirjam de Boer') && looks.says('een nieuwe kaart om binnen te komen'), looks.text.slice(0, 400));
  });
}

const card = { commissioner: 'Gemeente', organisation: 'De Kade', purpose: 'Een lange tekst die weg zou zijn.',
  can_do: 'Luisteren.', cannot_do: 'Betalen.', what_i_do: 'Niets.', reads_along: 'Niemand' };

async function outlived() {
  const ended = async (how, sentence) => test(sentence, async () => {
    const mirjam = await server.as('mirjam');
    const page = await mirjam.get(`${place}/mandates/new`);
    await how();
    const back = await mirjam.press(page, '/mandates', card);
    must(back.status === 401 && back.says('Wat je schreef is niet weg'), `${back.status} ${back.text}`);
    for (const text of Object.values(card)) must(back.says(text), `'${text}' is gone`);
    const form = back.form('/mandates');
    await mirjam.signIn('mirjam', passphrases.mirjam);
    const draft = await mirjam.follow(await mirjam.post(form.action, form.fields));
    must(draft.status === 200 && draft.says(card.purpose), `${draft.status}: it was lost after all`);
    must((await mirjam.get(`${place}/mandates`)).says('Gemeente'), 'not kept');
  });
  await ended(async () => {
    const other = await server.as('mirjam');
    await other.press(await other.get('/settings'), '/sign-out-everywhere');
  }, 'a professional who was signed out everywhere in the middle of a form loses nothing');
  await ended(() => server.between(() =>
    server.sql(`update session set seen_at = seen_at - ${16 * 60000}`)),
  'a professional whose fifteen minutes were over in the middle of a form loses nothing');
  await test('a resident is not signed out after those fifteen minutes, but after thirty days', async () => {
    const samira = await server.as('samira');
    await server.between(() => server.sql(`update session set seen_at = seen_at - ${16 * 60000}`));
    must((await samira.get(`${place}/today`)).status === 200, 'out after sixteen minutes');
    await server.between(() => server.sql(`update session set seen_at = seen_at - ${31 * 86400000}`));
    must((await samira.get(`${place}/today`)).status === 404, 'in after a month');
  });
  await test('a passphrase in a form that outlived its session is not shown again',
    async () => {
      const visitor = await server.as('samira');
      const page = await visitor.get('/settings');
      const other = await server.as('samira');
      await other.press(await other.get('/settings'), '/sign-out-everywhere');
      const back = await visitor.press(page, '/settings', { passphrase_old: passphrases.samira, passphrase: wrong });
      must(back.status === 401, `${back.status}`);
      must(!back.body.includes(wrong) && !back.body.includes(passphrases.samira), 'a passphrase in the page');
    });
}

async function languages() {
  await test('the language follows the browser, then what was chosen, then the person', async () => {
    must((await server.visitor({ language: 'en-GB,en;q=0.9' }).get('/sign-in')).title === 'Sign in', 'English');
    must((await server.visitor({ language: 'fr, nl;q=0.5, en;q=0.3' }).get('/sign-in')).title === 'Inloggen', 'q');
    const visitor = server.visitor({ language: 'nl' });
    await visitor.press(await visitor.get('/language'), '/language', { language: 'en' });
    must((await visitor.get('/sign-in')).title === 'Sign in', 'the choice is not kept');
    const henk = server.visitor();
    await henk.signIn('henk', 'zeven blauwe emmers samen');
    await henk.press(await henk.get('/language'), '/language', { language: 'en' });
    const elsewhere = server.visitor();
    await elsewhere.signIn('henk', 'zeven blauwe emmers samen');
    const today = await elsewhere.get(`${place}/today`);
    must(/<html lang="en"/.test(today.body) && today.headers['content-language'] === 'en', 'not the person’s');
    const odd = await visitor.post('/language', { ...(await visitor.get('/language')).form('/language').fields,
      language: '../../etc' });
    must(odd.status === 422, `an unknown language: ${odd.status}`);
  });
}

async function limits() {
  passphrases.samira = 'groene fiets om de hoek';
  await server.clear();
  server = await demo({ tries_an_hour: 6, acts_a_minute: 5, acts_an_address: 100 });
  await test('too many wrong passphrases from one address are refused, also the right one', async () => {
    const visitor = server.visitor({ headers: { 'x-forwarded-for': '192.0.2.7' } });
    const samira = await server.as('samira');
    for (let i = 0; i < 5; i++)
      must((await tryOnce(visitor, i % 2 ? 'samira' : 'nobody', wrong)).answer.status === 422, 'a try');
    const late = (await tryOnce(visitor, 'samira', passphrases.samira)).answer;
    must(late.says('Er is te vaak geprobeerd') && !visitor.signedIn, late.text);
    const lied = server.visitor({ headers: { 'x-forwarded-for': '192.0.2.8' } });
    must((await tryOnce(lied, 'samira', passphrases.samira)).answer.says('te vaak'), 'a header was believed');
    must((await samira.get(`${place}/today`)).status === 200, 'who was in is out');
    const words = await visitor.fill('/card', '/card', { words: 'aanbod aarde' });
    must(words.says('te vaak'), 'card words can still be guessed');
  });
  await test('one account cannot act faster than its limit; what it wrote comes back', async () => {
    await server.clear();
    server = await demo({ tries_an_hour: 100, acts_a_minute: 5, acts_an_address: 100 });
    const [samira, henk] = [await server.as('samira'), await server.as('henk')];
    const send = async (who, name) => who.fill(`${place}/groups`, '/groups', { name, about: 'Iets' });
    for (let i = 0; i < 5; i++) must((await send(samira, `Groep ${i}`)).status === 200, `act ${i}`);
    const late = await send(samira, 'Groep te veel');
    must(late.status === 429 && late.says('heel snel achter elkaar'), `${late.status} ${late.text}`);
    must(late.form('/groups').fields.name === 'Groep te veel', 'the form is empty');
    must((await send(henk, 'Van Henk')).status === 200, 'another account is held up');
  });
  await test('one address cannot act faster than its limit, whoever it says it is', async () => {
    await server.clear();
    server = await demo({ acts_an_address: 8 });
    const answers = [];
    for (let i = 0; i < 12; i++)
      answers.push((await tryOnce(server.visitor({ headers: { 'x-forwarded-for': `192.0.2.${i}` } }),
        'nobody', wrong)).answer.status);
    must(answers.slice(0, 8).every((status) => status === 422), `${answers}`);
    must(answers.slice(9).every((status) => status === 429), `${answers}`);
  });
  await test('behind a proxy that is trusted, each address has a limit of its own', async () => {
    await server.stop();
    await server.start({ trusted_proxy: '127.0.0.1' });
    const from = (address) => server.visitor({ headers: { 'x-forwarded-for': address } });
    const one = [];
    for (let i = 0; i < 10; i++) one.push((await tryOnce(from('192.0.2.1'), 'nobody', wrong)).answer.status);
    must(one[9] === 429, `${one}`);
    must((await tryOnce(from('192.0.2.2'), 'nobody', wrong)).answer.status === 422, 'another is held up');
    must((await tryOnce(from('198.51.100.9, 192.0.2.1'), 'nobody', wrong)).answer.status === 429,
      'what a client wrote before the proxy was believed');
  });
}

run(async () => {
  server = await demo();
  await comingIn();
  await goingOut();
  await outlived();
  await languages();
  await limits();
}, () => server && server.clear());
