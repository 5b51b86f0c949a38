// 更多类型: when one of the folded kinds is tapped the list folds again, and its line says which it was.
// An arrow key chooses with every press: behind whoever walks by keys it folds when Tab has led on.
// Fetched when the list is opened, or something in it is chosen already.

import { say } from './page.js';

const SEEN_MS = 300; // it is seen marked first, and a second tap falls on the same kind

document.querySelectorAll('[data-kinds]').forEach((fold) => {
  const form = fold.closest('form'), line = fold.querySelector('summary'), words = line.querySelector('span');
  const plain = words.textContent;
  const advice = document.createElement('div'); // what to do at once is not folded away
  advice.setAttribute('aria-live', 'polite');
  fold.parentNode.insertBefore(advice, fold.nextSibling);

  const chosen = () => fold.querySelector('.pick:checked');
  function tell() {
    const kind = chosen();
    const title = kind && kind.nextElementSibling.querySelector('span').firstChild.textContent;
    words.textContent = kind ? say('kind_chosen', { title }) : plain;
    advice.textContent = '';
    const told = kind && !fold.open && kind.nextElementSibling.nextElementSibling;
    if (!told || !told.matches('.advice')) return;
    advice.appendChild(told.cloneNode(true)).classList.remove('advice');
  }
  form.addEventListener('suited', tell);
  fold.addEventListener('toggle', tell);
  window.addEventListener('pageshow', tell); // what the browser itself had kept is chosen by now

  let byKey = false, soon = 0;
  function shut() {
    const kind = chosen();
    if (!kind || !fold.open || kind.hasAttribute('data-whom')) return; // it asks something more
    const left = document.activeElement;
    fold.open = false;
    const here = fold.contains(left) || left === document.body ? line : left; // never on what is folded away
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: 'nearest' });
  }
  fold.addEventListener('click', (event) => {
    if (byKey || !event.target.matches('.pick')) return;
    clearTimeout(soon);
    soon = setTimeout(shut, SEEN_MS);
  });
  document.addEventListener('keydown', () => {
    byKey = true;
    clearTimeout(soon);
  });
  document.addEventListener('keyup', (event) => {
    byKey = false;
    if (event.key === 'Tab' && !fold.contains(event.target)) shut();
  });

  if (chosen() && !chosen().hasAttribute('data-whom') && !fold.contains(document.activeElement)) fold.open = false; // from before: a draft, a refused form
  tell();
});
