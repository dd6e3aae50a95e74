import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogView, PopView } from '../api/views';
import { catalog } from '../session/session';
import { all, type Asked, click, serverSays, settle, show, text, type } from '../testing';
import { type Draft, draftOf, newDraft } from './drafts';
import IncidentForm from './IncidentForm.vue';

const incident = (id: string, state: string, daysAgo: number) => ({ id, state, title: `标题 ${id}`, changedAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString(), createdAt: '2026-01-01T00:00:00Z', callerStaff: 'E1' });
const pop = {
  id: 'p',
  call: 'gw1:1',
  number: '13900000025',
  callers: [{ staff: 'E1', name: '员工0025', department: '', site: 'gz', numbers: [] }],
  keys: [],
  waitedSeconds: 3,
  incidents: [incident('INC-1', 'pending', 40), incident('INC-2', 'assigned', 2), incident('INC-3', 'closed', 1)],
  revision: 1,
} as unknown as PopView;

/** What a browser tells a tab when another one keeps a draft. */
function other(draft: Draft): void {
  window.dispatchEvent(new StorageEvent('storage', { key: 'cti.draft.gw1:1', newValue: JSON.stringify(draft) }));
}

describe('the incident of a call', () => {
  let away: () => void;
  let asked: Asked[];

  beforeEach(async () => {
    localStorage.clear();
    catalog.value = { services: ['ERP服务'], categories: ['VPN'], kinds: ['咨询'], levels: ['III', 'IV'], sources: ['电话'] } as unknown as CatalogView;
    asked = serverSays({ '/incidents/INC-2/calls': incident('INC-2', 'assigned', 0), '/major-incidents': { items: [] }, '/incidents': incident('INC-9', 'assigned', 0) });
    away = await show(IncidentForm, { pop });
  });
  afterEach(() => away());

  it('may be one that is open and changed lately: the call goes with it, and none is opened', async () => {
    expect(all('join')).toHaveLength(1);
    expect(text('offered')).toContain('INC-2');
    await click(all('join')[0]);
    expect(asked.filter((one) => one.method === 'POST')).toEqual([{ method: 'POST', path: '/incidents/INC-2/calls', body: { call: 'gw1:1', role: 'related' } }]);
    expect(text('incident-form')).toContain('INC-2');
    expect(all('offered')).toHaveLength(0);
  });

  it('may be a new one beside it all the same, saved under a key of its own', async () => {
    await click(all('join')[0]);
    await click(all('another')[0]);
    document.querySelector('form')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
    await settle();
    const saves = asked.filter((one) => one.method === 'POST' && one.path === '/incidents');
    expect(saves).toHaveLength(1);
    expect(saves[0]?.body).toMatchObject({ callerStaff: 'E1', source: '电话', service: 'ERP服务', category: 'VPN', level: 'IV' });
  });

  it('is one in all tabs of a browser: what is typed in one stands in the other', async () => {
    await type('title', '键盘失灵');
    const kept = draftOf('gw1:1')!;
    expect(kept.key).toBe('pop-p');
    other({ ...kept, title: '键盘失灵，F5 无反应', typed: ['title'] });
    await settle();
    expect((all('title')[0] as HTMLInputElement).value).toBe('键盘失灵，F5 无反应');
    expect(draftOf('gw1:1')!.title).toBe('键盘失灵');
    await type('title', '键盘失灵，F5 无反应。');
    await type('title', '键盘失灵，F5 无反应');
    expect(draftOf('gw1:1')!.title).toBe('键盘失灵，F5 无反应');
  });

  it('is no draft while nobody has typed: what fills itself in may be older than another tab', async () => {
    away();
    catalog.value = null;
    away = await show(IncidentForm, { pop });
    catalog.value = { services: ['ERP服务'], categories: ['VPN'], kinds: ['咨询'], levels: ['III', 'IV'], sources: ['电话'] } as unknown as CatalogView;
    await settle();
    expect(text('incident-form')).toContain('ERP服务');
    expect(draftOf('gw1:1')).toBeUndefined();
  });

  it('saved in another tab, is not to be saved here', async () => {
    other({ ...newDraft('pop-p'), title: '键盘失灵', savedAs: 'INC-7' });
    await settle();
    expect(text('incident-form')).toContain('INC-7');
    expect((all('save')[0] as HTMLButtonElement).disabled).toBe(true);
    await click(all('another')[0]);
    other({ ...newDraft('another'), title: '又一件' });
    await settle();
    expect((all('save')[0] as HTMLButtonElement).disabled).toBe(false);
    expect(draftOf('gw1:1')!.savedAs).toBeUndefined();
  });
});
