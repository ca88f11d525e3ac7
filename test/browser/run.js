// The main job in a real browser, on a phone-sized screen, with and without JavaScript; and axe-core
// and the width of 320 px on the pages of each role. Starts its own server; prints TAP.
'use strict';
const { chromium } = require('playwright-core');
const { spawn, execFileSync } = require('child_process');
const fs = require('fs'), os = require('os'), path = require('path'), net = require('net');

const nabij = process.env.NABIJ || 'build/release/nabij';
const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
const people = {
  samira: 'groene fiets om de hoek', henk: 'zaterdag vroeg naar de tuin',
  mirjam: 'koffie met twee koekjes graag', joke: 'de sleutel hangt naast de klok',
};
let count = 0, failed = 0;

async function test(name, body) {
  count++;
  try {
    await body();
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${count} - ${name}\n# ${String(error.message).split('\n').slice(0, 4).join('\n# ')}`);
  }
}
function must(yes, sentence) {
  if (!yes) throw new Error(sentence);
}
function freePort() {
  return new Promise((done) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function serve() {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'nabij-browser-')), port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  execFileSync(nabij, ['demo', '--data', data, '--set', `address=${address}`], { env, stdio: 'pipe' });
  execFileSync(nabij, ['article', 'import', 'demo/verhaal.txt', '--data', data], { env, stdio: 'pipe' });
  const server = spawn(nabij, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--set',
    `address=${address}`], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise((ready, wrong) => {
    server.stderr.on('data', (text) => String(text).includes('ready on') && ready());
    server.on('exit', () => wrong(new Error('the server ended')));
  });
  const stop = () => new Promise((done) => {
    server.removeAllListeners('exit');
    server.on('exit', () => { fs.rmSync(data, { recursive: true, force: true }); done(); });
    server.kill('SIGTERM');
  });
  return { address, stop };
}

async function signIn(browser, address, name, javaScriptEnabled, locale = 'nl-NL') {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled, locale });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  if (name) {
    await page.goto(`${address}/sign-in`);
    await page.fill('#field-name', name);
    await page.fill('#field-passphrase', people[name]);
    await page.click('main form button');
    await page.waitForURL('**/today');
  }
  return page;
}
const text = (page) => page.textContent('main');
// By keyboard: everything must work that way.
const send = (page) =>
  Promise.all([page.waitForNavigation(), page.locator('main form button').first().press('Enter')]);
const click = (page, what) => Promise.all([page.waitForNavigation(), page.click(what)]);

async function mainJob(browser, javaScript) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';
  const { address, stop } = await serve();
  const place = `${address}/in/overvecht`;
  const as = (name) => signIn(browser, address, name, javaScript);
  const samira = await as('samira'), henk = await as('henk'), mirjam = await as('mirjam');
  let piet;
  await test(`a visitor reads who works here and an article, ${how}`, async () => {
    const page = await as(null);
    await page.goto(place);
    must((await text(page)).includes('Betaald door Gemeente Utrecht'), 'no mandate card');
    await click(page, 'text=De bank onder de linde');
    must((await text(page)).includes('Een thermoskan en zes kopjes'), 'no article');
  });
  await test(`a resident enrols with a printed card and must read the mandate first, ${how}`, async () => {
    await mirjam.goto(`${place}/cards`);
    await click(mirjam, 'button[name=kind][value="1"]');
    const link = await mirjam.textContent('main a[href*="/card/"]');
    must((await mirjam.locator('ol.words li').count()) === 8, 'not eight words');
    piet = await as(null);
    await piet.goto(link.trim());
    await piet.fill('#field-first_name', 'Noor');
    await piet.fill('#field-name', 'noor');
    await piet.fill('#field-passphrase', 'kort');
    await send(piet);
    must((await text(piet)).includes('te kort'), 'a short passphrase was taken');
    must((await piet.inputValue('#field-first_name')) === 'Noor', 'the form came back empty');
    await piet.fill('#field-passphrase', 'vier gele bussen samen');
    await send(piet);
    must((await text(piet)).includes('Lees eerst waarvoor Mirjam'), 'not led to the mandate');
    await piet.goto(`${place}/doors`);
    must((await text(piet)).includes('Lees eerst waarvoor Mirjam'), 'could go on without reading');
    await click(piet, 'text=Ik heb het gelezen');
    must((await text(piet)).includes('Dag Noor'), 'no welcome');
  });
  await test(`'what do you do with this?' is asked in public and answered, ${how}`, async () => {
    await piet.goto(place);
    await click(piet, 'text=Mirjam de Boer');
    await click(piet, 'text=Wat doe je hiermee?');
    await piet.fill('#field-question', 'Wie leest dit allemaal?');
    await send(piet);
    must((await text(piet)).includes('Antwoord komt voor'), 'no clock');
    await mirjam.goto(`${place}/mandates`);
    await click(mirjam, 'text=Wie leest dit allemaal?');
    await mirjam.fill('#field-answer', 'Alleen ik.');
    await send(mirjam);
    await piet.reload();
    must((await text(piet)).includes('Alleen ik.'), 'no answer');
  });
  await test(`a changed mandate shows old beside new, ${how}`, async () => {
    await mirjam.goto(`${place}/mandates`);
    await click(mirjam, 'ul.lines a[href*="/mandates/"]');
    await click(mirjam, 'text=Verander de kaart');
    await mirjam.fill('#field-cannot_do', 'Ik regel geen woning.');
    await send(mirjam);
    must((await text(mirjam)).includes('woorden per zin'), 'no readability');
    await click(mirjam, 'text=Leg de kaart op tafel');
    await samira.goto(`${place}/today`);
    await click(samira, 'text=Bekijk oud naast nieuw');
    const page = await text(samira);
    must(page.includes('geen huis of geld') && page.includes('Ik regel geen woning.'), 'not both');
  });
  await test(`a gate opens only from both sides, door by door, ${how}`, async () => {
    const reasons = [];
    for (const page of [samira, henk]) {
      await page.goto(`${place}/gates`);
      await click(page, 'ul.lines a');
      reasons.push(await page.textContent('.reason .text'));
      must(!(await text(page)).includes('balkon'), 'a door is open too early');
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
    await samira.uncheck('#door1');
    await click(samira, 'text=Zet de deuren zo');
    await henk.reload();
    must(!(await text(henk)).includes('goed naaien'), 'the second door does not close');
  });
  await test(`who looked stands in the log, and the proof verifies, ${how}`, async () => {
    await mirjam.goto(`${place}/residents`);
    must((await text(mirjam)).includes('Samira'), 'no name');
    await samira.goto(`${place}/insight`);
    must((await text(samira)).includes('Mirjam de Boer'), 'no trace');
    const [download] = await Promise.all([samira.waitForEvent('download'), samira.click('text=Haal het bewijs op')]);
    const file = path.join(os.tmpdir(), `nabij-bundle-${process.pid}.json`);
    await download.saveAs(file);
    execFileSync(nabij, ['log', 'verify', file], { env, stdio: 'pipe' });
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('Mirjam', 'Marjam'));
    let refused = false;
    try {
      execFileSync(nabij, ['log', 'verify', file], { env, stdio: 'pipe' });
    } catch (error) {
      refused = true;
    }
    fs.rmSync(file);
    must(refused, 'an edited bundle verifies');
  });
  await test(`without a mandate in force an act is refused with what to do, ${how}`, async () => {
    await mirjam.goto(`${place}/mandates`);
    await click(mirjam, 'ul.lines a[href*="/mandates/"]');
    await click(mirjam, 'text=Stop deze opdracht');
    for (const where of ['residents', 'gates/new']) {
      await mirjam.goto(`${place}/${where}`);
      must((await text(mirjam)).includes('Schrijf eerst je opdrachtkaart'), `${where} is open`);
    }
  });
  await stop();
}

async function everyPage(browser) {
  const { address, stop } = await serve();
  const axe = fs.readFileSync(require.resolve('axe-core'), 'utf8');
  for (const name of [null, 'samira', 'mirjam', 'joke'])
    for (const locale of ['nl-NL', 'en-GB'])
      await test(`axe finds nothing and nothing sticks out at 320 px: ${name || 'stranger'}, ${locale}`, async () => {
        const page = await signIn(browser, address, name, true, locale);
        await page.setViewportSize({ width: 320, height: 640 });
        const seen = new Set(), wrong = [];
        const todo = ['/', '/in/overvecht', '/sign-in', '/card', '/language', '/about', '/settings', '/not-there'];
        while (todo.length && seen.size < 40) {
          const next = todo.shift(), kind = next.replace(/[a-z0-9]{26}/g, ':id');
          if (seen.has(kind)) continue;
          seen.add(kind);
          await page.goto(address + next);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          if (wide > 320) wrong.push(`${kind} is ${wide} px wide`);
          await page.evaluate(axe);
          const found = await page.evaluate(() => axe.run().then((r) => r.violations.map((v) => v.id)));
          if (found.length) wrong.push(`${kind}: ${found.join(' ')}`);
          const links = await page.$$eval('a[href^="/"]', (all) => all.map((a) => a.getAttribute('href')));
          todo.push(...links.map((l) => l.split('#')[0]).filter((l) => !/^\/(away|log)|bundle/.test(l)));
        }
        must(seen.size > 6, 'too few pages');
        must(wrong.length === 0, wrong.join('; '));
      });
  await stop();
}

(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'] });
  await mainJob(browser, true);
  await mainJob(browser, false);
  if (!process.env.NABIJ_BROWSER_SHORT) await everyPage(browser);
  await browser.close();
  console.log(`1..${count}`);
  process.exit(failed ? 1 : 0);
})().catch((error) => {
  console.log(`Bail out! ${error.message}`);
  process.exit(2);
});
