/** Values that a form submits without showing them, by the names of their fields. */
export type HiddenValues = Record<string, string | undefined>;

export function HiddenFields({ values }: { values: HiddenValues }) {
  return Object.entries(values).map(
    ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
  );
}
