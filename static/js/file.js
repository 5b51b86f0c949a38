// 代居民上报: photos made smaller and sent ahead. Nothing of the resident is kept on this device.

import { say } from './page.js';
import { photoField, settled } from './photos.js';

const form = document.getElementById('filing');
const shelf = form.querySelector('[data-photos]');
const photos = photoField(shelf, say, () => 0);

// Complaints about firms, shops and people are concealed unless somebody says otherwise.
form.addEventListener('change', (event) => {
  if (event.target.hasAttribute('data-conceal')) form.elements.conceal.checked = true;
});

form.addEventListener('submit', async (event) => {
  if (!photos.list.length && !photos.ready()) return;
  event.preventDefault();
  if (form.hasAttribute('data-busy')) return;
  form.setAttribute('data-busy', '');
  tell(say('sending'));
  await photos.ready();
  photos.again();
  await settled(photos.list);
  form.removeAttribute('data-busy');
  if (navigator.onLine === false || photos.list.some((photo) => !photo.id)) return tell(say('photo_unsent'));
  shelf.querySelectorAll('[name=photo_ids]').forEach((field) => field.remove());
  photos.list.forEach((photo) => {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = 'photo_ids';
    field.value = photo.id;
    form.appendChild(field);
  });
  shelf.querySelector('.file').value = ''; // an answer may be late: what has gone ahead goes once
  form.submit();
});

function tell(text) {
  const line = form.querySelector('[data-told]');
  line.textContent = text;
  line.hidden = !text;
}
