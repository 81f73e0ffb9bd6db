import { call, may } from './api.js';
import { h } from './dom.js';

// The key stays in this page: never sent, never stored, not exportable once read. Leaving the console forgets it.
let key = null;

// Texts opened in this page, by record: so that an exception can name the value.
const opened = new Map();

/** The value of a record's first finding, when its evidence has been opened here; else null. */
export function openedValue(record) {
  const finding = record.findings[0];
  const text = finding && opened.get(record.id)?.get(finding.path);
  return text ? text.text.slice(finding.start - text.start, finding.start - text.start + finding.length) : null;
}

/** What policies kept of the text, sealed; opened here with the security team's private key. */
export function evidenceSection(record) {
  if (!record.evidence?.length) return null;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const texts = h('div', {});
  const file = h('input', { type: 'file', accept: '.key,.pem' });
  const open = async () => {
    problem.textContent = '';
    try {
      if (file.files.length > 0) key = await readKey(await file.files[0].text());
      if (!key) { problem.textContent = 'Choose the private key file first.'; return; }
      const answer = await call(`/api/events/${record.id}/evidence`, 'POST');
      const found = [];
      for (const evidence of answer.evidence) found.push(await openOne(evidence, answer.requestId));
      opened.set(record.id, new Map(found.map((text, i) => [answer.evidence[i].path, text])));
      texts.replaceChildren(...found.map((text, i) => shown(record, answer.evidence[i], text)));
    } catch (failed) {
      problem.textContent = failed.name === 'OperationError'
        ? 'This key does not open it: it was sealed to another one, or altered.' : failed.message;
    }
  };
  return h('section', { class: 'card' }, h('h2', {}, 'Evidence'),
    h('p', { class: 'muted' }, `${record.evidence.length} ${record.evidence.length === 1 ? 'text was' : 'texts were'} kept, sealed to key ${record.evidence[0].key}. `
      + 'Opening happens in this browser; the key is not sent anywhere. That you fetch it is noted.'),
    may('reviewer') ? h('div', { class: 'row no-print' }, h('label', {}, 'Private key', file), h('button', { type: 'button', onclick: open }, 'Open')) : h('p', {}, 'Reviewers can open it.'),
    problem, texts);
}

async function readKey(pem) {
  const body = /-----BEGIN PRIVATE KEY-----([\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----/.exec(pem);
  if (!body) throw new Error('The file holds no private key in PEM, as "edgefilter keys evidence" makes it.');
  return crypto.subtle.importKey('pkcs8', bytes(body[1].replace(/\s/g, '')), { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
    .catch(() => { throw new Error('The file holds no private key on P-256.'); });
}

const bytes = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));

// As src/Proxy/BlockLog/Evidence/EvidenceFormat.cs describes it.
async function openOne(evidence, requestId) {
  const sealed = bytes(evidence.sealed);
  if (sealed.length < 83 || sealed[0] !== 1) throw new Error('This evidence is of a kind that this page does not know.');
  const point = sealed.slice(1, 66);
  const publicKey = await crypto.subtle.importKey('raw', point, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, key, 256);
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(`edgefilter evidence/1\0${evidence.key}\0${requestId}`);
  const derived = new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: point, info }, material, 352));
  const cipher = await crypto.subtle.importKey('raw', derived.slice(0, 32), 'AES-GCM', false, ['decrypt']);
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: derived.slice(32) }, cipher, sealed.slice(66));
  return JSON.parse(new TextDecoder().decode(plain));
}

// Masked until asked: whoever looks over a shoulder sees what surrounds a value, and its length.
function shown(record, evidence, { start, text }) {
  const pre = h('pre', { tabindex: 0 });
  const findings = record.findings.filter(finding => finding.path === evidence.path);
  const known = allKnown(record) ? text.length : endOf(findings, start);
  let masked = true;
  const draw = () => pre.replaceChildren(...(masked
    ? [...marked(findings, start, text.slice(0, known), true), known < text.length ? h('span', { class: 'muted' }, ' … what follows may hold values whose place the record does not have') : '']
    : marked(findings, start, text, false)));
  const button = h('button', { type: 'button', 'aria-pressed': 'false', class: 'no-print', onclick: () => {
    masked = !masked;
    button.setAttribute('aria-pressed', String(!masked));
    draw();
  } }, 'Show values');
  draw();
  return h('div', {}, h('div', { class: 'row' }, h('span', { class: 'muted' }, `${evidence.path} (${evidence.role})`), button), pre);
}

// A record counts all that was found and has the places of the first ones only: behind those, nobody knows what to mask.
const allKnown = record => record.entities.filter(entity => !entity.entity.startsWith('classifier:')).reduce((sum, entity) => sum + entity.count, 0) <= record.findings.length;
const endOf = (findings, start) => Math.max(0, ...findings.map(finding => finding.start + finding.length - start));

// Findings may overlap, and one may have begun before the piece that was kept: every character of each is masked.
function marked(findings, start, text, masked) {
  const parts = [];
  let at = 0;
  for (const finding of [...findings].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, finding.start - start);
    const to = Math.min(finding.start - start + finding.length, text.length);
    if (to <= from) continue;
    parts.push(text.slice(at, from), h('mark', { title: finding.entity }, masked ? '▪'.repeat(to - from) : text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
}
