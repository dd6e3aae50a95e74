import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { show } from '../testing';
import { chooseLanguage } from '../words/words';
import DevicesDialog from './DevicesDialog.vue';

const tested = vi.hoisted((): string[] => []);
vi.mock('./sound', async (original) => ({
  ...(await original<typeof import('./sound')>()),
  canChooseSpeaker: () => true,
  microphone: () => Promise.reject(new DOMException('', 'NotFoundError')),
  devicesOf: () => Promise.resolve([]),
  testTone: () => tested.push('tone'),
  testRing: () => tested.push('ring'),
}));

describe('sound devices', () => {
  let away: () => void;
  const row = (name: string): Element => document.querySelector(`[data-test=device-${name}] .device`)!;

  beforeEach(async () => {
    chooseLanguage('en');
    tested.length = 0;
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
    expect(tested).toEqual(['tone', 'ring']);
  });

  it('say why there is no microphone', () => {
    expect(document.querySelector('[role=alert]')?.textContent).toBe('There is no microphone to be used.');
  });
});
