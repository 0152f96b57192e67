// Runs in a worker thread, started by highlight.ts. JavaScript rather than TypeScript, so that Node can load it
// as it is, in tests and scripts too.
import { parentPort } from "node:worker_threads";
import { common, createLowlight } from "lowlight";

const highlighter = createLowlight(common);

/** The maximum number of elements that highlighting adds to an article. */
const maxElements = 10_000;
/** Real code nests only a few levels deep; later walks of the tree recurse. */
const maxDepth = 50;

parentPort?.on("message", (/** @type {import("./highlight").CodeBlock[]} */ blocks) => {
  let elements = 0;
  const highlighted = blocks.map(({ language, text }) => {
    if (!highlighter.registered(language)) return null;
    const { children } = highlighter.highlight(language, text);
    const added = countElements(children);
    if (added === null || elements + added > maxElements) return null;
    elements += added;
    return children;
  });
  parentPort?.postMessage(highlighted);
});

/**
 * Counts level by level, since a tree that is too deep overflows the stack of a walk.
 *
 * @param {import("hast").RootContent[]} children
 * @returns how many elements there are, or null if they are too deep: nested template literals become nested
 *   elements.
 */
function countElements(children) {
  let elements = 0;
  let level = children.filter(isElement);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return null;
    elements += level.length;
    level = level.flatMap((element) => element.children.filter(isElement));
  }
  return elements;
}

/**
 * @param {import("hast").RootContent} node
 * @returns {node is import("hast").Element}
 */
function isElement(node) {
  return node.type === "element";
}
