// What the server sends on the stream (docs/api/stream.md).
import type { AgentView, CallView, DeskView, GatewayView, ListeningView, MissedCaseView, NoteView, PopView } from '../api/views';

export interface DriftView {
  what: string;
  queue?: string;
  found: string;
  wanted: string;
}

export interface NoticeFrame {
  type: 'notice';
  seq: number;
  at: string;
  kind: string;
  agent?: string;
  extension?: string;
  by?: string;
  reason?: string;
  drift?: DriftView;
  text?: string;
  /** Kinds that carry more say it here. */
  [more: string]: unknown;
}

export interface SnapshotFrame {
  type: 'snapshot';
  epoch: string;
  seq: number;
  at: string;
  calls: CallView[];
  agents: AgentView[];
  desks: DeskView[];
  gateways: GatewayView[];
  pops: PopView[];
  listenings?: ListeningView[];
}

export interface LiveFrame {
  type: 'live';
  epoch: string;
  seq: number;
  at: string;
  resumed: boolean;
  replayed: number;
}

export type ServerFrame =
  | SnapshotFrame
  | LiveFrame
  | { type: 'call'; seq: number; event: string; cause: string; call: CallView }
  | { type: 'agent'; seq: number; event: string; agent: AgentView }
  | { type: 'gateway'; seq: number; event: string; gateway: GatewayView; agents: AgentView[]; calls: CallView[] }
  | { type: 'changes'; after: number; seq: number; frames: ServerFrame[] }
  | { type: 'pop'; seq: number; pop: PopView }
  | { type: 'popEnded'; seq: number; id: string; call: string; agent: string; outcome: string }
  | { type: 'missedCase'; seq: number; id: string; missedCase?: MissedCaseView }
  | { type: 'missedCases'; seq: number; more: boolean; missedCases: { open: number; desks: { desk?: string; deskName?: string; open: number; oldest?: string }[] } }
  | { type: 'listening'; seq: number; event: string; listening: ListeningView }
  | { type: 'note'; seq: number; withdrawn: boolean; note: NoteView }
  | NoticeFrame
  | { type: 'reply'; id: string; ok: boolean; refusal?: { id: string; message: string } }
  | { type: 'pong'; at: string }
  | { type: 'error'; code: number; title: string; detail: string };
