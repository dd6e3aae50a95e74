// What is so now, as the stream tells it: calls, agents, desks, links. One for the whole page.
import { computed, reactive, ref, shallowReactive } from 'vue';
import { get } from '../api/http';
import type { AgentView, CallView, DeskView, GatewayView, ListeningView, NoteView } from '../api/views';
import type { Link } from './connection';
import type { ServerFrame, SnapshotFrame } from './frames';

/** How long a call that has ended stays in sight, so that its end is seen. */
const ENDED_SHOWN_FOR = 8_000;

export const calls = shallowReactive(new Map<string, CallView>());
export const agents = shallowReactive(new Map<string, AgentView>());
export const desks = shallowReactive(new Map<string, DeskView>());
/** Who listens to whom, as far as we are to know. */
export const listenings = shallowReactive(new Map<string, ListeningView>());
/** What supervisors say to the desks, in force. */
export const notes = shallowReactive(new Map<string, NoteView>());
/** How many missed cases are open at each desk. */
export const openCases = shallowReactive(new Map<string, number>());
export const gateways = shallowReactive(new Map<string, GatewayView>());

/** How things stand with the stream itself; `since` by our own clock, while it is down when it was heard last. */
export const link = reactive<{ state: Link; since: number }>({ state: 'connecting', since: Date.now() });

/** The server's clock less ours, in milliseconds. */
const offset = ref(0);
/** Moves twice a second; whatever shows a duration reads it. */
const beat = ref(Date.now());
setInterval(() => (beat.value = Date.now()), 500);

/** The server's time, moving twice a second. */
export const now = computed(() => beat.value + offset.value);

/** How old the picture is while the stream is down, in seconds. */
export const pictureAge = computed(() => Math.max(0, (beat.value - link.since) / 1000));

export const lostGateways = computed(() => [...gateways.values()].filter((gateway) => !gateway.live));

export const deskName = (id: string | undefined): string => (id ? (desks.get(id)?.name ?? id) : '—');
export const agentName = (id: string | undefined): string => (id ? (agents.get(id)?.name ?? id) : '—');

/** Seconds from a moment until now, never below zero. */
export const secondsSince = (at: string | undefined): number => (at ? Math.max(0, (now.value - Date.parse(at)) / 1000) : 0);

/** Sets our clock by the server's. */
export function serverSays(at: string): void {
  offset.value = Date.parse(at) - Date.now();
  beat.value = Date.now();
}

export function forget(): void {
  [calls, agents, desks, gateways, listenings, notes, openCases].forEach((map) => map.clear());
}

function replace<T extends { id: string }>(map: Map<string, T>, items: T[]): void {
  map.clear();
  items.forEach((item) => map.set(item.id, item));
}

export function takeSnapshot(frame: SnapshotFrame): void {
  serverSays(frame.at);
  replace(calls, frame.calls);
  replace(agents, frame.agents);
  replace(desks, frame.desks);
  replace(gateways, frame.gateways);
  replace(listenings, frame.listenings ?? []);
}

/** Takes what concerns the picture; everything else is left to others. */
export function take(frame: ServerFrame): void {
  switch (frame.type) {
    case 'snapshot':
      takeSnapshot(frame);
      break;
    case 'call':
      takeCall(frame.call);
      break;
    case 'agent':
      agents.set(frame.agent.id, frame.agent);
      break;
    case 'gateway':
      gateways.set(frame.gateway.id, frame.gateway);
      frame.agents.forEach((agent) => agents.set(agent.id, agent));
      frame.calls.forEach((call) => calls.set(call.id, call));
      break;
    case 'listening':
      if (frame.listening.end) listenings.delete(frame.listening.id);
      else listenings.set(frame.listening.id, frame.listening);
      break;
    case 'missedCases':
      openCases.clear();
      for (const one of frame.missedCases.desks) if (one.desk) openCases.set(one.desk, one.open);
      break;
    case 'note':
      if (frame.withdrawn) notes.delete(frame.note.id);
      else notes.set(frame.note.id, frame.note);
      break;
    default:
  }
}

/** Notes stand beside the stream: what was said while nobody listened is asked for. */
export async function loadNotes(): Promise<void> {
  try {
    replace(notes, (await get<{ items: NoteView[] }>('/notes')).items);
  } catch {
    // Those that came by the stream stay; the next begin asks again.
  }
}

function takeCall(call: CallView): void {
  calls.set(call.id, call);
  if (call.end) {
    setTimeout(() => {
      if (calls.get(call.id)?.end) calls.delete(call.id);
    }, ENDED_SHOWN_FOR);
  }
}
