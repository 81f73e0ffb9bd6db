import { call } from './api.js';
import { h, show, number, time } from './dom.js';
import { ranking, timeline } from './charts.js';

const RANGES = { '1h': 'last hour', '24h': 'last day', '7d': 'last week', '30d': 'last month' };

export async function overviewPage(parameters, signal) {
  const range = parameters.get('range') ?? '24h';
  const page = await call(`/api/overview?range=${encodeURIComponent(range)}`, 'GET', undefined, signal);
  const count = (counts, action) => counts.find(entry => entry.text === action)?.count ?? 0;
  const tile = (title, now, before) => h('div', { class: 'tile' }, h('span', { class: 'muted' }, title), h('b', {}, number(now)),
    h('span', { class: 'muted' }, change(now, before)));
  const changed = ['redact', 'mask', 'hash', 'pseudonymise'];
  const sum = counts => changed.reduce((all, action) => all + count(counts, action), 0);
  show(
    h('div', { class: 'row title' }, h('h1', {}, 'Overview'), h('span', { class: 'grow' }),
      h('div', { class: 'row', role: 'group', 'aria-label': 'Time' }, Object.entries(RANGES).map(([key, words]) =>
        h('button', { type: 'button', 'aria-pressed': String(key === range), onclick: () => { location.hash = `#/overview?range=${key}`; } }, words)))),
    h('div', { class: 'tiles' },
      tile('Decisions', page.total, page.totalBefore),
      tile('Blocked', count(page.actions, 'block'), count(page.actionsBefore, 'block')),
      tile('Changed on the way', sum(page.actions), sum(page.actionsBefore)),
      page.traffic ? traffic(page.traffic) : null,
      h('div', { class: 'tile' }, h('span', { class: 'muted' }, 'In the log'), h('b', {}, number(page.log.records)),
        h('span', { class: 'muted' }, page.log.oldest ? `since ${time(page.log.oldest).slice(0, 10)}` : 'nothing yet'))),
    page.total === 0
      ? h('section', { class: 'card' }, h('h2', {}, 'Nothing was stopped in this time'),
        h('p', {}, 'Records appear here when a policy logs, changes or blocks something. A prompt with a test card number, sent through the proxy, makes the first one.'))
      : h('section', { class: 'card' }, h('h2', {}, 'Decisions over time'), timeline(page.timeline)),
    h('div', { class: 'columns' }, changes(page, range), parts(page.health)),
    h('div', { class: 'columns' },
      ranking('Rules', 'rule', page.top.rule, range), ranking('Entities', 'entity', page.top.entity, range),
      ranking('Tenants', 'tenant', page.top.tenant, range), ranking('Models', 'model', page.top.model, range)));
}

function change(now, before) {
  if (before === 0) return now === 0 ? 'as before' : 'none in the time before';
  const percent = Math.round(100 * (now - before) / before);
  return percent === 0 ? 'as in the time before' : `${percent > 0 ? '+' : '−'}${number(Math.abs(percent))} % on the time before`;
}

const plain = (title, value, note) => h('div', { class: 'tile' }, h('span', { class: 'muted' }, title), h('b', {}, value), h('span', { class: 'muted' }, note));
const milliseconds = value => value === null || value === undefined ? '–' : `${(value / 1000).toFixed(2)} ms`;

/** What the proxy itself has counted since it started, at most a day. */
function traffic(seen) {
  const since = `since ${time(seen.since).slice(11, 16)} UTC`;
  return [
    plain('Requests', number(seen.requests), since),
    plain('Latency added', milliseconds(seen.medianMicroseconds), `95 of 100 below ${milliseconds(seen.p95Microseconds)}`),
    plain('Local answers', seen.answered === 0 ? '–' : `${Math.round(100 * seen.local / seen.answered)} %`, `${number(seen.local)} of ${number(seen.answered)}`),
  ];
}

function changes({ changes: list, totalBefore, log, from }, range) {
  const title = h('h2', {}, range === '24h' ? 'Changed since yesterday' : 'Changed since the time before');
  if (totalBefore === 0) {
    return h('section', { class: 'card' }, title, h('p', { class: 'muted' }, log.oldest && log.oldest >= from
      ? `The log begins on ${time(log.oldest).slice(0, 10)}: there is no time before to compare with yet.` : 'Nothing was recorded in the time before: everything is new.'));
  }
  return h('section', { class: 'card' }, title,
    list.length === 0 ? h('p', { class: 'muted' }, 'Nothing.') : h('table', {}, h('tbody', {}, list.map(entry => h('tr', {},
      h('td', {}, h('span', { class: 'muted' }, `${entry.field} `), h('a', { href: `#/events?${new URLSearchParams({ [entry.field]: entry.text, since: range })}` }, entry.text)),
      h('td', { class: 'number' }, entry.before === 0 ? `new, ${number(entry.now)}` : `${number(entry.before)} → ${number(entry.now)}`))))));
}

function parts(list) {
  const ill = list.filter(part => !part.isWell);
  const upstreams = list.filter(part => part.part.startsWith('upstream '));
  return h('section', { class: 'card' }, h('h2', {}, 'Health'),
    h('p', { class: ill.length === 0 ? 'well' : 'ill' }, ill.length === 0 ? `● All ${number(list.length)} parts work.` : `▲ ${number(ill.length)} of ${number(list.length)} parts do not work.`),
    h('ul', {}, [...ill, ...upstreams.filter(part => part.isWell)].slice(0, 8).map(part => h('li', {}, h('strong', {}, part.part), ` ${part.detail}`))),
    h('a', { href: '#/health' }, 'All parts'));
}
