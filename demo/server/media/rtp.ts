const HEADER_BYTES = 12;
/** Opus over RTP counts in 48 kHz whatever the codec runs at. */
const TICKS_PER_FRAME = 960;

/** The payload of an RTP packet, or `null` for anything else. */
export function rtpPayload(packet: Buffer): Buffer | null {
  if (packet.length < HEADER_BYTES || packet[0]! >> 6 !== 2) return null;
  const contributors = packet[0]! & 0x0f;
  let start = HEADER_BYTES + contributors * 4;
  if (packet[0]! & 0x10 && packet.length >= start + 4) start += 4 + packet.readUInt16BE(start + 2) * 4;
  const padding = packet[0]! & 0x20 ? packet[packet.length - 1]! : 0;
  return start < packet.length - padding ? packet.subarray(start, packet.length - padding) : null;
}

/** The payload type of an RTP packet. */
export function rtpPayloadType(packet: Buffer): number {
  return packet[1]! & 0x7f;
}

/** Wraps frames of 20 ms into RTP. */
export class RtpStream {
  readonly #ssrc: number;
  readonly #payloadType: number;
  #sequence = Math.floor(Math.random() * 0x8000);
  #timestamp = Math.floor(Math.random() * 0x80000000);

  constructor(ssrc: number, payloadType: number) {
    this.#ssrc = ssrc;
    this.#payloadType = payloadType;
  }

  packet(payload: Uint8Array): Buffer {
    const header = Buffer.alloc(HEADER_BYTES);
    header[0] = 0x80;
    header[1] = this.#payloadType;
    header.writeUInt16BE(this.#sequence, 2);
    header.writeUInt32BE(this.#timestamp, 4);
    header.writeUInt32BE(this.#ssrc, 8);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + TICKS_PER_FRAME) % 0x100000000;
    return Buffer.concat([header, payload]);
  }
}
