// Why a browser gives no microphone, in the words of a refusal.
import { Problem } from '../api/http';

export function microphoneProblem(fault: unknown): Problem {
  const name = fault instanceof DOMException ? fault.name : '';
  const type = name === 'NotAllowedError' ? 'no-microphone-leave' : name === 'SecurityError' ? 'no-secure-page' : 'no-microphone';
  return new Problem(type, 0, fault instanceof Error ? fault.message : String(fault));
}
