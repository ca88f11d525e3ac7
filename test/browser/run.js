// The browser tests: node test/browser/run.js. Prints TAP. NABIJ names the program to test.
'use strict';
const { tally } = require('./house');
const { mainJob } = require('./job');
const { everyPage } = require('./pages');

(async () => {
  const parts = [mainJob(true), mainJob(false)]; // side by side: each has a house and a browser of its own
  if (!process.env.NABIJ_BROWSER_SHORT) parts.push(everyPage('nl'), everyPage('en'));
  await Promise.all(parts);
  console.log(`1..${tally.count}`);
  process.exit(tally.failed ? 1 : 0);
})().catch((error) => {
  console.log(`Bail out! ${error.message}`);
  process.exit(2);
});
