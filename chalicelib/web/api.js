// @ts-check
/** Speaks HTTP with the API: JSON in, errors out as Problem or Unreachable. Knows nothing of sessions. */

import { Problem, Unreachable } from "./problem.js";

const JSON_ANSWER = "application/json, application/problem+json";

/**
 * Addresses are relative: on AWS the API lives under its stage's path.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, accept?: string, accessToken?: string, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>} one with a status below 400
 */
export async function send(method, path, { body, accept = JSON_ANSWER, accessToken, signal } = {}) {
  const headers = new Headers({ Accept: accept });
  if (accessToken) headers.set("Authorization", `Bearer ${accessToken}`);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  const response = await fetch(path, {
    method,
    headers,
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error) => {
    throw error.name === "AbortError" ? error : new Unreachable();
  });
  if (!response.ok) throw new Problem(response.status, await details(response));
  return response;
}

/** @param {Response} response */
async function details(response) {
  const type = response.headers.get("Content-Type") ?? "";
  return type.startsWith("application/problem+json") ? response.json() : {};
}
