// A short tone for a message that has come, made here: no file is fetched.

const PITCHES = [660, 880];
const TONE_SECONDS = 0.12;

let context;

// Rings once, where the browser lets a page ring.
export function ring() {
  context ??= new AudioContext();
  // A browser keeps a page silent until the person has touched it.
  context.resume().catch(() => {});
  PITCHES.forEach((pitch, index) => tone(pitch, context.currentTime + index * TONE_SECONDS));
}

function tone(pitch, start) {
  const end = start + TONE_SECONDS;
  const loudness = new GainNode(context, { gain: 0 });
  const source = new OscillatorNode(context, { frequency: pitch });
  // Without a rise and a fall it would click.
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(0.15, start + 0.02);
  loudness.gain.linearRampToValueAtTime(0, end);
  source.connect(loudness).connect(context.destination);
  source.start(start);
  source.stop(end);
}
