import { call, changePassword, current, may, ROLES } from './api.js';
import { h, show, notice, time } from './dom.js';

export async function accountsPage(parameters, signal) {
  const accounts = may('admin') ? await call('/api/accounts', 'GET', undefined, signal) : [];
  draw(accounts);
}

function draw(accounts) {
  show(h('h1', {}, 'Accounts'), may('admin') ? [list(accounts), create()] : null, password());
}

const attempt = work => async event => {
  event?.preventDefault();
  try { await work(event); } catch (problem) { notice(problem.message); }
};

function list(accounts) {
  return h('section', { class: 'card scroll', tabindex: 0, 'aria-label': 'Accounts' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Name', 'Role', 'Since', 'Remove'].map(title => h('th', {}, title)))),
    h('tbody', {}, accounts.map(account => h('tr', {}, h('td', {}, account.name),
      h('td', {}, account.name === current().name ? account.role : roles(account.role, `Role of ${account.name}`, event => attempt(async () =>
        draw(await call(`/api/accounts/${encodeURIComponent(account.name)}`, 'PUT', { role: event.target.value })))())),
      h('td', {}, time(account.created)),
      h('td', {}, account.name === current().name ? 'you' : h('button', { type: 'button', onclick: attempt(async () => {
        if (confirm(`Remove ${account.name}?`)) draw(await call(`/api/accounts/${encodeURIComponent(account.name)}`, 'DELETE'));
      }) }, 'Remove')))))));
}

const roles = (chosen, label, onchange) =>
  h('select', { 'aria-label': label, onchange }, ROLES.map(role => h('option', { value: role, selected: role === chosen }, role)));

function create() {
  const name = h('input', { required: true, maxlength: 64, autocomplete: 'off' });
  const secret = h('input', { type: 'password', required: true, minlength: 12, maxlength: 256, autocomplete: 'new-password' });
  const role = roles('viewer', 'Role');
  return h('section', { class: 'card' }, h('h2', {}, 'New account'), h('form', { class: 'form', onsubmit: attempt(async () =>
    draw(await call('/api/accounts', 'POST', { name: name.value, password: secret.value, role: role.value }))) },
  h('label', {}, 'Name', name), h('label', {}, 'First password', secret), h('label', {}, 'Role', role),
  h('p', { class: 'muted' }, 'Viewers read, reviewers also mark and comment, authors also try policies and propose candidates, admins also put policies in force and keep accounts.'),
  h('button', { class: 'main', type: 'submit' }, 'Create')));
}

function password() {
  const old = h('input', { type: 'password', required: true, autocomplete: 'current-password' });
  const next = h('input', { type: 'password', required: true, minlength: 12, maxlength: 256, autocomplete: 'new-password' });
  return h('section', { class: 'card' }, h('h2', {}, 'Your password'), h('form', { class: 'form', onsubmit: attempt(async () => {
    await changePassword(old.value, next.value);
    old.value = next.value = '';
    notice('Changed. Other browsers are signed out.');
  }) }, h('label', {}, 'Old password', old), h('label', {}, 'New password', next), h('button', { type: 'submit' }, 'Change')));
}
