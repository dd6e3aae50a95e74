import { describe, expect, it } from 'vitest';
import type { PersonView } from '../api/views';
import { concerning, type MajorIncidentView } from './major';

const major = (id: string, sites: string[], now = true): MajorIncidentView => ({ id, sites, now }) as MajorIncidentView;
const pop = { callers: [{ site: 'gz' }, { site: 'sg' }] as PersonView[] };

describe('known major incidents', () => {
  it('concern whoever calls from one of their sites, the desk, or everybody', () => {
    const all = [major('everywhere', []), major('gz', ['gz']), major('mz', ['mz']), major('hq', ['hq', 'zj'])];
    expect(concerning(all, pop, 'hq').map((one) => one.id)).toEqual(['everywhere', 'gz', 'hq']);
    expect(concerning(all, { callers: [] }, undefined).map((one) => one.id)).toEqual(['everywhere']);
  });

  it('are over once they have ended', () => {
    expect(concerning([major('gz', ['gz'], false)], pop, undefined)).toEqual([]);
  });
});
