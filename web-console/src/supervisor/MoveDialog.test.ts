import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallView } from '../api/views';
import { all, type Asked, click, refusal, serverSays, settle, show, type } from '../testing';
import { chooseLanguage } from '../words/words';
import MoveDialog from './MoveDialog.vue';

const call = { id: 'gw1:1', desk: 'gz', callers: [{ name: '员工0025' }], callingNumber: '' } as unknown as CallView;

describe('moving who waits', () => {
  let away: () => void;
  let closed: number;

  beforeEach(() => {
    chooseLanguage('en');
    closed = 0;
  });
  afterEach(() => {
    away();
    chooseLanguage('zh');
  });

  async function shown(answer: unknown): Promise<Asked[]> {
    const asked = serverSays({ '/move': answer });
    away = await show(MoveDialog, { call, onClose: () => closed++ });
    return asked;
  }
  async function submit(): Promise<void> {
    document.querySelector('.el-dialog form')!.dispatchEvent(new Event('submit', { bubbles: true }));
    await settle();
  }

  it('to the back of the desk says so, with the reason', async () => {
    const asked = await shown({});
    await click(document.querySelector('input[type=radio][value=last]'));
    await type('move-reason', 'no hurry');
    await submit();
    expect(asked).toEqual([{ method: 'POST', path: '/calls/gw1%3A1/move', body: { toDesk: 'gz', last: true, reason: 'no hurry' } }]);
    expect(closed).toBe(1);
  });

  it('asks for a reason, and stays open with what the server refused', async () => {
    const asked = await shown(refusal('not-waiting'));
    await submit();
    expect(asked).toEqual([]);
    expect(document.querySelector('[role=alert]')?.textContent).toBe('Fill in the reason.');
    await type('move-reason', 'urgent');
    await submit();
    expect(document.querySelector('[role=alert]')?.textContent).not.toBe('');
    expect(closed).toBe(0);
    expect(all('move-do')).toHaveLength(1);
  });
});
