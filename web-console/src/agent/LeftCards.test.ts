import { afterEach, describe, expect, it } from 'vitest';
import type { AgentView, SessionView } from '../api/views';
import { session } from '../session/session';
import { agents } from '../stream/picture';
import { all, type Asked, click, serverSays, show, text } from '../testing';
import { chooseLanguage } from '../words/words';
import LeftCards from './LeftCards.vue';

const VOICEMAIL = { id: 'v~1', call: 'c1', desk: 'gz', deskName: '广州厂', number: '13900000025', callers: [{ staff: 'E25', name: '员工0025' }], begunAt: '2026-01-05T02:00:00Z', state: 'new', audio: '/api/v1/voicemails/v~1/audio', milliseconds: 12_000, transcription: '打印机坏了' };
const CALLBACK = { id: 'b1', call: 'c2', desk: 'gz', deskName: '广州厂', number: '13900000026', callers: [], since: '', requestedAt: '2026-01-05T02:00:00Z', until: '2026-01-05T04:00:00Z', state: 'waiting', attempts: 1 };

describe('what callers left', () => {
  let away: () => void;
  afterEach(() => {
    away();
    agents.clear();
    session.value = null;
    chooseLanguage('zh');
  });

  async function shown(): Promise<Asked[]> {
    chooseLanguage('en');
    session.value = { agent: '1001', roles: ['agent'] } as unknown as SessionView;
    agents.set('1001', { id: '1001', state: 'ready', seats: ['gz'] } as unknown as AgentView);
    const asked = serverSays({ '/heard': VOICEMAIL, '/voicemails': { items: [VOICEMAIL, { ...VOICEMAIL, id: 'v~2', desk: 'sg' }] }, '/callbacks': { items: [CALLBACK] } });
    away = await show(LeftCards);
    return asked;
  }

  it('is told with who, and has a call back by one click', async () => {
    await shown();
    expect(all('voicemail')).toHaveLength(1);
    expect(text('voicemail')).toContain('员工0025');
    expect(text('voicemail')).toContain('打印机坏了');
    expect(document.querySelector('[data-test=voicemail] audio')?.getAttribute('src')).toBe(VOICEMAIL.audio);
    expect(document.querySelector('[data-test=voicemail] button.dial')?.textContent).toBe('13900000025');
    expect(document.querySelector('[data-test=callback] button.dial')?.textContent).toBe('13900000026');
    expect(text('callback')).toContain('called 1 times');
  });

  it('is heard once, and asked for again then', async () => {
    const asked = await shown();
    const before = asked.length;
    await click([...document.querySelectorAll('[data-test=voicemail] button')].find((button) => button.textContent.includes('heard')));
    expect(asked.slice(before).map((one) => `${one.method} ${one.path.split('?')[0]}`)).toEqual(['PUT /voicemails/v~1/heard', 'GET /voicemails', 'GET /callbacks']);
  });
});
