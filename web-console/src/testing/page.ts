// A page in a document, with a server that the test plays.
import { createApp, type Component } from 'vue';
import { vi } from 'vitest';
import { i18n } from '../words/words';

export interface Asked {
  method: string;
  path: string;
  body: unknown;
}

/** Answers by method and path; whatever is not named is answered 404. */
export function serve(answers: Record<string, unknown>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, options: RequestInit = {}) => {
    const method = options.method ?? 'GET';
    asked.push({ method, path, body: typeof options.body === 'string' ? JSON.parse(options.body) : undefined });
    const answer = answers[`${method} ${path}`];
    return new Response(JSON.stringify(answer ?? { type: 'no-such-thing' }), { status: answer === undefined ? 404 : 200, headers: { 'Content-Type': 'application/json' } });
  });
  return asked;
}

/** Shows a page; gives back how to take it away. */
export function show(page: Component): () => void {
  const host = document.createElement('div');
  document.body.append(host);
  const app = createApp(page);
  app.use(i18n);
  app.mount(host);
  return () => {
    app.unmount();
    host.remove();
  };
}

/** Waits until the document says so. */
export const says = (words: string): Promise<void> => vi.waitFor(() => {
  if (!document.body.textContent?.includes(words)) throw new Error(`the page does not say ${words}: ${document.body.textContent}`);
});

/** The button that is called so. */
export function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].filter((one) => one.textContent?.trim() === name).at(-1);
  if (!found) throw new Error(`no button ${name}`);
  return found;
}

export function type(field: HTMLInputElement | HTMLTextAreaElement | undefined, text: string): void {
  if (!field) throw new Error('no such field');
  field.value = text;
  field.dispatchEvent(new Event('input'));
}
