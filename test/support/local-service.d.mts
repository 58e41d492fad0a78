import type { ChildProcess } from 'node:child_process';

/** Resolves once the service listens; rejects when it ends before that. Port 0, the default, takes a free one. */
export function startLocalService(options?: {
  port?: number;
  env?: Readonly<Record<string, string>>;
}): Promise<{ url: string; process: ChildProcess; stop(): Promise<void> }>;
