import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../api/views';
import { offered } from './incident';

const NOW = Date.parse('2026-02-01T02:00:00Z');
const incident = (id: string, state: string, changedAt: string, callerStaff?: string): IncidentView => ({ id, state, changedAt, callerStaff }) as IncidentView;
const ids = (all: IncidentView[], staff = ''): string[] => offered(all, staff, NOW).map((one) => one.id);

describe('incidents that are offered for a call', () => {
  it('are open and changed within thirty days, the latest change first', () => {
    expect(
      ids([
        incident('old', 'pending', '2026-01-02T01:59:59Z'),
        incident('first', 'assigned', '2026-01-03T00:00:00Z'),
        incident('last', 'reopened', '2026-01-31T00:00:00Z'),
        incident('solved', 'resolved', '2026-01-31T00:00:00Z'),
        incident('merged', 'merged', '2026-01-31T00:00:00Z'),
      ]),
    ).toEqual(['last', 'first']);
  });

  it('are those of whoever was chosen, and of a number that is nobody', () => {
    const all = [incident('a', 'new', '2026-01-30T00:00:00Z', 'E1'), incident('b', 'new', '2026-01-31T00:00:00Z', 'E2'), incident('c', 'new', '2026-01-29T00:00:00Z')];
    expect(ids(all, 'E1')).toEqual(['a', 'c']);
    expect(ids(all)).toEqual(['b', 'a', 'c']);
  });
});
