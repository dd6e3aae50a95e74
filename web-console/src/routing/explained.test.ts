import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { desks } from '../stream/picture';
import { chooseLanguage, wordOr } from '../words/words';
import { openOf, reasonOf, routeOf, targetOf } from './explained';

desks.set('mz', { id: 'mz', name: '梅州厂' } as never);
afterEach(() => chooseLanguage('zh'));

describe('why a call goes where', () => {
  it.each([
    ["caller's number is E0037", '来电人工号是 E0037'],
    ["caller's site is sg, not gz or zj", '来电人单位是 sg，不是 gz 或 zj'],
    ["caller's mark is not VIP, not VIP", '来电人：非 VIP，不是 VIP'],
    ['caller is factory, not headquarters or unknown', '来电人是工厂员工，不是 公司本部员工 或 未知号码'],
    ['choice is erp and nothing was chosen', '选择是 erp，没有选择'],
    ['desk mz has 2 waiting, 0 ready, longest wait 31 s', '“梅州厂”等待 2 人，就绪 0 人，最长等待 31 秒'],
    ['last talk was with desk mz at 2026-11-27T08:00:00Z, longer ago than 24 h', '上次与“梅州厂”通话于 11/27 16:00，超过 24 小时'],
    ['2026-11-28 is a make-up day: 调休', '2026-11-28 is a make-up day: 调休'],
  ])('%s is said in the words of the page', (from, to) => {
    expect(reasonOf(from)).toBe(to);
  });

  it('names whom it is offered to', () => {
    expect(targetOf('desk mz (30 s)')).toBe('梅州厂 （30 秒）');
    expect(targetOf('role a of desk mz (20 s)')).toBe('梅州厂 A 角 （20 秒）');
    expect(targetOf('on duty in gz-duty (25 s)')).toBe('值班表 gz-duty 的当班人 （25 秒）');
    chooseLanguage('en');
    expect(targetOf('voicemail of desk mz')).toBe('Message for 梅州厂');
  });

  it('says where a call of the past would go', () => {
    expect(routeOf('rule choice-erp for desk mz: desk mz')).toBe('梅州厂 · 规则 choice-erp');
    expect(routeOf('rule r for desk mz: role a of desk mz (20 s), desk mz')).toBe('梅州厂 · 规则 r · 梅州厂 A 角 （20 秒） → 梅州厂');
    expect(routeOf('rule r: asks the caller')).toBe('继续询问来电人 · 规则 r');
    expect(routeOf('no rule holds')).toBe('没有规则成立');
    expect(openOf('rule r: earlier calls are not known')).toBe('规则 r · 以往来电未知');
  });

  it('has a word for every kind of caller and every status', () => {
    const names = (type: string): string[] =>
      [...readFileSync(`../cti-core/src/main/java/cti/core/${type}.java`, 'utf8').matchAll(/^ {2}([A-Z_]+)[,;]?$/gm)].map((found) => (found[1] ?? '').toLowerCase().replaceAll('_', '-'));
    const kinds = names('routing/CallerKind');
    const statuses = names('directory/StaffStatus');
    expect(kinds.length).toBeGreaterThan(1);
    expect(statuses).toContain('retired');
    expect(kinds.filter((kind) => wordOr(`why.kind-${kind}`, '') === '')).toEqual([]);
    expect(statuses.filter((status) => wordOr(`why.status-${status}`, '') === '')).toEqual([]);
  });
});
