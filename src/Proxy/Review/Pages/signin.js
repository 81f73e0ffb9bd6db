import { hasOidc, setUp, signIn } from './api.js';
import { h, show } from './dom.js';

const REASONS = {
  failed: 'Signing in with the organisation did not work. Try again, or ask who runs this proxy.',
  'not-allowed': 'Your account is known, but no role of this console belongs to it.',
};

function form(title, hint, button, autocomplete, submit, ...more) {
  const problem = h('p', { class: 'problem', role: 'alert' });
  const name = h('input', { name: 'name', autocomplete: 'username', required: true, maxlength: 64 });
  const password = h('input', { name: 'password', type: 'password', autocomplete, required: true, maxlength: 256 });
  const element = h('form', { class: 'form card', onsubmit: async event => {
    event.preventDefault();
    problem.textContent = '';
    try {
      await submit(name.value, password.value);
    } catch (refused) {
      problem.textContent = refused.message;
      password.value = '';
      password.focus();
    }
  } },
  h('h1', {}, title), h('p', { class: 'muted' }, hint),
  h('label', {}, 'Name', name), h('label', {}, 'Password', password), problem,
  h('button', { class: 'main', type: 'submit' }, button), ...more);
  show(element);
  name.focus();
}

export function signInPage(done, reason) {
  document.title = 'Sign in · EdgeFilter';
  form('Sign in', 'The console of this proxy. Everything done here is recorded.', 'Sign in', 'current-password', async (name, password) => {
    await signIn(name, password);
    done();
  },
  REASONS[reason] ? h('p', { class: 'problem', role: 'alert' }, REASONS[reason]) : null,
  hasOidc() ? h('a', { class: 'button', href: '/api/session/oidc' }, 'Sign in with the organisation') : null);
}

export function setUpPage(token, done) {
  document.title = 'First account · EdgeFilter';
  form('First account', 'It administers this console. A password has at least 12 characters.', 'Create', 'new-password', async (name, password) => {
    await setUp(token, name, password);
    done();
  });
}
