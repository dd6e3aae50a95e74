import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallView, SessionView } from '../api/views';
import { session } from '../session/session';
import { calls, link } from '../stream/picture';
import { all, show } from '../testing';
import { chooseLanguage } from '../words/words';
import CallBar from './CallBar.vue';

function call(id: string, phase: string, own: string, startedAt: string): CallView {
  return {
    id,
    phase,
    startedAt,
    callers: [{ name: `员工${id}` }],
    callingNumber: '',
    parts: [
      { connection: `${id}-caller`, role: 'caller', state: 'connected' },
      { connection: `${id}-own`, role: 'queue-agent', agent: '1001', state: own },
    ],
  } as unknown as CallView;
}
const buttons = (bar: HTMLElement | undefined): string[] => [...(bar?.querySelectorAll('button') ?? [])].map((button) => button.textContent.trim());

describe('several calls at once', () => {
  let away: () => void;

  beforeEach(() => {
    chooseLanguage('en');
    session.value = { agent: '1001', roles: ['agent'] } as unknown as SessionView;
    link.state = 'live';
    calls.clear();
  });
  afterEach(() => {
    away();
    session.value = null;
    link.state = 'connecting';
    calls.clear();
    chooseLanguage('zh');
  });

  it('each have a bar with what can be done in that one, the older first', async () => {
    calls.set('b', call('b', 'talking', 'connected', '2026-01-05T02:01:00Z'));
    calls.set('a', call('a', 'on-hold', 'held', '2026-01-05T02:00:00Z'));
    calls.set('c', call('c', 'ringing', 'alerting', '2026-01-05T02:02:00Z'));
    away = await show(CallBar);
    const bars = all('my-call');
    expect(bars.map((bar) => bar.querySelector('strong')?.textContent)).toEqual(['员工a', '员工b', '员工c']);
    expect(buttons(bars[0])).toEqual(['Retrieve', 'Hang up']);
    expect(buttons(bars[1])).toEqual(['Hold', 'Consult', 'Transfer', 'Hang up']);
    expect(buttons(bars[2])).toEqual([]);
  });

  it("are not those of others", async () => {
    calls.set('a', { ...call('a', 'talking', 'connected', '2026-01-05T02:00:00Z'), parts: [{ role: 'queue-agent', agent: '1002', state: 'connected' }] } as unknown as CallView);
    away = await show(CallBar);
    expect(all('my-call')).toHaveLength(0);
  });
});
