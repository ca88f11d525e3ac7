// Tests that print TAP. Each stands in a sentence; what goes wrong is said beneath it.
'use strict';

let count = 0;
let failed = 0;

async function test(sentence, body) {
  count++;
  try {
    await body();
    console.log(`ok ${count} - ${sentence}`);
  } catch (error) {
    failed++;
    const said = String((error && error.stack) || error).split('\n').slice(0, 8);
    console.log(`not ok ${count} - ${sentence}\n${said.map((line) => `#   ${line}`).join('\n')}`);
  }
}

function must(yes, sentence) {
  if (!yes) throw new Error(typeof sentence === 'function' ? sentence() : sentence);
}

// The first place where two texts part, with some of what stands around it.
function parting(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 80));
  return `at ${at}: ${around(one)} and ${around(other)}`;
}

function same(one, other, sentence) {
  const a = typeof one === 'string' ? one : JSON.stringify(one);
  const b = typeof other === 'string' ? other : JSON.stringify(other);
  if (a !== b) throw new Error(`${sentence}: ${parting(a, b)}`);
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// Asks again and again until it is so, or says that it never was.
async function until(sentence, question, patience = 10000) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never: ${sentence}`);
    await wait(25);
  }
}

// Runs a whole file: the stories, and what clears up after them, whatever happened.
async function run(stories, after) {
  try {
    await stories();
  } catch (error) {
    await test('the stories could be told to their end', () => { throw error; });
  } finally {
    await after();
  }
  console.log(`1..${count}`);
  process.exitCode = failed ? 1 : 0;
}

module.exports = { test, must, same, wait, until, run };
