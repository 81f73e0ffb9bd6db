// Walks every page of the console and prints what it saw as JSON: { problems: [...], visited: [...] }.
// Arguments: the link of the first account, the path of the browser, a folder for screenshots, the key that opens evidence.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [link, executablePath, pictures, evidenceKey] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const problems = [];
const visited = [];
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 850 }, reducedMotion: 'reduce' });
context.setDefaultTimeout(60_000);
const page = await context.newPage();
const origin = new URL(link).origin;
page.on('pageerror', error => problems.push(`script error: ${error.message}`));
// A region that is none is refused, and the browser says so by itself.
page.on('console', message => { if (message.type() === 'error' && !message.location().url.includes('region=nowhere')) problems.push(`console error: ${message.text()} ${message.location().url}`); });
page.on('request', request => { if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) problems.push(`asked elsewhere: ${request.url()}`); });
page.on('dialog', dialog => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });

const expect = (holds, what) => { if (!holds) problems.push(what); };

// Through the debugger: the page's own security policy would rightly refuse a foreign script.
const debug = await context.newCDPSession(page);
async function look(name) {
  await page.waitForLoadState('networkidle');
  visited.push(name);
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  await debug.send('Runtime.evaluate', { expression: axe });
  const answer = await debug.send('Runtime.evaluate', {
    expression: `axe.run().then(result => JSON.stringify(result.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes[0].html)))`,
    awaitPromise: true, returnByValue: true,
  });
  for (const violation of JSON.parse(answer.result.value)) problems.push(`${name}: axe: ${violation}`);
  expect(!await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), `${name}: wider than the window`);
}

const open = async hash => { await page.evaluate(target => { location.hash = target; }, hash); await page.waitForTimeout(150); };

// The first account, by keyboard alone.
await page.goto(link);
await page.waitForSelector('input[name=name]');
await look('first-account');
await page.keyboard.type('admin');
await page.keyboard.press('Tab');
await page.keyboard.type('correct horse battery staple');
await page.keyboard.press('Enter');
await page.waitForSelector('.tiles');

const pages = ['overview?range=30d', 'events', 'events?action=block&direction=prompt', 'policies', 'policies?region=EU&tenant=acme', 'policies?region=nowhere', 'candidate', 'try', 'health', 'accounts', 'audit'];
for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [360, 'light'], [360, 'dark']]) {
  await page.setViewportSize({ width, height: 850 });
  await page.emulateMedia({ colorScheme });
  for (const hash of pages) {
    await open(`#/${hash}`);
    await page.waitForSelector('h1');
    await look(`${hash.replace(/\W+/g, '-')}-${width}-${colorScheme}`);
  }
}

// What applies to whom.
await open('#/policies');
await page.getByLabel('Region').fill('EU');
await page.keyboard.press('Enter');
await page.getByText('extended by eu-gdpr').waitFor();
await open('#/policies?region=nowhere');
await page.getByText('This is no region').waitFor();

// Events: filter, share, walk with j, open with Enter, mark, go back.
await page.setViewportSize({ width: 1280, height: 850 });
await open('#/events');
await page.waitForSelector('.event');
await page.locator('.facet button', { hasText: 'block' }).first().click();
await page.waitForFunction(() => location.hash.includes('action=block'));
const shared = await page.evaluate(() => location.href);
await page.goto('about:blank');
await page.goto(shared);
await page.waitForSelector('.event');
expect(await page.locator('.event .chip.block').count() === await page.locator('.event').count(), 'a shared filter shows other events');
await page.keyboard.press('j');
await page.keyboard.press('j');
await page.keyboard.press('Enter');
await page.waitForFunction(() => /#\/events\/./.test(location.hash));
await page.getByRole('button', { name: 'False positive' }).click();
await page.getByText('If it keeps happening').waitFor();
await look('event-marked');

// Back to the list as it was filtered; a filter is shown, whatever led to it, and can be taken off.
await page.getByRole('link', { name: '← Events' }).click();
await page.getByRole('button', { name: 'Action: block' }).waitFor();
await page.getByRole('button', { name: 'Action: block' }).click();
await page.waitForFunction(() => location.hash === '#/events?');
await page.waitForSelector('.event');
await page.locator('.event').nth(7).click();
await page.locator('dd a', { hasText: /^client-/ }).click();
await page.getByRole('button', { name: /^Client: client-/ }).waitFor();
await look('events-of-a-client');
await page.getByLabel('Time').selectOption('exact');
await page.getByLabel('From (UTC)').fill('2026-01-01T00:00');
await page.getByRole('button', { name: 'Search' }).click();
await page.getByRole('button', { name: /^From: 2026-01-01T00:00/ }).waitFor();
await page.waitForSelector('.event');
await page.getByRole('button', { name: 'Save view' }).click();
await page.keyboard.type('one client');
await look('view-name');
await page.keyboard.press('Enter');
await page.getByRole('button', { name: 'Delete view' }).click();
await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
await page.getByText('Deleted.').waitFor();
expect(await page.locator('option', { hasText: 'one client' }).count() === 0, 'a deleted view is still offered');

// Several at once, by keyboard: chosen with x, given to oneself, found again.
await open('#/events');
await page.waitForSelector('.event');
await page.keyboard.press('j');
await page.keyboard.press('x');
await page.keyboard.press('j');
await page.keyboard.press('x');
await page.getByText('2 chosen').waitFor();
await look('events-chosen');
await page.getByRole('button', { name: 'Assign to me' }).click();
await page.getByText('Recorded for 2.').waitFor();
await open('#/events?assigned=me');
await page.getByText('2 events').waitFor();
expect(await page.locator('.event').count() === 2, 'events assigned to oneself are not found');

// What was stored with markup in it is shown as text.
await open('#/events?text=onerror');
await page.waitForSelector('.event');
expect(await page.locator('main img').count() === 0, 'markup from a record became an element');
await page.click('.event');
await page.getByText('Who and where').waitFor();
await look('event-hostile');

// Evidence is opened here, with a key that never leaves the page; values stay masked until asked for.
await open('#/events?tenant=evidence-tenant');
await page.click('.event');
await page.getByRole('heading', { name: 'Evidence' }).waitFor();
const sent = [];
page.on('request', request => sent.push(request.postData() ?? ''));
await page.setInputFiles('input[type=file]', evidenceKey);
await page.getByRole('button', { name: 'Open', exact: true }).click();
await page.getByText('says <b>nobody</b>').waitFor();
expect(!/[41]1/.test(await page.locator('main pre').first().innerText()), 'a value of opened evidence is not masked to its end');
await look('event-evidence');
await page.getByRole('button', { name: 'Show values' }).click();
await page.getByText('4111 1111 1111 1111').waitFor();
expect(sent.every(body => !body.includes('PRIVATE')), 'the private key left the page');

// Where a record has not every place of what was found, what lies behind the last one stays covered too.
await open('#/events?tenant=partial-tenant');
await page.click('.event');
await page.getByRole('button', { name: 'Open', exact: true }).click();
await page.getByText('what follows may hold values').waitFor();
expect(!(await page.locator('main pre').first().innerText()).includes('1111'), 'a value without a place is shown');

// Try it.
await open('#/try');
await page.fill('textarea[name=text]', 'hello');
await page.getByText('Decision').waitFor();
await look('try-decided');

// A candidate's mistake leads to its place.
await page.locator('textarea').nth(1).fill('policy: mine\n  CREDITCARD');
await page.getByRole('button', { name: /Line 2, column 3/ }).click();
expect(await page.evaluate(() => { const at = document.activeElement; return at.value?.slice(at.selectionStart, at.selectionEnd); }) === 'CREDITCARD', 'a mistake does not lead to its place');
await look('try-mistake');

// A candidate: with a mistake, sound, taken back, begun in the try pane, put in force and left again, by keyboard where it counts.
const propose = async yaml => {
  if (!await page.locator('textarea[name=yaml]').isVisible()) await page.locator('summary', { hasText: 'Propose a candidate' }).click();
  await page.fill('textarea[name=yaml]', yaml);
  await page.getByRole('button', { name: 'Propose', exact: true }).click();
};
const confirm = async (button, answer) => {
  await page.getByRole('button', { name: button }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  if (answer === 'Escape') await page.keyboard.press('Escape');
  else await page.getByRole('dialog').getByRole('button', { name: answer }).press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};
const changed = version => `policy: demo\nversion: ${version}\nlimits: { longest-prompt: 900 }\n`;
await open('#/candidate');
await page.getByText('No candidate runs').waitFor();
await propose('policy: demo\nversion: 1.1.0\nlimts: {}\n');
await page.getByRole('heading', { name: 'has errors and does not run' }).waitFor();
await page.getByText('line 3, column 1').waitFor();
await look('candidate-refused');
await propose(changed('1.1.0'));
await page.getByText('Rules that differ').waitFor();
for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [360, 'light'], [360, 'dark']]) {
  await page.setViewportSize({ width, height: 850 });
  await page.emulateMedia({ colorScheme });
  await look(`candidate-running-${width}-${colorScheme}`);
}
await page.setViewportSize({ width: 1280, height: 850 });
expect(await page.locator('main img').count() === 0, 'markup from a difference became an element');
await page.getByRole('button', { name: 'Take it back' }).click();
await look('candidate-ask');
await page.keyboard.press('Escape');
await page.getByText('Rules that differ').waitFor();
await confirm('Take it back', 'Take back');
await page.getByText('No candidate runs').waitFor();
await open('#/try');
await page.locator('textarea').nth(1).fill(changed('1.2.0'));
await page.getByRole('button', { name: 'Run it beside live traffic' }).click();
await page.getByRole('button', { name: 'Propose', exact: true }).click();
await page.getByText('Rules that differ').waitFor();
await confirm('Put it in force', 'Put in force');
await page.getByText('No candidate runs').waitFor();
await page.locator('tr', { hasText: 'promotion' }).filter({ hasText: 'in force' }).waitFor();
await look('candidate-promoted');
await confirm('Go back to', 'Go back');
await page.locator('tr', { hasText: 'policy folder' }).filter({ hasText: 'in force' }).waitFor();

// Signing out leaves nothing behind.
await page.getByRole('button', { name: 'Sign out' }).click();
await page.getByRole('heading', { name: 'Sign in' }).waitFor();
expect(await page.locator('nav a').count() === 0, 'pages are listed after signing out');
await look('signed-out');

await browser.close();
console.log(JSON.stringify({ problems, visited }));
