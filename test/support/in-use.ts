import type { Page } from 'puppeteer-core';

/** What a page has of a kind, by its constructor, as far as it is still in use. */
export async function inUse(page: Page, constructor: string, isUsed = 'true'): Promise<number> {
  const devtools = await page.createCDPSession();
  const { result } = await devtools.send('Runtime.evaluate', { expression: `${constructor}.prototype` });
  const prototypeObjectId = result.objectId ?? '';
  const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId });
  const { result: count } = await devtools.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: `function () { return this.filter((one) => ${isUsed}).length; }`,
  });
  await devtools.detach();
  return count.value as number;
}

/** Connections that are not closed, and tracks of sound that run. */
export async function openInPage(page: Page): Promise<readonly [number, number]> {
  return [
    await inUse(page, 'RTCPeerConnection', 'one.connectionState !== "closed"'),
    await inUse(page, 'MediaStreamTrack', 'one.kind === "audio" && one.readyState === "live" && !one.muted'),
  ];
}
