// A form that survives: kept on the phone while one writes, sent once, and shown again with what is wrong.

import { say, suit } from './page.js';
import { draft, unsent, newKey, keep as keepUnsent, sendNow, show, SENT, REFUSED } from './keep.js';
import { photoField, settled } from './photos.js';

const WRITTEN = 'input[name]:not([type=hidden]):not([type=file]), textarea[name], select[name]';

// Take over `form`. `name` is its draft's; `request(values, button)` gives {url, body}; `done(answer)` goes on.
function survive(form, { name, title, number, request, done }) {
  const key = form.querySelector('[name=idempotency_key]');
  key.value = newKey(); // a page gone back to has one that is sent
  const fields = Array.from(form.querySelectorAll('[data-photos]')).map((field) => photoField(field, say, keep));
  const photos = () => fields.reduce((all, field) => all.concat(field.list), []);

  let kept = 0, left = false;
  function keep() {
    clearTimeout(kept);
    kept = setTimeout(keepNow, 400);
  }
  async function keepNow() {
    await restored;
    if (left) return null;
    const empty = !photos().length && !fieldsOf(form).some(isChanged);
    return empty ? draft.drop(name) : draft.keep(name, { values: read(form), key: key.value, photos: photos() });
  }
  function leave() { // what is sent, or waits, is no draft
    left = true;
    return draft.drop(name);
  }

  const restored = restore(form, name, fields, key);
  form.addEventListener('input', keep);
  form.addEventListener('change', keep);
  window.addEventListener('pagehide', keepNow);

  let pressed = null; // older browsers do not say which button sent the form
  form.addEventListener('click', (event) => {
    pressed = event.target.closest('button') || pressed;
  });
  form.addEventListener('submit', async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (form.hasAttribute('data-busy')) return;
    form.setAttribute('data-busy', '');
    clearTimeout(kept);
    const button = pressed;
    tell(form, say('sending'));
    await restored;
    await Promise.all(fields.map((field) => field.ready()));
    const item = Object.assign({ key: key.value, title, number, photos: photos() }, request(read(form), button));
    const safe = await keepUnsent(item);
    if (safe) await leave();
    const result = await sendNow(item, () => settled(item.photos));
    if (result.outcome === SENT) {
      await leave();
      form.reset();
      form.inert = true;
      window.onpageshow = () => location.reload();
      return done(result.answer, item);
    }
    form.removeAttribute('data-busy');
    if (result.outcome === REFUSED) {
      await unsent.drop(item.key);
      key.value = newKey();
      left = false;
      await keepNow();
      return wrong(form, result);
    }
    if (!safe) return tell(form, (result.problem && result.problem.detail) || say('offline'), true);
    waits(form);
  });
}

// It waits on this phone now: say so where the form was.
async function waits(form) {
  await show();
  form.hidden = true;
  const band = document.getElementById('unsent');
  if (band) band.scrollIntoView();
}

const fieldsOf = (form) => Array.from(form.querySelectorAll(WRITTEN));
const isTicked = (field) => field.type === 'radio' || field.type === 'checkbox';

// Whether somebody wrote or chose something since the page came.
function isChanged(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  return field.tagName === 'SELECT' ? !field.options[field.selectedIndex].defaultSelected && field.selectedIndex > 0 : field.value !== field.defaultValue;
}

function read(form) {
  const values = {};
  fieldsOf(form).forEach((field) => {
    if (field.disabled) return;
    if (isTicked(field)) {
      if (field.checked) values[field.name] = 'many' in field.dataset ? (values[field.name] || []).concat(field.value) : field.value;
    } else if (field.value.trim()) values[field.name] = field.value;
  });
  return values;
}

function write(form, values) {
  fieldsOf(form).forEach((field) => {
    const value = values[field.name];
    if (value === undefined) return;
    if (isTicked(field)) field.checked = [].concat(value).includes(field.value);
    else if (!field.value) field.value = value;
    const fold = field.checked && field.closest('details:not([data-kinds])');
    if (fold) fold.open = true;
  });
  suit(form);
}

// Whether another was begun here already; some browsers give back what was written themselves.
const isAnother = (values) => (field) => isChanged(field)
  && !(isTicked(field) ? [].concat(values[field.name]).includes(field.value) === field.checked : field.value === values[field.name]);

async function restore(form, name, fields, key) {
  const found = await draft.find(name);
  if (!found || fields.some((field) => field.list.length) || fieldsOf(form).some(isAnother(found.values))) return;
  key.value = found.key;
  write(form, found.values);
  if (fields.length) found.photos.filter((photo) => photo.blob).forEach((photo) => {
    fields[0].add({ key: photo.key, blob: photo.blob });
  });
  const band = form.querySelector('#draft');
  if (!band) return;
  band.hidden = false;
  band.querySelector('button').addEventListener('click', async () => {
    await draft.drop(name);
    form.reset();
    location.replace(location.pathname);
  });
}

function wrong(form, result) {
  const problem = result.problem;
  form.querySelectorAll('[data-wrong]').forEach((old) => old.remove());
  const said = (problem.errors || []).filter((error) => !beside(form, error));
  const text = said.length ? said.map((error) => error.detail).join(' ') : problem.detail;
  tell(form, text, true);
  (form.querySelector('[data-wrong] ~ [name], [data-wrong] ~ * [name]') || form).focus();
  if (result.status !== 409) return;
  const again = document.createElement('button');
  again.type = again.className = 'button';
  again.textContent = say('reload');
  again.onclick = () => location.reload();
  form.querySelector('[data-told]').appendChild(again);
}

// Put one error beside its field; false where there is none.
function beside(form, error) {
  const name = error.field.split('.').pop();
  const field = form.querySelector('[name="' + name + '"]');
  const block = field && field.closest('.field');
  if (!block) return false;
  const line = document.createElement('p');
  line.className = 'error bad';
  line.setAttribute('data-wrong', '');
  line.setAttribute('role', 'alert');
  line.textContent = error.detail;
  block.insertBefore(line, block.children[1] || null);
  return true;
}

function tell(form, text, bad) {
  let band = form.querySelector('[data-told]');
  if (!band) {
    band = document.createElement('div');
    band.setAttribute('data-told', '');
    band.setAttribute('role', 'status');
    const go = form.querySelector('.button.main, .go');
    go.parentNode.insertBefore(band, go);
  }
  band.className = 'band block ' + (bad ? 'bad' : 'told');
  band.textContent = text;
}

// 我要上报
const report = document.getElementById('report');
if (report) {
  const code = report.getAttribute('data-code');
  // Complaints are concealed unless one says otherwise.
  report.addEventListener('change', (event) => {
    if (event.target.hasAttribute('data-conceal')) report.elements.conceal.checked = true;
  });
  survive(report, {
    name: 'report:' + code,
    title: report.getAttribute('data-place'),
    request: (values) => {
      const body = Object.assign(values, { flow: 'report', code });
      if (body.conceal) body.conceal = true;
      const [what, id] = (body.about || '').split(':');
      if (id) body.about = { [what]: id };
      return { url: '/m/v1/cases', body };
    },
    done: (answer) => {
      const key = answer.key ? '&key=' + encodeURIComponent(answer.key) : '';
      location.assign('/cases/' + answer.number + '?sent=1' + key);
    },
  });
}

// 我要联系: the first words
const contact = document.getElementById('contact');
if (contact) {
  const code = contact.getAttribute('data-code');
  // Without a word it goes as a plain form: the server says so.
  contact.addEventListener('submit', (event) => {
    if (!contact.elements.text.value.trim() && !contact.querySelector('.shots li')) event.stopImmediatePropagation();
  });
  survive(contact, {
    name: 'contact:' + code,
    title: contact.getAttribute('data-place'),
    request: (values) => {
      const body = { code, post_id: values.post_id, agrees: Boolean(values.agrees) };
      if (values.text) body.text = values.text;
      return { url: '/m/v1/conversations', body };
    },
    done: (answer) => location.assign('/conversations/' + answer.id),
  });
}

function goOn(address, done) {
  location.assign(address + (address.indexOf('?') < 0 ? '?' : '&') + 'done=' + done);
}

// The moves of a case
document.querySelectorAll('form[data-move]').forEach((form) => {
  const path = form.getAttribute('action');
  const number = path.split('/')[2];
  const hidden = (name) => form.querySelector('[name=' + name + ']');
  survive(form, {
    name: path,
    number,
    title: form.getAttribute('data-title'),
    request: (values, button) => {
      const asked = button && button.getAttribute('data-given');
      const given = {};
      Object.keys(values).forEach((name) => {
        if (!asked || asked.split(' ').includes(name)) given[name] = values[name];
      });
      const body = { seen_version: Number(hidden('seen_version').value), given };
      if (hidden('row')) body.row = Number(hidden('row').value);
      return { url: '/m/v1' + (button && button.getAttribute('formaction') || path), body };
    },
    done: (answer, item) => goOn(hidden('back') ? hidden('back').value : '/cases/' + number, item.url.split('/').pop()),
  });
});

// A guest's key in the address is kept in a cookie by now: put it away.
if (/[?&]key=/.test(location.search)) {
  const rest = location.search.slice(1).split('&').filter((part) => part.indexOf('key=') !== 0).join('&');
  history.replaceState(null, '', location.pathname + (rest ? '?' + rest : '') + location.hash);
}
