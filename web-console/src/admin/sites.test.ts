import { describe, expect, it } from 'vitest';
import { planDiffers, rangesOf } from './sites';

describe('dial plans', () => {
  it('have ranges a line each, or parted by commas', () => {
    expect(rangesOf('1000-1999\n 8000 - 8099，5000-5999,')).toEqual(['1000-1999', '8000-8099', '5000-5999']);
  });

  it('differ where a number would be read otherwise, whatever the order of the ranges', () => {
    const now = { areaCode: '757', extensions: ['1000-1999', '8000-8099'], directPrefix: '8888', outsidePrefix: '9' };
    expect(planDiffers(now, { ...now, extensions: ['8000-8099', '1000-1999'] })).toBe(false);
    expect(planDiffers(now, { ...now, directPrefix: '6123' })).toBe(true);
    expect(planDiffers(now, { ...now, extensions: ['1000-1999'] })).toBe(true);
  });
});
