// Photos in a form: made smaller on the phone, shown at once, sent ahead when there is a signal.
// Drawing them anew also leaves behind where they were taken.

import { ask } from './page.js';
import { newKey, PATIENCE_MS } from './keep.js';

const EDGE = 1600, SMALLER = 1280, SMALLEST = 960;
const ENOUGH = 400 * 1024;
const MOST_BYTES = 20 * 1000 * 1000;

const tries = [[EDGE, .8], [EDGE, .7], [EDGE, .6], [SMALLER, .7], [SMALLER, .6], [SMALLEST, .6]];

// The photo as a JPEG of at most 400 KB; the file itself where this browser cannot draw it (HEIC on Android).
export async function shrink(file) {
  let picture;
  try {
    picture = await decode(file);
  } catch (error) {
    return file;
  }
  let best = null;
  for (const [edge, quality] of tries) {
    best = await draw(picture, edge, quality);
    if (!best || best.size <= ENOUGH) break;
  }
  if (picture.close) picture.close();
  return best && best.size < file.size ? best : best || file;
}

// An <img> turns the picture upright by itself in every browser we serve; createImageBitmap does not in all.
function decode(file) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => {
      URL.revokeObjectURL(image.src);
      if (!window.createImageBitmap) return reject(new Error('unreadable'));
      createImageBitmap(file).then(resolve, reject);
    };
    image.src = URL.createObjectURL(file);
  });
}

function draw(picture, edge, quality) {
  const width = picture.naturalWidth || picture.width, height = picture.naturalHeight || picture.height;
  const scale = Math.min(1, edge / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

const underway = new WeakMap();

// When none of these photos is being sent any more, or after a while.
export const settled = (photos) => Promise.race([
  Promise.all(photos.map((photo) => underway.get(photo))),
  new Promise((resolve) => setTimeout(resolve, 20000)),
]);

// Take over one photo field. `list` holds {key, blob, id?}; `changed` is called after every change.
export function photoField(field, say, changed) {
  const input = field.querySelector('.file'), shelf = field.querySelector('.shots'), note = field.querySelector('[data-chosen]');
  const most = Number(field.getAttribute('data-most'));
  const list = [];

  shelf.querySelectorAll('li').forEach((item) => {
    const id = item.querySelector('[name=photo_ids]').value;
    const photo = { key: newKey(), id };
    list.push(photo);
    item.querySelector('button').addEventListener('click', (event) => {
      event.preventDefault();
      remove(photo);
    });
  });

  let taking = null, wrong = false; // whether what is said is that something was not taken
  const begin = () => (taking = take());
  input.addEventListener('change', begin);
  if (input.files.length) begin(); // chosen before this script was there

  async function take() {
    const files = Array.from(input.files);
    if (files.length) tell(say('photo_busy'));
    wrong = false;
    for (const file of files) {
      if (list.length >= most) complain(say('photo_many'));
      else if (file.size > MOST_BYTES) refuse(say('photo_too_large'));
      else if (!/^image\/|^$/.test(file.type)) refuse(say('photo_unreadable'));
      else add({ key: newKey(), blob: await shrink(file) });
    }
    input.value = '';
    if (!wrong) tell(navigator.onLine === false ? say('photo_waiting') : '');
  }

  // Where a photo is needed, nobody is told to go without.
  function refuse(why) {
    const needed = field.getAttribute('data-needed');
    complain(needed ? why.split('。')[0] + '。' + needed : why);
  }
  function complain(text) {
    wrong = true;
    tell(text);
  }

  function add(photo) {
    list.push(photo);
    show(photo);
    changed();
    ahead(photo);
  }

  const ahead = (photo) => underway.set(photo, sendAhead(photo)).get(photo);

  // Sent while the person still writes; a failure is no matter, it goes with the form later.
  // A photo that cannot be taken is taken off again; the answer says why.
  async function sendAhead(photo) {
    if (photo.id || navigator.onLine === false) return;
    const body = new FormData();
    body.append('photo', photo.blob, 'photo.jpg');
    try {
      const answer = await ask('/m/v1/photos', { method: 'POST', body, headers: { 'Idempotency-Key': photo.key } }, PATIENCE_MS);
      if (answer.status === 201) photo.id = (await answer.json()).id;
      else if ([413, 415, 422, 507].includes(answer.status)) {
        remove(photo);
        refuse((await answer.json()).detail || say('photo_unreadable'));
        return;
      }
      changed();
    } catch (error) {
      tell(say('photo_waiting'));
    }
  }

  function show(photo) {
    const item = document.createElement('li');
    const image = document.createElement('img');
    const button = document.createElement('button');
    image.className = 'shot';
    image.src = URL.createObjectURL(photo.blob);
    image.alt = say('photo_nth', { number: list.length });
    button.type = 'button';
    button.className = 'button';
    button.textContent = say('photo_remove');
    button.setAttribute('aria-label', say('photo_remove_nth', { number: list.length }));
    button.addEventListener('click', () => remove(photo));
    item.appendChild(image);
    item.appendChild(button);
    shelf.appendChild(item);
  }

  function drop(photo) {
    const place = list.indexOf(photo);
    if (place < 0) return;
    list.splice(place, 1);
    shelf.children[place].remove();
  }

  function remove(photo) {
    drop(photo);
    input.focus();
    changed();
  }

  function tell(text) {
    note.className = wrong ? 'bad' : 'quiet';
    note.textContent = text;
    note.hidden = !text;
  }

  const again = () => list.filter((photo) => !photo.id).forEach(ahead);
  // `ready`: when what was chosen is in the list. `clear`: these are said and done.
  return { list, again, add, ready: () => taking, clear: (sent) => sent.forEach(drop) };
}
