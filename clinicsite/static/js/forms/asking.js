// A request to the server that ends: with an answer, or with why none came.

/** No answer came; `failure` is the message that tells the patient so: "offline", "slow" or "failed". */
export class NoAnswer extends Error {
  constructor(failure) {
    super(failure);
    this.failure = failure;
  }
}

/** Returns the status and the text of the answer. Throws NoAnswer, also where none came within so many seconds. */
export const ask = async (url, options, seconds) => {
  // Not AbortSignal.timeout: phones and browsers of 2021 lack it.
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), seconds * 1000);
  try {
    const response = await fetch(url, { ...options, signal: controller.signal });
    return { status: response.status, text: await response.text() };
  } catch {
    if (!navigator.onLine) throw new NoAnswer("offline");
    throw new NoAnswer(controller.signal.aborted ? "slow" : "failed");
  } finally {
    clearTimeout(timer);
  }
};

/** Returns what JSON says. Throws NoAnswer where it is none, as what a hotel's network answers in the server's place. */
export const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoAnswer("failed");
  }
};
