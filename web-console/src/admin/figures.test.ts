import { describe, expect, it } from 'vitest';
import { figureValue, secondsOf } from './figures';

describe('figures of components', () => {
  it('are said as people read them', () => {
    expect(figureValue('bytes free on the disk', '35576086528')).toBe('33.1 GiB');
    expect(figureValue('live', 'true')).toBe('是');
    expect(figureValue('started', '2026-11-27T04:08:53.317Z')).toBe('11/27 12:08');
    expect(figureValue("machine's clock is before it by", 'PT0.0000007S')).toBe('0.000 s');
    expect(figureValue('gateway ahead', '-PT0.0001S')).toBe('0.000 s');
    expect(figureValue('disk', 'NORMAL')).toBe('正常');
    expect(figureValue('version', '0.1.0')).toBe('0.1.0');
  });

  it('know durations', () => {
    expect(['PT0S', 'PT1M2.5S', '-PT3S', 'PT1H', 'soon', 'PT'].map(secondsOf)).toEqual([0, 62.5, -3, 3600, undefined, undefined]);
  });
});
