// On every page: a form is not sent twice by two taps, and what waits on this phone is sent when it can be.

const WAITING = 'mashang-unsent';

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method === 'post') putRight();
  if (event.defaultPrevented || form.method !== 'post') return;
  if (navigator.onLine === false) return stay(event, form);
  if (form.hasAttribute('data-sending')) return event.preventDefault();
  form.setAttribute('data-sending', '');
  setTimeout(() => form.removeAttribute('data-sending'), 8000);
});

// A refused form is the answer to a POST. Once it is sent again, whoever goes back to it is shown the form anew: the
// browser would ask whether to send the refused one once more.
function putRight() {
  const wrong = document.querySelector('[role=alert][id$=errors]'), at = document.querySelector('.sizes [name=back]');
  if (wrong && at && navigator.onLine !== false) history.replaceState(null, '', at.value);
}

// Without a network the browser would leave for a page of its own, and take what was written with it.
function stay(event, form) {
  event.preventDefault();
  const old = form.querySelector('[data-offline]'), line = old || document.createElement('p');
  const button = event.submitter || form.querySelector('button:not([type=button])');
  line.className = 'bad';
  line.setAttribute('data-offline', '');
  line.setAttribute('role', 'alert');
  line.textContent = say('offline');
  button.parentNode.insertBefore(line, button);
}
window.addEventListener('online', () => document.querySelectorAll('[data-offline]').forEach((line) => line.remove()));

// Coming back by the back button: the form may be used again.
window.addEventListener('pageshow', () => {
  document.querySelectorAll('[data-sending]').forEach((form) => form.removeAttribute('data-sending'));
});

// An answer link opens the folded form it points to.
function unfold() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.closest('details');
  if (fold) fold.open = true;
  if (target && fold) target.scrollIntoView();
}
window.addEventListener('hashchange', unfold);
unfold();

// The few words scripts say; the server wrote them into the page.
const band = document.getElementById('unsent');
const words = band ? JSON.parse(band.getAttribute('data-words')) : {};
export const say = (key, values) => (words['js.' + key] || '').replace(/\{(\w+)\}/g, (_, name) => values[name]);

// Ask the server, and give up after a while: a network that has gone silent says nothing by itself.
export function ask(address, options, patience = 20000) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), patience);
  return fetch(address, Object.assign({ credentials: 'same-origin', signal: stop.signal }, options));
}

// Fields that matter only after one of the choices stay away until then.
export function suit(form) {
  form.querySelectorAll('[data-when]').forEach((part) => {
    const [name, value] = part.getAttribute('data-when').split(':');
    const chosen = form.querySelector('[name=' + name + ']:checked');
    part.hidden = !chosen || chosen.value !== value;
    part.querySelectorAll('input, select, textarea').forEach((field) => (field.disabled = part.hidden));
  });
  form.dispatchEvent(new Event('suited'));
  if (form.querySelector('[data-kinds] .pick:checked')) import('./kinds.js');
}
document.addEventListener('toggle', (event) => event.target.matches('[data-kinds]') && import('./kinds.js'), true);
document.addEventListener('change', (event) => event.target.form && suit(event.target.form));
document.querySelectorAll('form').forEach(suit);

// A text that is too long says so while one writes.
document.addEventListener('input', (event) => {
  const limit = Number(event.target.getAttribute('data-limit'));
  if (!limit) return;
  const over = Array.from(event.target.value).length - limit;
  event.target.setCustomValidity(over > 0 ? say('too_long', { limit, count: over }) : '');
});

if (window.speechSynthesis && document.querySelector('[data-aloud]')) import('./aloud.js');

function waiting() {
  try {
    return Number(localStorage.getItem(WAITING) || 0);
  } catch (error) {
    return 1; // it may not be asked: look
  }
}

function flushSoon() {
  if (waiting()) import('./keep.js').then((module) => module.flushNow());
}

window.addEventListener('online', flushSoon);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) flushSoon();
});
flushSoon();
