// Faces and plates are drawn over with a finger or a mouse; without this script one chooses cells.

import './page.js';

const WHOLE = 1000, LEAST = 12; // thousandths of the picture; a smaller area is a slip of the finger
const box = document.querySelector('[data-blot]');

function begin() {
  const board = box.querySelector('.blot');
  const field = box.querySelector('[name=areas]');
  let areas = field.value.split(';').filter(Boolean).map((area) => area.split(',').map(Number));
  let from = null;

  box.querySelectorAll('[data-plain]').forEach((part) => (part.hidden = true));
  box.querySelectorAll('[data-drawn]').forEach((part) => (part.hidden = false));
  box.querySelectorAll('[name=cells]').forEach((cell) => (cell.disabled = true));
  board.classList.add('drawn');

  function spot(event) {
    const { left, top, width, height } = board.getBoundingClientRect();
    const inside = (value) => Math.round(Math.min(1, Math.max(0, value)) * WHOLE);
    return [inside((event.clientX - left) / width), inside((event.clientY - top) / height)];
  }

  const between = ([x1, y1], [x2, y2]) => [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x1 - x2), Math.abs(y1 - y2)];

  function show(extra) {
    board.querySelectorAll('.area').forEach((old) => old.remove());
    areas.concat(extra ? [extra] : []).forEach(([x, y, width, height]) => {
      const area = document.createElement('div');
      area.className = 'area';
      Object.assign(area.style, { left: x / 10 + '%', top: y / 10 + '%', width: width / 10 + '%', height: height / 10 + '%' });
      board.append(area);
    });
    field.value = areas.map((area) => area.join(',')).join(';');
  }

  board.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    from = spot(event);
    board.setPointerCapture(event.pointerId);
  });
  board.addEventListener('pointermove', (event) => from && show(between(from, spot(event))));
  board.addEventListener('pointerup', (event) => {
    if (!from) return;
    const area = between(from, spot(event));
    if (area[2] >= LEAST && area[3] >= LEAST) areas.push(area);
    from = null;
    show();
  });
  board.addEventListener('pointercancel', () => {
    from = null;
    show();
  });
  box.querySelector('[data-undo]').addEventListener('click', () => {
    areas = areas.slice(0, -1);
    show();
  });
  show();
}

if (box && window.PointerEvent) begin();
