// A house of its own for each test: a server on its own data folder, browsers for its people, and
// sentences as TAP.
'use strict';
const { chromium } = require('playwright-core');
const { spawn, execFileSync } = require('child_process');
const fs = require('fs'), os = require('os'), path = require('path'), net = require('net');

const nabij = process.env.NABIJ || ['build/asan/nabij', 'build/release/nabij'].find((f) => fs.existsSync(f));
const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
const people = {
  samira: 'groene fiets om de hoek', henk: 'zaterdag vroeg naar de tuin', ayse: 'soep met verse munt erin',
  piet: 'rode klompen voor de deur', mirjam: 'koffie met twee koekjes graag',
  joke: 'de sleutel hangt naast de klok',
};
const tally = { count: 0, failed: 0 };

async function test(name, body) {
  let lines = '';
  try {
    await body();
  } catch (error) {
    tally.failed++;
    lines = `\n# ${String(error.message).split('\n').slice(0, 8).join('\n# ')}`;
  }
  console.log(`${lines ? 'not ok' : 'ok'} ${++tally.count} - ${name}${lines}`);
}

function must(yes, sentence) {
  if (!yes) throw new Error(sentence);
}

const run = (...args) => execFileSync(nabij, args, { env, stdio: 'pipe', encoding: 'utf8' });

function freePort() {
  return new Promise((done) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function serve() {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'nabij-browser-'));
  const port = await freePort(), address = `http://127.0.0.1:${port}`;
  run('demo', '--data', data, '--set', `address=${address}`);
  run('article', 'import', 'demo/verhaal.txt', '--data', data);
  const server = spawn(nabij, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--set',
    `address=${address}`, '--set', 'tries_an_hour=1000'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise((ready, wrong) => {
    server.stderr.on('data', (text) => String(text).includes('ready on') && ready());
    server.on('exit', () => wrong(new Error('the server ended')));
  });
  const stop = () => new Promise((done) => {
    server.removeAllListeners('exit');
    server.on('exit', () => { fs.rmSync(data, { recursive: true, force: true }); done(); });
    server.kill('SIGTERM');
  });
  return { address, place: `${address}/in/overvecht`, stop };
}

const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'] });

async function open(browser, options) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'nl-NL', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  return page;
}

async function signIn(page, address, name) {
  await page.goto(`${address}/sign-in`);
  await page.fill('#field-name', name);
  await page.fill('#field-passphrase', people[name]);
  await send(page);
  await page.waitForURL('**/in/**'); // today, or a mandate that must be read first
}

const text = (page) => page.textContent('main');
// By keyboard: everything must work that way.
const send = (page) =>
  Promise.all([page.waitForNavigation(), page.locator('main form button').first().press('Enter')]);
const click = (page, what) => Promise.all([page.waitForNavigation(), page.click(what)]);

module.exports = { tally, test, must, run, serve, launch, open, signIn, text, send, click };
