// 念给我听: what stands on the page, by the phone's own voice, if it has one that speaks Chinese; pressed again it is silent.

const CHINESE = /^(zh|cmn)/i;
const LONG_NUMBER = /\d(?: ?\d){4,}|\b(?:110|119|120)\b/g;
const button = document.querySelector('[data-aloud]');
const labels = button.querySelectorAll('span');
let spoken = []; // kept, or some browsers forget what they are reading

const voice = () => speechSynthesis.getVoices().find(({ lang }) => CHINESE.test(lang));
const isReading = () => button.getAttribute('aria-pressed') === 'true';
const byDigits = (number) => number.replace(/ /g, '').split('').join(' ');

function show(reading) {
  button.setAttribute('aria-pressed', reading ? 'true' : 'false');
  labels.forEach((label, nth) => (label.hidden = (nth === 1) !== reading));
}

// Short pieces: a long one is cut off by Chrome in the middle.
function sentences() {
  const said = document.querySelector('main').innerText.split(/\n|(?=[。！？])/);
  const own = button.innerText.trim();
  return said.map((line) => line.replace(/^[。！？\s]+/, '').trim()).filter((line) => line && line !== own);
}

function quiet() {
  spoken = [];
  speechSynthesis.cancel();
  show(false);
}

function read() {
  quiet();
  spoken = sentences().map((line) => {
    const piece = new SpeechSynthesisUtterance(line.replace(LONG_NUMBER, byDigits));
    piece.voice = voice();
    piece.lang = 'zh-CN';
    piece.rate = .9;
    return piece;
  });
  if (!spoken.length) return;
  spoken[spoken.length - 1].onend = () => isReading() && quiet();
  show(true);
  spoken.forEach((piece) => speechSynthesis.speak(piece));
}

const offer = () => (button.hidden = !voice());
speechSynthesis.onvoiceschanged = offer;
button.addEventListener('click', () => (isReading() ? quiet() : read()));
window.addEventListener('pagehide', quiet);
offer();
