// 新工单响铃: two short notes when something new arrives, if the person has asked for them on this computer.

import { onNews } from './inbox.js';

const KEPT = 'mashang-bell';
const NOTES = [[880, 0], [1174, .18]]; // frequency in Hz, start in seconds
const bell = document.getElementById('bell');
let sound = null; // browsers let a page be heard only after somebody has pressed something on it

function wanted() {
  try {
    return localStorage.getItem(KEPT) === 'on';
  } catch (error) {
    return false;
  }
}

function remember(on) {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
  } catch (error) {
    return on;
  }
  return on;
}

function ready() {
  const Sound = window.AudioContext || window.webkitAudioContext;
  if (!Sound) return null;
  sound = sound || new Sound();
  if (sound.state === 'suspended') sound.resume();
  return sound;
}

function ring() {
  if (!sound || !pressed()) return;
  NOTES.forEach(([frequency, after]) => {
    const note = sound.createOscillator(), loudness = sound.createGain(), start = sound.currentTime + after;
    note.frequency.value = frequency;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(.3, start + .02);
    loudness.gain.linearRampToValueAtTime(0, start + .16);
    note.connect(loudness);
    loudness.connect(sound.destination);
    note.start(start);
    note.stop(start + .17);
  });
}

const pressed = () => bell.getAttribute('aria-pressed') === 'true';

function show(on) {
  bell.setAttribute('aria-pressed', on ? 'true' : 'false');
}

bell.hidden = false;
show(wanted());
bell.addEventListener('click', () => {
  show(remember(!pressed()));
  if (pressed() && ready()) ring();
});
// Switched on on an earlier day: the first press or key on this page lets it be heard.
['click', 'keydown'].forEach((kind) => document.addEventListener(kind, () => pressed() && ready()));
onNews(ring);
