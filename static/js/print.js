// A button that prints the page; without a script the browser's own menu does.

import './page.js';

const line = document.getElementById('print');
line.hidden = false;
line.querySelector('button').addEventListener('click', () => window.print());
