// Reads barcodes off the camera of a telephone: by the browser's own reader, else by a library that is loaded only then.

const FORMATS = ['ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_128', 'data_matrix', 'qr_code'];

/** Between two looks at the picture. */
const PAUSE_MS = 120;

/** The same code again counts after so long: it was taken away and shown once more. */
const AGAIN_MS = 2500;
const WIDTH_MAX = 960;

/** Why there is no camera: `insecure`, or `none`; null if there may be one. */
export function hindrance() {
  if (!window.isSecureContext) {
    return 'insecure';
  }
  return navigator.mediaDevices?.getUserMedia ? null : 'none';
}

async function native() {
  if (!('BarcodeDetector' in window)) {
    return null;
  }
  const known = await BarcodeDetector.getSupportedFormats();
  if (!known.includes('ean_13')) {
    return null;
  }
  const detector = new BarcodeDetector({ formats: FORMATS.filter(it => known.includes(it)) });
  return async video => (await detector.detect(video))[0]?.rawValue ?? null;
}

function script(url) {
  return new Promise((done, failed) => {
    const element = Object.assign(document.createElement('script'), { src: url, onload: done, onerror: () => failed(new Error(url)) });
    document.head.append(element);
  });
}

async function library() {
  if (!window.ZXing) {
    await script(new URL('../zxing/third_party/zxing-js.umd.min.js', import.meta.url).href);
  }
  const { MultiFormatReader, DecodeHintType, BarcodeFormat, BinaryBitmap, HybridBinarizer, HTMLCanvasElementLuminanceSource } = window.ZXing;
  const reader = new MultiFormatReader();
  reader.setHints(new Map([
    [DecodeHintType.POSSIBLE_FORMATS, FORMATS.map(it => BarcodeFormat[it.toUpperCase()])],
    [DecodeHintType.TRY_HARDER, true],
  ]));
  const canvas = document.createElement('canvas');
  return async video => {
    const scale = Math.min(1, WIDTH_MAX / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!canvas.width) {
      return null;
    }
    canvas.getContext('2d', { willReadFrequently: true }).drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return reader.decodeWithState(new BinaryBitmap(new HybridBinarizer(new HTMLCanvasElementLuminanceSource(canvas)))).getText();
    } catch {
      // Nothing to be read in this picture.
      return null;
    }
  };
}

const pause = ms => new Promise(done => setTimeout(done, ms));

/** Looks until it is stopped; `seen` is called with each code. */
export class Camera {
  constructor(seen) {
    this.seen = seen;
    this.last = null;
    this.at = -Infinity;
  }

  /** Fails if nobody allowed it, or there is none. */
  async start(video) {
    this.running = true;
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } } });
    if (!this.running) {
      this.stop();
      return;
    }
    video.srcObject = this.stream;
    await video.play();
    const read = await native() ?? await library();
    while (this.running) {
      const code = await read(video).catch(() => null);
      const now = performance.now();
      if (code) {
        if (this.running && (code !== this.last || now - this.at > AGAIN_MS)) {
          this.seen(code);
        }
        this.last = code;
        this.at = now;
      }
      await pause(PAUSE_MS);
    }
  }

  stop() {
    this.running = false;
    this.stream?.getTracks().forEach(it => it.stop());
    this.stream = null;
  }
}
