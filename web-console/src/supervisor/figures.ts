// The wallboard's figures of a desk, from the picture that the stream keeps.
import type { AgentView, CallView, DeskView } from '../api/views';

export interface DeskFigures {
  desk: DeskView;
  waiting: CallView[];
  /** Seconds of the caller who waits longest; undefined where nobody waits. */
  longestWait?: number;
  ready: number;
  busy: number;
  wrapUp: number;
  notReady: number;
  talking: number;
  level: 'calm' | 'yellow' | 'red';
}

/** Seconds of waiting from which a desk is yellow, and red. */
export const YELLOW_AFTER = 20;
export const RED_AFTER = 60;

const waits = (call: CallView): boolean => !call.end && (call.phase === 'waiting' || call.phase === 'ringing');

/** One line for each desk. */
export function deskFigures(desks: Iterable<DeskView>, calls: Iterable<CallView>, agents: Iterable<AgentView>, now: number): DeskFigures[] {
  const live = [...calls].filter((call) => !call.end);
  const staff = [...agents];
  return [...desks].map((desk) => {
    const own = live.filter((call) => call.desk === desk.id || call.queue === desk.queue);
    const waiting = own.filter(waits).sort((a, b) => (a.waitingSince ?? a.startedAt).localeCompare(b.waitingSince ?? b.startedAt));
    const first = waiting[0];
    const longestWait = first ? Math.max(0, (now - Date.parse(first.waitingSince ?? first.startedAt)) / 1000) : undefined;
    const here = staff.filter((agent) => agent.desks.includes(desk.id));
    const count = (state: AgentView['state']): number => here.filter((agent) => agent.state === state).length;
    const ready = here.filter((agent) => agent.state === 'ready' && !agent.notReadyAt.includes(desk.id)).length;
    return {
      desk,
      waiting,
      longestWait,
      ready,
      busy: count('busy'),
      wrapUp: count('working-after-call'),
      notReady: count('not-ready'),
      talking: own.filter((call) => call.phase === 'talking' || call.phase === 'on-hold').length,
      level: levelOf(longestWait),
    };
  });
}

function levelOf(longestWait: number | undefined): DeskFigures['level'] {
  if (longestWait === undefined || longestWait < YELLOW_AFTER) return 'calm';
  return longestWait < RED_AFTER ? 'yellow' : 'red';
}
