// A server of one's own on a data folder of one's own; it is cleared away afterwards.
'use strict';
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const { Visitor } = require('./visitor');
const { until } = require('./tap');

const root = path.join(__dirname, '..', '..');
const built = ['asan', 'release'].map((variant) => path.join(root, 'build', variant, 'nabij'));
const nabij = process.env.NABIJ || built.find((file) => fs.existsSync(file)) || built[1];
const env = { ...process.env, ASAN_OPTIONS: `${process.env.ASAN_OPTIONS || ''}:detect_leaks=0` };

const place = '/in/overvecht';
const passphrases = {
  samira: 'groene fiets om de hoek', henk: 'zaterdag vroeg naar de tuin',
  ayse: 'soep met verse munt erin', piet: 'rode klompen voor de deur',
  mirjam: 'koffie met twee koekjes graag', driss: 'bankje onder de oude linde',
  joke: 'de sleutel hangt naast de klok',
};

// A command that ends by itself: what it printed, and how it ended.
function command(...words) {
  const { status, stdout, stderr } = spawnSync(nabij, words, { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function freePort() {
  return new Promise((done) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

class Server {
  constructor() {
    this.data = fs.mkdtempSync(path.join(os.tmpdir(), 'nabij-story-'));
    this.stderr = '';
    this.visitors = new Set();
  }

  // `settings` are as in nabij.conf. Tests do more in a minute than people: the limits are wide.
  async start(settings = {}) {
    this.settings = { acts_a_minute: 100000, acts_an_address: 100000, tries_an_hour: 100000,
      ...this.settings, ...settings };
    this.port = this.port || await freePort();
    this.address = `http://127.0.0.1:${this.port}`;
    const sets = Object.entries({ ...this.settings, address: this.address })
      .flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    this.process = spawn(nabij, ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`,
      ...sets], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.ended = new Promise((done) => this.process.on('exit', (code) => done(code)));
    const from = this.stderr.length;
    this.process.stderr.on('data', (text) => { this.stderr += text; });
    let over = false;
    this.ended.then(() => { over = true; });
    await until('the server is ready', () => {
      if (over) throw new Error(`the server ended:\n${this.stderr.slice(from)}`);
      return this.stderr.slice(from).includes('ready on');
    }, 30000);
    [this.vault] = this.children();
    return this;
  }

  async stop() {
    for (const visitor of this.visitors) visitor.close();
    if (!this.process) return 0;
    this.process.kill('SIGTERM');
    const code = await this.ended;
    this.process = null;
    return code;
  }

  // Stops, changes the data folder by hand, and starts again.
  async between(change) {
    await this.stop();
    await change();
    await this.start();
  }

  async clear() {
    await this.stop();
    fs.rmSync(this.data, { recursive: true, force: true });
  }

  // The living children, oldest first: at the start that is the vault, then the fronts.
  children() {
    const found = [];
    for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      let line = '';
      try {
        line = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      } catch (error) {
        continue; // it has just ended
      }
      const words = line.slice(line.lastIndexOf(')') + 2).split(' ');
      if (Number(words[1]) === this.process.pid && words[0] !== 'Z')
        found.push({ pid: Number(pid), began: Number(words[19]) });
    }
    return found.sort((a, b) => a.began - b.began || a.pid - b.pid).map((child) => child.pid);
  }

  // Ends one child at once; resolves to the one that came in its place.
  async kill(pid) {
    const before = this.children();
    process.kill(pid, 'SIGKILL');
    const fresh = await until('a child was started again', () =>
      this.children().find((child) => !before.includes(child)));
    if (pid === this.vault) this.vault = fresh;
    return fresh;
  }

  visitor(options) { return new Visitor(this, options); }

  async as(name, options) {
    const visitor = this.visitor(options);
    await visitor.signIn(name, passphrases[name]);
    if (!visitor.signedIn) throw new Error(`${name} could not sign in`);
    return visitor;
  }

  command(...words) { return command(...words, '--data', this.data); }

  verify(...words) { return command('log', 'verify', ...words, '--language', 'en'); }

  python(script, ...words) {
    const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', script,
      path.join(this.data, 'nabij.db'), ...words], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`python3: ${stderr}`);
    return JSON.parse(stdout);
  }

  // A change to the database while nobody serves it, for what only time would do.
  sql(text) {
    return this.python('import sqlite3,sys\nd=sqlite3.connect(sys.argv[1])\n' +
      'n=d.execute(sys.argv[2]).rowcount\nd.commit()\nd.close()\nprint(n)', text);
  }

  // The first column of a query, also while it is served: a reader that never writes.
  rows(text) {
    return this.python('import json,sqlite3,sys\n' +
      'd=sqlite3.connect("file:"+sys.argv[1]+"?mode=ro",uri=True)\n' +
      'print(json.dumps([r[0] for r in d.execute(sys.argv[2])]))', text);
  }
}

// The demonstration neighbourhood, served; `prepare` has more done on its data folder before.
async function demo(settings, prepare = () => {}) {
  const server = new Server();
  const { status, stderr } = server.command('demo');
  if (status !== 0) throw new Error(`nabij demo: ${stderr}`);
  prepare(server);
  return server.start(settings);
}

// A neighbourhood without anybody, served; `hostCard` opens it.
async function empty(settings) {
  const server = new Server();
  const { status, stdout, stderr } = server.command('place', '--slug', 'overvecht', '--name',
    'Overvecht', '--about', 'Een wijk');
  if (status !== 0) throw new Error(`nabij place: ${stderr}`);
  [, server.hostCard] = /(\/card\/\S+)/.exec(stdout);
  return server.start(settings);
}

module.exports = { Server, demo, empty, command, place, passphrases, nabij };
