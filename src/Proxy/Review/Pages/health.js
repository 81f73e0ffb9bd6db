import { call } from './api.js';
import { h, show, time } from './dom.js';

export async function healthPage(parameters, signal) {
  const parts = await call('/api/health', 'GET', undefined, signal);
  show(h('h1', {}, 'Health'), h('section', { class: 'card scroll', tabindex: 0, 'aria-label': 'Parts' }, h('table', {},
    h('thead', {}, h('tr', {}, h('th', {}, 'Part'), h('th', {}, 'State'), h('th', {}, 'Detail'))),
    h('tbody', {}, parts.map(part => h('tr', {}, h('td', {}, part.part),
      h('td', { class: part.isWell ? 'well' : 'ill' }, part.isWell ? '● works' : '▲ does not work'), h('td', {}, part.detail)))))));
}

export async function auditPage(parameters, signal) {
  const body = h('tbody', {});
  const more = h('button', { type: 'button' }, 'Show more');
  let before = null;
  const load = async () => {
    const entries = await call(`/api/audit${before === null ? '' : `?before=${before}`}`, 'GET', undefined, signal);
    body.append(...entries.map(entry => h('tr', {}, h('td', {}, time(entry.time)), h('td', {}, entry.who), h('td', {}, entry.action), h('td', {}, entry.target))));
    before = entries.at(-1)?.id ?? before;
    more.hidden = entries.length < 100;
  };
  more.addEventListener('click', load);
  show(h('h1', {}, 'Audit trail'), h('section', { class: 'card scroll', tabindex: 0, 'aria-label': 'Entries' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Time (UTC)', 'Who', 'Did', 'To'].map(title => h('th', {}, title)))), body), more));
  await load();
}
