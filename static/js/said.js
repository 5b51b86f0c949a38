// One message as it stands in a conversation, drawn as `partials/talk.html` does.

import { say } from './page.js';
import { newKey } from './keep.js';

export function drawn(message, id, back, zone) {
  const town = !message.who.name && !message.who.me;
  const line = element('li', town ? 'town' : message.who.me ? 'me' : 'them');
  line.setAttribute('data-seq', message.seq);
  const who = town ? say('talk_town') : message.who.me ? say('talk_me') : message.who.role_title + message.who.name;
  const at = new Date(message.at).toLocaleTimeString('zh-CN', { timeZone: zone, hour: 'numeric', minute: '2-digit', hour12: false });
  line.appendChild(element('p', 'quiet', who + '，' + at));
  if (message.text) line.appendChild(element('p', 'said', message.text));
  if (message.photos) line.appendChild(pictures(message.photos));
  if (message.case) line.appendChild(toCase(message));
  if (message.may_case) line.appendChild(caseForm(message.seq, id, back));
  return line;
}

function element(name, look, text) {
  const made = document.createElement(name);
  made.className = look;
  if (text !== undefined) made.textContent = text;
  return made;
}

function pictures(photos) {
  const shelf = element('ul', 'shots');
  photos.forEach((photo) => {
    const item = document.createElement('li'), link = document.createElement('a'), image = element('img', 'shot');
    link.href = photo.url;
    image.src = photo.thumb_url;
    image.alt = say('talk_photo');
    link.appendChild(image);
    item.appendChild(link);
    shelf.appendChild(item);
  });
  return shelf;
}

function toCase(message) {
  const line = document.createElement('p'), link = element('a', 'button', say('talk_case_look'));
  link.href = '/cases/' + message.case + (message.case_key ? '?key=' + encodeURIComponent(message.case_key) : '');
  line.appendChild(link);
  return line;
}

function caseForm(seq, id, back) {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/conversations/' + id + '/acts/case';
  const values = { idempotency_key: newKey(), back, seq };
  Object.keys(values).forEach((name) => {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = values[name];
    form.appendChild(field);
  });
  form.appendChild(element('button', 'linkish', say('talk_case')));
  return form;
}
