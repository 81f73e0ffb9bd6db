// Elements are built, never parsed: text stays text, whatever it says.
const SVG = 'http://www.w3.org/2000/svg';

export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function s(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

let loading = 0;

/** Says that a page is under way, unless it is there at once. */
export function showSoon(title) {
  clearTimeout(loading);
  loading = setTimeout(() => show(h('h1', {}, title), h('p', { class: 'muted', role: 'status' }, 'Loading…')), 300);
}

export function show(...children) {
  clearTimeout(loading);
  const main = document.getElementById('main');
  main.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return main;
}

export function notice(text) {
  const line = h('p', {}, text);
  document.getElementById('notice').append(line);
  setTimeout(() => line.remove(), 6000);
}

export const number = value => Number(value).toLocaleString('en');
export const count = (value, one) => `${number(value)} ${one}${value === 1 ? '' : 's'}`;
export const time = text => text ? new Date(text).toISOString().replace('T', ' ').slice(0, 19) : '–';
export const chip = word => h('span', { class: `chip ${/^[a-z-]+$/.test(word) ? word : ''}` }, word);

export async function copy(text) {
  await navigator.clipboard.writeText(text);
  notice('Copied.');
}

/** Asks before something that changes what is in force; true when the answer is yes. Escape is no. */
export const ask = (title, sentences, yes) => dialog(title, sentences.map(sentence => h('p', {}, sentence)), yes);

/** Asks for a line of text; null when there is none. */
export async function askFor(title, label, yes) {
  const input = h('input', { name: 'answer', required: true, maxlength: 100, autofocus: true });
  return await dialog(title, [h('label', { class: 'wide' }, label, input)], yes) ? input.value.trim() || null : null;
}

function dialog(title, content, yes) {
  return new Promise(resolve => {
    const element = h('dialog', { 'aria-labelledby': 'ask', onclose: () => { element.remove(); resolve(element.returnValue === 'yes'); } },
      h('form', { method: 'dialog' }, h('h2', { id: 'ask' }, title), content,
        h('div', { class: 'row' }, h('button', { class: 'main', value: 'yes' }, yes), h('button', { value: 'no', formnovalidate: true }, 'Cancel'))));
    document.body.append(element);
    element.showModal();
  });
}
