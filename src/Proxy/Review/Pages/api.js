let session = null;
let oidc = false;

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const current = () => session;
export const hasOidc = () => oidc;
export const may = role => session && ROLES.indexOf(session.role) >= ROLES.indexOf(role);
export const ROLES = ['viewer', 'reviewer', 'author', 'admin'];

export async function call(path, method = 'GET', body = undefined, signal = undefined) {
  const headers = {};
  if (method !== 'GET') headers['X-CSRF-Token'] = session?.csrfToken ?? 'signed-out';
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, {
    method, headers, signal, credentials: 'same-origin', body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  if (response.status === 401 && session) session = null;
  throw new Refused(response.status, answer.problem ?? `The console answered ${response.status}.`);
}

export async function readSession() {
  const answer = await call('/api/session');
  session = answer.name ? answer : null;
  oidc = Boolean(answer.oidc);
  return answer;
}

export const signIn = async (name, password) => { session = await call('/api/session', 'POST', { name, password }); };
export const setUp = async (token, name, password) => { session = await call('/api/setup', 'POST', { token, name, password }); };
export const changePassword = async (old, next) => { session = await call('/api/password', 'POST', { old, new: next }); };
export const signOut = async () => { await call('/api/session', 'DELETE'); session = null; };
