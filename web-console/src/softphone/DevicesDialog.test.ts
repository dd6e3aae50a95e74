import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { show } from '../testing';
import { chooseLanguage } from '../words/words';
import DevicesDialog from './DevicesDialog.vue';

const pitches: number[] = [];

/** A browser that can choose where it sounds, and has no microphone; what it sounds is written down. */
function browserWithoutMicrophone(): void {
  const gain = { gain: { value: 0, setTargetAtTime: () => undefined }, connect: () => undefined };
  const tone = { frequency: { setValueAtTime: (pitch: number) => pitches.push(pitch) }, connect: () => undefined, start: () => undefined };
  class Sounds {
    currentTime = 0;
    createMediaStreamDestination = () => ({ stream: null });
    createGain = () => gain;
    createOscillator = () => tone;
    close = () => Promise.resolve();
  }
  class Player {
    srcObject = null;
    play = () => Promise.resolve();
  }
  vi.stubGlobal('AudioContext', Sounds);
  vi.stubGlobal('Audio', Player);
  vi.stubGlobal('HTMLMediaElement', class {});
  Object.defineProperty(HTMLMediaElement.prototype, 'setSinkId', { value: () => Promise.resolve(), configurable: true });
  const nothing = (): void => undefined;
  vi.stubGlobal('navigator', {
    mediaDevices: { getUserMedia: () => Promise.reject(new DOMException('', 'NotFoundError')), enumerateDevices: () => Promise.resolve([]), addEventListener: nothing, removeEventListener: nothing },
  });
}

describe('sound devices', () => {
  let away: () => void;
  const row = (name: string): Element => document.querySelector(`[data-test=device-${name}] .device`)!;

  beforeEach(async () => {
    chooseLanguage('en');
    pitches.length = 0;
    browserWithoutMicrophone();
    away = await show(DevicesDialog);
  });
  afterEach(() => {
    away();
    chooseLanguage('zh');
  });

  it('have their test in the row of the device', () => {
    expect(row('microphone').querySelector('[data-test=microphone]')).toBeTruthy();
    expect(row('microphone').querySelector('[role=meter]')).toBeTruthy();
    row('speaker').querySelector<HTMLElement>('[data-test=test-speaker]')!.click();
    row('ringer').querySelector<HTMLElement>('[data-test=test-ringer]')!.click();
    expect(pitches).toEqual([440, 660]);
  });

  it('say why there is no microphone', () => {
    expect(document.querySelector('[role=alert]')?.textContent).toBe('There is no microphone to be used.');
  });
});
