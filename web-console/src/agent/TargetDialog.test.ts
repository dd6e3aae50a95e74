import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agents } from '../stream/picture';
import type { AgentView } from '../api/views';
import { signOut } from '../session/session';
import { all, click, serverSays, settle, show, signedIn, type } from '../testing';
import { chooseLanguage } from '../words/words';
import TargetDialog from './TargetDialog.vue';

describe('to whom a call is handed on', () => {
  let away: () => void;
  let given: Record<string, unknown>[];

  beforeEach(async () => {
    chooseLanguage('en');
    agents.set('1002', { id: '1002', name: '工程师1002', state: 'ready', reason: '', desks: [], extension: '8002' } as unknown as AgentView);
    serverSays({ '/session': {}, '/catalog': {}, '/pause-reasons': { items: [] }, '/directory/staff?q=': { items: [{ staff: 'E25', name: '员工0025', department: '广州厂', numbers: [{ given: '020-8666 2004', e164: '+862086662004' }, { given: '2004', extension: '2004' }] }] } });
    given = await signedIn({ agent: '1001' });
    away = await show(TargetDialog, { call: 'gw1:1', what: 'transfer' });
  });
  afterEach(async () => {
    await signOut();
    away();
    agents.clear();
    chooseLanguage('zh');
  });

  const targets = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('button.target')];
  const enter = async (): Promise<void> => {
    document.querySelector('input[data-test=target-text], [data-test=target-text] input')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settle();
  };

  it('may be a person of the directory, by each of their numbers', async () => {
    await click(document.querySelector('input[type=radio][value=person]'));
    await type('target-text', '员工00');
    expect(targets().map((one) => one.textContent)).toHaveLength(2);
    await click(targets()[1]);
    expect(given).toEqual([{ command: 'transfer', call: 'gw1:1', toNumber: '2004' }]);
  });

  it('is by keyboard the first of those looked for, and nobody without looking', async () => {
    await enter();
    expect(given).toEqual([]);
    await type('target-text', '1002');
    await enter();
    expect(given).toEqual([{ command: 'transfer', call: 'gw1:1', toAgent: '1002' }]);
    expect(all('target-text').length).toBeGreaterThan(0);
  });
});
