// Short messages that nobody has to answer.
import { ElMessage } from 'element-plus';
import 'element-plus/es/components/message/style/css';
import { problemText } from '../words/words';

export function say(type: 'success' | 'info' | 'warning' | 'error', text: string): void {
  ElMessage({ type, message: text, duration: type === 'error' || type === 'warning' ? 6000 : 3500, showClose: true, grouping: true });
}

/** Runs something that the server may refuse; says why it did. Gives back whether it went through. */
export async function attempt(what: () => Promise<unknown>): Promise<boolean> {
  try {
    await what();
    return true;
  } catch (problem) {
    say('error', problemText(problem));
    return false;
  }
}
