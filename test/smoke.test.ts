import { expect } from '@open-wc/testing';

it('runs in a real browser', () => {
  expect(RTCPeerConnection).to.be.a('function');
});
