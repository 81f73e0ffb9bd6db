import { call, current, may, readSession, signOut, Refused } from './api.js';
import { h, show, showSoon, notice } from './dom.js';
import { signInPage, setUpPage } from './signin.js';
import { overviewPage } from './overview.js';
import { eventsPage } from './events.js';
import { eventPage } from './event.js';
import { policiesPage } from './policies.js';
import { candidatePage } from './candidate.js';
import { tryPage } from './try.js';
import { healthPage, auditPage } from './health.js';
import { accountsPage } from './accounts.js';

const PAGES = [
  { path: 'overview', title: 'Overview', role: 'viewer', page: overviewPage },
  { path: 'events', title: 'Events', role: 'viewer', page: eventsPage },
  { path: 'policies', title: 'Policies', role: 'viewer', page: policiesPage },
  { path: 'candidate', title: 'Candidate', role: 'viewer', page: candidatePage },
  { path: 'try', title: 'Try it', role: 'author', page: tryPage },
  { path: 'health', title: 'Health', role: 'viewer', page: healthPage },
  { path: 'accounts', title: 'Accounts', role: 'viewer', page: accountsPage },
  { path: 'audit', title: 'Audit', role: 'admin', page: auditPage },
];

let leaving = new AbortController();

function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [first = '', second = ''] = path.split('/');
  return { first: first || 'overview', second, parameters: new URLSearchParams(query) };
}

async function open() {
  leaving.abort();
  leaving = new AbortController();
  const { first, second, parameters } = route();
  drawBar(first);
  try {
    if (!current()) {
      return first === 'setup' ? setUpPage(second, arrive) : signInPage(arrive, first === 'signin' ? second : '');
    }
    const target = PAGES.find(page => page.path === first) ?? PAGES[0];
    document.title = `${target.title} · EdgeFilter`;
    if (!may(target.role)) return show(h('h1', {}, target.title), h('p', {}, 'Your role does not include this page.'));
    showSoon(target.title);
    if (first === 'events' && second) return await eventPage(second, leaving.signal);
    await target.page(parameters, leaving.signal);
  } catch (problem) {
    if (problem.name === 'AbortError') return;
    if (problem instanceof Refused && problem.status === 401) { drawBar(first); return signInPage(arrive); }
    show(h('h1', {}, 'That did not work'), h('p', { class: 'problem', role: 'alert' }, problem.message),
      h('button', { type: 'button', onclick: open }, 'Try again'));
  }
}

// What a page has under way stops first: it would ask with a session that is gone.
async function leave() {
  leaving.abort();
  await signOut();
  open();
}

function arrive() {
  const { first } = route();
  if (first === 'setup' || first === 'signin') location.hash = '#/overview';
  else open();
}

function drawBar(first) {
  document.getElementById('nav').replaceChildren(...(current() ? PAGES.filter(page => may(page.role)) : []).map(page =>
    h('a', { href: `#/${page.path}`, 'aria-current': page.path === first ? 'page' : null }, page.title)));
  document.getElementById('who').replaceChildren(...(current()
    ? [h('span', { class: 'muted' }, `${current().name} (${current().role}) `),
      h('button', { type: 'button', class: 'quiet', onclick: leave }, 'Sign out')]
    : []));
}

document.getElementById('theme').addEventListener('click', () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === 'dark'
    || (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
  setTheme(dark ? 'light' : 'dark');
});

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem('theme', name);
}

document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault();
  document.getElementById('main').focus();
});

// One key each to reach the pages, as lists are walked with j and k: g then o, e, p, c, t, h.
let awaiting = false;
document.addEventListener('keydown', event => {
  if (event.target.matches('input, textarea, select') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (awaiting) {
    awaiting = false;
    const page = PAGES.find(candidate => candidate.path.startsWith(event.key));
    if (page && may(page.role)) location.hash = `#/${page.path}`;
  } else if (event.key === 'g') {
    awaiting = true;
    setTimeout(() => { awaiting = false; }, 1200);
  } else if (event.key === '?') {
    notice('Keys: g then o/e/p/c/t/h opens a page; j and k walk the list; x chooses; Enter opens; / searches.');
  }
});

if (localStorage.getItem('theme')) setTheme(localStorage.getItem('theme'));
addEventListener('hashchange', open);
readSession().catch(() => null).then(answer => {
  if (answer?.setup && route().first !== 'setup') notice('There is no account yet: open the link that the proxy printed when it started.');
  return open();
});
