import { call } from './api.js';
import { chosenFilters, searchForm, TITLES, views } from './filters.js';
import { pick, selection } from './selection.js';
import { count, h, show, chip, number, time } from './dom.js';

/** Where the list was last: an event leads back to it as it was filtered. */
export let lastList = '#/events';

export async function eventsPage(parameters, signal) {
  lastList = `#/events${[...parameters].length > 0 ? `?${parameters}` : ''}`;
  const list = h('ol', { 'aria-label': 'Events' });
  const summary = h('span', { class: 'muted', role: 'status' });
  const facets = h('details', { class: 'card', open: matchMedia('(min-width: 761px)').matches }, h('summary', {}, 'Filters'), h('p', { class: 'muted' }, 'Counting…'));
  const more = h('button', { type: 'button', hidden: true }, 'Show more');
  let next = null;
  let newest = 0;

  const chosen = selection(() => { dispatchEvent(new HashChangeEvent('hashchange')); });
  const address = extra => `/api/events?${new URLSearchParams([...parameters, ...extra])}`;
  const go = changed => { location.hash = `#/events?${changed}`; };

  async function load() {
    more.disabled = true;
    const page = await call(address(next ? [['before', next]] : []), 'GET', undefined, signal);
    list.append(...page.events.map(event => row(event, chosen)));
    newest = Math.max(newest, ...page.events.map(event => event.sequence));
    next = page.nextBefore;
    more.hidden = next === null;
    more.disabled = false;
    summary.textContent = count(page.total, 'event');
    if (page.total === 0) list.replaceChildren(h('li', { class: 'muted' }, 'No event fits these filters.'));
  }

  more.addEventListener('click', load);
  new IntersectionObserver(seen => { if (seen[0].isIntersecting && !more.disabled && !more.hidden) load(); }, { rootMargin: '400px' }).observe(more);

  const live = h('input', { type: 'checkbox', onchange: () => { if (live.checked) follow(); } });
  async function follow() {
    while (live.checked && !signal.aborted) {
      const page = await call(address([]), 'GET', undefined, signal).catch(() => null);
      const fresh = page?.events.filter(event => event.sequence > newest) ?? [];
      if (fresh.length > 0) {
        newest = fresh[0].sequence;
        list.prepend(...fresh.map(event => row(event, chosen)));
        summary.textContent = count(page.total, 'event');
      }
      await new Promise(resolve => setTimeout(resolve, 2000));
    }
  }

  show(
    h('div', { class: 'row title' }, h('h1', {}, 'Events'), summary, h('span', { class: 'grow' }),
      h('label', { class: 'check' }, live, 'Follow new ones'),
      h('a', { class: 'button', href: `/api/events.csv?${parameters}`, download: '' }, 'CSV'),
      views(parameters)),
    searchForm(parameters, go),
    chosenFilters(parameters, go),
    chosen.bar,
    h('div', { class: 'split' }, facets, h('div', { class: 'card list' }, list, more)));

  list.addEventListener('keydown', walk);
  await Promise.all([load(), drawFacets(facets, parameters, go, signal)]);
}

function row(event, chosen) {
  const record = event.record;
  const entities = record.entities.map(entity => `${entity.entity} ×${entity.count}`).join(', ');
  return h('li', { class: 'item' }, pick(event, chosen, `${record.rules[0] ?? 'no rule'} at ${time(record.time)}`), h('a', { class: 'event', href: `#/events/${record.id}` },
    h('span', { class: 'time' }, time(record.time)),
    h('span', {}, chip(record.action)),
    h('span', { class: 'main' }, h('strong', {}, record.rules[0] ?? 'no rule'), ' ', h('span', { class: 'muted' }, entities), ' ',
      event.disposition === 'open' ? null : chip(event.disposition), event.assigned ? h('span', { class: 'muted' }, ` → ${event.assigned}`) : null),
    h('span', { class: 'more' }, [record.direction, record.severity, record.tenant, record.region, record.model, record.reason].filter(Boolean).join(' · '))));
}

// j and k, or the arrows, walk the list wherever the focus is in it.
function walk(event) {
  if (event.key === 'x') event.target.closest('.item')?.querySelector('.pick')?.click();
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const focused = event.target.closest('.event');
  if (!step || !focused) return;
  event.preventDefault();
  const item = focused.parentElement;
  (step > 0 ? item.nextElementSibling : item.previousElementSibling)?.querySelector('.event')?.focus();
}

async function drawFacets(panel, parameters, go, signal) {
  const counts = await call(`/api/facets?${parameters}`, 'GET', undefined, signal);
  const blocks = Object.entries(TITLES).filter(([field]) => counts[field]?.length > 0).map(([field, title]) => {
    const chosen = parameters.getAll(field);
    return h('section', { class: 'facet' }, h('h2', {}, title), counts[field].map(entry =>
      h('button', { type: 'button', 'aria-pressed': String(chosen.includes(entry.text)), onclick: () => {
        const changed = new URLSearchParams(parameters);
        changed.delete(field);
        const kept = chosen.includes(entry.text) ? chosen.filter(text => text !== entry.text) : [...chosen, entry.text];
        kept.forEach(text => changed.append(field, text));
        go(changed);
      } }, h('span', {}, entry.text), h('span', {}, number(entry.count)))));
  });
  panel.replaceChildren(h('summary', {}, 'Filters'), ...(blocks.length > 0 ? blocks : [h('p', { class: 'muted' }, 'Nothing to count.')]));
}
