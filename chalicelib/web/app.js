// @ts-check
/** The page's composition: which view is shown at which address. */

import { announce } from "./announce.js";
import * as api from "./api.js";
import { homePage } from "./home-page.js";
import { imagePage } from "./image-page.js";
import * as notice from "./notice.js";
import { SessionEnded, Unreachable } from "./problem.js";
import { resetPage } from "./reset-page.js";
import * as session from "./session.js";
import { signInPage } from "./sign-in-page.js";
import * as upload from "./upload.js";

const MAILED_LINK = /^#(reset|verify|confirm|invitation)=(.+)$/;
const IMAGE_ADDRESS = /^#\/images\/([\w-]+)$/;

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const signOut = /** @type {HTMLButtonElement} */ (document.getElementById("sign-out"));
let view = new AbortController();
/** @type {string | null} the token of an invitation that waits for whoever signs in */
let invitation = null;

/** @param {string | null} reasonToSignIn */
function show(reasonToSignIn) {
  view.abort();
  view = new AbortController();
  notice.clear();
  document.title = "Janus";
  signOut.hidden = !session.isSignedIn();
  main.replaceChildren(
    session.isSignedIn() ? pageAt(location.hash, view.signal) : signInPage({ onSignedIn: signedIn, reason: reasonToSignIn }),
  );
}

/**
 * Show another view than the one before; it is read from its heading on.
 *
 * @param {string | null} [reasonToSignIn] why one is asked to sign in again
 */
function showAnew(reasonToSignIn = null) {
  show(reasonToSignIn);
  main.querySelector("h1")?.focus();
}

/**
 * @param {string} address
 * @param {AbortSignal} signal
 */
function pageAt(address, signal) {
  const image = IMAGE_ADDRESS.exec(address)?.[1];
  return image ? imagePage(image, { goHome, send, signal }) : homePage({ send, signal });
}

/**
 * Take the link of a mail. Its token leaves the address bar, which others may see.
 *
 * @param {string} purpose
 * @param {string} token
 */
async function takeMailedLink(purpose, token) {
  history.replaceState(null, "", "#/");
  if (purpose === "reset") {
    view.abort();
    notice.clear();
    main.replaceChildren(resetPage({ token, onDone: passwordChosen }));
    main.querySelector("h1")?.focus();
    return;
  }
  showAnew();
  if (purpose === "invitation") {
    invitation = token;
    if (session.isSignedIn()) await acceptInvitation();
    else notice.tell("Sign in with the address that was invited, or create its account, and you join the project.", false);
    return;
  }
  try {
    const answer = await api.send("POST", `auth/email/${purpose}`, { body: { token } });
    notice.tell(purpose === "verify" ? "Your e-mail address is confirmed." : (await answer.json()).detail, false);
  } catch (error) {
    notice.tellError(error);
  }
}

async function acceptInvitation() {
  const token = invitation;
  invitation = null;
  if (token === null) return;
  try {
    const { detail } = await (await session.call("POST", "invitations/accept", { body: { token } })).json();
    notice.tell(detail, false);
  } catch (error) {
    notice.tellError(error);
  }
}

function signedIn() {
  showAnew();
  acceptInvitation();
}

function passwordChosen() {
  session.forget();
  showAnew();
  notice.tell("Your password is changed. Sign in with it.", false);
}

/** Show what the address says. */
function goToAddress() {
  const [, purpose, token] = MAILED_LINK.exec(location.hash) ?? [];
  if (purpose && token) takeMailedLink(purpose, token);
  else showAnew();
}

/** @type {import("./intake.js").Send} */
async function send(file, scale) {
  const record = await upload.start(file, scale);
  location.hash = `#/images/${record.id}`;
}

function goHome() {
  location.hash = "#/";
}

signOut.addEventListener("click", async () => {
  let said = "You are signed out.";
  try {
    await session.signOut();
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof SessionEnded)) throw error;
    if (error instanceof Unreachable) said = "You are signed out here. The server could not be told; the session ends there by itself.";
  }
  history.replaceState(null, "", "#/");
  showAnew();
  announce(said);
});
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault(); // the address's fragment says which page is shown
  main.focus();
});
session.onEnd(() => showAnew(new SessionEnded().message));
addEventListener("hashchange", goToAddress);
if (MAILED_LINK.test(location.hash)) goToAddress();
else show(null);
