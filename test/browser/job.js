// The main job as people do it, on a phone-sized screen, with and without JavaScript.
'use strict';
const fs = require('fs'), os = require('os'), path = require('path');
const { test, must, run, serve, launch, open, signIn, text, send, click } = require('./house');

const card = {
  commissioner: 'Gemeente Utrecht', organisation: 'Buurtwerk De Brug',
  purpose: 'Er wordt door mij gefaciliteerd dat bewoners in de wijk met elkaar in contact komen en dat er in de ' +
    'buurt weer op een prettige manier met elkaar wordt gesproken over alles wat er speelt.',
  can_do: 'Ik kan luisteren.', cannot_do: 'Ik heb geen geld.', what_i_do: 'Ik vertel niets door.',
  reads_along: 'Niemand.',
};

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.fill(`#field-${name}`, value);
}

// The card that lies open: its words and its link.
async function readCard(page) {
  const words = await page.locator('ol.words li').allTextContents();
  must(words.length === 8, `${words.length} words on the card`);
  return { words: words.map((w) => w.trim()), link: (await page.textContent('main a[href*="/card/"]')).trim() };
}

async function mainJob(javaScriptEnabled) {
  const browser = await launch();
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const { address, place, stop } = await serve();
  const as = async (name) => {
    const page = await open(browser, { javaScriptEnabled });
    if (name) await signIn(page, address, name);
    return page;
  };
  const samira = await as('samira'), henk = await as('henk'), ayse = await as('ayse'), joke = await as('joke');
  const mirjam = await as('mirjam'), saar = await as(null), noor = await as(null);

  await test(`a visitor reads who works here, on whose assignment, and an article, ${how}`, async () => {
    const page = await as(null);
    await page.goto(place);
    must((await text(page)).includes('Betaald door Gemeente Utrecht'), 'no mandate card');
    await click(page, 'text=De bank onder de linde');
    must((await text(page)).includes('Een thermoskan en zes kopjes'), 'no article');
  });

  await test(`typed words let a professional in; a mistyped word is named, ${how}`, async () => {
    await joke.goto(`${place}/cards`);
    await click(joke, 'button[name=kind][value="2"]');
    const { words } = await readCard(joke);
    await saar.goto(`${address}/card`);
    const mistyped = words.map((w, i) => (i === 4 ? `${w}q` : w)).join(' ');
    await saar.fill('#field-words', mistyped);
    await send(saar);
    must(/woord 5\b/i.test(await saar.textContent('#refused')), 'the fifth word is not named');
    must((await saar.inputValue('#field-words')) === mistyped, 'the words are gone');
    await saar.fill('#field-words', words.join(', ').toUpperCase());
    await send(saar);
    await fill(saar, { public_name: 'Saar Visser', name: 'saar', passphrase: 'twee blauwe theepotten samen' });
    await send(saar);
    must((await text(saar)).includes('Leg eerst je opdracht op tafel'), 'not told to write a mandate');
  });

  await test(`without a mandate in force nothing can be done, and it says what to do, ${how}`, async () => {
    for (const where of ['residents', 'gates/new']) {
      await saar.goto(`${place}/${where}`);
      must((await text(saar)).includes('Schrijf eerst je opdrachtkaart'), `${where} is open`);
    }
    await saar.goto(`${place}/cards`);
    await click(saar, 'button[name=kind][value="1"]');
    must((await text(saar)).includes('Schrijf eerst je opdrachtkaart'), 'a card was made');
  });

  await test(`a professional writes a mandate, sees how it reads, and puts it on the table, ${how}`, async () => {
    await saar.goto(`${place}/mandates/new`);
    await fill(saar, { ...card, commissioner: '', ends: '2020-01-01' });
    await send(saar);
    must((await saar.locator('#refused').count()) === 1, 'taken without a commissioner');
    must((await saar.inputValue('#field-can_do')) === card.can_do, 'the form came back empty');
    if (javaScriptEnabled)
      must((await saar.evaluate(() => document.activeElement.id)) === 'refused', 'the refusal is not read first');
    await fill(saar, { commissioner: card.commissioner, ends: `${new Date().getFullYear() + 1}-06-30` });
    await send(saar);
    const draft = await text(saar);
    must(draft.includes('woorden per zin') && draft.includes('een lange zin'), 'no word on how it reads');
    await click(saar, 'text=Leg de kaart op tafel');
    await samira.goto(place);
    must((await text(samira)).includes('Saar Visser'), 'the card does not lie on the table');
  });

  await test(`the mandate prints as a card with a square code and nothing around it, ${how}`, async () => {
    await saar.goto(`${place}/mandates`);
    await click(saar, 'ul.lines a[href*="/mandates/"]');
    must((await saar.isVisible('button.print')) === javaScriptEnabled, 'the print button');
    must(!(await saar.isVisible('.poster .qr')), 'the code stands on the screen');
    await saar.emulateMedia({ media: 'print' });
    must(await saar.isVisible('.poster .qr'), 'no code on paper');
    must(await saar.isVisible('.mandate'), 'no card on paper');
    for (const gone of ['.top', '.menu', 'footer', '#questions'])
      must(!(await saar.isVisible(gone)), `${gone} is printed`);
    await saar.emulateMedia({ media: 'screen' });
  });

  await test(`a resident enrols with a printed card and must read the mandate first, ${how}`, async () => {
    await mirjam.goto(`${place}/cards`);
    await click(mirjam, 'button[name=kind][value="1"]');
    await mirjam.emulateMedia({ media: 'print' });
    must((await mirjam.isVisible('.keycard .qr')) && (await mirjam.isVisible('.words')), 'nothing to print');
    must(!(await mirjam.isVisible('main a[href*="/card/"]')), 'the link is printed');
    await mirjam.emulateMedia({ media: 'screen' });
    const { link } = await readCard(mirjam);
    await noor.goto(link);
    await fill(noor, { first_name: 'Noor', name: 'noor', passphrase: 'kort' });
    await send(noor);
    must((await text(noor)).includes('te kort'), 'a short passphrase was taken');
    must((await noor.inputValue('#field-first_name')) === 'Noor', 'the form came back empty');
    await noor.fill('#field-passphrase', 'vier gele bussen samen');
    await send(noor);
    must((await text(noor)).includes('Lees eerst waarvoor Mirjam'), 'not led to the mandate');
    for (const where of ['doors', 'gates', 'today']) {
      await noor.goto(`${place}/${where}`);
      must((await text(noor)).includes('Lees eerst waarvoor Mirjam'), `${where} opens without reading`);
    }
    await noor.click('summary');
    must(await noor.isVisible('text=Jij beslist wat je vertelt'), 'it does not say what it means for me');
    await click(noor, 'text=Ik heb het gelezen');
    must((await text(noor)).includes('Dag Noor'), 'no welcome');
    const again = await as(null);
    await again.goto(link);
    must((await again.locator('#field-passphrase').count()) === 0, 'the card works twice');
  });

  await test(`'what do you do with this?' is asked in public and answered under a clock, ${how}`, async () => {
    await noor.goto(place);
    await click(noor, 'text=Mirjam de Boer');
    await click(noor, 'text=Wat doe je hiermee?');
    await noor.fill('#field-question', 'Wie leest dit allemaal?');
    await send(noor);
    must((await text(noor)).includes('Antwoord komt voor'), 'no clock');
    await mirjam.goto(`${place}/mandates`);
    await click(mirjam, 'text=Wie leest dit allemaal?');
    await mirjam.fill('#field-answer', 'Alleen ik.');
    await send(mirjam);
    const visitor = await as(null);
    await visitor.goto(noor.url());
    must((await text(visitor)).includes('Alleen ik.'), 'no answer');
    must(!(await text(visitor)).includes('Noor'), 'it says who asked');
  });

  await test(`a changed mandate shows old beside new, ${how}`, async () => {
    await mirjam.goto(`${place}/mandates`);
    await click(mirjam, 'ul.lines a[href*="/mandates/"]');
    await click(mirjam, 'text=Verander de kaart');
    await mirjam.fill('#field-cannot_do', 'Ik regel geen woning.');
    await send(mirjam);
    await click(mirjam, 'text=Leg de kaart op tafel');
    await samira.goto(`${place}/today`);
    await click(samira, 'text=Bekijk oud naast nieuw');
    must((await samira.textContent('.before')).includes('geen huis of geld'), 'not the old words');
    must((await samira.textContent('.after')).includes('Ik regel geen woning.'), 'not the new words');
    for (const page of [samira, henk, ayse]) {
      await page.goto(`${place}/today`);
      if (await page.isVisible('text=Bekijk oud naast nieuw')) await click(page, 'text=Bekijk oud naast nieuw');
      if (await page.isVisible('text=Ik heb het gelezen')) await click(page, 'text=Ik heb het gelezen');
    }
  });

  await test(`a silent no leaves no trace on the other side, ${how}`, async () => {
    await mirjam.goto(`${place}/gates/new`);
    await mirjam.selectOption('#field-left', { label: 'Henk' });
    await mirjam.selectOption('#field-right', { label: 'Ayse' });
    await mirjam.fill('#field-reason', 'Jullie willen allebei leren fietsen maken.');
    await send(mirjam);
    const reasons = [], addresses = [];
    for (const page of [henk, ayse]) {
      await page.goto(`${place}/gates`);
      await click(page, 'ul.lines li:has-text("wacht op jouw antwoord") a >> nth=0');
      if (!(await text(page)).includes('leren fietsen')) {
        await page.goBack();
        await click(page, 'ul.lines li:has-text("wacht op jouw antwoord") a >> nth=1');
      }
      reasons.push(await page.textContent('.reason'));
      addresses.push(page.url());
    }
    must(reasons[0] === reasons[1] && reasons[0].includes('leren fietsen'), 'not the same reason');
    const seen = async (page, where) => { await page.goto(where); return text(page); };
    const wheres = [[henk, addresses[0]], [henk, `${place}/gates`], [henk, `${place}/insight`], [mirjam, `${place}/gates`]];
    const before = [];
    for (const [page, where] of wheres) before.push(await seen(page, where));
    await click(ayse, 'text=Liever niet');
    for (const [i, [page, where]] of wheres.entries())
      must((await seen(page, where)) === before[i], `the no is seen at ${where}`);
    await click(henk, 'text=Vandaag');
    await henk.goto(addresses[0]);
    await click(henk, 'text=Ja, open de poort');
    must((await text(henk)).includes('Jij zei ja.'), 'the other side still waits');
    must(!(await text(henk)).includes('Ayse'), 'a name is seen');
  });

  await test(`a gate opens only from both sides, door by door, and closes again, ${how}`, async () => {
    const reasons = [];
    for (const page of [samira, henk]) {
      await page.goto(`${place}/gates`);
      await click(page, 'ul.lines li:has-text("wacht op jouw antwoord") a');
      reasons.push(await page.textContent('.reason .text'));
      must(!(await text(page)).includes('balkon'), 'a door is open too early');
      must((await page.locator('.mandate').count()) === 1, 'no mandate with the reason');
      await click(page, 'text=Ja, open de poort');
    }
    must(reasons[0] === reasons[1] && reasons[0].includes('tuinen'), 'not the same reason');
    must((await text(henk)).includes('Samira'), 'no first name');
    must(!(await text(henk)).includes('goed naaien'), 'the second door stands open');
    await samira.reload();
    await samira.check('#door1');
    await click(samira, 'text=Zet de deuren zo');
    await henk.reload();
    must((await text(henk)).includes('goed naaien'), 'the second door stays shut');
    must(!(await text(henk)).includes('Nummer 412'), 'the fourth door stands open');
    await samira.uncheck('#door1');
    await click(samira, 'text=Zet de deuren zo');
    await henk.reload();
    must(!(await text(henk)).includes('goed naaien'), 'the second door does not close');
    const gone = await mirjam.goto(henk.url());
    must(gone.status() === 404, 'the professional can still look');
  });

  await test(`who looked stands in the log, and the proof verifies, ${how}`, async () => {
    await mirjam.goto(`${place}/residents`);
    await click(mirjam, 'text=Samira');
    await samira.goto(`${place}/insight`);
    const looks = await samira.textContent('.looks');
    for (const word of ['Mirjam de Boer', 'Buurtwerk De Brug', 'opdracht, versie 2', 'wat je biedt en wenst', 'Waarom:'])
      must(looks.includes(word), `the log does not say: ${word}`);
    const [download] = await Promise.all([samira.waitForEvent('download'), samira.click('text=Haal het bewijs op')]);
    const file = path.join(os.tmpdir(), `nabij-bundle-${process.pid}.json`);
    await download.saveAs(file);
    let refused = false;
    try {
      run('log', 'verify', file);
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('Mirjam', 'Marjam'));
      try {
        run('log', 'verify', file);
      } catch (error) {
        refused = true;
      }
    } finally {
      fs.rmSync(file);
    }
    must(refused, 'an edited bundle verifies');
  });

  await test(`when the mandate is stopped, acting stops, ${how}`, async () => {
    await mirjam.goto(`${place}/mandates`);
    await click(mirjam, 'ul.lines a[href*="/mandates/"]');
    await click(mirjam, 'text=Stop deze opdracht');
    await mirjam.goto(`${place}/residents`);
    must((await text(mirjam)).includes('Schrijf eerst je opdrachtkaart'), 'residents is open');
  });

  await test(`quick exit leaves at once and signs out, ${how}`, async () => {
    await samira.route((url) => !url.href.startsWith(address), (route) => route.fulfill({ body: 'elsewhere' }));
    await samira.click('.exit button');
    await samira.waitForURL((url) => !url.href.includes('/in/'));
    must((await samira.goto(`${place}/today`)).status() === 404, 'still signed in');
  });

  await stop();
  await browser.close();
}

module.exports = { mainJob };
