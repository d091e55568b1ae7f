/** Polling of an image until its analysis has ended. */

import * as images from "./images.js";
import { Unreachable } from "./problem.js";

const MIN_PAUSE_MS = 700;
const MAX_PAUSE_MS = 5000;
const GROWTH = 1.25;

/**
 * Call onRecord with the image after each poll until its analysis has ended. If the server can't be reached, call
 * onUnreachable and keep polling.
 *
 * @param {string} id
 * @param {{
 *   onRecord: (record: images.ImageRecord) => void,
 *   onUnreachable: (error: Unreachable) => void,
 *   signal: AbortSignal,
 * }} options
 */
export async function watchImage(id, { onRecord, onUnreachable, signal }) {
  for (let pause = MIN_PAUSE_MS; ; pause = Math.min(pause * GROWTH, MAX_PAUSE_MS)) {
    try {
      const record = await images.get(id, signal);
      onRecord(record);
      if (images.isSettled(record)) return;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      onUnreachable(error);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    signal.throwIfAborted();
  }
}
