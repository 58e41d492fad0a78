import { executeServerCommand } from '@web/test-runner-commands';

/** A server in a process of its own, for one test. */
export interface LabProgram {
  readonly id: string;
}

/** The service, or an endpoint. */
export interface LabServer extends LabProgram {
  readonly url: string;
}

/** A TURN server: the fields of an `RTCIceServer`. */
export interface LabRelay extends LabProgram {
  readonly urls: string;
  readonly username: string;
  readonly credential: string;
}

/** A local service of its own, which may be killed, and started again at the same port. */
export const startService = (port = 0): Promise<LabServer> =>
  executeServerCommand('lab-start', { kind: 'service', port });

/** The package's session endpoint in front of a local service; one call at a time. */
export const startBroker = (serviceUrl: string): Promise<LabServer> =>
  executeServerCommand('lab-start', { kind: 'broker', serviceUrl, pageOrigin: location.origin });

export const startRelay = (): Promise<LabRelay> => executeServerCommand('lab-start', { kind: 'relay' });

/** Ends it in an orderly way. */
export const stopProgram = ({ id }: LabProgram): Promise<boolean> => executeServerCommand('lab-stop', { id });

/** `SIGKILL`: gone without a word. `SIGSTOP`: halted until `SIGCONT`. */
export const signalProgram = (
  { id }: LabProgram,
  signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT',
): Promise<boolean> => executeServerCommand('lab-signal', { id, signal });

/** What the page's network does to every packet. */
export interface NetworkRule {
  /** Milliseconds. */
  readonly latency?: number;
  /** Percent. */
  readonly packetLoss?: number;
  /** The browser believes that there is no network; peer connections go on. */
  readonly offline?: boolean;
}

/** Chromium only. Works on connections made after the first rule, so a test sets `{}` before it calls. */
export const setNetwork = (rule: NetworkRule): Promise<boolean> => executeServerCommand('lab-network', rule);

/** The network as it is. */
export const resetNetwork = (): Promise<boolean> => executeServerCommand('lab-network-off');
