import { call, current, may } from './api.js';
import { lastList } from './events.js';
import { evidenceSection, openedValue } from './evidence.js';
import { count, h, show, chip, copy, notice, number, time } from './dom.js';

export async function eventPage(id, signal) {
  draw(await call(`/api/events/${encodeURIComponent(id)}`, 'GET', undefined, signal));
}

function draw(event) {
  const record = event.record;
  document.title = `${record.rules[0] ?? record.action} · EdgeFilter`;
  const facts = {
    Time: `${time(record.time)} UTC`, Tenant: record.tenant, Region: record.region, Client: record.client, Groups: record.groups.join(', '),
    Severity: record.severity, Direction: record.direction, Protocol: record.protocol, Route: record.route, Provider: record.provider, Model: record.model,
    Cluster: record.cluster, Status: record.status || '', Request: record.requestId, Streamed: record.streamed ? 'yes' : 'no',
    Policy: `${record.policy.name} ${record.policy.version}`, Digest: record.policy.digest, Record: `${record.id}, number ${number(event.sequence)}`,
  };
  show(
    h('p', { class: 'no-print' }, h('a', { href: lastList }, '← Events')),
    h('div', { class: 'row title' }, h('h1', {}, record.rules[0] ?? 'No rule'), chip(record.action), event.disposition === 'open' ? null : chip(event.disposition),
      h('span', { class: 'grow' }), h('button', { type: 'button', class: 'no-print', onclick: () => print() }, 'Print report')),
    h('div', { class: 'columns' },
      h('section', { class: 'card' }, h('h2', {}, 'Why'), h('ul', {}, event.explanation.map(sentence => h('li', {}, sentence)))),
      h('section', { class: 'card' }, h('h2', {}, 'Who and where'), h('dl', {}, Object.entries(facts).filter(([, value]) => value !== '' && value !== undefined)
        .flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, linked(name, String(value)))])))),
    findings(record),
    evidenceSection(record),
    similar(event),
    review(event),
    h('section', { class: 'card no-print' }, h('details', {}, h('summary', {}, 'Raw record'), h('pre', {}, JSON.stringify(record, null, 2)))));
}

// What events are often looked for by leads to the others.
const LINKED = { Tenant: 'tenant', Region: 'region', Client: 'client', Model: 'model', Protocol: 'protocol', Provider: 'provider', Cluster: 'cluster', Request: 'request' };
const linked = (name, value) => LINKED[name] ? h('a', { href: `#/events?${new URLSearchParams({ [LINKED[name]]: value })}` }, value) : value;

function findings(record) {
  if (record.findings.length === 0) return null;
  return h('section', { class: 'card' }, h('h2', {}, 'Findings'),
    h('p', { class: 'muted' }, 'The log keeps where something stood, never what it said.'),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Findings' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Entity', 'Detector', 'Where', 'Role', 'Rule'].map(title => h('th', {}, title)), h('th', { class: 'number' }, 'Start'),
        h('th', { class: 'number' }, 'Length'), h('th', { class: 'number' }, 'Confidence'))),
      h('tbody', {}, record.findings.map(finding => h('tr', {}, h('td', {}, finding.entity), h('td', {}, finding.detector), h('td', {}, finding.path),
        h('td', {}, finding.role), h('td', {}, finding.rule), h('td', { class: 'number' }, number(finding.start)),
        h('td', { class: 'number' }, number(finding.length)), h('td', { class: 'number' }, finding.confidence.toFixed(2))))))));
}

function similar(event) {
  if (event.similar.length === 0) return null;
  return h('section', { class: 'card no-print' }, h('h2', {}, 'The same values elsewhere'),
    h('p', { class: 'muted' }, 'Equal values have equal keyed fingerprints; the value itself can not be had from one.'),
    h('ul', {}, event.similar.map(entry => h('li', {}, `${entry.entity}: `, entry.count <= 1 ? 'only here'
      : [h('a', { href: `#/events?${new URLSearchParams({ fingerprint: entry.fingerprint })}` }, count(entry.count - 1, 'other event'))]))));
}

function review(event) {
  const comment = h('textarea', { name: 'comment', maxlength: 2000, rows: 3 });
  const act = change => async () => {
    try {
      await call('/api/reviews', 'POST', { events: [event.record.id], comment: comment.value, ...change });
      draw(await call(`/api/events/${event.record.id}`));
      notice('Recorded.');
    } catch (problem) {
      notice(problem.message);
    }
  };
  const history = event.history.map(note => h('li', {}, `${time(note.time)} UTC, ${note.who}: `, note.disposition ? chip(note.disposition) : null,
    note.assigned === null ? null : ` assigned to ${note.assigned || 'nobody'}`, ' ', note.comment));
  return h('section', { class: 'card' }, h('div', { class: 'row' }, h('h2', {}, 'Review'),
    h('span', { class: 'muted' }, event.assigned ? `Assigned to ${event.assigned}` : 'Assigned to nobody')),
  history.length > 0 ? h('ol', {}, history) : h('p', { class: 'muted' }, 'Nobody has looked at this yet.'),
  may('reviewer') ? h('div', { class: 'no-print' }, h('label', { class: 'wide' }, 'Comment (no personal data, please)', comment),
    h('div', { class: 'row' },
      h('button', { type: 'button', class: 'main', onclick: act({ disposition: 'confirmed' }) }, 'The policy was right'),
      h('button', { type: 'button', onclick: act({ disposition: 'false-positive' }) }, 'False positive'),
      h('button', { type: 'button', onclick: act({ assign: current().name }) }, 'Assign to me'),
      assignMenu(event, act),
      h('button', { type: 'button', class: 'quiet', onclick: act({ disposition: 'open' }) }, 'Only comment, leave open'))) : null,
  event.disposition === 'false-positive' && event.waiver ? exception(event) : null);
}

function assignMenu(event, act) {
  const menu = h('select', { 'aria-label': 'Assign to', onchange: () => act({ assign: menu.value === '-' ? '' : menu.value })() },
    h('option', { value: '' }, 'Assign to …'), event.assigned ? h('option', { value: '-' }, 'nobody') : null);
  call('/api/people').then(names => menu.append(...names.map(name => h('option', { value: name }, name)))).catch(() => null);
  return menu;
}

// The value itself is known here only when the evidence was opened; else the author writes it in.
function exception(event) {
  const value = openedValue(event.record);
  const completed = yaml => value === null ? yaml : yaml.replaceAll('THE-HARMLESS-VALUE', value.replace(/["\\]/g, '\\$&'));
  const paste = (title, yaml) => [h('h3', {}, title), h('pre', {}, completed(yaml)), h('button', { type: 'button', onclick: () => copy(completed(yaml)) }, `Copy the ${title.toLowerCase()}`)];
  const pass = event.wouldPass;
  const rule = new URLSearchParams({ rule: event.record.rules[0], ...(event.record.tenant ? { tenant: event.record.tenant } : {}) });
  return h('div', { class: 'no-print after' }, h('h2', {}, 'If it keeps happening'),
    h('p', {}, 'A waiver relaxes a rule for a time, with somebody answering for it. Complete this one, put both beside the policies, and run ',
      h('code', {}, 'edgefilter policy test'), '.'),
    pass ? h('ul', {},
      pass.sameValue === null ? null : h('li', {}, 'For this value alone it would also have let through ', number(pass.sameValue - 1), ` other ${pass.sameValue === 2 ? 'event' : 'events'} of the log`,
        event.similar.length > 0 ? [' (', h('a', { href: `#/events?${new URLSearchParams({ fingerprint: event.similar[0].fingerprint })}` }, 'show'), ')'] : null, '.'),
      h('li', {}, 'Without a value it would have let through all ', number(pass.sameRule), ' events of the rule', event.record.tenant ? ' and tenant' : '',
        ' (', h('a', { href: `#/events?${rule}` }, 'show'), `), the newest at ${pass.sample.map(one => time(one.time)).join(', ')}.`)) : null,
    paste('Waiver', event.waiver), paste('Test', event.test));
}
