// The browser tests: node test/browser/run.js. Prints TAP. NABIJ names the program to test.
'use strict';
const { tally, launch } = require('./house');
const { mainJob } = require('./job');
const { everyPage } = require('./pages');

(async () => {
  const browser = await launch();
  await mainJob(browser, true);
  await mainJob(browser, false);
  if (!process.env.NABIJ_BROWSER_SHORT) await everyPage(browser);
  await browser.close();
  console.log(`1..${tally.count}`);
  process.exit(tally.failed ? 1 : 0);
})().catch((error) => {
  console.log(`Bail out! ${error.message}`);
  process.exit(2);
});
