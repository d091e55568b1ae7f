// Examples of source text, by the name that Prism has for their language.
globalThis.sources = {
  javascript: `// Parcels that are late, the oldest first.
import { readParcels } from "./parcels.js";

const LIMIT_DAYS = 3;
export async function lateParcels(today = new Date()) {
  const parcels = await readParcels({ state: "sent" });
  return parcels
    .filter(({ sent }) => (today - sent) / 86_400_000 > LIMIT_DAYS)
    .sort((one, other) => one.sent - other.sent); // in place
}

class Receipt extends Document {
  #number = 0;
  get title() { return \`Receipt \${this.#number}\`; }
  static parse(text) {
    const match = /^R-(\\d+)$/i.exec(text);
    if (match === null) throw new TypeError("no receipt");
    return Object.assign(new Receipt(), { number: Number(match[1]) });
  }
}`,
  css: `/* The card of a parcel */
.parcel {
  --accent: #0a7d55;
  display: grid;
  grid-template-columns: 1fr auto;
  padding: 0.75rem 1rem;
  border: 1px solid rgb(0 0 0 / 12%);
  color: var(--accent);
}
.parcel:hover > a[href^="https"]::after { content: " (new)"; }
@media (width < 600px) { .parcel { display: block !important; } }`,
  markup: `<!-- A table of parcels -->
<table class="parcels" data-sort="sent">
  <thead><tr><th scope="col">Number</th><th scope="col">Sent</th></tr></thead>
  <tbody>
    <tr id="p10482"><td><a href="/p/10482">10482</a></td><td>Monday &amp; late</td></tr>
  </tbody>
</table>`,
  clike: `/** Counts the parcels of a day. */
int count(struct parcel *first, time_t day) {
  int found = 0;
  for (struct parcel *p = first; p != NULL; p = p->next) {
    if (difftime(p->sent, day) < 86400.0) found += 1;
  }
  return found; // never negative
}`,
};
