// What the server says of a decision, in the words of the page: it writes short English sentences with ids
// (cti.core.routing.Condition, Target); a sentence that is not known here stands as it came.
import { deskName } from '../stream/picture';
import { clock, t, wordOr } from '../words/words';

const desk = (id = ''): string => deskName(id);
const choices = (text: string, one: (value: string) => string): string => text.split(' or ').map(one).join(t('why.or'));
const as = (word: string) => (text: string) => choices(text, (value) => wordOr(`why.${word}-${value.toLowerCase().replaceAll(/[ _]/g, '-')}`, value));
const plain = (text: string): string => choices(text, (value) => value);

/** What stands before a value, the word of it, and how the value is said. */
const SUBJECTS: [RegExp, string, (text: string) => string][] = [
  [/^caller is (.+)$/, 'caller', as('kind')],
  [/^caller's site is (.+)$/, 'site', plain],
  [/^caller's department is (.+)$/, 'department', plain],
  [/^caller's number is (.+)$/, 'person', plain],
  [/^caller's mark is (.+)$/, 'mark', as('mark')],
  [/^caller's status is (.+)$/, 'status', as('status')],
  [/^dialled number is (.+)$/, 'dialled', plain],
  [/^choice is (.+)$/, 'choice', (text) => choices(text, (value) => (value === 'none' ? t('noKeys') : value))],
  [/^keys are (.+)$/, 'keys', plain],
];

const SENTENCES: [RegExp, (found: string[]) => string][] = [
  [/^holds for every call$/, () => t('why.always')],
  [/^nothing was chosen$/, () => t('why.nothingChosen')],
  [/^no key was pressed$/, () => t('why.noKey')],
  [/^earlier calls are not known$/, () => t('why.earlierUnknown')],
  [/^no earlier talk is on record$/, () => t('why.noTalk')],
  [/^(\d+) calls were missed today$/, ([count = '']) => t('why.missedToday', count)],
  [/^desk (\S+) has no working hours$/, ([id]) => t('why.noHours', desk(id))],
  [/^the queue of desk (\S+) is not known$/, ([id]) => t('why.queueUnknown', desk(id))],
  [/^desk (\S+) has (\d+) waiting, (\d+) ready, longest wait (\d+) s$/, ([id, waiting = '', ready = '', wait = '']) => t('why.queue', desk(id), waiting, ready, wait)],
  [/^last talk was with desk (\S+) at ([^,]+)$/, ([id, at = '']) => t('why.lastTalk', desk(id), clock(at))],
  [/^last talk was with desk (\S+) at ([^,]+), longer ago than (\d+) h$/, ([id, at = '', hours = '']) => t('why.lastTalkLongAgo', desk(id), clock(at), hours)],
  [/^caller's (site|department|number|mark|status) is not known$/, ([what = '']) => t(`why.unknown-${what}`)],
];

function finding(text: string): string {
  for (const [pattern, say] of SENTENCES) {
    const found = pattern.exec(text);
    if (found) return say(found.slice(1));
  }
  const [told = '', ...instead] = text.split(', not ');
  for (const [pattern, word, say] of SUBJECTS) {
    const found = pattern.exec(told);
    if (!found) continue;
    const is = t(`why.${word}`, say(found[1] ?? ''));
    return instead.length ? t('why.not', is, say(instead.join(', not '))) : is;
  }
  return text;
}

/** Why a rule holds or does not. */
export const reasonOf = (text: string): string => text.split(' and ').map(finding).join(t('why.and'));

const TARGETS: [RegExp, (found: string[]) => string][] = [
  [/^desk (\S+)$/, ([id]) => desk(id)],
  [/^role (\S+) of desk (\S+)$/, ([role = '', id]) => t('why.targetRole', desk(id), role.toUpperCase())],
  [/^last agent$/, () => t('why.targetLastAgent')],
  [/^on duty in (\S+)$/, ([roster = '']) => t('why.targetDuty', roster)],
  [/^number (\S+)$/, ([number = '']) => t('why.targetNumber', number)],
  [/^callback by desk (\S+)$/, ([id]) => t('why.targetCallback', desk(id))],
  [/^voicemail of desk (\S+)$/, ([id]) => t('why.targetVoicemail', desk(id))],
  [/^announcement (\S+)$/, ([prompt = '']) => t('why.targetAnnouncement', prompt)],
  [/^list (\S+)$/, ([list = '']) => t('why.targetList', list)],
];

/** Whom a call is offered to, with the seconds after which the next is tried. */
export function targetOf(text: string): string {
  const [, what = text, seconds = ''] = /^(.*?)(?: \((\d+) s\))?$/.exec(text) ?? [];
  for (const [pattern, say] of TARGETS) {
    const found = pattern.exec(what);
    if (found) return [say(found.slice(1)), seconds && t('why.seconds', seconds)].filter(Boolean).join(' ');
  }
  return text;
}

/** Where a call of the past went or would go, as the replay writes it. */
export function routeOf(text: string): string {
  const [, rule, id, targets = ''] = /^rule (\S+) for desk (\S+): (.*)$/.exec(text) ?? [];
  if (rule && id) {
    const tried = targets === `desk ${id}` ? '' : targets.split(', ').map(targetOf).join(' → ');
    return [desk(id), t('rules.byRule', rule), tried].filter(Boolean).join(' · ');
  }
  const [, asks] = /^rule (\S+): asks the caller$/.exec(text) ?? [];
  if (asks) return [t('rules.asksOn'), t('rules.byRule', asks)].join(' · ');
  return text === 'no rule holds' ? t('why.noRule') : text;
}

/** What cannot be known of a replay: a rule, and why. */
export function openOf(text: string): string {
  const [, rule, why = ''] = /^rule (\S+): (.*)$/.exec(text) ?? [];
  return rule ? [t('rules.byRule', rule), reasonOf(why)].join(' · ') : text;
}
