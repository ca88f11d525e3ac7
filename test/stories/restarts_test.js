// The vault or a front falls in the middle of what people do: nothing is lost, nothing doubled.
'use strict';
const fs = require('fs');
const path = require('path');
const { test, must, wait, until, run } = require('../lib/tap');
const { demo, place } = require('../lib/server');

let server;
const people = {};

const count = (text, words) => text.split(words).length - 1;
const number = (n) => `Groep ${String(n).padStart(3, '0')}.`;

// `many` groups, made a few at a time; `during` happens meanwhile. Resolves to the answers.
async function makeGroups(from, many, during) {
  const { samira, henk } = people;
  const answers = [];
  const pages = [];
  for (let i = 0; i < many; i++) pages.push(await (i % 2 ? samira : henk).get(`${place}/groups`));
  let next = 0;
  const worker = async () => {
    while (next < many) {
      const i = next++;
      answers[i] = await (i % 2 ? samira : henk)
        .press(pages[i], '/groups', { name: number(from + i), about: 'Iets' }).catch((error) => error);
      await wait(5);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker(), during(() => next)]);
  return { answers, pages };
}

async function eachOnce(from, many) {
  // The list of groups has a hundred lines at most; the database has them all.
  const groups = server.rows('select name from neighbour_group');
  for (let i = from; i < from + many; i++) {
    const there = groups.filter((name) => name === number(i)).length;
    must(there === 1, `${number(i)} is there ${there} times`);
  }
}

async function vaultFalls() {
  await test('the vault is killed three times in the middle of acts: each is answered, and done once',
    async () => {
      const { answers } = await makeGroups(0, 48, async (done) => {
        for (const at of [8, 20, 34]) {
          await until('so far', () => done() >= at);
          await server.kill(server.vault);
        }
      });
      const bad = answers.filter((page) => page.status !== 303);
      must(bad.length === 0, () => `${bad.length} were not: ${bad[0].status || bad[0]} ${bad[0].text || ''}`);
      await eachOnce(0, 48);
      must(count(server.stderr, 'the vault was ended by signal 9') === 3, 'it was not killed three times');
    });
  await test('sessions, limits and sealed texts are there after it, without signing in again', async () => {
    must((await people.samira.get(`${place}/doors`)).form('/doors').fields.first_name === 'Samira', 'doors');
    must((await people.mirjam.get(`${place}/residents`)).says('Samira'), 'residents');
  });
  await test('what a professional reads while the vault falls is shown only with its entry in the log',
    async () => {
      const bundle = async () => (await people.samira.get(`${place}/insight/bundle`)).body;
      const before = count(await bundle(), 'Mirjam de Boer');
      let seen = 0;
      const reading = (async () => {
        for (let i = 0; i < 24; i++) {
          const page = await people.mirjam.get(`${place}/residents`);
          must(page.status === 200 && page.says('Samira'), `${page.status}`);
          seen++;
        }
      })();
      for (let i = 0; i < 2; i++) {
        await wait(40);
        await server.kill(server.vault);
      }
      await reading;
      const file = path.join(server.data, 'bundle.json');
      const after = await bundle();
      fs.writeFileSync(file, after);
      const logged = count(after, 'Mirjam de Boer') - before;
      must(logged >= seen, `${seen} sights, ${logged} entries`);
      const verified = server.verify(file);
      must(verified.status === 0, verified.stdout);
    });
  await test('a form sent once more after the fall, for who pressed again, still happens once', async () => {
    const page = await people.henk.get(`${place}/groups`);
    const fields = { name: 'Twee keer gedrukt', about: 'Iets' };
    const first = people.henk.press(page, '/groups', fields);
    const killed = server.kill(server.vault);
    const second = people.henk.press(page, '/groups', fields);
    const answers = await Promise.all([first, second]);
    await killed;
    must(answers.every((answer) => answer.status === 303), `${answers.map((a) => a.status)}`);
    must(server.rows('select name from neighbour_group').filter((name) => name === fields.name).length === 1,
      'it happened twice');
  });
}

async function frontFalls() {
  await test('a front is killed in the middle of acts: another comes; who sends again is done once',
    async () => {
      const { answers, pages } = await makeGroups(100, 32, async (done) => {
        for (const at of [6, 16]) {
          await until('so far', () => done() >= at);
          await server.kill(server.children().find((pid) => pid !== server.vault));
        }
      });
      for (let i = 0; i < answers.length; i++)
        if (answers[i].status !== 303) {
          const again = await (i % 2 ? people.samira : people.henk)
            .press(pages[i], '/groups', { name: number(100 + i), about: 'Iets' });
          must(again.status === 303, `sent again: ${again.status}`);
        }
      await eachOnce(100, 32);
      must(count(server.stderr, 'a front was ended by signal 9') === 2, 'not two fronts were killed');
    });
  await test('all fronts are killed at once, and people can go on', async () => {
    const fronts = server.children().filter((pid) => pid !== server.vault);
    must(fronts.length === 2, `${fronts.length} fronts`);
    fronts.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await until('two new fronts', () =>
      server.children().filter((pid) => pid !== server.vault && !fronts.includes(pid)).length === 2);
    const page = await until('an answer', () => people.samira.get(`${place}/today`).catch(() => null));
    must(page.title.includes('Samira'), page.text);
  });
}

async function allFalls() {
  await test('the supervisor is killed: nobody goes on without it, and all that was answered is there',
    async () => {
      const page = await people.samira.get(`${place}/doors`);
      must((await people.samira.press(page, '/doors', { shared: 'Net voor de klap.' })).status === 303, 'sent');
      const children = server.children();
      server.process.kill('SIGKILL');
      await server.ended;
      await until('its children ended', () => children.every((pid) => {
        try {
          return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
        } catch (error) {
          return true;
        }
      }));
      server.process = null;
      await server.start();
      const { fields } = (await people.samira.get(`${place}/doors`)).form('/doors');
      must(fields.shared === 'Net voor de klap.', `it says ${fields.shared}`);
      must(server.rows('pragma integrity_check')[0] === 'ok', 'the database is damaged');
    });
  await test('asked to stop, it ends in order, and leaves no process behind', async () => {
    const children = server.children();
    must(await server.stop() === 0, 'it did not end with 0');
    for (const pid of children) must(!fs.existsSync(`/proc/${pid}`), `${pid} is still there`);
    must(server.verify(path.join(server.data, 'log')).status === 0, 'the log does not verify');
  });
}

run(async () => {
  server = await demo({ professional_idle_minutes: 240 });
  for (const name of ['samira', 'henk', 'mirjam']) people[name] = await server.as(name);
  await vaultFalls();
  await frontFalls();
  await allFalls();
}, () => server && server.clear());
