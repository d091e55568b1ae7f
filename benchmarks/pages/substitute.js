// Replaces the words of a page by those of another language, about as long as they were, and sets its language and
// direction. Numbers, code and the page's layout stay.

/**
 * @param {{language: string, direction: string, joiner: string, words: string[]}} script
 */
({ language, direction, joiner, words }) => {
  const HALF_AS_MANY = 0.5; // letters that fill a square, for as much text
  const share = /^(zh|ja|ko)/.test(language) ? HALF_AS_MANY : 1;
  const LETTERS = /\p{L}{2}/u;
  const UNCHANGED = "script, style, noscript, template, pre, code, textarea, svg";
  let next = 0;

  const phrase = (/** @type {number} */ length) => {
    const taken = [];
    do taken.push(words[next++ % words.length]);
    while (taken.join(joiner).length < length * share - 2);
    return taken.join(joiner);
  };

  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode, text = node.textContent ?? "";
    if (LETTERS.test(text) && !node.parentElement?.closest(UNCHANGED)) {
      node.textContent = text.replace(/\S(.*\S)?/s, (own) => phrase(own.replace(/\s+/g, " ").length));
    }
  }
  for (const control of document.querySelectorAll("input, textarea")) {
    for (const name of ["placeholder", "value"]) {
      const text = control.getAttribute(name);
      if (text && LETTERS.test(text)) control.setAttribute(name, phrase(text.length));
    }
  }
};
