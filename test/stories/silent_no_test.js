// A no is silent: nobody else's pages change by a byte, whatever is done afterwards.
'use strict';
const { test, must, same, run } = require('../lib/tap');
const { demo, place } = require('../lib/server');
const { optionsOf } = require('../lib/page');

let server;
const people = {};

const reason = (n) => `De reden met nummer ${n}, voor allebei gelijk.`;

async function propose(left, right, words) {
  const page = await people.mirjam.get(`${place}/gates/new`);
  const parties = optionsOf(page.form('/gates'), 'left');
  const of = (name) => parties.find((party) => party.label === name).value;
  return people.mirjam.press(page, '/gates', { left: of(left), right: of(right), reason: words, hat: 2 });
}

const gatesOf = async (who) => (await who.get(`${place}/gates`)).links
  .filter((href) => /gates\/[a-z0-9]{26}$/.test(href));

// All that somebody can see of it: what stands at their gates, today, and each gate by itself.
async function sights(who, gates) {
  const seen = {};
  for (const at of [`${place}/today`, `${place}/gates`, `${place}/insight`, ...gates]) {
    const page = await who.get(at);
    const headers = { ...page.headers, date: '', 'set-cookie': '' };
    seen[at] = `${page.status} ${JSON.stringify(headers)} ${page.still}`;
  }
  return seen;
}

function compare(before, after, who) {
  for (const at of Object.keys(before)) same(before[at], after[at], `${who} sees a change at ${at}`);
}

// One resident says no in this way; the other and the professional must see nothing of it.
async function refusal(sentence, prepare) {
  await test(sentence, async () => {
    const { samira, henk, mirjam } = people;
    const [gate] = await gatesOf(samira);
    await prepare(gate);
    const before = [await sights(henk, [gate]), await sights(mirjam, [gate])];
    const list = await samira.send(await samira.get(gate), '/no');
    must(!list.links.includes(gate), 'it still stands before who said no');
    must((await samira.get(gate)).status === 404, 'who said no can still open it');
    compare(before[0], await sights(henk, [gate]), 'the other side');
    compare(before[1], await sights(mirjam, [gate]), 'the professional');
  });
}

async function afterwards() {
  await test('the other side’s yes to it opens nothing, and looks like any yes', async () => {
    const { henk } = people;
    const [gate] = await gatesOf(henk);
    const page = await henk.get(gate);
    const after = page.forms.some((form) => form.action.endsWith('/open'))
      ? await henk.send(page, '/open') : page;
    must(after.says('Jij zei ja. Als de ander ook ja zegt'), `it says: ${after.text}`);
  });
  await test('proposed again after a no: the sentence is the same as for one that still waits',
    async () => {
      const refused = await propose('Samira', 'Henk', reason(2));
      must((await propose('Samira', 'Ayse', reason(3))).status === 303, 'cannot propose');
      const waiting = await propose('Samira', 'Ayse', reason(3));
      must(refused.status === 422 && refused.says('Geef het tijd'), refused.text);
      const errors = (page) => page.main.match(/<p class="error"[\s\S]*?<\/p>/g).join();
      same(errors(refused), errors(waiting), 'a no can be told from waiting');
      must(refused.form('/gates').fields.reason === reason(2), 'the reason is gone from the form');
    });
  await test('a crafted no, open, doors, met or close at a gate that one refused is not there',
    async () => {
      const { samira } = people;
      const [gate] = await gatesOf(people.henk);
      const { token, once } = (await samira.get(`${place}/doors`)).form('/doors').fields;
      for (const act of ['open', 'no', 'doors', 'met', 'close']) {
        const page = await samira.post(`${gate}/${act}`, { token, once });
        must(page.status === 404, `${act}: ${page.status}`);
      }
    });
  await test('a gate that waits cannot be closed from one side: that would be a no with a trace',
    async () => {
      const { samira, ayse, mirjam } = people;
      const gate = (await gatesOf(ayse))[0];
      const before = [await sights(ayse, [gate]), await sights(mirjam, [gate])];
      const { token, once } = (await samira.get(`${place}/doors`)).form('/doors').fields;
      const page = await samira.post(`${gate}/close`, { token, once });
      must(page.status === 404, `closing: ${page.status}`);
      compare(before[0], await sights(ayse, [gate]), 'the other side');
      compare(before[1], await sights(mirjam, [gate]), 'the professional');
    });
  await test('when its time is over it goes away for both, and a fresh one carries the no along',
    async () => {
      const { samira, henk, mirjam } = people;
      const [old] = await gatesOf(henk);
      await server.between(() => server.sql('update gate set waits_until = 1'));
      must((await henk.get(old)).status === 404, 'it is still there');
      must((await mirjam.get(`${place}/gates`)).says('niet open gegaan'), 'not told that it is over');
      must((await propose('Samira', 'Henk', reason(4))).status === 303, 'cannot propose again');
      must((await gatesOf(henk)).length === 1, 'it does not stand before the other');
      must((await gatesOf(samira)).length === 0, 'who said no within a year is asked again');
      const [fresh] = await gatesOf(henk);
      const page = await henk.send(await henk.get(fresh), '/open');
      must(page.says('Jij zei ja'), page.text);
    });
}

run(async () => {
  server = await demo({ professional_idle_minutes: 240 });
  for (const name of ['samira', 'henk', 'ayse', 'mirjam']) people[name] = await server.as(name);
  await refusal('a no to a gate that nobody answered yet', async () => {});
  await afterwards();
  await test('a no after the other side’s yes is as silent', async () => {
    await server.between(() => {
      server.sql('update gate set waits_until = 1');
      server.sql('update gate_side set answered_at = 1 where answer = 2');
    });
    must((await propose('Henk', 'Samira', reason(5))).status === 303, 'cannot propose');
  });
  await refusal('…and leaves no trace either', async (gate) => {
    await people.henk.send(await people.henk.get(gate), '/open');
  });
}, () => server && server.clear());
