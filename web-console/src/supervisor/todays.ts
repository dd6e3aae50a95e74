// Today's figures of each desk, asked for again and again while somebody looks at them.
import { onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue';
import { get } from '../api/http';
import type { DeskFigureView } from '../api/views';
import { link, now } from '../stream/picture';
import { problemText } from '../words/words';

const LOOK_AGAIN = 15_000;
const ZONE_AHEAD = 8 * 3_600_000;
const DAY = 86_400_000;

/** Midnight at the desk, whose zone is eight hours ahead of UTC without summer time. */
export const midnight = (): string => new Date(Math.floor((now.value + ZONE_AHEAD) / DAY) * DAY - ZONE_AHEAD).toISOString();

export function todaysFigures() {
  const figures = shallowRef(new Map<string, DeskFigureView>());
  const fault = ref('');

  async function load(): Promise<void> {
    try {
      const answer = await get<{ items: DeskFigureView[] }>('/desk-figures', { from: midnight() });
      figures.value = new Map(answer.items.map((item) => [item.desk, item]));
      fault.value = '';
    } catch (problem) {
      fault.value = problemText(problem);
    }
  }

  let timer: ReturnType<typeof setInterval> | undefined;
  // Not before the stream has told the server's time: what today is, the server knows.
  watch(
    () => link.state,
    (state) => {
      if (state === 'live') void load();
    },
    { immediate: true },
  );
  onMounted(() => (timer = setInterval(() => void load(), LOOK_AGAIN)));
  onBeforeUnmount(() => clearInterval(timer));
  return { figures, fault };
}
