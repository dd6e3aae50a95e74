// What callers left for an agent's desks: messages, and that they want to be called back.
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import { get, put } from '../api/http';
import type { components } from '../api/openapi';
import type { Page } from '../api/views';
import { me, onFrame } from '../session/session';
import { attempt } from '../shell/messages';
import { problemText } from '../words/words';

export type VoicemailView = components['schemas']['VoicemailView'];
export type CallbackView = components['schemas']['CallbackView'];

const MOST = 50;
/** The file of a message is looked at some seconds after its call. */
const AFTER_A_CALL = 12_000;

export function left() {
  const voicemails = shallowRef<VoicemailView[]>([]);
  const callbacks = shallowRef<CallbackView[]>([]);
  const fault = ref('');

  async function load(): Promise<void> {
    const mine = <T extends { desk: string }>(items: T[]): T[] => items.filter((one) => me.value?.seats.includes(one.desk));
    try {
      voicemails.value = mine((await get<Page<VoicemailView>>('/voicemails', { state: 'new', limit: MOST })).items);
      callbacks.value = mine((await get<Page<CallbackView>>('/callbacks', { open: true, limit: MOST })).items);
      fault.value = '';
    } catch (problem) {
      fault.value = problemText(problem);
    }
  }

  let later: ReturnType<typeof setTimeout> | undefined;
  // The stream says when calls end and missed cases change; what was left came with one of them.
  const quiet = onFrame((frame) => {
    if (frame.type === 'missedCases') void load();
    if (frame.type === 'missedCases' || (frame.type === 'call' && frame.call.end)) {
      clearTimeout(later);
      later = setTimeout(() => void load(), AFTER_A_CALL);
    }
  });
  onMounted(load);
  onBeforeUnmount(() => {
    quiet();
    clearTimeout(later);
  });

  async function heard(one: VoicemailView): Promise<void> {
    if (await attempt(() => put(`/voicemails/${encodeURIComponent(one.id)}/heard`, undefined))) await load();
  }

  return { voicemails, callbacks, fault, load, heard };
}
