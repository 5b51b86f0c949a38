// 留言: what is said appears at once; what cannot be sent waits on this phone and is sent once.

import { ask, say } from './page.js';
import { redraw, put } from './fresh.js';
import { drawn } from './said.js';
import { keep, sendNow, flushNow, show as showUnsent, unsent, newKey, SENT, REFUSED } from './keep.js';
import { photoField, settled } from './photos.js';

const talk = document.getElementById('talk');
const id = talk.getAttribute('data-conversation'), back = talk.getAttribute('data-back');
const address = '/m/v1/conversations/' + id;
const wire = document.getElementById('wire'), newest = document.getElementById('newest');
const POLL_MS = 5000, SLOWEST_MS = 30000, QUIET_MS = 60000;
let last = Number(talk.getAttribute('data-last'));
let seen = Number(newest.getAttribute('data-seen'));
let failed = 0; // connections in a row that did not open: then the socket is blocked here
let heard = 0;
let waits = 1000, timer = 0; // until it is tried again
let shown = talk.getAttribute('data-stand');
let fetching = null;

// What is new is shown in order, each once. A gap is filled from the list before anything goes on.
function take(message) {
  if (message.seq <= last) return null;
  if (message.seq > last + 1) return fetchNew();
  last = message.seq;
  talk.appendChild(drawn(message, id, back, talk.getAttribute('data-zone')));
  tellRead(message);
  if (message.emergency) drawAnew();
  return null;
}

function fetchNew() {
  fetching = fetching || (async () => {
    try {
      let more = true;
      while (more) {
        const answer = await ask(address + '/messages?after=' + last);
        if (!answer.ok) return;
        const page = await answer.json();
        page.items.forEach((message) => message.seq === last + 1 && take(message));
        more = page.next !== undefined && page.items.length > 0;
      }
      if (failed > 2) wire.textContent = ''; // it is asked for, and comes
    } catch (error) {
      wire.textContent = say('talk_away');
    } finally {
      fetching = null;
    }
  })();
  return fetching;
}

// Whoever looks has read it.
function tellRead(message) {
  mark();
  if (!message.who.me && !document.hidden) read();
  const line = talk.lastElementChild;
  if (line && line.scrollIntoView) line.scrollIntoView({ block: 'nearest' });
}

function read() {
  const body = JSON.stringify({ seq: last });
  fetch(address + '/read', { method: 'POST', body, headers: { 'Content-Type': 'application/json' }, credentials: 'same-origin' }).catch(() => 0);
}

function mark() {
  const spoken = talk.querySelectorAll('.me, .them'), line = spoken[spoken.length - 1];
  const mine = line && line.className === 'me';
  newest.textContent = !mine ? '' : seen >= Number(line.getAttribute('data-seq')) ? say('talk_seen') : say('talk_sent');
}

// How it stands and what may be done now, as the server draws it, at the latest when somebody looks again.
async function drawAnew() {
  const page = document.hidden ? null : await redraw(back, ['stand', 'alarm']);
  if (!page) return;
  const stands = page.getElementById('talk').getAttribute('data-stand');
  if (stands !== shown) put('acts', page);
  shown = stands;
  seen = Number(page.getElementById('newest').getAttribute('data-seen'));
  mark();
}

document.addEventListener('visibilitychange', () => document.hidden || (read(), fetchNew(), drawAnew()));

// Live: a ticket, a socket, and after a break the same again from the last number.
async function listen() {
  let socket = null;
  timer = 0;
  try {
    const body = JSON.stringify({ conversation_id: id });
    const answer = await ask('/m/v1/live/ticket', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }, 8000);
    if (answer.status === 404 || answer.status === 401) { // handed on, ended long ago, or signed out
      wire.textContent = (await answer.json()).detail;
      return;
    }
    if (!answer.ok) throw new Error('no ticket');
    const ticket = (await answer.json()).ticket;
    socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/m/v1/live?ticket=' + encodeURIComponent(ticket) + '&after=' + last);
  } catch (error) {
    failed += 1;
    return again();
  }
  let opened = false, over = false;
  heard = Date.now();
  const quiet = setInterval(() => Date.now() - heard > QUIET_MS && end(), POLL_MS);
  const end = () => {
    if (over) return;
    over = true;
    clearInterval(quiet);
    window.removeEventListener('offline', end);
    socket.close();
    if (!opened) failed += 1;
    again();
  };
  window.addEventListener('offline', end);
  socket.onopen = () => {
    opened = true;
    failed = 0;
    wire.textContent = '';
    flushNow();
  };
  socket.onmessage = (event) => {
    heard = Date.now();
    const told = JSON.parse(event.data);
    if (told.type === 'message') take(told.message);
    if (told.type === 'state') {
      seen = told.seen;
      mark();
      const form = document.getElementById('speak');
      if (form) form.hidden = !told.may.includes('say');
      if ([told.state].concat(told.may).join(' ') !== shown) drawAnew();
    }
  };
  socket.onclose = socket.onerror = end;
}

function again() {
  if (failed < 3) wire.textContent = say('talk_away');
  waits = failed ? Math.min(SLOWEST_MS, waits * 2) : 1000;
  timer = setTimeout(listen, waits * (.5 + Math.random() / 2));
}
window.addEventListener('online', () => {
  waits = 1000;
  fetchNew();
  if (!timer) return;
  clearTimeout(timer);
  listen();
});
setInterval(() => failed > 2 && !document.hidden && (fetchNew(), drawAnew()), POLL_MS); // the socket is blocked: ask
listen();

// Writing: kept first, then sent; its key stays, so it is said once however often it is tried.
const form = document.getElementById('speak');
if (form) {
  const field = form.querySelector('[name=text]');
  const photos = photoField(form.querySelector('[data-photos]'), say, () => 0);
  let again = ''; // the key of what could neither be sent nor kept
  form.querySelectorAll('[name=canned]').forEach((button) => button.addEventListener('click', (event) => {
    event.preventDefault();
    field.value = [field.value.trim(), button.textContent].filter(Boolean).join('\n'); // what was typed stays
    field.focus();
  }));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    form.removeAttribute('data-sending');
    if (form.hasAttribute('data-busy')) return;
    form.setAttribute('data-busy', '');
    await photos.ready();
    const text = field.value.trim(), list = photos.list.slice();
    if (!text && !list.length) return form.removeAttribute('data-busy');
    const item = { key: again || newKey(), title: form.getAttribute('data-title'), number: '', photos: list, look: back, url: address + '/messages', body: { text } };
    const safe = await keep(item);
    const result = await sendNow(item, () => settled(list));
    form.removeAttribute('data-busy');
    again = '';
    if (result.outcome === REFUSED) {
      await unsent.drop(item.key);
      wire.textContent = result.problem.detail;
      return;
    }
    if (result.outcome !== SENT && !safe) {
      again = item.key;
      wire.textContent = (result.problem && result.problem.detail) || say('offline');
      return;
    }
    if (field.value.trim() === text) field.value = ''; // else the next words were begun meanwhile
    photos.clear(list);
    if (result.outcome === SENT) {
      await showUnsent();
      take(result.answer);
    } else {
      await showUnsent();
      if (result.problem) wire.textContent = result.problem.detail; // why it waits
    }
  });
}
