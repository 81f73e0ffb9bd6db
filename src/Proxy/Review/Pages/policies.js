import { call } from './api.js';
import { h, show, chip, number, time } from './dom.js';

const MONTH = 30 * 24 * 3600 * 1000;

// A rule that only watches is forgotten easily: the page says since when, and after a month that somebody should decide.
const watching = since => !since ? null : h('div', { class: 'muted' }, `would have acted since ${time(since).slice(0, 10)}`,
  Date.now() - new Date(since) > MONTH ? h('strong', {}, ': put it in force, or remove it') : null);

export async function policiesPage(parameters, signal) {
  const page = await call('/api/policies', 'GET', undefined, signal);
  const hits = (rule, counts, field) => counts[rule] ? h('a', { href: `#/events?${new URLSearchParams({ [field]: rule, since: '7d' })}` }, number(counts[rule])) : '0';
  show(h('h1', {}, 'Policies in force'),
    page.policies.length === 0 ? h('section', { class: 'card' }, h('p', {}, 'This proxy does not report its policies here.')) : null,
    page.policies.map(policy => h('section', { class: 'card' },
      h('div', { class: 'row' }, h('h2', {}, policy.title || policy.name), policy.isShadow ? chip('shadow') : null),
      h('p', { class: 'muted' }, [`${policy.name} ${policy.version}`, policy.file, policy.appliesTo, `digest ${policy.digest.slice(0, 12)}`].filter(Boolean).join(' · ')),
      h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Rules of ${policy.name}` }, h('table', {},
        h('thead', {}, h('tr', {}, ['Rule', 'Looks for', 'In', 'Then'].map(title => h('th', {}, title)), h('th', { class: 'number' }, 'Hits, 7 days'))),
        h('tbody', {}, policy.rules.map(rule => h('tr', {},
          h('td', {}, h('strong', {}, rule.id), rule.why ? h('div', { class: 'muted' }, rule.why) : null),
          h('td', {}, rule.find), h('td', {}, rule.in.join(', ')), h('td', {}, chip(rule.action), rule.isShadow ? [' ', chip('shadow')] : null, rule.isShadow ? watching(page.shadowSince[rule.id]) : null),
          h('td', { class: 'number' }, rule.isShadow ? hits(rule.id, page.shadowHits, 'shadow') : hits(rule.id, page.hits, 'rule'))))))))));
}
