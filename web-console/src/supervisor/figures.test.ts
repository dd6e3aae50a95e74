import { describe, expect, it } from 'vitest';
import type { AgentView, CallView, DeskView } from '../api/views';
import { type Thresholds, USUAL } from './colours';
import { deskFigures } from './figures';

const NOW = Date.parse('2026-01-05T02:00:00Z');
const desk = { id: 'gz', name: '广州厂', site: 'gz', siteName: '广州厂', businessLine: '本厂', queue: 'cti-gz', wrapUpSeconds: 10, longestWaitSeconds: 60 } as DeskView;
const call = (id: string, phase: string, waitingSince?: string): CallView =>
  ({ id, phase, desk: 'gz', queue: 'cti-gz', startedAt: '2026-01-05T01:59:00Z', waitingSince, parts: [], callers: [] }) as unknown as CallView;
const agent = (id: string, state: string, notReadyAt: string[] = []): AgentView => ({ id, state, desks: ['gz'], notReadyAt }) as unknown as AgentView;

describe('the figures of a desk', () => {
  it('count waiting and ringing callers, and tell the longest wait', () => {
    const [figures] = deskFigures([desk], [call('a', 'waiting', '2026-01-05T01:59:50Z'), call('b', 'ringing', '2026-01-05T01:59:30Z'), call('c', 'talking')], [], NOW);
    expect(figures?.waiting.map((waiting) => waiting.id)).toEqual(['b', 'a']);
    expect(figures?.longestWait).toBe(30);
    expect(figures?.talking).toHaveLength(1);
    expect(figures?.level).toBe('yellow');
  });

  it('leave out calls that have ended, and are calm when nobody waits', () => {
    const ended = { ...call('a', 'ended'), end: { at: '', outcome: 'answered', by: 'caller' } } as CallView;
    const [figures] = deskFigures([desk], [ended], [], NOW);
    expect(figures?.waiting).toEqual([]);
    expect(figures?.longestWait).toBeUndefined();
    expect(figures?.level).toBe('calm');
  });

  it('count an agent who put the desk aside as not ready for it', () => {
    const [figures] = deskFigures([desk], [], [agent('1', 'ready'), agent('2', 'ready', ['gz']), agent('3', 'busy'), agent('4', 'logged-off')], NOW);
    expect(figures?.ready.map((one) => one.id)).toEqual(['1']);
    expect(figures?.notReady.map((one) => one.id)).toEqual(['2']);
    expect(figures?.busy).toHaveLength(1);
  });

  it('are red after a minute', () => {
    const [figures] = deskFigures([desk], [call('a', 'waiting', '2026-01-05T01:58:59Z')], [], NOW);
    expect(figures?.level).toBe('red');
  });

  it("are coloured by the desk's own limits: by the wait, or by how many wait", () => {
    const level = (calls: CallView[], of: Partial<Thresholds>) => deskFigures([desk], calls, [], NOW, () => ({ ...USUAL, ...of }))[0]?.level;
    const short = [call('a', 'waiting', '2026-01-05T01:59:58Z'), call('b', 'waiting', '2026-01-05T01:59:59Z')];
    expect(level(short, {})).toBe('calm');
    expect(level(short, { waitYellowSeconds: 2 })).toBe('yellow');
    expect(level(short, { waitingYellow: 2 })).toBe('yellow');
    expect(level(short, { waitingYellow: 1, waitingRed: 2 })).toBe('red');
    expect(level(short, { waitYellowSeconds: 1, waitRedSeconds: 2 })).toBe('red');
    expect(level([], { waitingYellow: 1 })).toBe('calm');
  });
});
