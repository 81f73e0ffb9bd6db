import { chip, h, s, number, time } from './dom.js';

export const ACTIONS = ['block', 'reroute', 'pseudonymise', 'hash', 'redact', 'mask', 'log', 'allow'];

const total = bucket => Object.values(bucket.actions).reduce((sum, count) => sum + count, 0);

/** Stacked bars over time, and the same numbers as a table for those who can't see bars. */
export function timeline(buckets) {
  const most = Math.max(1, ...buckets.map(total));
  const width = 100 / buckets.length;
  const bars = buckets.flatMap((bucket, i) => {
    let top = 100;
    return ACTIONS.filter(action => bucket.actions[action]).map(action => {
      const height = 100 * bucket.actions[action] / most;
      top -= height;
      return s('rect', { class: action, x: i * width + width * 0.1, y: top, width: width * 0.8, height },
        s('title', {}, `${time(bucket.start)} UTC: ${number(bucket.actions[action])} ${action}`));
    });
  });
  const busy = buckets.filter(bucket => total(bucket) > 0);
  return h('figure', { class: 'figure' },
    s('svg', { class: 'chart', viewBox: '0 0 100 100', preserveAspectRatio: 'none', role: 'img', 'aria-label': `Decisions over time, at most ${number(most)} in one bar` }, ...bars),
    h('div', { class: 'legend', 'aria-hidden': 'true' }, ACTIONS.filter(action => buckets.some(bucket => bucket.actions[action])).map(chip)),
    h('figcaption', { class: 'muted' }, `${time(buckets[0]?.start)} to now, UTC; the tallest bar is ${number(most)}.`),
    h('details', { class: 'no-print' }, h('summary', {}, 'As a table'),
      h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, 'From (UTC)'), h('th', { class: 'number' }, 'Decisions'))),
        h('tbody', {}, busy.map(bucket => h('tr', {}, h('td', {}, time(bucket.start)), h('td', { class: 'number' }, number(total(bucket)))))))));
}

/** Names with counts; each leads to the events behind it. */
export function ranking(title, field, counts, since) {
  const most = Math.max(1, ...counts.map(entry => entry.count));
  return h('section', { class: 'card' }, h('h2', {}, title),
    counts.length === 0 ? h('p', { class: 'muted' }, 'None in this time.') : h('table', {}, h('tbody', {}, counts.map(entry => h('tr', {},
      h('td', {}, h('a', { href: `#/events?${new URLSearchParams({ [field]: entry.text, since })}` }, entry.text),
        s('svg', { class: 'small', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
          s('rect', { class: 'bar', x: 0, y: 2, height: 4, width: 100 * entry.count / most }))),
      h('td', { class: 'number' }, number(entry.count)))))));
}
