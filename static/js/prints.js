// How far a batch is printed, shown again every few seconds while something is being drawn.

import './form.js';

const EVERY_MS = 3000;
const box = document.getElementById('prints');

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
  Array.from(page.body.childNodes).forEach((node) => box.appendChild(document.importNode(node, true)));
}

if (box) setTimeout(refresh, EVERY_MS);
