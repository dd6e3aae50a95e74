// Today's figures of each desk: asked for when the stream tells that a call came, went on or ended.
import { onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue';
import { get } from '../api/http';
import type { components } from '../api/openapi';
import type { DeskFigureView } from '../api/views';
import { onFrame } from '../session/session';
import { link, now } from '../stream/picture';
import { problemText } from '../words/words';

export type TrendPoint = components['schemas']['TrendPointView'];

/** What the stream tells is on record a moment later; and no oftener than this while much happens. */
const ON_RECORD_AFTER = 1_500;
const NO_OFTENER = 3_000;
/** Where nothing happens: midnight passes, and others change limits. */
const LOOK_AGAIN = 60_000;
const ZONE_AHEAD = 8 * 3_600_000;
const DAY = 86_400_000;

/** Midnight at the desk, whose zone is eight hours ahead of UTC without summer time. */
export const midnight = (): string => new Date(Math.floor((now.value + ZONE_AHEAD) / DAY) * DAY - ZONE_AHEAD).toISOString();

export function todaysFigures() {
  const figures = shallowRef(new Map<string, DeskFigureView>());
  const trend = shallowRef(new Map<string, TrendPoint[]>());
  const fault = ref('');

  async function load(): Promise<void> {
    const from = midnight();
    try {
      const [counted, spread] = await Promise.all([get<{ items: DeskFigureView[] }>('/desk-figures', { from }), get<{ items: TrendPoint[] }>('/desk-figures/trend', { from, minutes: 60 })]);
      figures.value = new Map(counted.items.map((item) => [item.desk, item]));
      const points = new Map<string, TrendPoint[]>();
      for (const point of spread.items) points.set(point.desk, [...(points.get(point.desk) ?? []), point]);
      trend.value = points;
      fault.value = '';
    } catch (problem) {
      fault.value = problemText(problem);
    }
  }

  let soon: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const quiet = onFrame((frame) => {
    if (frame.type !== 'call' || soon !== undefined) return;
    const pause = Math.max(ON_RECORD_AFTER, last + NO_OFTENER - Date.now());
    soon = setTimeout(() => {
      soon = undefined;
      last = Date.now();
      void load();
    }, pause);
  });

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
  onBeforeUnmount(() => {
    quiet();
    clearTimeout(soon);
    clearInterval(timer);
  });
  return { figures, trend, fault, load };
}
