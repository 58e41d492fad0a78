/** Whether it settles before anything else that the page has to do: nothing is waited for. */
export async function settlesAtOnce(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => void (settled = true);
  void promise.then(settle, settle);
  await new Promise((resolve) => setTimeout(resolve));
  return settled;
}
