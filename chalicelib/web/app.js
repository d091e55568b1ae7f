/** Entry point: shows the view that the URL names. */

import * as api from "./lib/api.js";
import * as notice from "./lib/notice.js";
import { SessionEnded, Unreachable } from "./lib/problem.js";
import * as session from "./lib/session.js";
import * as upload from "./lib/upload.js";
import { checkMailPage, confirmEmailPage } from "./pages/confirm-email.js";
import { homePage } from "./pages/home.js";
import { imagePage } from "./pages/image.js";
import { resetPasswordPage } from "./pages/reset-password.js";
import { signInPage } from "./pages/sign-in.js";

const EMAIL_LINK = /^#(reset|verify|confirm|invitation)=(.+)$/;
const IMAGE_URL = /^#\/images\/([\w-]+)$/;

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const signOutButton = /** @type {HTMLButtonElement} */ (document.getElementById("sign-out"));
let view = new AbortController();
/** @type {string | null} the token of an invitation to accept after signing in */
let invitation = null;

/**
 * Show the view for the URL, or the sign-in page.
 *
 * @param {string | null} reasonToSignIn
 */
function render(reasonToSignIn) {
  view.abort();
  view = new AbortController();
  notice.clear();
  document.title = "Janus";
  signOutButton.hidden = !session.isSignedIn();
  main.replaceChildren(
    session.isSignedIn()
      ? pageAt(location.hash, view.signal)
      : signInPage({ onSignedIn, onRegistered, invitation: () => invitation, reason: reasonToSignIn }),
  );
}

/**
 * Replace the view by a page that the URL does not name.
 *
 * @param {(signal: AbortSignal) => HTMLElement} page
 */
function show(page) {
  view.abort();
  view = new AbortController();
  notice.clear();
  main.replaceChildren(page(view.signal));
  main.querySelector("h1")?.focus();
}

/**
 * Replace the view and move the focus to its heading, where screen readers start.
 *
 * @param {string | null} [reasonToSignIn] why the person has to sign in again
 */
function navigate(reasonToSignIn = null) {
  render(reasonToSignIn);
  main.querySelector("h1")?.focus();
}

/**
 * @param {string} hash
 * @param {AbortSignal} signal
 */
function pageAt(hash, signal) {
  const image = IMAGE_URL.exec(hash)?.[1];
  return image ? imagePage(image, { goHome, upload: uploadImage, signal }) : homePage({ upload: uploadImage, signal });
}

/**
 * Open a link from an email. The token is removed from the address bar, which others may see.
 *
 * @param {string} purpose
 * @param {string} token
 */
async function openEmailLink(purpose, token) {
  history.replaceState(null, "", "#/");
  if (purpose === "reset") return show(() => resetPasswordPage({ token, onDone: passwordReset }));
  if (purpose === "verify") return show((signal) => confirmEmailPage({ token, onSignedIn: emailConfirmed, signal }));
  navigate();
  if (purpose === "invitation") {
    invitation = token;
    if (session.isSignedIn()) await acceptInvitation();
    else notice.show("To join the project, sign in or create an account with the invited email address.", false);
    return;
  }
  try {
    const response = await api.send("POST", "auth/email/confirm", { body: { token } });
    notice.show((await response.json()).detail, false);
  } catch (error) {
    notice.showError(error);
  }
}

async function acceptInvitation() {
  const token = invitation;
  invitation = null;
  if (token === null) return;
  try {
    const { detail } = await (await session.call("POST", "invitations/accept", { body: { token } })).json();
    notice.show(detail, false);
  } catch (error) {
    notice.showError(error);
  }
}

function onSignedIn() {
  navigate();
  acceptInvitation();
}

/** @param {string} email */
function onRegistered(email) {
  show(() => checkMailPage({ email, goBack: () => navigate() }));
}

function emailConfirmed() {
  onSignedIn();
  notice.show("Your email address is confirmed. Welcome to Janus.", false);
}

function passwordReset() {
  session.forget();
  navigate();
  notice.show("Your password has been changed. Sign in with the new password.", false);
}

/** Show what the URL names. */
function followUrl() {
  const [, purpose, token] = EMAIL_LINK.exec(location.hash) ?? [];
  if (purpose && token) openEmailLink(purpose, token);
  else navigate();
}

/** @type {import("./lib/image-sources.js").Upload} */
async function uploadImage(file, scale) {
  const record = await upload.start(file, scale);
  location.hash = `#/images/${record.id}`;
}

function goHome() {
  location.hash = "#/";
}

signOutButton.addEventListener("click", async () => {
  let message = "You are signed out.";
  try {
    await session.signOut();
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof SessionEnded)) throw error;
    if (error instanceof Unreachable) message = "You are signed out on this device. The server could not be reached; the session there expires by itself.";
  }
  history.replaceState(null, "", "#/");
  navigate();
  notice.announce(message);
});
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault(); // the URL's fragment names the view
  main.focus();
});
session.onConfirmed(() => {
  navigate();
  notice.show("Your email address is confirmed, and you are signed in in the other tab.", false);
});
session.onEnd(() => navigate(new SessionEnded().message));
addEventListener("hashchange", followUrl);
if (EMAIL_LINK.test(location.hash)) followUrl();
else render(null);
