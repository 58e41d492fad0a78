/** What each attack would do: it calls `taken()`, or fetches something of this name. */
const VECTORS: readonly string[] = [
  '<script>taken()</script>',
  '<script src=/taken></script>',
  '<img src=x onerror=taken()>',
  '<img src=/taken>',
  '<svg onload=taken()>',
  '<svg><script>taken()</script></svg>',
  '<svg><a xlink:href="javascript:taken()"><text y=20>x</text></a></svg>',
  '<svg><animate onbegin=taken() attributeName=x dur=1s></svg>',
  '<svg><foreignObject><iframe srcdoc="<script>parent.taken()</script>"></iframe></foreignObject></svg>',
  '<body onload=taken()>',
  '<iframe src="javascript:parent.taken()"></iframe>',
  '<iframe srcdoc="<img src=x onerror=parent.taken()>"></iframe>',
  '<a href="javascript:taken()" autofocus onfocus=taken()>x</a>',
  '<details open ontoggle=taken()>',
  '<input autofocus onfocus=taken()>',
  '<video><source onerror=taken()></video>',
  '<audio src=x onerror=taken()>',
  '<object data="javascript:taken()">',
  '<embed src="/taken">',
  '<link rel=stylesheet href=/taken>',
  '<style>@import "/taken"; * { animation: x 1s } @keyframes x {}</style>',
  '<div style="background: url(/taken)" onanimationstart=taken()>',
  '<meta http-equiv=refresh content="0;url=/taken">',
  '<base href="/taken/">',
  '<form action="/taken"><button formaction="javascript:taken()">x</button></form>',
  '<template><img src=x onerror=taken()></template>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=taken()&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=taken()>">',
  '<svg></p><style><a id="</style><img src=1 onerror=taken()>">',
  '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=taken()>">',
  '<realtime-voice token-endpoint="//taken.example" replay="/taken"></realtime-voice>',
  '<slot name=footer onslotchange=taken()></slot>',
  '<!--?lit$0$--><?lit$0$><img src=x onerror=taken()>',
  '{{constructor.constructor("taken()")()}}${taken()}<%= taken() %>',
  'javascript:taken()//',
  '![x](javascript:taken()) <https://taken.example> [x]: data:text/html,<script>taken()</script>',
];

/** Ways to get past a filter. */
const ENCODINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/<\/?[a-z]+/g, (tag) => tag.toUpperCase()),
  (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&#x3e;'),
  (text) => encodeURIComponent(text),
  (text) => text.replaceAll('=', '\u0000=\n').replace('<', '<\t'),
  (text) => text.replaceAll('<', '＜').replaceAll('"', '\u202e"'),
];

/** Places to break out of. */
const CONTEXTS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `--></style></script></textarea></title></template>${text}`,
  (text) => `"'>]]>{"a":"${text}"}\`;${text}//`,
];

/** Texts that do harm wherever they are taken for anything but text: each vector, in each encoding, in each context. */
export const hostileStrings: readonly string[] = VECTORS.flatMap((vector) =>
  ENCODINGS.flatMap((encode) => CONTEXTS.map((surround) => surround(encode(vector)))),
);
