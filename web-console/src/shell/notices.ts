// What nobody chose and somebody should know: told as it happens, to whom it concerns.
import { isSupervisor, onFrame, session } from '../session/session';
import type { NoticeFrame } from '../stream/frames';
import { agentName } from '../stream/picture';
import { reasonText, t, wordOr } from '../words/words';
import { say } from './messages';

/** Whether the person who is signed in should be told; everything else is for the log. */
function concerns(frame: NoticeFrame): boolean {
  // What the watchdog put right is for the page of agents, not for a message in between.
  if (frame.kind === 'drift-healed') return false;
  // What a supervisor did to an agent is told to that agent alone.
  if (frame.kind.startsWith('set-')) return frame.agent === session.value?.agent;
  if (frame.agent === undefined && frame.by === undefined) return isSupervisor.value;
  return isSupervisor.value || frame.agent === session.value?.agent || frame.by === session.value?.agent;
}

function text(frame: NoticeFrame): string {
  const known = wordOr(`notice.${frame.kind}`, '');
  if (known === '') return frame.kind;
  const words = t(`notice.${frame.kind}`, frame.extension ?? '', frame.by ? agentName(frame.by) : '', frame.reason ? reasonText(frame.reason) : '');
  if (frame.kind.startsWith('set-')) return frame.text ? `${words}：${frame.text}` : words;
  const what = frame.agent ? `${agentName(frame.agent)}: ${words}` : words;
  return frame.kind.startsWith('disk-') && frame.reason ? `${what} (${frame.reason})` : what;
}

/** Follows the stream, whoever is signed in. Gives back how to stop. */
export function followNotices(): () => void {
  return onFrame((frame) => {
    if (frame.type === 'notice' && concerns(frame)) say(frame.kind.endsWith('-normal') ? 'success' : 'warning', text(frame));
  });
}
