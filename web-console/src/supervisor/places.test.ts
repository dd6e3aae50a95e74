import { describe, expect, it } from 'vitest';
import type { CallView } from '../api/views';
import { places } from './places';

const call = (id: string, second: number, position: number, queue = 'q'): CallView => ({ id, queue, position, waitingSince: `2026-01-05T02:00:0${second}Z` }) as CallView;

describe('places in a queue', () => {
  it('move up when those before have gone', () => {
    expect([...places([call('c', 3, 3), call('b', 2, 2)])]).toEqual([
      ['b', 1],
      ['c', 2],
    ]);
  });

  it('are before earlier callers for whoever came with a priority', () => {
    expect(places([call('a', 1, 1), call('b', 2, 2), call('vip', 3, 1)])).toEqual(
      new Map([
        ['vip', 1],
        ['a', 2],
        ['b', 3],
      ]),
    );
  });

  it('are counted for each queue, and only of those who wait', () => {
    const talks = { ...call('t', 1, 1), waitingSince: undefined } as CallView;
    expect(places([call('a', 1, 1), call('o', 2, 1, 'other'), talks]).get('o')).toBe(1);
    expect(places([talks]).size).toBe(0);
  });
});
