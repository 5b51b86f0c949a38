// The inbox and the desk: the list refreshes itself while someone looks, and the title says how many are new.

import './form.js';
import { ask, say } from './page.js';

const EVERY_MS = 15000;
const box = document.getElementById('inbox');
const title = document.title;
let known = numbers();
let open = openCount();
let fresh = 0;
let asking = false;
let heard = () => 0; // called with every new arrival; the desk's bell listens

export const onNews = (listen) => (heard = listen);

function numbers() {
  return new Set(Array.from(box.querySelectorAll('[data-number]'), (row) => row.getAttribute('data-number')));
}

// How many are open in all, of which the list shows only the first, and how many residents wait for an answer.
function openCount() {
  return ['data-open', 'data-talking'].reduce((sum, name) => {
    const told = box.querySelector('[' + name + ']');
    return sum + (told ? parseInt(told.getAttribute(name), 10) : 0); // it may say 999+
  }, 0);
}

async function refresh() {
  if (asking || document.hidden || touched()) return;
  asking = true;
  try {
    const answer = await ask(box.getAttribute('data-refresh'), { headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) throw new Error('no list');
    put(await answer.text());
  } catch (error) {
    note(say('stale'));
  }
  asking = false;
}

// Nothing moves under a finger: not while someone writes, has ticked something, or has the focus inside the list.
function touched() {
  return box.querySelector('input:checked') || (box.contains(document.activeElement) && document.activeElement.tagName !== 'BODY');
}

function put(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  box.textContent = '';
  Array.from(page.body.childNodes).forEach((node) => box.appendChild(document.importNode(node, true)));
  const now = numbers(), nowOpen = openCount();
  const seen = Array.from(now).filter((number) => !known.has(number)).length;
  const more = Math.max(seen, nowOpen - open);
  known = now;
  open = nowOpen;
  fresh += more;
  if (more) heard(more);
  tell();
  note(fresh ? say('new', { count: fresh }) : '');
}

// The counts beside the tabs and the menu, as they are now.
function tell() {
  const root = box.querySelector('[data-counts]');
  const counts = root ? JSON.parse(root.getAttribute('data-counts')) : {};
  Object.keys(counts).forEach((name) => {
    document.querySelectorAll('[data-count="' + name + '"]').forEach((place) => (place.textContent = counts[name]));
  });
}

function note(text) {
  document.title = fresh ? '(' + fresh + ') ' + title : title;
  let line = document.getElementById('news');
  if (!line) {
    line = document.createElement('p');
    line.id = 'news';
    line.setAttribute('role', 'status');
    box.parentNode.insertBefore(line, box);
  }
  line.className = text ? 'band told' : '';
  line.textContent = text;
}

// What is ticked can be done together: the buttons come along while anything is.
function count() {
  const form = document.getElementById('bulk');
  if (!form) return;
  const ticked = box.querySelectorAll('.choose input:checked').length;
  form.classList.toggle('floats', ticked > 0);
  form.querySelector('[data-chosen-count]').textContent = ticked || '';
}

box.addEventListener('change', count);
window.addEventListener('pageshow', count);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  refresh();
});
document.addEventListener('click', () => {
  fresh = 0;
  document.title = title;
});
setInterval(refresh, EVERY_MS);
