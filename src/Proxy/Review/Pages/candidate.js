import { call, may } from './api.js';
import { h, show, ask, chip, notice, number, time } from './dom.js';

const EVERY = 3000;
const short = digest => digest.slice(0, 12);
const share = (part, whole) => whole > 0 ? ` (${(100 * part / whole).toFixed(part < whole / 100 && part > 0 ? 2 : 0)} %)` : '';

/** A policy written elsewhere in the console, to begin a proposal with. */
let draft = '';
export function proposeText(yaml) {
  draft = yaml;
  location.hash = '#/candidate';
}

/** What a candidate set of policies would change on live traffic, its promotion, and the way back. */
export async function candidatePage(parameters, signal) {
  const state = h('div', {});
  const report = h('div', {});
  const versions = h('div', {});
  let shown = '';

  // The report grows by itself; the rest is drawn again only when it changed, so that nothing moves under the hand.
  const refresh = async () => {
    const [page, kept] = await Promise.all([call('/api/policies/candidate', 'GET', undefined, signal), call('/api/policies/versions', 'GET', undefined, signal)]);
    const now = JSON.stringify([page.candidate, kept]);
    if (now !== shown) {
      shown = now;
      state.replaceChildren(...stateOf(page, refresh));
      versions.replaceChildren(...versionsOf(kept, refresh));
    }
    const open = report.contains(document.activeElement);
    if (!open) report.replaceChildren(...reportOf(page.report));
  };
  show(h('h1', {}, 'Candidate'), state, report, may('author') ? proposal(refresh) : null, versions);
  await refresh();
  (async () => {
    while (!signal.aborted) {
      await new Promise(resolve => setTimeout(resolve, EVERY));
      if (!signal.aborted && !document.hidden) await refresh().catch(() => null);
    }
  })();
}

function stateOf({ candidate, report }, refresh) {
  const proposed = candidate.who ? `Proposed by ${candidate.who} on ${time(candidate.at)} UTC.` : 'Named by the configuration.';
  const scope = candidate.isWhole ? 'It stands for all policies.' : 'It changes some policies; all others stay as they are.';
  const drop = candidate.who && may('author')
    ? h('button', { type: 'button', onclick: () => drops(refresh) }, 'Take it back') : null;
  switch (candidate.state) {
    case 'running':
      return [h('section', { class: 'card' },
        h('div', { class: 'row' }, h('h2', {}, `Candidate ${short(candidate.digest)}`), chip('running'), h('span', { class: 'grow' }),
          may('admin') ? h('button', { type: 'button', class: 'main', onclick: () => promotes(candidate, report, refresh) }, 'Put it in force …') : null, drop),
        h('p', {}, `${proposed} ${scope} It judges a share of the live traffic beside ${short(candidate.liveDigest)}, which is in force, and changes nothing.`),
        may('admin') ? null : h('p', { class: 'muted' }, 'Administrators can put it in force.'), problemsOf(candidate.problems))];
    case 'refused':
      return [h('section', { class: 'card' }, h('div', { class: 'row' }, h('h2', {}, 'The candidate has errors and does not run'), h('span', { class: 'grow' }), drop),
        h('p', {}, proposed), problemsOf(candidate.problems))];
    case 'in-force':
      return [h('section', { class: 'card' }, h('div', { class: 'row' }, h('h2', {}, 'The candidate is exactly what is in force'), h('span', { class: 'grow' }), drop),
        h('p', {}, `${proposed} There is nothing to compare.`))];
    default:
      return [h('section', { class: 'card' }, h('h2', {}, 'No candidate runs'),
        h('p', {}, 'A candidate is a change of the policies that is not in force yet. It judges a share of the live traffic beside the policies that are, '
          + 'changes no byte and delays no request, and reports here what it would have decided differently.'),
        h('ol', {}, h('li', {}, 'Propose one below, or with ', h('code', {}, 'edgefilter policy candidate set FILE-OR-FOLDER'), '. Mistakes are shown with their line.'),
          h('li', {}, 'Watch which decisions and rules differ, for an hour or a day.'),
          h('li', {}, 'Put it in force in one step, or take it back. Going back to an earlier version is one step too.')))];
  }
}

const problemsOf = problems => problems.length === 0 ? null
  : h('ul', {}, problems.map(problem => h('li', {}, `${problem.code}, line ${problem.line}, column ${problem.column}: ${problem.message}`)));

function reportOf(report) {
  if (!report) return [];
  const tile = (title, value, detail = '') => h('div', { class: 'tile' }, h('span', { class: 'muted' }, title), h('b', {}, number(value)), h('span', { class: 'muted' }, detail));
  const missed = [[report.skipped, 'skipped, as its share of time was used up'], [report.tooLong, 'too long'], [report.failed, 'it could not judge']]
    .filter(([count]) => count > 0).map(([count, why]) => `${number(count)} ${why}`);
  return [
    h('section', { class: 'card', 'aria-label': 'Report' }, h('div', { class: 'row title' }, h('h2', {}, 'What it would change'), h('span', { class: 'muted' }, `since ${time(report.since)} UTC`)),
      h('div', { class: 'tiles' }, tile('Judged by both', report.judged), tile('Different', report.different, share(report.different, report.judged)),
        tile('Stricter', report.stricter), tile('Looser', report.looser), tile('Milliseconds each', report.judged ? Math.round(10 * report.milliseconds / report.judged) / 10 : 0)),
      missed.length > 0 ? h('p', { class: 'muted' }, `Not judged: ${missed.join('; ')}.`) : null,
      report.judged === 0 ? h('p', {}, 'Nothing was judged yet: it waits for traffic.') : null,
      report.judged > 0 && report.different === 0 ? h('p', {}, 'No decision differs so far.') : null,
      report.decisions.length > 0 ? table('Decisions that change', ['Direction', 'In force', 'Candidate'], report.decisions.map(change =>
        [change.direction, chip(change.live), chip(change.candidate), change.count])) : null,
      report.rules.length > 0 ? table('Rules that differ', ['Rule', 'Direction', 'In force', 'Candidate'], report.rules.map(change =>
        [change.rule, change.direction, act(change.live), act(change.candidate), change.count])) : null),
    report.records.length > 0 ? newest(report.records) : null,
  ].filter(Boolean);
}

const act = word => word ? chip(word) : 'no match';

const table = (title, heads, rows) => [h('h3', {}, title), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, h('table', {},
  h('thead', {}, h('tr', {}, heads.map(head => h('th', {}, head)), h('th', { class: 'number' }, 'Count'))),
  h('tbody', {}, rows.map(row => h('tr', {}, row.slice(0, -1).map(cell => h('td', {}, cell)), h('td', { class: 'number' }, number(row.at(-1))))))))];

// What the policies in force let pass has no event to open.
function newest(records) {
  return h('section', { class: 'card' }, h('h2', {}, 'The newest differences'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'The newest differences' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Time (UTC)', 'Tenant', 'Client', 'Model', 'In force', 'Candidate', 'Rules'].map(head => h('th', {}, head)))),
    h('tbody', {}, records.slice(0, 50).map(({ facts, live, candidate, rules }) => h('tr', {},
      h('td', {}, live === 'allow' ? time(facts.time) : h('a', { href: `#/events?${new URLSearchParams({ request: facts.requestId })}` }, time(facts.time))),
      h('td', {}, facts.tenant), h('td', {}, facts.client), h('td', {}, facts.model), h('td', {}, chip(live)), h('td', {}, chip(candidate)),
      h('td', {}, rules.map(rule => rule.rule).join(', '))))))));
}

function proposal(refresh) {
  const text = h('textarea', { name: 'yaml', rows: 10, spellcheck: 'false', placeholder: 'policy: my-change\nversion: 1.0.0\nrules: …' });
  text.value = draft;
  const files = h('input', { type: 'file', multiple: true, accept: '.yaml' });
  const whole = h('input', { type: 'checkbox', name: 'whole' });
  const problem = h('div', { class: 'problem', role: 'alert' });
  const propose = async event => {
    event.preventDefault();
    problem.replaceChildren();
    try {
      const chosen = Object.fromEntries(await Promise.all([...files.files].map(async file => [file.name, await file.text()])));
      const name = /^policy:\s*["']?([A-Za-z0-9_-]{1,100})/m.exec(text.value)?.[1] ?? 'proposed';
      if (text.value.trim()) chosen[`${name}.yaml`] = text.value;
      if (Object.keys(chosen).length === 0) { problem.append('Write a policy or choose files first.'); return; }
      const answer = await call('/api/policies/candidate', 'PUT', { whole: whole.checked, files: chosen });
      draft = text.value;
      notice(answer.state === 'refused' ? 'It has errors and does not run.' : 'Proposed.');
      await refresh();
      document.getElementById('main').focus();
      scrollTo(0, 0);
    } catch (failed) {
      problem.append(failed.message);
    }
  };
  return h('section', { class: 'card' }, h('details', { open: draft !== '' }, h('summary', {}, h('h2', {}, 'Propose a candidate')),
    h('form', { onsubmit: propose },
      h('p', { class: 'muted' }, 'A document replaces the one of its name in force, or is added. A candidate that runs already is replaced.'),
      h('label', { class: 'wide' }, 'A policy (YAML)', text),
      h('div', { class: 'row' }, h('label', {}, 'or files', files), h('label', { class: 'check' }, whole, 'these are all the policies, the others go'),
        h('button', { class: 'main', type: 'submit' }, 'Propose')), problem)));
}

async function promotes(candidate, report, refresh) {
  const judged = report ? `${number(report.judged)} prompts and outputs were judged by both; ${number(report.different)} differ, ${number(report.looser)} of them looser.` : 'Nothing was judged yet.';
  if (!await ask('Put the candidate in force?', [judged, 'It counts for the next request. Streams under way end as they began. One step leads back.'], 'Put in force')) return;
  await attempt(refresh, async () => {
    const change = await call('/api/policies/candidate/promote', 'POST', { digest: candidate.digest });
    return change.applied ? `In force: ${short(change.digest)}.` : 'It was refused: see the problems of the policies in force.';
  });
}

async function drops(refresh) {
  if (!await ask('Take the candidate back?', ['It stops judging, and its report goes. Nothing in force changes.'], 'Take back')) return;
  await attempt(refresh, async () => { await call('/api/policies/candidate', 'DELETE'); return 'Taken back.'; });
}

async function attempt(refresh, work) {
  try {
    notice(await work());
  } catch (problem) {
    notice(problem.message);
  }
  await refresh();
}

const ORIGINS = { folder: 'the policy folder', promotion: 'promotion', rollback: 'rollback', 'last-good': 'last good version' };

function versionsOf({ current, versions }, refresh) {
  const back = version => async () => {
    if (!await ask(`Go back to ${short(version.digest)}?`, [`It was in force from ${time(version.appliedAt)} UTC: ${version.policies.length} policies. It counts for the next request.`], 'Go back')) return;
    await attempt(refresh, async () => {
      const change = await call('/api/policies/rollback', 'POST', { digest: version.digest });
      return change.applied ? `In force: ${short(change.digest)}.` : 'This version was refused: it does not fit this proxy any more.';
    });
  };
  return [h('section', { class: 'card' }, h('h2', {}, 'Versions that were in force'),
    versions.length === 0 ? h('p', { class: 'muted' }, 'None is known yet.') : h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Versions that were in force' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Version', 'Since (UTC)', 'By', 'Policies', ''].map(head => h('th', {}, head)))),
      h('tbody', {}, [...versions].reverse().map(version => h('tr', {},
        h('td', {}, h('code', {}, short(version.digest)), ' ', version.digest === current ? chip('in force') : null), h('td', {}, time(version.appliedAt)), h('td', {}, ORIGINS[version.origin] ?? version.origin),
        h('td', {}, h('details', {}, h('summary', {}, number(version.policies.length)), version.policies.join(', '))),
        h('td', {}, may('admin') && version.digest !== current ? h('button', { type: 'button', onclick: back(version), 'aria-label': `Go back to ${short(version.digest)}` }, 'Go back …') : null)))))))];
}
