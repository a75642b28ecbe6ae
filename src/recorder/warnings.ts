/** What keeps something from being recorded. */
export type RecorderWarningCode =
  /** The bundle could not be created or written to: nothing more is recorded. */
  | 'recording_stopped'
  /** Something came behind the end of the recording, and was left out. */
  | 'recording_ended'
  /** A value has no JSON form, or none that readers take there: its event goes without it, or is left out with all that refers to it. */
  | 'value_unusable'
  /** An id that must be unique came again: the second start is left out with all that refers to it. */
  | 'id_repeated';

/** Something was not recorded. Each code comes once in a recording, however often it happens. */
export class RecorderWarning extends Error {
  override readonly name = 'RecorderWarning';
  readonly code: RecorderWarningCode;

  constructor(code: RecorderWarningCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type Warn = (warning: RecorderWarning) => void;

/** Who hears of trouble: whom the host names, or else Node.js. Never throws. */
export const listenerOf = (options: { readonly warn?: Warn | undefined }): Warn => {
  try {
    if (typeof options.warn === 'function') return options.warn;
  } catch {
    // Options that cannot be read name nobody.
  }
  return (warning) => process.emitWarning(warning);
};

/** Tells each code once, and survives a `warn` that throws. */
export const warnOnce = (warn: Warn): Warn => {
  const told = new Set<RecorderWarningCode>();
  return (warning) => {
    if (told.has(warning.code)) return;
    told.add(warning.code);
    try {
      warn(warning);
    } catch {
      // Recording must not fail the host, not even by what the host made of a warning.
    }
  };
};

/** The words of whatever was thrown or given as an error. Never throws. */
export const messageOf = (error: unknown): string => {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'an error without words';
  }
};
