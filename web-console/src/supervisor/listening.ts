// Listening to a talk: what the server is asked, and the phone at which somebody listens.
import { computed } from 'vue';
import { post, put, remove } from '../api/http';
import type { AgentView, ListeningView } from '../api/views';
import { session } from '../session/session';
import { calls, listenings } from '../stream/picture';

export const MODES = ['listen', 'whisper', 'barge'] as const;
export type Mode = (typeof MODES)[number];

const KEPT = 'cti.listen.extension';

/** The phone that was used last at this computer. */
export const keptExtension = (): string => localStorage.getItem(KEPT) ?? '';

/** One's own listening, from the ring of one's phone to its end. */
export const ownListening = computed(() => [...listenings.values()].find((one) => one.user === session.value?.user));

/** Who listens to an agent. */
export const listenersOf = (agent: string): ListeningView[] => [...listenings.values()].filter((one) => one.agent === agent);

/** Whether somebody can be listened to: they talk, and it is not oneself. */
export const talks = (agent: AgentView): boolean =>
  agent.state === 'busy' && agent.id !== session.value?.agent && ['talking', 'on-hold'].includes((agent.call ? calls.get(agent.call)?.phase : undefined) ?? '');

export async function listen(agent: string, extension: string, mode: Mode): Promise<void> {
  localStorage.setItem(KEPT, extension);
  await post('/listenings', { agent, extension, mode });
}

const path = (one: ListeningView): string => `/listenings/${encodeURIComponent(one.id)}`;
export const listenAs = (one: ListeningView, mode: Mode): Promise<unknown> => put(path(one), { mode });
export const stopListening = (one: ListeningView): Promise<unknown> => remove(path(one));
