import { call } from './api.js';
import { proposeText } from './candidate.js';
import { h, show, chip, number } from './dom.js';

const ROLES = ['user', 'system', 'developer', 'assistant', 'tool-result', 'tool-arguments', 'tool-definition', 'retrieved', 'reasoning', 'metadata'];

export async function tryPage(parameters, signal) {
  const text = h('textarea', { name: 'text', rows: 8, maxlength: 100000, placeholder: 'A prompt or an answer. It is judged here and not kept.' });
  const direction = choice(['prompt', 'output']);
  const role = choice(ROLES);
  const region = h('input', { size: 9, maxlength: 32, placeholder: 'the proxy’s' });
  const tenant = h('input', { size: 12, maxlength: 64 });
  const stream = h('input', { type: 'checkbox' });
  const candidate = h('textarea', { rows: 12, spellcheck: 'false', placeholder: 'policy: my-candidate\nversion: 1.0.0\nrules: …' });
  const result = h('section', { class: 'card', 'aria-live': 'polite' }, h('p', { class: 'muted' }, 'The decision appears as you type.'));
  let running = new AbortController();
  let waiting = 0;

  const judge = async () => {
    running.abort();
    running = new AbortController();
    if (!text.value) return;
    try {
      const answer = await call('/api/try', 'POST', {
        text: text.value, direction: direction.value, role: role.value, region: region.value, tenant: tenant.value, stream: stream.checked,
        candidate: candidate.value.trim() ? candidate.value : null,
      }, running.signal);
      candidate.setAttribute('aria-invalid', String(answer.problems.length > 0));
      result.replaceChildren(...decision(text.value, answer, candidate));
    } catch (problem) {
      if (problem.name !== 'AbortError') result.replaceChildren(h('p', { class: 'problem', role: 'alert' }, problem.message));
    }
  };
  const soon = () => { clearTimeout(waiting); if (!signal.aborted) waiting = setTimeout(judge, 250); };
  signal.addEventListener('abort', () => { clearTimeout(waiting); running.abort(); });

  show(h('h1', {}, 'Try a text'),
    h('form', { class: 'columns', oninput: soon, onchange: soon, onsubmit: event => { event.preventDefault(); judge(); } },
      h('section', { class: 'card' }, h('label', { class: 'wide' }, 'Text', text),
        h('div', { class: 'row' }, h('label', {}, 'As', direction), h('label', {}, 'From', role), h('label', {}, 'Region', region), h('label', {}, 'Tenant', tenant),
          h('label', { class: 'check' }, stream, 'as a stream'))),
      h('section', { class: 'card' }, h('label', { class: 'wide' }, 'Candidate policy (YAML), instead of those in force', candidate),
        h('button', { type: 'button', onclick: () => proposeText(candidate.value) }, 'Run it beside live traffic …'))),
    result);
}

const choice = words => h('select', {}, words.map(word => h('option', { value: word }, word)));

// A mistake is shown where it is: its line is repeated with the place marked, and a click puts the cursor there.
function goTo(candidate, { line, column }) {
  const lines = candidate.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((at, text) => at + text.length + 1, 0);
  const from = Math.min(start + column - 1, candidate.value.length);
  candidate.focus();
  candidate.setSelectionRange(from, Math.max(from, start + (lines[line - 1] ?? '').length));
  candidate.scrollTop = candidate.scrollHeight * (line - 1) / Math.max(1, lines.length);
}

const source = (candidate, { line, column }) => {
  const text = candidate.value.split('\n')[line - 1] ?? '';
  return h('pre', {}, text.slice(0, column - 1), h('mark', {}, text.slice(column - 1) || ' '));
};

function decision(text, answer, candidate) {
  if (answer.problems.length === 1 && answer.problems[0].line === 0) return [h('p', { class: 'problem', role: 'alert' }, answer.problems[0].message)];
  if (answer.problems.length > 0) {
    return [h('h2', {}, 'The candidate has mistakes'), h('ul', {}, answer.problems.map(problem =>
      h('li', {}, h('button', { type: 'button', class: 'quiet', onclick: () => goTo(candidate, problem) }, `Line ${problem.line}, column ${problem.column}: ${problem.code}`),
        ` ${problem.message}`, source(candidate, problem))))];
  }
  return [
    h('div', { class: 'row' }, h('h2', {}, 'Decision'), chip(answer.action), h('span', { class: 'muted' },
      [answer.rules.join(', '), `${(answer.microseconds / 1000).toFixed(2)} ms`].filter(Boolean).join(' · '))),
    h('p', { class: 'muted' }, answer.policies.length === 0 ? 'No policy applies.' : `Under ${answer.policies.join(', ')}; ${answer.region ? `region ${answer.region}` : 'no region is known, so regional policies don’t apply'}.`),
    answer.message ? h('p', {}, answer.message) : null,
    h('h2', {}, 'What was found'), h('pre', {}, highlighted(text, answer.findings)),
    answer.text !== null && answer.text !== undefined && answer.text !== text ? [h('h2', {}, 'What goes on'), h('pre', {}, answer.text)] : null,
    answer.findings.length > 0 ? h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Findings' }, h('table', {}, h('thead', {}, h('tr', {}, ['Entity', 'Detector', 'Rule'].map(title => h('th', {}, title)),
      h('th', { class: 'number' }, 'Start'), h('th', { class: 'number' }, 'Length'), h('th', { class: 'number' }, 'Confidence'))),
    h('tbody', {}, answer.findings.map(finding => h('tr', {}, h('td', {}, finding.entity), h('td', {}, finding.detector), h('td', {}, finding.rule),
      h('td', { class: 'number' }, number(finding.start)), h('td', { class: 'number' }, number(finding.length)),
      h('td', { class: 'number' }, finding.confidence.toFixed(2))))))) : null,
  ].flat().filter(Boolean);
}

function highlighted(text, findings) {
  const parts = [];
  let at = 0;
  for (const finding of [...findings].sort((a, b) => a.start - b.start)) {
    if (finding.start < at) continue;
    parts.push(text.slice(at, finding.start), h('mark', { title: `${finding.entity} ${finding.confidence.toFixed(2)}` }, text.slice(finding.start, finding.start + finding.length)));
    at = finding.start + finding.length;
  }
  parts.push(text.slice(at));
  return parts;
}
