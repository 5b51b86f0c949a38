// A plain form whose photos go ahead, made smaller: 代居民上报, 检查商户, 挂牌. Nothing of it is kept on this device.
// What the network does not take stays on the page, photos and all; a form that is refused comes back with them.

import { ask, say } from './page.js';
import { photoField, settled } from './photos.js';

document.querySelectorAll('form[data-ahead]').forEach((form) => {
  const shelf = form.querySelector('[data-photos]');
  const photos = photoField(shelf, say, () => 0);

  // Complaints about firms, shops and people are concealed unless somebody says otherwise.
  form.addEventListener('change', (event) => {
    if (event.target.hasAttribute('data-conceal')) form.elements.conceal.checked = true;
  });

  form.addEventListener('submit', async (event) => {
    if (event.defaultPrevented || (!photos.list.length && !photos.ready())) return;
    event.preventDefault();
    if (form.hasAttribute('data-busy')) return;
    form.setAttribute('data-busy', '');
    tell(say('sending'));
    await photos.ready();
    photos.again();
    await settled(photos.list);
    if (navigator.onLine === false || photos.list.some((photo) => !photo.id)) return stays(say('photo_unsent'));
    form.querySelectorAll('[name=photo_ids]').forEach((field) => field.remove());
    photos.list.forEach(carry);
    shelf.querySelector('.file').value = ''; // an answer may be late: what has gone ahead goes once
    try {
      const answer = await ask(form.action, { method: 'POST', body: new FormData(form) });
      if (!answer.redirected) { // refused: the page that says why, by the same key
        stays('');
        return form.submit();
      }
      window.onpageshow = () => location.reload();
      location.assign(answer.url);
    } catch (error) {
      stays(say('offline'));
    }
  });

  function carry(photo) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = 'photo_ids';
    field.value = photo.id;
    form.appendChild(field);
  }

  function stays(text) {
    form.removeAttribute('data-busy');
    tell(text, true);
  }

  function tell(text, bad) {
    const line = form.querySelector('[data-told]');
    line.className = bad ? 'next bad' : 'next';
    line.textContent = text;
    line.hidden = !text;
  }
});
