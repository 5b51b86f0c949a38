// Parts of a page as the server draws them now, asked for anew and put in the place of what is shown.

import { ask } from './page.js';

const EVERY_MS = 15000;

// Nothing moves under a finger: not where the focus is, nor where somebody has written or chosen something.
function touched(part) {
  const fields = Array.from(part.querySelectorAll('textarea, select'));
  return part.contains(document.activeElement) || fields.some((field) => field.value);
}

// Draw the parts with these ids anew; the whole page as it is now, or null where nobody answers.
export async function redraw(address, ids) {
  try {
    const asked = address + (address.includes('?') ? '&' : '?') + 'part=' + ids[0]; // nobody need be there for it
    const answer = await ask(asked, { headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    page.querySelectorAll('.sprite symbol').forEach(bring);
    ids.forEach((id) => put(id, page));
    return page;
  } catch (error) {
    return null; // the next time will do
  }
}

// A page has the pictures it shows and no others.
function bring(picture) {
  if (!document.getElementById(picture.id)) document.querySelector('.sprite').appendChild(document.importNode(picture, true));
}

// Put one part of a page in the place of what is shown.
export function put(id, page) {
  const here = document.getElementById(id), there = page.getElementById(id);
  if (!here || !there || here.innerHTML === there.innerHTML || touched(here)) return;
  here.textContent = '';
  Array.from(there.childNodes).forEach((node) => here.appendChild(document.importNode(node, true)));
}

const list = document.getElementById('fresh');
if (list) {
  const anew = () => document.hidden || redraw(location.pathname + location.search, ['fresh']);
  setInterval(anew, EVERY_MS);
  document.addEventListener('visibilitychange', anew);
}
