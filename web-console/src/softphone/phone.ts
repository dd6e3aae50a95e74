// The agent's phone in this page: on or off, and its calls. What it stands on is fetched when it is
// switched on.
import { computed, reactive, watch } from 'vue';
import { get, Problem, post, put, remove } from '../api/http';
import type { SoftphoneView } from '../api/views';
import { command, me, session } from '../session/session';
import { attempt, say } from '../shell/messages';
import { problemText, t } from '../words/words';
import { microphoneProblem } from './microphone';
import type { RelayFault } from './relay';
import type { Line, LineAccount, LineCall, LineListener, Thread } from './line';

export type PhoneState = 'off' | 'starting' | 'registered' | 'unregistered' | 'taken';

export const phone = reactive<{
  state: PhoneState;
  extension: string;
  problem: string;
  /** Why a talk may have no sound; nothing where all is well, as far as is known. */
  relay: RelayFault | null;
  calls: LineCall[];
}>({
  state: 'off',
  extension: '',
  problem: '',
  relay: null,
  calls: [],
});

/** Of this window: another one is another phone. */
const KEPT = 'cti.softphone';
const KEPT_CALL = 'cti.softphone.call';
/** The gateway ends a call from which nothing was heard for 30 s. */
const THREAD_HOLDS = 25_000;
const REPORT_EVERY = 15_000;
const TO_REGISTER = 12_000;

let line: Line | null = null;
let stopRinging: (() => void) | null = null;
let reporting = 0;
let renewing = 0;
let wasLoggedOn = false;

export const ringing = computed(() => phone.calls.filter((call) => call.phase === 'ringing'));
export const underWay = computed(() => phone.calls.filter((call) => call.phase !== 'ringing'));

/** Whether this server has phones in browsers. */
export async function phonesInBrowsers(): Promise<boolean> {
  try {
    return (await get<{ available: boolean }>('/softphone')).available;
  } catch {
    return false;
  }
}

const ask = (extension: string): Promise<SoftphoneView> => post<SoftphoneView>('/softphone', { extension });

/**
 * Switches the phone on; resolved once it is registered.
 *
 * @throws Problem where the server gives none, or where it does not register in time
 */
export async function switchOn(extension: string): Promise<void> {
  if (line && phone.extension === extension && phone.state === 'registered') return;
  line?.stop();
  line = null;
  const sound = await import('./sound');
  if (!sound.mayUseMicrophone()) throw new Problem('no-secure-page', 0);
  // Asked for now, so that nobody is asked while it rings.
  sound.stopStream(await sound.microphone().catch((fault: unknown) => Promise.reject(microphoneProblem(fault))));
  const account = await ask(extension);
  const made = await import('./line');
  Object.assign(phone, { state: 'starting', extension, problem: '', relay: null, calls: [] });
  sessionStorage.setItem(KEPT, extension);
  const mine: Line = new made.Line(account, listenerOf(extension, () => line === mine), true);
  line = mine;
  mine.start();
  clearInterval(reporting);
  reporting = window.setInterval(() => void report(), REPORT_EVERY);
  clearInterval(renewing);
  renewing = window.setInterval(() => void renew(extension), account.renewSeconds * 1000);
  await registeredWithin(TO_REGISTER);
}

async function renew(extension: string): Promise<void> {
  try {
    line?.use(await ask(extension));
  } catch {
    // The password that we have is good for longer; it is tried again.
  }
}

function registeredWithin(milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = watch(
      () => phone.state,
      (state) => {
        if (state === 'registered') done(resolve);
        if (state === 'off' || state === 'taken') done(() => reject(new Problem('phone-unregistered', 0)));
      },
      { immediate: false },
    );
    const timer = setTimeout(() => done(() => reject(new Problem('phone-unregistered', 0, phone.problem))), milliseconds);
    function done(then: () => void): void {
      clearTimeout(timer);
      stop();
      then();
    }
    if (phone.state === 'registered') done(resolve);
  });
}

function listenerOf(extension: string, current: () => boolean): LineListener {
  return {
    registered(problem) {
      if (!current()) return;
      const before = phone.state;
      phone.state = problem ? (before === 'starting' ? 'starting' : 'unregistered') : 'registered';
      phone.problem = problem;
      void report();
      if (!problem) void takeBack();
    },
    changed(call) {
      if (current()) changed(call);
    },
    relay(fault) {
      if (current()) phone.relay = fault ?? null;
    },
    taken() {
      if (!current()) return;
      forgetLine();
      Object.assign(phone, { state: 'taken', problem: '', relay: null, calls: [] });
      sessionStorage.removeItem(KEPT);
      say('warning', t('softphone.taken'));
    },
    accountWanted: (): Promise<LineAccount> => ask(extension),
  };
}

function changed(call: LineCall): void {
  const others = phone.calls.filter((one) => one.id !== call.id);
  phone.calls = call.phase === 'over' ? others : [...others, call];
  keepThread();
  void sounds();
}

/** Rings while a phone rings and nobody talks; who calls hears that it rings there. */
async function sounds(): Promise<void> {
  const wanted = ringing.value.length > 0 && underWay.value.length === 0 ? 'ring' : phone.calls.some((one) => one.phase === 'calling') ? 'ringBack' : '';
  if (!wanted) {
    stopRinging?.();
    stopRinging = null;
    return;
  }
  if (stopRinging) return;
  stopRinging = () => {};
  const sound = await import('./sound');
  if (stopRinging) stopRinging = sound[wanted as 'ring' | 'ringBack']();
}

function keepThread(): void {
  const talks = underWay.value.find((call) => call.phase === 'talking');
  const thread = talks ? line?.thread(talks.id) : undefined;
  if (thread) sessionStorage.setItem(KEPT_CALL, JSON.stringify({ ...thread, extension: phone.extension }));
  else sessionStorage.removeItem(KEPT_CALL);
}

/** When the page goes, so that the next one knows how old the thread is. */
function noteLeaving(): void {
  const kept = sessionStorage.getItem(KEPT_CALL);
  if (kept) sessionStorage.setItem(KEPT_CALL, JSON.stringify({ ...JSON.parse(kept), leftAt: Date.now() }));
}
window.addEventListener('pagehide', noteLeaving);

/** The call that this window was in when it was loaded anew. */
async function takeBack(): Promise<void> {
  const kept = sessionStorage.getItem(KEPT_CALL);
  if (!kept || phone.calls.length) return;
  sessionStorage.removeItem(KEPT_CALL);
  const thread = JSON.parse(kept) as Thread & { extension: string; leftAt?: number };
  if (thread.extension !== phone.extension || !thread.leftAt || Date.now() - thread.leftAt > THREAD_HOLDS) return;
  try {
    await line?.takeBack(thread);
  } catch (fault) {
    say('error', problemText(microphoneProblem(fault)));
  }
}

async function report(): Promise<void> {
  if (!line || !phone.extension || phone.state === 'starting') return;
  const quality = await line.quality().catch(() => undefined);
  try {
    await put('/me/phone', {
      extension: phone.extension,
      registered: phone.state === 'registered',
      ...(phone.problem ? { problem: phone.problem.slice(0, 200) } : {}),
      ...(quality ? { quality } : {}),
    });
  } catch {
    // The server is away; it hears of it with the next one.
  }
}

function forgetLine(): void {
  clearInterval(reporting);
  clearInterval(renewing);
  line?.stop();
  line = null;
  stopRinging?.();
  stopRinging = null;
}

/** Switches it off, here and at the server. */
export async function switchOff(): Promise<void> {
  forgetLine();
  Object.assign(phone, { state: 'off', extension: '', problem: '', relay: null, calls: [] });
  sessionStorage.removeItem(KEPT);
  sessionStorage.removeItem(KEPT_CALL);
  try {
    await remove('/softphone');
  } catch {
    // The session is over, and the phone with it.
  }
}

/** The phone that this window had before it was loaded anew. */
async function resume(): Promise<void> {
  const extension = sessionStorage.getItem(KEPT);
  if (!extension || line) return;
  try {
    await switchOn(extension);
  } catch (problem) {
    say('error', problemText(problem));
  }
}

/** Follows who is signed in and logged on. */
export function followPhone(): void {
  watch(session, (now, before) => {
    if (now?.agent && now.agent !== before?.agent) void resume();
    if (!now && line) {
      forgetLine();
      Object.assign(phone, { state: 'off', extension: '', problem: '', relay: null, calls: [] });
    }
  });
  watch(
    () => me.value?.state,
    (state) => {
      if (state === 'logged-off' && wasLoggedOn && line) void switchOff();
      wasLoggedOn = state !== undefined && state !== 'logged-off' && me.value?.extension === (phone.extension || sessionStorage.getItem(KEPT));
    },
  );
}

// ---- what can be done in a call ----

function doing(what: (on: Line) => void): void {
  try {
    if (line) what(line);
  } catch (fault) {
    say('error', String(fault));
  }
}

export async function answer(id: string): Promise<void> {
  try {
    await line?.answer(id);
  } catch (fault) {
    say('error', problemText(microphoneProblem(fault)));
  }
}

/**
 * Calls a number. Who is logged on has cti-server call, as every click on a number does: it rings this
 * phone, which answers by itself, and then the number. Nobody else may ask for that; their phone dials
 * as one behind the switch does.
 */
export async function dial(number: string): Promise<void> {
  if (me.value?.extension === phone.extension && me.value.state !== 'logged-off') {
    await attempt(() => command('dial', { number }));
    return;
  }
  try {
    await line?.dial(number, `*9${number}`);
  } catch (fault) {
    say('error', problemText(microphoneProblem(fault)));
  }
}

export const hangUp = (id: string): void => doing((on) => on.hangUp(id));
export const hold = (id: string, held: boolean): void => doing((on) => on.hold(id, held));
export const mute = (id: string, muted: boolean): void => doing((on) => on.mute(id, muted));
export const keys = (id: string, tones: string): void => doing((on) => on.keys(id, tones));
export async function transfer(id: string, number: string): Promise<void> {
  await attempt(async () => line?.transfer(id, number));
}
export const changeMicrophone = async (): Promise<void> => line?.changeMicrophone();
