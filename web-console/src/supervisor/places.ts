// Which place a caller has among those who wait in the same queue.
import type { CallView } from '../api/views';

/**
 * The place of each waiting caller, from 1. They are put in the order in which they came, each at the
 * place that the gateway gave them then: who came with a priority is before those who waited already.
 * Who was moved to the front afterwards keeps their old place here, since the gateway does not tell.
 */
export function places(calls: Iterable<CallView>): Map<string, number> {
  const queues = new Map<string, CallView[]>();
  const waiting = [...calls].filter((call) => !call.end && call.waitingSince && call.queue).sort((a, b) => a.waitingSince!.localeCompare(b.waitingSince!));
  for (const call of waiting) {
    const queue = queues.get(call.queue!) ?? [];
    queue.splice(Math.min((call.position ?? queue.length + 1) - 1, queue.length), 0, call);
    queues.set(call.queue!, queue);
  }
  return new Map([...queues.values()].flatMap((queue) => queue.map((call, i): [string, number] => [call.id, i + 1])));
}
