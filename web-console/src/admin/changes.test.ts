import { describe, expect, it } from 'vitest';
import { changesOf } from './changes';

describe('what an audit line changed', () => {
  it('are the fields that differ', () => {
    expect(changesOf('{"name":"员工0001","office":["1001"],"vip":false}', '{"name":"员工0001","office":["1002"],"vip":true}')).toEqual([
      { field: 'office', before: '1001', after: '1002' },
      { field: 'vip', before: 'false', after: 'true' },
    ]);
  });

  it('read lists and facts below without the signs of JSON', () => {
    expect(changesOf('{"seats":{"gz":"B"},"sites":[]}', '{"seats":{"gz":"A","sg":"B"},"sites":["gz","hq"]}')).toEqual([
      { field: 'seats', before: 'gz B', after: 'gz A、sg B' },
      { field: 'sites', before: '', after: 'gz、hq' },
    ]);
  });

  it('are all fields of something new, and of something removed', () => {
    expect(changesOf(undefined, '{"name":"广州厂"}')).toEqual([{ field: 'name', before: '', after: '广州厂' }]);
    expect(changesOf('{"name":"广州厂"}', undefined)).toEqual([{ field: 'name', before: '广州厂', after: '' }]);
    expect(changesOf(undefined, undefined)).toEqual([]);
  });
});
