// Where the phone stands, only when its owner presses the button; how far that is from the plaque's place.
// A form sent meanwhile waits for the answer, a few seconds at most, and goes with it or without.

import { say } from './page.js';

const EARTH_M = 6371009;
const PATIENCE_S = 5;

document.querySelectorAll('[data-here]').forEach((box) => {
  if (!navigator.geolocation) return;
  const form = box.closest('form'), told = box.querySelector('[role=status]');
  const place = ['data-lng', 'data-lat'].map((name) => parseFloat(box.getAttribute(name)));
  let asked = null; // while the phone looks for itself
  let waits = null; // the button that sent the form meanwhile
  box.hidden = false;
  box.querySelector('button').addEventListener('click', () => {
    if (waits) return;
    told.textContent = say('here_asking');
    asked = new Promise((resolve) => navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        box.querySelector('[name=lng]').value = coords.longitude;
        box.querySelector('[name=lat]').value = coords.latitude;
        const metres = Math.round(distance(place, [coords.longitude, coords.latitude]));
        told.textContent = isNaN(metres) ? say('here_known') : say('here_metres', { metres });
        resolve();
      },
      () => {
        told.textContent = say('here_unknown');
        resolve();
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    )).then(() => (asked = null));
  });

  form.addEventListener('submit', async (event) => {
    if (!asked) return;
    event.preventDefault();
    if (waits) return;
    waits = event.submitter || form.querySelector('.button.main');
    told.textContent = say('here_waiting', { seconds: PATIENCE_S });
    told.scrollIntoView({ block: 'nearest' });
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE_S * 1000))]);
    if (asked) told.textContent = say('here_unknown');
    const button = waits;
    asked = waits = null;
    if (button) button.click();
  });
  window.addEventListener('pagehide', () => (waits = null)); // whoever left meanwhile sends nothing by coming back
});

function distance(one, other) {
  const [lng1, lat1, lng2, lat2] = one.concat(other).map((degrees) => (degrees * Math.PI) / 180);
  const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lng2 - lng1) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half)));
}
