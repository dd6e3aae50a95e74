// The wallboard's figures of a desk, from the picture that the stream keeps.
import { waits } from '../agent/states';
import type { AgentView, CallView, DeskView } from '../api/views';
import { type Level, levelOf, type Thresholds, USUAL } from './colours';

export interface DeskFigures {
  desk: DeskView;
  waiting: CallView[];
  /** Seconds of the caller who waits longest; undefined where nobody waits. */
  longestWait?: number;
  /** Who is logged on to the desk, by state. */
  ready: AgentView[];
  busy: AgentView[];
  wrapUp: AgentView[];
  notReady: AgentView[];
  talking: CallView[];
  level: Level;
}

/** One line for each desk. */
export function deskFigures(desks: Iterable<DeskView>, calls: Iterable<CallView>, agents: Iterable<AgentView>, now: number, thresholds: (desk: string) => Thresholds = () => USUAL): DeskFigures[] {
  const live = [...calls].filter((call) => !call.end);
  const staff = [...agents];
  return [...desks].map((desk) => {
    const own = live.filter((call) => call.desk === desk.id || call.queue === desk.queue);
    const waiting = own.filter(waits).sort((a, b) => (a.waitingSince ?? a.startedAt).localeCompare(b.waitingSince ?? b.startedAt));
    const first = waiting[0];
    const longestWait = first ? Math.max(0, (now - Date.parse(first.waitingSince ?? first.startedAt)) / 1000) : undefined;
    const here = staff.filter((agent) => agent.desks.includes(desk.id));
    const inState = (state: AgentView['state']): AgentView[] => here.filter((agent) => agent.state === state);
    const aside = inState('ready').filter((agent) => agent.notReadyAt.includes(desk.id));
    return {
      desk,
      waiting,
      longestWait,
      ready: inState('ready').filter((agent) => !aside.includes(agent)),
      busy: inState('busy'),
      wrapUp: inState('working-after-call'),
      // Ready elsewhere, but they put this desk aside.
      notReady: [...inState('not-ready'), ...aside],
      talking: own.filter((call) => call.phase === 'talking' || call.phase === 'on-hold'),
      level: levelOf(longestWait, waiting.length, thresholds(desk.id)),
    };
  });
}
