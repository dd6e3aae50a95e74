import { describe, expect, it } from 'vitest';
import { addDays, drawn, mondayOf, momentOf, placeOf, specialOf } from './week';

describe('a week', () => {
  it('begins on Monday in the zone of the site', () => {
    expect(mondayOf(Date.parse('2026-11-25T03:00:00Z'))).toBe('2026-11-23');
    // Sunday evening in UTC is Monday at the site.
    expect(mondayOf(Date.parse('2026-11-22T17:00:00Z'))).toBe('2026-11-23');
    expect(mondayOf(Date.parse('2026-11-22T15:00:00Z'))).toBe('2026-11-16');
    expect(addDays('2026-11-30', -7)).toBe('2026-11-23');
  });

  it('names its special days', () => {
    expect(specialOf('2026-10-01 is a holiday (国庆节)')).toEqual({ kind: 'holiday', name: '国庆节' });
    expect(specialOf('2026-10-10 is a make-up working day')).toEqual({ kind: 'make-up', name: '' });
    expect(specialOf(undefined)).toBeUndefined();
  });

  it('places a stretch on the strip, cut at its ends', () => {
    const monday = placeOf('2026-11-23', '2026-11-22T00:00:00Z', '2026-11-23T16:00:00Z');
    expect(monday.left).toBe(0);
    expect(monday.width).toBeCloseTo(100 / 7);
    expect(momentOf('2026-11-23', 8 * 60 + 30).toISOString()).toBe('2026-11-23T00:30:00.000Z');
  });

  it('reads what was drawn at whole half hours, in either direction', () => {
    expect(drawn(1 / 7, 0)).toEqual([0, 1440]);
    expect(drawn(0.5001, 0.5)).toEqual([5040, 5070]);
    expect(drawn(1, 1.2)).toEqual([10050, 10080]);
  });
});
