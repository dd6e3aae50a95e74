import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { agents, desks } from '../stream/picture';
import { chooseLanguage, type Language, wordOr } from '../words/words';
import { callerOf, callOf, fieldText, KINDS, subjectText } from './subjects';
import { accountText, valueText } from './values';

afterEach(() => {
  desks.clear();
  agents.clear();
  chooseLanguage('zh');
});

describe('values of the audit log', () => {
  it('are said by name', () => {
    desks.set('gz', { id: 'gz', name: '广州厂' } as never);
    agents.set('1001', { id: '1001', name: '工程师1001' } as never);
    expect(valueText('incident', 'desk', 'gz')).toBe('广州厂');
    expect(valueText('note', 'desks', 'gz hq')).toBe('广州厂、hq');
    expect(valueText('incident', 'owner', '1001')).toBe('工程师1001');
    expect(valueText('incident', 'state', 'IN_PROGRESS')).toBe('处理中');
    expect(valueText('missed-case', 'state', 'CLOSED')).toBe('人工关闭');
    expect(valueText('callback', 'state', 'WAITING')).toBe('等待回拨');
    expect(valueText('callback', 'outcome', 'NOT_REACHED')).toBe('未能接通');
    expect(valueText('incident', 'calls', 'gw1:1.1 OPENED_FROM、gw1:2.2 CALLBACK')).toBe('来源通话、回拨通话');
    expect(valueText('agent-rules', 'listenersHidden', 'true')).toBe('是');
    expect(valueText('agent', 'mode', 'barge')).toBe('强插');
  });

  it('name who did it', () => {
    expect(accountText('admin')).toBe('admin');
    expect(accountText('caller:13900000025')).toBe('来电人 13900000025');
    expect(accountText('system:callbacks')).toBe('系统');
    expect(accountText('cli:root')).toBe('命令行 root');
    chooseLanguage('en');
    expect(accountText('caller:13900000025')).toBe('Caller 13900000025');
  });

  it('lead to a call instead of showing its id', () => {
    expect(subjectText('callback gw1:1.1')).toBe('预约回拨');
    expect(callOf('callback gw1:1.1')).toBe('gw1:1.1');
    expect(callOf('incident INC-20261121-0001')).toBeUndefined();
    expect(callOf('recording gw1:1.2~1', '{"call":"gw1:1.1"}')).toBe('gw1:1.1');
    expect(subjectText('recording gw1:1.2~1')).toBe('录音');
    expect(callerOf('missed-case gw1:1.1', '{"desk":"gz","callerNumber":"13900000025"}')).toBe('gz · 13900000025');
    expect(callerOf('incident INC-20261121-0001', '{"desk":"gz"}')).toBe('');
    expect(subjectText('incident INC-20261121-0001')).toBe('工单 INC-20261121-0001');
    expect(subjectText('sign-in nobody')).toBe('登录');
    expect(fieldText('until', 'sign-in')).toBe('截至');
    expect(fieldText('address', 'sign-in')).toBe('来自');
    expect(fieldText('address', 'staff')).toBe('办公地点');
    expect(fieldText('leftOut', 'sign-in')).toBe('未逐条记录的次数');
  });

  it.each(['zh', 'en'] as Language[])('have words for whoever comes in and leaves, in %s', (language) => {
    chooseLanguage(language);
    const store = readFileSync('../cti-server/src/main/java/cti/server/db/accounts/SignInStore.java', 'utf8');
    const actions = [...store.matchAll(/case [A-Z_]+ -> "([a-z-]+)"/g)].map((found) => found[1] ?? '');
    expect(actions).toHaveLength(6);
    expect(actions.filter((action) => wordOr(`audit.action-${action}`, '') === '')).toEqual([]);
  });
});

/** All Java sources of the server, as one text. */
function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.java'))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .filter((text) => text.includes('AuditWriter') || text.includes('.audited(') || text.includes('class CommandFacts'))
    .join('\n');
}

describe('words of the audit log', () => {
  const server = sources('../cti-server/src/main/java/cti/server');

  it('are there for every kind of thing that the server writes lines of', () => {
    const kinds = [...server.matchAll(/"([a-z][a-z-]+) " \+/g)].map((found) => found[1] ?? '');
    expect(kinds).toContain('incident');
    expect(kinds).toContain('big-screen');
    expect(KINDS.filter((kind) => wordOr(`audit.kind-${kind}`, '') === '')).toEqual([]);
    const noSubjects = new Set(['in', 'at', 'listening', 'removed']);
    expect(kinds.filter((kind) => !noSubjects.has(kind) && wordOr(`audit.kind-${kind}`, '') === '')).toEqual([]);
  });

  it('are there for every fact', () => {
    const facts = [...server.matchAll(/facts\.put\(\s*"([A-Za-z]+)"/g)].map((found) => found[1] ?? '');
    expect(facts.length).toBeGreaterThan(40);
    expect(facts.filter((fact) => fieldText(fact) === fact)).toEqual([]);
  });

  it('are there for every act that supervisors do for agents', () => {
    const commands = ['AgentCommand', 'CallCommand'].flatMap((type) =>
      [...readFileSync(`../cti-core/src/main/java/cti/core/engine/${type}.java`, 'utf8').matchAll(/^ {2}record (\w+)\(/gm)].map((found) => found[1] ?? ''),
    );
    const actions = commands.map((name) => `agent-${name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}`);
    expect(actions).toContain('agent-become-not-ready');
    expect(actions.filter((action) => wordOr(`audit.action-${action}`, '') === '')).toEqual([]);
  });
});
