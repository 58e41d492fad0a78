/** Where the local realtime service of this test run listens, for example `http://127.0.0.1:41234`. */
export const serviceUrl: string = await (await fetch('/__service')).json();

/** A token endpoint that names a scenario of the local service (see demo/server/README.md). */
export const tokenEndpoint = (scenario?: string): string =>
  `${serviceUrl}/token${scenario ? `?scenario=${encodeURIComponent(scenario)}` : ''}`;

/** Where the SDP offer goes. */
export const apiUrl = `${serviceUrl}/v1/realtime/calls`;
