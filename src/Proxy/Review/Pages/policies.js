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
    await whoAsks(parameters, hits, page, signal),
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

const ASKED = { region: 'Region', tenant: 'Tenant', group: 'Group', route: 'Route', model: 'Model', protocol: 'Protocol' };
const EXAMPLES = { region: 'DE', tenant: 'acme', group: 'support', route: '/openai', model: 'gpt-5', protocol: 'openai.chat' };

/** What is in force for one client: asked by a form whose answer is an address that can be shared. */
async function whoAsks(parameters, hits, page, signal) {
  const fields = Object.entries(ASKED).map(([name, title]) => ({ name, title, input: h('input', { name, value: parameters.get(name) ?? '', size: 14, maxlength: 200, placeholder: EXAMPLES[name] }) }));
  const asked = fields.some(field => field.input.value);
  const form = h('form', { class: 'row', onsubmit: event => {
    event.preventDefault();
    location.hash = `#/policies?${new URLSearchParams(fields.filter(field => field.input.value.trim()).map(field => [field.name, field.input.value.trim()]))}`;
  } }, fields.map(field => h('label', {}, field.title, field.input)), h('button', { class: 'main', type: 'submit' }, 'Show'),
  asked ? h('a', { class: 'button', href: '#/policies' }, 'Clear') : null);
  const card = [h('h2', {}, 'What applies to whom'), h('p', { class: 'muted' }, 'All policies that apply to a client are combined, with what they extend. What is left empty is unknown.'), form];
  if (!asked) return h('section', { class: 'card' }, card);
  try {
    const query = new URLSearchParams([...parameters].filter(([name]) => name in ASKED));
    const effective = await call(`/api/policies/effective?${query}`, 'GET', undefined, signal);
    return h('section', { class: 'card' }, card, effectiveRules(effective, hits, page));
  } catch (problem) {
    if (problem.name === 'AbortError') throw problem;
    return h('section', { class: 'card' }, card, h('p', { class: 'problem', role: 'alert' }, problem.message));
  }
}

function effectiveRules(effective, hits, page) {
  return h('div', { class: 'after' },
    h('p', {}, `Digest ${effective.digest.slice(0, 12)}. `, effective.clusters === null ? 'Any cluster may be used.'
      : effective.clusters.length === 0 ? 'No cluster may be used: every request is blocked.' : `Only these clusters may be used, best first: ${effective.clusters.join(', ')}.`),
    h('ul', {}, effective.policies.map(policy => h('li', {}, h('strong', {}, policy.name), ` ${policy.version}: ${policy.because}`, policy.isShadow ? [' ', chip('shadow')] : null)),
      effective.waivers.map(waiver => h('li', {}, 'Waiver ', waiver))),
    effective.rules.length === 0 ? h('p', {}, 'No rule applies.') : h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Rules that apply' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Rule', 'From', 'Looks for', 'In', 'Then'].map(title => h('th', {}, title)), h('th', { class: 'number' }, 'Hits, 7 days'))),
      h('tbody', {}, effective.rules.map(({ policy, at, rule }) => h('tr', {}, h('td', {}, h('strong', {}, rule.id), rule.why ? h('div', { class: 'muted' }, rule.why) : null),
        h('td', {}, policy, h('div', { class: 'muted' }, at)), h('td', {}, rule.find), h('td', {}, rule.in.join(', ')), h('td', {}, chip(rule.action), rule.isShadow ? [' ', chip('shadow')] : null),
        h('td', { class: 'number' }, rule.isShadow ? hits(rule.id, page.shadowHits, 'shadow') : hits(rule.id, page.hits, 'rule'))))))));
}
