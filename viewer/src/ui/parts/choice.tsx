interface ChoiceProps<T extends string> {
  readonly label: string;
  /** What stands there where nothing is left out. */
  readonly all: string;
  readonly value: T | null;
  readonly options: readonly (readonly [value: T, shown: string])[];
  onChange(value: T | null): void;
}

/** One of several, or all of them. */
export const Choice = <T extends string>({ label, all, value, options, onChange }: ChoiceProps<T>) => (
  <select
    aria-label={label}
    value={value ?? ''}
    data-chosen={value !== null}
    onChange={({ target }) => onChange(options.find(([each]) => each === target.value)?.[0] ?? null)}
  >
    <option value="">{all}</option>
    {/* What a link asks for may be still to come. */}
    {value !== null && !options.some(([each]) => each === value) && <option value={value}>{value}</option>}
    {options.map(([each, shown]) => (
      <option key={each} value={each}>
        {shown}
      </option>
    ))}
  </select>
);
