import * as z from 'zod/mini';
import type { PayloadBody } from '../bundle/payload.js';
import { field, stringField } from '../json/access.js';
import { JsonSyntaxError } from '../json/exact.js';
import { RepeatedFieldError } from '../serde/forms.js';
import { readStruct } from '../serde/read-struct.js';
import { firstIssue } from '../serde/typed.js';

/** The arguments of a function call, as the model wrote them: JSON in a string. */
export const readArguments = (invocation: PayloadBody): string | undefined =>
  stringField(field(invocation.value, 'payload'), 'arguments');

/** Whether arguments are worth keeping: a message is named, in any spelling, or the first of a list. */
export const mayHoldMessage = (text: string): boolean => /message|\\u|^\s*\[/.test(text);

const argumentsSchema = z.object({ message: z.string() });

/** The message that a tool was called with: `message` of its function arguments. */
export const readInvokedMessage = (text: string): { message: string } | { issue: string } => {
  try {
    const read = readStruct(argumentsSchema, text);
    return read.success ? read.data : { issue: `has unusable arguments: ${firstIssue(read.error)}` };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError || error instanceof RepeatedFieldError)) throw error;
    return { issue: `has arguments that cannot be read: ${error.message}` };
  }
};
