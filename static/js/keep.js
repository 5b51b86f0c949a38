// What is kept on this phone: drafts (not finished) and unsent items (finished, waiting for a signal).
// Both live in IndexedDB, photos and all; where it is missing every call answers null and pages work as plain forms.

const NAME = 'mashang';
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
const LEASE = 'mashang-sending';
const LEASE_MS = 60000;

// Send one item now; the answer says what became of it.
export async function send(item) {
  try {
    for (const photo of item.photos) {
      if (photo.id) continue;
      const answer = await post('/m/v1/photos', photo.key, photoBody(photo), false);
      if (answer.status !== 201) return verdict(answer);
      photo.id = (await answer.json()).id;
      await unsent.keep(item);
    }
    if (!item.frozen) {
      item.frozen = JSON.stringify(withPhotos(item));
      await unsent.keep(item);
    }
    const answer = await post(item.url, item.key, item.frozen, true);
    if (answer.ok) {
      await unsent.drop(item.key);
      return { outcome: SENT, answer: await answer.json() };
    }
    return verdict(answer);
  } catch (error) {
    return { outcome: WAITS, offline: true };
  }
}

// Try everything that waits, oldest first; only one page at a time. Calls `told(item, result)` for each.
export async function flush(told) {
  if (navigator.onLine === false || !lease()) return;
  try {
    for (const item of await unsent.all()) {
      if (item.refused) continue;
      const result = await send(item);
      if (result.outcome === REFUSED) {
        item.refused = result.problem.detail;
        await unsent.keep(item);
      }
      told(item, result);
      if (result.offline) return;
    }
  } finally {
    release();
  }
}

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
  return fetch(url, { method: 'POST', headers, body, credentials: 'same-origin' });
}

// Busy servers and limits are waited for; anything else the server says no to, the person must see.
async function verdict(answer) {
  if (answer.status === 429 || answer.status >= 500) return { outcome: WAITS };
  const problem = await answer.json().catch(() => ({ detail: '' }));
  return { outcome: REFUSED, status: answer.status, problem };
}

function lease() {
  try {
    const held = Number(localStorage.getItem(LEASE) || 0);
    if (Date.now() - held < LEASE_MS) return false;
    localStorage.setItem(LEASE, String(Date.now()));
  } catch (error) {
    return true;
  }
  return true;
}

function release() {
  try {
    localStorage.removeItem(LEASE);
  } catch (error) {
    return;
  }
}
