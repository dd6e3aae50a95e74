// A component in a page of its own, with a server that answers what a test says.
import { vi } from 'vitest';
import { type Component, createApp, h, nextTick } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { SessionView } from './api/views';
import { begin } from './session/session';
import { i18n } from './words/words';

export interface Asked {
  method: string;
  path: string;
  body?: unknown;
}

/** Answers by the first part of the path that fits; everything else is away. Gives back what was asked. */
export function serverSays(answers: Record<string, unknown>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (path: string, options: RequestInit = {}) => {
    asked.push({ method: options.method ?? 'GET', path: path.replace('/api/v1', ''), body: options.body ? (JSON.parse(String(options.body)) as unknown) : undefined });
    const found = Object.entries(answers).find(([part]) => path.includes(part));
    const answer = found?.[1] instanceof Response ? found[1].clone() : new Response(JSON.stringify(found?.[1] ?? { type: 'database-away' }), { status: found ? 200 : 503, headers: { 'Content-Type': 'application/json' } });
    return Promise.resolve(answer);
  });
  return asked;
}

export const refusal = (type: string, status = 409): Response => new Response(JSON.stringify({ type }), { status, headers: { 'Content-Type': 'application/json' } });

/** A stream without a network: it takes what is sent, and says yes to every command. */
class Line {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  static commands: Record<string, unknown>[] = [];
  readonly readyState = Line.OPEN;
  onmessage: ((message: { data: string }) => void) | null = null;
  send(text: string): void {
    const { op, id, ...command } = JSON.parse(text) as Record<string, unknown>;
    if (op !== 'command') return;
    Line.commands.push(command);
    this.onmessage?.({ data: JSON.stringify({ type: 'reply', id, ok: true }) });
  }
  close(): void {}
}

/** Signs somebody in whose stream takes every command. Gives back what is asked of it. `serverSays` comes first. */
export async function signedIn(view: Partial<SessionView>): Promise<Record<string, unknown>[]> {
  vi.stubGlobal('WebSocket', Line);
  Line.commands = [];
  await begin({ user: 'u', name: '员工0001', roles: ['agent'], csrfToken: 't', mustChangePassword: false, ...view } as SessionView);
  return Line.commands;
}

/** Puts a component into the page. Gives back how to take it away. */
export async function show(component: Component, props: Record<string, unknown> = {}): Promise<() => void> {
  const place = document.createElement('div');
  document.body.append(place);
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] });
  const app = createApp({ render: () => h(component, props) }).use(i18n).use(router);
  app.mount(place);
  await settle();
  return () => {
    app.unmount();
    document.body.innerHTML = '';
    vi.unstubAllGlobals();
  };
}

/** Lets answers come and the page follow. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) {
    await nextTick();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

export const all = (name: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
export const text = (name: string): string => all(name)[0]?.textContent.replace(/\s+/g, ' ').trim() ?? '';
export async function click(target: Element | undefined | null): Promise<void> {
  if (!target) throw new Error('nothing to click');
  target.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await settle();
}
/** Types into the field that carries a name for tests, or is inside what does. */
export async function type(name: string, words: string): Promise<void> {
  const field = [...document.querySelectorAll<HTMLInputElement>(`input[data-test="${name}"], [data-test="${name}"] input`)][0];
  if (!field) throw new Error(`no field ${name}`);
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
