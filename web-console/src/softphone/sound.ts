// Sound devices: which ones are used, trying them, the ring.
import { reactive } from 'vue';

/** Ids of devices as the browser names them; empty for the system's own choice. */
export interface Devices {
  microphone: string;
  /** The headset. */
  speaker: string;
  /** Where it rings: not the headset that lies on the table. */
  ringer: string;
  /** Takes noise and echoes out of what the microphone hears; whoever plays sounds wants it off. */
  clean: boolean;
}

const KEPT = 'cti.devices';

const USUAL: Devices = { microphone: '', speaker: '', ringer: '', clean: true };

function kept(): Devices {
  try {
    return { ...USUAL, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Devices>) };
  } catch {
    return USUAL;
  }
}

export const devices = reactive<Devices>(kept());

export function keepDevices(): void {
  localStorage.setItem(KEPT, JSON.stringify(devices));
}

/** Whether this browser can send sound to another device than the system's own. */
export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** A page without https, but for this computer's own, is given no microphone at all. */
export const mayUseMicrophone = (): boolean => navigator.mediaDevices !== undefined;

/** @throws DOMException: NotAllowedError where somebody said no, NotFoundError where there is none */
export async function microphone(): Promise<MediaStream> {
  if (!mayUseMicrophone()) throw new DOMException('no https', 'SecurityError');
  const wanted = { echoCancellation: devices.clean, noiseSuppression: devices.clean, autoGainControl: devices.clean };
  if (devices.microphone) {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: { ...wanted, deviceId: { exact: devices.microphone } } });
    } catch (fault) {
      // It was unplugged: the system's own is better than none.
      if (!(fault instanceof DOMException) || fault.name === 'NotAllowedError') throw fault;
    }
  }
  return navigator.mediaDevices.getUserMedia({ audio: wanted });
}

export function stopStream(stream: MediaStream | null): void {
  stream?.getTracks().forEach((track) => track.stop());
}

async function sendTo(audio: HTMLAudioElement, device: string): Promise<void> {
  if (!device || !canChooseSpeaker()) return;
  try {
    await audio.setSinkId(device);
  } catch {
    // It was unplugged: the system's own is used.
  }
}

const heard = new Set<HTMLAudioElement>();

/** Plays what comes from the other side, at the headset. */
export function play(stream: MediaStream): HTMLAudioElement {
  const audio = document.createElement('audio');
  audio.dataset.test = 'other-side';
  audio.autoplay = true;
  audio.srcObject = stream;
  document.body.append(audio);
  heard.forEach((one) => one.isConnected || heard.delete(one));
  heard.add(audio);
  void sendTo(audio, devices.speaker).then(() => audio.play().catch(() => undefined));
  return audio;
}

/** What is heard goes on at the device that was just chosen. */
export function changeSpeaker(): void {
  heard.forEach((audio) => void sendTo(audio, devices.speaker));
}

/** Tones in turn, until it is stopped: pairs of pitch in Hz (0 for silence) and length in seconds. */
function tones(device: string, pattern: [number, number][], volume: number): () => void {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.connect(out);
  const tone = context.createOscillator();
  tone.connect(gain);
  tone.start();
  const audio = new Audio();
  audio.srcObject = out.stream;
  void sendTo(audio, device).then(() => audio.play().catch(() => undefined));
  let step = 0;
  let timer = 0;
  const next = (): void => {
    const [pitch, seconds] = pattern[step++ % pattern.length]!;
    tone.frequency.setValueAtTime(pitch || 1, context.currentTime);
    gain.gain.setTargetAtTime(pitch ? volume : 0, context.currentTime, 0.01);
    timer = window.setTimeout(next, seconds * 1000);
  };
  next();
  return () => {
    clearTimeout(timer);
    audio.srcObject = null;
    void context.close();
  };
}

/** Rings at the ringer's device. Gives back how to stop. */
export const ring = (): (() => void) =>
  tones(devices.ringer || devices.speaker, [[660, 0.35], [0, 0.15], [880, 0.35], [0, 1.8]], 0.25);

/** What somebody hears who calls, where the other side sends nothing yet (450 Hz, GB/T 3380). */
export const ringBack = (): (() => void) => tones(devices.speaker, [[450, 1], [0, 4]], 0.1);

/** A second of a tone, to hear whether a device is the right one. */
export function testTone(device: string): void {
  const stop = tones(device, [[440, 1], [0, 9]], 0.25);
  setTimeout(stop, 1_300);
}

/** The ring as it will be, once, where it will be. */
export function testRing(): void {
  setTimeout(ring(), 1_300);
}

/** How loud the microphone hears, 0 to 1, told again and again. Gives back how to stop. */
export function level(stream: MediaStream, told: (loud: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    // -60 dB and less is nothing, 0 dB is all there is.
    told(power > 0 ? Math.min(1, Math.max(0, (10 * Math.log10(power) + 60) / 60)) : 0);
  }, 80);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

export interface Device {
  id: string;
  name: string;
}

/** The devices of a kind, by name; names are only told to whom the microphone was given. */
export async function devicesOf(kind: 'audioinput' | 'audiooutput'): Promise<Device[]> {
  if (!mayUseMicrophone()) return [];
  return (await navigator.mediaDevices.enumerateDevices())
    .filter((one) => one.kind === kind && one.deviceId !== '' && one.deviceId !== 'default')
    .map((one) => ({ id: one.deviceId, name: one.label || one.deviceId.slice(0, 8) }));
}
