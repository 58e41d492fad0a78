import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { RealtimeVoiceElement } from 'realtime-voice';
import 'realtime-voice/define';

function App() {
  const voice = useRef<RealtimeVoiceElement>(null);
  const [status, setStatus] = useState<string>('idle');
  return (
    <>
      <realtime-voice
        ref={voice}
        className="assistant"
        token-endpoint="/token"
        api-url="/v1/realtime/calls"
        max-duration={60}
        tools={[]}
        onrealtime-status-change={({ detail }) => setStatus(detail.status)}
      />
      <realtime-event-panel view="log" />
      <output>{status}</output>
      <button onClick={() => voice.current?.stop()}>End</button>
    </>
  );
}

const root = document.getElementById('app');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
