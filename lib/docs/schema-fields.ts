import type { JsonSchema } from "@/lib/api/openapi";

/** A field of a request or response body: a row in the reference's tables. */
export type Field = {
  /** The path: `author.name`, `items[].id`. */
  name: string;
  /** In TypeScript notation: `string`, `"asc" | "desc"`, `string | null`. */
  type: string;
  isRequired: boolean;
  /** Bounds and defaults, such as `1–100` or `= 20`. */
  facts: string[];
  description?: string;
};

type Schemas = Record<string, JsonSchema>;

/** Deeper than any schema of the API; it limits recursive schemas. */
const maxDepth = 5;

/**
 * Flattens a schema: one row per field, nested fields with their full path.
 *
 * @param schemas the schemas that `$ref` refers to.
 */
export function fieldsOf(schema: JsonSchema, schemas: Schemas, prefix = "", depth = 0): Field[] {
  const { properties = {}, required = [] } = mergeVariants(resolveRef(schema, schemas), schemas);
  return Object.entries(properties).flatMap(([key, property]) => {
    const name = prefix + key;
    const field = resolveRef(property, schemas);
    const row: Field = {
      name,
      type: typeOf(field, schemas),
      isRequired: required.includes(key),
      facts: factsOf(field),
      ...(field.description && { description: field.description }),
    };
    return depth < maxDepth ? [row, ...innerFields(field, schemas, name, depth + 1)] : [row];
  });
}

/** Merges the variants of a schema: it has the fields of all, and requires those that every variant requires. */
function mergeVariants(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const variants = schema.oneOf ?? schema.anyOf;
  if (schema.properties || !variants) return schema;
  const shapes: JsonSchema[] = variants.map((shape) => resolveRef(shape, schemas));
  const names = [...new Set(shapes.flatMap(({ properties = {} }) => Object.keys(properties)))];
  const properties = names.map((name): [string, JsonSchema] => {
    const fields = shapes.flatMap(({ properties: { [name]: field } = {} }) =>
      field === undefined ? [] : [resolveRef(field, schemas)],
    );
    const [first = {}, ...others] = new Map(fields.map((field) => [JSON.stringify(field), field])).values();
    return [
      name,
      others.length > 0 ? { ...joinDescriptions([first, ...others]), anyOf: [first, ...others] } : first,
    ];
  });
  const required = names.filter((name) => shapes.every((shape) => shape.required?.includes(name)));
  return { properties: Object.fromEntries(properties), required };
}

/** Joins the variants' descriptions of a field. */
function joinDescriptions(fields: JsonSchema[]): Pick<JsonSchema, "description"> {
  const descriptions = fields.flatMap(({ description }) => description ?? []);
  return descriptions.length > 0 ? { description: descriptions.join(" ") } : {};
}

function innerFields(field: JsonSchema, schemas: Schemas, name: string, depth: number): Field[] {
  const variants = [field, ...(field.anyOf ?? []), ...(field.oneOf ?? [])].map((part) =>
    resolveRef(part, schemas),
  );
  for (const variant of variants) {
    if (variant.properties) return fieldsOf(variant, schemas, `${name}.`, depth);
    const items = itemsOf(variant, schemas);
    if (items?.properties) return fieldsOf(items, schemas, `${name}[].`, depth);
  }
  return [];
}

function itemsOf({ items }: JsonSchema, schemas: Schemas): JsonSchema | undefined {
  if (items === undefined || typeof items === "boolean" || Array.isArray(items)) return undefined;
  return resolveRef(items, schemas);
}

/** @returns the schema, with `$ref` resolved. */
export function resolveRef(schema: JsonSchema | boolean, schemas: Schemas): JsonSchema {
  if (typeof schema === "boolean") return {};
  const name = schema.$ref?.split("/").at(-1);
  return name ? (schemas[name] ?? {}) : schema;
}

function typeOf(schema: JsonSchema, schemas: Schemas): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");

  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) {
    const types = variants.map((variant) => typeOf(resolveRef(variant, schemas), schemas));
    return [...new Set(types)].join(" | ");
  }
  if (schema.type === "array") {
    const items = itemsOf(schema, schemas);
    const type = items ? typeOf(items, schemas) : "unknown";
    return type.includes(" | ") ? `(${type})[]` : `${type}[]`;
  }
  return [schema.type ?? "unknown"].flat().join(" | ");
}

/** Excludes bounds that only reflect the range of safe integers. */
const isExplicit = (bound: number | undefined) =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;

function factsOf(schema: JsonSchema): string[] {
  const facts: string[] = [];
  if (schema.format) facts.push(schema.format);
  const lengths = range(schema.minLength, schema.maxLength);
  if (lengths) facts.push(lengths);
  const numbers = range(schema.minimum, schema.maximum);
  if (numbers) facts.push(numbers);
  const counts = range(schema.minItems, schema.maxItems);
  if (counts) facts.push(counts);
  if (schema.default !== undefined) facts.push(`= ${JSON.stringify(schema.default)}`);
  return facts;
}

function range(minimum: number | undefined, maximum: number | undefined): string | undefined {
  if (isExplicit(minimum) && isExplicit(maximum)) return `${minimum}–${maximum}`;
  if (isExplicit(maximum)) return `≤ ${maximum}`;
  return isExplicit(minimum) ? `≥ ${minimum}` : undefined;
}
