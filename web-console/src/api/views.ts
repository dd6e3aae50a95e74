// The views of the server, named as in docs/api/openapi.yaml, from which their types are made.
import type { components } from './openapi';

type Schemas = components['schemas'];

export type SessionView = Schemas['SessionView'];
export type AgentView = Schemas['AgentView'];
export type CallView = Schemas['CallView'];
export type CallerView = Schemas['CallerView'];
export type PartView = Schemas['PartView'];
export type VisitView = Schemas['VisitView'];
export type DeskView = Schemas['DeskView'];
export type PersonView = Schemas['PersonView'];
export type IncidentView = Schemas['IncidentView'];
export type CatalogView = Schemas['CatalogView'];
export type PauseReasonView = Schemas['PauseReasonView'];
export type MissedCaseView = Schemas['MissedCaseView'];
export type CallRowView = Schemas['CallRowView'];
export type CallRecordView = Schemas['CallRecordView'];
export type CallDetailView = Schemas['CallDetailView'];
export type DeskFigureView = Schemas['DeskFigureView'];
export type ShareView = Schemas['ShareView'];
export type StayView = Schemas['StayView'];
export type BridgeView = Schemas['BridgeView'];
export type SoftphoneView = Schemas['SoftphoneView'];
export type BrowserPhoneView = Schemas['BrowserPhoneView'];
export type TryCallerView = Schemas['TryCallerView'];
export type PairingCodeView = Schemas['PairingCodeView'];
export type ListeningView = Schemas['ListeningView'];
export type NoteView = Schemas['NoteView'];
export type SupervisionView = Schemas['SupervisionView'];
export type BigScreenView = Schemas['BigScreenView'];
export type AgentStatesView = Schemas['AgentStatesView'];
export type RecordingView = Schemas['RecordingView'];

/** The link to a gateway, as the stream tells of it. */
export interface GatewayView {
  id: string;
  live: boolean;
  since: string;
  /** The gateway's version while live, else why it is away. */
  detail: string;
}

/** A phone rings: who calls, and what is known of them (docs/api/stream.md). */
export interface PopView {
  id: string;
  /** From 1; a later revision of the same pop replaces the earlier one. */
  revision: number;
  call: string;
  agent: string;
  at: string;
  extension: string;
  /** As presented, possibly empty. */
  number: string;
  callingName: string;
  callers: PersonView[];
  keys: { node: string; digits: string }[];
  waitedSeconds: number;
  desk?: string;
  deskName?: string;
  queue: string;
  incidentsState: 'loading' | 'loaded' | 'unavailable';
  incidents: IncidentView[];
}

export interface Page<T> {
  items: T[];
  /** Hand it back as `after` for what follows; absent at the end. */
  next?: string;
}
