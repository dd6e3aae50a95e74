// What an audit line is about, as people say it: "staff E0001" is 员工 E0001.
import { agentName, deskName } from '../stream/picture';
import { wordOr } from '../words/words';

const OF_AGENTS = new Set(['agent', 'agent-phone']);
/** Their ids are those of calls, which nobody can read: the page leads to the call instead. */
const OF_CALLS = new Set(['call', 'missed-case', 'callback']);
/** Their ids nobody can read either; their lines name the call. */
const IN_CALLS = new Set(['recording', 'voicemail']);
const OF_DESKS = new Set(['desk', 'desk-recording', 'agent-rules', 'service-level', 'wallboard-thresholds']);

const parts = (subject: string): { kind: string; id: string } => {
  const [kind = '', ...rest] = subject.split(' ');
  return { kind, id: rest.join(' ') };
};

/** The call behind a line: of its subject, or among its facts; undefined where there is none. */
export function callOf(subject: string, facts?: string): string | undefined {
  const { kind, id } = parts(subject);
  if (OF_CALLS.has(kind) && id) return id;
  return facts ? (JSON.parse(facts) as { call?: string }).call : undefined;
}

/** Whose call it is, of a line whose subject is known by its call alone: desk and number. */
export function callerOf(subject: string, facts: string | undefined): string {
  if (!callOf(subject) || !facts) return '';
  const { desk, callerNumber } = JSON.parse(facts) as { desk?: string; callerNumber?: string };
  return [desk ? deskName(desk) : '', callerNumber ?? ''].filter(Boolean).join(' · ');
}

export function subjectText(subject: string): string {
  const { kind, id } = parts(subject);
  if (OF_CALLS.has(kind) || IN_CALLS.has(kind)) return wordOr(`audit.kind-${kind}`, kind);
  // A name that was typed and is nobody's stands in the line already.
  if (kind === 'sign-in') return wordOr('audit.kind-sign-in', kind);
  const name = OF_AGENTS.has(kind) ? agentName(id) : OF_DESKS.has(kind) ? deskName(id) : id;
  return [wordOr(`audit.kind-${kind}`, kind), name === id || !id ? id : `${name} (${id})`].filter(Boolean).join(' ');
}

/** A field of a kind of thing: sites of an account limit it, sites of a major incident do not. */
export const fieldText = (field: string, kind = ''): string => wordOr(`audit.field.${kind}-${field}`, wordOr(`staff.field.${field}`, wordOr(`audit.field.${field}`, field)));

/** The kinds of things that lines are of, to choose from. */
export const KINDS = [
  'account', 'agent', 'agent-phone', 'agent-rules', 'big-screen', 'bridge', 'call', 'callback', 'desk', 'desk-recording', 'flow-draft', 'flow-version', 'incident', 'major-incident',
  'missed-case', 'note', 'pause-reason', 'prompt', 'recording', 'routing-draft', 'routing-version', 'service-level', 'sign-in', 'site', 'staff', 'voicemail', 'wallboard-thresholds',
] as const;
