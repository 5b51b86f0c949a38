// Where the phone stands, only when its owner presses the button; how far that is from the plaque's place.

import { say } from './page.js';

const EARTH_M = 6371009;

document.querySelectorAll('[data-here]').forEach((box) => {
  if (!navigator.geolocation) return;
  const told = box.querySelector('[role=status]');
  const place = ['data-lng', 'data-lat'].map((name) => parseFloat(box.getAttribute(name)));
  box.hidden = false;
  box.querySelector('button').addEventListener('click', () => {
    told.textContent = say('here_asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        box.querySelector('[name=lng]').value = coords.longitude;
        box.querySelector('[name=lat]').value = coords.latitude;
        const metres = Math.round(distance(place, [coords.longitude, coords.latitude]));
        told.textContent = isNaN(metres) ? say('here_known') : say('here_metres', { metres });
      },
      () => (told.textContent = say('here_unknown')),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
});

// A photo that was chosen says its name: the button alone would not.
document.querySelectorAll('[data-photos] [type=file]').forEach((field) => {
  const name = () => {
    const chosen = field.closest('[data-photos]').querySelector('[data-chosen]');
    chosen.textContent = Array.from(field.files, (file) => file.name).join('，');
    chosen.hidden = !chosen.textContent;
  };
  field.addEventListener('change', name);
  name(); // chosen before this script was there
});

function distance(one, other) {
  const [lng1, lat1, lng2, lat2] = one.concat(other).map((degrees) => (degrees * Math.PI) / 180);
  const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lng2 - lng1) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half)));
}
