import type { PropertyDeclarations } from 'lit';
import type { Pricing } from '../conversation/usage.js';
import { declaredLanguage } from '../localize/language.js';
import type { StringOverrides } from '../localize/strings.js';
import type { JsonRecord } from '../protocol/server-event.js';
import type { SessionConfig, TokenProvider, Tool } from '../session/session-config.js';
import { attributesOf, flag, ForgivingElement, objects } from './attributes.js';
import { CONTROLS } from './controls.js';

const { amount, json, oneOf, tokens, warn } = attributesOf('realtime-voice');

/** The attributes and settable properties of `<realtime-voice>`, and what the session is told of them. */
export class VoiceAttributes extends ForgivingElement {
  static override properties: PropertyDeclarations = {
    tokenEndpoint: { attribute: 'token-endpoint', reflect: true },
    sessionEndpoint: { attribute: 'session-endpoint', reflect: true },
    credentials: {
      attribute: 'credentials',
      reflect: true,
      useDefault: true,
      converter: oneOf('credentials', ['omit', 'same-origin', 'include'], 'same-origin'),
    },
    apiUrl: { attribute: 'api-url', reflect: true },
    iceServers: { attribute: 'ice-servers', converter: json('ice-servers') },
    model: { attribute: 'model', reflect: true },
    voice: { attribute: 'voice', reflect: true },
    instructions: { attribute: 'instructions', reflect: true },
    greeting: { attribute: 'greeting', reflect: true },
    output: {
      attribute: 'output',
      reflect: true,
      useDefault: true,
      converter: oneOf('output', ['audio', 'text'], 'audio'),
    },
    turnDetection: {
      attribute: 'turn-detection',
      reflect: true,
      converter: oneOf('turn-detection', ['semantic', 'server', 'none']),
    },
    transcriptionModel: { attribute: 'transcription-model', reflect: true },
    pushToTalk: { attribute: 'push-to-talk', reflect: true, converter: flag },
    inputDevice: { attribute: 'input-device', reflect: true },
    outputDevice: { attribute: 'output-device', reflect: true },
    layout: {
      attribute: 'layout',
      reflect: true,
      useDefault: true,
      converter: oneOf('layout', ['inline', 'compact', 'floating'], 'inline'),
    },
    placement: {
      attribute: 'placement',
      reflect: true,
      useDefault: true,
      converter: oneOf('placement', ['bottom-end', 'bottom-start', 'top-end', 'top-start'], 'bottom-end'),
    },
    open: { attribute: 'open', reflect: true, converter: flag },
    controls: {
      attribute: 'controls',
      reflect: true,
      useDefault: true,
      converter: tokens('controls', CONTROLS, 'start mute text'),
    },
    heading: { attribute: 'heading', reflect: true },
    consent: { attribute: 'consent', reflect: true, converter: flag },
    maxDuration: {
      attribute: 'max-duration',
      reflect: true,
      useDefault: true,
      converter: amount('max-duration', 600),
    },
    idleTimeout: {
      attribute: 'idle-timeout',
      reflect: true,
      useDefault: true,
      converter: amount('idle-timeout', 90),
    },
    hiddenTimeout: {
      attribute: 'hidden-timeout',
      reflect: true,
      useDefault: true,
      converter: amount('hidden-timeout', 300),
    },
    maxCost: { attribute: 'max-cost', reflect: true, converter: amount('max-cost') },
    withoutReconnect: { attribute: 'without-reconnect', reflect: true, converter: flag },
    replay: { attribute: 'replay', reflect: true },
    tokenProvider: { attribute: false },
    tokenHeaders: { attribute: false },
    session: { attribute: false },
    tools: { attribute: false },
    pricing: { attribute: false },
    mediaStream: { attribute: false },
    strings: { attribute: false },
    replaySpeed: { attribute: false },
    iceTransportPolicy: { attribute: false },
  };

  /** Your endpoint that makes a short-lived token. Asked before every connection, never earlier. */
  declare tokenEndpoint: string | undefined;
  /** Your endpoint that takes the SDP offer and gives the answer, so that no token reaches the page. Wins over `token-endpoint`. */
  declare sessionEndpoint: string | undefined;
  /** Whether cookies go to these two endpoints. */
  declare credentials: 'omit' | 'same-origin' | 'include';
  /** Where the SDP offer goes in token mode. Default: OpenAI's calls URL. */
  declare apiUrl: string | undefined;
  /** STUN and TURN servers, as JSON. Never written back into the attribute. */
  declare iceServers: readonly RTCIceServer[] | undefined;
  /** The model to ask your token endpoint for. It counts only if the endpoint lists it in `choices.model`. */
  declare model: string | undefined;
  /** The voice, for example `marin`; wins over the endpoint's. Where a token endpoint has `choices.voice`, it has to be one of those. */
  declare voice: string | undefined;
  /** What the assistant is told; wins over the endpoint's. Anybody can read it in the page. */
  declare instructions: string | undefined;
  /** The assistant speaks first. The text, which may be empty, tells it what to say. */
  declare greeting: string | undefined;
  /** Whether answers are spoken or only written. */
  declare output: 'audio' | 'text';
  /** How the end of a turn is found. Default: what the endpoint says. */
  declare turnDetection: 'semantic' | 'server' | 'none' | undefined;
  /**
   * Transcribes the visitor's speech. Default: `gpt-transcribe`, with the page's `lang` as a hint. It replaces what the
   * endpoint's session says of transcription; `off` switches it off.
   */
  declare transcriptionModel: string | undefined;
  /**
   * The visitor holds a button while talking (with the keyboard: Space or Enter on that button). A short press keeps it on
   * until the next press.
   */
  declare pushToTalk: boolean;
  /** Id of the microphone; switches live. */
  declare inputDevice: string | undefined;
  /** Id of the speaker; switches live. */
  declare outputDevice: string | undefined;
  /** A box in the page, a smaller one, or a button that opens a panel. */
  declare layout: 'inline' | 'compact' | 'floating';
  /** The corner of a floating widget. */
  declare placement: 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start';
  /** Whether the floating panel is open. */
  declare open: boolean;
  /**
   * Which controls are shown: any of `start mute text interrupt`, and in Settings `devices volume transcript usage`, where
   * `transcript` is to copy or save it. Empty for none.
   */
  declare controls: string;
  /** The title. Default: words in the language of the page. */
  declare heading: string | undefined;
  /** Before the visitor accepts: no microphone, no token, no call. Only the widget's own files are loaded. */
  declare consent: boolean;
  /** Seconds after which a call ends; 0 for no limit of the page. The `maxDuration` of your endpoint (600) holds too. */
  declare maxDuration: number;
  /** Seconds without speech after which a call ends; 0 for no limit. */
  declare idleTimeout: number;
  /** Seconds after which a call ends on a page that nobody sees; 0 for no limit. */
  declare hiddenTimeout: number;
  /** The estimated cost, in US dollars, at which a call ends; needs `pricing`. */
  declare maxCost: number | undefined;
  /** A lost connection is not restored. */
  declare withoutReconnect: boolean;
  /** URL of a JSON Lines log to play instead of calling. */
  declare replay: string | undefined;
  /** Gives a token; wins over the endpoints. */
  declare tokenProvider: TokenProvider | undefined;
  /** Headers for the two endpoints. */
  declare tokenHeaders: HeadersInit | undefined;
  /** Merged last into `session.update`. In a call, what is left out again becomes what the server began with, or waits for the next call. */
  declare session: JsonRecord | undefined;
  /** Functions that the model may call. */
  declare tools: readonly Tool[];
  /** Prices in US dollars, for the estimate of the cost. */
  declare pricing: Pricing | undefined;
  /** The page's own microphone stream; never stopped here. An empty one makes a call without a microphone. */
  declare mediaStream: MediaStream | undefined;
  /** Words of your own, instead of those of the language. */
  declare strings: StringOverrides | undefined;
  /** 1 is the recorded pace of a replay, `Infinity` all at once. */
  declare replaySpeed: number | undefined;
  /** `relay` forces the call through TURN. */
  declare iceTransportPolicy: RTCIceTransportPolicy | undefined;

  constructor() {
    super();
    this.credentials = 'same-origin';
    this.output = 'audio';
    this.pushToTalk = false;
    this.layout = 'inline';
    this.placement = 'bottom-end';
    this.open = false;
    this.controls = 'start mute text';
    this.consent = false;
    this.maxDuration = 600;
    this.idleTimeout = 90;
    this.hiddenTimeout = 300;
    this.withoutReconnect = false;
    this.tools = [];
  }

  /** What was set before the upgrade is handed over by the first update, which a call to a method may come before. */
  protected catchUp(): void {
    if (this.isConnected && !this.hasUpdated) this.performUpdate();
  }

  /** Tells a developer what will have no effect in a call that begins now. */
  protected warnOfGaps(): void {
    if (this.maxCost !== undefined && !this.pricing)
      warn('max-cost', this.maxCost, 'a number, with `pricing` beside it');
  }

  /** Everything that the session is told, as it is now. What is none of its business it leaves alone. */
  protected sessionConfig(): SessionConfig {
    const { elementProperties } = this.constructor as typeof VoiceAttributes;
    const settings = [...elementProperties.keys()].map((name) => [
      name,
      this[name as keyof this] ?? undefined,
    ]);
    return {
      ...Object.fromEntries(settings),
      iceServers: objects(this.iceServers),
      tools: this.#listOfTools(),
      // The server's own default is to speak: saying so again would be one more field that it may refuse.
      output: this.output === 'text' ? 'text' : undefined,
      // A page that does not say its language must not make the transcriber expect English.
      language: declaredLanguage(this),
    };
  }

  #listOfTools(): readonly Tool[] | undefined {
    const tools: unknown = this.tools ?? [];
    if (Array.isArray(tools)) return tools;
    warn('tools', tools, 'a list of tools');
    return undefined;
  }
}
