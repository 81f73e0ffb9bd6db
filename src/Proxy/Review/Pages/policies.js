import { call } from './api.js';
import { h, show, chip, number } from './dom.js';

export async function policiesPage(parameters, signal) {
  const page = await call('/api/policies', 'GET', undefined, signal);
  const hits = (rule, counts) => counts[rule] ? h('a', { href: `#/events?${new URLSearchParams({ rule, since: '7d' })}` }, number(counts[rule])) : '0';
  show(h('h1', {}, 'Policies in force'),
    page.policies.length === 0 ? h('section', { class: 'card' }, h('p', {}, 'This proxy does not report its policies here.')) : null,
    page.policies.map(policy => h('section', { class: 'card' },
      h('div', { class: 'row' }, h('h2', {}, policy.title || policy.name), policy.isShadow ? chip('shadow') : null),
      h('p', { class: 'muted' }, [`${policy.name} ${policy.version}`, policy.file, policy.appliesTo, `digest ${policy.digest.slice(0, 12)}`].filter(Boolean).join(' · ')),
      h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Rules of ${policy.name}` }, h('table', {},
        h('thead', {}, h('tr', {}, ['Rule', 'Looks for', 'In', 'Then'].map(title => h('th', {}, title)), h('th', { class: 'number' }, 'Hits, 7 days'))),
        h('tbody', {}, policy.rules.map(rule => h('tr', {},
          h('td', {}, h('strong', {}, rule.id), rule.why ? h('div', { class: 'muted' }, rule.why) : null),
          h('td', {}, rule.find), h('td', {}, rule.in.join(', ')), h('td', {}, chip(rule.action), rule.isShadow ? chip('shadow') : null),
          h('td', { class: 'number' }, hits(rule.id, rule.isShadow ? page.shadowHits : page.hits))))))))));
}
