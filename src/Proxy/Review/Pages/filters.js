import { call } from './api.js';
import { ask, askFor, h, notice } from './dom.js';

/** Fields that counts are shown for. */
export const TITLES = {
  action: 'Action', severity: 'Severity', direction: 'Direction', rule: 'Rule', entity: 'Entity', tenant: 'Tenant', region: 'Region',
  model: 'Model', policy: 'Policy', protocol: 'Protocol', cluster: 'Cluster',
};

const NAMES = {
  ...TITLES, text: 'Text', since: 'From', until: 'To', fingerprint: 'Same value', request: 'Request', client: 'Client', shadow: 'Only watched by', waiver: 'Waiver',
  detector: 'Detector', coverage: 'Not inspected', reason: 'Reason', provider: 'Provider', disposition: 'Review', assigned: 'Assigned to',
};

const AGES = { '': 'any time', '1h': 'last hour', '24h': 'last day', '7d': 'last week', '30d': 'last month', exact: 'between …' };

/** Every filter of the list, whatever led to it, with a way to take it off. */
export function chosenFilters(parameters, go) {
  const filters = [...parameters];
  if (filters.length === 0) return null;
  const without = (name, text) => {
    const kept = new URLSearchParams(filters.filter(filter => filter[0] !== name || filter[1] !== text));
    return () => go(kept);
  };
  return h('div', { class: 'row filters', role: 'group', 'aria-label': 'Filters of this list' },
    filters.map(([name, text]) => h('button', { type: 'button', class: 'filter', title: 'Take this filter off', onclick: without(name, text) },
      `${NAMES[name] ?? name}: ${name === 'since' ? AGES[text] ?? text : name === 'fingerprint' ? `${text.slice(0, 17)}…` : text}`, h('span', { 'aria-hidden': 'true' }, ' ✕'))),
    h('button', { type: 'button', class: 'quiet', onclick: () => go(new URLSearchParams()) }, 'Clear all filters'));
}

// A time as the address has it, to the minute and in UTC; ages are left to the menu.
function moment(name, parameters, title) {
  const value = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?/.exec(parameters.get(name) ?? '')?.[0] ?? '';
  const input = h('input', { type: 'datetime-local', name, value: value.length === 10 ? `${value}T00:00` : value });
  return { input, label: h('label', {}, title, input) };
}

export function searchForm(parameters, go) {
  const text = h('input', { type: 'search', name: 'text', value: parameters.get('text') ?? '', size: 28, maxlength: 200, placeholder: 'reason, rule, tenant, model …' });
  const exact = /\d-\d/.test(parameters.get('since') ?? '') || parameters.has('until');
  const since = select('since', exact ? new URLSearchParams({ since: 'exact' }) : parameters, AGES);
  const from = moment('since', parameters, 'From (UTC)');
  const to = moment('until', parameters, 'To (UTC)');
  const between = h('span', { class: 'row', hidden: !exact }, from.label, to.label);
  since.addEventListener('change', () => { between.hidden = since.value !== 'exact'; });
  const assigned = select('assigned', parameters, { '': 'anybody', me: 'me', nobody: 'nobody' });
  const disposition = select('disposition', parameters, { '': 'any', open: 'open', confirmed: 'confirmed', 'false-positive': 'false positive' });
  document.addEventListener('keydown', function focus(event) {
    if (!text.isConnected) return document.removeEventListener('keydown', focus);
    if (event.key === '/' && !event.target.matches('input, textarea')) { event.preventDefault(); text.focus(); }
    if (event.key === 'j' && event.target === document.body) document.querySelector('.event')?.focus();
  });
  return h('form', { class: 'card row', role: 'search', onsubmit: event => {
    event.preventDefault();
    const changed = new URLSearchParams(parameters);
    changed.delete('until');
    for (const field of [text, disposition, assigned, ...(since.value === 'exact' ? [from.input, to.input] : [since])]) {
      changed.delete(field.name);
      if (field.value) changed.set(field.name, field.value);
    }
    go(changed);
  } },
  h('label', {}, 'Text', text), h('label', {}, 'Time', since), between, h('label', {}, 'Review', disposition), h('label', {}, 'Assigned to', assigned),
  h('button', { class: 'main', type: 'submit' }, 'Search'));
}

function select(name, parameters, choices) {
  const value = parameters.get(name) ?? '';
  const known = value in choices ? choices : { ...choices, [value]: value };
  return h('select', { name }, Object.entries(known).map(([key, words]) => h('option', { value: key, selected: key === value }, words)));
}

export function views(parameters) {
  const menu = h('select', { 'aria-label': 'Saved views', onchange: () => { if (menu.value) location.hash = `#/events?${menu.value}`; } });
  // The view that is shown is the one chosen, and can be deleted.
  const draw = saved => {
    menu.replaceChildren(h('option', { value: '' }, 'Saved views'), ...saved.map(view => h('option', { value: view.query, selected: view.query !== '' && view.query === String(parameters) }, view.name)));
    remove.hidden = !menu.value;
  };
  const save = async () => {
    const name = await askFor('Save this view', 'Its name', 'Save');
    if (name === null) return;
    draw(await call('/api/views', 'POST', { name, query: String(parameters) }));
    notice('Saved.');
  };
  const remove = h('button', { type: 'button', class: 'quiet', onclick: async () => {
    const name = menu.selectedOptions[0].textContent;
    if (!await ask(`Delete the view “${name}”?`, ['The events stay as they are.'], 'Delete')) return;
    draw(await call(`/api/views?${new URLSearchParams({ name })}`, 'DELETE'));
    notice('Deleted.');
  } }, 'Delete view');
  draw([]);
  call('/api/views').then(draw).catch(() => null);
  return h('span', { class: 'row' }, menu, h('button', { type: 'button', onclick: save }, 'Save view'), remove);
}
