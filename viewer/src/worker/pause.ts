const { port1, port2 } = new MessageChannel();
let resume: (() => void) | undefined;
port1.addEventListener('message', () => resume?.());
port1.start();

/** Lets the messages that came in the meantime be answered first. A timer would wait 4 ms. */
export const pause = (): Promise<void> =>
  new Promise((resolve) => {
    resume = resolve;
    port2.postMessage(null);
  });
