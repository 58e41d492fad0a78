// A worker thread does not inherit tsx's hooks on Node 20, so it registers them itself.
import { register } from 'tsx/esm/api';

register();
await import('./speech-worker.ts');
