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
  box.textContent = '';
  const part = page.getElementById('progress') || page.body; // a whole page, or only the part
  Array.from(part.childNodes).forEach((node) => box.appendChild(document.importNode(node, true)));
}

if (box) setTimeout(refresh, EVERY_MS);
