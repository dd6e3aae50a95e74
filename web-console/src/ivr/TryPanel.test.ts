import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, h, nextTick, type App } from 'vue';
import { chooseLanguage, i18n } from '../words/words';
import type { Trial } from './path';
import TryPanel from './TryPanel.vue';

/** What a server would say: each key is met, the third leads into a queue. */
function answer(does: string): Trial {
  const keys = does.split(' ').filter(Boolean);
  return {
    met: ['welcome menu?', ...keys.map((key) => `heard-${key}`)].join(' '),
    node: keys.length > 2 ? 'queue' : 'menu',
    expects: '',
    over: false,
    waits: keys.length > 2 ? 'queue' : 'key',
    path: keys.map((key) => ({ node: 'menu', way: `keys.${key}` })),
  };
}

describe('trying a flow', () => {
  let app: App;
  let asked: string[];
  let told: { steps: number; node: string | undefined }[];

  beforeEach(() => {
    chooseLanguage('en');
    asked = [];
    told = [];
    vi.stubGlobal('fetch', (_: string, options: RequestInit) => {
      const body = JSON.parse(String(options.body)) as { does: string; yaml?: string; number: string };
      asked.push(`${body.number}|${body.does}|${body.yaml ?? 'in force'}`);
      return Promise.resolve(new Response(JSON.stringify(answer(body.does)), { status: 200, headers: { 'Content-Type': 'application/json' } }));
    });
    const place = document.createElement('div');
    document.body.append(place);
    app = createApp({ render: () => h(TryPanel, { yaml: 'flow: x', onPath: (steps: unknown[], node: string | undefined) => told.push({ steps: steps.length, node }) }) }).use(i18n);
    app.mount(place);
  });
  afterEach(() => {
    app.unmount();
    document.body.innerHTML = '';
    vi.unstubAllGlobals();
    chooseLanguage('zh');
  });

  async function settle(): Promise<void> {
    for (let i = 0; i < 10; i++) {
      await nextTick();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  const press = (key: string): boolean => window.dispatchEvent(new KeyboardEvent('keydown', { key }));
  const seen = (name: string): string => document.querySelector(`[data-test="${name}"]`)?.textContent.replace(/\s+/g, ' ').trim() ?? '';

  it('takes keys of the keyboard in their order, however fast, and goes back by one', async () => {
    document.querySelector('form')!.dispatchEvent(new Event('submit'));
    await settle();
    expect(seen('try-at')).toBe('At node menu');
    press('9');
    press('4');
    await settle();
    expect(asked).toEqual(['||flow: x', '|9|flow: x', '|9 4|flow: x']);
    expect(seen('try-moves')).toContain('heard-9');
    expect(told.at(-1)).toEqual({ steps: 2, node: 'menu' });
    press('Backspace');
    await settle();
    expect(asked.at(-1)).toBe('|9|flow: x');
    expect(seen('try-moves')).not.toContain('heard-4');
  });

  it('offers what can come of it where the call waits, and takes no key there', async () => {
    document.querySelector('form')!.dispatchEvent(new Event('submit'));
    await settle();
    for (const key of ['1', '2', '3']) press(key);
    await settle();
    expect(seen('try-waits')).toBe('In the queue: how does it end?');
    const before = asked.length;
    press('7');
    await settle();
    expect(asked.length).toBe(before);
    (document.querySelector('[data-test="do-timeout"]') as HTMLButtonElement).click();
    await settle();
    expect(asked.at(-1)).toBe('|1 2 3 timeout|flow: x');
  });
});
