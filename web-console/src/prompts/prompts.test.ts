import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, nextTick, type App } from 'vue';
import { session } from '../session/session';
import { chooseLanguage, i18n } from '../words/words';
import PromptsPage from './PromptsPage.vue';
import { acceptOf, fits, typeOf, usesOf, type Prompt, type Prompts } from './prompts';

const CLOSED: Prompt = {
  id: 'closed',
  number: 7,
  added: false,
  languages: [
    { language: 'zh', text: '现在是非工作时间', source: 'upload', version: 2, milliseconds: 3_200, changedAt: '2026-11-21T01:00:00Z', changedBy: 'admin', inPlace: true, audio: '/api/v1/ivr/prompts/closed/audio?language=zh' },
    { language: 'en', text: 'We are closed', source: 'none', version: 0, inPlace: false },
  ],
  usedBy: [
    { kind: 'flow', name: 'hotline', place: 'closed' },
    { kind: 'flow', name: 'hotline', place: 'desk-closed' },
  ],
};
const UNUSED: Prompt = { id: 'say-9', added: false, languages: [{ language: 'zh', text: '九', source: 'placeholder', version: 0, inPlace: true, audio: '/a' }], usedBy: [] };
const ALL: Prompts = { items: [CLOSED, UNUSED], folder: true, converter: true, mostBytes: 10_485_760, mostSeconds: 120 };

describe('prompts', () => {
  it('are found by their id, their text in any language, and where they are used', () => {
    for (const wanted of ['', 'clos', '非工作', 'WE are', 'desk-closed', '7', 'hotline closed']) expect(fits(CLOSED, wanted), wanted).toBe(true);
    expect(fits(CLOSED, 'hotline open')).toBe(false);
  });

  it('name each place of use once', () => {
    expect(usesOf(CLOSED)).toEqual([{ kind: 'flow', name: 'hotline', places: ['closed', 'desk-closed'] }]);
  });

  it('are handed in with the type of their file', () => {
    expect(typeOf({ name: 'A.MP3', type: '' })).toBe('audio/mpeg');
    expect(typeOf({ name: 'a.opus', type: 'audio/opus' })).toBe('audio/opus');
    expect(typeOf({ name: 'a.txt', type: 'text/plain' })).toBe('application/octet-stream');
    expect(acceptOf({ converter: false })).toBe('.wav');
    expect(acceptOf({ converter: true })).toContain('.mp3');
  });
});

describe('the page of prompts', () => {
  let app: App;
  let asked: { method: string; url: string; body: unknown; type: string }[];
  let answers: Record<string, { status: number; body: unknown }>;

  beforeEach(() => {
    chooseLanguage('en');
    asked = [];
    answers = { 'GET /api/v1/ivr/prompts': { status: 200, body: ALL } };
    vi.stubGlobal('fetch', (url: string, options: RequestInit) => {
      const method = options.method ?? 'GET';
      asked.push({ method, url, body: options.body, type: (options.headers as Record<string, string>)['Content-Type'] ?? '' });
      const answer = answers[`${method} ${url}`] ?? { status: 404, body: { type: 'no-such-prompt', detail: url } };
      return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status, headers: { 'Content-Type': 'application/json' } }));
    });
    session.value = { user: 'admin', name: 'A', roles: ['agent', 'supervisor', 'admin'], mustChangePassword: false, csrfToken: 'c', expiresAt: '2026-11-21T09:00:00Z', idleSeconds: 600 } as never;
  });
  afterEach(() => {
    app.unmount();
    document.body.innerHTML = '';
    session.value = null;
    vi.unstubAllGlobals();
    chooseLanguage('zh');
  });

  async function settle(): Promise<void> {
    for (let i = 0; i < 12; i++) {
      await Promise.resolve();
      await nextTick();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  async function open(): Promise<void> {
    const place = document.createElement('div');
    document.body.append(place);
    app = createApp(PromptsPage).use(i18n);
    app.mount(place);
    await settle();
  }
  const shown = (): string => document.body.textContent.replace(/\s+/g, ' ');

  it('shows what is played in each language and where it is used', async () => {
    await open();
    expect(shown()).toContain('现在是非工作时间');
    expect(shown()).toContain('uploaded · Version 2');
    expect(shown()).toContain('no sound');
    expect(shown()).toContain('hotline: closed, desk-closed');
    expect(shown()).toContain('not used');
  });

  it('says what went wrong, and asks again', async () => {
    answers = { 'GET /api/v1/ivr/prompts': { status: 503, body: { type: 'database-away', detail: '' } } };
    await open();
    const alert = document.querySelector('[role=alert]');
    expect(alert?.textContent).toBeTruthy();
    answers = { 'GET /api/v1/ivr/prompts': { status: 200, body: ALL } };
    alert!.querySelector('button')!.click();
    await settle();
    expect(shown()).toContain('say-9');
  });

  it('hands a recording in, in its language, and refuses one that is too big itself', async () => {
    const detail = { prompt: CLOSED, versions: [{ language: 'zh', version: 2, source: 'upload', fileName: 'a.mp3', bytes: 9, milliseconds: 3_200, madeAt: '2026-11-21T01:00:00Z', madeBy: 'admin', inUse: true, audio: '/v2' }] };
    answers['GET /api/v1/ivr/prompts/closed'] = { status: 200, body: detail };
    answers['POST /api/v1/ivr/prompts/closed/recordings?language=en&name=b.mp3'] = { status: 201, body: detail };
    await open();
    [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'closed')!.click();
    await settle();
    (document.querySelector('[data-test=upload-en]') as HTMLButtonElement).click();
    const input = document.querySelector('[data-test=prompt-file]') as HTMLInputElement;
    const choose = async (file: { name: string; type: string; size: number }): Promise<void> => {
      Object.defineProperty(input, 'files', { value: [file], configurable: true });
      input.dispatchEvent(new Event('change'));
      await settle();
    };
    await choose({ name: 'big.mp3', type: 'audio/mpeg', size: 20_971_520 });
    expect(shown()).toContain('The file has 20 MB, expected at most 10 MB.');
    const given = new File(['abc'], 'b.mp3', { type: 'audio/mpeg' });
    await choose(given);
    const posts = asked.filter((one) => one.method === 'POST');
    expect(posts.map((one) => [one.url, one.type])).toEqual([['/api/v1/ivr/prompts/closed/recordings?language=en&name=b.mp3', 'audio/mpeg']]);
    expect(asked.filter((one) => one.url === '/api/v1/ivr/prompts').length).toBe(2);
  });

  it('adds a prompt of one’s own, with both texts', async () => {
    const own: Prompt = { id: 'flu-shots', number: 601, added: true, languages: [{ language: 'zh', text: '接种按9', source: 'none', version: 0, inPlace: false }], usedBy: [] };
    answers['POST /api/v1/ivr/prompts'] = { status: 201, body: { prompt: own, versions: [] } };
    answers['GET /api/v1/ivr/prompts/flu-shots'] = { status: 200, body: { prompt: own, versions: [] } };
    await open();
    (document.querySelector('[data-test=add-prompt]') as HTMLButtonElement).click();
    await settle();
    const fill = async (where: string, text: string): Promise<void> => {
      const found = document.querySelector(`[data-test=${where}]`)!;
      const input = (found.tagName === 'INPUT' ? found : found.querySelector('input')) as HTMLInputElement;
      input.value = text;
      input.dispatchEvent(new Event('input'));
      input.dispatchEvent(new Event('change'));
      await settle();
    };
    const submit = async (): Promise<void> => {
      document.querySelector('[data-test=prompt-form]')!.dispatchEvent(new Event('submit', { cancelable: true }));
      await settle();
    };
    const told = (): string => document.querySelector('[data-test=prompt-form] [role=alert]')?.textContent ?? '';
    await fill('prompt-id', 'Flu Shots');
    await submit();
    expect(told()).toContain('a-z 0-9');
    await fill('prompt-id', 'flu-shots');
    await fill('prompt-text-zh', ' 接种按9 ');
    await submit();
    expect(told()).toContain('Chinese and English');
    expect(asked.filter((one) => one.method === 'POST')).toEqual([]);
    await fill('prompt-text-en', 'Shots: 9');
    await submit();
    const posts = asked.filter((one) => one.method === 'POST');
    expect(posts.map((one) => [one.url, JSON.parse(one.body as string) as unknown])).toEqual([['/api/v1/ivr/prompts', { id: 'flu-shots', zh: '接种按9', en: 'Shots: 9' }]]);
    expect(shown()).toContain('Change the texts');
  });

  it('says why a prompt is not removed', async () => {
    const own: Prompt = { ...CLOSED, added: true };
    answers['GET /api/v1/ivr/prompts'] = { status: 200, body: { ...ALL, items: [own] } };
    answers['GET /api/v1/ivr/prompts/closed'] = { status: 200, body: { prompt: own, versions: [] } };
    answers['DELETE /api/v1/ivr/prompts/closed'] = { status: 409, body: { type: 'prompt-in-use', title: 'It cannot be done', detail: 'closed is named by flow hotline at closed' } };
    await open();
    [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'closed')!.click();
    await settle();
    expect(document.querySelector('[data-test=reword-prompt]')).not.toBeNull();
    (document.querySelector('[data-test=remove-prompt]') as HTMLButtonElement).click();
    await settle();
    [...document.querySelectorAll('.el-popconfirm button')].at(-1)!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await settle();
    expect(asked.some((one) => one.method === 'DELETE')).toBe(true);
    expect(shown()).toContain('closed is named by flow hotline at closed');
  });

  it('offers nothing to replace where the server has no folder for prompts', async () => {
    answers['GET /api/v1/ivr/prompts'] = { status: 200, body: { ...ALL, folder: false } };
    answers['GET /api/v1/ivr/prompts/closed'] = { status: 200, body: { prompt: CLOSED, versions: [] } };
    await open();
    expect(shown()).toContain('ivr.prompts is not set');
    [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'closed')!.click();
    await settle();
    expect(document.querySelector('[data-test=upload-zh]')).toBeNull();
  });
});
