import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SessionView } from '../api/views';
import { chooseLanguage } from '../words/words';
import { type Away, away, backAfter } from './away';

const answers = (paths: Record<string, unknown>) =>
  vi.stubGlobal('fetch', (path: string) => {
    const found = Object.entries(paths).find(([part]) => path.includes(part));
    return Promise.resolve(new Response(JSON.stringify(found?.[1] ?? {}), { status: found ? 200 : 503, headers: { 'Content-Type': 'application/json' } }));
  });
async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
const told = (): Away | null => away.value;
const agent = { agent: '1001' } as SessionView;

describe('after an outage', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    away.value = null;
    chooseLanguage('zh');
  });

  it('one is told who rang in vain and who is to be called back', async () => {
    chooseLanguage('en');
    answers({
      '/agents/1001/day/calls?figure=missed': { items: [{ at: '2026-01-05T02:00:00Z', callers: [{ name: '员工0025' }], callingNumber: '13900000025' }] },
      '/missed-cases?state=open': { items: [{ openedAt: '2026-01-05T02:01:00Z', callers: [], numbers: ['13900000026'], deskName: '广州厂', queue: 'cti-gz' }] },
    });
    backAfter(60_000, 'back', agent, (_: number, then: () => void) => then());
    expect(away.value).toEqual({ text: 'back', missed: [] });
    await settle();
    expect(away.value?.missed[0]).toContain('员工0025');
    expect(away.value?.missed[1]).toContain('13900000026');
    expect(away.value?.missed[1]).toContain('广州厂');
  });

  it('nothing is put under a text that was read, and a failure is told', async () => {
    answers({});
    backAfter(60_000, 'first', agent, (_: number, then: () => void) => then());
    away.value = null;
    await settle();
    expect(away.value).toBeNull();
    backAfter(60_000, 'second', agent, (_: number, then: () => void) => then());
    await settle();
    expect(told()?.missed).toHaveLength(1);
  });
});
