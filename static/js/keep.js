// What is kept on this phone: drafts (not finished) and unsent items (finished, waiting for a signal).
// Both live in IndexedDB, photos and all. Where it is missing, full, or gone to sleep with the phone, every call
// answers null: then things are sent at once or stay in the form.

import { ask, say } from './page.js';

const NAME = 'mashang';
const OPENS_WITHIN_MS = 3000; // some browsers never say whether it opens
const FLAG = 'mashang-unsent'; // how many wait, so that a page with nothing to send loads nothing

function open() {
  return new Promise((resolve) => {
    let request;
    try {
      request = indexedDB.open(NAME, 1);
    } catch (error) {
      return resolve(null);
    }
    request.onupgradeneeded = () => {
      request.result.createObjectStore('drafts');
      request.result.createObjectStore('unsent');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
    setTimeout(() => resolve(null), OPENS_WITHIN_MS);
  });
}

let opened = null;

async function run(store, mode, work) {
  opened = opened || open();
  const base = await opened;
  if (!base) return null;
  return new Promise((resolve) => {
    const moment = base.transaction(store, mode);
    const request = work(moment.objectStore(store));
    moment.oncomplete = () => resolve(request.result === undefined ? true : request.result);
    moment.onerror = moment.onabort = () => resolve(null);
  }).catch(() => {
    opened = null; // the connection was closed under the page: the next call opens it anew
    return null;
  });
}

export const draft = {
  keep: (name, value) => run('drafts', 'readwrite', (all) => all.put(value, name)),
  find: async (name) => {
    const found = await run('drafts', 'readonly', (all) => all.get(name));
    return found === true ? null : found;
  },
  drop: (name) => run('drafts', 'readwrite', (all) => all.delete(name)),
};

export const unsent = {
  keep: async (item) => {
    const kept = await run('unsent', 'readwrite', (all) => all.put(item, item.key));
    await count();
    return kept !== null;
  },
  all: async () => {
    const found = await run('unsent', 'readonly', (all) => all.getAll());
    return Array.isArray(found) ? found.sort((a, b) => a.since - b.since) : [];
  },
  drop: async (key) => {
    await run('unsent', 'readwrite', (all) => all.delete(key));
    return count();
  },
};

async function count() {
  const number = (await unsent.all()).length;
  try {
    if (number) localStorage.setItem(FLAG, String(number));
    else localStorage.removeItem(FLAG);
  } catch (error) {
    return number;
  }
  return number;
}

export function newKey() {
  if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => ('0' + byte.toString(16)).slice(-2)).join('');
}

// Sending, each thing once: the key of an item never changes, so the server knows it again.
// Photos go first, one by one; the body is frozen before it is tried, so a second try is the same request.

export const SENT = 'sent', WAITS = 'waits', REFUSED = 'refused';
export const PATIENCE_MS = 90000;

// One page at a time sends; the browser lets go of the lock when a page is killed.
const alone = (work) => (navigator.locks ? navigator.locks.request('mashang', work) : work());

// Who looks at this page; what one person wrote is never sent as another's.
const who = document.documentElement.getAttribute('data-who') || '';
const anothers = (item) => Boolean(item.who) && item.who !== who;

// Keep an item: false where it could not be. Then it is with the person still, and whoever cannot send it must say so.
export const keep = (item) => unsent.keep(Object.assign(item, { who, since: Date.now() }));

// Send what was kept; the answer says what became of it.
export const sendNow = (item, ready) => alone(async () => {
  await ready();
  return send(item);
});

async function send(item) {
  try {
    for (const photo of item.photos) {
      if (photo.id) continue;
      const answer = await post('/m/v1/photos', photo.key, photoBody(photo), false);
      if (answer.status !== 201) return verdict(answer, item);
      photo.id = (await answer.json()).id;
      await unsent.keep(item);
    }
    if (!item.frozen) {
      item.frozen = JSON.stringify(withPhotos(item));
      await unsent.keep(item);
    }
    const answer = await post(item.url, item.key, item.frozen, true);
    if (!answer.ok) return verdict(answer, item);
    const said = await answer.json(); // cut off, or the page of somebody else's network: it is not sent
    await unsent.drop(item.key);
    return { outcome: SENT, answer: said };
  } catch (error) {
    return { outcome: WAITS, offline: true };
  }
}

// Try everything that waits, oldest first. Calls `told(item, result)` for each.
const flush = (told) => alone(async () => {
  if (navigator.onLine === false) return;
  for (const item of await unsent.all()) {
    if (item.refused || anothers(item)) continue;
    const result = await send(item);
    if (result.outcome === REFUSED) {
      item.refused = result.problem.detail;
      await unsent.keep(item);
    }
    told(item, result);
    if (result.offline) return;
  }
});

function photoBody(photo) {
  const body = new FormData();
  body.append('photo', photo.blob, 'photo.jpg');
  return body;
}

function withPhotos(item) {
  const ids = item.photos.map((photo) => photo.id);
  if (!ids.length) return item.body;
  if (item.body.given) return Object.assign({}, item.body, { given: Object.assign({}, item.body.given, { photos: ids }) });
  return Object.assign({}, item.body, { photos: ids });
}

function post(url, key, body, json) {
  const headers = { 'Idempotency-Key': key, Accept: 'application/json' };
  if (json) headers['Content-Type'] = 'application/json';
  return ask(url, { method: 'POST', headers, body }, PATIENCE_MS);
}

// Busy servers and limits are waited for, and signing in again; anything else the server says no to, the person must
// see: 507 as well, no room for photos, because without them the report would be taken.
async function verdict(answer, item) {
  const problem = await answer.json().catch(() => ({ detail: '' }));
  const waits = [401, 429].includes(answer.status) || (answer.status >= 500 && answer.status !== 507);
  if (waits && item.why !== problem.detail) await unsent.keep(Object.assign(item, { why: problem.detail }));
  return { outcome: waits ? WAITS : REFUSED, status: answer.status, problem };
}

// Say loudly what has not left this phone yet, send it, and say what became of it.

const band = document.getElementById('unsent');

export async function show() {
  if (!band) return;
  const items = await unsent.all();
  const refused = items.filter((item) => item.refused);
  const others = items.filter((item) => !item.refused && anothers(item)).length;
  const waits = items.filter((item) => !item.refused && !anothers(item));
  const lines = band.querySelector('div');
  lines.textContent = '';
  if (waits.length) line(lines, say('unsent', { count: waits.length }));
  new Set(waits.map((item) => item.why)).forEach((why) => why && line(lines, why));
  if (waits.length && navigator.onLine !== false) button(lines, say('send_now', {}), flushNow);
  if (others) line(lines, say('unsent_of_others', { count: others }));
  refused.forEach((item) => {
    line(lines, say('refused', { detail: item.refused }));
    line(lines, [item.title].concat(written(item.body)).join('：'));
    button(lines, say('send_now', {}), () => unsent.keep(Object.assign(item, { refused: '' })).then(flushNow));
    button(lines, say('drop', {}), () => unsent.drop(item.key).then(show));
  });
  band.className = 'band ' + (refused.length ? 'bad' : 'told');
  band.hidden = !items.length;
}

// The words a person wrote, among what was chosen from lists.
const written = (body) => Object.values(body.given || { text: body.text }).filter((value) => /[^ -~]/.test(value || ''));

let busy = false;

export async function flushNow() {
  if (busy) return;
  busy = true;
  await show();
  const sent = [];
  try {
    await flush((item, result) => {
      if (result.outcome === SENT) sent.push([item, result.answer]);
    });
  } finally {
    busy = false;
  }
  await show();
  sent.forEach(([item, answer]) => tell(item, answer));
}

function tell(item, answer) {
  if (!band) return;
  const lines = band.querySelector('div');
  line(lines, say('sent', { title: item.title }));
  const link = document.createElement('a');
  const number = answer.number || item.number;
  const its = number ? '/cases/' + number + (answer.key ? '?key=' + encodeURIComponent(answer.key) : '') : '/conversations/' + answer.id;
  link.href = item.look || its;
  link.textContent = say('look', {});
  lines.appendChild(link);
  band.className = 'band ok';
  band.hidden = false;
}

function line(where, text) {
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  where.appendChild(paragraph);
}

function button(where, text, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button';
  made.textContent = text;
  made.addEventListener('click', press);
  where.appendChild(made);
}

window.addEventListener('offline', show);
window.addEventListener('storage', show); // another page sent it
