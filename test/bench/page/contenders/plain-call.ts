/** A call by hand, without any library: token, microphone and offer side by side. Resolves when the channel is there. */
export async function overlappedCall(onMessage: (data: string) => void): Promise<void> {
  const peer = new RTCPeerConnection();
  const channel = openChannel(peer, onMessage);
  const { sender } = peer.addTransceiver('audio');
  const offered = peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  const [token] = await Promise.all([
    getToken(),
    microphone().then((track) => sender.replaceTrack(track)),
    offered,
  ]);
  await exchange(peer, token);
  await isOpen(channel);
}

/** The same one after another, as quick starts do it. */
export async function serialCall(onMessage: (data: string) => void): Promise<void> {
  const token = await getToken();
  const peer = new RTCPeerConnection();
  peer.addTrack(await microphone());
  const channel = openChannel(peer, onMessage);
  await peer.setLocalDescription(await peer.createOffer());
  await exchange(peer, token);
  await isOpen(channel);
}

function openChannel(peer: RTCPeerConnection, onMessage: (data: string) => void): RTCDataChannel {
  const channel = peer.createDataChannel('oai-events');
  channel.addEventListener('message', ({ data }) => onMessage(String(data)));
  return channel;
}

async function getToken(): Promise<string> {
  const response = await fetch('/token', { method: 'POST' });
  return ((await response.json()) as { value: string }).value;
}

async function microphone(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return stream.getAudioTracks()[0]!;
}

async function exchange(peer: RTCPeerConnection, token: string): Promise<void> {
  const response = await fetch('/v1/realtime/calls', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' },
    body: peer.localDescription?.sdp ?? '',
  });
  await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
}

async function isOpen(channel: RTCDataChannel): Promise<void> {
  if (channel.readyState !== 'open')
    await new Promise((resolve) => channel.addEventListener('open', resolve));
}
