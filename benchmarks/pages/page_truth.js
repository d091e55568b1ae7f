// Ground truth of the page in the browser: text, controls and painted boxes from the live DOM, and axe-core's verdicts.
// `read` numbers the elements that it visits, and `judge` refers to elements by the same numbers.
//
// Lengths are in CSS px from the upper left corner of the viewport, boxes are [left, top, width, height], colors are
// computed values as the browser serializes them.

/** @typedef {[left: number, top: number, width: number, height: number]} Box */
/** @typedef {{left: number, top: number, width: number, height: number}} Bounds */
/**
 * The message data of axe-core's contrast checks.
 *
 * @typedef {object} ContrastData
 * @property {string} fgColor
 * @property {string} bgColor
 * @property {number} contrastRatio
 * @property {string} expectedContrastRatio
 * @property {string} fontSize
 * @property {string | null} messageKey
 */
/** @typedef {{id: string, data: ContrastData | null}} AxeCheck */
/** @typedef {{element?: Element, any: AxeCheck[]}} AxeNode */
/** @typedef {"passes" | "violations" | "incomplete"} AxeOutcome */
/** @typedef {Record<AxeOutcome, {id: string, nodes: AxeNode[]}[]>} AxeResults */
/** @typedef {{axe: {run: (context: Document, options: object) => Promise<AxeResults>}}} WithAxe */

globalThis.pageTruth = (() => {
  const INVISIBLE = 0.05; // opacity: too faint for text meant to be read
  const MARKER_REACH = 40; // of a list item's marker, left of its box: the usual padding of lists
  const UNREAD = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"]);
  const IMAGES = new Set(["IMG", "SVG", "CANVAS", "VIDEO"]);
  const FOREIGN = new Set(["IFRAME", "OBJECT", "EMBED"]); // separate documents, which are not read
  const CONTROLS = "input, textarea, select";
  const TARGETS = `a[href], button, select, textarea, input:not([type=hidden]), ${
    ["button", "link", "tab", "menuitem", "checkbox", "switch"].map((role) => `[role=${role}]`).join(", ")}`;
  const SIDES = /** @type {const} */ (["Top", "Right", "Bottom", "Left"]);
  const CORNERS = /** @type {const} */ (["TopLeft", "TopRight", "BottomRight", "BottomLeft"]);

  /** @type {Map<Element, number>} */
  const numbers = new Map();
  const numberOf = (/** @type {Element} */ element) => {
    const number = numbers.get(element) ?? numbers.size;
    numbers.set(element, number);
    return number;
  };

  const rounded = (/** @type {number} */ length) => Math.round(length * 100) / 100;
  /** @returns {Box} */
  const boxOf = (/** @type {Bounds} */ { left, top, width, height }) =>
    [rounded(left), rounded(top), rounded(width), rounded(height)];
  const isWhole = (/** @type {DOMRect} */ { left, top, right, bottom, width, height }) =>
    width >= 1 && height >= 1 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  const isOnScreen = (/** @type {DOMRect} */ { left, top, right, bottom }) =>
    right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;

  /** @type {(element: Element | null) => number} */
  const opacityOf = (element) =>
    element ? Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement) : 1;
  const isShown = (/** @type {Element} */ element) =>
    getComputedStyle(element).visibility === "visible" && opacityOf(element) >= INVISIBLE;

  // Whether the element or a descendant is topmost at fractions of a box's width. An element that pointers pass through
  // counts as topmost where an ancestor is.
  /** @type {(element: Element, rect: DOMRect, shares: number[]) => boolean} */
  const isOnTop = (element, rect, shares) =>
    shares.every((share) => {
      const top = document.elementFromPoint(rect.left + share * rect.width, rect.top + rect.height / 2);
      return top !== null && (element.contains(top) || (isPassedThrough(element) && top.contains(element)));
    });
  const isPassedThrough = (/** @type {Element} */ element) => getComputedStyle(element).pointerEvents === "none";
  const MIDDLE = [0.5];
  const ALONG = [0.1, 0.5, 0.9];

  function readTexts() {
    const texts = [];
    /** @type {Box[]} */
    const others = [];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const node = nodes.currentNode, element = node.parentElement, text = (node.textContent ?? "").trim();
      if (!text || element === null || UNREAD.has(element.tagName) || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [];
      for (const rect of range.getClientRects()) {
        if (isWhole(rect) && isOnTop(element, rect, ALONG)) rects.push(boxOf(rect));
        else if (isOnScreen(rect) && rect.width >= 1) others.push(boxOf(rect));
      }
      if (!rects.length) continue;
      const style = getComputedStyle(element);
      texts.push({
        el: numberOf(element), text: text.slice(0, 200), rects, color: style.color, size: parseFloat(style.fontSize),
        weight: style.fontWeight, family: style.fontFamily, opacity: opacityOf(element), tag: element.tagName,
      });
    }
    return { texts, others: others.concat(readGenerated()) };
  }

  // Text generated by the style sheet; the only box that the DOM has for it is its element's.
  function readGenerated() {
    const boxes = [];
    for (const element of document.body.querySelectorAll("*")) {
      const rect = element.getBoundingClientRect();
      if (!isOnScreen(rect)) continue;
      for (const pseudo of ["::before", "::after"]) {
        const { content } = getComputedStyle(element, pseudo);
        if (content && !["none", "normal", '""'].includes(content)) boxes.push(boxOf(rect));
      }
      if (getComputedStyle(element).display === "list-item") {
        const { left, top, width, height } = rect;
        boxes.push(boxOf({ left: left - MARKER_REACH, top, width: width + MARKER_REACH, height }));
      }
    }
    return boxes;
  }

  /**
   * @template {Element} Found
   * @param {NodeListOf<Found>} elements
   */
  const reachable = (elements) =>
    [...elements].map((element) => ({ element, rect: element.getBoundingClientRect() }))
      .filter(({ element, rect }) =>
        isWhole(rect) && getComputedStyle(element).visibility === "visible" && isOnTop(element, rect, MIDDLE));

  /** @type {() => NodeListOf<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>} */
  const controls = () => document.querySelectorAll(CONTROLS);
  const readInputs = () =>
    reachable(controls()).map(({ element, rect }) => ({
      rect: boxOf(rect), type: element.type, value: element.value,
      placeholder: element instanceof HTMLSelectElement ? "" : element.placeholder,
      color: getComputedStyle(element).color, ph: getComputedStyle(element, "::placeholder").color,
    }));

  const readTargets = () =>
    reachable(document.querySelectorAll(TARGETS)).map(({ element, rect }) => ({
      el: numberOf(element), rect: boxOf(rect), tag: element.tagName,
      inline: getComputedStyle(element).display === "inline",
    }));

  const isClear = (/** @type {string} */ color) => /^transparent$|[,/] 0\)$/.test(color);
  const bordersOf = (/** @type {CSSStyleDeclaration} */ style) =>
    SIDES.map((side) => (style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`])));

  // A background image, or else what the element paints without a style of its own: a foreign document, generated boxes.
  /** @type {(element: Element, style: CSSStyleDeclaration) => string} */
  function imageOf(element, style) {
    if (style.backgroundImage !== "none") return style.backgroundImage.slice(0, 120);
    if (FOREIGN.has(element.tagName)) return element.tagName.toLowerCase();
    return ["::before", "::after"].find((pseudo) => {
      const generated = getComputedStyle(element, pseudo), { content, backgroundColor, backgroundImage } = generated;
      return content && !["none", "normal"].includes(content)
        && (!isClear(backgroundColor) || backgroundImage !== "none" || bordersOf(generated).some((width) => width > 0));
    }) ?? "";
  }

  function readPaints() {
    /** @type {object[]} */
    const paints = [readCanvas()];
    for (const element of [document.body, ...document.body.querySelectorAll("*")]) {
      const rect = element.getBoundingClientRect(), style = getComputedStyle(element);
      if (!isOnScreen(rect) || rect.width < 1 || rect.height < 1 || !isShown(element)) continue;
      const widths = bordersOf(style);
      const paint = {
        bg: isClear(style.backgroundColor) ? "" : style.backgroundColor,
        img: imageOf(element, style),
        border: widths.some((width) => width > 0)
          ? { w: widths, c: SIDES.map((side) => style[`border${side}Color`]) } : null,
        shadow: style.boxShadow === "none" ? "" : style.boxShadow,
      };
      const isImage = IMAGES.has(element.tagName.toUpperCase());
      if (!(paint.bg || paint.img || paint.border || paint.shadow || isImage)) continue;
      paints.push({ el: numberOf(element), tag: element.tagName, rect: boxOf(rect), ...paint, ...layoutOf(style),
        hit: isOnTop(element, rect, MIDDLE), opacity: opacityOf(element) });
    }
    return paints;
  }

  const layoutOf = (/** @type {CSSStyleDeclaration} */ style) => ({
    radius: CORNERS.map((corner) => style[`border${corner}Radius`]),
    padding: SIDES.map((side) => style[`padding${side}`]), gap: [style.rowGap, style.columnGap], display: style.display,
  });

  // The canvas has the background of the root element, else of the body (CSS Backgrounds 3, 2.11.2), or is white.
  function readCanvas() {
    const root = document.documentElement, styles = [root, document.body].map((element) => getComputedStyle(element));
    const painted = styles.find((style) => !isClear(style.backgroundColor) || style.backgroundImage !== "none");
    const image = painted && painted.backgroundImage !== "none" ? painted.backgroundImage.slice(0, 120) : "";
    const color = painted && !isClear(painted.backgroundColor) ? painted.backgroundColor : "rgb(255, 255, 255)";
    return { el: numberOf(root), tag: root.tagName, rect: [0, 0, innerWidth, innerHeight], bg: color, img: image,
      border: null, shadow: "", ...layoutOf(styles[0]), hit: true, opacity: 1 };
  }

  const read = () => ({
    viewport: [innerWidth, innerHeight], ...readTexts(), inputs: readInputs(), targets: readTargets(),
    paints: readPaints(),
  });

  // axe-core compares the drawn letters of a text with its first one, and takes joined letters for an icon that a font
  // draws in place of a word. With a canvas on which all texts look the same, it takes nothing for an icon.
  /** @type {() => () => void} */
  function letLettersJoin() {
    const { getContext } = HTMLCanvasElement.prototype;
    const blind = { canvas: {}, clearRect() {}, fillText() {}, measureText: () => ({ width: 1 }),
      getImageData: () => ({ data: new Uint8ClampedArray(4).fill(1) }) };
    Object.assign(HTMLCanvasElement.prototype, { getContext: () => blind });
    return () => Object.assign(HTMLCanvasElement.prototype, { getContext });
  }

  // One entry per element and rule; data is null where axe-core has none, as for rules other than contrast.
  async function judge() {
    const { axe } = /** @type {typeof globalThis & WithAxe} */ (globalThis); // loaded before this script
    const outcomes = /** @type {const} */ (["passes", "violations", "incomplete"]);
    const rules = ["color-contrast", "color-contrast-enhanced", "target-size"];
    const restore = document.documentElement.lang === "ar" ? letLettersJoin() : () => {};
    const results = await axe.run(document, {
      runOnly: { type: "rule", values: rules }, resultTypes: outcomes,
      elementRef: true, iframes: false,
    });
    restore();
    return outcomes.flatMap((kind) => results[kind].flatMap(({ id: rule, nodes }) =>
      nodes.flatMap(({ element, any }) => {
        if (!element) return [];
        const { left, top, width, height } = element.getBoundingClientRect();
        const data = any.find((check) => check.id.startsWith("color-contrast"))?.data;
        return {
          rule, kind, el: numbers.get(element) ?? null, rect: [left, top, width, height],
          data: data ? {
            fg: data.fgColor, bg: data.bgColor, ratio: data.contrastRatio, need: data.expectedContrastRatio,
            size: data.fontSize, why: data.messageKey,
          } : null,
        };
      })));
  }

  return { read, judge };
})();
