/** Resolves when sound comes out of a stream; the test's own time limit ends a wait that is in vain. */
export async function sound(stream: MediaStream): Promise<number> {
  // Chromium gives a remote stream's sound to Web Audio only while a media element plays it.
  const player = new Audio();
  player.srcObject = stream;
  await player.play();
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  for (;;) {
    await new Promise(requestAnimationFrame);
    analyser.getFloatTimeDomainData(samples);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    if (loudest < 0.02) continue;
    player.srcObject = null;
    await context.close();
    return loudest;
  }
}
