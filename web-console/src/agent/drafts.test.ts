import { beforeEach, describe, expect, it } from 'vitest';
import { draftOf, dropDraft, dropOldDrafts, firstKey, keepDraft, newDraft, unsavedCalls } from './drafts';
import { lastUsedFirst, used } from './recent';

beforeEach(() => localStorage.clear());

describe('what was typed', () => {
  it('is there again after a reload, with the key under which it is saved once', () => {
    const draft = { ...newDraft('k'), title: '打印机卡纸', typed: ['title'] };
    keepDraft('gw1:1.1', draft);
    expect(draftOf('gw1:1.1')).toMatchObject({ title: '打印机卡纸', key: 'k' });
    expect(unsavedCalls()).toEqual(['gw1:1.1']);
  });

  it('is not called unsaved once it is saved, or when nobody typed anything', () => {
    keepDraft('a', { ...newDraft('k'), typed: ['title'], savedAs: 'INC-0001' });
    keepDraft('b', newDraft('k'));
    expect(unsavedCalls()).toEqual([]);
  });

  it('is forgotten by hand, and after a day', () => {
    keepDraft('a', newDraft('k'));
    localStorage.setItem('cti.draft.old', JSON.stringify({ ...newDraft('k'), keptAt: Date.now() - 25 * 3_600_000 }));
    localStorage.setItem('cti.language', 'en');
    dropOldDrafts();
    expect(draftOf('old')).toBeUndefined();
    expect(draftOf('a')).toBeDefined();
    dropDraft('a');
    expect(draftOf('a')).toBeUndefined();
    expect(localStorage.getItem('cti.language')).toBe('en');
  });

  it('has one key in all tabs, which the server takes', () => {
    expect(firstKey('gw1:1795851746.21076')).toBe('pop-gw1:1795851746.21076');
    expect(firstKey(`gw1:${'pbx.example-'.repeat(9)}1795851746.21076`)).toMatch(/^[!-~]{47}-1795851746\.21076$/);
  });
});

describe('a list', () => {
  it('shows what was used last first, and nothing that is gone', () => {
    used('service', 'ERP服务');
    used('service', 'MES服务');
    used('service', '已取消的服务');
    expect(lastUsedFirst('service', ['企业门户', 'ERP服务', 'MES服务'])).toEqual(['MES服务', 'ERP服务', '企业门户']);
  });
});
