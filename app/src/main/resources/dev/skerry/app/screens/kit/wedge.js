// A scanner that types. Its keys come faster than a person's and end with Enter; no field needs the focus.

/** After a longer pause something else is typed. A machine may well stutter in the middle of a code. */
const PAUSE_MS_MAX = 1000;

/** Between the keys of a scanner, in the median. People need twice as long. */
const KEY_MS_MAX = 50;
const LENGTH_MIN = 6;

/** The element that has the focus, also inside of components. */
export function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) {
    element = element.shadowRoot.activeElement;
  }
  return element;
}

export const isField = element => !!element?.matches?.('input, textarea, select');

/**
 * Listens to all keys of the page, before anybody else. `scanned` is called with a code, whatever is open and has the focus: its keys
 * press nothing, and what they left in a field is taken out again. `key` is called with every other key.
 */
export class Wedge {
  constructor({ scanned, key }) {
    this.scanned = scanned;
    this.key = key;
    this.clear();
    this.listener = event => this.heard(event);
    window.addEventListener('keydown', this.listener, { capture: true });
  }

  end() {
    window.removeEventListener('keydown', this.listener, { capture: true });
  }

  clear() {
    this.burst = '';
    this.gaps = [];
    this.last = -Infinity;
    this.before = null;
  }

  /** By the time at which a key was pressed, not by that at which the page came round to it. */
  heard(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const at = event.timeStamp;
    if (event.key === 'Enter' && this.isScan(at)) {
      const code = this.burst;
      const before = this.before;
      this.clear();
      event.preventDefault();
      event.stopImmediatePropagation();
      if (before) {
        before.field.value = before.value;
        before.field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
      this.scanned(code);
      return;
    }
    if (event.key.length === 1) {
      if (at - this.last > PAUSE_MS_MAX) {
        this.clear();
        const field = focused();
        this.before = isField(field) && field.value !== undefined ? { field, value: field.value } : null;
      }
      if (this.burst) {
        this.gaps.push(at - this.last);
      }
      this.burst += event.key;
      this.last = at;
      // Else a space in a code would press the button that has the focus.
      if (this.burst.length > 2 && event.key === ' ') {
        event.preventDefault();
      }
    } else if (event.key !== 'Shift') {
      this.clear();
    }
    this.key(event);
  }

  isScan(at) {
    const median = [...this.gaps].sort((a, b) => a - b)[this.gaps.length >> 1];
    return this.burst.length >= LENGTH_MIN && at - this.last <= PAUSE_MS_MAX && median <= KEY_MS_MAX;
  }

  /** What is being typed comes from a scanner, as far as one can tell by now. */
  get fast() {
    return this.gaps.length > 2 && this.gaps.at(-1) <= KEY_MS_MAX && this.gaps.at(-2) <= KEY_MS_MAX;
  }
}

let audio;

/** Whether a sound would be heard: browsers want somebody to have touched the page. */
export const canSound = () => audio?.state === 'running' || navigator.userActivation?.hasBeenActive === true;

/** A short sound: a code was taken, or not. Silent until somebody has touched the page, as browsers want it. */
export function sound(ok) {
  play(ok ? 'sine' : 'square', 0.08, ok ? [[1320, 0, 0.05]] : [[220, 0, 0.14], [180, 0.18, 0.2]]);
}

/** A sound that is heard across a room: something is `new`, or beware (`warn`). */
export function chime(kind) {
  play('triangle', 0.3, kind === 'warn' ? [[392, 0, 0.16], [311, 0.2, 0.16], [392, 0.4, 0.16]] : [[659, 0, 0.14], [880, 0.15, 0.28]]);
}

/** @param tones each a pitch in Hz, when it begins, and how long it is, in seconds */
function play(type, volume, tones) {
  try {
    audio ??= new AudioContext();
    audio.resume();
    const start = audio.currentTime;
    const gain = audio.createGain();
    gain.connect(audio.destination);
    gain.gain.setValueAtTime(volume, start);
    tones.forEach(([pitch, from, length]) => {
      const tone = audio.createOscillator();
      tone.type = type;
      tone.frequency.value = pitch;
      tone.connect(gain);
      tone.start(start + from);
      tone.stop(start + from + length);
    });
  } catch {
    // A device without a speaker.
  }
}
