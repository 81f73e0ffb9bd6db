import { call, current, may } from './api.js';
import { h, notice, number } from './dom.js';

/** Events chosen in a list, and a bar of what can be done with all of them at once; only reviewers see either. */
export function selection(done) {
  const ids = new Set();
  const count = h('span', { role: 'status' });
  const bar = h('div', { class: 'card row', hidden: true, role: 'group', 'aria-label': 'With the chosen events' });
  const draw = () => {
    count.textContent = `${number(ids.size)} chosen`;
    bar.hidden = ids.size === 0;
  };
  const act = change => async () => {
    try {
      const answer = await call('/api/reviews', 'POST', { events: [...ids], ...change });
      notice(`Recorded for ${number(answer.count)}.`);
      done();
    } catch (problem) {
      notice(problem.message);
    }
  };
  bar.append(count,
    h('button', { type: 'button', onclick: act({ assign: current().name }) }, 'Assign to me'),
    h('button', { type: 'button', onclick: act({ assign: '' }) }, 'Assign to nobody'),
    h('button', { type: 'button', onclick: act({ disposition: 'confirmed' }) }, 'The policy was right'),
    h('button', { type: 'button', onclick: act({ disposition: 'false-positive' }) }, 'False positive'));
  return { bar, set: (id, on) => { if (on) ids.add(id); else ids.delete(id); draw(); } };
}

/** The box that chooses one event; x toggles it in a list that is walked by keyboard. */
export function pick(event, chosen, name) {
  if (!may('reviewer')) return null;
  const box = h('input', { type: 'checkbox', class: 'pick', 'aria-label': `Choose ${name}`, onchange: () => chosen.set(event.record.id, box.checked) });
  return box;
}
