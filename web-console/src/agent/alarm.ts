// A ringing phone is heard and seen although the page is behind another window.
import type { PopView } from '../api/views';
import { t } from '../words/words';

const KEPT = 'cti.sound';
const shown = new Map<string, Notification>();

export const soundIsOn = (): boolean => localStorage.getItem(KEPT) !== 'off';
export const switchSound = (on: boolean): void => localStorage.setItem(KEPT, on ? 'on' : 'off');

/** Asks the browser, where nobody was asked yet; must follow a click. */
export function askForNotifications(): void {
  if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission();
}

export function alarm(pop: PopView): void {
  if (soundIsOn()) chime();
  if (!('Notification' in window) || Notification.permission !== 'granted' || document.visibilityState === 'visible') return;
  const name = pop.callers.map((person) => person.name).join(' / ') || pop.number || t('anonymous');
  const notification = new Notification(`${t('ringing')}: ${name}`, { body: pop.deskName ?? '', tag: pop.id });
  notification.onclick = () => window.focus();
  shown.set(pop.id, notification);
}

export function quietAgain(id: string): void {
  shown.get(id)?.close();
  shown.delete(id);
}

/** Two short tones; a browser that lets no page make sound before a click stays silent. */
function chime(): void {
  const audio = new AudioContext();
  [660, 880].forEach((pitch, i) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const begin = audio.currentTime + i * 0.18;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.16);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.17);
  });
  setTimeout(() => void audio.close(), 800);
}
