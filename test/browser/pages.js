// Every GET page of the route table, in both languages, in light and dark, at 320 px: axe-core finds
// nothing, nothing sticks out, everything is reached by keyboard and large enough for a thumb.
'use strict';
const fs = require('fs');
const { test, must, run, serve, launch, open, signIn, send, click } = require('./house');
const axe = fs.readFileSync(require.resolve('axe-core'), 'utf8');

// Not pages of ours: a file, a way out, and an older leaf of a long list.
const notPages = ['/health', '/away', '/in/:place/insight/bundle', '/in/:place/insight/before/:word'];

const kindOf = (path) => path.replace(/[a-z0-9]{26}$/, ':id').replace(/[a-z0-9]{26}\//, ':id/')
  .replace(/^\/in\/overvecht/, '/in/:place').replace(/^\/card\/.+/, '/card/:word');

// What is wrong with the page that is open, in sentences.
async function faults(page) {
  const wrong = [];
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 320) wrong.push(`${wide} px wide`);
  await page.evaluate(axe);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await page.evaluate(() => axe.run().then((r) =>
      r.violations.map((v) => `${v.id} at ${v.nodes[0].target}`)));
    wrong.push(...found.map((f) => `${f} (${colorScheme})`));
  }
  const small = await page.$$eval('button, .button, select, summary, input:not([type=hidden]), .menu a, footer a, .tiles a, .lines > li > a',
    (all) => all.filter((e) => e.offsetParent && !e.matches('.choice input') && e.getBoundingClientRect().height < 43.9)
      .map((e) => e.outerHTML.slice(0, 60)));
  wrong.push(...small.map((s) => `too small for a thumb: ${s}`));
  return wrong;
}

// Tab goes from the skip link to every control, in the order of the page, and each shows its focus.
async function tabFaults(page) {
  const all = 'a[href], button, select, textarea, summary, input:not([type=hidden])';
  await page.evaluate((what) => {
    const radios = new Set();
    window.expected = [...document.querySelectorAll(what)].filter((e) => {
      if (e.disabled || !e.checkVisibility()) return false;
      if (e.type !== 'radio') return true;
      const group = document.querySelector(`[name=${e.name}]:checked`) || document.querySelector(`[name=${e.name}]`);
      return e === group && !radios.has(e.name) && radios.add(e.name);
    });
    document.activeElement.blur();
    window.scrollTo(0, 0);
  }, all);
  const total = await page.evaluate(() => window.expected.length), wrong = [];
  let skip = false;
  for (let i = 0; i < total + 20; i++) { // a date has three stops of its own
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const e = document.activeElement, style = getComputedStyle(e);
      if (e === document.body) return null;
      const shown = e.matches('.choice input') ? true : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      const at = window.expected.indexOf(e);
      if (at >= 0) window.expected.splice(at, 1);
      return { skip: e.matches('.skip'), shown, what: e.outerHTML.slice(0, 60), left: window.expected.length };
    });
    if (!here) break;
    if (i === 0) skip = here.skip;
    if (!here.shown) wrong.push(`no focus to be seen: ${here.what}`);
    if (here.left === 0) break;
  }
  if (!skip) wrong.push('the first stop is not the skip link');
  wrong.push(...(await page.evaluate(() => window.expected.map((e) => `not reached: ${e.outerHTML.slice(0, 60)}`))));
  return wrong;
}

async function choose(page, address, language) {
  await page.goto(`${address}/language`);
  await click(page, `button[name=language][value=${language}]`);
}

// Walks from page to page, one of each kind; returns what is wrong.
async function walk(page, address, starts, covered) {
  const wrong = [], todo = [...starts], here = new Set();
  while (todo.length && here.size < 40) {
    const next = todo.shift(), kind = kindOf(next);
    if (here.has(kind) || notPages.includes(kind)) continue;
    here.add(kind);
    const answer = await page.goto(address + next);
    if (answer.status() === 200) covered.add(kind);
    wrong.push(...(await faults(page)).map((f) => `${kind}: ${f}`));
    wrong.push(...(await tabFaults(page)).map((f) => `${kind}: ${f}`));
    const links = await page.$$eval('a[href^="/"]', (all) => all.map((a) => a.getAttribute('href')));
    todo.push(...links.map((l) => l.split('#')[0]).filter((l) => !/^\/log/.test(l)));
  }
  must(here.size > 5, 'too few pages');
  return wrong;
}

// Leaves every page something to show: a change to read, a look, a card, a gate that is open, a draft.
async function furnish(browser, house) {
  const { address, place } = house, pages = {};
  for (const name of ['samira', 'henk', 'mirjam']) {
    pages[name] = await open(browser);
    await signIn(pages[name], address, name);
  }
  const { samira, henk, mirjam } = pages;
  for (const page of [samira, henk]) {
    await page.goto(`${place}/gates`);
    await click(page, 'ul.lines a');
    await click(page, 'text=Ja, open de poort');
  }
  await mirjam.goto(`${place}/mandates`);
  await click(mirjam, 'ul.lines a[href*="/mandates/"]');
  const mandate = new URL(mirjam.url()).pathname;
  await click(mirjam, 'text=Verander de kaart');
  await mirjam.fill('#field-cannot_do', 'Ik regel geen woning.');
  await send(mirjam);
  await click(mirjam, 'text=Leg de kaart op tafel');
  await mirjam.goto(`${place}/cards`);
  await click(mirjam, 'button[name=kind][value="1"]');
  const link = (await mirjam.textContent('main a[href*="/card/"]')).trim();
  await mirjam.goto(`${place}/residents`);
  await click(mirjam, 'text=Samira');
  return { mandate, link: new URL(link).pathname };
}

async function everyPage(language) {
  const browser = await launch();
  const house = await serve(), { address } = house;
  const { mandate, link } = await furnish(browser, house), here = '/in/overvecht';
  const starts = {
    stranger: ['/', here, '/sign-in', '/card', link, '/language', '/about', `${here}/groups`, '/not-there'],
    samira: [`${here}/today`, `${mandate}/changes`, `${mandate}/ask`, '/settings'],
    ayse: [`${here}/today`, `${here}/doors`],
    piet: [`${here}/today`],
    mirjam: [`${here}/today`, `${here}/mandates/new`, `${mandate}/draft`, `${mandate}/change`, '/settings'],
    joke: [`${here}/today`, `${here}/cards`, '/settings'],
  };
  const covered = new Set();
  for (const [name, list] of Object.entries(starts))
    await test(`axe, 320 px, keyboard and thumb find nothing: ${name}, ${language}`, async () => {
      const page = await open(browser, { viewport: { width: 320, height: 640 } });
      if (name !== 'stranger') await signIn(page, address, name);
      await choose(page, address, language);
      const wrong = await walk(page, address, list, covered);
      must((await page.getAttribute('html', 'lang')) === language, 'not in this language');
      await page.context().close();
      must(wrong.length === 0, wrong.join('\n'));
    });
  await test(`every GET page of the route table was looked at, ${language}`, async () => {
    const routes = run('routes').split('\n').map((l) => l.split(/\s+/)).filter((l) => l[0] === 'GET').map((l) => l[1]);
    const missed = routes.filter((r) => !notPages.includes(r) && !covered.has(r));
    must(routes.length > 20 && missed.length === 0, `not seen: ${missed.join(' ')}`);
  });
  await house.stop();
  await browser.close();
}

module.exports = { everyPage };
