// The inbox and the desk: the list refreshes itself while someone looks, and the title says how many are new.

import './form.js';
import { say } from './page.js';

const EVERY_MS = 15000;
const box = document.getElementById('inbox');
const title = document.title;
let known = numbers();
let fresh = 0;
let asking = false;

function numbers() {
  return new Set(Array.from(box.querySelectorAll('[data-number]'), (row) => row.getAttribute('data-number')));
}

async function refresh() {
  if (asking || document.hidden || touched()) return;
  asking = true;
  try {
    const answer = await fetch(box.getAttribute('data-refresh'), { credentials: 'same-origin', headers: { Accept: 'text/html' } });
    if (answer.ok && !answer.redirected) put(await answer.text());
  } catch (error) {
    note(say('stale'));
  }
  asking = false;
}

// Nothing moves under a finger: not while someone writes or has the focus inside the list.
function touched() {
  return box.contains(document.activeElement) && document.activeElement.tagName !== 'BODY';
}

function put(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  box.textContent = '';
  Array.from(page.body.childNodes).forEach((node) => box.appendChild(document.importNode(node, true)));
  const now = numbers();
  fresh += Array.from(now).filter((number) => !known.has(number)).length;
  known = now;
  note(fresh ? say('new', { count: fresh }) : '');
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

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  refresh();
});
document.addEventListener('click', () => {
  fresh = 0;
  document.title = title;
});
setInterval(refresh, EVERY_MS);
