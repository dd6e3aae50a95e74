import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentView, CallView, DeskView, SessionView } from '../api/views';
import { session } from '../session/session';
import { agents, calls, desks, link, openCases } from '../stream/picture';
import { all, type Asked, click, serverSays, show, text, type } from '../testing';
import { chooseLanguage } from '../words/words';
import Wallboard from './Wallboard.vue';

const share = (part: number, whole: number, formula: string) => ({ part, whole, value: part / whole, formula });
const FIGURE = {
  desk: 'gz',
  deskName: '广州厂',
  answered: 9,
  queueMissed: 2,
  answerRate: share(9, 10, 'answered / (answered + agent_no_answer)'),
  serviceLevel: share(8, 10, 'A_T / (A + B − B_s)'),
  queueMissedShare: share(2, 10, 'queue-missed / whole'),
  rule: { desk: 'gz', formula: 'standard', formulaText: '', answerWithinSeconds: 20, shortSeconds: 5 },
  thresholds: { waitYellowSeconds: 5, waitRedSeconds: 60, waitingYellow: 0, waitingRed: 0 },
};
const STAY = { call: 'c9', desk: 'gz', deskName: '广州厂', enteredAt: '2026-01-05T01:00:00Z', waitedMillis: 9_000, outcome: 'abandoned', callingNumber: '13900000026' };

describe('the wallboard', () => {
  let away: () => void;
  let asked: Asked[];

  beforeEach(async () => {
    chooseLanguage('en');
    session.value = { user: 'boss', roles: ['supervisor'] } as unknown as SessionView;
    link.state = 'live';
    desks.set('gz', { id: 'gz', name: '广州厂', queue: 'cti-gz' } as unknown as DeskView);
    const ago = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();
    calls.set('w', { id: 'w', phase: 'waiting', desk: 'gz', queue: 'cti-gz', startedAt: ago(12), waitingSince: ago(10), position: 4, callers: [{ name: '员工0025' }], callingNumber: '13900000025', parts: [] } as unknown as CallView);
    calls.set('t', { id: 't', phase: 'talking', desk: 'gz', queue: 'cti-gz', startedAt: ago(90), talkingSince: ago(60), agent: '1001', agentName: '工程师1001', callers: [], callingNumber: '13900000027', parts: [] } as unknown as CallView);
    const agent = (id: string, state: string, call?: string): AgentView => ({ id, name: `工程师${id}`, state, reason: '', desks: ['gz'], notReadyAt: [], call, extension: '8001', since: ago(60) }) as unknown as AgentView;
    agents.set('1001', agent('1001', 'busy', 't'));
    agents.set('1002', agent('1002', 'ready'));
    openCases.set('gz', 3);
    asked = serverSays({
      '/desk-figures/trend': { items: [{ desk: 'gz', at: '2026-01-05T01:00:00Z', queued: 11, answered: 9, agentNoAnswer: 0, queueMissed: 2 }] },
      '/desk-figures/stays': { items: [STAY] },
      '/desk-figures': { items: [FIGURE] },
      '/wallboard-thresholds': FIGURE.thresholds,
    });
    away = await show(Wallboard);
  });
  afterEach(() => {
    away();
    [calls, agents, desks, openCases].forEach((map) => map.clear());
    session.value = null;
    link.state = 'connecting';
    chooseLanguage('zh');
  });

  const tile = (): HTMLElement => document.querySelector<HTMLElement>('[data-desk=gz]')!;
  const figure = (words: string): HTMLElement | undefined => [...tile().querySelectorAll<HTMLElement>('button')].find((button) => button.textContent.includes(words));

  it('colours a desk by its own limits, and has its missed cases', () => {
    expect(tile().classList.contains('yellow')).toBe(true);
    expect(text('cases')).toContain('3');
  });

  it('says in which place somebody waits now, not in which they came', () => {
    expect(document.querySelector('table')?.textContent).toContain('place 1');
  });

  it('opens behind every figure of this moment whom it counts, with the formula', async () => {
    await click(all('waiting-now')[0]?.closest('button'));
    expect(text('counted-now')).toContain('员工0025');
    expect(text('counted-now')).not.toContain('13900000027');
    expect(text('formula')).toContain('Formula');
  });

  it('opens behind a share each of its parts', async () => {
    await click(figure('Service level'));
    expect(text('formula')).toContain('T = 20 s');
    expect(asked.at(-1)?.path).toContain('figure=answered-in-time');
    await click([...document.querySelectorAll('.el-drawer input[type=radio]')][2]);
    expect(asked.at(-1)?.path).toContain('figure=abandoned');
    expect(document.querySelector('.el-drawer .line')?.textContent).toContain('13900000026');
  });

  it('opens behind an hour of the trend the calls of that hour', async () => {
    await click(all('trend')[0]?.querySelector('button'));
    expect(asked.at(-1)?.path).toContain('from=2026-01-05T01%3A00%3A00Z');
    expect(asked.at(-1)?.path).toContain('to=2026-01-05T02%3A00%3A00.000Z');
  });

  it('lets a supervisor listen to whoever talks, and to nobody else', async () => {
    expect(all('listen')).toHaveLength(1);
    await click(all('listen')[0]);
    expect(document.querySelector('.el-dialog')?.textContent).toContain('工程师1001');
  });

  it('changes what a desk promises only where it was changed', async () => {
    await click(all('limits')[0]);
    await type('limit-red', '30');
    document.querySelector('[data-test=limit-red] input')!.dispatchEvent(new Event('change', { bubbles: true }));
    document.querySelector('.el-dialog form')!.dispatchEvent(new Event('submit', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const puts = asked.filter((one) => one.method === 'PUT');
    expect(puts).toEqual([{ method: 'PUT', path: '/wallboard-thresholds/gz', body: { ...FIGURE.thresholds, waitRedSeconds: 30 } }]);
  });
});
