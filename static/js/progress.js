// How far something in the background is, shown again every few seconds until it has come to rest.

import './form.js';

const EVERY_MS = 3000;
const box = document.getElementById('progress');

async function refresh() {
  if (!box.querySelector('[data-going]')) return;
  if (!document.hidden && !box.contains(document.activeElement)) {
    try {
      const answer = await fetch(box.getAttribute('data-refresh'), { credentials: 'same-origin', headers: { Accept: 'text/html' } });
      if (answer.ok && !answer.redirected) put(await answer.text());
    } catch (error) {
      // The next time may do.
    }
  }
  setTimeout(refresh, EVERY_MS);
}

function put(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const own = page.getElementById('progress');
  if (own && !own.querySelector('[data-going]')) return location.reload(); // a whole page, with its drawings
  const part = own || page.body;
  box.textContent = '';
  Array.from(part.childNodes).forEach((node) => box.appendChild(document.importNode(node, true)));
}

if (box) setTimeout(refresh, EVERY_MS);
