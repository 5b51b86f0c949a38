// Say loudly what has not left this phone yet, send it, and say what became of it.

import { unsent, flush, SENT } from './keep.js';
import { say } from './page.js';

const band = document.getElementById('unsent');

export async function show() {
  if (!band) return;
  const items = await unsent.all();
  const refused = items.filter((item) => item.refused);
  const waits = items.length - refused.length;
  const lines = band.querySelector('div');
  lines.textContent = '';
  if (waits) line(lines, say('unsent', { count: waits }));
  if (waits && navigator.onLine !== false) button(lines, say('send_now', {}), flushNow);
  refused.forEach((item) => {
    line(lines, say('refused', { detail: item.refused }));
    line(lines, item.title + (item.body.text ? '：' + item.body.text : ''));
    button(lines, say('drop', {}), () => unsent.drop(item.key).then(show));
  });
  band.className = 'band ' + (refused.length ? 'bad' : 'told');
  band.hidden = !items.length;
}

let busy = false;

export async function flushNow() {
  if (busy) return;
  busy = true;
  await show();
  const sent = [];
  try {
    await flush((item, result) => {
      if (result.outcome === SENT) sent.push([item, result.answer]);
    });
  } finally {
    busy = false;
  }
  await show();
  sent.forEach(([item, answer]) => tell(item, answer));
}

function tell(item, answer) {
  if (!band) return;
  const lines = band.querySelector('div');
  line(lines, say('sent', { title: item.title }));
  const link = document.createElement('a');
  link.href = '/cases/' + (answer.number || item.number) + (answer.key ? '?key=' + encodeURIComponent(answer.key) : '');
  link.textContent = say('look', {});
  lines.appendChild(link);
  band.className = 'band ok';
  band.hidden = false;
}

function line(where, text) {
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  where.appendChild(paragraph);
}

function button(where, text, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button';
  made.textContent = text;
  made.addEventListener('click', press);
  where.appendChild(made);
}

window.addEventListener('offline', show);
