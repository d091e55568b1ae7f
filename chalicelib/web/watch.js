// @ts-check
/** Follows an image until its analysis is over. */

import * as images from "./images.js";
import { Unreachable } from "./problem.js";

const FIRST_PAUSE = 700; // milliseconds
const LONGEST_PAUSE = 5000;
const GROWTH = 1.25;

/**
 * Call onRecord with the image as it is now, and after each look until it is settled.
 * A connection that is away is waited for: onUnreachable tells of it.
 *
 * @param {string} id
 * @param {{
 *   onRecord: (record: images.ImageRecord) => void,
 *   onUnreachable: (error: Unreachable) => void,
 *   signal: AbortSignal,
 * }} options
 */
export async function watch(id, { onRecord, onUnreachable, signal }) {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE)) {
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
