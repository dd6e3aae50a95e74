// Who is signed in, and the stream that belongs to the session.
import { computed, ref, shallowRef } from 'vue';
import { get, Problem, post, remove, useCsrfToken } from '../api/http';
import type { CatalogView, PauseReasonView, SessionView } from '../api/views';
import { StreamConnection, type Surroundings } from '../stream/connection';
import type { ServerFrame } from '../stream/frames';
import { agents, calls, forget, link, loadNotes, serverSays, take } from '../stream/picture';
import { duration, pauseReasons, problemText, t } from '../words/words';
import { backAfter } from '../shell/away';
import { say } from '../shell/messages';

export const session = shallowRef<SessionView | null>(null);
export const catalog = shallowRef<CatalogView | null>(null);
/** Why somebody must sign in (again); empty at first. */
export const signInHint = ref('');
/** Until we know whether a session holds. */
export const settled = ref(false);

export const isSupervisor = computed(() => session.value?.roles.includes('supervisor') ?? false);
/** Sees what supervisors see and changes nothing. */
export const isAuditor = computed(() => session.value?.roles.includes('auditor') ?? false);
/** May look over the desks: supervisors, administrators, auditors. */
export const overlooks = computed(() => isSupervisor.value || isAuditor.value);
export const isAdmin = computed(() => session.value?.roles.includes('admin') ?? false);
/** The signed-in person as an agent; undefined for somebody who takes no calls. */
export const me = computed(() => (session.value?.agent ? agents.get(session.value.agent) : undefined));

type Listener = (frame: ServerFrame) => void;
const listeners = new Set<Listener>();

/** Told of every frame, after the picture has taken it. Gives back how to stop. */
export function onFrame(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let stream: StreamConnection | null = null;
let callsBefore: Set<string> | null = null;

const browser: Surroundings = {
  open: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/stream`),
  sessionHolds: async () => {
    try {
      const held = await get<SessionView>('/session');
      if (held.mustChangePassword) session.value = held;
      return !held.mustChangePassword;
    } catch (problem) {
      // Not there yet: the connection fails too, and is tried again.
      return !(problem instanceof Problem && problem.status === 401);
    }
  },
  now: () => Date.now(),
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** Looks whether a session from before still holds. */
export async function resumeSession(): Promise<void> {
  try {
    await begin(await get<SessionView>('/session'));
  } catch (problem) {
    if (!(problem instanceof Problem && problem.status === 401)) signInHint.value = problemText(problem);
  } finally {
    settled.value = true;
  }
}

/** @throws Problem where the server refuses */
export async function signIn(user: string, password: string): Promise<void> {
  await begin(await post<SessionView>('/session', { user, password }));
}

export async function begin(next: SessionView): Promise<void> {
  useCsrfToken(next.csrfToken);
  if (next.mustChangePassword) {
    session.value = next;
    return;
  }
  catalog.value = await get<CatalogView>('/catalog');
  pauseReasons.value = (await get<{ items: PauseReasonView[] }>('/pause-reasons')).items;
  session.value = next;
  signInHint.value = '';
  openStream(next);
}

export async function signOut(): Promise<void> {
  try {
    await remove('/session');
  } catch (problem) {
    if (!(problem instanceof Problem && problem.status === 401)) {
      say('error', problemText(problem));
      return;
    }
  }
  leave('');
}

/** Asks the server to do something over the stream, for oneself or for `fields.agent`. */
export function command(name: string, fields: Record<string, unknown> = {}): Promise<void> {
  return stream ? stream.command(name, fields) : Promise.reject(new Problem('network', 0));
}

function openStream(held: SessionView): void {
  stream?.close();
  // A supervisor who is no agent has no phone that rings.
  const topics = ['calls', 'agents', 'gateway', 'missed-cases', 'listenings', ...(held.agent ? ['pops'] : [])];
  stream = new StreamConnection(
    topics,
    {
      link(state, code, since) {
        if (since !== undefined) link.since = since;
        else if (link.state !== state) link.since = Date.now();
        link.state = state;
        if (code === 1001) say('info', t('stopped'));
        if (code === 4408) say('warning', t('tooSlow'));
        if (state === 'down' && callsBefore === null) callsBefore = new Set(calls.keys());
      },
      live(frame, awayMillis, restarted) {
        serverSays(frame.at);
        void loadNotes();
        if (awayMillis > 0) backAfter(awayMillis, whatWasMissed(frame.resumed, frame.replayed, awayMillis, restarted), held);
        callsBefore = null;
      },
      frame(frame) {
        take(frame);
        listeners.forEach((listener) => listener(frame));
      },
      ended: (why) => leave(t(why)),
    },
    browser,
  );
  stream.start();
}

/** Never silently deaf: how long nobody listened, and what changed meanwhile. */
function whatWasMissed(resumed: boolean, replayed: number, awayMillis: number, restarted: boolean): string {
  const away = duration(awayMillis / 1000);
  if (resumed) return t('resumed', away, replayed);
  const before = callsBefore ?? new Set<string>();
  const gone = [...before].filter((id) => !calls.has(id)).length;
  const fresh = [...calls.keys()].filter((id) => !before.has(id)).length;
  return (restarted ? `${t('restarted')} ` : '') + t('reloaded', away, gone, fresh);
}

function leave(hint: string): void {
  stream?.close();
  stream = null;
  session.value = null;
  callsBefore = null;
  forget();
  useCsrfToken('');
  signInHint.value = hint;
}

/** A clock that jumps means that the computer slept, whether the page was in sight or not. */
const SLEPT = 10_000;
let ticked = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - ticked > SLEPT) stream?.wake();
  ticked = now;
}, 1_000);

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') stream?.wake();
});
window.addEventListener('online', () => stream?.wake());
