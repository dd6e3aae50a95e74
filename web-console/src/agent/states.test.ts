import { beforeEach, describe, expect, it } from 'vitest';
import type { CallView } from '../api/views';
import { chooseLanguage } from '../words/words';
import { callerText, otherText, phaseText, waits } from './states';

const call = (more: Partial<CallView>): CallView =>
  ({ phase: 'ringing', direction: 'inbound', callers: [], callingNumber: '13900000025', callingName: '', dialledNumber: '8000', parts: [], ...more }) as unknown as CallView;

describe('a call in words', () => {
  beforeEach(() => chooseLanguage('zh'));

  it('is known by who calls, one that goes out by who is called', () => {
    expect(callerText(call({}))).toBe('13900000025');
    const out = call({ direction: 'outbound', callingNumber: '8041', dialledNumber: '13900000077' });
    expect(callerText(out)).toBe('13900000077');
    expect(phaseText(out)).toBe('正在呼叫');
    expect(phaseText(call({}))).toBe('来电振铃');
  });

  it('is known by the other end to each of two colleagues', () => {
    const inside = call({ direction: 'internal', callingNumber: '8041', dialledNumber: '8042' });
    expect(otherText(inside, { role: 'caller' })).toBe('8042');
    expect(otherText(inside, { role: 'called' })).toBe('8041');
  });

  it('waits where somebody outside does, never while an agent dials', () => {
    expect(waits(call({}))).toBe(true);
    expect(waits(call({ phase: 'waiting' }))).toBe(true);
    expect(waits(call({ direction: 'outbound' }))).toBe(false);
    expect(waits(call({ direction: 'internal' }))).toBe(false);
    expect(waits(call({ direction: 'outbound', waitingSince: '2026-11-28T01:00:00Z' }))).toBe(true);
    expect(waits(call({ phase: 'talking' }))).toBe(false);
  });
});
